//! What speaks for and against two guns being the same one.

use super::gun::Place;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How likely two guns are the same one, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Band {
    /// A coincidence of numbers: listed, never told to anybody.
    Unlikely,
    /// Shown quietly to the finder, as a lead.
    Possible,
    /// Raises a hit on both sides by itself.
    Likely,
}

impl Band {
    /// The word, which is the same in every language.
    pub fn code(self) -> &'static str {
        match self {
            Band::Unlikely => "UNLIKELY",
            Band::Possible => "POSSIBLE",
            Band::Likely => "LIKELY",
        }
    }
}

/// Weight of evidence in hundredths of a bit: the log-likelihood ratio, base two.
///
/// A whole number, so that both directions of a comparison agree to the last digit.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(transparent)]
pub struct Bits(pub i32);

impl Bits {
    /// In bits, for people and other programs.
    pub fn as_f64(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

/// What the serial of a gun turned out to be when it is no serial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NotSerial {
    /// A word for removed, ground off or overstamped.
    Obliterated,
    /// A word for worn or unreadable, or too little of a number that could be read.
    Unread,
    /// A word for none, or for not known.
    Untold,
    /// Words without a number.
    Words,
    /// A filler such as `123456`, `000000` or `1`.
    Placeholder,
    /// The name of a model.
    Model,
    /// A calibre.
    Calibre,
    /// A patent, catalogue or proof mark, which every gun of its kind carries.
    Mark,
}

impl NotSerial {
    /// Whether it says that there is nothing to compare: no number at all, whatever the reason.
    pub fn is_silent(self) -> bool {
        matches!(self, Self::Obliterated | Self::Unread | Self::Untold | Self::Words)
    }
}

/// One thing that speaks for or against, as a code with its arguments.
///
/// Places are counted from 1 as they stand on the screen.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(tag = "code", content = "args", rename_all = "snake_case")]
pub enum Reason {
    /// The numbers are the same to the letter, blanks and hyphens apart.
    NumberSame,
    /// The numbers are the same once look-alikes such as O and 0 are read as one.
    NumberFolded {
        /// Places that differ in look-alikes.
        places: u8,
    },
    /// The number fits the pattern of what could be read.
    NumberFits {
        /// Characters that were read.
        known: u8,
    },
    /// One character differs.
    NumberDiffers {
        /// The place.
        place: u8,
        /// The character on record.
        recorded: char,
        /// The character seen.
        seen: char,
        /// Whether the two are easily taken for each other.
        alike: bool,
    },
    /// More than one character differs.
    NumberFar {
        /// How many.
        edits: u8,
    },
    /// Two neighbours stand the other way round.
    NumberSwapped {
        /// The place of the first.
        place: u8,
    },
    /// A character is on record and was not seen.
    NumberLacks {
        /// The place.
        place: u8,
        /// The character.
        recorded: char,
    },
    /// A character was seen and is not on record.
    NumberExceeds {
        /// The place.
        place: u8,
        /// The character.
        seen: char,
    },
    /// One number is the other without its prefix or suffix.
    NumberPart {
        /// Characters that one of them has more.
        lost: u8,
    },
    /// The agreement is with a number on another part.
    NumberElsewhere {
        /// Where the number stands on the recorded gun.
        recorded: Place,
        /// Where it stands on the gun in hand.
        seen: Place,
    },
    /// What was given as a number is none.
    NumberIsNone {
        /// What it is.
        is: NotSerial,
    },
    /// The number fits this record alone.
    NumberRare,
    /// The number fits many records.
    NumberShared {
        /// Records that it fits.
        records: u32,
        /// Makes among them.
        makes: u32,
    },
    /// The makes are the same company.
    MakeSame,
    /// One make is a brand of the other.
    MakeBrand,
    /// One make is licensee, importer, place or mark of the other.
    MakeCompatible,
    /// The makes differ.
    MakeOther,
    /// The record leaves out what the check tells; guns like the recorded one mostly have it.
    LikeItFits,
    /// The record leaves out what the check tells; guns like the recorded one mostly differ.
    LikeItDiffers,
    /// The models are the same.
    ModelSame,
    /// The models are two names of one.
    ModelAlias,
    /// The models differ.
    ModelOther,
    /// The calibres are one family.
    CalibreSame,
    /// The calibres are near twins.
    CalibreNear,
    /// The calibres differ.
    CalibreOther,
    /// Type and action are the same.
    TypeSame,
    /// The type is the same, the action is not.
    TypeAction,
    /// The types differ.
    TypeOther,
    /// Made in the same country, or its successor.
    MadeInSame,
    /// Made in another country.
    MadeInOther,
    /// The import marks are the same.
    ImportMarkSame,
    /// The import marks differ.
    ImportMarkOther,
    /// Made in the same year.
    YearSame,
    /// Made in another year.
    YearOther,
    /// The gun in hand was made after the recorded event.
    MadeAfterEvent,
    /// The gun was in hand before the recorded event.
    FoundBeforeEvent,
    /// The record was closed before.
    RecordClosed,
    /// An officer has said that this is not the gun.
    ExcludedBefore {
        /// The reason given, `EX1` to `EX9`.
        reason: String,
    },
}

impl Reason {
    /// The code on the wire.
    pub fn code(&self) -> String {
        match serde_json::to_value(self) {
            Ok(value) => value["code"].as_str().unwrap_or_default().to_owned(),
            Err(_) => String::new(),
        }
    }
}

/// How many records a number fits, among those that the viewer may see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct Rarity {
    /// Records that the number fits.
    pub records: u32,
    /// Makes among them.
    pub makes: u32,
}

/// The whole comparison of a record with a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Evidence {
    /// The word.
    pub band: Band,
    /// Weight of all that is known of the two guns, without the prior.
    pub bits: Bits,
    /// What speaks for it, the weightiest first.
    #[serde(rename = "for")]
    pub speaks_for: Vec<Reason>,
    /// What speaks against it, the weightiest first.
    #[serde(rename = "against")]
    pub speaks_against: Vec<Reason>,
}

impl Evidence {
    /// Most reasons kept on each side.
    pub const REASONS: usize = 3;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_codes_with_arguments() {
        let reason = Reason::NumberDiffers { place: 2, recorded: 'D', seen: '0', alike: true };
        assert_eq!(
            serde_json::to_string(&reason).unwrap(),
            r#"{"code":"number_differs","args":{"place":2,"recorded":"D","seen":"0","alike":true}}"#
        );
        assert_eq!(Reason::MakeSame.code(), "make_same");
    }

    #[test]
    fn bands_are_ordered() {
        assert!(Band::Likely > Band::Possible && Band::Possible > Band::Unlikely);
    }
}
