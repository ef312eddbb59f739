//! Many checks in one request: each answered as if it had come alone.

use crate::bench::{House, browning, done, enter, new_id, number, question, refused, send, stolen};
use iarms::domain::gun::Gun;
use iarms::domain::refusal::Refusal;
use iarms::domain::text::Text;
use iarms::registry::audit::compare;
use iarms::registry::journal::verify;
use iarms::wire::check::{CheckAnswer, CheckItem};
use iarms::wire::command::Outcome;

/// Serials that are far from one another.
fn serial(n: u64) -> String {
    format!("{:010X}", n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 24)
}

fn item(gun: Gun) -> CheckItem {
    CheckItem { id: new_id(), question: question(gun) }
}

async fn counted(house: &House, statement: &'static str) -> i64 {
    let mut tx = house.registry.store().read().await.unwrap();
    tx.row(statement, []).await.unwrap().unwrap().int(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn checks_of_one_request_know_of_one_another() {
    let house = House::open().await;
    let (owner, finder) = (house.line("CR").await, house.line("PA").await);
    done(send(&owner, enter(stolen(browning(&serial(1))))).await);
    let before = counted(&house, "SELECT COUNT(*) FROM reads WHERE what = 'check'").await;

    let taurus = Gun {
        numbers: vec![number(&serial(2))],
        make: Some(Text::from("Taurus")),
        calibre: Some(Text::from(".38 Special")),
        ..Gun::default()
    };
    let twice = item(browning(&serial(5)));
    let other_gun = CheckItem { id: twice.id, question: question(browning(&serial(6))) };
    let mut aimless = item(browning(&serial(7)));
    aimless.question.purpose = Text::from("CURIOSITY");
    let mut items = vec![
        item(browning(&serial(2))),
        item(browning(&serial(2))),
        item(taurus),
        aimless.clone(),
        item(browning(&serial(1))),
        item(Gun { numbers: vec![number(&serial(1))], ..Gun::default() }),
        twice.clone(),
        twice,
        other_gun,
    ];
    items.extend((10..90).map(|n| item(browning(&serial(n)))));
    items.push(aimless);
    items.push(item(browning(&serial(89))));
    items.push(item(browning(&serial(1))));
    let outcomes: Vec<Outcome<CheckAnswer>> =
        finder.checks(items).await.unwrap().answers.into_iter().map(|answer| answer.outcome).collect();

    let answer = |at: usize| done(outcomes[at].clone());
    let refusal = |at: usize| refused(outcomes[at].clone()).refusal;
    assert_eq!((answer(1).check, answer(1).repeated), (answer(0).check, true));
    assert!(answer(2).check != answer(0).check && !answer(2).repeated, "another gun with the same number");
    assert!(matches!(refusal(3), Some(Refusal::Fields { .. })));
    assert_eq!(answer(4).hits.len(), 1);
    assert_eq!((answer(5).check, answer(5).hits), (answer(4).check, answer(4).hits), "said again, one hit");
    assert_eq!((answer(7).check, answer(7).repeated), (answer(6).check, true));
    assert_eq!(refusal(8), Some(Refusal::CommandReused));
    let last = outcomes.len() - 2;
    assert_eq!((answer(last + 1).check, answer(last + 1).hits), (answer(4).check, answer(4).hits));
    assert!(matches!(refusal(last - 1), Some(Refusal::Fields { .. })));
    assert_eq!((answer(last).check, answer(last).repeated), (answer(last - 2).check, true));
    let mut numbers: Vec<u64> = (9..89).map(|at| answer(at).check.0).collect();
    assert!(numbers.windows(2).all(|pair| pair[1] == pair[0] + 1), "no number is lost to a refusal");
    numbers.dedup();
    assert_eq!(numbers.len(), 80);

    let looked = counted(&house, "SELECT COUNT(*) FROM reads WHERE what = 'check'").await - before;
    assert_eq!(usize::try_from(looked).unwrap(), outcomes.len() - 3, "all but the refused ones");
    assert_eq!(verify(house.registry.store()).await.unwrap().findings, []);
    assert_eq!(compare(house.registry.store()).await.unwrap().differences, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_is_sent_again_is_done_once() {
    let house = House::open().await;
    let finder = house.line("PA").await;
    let items: Vec<CheckItem> = (0..70).map(|n| item(browning(&serial(n)))).collect();
    let first = finder.checks(items.clone()).await.unwrap().answers;
    let lines = counted(&house, "SELECT COUNT(*) FROM journal").await;
    let second = finder.checks(items).await.unwrap().answers;
    let checks = |answers: Vec<iarms::wire::check::CheckOutcome>| {
        answers.into_iter().map(|answer| done(answer.outcome).check).collect::<Vec<_>>()
    };
    assert_eq!(checks(first), checks(second));
    assert_eq!(counted(&house, "SELECT COUNT(*) FROM journal").await, lines);
    assert_eq!(counted(&house, "SELECT COUNT(*) FROM answers").await, 70);
}
