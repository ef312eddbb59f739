//! Writes frames on a thread of its own, one at a time, so that a stalled terminal blocks nobody.
//!
//! There is a place for one frame. The shell paints only when the one before is written: on a slow
//! line the states in between are never painted, and what is painted is the newest.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use tokio::sync::Notify;

use super::hangup::HangUp;
use super::restore::Restore;

/// The place for one frame.
#[derive(Debug)]
pub(super) struct Writer {
    frames: SyncSender<Vec<u8>>,
    state: Arc<State>,
}

#[derive(Debug, Default)]
struct State {
    busy: AtomicBool,
    written: Notify,
}

impl Writer {
    /// Starts the thread; it ends when the writer is dropped.
    pub(super) fn start(terminal: Arc<Restore>, hang_up: HangUp) -> io::Result<Self> {
        let (frames, waiting) = sync_channel::<Vec<u8>>(1);
        let state = Arc::new(State::default());
        let shared = Arc::clone(&state);
        thread::Builder::new().name("screen".to_owned()).spawn(move || {
            for frame in waiting {
                if terminal.write_frame(&frame).is_err() {
                    hang_up.raise();
                    return;
                }
                shared.busy.store(false, Ordering::SeqCst);
                shared.written.notify_waiters();
            }
        })?;
        Ok(Self { frames, state })
    }

    /// Whether the frame before has been written, so that the next may be painted.
    ///
    /// After the end of the terminal it stays false.
    #[must_use]
    pub(super) fn ready(&self) -> bool {
        !self.state.busy.load(Ordering::SeqCst)
    }

    /// Hands a frame over; says whether there was room.
    pub(super) fn send(&self, frame: Vec<u8>) -> bool {
        if self.state.busy.swap(true, Ordering::SeqCst) {
            return false;
        }
        self.frames.try_send(frame).is_ok()
    }

    /// Returns once [`Self::ready`]; the future does not borrow the writer.
    pub(super) fn written(&self) -> impl Future<Output = ()> + Send + 'static {
        let state = Arc::clone(&self.state);
        async move {
            loop {
                let written = state.written.notified();
                if !state.busy.load(Ordering::SeqCst) {
                    return;
                }
                written.await;
            }
        }
    }
}
