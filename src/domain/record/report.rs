//! What an agency reports of a gun.

use crate::domain::date::PartialDate;
use crate::domain::gun::Gun;
use crate::domain::ids::CountryCode;
use crate::domain::private::Private;
use crate::domain::refusal::{Fields, Trouble};
use crate::domain::text::{Rule, Text};
use crate::domain::time::{Minutes, Moment};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What happened to the gun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Circumstance {
    /// Its holder does not know where it is.
    Lost,
    /// It was taken.
    Stolen,
    /// It was moved or sold against the law.
    Trafficked,
    /// It was taken across a border against the law.
    Smuggled,
    /// It is licit and was used in a crime.
    Crime,
    /// It was seized, found or surrendered; its owner is not known.
    Recovered,
}

impl Circumstance {
    /// All of them, in the order of the form.
    pub const ALL: [Circumstance; 6] = [
        Circumstance::Lost,
        Circumstance::Stolen,
        Circumstance::Trafficked,
        Circumstance::Smuggled,
        Circumstance::Crime,
        Circumstance::Recovered,
    ];

    /// The code on the wire and in files.
    pub fn code(self) -> &'static str {
        match self {
            Circumstance::Lost => "lost",
            Circumstance::Stolen => "stolen",
            Circumstance::Trafficked => "trafficked",
            Circumstance::Smuggled => "smuggled",
            Circumstance::Crime => "crime",
            Circumstance::Recovered => "recovered",
        }
    }

    /// The circumstance of a code, capitals or not.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.code().eq_ignore_ascii_case(code.trim()))
    }

    /// Whether somebody looks for the gun, so that finding it is a hit.
    pub fn is_sought(self) -> bool {
        self != Circumstance::Recovered
    }
}

/// Why a gun is illicit; any one suffices (iARMS, after the International Tracing Instrument).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Illicit under the law of the country where it was found.
    Law,
    /// Moved in breach of an embargo of the Security Council.
    Embargo,
    /// Not marked as the Instrument requires.
    Unmarked,
    /// Made or assembled without licence.
    Unlicensed,
    /// Transferred without licence or authorisation.
    Transfer,
}

/// The crime that the gun is connected with, kept apart from the legal reason for holding
/// it: half of all trafficking seizures are first booked as something else (UNODC).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CriminalContext {
    /// Illicit trade in firearms.
    Trafficking,
    /// Drug offences.
    Drugs,
    /// Violence against persons.
    Violence,
    /// Robbery, burglary, theft.
    Property,
    /// Organised crime.
    Organised,
    /// Terrorism.
    Terrorism,
    /// Anything else.
    Other,
}

/// How far a record may go; the lowest level is the usual one.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Confidentiality {
    /// For official use only.
    #[default]
    OfficialUse,
    /// Restricted.
    Restricted,
    /// Confidential.
    Confidential,
}

/// What a country sees that the owner has shut out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeniedSees {
    /// That there is something, and whom to ask.
    #[default]
    Restricted,
    /// Nothing at all.
    Nothing,
}

/// Restriction and confidentiality of a record, which ride along on every view of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Caveat {
    /// How far it may go.
    pub confidentiality: Confidentiality,
    /// Countries that the owner has shut out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub denied: Vec<CountryCode>,
    /// What they see.
    pub denied_sees: DeniedSees,
}

/// How the record came in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// Typed by an officer, who must fill what is mandatory.
    #[default]
    Desk,
    /// Taken over from a file, which may lack what nobody can ask for any more; such a
    /// record says what it lacks and is amended later.
    Import,
}

/// Most limbs of the legal justification: there are five.
const MOST_BASES: usize = 5;

/// What an agency reports of a gun.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// What happened to it.
    pub circumstance: Circumstance,
    /// The gun.
    pub gun: Gun,
    /// When it happened; for a recovered gun, when it was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<PartialDate>,
    /// Where; it may be somebody's home.
    #[serde(default, skip_serializing_if = "Private::is_none")]
    pub place: Private,
    /// The theft or lot that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<Text>,
    /// The legal justification: why it is illicit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub basis: Vec<Basis>,
    /// The criminal context.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<CriminalContext>,
    /// The owner's case number (NCIC: OCA).
    pub case: Text,
    /// What else is to be said.
    #[serde(default)]
    pub remark: Private,
    /// How far it may go.
    #[serde(default)]
    pub caveat: Caveat,
    /// The id it has in the owner's own system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_id: Option<Text>,
    /// How it came in.
    #[serde(default)]
    pub entry: Entry,
}

/// Mandatory fields that a record may lack when it came from a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Lack {
    /// The number.
    Number,
    /// The make.
    Make,
    /// The calibre.
    Calibre,
    /// The type.
    Type,
    /// The date.
    Date,
}

impl Report {
    /// What is mandatory at a desk and not there (NCIC gun file: SER, MAK, CAL, TYP, DOT).
    pub fn lacks(&self) -> Vec<Lack> {
        [
            (self.gun.serial().is_none(), Lack::Number),
            (self.gun.make.is_none(), Lack::Make),
            (self.gun.calibre.is_none(), Lack::Calibre),
            (self.gun.gun_type.is_none(), Lack::Type),
            (self.date.is_none(), Lack::Date),
        ]
        .into_iter()
        .filter_map(|(lacks, what)| lacks.then_some(what))
        .collect()
    }

    /// Adds what is wrong with its fields, each by its path on the wire.
    ///
    /// Mandatory as in the NCIC gun file: number, make, calibre, type, date, case number; and a
    /// remark when the make is not known. Unlike NCIC a gun without a number is taken when
    /// make and model describe it.
    pub fn judge(&self, now: Moment, fields: &mut Fields) {
        self.gun.judge("report.gun.", fields);
        fields.required("report.case", &self.case, Rule::IDENTIFIER);
        match self.date {
            None if self.entry == Entry::Desk => fields.add("report.date", Trouble::Missing),
            None => {}
            Some(date) if date.earliest() > now.after(Minutes::days(1)).day() => {
                fields.add("report.date", Trouble::Future);
            }
            Some(date) if self.gun.made_after(date) => fields.add("report.gun.year", Trouble::Future),
            Some(_) => {}
        }
        for (name, text, rule) in [
            ("report.batch", &self.batch, Rule::IDENTIFIER),
            ("report.source_id", &self.source_id, Rule::IDENTIFIER),
        ] {
            if let Some(text) = text {
                fields.text(name, text, rule);
            }
        }
        if let Some(place) = self.place.text() {
            fields.text("report.place", place, Rule::NAME);
        }
        if self.basis.len() > MOST_BASES {
            let came = u32::try_from(self.basis.len()).unwrap_or(u32::MAX);
            fields.add("report.basis", Trouble::TooMany { most: MOST_BASES as u32, came });
        }
        if let Some(remark) = self.remark.text() {
            fields.text("report.remark", remark, Rule::NOTE);
        }
        if self.caveat.denied.len() > 300 {
            let came = u32::try_from(self.caveat.denied.len()).unwrap_or(u32::MAX);
            fields.add("report.caveat.denied", Trouble::TooMany { most: 300, came });
        }
        self.judge_mandatory(fields);
    }

    fn judge_mandatory(&self, fields: &mut Fields) {
        let gun = &self.gun;
        let nothing = gun.serial().is_none() && gun.make.is_none();
        if nothing {
            fields.add("report.gun.numbers", Trouble::NothingToFindBy);
        }
        if self.entry == Entry::Import {
            return;
        }
        for lack in self.lacks() {
            match lack {
                // Without both it was said above that one of them is needed.
                Lack::Number | Lack::Make if nothing => {}
                Lack::Number if gun.model.is_some() => {}
                Lack::Number => fields.add("report.gun.numbers", Trouble::Missing),
                Lack::Make if self.remark.is_blank() => fields.add("report.remark", Trouble::RemarkForMake),
                Lack::Make => {}
                Lack::Calibre => fields.add("report.gun.calibre", Trouble::Missing),
                Lack::Type => fields.add("report.gun.type", Trouble::Missing),
                // Judged with the date itself.
                Lack::Date => {}
            }
        }
    }
}
