//! Problems as answers: a status, a code, a field, and what to do.

use crate::domain::refusal::{FieldProblem, Refusal, Trouble};
use crate::registry::store::StoreError;
use crate::wire::problem::{Problem, code};
use crate::words;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// An answer that says what went wrong.
#[derive(Debug)]
pub(super) struct Failure {
    status: StatusCode,
    problem: Box<Problem>,
}

impl Failure {
    /// A failure with a stable code and no words yet.
    pub(super) fn new(status: StatusCode, code: &str) -> Self {
        let problem = Box::new(Problem {
            code: code.to_owned(),
            field: None,
            detail: String::new(),
            hint: String::new(),
            refusal: None,
        });
        Self { status, problem }
    }

    /// The status of HTTP.
    #[cfg(test)]
    pub(super) fn status(&self) -> StatusCode {
        self.status
    }

    /// Says what went wrong.
    #[must_use]
    pub(super) fn detail(mut self, detail: impl Into<String>) -> Self {
        self.problem.detail = detail.into();
        self
    }

    /// Says what to do.
    #[must_use]
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.problem.hint = hint.into();
        self
    }
}

/// The problem of a refusal, in English for other programs and with the refusal itself for consoles.
pub(super) fn refused(refusal: Refusal) -> Problem {
    let (detail, hint) = words::refusal(&refusal);
    let code = serde_json::to_value(&refusal)
        .ok()
        .and_then(|value| value["code"].as_str().map(str::to_owned))
        .unwrap_or_default();
    let field = match &refusal {
        Refusal::Fields { problems } => problems.first().map(|p| p.field.clone()),
        _ => None,
    };
    Problem { code, field, detail, hint, refusal: Some(refusal) }
}

/// A body that is not of the right shape.
pub(super) fn malformed(field: &str, trouble: Trouble) -> Failure {
    let refusal = Refusal::Fields { problems: vec![FieldProblem { field: field.to_owned(), trouble }] };
    let mut problem = refused(refusal);
    problem.code = code::MALFORMED.to_owned();
    Failure { status: StatusCode::UNPROCESSABLE_ENTITY, problem: Box::new(problem) }
}

/// A problem of which nobody knows whether it was done.
pub(super) fn unknown() -> Problem {
    Problem {
        code: code::UNKNOWN.to_owned(),
        field: None,
        detail: "it is not known whether this was stored".to_owned(),
        hint: "send the same again, with the same id".to_owned(),
        refusal: None,
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        let status = match refusal {
            Refusal::NoRecord { .. } | Refusal::NoHit { .. } | Refusal::NoCheck { .. } => {
                StatusCode::NOT_FOUND
            }
            Refusal::Role | Refusal::OwnerOnly | Refusal::FinderOnly | Refusal::HubDecidesNothing => {
                StatusCode::FORBIDDEN
            }
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Self { status, problem: Box::new(refused(refusal)) }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store failed");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, code::STORE)
            .detail("the registry's store could not be read or written")
            .hint("try again in a few seconds; tell the registry's operator if it goes on")
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let busy = matches!(self.status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS);
        let mut response = (self.status, Json(self.problem)).into_response();
        if busy {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        response
    }
}
