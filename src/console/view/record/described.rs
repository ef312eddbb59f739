//! One of the two guns, as far as it was described: whole, or as a short list shows it.

use crate::domain::gun::{Gun, GunType, Number, Place};
use crate::domain::ids::CountryCode;
use crate::domain::text::Text;
use crate::wire::hit::GunBrief;

/// A gun as one side describes it.
#[derive(Debug, Clone, Default)]
pub(super) struct Described<'a> {
    pub(super) serial: Option<(&'a Text, Place)>,
    pub(super) others: Vec<&'a Number>,
    pub(super) make: Option<&'a Text>,
    pub(super) model: Option<&'a Text>,
    pub(super) calibre: Option<&'a Text>,
    pub(super) kind: Option<GunType>,
    pub(super) made_in: Option<CountryCode>,
    pub(super) year: Option<i16>,
    pub(super) importer: Option<&'a Text>,
    pub(super) import_mark: Option<&'a Text>,
    pub(super) marks: Option<&'a Text>,
}

impl<'a> From<&'a Gun> for Described<'a> {
    fn from(gun: &'a Gun) -> Self {
        let serial = gun.serial();
        Self {
            serial: serial.map(|number| (&number.as_seen, number.place)),
            others: gun.numbers.iter().filter(|number| Some(*number) != serial).collect(),
            make: gun.make.as_ref(),
            model: gun.model.as_ref(),
            calibre: gun.calibre.as_ref(),
            kind: gun.gun_type,
            made_in: gun.made_in,
            year: gun.year,
            importer: gun.importer.as_ref(),
            import_mark: gun.import_mark.as_ref(),
            marks: gun.marks.text(),
        }
    }
}

impl<'a> From<&'a GunBrief> for Described<'a> {
    fn from(gun: &'a GunBrief) -> Self {
        Self {
            serial: gun.serial.as_ref().map(|serial| (serial, Place::Unstated)),
            make: gun.make.as_ref(),
            model: gun.model.as_ref(),
            calibre: gun.calibre.as_ref(),
            kind: gun.gun_type,
            ..Self::default()
        }
    }
}
