//! The table of keys as the README prints it.

use super::{Context, Group, TABLE};

/// A Markdown table of every action, made from the table of actions.
///
/// `word` gives the words of a key of the catalogue.
pub fn markdown(word: impl Fn(&str) -> String) -> String {
    let mut lines = vec!["| key | does | kind |".to_owned(), "| --- | --- | --- |".to_owned()];
    for group in Group::ALL {
        lines.push(format!("| **{}** | | |", word(&format!("group.{}", group.code()))));
        for action in TABLE.iter().filter(|action| action.group == group) {
            let keys = action.key_names();
            let keys: Vec<String> = keys.iter().map(|key| format!("`{}`", key.replace('|', "\\|"))).collect();
            let kind = action.kind.code();
            let command = match action.context {
                Context::Panes if action.is_command() && !action.keys.is_empty() => {
                    format!(" (`:{}`)", action.code)
                }
                _ => String::new(),
            };
            lines.push(format!("| {} | {}{command} | {kind} |", keys.join(" "), word(&action.doc())));
        }
    }
    lines.push(String::new());
    lines.join("\n")
}
