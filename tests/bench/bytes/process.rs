//! What a process takes of its machine: memory, processor time, and how often it wakes up.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;

/// What the kernel has counted.
#[derive(Debug, Clone)]
pub(crate) struct Counted {
    /// Times that each thread of it was woken, by the number of the thread.
    threads: BTreeMap<OsString, u64>,
    /// Processor time, in hundredths of a second.
    pub(crate) ticks: u64,
}

/// Reads the counts of a process.
pub(crate) fn counted(process: u32) -> Counted {
    let tasks = fs::read_dir(format!("/proc/{process}/task")).expect("it runs");
    let threads = tasks
        .filter_map(|task| {
            let task = task.ok()?;
            let status = fs::read_to_string(task.path().join("status")).ok()?;
            Some((task.file_name(), field(&status, "voluntary_ctxt_switches:")?))
        })
        .collect();
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).expect("it runs");
    let after_name = stat.rsplit_once(')').expect("a name").1;
    let ticks =
        after_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    Counted { threads, ticks }
}

impl Counted {
    /// Times that a thread was woken since; one that is gone was woken to end, at least.
    pub(crate) fn woken_since(&self, before: &Self) -> u64 {
        let known = |thread: &OsString| before.threads.get(thread).copied().unwrap_or(0);
        let here: u64 = self.threads.iter().map(|(thread, count)| count.saturating_sub(known(thread))).sum();
        here + before.threads.keys().filter(|thread| !self.threads.contains_key(*thread)).count() as u64
    }
}

/// Resident memory of a process in kibibytes: all of it, and what no other process uses too.
pub(crate) fn memory(process: u32) -> (u64, u64) {
    let read = |file: &str| fs::read_to_string(format!("/proc/{process}/{file}")).unwrap_or_default();
    let all = field(&read("status"), "VmRSS:").expect("it runs");
    let shares = read("smaps_rollup");
    let own = ["Private_Clean:", "Private_Dirty:"].iter().filter_map(|name| field(&shares, name)).sum();
    (all, own)
}

fn field(text: &str, name: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}
