//! What happens to the screen, and to the report, when a part of the program panics.

use std::backtrace::Backtrace;
use std::fs::OpenOptions;
use std::io::Write;
use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::restore::{Restore, writable};

/// Replaces the process's panic hook: first the terminal is restored, then the report is written to
/// `file` and its first line, where somebody can read it, to standard error; then `broken` is cancelled.
///
/// Nothing in it can panic, so a panic on a dead terminal does not become an abort.
pub(super) fn install(terminal: Arc<Restore>, broken: CancellationToken, file: PathBuf) {
    std::panic::set_hook(Box::new(move |panic| {
        terminal.leave();
        let headline = headline(panic);
        append(&file, &format!("{headline}\n{}\n", Backtrace::force_capture()));
        let mut standard_error = std::io::stderr();
        if writable(&standard_error, Duration::from_millis(100)) {
            let _ = standard_error.write_all(format!("{headline}\nreport: {}\n", file.display()).as_bytes());
        }
        broken.cancel();
    }));
}

/// Version, place, thread and message. A message that was put together at run time may hold a serial
/// or a name, so only fixed ones are repeated.
fn headline(panic: &PanicHookInfo<'_>) -> String {
    let thread = std::thread::current();
    let thread = thread.name().unwrap_or("unnamed");
    let place = panic.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
    let fixed = panic.payload().downcast_ref::<&'static str>().copied();
    let message = fixed.unwrap_or("(message not shown, it may hold data)");
    format!("iarms {} stopped at {place} in thread {thread}: {message}", env!("CARGO_PKG_VERSION"))
}

fn append(file: &Path, report: &str) {
    if let Ok(mut file) = OpenOptions::new().create(true).append(true).open(file) {
        let _ = file.write_all(report.as_bytes());
    }
}
