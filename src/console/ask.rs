//! Questions: what `r` asks of an item, which keys count, and what `y` sends.

mod choices;
mod commands;
mod fits;
mod judge;
pub mod pending;

pub use choices::choices;
pub use commands::{Committed, commands};
pub use fits::{Response, fits};
pub use judge::judge;
