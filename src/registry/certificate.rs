//! The registry's certificate: what its ends of TLS are made of.

use crate::wire::exchange::{Exchange, protocols};
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::ServerSessionMemoryCache;
use rustls::version::TLS13;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Sessions that are kept to be resumed, one a station and some to spare: a few megabytes.
const SESSIONS: usize = 16 * 1024;

/// What every connection's end of TLS is made of; clones are the same one.
#[derive(Debug, Clone)]
pub struct Certificate(Arc<rustls::ServerConfig>);

/// Why a certificate cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CertificateFault {
    /// The file of certificates cannot be read.
    #[error(
        "{}: no certificate can be read there; it has to be PEM, the registry's own first, then those between it and the authority: {said}",
        file.display()
    )]
    Chain {
        /// Which file.
        file: PathBuf,
        /// What is wrong.
        said: String,
    },
    /// The file of the key cannot be read.
    #[error("{}: no private key can be read there; it has to be PEM and without a passphrase: {said}", file.display())]
    Key {
        /// Which file.
        file: PathBuf,
        /// What is wrong.
        said: String,
    },
    /// The two do not go together, or cannot be used for a server.
    #[error("certificate and key cannot be used together: {0}")]
    Unfit(#[from] rustls::Error),
}

fn said(error: &pem::Error) -> String {
    match error {
        pem::Error::NoItemsFound => "none is in it".into(),
        other => other.to_string(),
    }
}

impl Certificate {
    /// Reads certificate chain and private key.
    ///
    /// # Errors
    /// A [`CertificateFault`] that names the file.
    pub fn read(chain: &Path, key: &Path, exchange: Exchange) -> Result<Self, CertificateFault> {
        let no_chain = |said: String| CertificateFault::Chain { file: chain.to_owned(), said };
        let certificates: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(chain)
            .and_then(Iterator::collect)
            .map_err(|error| no_chain(said(&error)))?;
        if certificates.is_empty() {
            return Err(no_chain(said(&pem::Error::NoItemsFound)));
        }
        let key = PrivateKeyDer::from_pem_file(key)
            .map_err(|error| CertificateFault::Key { file: key.to_owned(), said: said(&error) })?;
        let mut config = rustls::ServerConfig::builder_with_provider(exchange.provider())
            .with_protocol_versions(&[&TLS13])?
            .with_no_client_auth()
            .with_single_cert(certificates, key)?;
        config.alpn_protocols = protocols();
        // A console comes back on one connection, so a second ticket would travel for nothing;
        // and one that names a session kept here is the shortest.
        config.send_tls13_tickets = 1;
        config.session_storage = ServerSessionMemoryCache::new(SESSIONS);
        Ok(Self(Arc::new(config)))
    }

    /// What turns a connection into one that nobody reads along.
    pub(super) fn acceptor(&self) -> tokio_rustls::TlsAcceptor {
        Arc::clone(&self.0).into()
    }
}
