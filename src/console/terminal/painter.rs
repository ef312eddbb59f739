//! Turns a drawn buffer into the bytes that make the terminal show it.
//!
//! The painter remembers what the terminal shows, where its cursor stands and which attributes are
//! set, from one frame to the next, and writes only what differs. On a line of 9.6 kbit/s a byte
//! costs a millisecond, so the second paint of the same buffer is no bytes at all.

mod depth;
mod grid;
mod pen;
mod scroll;
#[cfg(test)]
mod tests;
mod travel;

use std::ops::Range;

use ratatui::buffer::Buffer;

pub use depth::Depth;
use grid::{Content, Grid, Spot};
use pen::Pen;
use scroll::Scroll;

/// What goes out with a frame besides its cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Along {
    /// Ring the terminal's bell.
    pub bell: bool,
    /// Ask for the terminal's status (`CSI 5 n`) after the last cell: the answer means that the frame
    /// has arrived there. Nothing ever waits for it.
    pub ask: bool,
}

/// Columns of unchanged text that may be written again where that is no longer than a cursor move.
const REWRITTEN_AT_MOST: u16 = 8;
/// Bytes of a row up to which it is not worth asking whether erasing it first is shorter.
const SHORT_ROW: usize = 24;
/// Regions that may scroll in one frame: as many as there are panes.
const REGIONS: usize = 4;

/// Knows what the terminal shows and how to change it.
#[derive(Debug)]
pub struct Painter {
    depth: Depth,
    shown: Grid,
    /// Whether `shown` may be believed; if not, the next frame begins with a cleared screen.
    known: bool,
    pen: Pen,
    /// Column and row of the terminal's cursor, where it is certain.
    at: Option<(u16, u16)>,
    /// Whether the terminal shows its cursor, where that is certain.
    cursor_visible: Option<bool>,
    /// Lines that the next frame leaves as they are.
    held: Vec<Range<u16>>,
}

impl Painter {
    /// Makes a painter that knows nothing of the screen yet: its first frame is a whole one.
    #[must_use]
    pub fn new(depth: Depth) -> Self {
        Self {
            depth,
            shown: Grid::blank(0, 0),
            known: false,
            pen: Pen::PLAIN,
            at: None,
            cursor_visible: None,
            held: Vec::new(),
        }
    }

    /// Makes the next frame leave these lines as they are; a frame that is a whole one paints them.
    pub fn hold(&mut self, lines: Vec<Range<u16>>) {
        self.held = lines;
    }

    /// Forgets what the terminal shows, so that the next frame paints everything.
    pub fn forget(&mut self) {
        self.known = false;
        self.at = None;
        self.cursor_visible = None;
    }

    /// Returns the bytes that turn what the terminal shows into `buffer`, none where nothing changed.
    ///
    /// `cursor` is the column and row where the cursor is to be seen, or nothing to hide it. The
    /// last cell of the last line is never written: some terminals scroll when it is.
    #[must_use]
    pub fn paint(&mut self, buffer: &Buffer, cursor: Option<(u16, u16)>, along: Along) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut wanted = Grid::of(buffer, self.depth);
        let held = std::mem::take(&mut self.held);
        if !self.known || !wanted.same_size(&self.shown) {
            self.start_over(&wanted, &mut bytes);
        } else {
            for lines in held {
                wanted.keep(lines, &self.shown);
            }
            for _ in 0..REGIONS {
                let Some(scroll) = scroll::find(&self.shown, &wanted) else { break };
                self.scroll(scroll, &mut bytes);
            }
        }
        for row in 0..wanted.height() {
            self.paint_row(&wanted, row, &mut bytes);
        }
        self.shown = wanted;
        self.place_cursor(cursor, &mut bytes);
        if along.bell {
            bytes.push(0x07);
        }
        if along.ask {
            bytes.extend_from_slice(b"\x1b[5n");
        }
        bytes
    }

    fn start_over(&mut self, wanted: &Grid, bytes: &mut Vec<u8>) {
        self.shown = Grid::blank(wanted.width(), wanted.height());
        self.known = true;
        self.pen = Pen::PLAIN;
        self.cursor_visible = None;
        bytes.extend_from_slice(b"\x1b[m\x1b[2J\x1b[H");
        self.at = Some((0, 0));
    }

    /// Moves lines within a region, and gives the whole screen back to what is written later.
    ///
    /// Line feed on the region's last line and reverse index on its first are what every terminal
    /// since the VT100 has; the newer sequences for it are not understood by all.
    fn scroll(&mut self, scroll: Scroll, bytes: &mut Vec<u8>) {
        if !self.pen.erases_plainly() {
            self.pen.change(Pen::PLAIN, bytes);
            self.pen = Pen::PLAIN;
        }
        bytes.extend_from_slice(format!("\x1b[{};{}r", scroll.top + 1, scroll.bottom + 1).as_bytes());
        // Setting a region moves the cursor, and not every terminal takes it to the same cell.
        let (line, step): (u16, &[u8]) =
            if scroll.by > 0 { (scroll.bottom, b"\n") } else { (scroll.top, b"\x1bM") };
        bytes.extend_from_slice(&travel::shortest(None, (0, line)));
        for _ in 0..scroll.by.unsigned_abs() {
            bytes.extend_from_slice(step);
        }
        bytes.extend_from_slice(b"\x1b[r");
        self.at = None;
        self.shown.scroll(scroll);
    }

    /// Writes what differs in a row: over what stands there, or where that is shorter after erasing
    /// what stands there, so that the gaps between the new pieces need not be blanked.
    fn paint_row(&mut self, wanted: &Grid, row: u16, bytes: &mut Vec<u8>) {
        let (pen, at) = (self.pen, self.at);
        let mut over = Vec::new();
        self.write_row(wanted, row, &mut over);
        if over.len() > SHORT_ROW {
            let (pen_over, at_over) = (self.pen, self.at);
            (self.pen, self.at) = (pen, at);
            let stands = self.shown.line(usize::from(row)).to_vec();
            let mut anew = Vec::new();
            self.erase_row(wanted, row, &mut anew);
            self.write_row(wanted, row, &mut anew);
            if anew.len() < over.len() {
                over = anew;
            } else {
                (self.pen, self.at) = (pen_over, at_over);
                self.shown.put_line(row, stands);
            }
        }
        bytes.append(&mut over);
    }

    /// Erases a row from the first cell on that differs.
    fn erase_row(&mut self, wanted: &Grid, row: u16, bytes: &mut Vec<u8>) {
        let differs = |column: &u16| wanted.spot(*column, row) != self.shown.spot(*column, row);
        let Some(column) = (0..wanted.writable_width(row)).find(differs) else { return };
        self.go_to(wanted, column, row, bytes);
        if !self.pen.erases_plainly() {
            self.pen.change(Pen::PLAIN, bytes);
            self.pen = Pen::PLAIN;
        }
        bytes.extend_from_slice(b"\x1b[K");
        self.shown.erase(column, row);
    }

    fn write_row(&mut self, wanted: &Grid, row: u16, bytes: &mut Vec<u8>) {
        let width = wanted.writable_width(row);
        let tail = wanted.tail_start(row);
        let mut column = 0;
        while column < width {
            if wanted.spot(column, row) == self.shown.spot(column, row) {
                column += 1;
                continue;
            }
            if column >= tail {
                self.blank_tail(wanted, column, row, bytes);
                return;
            }
            let spot = wanted.spot(column, row);
            self.go_to(wanted, column, row, bytes);
            self.take_pen_for(spot, bytes);
            spot.write(bytes);
            let past = column + spot.columns();
            // After a wide or composed character terminals disagree where they are, and after the
            // last column whether the cursor has wrapped.
            let certain = matches!(spot.content, Content::Char(_)) && !spot.wide && past < wanted.width();
            self.at = certain.then_some((past, row));
            column = past;
        }
    }

    /// Blanks the rest of a row from `column` on, whichever way is shorter.
    fn blank_tail(&mut self, wanted: &Grid, column: u16, row: u16, bytes: &mut Vec<u8>) {
        let differs = |at: &u16| wanted.spot(*at, row) != self.shown.spot(*at, row);
        let last = (column..wanted.writable_width(row)).rev().find(differs).unwrap_or(column);
        self.go_to(wanted, column, row, bytes);
        let spaces = last - column + 1;
        let erase = 3 + if self.pen.erases_plainly() { 0 } else { 3 };
        if spaces > erase {
            if !self.pen.erases_plainly() {
                self.pen.change(Pen::PLAIN, bytes);
                self.pen = Pen::PLAIN;
            }
            bytes.extend_from_slice(b"\x1b[K");
            return;
        }
        self.take_pen_for(&Spot::BLANK, bytes);
        bytes.resize(bytes.len() + usize::from(spaces), b' ');
        let past = last + 1;
        self.at = (past < wanted.width()).then_some((past, row));
    }

    fn take_pen_for(&mut self, spot: &Spot, bytes: &mut Vec<u8>) {
        if !spot.looks_right_in(self.pen) {
            self.pen.change(spot.pen, bytes);
            self.pen = spot.pen;
        }
    }

    fn go_to(&mut self, wanted: &Grid, column: u16, row: u16, bytes: &mut Vec<u8>) {
        if self.at == Some((column, row)) {
            return;
        }
        let mut way = travel::shortest(self.at, (column, row));
        if let Some(over) = self.rewritten(wanted, column, row)
            && over.len() <= way.len()
        {
            way = over;
        }
        bytes.extend_from_slice(&way);
        self.at = Some((column, row));
    }

    /// The unchanged text between the cursor and `column`, where writing it again moves the cursor
    /// without changing what is seen.
    fn rewritten(&self, wanted: &Grid, column: u16, row: u16) -> Option<Vec<u8>> {
        let (from, _) = self
            .at
            .filter(|&(from, at_row)| at_row == row && from < column && column - from <= REWRITTEN_AT_MOST)?;
        let mut text = Vec::new();
        for between in from..column {
            let spot = wanted.spot(between, row);
            match spot.content {
                Content::Char(character) if character.is_ascii() && spot.looks_right_in(self.pen) => {
                    spot.write(&mut text);
                }
                _ => return None,
            }
        }
        Some(text)
    }

    fn place_cursor(&mut self, cursor: Option<(u16, u16)>, bytes: &mut Vec<u8>) {
        let (width, height) = (self.shown.width(), self.shown.height());
        let wanted = cursor
            .filter(|_| width > 0 && height > 0)
            .map(|(column, row)| (column.min(width - 1), row.min(height - 1)));
        if let Some(place) = wanted
            && self.at != Some(place)
        {
            bytes.extend_from_slice(&travel::shortest(self.at, place));
            self.at = Some(place);
        }
        if self.cursor_visible != Some(wanted.is_some()) {
            bytes.extend_from_slice(if wanted.is_some() { b"\x1b[?25h" } else { b"\x1b[?25l" });
            self.cursor_visible = Some(wanted.is_some());
        }
    }
}
