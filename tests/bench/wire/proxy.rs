//! A proxy between two ends of a line: it counts what passes, and breaks the line as it is told.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// Bytes of IPv4 and TCP with time stamps before what a segment carries.
pub(crate) const HEAD: u64 = 52;
/// Most that a segment carries.
const SEGMENT: u64 = 1448;
/// What opening a connection costs: SYN, its answer, and the acknowledgement.
pub(crate) const OPENING: u64 = 60 + 60 + HEAD;

/// What has passed so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Passed {
    /// Connections that were opened.
    pub(crate) connections: u64,
    /// Bytes from the client, without headers of TCP.
    pub(crate) up: u64,
    /// Bytes from the registry, without headers of TCP.
    pub(crate) down: u64,
    /// Segments from the client.
    pub(crate) segments_up: u64,
    /// Segments from the registry.
    pub(crate) segments_down: u64,
}

impl Passed {
    /// What has passed since an earlier count.
    pub(crate) fn since(self, before: Passed) -> Passed {
        Passed {
            connections: self.connections - before.connections,
            up: self.up - before.up,
            down: self.down - before.down,
            segments_up: self.segments_up - before.segments_up,
            segments_down: self.segments_down - before.segments_down,
        }
    }

    /// Bytes on the line, both ways: every segment has a header and is acknowledged by itself,
    /// so this is rather more than is sent.
    pub(crate) fn on_the_line(self) -> u64 {
        let segments = self.segments_up + self.segments_down;
        self.up + self.down + 2 * HEAD * segments + OPENING * self.connections
    }
}

/// What the proxy does to what passes.
#[derive(Debug, Default)]
struct Rules {
    connections: AtomicU64,
    up: AtomicU64,
    down: AtomicU64,
    segments_up: AtomicU64,
    segments_down: AtomicU64,
    /// Connections before this one stay open, and nothing passes on them.
    frozen: AtomicU64,
    /// Bytes from the registry after which a connection is cut, those to come included; 0 cuts none.
    cut_after: AtomicUsize,
    /// Connections are not let through.
    closed: AtomicBool,
}

/// A running proxy; it ends with the runtime that it was started on.
#[derive(Debug, Clone)]
pub(crate) struct Proxy {
    rules: Arc<Rules>,
    cut: watch::Sender<u64>,
    /// Where it listens.
    pub(crate) address: std::net::SocketAddr,
}

impl Proxy {
    /// Starts a proxy before what listens at `to`.
    pub(crate) async fn before(to: std::net::SocketAddr) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (cut, _) = watch::channel(0);
        let proxy =
            Proxy { rules: Arc::default(), cut: cut.clone(), address: listener.local_addr().unwrap() };
        let rules = Arc::clone(&proxy.rules);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                if rules.closed.load(Ordering::SeqCst) {
                    continue;
                }
                let Ok(registry) = TcpStream::connect(to).await else { continue };
                let number = rules.connections.fetch_add(1, Ordering::SeqCst);
                client.set_nodelay(true).unwrap();
                registry.set_nodelay(true).unwrap();
                let (from_client, to_client) = client.into_split();
                let (from_registry, to_registry) = registry.into_split();
                let (rules, mut cut) = (Arc::clone(&rules), cut.subscribe());
                tokio::spawn(async move {
                    tokio::select! {
                        () = upwards(number, from_client, to_registry, &rules) => {}
                        () = downwards(number, from_registry, to_client, &rules) => {}
                        _ = cut.changed() => {}
                    }
                });
            }
        });
        proxy
    }

    /// What has passed so far.
    pub(crate) fn passed(&self) -> Passed {
        let read = |counter: &AtomicU64| counter.load(Ordering::SeqCst);
        let rules = &self.rules;
        Passed {
            connections: read(&rules.connections),
            up: read(&rules.up),
            down: read(&rules.down),
            segments_up: read(&rules.segments_up),
            segments_down: read(&rules.segments_down),
        }
    }

    /// Waits until nothing has passed for so long, and says what has passed until then.
    pub(crate) async fn settled(&self, silence: Duration) -> Passed {
        loop {
            let before = self.passed();
            tokio::time::sleep(silence).await;
            if self.passed() == before {
                return before;
            }
        }
    }

    /// Cuts all connections that there are.
    pub(crate) fn cut(&self) {
        self.cut.send_modify(|times| *times += 1);
    }

    /// Cuts every connection after so many bytes from the registry; 0 cuts none.
    pub(crate) fn cut_after(&self, bytes: usize) {
        self.rules.cut_after.store(bytes, Ordering::SeqCst);
    }

    /// Lets nothing pass any more on the connections there are, and keeps them open.
    pub(crate) fn freeze(&self) {
        self.rules.frozen.store(self.rules.connections.load(Ordering::SeqCst), Ordering::SeqCst);
    }

    /// Hangs up on whoever connects; or lets them through again.
    pub(crate) fn close(&self, closed: bool) {
        self.rules.closed.store(closed, Ordering::SeqCst);
    }
}

async fn upwards(number: u64, mut from: OwnedReadHalf, mut to: OwnedWriteHalf, rules: &Rules) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(read @ 1..) = from.read(&mut buffer).await {
        frozen(number, rules).await;
        rules.up.fetch_add(read as u64, Ordering::SeqCst);
        rules.segments_up.fetch_add((read as u64).div_ceil(SEGMENT), Ordering::SeqCst);
        if to.write_all(&buffer[..read]).await.is_err() {
            return;
        }
    }
}

async fn downwards(number: u64, mut from: OwnedReadHalf, mut to: OwnedWriteHalf, rules: &Rules) {
    let mut buffer = vec![0; 64 * 1024];
    let mut passed = 0;
    loop {
        let read = from.read(&mut buffer).await.unwrap_or(0);
        frozen(number, rules).await;
        let most = match rules.cut_after.load(Ordering::SeqCst) {
            0 => read,
            most => most.saturating_sub(passed).min(read),
        };
        let cut = most < read;
        passed += most;
        rules.down.fetch_add(most as u64, Ordering::SeqCst);
        rules.segments_down.fetch_add((most as u64).div_ceil(SEGMENT), Ordering::SeqCst);
        let written = to.write_all(&buffer[..most]).await;
        if written.is_err() || cut || read == 0 {
            return;
        }
    }
}

/// Returns never on a connection that is frozen.
async fn frozen(number: u64, rules: &Rules) {
    if number < rules.frozen.load(Ordering::SeqCst) {
        std::future::pending::<()>().await;
    }
}
