//! Reads an answer of HTTP within bounds of length and time.

use super::fault::{Fault, Garble, Why};
use super::line::Deadlines;
use super::speed::Heard;
use crate::wire::packing::{Coding, Unfit, Unpacker};
use crate::wire::problem::{Problem, code};
use reqwest::header::{CONTENT_ENCODING, HeaderMap, RETRY_AFTER};
use reqwest::{Response, StatusCode};
use serde::de::DeserializeOwned;
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// Longest answer that is read, unpacked, in bytes: 256 checks of 100 candidates each.
const MOST_ANSWER: usize = 32 * 1024 * 1024;
/// Longest pause that a registry may ask for.
const LONGEST_PAUSE: Duration = Duration::from_secs(120);

/// Whether the request can have changed something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Intent {
    /// It only reads, so without an answer nothing is in doubt.
    Read,
    /// It is done or not, and without an answer nobody knows.
    Write,
}

impl Intent {
    /// The fault of an answer that did not come.
    pub(super) fn missing(self, why: Why) -> Fault {
        match self {
            Intent::Read => Fault::Unreachable { why },
            Intent::Write => Fault::Unknown { why },
        }
    }
}

/// The answer in a response, and its length as it came, in bytes.
pub(super) async fn read<T: DeserializeOwned>(
    response: Response,
    intent: Intent,
    deadlines: &Deadlines,
    heard: &Heard,
) -> Result<(T, usize), Fault> {
    let status = response.status();
    let again = retry_after(response.headers());
    let (body, length) = body(response, intent, deadlines, heard).await?;
    if status.is_success() {
        return serde_json::from_slice(&body)
            .map(|answer| (answer, length))
            .map_err(|error| Fault::Garbled { what: Garble::Shape { said: error.to_string() } });
    }
    Err(refused(status, again, &body, intent))
}

/// The fault that a status other than success means.
pub(super) async fn fault(response: Response, intent: Intent, deadlines: &Deadlines, heard: &Heard) -> Fault {
    let status = response.status();
    let again = retry_after(response.headers());
    match body(response, intent, deadlines, heard).await {
        Ok((body, _)) => refused(status, again, &body, intent),
        Err(fault) => fault,
    }
}

fn refused(status: StatusCode, again: Option<Duration>, body: &[u8], intent: Intent) -> Fault {
    let problem = serde_json::from_slice::<Problem>(body).ok();
    let is = |wanted: &str| problem.as_ref().is_some_and(|problem| problem.code == wanted);
    match status {
        // Whatever answers on the way there may say so too, and what was seen goes with it.
        StatusCode::UNAUTHORIZED if is(code::UNAUTHORISED) => Fault::Unauthorised,
        StatusCode::SERVICE_UNAVAILABLE if is(code::UNKNOWN) => failed(status, intent),
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS => Fault::Busy { again },
        _ if status.is_client_error() && status != StatusCode::REQUEST_TIMEOUT => match problem {
            Some(problem) => Fault::Refused(Box::new(problem)),
            None => Fault::Garbled { what: Garble::Status { status: status.as_u16() } },
        },
        _ if status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT => failed(status, intent),
        _ => Fault::Garbled { what: Garble::Status { status: status.as_u16() } },
    }
}

fn failed(status: StatusCode, intent: Intent) -> Fault {
    intent.missing(Why::Failed { status: status.as_u16() })
}

/// `Retry-After` in seconds; its form as a date is not read, because no two clocks agree.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds: u64 = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).min(LONGEST_PAUSE))
}

/// The whole body, unpacked, and how long it was as it came.
async fn body(
    mut response: Response,
    intent: Intent,
    deadlines: &Deadlines,
    heard: &Heard,
) -> Result<(Vec<u8>, usize), Fault> {
    let until = Instant::now() + deadlines.whole;
    let mut unpacker = coding(&response)?.map(Unpacker::new);
    let mut body = Vec::new();
    let mut length = 0;
    loop {
        let wait = deadlines.silence.min(until.saturating_duration_since(Instant::now()));
        let chunk = match timeout(wait, response.chunk()).await {
            Err(_) => return Err(intent.missing(Why::TooSlow { waited: wait })),
            Ok(Err(error)) => return Err(intent.missing(Why::Cut { said: said(&error) })),
            Ok(Ok(None)) if unpacker.as_ref().is_none_or(Unpacker::is_whole) => return Ok((body, length)),
            Ok(Ok(None)) => return Err(intent.missing(Why::Cut { said: "the answer broke off".into() })),
            Ok(Ok(Some(chunk))) => chunk,
        };
        length += chunk.len();
        heard.piece(chunk.len());
        match &mut unpacker {
            Some(unpacker) => unpacker.unpack(&chunk, MOST_ANSWER, &mut body).map_err(unfit)?,
            None if body.len() + chunk.len() > MOST_ANSWER => return Err(unfit(Unfit::TooLong)),
            None => body.extend_from_slice(&chunk),
        }
    }
}

/// How what comes is packed.
pub(super) fn coding(response: &Response) -> Result<Option<Coding>, Fault> {
    let Some(name) = response.headers().get(CONTENT_ENCODING) else { return Ok(None) };
    let name = name.to_str().unwrap_or_default();
    match Coding::named(name) {
        Some(coding) => Ok(Some(coding)),
        None if name.eq_ignore_ascii_case("identity") => Ok(None),
        None => Err(Fault::Garbled { what: Garble::Shape { said: format!("packed as {name}") } }),
    }
}

/// What cannot be unpacked.
pub(super) fn unfit(unfit: Unfit) -> Fault {
    let what = match unfit {
        Unfit::TooLong => Garble::TooLong { most: MOST_ANSWER },
        Unfit::Broken => Garble::Shape { said: "not packed as it says".into() },
    };
    Fault::Garbled { what }
}

/// Why a request that was not sent was not.
pub(super) fn not_sent(error: &reqwest::Error) -> Why {
    let said = said(error);
    if causes(error).any(is_disbelief) { Why::NotBelieved { said } } else { Why::NoConnection { said } }
}

/// The innermost cause, which is what the system said; the outer ones repeat the URL.
pub(super) fn said(error: &reqwest::Error) -> String {
    causes(error).last().map(ToString::to_string).unwrap_or_default()
}

type Cause = dyn std::error::Error + 'static;

fn causes(error: &reqwest::Error) -> impl Iterator<Item = &Cause> {
    std::iter::successors(Some(error as &Cause), |cause| cause.source())
}

fn is_disbelief(cause: &Cause) -> bool {
    // What an error of input and output carries is no source of it.
    match (cause.downcast_ref::<rustls::Error>(), cause.downcast_ref::<std::io::Error>()) {
        (Some(error), _) => matches!(error, rustls::Error::InvalidCertificate(_)),
        (None, Some(error)) => error.get_ref().is_some_and(|carried| is_disbelief(carried)),
        (None, None) => false,
    }
}
