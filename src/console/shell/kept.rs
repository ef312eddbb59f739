//! From what the outbox keeps on the disk to what the screen shows of it, and back.

use crate::client::{Kept, Work};
use crate::console::state::outbox::{Item, Outbox, Standing, Wanted};
use crate::console::state::search::Asked;
use crate::console::state::sent::Sent;
use crate::wire::check::CheckItem;
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

/// A check as it is kept. One that has gone out may have been made: nobody takes it back.
pub(super) fn check(item: CheckItem, outbox: &Outbox) -> Kept {
    let found = outbox.get(item.id);
    let sent = match found.map(|found| (&found.standing, found.written)) {
        Some((Standing::Sent { at }, _)) => Some(*at),
        Some((Standing::Unknown, written)) => Some(written),
        _ => None,
    };
    Kept {
        written: found.map(|item| item.written).unwrap_or_default(),
        about: found.map(|item| about(&item.wanted)).unwrap_or_default(),
        work: Work::Check(item),
        sent,
        refused: None,
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::check::Question;
    use crate::domain::gun::Gun;
    use crate::domain::ids::CommandId;
    use crate::domain::time::Moment;
    use uuid::Uuid;

    #[test]
    fn a_check_that_has_gone_out_is_kept_as_such() {
        let (purpose, case) = ("SEIZURE".into(), "1/26".into());
        let question =
            Question { gun: Gun::default(), purpose, case, found: None, stand_days: 90, limit: 10 };
        let (id, written) = (CommandId(Uuid::from_u128(1)), Moment(7));
        let stands = |standing| {
            let asked = Asked { line: "S KD73519".into(), question: question.clone() };
            let items = vec![Item { id, written, wanted: Wanted::Check(Box::new(asked)), standing }];
            let outbox = Outbox { items, ..Outbox::default() };
            check(CheckItem { id, question: question.clone() }, &outbox)
        };
        assert_eq!(item(&stands(Standing::Writing)).map(|item| item.standing), Some(Standing::Queued));
        for standing in [Standing::Unknown, Standing::Sent { at: Moment(9) }] {
            assert_eq!(item(&stands(standing)).map(|item| item.standing), Some(Standing::Unknown));
        }
    }
}
