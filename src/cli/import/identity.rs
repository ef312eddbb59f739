//! Names for what comes from files, derived from its contents, so that a second run adds nothing.

use crate::client::Token;
use crate::domain::ids::CommandId;
use crate::domain::text::Text;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use uuid::Uuid;

/// Derives names for one officer's imports.
///
/// The officer takes part through the token: the registry does not let two officers use one
/// name. Whoever imports a row that another has imported is told so by its source id.
#[derive(Debug, Clone)]
pub struct Identity {
    officer: [u8; 32],
}

impl Identity {
    /// Names of the officer who has this token.
    pub fn new(token: &Token) -> Self {
        Self { officer: token.fingerprint() }
    }

    /// The name of a command that carries `content`.
    pub fn command(&self, purpose: &str, content: &[u8]) -> CommandId {
        let mut hash = Sha256::new();
        for part in [purpose.as_bytes(), &self.officer, content] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let mut name = [0; 16];
        name.copy_from_slice(&hash.finalize()[..16]);
        CommandId(Uuid::new_v8(name))
    }
}

/// The source id of a row that has none of its own.
pub fn source_id(content: &str) -> Text {
    let mut id = String::from("sha256:");
    for byte in &Sha256::digest(content.as_bytes())[..8] {
        // Writing to a String does not fail.
        let _ = write!(id, "{byte:02x}");
    }
    Text::new(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_gives_the_same_name_and_all_else_another() {
        let ana = Identity::new(&Token::new("ana").unwrap());
        let ben = Identity::new(&Token::new("ben").unwrap());
        let name = ana.command("import", b"row");
        assert_eq!(name, Identity::new(&Token::new("ana").unwrap()).command("import", b"row"));
        assert_ne!(name, ana.command("import", b"other"));
        assert_ne!(name, ben.command("import", b"row"));
        assert_ne!(ana.command("a", b"bc"), ana.command("ab", b"c"));
        assert_eq!(name.0.get_version_num(), 8);
    }

    #[test]
    fn a_source_id_is_short_and_fits_its_field() {
        let id = source_id("row");
        assert_eq!(id.as_str().len(), 7 + 16);
        assert_ne!(id, source_id("rov"));
    }
}
