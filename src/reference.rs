//! Tables about countries, makes, calibres, gun types and models, compiled in from `assets/` and read once.
//!
//! Pure and closed: texts go in, codes and plain answers come out. A text that no table knows is `Unknown`, never wrong.
pub mod calibre;
pub mod complete;
pub mod consistency;
pub mod country;
mod fold;
pub mod gun_type;
pub mod make;
pub mod model;
mod one_edit;
pub mod purpose;
mod table;
pub mod unsaid;
