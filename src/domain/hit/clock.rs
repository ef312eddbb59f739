//! The clocks of a hit: how long each priority may take, and what happens when one is due.

use super::{Hit, HitEvent, Phase, Priority};
use crate::domain::time::{Minutes, Moment};

/// From raising until somebody has to have taken it.
pub const ACKNOWLEDGE: Minutes = Minutes(5);
/// Furthest away that an answer may be promised.
pub const LONGEST_PROMISE: Minutes = Minutes::days(28);

/// From asking until the owner's answer is due.
///
/// FLASH and URGENT after the ten minutes and one hour of the NCIC hit confirmation, taken
/// one step wider for answers across borders; ROUTINE a day, LOW three.
pub fn confirmation(priority: Priority) -> Minutes {
    match priority {
        Priority::Flash => Minutes(10),
        Priority::Urgent => Minutes(60),
        Priority::Routine => Minutes::hours(24),
        Priority::Low => Minutes::hours(72),
    }
}

/// What happens to a hit whose clock is due at `now`: request 2, request 3, then escalation;
/// nothing when the clock was stopped or set anew meanwhile.
pub fn due(hit: &Hit, now: Moment) -> Option<HitEvent> {
    if !matches!(hit.phase, Phase::Asked | Phase::Promised)
        || hit.escalated
        || hit.due.is_none_or(|due| due > now)
    {
        return None;
    }
    Some(match hit.number {
        0..=2 => HitEvent::Reminded {
            hit: hit.id,
            number: hit.number.max(1) + 1,
            at: now,
            due: now.after(confirmation(hit.priority)),
        },
        _ => HitEvent::Escalated { hit: hit.id, at: now },
    })
}
