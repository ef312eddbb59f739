//! What a hit asks of one desk, and the order of the queue.

use super::clock::ACKNOWLEDGE;
use super::{Hit, Phase, Side, Who};
use crate::domain::ids::CountryCode;
use crate::domain::time::Moment;
use std::cmp::Reverse;

/// The next thing to be done about a hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ToDo {
    /// Take it: nobody at this desk has.
    Take,
    /// Ask the owner.
    Ask,
    /// Answer the finder.
    Answer,
    /// Say that the gun is in hand.
    Locate,
    /// Close the record.
    Clear,
    /// It is the other side's turn.
    Wait,
    /// It is closed.
    Nothing,
}

/// A hit as one desk sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// What is to be done.
    pub to_do: ToDo,
    /// With whom.
    pub with: CountryCode,
    /// As which side this desk acts.
    pub side: Side,
    /// When it is due.
    pub due: Option<Moment>,
}

/// What the hit asks of the desk of an agency, or of any desk of a country; nothing when that
/// is no party to it.
pub fn turn<'a>(hit: &Hit, who: impl Into<Who<'a>>) -> Option<Turn> {
    let who = who.into();
    let side = hit.side(who)?;
    let both = hit.is_own(who);
    let acknowledge = hit.raised.after(ACKNOWLEDGE);
    let owners = |to_do, due| (Side::Owner, to_do, due);
    let finders = |to_do, due| (Side::Finder, to_do, due);
    let (acts, to_do, due) = match hit.phase {
        Phase::Raised if side == Side::Owner && !both => match hit.owner_taken {
            None => owners(ToDo::Take, Some(acknowledge)),
            Some(_) => finders(ToDo::Ask, None),
        },
        // Nobody asks himself: whoever has both sides says at once whether it is his.
        Phase::Raised if both => {
            let untaken = hit.finder_taken.is_none() && hit.owner_taken.is_none();
            owners(ToDo::Answer, untaken.then_some(acknowledge))
        }
        Phase::Raised => finders(ToDo::Ask, hit.finder_taken.is_none().then_some(acknowledge)),
        Phase::Asked | Phase::Promised => owners(ToDo::Answer, hit.due),
        Phase::Confirmed => finders(ToDo::Locate, None),
        Phase::Located => owners(ToDo::Clear, None),
        Phase::NotOurs | Phase::Excluded | Phase::Cleared => (side, ToDo::Nothing, None),
    };
    let ours = both || acts == side;
    let side = if both { acts } else { side };
    let with = match side {
        Side::Owner => hit.finder.ncb,
        Side::Finder => hit.owner.ncb,
    };
    Some(Turn { to_do: if ours { to_do } else { ToDo::Wait }, with, side, due })
}

/// Sorts into the order of the queue: ours before theirs, in each what has escalated, then the
/// worst clock first, then the faster priority, then the older.
pub fn rank<'a, W: Into<Who<'a>>>(hit: &Hit, who: W) -> impl Ord + use<W> {
    let turn = turn(hit, who);
    let group = match turn.map(|t| t.to_do) {
        Some(ToDo::Nothing) | None => 2,
        Some(ToDo::Wait) => 1,
        Some(_) => 0,
    };
    let due = turn.and_then(|t| t.due);
    (group, !hit.escalated, due.is_none(), due, hit.priority, Reverse(hit.band), hit.raised, hit.id)
}
