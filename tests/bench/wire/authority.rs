//! An authority of a test's own, and a registry's certificate signed by it.

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, ExtendedKeyUsagePurpose, IsCa, KeyPair};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Files of an authority and of the registry on this machine that it has signed for.
#[derive(Debug, Clone)]
pub(crate) struct Authority {
    /// The authority's certificate.
    pub(crate) ca: PathBuf,
    /// The registry's certificate.
    pub(crate) certificate: PathBuf,
    /// The registry's private key.
    pub(crate) key: PathBuf,
}

impl Authority {
    /// Makes an authority in a folder, and a certificate for 127.0.0.1.
    pub(crate) fn in_folder(folder: &Path) -> Authority {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec!["127.0.0.1".into(), "localhost".into()]).unwrap();
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        let certificate = params.signed_by(&key, &authority).unwrap();
        let write = |name: &str, text: String| {
            let file = folder.join(name);
            std::fs::write(&file, text).unwrap();
            std::fs::set_permissions(&file, PermissionsExt::from_mode(0o600)).unwrap();
            file
        };
        Authority {
            ca: write("ca.pem", authority.pem()),
            certificate: write("registry.pem", certificate.pem()),
            key: write("registry.key", key.serialize_pem()),
        }
    }
}
