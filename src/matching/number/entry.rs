//! An entry as words.

use super::pieces::{has_figure, is_label_inside, is_listed};

/// A word of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word<'a> {
    pub text: &'a str,
    /// Whether it is letters that a sign behind them makes a label: `MAT. 45127`, `ext: 45127`.
    pub is_label: bool,
}

/// Letters that a dot makes a label of; fewer may be a prefix.
const LABEL: usize = 3;

/// The words of an entry. What stands in square brackets is no word of its own, and a word of
/// the lists is one even where a stroke or hyphen joins it to a number.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let (mut start, mut inside) = (0, false);
    for (at, sign) in text.char_indices() {
        inside = (inside || sign == '[') && sign != ']';
        if !inside && matches!(sign, ' ' | '\t' | '\n' | ':' | '=' | '"' | '\'' | '#') {
            push(&mut found, &text[start..at], matches!(sign, ':' | '=' | '#'), sign == ' ');
            start = at + sign.len_utf8();
        }
    }
    push(&mut found, &text[start..], false, true);
    found
}

fn push<'a>(found: &mut Vec<Word<'a>>, word: &'a str, signed: bool, blank: bool) {
    if word.is_empty() {
        return;
    }
    let (front, word) = parted(word);
    if let Some(front) = front {
        push(found, front, false, true);
        return push(found, word, signed, blank);
    }
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let dotted = blank && word.ends_with('.') && letters >= LABEL;
    let is_label = letters > 0 && !has_figure(word) && (signed || dotted);
    found.push(Word { text: word, is_label });
}

/// What is joined to the front of a word and is none of it, and the rest.
fn parted(word: &str) -> (Option<&str>, &str) {
    // "Nr.45127", "n°45127"
    let label = ["Nr.", "No.", "nr.", "no.", "NR.", "NO.", "n°", "N°"];
    let numbered = |rest: &&str| rest.starts_with(char::is_alphanumeric) && has_figure(rest);
    for label in label {
        if let Some(rest) = word.strip_prefix(label).filter(numbered) {
            return (Some(label), rest);
        }
    }
    if let Some(stroke) = word.get(..2).filter(|two| matches!(*two, "C/" | "c/" | "S/" | "s/" | "W/" | "w/"))
        && word.chars().skip(2).all(char::is_alphanumeric)
        && word.len() > 3
    {
        return (Some(stroke), &word[2..]);
    }
    // "сер.АВ": a dot between letters.
    let mut signs = word.char_indices().peekable();
    let mut letters = 0;
    while let Some((at, sign)) = signs.next() {
        letters = if sign.is_alphabetic() { letters + 1 } else { 0 };
        let next = signs.peek().map(|(_, next)| *next);
        if letters >= LABEL
            && next == Some('.')
            && word[at + sign.len_utf8() + 1..].starts_with(char::is_alphabetic)
            && !has_figure(&word[..at])
        {
            let behind = at + sign.len_utf8() + 1;
            return (Some(&word[..behind]), &word[behind..]);
        }
    }
    if has_figure(word) && !word.contains('[') {
        for (at, _) in word.match_indices(['/', '-', '\\']) {
            let (left, right) = (&word[..at], &word[at + 1..]);
            if (!has_figure(left) && is_listed(left)) || (has_figure(left) && starts_listed(right)) {
                return (Some(left), right);
            }
        }
    }
    (None, word)
}

/// Whether a text begins with a word of the lists.
fn starts_listed(text: &str) -> bool {
    let first = text.split(['/', '-', '\\']).next().unwrap_or_default();
    !first.is_empty() && !has_figure(first) && is_listed(first) && !is_label_inside(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_parted_where_lists_know_them() {
        let of = |text| words(text).into_iter().map(|word| word.text).collect::<Vec<_>>();
        for (text, expected) in [
            ("KL45127 45128", vec!["KL45127", "45128"]),
            ("RASPADO/945127", vec!["RASPADO", "945127"]),
            ("LIMADO-KL45127", vec!["LIMADO", "KL45127"]),
            ("45127/CANO", vec!["45127", "CANO"]),
            ("45127/CANO 67892", vec!["45127", "CANO", "67892"]),
            ("Lauf Nr.45127", vec!["Lauf", "Nr.", "45127"]),
            ("сер.АВ 4512", vec!["сер.", "АВ", "4512"]),
            ("C/2 CARREG.", vec!["C/2", "CARREG."]),
            ("S/CARREGADOR", vec!["S/", "CARREGADOR"]),
            ("S/N", vec!["S/N"]),
            ("KL45[3 ou 8]27", vec!["KL45[3 ou 8]27"]),
            ("123-45678", vec!["123-45678"]),
            ("ABCDE-12345", vec!["ABCDE-12345"]),
            ("A.B.1234", vec!["A.B.1234"]),
            ("KD.735.19", vec!["KD.735.19"]),
            ("CASE#4512", vec!["CASE", "4512"]),
        ] {
            assert_eq!(of(text), expected, "{text}");
        }
    }

    #[test]
    fn a_sign_makes_a_label() {
        for (text, expected) in
            [("MAT. 45127", true), ("A: 45127", true), ("KD 45127", false), ("K.D. 45127", false)]
        {
            assert_eq!(words(text)[0].is_label, expected, "{text}");
        }
    }
}
