//! The ways in which a number reaches an officer other than it was stamped.

use crate::dice::Dice;
use crate::generator::Made;

/// Characters that are taken for each other, with how often of each hundred.
pub(crate) const ALIKE: [(u8, u8, f64); 10] = [
    (b'0', b'O', 24.0),
    (b'1', b'I', 18.0),
    (b'5', b'S', 14.0),
    (b'8', b'B', 13.0),
    (b'2', b'Z', 11.0),
    (b'6', b'G', 8.0),
    (b'1', b'L', 5.0),
    (b'0', b'D', 3.0),
    (b'0', b'Q', 2.0),
    (b'U', b'V', 2.0),
];
/// Fewest characters that an error leaves.
pub(crate) const LEAST_LEFT: usize = 4;
/// Longest run that `*` stands for.
pub(crate) const LONGEST_LOST: usize = 3;
/// How often a lost prefix or suffix is the whole block of letters, where there is one, and
/// not one or two characters of any kind.
pub(crate) const LOST_BLOCK: f64 = 0.7;
/// How often two places are unread, and not one.
pub(crate) const TWO_UNREAD: f64 = 0.5;

/// A kind of error; each is drawn equally often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Format,
    Confused,
    ConfusedTwice,
    Substituted,
    Deleted,
    Inserted,
    Transposed,
    EditedTwice,
    Unread,
    Star,
    LostEnd,
    ConfusedAndEdited,
    ModelInFront,
}

impl Kind {
    pub(crate) const ALL: [Self; 13] = [
        Self::Format,
        Self::Confused,
        Self::ConfusedTwice,
        Self::Substituted,
        Self::Deleted,
        Self::Inserted,
        Self::Transposed,
        Self::EditedTwice,
        Self::Unread,
        Self::Star,
        Self::LostEnd,
        Self::ConfusedAndEdited,
        Self::ModelInFront,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Confused => "confus1",
            Self::ConfusedTwice => "confus2",
            Self::Substituted => "sub1",
            Self::Deleted => "del1",
            Self::Inserted => "ins1",
            Self::Transposed => "transp",
            Self::EditedTwice => "edit2",
            Self::Unread => "wild?",
            Self::Star => "star*",
            Self::LostEnd => "lostfix",
            Self::ConfusedAndEdited => "conf+edit",
            Self::ModelInFront => "model+sn",
        }
    }

    /// The number of a gun with this error, or nothing where the number does not allow it.
    pub(crate) fn garble(self, made: &Made, dice: &mut Dice) -> Option<String> {
        let serial = made.serial().into_bytes();
        let text = match self {
            Self::Format => return Some(formatted(made, dice)),
            Self::Confused => confuse(&serial, dice, None)?.0,
            Self::ConfusedTwice => {
                let (once, at) = confuse(&serial, dice, None)?;
                confuse(&once, dice, Some(at))?.0
            }
            Self::Substituted => substitute(&serial, dice),
            Self::Deleted => delete(&serial, dice)?,
            Self::Inserted => insert(&serial, dice),
            Self::Transposed => transpose(&serial, dice)?,
            Self::EditedTwice => {
                let twice = edit(&edit(&serial, dice)?, dice)?;
                if twice == serial {
                    return None;
                }
                twice
            }
            Self::Unread => unread(&serial, dice)?,
            Self::Star => star(&serial, dice)?,
            Self::LostEnd => {
                let ends = lost_ends(&serial);
                let at = dice.among(ends.iter().map(|(_, share)| *share));
                ends.into_iter().nth(at)?.0
            }
            Self::ConfusedAndEdited => edit(&confuse(&serial, dice, None)?.0, dice)?,
            Self::ModelInFront => {
                return Some(format!("{} {}", made.model().spellings[0], made.serial()));
            }
        };
        String::from_utf8(text).ok()
    }
}

/// What a character is taken for, with the share of each.
pub(crate) fn alike(sign: u8) -> impl Iterator<Item = (u8, f64)> + Clone {
    ALIKE.into_iter().filter_map(
        move |(a, b, share)| {
            if a == sign { Some((b, share)) } else { (b == sign).then_some((a, share)) }
        },
    )
}

/// Characters among which one is taken for another without being alike.
pub(crate) fn class(sign: u8) -> std::ops::RangeInclusive<u8> {
    if sign.is_ascii_digit() { b'0'..=b'9' } else { b'A'..=b'Z' }
}

fn formatted(made: &Made, dice: &mut Dice) -> String {
    let serial = made.serial();
    let mark = dice.pick(&['-', ' ']);
    let mut text = String::new();
    match dice.below(3) {
        0 => text = made.stamped().to_lowercase(),
        1 => {
            let mut before: Option<char> = None;
            for sign in serial.chars() {
                if before.is_some_and(|before| before.is_ascii_digit() != sign.is_ascii_digit()) {
                    text.push(mark);
                }
                text.push(sign);
                before = Some(sign);
            }
        }
        _ => {}
    }
    if text.is_empty() || text == serial {
        // In groups of three from the end.
        let length = serial.len();
        let starts = |at: usize| at > 0 && (length - at).is_multiple_of(3);
        return serial
            .chars()
            .enumerate()
            .flat_map(|(at, sign)| [starts(at).then_some(mark), Some(sign)])
            .flatten()
            .collect();
    }
    text
}

fn confuse(text: &[u8], dice: &mut Dice, not_at: Option<usize>) -> Option<(Vec<u8>, usize)> {
    let places: Vec<usize> =
        (0..text.len()).filter(|at| Some(*at) != not_at && alike(text[*at]).next().is_some()).collect();
    if places.is_empty() {
        return None;
    }
    let at = dice.pick(&places);
    let others = alike(text[at]);
    let other = dice.among(others.clone().map(|(_, share)| share));
    let mut text = text.to_vec();
    text[at] = others.clone().nth(other)?.0;
    Some((text, at))
}

/// Another character of the same class.
fn other(sign: u8, dice: &mut Dice) -> u8 {
    let class = class(sign);
    let drawn = class.start() + dice.at(class.len() - 1) as u8;
    drawn + u8::from(drawn >= sign)
}

fn substitute(text: &[u8], dice: &mut Dice) -> Vec<u8> {
    let at = dice.at(text.len());
    let mut text = text.to_vec();
    text[at] = other(text[at], dice);
    text
}

fn delete(text: &[u8], dice: &mut Dice) -> Option<Vec<u8>> {
    let at = dice.at(text.len());
    let mut text = text.to_vec();
    text.remove(at);
    (text.len() >= LEAST_LEFT).then_some(text)
}

/// A character too many, of the class of the one that it stands before.
fn insert(text: &[u8], dice: &mut Dice) -> Vec<u8> {
    let at = dice.at(text.len() + 1);
    let class = class(text[at.min(text.len() - 1)]);
    let sign = class.start() + dice.at(class.len()) as u8;
    let mut text = text.to_vec();
    text.insert(at, sign);
    text
}

fn transpose(text: &[u8], dice: &mut Dice) -> Option<Vec<u8>> {
    let places: Vec<usize> = (1..text.len()).filter(|at| text[*at] != text[*at - 1]).collect();
    if places.is_empty() {
        return None;
    }
    let at = dice.pick(&places);
    let mut text = text.to_vec();
    text.swap(at - 1, at);
    Some(text)
}

fn edit(text: &[u8], dice: &mut Dice) -> Option<Vec<u8>> {
    match dice.below(3) {
        0 => Some(substitute(text, dice)),
        1 => delete(text, dice),
        _ => Some(insert(text, dice)),
    }
}

fn unread(text: &[u8], dice: &mut Dice) -> Option<Vec<u8>> {
    let at = dice.at(text.len());
    let mut unread = text.to_vec();
    unread[at] = b'?';
    if dice.happens(TWO_UNREAD) {
        let second = dice.at(text.len() - 1);
        unread[second + usize::from(second >= at)] = b'?';
    }
    let known = unread.iter().filter(|sign| **sign != b'?').count();
    (known >= LEAST_LEFT).then_some(unread)
}

/// Runs that may be lost, by their length: 1 up to what leaves enough.
pub(crate) fn most_lost(length: usize) -> usize {
    length.saturating_sub(LEAST_LEFT).min(LONGEST_LOST)
}

fn star(text: &[u8], dice: &mut Dice) -> Option<Vec<u8>> {
    let most = most_lost(text.len());
    if most == 0 {
        return None;
    }
    let lost = 1 + dice.at(most);
    let at = dice.at(text.len() - lost + 1);
    Some([&text[..at], b"*", &text[at + lost..]].concat())
}

/// What is left of a number whose prefix or suffix was lost, with the share of each.
pub(crate) fn lost_ends(text: &[u8]) -> Vec<(Vec<u8>, f64)> {
    let letters =
        |signs: &mut dyn Iterator<Item = &u8>| signs.take_while(|sign| sign.is_ascii_alphabetic()).count();
    let start = letters(&mut text.iter());
    let end = letters(&mut text.iter().rev());
    let length = text.len();
    let left = |start: usize, end: usize| text[start.min(length)..length - end.min(length)].to_vec();
    let mut blocks = vec![];
    if start > 0 {
        blocks.push(left(start, 0));
    }
    if end > 0 && end < length {
        blocks.push(left(0, end));
    }
    blocks.retain(|block| block.len() >= LEAST_LEFT);
    let mut cut = vec![left(1, 0), left(2, 0), left(0, 1), left(0, 2)];
    cut.retain(|cut| cut.len() >= LEAST_LEFT);
    let of_blocks = if blocks.is_empty() { 0.0 } else { LOST_BLOCK };
    let (many_blocks, many_cut) = (blocks.len() as f64, cut.len() as f64);
    let blocks = blocks.into_iter().map(|block| (block, of_blocks / many_blocks));
    blocks.chain(cut.into_iter().map(|cut| (cut, (1.0 - of_blocks) / many_cut))).collect()
}
