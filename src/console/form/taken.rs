//! What a field is taken for, and what it might be completed to.

use super::{FieldId, Form};
use crate::console::grammar::{read_country, read_type, serial};
use crate::domain::date::PartialDate;
use crate::domain::evidence::NotSerial;
use crate::domain::gun::Place;
use crate::domain::life::read_mark;
use crate::domain::record::{Circumstance, Confidentiality};
use crate::matching::{Cell, NumberKind, Pattern, classify};
use crate::reference::complete::{self, Suggestion};
use crate::reference::{calibre, country, gun_type, make, model};

/// What a field is taken for: stands behind `=`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Taken {
    /// Nothing is typed.
    #[default]
    Nothing,
    /// It means this, as the tables call it.
    As {
        /// What goes into the record.
        value: String,
        /// What it is called.
        name: String,
        /// How many things it may mean.
        of: usize,
    },
    /// It may be this one, a slip of the hand away: a guess is not taken before the officer
    /// takes it. The mark `?`.
    Guess {
        /// What would go into the record.
        value: String,
        /// What it is called.
        name: String,
    },
    /// A number of so many places, and those of them that are unread.
    Number {
        /// Places.
        places: usize,
        /// Places unread, from 1.
        unread: Vec<usize>,
    },
    /// No serial, but something else that stands in a number's place. The mark `?`.
    NotSerial(NotSerial),
    /// A date to the day, to the month or to the year.
    Date(PartialDate),
    /// An import mark: country and year.
    Mark {
        /// The country's code.
        country: String,
        /// The year.
        year: i16,
    },
    /// The text as it is.
    AsTyped,
    /// It deserves a look: the tables do not know it. The mark `?`.
    Unknown,
    /// It cannot be read. The mark `!`.
    Wrong,
}

/// Most suggestions that Right goes through.
const MOST: usize = 9;

/// What may be put in place of what is typed in a field, the best first.
pub fn suggestions(form: &Form, id: FieldId, typed: &str) -> Vec<Suggestion> {
    let codes = |codes: &[&str]| {
        let typed = typed.trim().to_ascii_lowercase();
        let fits = codes.iter().filter(|code| code.starts_with(&typed));
        fits.map(|code| Suggestion { code: (*code).to_owned(), label: String::new() }).collect()
    };
    match id {
        FieldId::Kind => codes(&Circumstance::ALL.map(Circumstance::code)),
        FieldId::OnTheGun => codes(&Place::ALL.map(Place::code)),
        FieldId::Caveat => codes(&LEVELS.map(|(code, _)| code)),
        FieldId::Type => complete::gun_types(typed, MOST),
        FieldId::Make => complete::makes(typed, MOST),
        FieldId::Model => complete::models(form.text(FieldId::Make), typed, MOST),
        FieldId::Calibre => complete::calibres(typed, MOST),
        FieldId::MadeIn => complete::countries(typed, MOST),
        _ => Vec::new(),
    }
}

/// Words of the caveat's levels.
pub(super) const LEVELS: [(&str, Confidentiality); 3] = [
    ("official", Confidentiality::OfficialUse),
    ("restricted", Confidentiality::Restricted),
    ("confidential", Confidentiality::Confidential),
];

/// What a field is taken for as it stands.
pub(super) fn taken(form: &Form, id: FieldId) -> Taken {
    let text = form.text(id);
    if text.is_empty() {
        return Taken::Nothing;
    }
    match id {
        FieldId::Kind => code(&Circumstance::ALL.map(Circumstance::code), text),
        FieldId::OnTheGun => code(&Place::ALL.map(Place::code), text),
        FieldId::Number => number(text),
        FieldId::OtherNumber => number(part(text).1),
        FieldId::Type => match read_type(text) {
            Some(read) => match gun_type::describe(read.as_str()) {
                Some(known) => named(read.as_str(), words(known), 1),
                None => Taken::Unknown,
            },
            None => Taken::Wrong,
        },
        FieldId::Make => match make::meanings(text).as_slice() {
            [] => Taken::Unknown,
            [first, ..] if first.kind == make::Kind::Fuzzy => Taken::Guess {
                value: first.make.code.clone(),
                name: format!("{}, {}", first.make.name, first.make.country),
            },
            [first, ..] => named(
                &first.make.code,
                format!("{}, {}", first.make.name, first.make.country),
                complete::makes(text, MOST).len().max(1),
            ),
        },
        FieldId::Model => match model::find(form.text(FieldId::Make), text) {
            Some(known) => named(&known.name, known.name.clone(), 1),
            None => Taken::Unknown,
        },
        FieldId::Calibre => match calibre::find(text) {
            Some(known) => named(&known.code, known.code.clone(), known.covers.len().max(1)),
            None => Taken::Unknown,
        },
        FieldId::MadeIn => match read_country(text) {
            Some(code) => match country::by_code(code.as_str()) {
                Some(known) => named(code.as_str(), known.name.clone(), 1),
                None => Taken::Wrong,
            },
            None => Taken::Wrong,
        },
        FieldId::Year => match text.parse::<i16>() {
            Ok(_) => Taken::AsTyped,
            Err(_) => Taken::Wrong,
        },
        FieldId::Date => match text.parse() {
            Ok(date) => Taken::Date(date),
            Err(_) => Taken::Wrong,
        },
        FieldId::ImportMark => match read_mark(text, i16::MAX) {
            Some((country, year)) => Taken::Mark { country: country.to_string(), year },
            None => Taken::AsTyped,
        },
        FieldId::Caveat => match super::report::caveat(text) {
            Some(_) => Taken::AsTyped,
            None => Taken::Wrong,
        },
        FieldId::Place | FieldId::Theft | FieldId::FileNumber | FieldId::Remark => Taken::AsTyped,
    }
}

fn named(value: &str, name: String, of: usize) -> Taken {
    Taken::As { value: value.to_owned(), name, of }
}

fn words(known: &gun_type::GunType) -> String {
    match &known.second {
        Some(second) => format!("{}, {second}", known.first),
        None => known.first.clone(),
    }
}

/// One of a few codes, which may be cut short where that leaves one.
fn code(codes: &[&str], text: &str) -> Taken {
    let text = text.to_ascii_lowercase();
    let fits: Vec<&&str> = codes.iter().filter(|code| code.starts_with(&text)).collect();
    match fits[..] {
        [only] => named(only, (*only).to_owned(), 1),
        _ => Taken::Wrong,
    }
}

/// A number, its places counted as the ruler and the reasons count them.
fn number(text: &str) -> Taken {
    let Ok(number) = serial(text) else { return Taken::Wrong };
    if let NumberKind::NotSerial(is) = classify(number.as_seen.as_str()) {
        return Taken::NotSerial(is);
    }
    let pattern = Pattern::lenient(number.as_seen.as_str());
    let cells = pattern.cells().iter().enumerate();
    let unread = cells.filter(|(_, cell)| !matches!(cell, Cell::Char(_))).map(|(at, _)| at + 1).collect();
    Taken::Number { places: pattern.cells().len(), unread }
}

/// The word for the part that may stand before another number, and the number.
pub(super) fn part(text: &str) -> (Option<Place>, &str) {
    let (word, rest) = text.split_once(' ').unwrap_or(("", text));
    match Place::ALL.into_iter().find(|place| place.code().eq_ignore_ascii_case(word)) {
        Some(place) => (Some(place), rest.trim()),
        None => (None, text),
    }
}
