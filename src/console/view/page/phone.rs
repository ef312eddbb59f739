//! The phone sheet: where the other side of a hit is reached, and what to say first.

use super::{Drawn, LABEL, TEXT, labelled};
use crate::console::state::remote::Remote;
use crate::console::view::record::contact_line;
use crate::console::view::row::Row;
use crate::console::view::scene::{Scene, say, shown_or_none};
use crate::console::view::spoken;
use crate::domain::ids::HitId;
use crate::domain::text::Text;

/// The page.
pub(super) fn page(scene: &Scene, hit: HitId, columns: u16) -> Drawn {
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
    let line = |key: &str, text: String| labelled(label(key), &text, columns);
    let said = |text: &Text| shown_or_none(Some(text)).to_string();
    let mut rows = [
        line("they", format!("{with}  {}", said(&they.name))),
        line("phone", said(&they.contact.phone)),
        line("hours", said(&they.contact.hours)),
        line("languages", said(&they.contact.languages)),
        vec![Row::new()],
        line("say", say!(scene, "screen.phone.say_hit", hit = hit, priority = row.priority.code())),
    ]
    .concat();
    if let Some(number) = view.check.gun.serial() {
        let said = spoken::read_back_lines(&number.as_seen, columns.saturating_sub(TEXT));
        for (at, said) in said.into_iter().enumerate() {
            let label = if at == 0 { label("number") } else { String::new() };
            rows.push(Row::new().at(LABEL, TEXT - LABEL - 1, label).rest(TEXT, said));
        }
    }
    // Each side finds the hit under its own case: theirs is said to them, ours is for us.
    let recorded = view.record.whole().map_or_else(|| "-".to_owned(), |record| said(&record.report.case));
    let seen = said(&view.check.case);
    let (ours, theirs) = if owner { (recorded, seen) } else { (seen, recorded) };
    rows.extend(line("case", theirs));
    rows.extend(line("our_case", ours));
    rows.push(Row::new());
    rows.extend(line("us", contact_line(scene, scene.us(), us)));
    Drawn { title, rows, ..Drawn::default() }
}
