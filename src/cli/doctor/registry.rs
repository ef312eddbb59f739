//! Measures the way to the registry: round trip, bytes, keys and clock.

use crate::cli::report::{Ending, NoAnswer, ending};
use crate::cli::settings::{Settings, SettingsFault};
use crate::client::Fault;
use crate::domain::time::Moment;
use crate::wire::news::News;
use color_eyre::Report;
use serde::Serialize;
use std::time::Duration;

/// What the registry is from here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Registry {
    /// Its URL, if one is named.
    pub(super) url: Option<String>,
    /// Whether it was reached and answered.
    pub(super) reached: bool,
    /// Why not.
    pub(super) fault: Option<String>,
    /// A new connection, in milliseconds.
    pub(super) connect_ms: Option<u64>,
    /// The handshake of TLS, in milliseconds.
    pub(super) handshake_ms: Option<u64>,
    /// A small request and its answer, in milliseconds.
    pub(super) answer_ms: Option<u64>,
    /// The group of the key exchange; nothing without TLS.
    pub(super) group: Option<String>,
    /// Bytes that a connection with one small answer takes, both ways, TCP and IP not counted.
    pub(super) bytes: Option<u64>,
    /// By how many milliseconds the registry's clock is ahead of this machine's.
    pub(super) clock_ahead_ms: Option<i64>,
}

/// Measures the registry that the settings name; none at all is no fault.
pub(super) async fn measure(settings: &Settings) -> (Registry, Ending) {
    let mut registry = Registry { url: settings.connect.clone(), ..Registry::default() };
    if registry.url.is_none() {
        return (registry, Ending::Answered);
    }
    let line = match settings.line() {
        Ok(line) => line,
        Err(failure) => return (failed(registry, &failure), ending(&failure)),
    };
    match line.probe().await {
        Ok(probe) => {
            registry.reached = true;
            registry.connect_ms = Some(whole(probe.connect));
            registry.handshake_ms = probe.handshake.map(whole);
            registry.answer_ms = Some(whole(probe.answer));
            registry.group = probe.group;
            registry.bytes = Some(probe.sent + probe.received);
        }
        Err(fault) => return refused(registry, fault),
    }
    let before = machine();
    match line.poll(None, Duration::ZERO).await {
        Ok(news) => {
            let half = (machine().0 - before.0) / 2;
            registry.clock_ahead_ms = news.iter().find_map(|news| match news {
                News::Hello(hello) => Some((hello.now.0 - before.0 - half) / 1000),
                _ => None,
            });
            (registry, Ending::Answered)
        }
        Err(fault) => refused(registry, fault),
    }
}

fn refused(registry: Registry, fault: Fault) -> (Registry, Ending) {
    let failure = Report::new(NoAnswer::from(fault));
    (failed(registry, &failure), ending(&failure))
}

fn failed(registry: Registry, failure: &Report) -> Registry {
    // That no token is there says how to give one.
    let no_token = failure.downcast_ref::<SettingsFault>().is_some();
    let fault = Some(failure.to_string());
    Registry { reached: registry.reached && !no_token, fault, ..registry }
}

fn whole(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

fn machine() -> Moment {
    Moment::of(jiff::Timestamp::now())
}

impl Registry {
    /// The same in words, a line each.
    pub(super) fn said(&self) -> Vec<String> {
        let Some(url) = &self.url else {
            return vec![
                "registry    none is named (--connect, IARMS_CONNECT or the config file)".to_owned(),
            ];
        };
        let mut lines = vec![format!("registry    {url}")];
        if let (Some(connect), Some(answer)) = (self.connect_ms, self.answer_ms) {
            let handshake = self.handshake_ms.map(|took| format!(", TLS in {took} ms")).unwrap_or_default();
            lines.push(format!("            connected in {connect} ms{handshake}, answered in {answer} ms"));
        }
        if let Some(bytes) = self.bytes {
            let group = self.group.as_deref().unwrap_or("no TLS");
            lines.push(format!("            {bytes} bytes for a new connection and one answer; {group}"));
        }
        if let Some(ahead) = self.clock_ahead_ms {
            lines.push(format!("            its clock is ahead of this machine's by {ahead} ms"));
        }
        if let Some(fault) = &self.fault {
            lines.push(format!("            FAULT: {fault}"));
        }
        lines
    }
}
