//! What our painter makes a terminal show is what the terminal shows that ratatui's own backend paints.

use super::desk;
use crate::console::look::{Glyphs, Look};
use crate::console::state::State;
use crate::console::terminal::painter::Painter;
use crate::console::terminal::{Along, Depth};
use crate::console::view::view;
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::cell::RefCell;
use std::io::Write;
use std::num::NonZeroU16;
use std::rc::Rc;

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
struct Pair {
    painter: Painter,
    ours: vt100::Parser,
    backend: CrosstermBackend<Bytes>,
    bytes: Bytes,
    theirs: vt100::Parser,
    shown: Buffer,
}

impl Pair {
    fn new(columns: u16, lines: u16) -> Self {
        // Colours are compared whatever the machine at hand thinks of them.
        crossterm::style::force_color_output(true);
        let cells = |count| NonZeroU16::new(count).unwrap();
        let terminal = || vt100::Parser::new(cells(lines), cells(columns), 0);
        let bytes = Bytes::default();
        Self {
            painter: Painter::new(Depth::True),
            ours: terminal(),
            backend: CrosstermBackend::new(bytes.clone()),
            bytes,
            theirs: terminal(),
            shown: Buffer::empty(Rect::new(0, 0, columns, lines)),
        }
    }

    /// Brings a state to both and compares them cell by cell.
    fn show(&mut self, state: &State) {
        let look = Look { colours: Depth::True, glyphs: Glyphs::Ascii, ..Look::default() };
        let area = self.shown.area;
        let mut buffer = Buffer::empty(area);
        let cursor = view(state, &look, area, &mut buffer);
        self.ours.process(&self.painter.paint(&buffer, cursor, Along::default()));
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
        self.shown = buffer;
        self.compare();
        if cursor.is_some() {
            let at = |terminal: &vt100::Parser| terminal.screen().cursor_position();
            assert_eq!(at(&self.ours), at(&self.theirs));
        }
        assert_eq!(self.ours.screen().hide_cursor(), self.theirs.screen().hide_cursor());
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
            let place = format!("line {line} column {column}: {ours:?} {theirs:?}");
            assert_eq!(text(&ours), text(&theirs), "{place}");
            let blank = |cell: &vt100::Cell| (cell.bgcolor(), cell.underline(), cell.inverse());
            assert_eq!(blank(&ours), blank(&theirs), "{place}");
            // Bold and colour of what is not there cannot be seen.
            let inked = |cell: &vt100::Cell| (cell.fgcolor(), cell.bold(), cell.dim(), cell.italic());
            if text(&ours) != " " {
                assert_eq!(inked(&ours), inked(&theirs), "{place}");
            }
        }
    }
}

/// Takes both terminals from the desk to a state and back.
pub(super) fn assert_same(state: &State, columns: u16, lines: u16) {
    let mut pair = Pair::new(columns, lines);
    let desk = desk::desk();
    for state in [&desk, state, &desk] {
        pair.show(state);
    }
}
