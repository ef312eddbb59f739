//! How likely a number in hand is, given the gun: the error model read backwards.
//!
//! It is exact up to what draws leave out (a number too short for an error is drawn again,
//! which shifts the shares of the kinds a little) and up to the ways of writing a number,
//! which count as one.

use crate::errors::{TWO_UNREAD, alike, class, lost_ends, most_lost};
use crate::generator::{TOLD, Told, WRONG};
use crate::makers::{CALIBRES, MAKERS, TYPES};
use crate::origin::makers_of;

/// A number in hand, with what it may have been before the last of two edits.
pub(crate) struct Seen {
    text: Vec<u8>,
    /// Without blanks, hyphens and small letters.
    norm: Vec<u8>,
    before_edit: Vec<(Vec<u8>, f64)>,
}

impl Seen {
    pub(crate) fn new(text: &str) -> Self {
        let text = text.as_bytes().to_vec();
        let norm: Vec<u8> =
            text.iter().filter(|sign| !matches!(sign, b' ' | b'-')).map(u8::to_ascii_uppercase).collect();
        let plain = norm == text && text.iter().all(u8::is_ascii_alphanumeric);
        let before_edit = if plain { before_edit(&text) } else { vec![] };
        Self { text, norm, before_edit }
    }

    /// The probability of it, given a serial and its maker.
    pub(crate) fn given(&self, serial: &[u8], maker: u8) -> f64 {
        let (seen, norm) = (self.text.as_slice(), self.norm.as_slice());
        if seen.contains(&b'?') {
            return unread(seen, serial);
        }
        if let Some(at) = seen.iter().position(|sign| *sign == b'*') {
            return star(&seen[..at], &seen[at + 1..], serial);
        }
        if norm != seen {
            let models = MAKERS[usize::from(maker)].models;
            let fits = |model: &&crate::makers::Model| {
                let name = model.spellings[0].as_bytes();
                seen.strip_prefix(name).and_then(|rest| rest.strip_prefix(b" ")) == Some(serial)
            };
            let in_front = models.iter().filter(fits).count() as f64 / models.len() as f64;
            return f64::from(u8::from(norm == serial)) + in_front;
        }
        let twice: f64 = self.before_edit.iter().map(|(text, next)| one_edit(text, serial) * next).sum();
        let confused_first: f64 = confusions(serial).map(|(text, share)| share * one_edit(seen, &text)).sum();
        let lost: f64 = if seen.len() < serial.len() {
            lost_ends(serial).iter().filter(|(left, _)| left == seen).map(|(_, share)| share).sum()
        } else {
            0.0
        };
        confused(seen, serial)
            + substituted(seen, serial)
            + deleted(seen, serial)
            + inserted(seen, serial)
            + transposed(seen, serial)
            + twice
            + confused_first
            + lost
    }
}

fn substituted(seen: &[u8], serial: &[u8]) -> f64 {
    if seen.len() != serial.len() {
        return 0.0;
    }
    let mut differing = (0..seen.len()).filter(|at| seen[*at] != serial[*at]);
    match (differing.next(), differing.next()) {
        (Some(at), None) if class(serial[at]).contains(&seen[at]) => {
            1.0 / (serial.len() * (class(serial[at]).len() - 1)) as f64
        }
        _ => 0.0,
    }
}

/// Places of the longer at which a character stands that the other lacks.
fn gap(longer: &[u8], shorter: &[u8]) -> std::ops::Range<usize> {
    if longer.len() != shorter.len() + 1 {
        return 0..0;
    }
    let prefix = longer.iter().zip(shorter).take_while(|(a, b)| a == b).count();
    let suffix = longer.iter().rev().zip(shorter.iter().rev()).take_while(|(a, b)| a == b).count();
    if prefix + suffix < shorter.len() {
        return 0..0;
    }
    shorter.len() - suffix..prefix + 1
}

fn deleted(seen: &[u8], serial: &[u8]) -> f64 {
    gap(serial, seen).len() as f64 / serial.len() as f64
}

fn inserted(seen: &[u8], serial: &[u8]) -> f64 {
    let places = gap(seen, serial);
    let each = places.filter_map(|at| {
        let class = class(serial[at.min(serial.len() - 1)]);
        class.contains(&seen[at]).then(|| 1.0 / ((serial.len() + 1) * class.len()) as f64)
    });
    each.sum()
}

/// One edit of the three that a number suffers twice.
fn one_edit(seen: &[u8], serial: &[u8]) -> f64 {
    if seen.len().abs_diff(serial.len()) > 1 {
        return 0.0;
    }
    (substituted(seen, serial) + deleted(seen, serial) + inserted(seen, serial)) / 3.0
}

fn transposed(seen: &[u8], serial: &[u8]) -> f64 {
    if seen.len() != serial.len() {
        return 0.0;
    }
    let Some(at) = (0..seen.len()).find(|at| seen[*at] != serial[*at]) else { return 0.0 };
    let swapped = at + 1 < seen.len()
        && seen[at] == serial[at + 1]
        && seen[at + 1] == serial[at]
        && seen[at + 2..] == serial[at + 2..];
    let places = serial.windows(2).filter(|pair| pair[0] != pair[1]).count();
    if swapped { 1.0 / places as f64 } else { 0.0 }
}

/// One or two look-alikes.
fn confused(seen: &[u8], serial: &[u8]) -> f64 {
    if seen.len() != serial.len() {
        return 0.0;
    }
    let differing: Vec<usize> = (0..seen.len()).filter(|at| seen[*at] != serial[*at]).collect();
    let share = |at: usize| {
        let all: f64 = alike(serial[at]).map(|(_, share)| share).sum();
        let own: f64 = alike(serial[at]).filter(|(sign, _)| *sign == seen[at]).map(|(_, share)| share).sum();
        if all > 0.0 { own / all } else { 0.0 }
    };
    let places = serial.iter().filter(|sign| alike(**sign).next().is_some()).count() as f64;
    match differing.as_slice() {
        [at] => share(*at) / places.max(1.0),
        [first, second] => 2.0 * share(*first) * share(*second) / (places * (places - 1.0)).max(1.0),
        _ => 0.0,
    }
}

fn confusions(serial: &[u8]) -> impl Iterator<Item = (Vec<u8>, f64)> + '_ {
    let places = serial.iter().filter(|sign| alike(**sign).next().is_some()).count() as f64;
    (0..serial.len()).flat_map(move |at| {
        let all: f64 = alike(serial[at]).map(|(_, share)| share).sum();
        alike(serial[at]).map(move |(sign, share)| {
            let mut text = serial.to_vec();
            text[at] = sign;
            (text, share / all / places)
        })
    })
}

fn unread(seen: &[u8], serial: &[u8]) -> f64 {
    let fits = seen.len() == serial.len() && seen.iter().zip(serial).all(|(a, b)| a == b || *a == b'?');
    let unread = seen.iter().filter(|sign| **sign == b'?').count();
    let length = serial.len() as f64;
    match unread {
        1 if fits => (1.0 - TWO_UNREAD) / length,
        2 if fits => TWO_UNREAD * 2.0 / (length * (length - 1.0)),
        _ => 0.0,
    }
}

fn star(start: &[u8], end: &[u8], serial: &[u8]) -> f64 {
    let known = start.len() + end.len();
    let Some(lost) = serial.len().checked_sub(known).filter(|lost| *lost > 0) else { return 0.0 };
    let most = most_lost(serial.len());
    if lost > most || !serial.starts_with(start) || !serial.ends_with(end) {
        return 0.0;
    }
    1.0 / most as f64 / (known + 1) as f64
}

/// What a number may have been before one edit, each with the probability of that edit.
fn before_edit(seen: &[u8]) -> Vec<(Vec<u8>, f64)> {
    let mut texts: Vec<Vec<u8>> = vec![];
    for at in 0..seen.len() {
        texts.push([&seen[..at], &seen[at + 1..]].concat());
        for sign in class(seen[at]) {
            let mut text = seen.to_vec();
            text[at] = sign;
            texts.push(text);
        }
    }
    for at in 0..=seen.len() {
        for sign in (b'0'..=b'9').chain(b'A'..=b'Z') {
            texts.push([&seen[..at], &[sign], &seen[at..]].concat());
        }
    }
    texts.sort_unstable();
    texts.dedup();
    let all = texts.into_iter().map(|text| (one_edit(seen, &text), text));
    all.filter(|(share, _)| *share > 0.0).map(|(share, text)| (text, share)).collect()
}

/// How likely this number and these words are said of a gun, given its serial and what its
/// record tells.
///
/// Maker and model are known only as far as serial and record tell them: what a ranking may
/// read, and no more. `told` is `None` where the number alone is asked.
pub(crate) fn likelihood(seen: &Seen, told: Option<&Told>, serial: &str, recorded: &Told) -> f64 {
    let (mut both, mut record) = (0.0, 0.0);
    for (maker, share) in makers_of(serial.as_bytes()) {
        let models = MAKERS[usize::from(maker)].models.len() as u8;
        let (mut of_both, mut of_record) = (0.0, 0.0);
        for model in 0..models {
            let on_record = told_of(recorded, maker, model) / f64::from(models);
            of_record += on_record;
            of_both += on_record * told.map_or(1.0, |told| told_of(told, maker, model));
        }
        record += share * of_record;
        if of_both > 0.0 {
            both += share * of_both * seen.given(serial.as_bytes(), maker);
        }
    }
    both / record
}

/// How likely it is that this is told of a gun.
fn told_of(told: &Told, maker: u8, model: u8) -> f64 {
    let value = |at: usize, right: Option<bool>, values: usize| match right {
        None => 1.0 - TOLD[at],
        Some(true) => TOLD[at] * (1.0 - WRONG[at]),
        Some(false) => TOLD[at] * WRONG[at] / (values - 1) as f64,
    };
    let models = MAKERS[usize::from(maker)].models;
    let made = &models[usize::from(model)];
    value(0, told.make.map(|make| make == maker), MAKERS.len())
        * value(1, told.model.map(|told| told == (maker, model)), models.len())
        * value(2, told.calibre.map(|calibre| calibre == made.calibre), CALIBRES.len())
        * value(3, told.gun_type.map(|gun_type| gun_type == made.gun_type), TYPES.len())
        // A model of another maker was never told of this one's gun.
        * f64::from(u8::from(told.model.is_none_or(|(other, _)| other == maker)))
}
