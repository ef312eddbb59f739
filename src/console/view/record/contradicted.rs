//! What the table of the two guns says against a reason that is given.

use super::described::Described;
use super::verdict::{self, Verdict, Word};
use crate::console::view::scene::Scene;
use crate::domain::hit::Exclusion;
use crate::domain::ids::HitId;

/// The fields that agree although the reason says that they differ, each with its verdict; nothing
/// when one of them differs, or when they are not known.
pub(in crate::console::view) fn contradicted(scene: &Scene, hit: HitId, reason: Exclusion) -> String {
    let view = scene.state.record.hits.get(&hit).and_then(|reading| reading.value());
    let Some((view, record)) = view.and_then(|view| Some((view, view.record.whole()?))) else {
        return String::new();
    };
    let (recorded, seen) = (Described::from(&record.report.gun), Described::from(&view.check.gun));
    let said: Vec<(&str, Verdict)> = match reason {
        Exclusion::MakeAndCalibre => {
            vec![("make", verdict::make(&recorded, &seen)), ("calibre", verdict::calibre(&recorded, &seen))]
        }
        Exclusion::Type => vec![("type", verdict::kind(&recorded, &seen))],
        _ => Vec::new(),
    };
    if said.iter().any(|(_, verdict)| verdict.word.speaks_against()) {
        return String::new();
    }
    let agree = said.iter().filter(|(_, verdict)| matches!(verdict.word, Word::Same | Word::Fits));
    let named = |(field, verdict): &(&str, Verdict)| {
        format!("{} {}", scene.say(&format!("screen.field.{field}"), &[]), verdict.word.said(scene))
    };
    agree.map(named).collect::<Vec<_>>().join(", ")
}
