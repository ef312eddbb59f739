//! Moves words that may be erased out of an event, and back into it.

use super::hexadecimal;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// The key under which [`Private`](crate::domain::private::Private) stands.
const KEY: &str = "private";

/// Takes every private text out of an event, in the order in which they stand, and leaves
/// its salted hash; returns salt and text of each.
pub(super) fn detach(event: &mut Value, random: &mut impl FnMut() -> [u8; 16]) -> Vec<(String, String)> {
    let mut parts = Vec::new();
    visit(event, &mut |object| {
        if let Some(Value::String(words)) = object.get(KEY) {
            let salt = hexadecimal(&random());
            let left = Value::from(format!("{}:{}", parts.len(), hash(&salt, words)));
            parts.push((salt, words.clone()));
            object.insert(KEY.to_owned(), left);
        }
    });
    parts
}

/// Puts the texts back; one that is gone was erased.
pub(super) fn attach(event: &mut Value, find: impl Fn(i64) -> Option<String>) {
    visit(event, &mut |object| {
        if let Some(Value::String(left)) = object.get(KEY) {
            let part = left.split_once(':').and_then(|(part, _)| part.parse().ok());
            let words = part.and_then(&find).map_or(Value::Null, Value::from);
            object.insert(KEY.to_owned(), words);
        }
    });
}

/// The part numbers and hashes that an event holds.
pub(super) fn hashes(event: &mut Value) -> Vec<(i64, String)> {
    let mut found = Vec::new();
    visit(event, &mut |object| {
        if let Some(Value::String(left)) = object.get(KEY)
            && let Some((part, hash)) = left.split_once(':')
        {
            found.push((part.parse().unwrap_or(-1), hash.to_owned()));
        }
    });
    found
}

/// The hash that stays behind for a text.
pub(super) fn hash(salt: &str, words: &str) -> String {
    let mut hasher = Sha256::new();
    for field in [salt, words] {
        hasher.update((field.len() as u64).to_be_bytes());
        hasher.update(field.as_bytes());
    }
    hexadecimal(&hasher.finalize())
}

fn visit(value: &mut Value, act: &mut impl FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Object(object) if object.len() == 1 && object.contains_key(KEY) => act(object),
        Value::Object(object) => object.values_mut().for_each(|v| visit(v, act)),
        Value::Array(list) => list.iter_mut().for_each(|v| visit(v, act)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::private::Private;

    #[test]
    fn words_go_and_come_back() {
        let before = serde_json::json!({"a": Private::new("Ana"), "b": [{"c": Private::new("Luis")}], "d": Private::default()});
        let mut event = before.clone();
        let mut salt = 0u8;
        let parts = detach(&mut event, &mut || {
            salt += 1;
            [salt; 16]
        });
        assert_eq!(parts.len(), 2);
        let text = event.to_string();
        assert!(!text.contains("Ana") && !text.contains("Luis"), "{text}");
        assert_eq!(hashes(&mut event.clone())[0], (0, hash(&parts[0].0, "Ana")));
        let mut whole = event.clone();
        attach(&mut whole, |part| parts.get(usize::try_from(part).unwrap()).map(|p| p.1.clone()));
        assert_eq!(whole, before);
        let mut erased = event;
        attach(&mut erased, |_| None);
        assert_eq!(erased["a"]["private"], Value::Null);
    }
}
