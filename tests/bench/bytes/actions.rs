//! What each thing that an officer does costs, in bytes.

use crate::glass::Glass;
use crate::station::Station;
use crate::table::Table;
use crate::{QUIET, SETTLED, Wanted};

/// Presses keys and adds what they cost until it is quiet, and what follows after the pause.
fn act(wanted: &Wanted, glass: &Glass, table: &mut Table, action: &'static str, keys: &str, bar: u64) {
    glass.press(keys);
    let written = glass.silence(QUIET);
    wanted.show(action, &written);
    let after = glass.silence(SETTLED);
    wanted.show("  after the pause", &after);
    let note = if after.bytes.is_empty() {
        String::new()
    } else {
        format!("then {} B after the pause", after.bytes.len())
    };
    table.note(action, written.bytes.len(), "B", Some(bar), note);
}

/// Opens what is marked, and counts all that comes until nothing more does: what the registry answers
/// late, or the console draws later, is no saving.
fn open(wanted: &Wanted, glass: &Glass, table: &mut Table, action: &'static str, title: &str, bar: u64) {
    glass.press("\r");
    glass.see(title);
    let first = glass.silence(QUIET);
    wanted.show(action, &first);
    let after = glass.silence(SETTLED);
    wanted.show("  after the pause", &after);
    let note = format!("{} B of it after the pause", after.bytes.len());
    table.note(action, first.bytes.len() + after.bytes.len(), "B", Some(bar), note);
}

fn prepare(glass: &Glass, keys: &str) {
    glass.press(keys);
    glass.silence(SETTLED);
}

/// All that an officer does, one after the other.
pub(crate) fn measure(wanted: &Wanted, station: &Station, glass: &Glass, table: &mut Table) {
    let act = |glass: &Glass, table: &mut Table, action, keys: &str, bar| {
        act(wanted, glass, table, action, keys, bar);
    };
    prepare(glass, "1");
    act(glass, table, "move one row", "j", 10);
    act(glass, table, "move one row again", "j", 10);
    act(glass, table, "move one row back", "k", 10);
    prepare(glass, "<");
    act(glass, table, "five rows, one burst", "jjjjj", 15);
    open(wanted, glass, table, "open a record, from empty", "H-6  CR-2026-0000006", 700);
    prepare(glass, "1j");
    open(wanted, glass, table, "open a record, from another", "H-7  CR-2026-0000007", 450);
    prepare(glass, "1j");
    open(wanted, glass, table, "open a record, from another again", "H-8  CR-2026-0000008", 450);
    act(glass, table, "another pane", "\t", 120);
    act(glass, table, "another pane, again", "\t", 120);
    prepare(glass, "1<jjjjjj");
    act(glass, table, "to the last row that is shown", "j", 10);
    act(glass, table, "scroll a full-width list one row", "j", 150);
    act(glass, table, "scroll it one row more", "j", 150);
    act(glass, table, "a page", "\x1b[6~", 1600);
    prepare(glass, "<");
    act(glass, table, "a search line opened (its own lines)", "s", 400);
    act(glass, table, "type one character", "K", 4);
    act(glass, table, "type one character more", "D", 4);
    prepare(glass, "\x1b1");
    act(glass, table, "a question opened (its own lines), the gun read", "r", 1100);
    prepare(glass, "\x1b");
    act(glass, table, "a question opened (its own lines)", "r", 400);
    act(glass, table, "and closed", "\x1b", 400);
    act(glass, table, "a key that does nothing (its sentence)", "y", 60);
    act(glass, table, "whole repaint (Ctrl-L)", "\x0c", 5500);
    station.check_one_more();
    glass.see("hits 41");
    let alert = glass.silence(SETTLED);
    wanted.show("alert", &alert);
    table.note(
        "alert, in the top line",
        alert.lines[0],
        "B",
        Some(40),
        format!("{} B with its line of text", alert.bytes.len()),
    );
}
