//! How long after a key its effect is on a screen behind a thin line, and what an echo takes there.

use crate::glass::Glass;
use crate::station::Station;
use crate::table::Table;
use crate::{SETTLED, Wanted, console};
use portable_pty::CommandBuilder;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Silence behind the line that ends what one key has written: shorter than the pause after which
/// the bottom line follows.
const QUIET: Duration = Duration::from_millis(250);
/// Silence after which nothing comes any more: a round trip, and twice the pause.
const REST: Duration = Duration::from_millis(1800);
/// Keys of each kind that are timed one by one.
const TIMES: usize = 10;
/// Between keys that are typed one after the other.
const BETWEEN: Duration = Duration::from_millis(100);
/// Longer than an echo, a move may take this.
const BEYOND_MOVE: u64 = 40;
/// Longer than an echo, the last paint after 16 keys may take this.
const BEYOND_TYPING: u64 = 800;

/// All times.
pub(crate) fn measure(wanted: &Wanted, table: &mut Table) {
    let (floor, worst) = echo();
    table.note("thin line: echo of one byte", floor, "ms", None, format!("{worst} ms at worst"));
    let station = Station::start();
    let glass = Glass::far_away(console(&station));
    let begun = Instant::now();
    glass.see("hits 40");
    let (first, last) = glass.burst(SETTLED);
    let (took, bytes) = (in_ms(last - begun), first.bytes.len());
    table.note("thin line: first paint, from the start", took, "ms", None, format!("{bytes} B"));
    glass.press("1<");
    glass.silence(REST);

    let (took, note) = moves(wanted, &glass);
    table.note("thin line: a move, key to last byte", took, "ms", Some(floor as u64 + BEYOND_MOVE), note);
    let bar = Some(floor as u64 + BEYOND_TYPING);
    glass.press("<");
    glass.silence(REST);
    // The minute's frame is none of the moves': it would be taken for their last paint.
    while jiff::Timestamp::now().as_second().rem_euclid(60) > 45 {
        sleep(Duration::from_millis(200));
    }
    let (took, bytes) = sixteen(&glass, "jjjjjjjjjjjjjjjj");
    table.note(
        "thin line: last paint after 16 moves at 10/s",
        took,
        "ms",
        bar,
        format!("{bytes} B, scrolls"),
    );
    glass.press("s");
    glass.silence(REST);
    let (took, bytes) = sixteen(&glass, "ABCDEFGHJKLMNPQR");
    table.note("thin line: last paint after 16 letters at 10/s", took, "ms", bar, format!("{bytes} B"));
    let (took, bytes) = under_news(&station, &glass, "STUVWXYZ23456789");
    let note = format!("{bytes} B with the news");
    table.note("thin line: the same under 20 changes a second", took, "ms", bar, note);
}

fn in_ms(time: Duration) -> usize {
    usize::try_from(time.as_millis()).expect("no time at all")
}

/// The middle and the worst of some times, in milliseconds.
fn middle(mut times: Vec<usize>) -> (usize, usize) {
    times.sort_unstable();
    (times[times.len() / 2], times[times.len() - 1])
}

/// A program that only echoes: nothing that answers keys can be faster.
fn echo() -> (usize, usize) {
    let mut command = CommandBuilder::new("sh");
    command.args(["-c", "stty raw -echo; printf ready; exec cat"]);
    let glass = Glass::far_away(command);
    glass.see("ready");
    glass.silence(SETTLED);
    middle((0..TIMES).map(|_| in_ms(key(&glass, "x").0)).collect())
}

/// Presses a key; returns how long its last byte took, and the bytes.
fn key(glass: &Glass, key: &str) -> (Duration, usize) {
    let pressed = Instant::now();
    glass.press(key);
    let (written, last) = glass.burst(QUIET);
    (last - pressed, written.bytes.len())
}

fn moves(wanted: &Wanted, glass: &Glass) -> (usize, String) {
    let (mut times, mut bytes, mut after) = (Vec::new(), Vec::new(), Vec::new());
    for at in 0..TIMES {
        let (took, written) = key(glass, if at % 2 == 0 { "j" } else { "k" });
        let rest = glass.silence(REST);
        wanted.show("  after the pause", &rest);
        times.push(in_ms(took));
        bytes.push(written);
        after.push(rest.bytes.len());
    }
    let (took, worst) = middle(times);
    let ((bytes, _), (after, _)) = (middle(bytes), middle(after));
    (took, format!("{worst} ms at worst; {bytes} B, then {after} B after the pause"))
}

/// Types at ten a second; returns when the last byte of all came after the last key, and the bytes.
fn sixteen(glass: &Glass, keys: &str) -> (usize, usize) {
    let pressed = typed(glass, keys);
    let (written, last) = glass.burst(REST);
    (in_ms(last - pressed), written.bytes.len())
}

/// Returns when the last key was pressed.
fn typed(glass: &Glass, keys: &str) -> Instant {
    for (at, letter) in keys.chars().enumerate() {
        if at > 0 {
            sleep(BETWEEN);
        }
        glass.press(&letter.to_string());
    }
    Instant::now()
}

/// The same while twenty hits a second ring at the desk: how long the last letter is not seen.
fn under_news(station: &Station, glass: &Glass, letters: &str) -> (usize, usize) {
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let news = scope.spawn(|| station.ring(BETWEEN / 2, &over));
        // Until they come in steadily.
        sleep(Duration::from_secs(3));
        glass.take();
        let pressed = typed(glass, letters);
        glass.see(letters);
        let took = in_ms(pressed.elapsed());
        over.store(true, Ordering::SeqCst);
        let rung = news.join().expect("the registry answers");
        assert!(rung >= 80, "only {rung} hits rang in {took} ms and 4.5 s");
        (took, glass.take().bytes.len())
    })
}
