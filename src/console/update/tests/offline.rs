//! Without a line: what was seen before, a check against it, and the registry's answer afterwards.

use super::desk::{Desk, NOW, candidate, check_answer, hello, problem, record_id, row};
use crate::client::seen::{Here, Past};
use crate::console::effect::Effect;
use crate::console::form::FieldId;
use crate::console::message::{Answer, Fault, Found, Message, OutboxNews};
use crate::console::state::layout::Page;
use crate::console::state::line_status::{Down, LineStatus};
use crate::console::state::notice::Notice;
use crate::console::state::outbox::{Item, Standing, Wanted};
use crate::console::state::sent::Sent;
use crate::console::state::{Start, State};
use crate::domain::evidence::Band;
use crate::domain::hit::Phase;
use crate::domain::ids::{CommandId, HitId, RecordId};
use crate::domain::time::Minutes;
use crate::wire::check::CheckAnswer;
use crate::wire::command::{Done, Outcome};
use crate::wire::news::{Cursor, News};
use jiff::tz::TimeZone;

fn offline() -> Desk {
    let mut desk = Desk::with(vec![]).on_a_case();
    desk.say(Message::Line(LineStatus::Offline { since: Some(NOW), next_try: None, why: Down::NoLine }));
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
    let told = Notice::CheckWaits { line: "S KD73519".into(), went_out: true };
    assert_eq!(desk.state.notice, Some(told), "nobody is told to do it again, which it does by itself");
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
    assert!(!desk.effects.contains(&Effect::Withdraw(first)), "nobody has looked at it");
    desk.keys("<Enter>");
    assert!(desk.state.search.answer.value().is_some() && desk.state.outbox.get(first).is_none());
    assert!(desk.effects.contains(&Effect::Withdraw(first)));
}

/// Two checks without a line, of which the first was answered with two candidates while the other
/// is on the screen.
fn one_answered_of_two() -> (Desk, [CommandId; 2]) {
    let mut desk = offline();
    let ids = ["sKD73519<Enter>", "sD?32114<Enter>"].map(|keys| {
        desk.keys(keys);
        checked(&mut desk)
    });
    desk.answer(Answer::Waited { id: ids[0], answer: both() });
    (desk, ids)
}

fn both() -> CheckAnswer {
    check_answer(vec![candidate("DE-2019-3310", Band::Possible), candidate("KE-2019-1", Band::Possible)])
}

fn withdraw(desk: &mut Desk) {
    let record = Some(record_id("DE-2019-3310"));
    desk.news(News::Withdraw { cursor: Cursor::default(), hits: vec![], record });
}

fn on_screen(desk: &Desk) -> Vec<RecordId> {
    let answer = desk.state.search.answer.value();
    answer.map(|answer| answer.candidates.iter().map(|one| one.record).collect()).unwrap_or_default()
}

#[test]
fn what_is_withdrawn_leaves_the_answers_that_nobody_has_looked_at() {
    let (mut desk, ids) = one_answered_of_two();
    let candidates = both().candidates;
    desk.state.search.here = Some(Here { searched: 2, oldest: Some(NOW), candidates });
    withdraw(&mut desk);
    let here = desk.state.search.here.clone().unwrap();
    assert_eq!(here.candidates.iter().map(|one| one.record).collect::<Vec<_>>(), [record_id("KE-2019-1")]);
    desk.keys("o<Enter>");
    assert_eq!(on_screen(&desk), [record_id("KE-2019-1")]);
    // The other was asked before the withdrawal, and a third one after it takes no guard away.
    desk.keys("sZZ4711<Enter>");
    desk.answer(Answer::Waited { id: ids[1], answer: both() });
    desk.keys("o<Enter>");
    assert_eq!(on_screen(&desk), [record_id("KE-2019-1")]);
}

#[test]
fn a_check_that_was_refused_keeps_nothing_out_of_later_answers() {
    let mut desk = offline();
    desk.keys("sKD73519<Enter>");
    let refused = checked(&mut desk);
    desk.answer_command(refused, Outcome::Refused { problem: problem(None) });
    desk.say(Message::Line(LineStatus::Live { round_trip: None }));
    withdraw(&mut desk);
    // Its owner has it seen again by then.
    desk.keys("sKD73519<Enter>");
    desk.answer_check(both());
    assert_eq!(on_screen(&desk).len(), 2);
}

#[test]
fn after_a_change_of_rights_what_nobody_has_looked_at_is_asked_once_more() {
    let (mut desk, ids) = one_answered_of_two();
    desk.state.search.here = Some(Here { searched: 2, oldest: Some(NOW), candidates: both().candidates });
    desk.say(Message::Outbox(OutboxNews::Sent { ids: vec![ids[1]], at: NOW }));
    desk.effects.clear();
    desk.news(News::Reset);
    assert_eq!(desk.state.search.here, None);
    assert!(desk.state.answers().next().is_none());
    let again = |desk: &mut Desk| -> Vec<CommandId> {
        let all = std::mem::take(&mut desk.effects).into_iter();
        all.filter_map(|effect| match effect {
            Effect::QueueCheck(item) => Some(item.id),
            _ => None,
        })
        .collect()
    };
    assert_eq!(again(&mut desk), [ids[0]]);
    // The answer to the other was on its way, from before or not.
    desk.answer(Answer::Waited { id: ids[1], answer: both() });
    assert_eq!((again(&mut desk), on_screen(&desk)), (vec![ids[1]], vec![]));
    desk.answer(Answer::Waited { id: ids[1], answer: check_answer(vec![]) });
    let standing = desk.state.outbox.get(ids[1]).map(|item| &item.standing);
    assert!(matches!(standing, Some(Standing::Answered(_))));
}

#[test]
fn an_answer_that_nobody_wants_to_look_at_is_put_away_here() {
    let (mut desk, ids) = one_answered_of_two();
    desk.say(Message::Outbox(OutboxNews::Dropped(ids[0])));
    assert!(desk.state.outbox.get(ids[0]).is_some(), "it was answered before it could be dropped");
    desk.keys("or<Seen>y");
    assert!(desk.state.outbox.get(ids[0]).is_none());
    assert!(desk.effects.contains(&Effect::Withdraw(ids[0])), "it would be asked again at the next start");
    assert!(!matches!(desk.state.notice, Some(Notice::Dropped(_))), "it was done");
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

#[test]
fn who_is_not_admitted_sees_nothing_of_what_was_read() {
    let mut desk = Desk::with(vec![row(11, "CR", "PA", Phase::Asked)]).on_a_case();
    desk.keys("sKD73519<Enter>");
    desk.answer_check(both());
    desk.state.search.here = Some(Here { searched: 2, oldest: Some(NOW), candidates: both().candidates });
    desk.effects.clear();
    desk.say(Message::Line(LineStatus::ShutOut));
    let state = &desk.state;
    assert!(state.hits.rows.is_empty() && state.hits.order.is_empty());
    assert!(state.record.hits.is_empty() && state.record.records.is_empty());
    assert!(state.search.answer.value().is_none() && state.search.here.is_none());
    let reads = |desk: &Desk| desk.effects.iter().any(|effect| matches!(effect, Effect::ReadHits { .. }));
    assert!(!reads(&desk), "it would be told once more that it is not admitted");
    desk.say(Message::Line(LineStatus::Live { round_trip: None }));
    desk.news(News::Hello(hello()));
    assert!(reads(&desk), "and once it is, all is read anew");
}

#[test]
fn a_request_that_hangs_makes_the_line_doubtful_until_an_answer_comes() {
    let mut desk = Desk::with(vec![]).on_a_case();
    let since = NOW;
    desk.say(Message::Line(LineStatus::Live { round_trip: None }));
    desk.say(Message::Line(LineStatus::Unanswered { since }));
    assert!(!desk.state.line.is_live());
    desk.say(Message::Line(LineStatus::Live { round_trip: Some(12_000) }));
    assert!(desk.state.line.is_live());
    let down = LineStatus::Offline { since: Some(NOW), next_try: None, why: Down::NoLine };
    desk.say(Message::Line(down));
    desk.say(Message::Line(LineStatus::Unanswered { since }));
    assert_eq!(desk.state.line, down, "it says nothing new of a line that is down");
}

/// A record that is entered without a line.
fn entered_offline() -> (Desk, CommandId) {
    let mut desk = offline();
    desk.keys("estolen<Enter>KD73519");
    let form = desk.state.form.as_mut().unwrap();
    for (id, text) in [(FieldId::Make, "FN"), (FieldId::FileNumber, "0143/26")] {
        form.fill(id, text);
    }
    desk.settle_form();
    desk.keys("<PgDn>");
    let id = desk.sent()[0].id;
    desk.answer(Answer::NotRehearsed { id, fault: Fault::Offline });
    desk.keys("<Seen>y");
    let id = desk.sent()[0].id;
    (desk, id)
}

#[test]
fn what_had_waited_is_told_with_its_number_once_it_is_done() {
    let (mut desk, id) = entered_offline();
    assert!(desk.state.outbox.waited.contains(&id));
    desk.say(Message::Line(LineStatus::Live { round_trip: None }));
    let record = record_id("CR-2026-0000014");
    let result = Done { record: Some(record), ..Done::default() };
    desk.answer_command(id, Outcome::Done { result });
    let told = Notice::Done { what: Sent::Entered, record: Some(record), raised: 0 };
    assert_eq!(desk.state.notice, Some(told));
    // Another that is answered before the next key does not take its place.
    let other = CommandId(uuid::Uuid::from_u128(7));
    desk.state.pending.insert(other, Sent::Note(HitId(1)));
    desk.state.outbox.waited.insert(other);
    desk.answer_command(other, Outcome::Done { result: Done::default() });
    let done = vec![(Sent::Entered, Some(record)), (Sent::Note(HitId(1)), None)];
    assert_eq!(desk.state.notice, Some(Notice::WentOut { done, raised: 0, left: None }));
}

#[test]
fn what_an_earlier_console_has_left_is_told_when_it_is_done_and_hides_nothing() {
    let (desk, id) = entered_offline();
    let items = desk.state.outbox.items.clone();
    let mut desk = Desk::new();
    let items = items.into_iter().map(|item| Item { standing: Standing::Queued, ..item }).collect();
    desk.say(Message::Found(Box::new(Found { items, torn: true, ..Found::default() })));
    let record = record_id("CR-2026-0000014");
    desk.answer_command(id, Outcome::Done { result: Done { record: Some(record), ..Done::default() } });
    let Some(Notice::WentOut { done, left: Some(left), .. }) = &desk.state.notice else {
        panic!("{:?}", desk.state.notice)
    };
    assert_eq!(done[..], [(Sent::Entered, Some(record))]);
    assert!(left.torn && left.queued == 0, "{left:?}");
}
