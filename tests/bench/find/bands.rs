//! Which bands the true record gets, and what guns of no record raise.

use crate::measure::rounded;
use crate::queries::{Query, strangers};
use crate::store::Store;
use iarms::domain::evidence::Band;
use iarms::matching::{Candidate, Prepared, search};
use serde::Serialize;

/// Guns in hand that no record is of.
const STRANGERS: usize = 2000;

/// Shares of queries, with fields.
#[derive(Debug, Serialize)]
pub(crate) struct Line {
    bands: &'static str,
    records: u64,
    queries: usize,
    likely: f64,
    possible: f64,
    unlikely: f64,
    not_found: f64,
    /// Queries for which a record of another serial is LIKELY.
    wrong_likely: usize,
    /// Queries for which another record of the same serial is LIKELY.
    twin_likely: usize,
    strangers: usize,
    strangers_likely: usize,
    strangers_possible: usize,
}

fn candidates(store: &Store, query: &Query) -> Vec<Candidate<u32>> {
    search(&store.index, &Prepared::of(&query.gun)).candidates(store.records())
}

pub(crate) fn run(store: &Store, queries: &[Query]) -> Line {
    let mut bands = [0usize; 4];
    let (mut wrong_likely, mut twin_likely) = (0, 0);
    for query in queries {
        let Some(truth) = query.truth else { continue };
        let found = candidates(store, query);
        let own = found.iter().find(|candidate| candidate.key == truth);
        bands[own.map_or(3, |own| own.evidence.band as usize)] += 1;
        let others = found.iter().filter(|other| other.key != truth && other.evidence.band == Band::Likely);
        let (twins, wrong): (Vec<_>, Vec<_>) =
            others.partition(|other| store.serial(other.key) == store.serial(truth));
        wrong_likely += usize::from(!wrong.is_empty());
        twin_likely += usize::from(!twins.is_empty());
        for other in wrong {
            eprintln!(
                "wrong LIKELY: {} {} is {}, found {} at {} bits",
                query.kind.name(),
                query.text,
                store.serial(truth),
                store.serial(other.key),
                other.evidence.bits.as_f64()
            );
        }
    }
    let share = |band: usize| rounded(bands[band] as f64 / bands.iter().sum::<usize>().max(1) as f64);
    let strangers = strangers(store, STRANGERS);
    let mut raised = [0usize; 2];
    for query in &strangers {
        let found = candidates(store, query);
        for (count, band) in raised.iter_mut().zip([Band::Likely, Band::Possible]) {
            *count += usize::from(found.iter().any(|candidate| candidate.evidence.band == band));
        }
        for other in found.iter().filter(|other| other.evidence.band == Band::Likely) {
            eprintln!(
                "false LIKELY: {} {}, found {} at {} bits",
                query.kind.name(),
                query.text,
                store.serial(other.key),
                other.evidence.bits.as_f64()
            );
        }
    }
    Line {
        bands: "scan",
        records: store.records(),
        queries: queries.len(),
        likely: share(Band::Likely as usize),
        possible: share(Band::Possible as usize),
        unlikely: share(Band::Unlikely as usize),
        not_found: share(3),
        wrong_likely,
        twin_likely,
        strangers: strangers.len(),
        strangers_likely: raised[0],
        strangers_possible: raised[1],
    }
}
