//! The sentences of the screens, by their keys.

use std::collections::HashMap;
use std::fmt::Display;
use std::sync::LazyLock;

/// The sentences, in sections `[screen.*]`; what stands in braces is filled in.
static SENTENCES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let mut flat = HashMap::new();
    if let Ok(table) = include_str!("words.toml").parse::<toml::Table>() {
        flatten("", &toml::Value::Table(table), &mut flat);
    }
    flat
});

fn flatten(path: &str, value: &toml::Value, flat: &mut HashMap<String, String>) {
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                flatten(&path, value, flat);
            }
        }
        toml::Value::String(text) => {
            flat.insert(path.to_owned(), text.clone());
        }
        _ => {}
    }
}

/// The sentence of a key with its arguments filled in; the key itself where there is none.
pub(super) fn say(key: &str, arguments: &[(&str, &dyn Display)]) -> String {
    let Some(sentence) = SENTENCES.get(key) else { return key.to_owned() };
    let mut said = String::with_capacity(sentence.len() + 16);
    let mut rest = sentence.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        said.push_str(before);
        let Some((name, behind)) = after.split_once('}') else { break };
        if let Some((_, value)) = arguments.iter().find(|(known, _)| *known == name) {
            said.push_str(&value.to_string());
        }
        rest = behind;
    }
    said.push_str(rest);
    said
}

/// Whether there is a sentence of that key.
#[cfg(test)]
pub(super) fn is_known(key: &str) -> bool {
    SENTENCES.contains_key(key)
}
