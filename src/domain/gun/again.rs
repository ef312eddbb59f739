//! One gun that somebody describes a second time: what stays, and what is said otherwise.

use super::{Gun, MOST_NUMBERS, Number, Place};
use crate::domain::private::Private;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A part of a gun that is described otherwise than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Change {
    /// The field, by its name on the wire.
    pub field: String,
    /// What was said before.
    pub was: Private,
    /// What is said now.
    pub now: Private,
}

impl Gun {
    /// This gun after somebody described it again: what is said now holds, what is left out
    /// stays as it was said before.
    pub fn described_again(&self, now: &Gun) -> Gun {
        Gun {
            numbers: numbers(&self.numbers, &now.numbers),
            make: now.make.clone().or_else(|| self.make.clone()),
            model: now.model.clone().or_else(|| self.model.clone()),
            calibre: now.calibre.clone().or_else(|| self.calibre.clone()),
            gun_type: now.gun_type.or(self.gun_type),
            made_in: now.made_in.or(self.made_in),
            importer: now.importer.clone().or_else(|| self.importer.clone()),
            import_mark: now.import_mark.clone().or_else(|| self.import_mark.clone()),
            year: now.year.or(self.year),
            marks: if now.marks.is_none() { self.marks.clone() } else { now.marks.clone() },
        }
    }

    /// What a later description says otherwise; what only one of the two says is no change.
    pub fn changes(&self, now: &Gun) -> Vec<Change> {
        let said = |gun: &Gun| {
            let text =
                |text: &Option<crate::domain::text::Text>| text.as_ref().map(|t| t.as_str().to_owned());
            [
                ("make", text(&gun.make)),
                ("model", text(&gun.model)),
                ("calibre", text(&gun.calibre)),
                ("type", gun.gun_type.map(|kind| kind.to_string())),
                ("made_in", gun.made_in.map(|country| country.to_string())),
                ("importer", text(&gun.importer)),
                ("import_mark", text(&gun.import_mark)),
                ("year", gun.year.map(|year| year.to_string())),
                ("marks", gun.marks.text().map(|marks| marks.as_str().to_owned())),
            ]
        };
        let fields = said(self)
            .into_iter()
            .zip(said(now))
            .filter_map(|((field, was), (_, now))| change(field, &was?, &now?));
        let numbers = self.numbers.iter().flat_map(|was| {
            let mut here = now.numbers.iter().filter(|now| now.place == was.place);
            let now = if here.clone().any(|now| same(&now.as_seen, &was.as_seen)) {
                None
            } else {
                here.next_back()
            };
            now.and_then(|now| change("as_seen", was.as_seen.as_str(), now.as_seen.as_str()))
        });
        numbers.chain(fields).collect()
    }
}

/// The numbers said now, each where it was said to stand before, and the others of before
/// whose places nobody has read again.
fn numbers(before: &[Number], now: &[Number]) -> Vec<Number> {
    let mut numbers: Vec<Number> = now
        .iter()
        .map(|number| {
            let known = before.iter().find(|old| same(&old.as_seen, &number.as_seen));
            let place = known.filter(|_| number.place == Place::Unstated).map(|old| old.place);
            Number { place: place.unwrap_or(number.place), ..number.clone() }
        })
        .collect();
    for old in before {
        let read_again =
            numbers.iter().any(|number| number.place == old.place || same(&number.as_seen, &old.as_seen));
        if !read_again && numbers.len() < MOST_NUMBERS {
            numbers.push(old.clone());
        }
    }
    numbers
}

fn same(a: &crate::domain::text::Text, b: &crate::domain::text::Text) -> bool {
    a.as_str().trim().to_uppercase() == b.as_str().trim().to_uppercase()
}

fn change(field: &str, was: &str, now: &str) -> Option<Change> {
    let other = was.trim().to_uppercase() != now.trim().to_uppercase();
    other.then(|| Change { field: field.to_owned(), was: Private::new(was), now: Private::new(now) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(as_seen: &str, place: Place) -> Number {
        Number { as_seen: as_seen.into(), place }
    }

    #[test]
    fn what_is_left_out_stays_and_what_differs_is_named() {
        let before = Gun {
            numbers: vec![number("ZQ44871", Place::Frame), number("77", Place::Barrel)],
            make: Some("GLOCK".into()),
            calibre: Some("9x19".into()),
            ..Gun::default()
        };
        let now = Gun {
            numbers: vec![number("zq44871", Place::Unstated)],
            calibre: Some("99x99".into()),
            model: Some("17".into()),
            ..Gun::default()
        };
        let again = before.described_again(&now);
        assert_eq!(again.numbers, [number("zq44871", Place::Frame), number("77", Place::Barrel)]);
        assert_eq!((again.make, again.model), (before.make.clone(), now.model.clone()));
        assert_eq!(again.calibre, now.calibre);
        let change = |was: &str, now: &str| Change {
            field: "calibre".into(),
            was: Private::new(was),
            now: Private::new(now),
        };
        assert_eq!(before.changes(&now), [change("9x19", "99x99")]);
        assert!(before.changes(&before).is_empty() && before.changes(&Gun::default()).is_empty());
    }
}
