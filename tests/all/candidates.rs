//! Further candidates of a check: what the next page costs is told before it is fetched.

use crate::bench::{House, browning, check, country, done, enter, new_id, question, send, stolen};
use iarms::client::Fault;
use iarms::domain::command::Envelope;
use iarms::domain::ids::RecordId;
use iarms::domain::record::DeniedSees;
use iarms::domain::refusal::Refusal;
use iarms::wire::check::{CANDIDATES_PAGE, CheckItem};
use iarms::wire::packing;
use iarms::wire::problem::code;
use std::collections::BTreeSet;

/// Records that one unread place leaves in question.
const RECORDS: usize = 60;

/// A house with sixty guns that differ in two places, three of which PA knows nothing of.
async fn house() -> House {
    let house = House::open().await;
    let owner = house.line("CR").await;
    let mut reports: Vec<_> = (0..RECORDS).map(|n| stolen(browning(&format!("KD735{n:02}")))).collect();
    for report in &mut reports[20..23] {
        report.caveat.denied = vec![country("PA")];
        report.caveat.denied_sees = DeniedSees::Nothing;
    }
    let commands = reports.into_iter().map(enter);
    let commands = commands.map(|command| Envelope { id: new_id(), command, rehearse: false }).collect();
    for answer in owner.commands(commands).await.unwrap().answers {
        done(answer.outcome);
    }
    house
}

/// How long a further page is on the wire, in bytes.
async fn length(house: &House, token: &str, path: &str) -> usize {
    let request = reqwest::Client::new().get(format!("{}{path}", house.url)).bearer_auth(token);
    let answer = request.header("accept-encoding", packing::accepted()).send().await.unwrap();
    assert!(answer.headers()["content-encoding"].to_str().unwrap().starts_with("iarms-"));
    answer.bytes().await.unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn further_candidates_come_page_by_page_at_the_cost_that_was_told() {
    let house = house().await;
    let token = house.token("PA").await;
    let finder = house.line_with(&token);
    let answer = check(&finder, question(browning("KD735??"))).await;
    let shown = RECORDS - 3;
    assert_eq!((answer.candidates.len(), answer.more as usize), (10, shown - 10));
    let mut seen: Vec<RecordId> = answer.candidates.iter().map(|candidate| candidate.record).collect();
    let mut next = answer.next;
    let mut pages = 0;
    while let Some(place) = next {
        let path = format!("/v1/checks/{}/candidates?after={}", answer.check, place.after);
        let length = length(&house, &token, &path).await;
        let told = place.bytes.unwrap() as usize;
        assert!(length.abs_diff(told) <= 48, "{told} were told, and {length} came");
        let page = finder.candidates(answer.check, place.after).await.unwrap();
        assert_eq!(page.candidates.len(), place.count as usize);
        assert!(page.candidates.len() <= usize::from(CANDIDATES_PAGE));
        seen.extend(page.candidates.iter().map(|candidate| candidate.record));
        assert_eq!(seen.len() + page.more as usize, shown);
        next = page.next;
        pages += 1;
    }
    assert_eq!((pages, seen.len()), (2, shown));
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), shown, "each once");

    let mut tx = house.registry.store().read().await.unwrap();
    let read = "SELECT purpose, results FROM reads WHERE what = 'candidates' ORDER BY at";
    let looks = tx.rows(read, []).await.unwrap();
    let looks: Vec<_> = looks.iter().map(|row| (row.text(0).to_owned(), row.int(1))).collect();
    let [first, last] = [25, 22].map(|results| ("SEIZURE".to_owned(), results));
    assert_eq!(looks, [first.clone(), first, last.clone(), last], "every page is a look, and noted");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_made_a_check_may_turn_its_pages() {
    let house = house().await;
    let (finder, other) = (house.line("PA").await, house.line("DE").await);
    let answer = check(&finder, question(browning("KD735??"))).await;
    let after = answer.next.unwrap().after;
    let Err(Fault::Refused(problem)) = other.candidates(answer.check, after).await else { panic!("shown") };
    assert_eq!(problem.refusal, Some(Refusal::NoCheck { check: answer.check }));
    // A place that is none says so, and so does that of a record which may not be seen.
    let owner = house.line("CR").await;
    let hidden = check(&owner, question(browning("KD73521"))).await.candidates[0].record;
    let foreign = done(send(&owner, enter(stolen(browning("ZZ99001")))).await).record.unwrap();
    for place in [hidden, foreign] {
        let Err(Fault::Refused(problem)) = finder.candidates(answer.check, place).await else {
            panic!("{place} was a place")
        };
        assert_eq!((problem.code.as_str(), problem.field.as_deref()), (code::MALFORMED, Some("after")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_asks_for_many_guns_is_not_told_what_pages_cost() {
    let house = house().await;
    let finder = house.line("PA").await;
    let items = [0, 1].map(|_| CheckItem { id: new_id(), question: question(browning("KD735??")) });
    for answer in finder.checks(items.to_vec()).await.unwrap().answers {
        let answer = done(answer.outcome);
        let next = answer.next.unwrap();
        assert_eq!((next.count, next.bytes), (25, None));
    }
}
