//! What is typed in one go for a line that cannot be opened.

use super::desk::{Desk, row};
use crate::console::action::ActionId;
use crate::console::effect::Effect;
use crate::console::message::Message;
use crate::console::state::notice::Notice;
use crate::console::state::open_line::LineKind;
use crate::domain::hit::Phase;
use crate::domain::ids::HitId;

#[test]
fn text_for_a_note_that_was_refused_runs_no_commands() {
    let mut desk = Desk::with(vec![row(1, "CR", "PA", Phase::Asked)]);
    desk.state.hits.marked = None;
    desk.keys("iseen at quay<Enter>");
    assert!(desk.effects.contains(&Effect::AwaitPause));
    assert!(desk.state.open_line.is_none() && desk.state.page.is_none() && desk.state.question.is_none());
    let told = desk.state.notice.clone();
    assert!(matches!(told, Some(Notice::TextNotTaken { action: ActionId::Note, keys: 13, .. })), "{told:?}");
    desk.say(Message::Pause);
    desk.keys("s");
    assert_eq!(desk.state.open_line.as_ref().unwrap().kind, LineKind::Search, "another thought");
}

#[test]
fn a_key_that_is_no_text_ends_it() {
    let mut desk = Desk::with(vec![row(1, "CR", "PA", Phase::Asked)]);
    desk.state.hits.marked = None;
    desk.keys("iab<Down>i");
    assert_eq!(desk.state.hits.marked, Some(HitId(1)));
    assert_eq!(desk.state.open_line.as_ref().unwrap().kind, LineKind::Note(HitId(1)));
}
