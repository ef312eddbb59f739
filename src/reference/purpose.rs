//! Why a search or a trace is made: nothing is searched without a purpose.
use std::sync::LazyLock;

use serde::Deserialize;

use super::table;

const ASSET: &str = include_str!("../../assets/purposes.toml");

/// One purpose.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Purpose {
    /// What is stored and sent; its words stand in the catalogue under `purpose.<code>`. Unique.
    pub code: String,
    /// True when it counts only on a registry that holds made-up data.
    #[serde(default)]
    pub practice: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    purpose: Vec<Purpose>,
}

static TABLE: LazyLock<Vec<Purpose>> = LazyLock::new(|| read(ASSET).unwrap_or_default());

/// Every purpose, in the order in which they are offered.
pub fn all() -> &'static [Purpose] {
    &TABLE
}

/// The purpose with this code, in any case.
pub fn find(code: &str) -> Option<&'static Purpose> {
    all().iter().find(|purpose| purpose.code.eq_ignore_ascii_case(code.trim()))
}

fn read(text: &str) -> Result<Vec<Purpose>, String> {
    table::from_toml::<File>(text).map(|file| file.purpose)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_table_can_be_read_and_codes_are_unique() {
        let table = read(ASSET).expect("assets/purposes.toml");
        let codes: HashSet<_> = table.iter().map(|purpose| &purpose.code).collect();
        assert!(codes.len() == table.len() && codes.len() >= 7);
        assert_eq!(find(" seizure ").map(|purpose| purpose.code.as_str()), Some("SEIZURE"));
        assert_eq!(find("CURIOSITY"), None);
    }

    #[test]
    fn training_is_the_only_one_for_practice() {
        let practice: Vec<_> =
            all().iter().filter(|purpose| purpose.practice).map(|purpose| &purpose.code).collect();
        assert_eq!(practice, ["TRAINING"]);
    }
}
