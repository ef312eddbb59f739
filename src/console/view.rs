//! What the screen shows of a state: pure, and total for every state and every size.
//!
//! Verb first, then the gun; every list with the same columns; words and signs before
//! colours; ASCII alone. Every text from outside passes the one pen of `row`, which makes it
//! harmless and cuts it by the columns that a terminal gives it.

mod drawn;
mod foot;
mod form;
mod glyph;
mod hits;
mod line_open;
mod notices;
mod page;
mod pane;
mod question;
mod record;
mod row;
mod scene;
mod search;
mod sent;
mod spoken;
mod times;
mod top;
mod trace;
mod why;
mod words;

use super::look::Look;
use super::state::layout::{Pane as Name, SMALLEST};
use super::state::question::Ask;
use super::state::{Holder, State};
pub use drawn::{Drawn, Part, What};
use pane::Late;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Clear, Widget};
use row::{Pen, Row};
use scene::Scene;

/// Most columns and lines that are drawn on; what says it has more is no window.
const LARGEST: u16 = 4_096;

/// Draws a state into `area`, whatever was there before, and says where the cursor stands.
pub fn view(state: &State, look: &Look, area: Rect, buffer: &mut Buffer) -> Option<(u16, u16)> {
    draw(state, look, area, buffer).cursor
}

/// Draws a state into `area`, whatever was there before, and tells what it has drawn.
pub fn draw(state: &State, look: &Look, area: Rect, buffer: &mut Buffer) -> Drawn {
    let area = area.intersection(buffer.area);
    Clear.render(area, buffer);
    let area = Rect { width: area.width.min(LARGEST), height: area.height.min(LARGEST), ..area };
    let scene = Scene::new(state, *look);
    let mut pen = Pen::new(buffer, *look, area);
    let mut drawn = Drawn { tops: state.tops, ..Drawn::default() };
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        for (line, row) in (0..).zip(foot::too_small(&scene, SMALLEST, area.width)) {
            pen.draw(line, &row, 0);
        }
        return drawn;
    }
    pen.draw(0, &top::row(&scene, area.width), 0);
    let foot = foot::rows(&scene, area.width);
    let foot_lines = u16::try_from(foot.len()).unwrap_or(u16::MAX).min(area.height - 1);
    let cursor = body(&mut pen, &scene, foot_lines, &mut drawn);
    drawn.cursor = draw_foot(&mut pen, &foot, foot_lines).or(cursor.filter(|_| !is_covered(state)));
    if state.holder() == Holder::Panes {
        let lines = area.bottom() - 1..area.bottom();
        drawn.parts.push(Part { what: What::Keys, about: String::new(), lines, late: true });
    }
    drawn
}

/// Whether a question or a line lies over what has a cursor below it.
fn is_covered(state: &State) -> bool {
    state.question.is_some() || state.open_line.is_some()
}

/// Page, form or panes, between the top line and the foot.
fn body(pen: &mut Pen, scene: &Scene, foot: u16, drawn: &mut Drawn) -> Option<(u16, u16)> {
    let area = pen.area();
    // Lines are counted from the top of the screen here; the pen adds where that is.
    let body = Rect { x: 0, y: 1, width: area.width, height: area.height.saturating_sub(3) };
    let covered = Rect { height: area.height.saturating_sub(1 + foot.max(2)), ..body };
    // A question and a line are asked over the panes: what they rest on is there.
    let about_it = scene.state.question.as_ref().is_some_and(|open| matches!(open.ask, Ask::Drop { .. }));
    if let Some(open) = scene.state.page.as_ref().filter(|_| about_it || !is_covered(scene.state)) {
        return page::draw(pen, scene, covered, open);
    }
    let about_a_hit = scene.state.question.as_ref().is_some_and(|question| question.ask.hit().is_some());
    // A draft is on the screen while it is asked whether it may go.
    let asked_about = scene.state.question.as_ref().and_then(|question| match &question.ask {
        Ask::Discard { draft } => Some(&**draft),
        _ => None,
    });
    if let Some(open) = asked_about.or(scene.state.form.as_ref()).filter(|_| !about_a_hit) {
        return form::draw(pen, scene, covered, open);
    }
    let mut cursor = None;
    for slot in pane::slots(scene, body, foot) {
        let pane = match slot.name {
            Name::Hits => hits::pane(scene, slot),
            Name::Search => search::pane(scene, slot),
            Name::Record => record::pane(scene, slot),
            Name::Trace => trace::pane(scene, slot),
        };
        cursor = pane::draw(pen, scene, slot, &pane, drawn).or(cursor);
        // Only what no foot lies over can stay as it is.
        let uncovered = area.height.saturating_sub(foot);
        let lines = area.y + slot.area.y..area.y + slot.area.bottom().min(uncovered);
        let title = lines.start..lines.end.min(lines.start + 1);
        let what = What::Title(slot.name);
        drawn.parts.push(Part { what, about: pane.about, lines: title, late: pane.late == Late::Title });
        let (what, late) = (What::Pane(slot.name), pane.late == Late::All);
        drawn.parts.push(Part { what, about: String::new(), lines, late });
    }
    cursor
}

/// Draws the foot over the last lines, which it clears first.
fn draw_foot(pen: &mut Pen, rows: &[Row], lines: u16) -> Option<(u16, u16)> {
    let top = pen.area().height.saturating_sub(lines);
    pen.clear(top, lines);
    let mut cursor = None;
    // The keys stand in the last line: what does not fit is left out before them.
    let skipped = rows.len().saturating_sub(usize::from(lines));
    for (line, row) in (top..).zip(rows.iter().skip(skipped)) {
        cursor = pen.draw(line, row, 0).or(cursor);
    }
    cursor
}

#[cfg(test)]
mod tests;
