//! Takes connections in: plain ones on this machine, TLS for all others.

use super::certificate::Certificate;
use axum::Router;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Longest that the ends may take to agree on keys: four round trips of 1.5 s and 5 KB at
/// 9.6 kbit/s, on a line that others share.
const HANDSHAKE: Duration = Duration::from_secs(30);
/// Longest that the head of a request may take, and that a connection of HTTP/1.1 may be idle:
/// longer than a client keeps one.
const HEAD: Duration = Duration::from_secs(120);
/// Longest that nothing of what was sent is acknowledged, in milliseconds: wider than a gap of
/// 70 s on a satellite line. Then the peer is gone, and its feed with it.
const UNACKNOWLEDGED: u32 = 120_000;
/// Longest that connections may take to end once the registry stops.
const GRACE: Duration = Duration::from_secs(5);
/// Pause after the system has no more connections to give.
const PAUSE: Duration = Duration::from_secs(1);

/// Serves until it is stopped; connections get [`GRACE`] to end.
pub(super) async fn run(
    listener: TcpListener,
    certificate: Option<Certificate>,
    router: Router,
    stop: CancellationToken,
) {
    let ending = GracefulShutdown::new();
    let tasks = TaskTracker::new();
    let hang_up = CancellationToken::new();
    while let Some(accepted) = stop.run_until_cancelled(listener.accept()).await {
        match accepted {
            Ok((stream, _)) => {
                let connection = Connection {
                    router: router.clone(),
                    certificate: certificate.clone(),
                    watcher: ending.watcher(),
                };
                let hang_up = hang_up.clone();
                tasks.spawn(async move { hang_up.run_until_cancelled(connection.serve(stream)).await });
            }
            Err(error) => {
                tracing::error!(%error, "no connection can be taken in");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    drop(listener);
    if timeout(GRACE, ending.shutdown()).await.is_err() {
        // Who does not take in what was sent is hung up on.
        hang_up.cancel();
    }
    tasks.close();
    tasks.wait().await;
}

/// What one connection needs.
struct Connection {
    router: Router,
    certificate: Option<Certificate>,
    watcher: Watcher,
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
        let Some(certificate) = &self.certificate else { return self.speak(stream).await };
        match timeout(HANDSHAKE, certificate.acceptor().accept(stream)).await {
            Ok(Ok(stream)) => self.speak(stream).await,
            Ok(Err(error)) => tracing::debug!(%error, "no keys were agreed on"),
            Err(_) => tracing::debug!("no keys were agreed on in time"),
        }
    }

    async fn speak(self, stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static) {
        let mut builder = Builder::new(TokioExecutor::new());
        builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD);
        builder.http2().timer(TokioTimer::new());
        let service = TowerToHyperService::new(self.router);
        let serving = builder.serve_connection(TokioIo::new(stream), service).into_owned();
        if let Err(error) = self.watcher.watch(serving).await {
            tracing::debug!(%error, "a connection ended");
        }
    }
}
