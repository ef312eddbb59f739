//! Who asks: the officer behind the token, with agency and NCB.

use super::patience::Patience;
use super::problem::Failure;
use crate::domain::agency::Officer;
use crate::domain::disclose::Viewer;
use crate::registry::journal::hexadecimal;
use crate::registry::serve::Guest;
use crate::registry::store::StoreError;
use crate::registry::{Registry, tables};
use crate::wire::problem::code;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// The officer who asks; a route that takes one is closed to everybody else.
#[derive(Debug, Clone)]
pub(super) struct Asking {
    /// The officer.
    pub officer: Officer,
    /// The epoch of the officer's feed.
    pub epoch: u32,
    /// What is stored of the token that was shown.
    hash: String,
}

impl Asking {
    /// Who has the token now, for whoever listens for long; nobody when it was withdrawn.
    pub(super) async fn again(&self, registry: &Registry) -> Result<Option<Self>, StoreError> {
        let mut tx = registry.store().read().await?;
        let known = tables::officer_by_token(&mut tx, &self.hash).await?;
        Ok(known.map(|(officer, epoch)| Self { officer, epoch, hash: self.hash.clone() }))
    }

    /// Whether this is the officer with other rights than before.
    pub(super) fn differs(&self, before: &Self) -> bool {
        self.epoch != before.epoch || self.viewer() != before.viewer()
    }

    /// The officer as the one who looks.
    pub(super) fn viewer(&self) -> Viewer {
        Viewer { officer: self.officer.id, party: self.officer.party.clone(), role: self.officer.role }
    }
}

/// What is stored of a token.
pub fn token_hash(token: &str) -> String {
    hexadecimal(&Sha256::digest(token.as_bytes()))
}

fn busy() -> Failure {
    Failure::new(StatusCode::SERVICE_UNAVAILABLE, code::BUSY)
        .detail("the registry could not look up the token in time; nothing was done")
        .hint("try again in a few seconds")
}

impl FromRequestParts<Registry> for Asking {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, registry: &Registry) -> Result<Self, Failure> {
        let refused = || {
            Failure::new(StatusCode::UNAUTHORIZED, code::UNAUTHORISED)
                .detail("no officer has this token")
                .hint("give the token that `iarms officer add` printed, in IARMS_TOKEN or a token file")
        };
        let token = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .map(str::trim)
            .filter(|token| !token.is_empty())
            .ok_or_else(refused)?;
        let hash = token_hash(token);
        let known = async {
            let mut tx = registry.store().read().await?;
            tables::officer_by_token(&mut tx, &hash).await
        };
        // Not every route has a deadline of its own over this. The body was not looked at, so
        // this is no doubt about what became of it.
        let patience: Patience = parts.extensions.get().copied().unwrap_or_default();
        let in_time = tokio::time::timeout(patience.work, known).await;
        let (officer, epoch) = in_time.map_err(|_| busy())??.ok_or_else(refused)?;
        if let Some(guest) = parts.extensions.get::<Arc<Guest>>() {
            guest.is_known();
        }
        Ok(Self { officer, epoch, hash })
    }
}
