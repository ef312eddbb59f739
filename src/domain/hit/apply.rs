//! A hit after an event.

use super::{Exclusion, Hit, HitEvent, Phase, Side};
use crate::domain::record::Status;

/// The hit after an event; words stand in the thread and change nothing here. A gun that is
/// described otherwise is a decisive change: nobody answers by what it was before.
pub fn apply(hit: Option<Hit>, event: &HitEvent) -> Option<Hit> {
    if let HitEvent::Raised { hit } = event {
        return Some((**hit).clone());
    }
    let mut hit = hit?;
    match event {
        HitEvent::Wrote { message, .. } if !message.described.is_empty() => {
            decided(&mut hit, message.officer, message.at);
        }
        HitEvent::Raised { .. } | HitEvent::Wrote { .. } => {}
        HitEvent::Taken { side, by, .. } => match side {
            Side::Owner => hit.owner_taken = Some(*by),
            Side::Finder => hit.finder_taken = Some(*by),
        },
        HitEvent::Asked { priority, by, at, due, .. } => {
            hit.phase = Phase::Asked;
            hit.escalated = false;
            hit.priority = *priority;
            hit.number = 1;
            hit.asked.get_or_insert(*at);
            hit.due = Some(*due);
            hit.finder_taken.get_or_insert(*by);
            decided(&mut hit, *by, *at);
        }
        HitEvent::Reminded { number, due, .. } => {
            hit.number = *number;
            hit.due = Some(*due);
        }
        HitEvent::Escalated { .. } => {
            hit.escalated = true;
        }
        HitEvent::Promised { until, by, at, .. } => {
            hit.phase = Phase::Promised;
            hit.due = Some(*until);
            hit.promises = hit.promises.saturating_add(1);
            hit.owner_taken.get_or_insert(*by);
            decided(&mut hit, *by, *at);
        }
        HitEvent::RecordSet { status, by, at, .. } => {
            if record_set(&mut hit, *status) {
                decided(&mut hit, *by, *at);
            }
        }
        HitEvent::Settled { phase, reason, by, at, .. } => {
            hit.phase = *phase;
            hit.reason = *reason;
            hit.due = None;
            match phase {
                Phase::Confirmed | Phase::NotOurs | Phase::Cleared => {
                    hit.owner_taken.get_or_insert(*by);
                }
                Phase::Excluded | Phase::Located => {
                    hit.finder_taken.get_or_insert(*by);
                }
                // Either side may open it again; whose desk it is on, it stays on.
                Phase::Raised | Phase::Asked | Phase::Promised => {}
            }
            if *phase == Phase::Raised {
                hit.number = 0;
                hit.asked = None;
                hit.escalated = false;
            }
            decided(&mut hit, *by, *at);
        }
    }
    Some(hit)
}

/// A closed record leaves nothing to ask: what is unanswered is not ours any more (the record
/// was cleared before), what was confirmed is settled.
///
/// Says whether that decided anything.
fn record_set(hit: &mut Hit, status: Status) -> bool {
    hit.record_status = status;
    if status.is_open() || !hit.phase.is_open() {
        return false;
    }
    if hit.phase.is_unanswered() {
        hit.phase = Phase::NotOurs;
        hit.reason = Some(Exclusion::ClearedBefore);
    } else {
        hit.phase = Phase::Cleared;
    }
    hit.due = None;
    true
}

fn decided(hit: &mut Hit, by: crate::domain::ids::OfficerId, at: crate::domain::time::Moment) {
    hit.revision += 1;
    hit.changed_by = by;
    hit.changed = at;
}
