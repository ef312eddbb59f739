//! How alike two guns are, and finding the ones that are.

pub mod number;
pub mod pattern;
