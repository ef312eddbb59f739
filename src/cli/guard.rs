//! Keeps a cell of a CSV file from being taken for a formula.
//!
//! A spreadsheet runs a cell that begins with one of these characters (CWE-1236); quoting
//! alone does not help. What is guarded on the way out is freed again on the way in, so that
//! a corrected file of rejected rows can be imported as it is.

/// Whether a spreadsheet would take it for a formula, with or without apostrophes before it:
/// those count too, so that every guarded cell can be told from one that was not.
fn is_formula(cell: &[u8]) -> bool {
    let bare = cell.iter().find(|byte| **byte != b'\'');
    matches!(bare, Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r' | b'\n'))
}

/// The cell with an apostrophe before it where it needs one.
pub fn guarded(cell: &[u8]) -> Vec<u8> {
    let mut safe = Vec::with_capacity(cell.len() + 1);
    if is_formula(cell) {
        safe.push(b'\'');
    }
    safe.extend_from_slice(cell);
    safe
}

/// The cell without the apostrophe of [`guarded`].
pub fn freed(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest.as_bytes()) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_get_an_apostrophe_and_names_keep_theirs() {
        assert_eq!(guarded(b"=HYPERLINK(1)"), b"'=HYPERLINK(1)");
        assert_eq!(guarded(b"KD73519"), b"KD73519");
        assert_eq!(freed("'-12"), "-12");
        assert_eq!(freed("'tis"), "'tis");
    }

    proptest! {
        #[test]
        fn what_goes_out_comes_back(cell in "'{0,2}[=+@a-]?.{0,20}") {
            let out = String::from_utf8(guarded(cell.as_bytes())).unwrap();
            prop_assert_eq!(freed(&out), cell);
        }
    }
}
