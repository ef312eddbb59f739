//! The made-up store: which gun each record is of, and the index of them.

use crate::dice::Dice;
use crate::generator::{self, Guns, Made, SEED, Told};
use crate::measure;
use iarms::domain::gun::Gun;
use iarms::matching::{Index, Staged};
use std::time::{Duration, Instant};

/// Guns that are generated before they are put into the index, outside the timing.
const CHUNK: usize = 4096;

/// Records under their numbers from 0.
pub(crate) struct Store {
    pub made: Vec<Made>,
    pub index: Index<u32>,
    pub build_s: f64,
    /// By how much the process grew.
    pub resident: u64,
}

impl Store {
    pub(crate) fn build(records: u32) -> Self {
        let mut guns = Guns::new(SEED);
        let made: Vec<Made> = (0..records).map(|_| guns.made()).collect();
        let before = measure::resident();
        let built = build(records, |at| gun_of(at, &made[at as usize]));
        let resident = measure::resident().saturating_sub(before);
        Self { made, index: built.0, build_s: built.1, resident }
    }

    pub(crate) fn records(&self) -> u64 {
        self.made.len() as u64
    }

    pub(crate) fn serial(&self, record: u32) -> String {
        self.made[record as usize].serial()
    }
}

/// Stages and publishes guns under their numbers; tells the seconds that this took, without
/// the time to make the guns up.
pub(crate) fn build(guns: u32, mut gun: impl FnMut(u32) -> Gun) -> (Index<u32>, f64) {
    let empty = Index::default();
    let mut staged: Staged<u32> = empty.stage();
    let mut spent = Duration::ZERO;
    let mut chunk: Vec<Gun> = Vec::with_capacity(CHUNK);
    for first in (0..guns).step_by(CHUNK) {
        chunk.clear();
        chunk.extend((first..guns.min(first + CHUNK as u32)).map(&mut gun));
        let begun = Instant::now();
        for (key, gun) in (first..).zip(&chunk) {
            staged.insert_gun(key, gun, None, false);
        }
        spent += begun.elapsed();
    }
    let begun = Instant::now();
    // Staged on this very index, so it cannot be stale.
    let index = empty.publish(staged).unwrap_or_default();
    (index, (spent + begun.elapsed()).as_secs_f64())
}

/// Dice of one record, which tell the same whenever they are asked.
fn dice_of(record: u32) -> Dice {
    Dice::new(SEED ^ (u64::from(record) + 1).wrapping_mul(0xA076_1D64_78BD_642F))
}

/// What a record tells of its gun.
pub(crate) fn told_of(record: u32, made: &Made) -> Told {
    generator::told(made, &mut dice_of(record))
}

/// The gun as a record has it.
pub(crate) fn gun_of(record: u32, made: &Made) -> Gun {
    let mut dice = dice_of(record);
    let told = generator::told(made, &mut dice);
    generator::gun(&made.stamped(), &told, &mut dice)
}
