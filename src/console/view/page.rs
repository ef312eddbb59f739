//! Pages that take the screen below the top line: help, menu, voice, phone, line and outbox.

mod help;
mod line;
mod menu;
pub(super) mod outbox;
mod phone;
mod voice;

use super::pane::title;
use super::row::{Pen, Row, wrapped};
use super::scene::{Scene, say};
use crate::console::state::layout::Page;
use ratatui::layout::Rect;

/// Columns of the labels, and of what stands behind them.
const LABEL: u16 = 3;
const TEXT: u16 = 14;
/// Lines that one text of a page may take.
const MOST_LINES: usize = 4;

/// A page, ready to be drawn.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub(super) title: String,
    pub(super) right: String,
    pub(super) rows: Vec<Row>,
    /// The line with the mark, which is always on the screen.
    pub(super) mark: Option<usize>,
}

/// Draws a page; returns the cursor.
pub(super) fn draw(pen: &mut Pen, scene: &Scene, body: Rect, page: &Page) -> Option<(u16, u16)> {
    let mut drawn = match page {
        Page::Help(list) => help::page(scene, list, body.width),
        Page::Menu(list) => menu::page(scene, list, body.width),
        Page::Voice(read) => voice::page(scene, read),
        Page::Phone(hit) => phone::page(scene, *hit, body.width),
        Page::Line => line::page(scene, body.width),
        Page::Outbox(marked) => outbox::page(scene, *marked, body),
    };
    let mut head = title(&format!(">> {}", drawn.title), &drawn.right, body.width);
    if let Page::Help(list) = page {
        let at = super::row::width(&drawn.title) + 5;
        head = super::line_open::typed(head, at, (at + 24).min(body.width), &list.find);
    }
    let mut cursor = pen.draw(body.y, &head, 0);
    let room = usize::from(body.height.saturating_sub(1)).max(1);
    // Lists turn over by the page, so that moving the mark moves nothing else.
    let first = drawn.mark.map_or(0, |mark| mark / room * room);
    let rows: Vec<Row> = drawn.rows.drain(..).skip(first).take(room).collect();
    for (at, row) in (1..).zip(&rows) {
        cursor = pen.draw(body.y.saturating_add(at), row, 0).or(cursor);
    }
    cursor
}

/// A label, and behind it a text in as many lines as it needs.
fn labelled(label: String, text: &str, columns: u16) -> Vec<Row> {
    let mut rows = set_in(TEXT, text, columns);
    if let Some(first) = rows.first_mut() {
        *first = Row::new().at(LABEL, TEXT - LABEL - 1, label).and(std::mem::take(first));
    }
    rows
}

/// A text from a column on, in as many lines as it needs.
fn set_in(column: u16, text: &str, columns: u16) -> Vec<Row> {
    let lines = wrapped(text, columns.saturating_sub(column).max(20), MOST_LINES);
    let lines = if lines.is_empty() { vec![String::new()] } else { lines };
    lines.into_iter().map(|line| Row::text(column, line)).collect()
}

/// The keys of the page that is open.
pub(super) fn keys(scene: &Scene) -> String {
    let key = match &scene.state.page {
        Some(Page::Help(_)) => "screen.page_keys.help",
        Some(Page::Menu(_)) => "screen.page_keys.menu",
        Some(Page::Voice(_)) => "screen.page_keys.voice",
        Some(Page::Phone(_)) => "screen.page_keys.phone",
        Some(Page::Line) => "screen.page_keys.line",
        Some(Page::Outbox(_)) => "screen.page_keys.outbox",
        None => return String::new(),
    };
    say!(scene, key)
}
