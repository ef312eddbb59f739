//! Settings of TLS: the registry's certificate, the authorities that a station believes, key exchange.

use super::{SettingsFault, below_home};
use crate::client::Trust;
use crate::registry::certificate::Certificate;
use crate::wire::exchange::Exchange;
use serde::Deserialize;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// The table `tls` of the config file, and what holds of it in the end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tls {
    /// For a registry: file of its certificate and those between it and the authority.
    pub certificate: Option<PathBuf>,
    /// For a registry: file of its private key.
    pub key: Option<PathBuf>,
    /// For a station: file of the authorities that may have signed for the registry.
    pub ca: Option<PathBuf>,
    /// Groups of the key exchange.
    pub groups: Option<Exchange>,
}

impl Tls {
    /// The same with `~/` read as a shell would.
    pub(super) fn below(self, home: Option<&Path>) -> Self {
        let below = |file: Option<PathBuf>| file.map(|file| below_home(&file, home));
        let Self { certificate, key, ca, groups } = self;
        Self { certificate: below(certificate), key: below(key), ca: below(ca), groups }
    }

    /// Whom a line believes to be the registry.
    pub fn trust(&self) -> Trust {
        Trust { authority: self.ca.clone(), exchange: self.groups.unwrap_or_default() }
    }

    /// The registry's certificate, if it has one.
    ///
    /// # Errors
    /// One of certificate and key is missing, unreadable or unfit, or others may read the key.
    pub fn certificate(&self) -> color_eyre::Result<Option<Certificate>> {
        let (certificate, key) = match (&self.certificate, &self.key) {
            (None, None) => return Ok(None),
            (Some(certificate), Some(key)) => (certificate, key),
            _ => return Err(SettingsFault::HalfCertificate.into()),
        };
        // A key that is not there is told of by whoever reads it.
        let mode = std::fs::metadata(key).map_or(0, |found| found.permissions().mode() & 0o777);
        if mode & 0o077 != 0 {
            return Err(SettingsFault::KeyOpen { file: key.clone(), mode }.into());
        }
        Ok(Some(Certificate::read(certificate, key, self.groups.unwrap_or_default())?))
    }
}
