//! Tests of the view: every screen as a text file, and properties over any state and size.

mod any;
mod bytes;
mod depths;
mod desk;
mod forms;
mod places;
mod room;
mod same;
mod screens;
mod standing;
mod whole;

use super::view;
use crate::console::look::Look;
use crate::console::state::State;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The screen of a state as plain text, with the place of its cursor.
fn screen(state: &State, columns: u16, lines: u16) -> String {
    let area = Rect::new(0, 0, columns, lines);
    let mut buffer = Buffer::empty(area);
    let cursor = view(state, &Look::default(), area, &mut buffer);
    let mut text = rows(&buffer).join("\n");
    text.push('\n');
    if let Some((x, y)) = cursor {
        text.push_str(&format!("cursor {x},{y}\n"));
    }
    text
}

/// The lines of a buffer without the blanks at their ends.
fn rows(buffer: &Buffer) -> Vec<String> {
    let width = usize::from(buffer.area.width).max(1);
    let line = |cells: &[ratatui::buffer::Cell]| {
        let text: String = cells.iter().map(ratatui::buffer::Cell::symbol).collect();
        text.trim_end().to_owned()
    };
    buffer.content.chunks(width).map(line).collect()
}
