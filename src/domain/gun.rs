//! A gun as somebody described it.

mod again;

pub use again::Change;

use super::date::PartialDate;
use super::ids::{CountryCode, NotAnId};
use super::private::Private;
use super::refusal::{Fields, Trouble};
use super::text::{Rule, Text};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;
use utoipa::ToSchema;

/// Most numbers kept of one gun.
pub const MOST_NUMBERS: usize = 8;

/// Where on the gun a number stands.
///
/// The frame or receiver is the reference point of an identification (MOSAIC 05.31), and
/// its number is searched first (NCIC).
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The frame of a pistol or revolver.
    Frame,
    /// The receiver of a long gun.
    Receiver,
    /// The slide.
    Slide,
    /// The barrel.
    Barrel,
    /// The importer's own number.
    Importer,
    /// Any other part.
    Other,
    /// Nobody said.
    #[default]
    Unstated,
}

impl Place {
    /// All places, in the order in which their numbers are searched.
    pub const ALL: [Place; 7] = [
        Place::Frame,
        Place::Receiver,
        Place::Unstated,
        Place::Slide,
        Place::Barrel,
        Place::Importer,
        Place::Other,
    ];

    /// The word on the wire and in files.
    pub fn code(self) -> &'static str {
        match self {
            Place::Frame => "frame",
            Place::Receiver => "receiver",
            Place::Slide => "slide",
            Place::Barrel => "barrel",
            Place::Importer => "importer",
            Place::Other => "other",
            Place::Unstated => "unstated",
        }
    }
}

/// One number on a gun, as it was seen.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Number {
    /// The characters to the letter; `?` one that could not be read, `[38]` one of these,
    /// `*` any number of them.
    pub as_seen: Text,
    /// Where it stands.
    #[serde(default)]
    pub place: Place,
}

/// The characters that say what kind of gun it is, as in NCIC's TYP: `PI` is a
/// semi-automatic pistol, `RB` a bolt-action rifle. One alone where the action is not known: `S`
/// is a shotgun, which is what most registers say of one.
///
/// The form is all that is checked here; `reference::gun_type` knows the characters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GunType([u8; 2]);

/// Stands behind a type of which the action is not known.
const NO_ACTION: u8 = b' ';

impl GunType {
    /// The code in capitals.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default().trim_end()
    }

    /// What it is: P pistol, R rifle, S shotgun and so on.
    pub fn category(&self) -> char {
        char::from(self.0[0])
    }
}

impl FromStr for GunType {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        match text.trim().as_bytes() {
            [a] if a.is_ascii_alphabetic() => Ok(Self([a.to_ascii_uppercase(), NO_ACTION])),
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Ok(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => Err(NotAnId),
        }
    }
}

impl fmt::Display for GunType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for GunType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for GunType {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for GunType {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map_err(|_| de::Error::custom("must be one or two letters such as PI"))
    }
}

impl utoipa::PartialSchema for GunType {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .examples([serde_json::Value::from("PI")])
            .into()
    }
}
impl ToSchema for GunType {}

/// A gun as an officer, a file or another system described it; what is `None` is not known.
///
/// The fields are those that iARMS, eTrace and NCIC share; importer and import mark have no
/// NIEM element and matter most in a trace.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Gun {
    /// Every number on it, the one to search by first.
    pub numbers: Vec<Number>,
    /// Maker or brand, as stamped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub make: Option<Text>,
    /// Model, as stamped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<Text>,
    /// Calibre or gauge, as stamped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calibre: Option<Text>,
    /// Category and action.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub gun_type: Option<GunType>,
    /// Country of manufacture, vanished ones too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made_in: Option<CountryCode>,
    /// Importer, as stamped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub importer: Option<Text>,
    /// Import mark, as stamped: country and two figures of the year (`KE19`), or a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub import_mark: Option<Text>,
    /// Year of manufacture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
    /// Other markings and what else tells it from its like.
    #[serde(skip_serializing_if = "Private::is_none")]
    pub marks: Private,
}

impl Gun {
    /// The number to search by: the first on the frame or receiver, else the first there is.
    pub fn serial(&self) -> Option<&Number> {
        Place::ALL
            .iter()
            .find_map(|place| self.numbers.iter().find(|n| n.place == *place && !n.as_seen.is_blank()))
    }

    /// Adds what is wrong with its fields, each under its own name below `path`.
    ///
    /// What the fields mean (whether a type or a country exists) is for the reference
    /// tables; here it is form and bounds only.
    pub fn judge(&self, path: &str, fields: &mut Fields) {
        if self.numbers.len() > MOST_NUMBERS {
            fields.add(
                format!("{path}numbers"),
                Trouble::TooMany { most: MOST_NUMBERS as u32, came: self.numbers.len() as u32 },
            );
        }
        for (at, number) in self.numbers.iter().enumerate() {
            let name = format!("{path}numbers[{at}].as_seen");
            if number.as_seen.is_blank() {
                fields.add(name, Trouble::Missing);
            } else {
                fields.text(name, &number.as_seen, Rule::SERIAL);
            }
        }
        let texts = [
            ("make", &self.make, Rule::NAME),
            ("model", &self.model, Rule::NAME),
            ("calibre", &self.calibre, Rule::NAME),
            ("importer", &self.importer, Rule::NAME),
            ("import_mark", &self.import_mark, Rule::NAME),
        ];
        for (name, text, rule) in texts {
            if let Some(text) = text {
                if text.is_blank() {
                    fields.add(format!("{path}{name}"), Trouble::Blank);
                } else {
                    fields.text(format!("{path}{name}"), text, rule);
                }
            }
        }
        if let Some(marks) = self.marks.text() {
            fields.text(format!("{path}marks"), marks, Rule { longest: 200, format: true });
        }
        if let Some(year) = self.year {
            fields.range(format!("{path}year"), i64::from(year), 1500, 2999);
        }
    }

    /// Whether another description is of the same gun, by what is never erased: marks may be,
    /// and a journal that is replayed without them has to come to the same.
    pub fn is_described_as(&self, other: &Gun) -> bool {
        let Gun { numbers, make, model, calibre, gun_type, made_in, importer, import_mark, year, marks: _ } =
            self;
        (numbers, make, model, calibre) == (&other.numbers, &other.make, &other.model, &other.calibre)
            && (gun_type, made_in, year) == (&other.gun_type, &other.made_in, &other.year)
            && (importer, import_mark) == (&other.importer, &other.import_mark)
    }

    /// Whether it was made after the given date, which no event of its life can precede.
    pub fn made_after(&self, date: PartialDate) -> bool {
        self.year.is_some_and(|year| year > date.year())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(as_seen: &str, place: Place) -> Number {
        Number { as_seen: as_seen.into(), place }
    }

    #[test]
    fn the_frame_comes_first() {
        let gun = Gun {
            numbers: vec![number("SLIDE1", Place::Slide), number("FRAME1", Place::Frame)],
            ..Gun::default()
        };
        assert_eq!(gun.serial().unwrap().as_seen.as_str(), "FRAME1");
        assert_eq!(Gun::default().serial(), None);
    }

    #[test]
    fn marks_make_no_other_gun_and_all_else_does() {
        let gun = Gun { make: Some("FN".into()), marks: Private::new("crown over N"), ..Gun::default() };
        assert!(gun.is_described_as(&Gun { marks: Private::default(), ..gun.clone() }));
        let others = [
            Gun { numbers: vec![number("1", Place::Frame)], ..gun.clone() },
            Gun { make: None, ..gun.clone() },
            Gun { model: Some("HP".into()), ..gun.clone() },
            Gun { calibre: Some("9X19".into()), ..gun.clone() },
            Gun { gun_type: "PI".parse().ok(), ..gun.clone() },
            Gun { made_in: "BE".parse().ok(), ..gun.clone() },
            Gun { importer: Some("X".into()), ..gun.clone() },
            Gun { import_mark: Some("KE19".into()), ..gun.clone() },
            Gun { year: Some(1970), ..gun.clone() },
        ];
        for other in others {
            assert!(!gun.is_described_as(&other), "{other:?}");
        }
    }

    #[test]
    fn every_bad_field_is_named() {
        let gun = Gun {
            numbers: vec![number("A\x1bB", Place::Frame), number("", Place::Slide)],
            make: Some(Text::new("x".repeat(81))),
            model: Some("  ".into()),
            year: Some(3),
            ..Gun::default()
        };
        let mut fields = Fields::default();
        gun.judge("gun.", &mut fields);
        let names: Vec<&str> = fields.list().iter().map(|p| p.field.as_str()).collect();
        assert_eq!(
            names,
            ["gun.numbers[0].as_seen", "gun.numbers[1].as_seen", "gun.make", "gun.model", "gun.year"]
        );
    }

    #[test]
    fn unknown_fields_are_refused() {
        assert!(serde_json::from_str::<Gun>(r#"{"numbers":[],"colour":"BLK"}"#).is_err());
        let gun: Gun = serde_json::from_str(r#"{"numbers":[{"as_seen":"1"}],"type":"pi"}"#).unwrap();
        assert_eq!(gun.gun_type.unwrap().as_str(), "PI");
        let gun: Gun = serde_json::from_str(r#"{"numbers":[],"type":"s"}"#).unwrap();
        assert_eq!(serde_json::to_value(gun.gun_type).unwrap(), "S", "a shotgun of whatever action");
        assert!(["", "PIX", "1", "P1", " "].iter().all(|text| text.parse::<GunType>().is_err()));
    }
}
