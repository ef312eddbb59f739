//! The form of a record: what was typed on the left, what it is taken for on the right, always.

mod doubt;

pub(super) use doubt::repeated;

use super::line_open::typed;
use super::pane::title;
use super::row::{Pen, Row, clipped, wrapped};
use super::scene::{Scene, say};
use crate::console::form::{Field, FieldId, Form, Taken, suggestions};
use crate::console::look::Tone;
use crate::domain::refusal::{FieldProblem, Trouble};
use crate::domain::text::Shown;
use crate::matching::{NumberKind, classify};
use crate::reference::consistency::Doubt;
use ratatui::layout::Rect;

/// Columns of the label, of what is typed, and of what it is taken for.
const LABEL: u16 = 3;
const TYPED: u16 = 15;
const TAKEN: u16 = 37;
/// Columns of what Right would put in.
const BEST: u16 = 19;

/// Draws the form; returns the cursor.
pub(super) fn draw(pen: &mut Pen, scene: &Scene, body: Rect, form: &Form) -> Option<(u16, u16)> {
    let taken_at = if body.width >= 100 { TAKEN + 20 } else { TAKEN };
    pen.draw(body.y, &head(scene, form, body.width), 0);
    let marked = form.marked(scene.state.now);
    let mark = |id| marked.iter().find(|(field, _)| *field == Some(id)).map(|(_, problem)| problem);
    let doubts = form.doubts();
    let doubt = |id| doubts.iter().find(|(field, _)| *field == id).map(|(_, doubt)| doubt);
    let unsettled = form.unsettled(scene.state.now);
    let open = |id| unsettled.iter().find(|(field, _)| *field == Some(id)).map(|(_, problem)| problem);
    let look = |id| Look { problem: mark(id), open: open(id), doubt: doubt(id) };
    let lines = form.fields.iter().map(|field| line(scene, form, field, look(field.id), taken_at));
    let mut rows: Vec<Row> = lines.collect();
    let sending = form.at.is_none();
    let send = Row::new().at(0, 1, if sending { ">" } else { " " });
    let send = if sending { send.cursor(1) } else { send };
    rows.push(send.at(LABEL, 10, say!(scene, "screen.form.send")));
    let help = about(scene, form, form.at.map(look).unwrap_or_default(), body.width);
    let room = usize::from(body.height.saturating_sub(1)).saturating_sub(help.len());
    let at = form.at.and_then(|at| form.fields.iter().position(|field| field.id == at));
    let at = at.unwrap_or(rows.len().saturating_sub(1));
    let first = (at + 2).saturating_sub(room).min(rows.len().saturating_sub(room));
    let mut cursor = None;
    for (line, row) in (1..).zip(rows.iter().skip(first).take(room)) {
        cursor = pen.draw(body.y.saturating_add(line), row, 0).or(cursor);
    }
    let help_at = body.bottom().saturating_sub(u16::try_from(help.len()).unwrap_or(0)).max(body.y + 1);
    for (line, row) in (0..).zip(&help) {
        pen.draw(help_at.saturating_add(line), row, 0);
    }
    cursor
}

/// What is entered, when it was kept, and what is still missing.
fn head(scene: &Scene, form: &Form, columns: u16) -> Row {
    let what = match form.amends {
        Some((record, _)) => say!(scene, "screen.form.amend", record = record),
        None => say!(scene, "screen.form.enter"),
    };
    // Of what nobody has touched nothing is kept.
    let kept = match form.is_untouched() {
        true => String::new(),
        false => say!(scene, "screen.form.kept", at = scene.times.clock(form.kept)),
    };
    let unsettled = form.unsettled(scene.state.now);
    let right = match unsettled.len() {
        0 => String::new(),
        1 | 2 => {
            let names: Vec<String> =
                unsettled.iter().map(|(field, problem)| name(scene, *field, problem)).collect();
            say!(scene, "screen.form.settle", fields = names.join(", "))
        }
        more => say!(scene, "screen.form.settle_many", count = more),
    };
    title(format!(">> {what}  {kept}").trim_end(), &right, columns)
}

/// What is to be looked at in a field.
#[derive(Debug, Clone, Copy, Default)]
struct Look<'a> {
    /// What kept the form from being sent.
    problem: Option<&'a FieldProblem>,
    /// What is still to be settled; the title counts these.
    open: Option<&'a FieldProblem>,
    /// What the tables doubt.
    doubt: Option<&'a Doubt>,
}

/// One field: `*` must be filled, `!` is wrong, and the title counts these; `?` deserves a look.
fn line(scene: &Scene, form: &Form, field: &Field, look: Look<'_>, taken_at: u16) -> Row {
    let problem = look.problem;
    let here = form.at == Some(field.id);
    let sign = match (problem, look.open, &field.taken) {
        (Some(_), ..) => "!",
        (None, Some(FieldProblem { trouble: Trouble::Missing, .. }), _) => "*",
        (None, Some(_), _) | (.., Taken::Wrong) => "!",
        (.., Taken::Unknown | Taken::Guess { .. } | Taken::NotSerial(_)) => "?",
        _ if look.doubt.is_some() => "?",
        _ => " ",
    };
    let mut row = Row::new().at(0, 1, if here { ">" } else { " " }).at(1, 1, sign);
    if problem.is_some() {
        row = row.tone(Tone::Alarm);
    }
    row = row.at(LABEL, TYPED - LABEL - 1, label(scene, field.id));
    row = if here {
        typed(row, TYPED, taken_at - 1, &field.text)
    } else {
        row.number(TYPED, taken_at - TYPED - 1, field.text.text())
    };
    let taken = match (problem, look.doubt) {
        (Some(problem), _) => trouble(scene, Some(field.id), &problem.trouble),
        (None, Some(doubt)) => doubt::short(scene, doubt),
        (None, None) => taken(scene, form, field),
    };
    if taken.is_empty() { row } else { row.at(taken_at, 2, "=").rest(taken_at + 2, taken) }
}

/// What the text is taken for.
fn taken(scene: &Scene, form: &Form, field: &Field) -> String {
    match &field.taken {
        Taken::Nothing if field.id == FieldId::Number && !form.left_out.is_empty() => {
            let numbers = clipped(&form.left_out.join(", "), 28);
            say!(scene, "screen.form.left_out", number = numbers)
        }
        Taken::NotSerial(is) => say!(scene, "screen.form.no_serial", is = scene.words().not_serial(*is)),
        Taken::Nothing | Taken::AsTyped => String::new(),
        Taken::Unknown => match suggestions(form, field.id, field.text.text()).first() {
            Some(best) => {
                let best = clipped(format!("{} {}", best.code, best.label).trim_end(), BEST);
                say!(scene, "screen.form.unknown_but", best = best)
            }
            None => say!(scene, "screen.form.unknown"),
        },
        Taken::Wrong => wanted(scene, Some(field.id)).unwrap_or_else(|| say!(scene, "screen.form.wrong")),
        Taken::Number { places, unread } if unread.is_empty() => {
            say!(scene, "screen.form.places", count = *places)
        }
        Taken::Number { places, unread } => {
            let list: Vec<String> = unread.iter().take(8).map(usize::to_string).collect();
            say!(scene, "screen.form.places_unread", count = *places, unread = list.join(", "))
        }
        Taken::Date(date) => {
            let key = match date.to_string().len() {
                4 => "screen.form.to_the_year",
                7 => "screen.form.to_the_month",
                _ => "screen.form.to_the_day",
            };
            scene.say(key, &[])
        }
        Taken::Mark { country, year } => {
            say!(scene, "screen.form.imported", country = Shown::of(country), year = year.to_string())
        }
        Taken::Guess { value, name } => {
            say!(scene, "screen.form.guess", value = clipped(value, 20), name = Shown::of(name))
        }
        Taken::As { value, name, of } if *of > 1 => say!(
            scene,
            "screen.form.taken_of",
            value = clipped(value, 20),
            name = Shown::of(name),
            count = *of
        ),
        Taken::As { value, name, .. } if name.is_empty() => Shown::of(value).to_string(),
        Taken::As { value, name, of: ..=1 } if name.starts_with(value.as_str()) => {
            Shown::of(name).to_string()
        }
        Taken::As { value, name, .. } => {
            say!(scene, "screen.form.taken", value = clipped(value, 20), name = Shown::of(name))
        }
    }
}

/// What the field with the cursor is taken for, with its name before it; what belongs into it
/// when nothing is typed.
pub(super) fn said(scene: &Scene, form: &Form) -> String {
    let Some(field) = form.at.and_then(|at| form.field(at)) else { return String::new() };
    match taken(scene, form, field) {
        taken if taken.is_empty() => about_plain(scene, field.id),
        taken => say!(scene, "screen.form.said", field = label(scene, field.id), taken = taken),
    }
}

/// What belongs into the field, in a line or two at the bottom; nothing while a question has the
/// keys, which has its own words.
fn about(scene: &Scene, form: &Form, look: Look<'_>, columns: u16) -> Vec<Row> {
    if scene.state.question.is_some() {
        return Vec::new();
    }
    let room = columns.saturating_sub(1).max(20);
    let lines = |said: String| wrapped(&said, room, 2).into_iter().map(|line| Row::text(0, line));
    let changed = form.amends.filter(|(id, seen)| scene.state.record.changed_since(*id, *seen).is_some());
    let mut rows = Vec::new();
    if let Some((record, _)) = changed {
        rows.extend(
            lines(say!(scene, "screen.form.changed", record = record)).map(|row| row.all(Tone::Alarm)),
        );
    }
    rows.extend(lines(about_field(scene, form, look)));
    rows
}

fn about_field(scene: &Scene, form: &Form, look: Look<'_>) -> String {
    let Some(at) = form.at else {
        return match form.unsettled(scene.state.now).first() {
            Some((field, problem)) => {
                say!(scene, "screen.form.about_unsettled", field = name(scene, *field, problem))
            }
            None if form.amends.is_some() => say!(scene, "screen.form.about_amend"),
            None => say!(scene, "screen.form.about_send"),
        };
    };
    let field = form.field(at);
    if let Some(problem) = look.problem {
        let trouble = trouble(scene, Some(at), &problem.trouble);
        // What is not known does not take the place of what is.
        if let Trouble::Unknown { .. } = problem.trouble {
            let (trouble, about) = (scene.words().trouble(&problem.trouble), about_plain(scene, at));
            let field = label(scene, at);
            return say!(scene, "screen.form.about_unknown", field = field, trouble = trouble, about = about);
        }
        return say!(scene, "problem.field", field = label(scene, at), trouble = trouble);
    }
    if let Some(doubt) = look.doubt {
        return doubt::long(scene, doubt);
    }
    match (at, field.map(|field| &field.taken)) {
        (FieldId::Number, Some(Taken::NotSerial(is))) => {
            let (number, is) = (clipped(form.text(at), 24), scene.words().not_serial(*is));
            say!(scene, "screen.form.about_no_serial", number = number, is = is)
        }
        (FieldId::Number, Some(Taken::Nothing)) if !form.left_out.is_empty() => {
            let number = form.left_out.first().map(String::as_str).unwrap_or_default();
            let is = match classify(number) {
                NumberKind::NotSerial(is) => scene.words().not_serial(is),
                NumberKind::Serial => String::new(),
            };
            say!(scene, "screen.form.about_no_serial", number = clipped(number, 24), is = is)
        }
        _ => about_plain(scene, at),
    }
}

/// What belongs into a field, whatever stands there.
fn about_plain(scene: &Scene, field: FieldId) -> String {
    scene.say(&format!("screen.form_about.{}", field.code()), &[])
}

/// What is wrong with a field: what it may hold where that is all there is to say, else the rule.
pub(super) fn trouble(scene: &Scene, field: Option<FieldId>, trouble: &Trouble) -> String {
    let wanted = || wanted(scene, field).filter(|_| matches!(trouble, Trouble::Unknown { .. }));
    wanted().unwrap_or_else(|| scene.words().trouble(trouble))
}

/// The forms that a field takes, where it has its own.
fn wanted(scene: &Scene, field: Option<FieldId>) -> Option<String> {
    match field? {
        FieldId::Date => Some(say!(scene, "screen.form.not_a_date")),
        FieldId::MadeIn => Some(say!(scene, "screen.form.not_a_country")),
        FieldId::Caveat => Some(say!(scene, "screen.form.not_a_caveat")),
        _ => None,
    }
}

/// What the form calls the field of a problem; what it does not show has its name on the wire.
pub(super) fn name(scene: &Scene, field: Option<FieldId>, problem: &FieldProblem) -> String {
    match field {
        Some(field) => label(scene, field),
        None => scene.words().field(&problem.field),
    }
}

fn label(scene: &Scene, field: FieldId) -> String {
    scene.say(&format!("form.{}", field.code()), &[])
}
