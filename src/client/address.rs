//! Where a registry is, as an officer writes it.

use super::trust::TrustFault;
use reqwest::Url;
use std::net::IpAddr;

/// The URL of a registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(Url);

/// Why a URL cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressFault {
    /// It is no URL.
    #[error("`{given}` is not the URL of a registry; one looks like https://registry.example:8417")]
    NoUrl {
        /// What was given.
        given: String,
    },
    /// The token would travel in the clear.
    #[error(
        "http to `{host}` would carry the token in the clear, so plain http goes to this machine only; \
         connect to https://{host}, or let SSH carry the line: `ssh -L 8417:127.0.0.1:8417 {host}`, then http://127.0.0.1:8417"
    )]
    Clear {
        /// The host.
        host: String,
    },
    /// It carries a name, a password, a query or a fragment.
    #[error("the URL of a registry has no name, password, query or fragment")]
    Extras,
    /// Nobody can be believed to be the registry.
    #[error(transparent)]
    Trust(#[from] TrustFault),
}

impl Address {
    /// Reads the URL of a registry.
    ///
    /// # Errors
    /// An [`AddressFault`] that says what to write instead.
    pub fn new(given: &str) -> Result<Self, AddressFault> {
        let given = given.trim();
        let no_url = || AddressFault::NoUrl { given: given.chars().take(80).collect() };
        let mut url = Url::parse(given).map_err(|_| no_url())?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(no_url());
        }
        let bare = url.username().is_empty() && url.password().is_none();
        if !bare || url.query().is_some() || url.fragment().is_some() {
            return Err(AddressFault::Extras);
        }
        let host = url.host_str().ok_or_else(no_url)?.to_owned();
        if url.scheme() == "http" && !is_this_machine(&host) {
            return Err(AddressFault::Clear { host });
        }
        if !url.path().ends_with('/') {
            let path = format!("{}/", url.path());
            url.set_path(&path);
        }
        Ok(Self(url))
    }

    /// The URL of a route; `path` is a list of its parts, each put in as it is meant.
    pub(super) fn route(&self, path: &[&str]) -> Url {
        let mut url = self.0.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        url
    }

    /// The URL as text.
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }
}

fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_stand_below_the_address() {
        let address = Address::new("http://127.0.0.1:8417").unwrap();
        assert_eq!(address.as_str(), "http://127.0.0.1:8417");
        assert_eq!(address.route(&["v1", "hits", "H-1"]).as_str(), "http://127.0.0.1:8417/v1/hits/H-1");
        let below = Address::new("http://localhost:1/iarms/").unwrap();
        assert_eq!(below.route(&["live"]).as_str(), "http://localhost:1/iarms/live");
        assert!(Address::new("http://[::1]:8417").is_ok());
    }

    #[test]
    fn what_cannot_be_used_says_why() {
        let clear = Address::new("http://registry.example:80").unwrap_err();
        assert!(matches!(clear, AddressFault::Clear { .. }));
        assert!(
            clear.to_string().contains("ssh -L") && clear.to_string().contains("https://registry.example")
        );
        assert!(Address::new("https://registry.example").is_ok());
        assert!(matches!(Address::new("127.0.0.1:8417"), Err(AddressFault::NoUrl { .. })));
        assert!(matches!(Address::new("ftp://127.0.0.1"), Err(AddressFault::NoUrl { .. })));
        assert_eq!(Address::new("http://me:secret@127.0.0.1/"), Err(AddressFault::Extras));
    }
}
