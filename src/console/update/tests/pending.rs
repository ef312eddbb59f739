//! What was sent and is not answered yet: nothing else is said about the same thing before.

use super::desk::{Desk, candidate, check_answer, problem, record_id, row};
use crate::console::action::ActionId;
use crate::console::state::notice::Notice;
use crate::console::state::sent::Sent;
use crate::console::state::why_not::WhyNot;
use crate::domain::evidence::Band;
use crate::domain::hit::Phase;
use crate::domain::ids::{CheckId, CommandId, HitId};
use crate::domain::refusal::Refusal;
use crate::wire::command::{Done, Outcome};

/// A desk that has just confirmed its one hit, and the name of that command.
fn confirmed() -> (Desk, CommandId) {
    let mut desk = Desk::with(vec![row(1, "CR", "PA", Phase::Asked)]);
    desk.keys("r").read_hits().keys("<Seen>y");
    let id = desk.sent()[0].id;
    (desk, id)
}

fn refused(desk: &Desk, action: ActionId, what: Sent, unknown: bool) {
    let why = WhyNot::Pending { what, unknown };
    assert_eq!(desk.state.notice, Some(Notice::NotNow { action, why }));
    assert_eq!(desk.state.question, None);
}

#[test]
fn a_second_answer_waits_for_the_first_one() {
    let (mut desk, id) = confirmed();
    desk.keys("r");
    refused(&desk, ActionId::Respond, Sent::Confirmed(HitId(1)), false);
    desk.keys("<Esc>r");
    refused(&desk, ActionId::Respond, Sent::Confirmed(HitId(1)), false);
    desk.keys("m");
    refused(&desk, ActionId::Mine, Sent::Confirmed(HitId(1)), false);
    assert!(desk.sent().is_empty());
    // Words to the other side decide nothing.
    desk.keys("wlook<Enter>");
    assert!(desk.state.question.is_some());
    desk.keys("<Esc>");
    desk.answer_command(id, Outcome::Refused { problem: problem(Some(Refusal::Role)) });
    desk.keys("r");
    assert!(desk.state.question.is_some(), "the first one came to nothing");
}

#[test]
fn while_nobody_knows_what_became_of_the_first_the_second_waits_and_says_so() {
    let (mut desk, id) = confirmed();
    desk.answer_command(id, Outcome::Unknown { problem: problem(None) });
    desk.keys("r");
    refused(&desk, ActionId::Respond, Sent::Confirmed(HitId(1)), true);
    desk.answer_command(id, Outcome::Done { result: Done::default() });
    desk.keys("r");
    assert!(desk.state.question.is_some());
}

#[test]
fn a_hit_is_not_taken_twice_nor_with_the_ticked() {
    let mut desk = Desk::with((1..=3).map(|id| row(id, "CR", "PA", Phase::Raised)).collect());
    desk.keys("m");
    assert_eq!(desk.sent().len(), 1);
    desk.keys("m");
    refused(&desk, ActionId::Mine, Sent::Take(HitId(1)), false);
    desk.keys("xxx").keys("m<Seen>y");
    assert_eq!(desk.sent().len(), 2);
    desk.keys("x<Up><Up>xm");
    assert!(matches!(&desk.state.notice, Some(Notice::NotNow { why: WhyNot::Pending { .. }, .. })));
    assert!(desk.sent().is_empty());
}

#[test]
fn a_taken_hit_may_be_answered_before_the_taking_is_heard_of() {
    let mut desk = Desk::with(vec![row(1, "CR", "PA", Phase::Raised)]);
    desk.keys("mr");
    assert!(desk.state.question.is_some());
}

#[test]
fn a_lead_is_asked_about_once() {
    let mut desk = Desk::with(vec![]).on_a_case();
    desk.keys("sD?32114<Enter>");
    desk.answer_check(check_answer(vec![candidate("DE-2019-3310", Band::Possible)]));
    desk.keys("r");
    desk.answer_record("DE-2019-3310");
    desk.keys("<Seen>y");
    assert_eq!(desk.sent().len(), 1);
    desk.keys("r");
    let record = record_id("DE-2019-3310");
    let priority = crate::domain::hit::Priority::Routine;
    refused(&desk, ActionId::Respond, Sent::Lead { check: CheckId(88213), record, priority }, false);
}

#[test]
fn a_record_is_validated_once() {
    let mut desk = Desk::with(vec![]).on_a_case();
    desk.keys("sCR-2026-4417<Enter>");
    desk.answer_record("CR-2026-4417");
    desk.keys("r<Seen>y");
    assert_eq!(desk.sent().len(), 1);
    desk.keys("r");
    refused(&desk, ActionId::Respond, Sent::Validated(record_id("CR-2026-4417")), false);
}

#[test]
fn what_became_of_the_ticked_is_said_in_one_line() {
    let mut desk = Desk::with((1..=3).map(|id| row(id, "CR", "PA", Phase::Raised)).collect());
    desk.keys("xxxm<Seen>y");
    let hits = vec![HitId(1), HitId(2), HitId(3)];
    assert_eq!(desk.state.notice, Some(Notice::Taking { hits: hits.clone(), waits: false }));
    let ids: Vec<CommandId> = desk.sent().iter().map(|envelope| envelope.id).collect();
    let done = || Outcome::Done { result: Done::default() };
    let taken = |done: &[HitId], refused| Some(Notice::Taken { all: 3, done: done.to_vec(), refused });
    desk.answer_command(ids[0], done());
    assert_eq!(desk.state.notice, taken(&hits[..1], None));
    let problem = problem(Some(Refusal::TakenBy { officer: super::desk::COLLEAGUE }));
    desk.answer_command(ids[1], Outcome::Refused { problem: problem.clone() });
    desk.answer_command(ids[2], done());
    let refused = Some((vec![HitId(2)], problem));
    assert_eq!(desk.state.notice, taken(&[HitId(1), HitId(3)], refused));
}

#[test]
fn why_a_ticked_hit_was_refused_is_said_until_the_last_answer() {
    let mut desk = Desk::with((1..=3).map(|id| row(id, "CR", "PA", Phase::Raised)).collect());
    desk.keys("xxxm<Seen>y");
    let ids: Vec<CommandId> = desk.sent().iter().map(|envelope| envelope.id).collect();
    let problem = problem(Some(Refusal::TakenBy { officer: super::desk::COLLEAGUE }));
    desk.answer_command(ids[0], Outcome::Refused { problem: problem.clone() });
    desk.keys("<Down>");
    desk.answer_command(ids[1], Outcome::Done { result: Done::default() });
    let refused = Some((vec![HitId(1)], problem));
    assert_eq!(desk.state.notice, Some(Notice::Taken { all: 3, done: vec![HitId(2)], refused }));
}

#[test]
fn an_amendment_waits_for_what_is_on_its_way() {
    let record = record_id("CR-2026-4417");
    let mut desk = Desk::with(vec![]).on_a_case();
    desk.keys("sCR-2026-4417<Enter>");
    desk.answer_record("CR-2026-4417");
    desk.keys("rc<Enter>9<Esc>r<Seen>y");
    assert_eq!(desk.sent().len(), 1);
    desk.keys("e").settle_form().keys("<PgDn>");
    refused(&desk, ActionId::ToSend, Sent::Validated(record), false);
    assert!(desk.state.form.is_some() && desk.sent().is_empty());
}
