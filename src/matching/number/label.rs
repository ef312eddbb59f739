//! What stands around a number in its field: labels before it, remarks behind it, more numbers.

use super::pieces::is_full;
use super::{amount, brackets};

/// A number's field taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// The numbers, without labels.
    pub numbers: Vec<String>,
    /// What was said in brackets, or behind the number.
    pub remarks: Vec<String>,
}

/// Takes the field apart; the text is bare (accents dropped) and still has its small letters.
pub(super) fn split(bare: &str) -> Parts {
    let mut parts = Parts::default();
    let main = brackets::opened(&unread(bare), &mut parts.remarks);
    let mut rest = main.as_str();
    while let Some((at, length)) = separator(rest) {
        parts.push(&rest[..at]);
        rest = &rest[at + length..];
    }
    parts.push(rest);
    parts
}

impl Parts {
    /// Keeps one number, if there is anything of it. A label is one only before a number:
    /// `no consta` says that there is none.
    fn push(&mut self, text: &str) {
        let text = text.trim();
        let text = if text.chars().any(char::is_numeric) { unlabelled(text) } else { text };
        let amount = amount::as_typed(text);
        let text = amount.as_deref().unwrap_or(text);
        if text.chars().any(|c| c.is_alphanumeric() || "?*[^$".contains(c)) {
            self.numbers.push(text.to_owned());
        }
    }
}

/// The text with the signs that people leave for what they could not read, as they stand in
/// forms (`12__45`, `12##45`, `...345`), in our own notation.
fn unread(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let mut run = 1;
        while matches!(sign, '_' | '#' | '.') && signs.next_if_eq(&sign).is_some() {
            run += 1;
        }
        match (sign, run) {
            ('_' | '#', 2..) => out.extend(std::iter::repeat_n('?', run)),
            ('.', 3..) => out.push('*'),
            _ => out.extend(std::iter::repeat_n(sign, run)),
        }
    }
    out
}

/// Words between two numbers, in the languages of the forms: and, or.
const JOINTS: [&str; 11] =
    [" e ", " y ", " et ", " und ", " and ", " ou ", " or ", " o ", " oder ", " и ", " i "];

/// Words between the first and the last number of a range.
const RANGES: [&str; 9] = [" a ", " al ", " ao ", " ate ", " to ", " bis ", " hasta ", " до ", " do "];

/// Where one number ends and another begins: `;`, `|`, a line's end, `, ` and ` / `, or a word
/// between two numbers.
///
/// A bare slash or comma does not part: `45/1234` and `12,345` are single numbers.
fn separator(text: &str) -> Option<(usize, usize)> {
    let signs = [";", "|", "\n", ", ", " / ", " & ", " + "];
    let sign = signs.iter().filter_map(|mark| text.find(mark).map(|at| (at, mark.len()))).min();
    let lower = text.to_ascii_lowercase();
    let joint = JOINTS.iter().filter_map(|mark| {
        let at = lower.find(mark)?;
        (is_number(&text[..at]) && is_number(&text[at + mark.len()..])).then_some((at, mark.len()))
    });
    let range = RANGES.iter().filter_map(|mark| {
        let at = lower.find(mark)?;
        is_range(&text[..at], &text[at + mark.len()..]).then_some((at, mark.len()))
    });
    sign.into_iter().chain(joint).chain(range).min()
}

/// Whether a range may lie between two texts: the numbers beside it are full ones and as long.
fn is_range(before: &str, behind: &str) -> bool {
    let last = before.split_whitespace().next_back().filter(|word| is_full(word));
    let first = behind.split_whitespace().next().filter(|word| is_full(word));
    last.zip(first).is_some_and(|(last, first)| last.len() == first.len())
}

/// Whether a text beside a joint has figures enough for a number of its own.
fn is_number(text: &str) -> bool {
    text.chars().filter(|c| c.is_numeric()).count() >= 4
}

/// Labels that people write before a number, in the languages of the forms; longest first.
///
/// Longer words are none of a number anyway and need not stand here.
const LABELS: [&str; 49] = [
    "serial number",
    "seriennummer",
    "waffennummer",
    "numero de serie",
    "serial num",
    "num de serie",
    "nro de serie",
    "serial no",
    "no de serie",
    "nr de serie",
    "n° de serie",
    "# de serie",
    "serie no",
    "serie nr",
    "serien-nr",
    "serial nr",
    "n° serie",
    "nr serie",
    "ser. no",
    "ser.no",
    "ser no",
    "waffen-nr",
    "matricula",
    "matricule",
    "ser. br",
    "seri no",
    "vyr. c",
    "tv. br",
    "numero",
    "serial",
    "serie",
    "fabr",
    "matr",
    "v.c.",
    "nr.o",
    "s.n.",
    "n.s.",
    "s/n",
    "sn:",
    "n/s",
    "nro",
    "num",
    "ser",
    "reg",
    "sn",
    "ns",
    "n.°",
    "no",
    "nr",
];

/// The text without the labels that it begins with.
///
/// A label counts only where something parts it from what follows, because `NR12345` and
/// `SN4711` are numbers that begin with letters. `No12345` in mixed letters is a label too.
fn unlabelled(text: &str) -> &str {
    let mut text = text.trim();
    while let Some(rest) = without_label(text) {
        if !rest.chars().any(char::is_alphanumeric) {
            break;
        }
        text = rest;
    }
    text
}

fn without_label(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix('#') {
        return Some(rest.trim_start());
    }
    for label in LABELS {
        let Some(head) = text.get(..label.len()).filter(|head| head.eq_ignore_ascii_case(label)) else {
            continue;
        };
        let rest = &text[label.len()..];
        // A hyphen joins: `NR-1234` is the number NR1234.
        let signed = label.ends_with("/n") || label.ends_with(['.', ':', '°']);
        let parted = signed || rest.starts_with([' ', '.', ':', '#', '°', '=', '\t']);
        let mixed = matches!(head, "No" | "Nr") && rest.starts_with(char::is_numeric);
        if parted || mixed {
            return Some(rest.trim_start_matches([' ', '.', ':', '#', '°', '-', '=', '\t']));
        }
    }
    // "N° 123": the sign alone is the label.
    let rest = text.strip_prefix(['N', 'n'])?.trim_start();
    rest.strip_prefix(['°', '.', ':']).map(|rest| rest.trim_start_matches([' ', '.', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> String {
        split(text).numbers.first().cloned().unwrap_or_default()
    }

    #[test]
    fn labels_go_and_prefixes_stay() {
        for text in
            ["No 12345", "No. 12345", "Nr.12345", "No12345", "S/N 12345", "S/N:12345", "SER. NO. 12345"]
        {
            assert_eq!(first(text), "12345", "{text}");
        }
        for text in ["Serial No: 12345", "numero de serie 12345", "N° 12345", "#12345", "No. S/N 12345"] {
            assert_eq!(first(text), "12345", "{text}");
        }
        for text in ["NR12345", "NR-1234", "SN4711", "NO12345", "N12345", "NUM", "no"] {
            assert_eq!(first(text), text, "{text}");
        }
    }

    #[test]
    fn remarks_are_split_off_and_choices_stay() {
        let parts = split("VPW370 (CANO)");
        assert_eq!(parts.remarks, ["CANO"]);
        assert_eq!(first("VPW370 (CANO)").trim(), "VPW370");
        assert_eq!(first("AB45(38)"), "AB45[38]");
        assert_eq!(first("K(DO)73519"), "K[DO]73519");
        assert_eq!(split("VPW370(CANO)").remarks, ["CANO"]);
        assert_eq!(split("12345 (two").remarks, ["two"]);
    }

    #[test]
    fn several_numbers_in_one_field() {
        assert_eq!(split("123456; AB789").numbers.len(), 2);
        assert_eq!(split("123456 / 654987").numbers.len(), 2);
        assert_eq!(split("45/1234").numbers, ["45/1234"]);
        assert_eq!(split("12,345").numbers, ["12,345"]);
    }
}
