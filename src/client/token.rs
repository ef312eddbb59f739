//! The secret that an officer comes in with.

use reqwest::header::HeaderValue;
use sha2::{Digest, Sha256};
use std::fmt;

/// A token; it never shows in debug output, logs or error reports.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(HeaderValue);

/// The token holds what no token holds: it is empty, too long or not plain ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no token: a token is one word of up to 512 letters, figures and signs")]
pub struct BadToken;

impl Token {
    /// Takes a token, without the blanks and line ends around it.
    ///
    /// # Errors
    /// It is empty, longer than 512 bytes, or holds anything but visible ASCII.
    pub fn new(text: &str) -> Result<Self, BadToken> {
        let text = text.trim();
        if !(1..=512).contains(&text.len()) || !text.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(BadToken);
        }
        let mut header = HeaderValue::from_str(&format!("Bearer {text}")).map_err(|_| BadToken)?;
        header.set_sensitive(true);
        Ok(Self(header))
    }

    /// What stands for the token where names are derived from it; the token cannot be had
    /// back from it.
    pub fn fingerprint(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// The header that carries it, marked so that nothing prints or indexes it.
    pub(super) fn header(&self) -> HeaderValue {
        self.0.clone()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_one_plain_word() {
        assert!(Token::new(" abc-123_x\n").is_ok());
        for wrong in ["", "  ", "two words", "a\nb", "é", &"x".repeat(513)] {
            assert_eq!(Token::new(wrong), Err(BadToken), "{wrong}");
        }
    }

    #[test]
    fn it_does_not_show() {
        let token = Token::new("canary-7731").unwrap();
        assert!(!format!("{token:?}").contains("canary"));
        assert!(!format!("{:?}", token.header()).contains("canary"));
    }
}
