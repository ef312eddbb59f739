//! How alike two guns are, and finding the ones that are.

mod about;
pub mod align;
mod confusion;
mod distance;
mod key;
pub mod number;
pub mod pattern;
mod prepared;
mod score;

pub use prepared::Prepared;
