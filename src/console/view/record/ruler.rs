//! The two numbers under each other, place by place, and a sign under every place that is not the same.

use super::{LABEL, TEXT};
use crate::console::look::Tone;
use crate::console::view::row::{Row, clipped, width};
use crate::console::view::scene::{Scene, say};
use crate::domain::evidence::Reason;
use crate::domain::gun::Place;
use crate::domain::text::Text;
use crate::matching::{Step, StepKind, align};

/// Places up to which they are spaced.
const SPACED: usize = 20;
/// Column from which notes stand, when the numbers are no longer.
const NOTE: u16 = 34;
/// Differences that are put into words; the rest is counted.
const TOLD: usize = 3;

/// A number with where it stands, and who says so.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) number: Option<(&'a Text, Place)>,
    pub(super) by: &'a str,
}

/// The places, from 1, at which two numbers are not the same.
pub(in crate::console::view) fn places(recorded: &str, seen: &str) -> Vec<usize> {
    let steps = align(recorded, seen);
    steps.iter().enumerate().filter(|(_, step)| step.kind != StepKind::Same).map(|(at, _)| at + 1).collect()
}

/// The ruler; `rarity` stands beside the words for the differences where there is room.
pub(super) fn rows(scene: &Scene, recorded: Line, seen: Line, rarity: Option<&str>) -> Vec<Row> {
    let (Some((a, _)), Some((b, _))) = (recorded.number, seen.number) else {
        return vec![alone(scene, "recorded", recorded), alone(scene, "seen", seen)];
    };
    let steps = align(a.as_str(), b.as_str());
    let spaced = steps.len() <= SPACED;
    let laid = |sign: &dyn Fn(usize, &Step) -> char| -> String {
        let signs = steps.iter().enumerate().map(|(at, step)| sign(at, step));
        if spaced { signs.flat_map(|c| [c, ' ']).collect::<String>() } else { signs.collect() }
    };
    let long = u16::try_from(steps.len() * if spaced { 2 } else { 1 }).unwrap_or(u16::MAX);
    let note_at = (TEXT + long + 1).max(NOTE);
    let label = |key: &str| scene.say(&format!("screen.ruler.{key}"), &[]);
    let line =
        |key: &str, text: String| Row::new().at(LABEL, TEXT - LABEL - 1, label(key)).at(TEXT, long, text);
    // Places are counted by their last figure, so that each keeps one column.
    let counted = laid(&|at, _| char::from(b'0' + u8::try_from((at + 1) % 10).unwrap_or(0)));
    let mut rows = vec![
        line("place", counted),
        line("recorded", laid(&|_, step| step.recorded.unwrap_or(' '))).rest(note_at, note(scene, recorded)),
        line("seen", laid(&|_, step| step.seen.unwrap_or(' '))).rest(note_at, note(scene, seen)),
    ];
    let signs = Row::new().at(TEXT, long, laid(&|_, step| sign(step.kind))).tone(Tone::Notice);
    let told = differences(scene, &steps);
    let mut told = told.into_iter();
    let first = told.next().unwrap_or_else(|| say!(scene, "screen.ruler.same"));
    let beside = note_at + width(&first) + 4;
    let mut under = signs.rest(note_at, first);
    if let Some(rarity) = rarity {
        under = under.rest(beside.max(81), rarity);
    }
    rows.push(under);
    rows.extend(told.map(|words| Row::text(note_at, words)));
    rows
}

/// A number without another to lay beside it.
fn alone(scene: &Scene, key: &str, line: Line) -> Row {
    let number = match line.number {
        Some((number, _)) => clipped(number.as_str(), 40),
        None => say!(scene, "screen.ruler.none"),
    };
    let at = (TEXT + width(&number) + 2).max(NOTE);
    Row::new()
        .at(LABEL, TEXT - LABEL - 1, scene.say(&format!("screen.ruler.{key}"), &[]))
        .at(TEXT, 40, number)
        .rest(at, note(scene, line))
}

/// Who says so, and on which part.
fn note(scene: &Scene, line: Line) -> String {
    match line.number {
        Some((_, Place::Unstated)) | None => line.by.to_owned(),
        Some((_, place)) => {
            say!(scene, "screen.ruler.on_part", by = line.by, part = scene.words().part(place))
        }
    }
}

fn sign(kind: StepKind) -> char {
    match kind {
        StepKind::Same => ' ',
        StepKind::Alike => '~',
        StepKind::Other => 'X',
        StepKind::OnlySeen => '+',
        StepKind::OnlyRecorded => '-',
        StepKind::Swapped => '%',
        StepKind::Unread => '?',
    }
}

/// The differences in words, letters and figures by their names.
fn differences(scene: &Scene, steps: &[Step]) -> Vec<String> {
    let mut swapped = false;
    let mut told = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        let second = step.kind == StepKind::Swapped && swapped;
        swapped = step.kind == StepKind::Swapped && !swapped;
        if step.kind != StepKind::Same && !second {
            told.push(difference(scene, at + 1, step));
        }
    }
    if told.len() > TOLD {
        let more = told.len() - TOLD;
        told.truncate(TOLD);
        if let Some(last) = told.last_mut() {
            *last = say!(scene, "screen.ruler.more", last = &*last, count = more);
        }
    }
    told
}

fn difference(scene: &Scene, at: usize, step: &Step) -> String {
    let place = u8::try_from(at).unwrap_or(u8::MAX);
    let reason = match (step.kind, step.recorded, step.seen) {
        (StepKind::Swapped, ..) => Reason::NumberSwapped { place },
        (StepKind::Alike | StepKind::Other, Some(recorded), Some(seen)) => {
            Reason::NumberDiffers { place, recorded, seen, alike: step.kind == StepKind::Alike }
        }
        (StepKind::OnlyRecorded, Some(recorded), _) => Reason::NumberLacks { place, recorded },
        (StepKind::OnlySeen, _, Some(seen)) => Reason::NumberExceeds { place, seen },
        _ => return say!(scene, "screen.ruler.unread", place = at),
    };
    scene.words().reason(&reason)
}
