//! Words for what speaks for and against two guns being one.
use super::Catalogue;
use crate::domain::evidence::{NotSerial, Reason};
use crate::domain::gun::Place;
use crate::domain::hit::Exclusion;

impl Catalogue {
    /// What speaks for or against.
    pub fn reason(&self, reason: &Reason) -> String {
        match reason {
            Reason::NumberSame => self.say("reason.number_same", &[]),
            Reason::NumberFolded { places } => {
                self.say("reason.number_folded", &[("places", (*places).into())])
            }
            Reason::NumberFits { known } => self.say("reason.number_fits", &[("known", (*known).into())]),
            Reason::NumberDiffers { place, recorded, seen, alike } => {
                let args = [
                    ("place", (*place).into()),
                    ("recorded", self.sign(*recorded).into()),
                    ("seen", self.sign(*seen).into()),
                ];
                if *alike {
                    self.say("reason.number_differs_alike", &args)
                } else {
                    self.say("reason.number_differs", &args)
                }
            }
            Reason::NumberFar { edits } => self.say("reason.number_far", &[("edits", (*edits).into())]),
            Reason::NumberSwapped { place } => {
                let next = i64::from(*place) + 1;
                self.say("reason.number_swapped", &[("place", (*place).into()), ("next", next.into())])
            }
            Reason::NumberLacks { place, recorded } => {
                let args = [("place", (*place).into()), ("recorded", self.sign(*recorded).into())];
                self.say("reason.number_lacks", &args)
            }
            Reason::NumberExceeds { place, seen } => {
                let args = [("place", (*place).into()), ("seen", self.sign(*seen).into())];
                self.say("reason.number_exceeds", &args)
            }
            Reason::NumberPart { lost } => self.say("reason.number_part", &[("lost", (*lost).into())]),
            Reason::NumberElsewhere { recorded, seen } => {
                let args = [("part", self.part(*recorded).into()), ("other", self.part(*seen).into())];
                self.say("reason.number_elsewhere", &args)
            }
            Reason::NumberIsNone { is } => {
                self.say("reason.number_is_none", &[("is", self.not_serial(*is).into())])
            }
            Reason::NumberRare => self.say("reason.number_rare", &[]),
            Reason::NumberShared { records, makes } => self
                .say("reason.number_shared", &[("records", (*records).into()), ("makes", (*makes).into())]),
            Reason::MakeSame => self.say("reason.make_same", &[]),
            Reason::MakeBrand => self.say("reason.make_brand", &[]),
            Reason::MakeCompatible => self.say("reason.make_compatible", &[]),
            Reason::MakeOther => self.say("reason.make_other", &[]),
            Reason::LikeItFits => self.say("reason.like_it_fits", &[]),
            Reason::LikeItDiffers => self.say("reason.like_it_differs", &[]),
            Reason::ModelSame => self.say("reason.model_same", &[]),
            Reason::ModelAlias => self.say("reason.model_alias", &[]),
            Reason::ModelOther => self.say("reason.model_other", &[]),
            Reason::CalibreSame => self.say("reason.calibre_same", &[]),
            Reason::CalibreNear => self.say("reason.calibre_near", &[]),
            Reason::CalibreOther => self.say("reason.calibre_other", &[]),
            Reason::TypeSame => self.say("reason.type_same", &[]),
            Reason::TypeAction => self.say("reason.type_action", &[]),
            Reason::TypeOther => self.say("reason.type_other", &[]),
            Reason::MadeInSame => self.say("reason.made_in_same", &[]),
            Reason::MadeInOther => self.say("reason.made_in_other", &[]),
            Reason::ImportMarkSame => self.say("reason.import_mark_same", &[]),
            Reason::ImportMarkOther => self.say("reason.import_mark_other", &[]),
            Reason::YearSame => self.say("reason.year_same", &[]),
            Reason::YearOther => self.say("reason.year_other", &[]),
            Reason::MadeAfterEvent => self.say("reason.made_after_event", &[]),
            Reason::FoundBeforeEvent => self.say("reason.found_before_event", &[]),
            Reason::RecordClosed => self.say("reason.record_closed", &[]),
            Reason::ExcludedBefore { reason } => {
                let said = Exclusion::ALL.into_iter().find(|exclusion| exclusion.code() == reason);
                let said = said.map_or_else(|| reason.clone(), |exclusion| self.exclusion(exclusion));
                self.say("reason.excluded_before", &[("reason", said.into())])
            }
        }
    }

    /// A character by its name, because a letter O and a figure 0 look alike: "letter O".
    pub fn sign(&self, sign: char) -> String {
        let shown = [("sign", sign.to_string().into())];
        if sign.is_ascii_digit() {
            self.say("sign.figure", &shown)
        } else if sign.is_alphabetic() {
            self.say("sign.letter", &shown)
        } else {
            self.say("sign.sign", &shown)
        }
    }

    /// What a number is that is no serial.
    pub fn not_serial(&self, is: NotSerial) -> String {
        match is {
            NotSerial::Obliterated => self.say("not_serial.obliterated", &[]),
            NotSerial::Unread => self.say("not_serial.unread", &[]),
            NotSerial::Untold => self.say("not_serial.untold", &[]),
            NotSerial::Words => self.say("not_serial.words", &[]),
            NotSerial::Placeholder => self.say("not_serial.placeholder", &[]),
            NotSerial::Model => self.say("not_serial.model", &[]),
            NotSerial::Calibre => self.say("not_serial.calibre", &[]),
            NotSerial::Mark => self.say("not_serial.mark", &[]),
        }
    }

    /// Where on the gun a number stands.
    pub fn part(&self, place: Place) -> String {
        match place {
            Place::Frame => self.say("part.frame", &[]),
            Place::Receiver => self.say("part.receiver", &[]),
            Place::Slide => self.say("part.slide", &[]),
            Place::Barrel => self.say("part.barrel", &[]),
            Place::Importer => self.say("part.importer", &[]),
            Place::Other => self.say("part.another", &[]),
            Place::Unstated => self.say("part.unstated", &[]),
        }
    }

    /// Why it is not the same gun.
    pub fn exclusion(&self, exclusion: Exclusion) -> String {
        match exclusion {
            Exclusion::MakeAndCalibre => self.say("exclusion.other_make_and_calibre", &[]),
            Exclusion::Type => self.say("exclusion.other_type", &[]),
            Exclusion::NotTheSerial => self.say("exclusion.not_the_serial", &[]),
            Exclusion::DoubleSeries => self.say("exclusion.known_double_series", &[]),
            Exclusion::ClearedBefore => self.say("exclusion.record_cleared_before", &[]),
            Exclusion::InHand => self.say("exclusion.owner_has_the_gun", &[]),
            Exclusion::Misread => self.say("exclusion.misread", &[]),
            Exclusion::Counterfeit => self.say("exclusion.counterfeit", &[]),
            Exclusion::Placeholder => self.say("exclusion.placeholder", &[]),
        }
    }
}
