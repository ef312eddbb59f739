//! Reads at a glance what most entries are: a serial and nothing else.

use super::{designation, pieces, words};
use crate::reference::{calibre, model};

/// Longest number that [`plain_serial`] takes.
pub(crate) const LONGEST_PLAIN: usize = 15;
/// Most hyphens in it; makers' licence numbers have three.
const MOST_HYPHENS: usize = 2;
/// Letters of a word without figures between hyphens; words that say something have more.
const MOST_LETTERS: usize = 2;
/// Figures in a row that hardly a calibre has, and no model.
const LONG_RUN: usize = 5;
/// Words for a gauge, as they are written and misspelt.
const GAUGES: [&str; 3] = ["GA", "GUAGE", "BORE"];
/// What patent and proof marks begin with.
const MARKS: [&str; 3] = ["PAT", "BREV", "DRGM"];

/// Reads what most entries are: capitals, figures and hyphens between them, four signs at
/// least, that no table or rule knows as anything but a serial. Writes them without hyphens as
/// symbols below 36 and says how many there are; nothing when
/// [`take_apart`](super::take_apart) must look closer.
pub(crate) fn plain_serial(text: &str, symbols: &mut [u8; LONGEST_PLAIN]) -> Option<usize> {
    if !(4..=LONGEST_PLAIN + MOST_HYPHENS).contains(&text.len()) {
        return None;
    }
    let mut signs = Signs::default();
    for c in text.bytes() {
        signs.push(c, symbols)?;
    }
    let joined = signs.joined.get(..signs.length).and_then(|joined| std::str::from_utf8(joined).ok())?;
    if signs.length < 4 || !signs.word_says_nothing() || MARKS.iter().any(|mark| joined.starts_with(mark)) {
        return None;
    }
    // Most numbers have none of a word's letters, so it need not be looked for.
    let says = |word: &str| signs.may_hold(word) && joined.contains(word);
    // Two numbers, or crosses for what could not be read.
    if signs.full_words() > 1 || says("XX") {
        return None;
    }
    // A gauge, or a metric calibre, is one whatever stands behind it.
    let cut_off = GAUGES.iter().any(|word| says(word)) || (signs.letters_after > 0 && signs.may_hold("X"));
    let run = &joined[signs.run_end - signs.longest_run..signs.run_end];
    let long = run.len() >= LONG_RUN && !calibre::has_figures(run);
    // Calibres have few figures, or letters behind them; figures alone are none.
    let calibre = cut_off
        || !long
            && (signs.hyphens > 0
                || signs.letters_after > 0
                || signs.figures < 3
                || says("CAL")
                || (signs.figures < signs.length && calibre::may_be_name(joined)));
    let variant = || signs.longest_run < LONG_RUN && designation::is_variant(joined, &model::is_name);
    (!calibre && !words::is_filler(joined) && !model::is_name(joined) && !variant()).then_some(signs.length)
}

/// An entry as far as it has been read.
#[derive(Default)]
struct Signs {
    joined: [u8; LONGEST_PLAIN],
    length: usize,
    /// Which letters there are, the first letter in the lowest bit.
    letters: u32,
    figures: usize,
    /// Letters behind the first figure.
    letters_after: usize,
    hyphens: usize,
    /// Letters and figures since the last hyphen.
    word: (usize, usize),
    /// Words that are full numbers, the last not counted.
    full: usize,
    /// Figures in a row up to here, without the zeros that they begin with.
    run: usize,
    longest_run: usize,
    run_end: usize,
}

impl Signs {
    /// Reads a sign; nothing when it is not one of a plain number.
    fn push(&mut self, c: u8, symbols: &mut [u8; LONGEST_PLAIN]) -> Option<()> {
        let symbol = match c {
            b'0'..=b'9' => c - b'0',
            b'A'..=b'Z' => c - b'A' + 10,
            b'-' if self.hyphens < MOST_HYPHENS && self.word_says_nothing() => {
                self.hyphens += 1;
                self.full = self.full_words();
                (self.word, self.run) = ((0, 0), 0);
                return Some(());
            }
            _ => return None,
        };
        *symbols.get_mut(self.length)? = symbol;
        self.joined[self.length] = c;
        self.length += 1;
        if symbol < 10 {
            self.figures += 1;
            self.word.1 += 1;
            self.run += usize::from(self.run > 0 || symbol > 0);
            if self.run > self.longest_run {
                (self.longest_run, self.run_end) = (self.run, self.length);
            }
        } else {
            self.letters |= 1 << (symbol - 10);
            self.letters_after += usize::from(self.figures > 0);
            self.word.0 += 1;
            self.run = 0;
        }
        Some(())
    }

    /// Whether all letters of a word in capitals are there, in whatever order.
    fn may_hold(&self, word: &str) -> bool {
        word.bytes().all(|c| self.letters >> (c - b'A') & 1 == 1)
    }

    /// How many of the words that hyphens part are numbers by themselves.
    fn full_words(&self) -> usize {
        let (letters, figures) = self.word;
        self.full + usize::from(figures >= pieces::FULL && letters + figures > pieces::FULL)
    }

    /// Whether what was read since the last hyphen is there, and no word for none, removed, a
    /// model or a part: those have no figure and more letters.
    fn word_says_nothing(&self) -> bool {
        let (letters, figures) = self.word;
        figures > 0 || (1..=MOST_LETTERS).contains(&letters)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{NumberKind, take_apart};
    use super::*;
    use crate::matching::key;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<String> {
        let mut symbols = [0; LONGEST_PLAIN];
        let length = plain_serial(text, &mut symbols)?;
        Some(symbols[..length].iter().map(|symbol| key::character(*symbol)).collect())
    }

    #[test]
    fn most_serials_are_read_at_a_glance() {
        for (text, expected) in [
            ("KD73519", "KD73519"),
            ("245-68124", "24568124"),
            ("A-123457", "A123457"),
            ("12345A", "12345A"),
            ("BER123457Z", "BER123457Z"),
            ("70G12347", "70G12347"),
            ("123-45679", "12345679"),
            ("ABD1234", "ABD1234"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_may_be_something_else_is_looked_at_closely() {
        for text in [
            "9X19",
            "762X39",
            "45031",
            "9X19A12345",
            "12GA12345",
            "GA410",
            "357MAG",
            "CAL12345",
            "123456",
            "SIN-47112",
            "MOD-12345",
            "12345-CANO",
            "1-23-45678-ABC1",
            "--12345",
            "BREVET123",
            "DRGM12345",
            "PAT12345",
            "S411220",
            "45127-67892",
            "KL45127-KL45128",
            "KLXX127",
            "PT100AF",
            "G17C",
            "838C",
            "M92FS",
            "M971",
            "12 345",
            "kd73519",
        ] {
            let closely = read(text).is_none_or(|_| take_apart(text)[0].kind == NumberKind::Serial);
            assert!(closely, "{text}");
        }
        for text in ["BREVET123", "PT100AF", "G17C", "838C", "M92FS", "KLXX127", "KL45127-KL45128"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn a_glance_reads_what_a_close_look_reads(
            text in prop_oneof!["[A-Z]{0,5}-?[0-9]{0,8}-?[A-Z0-9]{0,5}", "[A-Z0-9-]{4,17}", "[0-9]{1,6}(X|MM|CAL|GA|MAG)[0-9]{0,5}",
                "(9X19|762X39|12GA|20GAUGE|12BORE|GA410|9MM)[A-Z-]?[0-9]{0,6}",
                "[A-Z]{0,2}[0-9]{3,6}-[A-Z]{0,2}[0-9]{3,6}", "[A-Z]{0,3}X{1,2}[0-9]{3,6}", "(PT|G|M|MOD)(100|17|92|10)[A-Z]{0,2}[0-9]{0,4}"],
        ) {
            if let Some(number) = read(&text) {
                let taken = take_apart(&text);
                prop_assert_eq!(taken.len(), 1);
                prop_assert_eq!(taken[0].kind, NumberKind::Serial);
                prop_assert_eq!(taken[0].look.to_string(), number);
                prop_assert_eq!((&taken[0].sound, &taken[0].rests, taken[0].place), (&None, &vec![], None));
            }
        }
    }
}
