//! The console's own terminal layer: bytes in, bytes out, and the way back to a shell.

pub mod decoder;
pub mod input;
pub mod painter;
