//! What crosses the network: requests, answers, problems, pages and news.
//!
//! Requests are the domain's own types, which are judged by `decide`; answers are built
//! from what `domain::disclose` returned, so nothing leaves that was not found fit for its
//! reader. Texts are plain data on both sides; a console draws them through `Shown`.

pub mod check;
pub mod command;
pub mod exchange;
pub mod hit;
pub mod news;
pub mod packing;
pub mod problem;
pub mod record;

use std::time::Duration;

/// Most items in one request of commands or checks.
pub const MOST_ITEMS: usize = 256;
/// Longest request body, in bytes.
pub const MOST_BYTES: usize = 256 * 1024;
/// Most rows on a page.
pub const MOST_ROWS: u32 = 200;
/// Longest that the longest body may take to come in: 256 KiB take 220 s at 9.6 kbit/s, and
/// others share the line. Who sends waits no shorter, in proportion to what is sent.
pub const LONGEST_UPLOAD: Duration = Duration::from_secs(600);
