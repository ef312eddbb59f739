//! Rows of text at fixed columns, and the one pen that puts them on the screen.

use super::glyph::{self, Drawable};
use crate::console::look::{Look, Tone};
use crate::domain::text::Shown;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;
use ratatui::widgets::{Clear, Widget};
use unicode_segmentation::UnicodeSegmentation;

/// One line of the screen: pieces of text, each at its column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Row {
    pieces: Vec<Piece>,
    /// The column of the cursor, when it stands in this row.
    pub(super) cursor: Option<u16>,
}

/// A piece of text at a column.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    column: u16,
    width: u16,
    text: String,
    tone: Tone,
    cut: Cut,
    /// Columns at its start that are left out.
    shift: u16,
}

/// How a text ends that is too long for its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    /// It just ends.
    Plain,
    /// It ends in `+`, because half a number is another number.
    Marked,
    /// It just ends, and moves to the left with the keys Left and Right.
    Moves,
}

impl Row {
    /// An empty line.
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// A line of one text from the given column on.
    pub(super) fn text(column: u16, text: impl Into<String>) -> Self {
        Self::new().rest(column, text)
    }

    fn piece(mut self, column: u16, width: u16, text: String, cut: Cut) -> Self {
        if !text.is_empty() {
            self.pieces.push(Piece { column, width, text, tone: Tone::Plain, cut, shift: 0 });
        }
        self
    }

    /// Adds a text of at most `width` columns.
    pub(super) fn at(self, column: u16, width: u16, text: impl Into<String>) -> Self {
        self.piece(column, width, text.into(), Cut::Plain)
    }

    /// Adds a number; one that is too long ends in `+`.
    pub(super) fn number(self, column: u16, width: u16, text: impl Into<String>) -> Self {
        self.piece(column, width, text.into(), Cut::Marked)
    }

    /// Adds a text that may go on to the edge of the screen.
    pub(super) fn rest(self, column: u16, text: impl Into<String>) -> Self {
        self.piece(column, u16::MAX, text.into(), Cut::Moves)
    }

    /// Adds a text without its first `shift` columns.
    pub(super) fn shifted(mut self, column: u16, width: u16, shift: u16, text: &str) -> Self {
        let text = text.to_owned();
        self.pieces.push(Piece { column, width, text, tone: Tone::Plain, cut: Cut::Plain, shift });
        self
    }

    /// Adds the pieces of another row.
    pub(super) fn and(mut self, other: Row) -> Self {
        self.pieces.extend(other.pieces);
        self.cursor = self.cursor.or(other.cursor);
        self
    }

    /// Gives the piece that was added last another tone.
    pub(super) fn tone(mut self, tone: Tone) -> Self {
        if let Some(piece) = self.pieces.last_mut() {
            piece.tone = tone;
        }
        self
    }

    /// Gives every piece the same tone.
    pub(super) fn all(mut self, tone: Tone) -> Self {
        for piece in &mut self.pieces {
            piece.tone = tone;
        }
        self
    }

    /// Columns of its texts that move which lie beyond so many columns.
    pub(super) fn hidden(&self, columns: u16) -> u16 {
        let moving = self.pieces.iter().filter(|piece| piece.cut == Cut::Moves);
        let ends = moving.map(|piece| piece.column.saturating_add(width(&piece.text)));
        ends.max().unwrap_or(0).saturating_sub(columns)
    }

    /// Puts the cursor into this row.
    pub(super) fn cursor(mut self, column: u16) -> Self {
        self.cursor = Some(column);
        self
    }
}

/// Draws rows; every text on the screen passes here, and is made harmless here.
pub(super) struct Pen<'a> {
    buffer: &'a mut Buffer,
    look: Look,
    area: Rect,
}

impl<'a> Pen<'a> {
    /// A pen for as much of `area` as there is buffer.
    pub(super) fn new(buffer: &'a mut Buffer, look: Look, area: Rect) -> Self {
        let area = area.intersection(buffer.area);
        Self { buffer, look, area }
    }

    /// What may be drawn on.
    pub(super) fn area(&self) -> Rect {
        self.area
    }

    /// Empties so many lines from `line` on.
    pub(super) fn clear(&mut self, line: u16, lines: u16) {
        let y = self.area.y.saturating_add(line);
        let area = Rect { y, height: lines, ..self.area }.intersection(self.area);
        Clear.render(area, self.buffer);
    }

    /// Draws a row at `line`, counted from the top; `shift` columns of texts that move are
    /// left out. Returns where the cursor stands if it stands in this row.
    pub(super) fn draw(&mut self, line: u16, row: &Row, shift: u16) -> Option<(u16, u16)> {
        if line >= self.area.height {
            return None;
        }
        // The last cell of the last line stays empty: writing it makes some terminals scroll.
        let edge = u16::from(line + 1 == self.area.height);
        let columns = self.area.width.saturating_sub(edge);
        for piece in &row.pieces {
            let room = columns.saturating_sub(piece.column).min(piece.width);
            let shift = if piece.cut == Cut::Moves { shift } else { piece.shift };
            let text = fit(&piece.text, room, shift, piece.cut == Cut::Marked, Drawable::by(self.look));
            let (x, y) = (self.area.x.saturating_add(piece.column), self.area.y + line);
            if room > 0 && x < self.area.right() {
                self.buffer.set_stringn(x, y, text, usize::from(room), self.look.style(piece.tone));
            }
        }
        let last = self.area.width.checked_sub(1)?;
        row.cursor.map(|column| (self.area.x + column.min(last), self.area.y + line))
    }
}

/// Characters of a text that are looked at where it is measured or broken into lines: more than
/// any screen is wide, and as long as a message may be.
const LOOKED_AT: usize = 2_048;

/// The start of a text, as far as it is looked at.
fn start(text: &str) -> &str {
    text.char_indices().nth(LOOKED_AT).map_or(text, |(end, _)| &text[..end])
}

/// Columns that a text takes once it was made harmless.
pub(super) fn width(text: &str) -> u16 {
    Shown::of(start(text)).as_str().graphemes(true).fold(0, |sum, g| sum.saturating_add(g.cell_width()))
}

/// A number within a sentence: made harmless, and ending in `+` when it is longer.
pub(super) fn clipped(text: &str, room: u16) -> String {
    fit(text, room, 0, true, Drawable::default())
}

/// A sentence in lines of at most `room` columns, broken at blanks; `most` lines, of which the
/// last may be cut.
pub(super) fn wrapped(text: &str, room: u16, most: usize) -> Vec<String> {
    let shown = Shown::of(start(text));
    let mut lines: Vec<String> = Vec::new();
    // What fits keeps the blanks between its parts.
    if width(text) <= room && !shown.as_str().trim().is_empty() {
        return vec![shown.as_str().to_owned()];
    }
    for word in shown.as_str().split(' ').filter(|word| !word.is_empty()) {
        let full = lines.len() == most;
        match lines.last_mut() {
            Some(line) if full || lines_up(line, word, room) => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
        if lines.len() == most && lines.last().is_some_and(|line| width(line) > room) {
            break;
        }
    }
    lines
}

fn lines_up(line: &str, word: &str, room: u16) -> bool {
    width(line).saturating_add(1).saturating_add(width(word)) <= room
}

/// The start of a text that fits so many columns, made harmless, without its first `shift`
/// columns.
fn fit(text: &str, room: u16, shift: u16, marked: bool, glyphs: Drawable) -> String {
    // What cannot come to lie on the screen is not worth looking at: texts may be very long.
    let most = (usize::from(room) + usize::from(shift) + 1) * 4;
    let start: String = text.chars().take(most).collect();
    let shown = Shown::of(&start);
    let drawn = glyph::drawable(shown.as_str(), glyphs);
    let (mut fitting, mut used, mut skipped, mut left_out) = (String::new(), 0, 0, false);
    let mut before_last = 0;
    for grapheme in drawn.graphemes(true) {
        let width = grapheme.cell_width();
        if width == 0 {
            continue;
        }
        if skipped < shift {
            skipped = skipped.saturating_add(width);
            continue;
        }
        if used + width > room {
            left_out = true;
            break;
        }
        if used + width < room {
            before_last = fitting.len() + grapheme.len();
        }
        used += width;
        fitting.push_str(grapheme);
    }
    if marked && left_out && room > 0 {
        if used == room {
            fitting.truncate(before_last);
        }
        fitting.push('+');
    }
    fitting
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fitted(text: &str, room: u16) -> String {
        fit(text, room, 0, true, Drawable::default())
    }

    #[test]
    fn a_number_that_is_cut_says_so() {
        assert_eq!(fitted("KD73519", 7), "KD73519");
        assert_eq!(fitted("KD735190", 7), "KD7351+");
        assert_eq!(fitted("KD", 1), "+");
        assert_eq!(fitted("KD", 0), "");
    }

    #[test]
    fn wide_characters_are_never_halved() {
        assert_eq!(fitted("銃器番号", 5), "銃器+");
        assert_eq!(fitted("銃器番号", 4), "銃+");
        assert_eq!(fitted("銃器", 4), "銃器");
        assert_eq!(width("銃器"), 4);
    }

    #[test]
    fn what_moves_a_cursor_is_replaced() {
        assert_eq!(fitted("A\x1b[2J\u{202e}B", 20), "A\u{fffd}[2J\u{fffd}B");
        assert_eq!(fit("A\u{fffd}\u{b7}", 9, 0, false, Drawable { wide: true, ascii: false }), "A??");
    }

    #[test]
    fn a_text_moves_to_the_left() {
        assert_eq!(fit("abcdef", 3, 2, false, Drawable::default()), "cde");
        assert_eq!(fit("ab", 3, 9, false, Drawable::default()), "");
    }
}
