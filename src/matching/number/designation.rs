//! Names of models with what makers and officers put around them.

/// Words before the name of a model.
const FRONT: [&str; 8] = ["MOD", "MODEL", "MODELO", "MODELE", "MODELL", "MD", "M", "TIPO"];
/// Letters of a word before a model's name that is no prefix of a serial: `PUMP 586`.
const WORD: usize = 4;
/// Most letters in a row, and most figures, of a variant: `FS`, `GEN 4`.
const VARIANT: (usize, usize) = (3, 2);
/// Letters that are figures as often as not where figures stand around them.
const LOOKS_LIKE_A_FIGURE: &str = "OQDILSZBG";
/// Figures in a row that no model's name has.
const LONG_RUN: usize = 5;
/// Most runs of letters or figures in the name of a model with its variant.
const MOST_RUNS: usize = 8;

/// Whether a text in bare capitals is a known name of a model with no more than a variant behind
/// it and a word before it: `G19 GEN4`, `PT100AF`, `M92FS`, `MOD10-5`, `PUMP 586`.
pub(crate) fn is_variant(text: &str, knows: &dyn Fn(&str) -> bool) -> bool {
    // A word of its own in front; letters joined to figures are a prefix.
    let word = |word: &str| word.len() >= WORD && word.bytes().all(|b| b.is_ascii_alphabetic());
    let text = text.split_once(' ').filter(|(front, _)| word(front)).map_or(text, |(_, behind)| behind);
    let Some((runs, count)) = runs(text) else { return false };
    let runs = &runs[..count];
    let letters = |run: &str| run.starts_with(char::is_alphabetic);
    let figures = |runs: &[&str]| runs.iter().filter(|run| !letters(run)).map(|run| run.len()).sum::<usize>();
    let bare = !runs.iter().any(|run| letters(run));
    (0..runs.len()).any(|from| {
        let front = &runs[..from];
        front.iter().all(|run| FRONT.contains(run))
            && (from + 1..=runs.len()).any(|to| {
                let (name, behind) = (&runs[from..to], &runs[to..]);
                // Figures behind figures are rather a number: `85 12`.
                let may_be = figures(name) > 0 && is_tail(behind) && (!bare || figures(behind) <= 1);
                may_be && if to == from + 1 { knows(name[0]) } else { knows(&name.concat()) }
            })
    })
}

/// Whether runs behind a model's name may be those of a variant: `FS`, `-5`, `GEN 4`, `A2`.
///
/// What looks like a figure between figures is one that was misread, of a serial: `432I4`.
fn is_tail(behind: &[&str]) -> bool {
    let letters = |run: &str| run.starts_with(char::is_alphabetic) && run.len() <= VARIANT.0;
    match behind {
        [] => true,
        [run] => letters(run) || (run.len() <= VARIANT.1 && !run.starts_with(char::is_alphabetic)),
        [name, figure] => {
            letters(name)
                && figure.len() == 1
                && name.contains(|letter| !LOOKS_LIKE_A_FIGURE.contains(letter))
        }
        _ => false,
    }
}

/// The runs of letters or figures in a text; nothing when they are no model's.
fn runs(text: &str) -> Option<([&str; MOST_RUNS], usize)> {
    let mut runs = [""; MOST_RUNS];
    let mut count = 0;
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let mut rest = word;
        while let Some(first) = rest.bytes().next() {
            let figure = first.is_ascii_digit();
            let length = rest.bytes().take_while(|byte| byte.is_ascii_digit() == figure).count();
            if figure && length >= LONG_RUN {
                return None;
            }
            *runs.get_mut(count)? = &rest[..length];
            count += 1;
            rest = &rest[length..];
        }
    }
    Some((runs, count))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, name: &str) -> bool {
        is_variant(text, &|known| known == name)
    }

    #[test]
    fn variants_of_a_model_are_the_model() {
        for (text, name) in [
            ("PT100AF", "PT100"),
            ("G19 GEN4", "G19"),
            ("19 GEN 5", "19"),
            ("M92FS", "92"),
            ("MD 85", "85"),
            ("MD. 85", "85"),
            ("85S", "85"),
            ("838C", "838"),
            ("M971", "971"),
            ("AR15A2", "AR15"),
            ("MOD10-5", "10"),
            ("MOD 10-5", "10"),
            ("PUMP 586", "586"),
            ("CZ 75B", "CZ75"),
            ("122.2", "122"),
        ] {
            assert!(of(text, name), "{text}");
        }
    }

    #[test]
    fn numbers_that_begin_like_a_model_are_none() {
        for (text, name) in [
            ("10D1234", "10"),
            ("85 1234", "85"),
            ("85 12", "85"),
            ("G19 KZT482", "G19"),
            ("19123", "19"),
            ("70G12345", "70"),
            ("PT10012345", "PT100"),
            ("ABC123", "123"),
            ("TK85", "85"),
            ("12/70", "12"),
            ("85ABCD", "85"),
            ("BBKA19Z", "19"),
            ("BBKA123", "123"),
            ("432I40B", "432"),
            ("1S52D", "1"),
            ("592O4", "592"),
            ("10D12", "10"),
        ] {
            assert!(!of(text, name), "{text}");
        }
    }
}
