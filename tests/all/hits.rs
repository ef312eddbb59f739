//! A gun is checked, a hit is raised on both sides, and they settle it: over the real router.

use crate::bench::{
    House, browning, check, check_outcome, country, done, enter, new_id, number, question, refused, send,
    send_as, stolen,
};
use iarms::client::{Feed, FeedMessage, FeedPolicy, Line};
use iarms::domain::command::{Command, Envelope};
use iarms::domain::evidence::Band;
use iarms::domain::gun::Gun;
use iarms::domain::hit::{Exclusion, HitCommand, Phase, Priority};
use iarms::domain::ids::HitId;
use iarms::domain::private::Private;
use iarms::domain::record::{DeniedSees, RecordCommand, Report, Status};
use iarms::domain::refusal::Refusal;
use iarms::domain::text::Text;
use iarms::wire::check::CheckItem;
use iarms::wire::hit::HitsPlace;
use iarms::wire::news::{HitNews, News};
use std::time::Duration;

async fn ask(line: &Line, hit: iarms::domain::ids::HitId, revision: u32) -> u32 {
    let command = HitCommand::Ask {
        hit,
        revision,
        priority: Priority::Urgent,
        reason: Private::new("held for it alone"),
    };
    done(send(line, Command::Hit(command)).await).revision.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_of_a_recorded_gun_raises_a_hit_that_is_settled() {
    let house = House::open().await;
    let (owner, finder) = (house.line("CR").await, house.line("PA").await);
    let record = done(send(&owner, enter(stolen(browning("KD73519")))).await).record.unwrap();
    let answer = check(&finder, question(browning("kd 735-19"))).await;
    assert_eq!(answer.candidates[0].record, record);
    assert_eq!(answer.candidates[0].band, Band::Likely);
    let hit = answer.hits[0].hit;
    let revision = ask(&finder, hit, 1).await;
    let view = owner.hit(hit).await.unwrap();
    assert_eq!(view.row.hit.phase, Phase::Asked);
    assert_eq!(view.thread.len(), 1, "why it is urgent is written in the thread");
    let done_ = done(send(&owner, Command::Hit(HitCommand::Confirm { hit, revision })).await);
    let locate = HitCommand::Locate { hit, revision: done_.revision.unwrap() };
    let done_ = done(send(&finder, Command::Hit(locate)).await);
    let clear = HitCommand::Clear { hit, revision: done_.revision.unwrap() };
    done(send(&owner, Command::Hit(clear)).await);
    assert_eq!(owner.hit(hit).await.unwrap().record.whole().unwrap().status, Status::Cleared);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_comes_later_finds_the_standing_check() {
    let house = House::open().await;
    let (owner, finder) = (house.line("CR").await, house.line("PA").await);
    let answer = check(&finder, question(browning("KD73519"))).await;
    assert!(answer.candidates.is_empty() && answer.hits.is_empty());
    let entered = done(send(&owner, enter(stolen(browning("KD73519")))).await);
    assert_eq!(entered.hits.len(), 1);
    assert_eq!(finder.hits().await.unwrap().hits[0].hit.id, entered.hits[0].hit);
    // The same check made again reads again and rings nothing.
    let again = check(&finder, question(browning("KD73519"))).await;
    assert!(again.repeated);
    assert_eq!((again.check, again.hits.len()), (answer.check, 1));
    assert_eq!(finder.hits().await.unwrap().hits.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hit_rings_on_both_feeds_at_once() {
    let house = House::open().await;
    let (owner, finder) = (house.line("CR").await, house.line("PA").await);
    done(send(&owner, enter(stolen(browning("KD73519")))).await);
    let mut feeds = [
        Feed::start(owner.clone(), None, FeedPolicy::default()),
        Feed::start(finder.clone(), None, FeedPolicy::default()),
    ];
    for feed in &mut feeds {
        while !matches!(feed.next().await.unwrap(), FeedMessage::News(news) if matches!(*news, News::Hello(_)))
        {
        }
    }
    let answer = check(&finder, question(browning("KD73519"))).await;
    for feed in &mut feeds {
        let next = tokio::time::timeout(Duration::from_secs(1), feed.next()).await.expect("within a second");
        let Some(FeedMessage::News(news)) = next else { panic!("no news: {next:?}") };
        let News::Hit { what, row, .. } = *news else { panic!("no hit: {news:?}") };
        assert_eq!((what, row.hit.id), (HitNews::Raised, answer.hits[0].hit));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_goes_on_where_it_was_left() {
    let house = House::open().await;
    let (owner, finder) = (house.line("CR").await, house.line("PA").await);
    done(send(&owner, enter(stolen(browning("KD73519")))).await);
    let cursor = owner.hits().await.unwrap().cursor;
    let hit = check(&finder, question(browning("KD73519"))).await.hits[0].hit;
    ask(&finder, hit, 1).await;
    let news = owner.poll(Some(cursor), Duration::from_secs(1)).await.unwrap();
    let hits: Vec<_> = news
        .iter()
        .filter_map(|n| match n {
            News::Hit { row, .. } => Some((row.hit.id, row.hit.phase)),
            _ => None,
        })
        .collect();
    assert_eq!(hits, [(hit, Phase::Asked)], "each hit once, as it stands now");
    let foreign = iarms::wire::news::Cursor { epoch: 99, sequence: 1 };
    let news = owner.poll(Some(foreign), Duration::ZERO).await.unwrap();
    assert!(matches!(news[..], [News::Reset, News::Hello(_)]), "{news:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_order_there_is_exactly_one_hit() {
    let house = House::open().await;
    let (owner, finder) = (house.line("CR").await, house.line("PA").await);
    for round in 0..12u32 {
        let serial = format!("QX{:05}", 41_000 + round * 37);
        let record = send(&owner, enter(stolen(browning(&serial))));
        let looked = check(&finder, question(browning(&serial)));
        // Both are under way together; now this one comes first, now that.
        let (entered, answer) = if round % 2 == 0 {
            tokio::join!(record, looked)
        } else {
            let (answer, entered) = tokio::join!(looked, record);
            (entered, answer)
        };
        let record = done(entered).record.unwrap();
        let rows = finder.hits().await.unwrap().hits;
        let of_pair = rows.iter().filter(|r| r.hit.record == record && r.hit.check == answer.check).count();
        assert_eq!(of_pair, 1, "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_is_done_once_however_often_it_comes() {
    let house = House::open().await;
    let line = house.line("CR").await;
    let id = new_id();
    let first = done(send_as(&line, id, enter(stolen(browning("KD73519")))).await);
    let again = done(send_as(&line, id, enter(stolen(browning("KD73519")))).await);
    assert_eq!((first.record, first.repeated, again.repeated), (again.record, false, true));
    let other = refused(send_as(&line, id, enter(stolen(browning("ZZ99999")))).await);
    assert_eq!(other.refusal, Some(Refusal::CommandReused));
    // Ids are each officer's own: a stranger's equal one is another command.
    let stranger = house.line("PA").await;
    assert!(!done(send_as(&stranger, id, enter(stolen(browning("ZZ99999")))).await).repeated);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_duplicate_is_told_before_it_is_stored() {
    let house = House::open().await;
    let line = house.line("CR").await;
    let first = done(send(&line, enter(stolen(browning("KD73519")))).await).record.unwrap();
    let refusal = refused(send(&line, enter(stolen(browning("KD73519")))).await).refusal;
    assert_eq!(refusal, Some(Refusal::Duplicate { records: vec![first] }));
    let knowing = Command::Record(RecordCommand::Enter {
        report: Box::new(stolen(browning("KD73519"))),
        knowing: vec![first],
    });
    assert!(done(send(&line, knowing).await).record.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pair_that_was_excluded_never_rings_again_for_anyone() {
    let house = House::open().await;
    let (owner, finder, third) = (house.line("CR").await, house.line("PA").await, house.line("DE").await);
    done(send(&owner, enter(stolen(browning("KD73519")))).await);
    let hit = check(&finder, question(browning("KD73519"))).await.hits[0].hit;
    let no = HitCommand::NotOurs { hit, revision: 1, reason: Exclusion::InHand };
    let settled = done(send(&owner, Command::Hit(no)).await);
    let seen = check(&third, question(browning("KD73519"))).await;
    assert!(seen.hits.is_empty());
    assert_ne!(seen.candidates[0].band, Band::Likely);
    let reopen = HitCommand::Reopen {
        hit,
        revision: settled.revision.unwrap(),
        reason: Private::new("new photographs"),
    };
    done(send(&finder, Command::Hit(reopen)).await);
    let rang = third.hits().await.unwrap().hits;
    assert_eq!(rang.len(), 1, "the check that was made meanwhile rings");
    let mut other_case = question(browning("KD73519"));
    other_case.case = Text::from("7/26");
    assert_eq!(check(&third, other_case).await.hits.len(), 1);
}

/// A gun of that make under a number that another maker has given as well.
fn of_make(make: &str, calibre: &str) -> Gun {
    let mut gun = browning("KL451271");
    (gun.make, gun.calibre, gun.model) = (Some(make.into()), Some(calibre.into()), None);
    gun
}

#[tokio::test(flavor = "multi_thread")]
async fn the_right_record_rings_once_the_wrong_one_is_out_of_its_way() {
    let told = {
        let mut gun = browning("KL451271");
        (gun.make, gun.calibre, gun.model) = (None, None, None);
        gun
    };
    for way in ["not ours", "cancelled", "amended"] {
        let house = House::open().await;
        let (owner, other) = (house.line("CR").await, house.line("DE").await);
        let finder = house.line("PA").await;
        let wrong = done(send(&owner, enter(stolen(of_make("Taurus", ".40 S&W")))).await).record.unwrap();
        let right = done(send(&other, enter(stolen(of_make("Imbel", ".45 ACP")))).await).record.unwrap();
        let answer = check(&finder, question(told.clone())).await;
        assert_eq!(answer.hits, [], "either may be it: {:?}", answer.candidates);
        if way == "cancelled" {
            let command = RecordCommand::Cancel { record: wrong, revision: 1 };
            done(send(&owner, Command::Record(command)).await);
        } else if way == "amended" {
            let mut gun = of_make("Taurus", ".40 S&W");
            gun.numbers = vec![number("TX88190")];
            let report = Box::new(stolen(gun));
            let command = RecordCommand::Amend { record: wrong, revision: 1, report };
            done(send(&owner, Command::Record(command)).await);
        } else {
            let command = HitCommand::Lead {
                check: answer.check,
                record: wrong,
                priority: Priority::Routine,
                reason: Private::new("the grip fits"),
            };
            let hit = done(send(&finder, Command::Hit(command)).await);
            let no = HitCommand::NotOurs {
                hit: hit.hit.unwrap(),
                revision: hit.revision.unwrap(),
                reason: Exclusion::MakeAndCalibre,
            };
            done(send(&owner, Command::Hit(no)).await);
        }
        let rang = other.hits().await.unwrap().hits;
        assert_eq!(rang.iter().map(|row| row.hit.record).collect::<Vec<_>>(), [right], "{way}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn that_a_number_was_misread_excludes_no_gun_that_has_it() {
    let house = House::open().await;
    let (owner, finder, third) = (house.line("CR").await, house.line("PA").await, house.line("DE").await);
    done(send(&owner, enter(stolen(browning("KD73519")))).await);
    let hit = check(&finder, question(browning("KD73519"))).await.hits[0].hit;
    let no = HitCommand::NotOurs { hit, revision: 1, reason: Exclusion::Misread };
    done(send(&owner, Command::Hit(no)).await);
    let seen = check(&third, question(browning("KD73519"))).await;
    assert_eq!((seen.hits.len(), seen.candidates[0].band), (1, Band::Likely));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_country_that_is_shut_out_sees_as_much_as_the_owner_chose() {
    let house = House::open().await;
    let (owner, finder) = (house.line("CR").await, house.line("PA").await);
    for (sees, serial) in [(DeniedSees::Restricted, "KD73519"), (DeniedSees::Nothing, "LM48822")] {
        let mut report = stolen(browning(serial));
        report.caveat.denied = vec![country("PA")];
        report.caveat.denied_sees = sees;
        let record = done(send(&owner, enter(report)).await).record.unwrap();
        let answer = check(&finder, question(browning(serial))).await;
        let hits = owner.hits().await.unwrap().hits;
        assert!(hits.iter().any(|row| row.hit.record == record), "the owner is told");
        match sees {
            DeniedSees::Restricted => {
                assert!(answer.candidates[0].shown.is_none());
                assert!(answer.candidates[0].speaks_for.is_empty());
                assert_eq!(answer.hits.len(), 1);
                assert!(finder.hit(answer.hits[0].hit).await.unwrap().evidence.is_none());
            }
            DeniedSees::Nothing => {
                assert!(answer.candidates.is_empty() && answer.hits.is_empty(), "{answer:?}");
                assert_eq!((answer.fits.records, answer.more), (0, 0));
                assert!(finder.hits().await.unwrap().hits.iter().all(|row| row.hit.record != record));
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inside_note_stays_inside() {
    let house = House::open().await;
    let (owner, finder) = (house.line("CR").await, house.line("PA").await);
    done(send(&owner, enter(stolen(browning("KD73519")))).await);
    let hit = check(&finder, question(browning("KD73519"))).await.hits[0].hit;
    for inside in [true, false] {
        let text = Private::new(if inside { "our informant" } else { "please re-read" });
        done(send(&finder, Command::Hit(HitCommand::Write { hit, text, inside })).await);
    }
    assert_eq!(finder.hit(hit).await.unwrap().thread.len(), 2);
    let seen = owner.hit(hit).await.unwrap().thread;
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].message.text.text().unwrap().as_str(), "please re-read");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_for_no_number_matches_nothing_by_number() {
    let house = House::open().await;
    let (owner, finder) = (house.line("CR").await, house.line("PA").await);
    for serial in ["ELIMINADO", "NONE", "123456"] {
        let mut report = stolen(browning(serial));
        report.gun.model = None;
        report.gun.make = Some(Text::from("Taurus"));
        let knowing = send(&owner, enter(report)).await;
        assert!(matches!(knowing, iarms::wire::command::Outcome::Done { .. }), "{serial}: {knowing:?}");
        let gun = Gun { numbers: vec![crate::bench::number(serial)], ..Gun::default() };
        let answer = check(&finder, question(gun)).await;
        assert!(answer.hits.is_empty(), "{serial}");
        assert!(answer.candidates.iter().all(|c| c.band != Band::Likely), "{serial}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_fields_are_named_and_nothing_is_stored() {
    let house = House::open().await;
    let line = house.line("CR").await;
    let mut report = stolen(browning("KD\x1b[2J73519"));
    report.gun.gun_type = Some("XY".parse().unwrap());
    report.case = Text::default();
    let problem = refused(send(&line, enter(report)).await);
    assert_eq!(problem.field.as_deref(), Some("report.gun.numbers[0].as_seen"));
    let Some(Refusal::Fields { problems }) = problem.refusal else { panic!("{:?}", problem.refusal) };
    let fields: Vec<&str> = problems.iter().map(|p| p.field.as_str()).collect();
    assert_eq!(fields, ["report.gun.numbers[0].as_seen", "report.case", "report.gun.type"]);
    let mut bad = question(browning("A?1"));
    bad.purpose = Text::from("CURIOSITY");
    let problem = refused(check_outcome(&line, bad).await);
    assert_eq!(problem.field.as_deref(), Some("purpose"));
    assert!(!problem.hint.is_empty() && !problem.detail.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn more_hits_than_a_page_are_read_page_by_page() {
    const PAIRS: u64 = 210;
    const HIDDEN: usize = 3;
    let house = House::open().await;
    let (owner, finder) = (house.line("CR").await, house.line("PA").await);
    // Serials that are far from one another.
    let serial = |n: u64| format!("{:010X}", n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 24);
    let mut reports: Vec<Report> = (1..=PAIRS).map(|n| stolen(browning(&serial(n)))).collect();
    for report in &mut reports[..HIDDEN] {
        report.caveat.denied = vec![country("PA")];
        report.caveat.denied_sees = DeniedSees::Nothing;
    }
    let commands = reports.into_iter().map(enter);
    let commands = commands.map(|command| Envelope { id: new_id(), command, rehearse: false }).collect();
    owner.commands(commands).await.unwrap();
    let items = (1..=PAIRS).map(|n| CheckItem { id: new_id(), question: question(browning(&serial(n))) });
    let answers = finder.checks(items.collect()).await.unwrap().answers;
    let mut raised: Vec<HitId> =
        answers.into_iter().flat_map(|answer| done(answer.outcome).hits).map(|hit| hit.hit).collect();
    raised.sort_unstable();
    raised.dedup();
    assert!(raised.len() > 198, "two pages for the owner, {}", raised.len());
    let newest = finder.hits().await.unwrap().hits[150].hit.id;
    ask(&finder, newest, 1).await;

    let first = owner.hits().await.unwrap();
    assert_eq!((first.hits.len(), first.more, first.hits[0].hit.id), (200, true, newest), "the clock first");
    let second = owner.hits_after(first.next.unwrap()).await.unwrap();
    assert_eq!((second.more, second.next), (false, None));
    let ids: Vec<_> = first.hits.iter().chain(&second.hits).map(|row| row.hit.id).collect();
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!((once.len(), ids.len()), (ids.len(), raised.len() + HIDDEN));
    assert!(raised.iter().all(|hit| once.contains(hit)));
    assert!(ids[1..].windows(2).all(|pair| pair[0] > pair[1]), "then the newest");

    // What the finder may not know of takes no room and leaves no trace in a place.
    let first = finder.hits().await.unwrap();
    let mut shown: Vec<HitId> = first.hits.iter().map(|row| row.hit.id).collect();
    assert_eq!((first.more, shown.len()), (raised.len() > 200, raised.len().min(200)));
    let mut last = HitsPlace::from(&first.hits[shown.len() - 1].hit);
    if let Some(next) = first.next {
        let second = finder.hits_after(next).await.unwrap();
        shown.extend(second.hits.iter().map(|row| row.hit.id));
        last = HitsPlace::from(&second.hits.last().unwrap().hit);
    }
    shown.sort_unstable();
    assert_eq!(shown, raised);
    let end = finder.hits_after(last).await.unwrap();
    assert_eq!((end.hits.len(), end.more, end.next), (0, false, None), "nothing tells of what is hidden");
}
