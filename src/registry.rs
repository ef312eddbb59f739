//! The server: journal, tables, matching and feed behind one HTTP interface.
//!
//! A command goes through the writer: matched before the lock against the index at its head,
//! then in one transaction decided, journaled and applied, then published. What leaves the
//! store passes `domain::disclose`.

pub mod admin;
pub mod audit;
pub mod checks;
pub mod clocks;
mod edge;
pub mod feed;
pub mod http;
pub mod index;
pub mod journal;
pub mod office;
pub mod reads;
pub mod sight;
pub mod store;
pub mod tables;
pub mod writer;

use crate::domain::time::Moment;
use index::Indexes;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use store::{Address, Store, StoreError};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Longest that connections may take to end once the registry stops.
const GRACE: Duration = Duration::from_secs(5);

/// Where the registry gets the time from; a test gives its own.
pub type Clock = Arc<dyn Fn() -> Moment + Send + Sync>;

/// The machine's clock.
pub fn machine_clock() -> Clock {
    Arc::new(|| Moment::of(jiff::Timestamp::now()))
}

/// How a registry is run.
#[derive(Clone)]
pub struct Settings {
    /// Where its store is.
    pub store: Address,
    /// Whether it is for training: nothing in it is real.
    pub training: bool,
    /// Where it gets the time from.
    pub clock: Clock,
}

/// A running registry; clones are the same one.
#[derive(Clone)]
pub struct Registry {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    indexes: Arc<Indexes>,
    writer: writer::Writer,
    reads: reads::Reads,
    feed: feed::Hub,
    training: bool,
    clock: Clock,
    stop: CancellationToken,
    tasks: TaskTracker,
}

impl Registry {
    /// Opens the store, builds the index and starts writer, readers' log and clocks.
    ///
    /// # Errors
    /// The store cannot be opened or read.
    pub async fn open(settings: Settings) -> Result<Self, StoreError> {
        let store = Store::open(&settings.store).await?;
        let indexes = Arc::new(Indexes::load(&store, (settings.clock)()).await?);
        let stop = CancellationToken::new();
        let tasks = TaskTracker::new();
        let feed = feed::Hub::new();
        let writer = writer::Writer::start(
            writer::Parts {
                store: store.clone(),
                indexes: Arc::clone(&indexes),
                feed: feed.clone(),
                clock: Arc::clone(&settings.clock),
                training: settings.training,
                tasks: tasks.clone(),
            },
            &tasks,
            &stop,
        );
        feed::watch::start(feed.clone(), store.clone(), &tasks, &stop);
        let reads = reads::Reads::start(store.clone(), &tasks, &stop);
        clocks::start(store.clone(), writer.clone(), Arc::clone(&settings.clock), &tasks, &stop);
        let inner = Inner {
            store,
            indexes,
            writer,
            reads,
            feed,
            training: settings.training,
            clock: settings.clock,
            stop,
            tasks,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Serves until it is stopped; connections get `GRACE` to end.
    ///
    /// # Errors
    /// The listener failed.
    pub async fn serve(&self, listener: TcpListener) -> std::io::Result<()> {
        let address: Option<SocketAddr> = listener.local_addr().ok();
        tracing::info!(address = address.map(tracing::field::display), "registry serves");
        let stop = self.inner.stop.clone();
        let serving = axum::serve(listener, http::router(self.clone()).0)
            .with_graceful_shutdown(stop.clone().cancelled_owned())
            .into_future();
        let patience = async {
            stop.cancelled().await;
            tokio::time::sleep(GRACE).await;
        };
        tokio::select! {
            served = serving => served,
            // Who does not take in what was sent is hung up on.
            () = patience => Ok(()),
        }
    }

    /// The writer, for what does not come over the network.
    pub fn writer(&self) -> &writer::Writer {
        &self.inner.writer
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    /// The registry's time.
    pub fn now(&self) -> Moment {
        (self.inner.clock)()
    }

    /// Stops taking work, finishes what was begun and closes the store.
    pub async fn stop(&self) {
        self.inner.stop.cancel();
        self.inner.tasks.close();
        self.inner.tasks.wait().await;
        self.inner.store.close().await;
        tracing::info!("registry stopped");
    }
}
