//! Reading a search line.

use super::{Asked, GrammarFault, GunLine, KEYS, LEAST_KNOWN, LineKey};
use crate::domain::gun::{Gun, GunType, Number, Place};
use crate::domain::ids::CountryCode;
use crate::domain::private::Private;
use crate::domain::text::Text;
use crate::reference::{country, gun_type};

/// Reads a line: a gun (`S KD73519 /MK FN`, `QG.KD73519.FN`, or the bare number), or the
/// number of a record or a hit.
///
/// # Errors
/// The part that is wrong.
pub fn parse(line: &str) -> Result<Asked, GrammarFault> {
    let line = line.trim();
    if line.is_empty() {
        return Err(GrammarFault::Empty);
    }
    if let Ok(hit) = line.parse() {
        return Ok(Asked::Hit(hit));
    }
    if let Ok(record) = line.parse() {
        return Ok(Asked::Record(record));
    }
    let gun = match old_keys(line) {
        Some(line) => gun(&line)?,
        None => gun(line)?,
    };
    Ok(Asked::Gun(Box::new(gun)))
}

/// The old form, number, make and calibre behind dots, in the new one.
fn old_keys(line: &str) -> Option<String> {
    let head = line.get(..3)?;
    if !head.eq_ignore_ascii_case("QG.") {
        return None;
    }
    let mut parts = line[3..].splitn(3, '.').map(str::trim);
    let mut new = format!("S {}", parts.next().unwrap_or_default());
    for (key, part) in ["MK", "CAL"].iter().zip(parts) {
        if !part.is_empty() {
            new.push_str(&format!(" /{key} {part}"));
        }
    }
    Some(new)
}

fn gun(line: &str) -> Result<GunLine, GrammarFault> {
    let mut words = parted(line).into_iter().peekable();
    words.next_if(|word| word.eq_ignore_ascii_case("s"));
    let mut line = GunLine::default();
    let mut place = None;
    let number = value(&mut words);
    if !number.is_empty() {
        line.gun.numbers.push(serial(&number)?);
    }
    while let Some(word) = words.next() {
        let key = key(word)?;
        let value = value(&mut words);
        if value.is_empty() {
            return Err(GrammarFault::NothingBehind { key: key.key });
        }
        put(&mut line, &mut place, key, &value)?;
    }
    if let Some(place) = place {
        match line.gun.numbers.first_mut().filter(|_| !number.is_empty()) {
            Some(first) => first.place = place,
            None => return Err(GrammarFault::NothingToFindBy),
        }
    }
    let gun = &line.gun;
    if gun.numbers.is_empty() && (gun.make.is_none() || gun.model.is_none()) {
        return Err(GrammarFault::NothingToFindBy);
    }
    Ok(line)
}

/// Words up to the next key, with one blank between them.
fn value<'a>(words: &mut std::iter::Peekable<impl Iterator<Item = &'a str>>) -> String {
    let mut value: Vec<&str> = Vec::new();
    while let Some(word) = words.next_if(|word| !is_key(word)) {
        value.push(word);
    }
    value.join(" ")
}

/// The words of a line; a key with something behind it begins a word too where it was typed
/// behind a number without a blank: `KD73519/MK FN`. Without a figure before it, it is no key but
/// a label, as in `S/NO 4711`.
pub(in crate::console) fn parted(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut words = line.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let glued = |at: &usize| {
            let figures = word[..*at].bytes().any(|c| c.is_ascii_digit());
            figures && is_key(&word[*at..]) && key(&word[*at..]).is_ok()
        };
        let at = word.rfind('/').filter(glued).filter(|_| words.peek().is_some()).unwrap_or(0);
        let (number, rest) = word.split_at(at);
        parts.extend([number, rest].into_iter().filter(|part| !part.is_empty()));
    }
    parts
}

/// A stroke and two or three letters; `S/42` and `/7` are parts of a number.
pub(in crate::console) fn is_key(word: &str) -> bool {
    word.strip_prefix('/')
        .is_some_and(|key| matches!(key.len(), 2 | 3) && key.bytes().all(|b| b.is_ascii_alphabetic()))
}

fn key(word: &str) -> Result<LineKey, GrammarFault> {
    let name = word.trim_start_matches('/');
    KEYS.into_iter()
        .find(|key| key.key.eq_ignore_ascii_case(name))
        .ok_or_else(|| GrammarFault::NoSuchKey { key: name.to_owned() })
}

fn put(line: &mut GunLine, place: &mut Option<Place>, key: LineKey, value: &str) -> Result<(), GrammarFault> {
    let shape = || GrammarFault::Shape { key: key.key, given: value.to_owned(), like: key.like };
    let Gun { make, model, calibre, gun_type, made_in, importer, import_mark, year, marks, numbers } =
        &mut line.gun;
    let text = || Text::new(value);
    match key.key {
        "MK" => once(make, key, text()),
        "MD" => once(model, key, text()),
        "CAL" => once(calibre, key, text()),
        "IP" => once(importer, key, text()),
        "IM" => once(import_mark, key, text()),
        "XM" if marks.is_none() => {
            *marks = Private::new(value);
            Ok(())
        }
        "XM" => Err(GrammarFault::Twice { key: key.key }),
        "YR" => once(year, key, value.parse().map_err(|_| shape())?),
        "ON" => once(&mut line.found, key, value.parse().map_err(|_| shape())?),
        "PL" => once(place, key, named_place(value).ok_or_else(shape)?),
        "TY" => once(gun_type, key, read_type(value).ok_or_else(shape)?),
        "CO" => once(made_in, key, read_country(value).ok_or_else(shape)?),
        _ => {
            // NO: a word for the part may stand before the number.
            let (part, rest) = value.split_once(' ').unwrap_or(("", value));
            let number = match named_place(part) {
                Some(place) => Number { place, ..serial(rest)? },
                None => serial(value)?,
            };
            numbers.push(number);
            Ok(())
        }
    }
}

fn once<T>(field: &mut Option<T>, key: LineKey, value: T) -> Result<(), GrammarFault> {
    match field {
        Some(_) => Err(GrammarFault::Twice { key: key.key }),
        None => {
            *field = Some(value);
            Ok(())
        }
    }
}

pub(super) fn named_place(word: &str) -> Option<Place> {
    Place::ALL.into_iter().find(|place| place.code().eq_ignore_ascii_case(word))
}

/// A type by its letters, or by words that the tables know.
pub(in crate::console) fn read_type(text: &str) -> Option<GunType> {
    gun_type::find(text).and_then(|known| known.code.parse().ok()).or_else(|| text.parse().ok())
}

/// A country by its code, or by a name that the tables know.
pub(in crate::console) fn read_country(text: &str) -> Option<CountryCode> {
    let known = |code: &CountryCode| country::by_code(code.as_str()).is_some();
    text.parse().ok().filter(known).or_else(|| country::find(text)?.code.parse().ok())
}

/// A number as it stands on the gun, with what was said beside it; `(38)` inside it means
/// `[38]`, which many keyboards lack, and other round brackets hold remarks.
pub(in crate::console) fn serial(text: &str) -> Result<Number, GrammarFault> {
    let (mut known, mut open, mut wild, mut aside) = (0, None, false, false);
    for (at, c) in text.chars().enumerate() {
        match (c, open) {
            ('[', None) => {
                open = Some((at + 1, 0));
                wild = true;
            }
            (']', Some((_, held))) if held > 0 => open = None,
            (']', _) | ('[', Some(_)) => return Err(GrammarFault::Bracket { place: at + 1 }),
            (_, Some((place, held))) => open = Some((place, held + 1)),
            ('(' | ')', None) => aside = c == '(',
            ('?' | '*', None) => wild = true,
            (c, None) if c.is_alphanumeric() && !aside => known += 1,
            _ => {}
        }
    }
    if let Some((place, _)) = open {
        return Err(GrammarFault::Bracket { place });
    }
    if wild && known < LEAST_KNOWN {
        return Err(GrammarFault::TooFewKnown { known, least: LEAST_KNOWN });
    }
    Ok(Number { as_seen: Text::new(text), place: Place::Unstated })
}
