//! Help: every action in its group, those first that can be done now; typing narrows the list,
//! Enter does the marked line.

use super::{Drawn, set_in};
use crate::console::action::{Action, Context, Group, TABLE, listed};
use crate::console::look::Tone;
use crate::console::state::layout::Menu;
use crate::console::state::{Item, State};
use crate::console::view::foot;
use crate::console::view::row::Row;
use crate::console::view::scene::{Scene, say};
use crate::console::view::why;

/// Columns of the keys, and of what stands behind them.
const KEYS: u16 = 18;

/// The page.
pub(super) fn page(scene: &Scene, list: &Menu, columns: u16) -> Drawn {
    let (mut rows, mut mark) = (Vec::new(), None);
    let all = shown(scene, list);
    let is_now = |action: &Action| not_now(scene, scene.state, action).is_none();
    let by_group = |group: Group| (scene.say(&format!("group.{}", group.code()), &[]), group);
    let here = all.iter().copied().filter(|action| action.context == Context::Panes);
    let (now, later): (Vec<&Action>, Vec<&Action>) = here.partition(|action| is_now(action));
    let mut parts: Vec<(String, Vec<&Action>)> = Vec::new();
    for (name, group) in Group::ALL.map(by_group) {
        let of_group = |action: &&Action| action.group == group;
        parts.push((name.clone(), now.iter().copied().filter(of_group).collect()));
    }
    parts.push((say!(scene, "screen.help.later"), later));
    for (name, group) in Group::ALL.map(by_group) {
        let inside = |action: &&Action| action.group == group && action.context != Context::Panes;
        parts.push((name.clone(), all.iter().copied().filter(inside).collect()));
    }
    for (name, actions) in parts.into_iter().filter(|(_, actions)| !actions.is_empty()) {
        rows.push(Row::text(3, name).all(Tone::Title));
        for action in actions {
            let marked = list.marked == Some(action.id);
            if marked {
                mark = Some(rows.len());
            }
            rows.extend(line(scene, action, marked, columns));
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

/// What the marks go over, and behind it, when nothing is typed, what counts in questions,
/// lines and forms only.
fn shown(scene: &Scene, list: &Menu) -> Vec<&'static Action> {
    let mut actions = listed(scene.state, list);
    if list.find.text().trim().is_empty() {
        actions.extend(TABLE.iter().filter(|action| action.context != Context::Panes));
    }
    actions
}

/// One action: its keys, what it does, and why not now.
fn line(scene: &Scene, action: &Action, marked: bool, columns: u16) -> Vec<Row> {
    let mut row = Row::new().at(0, 1, if marked { ">" } else { " " });
    if marked {
        row = row.cursor(1);
    }
    row = row.at(3, KEYS - 4, action.key_names().join(" "));
    let doc = scene.say(&action.doc(), &[]);
    let said = match not_now(scene, scene.state, action) {
        Some(why) => format!("{why} {doc}"),
        None => doc,
    };
    let mut rows = set_in(KEYS, &said, columns);
    if let Some(first) = rows.first_mut() {
        *first = row.and(std::mem::take(first));
    }
    rows
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
