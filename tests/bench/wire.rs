//! What a line to a registry carries, in bytes: `cargo bench --bench wire`.
//!
//! Counted at a proxy between the two ends, over TLS 1.3 and HTTP/2: what TCP carries, and the
//! line with 52 bytes for each segment and 52 for its acknowledgement. Heartbeats are waited
//! for, so this takes a minute.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a bench speaks to the person who runs it, and stops where it cannot go on"
)]

#[path = "wire/authority.rs"]
mod authority;
#[expect(dead_code, reason = "a registry of the tests' own, of which this needs a part")]
#[path = "../all/bench.rs"]
mod bench;
#[path = "wire/measure.rs"]
mod measure;
#[expect(dead_code, reason = "breaks lines for the tests, too")]
#[path = "wire/proxy.rs"]
mod proxy;

use iarms::wire::exchange::Exchange;
use proxy::Passed;

/// Heartbeats in an idle hour.
const BEATS: u64 = 60;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(print());
}

async fn print() {
    println!("{:44} {:>9} {:>9} {:>9}", "bytes", "payload", "line", "bar");
    row("back after a drop, X25519MLKEM768", measure::back_after_a_drop(Exchange::Hybrid).await, 5_500);
    row("back after a drop, X25519", measure::back_after_a_drop(Exchange::X25519).await, 3_000);
    let hits = measure::hits(8).await;
    row("the first hit", hits[0], 0);
    let later = hits[1..].iter().copied().max_by_key(|passed| passed.on_the_line()).unwrap();
    row("a hit, from the second on (the longest of 7)", later, 300);
    row("a search page of 25", measure::search(25).await, 2_200);
    let beats = measure::beats(4).await;
    let beat = *beats.last().unwrap();
    row("a heartbeat", beat, 150);
    let hour = |bytes| bytes * BEATS;
    println!(
        "{:44} {:>9} {:>9} {:>9}",
        "an idle hour",
        hour(beat.up + beat.down),
        hour(beat.on_the_line()),
        9_000
    );
}

fn row(what: &str, passed: Passed, bar: u64) {
    println!("{what:44} {:>9} {:>9} {bar:>9}   {passed:?}", passed.up + passed.down, passed.on_the_line());
}
