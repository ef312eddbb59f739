//! Reads dates as files have them; where day and month could be either, in the order that is said.

use crate::domain::date::PartialDate;
use std::fmt;

/// The order of day, month and year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Order {
    /// Month, day, year, as in the United States.
    Mdy,
    /// Day, month, year.
    Dmy,
    /// Year, month, day.
    #[default]
    Ymd,
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Order::Mdy => "mdy",
            Order::Dmy => "dmy",
            Order::Ymd => "ymd",
        })
    }
}

/// The date that a text means; a time behind it is left out.
///
/// A year of four figures that stands first settles the order by itself. A year of two
/// figures is the latest that is not to come. Nothing is guessed: a month above 12 is no date.
pub fn read(text: &str, order: Order, this_year: i16) -> Option<PartialDate> {
    let day = text.trim().split([' ', 'T']).next()?;
    if let Ok(date) = day.parse() {
        return Some(date);
    }
    let parts: Vec<&str> = day.split(['/', '-', '.']).collect();
    let year_first = parts.first().is_some_and(|first| first.len() == 4);
    let (year, month, day) = match (parts.as_slice(), order) {
        ([year, month, day], Order::Ymd) => (year, month, Some(day)),
        ([year, month, day], _) if year_first => (year, month, Some(day)),
        ([month, day, year], Order::Mdy) => (year, month, Some(day)),
        ([day, month, year], Order::Dmy) => (year, month, Some(day)),
        ([year, month], _) if year_first => (year, month, None),
        ([month, year], Order::Mdy | Order::Dmy) if year.len() == 4 => (year, month, None),
        _ => return None,
    };
    let day = match day {
        Some(day) => Some(figures(day)?),
        None => None,
    };
    PartialDate::new(whole_year(year, this_year)?, Some(figures(month)?), day).ok()
}

fn figures(text: &str) -> Option<i8> {
    let plain = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

fn whole_year(text: &str, this_year: i16) -> Option<i16> {
    match text.len() {
        4 if text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse().ok(),
        2 => {
            let year = this_year / 100 * 100 + i16::from(figures(text)?);
            Some(if year > this_year { year - 100 } else { year })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said(text: &str, order: Order) -> Option<String> {
        read(text, order, 2026).map(|date| date.to_string())
    }

    #[test]
    fn each_order_is_read_as_it_is_said() {
        for (text, order, date) in [
            ("10/21/82", Order::Mdy, Some("1982-10-21")),
            ("7/2/20", Order::Mdy, Some("2020-07-02")),
            ("7/2/20", Order::Dmy, Some("2020-02-07")),
            ("21.10.1982", Order::Dmy, Some("1982-10-21")),
            ("1982/10/21", Order::Ymd, Some("1982-10-21")),
            ("1982-10-21", Order::Mdy, Some("1982-10-21")),
            ("1982-10-21T08:15:00", Order::Dmy, Some("1982-10-21")),
            ("3/14/2026 0:00", Order::Mdy, Some("2026-03-14")),
            ("2026", Order::Mdy, Some("2026")),
            ("5/2021", Order::Dmy, Some("2021-05")),
            ("1/1/27", Order::Dmy, Some("1927-01-01")),
            ("14/3/2026", Order::Mdy, None),
            ("2/29/2023", Order::Mdy, None),
            ("yesterday", Order::Mdy, None),
            ("", Order::Ymd, None),
            ("10/21", Order::Mdy, None),
        ] {
            assert_eq!(said(text, order).as_deref(), date, "{text} {order}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in ".{0,24}", order in 0..3usize) {
            let _ = read(&text, [Order::Mdy, Order::Dmy, Order::Ymd][order], 2026);
        }
    }
}
