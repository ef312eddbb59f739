//! The line from a console or a script to a registry: requests, commands and live news.
//!
//! Every wait has a deadline, and every request ends in an answer or in a [`Fault`] that
//! says whether anything can have been done. [`Line`] asks once; [`Sender`] sees commands
//! through, under the same id until the registry has answered; [`Feed`] keeps the stream of
//! news open and goes on where it broke off. What may not be lost when the line or the console
//! breaks lies in the files of a [`desk`].

mod address;
mod answer;
mod backoff;
mod connections;
pub mod desk;
mod events;
mod fault;
mod feed;
mod ledger;
mod line;
mod lines;
mod outbox;
mod probe;
pub mod seen;
mod sender;
mod speed;
mod token;
mod trust;

pub use address::{Address, AddressFault};
pub use backoff::Backoff;
pub use fault::{Fault, Garble, Why};
pub use feed::{Feed, FeedControl, FeedMessage, FeedPolicy};
pub use ledger::{Kept, Ledger, Refused, Work};
pub use line::{Deadlines, Line, Reading};
pub use outbox::{Full, Outbox};
pub use probe::Probe;
pub use sender::{SendMessage, Sender};
pub use speed::Speed;
pub use token::{BadToken, Token};
pub use trust::{Trust, TrustFault};

#[cfg(test)]
mod fake;
