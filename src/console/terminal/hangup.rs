//! The end of the terminal: who sees it, who is told, and by when the process is gone.

use std::io::{PipeReader, PipeWriter, Read, Write};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use tokio_util::sync::CancellationToken;

use super::restore::Restore;

/// Time between the end of the terminal and the end of the process, whatever the rest of it does.
///
/// Drafts and commands are on disk before anything else happens to them, so this is not for saving.
const DEADLINE: Duration = Duration::from_millis(800);

/// Exit status of a process that lost its terminal: 128 and the number of SIGHUP.
const EXIT_STATUS: i32 = 129;

/// Tells everybody that the terminal is gone; cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct HangUp {
    raised: CancellationToken,
    alarm: Arc<PipeWriter>,
}

/// What happens when the deadline has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deadline {
    /// The process ends with status 129. The only place in the console that ends it by force.
    EndProcess,
    /// Nothing: for tests that share their process with others.
    Nothing,
}

impl HangUp {
    /// Starts the watch over the terminal's end.
    ///
    /// It is a thread of its own that waits for nothing else: the reader may be waiting for the
    /// program, the writer for the line, and the program for anything.
    pub(super) fn watch(terminal: &Arc<Restore>, deadline: Deadline) -> std::io::Result<Self> {
        let (alarmed, alarm) = std::io::pipe()?;
        let raised = CancellationToken::new();
        let watch = Watch { terminal: Arc::clone(terminal), alarmed, raised: raised.clone(), deadline };
        thread::Builder::new().name("hang-up".to_owned()).spawn(move || watch.run())?;
        Ok(Self { raised, alarm: Arc::new(alarm) })
    }

    /// Says that the terminal is gone.
    pub(super) fn raise(&self) {
        self.raised.cancel();
        let _ = (&*self.alarm).write(b"!");
    }

    /// Returns once it is gone.
    pub(super) async fn raised(&self) {
        self.raised.cancelled().await;
    }
}

struct Watch {
    terminal: Arc<Restore>,
    alarmed: PipeReader,
    raised: CancellationToken,
    deadline: Deadline,
}

impl Watch {
    fn run(mut self) {
        if !self.terminal_ends() {
            return;
        }
        self.raised.cancel();
        thread::sleep(DEADLINE);
        match self.deadline {
            Deadline::EndProcess => {
                self.terminal.leave();
                std::process::exit(EXIT_STATUS);
            }
            Deadline::Nothing => {}
        }
    }

    /// Waits until the terminal has ended (true) or is no longer of interest (false).
    fn terminal_ends(&mut self) -> bool {
        loop {
            // Nothing is asked for: the end of a terminal is reported all the same.
            let mut ends = [
                PollFd::new(self.terminal.input(), PollFlags::empty()),
                PollFd::new(&self.alarmed, PollFlags::IN),
            ];
            match poll(&mut ends, None) {
                Ok(_) => {}
                Err(Errno::INTR) => continue,
                Err(_) => return false,
            }
            let [terminal, alarmed] = ends.map(|end| end.revents());
            if !terminal.is_empty() {
                return true;
            }
            if !alarmed.is_empty() {
                return matches!(self.alarmed.read(&mut [0]), Ok(1));
            }
        }
    }
}
