//! Help: every action in its group; typing narrows the list, Enter does the marked line.

use super::Drawn;
use crate::console::action::{Action, Context, Group, TABLE, key_name};
use crate::console::look::Tone;
use crate::console::state::layout::Menu;
use crate::console::state::{Item, State};
use crate::console::view::foot;
use crate::console::view::row::Row;
use crate::console::view::scene::{Scene, say};
use crate::console::view::why;

/// Columns of the keys, and of what stands behind them.
const KEYS: u16 = 16;

/// The page.
pub(super) fn page(scene: &Scene, columns: u16, list: &Menu) -> Drawn {
    let two = columns >= 2 * 60;
    let (mut rows, mut mark) = (Vec::new(), None);
    for group in Group::ALL {
        let actions: Vec<&Action> = listed(scene, list).filter(|action| action.group == group).collect();
        if actions.is_empty() {
            continue;
        }
        let name = scene.say(&format!("screen.group.{}", group.code()), &[]);
        rows.push(Row::text(3, name).all(Tone::Title));
        for action in actions {
            let marked = list.marked == Some(action.id);
            if marked {
                mark = Some(rows.len());
            }
            rows.push(line(scene, action, marked, two));
        }
    }
    if rows.is_empty() {
        rows.push(Row::text(3, say!(scene, "screen.help.none")));
    }
    let find = say!(scene, "screen.help.find");
    let title = match scene.state.item() {
        Some(Item::Hit(hit)) => format!("{}  {hit}   {find}", say!(scene, "screen.help.name")),
        _ => format!("{}   {find}", say!(scene, "screen.help.name")),
    };
    Drawn { title, right: say!(scene, "screen.help.right"), rows, mark }
}

/// Actions that the typed word leaves: by key, label, doc or code.
///
/// Help lists what cannot be done now too, each with its reason, so that it is learned.
fn listed<'a>(scene: &'a Scene, list: &'a Menu) -> impl Iterator<Item = &'static Action> + 'a {
    let word = list.find.text().trim().to_lowercase();
    TABLE.iter().filter(move |action| {
        word.is_empty()
            || action.code.contains(&word)
            || scene.say(&action.label(), &[]).to_lowercase().contains(&word)
            || scene.say(&action.doc(), &[]).to_lowercase().contains(&word)
            || action.keys.iter().any(|key| key_name(*key).to_lowercase() == word)
    })
}

/// One action: its keys, what it does, and why not now.
fn line(scene: &Scene, action: &Action, marked: bool, two: bool) -> Row {
    let keys: Vec<String> = action.keys.iter().map(|key| key_name(*key)).collect();
    let mut row = Row::new().at(0, 1, if marked { ">" } else { " " });
    if marked {
        row = row.cursor(1);
    }
    row = row.at(3, KEYS - 4, keys.join(" "));
    let doc = scene.say(&action.doc(), &[]);
    match not_now(scene, scene.state, action) {
        Some(why) if two => row.at(KEYS, 60, doc).rest(78, why),
        Some(why) => row.rest(KEYS, format!("{doc}   {why}")),
        None => row.rest(KEYS, doc),
    }
}

/// Why it cannot be done now; nothing for what counts in questions, lines and forms only.
pub(super) fn not_now(scene: &Scene, state: &State, action: &Action) -> Option<String> {
    if action.context != Context::Panes {
        return None;
    }
    let why = (action.enabled)(state).err()?;
    Some(say!(scene, "screen.help.not_now", why = why::not(scene, &why)))
}

/// What an action is called here.
pub(super) fn label(scene: &Scene, action: &Action) -> String {
    foot::label(scene, action)
}
