//! Reads the gun of a search line.

use crate::console::grammar::GunLine;
use crate::domain::gun::{Gun, Number, Place};

/// The gun that a line describes.
///
/// # Errors
/// What is wrong with it, in words.
pub fn gun_line(text: &str) -> Result<GunLine, String> {
    let serial = text.trim();
    let serial = serial.strip_prefix("S ").unwrap_or(serial).trim();
    if serial.is_empty() {
        return Err("the line is empty; it begins with the number on the gun".into());
    }
    let numbers = vec![Number { as_seen: serial.into(), place: Place::Unstated }];
    Ok(GunLine { gun: Gun { numbers, ..Gun::default() }, found: None })
}
