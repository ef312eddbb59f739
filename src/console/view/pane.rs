//! A pane: a title, lines that stay, lines that scroll, and where it lies on the screen.

use super::drawn::Drawn;
use super::row::{Pen, Row, width};
use super::scene::{Scene, say};
use crate::console::look::Tone;
use crate::console::state::layout::Pane as Name;
use ratatui::layout::Rect;

/// Size from which all four panes fit one above the other.
const FOUR: (u16, u16) = (120, 38);
/// Columns from which lists have their wide form.
const WIDE: u16 = 120;

/// A pane, ready to be drawn.
#[derive(Debug, Clone, Default)]
pub(super) struct Pane {
    /// What stands behind name and number.
    pub(super) title: String,
    /// What stands at the right end of the title.
    pub(super) right: String,
    /// Lines that stay at the top.
    pub(super) head: Vec<Row>,
    /// Lines that scroll.
    pub(super) rows: Vec<Row>,
    /// Lines that stay at the bottom.
    pub(super) tail: Vec<Row>,
    /// The line of [`Pane::rows`] with the mark, which is always on the screen.
    pub(super) mark: Option<usize>,
    /// Lines below the mark that belong to it, and are on the screen with it where there is room.
    pub(super) with_mark: usize,
    /// Lines scrolled out at the top where there is no mark.
    pub(super) scroll: usize,
    /// What of it may come a moment later than the rest of the screen.
    pub(super) late: Late,
    /// What its title speaks of, where that alone may come later.
    pub(super) about: String,
}

/// What of a pane may come a moment later than the rest of the screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Late {
    /// Nothing.
    #[default]
    Nothing,
    /// Its title, which counts or says what follows from the mark.
    Title,
    /// All of it: what it is about is being read, and until then the older one stands whole.
    All,
}

/// A pane's place, and how it is to be filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) name: Name,
    pub(super) area: Rect,
    /// Whether the columns of a wide screen are used.
    pub(super) wide: bool,
    /// Whether it has the keys.
    pub(super) focus: bool,
}

/// How the panes share the lines between the top line and the foot.
///
/// `foot` is what lies over the last lines; panes only make room for it where one of them
/// has the whole screen, so that nothing moves when a question opens over four panes.
pub(super) fn slots(scene: &Scene, body: Rect, foot: u16) -> Vec<Slot> {
    let layout = &scene.state.layout;
    let wide = body.width >= WIDE;
    let slot = |name, area| Slot { name, area, wide, focus: layout.focus == name };
    let compares = scene.state.question.as_ref().is_some_and(|question| question.ask.hit().is_some());
    let four = body.width >= FOUR.0 && body.height.saturating_add(3) >= FOUR.1;
    if layout.zoom || (compares && !four) {
        let name = if compares { Name::Record } else { layout.focus };
        let whole = Rect { height: body.height.saturating_sub(foot.saturating_sub(2)), ..body };
        return vec![slot(name, whole)];
    }
    let (shares, names): (&[u16], Vec<Name>) =
        if four { (&[10, 6, 14, 7], Name::ALL.to_vec()) } else { (&[9, 12], vec![Name::Hits, layout.lower]) };
    let (whole, mut left, mut y) = (shares.iter().sum::<u16>(), body.height, body.y);
    let mut slots = Vec::with_capacity(names.len());
    for (at, (name, share)) in names.into_iter().zip(shares).enumerate() {
        let height = if at + 1 == shares.len() {
            left
        } else {
            (body.height / whole * share + body.height % whole * share / whole).min(left)
        };
        slots.push(slot(name, Rect { y, height, ..body }));
        y += height;
        left -= height;
    }
    slots
}

/// The key of a pane's name in the catalogue.
fn name(pane: Name) -> &'static str {
    match pane {
        Name::Hits => "screen.hits.name",
        Name::Search => "screen.search.name",
        Name::Record => "screen.record.name",
        Name::Trace => "screen.trace.name",
    }
}

/// Draws a pane; returns the cursor when it stands in it.
pub(super) fn draw(
    pen: &mut Pen,
    scene: &Scene,
    slot: Slot,
    pane: &Pane,
    drawn: &mut Drawn,
) -> Option<(u16, u16)> {
    let (top, height) = (slot.area.y, usize::from(slot.area.height));
    if height == 0 {
        return None;
    }
    let number = Name::ALL.iter().position(|name| *name == slot.name).unwrap_or(0) + 1;
    let name = scene.say(name(slot.name), &[]);
    let mark = if slot.focus { ">>" } else { "--" };

    let shift = if slot.focus { scene.state.layout.shift.min(hidden(pane, slot.area.width)) } else { 0 };
    let moved = if shift > 0 { say!(scene, "screen.pane.moved", count = shift) } else { String::new() };
    let (head, tail) = (pane.head.len(), pane.tail.len());
    let room = (height - 1).saturating_sub(head + tail);
    let first = first_line(pane, room, scene.state.tops.of(slot.name));
    drawn.tops.note(slot.name, first);
    let below = pane.rows.len().saturating_sub(first + room);
    let more = if below > 0 { say!(scene, "screen.pane.more", count = below) } else { String::new() };
    let left = format!("{mark} {number} {name}{moved}  {}{more}", pane.title);
    pen.draw(top, &title(&left, &pane.right, slot.area.width), 0);
    let tail_at = height.saturating_sub(tail).max(1 + head);
    let head_lines = pane.head.iter().enumerate().map(|(at, row)| (1 + at, row));
    let body_lines =
        pane.rows.iter().skip(first).take(room).enumerate().map(|(at, row)| (1 + head + at, row));
    let tail_lines = pane.tail.iter().enumerate().map(|(at, row)| (tail_at + at, row));
    let mut cursor = None;
    for (at, row) in head_lines.chain(body_lines).chain(tail_lines) {
        if at < height
            && let Ok(at) = u16::try_from(at)
        {
            cursor = pen.draw(top + at, row, shift).or(cursor);
        }
    }
    cursor.filter(|_| slot.focus)
}

/// Columns of the longest line that lie beyond the edge: so far, and no further, lines move.
fn hidden(pane: &Pane, columns: u16) -> u16 {
    let rows = pane.head.iter().chain(&pane.rows).chain(&pane.tail);
    rows.map(|row| row.hidden(columns)).max().unwrap_or(0)
}

/// The first of the scrolling lines that is shown.
///
/// With a mark they move as little as keeps it on the screen: from the place that they had, a line
/// at a time, which the terminal moves for the price of that line.
fn first_line(pane: &Pane, room: usize, top: usize) -> usize {
    let last = pane.rows.len().saturating_sub(room);
    match pane.mark {
        Some(mark) if room > 0 => {
            let lowest = (mark + pane.with_mark + 1).saturating_sub(room).min(mark);
            top.clamp(lowest, mark).min(last)
        }
        Some(mark) => mark,
        None => pane.scroll.min(last),
    }
}

/// Columns that the right end of a title keeps: a caveat such as OFFICIAL USE ONLY.
const FIRST_WORDS: u16 = 20;

/// Columns that the title keeps free for the count of the lines below.
const COUNTED: u16 = 10;

/// Whether both ends of a title are whole, whatever else comes to stand in it.
pub(super) fn has_room(scene: &Scene, slot: Slot, left: &str, right: &str) -> bool {
    let name = width(&scene.say(name(slot.name), &[]));
    let taken = [7, name, width(left), COUNTED, 2, width(right)];
    taken.into_iter().fold(0, u16::saturating_add) <= slot.area.width
}

/// A title with its two ends. The left one says what it is and how it stands, so it stays whole
/// while the right one has room for its first words.
pub(super) fn title(left: &str, right: &str, columns: u16) -> Row {
    let taken = width(right);
    if right.is_empty() || taken + 20 > columns {
        return Row::new().at(0, columns, left).all(Tone::Title);
    }
    let end = columns - taken;
    let wanted = width(left) + 2;
    let start = if wanted > end && columns.saturating_sub(wanted) >= FIRST_WORDS { wanted } else { end };
    Row::new().at(0, start - 1, left).at(start, taken, right).all(Tone::Title)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pane(rows: usize, mark: Option<usize>, scroll: usize) -> Pane {
        Pane { rows: vec![Row::new(); rows], mark, scroll, ..Pane::default() }
    }

    #[test]
    fn the_mark_is_always_on_the_screen() {
        for rows in 1..30 {
            for mark in 0..rows {
                for (room, top) in (1..12).flat_map(|room| (0..40).map(move |top| (room, top))) {
                    let first = first_line(&pane(rows, Some(mark), 0), room, top);
                    assert!(first <= mark && mark < first + room, "{rows} {mark} {room} {top} {first}");
                    assert!(first == 0 || first + room <= rows, "{rows} {mark} {room} {top} {first}");
                }
            }
        }
    }

    #[test]
    fn a_mark_moves_its_list_as_little_as_it_can() {
        let at = |mark, top| first_line(&pane(40, Some(mark), 0), 8, top);
        assert_eq!([at(7, 0), at(8, 0), at(9, 1), at(8, 2), at(2, 2), at(1, 2)], [0, 1, 2, 2, 2, 1]);
        assert_eq!([at(39, 2), at(0, 32)], [32, 0]);
        let unfolded = |top, with_mark| first_line(&Pane { with_mark, ..pane(40, Some(20), 0) }, 8, top);
        assert_eq!([unfolded(0, 3), unfolded(18, 3), unfolded(0, 30)], [16, 18, 20]);
    }

    #[test]
    fn lines_move_until_the_longest_ends() {
        let long = Row::text(3, "x".repeat(130));
        let pane = Pane { rows: vec![Row::text(3, "short"), long], ..Pane::default() };
        assert_eq!(hidden(&pane, 120), 13);
        assert_eq!(hidden(&pane, 200), 0);
    }

    #[test]
    fn scrolling_ends_with_the_last_line() {
        assert_eq!(first_line(&pane(20, None, 99), 8, 3), 12);
        assert_eq!(first_line(&pane(5, None, 99), 8, 3), 0);
    }
}
