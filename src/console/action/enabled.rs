//! Whether an action can be done now, and why not: asked by the keys, the menu and the help page.

use crate::console::ask;
use crate::console::state::layout::Pane;
use crate::console::state::why_not::WhyNot;
use crate::console::state::{Item, State};
use crate::domain::agency::Role;
use crate::domain::hit::{HitCommand, decide};
use crate::domain::ids::HitId;
use crate::domain::private::Private;
use crate::domain::refusal::Refusal;
use crate::domain::text::Text;

/// What can be done or not.
type Can = Result<(), WhyNot>;

/// The hit that the keys act on.
///
/// # Errors
/// There is none.
pub fn hit_item(state: &State) -> Result<HitId, WhyNot> {
    match state.item() {
        Some(Item::Hit(id)) => Ok(id),
        Some(_) => Err(WhyNot::NotAHit),
        None => Err(state.why_nothing()),
    }
}

/// The number of what the keys act on, to be copied or spoken.
pub fn number(state: &State) -> Option<Text> {
    match state.looked_at()? {
        Item::Hit(id) => state.row(id)?.gun.serial.clone(),
        Item::Candidate { record, .. } => {
            let answer = state.search.answer.value()?;
            let candidate = answer.candidates.iter().find(|candidate| candidate.record == record)?;
            candidate.shown.as_ref()?.gun.serial.clone()
        }
        Item::Check(_) => {
            state.search.asked.as_ref()?.question.gun.serial().map(|number| number.as_seen.clone())
        }
        Item::Record(_) => {
            state.record.record()?.whole()?.report.gun.serial().map(|number| number.as_seen.clone())
        }
    }
}

pub(super) fn always(_: &State) -> Can {
    Ok(())
}

/// Keys inside lines, questions and forms are nothing for a menu of the panes.
pub(super) fn inside(_: &State) -> Can {
    Err(WhyNot::OnlyThere)
}

pub(super) fn not_there_yet(_: &State) -> Can {
    Err(WhyNot::NotThereYet)
}

pub(super) fn respond(state: &State) -> Can {
    ask::fits(state).map(|_| ())
}

/// One hit, or all that are ticked.
pub(super) fn mine(state: &State) -> Can {
    if state.layout.focus == Pane::Hits && !state.hits.ticked.is_empty() {
        let mut taken = state.hits.ticked.iter().map(|hit| ask::pending::taken(state, *hit)).peekable();
        let first = taken.peek().cloned().unwrap_or(Ok(()));
        return if taken.any(|taken| taken.is_ok()) { Ok(()) } else { first };
    }
    let hit = hit_item(state)?;
    ask::pending::taken(state, hit)?;
    match allowed(state, hit, &HitCommand::Take { hit, over: false }) {
        Err(WhyNot::Refused(Refusal::TakenBy { .. })) => Ok(()),
        other => other,
    }
}

pub(super) fn write(state: &State) -> Can {
    wrote(state, false)
}

pub(super) fn note(state: &State) -> Can {
    wrote(state, true)
}

fn wrote(state: &State, inside: bool) -> Can {
    let hit = hit_item(state)?;
    allowed(state, hit, &HitCommand::Write { hit, text: Private::new("."), inside })
}

fn allowed(state: &State, hit: HitId, command: &HitCommand) -> Can {
    let context = state.context().ok_or(WhyNot::NoSession)?;
    let row = state.row(hit).ok_or(WhyNot::OpenFirst)?;
    decide(Some(&row.hit), command, &context).map(|_| ()).map_err(WhyNot::Refused)
}

pub(super) fn tick(state: &State) -> Can {
    if state.layout.focus != Pane::Hits {
        return Err(WhyNot::OnlyInHits);
    }
    state.hits.marked_row().map(|_| ()).ok_or_else(|| state.why_nothing())
}

pub(super) fn is_hit(state: &State) -> Can {
    hit_item(state).map(|_| ())
}

pub(super) fn has_number(state: &State) -> Can {
    state.looked_at().ok_or_else(|| state.why_nothing())?;
    number(state).map(|_| ()).ok_or(WhyNot::NoNumber)
}

pub(super) fn has_subject(state: &State) -> Can {
    state.record.subject.as_ref().map(|_| ()).ok_or(WhyNot::OpenFirst)
}

pub(super) fn has_before(state: &State) -> Can {
    state.before.as_ref().map(|_| ()).ok_or(WhyNot::NothingBefore)
}

pub(super) fn go_in(state: &State) -> Can {
    state.looked_at().map(|_| ()).ok_or_else(|| state.why_nothing())
}

pub(super) fn has_draft(state: &State) -> Can {
    let any = state.form.is_some() || !state.drafts.is_empty() || state.resume.is_some();
    any.then_some(()).ok_or(WhyNot::NoDraft)
}

pub(super) fn may_enter(state: &State) -> Can {
    // What was half typed is there without a line too.
    if state.resume.is_some() {
        return Ok(());
    }
    match state.session.as_ref().ok_or(WhyNot::NoSession)?.role {
        Role::Duty | Role::Head => Ok(()),
        Role::Reader | Role::Hub => Err(WhyNot::Refused(Refusal::Role)),
    }
}
