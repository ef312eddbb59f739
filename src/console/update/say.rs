//! What goes into the line above the bottom line.

use crate::console::action::Action;
use crate::console::state::State;
use crate::console::state::notice::Notice;
use crate::console::state::why_not::WhyNot;

/// Says something. What an earlier console has left stays said until the next key: that the line
/// is down, and what becomes of what was left, the screen shows anyway.
pub(super) fn say(state: &mut State, notice: Notice) {
    let shown_anyway = matches!(
        notice,
        Notice::NoLine { .. } | Notice::Unknown { .. } | Notice::Fault(_) | Notice::Done { .. }
    );
    if shown_anyway && matches!(state.notice, Some(Notice::Found(_))) {
        return;
    }
    state.notice = Some(notice);
}

/// Says why an action is not done.
pub(super) fn not_now(state: &mut State, action: &Action, why: WhyNot) {
    state.notice = Some(Notice::NotNow { action: action.id, why });
}
