//! Plural classes of whole numbers, by the rules of CLDR.

/// The class of a number in a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Arabic: none.
    Zero,
    /// One, and what is said like one.
    One,
    /// Arabic: two.
    Two,
    /// Few: Russian 2 to 4, Arabic 3 to 10.
    Few,
    /// Many: Russian 5 to 20, Arabic 11 to 99, French and Spanish whole millions.
    Many,
    /// All else, and what stands in when a text has no form for a class.
    Other,
}

impl Class {
    /// All of them, with the names that CLDR gives them.
    pub const ALL: [(&'static str, Class); 6] = [
        ("zero", Class::Zero),
        ("one", Class::One),
        ("two", Class::Two),
        ("few", Class::Few),
        ("many", Class::Many),
        ("other", Class::Other),
    ];

    /// The class of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, class)| class)
    }
}

/// Which rule a language follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// English: 1, all else.
    English,
    /// French: 0 and 1, whole millions, all else.
    French,
    /// Spanish: 1, whole millions, all else.
    Spanish,
    /// Russian, Ukrainian, Belarusian: by the last two figures.
    Russian,
    /// Arabic: six classes.
    Arabic,
}

impl Rule {
    /// The rule of that name, which is the code of the language that it is best known by.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "en" => Some(Self::English),
            "fr" => Some(Self::French),
            "es" => Some(Self::Spanish),
            "ru" => Some(Self::Russian),
            "ar" => Some(Self::Arabic),
            _ => None,
        }
    }

    /// Classes without which a text cannot be said.
    pub fn required(self) -> &'static [Class] {
        match self {
            Self::English | Self::French | Self::Spanish => &[Class::One, Class::Other],
            Self::Russian => &[Class::One, Class::Few, Class::Many],
            Self::Arabic => &[Class::Zero, Class::One, Class::Two, Class::Few, Class::Many, Class::Other],
        }
    }

    /// The class of a whole number; its sign does not count.
    pub fn class(self, number: i64) -> Class {
        let n = number.unsigned_abs();
        let whole_millions = n != 0 && n.is_multiple_of(1_000_000);
        match self {
            Self::English if n == 1 => Class::One,
            Self::French if n <= 1 => Class::One,
            Self::Spanish if n == 1 => Class::One,
            Self::French | Self::Spanish if whole_millions => Class::Many,
            Self::English | Self::French | Self::Spanish => Class::Other,
            Self::Russian => match (n % 10, n % 100) {
                (1, last) if last != 11 => Class::One,
                (2..=4, last) if !(12..=14).contains(&last) => Class::Few,
                _ => Class::Many,
            },
            Self::Arabic => match (n, n % 100) {
                (0, _) => Class::Zero,
                (1, _) => Class::One,
                (2, _) => Class::Two,
                (_, 3..=10) => Class::Few,
                (_, 11..=99) => Class::Many,
                _ => Class::Other,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_classes() {
        use Class::*;
        let table: [(&str, &[(i64, Class)]); 5] = [
            ("en", &[(0, Other), (1, One), (2, Other), (11, Other), (-1, One), (1_000_000, Other)]),
            (
                "fr",
                &[(0, One), (1, One), (2, Other), (1_000_000, Many), (2_000_000, Many), (1_000_001, Other)],
            ),
            ("es", &[(0, Other), (1, One), (2, Other), (1_000_000, Many), (999_999, Other)]),
            (
                "ru",
                &[
                    (0, Many),
                    (1, One),
                    (2, Few),
                    (4, Few),
                    (5, Many),
                    (11, Many),
                    (12, Many),
                    (14, Many),
                    (21, One),
                ],
            ),
            (
                "ru",
                &[
                    (22, Few),
                    (25, Many),
                    (100, Many),
                    (101, One),
                    (111, Many),
                    (112, Many),
                    (121, One),
                    (i64::MIN, Many),
                ],
            ),
        ];
        for (rule, numbers) in table {
            for (number, class) in numbers {
                assert_eq!(Rule::named(rule).unwrap().class(*number), *class, "{rule} {number}");
            }
        }
        for (number, class) in [
            (0, Zero),
            (1, One),
            (2, Two),
            (3, Few),
            (10, Few),
            (11, Many),
            (99, Many),
            (100, Other),
            (102, Other),
            (103, Few),
            (111, Many),
        ] {
            assert_eq!(Rule::Arabic.class(number), class, "ar {number}");
        }
        assert_eq!((Rule::named("xx"), Class::named("lots")), (None, None));
    }
}
