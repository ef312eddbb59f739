//! The menu: what can be done with what is marked, for arrows and Enter alone.

use super::help::{label, not_now};
use super::{Drawn, set_in};
use crate::console::action::{key_name, listed};
use crate::console::state::Item;
use crate::console::state::layout::Menu;
use crate::console::view::row::Row;
use crate::console::view::scene::{Scene, say};

/// The page.
pub(super) fn page(scene: &Scene, list: &Menu, columns: u16) -> Drawn {
    let (mut rows, mut mark) = (Vec::new(), None);
    for action in listed(scene.state, list) {
        let why = not_now(scene, scene.state, action);
        let marked = list.marked == Some(action.id);
        if marked {
            mark = Some(rows.len());
        }
        let key = action.keys.first().map(|key| key_name(*key)).unwrap_or_default();
        let mut row = Row::new().at(0, 1, if marked { ">" } else { " " }).at(3, 9, key);
        if marked {
            row = row.cursor(1);
        }
        row = row.at(13, 19, label(scene, action));
        let doc = scene.say(&action.doc(), &[]);
        let said = why.map_or_else(|| doc.clone(), |why| format!("{why} {doc}"));
        for (at, line) in set_in(33, &said, columns).into_iter().enumerate() {
            rows.push(if at == 0 { std::mem::take(&mut row).and(line) } else { line });
        }
    }
    let item = match scene.state.item() {
        Some(Item::Hit(hit)) => hit.to_string(),
        Some(Item::Candidate { record, .. } | Item::Record(record)) => record.to_string(),
        Some(Item::Check(check)) => check.to_string(),
        None => String::new(),
    };
    Drawn { title: say!(scene, "screen.menu.title", item = item), right: String::new(), rows, mark }
}
