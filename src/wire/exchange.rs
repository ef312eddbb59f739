//! How two ends agree on keys: TLS 1.3 alone, with the groups that policy allows.

use rustls::crypto::{CryptoProvider, SupportedKxGroup, aws_lc_rs};
use serde::Deserialize;
use std::str::FromStr;
use std::sync::Arc;

/// The key exchange groups that an end offers or takes, the first one preferred.
///
/// The hybrid group holds against a recording that a quantum computer opens later, and costs
/// some 2.4 KB a connection: two seconds of a line of 9.6 kbit/s.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Exchange {
    /// X25519MLKEM768, and X25519 with an end that has no other.
    #[default]
    Hybrid,
    /// X25519 alone, where policy allows it.
    X25519,
}

/// No such groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("groups of the key exchange are \"x25519mlkem768, x25519\" or, where policy allows it, \"x25519\"")]
pub struct NoExchange;

impl FromStr for Exchange {
    type Err = NoExchange;

    fn from_str(text: &str) -> Result<Self, NoExchange> {
        let names: Vec<String> = text.split(',').map(|name| name.trim().to_ascii_lowercase()).collect();
        match names.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["x25519mlkem768", "x25519"] => Ok(Exchange::Hybrid),
            ["x25519"] => Ok(Exchange::X25519),
            _ => Err(NoExchange),
        }
    }
}

impl TryFrom<String> for Exchange {
    type Error = NoExchange;

    fn try_from(text: String) -> Result<Self, NoExchange> {
        text.parse()
    }
}

impl Exchange {
    /// The cryptography of a connection with these groups.
    pub fn provider(self) -> Arc<CryptoProvider> {
        let groups: &[&'static dyn SupportedKxGroup] = match self {
            Exchange::Hybrid => &[aws_lc_rs::kx_group::X25519MLKEM768, aws_lc_rs::kx_group::X25519],
            Exchange::X25519 => &[aws_lc_rs::kx_group::X25519],
        };
        Arc::new(CryptoProvider { kx_groups: groups.to_vec(), ..aws_lc_rs::default_provider() })
    }
}

/// What the two ends may speak inside TLS, the first one preferred.
pub fn protocols() -> Vec<Vec<u8>> {
    vec![b"h2".to_vec(), b"http/1.1".to_vec()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_named_as_they_are_registered() {
        assert_eq!("X25519MLKEM768,x25519".parse(), Ok(Exchange::Hybrid));
        assert_eq!(" x25519 ".parse(), Ok(Exchange::X25519));
        for wrong in ["", "p256", "x25519,x25519mlkem768", "x25519,"] {
            assert_eq!(wrong.parse::<Exchange>(), Err(NoExchange), "{wrong}");
        }
        assert_eq!(Exchange::Hybrid.provider().kx_groups.len(), 2);
        assert_eq!(Exchange::X25519.provider().kx_groups.len(), 1);
    }
}
