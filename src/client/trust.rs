//! Whom a line believes to be the registry, and how the two agree on keys.

use crate::wire::exchange::{Exchange, protocols};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::version::TLS13;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt;
use std::path::PathBuf;

/// Whom a line believes to be the registry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trust {
    /// File of the authorities, in PEM, one of which has to have signed for the registry;
    /// without it those that this machine trusts.
    pub authority: Option<PathBuf>,
    /// Groups of the key exchange.
    pub exchange: Exchange,
}

/// Why nobody can be believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrustFault {
    /// The file of the authorities cannot be used.
    #[error("{}: no authority's certificate can be read there; it has to be PEM: {said}", file.display())]
    Authority {
        /// Which file.
        file: PathBuf,
        /// What is wrong.
        said: String,
    },
    /// What this machine trusts cannot be used.
    #[error("no authority is known on this machine; name a file of them with --ca FILE or IARMS_CA: {said}")]
    Machine {
        /// What is wrong.
        said: String,
    },
}

impl Trust {
    /// What a line's ends of TLS are made of; it keeps what resumes a session, in memory only,
    /// for all that are cloned from it.
    pub(super) fn config(&self) -> Result<ClientConfig, TrustFault> {
        let machine = |error: rustls::Error| TrustFault::Machine { said: error.to_string() };
        let builder = ClientConfig::builder_with_provider(self.exchange.provider())
            .with_protocol_versions(&[&TLS13])
            .map_err(machine)?;
        let mut config = match &self.authority {
            Some(_) => builder.with_root_certificates(self.authorities()?).with_no_client_auth(),
            None => builder.with_platform_verifier().map_err(machine)?.with_no_client_auth(),
        };
        config.alpn_protocols = protocols();
        Ok(config)
    }

    fn authorities(&self) -> Result<RootCertStore, TrustFault> {
        let mut known = RootCertStore::empty();
        let Some(file) = &self.authority else { return Ok(known) };
        let wrong = |said: String| TrustFault::Authority { file: file.clone(), said };
        let certificates = CertificateDer::pem_file_iter(file).map_err(|error| wrong(error.to_string()))?;
        for certificate in certificates {
            let certificate = certificate.map_err(|error| wrong(error.to_string()))?;
            known.add(certificate).map_err(|error| wrong(error.to_string()))?;
        }
        if known.is_empty() {
            return Err(wrong("none is in it".into()));
        }
        Ok(known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_an_authority_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ca.pem");
        for text in
            [None, Some("nothing"), Some("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
        {
            if let Some(text) = text {
                std::fs::write(&file, text).unwrap();
            }
            let trust = Trust { authority: Some(file.clone()), ..Trust::default() };
            let said = trust.config().unwrap_err().to_string();
            assert!(said.contains("ca.pem"), "{said}");
        }
    }
}
