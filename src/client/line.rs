//! One request and its answer, with a deadline.

use super::address::{Address, AddressFault};
use super::answer::{self, Intent, said};
use super::connections::{Connections, Gate, Pass, Way};
use super::fault::{Fault, Garble, Why};
use super::speed::{Heard, Speed};
use super::token::Token;
use super::trust::Trust;
use crate::domain::command::Envelope;
use crate::domain::ids::{CheckId, CommandId, HitId, RecordId};
use crate::domain::text::Text;
use crate::wire::check::{CandidatesPage, CheckItem, ChecksAnswer, ChecksRequest};
use crate::wire::command::{CommandsAnswer, CommandsRequest};
use crate::wire::hit::{HitView, HitsPage, HitsPlace};
use crate::wire::news::{Cursor, News};
use crate::wire::record::RecordAnswer;
use crate::wire::{LONGEST_UPLOAD, MOST_BYTES};
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use reqwest::{RequestBuilder, Response};
use rustls::ClientConfig;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// How long each wait may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadlines {
    /// Until the connection stands.
    pub connect: Duration,
    /// From the end of the request until the answer begins.
    pub answer: Duration,
    /// Between two pieces of an answer.
    pub silence: Duration,
    /// For the whole of an answer.
    pub whole: Duration,
}

impl Default for Deadlines {
    /// For a station behind 1500 ms of delay: wide enough for gaps of half a minute, short
    /// enough that nobody takes a dead line for a slow one.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            answer: Duration::from_secs(30),
            silence: Duration::from_secs(20),
            whole: Duration::from_secs(300),
        }
    }
}

/// Why a record is read: nothing is searched or opened without a purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// A code of the purposes.
    pub purpose: Text,
    /// The officer's own case.
    pub case: Text,
}

/// A line to a registry; cheap to clone, and all clones share their connections.
#[derive(Debug, Clone)]
pub struct Line {
    connections: Arc<Connections>,
    address: Address,
    deadlines: Deadlines,
    heard: Arc<Heard>,
}

impl Line {
    /// A line to the registry at `url`, believed on the word of the authorities that this
    /// machine trusts; nothing is sent yet.
    ///
    /// # Errors
    /// An [`AddressFault`] when the URL cannot be used.
    pub fn new(url: &str, token: &Token, deadlines: Deadlines) -> Result<Self, AddressFault> {
        Self::trusting(url, token, deadlines, &Trust::default())
    }

    /// The same, with other authorities or groups of the key exchange.
    ///
    /// No proxies are used and no redirects followed: the token goes to that address or nowhere.
    ///
    /// # Errors
    /// An [`AddressFault`] when the URL or the authorities cannot be used.
    pub fn trusting(
        url: &str,
        token: &Token,
        deadlines: Deadlines,
        trust: &Trust,
    ) -> Result<Self, AddressFault> {
        let address = Address::new(url)?;
        let connections = Arc::new(Connections::new(&address.route(&[]), token, &deadlines, trust)?);
        Ok(Self { connections, address, deadlines, heard: Arc::default() })
    }

    /// Leaves the connections there are: what is asked from now on takes a new one.
    pub fn renew(&self) {
        self.connections.renew();
    }

    /// Bytes of answers that have come over it so far: whether what is waited for is on its way.
    pub fn received(&self) -> u64 {
        self.heard.bytes()
    }

    fn get(&self, path: &[&str]) -> RequestBuilder {
        self.connections.way().client.get(self.address.route(path))
    }

    pub(super) fn tls(&self) -> Option<&ClientConfig> {
        self.connections.tls()
    }

    /// Where the line leads.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// How fast it is, by the answers that came; nothing before the first.
    pub fn speed(&self) -> Option<Speed> {
        self.heard.speed()
    }

    /// The deadlines that it keeps.
    pub fn deadlines(&self) -> &Deadlines {
        &self.deadlines
    }

    /// Sends commands, at most [`MOST_ITEMS`](crate::wire::MOST_ITEMS), and waits for an answer to each.
    ///
    /// # Errors
    /// A [`Fault`]; after [`Fault::Unknown`] the same commands go out again under the same
    /// ids, which [`Sender`](super::Sender) does.
    pub async fn commands(&self, commands: Vec<Envelope>) -> Result<CommandsAnswer, Fault> {
        let sent: Vec<CommandId> = commands.iter().map(|command| command.id).collect();
        let answer: CommandsAnswer = self.write(&["v1", "commands"], &CommandsRequest { commands }).await?;
        matching(&sent, answer.answers.iter().map(|answer| answer.id))?;
        Ok(answer)
    }

    /// Looks guns up, at most [`MOST_ITEMS`](crate::wire::MOST_ITEMS).
    ///
    /// # Errors
    /// A [`Fault`]; a check is logged and stands, so it too can be [`Fault::Unknown`].
    pub async fn checks(&self, checks: Vec<CheckItem>) -> Result<ChecksAnswer, Fault> {
        let sent: Vec<CommandId> = checks.iter().map(|check| check.id).collect();
        let answer: ChecksAnswer = self.write(&["v1", "checks"], &ChecksRequest { checks }).await?;
        matching(&sent, answer.answers.iter().map(|answer| answer.id))?;
        Ok(answer)
    }

    /// Further candidates of a check, behind the one at which its list ended.
    ///
    /// # Errors
    /// A [`Fault`].
    pub async fn candidates(&self, check: CheckId, after: RecordId) -> Result<CandidatesPage, Fault> {
        let request = self.get(&["v1", "checks", &check.to_string(), "candidates"]);
        self.read(request.query(&[("after", after.to_string())]), self.deadlines.answer).await
    }

    /// Opens a record.
    ///
    /// # Errors
    /// A [`Fault`].
    pub async fn record(&self, id: RecordId, reading: &Reading) -> Result<RecordAnswer, Fault> {
        let query = [("purpose", reading.purpose.as_str()), ("case", reading.case.as_str())];
        let request = self.get(&["v1", "records", &id.to_string()]).query(&query);
        self.read(request, self.deadlines.answer).await
    }

    /// The hits of the officer's country, the open ones first: the first page.
    ///
    /// # Errors
    /// A [`Fault`].
    pub async fn hits(&self) -> Result<HitsPage, Fault> {
        self.read(self.get(&["v1", "hits"]), self.deadlines.answer).await
    }

    /// The page of hits that begins where another ended: at its `next`.
    ///
    /// # Errors
    /// A [`Fault`].
    pub async fn hits_after(&self, place: HitsPlace) -> Result<HitsPage, Fault> {
        let request = self.get(&["v1", "hits"]);
        self.read(request.query(&[("after", place.to_string())]), self.deadlines.answer).await
    }

    /// Opens a hit.
    ///
    /// # Errors
    /// A [`Fault`].
    pub async fn hit(&self, id: HitId) -> Result<HitView, Fault> {
        self.read(self.get(&["v1", "hits", &id.to_string()]), self.deadlines.answer).await
    }

    /// Asks for news after `after` and waits up to `wait` for some: for lines on which a
    /// stream does not get through.
    ///
    /// # Errors
    /// A [`Fault`].
    pub async fn poll(&self, after: Option<Cursor>, wait: Duration) -> Result<Vec<News>, Fault> {
        let response = self.ask_news(after, wait).await?;
        self.asked_news(response).await
    }

    /// The same until the answer begins.
    pub(super) async fn ask_news(&self, after: Option<Cursor>, wait: Duration) -> Result<Response, Fault> {
        let mut request = self.get(&["v1", "feed"]);
        request = request.query(&[("wait", wait.as_secs())]);
        if let Some(after) = after {
            request = request.query(&[("after", after.to_string())]);
        }
        self.begin(request, Intent::Read, wait + self.deadlines.answer).await
    }

    /// The same from there to its end.
    pub(super) async fn asked_news(&self, response: Response) -> Result<Vec<News>, Fault> {
        // How long this takes says when there are news, and nothing of the line.
        answer::read(response, Intent::Read, &self.deadlines, &self.heard).await.map(|(news, _)| news)
    }

    /// Asks whether the registry answers at all.
    ///
    /// # Errors
    /// A [`Fault`].
    pub(super) async fn answers(&self) -> Result<(), Fault> {
        let request = self.get(&["live"]);
        self.begin(request, Intent::Read, self.deadlines.answer).await.map(|_| ())
    }

    /// Opens the stream of news after `after`.
    pub(super) async fn stream(&self, after: Option<Cursor>) -> Result<Response, Fault> {
        let mut request = self.get(&["v1", "feed"]);
        if let Some(after) = after {
            request = request.query(&[("after", after.to_string())]);
        }
        let request = request.header(ACCEPT, HeaderValue::from_static("text/event-stream"));
        let response = self.begin(request, Intent::Read, self.deadlines.answer).await?;
        if response.status().is_success() {
            Ok(response)
        } else {
            Err(answer::fault(response, Intent::Read, &self.deadlines, &self.heard).await)
        }
    }

    async fn read<T: DeserializeOwned>(&self, request: RequestBuilder, wait: Duration) -> Result<T, Fault> {
        self.answered(request, Intent::Read, wait).await
    }

    async fn write<T: DeserializeOwned>(&self, path: &[&str], body: &impl Serialize) -> Result<T, Fault> {
        let body = serde_json::to_vec(body)
            .map_err(|error| Fault::Garbled { what: Garble::Shape { said: error.to_string() } })?;
        let wait = self.deadlines.answer + upload(body.len());
        let request = self
            .connections
            .way()
            .client
            .post(self.address.route(path))
            .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
            .body(body);
        self.answered(request, Intent::Write, wait).await
    }

    /// A whole answer. How long it took tells of the line, unless a connection was opened for it or
    /// beside it: agreeing on keys takes round trips and kilobytes of its own.
    async fn answered<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
        intent: Intent,
        wait: Duration,
    ) -> Result<T, Fault> {
        let way = self.connections.way();
        let pass = self.pass(&way).await;
        let opened = |way: &Way| way.gate.as_ref().map(Gate::opened);
        let (begun, before) = (Instant::now(), opened(&way));
        let response = self.sent(&way, request, intent, wait).await?;
        drop(pass);
        let (answer, length) = answer::read(response, intent, &self.deadlines, &self.heard).await?;
        if opened(&way) == before {
            self.heard.note(length, begun.elapsed());
        }
        Ok(answer)
    }

    async fn begin(
        &self,
        request: RequestBuilder,
        intent: Intent,
        wait: Duration,
    ) -> Result<Response, Fault> {
        let way = self.connections.way();
        let _pass = self.pass(&way).await;
        self.sent(&way, request, intent, wait).await
    }

    /// Waits while another request opens the connection that this one can share.
    async fn pass(&self, way: &Way) -> Option<Pass> {
        match &way.gate {
            Some(gate) => Some(gate.enter(self.deadlines.connect).await),
            None => None,
        }
    }

    async fn sent(
        &self,
        way: &Way,
        request: RequestBuilder,
        intent: Intent,
        wait: Duration,
    ) -> Result<Response, Fault> {
        let left = || Why::Cut { said: "another connection took its place".into() };
        if way.left.is_cancelled() {
            // It waited for a connection that nobody opens any more, and nothing of it was sent.
            return Err(Fault::Unreachable { why: left() });
        }
        // The connection has its own, shorter deadline, so whatever passes this one was sent.
        let wait = self.deadlines.connect + wait;
        let sent = tokio::select! {
            biased;
            sent = timeout(wait, request.send()) => sent,
            // On a half-open line it would wait for half a minute more, and nothing could go beside it.
            () = way.left.cancelled() => {
                return Err(intent.missing(left()));
            }
        };
        match sent {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(error)) if error.is_connect() || error.is_builder() => {
                Err(Fault::Unreachable { why: answer::not_sent(&error) })
            }
            Ok(Err(error)) => Err(intent.missing(Why::Cut { said: said(&error) })),
            Err(_) => {
                // Whatever is asked next must not wait where this did.
                self.renew();
                Err(intent.missing(Why::TooSlow { waited: wait }))
            }
        }
    }
}

/// How long so many bytes may take to get through: the connection takes them at once into
/// buffers of its own, so that nobody here sees when they go.
fn upload(bytes: usize) -> Duration {
    LONGEST_UPLOAD.mul_f64(bytes as f64 / MOST_BYTES as f64)
}

/// Holds the answers to what was sent: one for each, in order.
fn matching(sent: &[CommandId], came: impl Iterator<Item = CommandId>) -> Result<(), Fault> {
    if came.eq(sent.iter().copied()) { Ok(()) } else { Err(Fault::Garbled { what: Garble::Mismatch }) }
}

#[cfg(test)]
mod tests;
