//! The one integration test binary: what only shows from outside.

#[cfg(test)]
#[path = "all/terminal.rs"]
mod terminal;
#[cfg(test)]
#[path = "all/terminal_process.rs"]
mod terminal_process;

#[cfg(test)]
#[path = "all/house.rs"]
mod house;
