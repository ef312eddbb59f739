//! Takes connections in: plain ones on this machine, TLS for all others.
//!
//! Over TLS its ends agree on HTTP/2 or HTTP/1.1; in the clear only the latter is spoken, so that
//! no connection waits to learn which it is.

mod door;
mod open;

use super::certificate::Certificate;
use super::limits::Limits;
use axum::Router;
use axum::http::Request;
use door::Door;
pub(super) use door::Guest;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use open::{Answer, Open};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

/// Longest that the ends may take to agree on keys: four round trips of 1.5 s and 5 KB at
/// 9.6 kbit/s, on a line that others share.
const HANDSHAKE: Duration = Duration::from_secs(30);
/// Longest that the head of a request may take, that a connection may be idle, and that a token
/// may be waited for: longer than a client keeps a connection.
const HEAD: Duration = Duration::from_secs(120);
/// Longest that nothing of what was sent is acknowledged, in milliseconds: wider than a gap of
/// 70 s on a satellite line. Then the peer is gone, and its feed with it.
const UNACKNOWLEDGED: u32 = 120_000;
/// Longest that a connection may take to end once it has to.
const GRACE: Duration = Duration::from_secs(5);
/// Pause after the system has no more connections to give.
const PAUSE: Duration = Duration::from_secs(1);

/// Serves until it is stopped; connections get [`GRACE`] to end.
pub(super) async fn run(
    listener: TcpListener,
    certificate: Option<Certificate>,
    limits: Limits,
    router: Router,
    stop: CancellationToken,
) {
    let door = Door::new(limits);
    let tasks = TaskTracker::new();
    while let Some(accepted) = stop.run_until_cancelled(listener.accept()).await {
        match accepted {
            Ok((stream, from)) => {
                let Some(guest) = door.enter(from.ip()) else {
                    tracing::warn!(%from, "no connection is taken in beyond those that there may be");
                    continue;
                };
                let connection = Connection {
                    router: router.clone(),
                    certificate: certificate.clone(),
                    guest: Arc::new(guest),
                    stop: stop.clone(),
                };
                tasks.spawn(connection.serve(stream));
            }
            Err(error) => {
                tracing::error!(%error, "no connection can be taken in");
                sleep(PAUSE).await;
            }
        }
    }
    drop(listener);
    tasks.close();
    tasks.wait().await;
}

/// What one connection needs.
struct Connection {
    router: Router,
    certificate: Option<Certificate>,
    guest: Arc<Guest>,
    stop: CancellationToken,
}

/// What is spoken over a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spoken {
    Http1,
    Http2,
}

impl Connection {
    async fn serve(self, stream: TcpStream) {
        // What is written is a whole answer or a whole event: nothing is gained by waiting.
        let kept = stream.set_nodelay(true);
        #[cfg(target_os = "linux")]
        let kept = kept.and_then(|()| {
            rustix::net::sockopt::set_tcp_user_timeout(&stream, UNACKNOWLEDGED).map_err(Into::into)
        });
        if let Err(error) = kept {
            tracing::debug!(%error, "a connection was gone at once");
            return;
        }
        let Some(certificate) = &self.certificate else { return self.speak(stream, Spoken::Http1).await };
        let agreeing = timeout(HANDSHAKE, certificate.acceptor().accept(stream));
        let agreed = tokio::select! {
            () = self.stop.cancelled() => return,
            () = self.guest.sent_away() => return,
            agreed = agreeing => agreed,
        };
        match agreed {
            Ok(Ok(stream)) => {
                let agreed = stream.get_ref().1.alpn_protocol();
                let spoken = if agreed == Some(b"h2") { Spoken::Http2 } else { Spoken::Http1 };
                self.speak(stream, spoken).await;
            }
            Ok(Err(error)) => tracing::debug!(%error, "no keys were agreed on"),
            Err(_) => tracing::debug!("no keys were agreed on in time"),
        }
    }

    async fn speak(self, stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, spoken: Spoken) {
        let mut builder = Builder::new(TokioExecutor::new());
        builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD);
        builder.http2().timer(TokioTimer::new());
        let builder = match spoken {
            Spoken::Http1 => builder.http1_only(),
            Spoken::Http2 => builder.http2_only(),
        };
        let open = Open::default();
        let service = tower::service_fn({
            let (open, guest, router) = (open.clone(), Arc::clone(&self.guest), self.router.clone());
            move |mut request: Request<_>| {
                let opened = open.begin();
                request.extensions_mut().insert(Arc::clone(&guest));
                let answering = router.clone().oneshot(request);
                async move { answering.await.map(|answer| answer.map(|body| Answer::new(body, opened))) }
            }
        });
        let mut serving =
            pin!(builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service)));
        let ended = tokio::select! {
            () = self.guest.sent_away() => return,
            ended = serving.as_mut() => Some(ended),
            () = self.over(&open) => None,
        };
        let ended = match ended {
            Some(ended) => Ok(ended),
            None => {
                serving.as_mut().graceful_shutdown();
                timeout(GRACE, serving).await
            }
        };
        match ended {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::debug!(%error, "a connection ended"),
            // Who does not take in what was sent is hung up on.
            Err(_) => tracing::debug!("a connection had to be cut off"),
        }
    }

    /// Returns when the connection has to end: the registry stops, nothing was asked for long, or
    /// nobody has shown a token.
    async fn over(&self, open: &Open) {
        let nobody = async {
            sleep(HEAD).await;
            if !self.guest.is_newcomer() {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            () = self.stop.cancelled() => {}
            () = open.quiet(HEAD) => {}
            () = nobody => {}
        }
    }
}

#[cfg(test)]
mod tests;
