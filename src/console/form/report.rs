//! From the form to a report, and back.

use super::taken::{LEVELS, Taken, part};
use super::{FieldId, Form};
use crate::console::grammar::serial;
use crate::domain::check::Question;
use crate::domain::gun::{Gun, Number, Place};
use crate::domain::ids::{CountryCode, RecordId};
use crate::domain::private::Private;
use crate::domain::record::{Caveat, Circumstance, Entry, Report};
use crate::domain::refusal::{Fields, Trouble};
use crate::domain::text::Text;
use crate::domain::time::Moment;
use crate::matching::{NumberKind, classify};

impl Form {
    /// A form for a gun in hand, filled in from its check.
    pub fn of_check(question: &Question, now: Moment) -> Self {
        let mut form = Self::new(now);
        form.checked = Some(Box::new(question.clone()));
        form.fill(FieldId::Kind, Circumstance::Recovered.code());
        // A word for none, a filler or a model would be a serial on record: it is named instead.
        let mut gun = question.gun.clone();
        gun.numbers.retain(|number| {
            let serial = classify(number.as_seen.as_str()) == NumberKind::Serial;
            if !serial {
                form.left_out.push(number.as_seen.as_str().to_owned());
            }
            serial
        });
        form.fill_gun(&gun);
        if !form.left_out.is_empty() {
            form.at = Some(FieldId::Number);
        }
        form.fill(FieldId::FileNumber, question.case.as_str());
        if let Some(found) = question.found {
            form.fill(FieldId::Date, &found.to_string());
        }
        form
    }

    /// A form that amends a record.
    pub fn of_record(record: RecordId, revision: u32, report: &Report, now: Moment) -> Self {
        let mut form = Self::of_report(report, now);
        form.amends = Some((record, revision));
        form
    }

    /// A form with what a report says; what it does not show stays as it is there.
    pub fn of_report(report: &Report, now: Moment) -> Self {
        let mut form = Self::new(now);
        form.base = Some(Box::new(report.clone()));
        form.fill(FieldId::Kind, report.circumstance.code());
        form.fill_gun(&report.gun);
        for (id, text) in [
            (FieldId::Place, &report.place.text().cloned()),
            (FieldId::Theft, &report.batch),
            (FieldId::FileNumber, &Some(report.case.clone())),
            (FieldId::Remark, &report.remark.text().cloned()),
        ] {
            if let Some(text) = text {
                form.fill(id, text.as_str());
            }
        }
        if let Some(date) = report.date {
            form.fill(FieldId::Date, &date.to_string());
        }
        form.fill(FieldId::Caveat, &caveat_words(&report.caveat));
        form
    }

    fn fill_gun(&mut self, gun: &Gun) {
        if let Some(first) = gun.numbers.first() {
            self.fill(FieldId::Number, first.as_seen.as_str());
            if first.place != Place::Unstated {
                self.fill(FieldId::OnTheGun, first.place.code());
            }
        }
        if let Some(other) = gun.numbers.get(1) {
            let part = if other.place == Place::Unstated { "" } else { other.place.code() };
            self.fill(FieldId::OtherNumber, format!("{part} {}", other.as_seen.as_str()).trim());
        }
        for (id, text) in [
            (FieldId::Make, &gun.make),
            (FieldId::Model, &gun.model),
            (FieldId::Calibre, &gun.calibre),
            (FieldId::ImportMark, &gun.import_mark),
        ] {
            if let Some(text) = text {
                self.fill(id, text.as_str());
            }
        }
        for (id, text) in [
            (FieldId::Type, gun.gun_type.map(|code| code.to_string())),
            (FieldId::MadeIn, gun.made_in.map(|code| code.to_string())),
            (FieldId::Year, gun.year.map(|year| year.to_string())),
        ] {
            if let Some(text) = text {
                self.fill(id, &text);
            }
        }
    }

    /// What the form reports, and what in it cannot be read, under the names on the wire.
    pub fn report(&self) -> (Report, Fields) {
        let mut fields = Fields::default();
        let text = |id| Some(self.text(id)).filter(|text| !text.is_empty()).map(Text::from);
        let base = self.base.as_deref();
        let gun = Gun {
            numbers: self.numbers(base, &mut fields),
            make: text(FieldId::Make),
            model: text(FieldId::Model),
            calibre: text(FieldId::Calibre),
            gun_type: self.value(FieldId::Type, "report.gun.type", &mut fields),
            made_in: self.value(FieldId::MadeIn, "report.gun.made_in", &mut fields),
            import_mark: text(FieldId::ImportMark),
            year: self.parsed(FieldId::Year, "report.gun.year", &mut fields),
            importer: base.and_then(|base| base.gun.importer.clone()),
            marks: base.map(|base| base.gun.marks.clone()).unwrap_or_default(),
        };
        let caveat = match caveat(self.text(FieldId::Caveat)) {
            Some(typed) => {
                Caveat { denied_sees: base.map(|b| b.caveat.denied_sees).unwrap_or_default(), ..typed }
            }
            None => {
                unreadable(self, FieldId::Caveat, "report.caveat", &mut fields);
                Caveat::default()
            }
        };
        let circumstance = match &self.field(FieldId::Kind).map(|field| &field.taken) {
            Some(Taken::As { value, .. }) => Circumstance::from_code(value),
            _ => None,
        };
        if circumstance.is_none() {
            let trouble = match self.text(FieldId::Kind) {
                "" => Trouble::Missing,
                given => Trouble::Unknown { given: cut(given) },
            };
            fields.add("report.circumstance", trouble);
        }
        let report = Report {
            circumstance: circumstance.unwrap_or(Circumstance::Lost),
            gun,
            date: self.parsed(FieldId::Date, "report.date", &mut fields),
            place: text(FieldId::Place).into(),
            batch: text(FieldId::Theft),
            basis: base.map(|base| base.basis.clone()).unwrap_or_default(),
            context: base.and_then(|base| base.context),
            case: text(FieldId::FileNumber).unwrap_or_default(),
            remark: text(FieldId::Remark).map(|text| Private::new(text.as_str())).unwrap_or_default(),
            caveat,
            source_id: base.and_then(|base| base.source_id.clone()),
            entry: Entry::Desk,
        };
        (report, fields)
    }

    /// The numbers of the form, and those of the record that it does not show.
    fn numbers(&self, base: Option<&Report>, fields: &mut Fields) -> Vec<Number> {
        let mut numbers = Vec::new();
        let mut take = |text: &str, place: Option<Place>, path: &str| {
            if text.is_empty() {
                return;
            }
            match serial(text) {
                Ok(number) => numbers.push(Number { place: place.unwrap_or_default(), ..number }),
                Err(_) => fields.add(path, Trouble::Unknown { given: cut(text) }),
            }
        };
        let place = match self.field(FieldId::OnTheGun).map(|field| &field.taken) {
            Some(Taken::As { value, .. }) => Place::ALL.into_iter().find(|place| place.code() == value),
            _ => None,
        };
        take(self.text(FieldId::Number), place, "report.gun.numbers[0].as_seen");
        let (part, number) = part(self.text(FieldId::OtherNumber));
        take(number, part, "report.gun.numbers[1].as_seen");
        if place.is_none() && !self.text(FieldId::OnTheGun).is_empty() {
            unreadable(self, FieldId::OnTheGun, "report.gun.numbers[0].place", fields);
        }
        numbers.extend(base.into_iter().flat_map(|base| base.gun.numbers.iter().skip(2).cloned()));
        numbers
    }

    /// A field of a closed table: what it is taken for.
    fn value<T: std::str::FromStr>(&self, id: FieldId, path: &str, fields: &mut Fields) -> Option<T> {
        let typed = self.text(id);
        if typed.is_empty() {
            return None;
        }
        let value = match self.field(id).map(|field| &field.taken) {
            Some(Taken::As { value, .. }) => value.parse().ok(),
            Some(Taken::Wrong) => None,
            _ => typed.parse().ok(),
        };
        if value.is_none() {
            unreadable(self, id, path, fields);
        }
        value
    }

    fn parsed<T: std::str::FromStr>(&self, id: FieldId, path: &str, fields: &mut Fields) -> Option<T> {
        let typed = self.text(id);
        let value = typed.parse().ok();
        if value.is_none() && !typed.is_empty() {
            unreadable(self, id, path, fields);
        }
        value
    }
}

fn unreadable(form: &Form, id: FieldId, path: &str, fields: &mut Fields) {
    fields.add(path, Trouble::Unknown { given: cut(form.text(id)) });
}

fn cut(text: &str) -> String {
    text.chars().take(40).collect()
}

/// A caveat as it is typed: its level, then `not` and the countries that are shut out.
pub(super) fn caveat(text: &str) -> Option<Caveat> {
    let mut words = text.split_whitespace();
    let confidentiality = match words.next() {
        None => return Some(Caveat::default()),
        Some(word) => {
            let word = word.to_ascii_lowercase();
            LEVELS.iter().find(|(level, _)| level.starts_with(&word))?.1
        }
    };
    let denied: Option<Vec<CountryCode>> = match words.next() {
        None => Some(Vec::new()),
        Some(word) if word.eq_ignore_ascii_case("not") => words.map(|word| word.parse().ok()).collect(),
        Some(_) => None,
    };
    Some(Caveat { confidentiality, denied: denied?, ..Caveat::default() })
}

fn caveat_words(caveat: &Caveat) -> String {
    let level =
        LEVELS.iter().find(|(_, level)| *level == caveat.confidentiality).map_or("", |(word, _)| word);
    let denied: Vec<&str> = caveat.denied.iter().map(CountryCode::as_str).collect();
    if denied.is_empty() { level.to_owned() } else { format!("{level} not {}", denied.join(" ")) }
}
