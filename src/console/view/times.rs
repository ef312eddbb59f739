//! Times as the desk reads them: local and UTC minutes, and words for what is left.

use crate::domain::time::Moment;
use jiff::Zoned;
use jiff::tz::TimeZone;

/// Minutes in an hour and in a day.
const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// The present minute and the desk's time zone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Times<'a> {
    pub(super) now: Moment,
    pub(super) zone: &'a TimeZone,
}

impl Times<'_> {
    fn local(&self, moment: Moment) -> Zoned {
        moment.timestamp().to_zoned(self.zone.clone())
    }

    /// Local and UTC: `03:07 09:07Z`; with the local day before it when that is not today.
    pub(super) fn both(&self, moment: Moment) -> String {
        let (local, utc) = (self.local(moment), moment.timestamp().to_zoned(TimeZone::UTC));
        let clocks = format!("{} {}Z", local.strftime("%H:%M"), utc.strftime("%H:%M"));
        match self.day(moment) {
            Some(day) => format!("{day} {clocks}"),
            None => clocks,
        }
    }

    /// Local only: `03:07`, `11-18` for another day, `2024` for another year.
    pub(super) fn short(&self, moment: Moment) -> String {
        let (local, now) = (self.local(moment), self.local(self.now));
        let form = match (local.date() == now.date(), local.year() == now.year()) {
            (true, _) => "%H:%M",
            (false, true) => "%m-%d",
            (false, false) => "%Y",
        };
        local.strftime(form).to_string()
    }

    /// Local time of day only.
    pub(super) fn clock(&self, moment: Moment) -> String {
        self.local(moment).strftime("%H:%M").to_string()
    }

    /// The local day, `2027-02-18`.
    pub(super) fn date(&self, moment: Moment) -> String {
        self.local(moment).strftime("%Y-%m-%d").to_string()
    }

    /// The local day when it is not today.
    fn day(&self, moment: Moment) -> Option<String> {
        let (local, now) = (self.local(moment), self.local(self.now));
        if local.date() == now.date() {
            None
        } else if local.year() == now.year() {
            Some(local.strftime("%m-%d").to_string())
        } else {
            Some(local.strftime("%Y-%m-%d").to_string())
        }
    }

    /// What is left until `due`.
    pub(super) fn left(&self, due: Moment) -> Left {
        let minutes = self.now.until(due).0;
        if minutes < 0 { Left::Late(span(-minutes)) } else { Left::Time(span(minutes)) }
    }
}

/// What is left of a clock, as a number with its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Left {
    /// So much.
    Time(String),
    /// It ran out so long ago.
    Late(String),
}

/// A span in the largest unit of which there is at least one: `3m`, `22h`, `6d`.
pub(super) fn span(minutes: i64) -> String {
    match minutes {
        ..HOUR => format!("{minutes}m"),
        HOUR..DAY => format!("{}h", minutes / HOUR),
        _ => format!("{}d", minutes / DAY),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::Minutes;

    #[test]
    fn times_are_local_and_utc() {
        let zone = TimeZone::fixed(jiff::tz::offset(-6));
        let now = Moment::of("2026-11-20T09:07:00Z".parse().unwrap());
        let times = Times { now, zone: &zone };
        assert_eq!(times.both(now), "03:07 09:07Z");
        assert_eq!(times.both(now.after(Minutes::hours(-4))), "11-19 23:07 05:07Z");
        assert_eq!(times.short(now.after(Minutes::days(-2))), "11-18");
        assert_eq!(times.short(now.after(Minutes::days(-700))), "2024");
        assert_eq!(times.left(now.after(Minutes(3))), Left::Time("3m".into()));
        assert_eq!(times.left(now.after(Minutes(-4))), Left::Late("4m".into()));
        assert_eq!(times.left(now.after(Minutes::hours(23))), Left::Time("23h".into()));
    }

    #[test]
    fn the_ends_of_time_are_drawn_too() {
        let zone = TimeZone::fixed(jiff::tz::offset(14));
        for moment in [Moment(i64::MIN), Moment(i64::MAX), Moment(0)] {
            let times = Times { now: Moment(0), zone: &zone };
            assert!(!times.both(moment).is_empty() && !times.short(moment).is_empty());
            let (Left::Time(text) | Left::Late(text)) = times.left(moment);
            assert!(!text.is_empty());
        }
    }
}
