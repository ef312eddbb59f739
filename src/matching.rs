//! How alike two guns are, and finding the ones that are.

pub mod align;
mod confusion;
mod distance;
mod key;
pub mod number;
pub mod pattern;
