//! What the description of two guns says about their being one.
//!
//! Each field is weighed given the ones before it, make, then model, calibre, type: a Glock
//! in 9x19 is what a Glock is, and earns little for it. The figures are logarithms of
//! (how often one gun agrees with itself : how often two guns agree), in hundredths of a bit.
//! How often two guns agree the store itself knows ([`Ground`]); how often one gun is
//! described otherwise is set by hand.

use super::ground::Ground;
use super::notes::{DECISIVE, Notes};
use crate::domain::evidence::Reason;
use crate::matching::about::{About, Tie};
use crate::matching::prepared::Prepared;
use crate::reference::{calibre, country, gun_type, model};

/// How often two people tell one gun's calibre, model or type differently, in hundredths: each
/// is told wrong of one gun in twenty to one in twelve.
const CALIBRE_OTHERWISE: u128 = 8;
const MODEL_OTHERWISE: u128 = 12;
const TYPE_OTHERWISE: u128 = 16;

/// What the description comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fields {
    pub notes: Notes,
    pub make: Tie,
    pub model: model::Relation,
    pub calibre: calibre::Relation,
    pub gun_type: gun_type::Relation,
    /// Something that no likeness of numbers makes up for.
    pub decisive: bool,
    /// The maker's numbers begin again each year or block.
    pub numbering_restarts: bool,
}

impl Fields {
    /// Whether the make agrees, and with it the model or both calibre and type: enough to
    /// find a gun by that has no number.
    pub(crate) fn describes(&self) -> bool {
        let model = matches!(self.model, model::Relation::Same | model::Relation::Alias);
        let both = self.calibre == calibre::Relation::Same && self.gun_type == gun_type::Relation::Same;
        let contradicted =
            self.model == model::Relation::Different || self.calibre == calibre::Relation::Different;
        self.make.agrees() && (model || both) && !contradicted
    }
}

impl Fields {
    /// Whether make or model say that a number which every maker has given is this gun's.
    pub(crate) fn vouch(&self) -> bool {
        self.make.agrees() || self.make == Tie::Guess || self.same_model()
    }

    /// Whether two of make, calibre and type differ, the action not counted with the make: the
    /// field rules a pair out that way (EX1, EX2), however alike the numbers.
    fn are_other_guns(&self, a: &About, b: &About) -> bool {
        let category = |about: &About| about.gun_type.map(|gun_type| gun_type.category());
        let make = self.make == Tie::Different;
        let calibre = self.calibre == calibre::Relation::Different;
        let gun_type = self.gun_type == gun_type::Relation::Different;
        (calibre && (make || gun_type)) || (make && gun_type && category(a) != category(b))
    }

    /// Whether the makes or the calibres speak against the two being one, which letters in a
    /// number may outweigh and figures alone do not.
    pub(crate) fn object(&self) -> bool {
        self.make == Tie::Different || self.calibre == calibre::Relation::Different
    }
}

/// Weighs the description of a recorded gun against that of one in hand.
pub(crate) fn weigh(a: &About, b: &About, ground: &Ground, notes: Notes) -> Fields {
    let mut fields = Fields {
        notes,
        make: tie(a, b),
        model: model_relation(a, b),
        calibre: calibre_relation(a, b),
        gun_type: type_relation(a, b),
        decisive: false,
        numbering_restarts: numbering_restarts(a) || numbering_restarts(b),
    };
    fields.weigh_make(ground);
    fields.weigh_model(ground);
    fields.weigh_calibre(ground);
    fields.weigh_type(a, b, ground);
    fields.weigh_origin(a, b);
    fields.decisive = fields.are_other_guns(a, b);
    fields
}

/// How the makes of two guns stand to each other; unknown when one is not said.
pub(crate) fn tie(a: &About, b: &About) -> Tie {
    match (&a.make, &b.make) {
        (Some(a), Some(b)) => a.tie(b),
        _ => Tie::Unknown,
    }
}

fn is_guessed(about: &About) -> bool {
    about.make.as_ref().is_some_and(|make| make.is_guess())
}

pub(crate) fn model_relation(a: &About, b: &About) -> model::Relation {
    match (&a.model, &b.model) {
        (Some(model), Some(other)) => match model.relation(other) {
            // The models of a maker that was guessed speak against nothing.
            model::Relation::Different if is_guessed(a) || is_guessed(b) => model::Relation::Unknown,
            relation => relation,
        },
        _ => model::Relation::Unknown,
    }
}

pub(crate) fn calibre_relation(a: &About, b: &About) -> calibre::Relation {
    match (&a.calibre, &b.calibre) {
        (Some(a), Some(b)) => a.relation(b),
        _ => calibre::Relation::Unknown,
    }
}

pub(crate) fn type_relation(a: &About, b: &About) -> gun_type::Relation {
    match (a.gun_type, b.gun_type) {
        (Some(a), Some(b)) => gun_type::relation(a.as_str(), b.as_str()),
        _ => gun_type::Relation::Unknown,
    }
}

impl Fields {
    fn weigh_make(&mut self, ground: &Ground) {
        match self.make {
            Tie::Same => self.notes.weigh(ground.make(), Reason::MakeSame),
            Tie::Brand => self.notes.weigh((ground.make() - 50).max(0), Reason::MakeBrand),
            Tie::Guess => self.notes.weigh(ground.make() / 2, Reason::MakeCompatible),
            // Licensee, importer, place and mark agree with many makers.
            Tie::Compatible => self.notes.state(0, 1, false, Reason::MakeCompatible),
            Tie::Different => self.notes.weigh(-370, Reason::MakeOther),
            Tie::Unknown => {}
        }
    }

    fn weigh_model(&mut self, ground: &Ground) {
        let bits = ground.model(self.make.agrees());
        match self.model {
            model::Relation::Same => self.notes.weigh(bits, Reason::ModelSame),
            model::Relation::Alias => self.notes.weigh(bits * 3 / 4, Reason::ModelAlias),
            model::Relation::Different => {
                self.notes.weigh(Ground::differing(bits, MODEL_OTHERWISE).min(-100), Reason::ModelOther);
            }
            model::Relation::Pattern | model::Relation::Unknown => {}
        }
    }

    pub(crate) fn same_model(&self) -> bool {
        matches!(self.model, model::Relation::Same | model::Relation::Alias)
    }

    fn weigh_calibre(&mut self, ground: &Ground) {
        let bits = ground.calibre(self.make.agrees(), self.same_model());
        match self.calibre {
            calibre::Relation::Same => self.notes.weigh(bits, Reason::CalibreSame),
            calibre::Relation::Near => self.notes.weigh(bits.min(50), Reason::CalibreNear),
            calibre::Relation::Different => {
                let bits = Ground::differing(bits, CALIBRE_OTHERWISE).min(-150);
                self.notes.weigh(bits, Reason::CalibreOther);
            }
            calibre::Relation::Unknown => {}
        }
    }

    fn weigh_type(&mut self, record: &About, check: &About, ground: &Ground) {
        let (Some(a), Some(b)) = (record.gun_type, check.gun_type) else { return };
        let bits = ground.gun_type(self.same_model(), self.calibre == calibre::Relation::Same);
        match self.gun_type {
            gun_type::Relation::Same => self.notes.weigh(bits, Reason::TypeSame),
            gun_type::Relation::Near if a.category() == b.category() => {
                // One letter tells the type and not the action.
                if a.as_str().len() == b.as_str().len() {
                    self.notes.weigh(-50, Reason::TypeAction);
                }
            }
            gun_type::Relation::Different if a.category() == b.category() => {
                self.notes.weigh(Ground::differing(bits, TYPE_OTHERWISE).min(-50), Reason::TypeAction);
            }
            gun_type::Relation::Different => {
                self.notes.weigh(Ground::differing(bits, TYPE_OTHERWISE).min(-100), Reason::TypeOther);
            }
            gun_type::Relation::Near | gun_type::Relation::Unknown => {}
        }
    }

    /// Country, import mark and year: where two makers' guns differ, and two guns of one
    /// maker need not.
    fn weigh_origin(&mut self, a: &About, b: &About) {
        if let (Some(a), Some(b)) = (a.made_in, b.made_in) {
            let known = self.make.agrees();
            match country::relation(a.as_str(), b.as_str()) {
                country::Relation::Same => self.notes.weigh(if known { 10 } else { 120 }, Reason::MadeInSame),
                country::Relation::Successor => {
                    self.notes.weigh(if known { 5 } else { 80 }, Reason::MadeInSame);
                }
                country::Relation::Different => self.notes.weigh(-120, Reason::MadeInOther),
                country::Relation::Unknown => {}
            }
        }
        if let (Some(a), Some(b)) = (&a.import_mark, &b.import_mark) {
            if a.skeleton() == b.skeleton() {
                self.notes.weigh(300, Reason::ImportMarkSame);
            } else {
                self.notes.weigh(-120, Reason::ImportMarkOther);
            }
        }
    }

    /// Years and days: what differs from gun to gun of one description.
    pub(crate) fn weigh_times(&mut self, record: &Prepared, check: &Prepared) {
        if let (Some(a), Some(b)) = (record.made, check.made) {
            // Where numbering begins again each year, the year belongs to the number.
            let restarts = self.make.agrees() && self.numbering_restarts;
            match a.abs_diff(b) {
                0 => self.notes.weigh(if restarts { 400 } else { 250 }, Reason::YearSame),
                _ if restarts => self.notes.weigh(-700, Reason::YearOther),
                1 => {}
                _ => self.notes.weigh(-250, Reason::YearOther),
            }
        }
        if let Some(event) = record.when {
            if check.made.is_some_and(|year| year > event.year()) {
                self.decisive = true;
                self.notes.state(-1000, DECISIVE, true, Reason::MadeAfterEvent);
            }
            // An owner may notice late and date the theft too late, so this alone decides
            // nothing.
            if check.when.is_some_and(|found| found.latest() < event.earliest()) {
                self.notes.weigh(-500, Reason::FoundBeforeEvent);
            }
        }
        if record.closed {
            self.decisive = true;
            self.notes.state(0, DECISIVE, true, Reason::RecordClosed);
        }
    }
}

fn numbering_restarts(about: &About) -> bool {
    let first = about.make.as_ref().and_then(|make| make.meanings.first());
    first.is_some_and(|meaning| meaning.make.numbering_restarts)
}
