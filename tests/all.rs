//! The one integration test binary: what only shows from outside.

#[cfg(test)]
#[path = "all/api.rs"]
mod api;
#[cfg(test)]
#[path = "bench/wire/authority.rs"]
mod authority;
#[cfg(test)]
#[path = "all/batches.rs"]
mod batches;
#[cfg(test)]
#[path = "all/bench.rs"]
mod bench;
#[cfg(test)]
#[path = "all/broken_lines.rs"]
mod broken_lines;
#[cfg(test)]
#[path = "all/candidates.rs"]
mod candidates;
#[cfg(test)]
#[path = "all/command_line.rs"]
mod command_line;
#[cfg(test)]
#[path = "all/description.rs"]
mod description;
#[cfg(test)]
#[path = "all/doctor.rs"]
mod doctor;
#[cfg(test)]
#[path = "all/exercise.rs"]
mod exercise;
#[cfg(test)]
#[path = "all/feeds.rs"]
mod feeds;
#[cfg(test)]
#[path = "all/histories.rs"]
mod histories;
#[cfg(test)]
#[path = "all/hits.rs"]
mod hits;
#[cfg(test)]
#[path = "all/house.rs"]
mod house;
#[cfg(test)]
#[path = "all/journal.rs"]
mod journal;
#[cfg(test)]
#[expect(dead_code, reason = "some deeds take too long for a test; the bench does them")]
#[path = "bench/wire/measure.rs"]
mod measure;
#[cfg(test)]
#[path = "all/outages.rs"]
mod outages;
#[cfg(test)]
#[path = "all/program.rs"]
mod program;
#[cfg(test)]
#[path = "bench/wire/proxy.rs"]
mod proxy;
#[cfg(test)]
#[path = "all/readme.rs"]
mod readme;
#[cfg(test)]
#[path = "all/secured.rs"]
mod secured;
#[cfg(test)]
#[path = "all/sides.rs"]
mod sides;
#[cfg(test)]
#[path = "all/tampering.rs"]
mod tampering;
#[cfg(test)]
#[path = "all/terminal.rs"]
mod terminal;
#[cfg(test)]
#[path = "all/terminal_process.rs"]
mod terminal_process;
#[cfg(test)]
#[path = "all/thin.rs"]
mod thin;
#[cfg(test)]
#[path = "all/thin_screen.rs"]
mod thin_screen;
#[cfg(test)]
#[path = "all/verbs.rs"]
mod verbs;
#[cfg(test)]
#[path = "all/waiting.rs"]
mod waiting;
