//! Reads the gun of a search line.

use crate::console::grammar::{Asked, GrammarFault, GunLine, KEYS, parse};

/// The gun that a line describes.
///
/// # Errors
/// What is wrong with it, in words.
pub fn gun_line(text: &str) -> Result<GunLine, String> {
    match parse(text) {
        Ok(Asked::Gun(line)) => Ok(*line),
        Ok(Asked::Record(record)) => {
            Err(format!("{record} is a record; `check` looks guns up by what stands on them"))
        }
        Ok(Asked::Hit(hit)) => Err(format!("{hit} is a hit; `check` looks guns up by what stands on them")),
        Err(fault) => Err(said(&fault)),
    }
}

fn said(fault: &GrammarFault) -> String {
    match fault {
        GrammarFault::Empty => "the line is empty; it begins with the number on the gun".into(),
        GrammarFault::NoSuchKey { key } => {
            let keys: Vec<String> = KEYS.iter().map(|key| format!("/{} {}", key.key, key.like)).collect();
            format!("there is no key /{key}; the keys are {}", keys.join(", "))
        }
        GrammarFault::NothingBehind { key } => format!("nothing stands behind /{key}"),
        GrammarFault::Twice { key } => format!("/{key} stands there twice"),
        GrammarFault::Shape { key, given, like } => format!("/{key} {given}: it looks like {like}"),
        GrammarFault::Bracket { place } => {
            format!("the bracket at place {place} is not closed or holds nothing; [38] is a 3 or an 8")
        }
        GrammarFault::TooFewKnown { known, least } => {
            format!("{known} characters of the number are known; a search needs {least}")
        }
        GrammarFault::NothingToFindBy => {
            "there is neither a number nor make and model to find the gun by".into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_the_console_s_own() {
        let line = gun_line("S KD73519 /MK FN /CAL 9X19 /ON 2026-03-14").unwrap();
        assert_eq!(line.gun.serial().unwrap().as_seen.as_str(), "KD73519");
        assert_eq!(line.gun.make.unwrap().as_str(), "FN");
        assert_eq!(line.found.unwrap().to_string(), "2026-03-14");
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert!(gun_line("").unwrap_err().contains("empty"));
        assert!(gun_line("KD73519 /QQ 7").unwrap_err().contains("/MK FN"));
        assert!(gun_line("H-12").unwrap_err().contains("hit"));
    }
}
