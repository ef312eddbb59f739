//! The form in which a record is entered: what was typed on the left, what it is taken for on the right.

mod field;
mod report;
mod taken;

pub use field::FieldId;
pub use taken::{Taken, suggestions};

use crate::console::state::editor::Editor;
use crate::domain::ids::RecordId;
use crate::domain::record::Report;
use crate::domain::refusal::{FieldProblem, Trouble};
use crate::domain::time::Moment;

/// A record being entered or amended.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// The record that is amended, with the revision that was seen; nothing for a new one.
    pub amends: Option<(RecordId, u32)>,
    /// What stood in it at first: what the form does not show stays as it was.
    pub base: Option<Box<Report>>,
    /// The fields, in the order of [`FieldId::ALL`].
    pub fields: Vec<Field>,
    /// The field that is typed in; nothing when the cursor is on SEND.
    pub at: Option<FieldId>,
    /// When it was last kept.
    pub kept: Moment,
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
    /// What is wrong with it, found here or said by the registry: the mark `!`.
    pub trouble: Option<Trouble>,
    /// What was typed before Right put in a suggestion, and how many it has put in.
    pub stem: Option<(String, usize)>,
}

impl Form {
    /// An empty form.
    pub fn new(now: Moment) -> Self {
        let field =
            |id| Field { id, text: Editor::default(), taken: Taken::Nothing, trouble: None, stem: None };
        let fields = FieldId::ALL.into_iter().map(field).collect();
        Self { amends: None, base: None, fields, at: Some(FieldId::Kind), kept: now }
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
            field.trouble = None;
        }
        if id == FieldId::Make {
            self.read(FieldId::Model);
        }
    }

    /// Fields that must be filled and are not.
    pub fn missing(&self) -> Vec<FieldId> {
        FieldId::ALL.into_iter().filter(|id| id.mandatory(self) && self.text(*id).is_empty()).collect()
    }

    /// Brings what the rules or the registry found wrong back to its fields, and the cursor to
    /// the first of them. What belongs to no field of the form stands at SEND.
    pub fn take_troubles(&mut self, problems: &[FieldProblem]) {
        for field in &mut self.fields {
            field.trouble = None;
        }
        for problem in problems {
            let Some(id) = FieldId::of_path(&problem.field) else { continue };
            if let Some(field) = self.field_mut(id) {
                field.trouble.get_or_insert_with(|| problem.trouble.clone());
            }
        }
        self.at = self.fields.iter().find(|field| field.trouble.is_some()).map(|field| field.id);
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
