//! The registry's log: JSON lines on standard error.

use color_eyre::eyre::{WrapErr, eyre};
use tracing_subscriber::EnvFilter;

/// Sends the log to standard error, one JSON object a line; `IARMS_LOG` says how much of it.
///
/// At `info` and above nobody is named and no number of a gun is shown: not by what is
/// logged, and not by a panic, of which the place alone is told.
///
/// # Errors
/// `IARMS_LOG` cannot be read, or there is a log already.
pub fn to_standard_error() -> color_eyre::Result<()> {
    let filter = match std::env::var("IARMS_LOG") {
        Ok(wanted) if !wanted.trim().is_empty() => EnvFilter::try_new(&wanted)
            .wrap_err_with(|| format!("IARMS_LOG={wanted}: give a level such as info, or iarms=debug"))?,
        _ => EnvFilter::new("info"),
    };
    tracing_subscriber::fmt()
        .json()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init()
        .map_err(|error| eyre!("the log cannot be opened: {error}"))?;
    std::panic::set_hook(Box::new(|panicked| {
        let place = panicked.location().map(tracing::field::display);
        tracing::error!(place, "a task failed; the request that it served is not answered");
    }));
    Ok(())
}
