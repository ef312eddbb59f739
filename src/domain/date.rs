//! Dates as files have them: to the day, to the month or to the year.

use super::ids::NotAnId;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;
use utoipa::ToSchema;

/// A date with its precision: `2026-01-14`, `2026-01` or `2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

impl PartialDate {
    /// A date to the day.
    pub fn day(date: Date) -> Self {
        Self { year: date.year(), month: Some(date.month()), day: Some(date.day()) }
    }

    /// A date of the given parts.
    ///
    /// # Errors
    /// There is no such day, or the year is not between 1500 and 2999.
    pub fn new(year: i16, month: Option<i8>, day: Option<i8>) -> Result<Self, NotAnId> {
        if !(1500..3000).contains(&year) || (month.is_none() && day.is_some()) {
            return Err(NotAnId);
        }
        Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).map_err(|_| NotAnId)?;
        Ok(Self { year, month, day })
    }

    /// The year.
    pub fn year(&self) -> i16 {
        self.year
    }

    /// Year, month and day, as far as they are known.
    pub fn parts(&self) -> (i16, Option<i8>, Option<i8>) {
        (self.year, self.month, self.day)
    }

    /// The first day that it can mean.
    pub fn earliest(&self) -> Date {
        Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).unwrap_or(Date::MIN)
    }

    /// The last day that it can mean.
    pub fn latest(&self) -> Date {
        match (self.month, self.day) {
            (Some(_), Some(_)) => self.earliest(),
            (Some(_), None) => self.earliest().last_of_month(),
            _ => self.earliest().last_of_year(),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{:04}-{month:02}-{day:02}", self.year),
            (Some(month), None) => format!("{:04}-{month:02}", self.year),
            _ => format!("{:04}", self.year),
        };
        f.pad(&text)
    }
}

impl FromStr for PartialDate {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        fn figures<T: FromStr>(part: &str, length: usize) -> Result<T, NotAnId> {
            if part.len() != length || !part.bytes().all(|b| b.is_ascii_digit()) {
                return Err(NotAnId);
            }
            part.parse().map_err(|_| NotAnId)
        }
        let parts: Vec<&str> = text.trim().split('-').collect();
        match parts[..] {
            [year] => Self::new(figures(year, 4)?, None, None),
            [year, month] => Self::new(figures(year, 4)?, Some(figures(month, 2)?), None),
            [year, month, day] => {
                Self::new(figures(year, 4)?, Some(figures(month, 2)?), Some(figures(day, 2)?))
            }
            _ => Err(NotAnId),
        }
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map_err(|_| de::Error::custom("must be a date such as 2026-01-14, 2026-01 or 2026"))
    }
}

impl utoipa::PartialSchema for PartialDate {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .examples([serde_json::Value::from("2026-01-14")])
            .into()
    }
}
impl ToSchema for PartialDate {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn precision_is_kept() {
        for text in ["2026-01-14", "2026-01", "2026"] {
            assert_eq!(text.parse::<PartialDate>().unwrap().to_string(), text);
        }
        let month: PartialDate = "2024-02".parse().unwrap();
        assert_eq!(month.earliest().to_string(), "2024-02-01");
        assert_eq!(month.latest().to_string(), "2024-02-29");
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for text in ["2023-02-29", "2026-13", "26-01-14", "2026-1-4", "", "2026-", "+202-01", "9999"] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn dates_round_trip(year in 1500i16..3000, month in 1i8..=12, day in 1i8..=28) {
            let date = PartialDate::new(year, Some(month), Some(day)).unwrap();
            prop_assert_eq!(date.to_string().parse::<PartialDate>().unwrap(), date);
            prop_assert!(date.earliest() <= date.latest());
        }
    }
}
