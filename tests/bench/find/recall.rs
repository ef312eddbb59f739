//! How often the true record stands among the first ten, and what a search costs.

use crate::errors::Kind;
use crate::likelihood::{Seen, likelihood};
use crate::measure::{Spent, mean, percentile, rounded, timed};
use crate::queries::Query;
use crate::store::{Store, told_of};
use iarms::matching::{Prepared, search};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// Places on the first page, so to say.
pub(crate) const PAGE: usize = 10;

/// One engine over one store.
///
/// Without fields a hit is the true serial, whichever of its records it came with; with
/// fields it is the true record itself. Both are given for both.
#[derive(Debug, Serialize)]
pub(crate) struct Line {
    engine: &'static str,
    records: u64,
    queries: usize,
    fields: bool,
    recall_at_10: f64,
    top_1: f64,
    truth_among_candidates: f64,
    best_possible_recall_at_10: f64,
    serial_recall_at_10: f64,
    record_recall_at_10: f64,
    /// Recall, the best possible, truth among candidates.
    by_kind: BTreeMap<&'static str, [f64; 3]>,
    p50_ms: f64,
    p99_ms: f64,
    max_ms: f64,
    cpu_mean_ms: f64,
    cpu_p50_ms: f64,
    cpu_p99_ms: f64,
    /// CPU milliseconds of each kind, at the median.
    cpu_by_kind_ms: BTreeMap<&'static str, f64>,
    candidates_per_query: f64,
    index_bytes_a_record: f64,
    resident_bytes_a_record: f64,
    build_s: f64,
}

/// What one query came to.
struct Outcome {
    kind: Kind,
    spent: Spent,
    candidates: usize,
    found: bool,
    serial_at: Option<usize>,
    record_at: Option<usize>,
    best: f64,
}

pub(crate) fn run(store: &Store, queries: &[Query], fields: bool) -> Line {
    let outcomes: Vec<Outcome> = queries.iter().filter_map(|query| outcome(store, query, fields)).collect();
    let place = |outcome: &Outcome| if fields { outcome.record_at } else { outcome.serial_at };
    let share = |hit: &dyn Fn(&Outcome) -> bool, among: &[&Outcome]| {
        rounded(mean(among.iter().map(|outcome| f64::from(u8::from(hit(outcome))))))
    };
    let within = |at: Option<usize>, most: usize| at.is_some_and(|at| at < most);
    let all: Vec<&Outcome> = outcomes.iter().collect();
    let of =
        |kind: Kind| -> Vec<&Outcome> { outcomes.iter().filter(|outcome| outcome.kind == kind).collect() };
    let best = |among: &[&Outcome]| rounded(mean(among.iter().map(|outcome| outcome.best)));
    let by_kind = Kind::ALL.map(|kind| {
        let among = of(kind);
        let recall = share(&|outcome| within(place(outcome), PAGE), &among);
        (kind.name(), [recall, best(&among), share(&|outcome| outcome.found, &among)])
    });
    let cpu = |among: &[&Outcome]| -> Vec<f64> { among.iter().map(|outcome| outcome.spent.cpu).collect() };
    let wall: Vec<f64> = outcomes.iter().map(|outcome| outcome.spent.wall).collect();
    let a_record = |bytes: u64| rounded(bytes as f64 / store.records() as f64);
    Line {
        engine: "scan",
        records: store.records(),
        queries: outcomes.len(),
        fields,
        recall_at_10: share(&|outcome| within(place(outcome), PAGE), &all),
        top_1: share(&|outcome| within(place(outcome), 1), &all),
        truth_among_candidates: share(&|outcome| outcome.found, &all),
        best_possible_recall_at_10: best(&all),
        serial_recall_at_10: share(&|outcome| within(outcome.serial_at, PAGE), &all),
        record_recall_at_10: share(&|outcome| within(outcome.record_at, PAGE), &all),
        by_kind: by_kind.into_iter().collect(),
        p50_ms: rounded(percentile(&wall, 50)),
        p99_ms: rounded(percentile(&wall, 99)),
        max_ms: rounded(percentile(&wall, 100)),
        cpu_mean_ms: rounded(mean(outcomes.iter().map(|outcome| outcome.spent.cpu))),
        cpu_p50_ms: rounded(percentile(&cpu(&all), 50)),
        cpu_p99_ms: rounded(percentile(&cpu(&all), 99)),
        cpu_by_kind_ms: Kind::ALL.map(|kind| (kind.name(), rounded(percentile(&cpu(&of(kind)), 50)))).into(),
        candidates_per_query: rounded(mean(outcomes.iter().map(|outcome| outcome.candidates as f64))),
        index_bytes_a_record: a_record(store.index.bytes() as u64),
        resident_bytes_a_record: a_record(store.resident),
        build_s: rounded(store.build_s),
    }
}

fn outcome(store: &Store, query: &Query, fields: bool) -> Option<Outcome> {
    let truth = query.truth?;
    let gun = if fields { query.gun.clone() } else { query.number_only() };
    let ((found, candidates), spent) = timed(|| {
        let found = search(&store.index, &Prepared::of(&gun));
        let candidates = found.candidates(store.records());
        (found, candidates)
    });
    let serial = store.serial(truth);
    let mut records: Vec<u32> = found.records().collect();
    let count = records.len();
    let has_truth = records.contains(&truth);
    if !has_truth {
        records.push(truth);
    }
    Some(Outcome {
        kind: query.kind,
        spent,
        candidates: count,
        found: has_truth,
        serial_at: candidates.iter().position(|candidate| store.serial(candidate.key) == serial),
        record_at: candidates.iter().position(|candidate| candidate.key == truth),
        best: best(store, query, fields.then_some(truth), &serial, &records),
    })
}

/// How likely the best ranking of all that was found, and of the truth, has the truth among
/// the first ten: by the likelihood under the generator's own rates, ties in any order.
///
/// Without fields serials are ranked, each once, by the likelihood times their records; with
/// fields the records themselves.
fn best(store: &Store, query: &Query, record: Option<u32>, serial: &str, records: &[u32]) -> f64 {
    let seen = Seen::new(&query.text);
    let mut of_serials: HashMap<String, f64> = HashMap::new();
    let mut weights: Vec<f64> = vec![];
    let mut own = 0.0;
    let told = record.is_some().then_some(&query.told);
    for other in records {
        let made = &store.made[*other as usize];
        let text = made.serial();
        let weight = likelihood(&seen, told, &text, &told_of(*other, made));
        if record == Some(*other) {
            own = weight;
        }
        if record.is_some() {
            weights.push(weight);
        } else {
            *of_serials.entry(text).or_default() += weight;
        }
    }
    if record.is_none() {
        own = of_serials.get(serial).copied().unwrap_or(0.0);
        weights = of_serials.into_values().collect();
    }
    if own <= 0.0 {
        // The generator cannot have made what it made: a fault of the likelihood.
        eprintln!("{} of {serial} as {} has no likelihood", query.kind.name(), query.text);
        return 0.0;
    }
    let ahead = weights.iter().filter(|weight| **weight > own * (1.0 + 1e-9)).count();
    let level = weights.iter().filter(|weight| (**weight / own - 1.0).abs() <= 1e-9).count();
    (PAGE.saturating_sub(ahead) as f64 / level.max(1) as f64).min(1.0)
}
