//! The two numbers under each other, place by place, and a sign under every place that is not the same.

use super::{LABEL, TEXT};
use crate::console::view::pane::Slot;
use crate::console::view::row::{Row, clipped, width};
use crate::console::view::scene::{Scene, say, shown};
use crate::domain::gun::Place;
use crate::domain::text::Text;
use crate::matching::{Step, StepKind, align};
use unicode_width::UnicodeWidthChar;

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
pub(super) fn rows(scene: &Scene, slot: Slot, recorded: Line, seen: Line, rarity: Option<&str>) -> Vec<Row> {
    let steps = match (recorded.number, seen.number) {
        (Some((a, _)), Some((b, _))) => align(a.as_str(), b.as_str()),
        _ => Vec::new(),
    };
    if steps.is_empty() {
        return vec![alone(scene, "recorded", recorded), alone(scene, "seen", seen)];
    }
    let spaced = steps.len() <= SPACED || steps.iter().any(is_wide);
    let laid = |sign: &dyn Fn(usize, &Step) -> char| -> String {
        let signs = steps.iter().enumerate().map(|(at, step)| sign(at, step));
        signs.flat_map(|c| [Some(c), (spaced && c.width() != Some(2)).then_some(' ')]).flatten().collect()
    };
    let long = u16::try_from(steps.len() * if spaced { 2 } else { 1 }).unwrap_or(u16::MAX);
    // Beside a long number there is no room for words: they stand under it.
    let beside = TEXT + long + 28 < slot.area.width;
    let note_at = if beside { (TEXT + long + 1).max(NOTE) } else { TEXT };
    let label = |key: &str| scene.say(&format!("screen.ruler.{key}"), &[]);
    let line = |key: &str, text: String, by: Option<Line>| {
        let row = Row::new().at(LABEL, TEXT - LABEL - 1, label(key)).at(TEXT, long, text);
        match by.filter(|_| beside) {
            Some(by) => row.rest(note_at, note(scene, by)),
            None => row,
        }
    };
    // Places are counted by their last figure, so that each keeps one column.
    let counted = laid(&|at, _| char::from(b'0' + u8::try_from((at + 1) % 10).unwrap_or(0)));
    let mut told = differences(scene, &steps);
    // Where nothing differs there is no place to be named.
    let places = if told.is_empty() { Row::new() } else { line("place", counted, None) };
    let mut rows = vec![
        places,
        line("recorded", laid(&|_, step| step.recorded.unwrap_or(' ')), Some(recorded)),
        line("seen", laid(&|_, step| step.seen.unwrap_or(' ')), Some(seen)),
    ];
    let under = Row::new().at(TEXT, long, laid(&|_, step| step.kind.sign()));
    if told.is_empty() {
        told.push(say!(scene, "screen.ruler.same"));
    }
    if beside {
        let first = told.remove(0);
        let rarity_at = (note_at + width(&first) + 4).max(81);
        let under = under.rest(note_at, first);
        rows.push(match rarity {
            Some(rarity) => under.rest(rarity_at, rarity),
            None => under,
        });
    } else {
        rows.push(under);
    }
    rows.extend(told.into_iter().map(|words| Row::text(note_at, words)));
    rows
}

/// Whether one of its characters takes two columns.
fn is_wide(step: &Step) -> bool {
    [step.recorded, step.seen].into_iter().flatten().any(|c| c.width() == Some(2))
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

/// Who says so, on which part, and whether the text holds what cannot be drawn.
fn note(scene: &Scene, line: Line) -> String {
    let Some((text, place)) = line.number else { return line.by.to_owned() };
    let said = match place {
        Place::Unstated => line.by.to_owned(),
        place => say!(scene, "screen.ruler.on_part", by = line.by, part = scene.words().part(place)),
    };
    if shown(text).hides() { say!(scene, "screen.ruler.hides", said = said) } else { said }
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
    let sign = |c: Option<char>| c.map(|c| scene.words().sign(c)).unwrap_or_default();
    let key = match step.kind {
        StepKind::Alike => "screen.ruler.alike",
        StepKind::OnlySeen => "screen.ruler.only_seen",
        StepKind::OnlyRecorded => "screen.ruler.only_recorded",
        StepKind::Swapped => "screen.ruler.swapped",
        StepKind::Unread => "screen.ruler.unread",
        StepKind::Same | StepKind::Other => "screen.ruler.differs",
    };
    say!(scene, key, place = at, next = at + 1, recorded = sign(step.recorded), seen = sign(step.seen))
}
