//! Guns in hand: of the store with an error each, or of no record.

use crate::dice::Dice;
use crate::errors::Kind;
use crate::generator::{self, Guns, SEED, Told};
use crate::store::Store;
use iarms::domain::gun::Gun;
use std::collections::HashSet;

/// What the queries are drawn from.
const QUERY_SEED: u64 = SEED ^ 0x51;
/// What the guns of no record are drawn from.
const STRANGER_SEED: u64 = SEED ^ 0x52;

/// A gun in hand.
pub(crate) struct Query {
    pub kind: Kind,
    /// The record that it is of, if any.
    pub truth: Option<u32>,
    pub text: String,
    pub told: Told,
    /// As an officer enters it.
    pub gun: Gun,
}

impl Query {
    /// The same with nothing but its number.
    pub(crate) fn number_only(&self) -> Gun {
        Gun { numbers: self.gun.numbers.clone(), ..Gun::default() }
    }
}

/// Guns in hand that are of the store, the kinds of error in equal parts.
pub(crate) fn of_store(store: &Store, count: usize) -> Vec<Query> {
    let mut dice = Dice::new(QUERY_SEED);
    let kinds = Kind::ALL.into_iter().cycle().take(count);
    let draw = |kind: Kind| loop {
        let truth = dice.at(store.made.len());
        let made = &store.made[truth];
        if let Some(text) = kind.garble(made, &mut dice) {
            let told = generator::told(made, &mut dice);
            let gun = generator::gun(&text, &told, &mut dice);
            return Query { kind, truth: Some(truth as u32), text, told, gun };
        }
    };
    kinds.map(draw).collect()
}

/// Guns in hand of the same makers, with the same errors, whose serial no record has.
pub(crate) fn strangers(store: &Store, count: usize) -> Vec<Query> {
    let mut guns = Guns::new(STRANGER_SEED);
    let mut drawn: Vec<_> = (0..count * 8).map(|_| guns.made()).collect();
    let mut serials: HashSet<String> = drawn.iter().map(generator::Made::serial).collect();
    for made in &store.made {
        serials.remove(&made.serial());
    }
    drawn.retain(|made| serials.contains(&made.serial()));
    let mut dice = Dice::new(STRANGER_SEED);
    let kinds = Kind::ALL.into_iter().cycle();
    let garbled = drawn.iter().zip(kinds).filter_map(|(made, kind)| {
        let text = kind.garble(made, &mut dice)?;
        let told = generator::told(made, &mut dice);
        let gun = generator::gun(&text, &told, &mut dice);
        Some(Query { kind, truth: None, text, told, gun })
    });
    garbled.take(count).collect()
}
