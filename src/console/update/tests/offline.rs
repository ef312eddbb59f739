//! Without a line: what was seen before, a check against it, and the registry's answer afterwards.

use super::desk::{Desk, NOW, candidate, check_answer, hello, row};
use crate::client::seen::{Here, Past};
use crate::console::effect::Effect;
use crate::console::message::{Answer, Fault, Found, Message};
use crate::console::state::layout::Page;
use crate::console::state::line_status::LineStatus;
use crate::console::state::notice::Notice;
use crate::console::state::outbox::{Standing, Wanted};
use crate::console::state::{Start, State};
use crate::domain::evidence::Band;
use crate::domain::hit::Phase;
use crate::domain::ids::{CommandId, HitId};
use crate::domain::time::Minutes;
use crate::wire::news::News;
use jiff::tz::TimeZone;

fn offline() -> Desk {
    let mut desk = Desk::with(vec![]).on_a_case();
    desk.say(Message::Line(LineStatus::Offline { since: Some(NOW), next_try: None }));
    desk.effects.clear();
    desk
}

/// The check that goes to what was seen here, and the name of it.
fn checked(desk: &mut Desk) -> CommandId {
    let Some(Effect::CheckHere { generation, item }) = desk.effects.pop() else {
        panic!("without a line it is held against what was seen: {:?}", desk.effects)
    };
    let here = Here { searched: 1204, oldest: Some(NOW.after(Minutes::hours(-3))), candidates: vec![] };
    desk.say(Message::Here { generation, here: Box::new(here) });
    item.id
}

#[test]
fn a_check_is_held_against_what_was_seen_here_and_queued() {
    let mut desk = offline();
    desk.keys("sKD73519<Enter>");
    assert!(!desk.effects.iter().any(|effect| matches!(effect, Effect::Check { .. })));
    let id = checked(&mut desk);
    assert_eq!(desk.state.search.here.as_ref().map(|here| here.searched), Some(1204));
    assert!(desk.state.search.answer.value().is_none(), "it is not the registry's answer");
    assert!(matches!(desk.state.outbox.get(id).map(|item| &item.wanted), Some(Wanted::Check(_))));
}

#[test]
fn a_check_on_which_the_line_broke_is_queued_under_its_name() {
    let mut desk = Desk::with(vec![]).on_a_case();
    desk.keys("sKD73519<Enter>");
    let Some(Effect::Check { generation, item }) = desk.effects.pop() else { panic!("the line is there") };
    desk.answer(Answer::Check { generation, result: Err(Fault::TimedOut) });
    assert_eq!(checked(&mut desk), item.id);
}

#[test]
fn the_answer_takes_its_place_and_says_so() {
    let mut desk = offline();
    desk.keys("sKD73519<Enter>");
    let id = checked(&mut desk);
    let answer = check_answer(vec![candidate("DE-2019-3310", Band::Possible)]);
    desk.answer(Answer::Waited { id, answer });
    assert_eq!(desk.state.search.here, None);
    assert_eq!(desk.state.search.answer.value().map(|answer| answer.candidates.len()), Some(1));
    assert!(matches!(&desk.state.notice, Some(Notice::CheckedLate { count: 1, here: true, .. })));
    assert!(desk.state.outbox.items.is_empty());
}

#[test]
fn the_answer_to_another_check_than_that_on_the_screen_waits_to_be_opened() {
    let mut desk = offline();
    desk.keys("sKD73519<Enter>");
    let first = checked(&mut desk);
    desk.keys("sD?32114<Enter>");
    checked(&mut desk);
    desk.answer(Answer::Waited { id: first, answer: check_answer(vec![]) });
    assert!(matches!(&desk.state.notice, Some(Notice::CheckedLate { here: false, .. })));
    assert!(matches!(desk.state.outbox.get(first).map(|item| &item.standing), Some(Standing::Answered(_))));
    desk.keys("o");
    assert_eq!(desk.state.page, Some(Page::Outbox(Some(first))));
    desk.keys("<Enter>");
    assert!(desk.state.search.answer.value().is_some() && desk.state.outbox.get(first).is_none());
}

#[test]
fn what_was_seen_can_be_read_before_the_registry_has_spoken_and_is_read_anew_then() {
    let start = Start { zone: TimeZone::UTC, purpose: None, case: None };
    let mut desk = Desk { state: State::new(start), effects: Vec::new() };
    desk.say(Message::Time(NOW));
    let then = NOW.after(Minutes::hours(-3));
    let rows = vec![row(1, "CR", "PA", Phase::Asked)];
    let past = Past { hello: hello(), rows, rows_at: then, hits: vec![], records: vec![] };
    desk.say(Message::Found(Box::new(Found { past: Some(past), ..Found::default() })));
    assert_eq!((desk.state.hits.order.clone(), desk.state.hits.ordered), (vec![HitId(1)], Some(then)));
    assert!(desk.effects.iter().all(|effect| !matches!(effect, Effect::ReadHits { .. })));
    desk.news(News::Hello(hello()));
    assert!(desk.effects.iter().any(|effect| matches!(effect, Effect::ReadHits { .. })));
    desk.news(News::Reset);
    assert!(desk.state.hits.rows.is_empty());
}

#[test]
fn what_was_seen_is_thrown_away_by_a_command() {
    let mut desk = Desk::new();
    desk.keys(":wipe<Enter>");
    assert!(desk.effects.contains(&Effect::Wipe));
    assert_eq!(desk.state.notice, Some(Notice::Wiped));
}
