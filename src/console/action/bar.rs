//! What the bottom line names: what counts for the subject, then what stands in the same place everywhere.

use super::{Action, ActionId as Id, by_id};
use crate::console::state::{Item, State};

/// Actions of the bottom line: those for the subject, the weightiest first, and the four that
/// always end it.
pub fn bar(state: &State) -> (Vec<&'static Action>, Vec<&'static Action>) {
    let of_item: &[Id] = match state.item() {
        Some(Item::Hit(_)) => {
            &[Id::Respond, Id::Mine, Id::Write, Id::Phone, Id::Voice, Id::Fields, Id::Note, Id::Tick]
        }
        Some(Item::Candidate { .. }) => &[Id::Respond, Id::GoIn, Id::Voice, Id::Fields, Id::Copy],
        Some(Item::Check(_)) => &[Id::Respond, Id::Voice, Id::Enter, Id::Copy],
        Some(Item::Record(_)) => &[Id::Respond, Id::Enter, Id::Fields, Id::Voice, Id::Copy],
        None => &[Id::Enter, Id::Filter, Id::Line],
    };
    let always = [Id::Search, Id::New, Id::Menu, Id::Help];
    let find = |ids: &[Id]| ids.iter().filter_map(|id| by_id(*id)).collect();
    (find(of_item), find(&always))
}
