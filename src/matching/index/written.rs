//! Descriptions as they were written, told apart by a few numbers.

use crate::domain::gun::{Gun, GunType};
use crate::domain::ids::CountryCode;
use crate::domain::text::Text;
use crate::matching::about::About;
use crate::matching::number::Norm;
use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::sync::Arc;

/// A description as it was written: texts by their numbers, 0 where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Written {
    /// Make, model, calibre, import mark.
    texts: [u32; 4],
    gun_type: Option<GunType>,
    made_in: Option<CountryCode>,
    /// Whether the texts are those of a description that was resolved: they have lost their
    /// blanks and fillers, so they must not be taken for a gun's own.
    resolved: bool,
}

/// Texts by their number; 0 is no text, and one that is empty.
///
/// Few are different: a store of millions has some hundred, which stay in the processor's
/// nearest memory, where ten thousand whole descriptions would not.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts(HashMap<String, u32, RandomState>);

impl Texts {
    /// What tells a gun's description from others.
    pub(super) fn of_gun(texts: &mut Arc<Self>, gun: &Gun) -> Written {
        let said = [&gun.make, &gun.model, &gun.calibre, &gun.import_mark];
        let texts = said.map(|text| Self::number(texts, text.as_ref().map(Text::as_str)));
        Written { texts, gun_type: gun.gun_type, made_in: gun.made_in, resolved: false }
    }

    /// What tells a resolved description from others.
    pub(super) fn of_about(texts: &mut Arc<Self>, about: &About) -> Written {
        let said = [
            about.make.as_ref().map(|make| make.text.as_str()),
            about.model.as_ref().map(|model| model.text.as_str()),
            about.calibre.as_ref().map(|bore| bore.text.as_str()),
            about.import_mark.as_ref().map(Norm::as_str),
        ];
        let texts = said.map(|text| Self::number(texts, text));
        Written { texts, gun_type: about.gun_type, made_in: about.made_in, resolved: true }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    fn number(texts: &mut Arc<Self>, text: Option<&str>) -> u32 {
        let Some(text) = text.filter(|text| !text.is_empty()) else { return 0 };
        if let Some(number) = texts.0.get(text) {
            return *number;
        }
        let number = texts.0.len() as u32 + 1;
        Arc::make_mut(texts).0.insert(text.to_owned(), number);
        number
    }

    /// Takes in the texts of others, and says what turns a description of theirs into one of
    /// these.
    pub(super) fn append(texts: &mut Arc<Self>, others: &Self) -> impl Fn(Written) -> Written + use<> {
        let mut numbers = vec![0; others.0.len() + 1];
        for (text, number) in &others.0 {
            numbers[*number as usize] = Self::number(texts, Some(text));
        }
        move |written| Written { texts: written.texts.map(|text| numbers[text as usize]), ..written }
    }
}
