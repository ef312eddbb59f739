//! Where the two sides are reached, and what was written between them.

use super::{LABEL, TEXT, labelled};
use crate::console::view::row::{Row, wrapped};
use crate::console::view::scene::{Scene, say, shown};
use crate::domain::gun::Change;
use crate::domain::hit::Side;
use crate::domain::ids::{CountryCode, OfficerId};
use crate::domain::private::Private;
use crate::domain::text::Text;
use crate::wire::hit::{HitView, MessageView};
use crate::wire::record::ContactView;

/// Name, languages, hours and telephone of an agency, as far as they are said.
pub(in crate::console::view) fn line(scene: &Scene, country: CountryCode, contact: &ContactView) -> String {
    let said = |text: &Text| (!text.is_blank()).then(|| shown(text).to_string());
    let name = said(&contact.name).unwrap_or_else(|| country.to_string());
    let parts: Vec<String> = [
        Some(name),
        said(&contact.contact.languages),
        said(&contact.contact.hours),
        said(&contact.contact.phone),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.len() == 1 {
        return format!("{}, {}", parts.join(""), say!(scene, "screen.record.no_phone"));
    }
    parts.join(", ")
}

/// The name of an officer of a hit, or the number where no name came along.
pub(in crate::console::view) fn officer(view: &HitView, officer: OfficerId) -> String {
    let named = view.officers.iter().find(|named| named.officer == officer && !named.name.is_blank());
    named.map_or_else(|| officer.to_string(), |named| shown(&named.name).to_string())
}

/// Who has it, by name, and that it is the reader himself.
pub(super) fn holder(scene: &Scene, view: &HitView, taken: OfficerId) -> String {
    let name = officer(view, taken);
    let me = scene.state.session.as_ref().map(|hello| hello.officer);
    if me == Some(taken) { say!(scene, "screen.record.you", officer = name) } else { name }
}

/// On whose desk the hit is, on each side by name, once somebody has it.
pub(super) fn holders(scene: &Scene, view: &HitView) -> Option<Row> {
    let hit = &view.row.hit;
    hit.owner_taken.or(hit.finder_taken)?;
    let side = |side: Side, taken: Option<OfficerId>| {
        let has = taken.map_or_else(|| say!(scene, "screen.record.nobody"), |has| holder(scene, view, has));
        say!(scene, "screen.record.held", country = scene.side(hit, side), officer = has)
    };
    let label = say!(scene, "screen.record.holders");
    if hit.is_own(scene.we()) {
        return Some(labelled(label, side(Side::Owner, hit.owner_taken.or(hit.finder_taken))));
    }
    let owner = side(Side::Owner, hit.owner_taken);
    let finder = side(Side::Finder, hit.finder_taken);
    let sides = if hit.is_owner(scene.we()) { [owner, finder] } else { [finder, owner] };
    Some(labelled(label, sides.join("   ")))
}

/// The thread folded: how much, and the last of it.
pub(super) fn thread(scene: &Scene, view: &HitView) -> Row {
    let label = say!(scene, "screen.record.thread");
    let text = match view.thread.last() {
        None => say!(scene, "screen.record.thread_none"),
        Some(last) => say!(
            scene,
            "screen.record.thread_last",
            count = view.thread.len(),
            last = message(scene, view, last)
        ),
    };
    labelled(label, text)
}

/// The thread unfolded, the oldest first; long messages take up to four lines.
pub(super) fn messages(scene: &Scene, view: &HitView, columns: u16) -> Vec<Row> {
    let room = columns.saturating_sub(TEXT + 1).max(10);
    let lines = |written: &MessageView| wrapped(&message(scene, view, written), room, 4);
    view.thread
        .iter()
        .flat_map(|written| lines(written).into_iter().enumerate())
        .map(|(at, text)| Row::text(if at == 0 { LABEL + 2 } else { TEXT }, text))
        .collect()
}

/// `PA 03:01 "slide number added"`; an inside note says that it is one.
fn message(scene: &Scene, view: &HitView, written: &MessageView) -> String {
    let message = &written.message;
    let text = match message.described.is_empty() {
        true => words(scene, &message.text),
        false => described(scene, &message.described),
    };
    let key = if message.inside { "screen.record.note" } else { "screen.record.message" };
    say!(
        scene,
        key,
        country = scene.who(message.party.ncb),
        officer = officer(view, message.officer),
        at = scene.times.short(message.at),
        text = text
    )
}

fn words(scene: &Scene, text: &Private) -> String {
    text.text().map_or_else(|| say!(scene, "screen.record.erased"), |t| shown(t).to_string())
}

/// What the finder says otherwise of the gun than before: what it was comes second.
fn described(scene: &Scene, changes: &[Change]) -> String {
    let one = |change: &Change| {
        say!(
            scene,
            "screen.record.described_part",
            field = scene.words().field(&change.field),
            was = words(scene, &change.was),
            now = words(scene, &change.now)
        )
    };
    let changes: Vec<String> = changes.iter().map(one).collect();
    say!(scene, "screen.record.described", changes = changes.join(", "))
}
