//! The phone sheet: where the other side of a hit is reached, and what to say first.

use super::Drawn;
use crate::console::state::remote::Remote;
use crate::console::view::record::contact_line;
use crate::console::view::row::Row;
use crate::console::view::scene::{Scene, say, shown_or_none};
use crate::console::view::spoken;
use crate::domain::ids::HitId;
use crate::domain::text::Text;

/// The page.
pub(super) fn page(scene: &Scene, hit: HitId) -> Drawn {
    let title = say!(scene, "screen.phone.title", hit = hit);
    let Some(view) = scene.state.record.hits.get(&hit).and_then(Remote::value) else {
        let rows = vec![Row::text(3, say!(scene, "screen.phone.not_read"))];
        return Drawn { title, rows, ..Drawn::default() };
    };
    let row = &view.row.hit;
    let owner = row.is_owner(scene.we());
    let (us, they) = if owner { (&view.owner, &view.finder) } else { (&view.finder, &view.owner) };
    let with = scene.other(row);
    let label = |key: &str| scene.say(&format!("screen.phone.{key}"), &[]);
    let line = |key: &str, text: String| Row::new().at(3, 10, label(key)).rest(14, text);
    let said = |text: &Text| shown_or_none(Some(text)).to_string();
    let mut rows = vec![
        line("they", format!("{with}  {}", said(&they.name))),
        line("phone", said(&they.contact.phone)),
        line("hours", said(&they.contact.hours)),
        line("languages", said(&they.contact.languages)),
        Row::new(),
        line("say", say!(scene, "screen.phone.say_hit", hit = hit, priority = row.priority.code())),
    ];
    if let Some(number) = view.check.gun.serial() {
        rows.push(line("number", spoken::read_back(&number.as_seen)));
    }
    rows.push(line("case", said(&view.check.case)));
    rows.push(Row::new());
    rows.push(line("us", contact_line(scene, scene.us(), us)));
    Drawn { title, rows, ..Drawn::default() }
}
