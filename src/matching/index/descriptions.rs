//! The descriptions in a segment, each kept once however many guns have it.

use crate::domain::gun::Gun;
use crate::matching::about::{About, Resolved};
use crate::matching::facet::Tally;
use crate::matching::number::Norm;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

/// Descriptions by their number, and how many guns have each.
///
/// A store of millions has some ten thousand of them: what is the same on many guns is
/// resolved once and weighed once.
#[derive(Debug, Clone, Default)]
pub(super) struct Descriptions {
    all: Vec<Arc<About>>,
    guns: Vec<u32>,
    /// Their numbers by what was written; dropped with [`Descriptions::seal`].
    written: HashMap<String, u32>,
    /// Where the next is written down before it is looked up.
    text: String,
    learnt: Learnt,
}

/// What was looked up for descriptions, for those that follow.
#[derive(Debug, Clone, Default)]
pub(super) struct Learnt(Resolved);

impl Descriptions {
    /// None yet; what was looked up for others serves them.
    pub(super) fn knowing(learnt: Learnt) -> Self {
        Self { learnt, ..Self::default() }
    }

    /// Hands over what was looked up, for descriptions elsewhere.
    pub(super) fn take_learnt(&mut self) -> Learnt {
        std::mem::take(&mut self.learnt)
    }

    /// The number of a gun's description, which is resolved if it is new.
    pub(super) fn of_gun(&mut self, gun: &Gun) -> u32 {
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        write_gun(gun, &mut text);
        let number = match self.written.get(&text) {
            Some(number) => *number,
            None => {
                let about = Arc::new(About::resolved(gun, &mut self.learnt.0));
                self.keep(text.clone(), about)
            }
        };
        self.text = text;
        self.guns[number as usize] += 1;
        number
    }

    /// The number of a description that has been resolved already.
    pub(super) fn of_about(&mut self, about: &Arc<About>) -> u32 {
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        write_about(about, &mut text);
        let number = match self.written.get(&text) {
            Some(number) => *number,
            None => self.keep(text.clone(), Arc::clone(about)),
        };
        self.text = text;
        self.guns[number as usize] += 1;
        number
    }

    /// Adds the descriptions of others, with as many guns; says which number each has here.
    pub(super) fn append(&mut self, others: Self) -> Vec<u32> {
        let mut written: Vec<(u32, String)> =
            others.written.into_iter().map(|(text, number)| (number, text)).collect();
        written.sort_unstable();
        let each = written.into_iter().zip(others.all).zip(others.guns);
        each.map(|(((_, text), about), guns)| {
            let known = self.written.get(&text).copied();
            let number = known.unwrap_or_else(|| self.keep(text, about));
            self.guns[number as usize] += guns;
            number
        })
        .collect()
    }

    fn keep(&mut self, text: String, about: Arc<About>) -> u32 {
        let number = self.all.len() as u32;
        self.all.push(about);
        self.guns.push(0);
        self.written.insert(text, number);
        number
    }

    /// The description of a number.
    pub(super) fn get(&self, number: u32) -> &Arc<About> {
        &self.all[number as usize]
    }

    /// All of them, in the order of their numbers.
    pub(super) fn all(&self) -> &[Arc<About>] {
        &self.all
    }

    /// Memory held, in bytes, as far as the descriptions' own lists go: the few words that a
    /// description keeps of its own are not counted.
    pub(super) fn bytes(&self) -> usize {
        let each = size_of::<Arc<About>>() + 2 * size_of::<usize>() + size_of::<About>();
        self.all.capacity() * each + self.guns.capacity() * size_of::<u32>()
    }

    /// Counts them, and forgets how they were written: nothing is added any more.
    pub(super) fn seal(&mut self, tally: &mut Tally) {
        for (about, guns) in self.all.iter().zip(&self.guns) {
            tally.add_description(about, *guns);
        }
        (self.written, self.learnt) = Default::default();
        self.all.shrink_to_fit();
        self.guns.shrink_to_fit();
    }
}

/// Parts behind marks that no field holds.
fn write_gun(gun: &Gun, text: &mut String) {
    let fields = [&gun.make, &gun.model, &gun.calibre, &gun.import_mark];
    for field in fields {
        text.push_str(field.as_ref().map_or("", |field| field.as_str()));
        text.push('\u{1F}');
    }
    if let Some(gun_type) = gun.gun_type {
        text.push_str(gun_type.as_str());
    }
    text.push('\u{1F}');
    if let Some(country) = gun.made_in {
        text.push_str(country.as_str());
    }
}

fn write_about(about: &About, text: &mut String) {
    let said = [
        about.make.as_ref().map(|make| make.text.as_str()),
        about.model.as_ref().map(|model| model.text.as_str()),
        about.calibre.as_ref().map(|bore| bore.text.as_str()),
        about.import_mark.as_ref().map(Norm::as_str),
    ];
    for field in said {
        // Text here has lost its blanks and fillers, so it must not be taken for a gun's own.
        let _ = write!(text, "{}\u{1E}", field.unwrap_or_default());
    }
    let gun_type = about.gun_type.as_ref().map_or("", |gun_type| gun_type.as_str());
    let country = about.made_in.as_ref().map_or("", |country| country.as_str());
    let _ = write!(text, "{gun_type}\u{1E}{country}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::facet::{Counts, Facet};

    #[test]
    fn one_description_is_kept_once() {
        let glock = Gun { make: Some("Glock".into()), calibre: Some("9x19".into()), ..Gun::default() };
        let taurus = Gun { make: Some("Taurus".into()), ..glock.clone() };
        let mut descriptions = Descriptions::default();
        let numbers = [&glock, &taurus, &glock, &Gun::default()].map(|gun| descriptions.of_gun(gun));
        assert_eq!(numbers, [0, 1, 0, 2]);
        let about = Arc::new(About::of(&glock));
        assert_eq!([descriptions.of_about(&about), descriptions.of_about(&about)], [3, 3]);
        assert_eq!(descriptions.get(0), descriptions.get(3));
        let mut tally = Tally::default();
        descriptions.seal(&mut tally);
        let tally = Counts::of(tally);
        assert_eq!((tally.count(Facet::ANY_MAKE), tally.count(Facet::ANY_MODEL)), (5, 0));
    }
}
