//! From what the outbox keeps on the disk to what the screen shows of it, and back.

use crate::client::{Kept, Work};
use crate::console::state::outbox::{Item, Standing, Wanted};
use crate::console::state::search::Asked;
use crate::console::state::sent::Sent;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What is kept with a command or a check, for the words about it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum About {
    /// What was sent.
    Sent(Sent),
    /// The search line.
    Line(String),
}

/// What is kept with it.
pub(super) fn about(wanted: &Wanted) -> Value {
    let about = match wanted {
        Wanted::Command(_, what) => About::Sent(what.clone()),
        Wanted::Check(asked) => About::Line(asked.line.clone()),
    };
    serde_json::to_value(about).unwrap_or_default()
}

/// What was kept, for the screen; nothing when it was written by a program that knows more.
pub(super) fn item(kept: &Kept) -> Option<Item> {
    let about = serde_json::from_value(kept.about.clone()).ok()?;
    let wanted = match (&kept.work, about) {
        (Work::Command(envelope), About::Sent(what)) => {
            Wanted::Command(Box::new(envelope.command.clone()), what)
        }
        (Work::Check(item), About::Line(line)) => {
            Wanted::Check(Box::new(Asked { line, question: item.question.clone() }))
        }
        _ => return None,
    };
    let standing = match (&kept.refused, kept.sent) {
        (Some(refused), _) => {
            Standing::Refused { at: refused.at, problem: Box::new(refused.problem.clone()) }
        }
        (None, Some(_)) => Standing::Unknown,
        (None, None) => Standing::Queued,
    };
    Some(Item { id: kept.work.id(), written: kept.written, wanted, standing })
}
