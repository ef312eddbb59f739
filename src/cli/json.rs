//! JSON for standard output, in which nothing can move a terminal's cursor.

use crate::domain::text::is_format;
use serde::Serialize;
use std::fmt::Write;

/// One line of JSON; control and format characters above ASCII are escaped too, since the
/// reader may be a terminal.
pub fn line(value: &impl Serialize) -> String {
    let plain = serde_json::to_string(value).unwrap_or_default();
    if plain.is_ascii() {
        return plain;
    }
    let mut safe = String::with_capacity(plain.len());
    for c in plain.chars() {
        if c.is_control() || is_format(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a String does not fail.
                let _ = write!(safe, "\\u{unit:04x}");
            }
        } else {
            safe.push(c);
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_same_json_without_hidden_characters() {
        let text = "é \u{9b}2J \u{202e} \u{e0041} \x1b";
        let line = line(&text);
        assert!(!line.contains('\u{9b}') && !line.contains('\u{202e}') && !line.contains('\u{e0041}'));
        assert!(line.contains('é'));
        assert_eq!(serde_json::from_str::<String>(&line).unwrap(), text);
    }
}
