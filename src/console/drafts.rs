//! What is half typed, as it is kept on the disk: text, field and cursor, and nothing that can be
//! worked out anew.

use crate::console::form::{FieldId, Form};
use crate::console::state::State;
use crate::console::state::editor::Editor;
use crate::console::state::open_line::{LineKind, OpenLine};
use crate::domain::check::Question;
use crate::domain::ids::{CommandId, RecordId};
use crate::domain::record::Report;
use crate::domain::time::Moment;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Forms and lines of each kind that are kept on the disk.
const MOST: usize = 32;

/// All that is half typed at a desk.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Drafts {
    /// Records, in the order in which they were left; the one that was open is the last.
    pub forms: Vec<FormDraft>,
    /// Messages, notes and reasons.
    pub lines: Vec<LineDraft>,
    /// The search line.
    pub search: Typed,
    /// Why searches are made, and for which case.
    pub ground: (String, String),
    /// Numbers that were pasted and not checked.
    pub pasted: Vec<String>,
    /// What had the keys.
    pub open: Option<Open>,
    /// When a key last changed any of it.
    pub kept: Moment,
}

/// What of the half-typed had the keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Open {
    /// The last of the forms.
    Form,
    /// The search line.
    Search,
    /// A line.
    Line(LineKind),
}

/// A text with its cursor.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// The text.
    pub text: String,
    /// Characters before the cursor.
    pub cursor: usize,
}

/// A line that is half typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineDraft {
    /// What it is for.
    pub kind: LineKind,
    /// What was typed.
    pub typed: Typed,
}

/// A record that is half entered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FormDraft {
    /// The record that is amended, with the revision that was seen.
    pub amends: Option<(RecordId, u32)>,
    /// What stood in it at first.
    pub base: Option<Box<Report>>,
    /// The check that it was filled in from.
    pub checked: Option<Box<Question>>,
    /// What that check was given as a number and is no serial.
    pub left_out: Vec<String>,
    /// What was typed, by the code of the field.
    pub fields: BTreeMap<String, String>,
    /// The field that is typed in; nothing for SEND.
    pub at: Option<String>,
    /// Characters before its cursor.
    pub cursor: usize,
    /// When it was last kept.
    pub kept: Moment,
    /// Whether it was to be sent as it stood.
    pub tried: bool,
    /// The command that it came back from.
    pub of: Option<CommandId>,
}

impl Drafts {
    /// What is half typed at a desk.
    pub fn of(state: &State) -> Self {
        let open = match (&state.open_line, &state.form) {
            (Some(line), _) if line.kind == LineKind::Search => Some(Open::Search),
            (Some(line), _) if is_kept(line) => Some(Open::Line(line.kind.clone())),
            (_, Some(form)) if !form.is_untouched() => Some(Open::Form),
            _ => None,
        };
        let forms = state.drafts.iter().chain(state.form.iter().filter(|form| !form.is_untouched()));
        let forms: Vec<FormDraft> = forms.map(FormDraft::of).collect();
        let lines = state.kept_lines.iter().chain(&state.open_line).filter(|line| is_kept(line));
        let lines: Vec<LineDraft> =
            lines.map(|line| LineDraft { kind: line.kind.clone(), typed: Typed::of(&line.text) }).collect();
        let search = Typed::of(&state.search.line);
        let pasted: Vec<String> = state.search.pasted.iter().cloned().collect();
        let any = !(forms.is_empty() && lines.is_empty() && search.text.is_empty() && pasted.is_empty());
        let ground = if any {
            (state.search.purpose.text().to_owned(), state.search.case.text().to_owned())
        } else {
            Default::default()
        };
        Self {
            forms: last(forms),
            lines: last(lines),
            search,
            ground,
            pasted,
            open: open.filter(|_| any),
            kept: if any { state.last_key } else { Moment::default() },
        }
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.forms.is_empty()
            && self.lines.is_empty()
            && self.search.text.is_empty()
            && self.pasted.is_empty()
    }

    /// Joins what several consoles have left; the later one had the keys.
    #[must_use]
    pub fn and(mut self, mut later: Drafts) -> Self {
        // What had the keys stands last, or is found by its kind.
        if later.open == Some(Open::Form) || later.open.is_none() {
            self.forms.append(&mut later.forms);
        } else {
            self.forms.splice(0..0, later.forms);
        }
        self.lines.retain(|line| later.lines.iter().all(|other| other.kind != line.kind));
        self.lines.append(&mut later.lines);
        self.pasted.append(&mut later.pasted);
        if !later.search.text.is_empty() {
            let earlier = std::mem::replace(&mut self.search, later.search);
            if !earlier.text.is_empty() {
                self.pasted.push(earlier.text);
            }
            self.ground = later.ground;
        }
        self.open = later.open.or(self.open);
        self.kept = self.kept.max(later.kept);
        self
    }

    /// Puts it back into a desk that has just begun. What has the keys stays as it is: the next
    /// key may be meant for something else.
    pub fn restore(self, state: &mut State) {
        state.drafts.splice(0..0, self.forms.into_iter().map(FormDraft::form));
        let lines = self
            .lines
            .into_iter()
            .map(|line| OpenLine { text: line.typed.editor(), ..OpenLine::new(line.kind) });
        state.kept_lines.splice(0..0, lines);
        let search = &mut state.search;
        if search.line.text().is_empty() {
            search.line = self.search.editor();
        }
        for (part, text) in [(&mut search.purpose, self.ground.0), (&mut search.case, self.ground.1)] {
            if part.is_blank() {
                part.set(text);
            }
        }
        search.pasted.extend(self.pasted);
        state.resume = self.open;
    }
}

/// Whether a line holds words that somebody would miss.
fn is_kept(line: &OpenLine) -> bool {
    let own = matches!(line.kind, LineKind::Search | LineKind::Filter | LineKind::Command);
    !own && !line.text.is_blank()
}

fn last<T>(mut all: Vec<T>) -> Vec<T> {
    all.drain(..all.len().saturating_sub(MOST));
    all
}

impl Typed {
    fn of(editor: &Editor) -> Self {
        Self { text: editor.text().to_owned(), cursor: editor.cursor() }
    }

    fn editor(self) -> Editor {
        Editor::with_cursor(self.text, self.cursor)
    }
}

impl FormDraft {
    fn of(form: &Form) -> Self {
        let typed = form.fields.iter().filter(|field| !field.text.text().is_empty());
        Self {
            amends: form.amends,
            base: form.base.clone(),
            checked: form.checked.clone(),
            left_out: form.left_out.clone(),
            fields: typed.map(|field| (field.id.code().to_owned(), field.text.text().to_owned())).collect(),
            at: form.at.map(|id| id.code().to_owned()),
            cursor: form.at.and_then(|id| form.field(id)).map_or(0, |field| field.text.cursor()),
            kept: form.kept,
            tried: form.tried,
            of: form.of,
        }
    }

    fn form(self) -> Form {
        let mut form = Form::new(self.kept);
        form.amends = self.amends;
        form.base = self.base;
        form.checked = self.checked;
        form.left_out = self.left_out;
        form.tried = self.tried;
        form.of = self.of;
        let by_code = |code: &str| FieldId::ALL.into_iter().find(|id| id.code() == code);
        for (code, text) in &self.fields {
            if let Some(field) = by_code(code).and_then(|id| form.field_mut(id)) {
                field.text.set(text.as_str());
            }
        }
        // Some fields are read against others: all stand before the first is read.
        for id in FieldId::ALL {
            form.read(id);
        }
        form.at = self.at.as_deref().and_then(by_code);
        let cursor = self.cursor;
        if let Some(field) = form.current() {
            field.text = Editor::with_cursor(field.text.text(), cursor);
        }
        form
    }
}

#[cfg(test)]
mod tests;
