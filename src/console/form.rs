//! The form in which a record is entered: what was typed on the left, what it is taken for on the right.

mod doubts;
mod field;
pub mod in_line;
mod report;
mod taken;

pub use field::FieldId;
pub use taken::{Taken, suggestions};

use crate::console::state::editor::Editor;
use crate::domain::check::Question;
use crate::domain::ids::{CommandId, RecordId};
use crate::domain::record::Report;
use crate::domain::refusal::FieldProblem;
use crate::domain::time::Moment;

/// A record being entered or amended.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// The record that is amended, with the revision that was seen; nothing for a new one.
    pub amends: Option<(RecordId, u32)>,
    /// What stood in it at first: what the form does not show stays as it was.
    pub base: Option<Box<Report>>,
    /// The check of the gun in hand that it was filled in from.
    pub checked: Option<Box<Question>>,
    /// What that check was given as a number and is no serial: it is not filled in.
    pub left_out: Vec<String>,
    /// The fields, in the order of [`FieldId::ALL`].
    pub fields: Vec<Field>,
    /// The field that is typed in; nothing when the cursor is on SEND.
    pub at: Option<FieldId>,
    /// When it was last kept.
    pub kept: Moment,
    /// Whether it was to be sent as it stood: from then on what is missing is marked.
    pub tried: bool,
    /// The command that it came back from, refused.
    pub of: Option<CommandId>,
}

/// One field.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Which.
    pub id: FieldId,
    /// What was typed.
    pub text: Editor,
    /// What it is taken for.
    pub taken: Taken,
    /// What the registry found wrong with it. Gone with the next letter in any field: what is
    /// wrong with one may be settled in another.
    pub refused: Option<FieldProblem>,
    /// What was typed before Right put in a suggestion, and how many it has put in.
    pub stem: Option<(String, usize)>,
}

impl Form {
    /// An empty form.
    pub fn new(now: Moment) -> Self {
        let field =
            |id| Field { id, text: Editor::default(), taken: Taken::Nothing, refused: None, stem: None };
        let fields = FieldId::ALL.into_iter().map(field).collect();
        Self {
            amends: None,
            base: None,
            checked: None,
            left_out: Vec::new(),
            fields,
            at: Some(FieldId::Kind),
            kept: now,
            tried: false,
            of: None,
        }
    }

    /// A field.
    pub fn field(&self, id: FieldId) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// A field, to be changed.
    pub fn field_mut(&mut self, id: FieldId) -> Option<&mut Field> {
        self.fields.iter_mut().find(|field| field.id == id)
    }

    /// What was typed in a field, without the blanks around it.
    pub fn text(&self, id: FieldId) -> &str {
        self.field(id).map_or("", |field| field.text.text().trim())
    }

    /// The field that is typed in.
    pub fn current(&mut self) -> Option<&mut Field> {
        let at = self.at?;
        self.field_mut(at)
    }

    /// Fills a field and reads it.
    pub fn fill(&mut self, id: FieldId, text: &str) {
        if let Some(field) = self.field_mut(id) {
            field.text.set(text);
        }
        self.read(id);
    }

    /// Reads a field anew after it was changed; the model is read against the make.
    pub fn read(&mut self, id: FieldId) {
        let taken = taken::taken(self, id);
        if let Some(field) = self.field_mut(id) {
            field.taken = taken;
        }
        for field in &mut self.fields {
            field.refused = None;
        }
        if id == FieldId::Make {
            self.read(FieldId::Model);
        }
    }

    /// What keeps it from being sent: of each field the first thing that is missing, cannot be
    /// read, breaks a rule, or was refused by the registry, in the order of the form. What
    /// belongs to no field of the form comes last, without one.
    ///
    /// Title, marks and messages all go by this.
    pub fn unsettled(&self, now: Moment) -> Vec<(Option<FieldId>, FieldProblem)> {
        let (report, mut fields) = self.report();
        report.judge(now, &mut fields);
        let judged = |id| fields.list().iter().find(|problem| FieldId::of_path(&problem.field) == id);
        let mut found = Vec::new();
        for field in &self.fields {
            let refused = field.refused.as_ref();
            if let Some(problem) = judged(Some(field.id)).or(refused) {
                found.push((Some(field.id), problem.clone()));
            }
        }
        found.extend(judged(None).map(|problem| (None, problem.clone())));
        found
    }

    /// What is marked `!`: all that is not settled once the form was to be sent, and before that
    /// only what the registry refused. Follows the rules, so that an answer in one field takes
    /// the mark off another.
    pub fn marked(&self, now: Moment) -> Vec<(Option<FieldId>, FieldProblem)> {
        if self.tried {
            return self.unsettled(now);
        }
        let refused = |field: &Field| field.refused.clone().map(|problem| (Some(field.id), problem));
        self.fields.iter().filter_map(refused).collect()
    }

    /// What keeps it from being sent as it is about to be: marked from now on, and the first of
    /// it has the cursor. What belongs to no field of the form stands at SEND.
    pub fn settle(&mut self, now: Moment) -> Vec<(Option<FieldId>, FieldProblem)> {
        self.tried = true;
        let unsettled = self.unsettled(now);
        self.at = unsettled.first().and_then(|(field, _)| *field);
        unsettled
    }

    /// Whether nothing was typed since it was opened, so that the same can be had again.
    pub fn is_untouched(&self) -> bool {
        let fresh = match (&self.amends, &self.base, &self.checked) {
            (Some((record, revision)), Some(base), _) => Self::of_record(*record, *revision, base, self.kept),
            (_, _, Some(question)) => Self::of_check(question, self.kept),
            _ => Self::new(self.kept),
        };
        FieldId::ALL.into_iter().all(|id| fresh.text(id) == self.text(id))
    }

    /// Brings what the registry found wrong back to its fields, and the cursor to
    /// the first of them. What belongs to no field of the form stands at SEND.
    pub fn take_troubles(&mut self, problems: &[FieldProblem]) {
        for field in &mut self.fields {
            field.refused = None;
        }
        for problem in problems {
            let Some(id) = FieldId::of_path(&problem.field) else { continue };
            if let Some(field) = self.field_mut(id) {
                field.refused.get_or_insert_with(|| problem.clone());
            }
        }
        self.at = self.fields.iter().find(|field| field.refused.is_some()).map(|field| field.id);
    }

    /// Puts the next suggestion for what was typed into the field with the cursor; says whether
    /// there was one.
    pub fn suggest(&mut self) -> bool {
        let Some((at, field)) = self.at.and_then(|at| Some((at, self.field(at)?))) else { return false };
        let (stem, done) = field.stem.clone().unwrap_or_else(|| (field.text.text().trim().to_owned(), 0));
        let list = suggestions(self, at, &stem);
        // The first that says something new; then one after the other, round the end.
        let next = match done {
            0 => list.iter().position(|suggestion| suggestion.code != stem).unwrap_or(0),
            done => done % list.len().max(1),
        };
        let Some(code) = list.get(next).map(|suggestion| suggestion.code.clone()) else { return false };
        self.fill(at, &code);
        if let Some(field) = self.field_mut(at) {
            field.stem = Some((stem, next + 1));
        }
        true
    }

    /// The field so many before or behind the current one; SEND stands behind the last.
    pub fn step(&mut self, forward: bool) {
        let all = FieldId::ALL;
        let at = self.at.and_then(|at| all.iter().position(|id| *id == at)).unwrap_or(all.len());
        self.at = if forward { all.get(at + 1).copied() } else { all.get(at.saturating_sub(1)).copied() };
    }
}

#[cfg(test)]
mod tests;
