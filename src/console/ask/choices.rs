//! The keys that count in a question, in the order in which they are shown.

use crate::console::state::promised::PromisedTime;
use crate::console::state::question::{Ask, Choice, Closing, Days, Pick};
use crate::domain::hit::{Exclusion, Priority};

/// The choices of a question; the last is always "no".
///
/// Where `y` lives, its neighbours on QWERTY, AZERTY and QWERTZ are no choices, which a test
/// holds; and where figures are typed, `y` does not live yet.
pub fn choices(ask: &Ask) -> Vec<Choice> {
    let mut choices = match ask {
        Ask::Confirm { .. } => {
            keys(&[('y', Pick::Yes), ('e', Pick::Not), ('p', Pick::Promise), ('w', Pick::Write)])
        }
        Ask::NotOurs { reason: None, .. } | Ask::Exclude { reason: None, .. } => {
            Exclusion::ALL.into_iter().zip('1'..='9').map(|(why, key)| (key, Pick::Reason(why))).collect()
        }
        Ask::Promise { until: PromisedTime::Typing(_), .. } => vec![],
        Ask::Promise { until: PromisedTime::At { utc: false, .. }, .. } => {
            keys(&[('y', Pick::Yes), ('z', Pick::Utc)])
        }
        Ask::AskOwner { .. } | Ask::AskLead { .. } => {
            let mut all = vec![('y', Pick::Yes)];
            all.extend(Priority::ALL.into_iter().zip('1'..='4').map(|(p, key)| (key, Pick::Priority(p))));
            if matches!(ask, Ask::AskOwner { .. }) {
                all.extend([('w', Pick::Write), ('e', Pick::Not)]);
            }
            all
        }
        Ask::Wait { .. } => keys(&[('w', Pick::Write)]),
        Ask::Locate { .. } => keys(&[('y', Pick::Yes), ('e', Pick::Not), ('w', Pick::Write)]),
        Ask::Validate { .. } => keys(&[('y', Pick::Yes), ('c', Pick::Correct), ('e', Pick::Close)]),
        Ask::CloseRecord { how: None, .. } => {
            keys(&[('1', Pick::Closing(Closing::Cleared)), ('2', Pick::Closing(Closing::Cancelled))])
        }
        Ask::Stand { .. } => {
            keys(&[('y', Pick::Yes), ('1', Pick::Stand(Days::Thirty)), ('2', Pick::Stand(Days::Year))])
        }
        Ask::Draft { .. } => keys(&[('1', Pick::Fresh), ('2', Pick::Draft)]),
        Ask::Drop { .. } | Ask::Enter { .. } | Ask::Amend { .. } => {
            keys(&[('y', Pick::Yes), ('c', Pick::Correct)])
        }
        Ask::NotOurs { .. }
        | Ask::Exclude { .. }
        | Ask::CloseRecord { .. }
        | Ask::Promise { .. }
        | Ask::Clear { .. }
        | Ask::Reopen { .. }
        | Ask::Send { .. }
        | Ask::TakeOver { .. }
        | Ask::TakeTicked { .. }
        | Ask::Discard { .. }
        | Ask::Afresh { .. }
        | Ask::Leave { .. } => keys(&[('y', Pick::Yes)]),
    }
    .into_iter()
    .map(|(key, pick)| Choice { key: Some(key), pick })
    .collect::<Vec<_>>();
    choices.push(Choice { key: None, pick: Pick::No });
    choices
}

fn keys(list: &[(char, Pick)]) -> Vec<(char, Pick)> {
    list.to_vec()
}
