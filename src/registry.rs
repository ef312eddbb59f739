//! The server: journal, tables, matching and feed behind one HTTP interface.
//!
//! A command goes through the writer: matched before the lock against the index at its head,
//! then in one transaction decided, journaled and applied, then published. What leaves the
//! store passes `domain::disclose`.

pub mod admin;
pub mod audit;
pub mod certificate;
pub mod checks;
pub mod clocks;
mod edge;
pub mod feed;
pub mod http;
pub mod index;
pub mod journal;
pub mod limits;
mod listeners;
pub mod office;
pub mod reads;
mod serve;
pub mod sight;
pub mod store;
pub mod tables;
pub mod writer;

use crate::domain::time::Moment;
use certificate::Certificate;
use index::Indexes;
use limits::Limits;
use listeners::Listeners;
use std::sync::Arc;
use store::{Address, Store, StoreError};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

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
    /// How much it takes in at once.
    pub limits: Limits,
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
    limits: Limits,
    listeners: Arc<Listeners>,
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
            limits: settings.limits,
            listeners: Listeners::new(settings.limits),
            stop,
            tasks,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Serves in the clear until it is stopped, for this machine alone; connections get a few
    /// seconds to end.
    ///
    /// # Errors
    /// The listener failed.
    pub async fn serve(&self, listener: TcpListener) -> std::io::Result<()> {
        self.serve_with(listener, None).await
    }

    /// Serves over TLS where there is a certificate, until it is stopped.
    ///
    /// # Errors
    /// The listener failed.
    pub async fn serve_with(
        &self,
        listener: TcpListener,
        certificate: Option<Certificate>,
    ) -> std::io::Result<()> {
        let address = listener.local_addr()?;
        tracing::info!(%address, tls = certificate.is_some(), "registry serves");
        let inner = &self.inner;
        let router = http::router(self.clone()).0;
        serve::run(listener, certificate, inner.limits, router, inner.stop.clone()).await;
        Ok(())
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
