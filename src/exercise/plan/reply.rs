//! How soon, and how, a desk of the exercise does what a hit asks of it.

use crate::domain::hit::desk::ToDo;
use crate::domain::hit::{Exclusion, Hit, HitCommand, Phase, Priority};
use crate::domain::private::Private;
use crate::domain::time::{Minutes, Moment};
use crate::exercise::dice::Dice;
use std::time::Duration;

const URGENT_REASONS: &[&str] = &[
    "Driver held at the border on this hit alone; release in an hour.",
    "Only ground for holding the suspect. Please confirm.",
    "Two persons in custody; the court sits at noon.",
];
const FLASH_REASONS: &[&str] =
    &["Armed robbery in progress, officers on the spot.", "Hostage situation; the gun was left at the door."];

/// How long a desk takes.
pub(super) fn delay(to_do: Option<ToDo>, priority: Priority, dice: &mut Dice) -> Duration {
    match to_do {
        Some(ToDo::Take) => dice.seconds(5, 20),
        Some(ToDo::Ask) => dice.seconds(8, 40),
        Some(ToDo::Answer) if priority.needs_reason() => dice.seconds(15, 60),
        Some(ToDo::Answer) => dice.seconds(30, 150),
        _ => dice.seconds(45, 180),
    }
}

/// The command that does what is to be done.
pub(super) fn command(hit: &Hit, to_do: ToDo, now: Moment, dice: &mut Dice) -> Option<HitCommand> {
    let (id, revision) = (hit.id, hit.revision);
    Some(match to_do {
        ToDo::Take => HitCommand::Take { hit: id, over: false },
        ToDo::Ask => {
            let (priority, reasons) = match dice.below(100) {
                0..5 => (Priority::Flash, FLASH_REASONS),
                5..30 => (Priority::Urgent, URGENT_REASONS),
                30..90 => (Priority::Routine, &[][..]),
                _ => (Priority::Low, &[][..]),
            };
            let reason = dice.pick(reasons).map(|reason| Private::new(*reason)).unwrap_or_default();
            HitCommand::Ask { hit: id, revision, priority, reason }
        }
        ToDo::Answer => match dice.below(100) {
            0..25 if hit.phase == Phase::Asked => {
                let until = now.after(Minutes(dice.between(5, 30)));
                HitCommand::Promise { hit: id, revision, until }
            }
            0..85 => HitCommand::Confirm { hit: id, revision },
            _ => {
                let reasons = [Exclusion::InHand, Exclusion::DoubleSeries, Exclusion::Misread];
                let reason = *dice.pick(&reasons)?;
                HitCommand::NotOurs { hit: id, revision, reason }
            }
        },
        ToDo::Locate => HitCommand::Locate { hit: id, revision },
        ToDo::Clear => HitCommand::Clear { hit: id, revision },
        ToDo::Wait | ToDo::Nothing => return None,
    })
}
