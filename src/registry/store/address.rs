//! Where a store is.

use super::StoreError;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// Where a store is: `sqlite:FILE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(PathBuf);

impl FromStr for Address {
    type Err = StoreError;
    fn from_str(text: &str) -> Result<Self, StoreError> {
        match text.strip_prefix("sqlite:") {
            // `:memory:` and `file:` are the engine's own words, and no names of files.
            Some(path) if !path.is_empty() && !path.starts_with(':') && !path.starts_with("file:") => {
                Ok(Self(PathBuf::from(path)))
            }
            _ => Err(StoreError::Address(text.to_owned())),
        }
    }
}

impl Address {
    /// The store in a file.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// The file, to be told to a person.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_file_is_an_address() {
        assert_eq!("sqlite:a b.db".parse::<Address>().unwrap().path(), Path::new("a b.db"));
        for wrong in
            ["", "registry.db", "sqlite:", "sqlite::memory:", "sqlite:file:x?mode=memory", "postgres://h/d"]
        {
            assert!(matches!(wrong.parse::<Address>(), Err(StoreError::Address(_))), "{wrong}");
        }
    }
}
