//! The form in which a record is entered: what was typed on the left, what it is taken for on the right.

use crate::console::state::editor::Editor;
use crate::domain::ids::RecordId;
use crate::domain::refusal::Trouble;
use crate::domain::time::Moment;

/// A record being entered or amended.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// The record that is amended, with the revision that was seen; nothing for a new one.
    pub amends: Option<(RecordId, u32)>,
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
    /// What is wrong with it, found here or said by the registry.
    pub trouble: Option<Trouble>,
    /// Which of the suggestions Right puts in next.
    pub next: usize,
}

/// What a field is taken for: stands behind `=`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Taken {
    /// Nothing to say.
    #[default]
    Nothing,
    /// It means this, or several things of which this is the first.
    As {
        /// What goes into the record.
        value: String,
        /// What it is called.
        name: String,
        /// How many things it may mean.
        of: usize,
    },
    /// The text as it is.
    AsTyped,
    /// It deserves a look: the tables do not know it.
    Unknown,
}

/// The fields, in the order of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FieldId {
    /// What happened to the gun.
    Kind,
    /// The number to search by.
    Number,
    /// Where it stands.
    OnTheGun,
    /// Another number.
    OtherNumber,
    /// Type.
    Type,
    /// Make.
    Make,
    /// Model.
    Model,
    /// Calibre.
    Calibre,
    /// Country of manufacture.
    MadeIn,
    /// Year of manufacture.
    Year,
    /// Import mark.
    ImportMark,
    /// When it happened.
    Date,
    /// Where.
    Place,
    /// The theft or lot.
    Theft,
    /// The owner's case number.
    FileNumber,
    /// The caveat.
    Caveat,
    /// What else is to be said.
    Remark,
}
