//! The one integration test binary: what only shows from outside.

#[cfg(test)]
#[path = "all/api.rs"]
mod api;
#[cfg(test)]
#[path = "all/batches.rs"]
mod batches;
#[cfg(test)]
#[path = "all/bench.rs"]
mod bench;
#[cfg(test)]
#[path = "all/command_line.rs"]
mod command_line;
#[cfg(test)]
#[path = "all/description.rs"]
mod description;
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
#[path = "all/program.rs"]
mod program;
#[cfg(test)]
#[path = "all/readme.rs"]
mod readme;
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
#[path = "all/verbs.rs"]
mod verbs;
