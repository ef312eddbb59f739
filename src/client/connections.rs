//! The connections of a line, which can be made anew when the ones there are go nowhere.

mod gate;

use super::address::AddressFault;
use super::line::Deadlines;
use super::token::Token;
use super::trust::Trust;
use crate::wire::packing;
use arc_swap::ArcSwap;
pub(super) use gate::{Gate, Pass};
use reqwest::header::{ACCEPT_ENCODING, AUTHORIZATION, HeaderMap, HeaderValue};
use reqwest::{Client, Url};
use rustls::ClientConfig;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Longest that nothing of what was sent is acknowledged before the connection is given up:
/// wider than a gap of half a minute. It follows the bytes, however long all of them take.
const UNACKNOWLEDGED: Duration = Duration::from_secs(45);

/// The connections that all clones of a line share.
pub(super) struct Connections {
    way: ArcSwap<Way>,
    token: Token,
    connect: Duration,
    tls: Option<ClientConfig>,
}

/// What requests go out by.
pub(super) struct Way {
    /// The connections there are.
    pub(super) client: Client,
    /// What lets one request open a connection that others can share; in the clear none is shared.
    pub(super) gate: Option<Gate>,
    /// Says that other connections have taken its place, and nobody waits here any more.
    pub(super) left: CancellationToken,
}

impl fmt::Debug for Connections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connections").field("tls", &self.tls.is_some()).finish_non_exhaustive()
    }
}

impl Connections {
    /// Connections to where `url` leads; nothing is sent yet.
    pub(super) fn new(
        url: &Url,
        token: &Token,
        deadlines: &Deadlines,
        trust: &Trust,
    ) -> Result<Self, AddressFault> {
        let tls = if url.scheme() == "https" { Some(trust.config()?) } else { None };
        let no_url = |_| AddressFault::NoUrl { given: url.to_string() };
        let way = way(token, deadlines.connect, tls.as_ref()).map_err(no_url)?;
        Ok(Self { way: ArcSwap::from_pointee(way), token: token.clone(), connect: deadlines.connect, tls })
    }

    /// What requests go out by.
    pub(super) fn way(&self) -> Arc<Way> {
        self.way.load_full()
    }

    /// What this end of TLS is made of, where the line uses it.
    pub(super) fn tls(&self) -> Option<&ClientConfig> {
        self.tls.as_ref()
    }

    /// Leaves the connections there are: whatever waits there for its answer to begin is given up
    /// and can be asked anew, and what is asked from now on takes a new one, which resumes the
    /// session of TLS. An answer that has begun to come goes on.
    ///
    /// Requests share one connection under HTTP/2: a new one on a half-open line would wait
    /// where the old ones do.
    pub(super) fn renew(&self) {
        // It was made of the same parts before; if it cannot be made now, the old one stays.
        if let Ok(way) = way(&self.token, self.connect, self.tls.as_ref()) {
            self.way.swap(Arc::new(way)).left.cancel();
        }
    }
}

fn way(token: &Token, connect: Duration, tls: Option<&ClientConfig>) -> reqwest::Result<Way> {
    let mut headers = HeaderMap::from_iter([(AUTHORIZATION, token.header())]);
    if let Ok(accepted) = HeaderValue::from_str(&packing::accepted()) {
        headers.insert(ACCEPT_ENCODING, accepted);
    }
    let mut builder = Client::builder();
    #[cfg(target_os = "linux")]
    {
        builder = builder.tcp_user_timeout(UNACKNOWLEDGED);
    }
    let mut gate = None;
    if let Some(tls) = tls {
        let layer = gate.insert(Gate::new()).clone();
        builder = builder.tls_backend_preconfigured(tls.clone()).connector_layer(layer);
    }
    let client = builder
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .user_agent(concat!("iarms/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(connect)
        .tcp_nodelay(true)
        // The heartbeat shows that the line is alive; a second one below it would cost as much.
        .tcp_keepalive(None)
        .default_headers(headers)
        .build()?;
    Ok(Way { client, gate, left: CancellationToken::new() })
}
