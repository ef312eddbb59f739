//! A connection made only to be measured: how long each step takes, and what it weighs.

use super::fault::{Fault, Why};
use super::line::Line;
use reqwest::Url;
use rustls::NamedGroup;
use rustls::pki_types::ServerName;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

/// Most bytes of the answer that are read; one has some hundreds.
const MOST: u64 = 65_536;

/// What a connection of its own to the registry took, TCP and IP not counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// Until the connection stood: a round trip, and the look-up of the name.
    pub connect: Duration,
    /// Until both ends had their keys; nothing without TLS.
    pub handshake: Option<Duration>,
    /// The group of the key exchange, by its registered name.
    pub group: Option<String>,
    /// From a small request to the end of its answer.
    pub answer: Duration,
    /// Bytes that went out, TLS included.
    pub sent: u64,
    /// Bytes that came in, TLS included.
    pub received: u64,
}

/// Counts what passes.
struct Counted {
    stream: TcpStream,
    sent: u64,
    received: u64,
}

impl AsyncRead for Counted {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        let before = into.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, into);
        self.received += (into.filled().len() - before) as u64;
        read
    }
}

impl AsyncWrite for Counted {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        let wrote = Pin::new(&mut self.stream).poll_write(cx, bytes);
        if let Poll::Ready(Ok(count)) = &wrote {
            self.sent += *count as u64;
        }
        wrote
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

impl Line {
    /// Makes a connection, asks whether the registry lives, and tells what that took. The token
    /// does not go along.
    ///
    /// # Errors
    /// A [`Fault`]: the registry cannot be reached or is not believed.
    pub async fn probe(&self) -> Result<Probe, Fault> {
        let wait = self.deadlines().answer;
        match timeout(wait, self.measured()).await {
            Ok(probe) => probe.map_err(|error| {
                let said = error.to_string();
                let rejected =
                    error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<rustls::Error>);
                let why = if rejected { Why::NotBelieved { said } } else { Why::NoConnection { said } };
                Fault::Unreachable { why }
            }),
            Err(_) => Err(Fault::Unreachable { why: Why::TooSlow { waited: wait } }),
        }
    }

    async fn measured(&self) -> std::io::Result<Probe> {
        let url = self.address().route(&["live"]);
        let host = url.host_str().unwrap_or_default();
        let bare = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let request =
            format!("GET {} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", url.path(), authority(&url));
        let start = Instant::now();
        let stream = TcpStream::connect((bare.as_str(), url.port_or_known_default().unwrap_or(443))).await?;
        stream.set_nodelay(true)?;
        let connect = start.elapsed();
        let mut counted = Counted { stream, sent: 0, received: 0 };
        let Some(config) = self.tls() else {
            let answer = asked(&mut counted, &request).await?;
            let Counted { sent, received, .. } = counted;
            return Ok(Probe { connect, handshake: None, group: None, answer, sent, received });
        };
        let mut config = config.clone();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        let name = ServerName::try_from(bare).map_err(std::io::Error::other)?;
        let start = Instant::now();
        let mut secured = TlsConnector::from(Arc::new(config)).connect(name, counted).await?;
        let handshake = Some(start.elapsed());
        let group = secured.get_ref().1.negotiated_key_exchange_group().map(|group| named(group.name()));
        let answer = asked(&mut secured, &request).await?;
        let Counted { sent, received, .. } = secured.get_ref().0;
        Ok(Probe { connect, handshake, group, answer, sent: *sent, received: *received })
    }
}

/// Host and port as a request names them: whatever tells registries apart by it has to find the
/// right one.
fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

async fn asked(
    stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
    request: &str,
) -> std::io::Result<Duration> {
    let start = Instant::now();
    stream.write_all(request.as_bytes()).await?;
    stream.flush().await?;
    let mut answer = Vec::new();
    let read = stream.take(MOST).read_to_end(&mut answer).await;
    // Some ends close without saying so in TLS; what counts is that an answer came.
    if !answer.starts_with(b"HTTP/1.") {
        read?;
        return Err(std::io::Error::other("what answers there is no registry"));
    }
    Ok(start.elapsed())
}

fn named(group: NamedGroup) -> String {
    match group {
        NamedGroup::X25519MLKEM768 => "X25519MLKEM768".to_owned(),
        NamedGroup::X25519 => "X25519".to_owned(),
        other => format!("{other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_of_its_own_is_named() {
        for (url, named) in [
            ("https://registry.example:8417/live", "registry.example:8417"),
            ("https://registry.example/live", "registry.example"),
            ("https://registry.example:443/live", "registry.example"),
            ("http://[::1]:8417/live", "[::1]:8417"),
        ] {
            assert_eq!(authority(&Url::parse(url).unwrap()), named);
        }
    }
}
