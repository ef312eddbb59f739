//! Map of the house; written below as rooms are built.
pub mod reference;
