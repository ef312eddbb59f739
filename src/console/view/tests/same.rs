//! What our painter makes a terminal show is what the terminal shows that ratatui's own backend paints.

use super::desk;
use crate::console::look::{Glyphs, Look};
use crate::console::state::State;
use crate::console::state::layout::Tops;
use crate::console::terminal::painter::Painter;
use crate::console::terminal::{Along, Depth};
use crate::console::view::{Drawn, draw};
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use std::cell::RefCell;
use std::io::Write;
use std::num::NonZeroU16;
use std::ops::Range;
use std::rc::Rc;
use unicode_width::UnicodeWidthChar;

/// Bytes that a backend has written.
#[derive(Clone, Default)]
struct Bytes(Rc<RefCell<Vec<u8>>>);

impl Write for Bytes {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Two terminals, and who paints them.
pub(super) struct Pair {
    look: Look,
    painter: Painter,
    ours: vt100::Parser,
    backend: CrosstermBackend<Bytes>,
    bytes: Bytes,
    theirs: vt100::Parser,
    shown: Buffer,
    /// What was drawn last.
    drawn: Drawn,
}

impl Pair {
    pub(super) fn new(columns: u16, lines: u16, glyphs: Glyphs, depth: Depth) -> Self {
        // Colours are compared whatever the machine at hand thinks of them.
        crossterm::style::force_color_output(true);
        let cells = |count| NonZeroU16::new(count).unwrap();
        let terminal = || vt100::Parser::new(cells(lines), cells(columns), 0);
        let bytes = Bytes::default();
        Self {
            look: Look { colours: Depth::True, glyphs, ..Look::default() },
            drawn: Drawn::default(),
            painter: Painter::new(depth),
            ours: terminal(),
            backend: CrosstermBackend::new(bytes.clone()),
            bytes,
            theirs: terminal(),
            shown: Buffer::empty(Rect::new(0, 0, columns, lines)),
        }
    }

    /// Brings a state to both, compares them cell by cell, and returns how many bytes ours took.
    pub(super) fn show(&mut self, state: &State) -> usize {
        let (buffer, drawn) = self.draw(state);
        let cursor = drawn.cursor;
        let bytes = self.paint(&buffer, cursor);
        assert_eq!(self.painter.paint(&buffer, cursor, Along::default()), b"", "nothing has changed");
        self.backend.draw(self.shown.diff(&buffer).into_iter()).unwrap();
        match cursor {
            Some((x, y)) => {
                self.backend.show_cursor().unwrap();
                self.backend.set_cursor_position(Position { x, y }).unwrap();
            }
            None => self.backend.hide_cursor().unwrap(),
        }
        self.theirs.process(&self.bytes.0.take());
        (self.shown, self.drawn) = (buffer, drawn);
        self.compare();
        if cursor.is_some() {
            let at = |terminal: &vt100::Parser| terminal.screen().cursor_position();
            assert_eq!(at(&self.ours), at(&self.theirs));
        }
        assert_eq!(self.ours.screen().hide_cursor(), self.theirs.screen().hide_cursor());
        bytes
    }

    /// Brings a state to ours alone, without what may wait while keys are pressed.
    pub(super) fn show_at_once(&mut self, state: &State) -> usize {
        let (buffer, mut drawn) = self.draw(state);
        self.painter.hold(drawn.wait(&self.drawn));
        let bytes = self.paint(&buffer, drawn.cursor);
        self.drawn = drawn;
        bytes
    }

    /// Brings these lines of a state to ours alone.
    pub(super) fn show_lines(&mut self, state: &State, lines: Range<u16>) -> usize {
        let (buffer, drawn) = self.draw(state);
        self.painter.hold(vec![0..lines.start, lines.end..buffer.area.height]);
        self.paint(&buffer, drawn.cursor)
    }

    /// Whether every terminal takes each character of the screen for as wide as the others do. Where
    /// that is not so our painter replaces it, and ratatui's pushes what follows aside.
    fn is_tame(&self, state: &State) -> bool {
        let (buffer, _) = self.draw(state);
        // The emulator passes over the sign for what cannot be read; terminals draw it.
        let narrow = |character: char| character.width() == Some(1) && character != '\u{fffd}';
        let tame = |cell: &Cell| cell.symbol().chars().count() == 1 && cell.symbol().chars().all(narrow);
        buffer.content.iter().all(tame)
    }

    /// Where the lists begin on the screen.
    pub(super) fn tops(&self) -> Tops {
        self.drawn.tops
    }

    fn draw(&self, state: &State) -> (Buffer, Drawn) {
        let mut buffer = Buffer::empty(self.shown.area);
        let drawn = draw(state, &self.look, self.shown.area, &mut buffer);
        (buffer, drawn)
    }

    fn paint(&mut self, buffer: &Buffer, cursor: Option<(u16, u16)>) -> usize {
        let bytes = self.painter.paint(buffer, cursor, Along::default());
        self.ours.process(&bytes);
        bytes.len()
    }

    fn compare(&self) {
        let Rect { width, height, .. } = self.shown.area;
        for (line, column) in (0..height).flat_map(|line| (0..width).map(move |column| (line, column))) {
            // The last cell of all is left alone: writing it makes some terminals scroll.
            if (line, column) == (height - 1, width - 1) {
                continue;
            }
            let cell = |terminal: &vt100::Parser| terminal.screen().cell(line, column).unwrap().clone();
            let (ours, theirs) = (cell(&self.ours), cell(&self.theirs));
            let text = |cell: &vt100::Cell| {
                if cell.has_contents() { cell.contents().to_owned() } else { " ".to_owned() }
            };
            // Told only where they differ: there are thousands of cells.
            let place = || format!("{:?} line {line} column {column}: {ours:?} {theirs:?}", self.look.glyphs);
            assert_eq!(text(&ours), text(&theirs), "{}", place());
            let blank = |cell: &vt100::Cell| (cell.bgcolor(), cell.underline(), cell.inverse());
            assert_eq!(blank(&ours), blank(&theirs), "{}", place());
            // Bold and colour of what is not there cannot be seen.
            let inked = |cell: &vt100::Cell| (in_256(cell.fgcolor()), cell.bold(), cell.dim(), cell.italic());
            if text(&ours) != " " {
                assert_eq!(inked(&ours), inked(&theirs), "{}", place());
            }
        }
    }
}

/// The two colours of the console, as they come out of 256.
fn in_256(colour: vt100::Color) -> vt100::Color {
    match colour {
        vt100::Color::Rgb(215, 0, 0) => vt100::Color::Idx(160),
        vt100::Color::Rgb(175, 95, 0) => vt100::Color::Idx(130),
        other => other,
    }
}

/// Takes both terminals from the desk to a state and back.
pub(super) fn assert_same(state: &State, columns: u16, lines: u16) {
    for glyphs in [Glyphs::Unicode, Glyphs::Ascii] {
        let mut pair = Pair::new(columns, lines, glyphs, Depth::True);
        let desk = desk::desk();
        if glyphs == Glyphs::Unicode && !pair.is_tame(state) {
            continue;
        }
        for state in [&desk, state, &desk] {
            pair.show(state);
        }
    }
}
