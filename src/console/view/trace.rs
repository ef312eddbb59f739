//! Pane 4: the steps of a gun's life and the gaps between them.

use super::pane::{Late, Pane, Slot};
use super::row::Row;
use super::scene::{Scene, say, shown};
use crate::console::look::Tone;
use crate::domain::life::{Step, StepKind, Sure};

/// The trace pane, ready to be drawn.
pub(super) fn pane(scene: &Scene, slot: Slot) -> Pane {
    let trace = &scene.state.trace;
    let title = match scene.state.record.subject.as_ref() {
        Some(subject) => match (subject.hit(), subject.record()) {
            (Some(hit), _) => say!(scene, "screen.trace.of", item = hit),
            (None, Some(record)) => say!(scene, "screen.trace.of", item = record),
            (None, None) => String::new(),
        },
        None => String::new(),
    };
    // Its title says whose steps they are, so the older ones are true beside a newer record; they
    // make room for it on the line.
    let late = if slot.focus { Late::Nothing } else { Late::All };
    if trace.steps.is_empty() {
        let none = say!(scene, "screen.trace.none");
        return Pane { title, rows: vec![Row::text(3, none)], late, ..Pane::default() };
    }
    let gaps = trace.steps.iter().filter(|step| matches!(step.kind, StepKind::Gap { .. })).count();
    Pane {
        title,
        right: if gaps > 0 { say!(scene, "screen.trace.gaps", count = gaps) } else { String::new() },
        rows: trace.steps.iter().map(|step| line(scene, slot, step)).collect(),
        late,
        mark: trace.marked.as_ref().and_then(|marked| trace.steps.iter().position(|step| step == marked)),
        ..Pane::default()
    }
}

/// `?` a gap, `!` where it left the licit world or two dates contradict each other.
fn line(scene: &Scene, slot: Slot, step: &Step) -> Row {
    let marked = scene.state.trace.marked.as_ref() == Some(step);
    let sought = matches!(step.kind, StepKind::Reported { circumstance, .. } if circumstance.is_sought());
    let sign = match &step.kind {
        StepKind::Gap { .. } => "?",
        _ if step.out_of_order || sought => "!",
        _ => " ",
    };
    let mark = match (marked, slot.focus) {
        (true, true) => ">",
        (true, false) => ".",
        _ => " ",
    };
    let date = match (step.from, step.until) {
        (Some(from), Some(until)) => format!("{}..{}", from.year(), until.year()),
        (Some(from), None) => from.to_string(),
        (None, _) => "-".to_owned(),
    };
    let country = step.country.map_or_else(|| "--".to_owned(), |country| country.to_string());
    let who = step.who.as_ref().map(|who| shown(who).to_string()).unwrap_or_default();
    let (who_width, what_at, sure_at) = if slot.wide { (26, 50, 96) } else { (16, 40, 72) };
    let mut row = Row::new();
    if mark == ">" {
        row = row.cursor(1);
    }
    row = row.at(0, 1, mark).at(1, 1, sign);
    if step.out_of_order {
        row = row.tone(Tone::Notice);
    }
    row.at(3, 12, date)
        .at(16, 4, country)
        .at(what_at - who_width - 1, who_width, who)
        .at(what_at, sure_at - what_at - 1, what(scene, step))
        .rest(sure_at, sure(scene, step.sure))
}

fn what(scene: &Scene, step: &Step) -> String {
    let said = match &step.kind {
        StepKind::Made => say!(scene, "screen.trace.made"),
        StepKind::Imported { mark } => say!(scene, "screen.trace.imported", mark = shown(mark)),
        StepKind::Gap { years } => say!(scene, "screen.trace.gap", years = years.to_string()),
        // The record is that of the pane above.
        StepKind::Reported { circumstance, .. } => scene.words().circumstance(*circumstance).to_uppercase(),
        StepKind::Found => say!(scene, "screen.trace.found"),
    };
    if step.out_of_order { say!(scene, "screen.trace.out_of_order", what = said) } else { said }
}

fn sure(scene: &Scene, sure: Sure) -> String {
    match sure {
        Sure::Certain => say!(scene, "screen.trace.certain"),
        Sure::Likely => say!(scene, "screen.trace.likely"),
        Sure::Unknown => "-".to_owned(),
    }
}
