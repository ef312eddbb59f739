//! Names of things: the numbers that people say over the phone, and the ids of commands.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;
use utoipa::ToSchema;
use uuid::Uuid;

/// What could not be read as an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id of this kind")]
pub struct NotAnId;

/// A country by its ISO 3166-1 alpha-2 code, or a vanished one by its ISO 3166-3 alpha-4 code.
///
/// The form is all that is checked here; `reference::country` knows which exist. `ZZ`, which
/// ISO leaves to its users, is the hub.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CountryCode([u8; 4]);

impl CountryCode {
    /// The hub, which runs the registry and decides nothing about a hit.
    pub const HUB: CountryCode = CountryCode(*b"ZZ\0\0");

    /// The code in capitals.
    pub fn as_str(&self) -> &str {
        let length = self.0.iter().position(|b| *b == 0).unwrap_or(4);
        std::str::from_utf8(&self.0[..length]).unwrap_or_default()
    }
}

impl FromStr for CountryCode {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let bytes = text.trim().as_bytes();
        if !matches!(bytes.len(), 2 | 4) || !bytes.iter().all(u8::is_ascii_alphabetic) {
            return Err(NotAnId);
        }
        let mut code = [0; 4];
        for (to, from) in code.iter_mut().zip(bytes) {
            *to = from.to_ascii_uppercase();
        }
        Ok(Self(code))
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A record: `CR-2026-0004417` is its owner's country, the year of entry and a running number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RecordId {
    /// The owner's country.
    pub country: CountryCode,
    /// The year in which it was entered.
    pub year: u16,
    /// The running number within country and year, from 1.
    pub number: u32,
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}-{:04}-{:07}", self.country, self.year, self.number))
    }
}

impl FromStr for RecordId {
    type Err = NotAnId;
    /// Reads it as people say it: capitals and leading zeros do not matter.
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let mut parts = text.trim().split('-');
        let (Some(country), Some(year), Some(number), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(NotAnId);
        };
        let digits =
            |s: &str, most: usize| (1..=most).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
        if year.len() != 4 || !digits(year, 4) || !digits(number, 9) {
            return Err(NotAnId);
        }
        Ok(Self {
            country: country.parse()?,
            year: year.parse().map_err(|_| NotAnId)?,
            number: number.parse().map_err(|_| NotAnId)?,
        })
    }
}

macro_rules! counted {
    ($(#[$doc:meta])* $name:ident, $letter:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&format!(concat!($letter, "-{}"), self.0))
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let text = text.trim();
                let (letter, digits) = text.split_once('-').ok_or(NotAnId)?;
                if !letter.eq_ignore_ascii_case($letter) || !(1..=15).contains(&digits.len())
                    || !digits.bytes().all(|b| b.is_ascii_digit()) {
                    return Err(NotAnId);
                }
                digits.parse().map(Self).map_err(|_| NotAnId)
            }
        }
    };
}

counted!(
    /// A hit: `H-2291`.
    HitId, "H"
);
counted!(
    /// A check: `C-88213`.
    CheckId, "C"
);
counted!(
    /// An officer: `O-17`.
    OfficerId, "O"
);

/// An agency: its country, a hyphen and up to sixteen letters or figures, as in `CR-NCB`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AgencyId(String);

impl AgencyId {
    /// The National Central Bureau of a country.
    pub fn ncb(country: CountryCode) -> Self {
        Self(format!("{country}-NCB"))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AgencyId {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let text = text.trim().to_ascii_uppercase();
        let (country, unit) = text.split_once('-').ok_or(NotAnId)?;
        country.parse::<CountryCode>()?;
        if !(1..=16).contains(&unit.len()) || !unit.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(NotAnId);
        }
        Ok(Self(text))
    }
}

impl fmt::Display for AgencyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A command, named by a UUID that its sender makes (version 7; the registry's own clocks
/// and imports derive theirs, version 8), so that a repeated one is known as the same.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CommandId(pub Uuid);

impl fmt::Display for CommandId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0.hyphenated(), f)
    }
}

impl FromStr for CommandId {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        Uuid::parse_str(text).map(Self).map_err(|_| NotAnId)
    }
}

impl OfficerId {
    /// The registry itself, where it acts by its own rules.
    pub const REGISTRY: OfficerId = OfficerId(0);
}

macro_rules! as_string {
    ($($name:ident = $example:literal),* $(,)?) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = String::deserialize(from)?;
                text.parse().map_err(|_| de::Error::custom(concat!("must look like ", $example)))
            }
        }
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .examples([serde_json::Value::from($example)])
                    .into()
            }
        }
        impl ToSchema for $name {}
    )*};
}
as_string!(
    CountryCode = "CR",
    RecordId = "CR-2026-0004417",
    HitId = "H-2291",
    CheckId = "C-88213",
    OfficerId = "O-17",
    AgencyId = "CR-NCB",
    CommandId = "019ab2c4-7d10-7c3e-9d2f-5b1e0c9a4f11",
);
macro_rules! debug_as_shown {
    ($($name:ident),*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
    )*};
}
debug_as_shown!(RecordId, HitId, CheckId, OfficerId, AgencyId, CommandId);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_as_they_are_said() {
        let id: RecordId = "cr-2026-4417".parse().unwrap();
        assert_eq!(id.to_string(), "CR-2026-0004417");
        assert_eq!("h-2291".parse::<HitId>().unwrap(), HitId(2291));
        for wrong in ["", "CR", "CR-26-1", "CR-2026-", "CR-2026-1-2", "C1-2026-1", "CR-2026-1234567890"] {
            assert!(wrong.parse::<RecordId>().is_err(), "{wrong}");
        }
        for wrong in ["H", "H-", "H2291", "C-2291", "H-+1", "H--1"] {
            assert!(wrong.parse::<HitId>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn vanished_countries_have_four_letters() {
        assert_eq!("suhh".parse::<CountryCode>().unwrap().to_string(), "SUHH");
        assert!("SUH".parse::<CountryCode>().is_err());
        assert!("é".parse::<CountryCode>().is_err());
    }

    proptest! {
        #[test]
        fn record_ids_round_trip(year in 1900u16..9999, number in 1u32..999_999_999) {
            let id = RecordId { country: "CR".parse().unwrap(), year, number };
            prop_assert_eq!(id.to_string().parse::<RecordId>().unwrap(), id);
            let json = serde_json::to_string(&id).unwrap();
            prop_assert_eq!(serde_json::from_str::<RecordId>(&json).unwrap(), id);
        }

        #[test]
        fn no_text_panics(text in ".{0,40}") {
            let _ = text.parse::<RecordId>();
            let _ = text.parse::<HitId>();
            let _ = text.parse::<AgencyId>();
            let _ = text.parse::<CountryCode>();
        }
    }
}
