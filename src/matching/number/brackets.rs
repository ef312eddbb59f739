//! What stands in brackets beside a number: readings of one character, or remarks.

use super::pieces::{self, is_full};

/// The text without its bracketed remarks; `(38)` inside a number stays, as a choice.
pub(super) fn opened(text: &str, remarks: &mut Vec<String>) -> String {
    let mut main = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('(') {
        main.push_str(&rest[..open]);
        let inside = &rest[open + 1..];
        let (content, after) = match inside.find(')') {
            Some(close) => (&inside[..close], &inside[close + 1..]),
            None => (inside, ""),
        };
        if is_unread(&main, content) {
            main.push_str(content);
        } else if is_choice(&main, content, after) {
            main.push('[');
            main.push_str(content);
            main.push(']');
        } else {
            let content = content.trim();
            if ends_number(&main, content, after) {
                // The part that it names is that of the number before it.
                main.push(' ');
                main.extend(pieces::named_part(content).map(|_| content));
                main.push('\n');
            } else {
                remarks.push(content.to_owned());
                main.push(' ');
            }
        }
        rest = after;
    }
    main.push_str(rest);
    main
}

/// Whether a remark stands between two numbers, and says nothing but what the first of them is.
fn ends_number(before: &str, content: &str, after: &str) -> bool {
    let last = before.trim_end().rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
    let full = |text: &str| text.split_whitespace().any(is_full);
    is_full(last) && full(after) && !content.chars().any(char::is_numeric)
}

/// Whether brackets behind a number stand for places that could not be read: `KL4512(?)`.
fn is_unread(before: &str, content: &str) -> bool {
    before.ends_with(is_number_sign) && !content.is_empty() && content.chars().all(|c| c == '?')
}

/// Whether brackets hold the readings of one character, joined to the number: two to four
/// signs, one of them a figure unless more of the number follows; `(5/6)`, `(3-8)`, `(3 ou 8)`
/// and `(6?)` are some too.
fn is_choice(before: &str, content: &str, after: &str) -> bool {
    let joined_before = before.ends_with(is_number_sign);
    let joined_after = after.starts_with(is_number_sign);
    let figure = content.chars().any(char::is_numeric);
    if !(joined_after || joined_before && figure) {
        return false;
    }
    let mut words = content.split(|c: char| c == '/' || c.is_whitespace());
    let parted = content.contains(['/', '?', '-', ' ']);
    let lone = |word: &str| word.chars().filter(|c| *c != '?').count() <= 1;
    let range = |word: &str| word.len() == 3 && word.as_bytes()[1] == b'-';
    if parted {
        let joint = |word: &str| matches!(word.to_ascii_lowercase().as_str(), "ou" | "or" | "oder");
        return words.all(|word| lone(word) || range(word) || joint(word));
    }
    (2..=4).contains(&content.chars().count()) && content.chars().all(char::is_alphanumeric)
}

fn is_number_sign(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '?' | '*' | '[' | ']' | '(' | '$')
}
