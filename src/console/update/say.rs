//! What goes into the line above the bottom line.

use crate::console::action::Action;
use crate::console::state::State;
use crate::console::state::notice::Notice;
use crate::console::state::why_not::WhyNot;

/// Says something.
pub(super) fn say(state: &mut State, notice: Notice) {
    state.notice = Some(notice);
}

/// Says why an action is not done.
pub(super) fn not_now(state: &mut State, action: &Action, why: WhyNot) {
    state.notice = Some(Notice::NotNow { action: action.id, why });
}
