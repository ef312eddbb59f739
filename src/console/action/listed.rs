//! The actions that a menu or the help page lists; keys and view go by the same list.

use super::{Action, Context, TABLE, key_name};
use crate::console::state::State;
use crate::console::state::layout::Menu;
use crate::words::Catalogue;

/// The actions of a list, in the order of the table, those first that can be done now. What is typed is looked for in keys,
/// names, labels and docs; an exact key comes alone.
pub fn listed(state: &State, menu: &Menu) -> Vec<&'static Action> {
    let find = menu.find.text().trim().to_lowercase();
    let now = |action: &&Action| (action.enabled)(state).is_ok();
    let (mut first, then): (Vec<_>, Vec<_>) = found(&find).into_iter().partition(now);
    if menu.all || !find.is_empty() {
        first.extend(then);
    }
    first
}

/// The actions that fit what is typed; all of them when that is nothing.
fn found(find: &str) -> Vec<&'static Action> {
    let here = || TABLE.iter().filter(|action| action.context == Context::Panes);
    if find.is_empty() {
        return here().collect();
    }
    let by_key: Vec<&Action> = here().filter(|action| has_key(action, find)).collect();
    if !by_key.is_empty() {
        return by_key;
    }
    let words = Catalogue::english();
    let has = |key: &str| words.has(key) && words.say(key, &[]).to_lowercase().contains(find);
    here().filter(|a| a.code.contains(find) || has(&a.label()) || has(&a.doc())).collect()
}

fn has_key(action: &Action, find: &str) -> bool {
    action.keys.iter().any(|key| key_name(*key).to_lowercase() == find)
}
