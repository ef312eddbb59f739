//! "No": back to the question behind, then out, and nothing else moves.

use super::*;
use crate::console::update::tests::desk;

/// What the question is, and which gun is marked and shown.
fn stands(desk: &Desk) -> (Option<&'static str>, Option<HitId>, Option<&Subject>) {
    let asked = desk.state.question.as_ref().map(|question| question.ask.code());
    (asked, desk.state.hits.marked, desk.state.record.subject.as_ref())
}

#[test]
fn esc_goes_back_to_the_question_and_then_leaves_it() {
    for (owner, phase, root, keys) in [
        ("PA", Phase::Raised, "ask_owner", "1"),
        ("PA", Phase::Raised, "ask_owner", "2half a reason"),
        ("PA", Phase::Raised, "ask_owner", "w"),
        ("PA", Phase::Raised, "ask_owner", "e"),
        ("PA", Phase::Raised, "ask_owner", "e6"),
        ("PA", Phase::Asked, "wait", "1"),
        ("PA", Phase::Asked, "wait", "1officer down<Enter>"),
        ("PA", Phase::Confirmed, "locate", "e3"),
        ("CR", Phase::Asked, "confirm", "e"),
        ("CR", Phase::Asked, "confirm", "e6"),
        ("CR", Phase::Asked, "confirm", "p"),
        ("CR", Phase::Asked, "confirm", "p0430"),
        ("CR", Phase::Asked, "confirm", "wsend a photo"),
    ] {
        let finder = if owner == "PA" { "CR" } else { "PA" };
        let rows = (1..=3).map(|id| row(id, owner, finder, phase)).collect();
        let mut desk = Desk::with(rows);
        desk.keys("<Down>r").read_hits();
        assert_eq!(stands(&desk).0, Some(root));
        let (_, marked, subject) = stands(&desk);
        let (marked, subject) = (marked, subject.cloned());
        desk.keys(keys).keys("<Esc>");
        assert_eq!(stands(&desk), (Some(root), marked, subject.as_ref()), "{keys}: the first Esc");
        assert!(!desk.state.question.as_ref().unwrap().seen, "it has to be seen anew");
        desk.keys("<Esc>");
        assert_eq!(stands(&desk), (None, marked, subject.as_ref()), "{keys}: the second Esc");
        assert!(desk.state.open_line.is_none() && desk.sent().is_empty());
    }
}

#[test]
fn esc_in_another_wording_of_the_same_question_leaves_it() {
    let mut desk = with("PA", "CR", Phase::Raised);
    desk.keys("r").read_hits().keys("4<Esc>");
    assert!(desk.state.question.is_none());
    desk.keys("r1officer down<Enter><Esc>");
    assert!(desk.state.question.is_none());
    desk.keys("r1");
    let text = desk.state.open_line.as_ref().unwrap().text.text().to_owned();
    assert_eq!(text, "officer down", "the reason is kept");
}

#[test]
fn a_question_that_changed_meanwhile_comes_back_withdrawn() {
    let mut desk = with("PA", "CR", Phase::Raised);
    desk.keys("r").read_hits().keys("1");
    let taken = desk::changed(row(1, "PA", "CR", Phase::Raised), Phase::Raised);
    desk.hit_news(crate::wire::news::HitNews::Taken, taken);
    desk.keys("<Esc>");
    assert!(desk.state.question.as_ref().unwrap().withdrawn.is_some());
}
