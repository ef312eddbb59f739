//! Writing a search line in its usual form.

use super::GunLine;
use crate::domain::gun::{Number, Place};
use crate::domain::text::Text;
use std::fmt;

impl fmt::Display for GunLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("S")?;
        let gun = &self.gun;
        let mut numbers = gun.numbers.iter();
        if let Some(first) = numbers.next() {
            write!(f, " {}", first.as_seen.as_str())?;
            if first.place != Place::Unstated {
                write!(f, " /PL {}", first.place.code())?;
            }
        }
        for Number { as_seen, place } in numbers {
            match place {
                Place::Unstated => write!(f, " /NO {}", as_seen.as_str())?,
                place => write!(f, " /NO {} {}", place.code(), as_seen.as_str())?,
            }
        }
        let text = |text: &Option<Text>| text.as_ref().map(|text| text.as_str().to_owned());
        for (key, value) in [
            ("MK", text(&gun.make)),
            ("MD", text(&gun.model)),
            ("CAL", text(&gun.calibre)),
            ("TY", gun.gun_type.map(|code| code.to_string())),
            ("CO", gun.made_in.map(|code| code.to_string())),
            ("YR", gun.year.map(|year| year.to_string())),
            ("IM", text(&gun.import_mark)),
            ("IP", text(&gun.importer)),
            ("XM", gun.marks.text().map(|marks| marks.as_str().to_owned())),
            ("ON", self.found.map(|found| found.to_string())),
        ] {
            if let Some(value) = value {
                write!(f, " /{key} {value}")?;
            }
        }
        Ok(())
    }
}
