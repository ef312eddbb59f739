//! `y` counts only for what was seen, and nothing else commits.

use super::desk::{Desk, NOW, changed, row};
use crate::console::message::Message;
use crate::console::state::notice::{Notice, Sent};
use crate::console::state::question::Withdrawn;
use crate::console::state::remote::Generation;
use crate::domain::hit::{HitCommand, Phase};
use crate::domain::ids::HitId;
use crate::wire::news::HitNews;

fn asked() -> Desk {
    Desk::with(vec![row(1, "CR", "PA", Phase::Asked), row(2, "CR", "NI", Phase::Asked)])
}

#[test]
fn r_y_answers_the_marked_hit() {
    let mut desk = asked();
    desk.keys("r").read_hits().keys("<Seen>y");
    assert_eq!(desk.one_hit_command(), HitCommand::Confirm { hit: HitId(1), revision: 3 });
    assert_eq!(desk.state.notice, Some(Notice::Sent { what: Sent::Confirmed(HitId(1)), waits: false }));
    assert!(desk.state.question.is_none());
}

#[test]
fn a_y_that_was_typed_blind_is_dropped_with_a_word() {
    let mut desk = asked();
    desk.keys("r").read_hits().keys("y");
    assert_eq!(desk.state.notice, Some(Notice::TooEarly));
    assert!(desk.sent().is_empty());
    assert!(desk.state.question.is_some(), "the question stays");
    desk.keys("<Seen>y");
    assert_eq!(desk.sent().len(), 1);
}

#[test]
fn an_old_frame_does_not_make_y_count() {
    let mut desk = asked();
    desk.keys("r").read_hits();
    let old = desk.state.question.as_ref().unwrap().generation;
    desk.keys("<Esc>r");
    desk.say(Message::Seen(old));
    desk.say(Message::Seen(Generation(9999)));
    desk.keys("y");
    assert_eq!(desk.state.notice, Some(Notice::TooEarly));
}

#[test]
fn nobody_answers_for_a_gun_that_is_not_on_the_screen() {
    let mut desk = asked();
    desk.keys("r<Seen>y");
    assert_eq!(desk.state.notice, Some(Notice::NotCompared));
    desk.read_hits();
    desk.keys("y");
    assert_eq!(desk.state.notice, Some(Notice::TooEarly), "the comparison must have been seen too");
    desk.keys("<Seen>y");
    assert_eq!(desk.sent().len(), 1);
}

#[test]
fn a_second_impatient_y_finds_nothing_to_do() {
    let mut desk = asked();
    desk.keys("r").read_hits().keys("<Seen>y");
    desk.sent();
    desk.keys("yyyy");
    assert!(desk.sent().is_empty());
    assert_eq!(desk.state.notice, Some(Notice::NoSuchKey('y')));
}

#[test]
fn a_y_in_a_paste_is_dropped() {
    let mut desk = asked();
    desk.keys("r").read_hits().keys("<Seen>");
    desk.paste("y\ny");
    assert!(desk.sent().is_empty());
    assert!(desk.state.question.is_some());
}

#[test]
fn enter_at_first_chooses_no_and_tab_walks_to_yes() {
    let mut desk = asked();
    desk.keys("r").read_hits().keys("<Seen><Enter>");
    assert!(desk.state.question.is_none());
    assert!(desk.sent().is_empty());
    desk.keys("r").read_hits().keys("<Tab><Enter>");
    assert_eq!(desk.state.notice, Some(Notice::TooEarly), "Enter on yes is under the same rule");
    desk.keys("<Seen><Enter>");
    assert_eq!(desk.sent().len(), 1);
}

#[test]
fn y_is_withdrawn_when_somebody_else_has_answered() {
    let mut desk = asked();
    desk.keys("r").read_hits().keys("<Seen>");
    desk.hit_news(HitNews::Settled, changed(row(1, "CR", "PA", Phase::Asked), Phase::NotOurs));
    let question = desk.state.question.as_ref().expect("the question stays open");
    assert!(matches!(question.withdrawn, Some(Withdrawn::Changed { at: NOW, .. })));
    desk.sent();
    desk.keys("<Seen>y");
    assert_eq!(desk.state.notice, Some(Notice::Withdrawn));
    assert!(desk.sent().is_empty());
}

#[test]
fn a_reminder_withdraws_nothing() {
    let mut desk = asked();
    desk.keys("r").read_hits().keys("<Seen>");
    let mut reminded = row(1, "CR", "PA", Phase::Asked);
    reminded.hit.number = 2;
    desk.hit_news(HitNews::Reminded, reminded);
    desk.read_hits();
    assert!(desk.state.question.as_ref().unwrap().withdrawn.is_none());
}

#[test]
fn news_of_another_hit_leave_the_question_alone() {
    let mut desk = asked();
    desk.keys("r").read_hits().keys("<Seen>");
    desk.hit_news(HitNews::Settled, changed(row(2, "CR", "NI", Phase::Asked), Phase::NotOurs));
    desk.keys("y");
    assert_eq!(desk.sent().len(), 1);
}

#[test]
fn capitals_do_not_matter() {
    let mut desk = asked();
    desk.keys("R").read_hits().keys("<Seen>Y");
    assert_eq!(desk.sent().len(), 1);
}
