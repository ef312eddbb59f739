//! What the console costs while nobody does anything.

use crate::Wanted;
use crate::glass::Glass;
use crate::process;
use crate::table::Table;
use std::thread::sleep;
use std::time::Duration;

/// Time without keys in which wake-ups are counted.
const IDLE: Duration = Duration::from_secs(10);

/// A minute without keys: nothing, then the minute's frame; and what the process does meanwhile.
pub(crate) fn measure(wanted: &Wanted, glass: &Glass, table: &mut Table) {
    let seconds = || jiff::Timestamp::now().as_second().rem_euclid(60);
    // The minute's frame is not to fall into the time that is to be silent.
    while seconds() < 1 || seconds() > 10 {
        sleep(Duration::from_millis(200));
    }
    glass.take();
    let before = process::counted(glass.process());
    sleep(IDLE);
    let after = process::counted(glass.process());
    let wake_ups = after.woken_since(&before);
    table.note(
        "wake-ups, idle, a second",
        usize::try_from(wake_ups / IDLE.as_secs()).expect("few"),
        "",
        Some(0),
        format!(
            "{wake_ups} in {} s, {} ms of processor time",
            IDLE.as_secs(),
            (after.ticks - before.ticks) * 10
        ),
    );
    while seconds() < 57 {
        sleep(Duration::from_millis(200));
    }
    table.add("idle within a minute, no news", glass.take().bytes.len(), "B", Some(0));
    sleep(Duration::from_secs(6));
    let minute = glass.take();
    wanted.show("the minute's frame", &minute);
    table.add("the minute's frame", minute.bytes.len(), "B", Some(100));
    let (all, own) = process::memory(glass.process());
    table.note(
        "memory",
        usize::try_from(all.div_ceil(1024)).expect("little"),
        "MB",
        Some(25),
        format!("{} MB that nobody else uses", own.div_ceil(1024)),
    );
}
