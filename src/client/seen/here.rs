//! A check without a line: a gun held against the records that were seen at this desk.
//!
//! It is not the registry, and says so: it raises nothing, counts as no search, and says nothing
//! of the records that nobody here has looked at.

use super::memory::Memory;
use crate::domain::check::Question;
use crate::domain::gun::{Gun, Number, Place};
use crate::domain::ids::{CountryCode, RecordId};
use crate::domain::time::Moment;
use crate::matching::{Index, Prepared, find};
use crate::wire::check::{Candidate, CandidateShown};
use crate::wire::hit::GunBrief;
use crate::wire::record::RecordAnswer;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// What the records seen here say of a gun.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Here {
    /// Records that were looked at.
    pub searched: usize,
    /// When the oldest of them was seen; nothing when there is none.
    pub oldest: Option<Moment>,
    /// Those that the gun may be, the likeliest first.
    pub candidates: Vec<Candidate>,
}

struct Known {
    owner: CountryCode,
    gun: Gun,
    shown: CandidateShown,
    at: Moment,
}

impl Memory {
    /// Holds a gun against what was seen here.
    pub(super) fn check(&self, question: &Question) -> Here {
        let known = self.known();
        let mut staged = Index::<RecordId>::default().stage();
        for (id, known) in &known {
            staged.insert_gun(*id, &known.gun, None, !known.shown.status.is_open());
        }
        let gun = Prepared::of(&question.gun).on(question.found);
        let found = find(&staged, &gun, known.len() as u64);
        let candidate = |one: crate::matching::Candidate<RecordId>| {
            let known = known.get(&one.key)?;
            Some(Candidate::new(one.key, known.owner, Some(known.shown.clone()), one.evidence))
        };
        Here {
            searched: known.len(),
            oldest: known.values().map(|known| known.at).min(),
            candidates: found.into_iter().filter_map(candidate).take(question.limit.into()).collect(),
        }
    }

    /// Every record that was seen in any way, as it stood when it was seen last.
    fn known(&self) -> BTreeMap<RecordId, Known> {
        let mut known = BTreeMap::new();
        for (id, (candidate, at)) in &self.candidates {
            if let Some(shown) = &candidate.shown {
                let (owner, gun) = (candidate.owner, gun_of(&shown.gun));
                known.insert(*id, Known { owner, gun, shown: shown.clone(), at: *at });
            }
        }
        let of_hits = self.hits.values().map(|(view, at)| (&view.record, *at));
        for (answer, at) in of_hits.chain(self.records.values().map(|(answer, at)| (answer, *at))) {
            if let RecordAnswer::Whole(view) = answer {
                let report = &view.report;
                let shown = CandidateShown {
                    gun: GunBrief::from(&report.gun),
                    circumstance: report.circumstance,
                    status: view.status,
                    year: report.date.map(|date| date.year()),
                    source_id: report.source_id.clone(),
                };
                let whole = Known { owner: view.owner.ncb, gun: report.gun.clone(), shown, at };
                match known.entry(view.id) {
                    Entry::Occupied(mut held) if held.get().at > at => {
                        // A later list tells how the record stands now, and only part of the gun.
                        if held.get().shown.gun == whole.shown.gun {
                            held.get_mut().gun = whole.gun;
                        }
                    }
                    entry => drop(entry.insert_entry(whole)),
                }
            }
        }
        known
    }
}

/// A gun as far as a short list shows it.
fn gun_of(brief: &GunBrief) -> Gun {
    let number =
        |serial: &crate::domain::text::Text| Number { as_seen: serial.clone(), place: Place::Unstated };
    Gun {
        numbers: brief.serial.iter().map(number).collect(),
        make: brief.make.clone(),
        model: brief.model.clone(),
        calibre: brief.calibre.clone(),
        gun_type: brief.gun_type,
        ..Gun::default()
    }
}
