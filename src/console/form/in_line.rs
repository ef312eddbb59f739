//! What the keys of a search line say, read as the form reads its fields.

use super::{FieldId, Form};
use crate::console::grammar::{is_key, parted};
use crate::domain::time::Moment;

/// A search line as far as the form has fields for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// Its fields; the cursor stands in that of the last key.
    pub form: Form,
    /// Where in the line, in bytes, what stands behind the last key begins.
    pub from: usize,
}

/// Reads what a line says behind its keys; nothing when its last key has no field here.
pub fn read(line: &str) -> Option<Read> {
    let mut form = Form::new(Moment::default());
    form.at = None;
    let mut from = 0;
    let keys: Vec<(usize, &str)> = words(line).filter(|(_, word)| is_key(word)).collect();
    for (at, (start, key)) in keys.iter().enumerate() {
        from = start + key.len();
        let end = keys.get(at + 1).map_or(line.len(), |(next, _)| *next);
        form.at = field(key);
        if let Some(id) = form.at {
            form.fill(id, line[from..end].trim());
        }
    }
    form.at.is_some().then_some(Read { form, from })
}

/// The words of a line, each with where it begins, in bytes.
fn words(line: &str) -> impl Iterator<Item = (usize, &str)> {
    parted(line).into_iter().map(|word| (word.as_ptr() as usize - line.as_ptr() as usize, word))
}

fn field(key: &str) -> Option<FieldId> {
    Some(match key.trim_start_matches('/').to_ascii_uppercase().as_str() {
        "MK" => FieldId::Make,
        "MD" => FieldId::Model,
        "CAL" => FieldId::Calibre,
        "TY" => FieldId::Type,
        "CO" => FieldId::MadeIn,
        "PL" => FieldId::OnTheGun,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::form::Taken;

    #[test]
    fn the_last_key_has_the_cursor_and_the_model_is_read_against_the_make() {
        let read = read("S KD73519 /MK FN /MD HP").expect("a key");
        assert_eq!((read.form.at, read.from), (Some(FieldId::Model), 20));
        let taken = |id| read.form.field(id).map(|field| field.taken.clone());
        assert!(matches!(taken(FieldId::Make), Some(Taken::As { .. })), "{:?}", taken(FieldId::Make));
        assert!(matches!(taken(FieldId::Model), Some(Taken::As { .. })), "{:?}", taken(FieldId::Model));
    }

    #[test]
    fn a_key_without_a_field_ends_what_stands_before_it() {
        assert_eq!(read("KD73519"), None);
        assert_eq!(read("KD73519 /MK FN /YR 1979"), None);
        let glued = read("KD73519/MK F").expect("a key");
        assert_eq!((glued.form.text(FieldId::Make), glued.from), ("F", 10));
        let read = read("KD73519 /MK").expect("a key");
        assert_eq!((read.form.text(FieldId::Make), read.from), ("", 11));
    }
}
