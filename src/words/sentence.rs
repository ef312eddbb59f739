//! A sentence with named gaps, and what is put into them.

/// What is put into a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg<'a> {
    /// A number: grouped by threes, and the plural follows it.
    Number(i64),
    /// A text, as it stands; a year is one, because it is not grouped.
    Text(&'a str),
    /// A text that was made for the purpose.
    Owned(String),
}

impl Arg<'_> {
    /// The number that the plural follows: a text that is one counts too.
    pub fn number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => text.parse().ok(),
            Self::Owned(text) => text.parse().ok(),
        }
    }

    /// As it stands in the sentence.
    pub fn shown(&self) -> String {
        match self {
            Self::Number(number) => grouped(*number),
            Self::Text(text) => (*text).to_owned(),
            Self::Owned(text) => text.clone(),
        }
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self::Owned(text)
    }
}

impl From<i64> for Arg<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Arg<'_> {
    fn from(number: u32) -> Self {
        Self::Number(i64::from(number))
    }
}

impl From<u8> for Arg<'_> {
    fn from(number: u8) -> Self {
        Self::Number(i64::from(number))
    }
}

impl From<usize> for Arg<'_> {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

/// `1 512 204`: groups of three with a blank between, as the screens show numbers.
pub fn grouped(number: i64) -> String {
    let figures = number.unsigned_abs().to_string();
    let mut shown = String::with_capacity(figures.len() + figures.len() / 3 + 1);
    if number < 0 {
        shown.push('-');
    }
    for (place, figure) in figures.chars().enumerate() {
        if place > 0 && (figures.len() - place).is_multiple_of(3) {
            shown.push(' ');
        }
        shown.push(figure);
    }
    shown
}

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Plain(String),
    Gap(String),
}

/// A sentence with gaps: `{records} records of {makes} makes`. A brace itself is doubled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sentence(Vec<Piece>);

impl Sentence {
    /// Reads a sentence; none when a brace is open, shut or empty where it may not be.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut signs = text.chars().peekable();
        while let Some(sign) = signs.next() {
            match sign {
                '{' | '}' if signs.peek() == Some(&sign) => {
                    signs.next();
                    plain.push(sign);
                }
                '{' => {
                    let name: String = signs.by_ref().take_while(|c| *c != '}').collect();
                    let well_named =
                        name.chars().all(|c| c.is_ascii_lowercase() || c == '_') && !name.is_empty();
                    if !well_named {
                        return None;
                    }
                    if !plain.is_empty() {
                        pieces.push(Piece::Plain(std::mem::take(&mut plain)));
                    }
                    pieces.push(Piece::Gap(name));
                }
                '}' => return None,
                other => plain.push(other),
            }
        }
        // An unclosed gap at the end swallowed the rest; the text then lacks its brace.
        if text.matches('{').count() != text.matches('}').count() {
            return None;
        }
        if !plain.is_empty() {
            pieces.push(Piece::Plain(plain));
        }
        Some(Self(pieces))
    }

    /// Names of its gaps, each once, in their order.
    pub(super) fn gaps(&self) -> Vec<&str> {
        let mut gaps: Vec<&str> = Vec::new();
        for piece in &self.0 {
            if let Piece::Gap(name) = piece
                && !gaps.contains(&name.as_str())
            {
                gaps.push(name);
            }
        }
        gaps
    }

    /// The sentence with its gaps filled; a gap for which nothing came keeps its braces.
    pub(super) fn fill(&self, args: &[(&str, Arg<'_>)]) -> String {
        let mut said = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Plain(text) => said.push_str(text),
                Piece::Gap(name) => match args.iter().find(|(given, _)| given == name) {
                    Some((_, arg)) => said.push_str(&arg.shown()),
                    None => {
                        said.push('{');
                        said.push_str(name);
                        said.push('}');
                    }
                },
            }
        }
        said
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_by_name() {
        let sentence = Sentence::read("{b} of {a}, {b} {{as is}}").unwrap();
        assert_eq!(sentence.gaps(), ["b", "a"]);
        assert_eq!(
            sentence.fill(&[("a", "KE".into()), ("b", 1_512_204_i64.into())]),
            "1 512 204 of KE, 1 512 204 {as is}"
        );
        assert_eq!(sentence.fill(&[]), "{b} of {a}, {b} {as is}");
    }

    #[test]
    fn a_stray_brace_is_refused() {
        for text in ["{", "}", "a {b", "a b}", "{}", "{A}", "{a b}", "{a}}"] {
            assert_eq!(Sentence::read(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_grouped_by_threes() {
        for (number, shown) in [
            (0, "0"),
            (999, "999"),
            (1204, "1 204"),
            (-1_000_000, "-1 000 000"),
            (i64::MIN, "-9 223 372 036 854 775 808"),
        ] {
            assert_eq!(grouped(number), shown);
        }
    }
}
