//! The made-up store: which gun each record is of, and the index of them.

use crate::dice::Dice;
use crate::generator::{self, Guns, Made, SEED, Told};
use crate::measure::{self, Spent, timed};
use iarms::domain::gun::Gun;
use iarms::matching::{Index, Run, Staged};
use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

/// Guns that are generated before they are put into the index, outside the timing.
const CHUNK: usize = 1 << 20;
/// Guns that a thread makes ready at a time.
const STRETCH: usize = 1 << 17;

/// Records under their numbers from 0.
pub(crate) struct Store {
    pub made: Vec<Made>,
    pub index: Index<u32>,
    pub build_s: f64,
    pub build_cpu_s: f64,
    pub threads: usize,
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
        Self {
            made,
            index: built.index,
            build_s: built.wall_s,
            build_cpu_s: built.cpu_s,
            threads: built.threads,
            resident,
        }
    }

    pub(crate) fn records(&self) -> u64 {
        self.made.len() as u64
    }

    pub(crate) fn serial(&self, record: u32) -> String {
        self.made[record as usize].serial()
    }
}

/// An index, and what it took to build it, without the time to make the guns up.
pub(crate) struct Built {
    pub index: Index<u32>,
    pub wall_s: f64,
    /// CPU time of all threads.
    pub cpu_s: f64,
    pub threads: usize,
}

/// Builds the index of guns under their numbers, on as many threads as the machine has: as a
/// registry does at its start, which puts the first stretch in its place while others are made.
pub(crate) fn build(guns: u32, mut gun: impl FnMut(u32) -> Gun) -> Built {
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    let empty = Index::default();
    let mut staged: Staged<u32> = empty.stage();
    let mut workers: Vec<Run<u32>> = vec![Run::default(); threads];
    let mut spent = Spent::default();
    let mut chunk: Vec<Gun> = Vec::with_capacity(CHUNK);
    for first in (0..guns).step_by(CHUNK) {
        chunk.clear();
        chunk.extend((first..guns.min(first + CHUNK as u32)).map(&mut gun));
        let (gathering, own) = timed(|| put_in(&mut staged, &mut workers, &chunk, first));
        spent.wall += own.wall;
        spent.cpu += own.cpu + gathering;
    }
    // Staged on this very index, so it cannot be stale.
    let (index, publishing) = timed(|| empty.publish(staged).unwrap_or_default());
    let seconds = |before: f64, last: f64| (before + last) / 1e3;
    let (wall_s, cpu_s) = (seconds(spent.wall, publishing.wall), seconds(spent.cpu, publishing.cpu));
    Built { index, wall_s, cpu_s, threads }
}

/// Gathers stretches of guns on threads of their own and puts them in, each as soon as those
/// before it are; the CPU time of the threads, in milliseconds.
fn put_in(staged: &mut Staged<u32>, workers: &mut [Run<u32>], guns: &[Gun], first: u32) -> f64 {
    let stretches = guns.len().div_ceil(STRETCH);
    let next = AtomicUsize::new(0);
    let (done, gathered) = mpsc::channel();
    std::thread::scope(|scope| {
        for run in workers {
            let (next, done) = (&next, done.clone());
            scope.spawn(move || {
                let ((), spent) = timed(|| {
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let Some(guns) = guns.chunks(STRETCH).nth(at) else { break };
                        let ready = gather(run, guns, first + (at * STRETCH) as u32);
                        let _ = done.send(Ok((at, ready)));
                    }
                });
                let _ = done.send(Err(spent.cpu));
            });
        }
        drop(done);
        let (mut waiting, mut cpu) = (BTreeMap::new(), 0.0);
        let mut at = 0;
        for what in gathered {
            match what {
                Ok((stretch, run)) => drop(waiting.insert(stretch, run)),
                Err(spent) => cpu += spent,
            }
            while let Some(run) = waiting.remove(&at) {
                staged.append(run);
                at += 1;
            }
        }
        assert_eq!(at, stretches, "a stretch was lost");
        cpu
    })
}

fn gather(run: &mut Run<u32>, guns: &[Gun], first: u32) -> Run<u32> {
    for (key, gun) in (first..).zip(guns) {
        run.insert_gun(key, gun, None, false);
    }
    run.take()
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
