//! The next page of candidates: named with its cost, fetched by one key, never twice.

use super::desk::{Desk, candidate, check_answer, record_id, row};
use crate::console::effect::Effect;
use crate::console::message::{Answer, Fault};
use crate::console::state::notice::Notice;
use crate::console::state::remote::Generation;
use crate::domain::evidence::Band;
use crate::domain::hit::Phase;
use crate::domain::ids::{CheckId, RecordId};
use crate::wire::check::{Candidate, CandidatesPage, NextCandidates};
use crate::wire::news::{Cursor, News};

fn listed(numbers: std::ops::Range<u32>) -> Vec<Candidate> {
    numbers.map(|n| candidate(&format!("DE-2019-{n}"), Band::Unlikely)).collect()
}

fn record(n: u32) -> RecordId {
    record_id(&format!("DE-2019-{n}"))
}

fn behind(n: u32) -> NextCandidates {
    NextCandidates { after: record(n), count: 2, bytes: Some(2050) }
}

/// A desk with two candidates on the screen and three beyond.
fn desk() -> Desk {
    let mut desk = Desk::with(vec![row(1, "CR", "PA", Phase::Asked)]).on_a_case();
    desk.keys("sD?32114<Enter>");
    let answer = check_answer(listed(1..3));
    desk.answer_check(crate::wire::check::CheckAnswer { more: 3, next: Some(behind(2)), ..answer });
    desk.effects.clear();
    desk
}

/// What was fetched since the last look.
fn fetched(desk: &mut Desk) -> Vec<(Generation, CheckId, RecordId)> {
    let effects = std::mem::take(&mut desk.effects);
    let fetched = effects.into_iter().filter_map(|effect| match effect {
        Effect::ReadCandidates { generation, check, after } => Some((generation, check, after)),
        _ => None,
    });
    fetched.collect()
}

fn page(next: Option<NextCandidates>, numbers: std::ops::Range<u32>) -> CandidatesPage {
    let candidates = listed(numbers);
    CandidatesPage { as_of: super::desk::NOW, more: next.map_or(0, |_| 1), next, candidates }
}

#[test]
fn enter_on_the_last_line_fetches_the_next_page_and_goes_on_in_it() {
    let mut desk = desk();
    desk.keys("<Down>");
    assert_eq!(desk.state.search.marked, Some(record(2)));
    desk.keys("<Down>");
    assert_eq!((desk.state.search.marked, desk.state.search.on_more()), (None, Some(behind(2))));
    assert!(fetched(&mut desk).is_empty(), "nothing is fetched by looking");
    desk.keys("<Enter><Enter><Enter>");
    let asked = fetched(&mut desk);
    let [(generation, CheckId(88213), after)] = asked[..] else { panic!("{asked:?}") };
    assert_eq!(after, record(2));
    desk.answer(Answer::Candidates { generation, result: Ok(page(Some(behind(4)), 3..5)) });
    let search = &desk.state.search;
    assert_eq!(search.marked, Some(record(3)), "the first that came");
    assert_eq!(search.answer.value().unwrap().candidates.len(), 4);
    assert_eq!(search.answer.value().unwrap().more, 1);
    desk.keys("<Down><Down><Down><Down><Enter>");
    let [(generation, _, after)] = fetched(&mut desk)[..] else { panic!() };
    assert_eq!(after, record(4));
    desk.keys("<Up>");
    desk.answer(Answer::Candidates { generation, result: Ok(page(None, 5..6)) });
    assert_eq!(desk.state.search.marked, Some(record(4)), "a mark that has moved on stays");
    desk.keys("<Down><Down><Down><Down>");
    assert_eq!((desk.state.search.marked, desk.state.search.on_more()), (Some(record(5)), None));
}

#[test]
fn a_page_of_an_earlier_check_is_dropped() {
    let mut desk = desk();
    desk.keys("<Down><Down><Down><Down><Enter>");
    let [(generation, ..)] = fetched(&mut desk)[..] else { panic!() };
    desk.keys("sKD73519<Enter>");
    desk.answer_check(check_answer(listed(7..8)));
    desk.answer(Answer::Candidates { generation, result: Ok(page(None, 3..5)) });
    let records: Vec<_> =
        desk.state.search.answer.value().unwrap().candidates.iter().map(|c| c.record).collect();
    assert_eq!(records, [record(7)]);
}

#[test]
fn a_page_that_did_not_come_can_be_asked_for_again() {
    let mut desk = desk();
    desk.keys("<Down><Down><Down><Down><Enter>");
    let [(generation, ..)] = fetched(&mut desk)[..] else { panic!() };
    desk.answer(Answer::Candidates { generation, result: Err(Fault::Offline) });
    assert_eq!(desk.state.notice, Some(Notice::Fault(Fault::Offline)));
    desk.keys("<Enter>");
    assert_eq!(fetched(&mut desk).len(), 1);
}

#[test]
fn what_was_withdrawn_meanwhile_does_not_come_back_with_a_page() {
    let mut desk = desk();
    let withdrawn = |n| News::Withdraw { cursor: Cursor::default(), hits: vec![], record: Some(record(n)) };
    desk.news(withdrawn(2));

    desk.keys("<Down><Down><Down><Down><Enter>");
    let [(generation, _, after)] = fetched(&mut desk)[..] else { panic!() };
    assert_eq!(after, record(1), "the page begins behind what is left");
    desk.news(withdrawn(3));
    desk.answer(Answer::Candidates { generation, result: Ok(page(None, 3..5)) });
    let records: Vec<_> =
        desk.state.search.answer.value().unwrap().candidates.iter().map(|c| c.record).collect();
    assert_eq!(records, [record(1), record(4)]);
}
