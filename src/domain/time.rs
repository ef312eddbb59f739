//! Points in time and spans, as whole numbers.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A point in time: microseconds since 1970-01-01T00:00:00Z.
///
/// One whole number in the store, on the wire and in the rules, so that no conversion can
/// round two of them apart.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize, ToSchema,
)]
#[serde(transparent)]
pub struct Moment(pub i64);

/// A length of time in whole minutes, the smallest unit that an officer is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct Minutes(pub i64);

/// Microseconds in a minute.
const MINUTE: i64 = 60_000_000;

impl Moment {
    /// The moment that many minutes later; the end of time instead of an overflow.
    #[must_use]
    pub fn after(self, minutes: Minutes) -> Self {
        Self(self.0.saturating_add(minutes.0.saturating_mul(MINUTE)))
    }

    /// Whole minutes from `self` to `later`, rounded down, negative when it is earlier.
    pub fn until(self, later: Moment) -> Minutes {
        Minutes(later.0.saturating_sub(self.0).div_euclid(MINUTE))
    }

    /// The moment of a time stamp.
    pub fn of(timestamp: jiff::Timestamp) -> Self {
        Self(timestamp.as_microsecond())
    }

    /// The time stamp of this moment; moments outside the years -9999 to 9999 are held at
    /// the nearer end.
    pub fn timestamp(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(if self.0 < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        })
    }

    /// The UTC day.
    pub fn day(self) -> jiff::civil::Date {
        self.timestamp().to_zoned(jiff::tz::TimeZone::UTC).date()
    }
}

impl Minutes {
    /// That many hours.
    pub const fn hours(hours: i64) -> Self {
        Self(hours * 60)
    }

    /// That many days.
    pub const fn days(days: i64) -> Self {
        Self(days * 24 * 60)
    }

    /// That many times as long.
    #[must_use]
    pub const fn times(self, n: i64) -> Self {
        Self(self.0.saturating_mul(n))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_round_down_on_both_sides() {
        let now = Moment(0);
        assert_eq!(now.until(Moment(59_999_999)), Minutes(0));
        assert_eq!(now.until(Moment(-1)), Minutes(-1));
        assert_eq!(now.after(Minutes::hours(2)), Moment(7_200_000_000));
        assert_eq!(Moment(i64::MAX).after(Minutes(1)), Moment(i64::MAX));
    }
}
