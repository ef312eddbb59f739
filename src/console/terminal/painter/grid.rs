//! The screen as every terminal measures it: one character, or half of a wide one, to a cell.

use std::ops::Range;

use ratatui::buffer::{Buffer, Cell};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::depth::Depth;
use super::pen::Pen;
use super::scroll::Scroll;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    /// One character.
    Char(char),
    /// A character with the marks that combine with it.
    Composed(String),
    /// The right half of the wide character before it.
    Covered,
}

/// A cell and how it looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) content: Content,
    pub(super) pen: Pen,
    pub(super) wide: bool,
}

impl Spot {
    pub(super) const BLANK: Self = Self { content: Content::Char(' '), pen: Pen::PLAIN, wide: false };

    /// Whether nothing is to be seen in it.
    pub(super) fn is_blank(&self) -> bool {
        *self == Self::BLANK
    }

    /// Columns that it takes.
    pub(super) fn columns(&self) -> u16 {
        if self.wide { 2 } else { 1 }
    }

    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        match &self.content {
            Content::Char(character) => {
                bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
            Content::Composed(text) => bytes.extend_from_slice(text.as_bytes()),
            Content::Covered => {}
        }
    }

    /// Whether writing it with `pen` shows what is wanted: on a blank only the background is seen.
    pub(super) fn looks_right_in(&self, pen: Pen) -> bool {
        pen == self.pen
            || (self.content == Content::Char(' ')
                && !pen.marks_blanks()
                && !self.pen.marks_blanks()
                && pen.background == self.pen.background)
    }
}

/// All cells of a screen, row by row.
#[derive(Debug)]
pub(super) struct Grid {
    width: u16,
    height: u16,
    spots: Vec<Spot>,
}

impl Grid {
    pub(super) fn blank(width: u16, height: u16) -> Self {
        let spots = vec![Spot::BLANK; usize::from(width) * usize::from(height)];
        Self { width, height, spots }
    }

    /// Reads a drawn buffer; what no terminal could show in its cell is replaced here.
    pub(super) fn of(buffer: &Buffer, depth: Depth) -> Self {
        let (width, height) = (buffer.area.width, buffer.area.height);
        let mut spots = Vec::with_capacity(buffer.content.len());
        for row in buffer.content.chunks(usize::from(width.max(1))) {
            push_row(row, depth, &mut spots);
        }
        spots.resize(usize::from(width) * usize::from(height), Spot::BLANK);
        Self { width, height, spots }
    }

    pub(super) fn width(&self) -> u16 {
        self.width
    }

    pub(super) fn height(&self) -> u16 {
        self.height
    }

    pub(super) fn same_size(&self, other: &Self) -> bool {
        self.width == other.width && self.height == other.height
    }

    pub(super) fn spot(&self, column: u16, row: u16) -> &Spot {
        let index = usize::from(row) * usize::from(self.width) + usize::from(column);
        self.spots.get(index).unwrap_or(&Spot::BLANK)
    }

    /// The cells of a line; none beyond the last.
    pub(super) fn line(&self, line: usize) -> &[Spot] {
        let width = usize::from(self.width);
        self.spots.get(line * width..(line + 1) * width).unwrap_or_default()
    }

    /// Puts the cells of a line where they stood.
    pub(super) fn put_line(&mut self, row: u16, cells: Vec<Spot>) {
        let first = usize::from(row) * usize::from(self.width);
        for (spot, cell) in self.spots.iter_mut().skip(first).zip(cells) {
            *spot = cell;
        }
    }

    /// Blanks a row from a column on, as a terminal does that erases it.
    pub(super) fn erase(&mut self, column: u16, row: u16) {
        let first = usize::from(row) * usize::from(self.width);
        if let Some(line) = self.spots.get_mut(first..first + usize::from(self.width)) {
            line.iter_mut().skip(usize::from(column)).for_each(|spot| *spot = Spot::BLANK);
        }
    }

    /// Takes lines over from another grid of the same size.
    pub(super) fn keep(&mut self, lines: Range<u16>, from: &Self) {
        let width = usize::from(self.width);
        let lines = lines.start.min(self.height)..lines.end.min(self.height);
        let cells = usize::from(lines.start) * width..usize::from(lines.end) * width;
        if let (Some(to), Some(kept)) = (self.spots.get_mut(cells.clone()), from.spots.get(cells)) {
            to.clone_from_slice(kept);
        }
    }

    /// Moves lines as a terminal does that scrolls a region: what moves in is blank.
    pub(super) fn scroll(&mut self, scroll: Scroll) {
        let width = usize::from(self.width);
        let lines = usize::from(scroll.top) * width..(usize::from(scroll.bottom) + 1) * width;
        let Some(region) = self.spots.get_mut(lines) else { return };
        let by = usize::try_from(scroll.by.unsigned_abs()).unwrap_or(usize::MAX);
        let cells = by.saturating_mul(width).min(region.len());
        if scroll.by > 0 {
            region.rotate_left(cells);
            let kept = region.len() - cells;
            region[kept..].fill(Spot::BLANK);
        } else {
            region.rotate_right(cells);
            region[..cells].fill(Spot::BLANK);
        }
    }

    /// Columns of a row that may be written: all, but for the last cell of the last row.
    pub(super) fn writable_width(&self, row: u16) -> u16 {
        if row + 1 == self.height { self.width.saturating_sub(1) } else { self.width }
    }

    /// First column from which the row is nothing but plain blanks.
    pub(super) fn tail_start(&self, row: u16) -> u16 {
        let inked = |column: &u16| !self.spot(*column, row).is_blank();
        (0..self.writable_width(row)).rev().find(inked).map_or(0, |column| column + 1)
    }
}

fn push_row(row: &[Cell], depth: Depth, spots: &mut Vec<Spot>) {
    let mut column = 0;
    while let Some(cell) = row.get(column) {
        let (mut content, mut wide) = content_of(cell.symbol());
        if wide && column + 1 == row.len() {
            // Half a character cannot be shown, and the whole one would wrap.
            (content, wide) = (Content::Char(' '), false);
        }
        let mut pen = Pen::of(cell, depth);
        if content == Content::Char(' ') {
            pen = pen.for_blank();
        }
        spots.push(Spot { content, pen, wide });
        if wide {
            spots.push(Spot { content: Content::Covered, pen, wide: false });
        }
        column += if wide { 2 } else { 1 };
    }
}

/// Marks that one character may carry; more are a prank, and bytes.
const MARKS_AT_MOST: usize = 4;

/// What a terminal shows for a symbol, and whether that is two columns wide.
///
/// Terminals add up the widths of single characters; where that differs from the width of the whole
/// (flags, families, picture selectors), only the first character is kept, so that nothing to its
/// right can be pushed aside. Control characters never pass.
fn content_of(symbol: &str) -> (Content, bool) {
    if symbol.contains(char::is_control) {
        return (Content::Char('?'), false);
    }
    let mut characters = symbol.chars();
    let Some(first) = characters.next() else {
        return (Content::Char(' '), false);
    };
    let width = first.width().unwrap_or(0);
    if width == 0 {
        return (Content::Char(' '), false);
    }
    let rest = characters.as_str();
    // The half-width voicing marks are measured as nothing and drawn in a cell of their own.
    let is_mark = |mark: char| mark.width() == Some(0) && !matches!(mark, '\u{ff9e}' | '\u{ff9f}');
    let marks = rest.chars().count();
    let composed = (1..=MARKS_AT_MOST).contains(&marks) && rest.chars().all(is_mark);
    let content = if composed && symbol.width() == width {
        Content::Composed(symbol.to_owned())
    } else {
        Content::Char(first)
    };
    (content, width == 2)
}
