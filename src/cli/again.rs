//! The command line that repeats what was run, written so that a shell reads it as it was.

use crate::domain::ids::CommandId;
use crate::domain::text::is_format;
use std::ffi::OsString;
use std::fmt::Write;

/// The flag that names a command.
const FLAG: &str = "--command-id";

/// The line that runs the same again under the same id, so that it is done once.
pub fn line(arguments: impl IntoIterator<Item = OsString>, id: CommandId) -> String {
    let mut words: Vec<String> = arguments.into_iter().map(|word| quoted(&word.to_string_lossy())).collect();
    let named = |word: &String| word == FLAG || word.starts_with(&format!("{FLAG}="));
    if !words.iter().any(named) {
        words.push(format!("{FLAG} {id}"));
    }
    words.join(" ")
}

/// A word as a shell takes it; nothing in it reaches the terminal that could move its cursor.
fn quoted(word: &str) -> String {
    let hidden = |c: char| c.is_control() || is_format(c);
    let plain = |c: char| !hidden(c) && (c.is_alphanumeric() || "-_./:=,+@%".contains(c));
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    if !word.contains(hidden) {
        return format!("'{}'", word.replace('\'', r"'\''"));
    }
    let mut line = String::from("$'");
    for c in word.chars() {
        match c {
            '\'' | '\\' => line.extend(['\\', c]),
            c if hidden(c) => {
                // Writing to a String does not fail.
                let _ = write!(line, "\\U{:08x}", u32::from(c));
            }
            c => line.push(c),
        }
    }
    line.push('\'');
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn again(words: &[&str]) -> String {
        line(words.iter().map(OsString::from), CommandId(uuid::Uuid::from_u128(7)))
    }

    #[test]
    fn the_id_is_added_once() {
        let id = "00000000-0000-0000-0000-000000000007";
        assert_eq!(again(&["iarms", "record", "add"]), format!("iarms record add --command-id {id}"));
        assert_eq!(again(&["iarms", "--command-id", id]), format!("iarms --command-id {id}"));
        assert_eq!(again(&["iarms", &format!("--command-id={id}")]), format!("iarms --command-id={id}"));
    }

    #[test]
    fn a_shell_reads_the_same_words() {
        let words = ["iarms", "", "Hi-Power 9x19", "it's", "$HOME `id` \"x\" * ?", "a\tb\\c'd", "\u{202e}é"];
        let line = again(&words);
        assert!(!line.contains(['\t', '\u{202e}']), "{line}");
        let script = format!("printf '%s\\0' {line}");
        let Ok(output) =
            std::process::Command::new("bash").env("LC_ALL", "C.UTF-8").args(["-c", &script]).output()
        else {
            return;
        };
        let told = String::from_utf8(output.stdout).unwrap();
        let read: Vec<&str> = told.split('\0').collect();
        assert_eq!(read[..words.len()], words);
    }
}
