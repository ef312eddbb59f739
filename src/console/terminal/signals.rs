//! The signals that concern a full-screen program.

use std::io;

use rustix::process::{Signal as Number, getpgrp, getsid, kill_current_process_group};
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::input::Ending;

/// A signal that has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signalled {
    End(Ending),
    HangUp,
    WindowChanged,
    Stop,
    Continue,
}

/// Listens to all of them from now on; the process keeps doing so to its end.
#[derive(Debug)]
pub(super) struct Signals {
    interrupt: Signal,
    terminate: Signal,
    quit: Signal,
    hang_up: Signal,
    window: Signal,
    stop: Signal,
    continued: Signal,
}

impl Signals {
    /// Must be called within a runtime.
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            quit: signal(SignalKind::quit())?,
            hang_up: signal(SignalKind::hangup())?,
            window: signal(SignalKind::window_change())?,
            stop: signal(SignalKind::from_raw(Number::TSTP.as_raw()))?,
            continued: signal(SignalKind::from_raw(Number::CONT.as_raw()))?,
        })
    }

    /// The next signal; those of one kind that come together are one. Safe to drop while it waits.
    pub(super) async fn next(&mut self) -> Signalled {
        tokio::select! {
            // What ends the program comes before what changes its looks.
            biased;
            Some(()) = self.hang_up.recv() => Signalled::HangUp,
            Some(()) = self.terminate.recv() => Signalled::End(Ending::Terminate),
            Some(()) = self.quit.recv() => Signalled::End(Ending::Terminate),
            Some(()) = self.interrupt.recv() => Signalled::End(Ending::Interrupt),
            Some(()) = self.stop.recv() => Signalled::Stop,
            Some(()) = self.continued.recv() => Signalled::Continue,
            Some(()) = self.window.recv() => Signalled::WindowChanged,
            else => std::future::pending().await,
        }
    }
}

/// Whether a shell is there that could let the program run again after a stop.
///
/// A shell gives each job a group of its own. A program in the group of its session's leader, as
/// when SSH has started it directly, would be stopped for ever.
pub(super) fn can_be_continued() -> bool {
    getsid(None).is_ok_and(|session| session != getpgrp())
}

/// Stops the whole job, as the key Ctrl-Z does in a shell; returns when it runs again.
pub(super) fn stop_job() {
    let _ = kill_current_process_group(Number::STOP);
}
