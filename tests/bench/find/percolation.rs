//! Standing checks that new records are held against.

use crate::dice::Dice;
use crate::errors::Kind;
use crate::generator::{self, Guns, Made, SEED};
use crate::measure::{mean, percentile, rounded, timed};
use crate::store::{build, gun_of};
use iarms::domain::gun::Gun;
use iarms::matching::{Index, Prepared, checks_for, compare};
use serde::Serialize;

/// What the checks are drawn from.
const CHECK_SEED: u64 = SEED ^ 0x53;
/// Pairs that are weighed from both sides.
const PAIRS: usize = 10_000;

/// New records against standing checks.
#[derive(Debug, Serialize)]
pub(crate) struct Line {
    percolation: &'static str,
    checks: u32,
    records: usize,
    own_check_found: f64,
    p50_ms: f64,
    p99_ms: f64,
    cpu_mean_ms: f64,
    cpu_p50_ms: f64,
    cpu_p99_ms: f64,
    checks_per_record: f64,
    pairs_compared: usize,
    /// Pairs that were found, and weigh the same, whichever side searched.
    forward_is_reverse: usize,
    index_bytes_a_check: f64,
    build_s: f64,
}

/// A standing check, the same whenever it is asked for.
fn check(at: u32, made: &Made) -> Gun {
    let mut dice = Dice::new(CHECK_SEED ^ (u64::from(at) + 1).wrapping_mul(0xE703_7ED1_A0B4_28DB));
    let first = at as usize % Kind::ALL.len();
    let kinds = Kind::ALL.into_iter().cycle().skip(first).take(Kind::ALL.len());
    // Where a number does not allow an error, it suffers the next.
    let text = kinds.filter_map(|kind| kind.garble(made, &mut dice)).next().unwrap_or_else(|| made.stamped());
    let told = generator::told(made, &mut dice);
    generator::gun(&text, &told, &mut dice)
}

pub(crate) fn run(checks: u32, records: usize) -> Line {
    let mut guns = Guns::new(CHECK_SEED);
    let every = (checks / records.min(checks as usize) as u32).max(1);
    let mut new: Vec<(u32, Made)> = vec![];
    let built = build(checks, |at| {
        let made = guns.made();
        if at % every == 0 && new.len() < records {
            new.push((at, made));
        }
        check(at, &made)
    });
    let index = built.index;
    let staged = index.stage();
    let (mut wall, mut cpu, mut own, mut found) = (vec![], vec![], 0, vec![]);
    for (at, made) in &new {
        let gun = gun_of(*at, made);
        let (checks, spent) = timed(|| checks_for(&staged, &Prepared::of(&gun)));
        wall.push(spent.wall);
        cpu.push(spent.cpu);
        own += usize::from(checks.contains(at));
        found.push(checks);
    }
    let (pairs, same) = both_ways(&index, &new, &found);
    Line {
        percolation: "scan",
        checks,
        records: new.len(),
        own_check_found: rounded(own as f64 / new.len() as f64),
        p50_ms: rounded(percentile(&wall, 50)),
        p99_ms: rounded(percentile(&wall, 99)),
        cpu_mean_ms: rounded(mean(cpu.iter().copied())),
        cpu_p50_ms: rounded(percentile(&cpu, 50)),
        cpu_p99_ms: rounded(percentile(&cpu, 99)),
        checks_per_record: rounded(mean(found.iter().map(|checks| checks.len() as f64))),
        pairs_compared: pairs,
        forward_is_reverse: same,
        index_bytes_a_check: rounded(index.bytes() as f64 / f64::from(checks)),
        build_s: rounded(built.wall_s),
    }
}

/// Takes pairs that records found among the checks, lets each check search among these
/// records, and counts the pairs and those that weigh the same from both sides.
fn both_ways(checks: &Index<u32>, new: &[(u32, Made)], found: &[Vec<u32>]) -> (usize, usize) {
    let records = build(new.len() as u32, |at| {
        let (own, made) = &new[at as usize];
        gun_of(*own, made)
    })
    .index;
    let mut dice = Dice::new(CHECK_SEED);
    let total: usize = found.iter().map(Vec::len).sum();
    let share = PAIRS as f64 / total.max(1) as f64;
    let (mut pairs, mut same) = (0, 0);
    for (at, touched) in found.iter().enumerate() {
        let (own, made) = &new[at];
        let record = Prepared::of(&gun_of(*own, made));
        for key in touched {
            if pairs == PAIRS || !dice.happens(share) {
                continue;
            }
            let Some(check) = checks.get(*key) else { continue };
            pairs += 1;
            let forward = compare(&record, &check).map(|pair| pair.bits());
            let mut reverse = None;
            records.search(&check, &mut |other, record| {
                if other as usize == at {
                    reverse = compare(record, &check).map(|pair| pair.bits());
                }
            });
            same += usize::from(forward.is_some() && forward == reverse);
        }
    }
    (pairs, same)
}
