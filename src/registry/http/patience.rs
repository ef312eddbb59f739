//! How long each part of a request may take.

use super::problem::Failure;
use crate::wire::LONGEST_UPLOAD;
use crate::wire::problem::code;
use axum::http::StatusCode;
use std::time::Duration;
use tokio::time::timeout;

/// How long each part of a request may take. A body on a slow line outlasts by far what the
/// registry has to do with it, so each has its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Patience {
    /// Between two pieces of a body.
    pub silence: Duration,
    /// For all of a body.
    pub upload: Duration,
    /// For what is done with it; for a request without a body for all of it.
    pub work: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { silence: Duration::from_secs(30), upload: LONGEST_UPLOAD, work: Duration::from_secs(30) }
    }
}

impl Patience {
    /// What comes of some work, unless it takes too long: then nobody knows.
    ///
    /// # Errors
    /// It took too long.
    pub(super) async fn work<T>(&self, work: impl Future<Output = T>) -> Result<T, Failure> {
        timeout(self.work, work).await.map_err(|_| {
            Failure::new(StatusCode::GATEWAY_TIMEOUT, code::TIMEOUT)
                .detail("the registry took too long, and it is not known whether this was done")
                .hint("send the same again, with the same id")
        })
    }
}
