//! Why a command was not done, as codes with typed arguments.

use super::evidence::NotSerial;
use super::ids::{CheckId, HitId, OfficerId, RecordId};
use super::text::{Fault, Rule, Text};
use super::time::Moment;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(tag = "code", content = "args", rename_all = "snake_case")]
pub enum Trouble {
    /// It must be filled.
    Missing,
    /// It is there and holds blanks only.
    Blank,
    /// It holds a control character.
    Control {
        /// Its code point.
        character: u32,
    },
    /// It holds a format character (bidi, zero width) where none may stand.
    Format {
        /// Its code point.
        character: u32,
    },
    /// It is too long.
    TooLong {
        /// Characters it may have.
        longest: u32,
        /// Characters it has.
        length: u32,
    },
    /// There are too many of them.
    TooMany {
        /// How many there may be.
        most: u32,
        /// How many came.
        came: u32,
    },
    /// The number is out of its range.
    Range {
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// The date or time lies in the future.
    Future,
    /// The time has passed.
    Past,
    /// It is not in the table of that name.
    Unknown {
        /// What was given, cut to 40 characters.
        given: String,
    },
    /// It is for practice, and records are real here.
    TrainingOnly,
    /// Too few characters of the number are known to search by it.
    TooFewKnown {
        /// How many must be known.
        least: u32,
    },
    /// It is no serial, and nothing else is told to search by.
    NoSerial {
        /// What it is.
        is: NotSerial,
    },
    /// It cannot be read at all: not the shape that the field takes.
    Shape {
        /// What the reader said, in English.
        said: String,
    },
    /// The remark must say more, because the make is not known (NCIC: MIS when MAK is ZZZ).
    RemarkForMake,
    /// There is neither a number nor a make to find the gun by.
    NothingToFindBy,
}

/// One field and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct FieldProblem {
    /// The field by its path on the wire: `report.gun.numbers[0].as_seen`.
    pub field: String,
    /// What is wrong.
    #[serde(flatten)]
    pub trouble: Trouble,
}

/// Problems gathered over a whole form, so that all of them can be shown at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(Vec<FieldProblem>);

impl Fields {
    /// Notes a problem.
    pub fn add(&mut self, field: impl Into<String>, trouble: Trouble) {
        self.0.push(FieldProblem { field: field.into(), trouble });
    }

    /// Notes what a rule refuses in a text.
    pub fn text(&mut self, field: impl Into<String>, text: &Text, rule: Rule) {
        if let Err(fault) = text.check(rule) {
            self.add(field, fault.into());
        }
    }

    /// Notes a text that must be there.
    pub fn required(&mut self, field: impl Into<String>, text: &Text, rule: Rule) {
        if text.is_blank() {
            self.add(field, Trouble::Missing);
        } else {
            self.text(field, text, rule);
        }
    }

    /// Notes a number that is out of its range.
    pub fn range(&mut self, field: impl Into<String>, value: i64, least: i64, most: i64) {
        if !(least..=most).contains(&value) {
            self.add(field, Trouble::Range { least, most });
        }
    }

    /// The problems so far.
    pub fn list(&self) -> &[FieldProblem] {
        &self.0
    }

    /// Nothing, or a refusal that names every field.
    ///
    /// # Errors
    /// There were problems.
    pub fn done(self) -> Result<(), Refusal> {
        if self.0.is_empty() { Ok(()) } else { Err(Refusal::Fields { problems: self.0 }) }
    }
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Control(character) => Trouble::Control { character },
            Fault::Format(character) => Trouble::Format { character },
            Fault::TooLong { longest, length } => Trouble::TooLong {
                longest: longest as u32,
                length: u32::try_from(length).unwrap_or(u32::MAX),
            },
        }
    }
}

/// Why a command was refused; nothing was stored.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(tag = "code", content = "args", rename_all = "snake_case")]
pub enum Refusal {
    /// Fields are missing or wrong.
    Fields {
        /// Each of them.
        problems: Vec<FieldProblem>,
    },
    /// No such record, or none that this officer may see.
    NoRecord {
        /// What was asked for.
        record: RecordId,
    },
    /// No such hit, or none that this officer is a party to.
    NoHit {
        /// What was asked for.
        hit: HitId,
    },
    /// No such check of this officer's country.
    NoCheck {
        /// What was asked for.
        check: CheckId,
    },
    /// Only an officer of the record's owner may do this.
    OwnerOnly,
    /// Only an officer of the country that holds the gun may do this.
    FinderOnly,
    /// The officer's role does not allow it.
    Role,
    /// The hub may decide nothing about a hit.
    HubDecidesNothing,
    /// The hit is not in a state in which this can be done.
    Phase {
        /// Its state, as the code of a [`Phase`](super::hit::Phase).
        phase: String,
    },
    /// Someone has acted on the item since it was seen.
    Changed {
        /// Who.
        by: OfficerId,
        /// When.
        at: Moment,
        /// The revision that stands now.
        revision: u32,
    },
    /// The item is already as the command wants it.
    Already,
    /// A colleague of the same side has it.
    TakenBy {
        /// Who.
        officer: OfficerId,
    },
    /// The record is closed.
    Closed {
        /// Its status.
        status: String,
    },
    /// Records of this gun exist; the same command that names them as known is taken.
    Duplicate {
        /// The records, those only that the officer may see.
        records: Vec<RecordId>,
    },
    /// The agency has recorded this source id before.
    SourceRepeated {
        /// Its record.
        record: RecordId,
        /// Whether that record, which nobody has changed since, says something else.
        differs: bool,
    },
    /// A sought gun cannot be made a recovered one, nor the other way round: that is a new record.
    OtherSide,
    /// The pair is too unlike to be asked about.
    NotALead,
    /// This command id came before with other contents, or from another officer.
    CommandReused,
    /// The store would not take this one; nothing of it was stored.
    NotStored,
    /// The agency exists.
    AgencyExists,
    /// No such agency.
    NoAgency,
    /// The role of the hub is for officers of the hub.
    HubRole,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_flat_on_the_wire() {
        let problem =
            FieldProblem { field: "case".into(), trouble: Trouble::TooLong { longest: 4, length: 5 } };
        assert_eq!(
            serde_json::to_string(&problem).unwrap(),
            r#"{"field":"case","code":"too_long","args":{"longest":4,"length":5}}"#
        );
        let missing = FieldProblem { field: "case".into(), trouble: Trouble::Missing };
        assert_eq!(serde_json::to_string(&missing).unwrap(), r#"{"field":"case","code":"missing"}"#);
    }
}
