//! The one integration test binary: what only shows from outside.

#[path = "all/terminal.rs"]
mod terminal;
#[path = "all/terminal_process.rs"]
mod terminal_process;
