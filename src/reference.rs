//! Tables about countries, makes, calibres and gun types, compiled in from `assets/` and read once.
pub mod calibre;
pub mod country;
mod fold;
pub mod make;
mod table;
