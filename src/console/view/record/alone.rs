//! A record by itself: what is sought, since when, by whom, and until when it stands.

use super::{caveat, contact, labelled, when_and_where, whose};
use crate::console::look::Tone;
use crate::console::view::pane::{Pane, Slot};
use crate::console::view::row::Row;
use crate::console::view::scene::{Scene, say, shown};
use crate::domain::text::Text;
use crate::reference::gun_type;
use crate::wire::record::RecordView;

/// A whole record.
pub(super) fn whole(scene: &Scene, _slot: Slot, record: &RecordView) -> Pane {
    let mut rows = Vec::new();
    let mut add = |label: &str, text: String| {
        if !text.is_empty() || scene.state.record.every_field {
            let text = if text.is_empty() { "-".to_owned() } else { text };
            rows.push(labelled(scene.say(&format!("screen.field.{label}"), &[]), text));
        }
    };
    let report = &record.report;
    let gun = &report.gun;
    let text = |text: &Option<Text>| text.as_ref().map(|text| shown(text).to_string()).unwrap_or_default();
    for number in &gun.numbers {
        add("number", format!("{}  {}", shown(&number.as_seen), scene.words().part(number.place)));
    }
    let kind = gun.gun_type.map(|kind| {
        gun_type::describe(kind.as_str()).map_or_else(|| kind.to_string(), |named| format!("{kind} {named}"))
    });
    add("make", text(&gun.make));
    add("model", text(&gun.model));
    add("calibre", text(&gun.calibre));
    add("type", kind.unwrap_or_default());
    add("made_in", gun.made_in.map(|country| country.to_string()).unwrap_or_default());
    add("year", gun.year.map(|year| year.to_string()).unwrap_or_default());
    add("importer", text(&gun.importer));
    add("import_mark", text(&gun.import_mark));
    add("marks", gun.marks.text().map(|marks| shown(marks).to_string()).unwrap_or_default());
    let event = format!("{} {}", scene.words().circumstance(report.circumstance), when_and_where(record));
    add("event", event.trim_end().to_owned());
    add("theft", text(&report.batch));
    add("file", shown(&report.case).to_string());
    add("remark", report.remark.text().map(|remark| shown(remark).to_string()).unwrap_or_default());
    add("status", status(scene, record));
    let owner = contact::line(scene, record.owner.ncb, &record.contact);
    add("owner", owner);
    if record.owner.ncb == scene.us() && record.validate_by < scene.state.now {
        let late = say!(scene, "screen.record.validation_late");
        rows.insert(0, Row::text(super::LABEL, late).all(Tone::Notice));
    }
    Pane {
        title: whose(scene, record.id, record.owner.ncb, Some(record)),
        right: caveat(scene, record),
        rows,
        ..Pane::default()
    }
}

/// Where it stands, and when its owner has to say again that it is still sought.
fn status(scene: &Scene, record: &RecordView) -> String {
    say!(
        scene,
        "screen.record.status",
        status = scene.words().status(record.status),
        entered = scene.times.date(record.entered),
        validated = scene.times.date(record.validated),
        next = scene.times.date(record.validate_by)
    )
}
