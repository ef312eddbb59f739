//! What the tables say of one field of two guns: the same, fits, near, differs, or not known.

use super::described::Described;
use crate::console::view::scene::Scene;
use crate::domain::date::PartialDate;
use crate::domain::evidence::Reason;
use crate::domain::text::Text;
use crate::reference::{calibre, country, gun_type, make, model};

/// What two fields are to each other, and why where that is not plain.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Verdict {
    pub(super) word: Word,
    pub(super) because: Option<Reason>,
}

/// The word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// One thing, however written.
    Same,
    /// Two things that may stand on one gun.
    Fits,
    /// Two that are taken for each other.
    Near,
    /// Two things.
    Differs,
    /// One of them is not said, or not in the tables.
    Unknown,
}

impl Word {
    /// The word as it is said.
    pub(super) fn said(self, scene: &Scene) -> String {
        let key = match self {
            Word::Same => "screen.verdict.same",
            Word::Fits => "screen.verdict.fits",
            Word::Near => "screen.verdict.near",
            Word::Differs => "screen.verdict.differs",
            Word::Unknown => "screen.verdict.unknown",
        };
        scene.say(key, &[])
    }

    /// Whether the officer must see it even where there is little room.
    pub(super) fn speaks_against(self) -> bool {
        matches!(self, Word::Near | Word::Differs)
    }
}

/// A text as far as the tables look at it: a name is no longer.
fn name(text: &Text) -> &str {
    let text = text.as_str();
    text.char_indices().nth(80).map_or(text, |(end, _)| &text[..end])
}

fn verdict(word: Word, because: Reason) -> Verdict {
    Verdict { word, because: Some(because) }
}

/// Nothing to say of it.
const UNKNOWN: Verdict = Verdict { word: Word::Unknown, because: None };

/// The makes.
pub(super) fn make(a: &Described, b: &Described) -> Verdict {
    let (Some(a), Some(b)) = (a.make, b.make) else { return UNKNOWN };
    match make::relation(name(a), name(b)) {
        make::Relation::Same => verdict(Word::Same, Reason::MakeSame),
        make::Relation::Brand => verdict(Word::Fits, Reason::MakeBrand),
        make::Relation::Compatible { .. } => verdict(Word::Fits, Reason::MakeCompatible),
        make::Relation::Different => verdict(Word::Differs, Reason::MakeOther),
        make::Relation::Unknown => by_letters(a, b),
    }
}

/// The models, each with its make.
pub(super) fn model(a: &Described, b: &Described) -> Verdict {
    let (Some(model_a), Some(model_b)) = (a.model, b.model) else { return UNKNOWN };
    let of = |gun: &Described| gun.make.map(|make| name(make).to_owned()).unwrap_or_default();
    match model::relation(&of(a), name(model_a), &of(b), name(model_b)) {
        model::Relation::Same => verdict(Word::Same, Reason::ModelSame),
        model::Relation::Alias => verdict(Word::Same, Reason::ModelAlias),
        model::Relation::Pattern => Verdict { word: Word::Near, because: None },
        model::Relation::Different => verdict(Word::Differs, Reason::ModelOther),
        model::Relation::Unknown => by_letters(model_a, model_b),
    }
}

/// The calibres.
pub(super) fn calibre(a: &Described, b: &Described) -> Verdict {
    let (Some(a), Some(b)) = (a.calibre, b.calibre) else { return UNKNOWN };
    match calibre::relation(name(a), name(b)) {
        // Two names of one calibre: the word says it.
        calibre::Relation::Same => Verdict { word: Word::Same, because: None },
        calibre::Relation::Near => verdict(Word::Near, Reason::CalibreNear),
        calibre::Relation::Different => verdict(Word::Differs, Reason::CalibreOther),
        calibre::Relation::Unknown => by_letters(a, b),
    }
}

/// The types.
pub(super) fn kind(a: &Described, b: &Described) -> Verdict {
    let (Some(a), Some(b)) = (a.kind, b.kind) else { return UNKNOWN };
    match gun_type::relation(a.as_str(), b.as_str()) {
        // The one word says it: beside the code stands the same code.
        gun_type::Relation::Same => Verdict { word: Word::Same, because: None },
        gun_type::Relation::Near => verdict(Word::Near, Reason::TypeAction),
        gun_type::Relation::Different => verdict(Word::Differs, Reason::TypeOther),
        gun_type::Relation::Unknown => UNKNOWN,
    }
}

/// The countries of manufacture.
pub(super) fn made_in(a: &Described, b: &Described) -> Verdict {
    let (Some(a), Some(b)) = (a.made_in, b.made_in) else { return UNKNOWN };
    match country::relation(a.as_str(), b.as_str()) {
        country::Relation::Same => verdict(Word::Same, Reason::MadeInSame),
        country::Relation::Successor => verdict(Word::Fits, Reason::MadeInSame),
        country::Relation::Different => verdict(Word::Differs, Reason::MadeInOther),
        country::Relation::Unknown => UNKNOWN,
    }
}

/// The years of manufacture.
pub(super) fn year(a: &Described, b: &Described) -> Verdict {
    match (a.year, b.year) {
        (Some(a), Some(b)) if a == b => verdict(Word::Same, Reason::YearSame),
        (Some(_), Some(_)) => verdict(Word::Differs, Reason::YearOther),
        _ => UNKNOWN,
    }
}

/// The import marks.
pub(super) fn import_mark(a: &Described, b: &Described) -> Verdict {
    let (Some(a), Some(b)) = (a.import_mark, b.import_mark) else { return UNKNOWN };
    if by_letters(a, b).word == Word::Same {
        verdict(Word::Same, Reason::ImportMarkSame)
    } else {
        verdict(Word::Differs, Reason::ImportMarkOther)
    }
}

/// Whether the gun can have been in hand then, after what was recorded of it.
pub(super) fn event(happened: Option<PartialDate>, found: Option<PartialDate>) -> Verdict {
    match (happened, found) {
        (Some(happened), Some(found)) if found.latest() < happened.earliest() => {
            verdict(Word::Differs, Reason::FoundBeforeEvent)
        }
        (Some(_), Some(_)) => Verdict { word: Word::Fits, because: None },
        _ => UNKNOWN,
    }
}

/// Two texts that no table knows are the same when their letters and figures are.
pub(super) fn by_letters(a: &Text, b: &Text) -> Verdict {
    let bare = |text: &Text| {
        let letters = name(text).chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_uppercase).collect::<String>()
    };
    let (a, b) = (bare(a), bare(b));
    // Two texts without any letter or figure say nothing of each other.
    let word = if a == b && !a.is_empty() { Word::Same } else { Word::Unknown };
    Verdict { word, because: None }
}
