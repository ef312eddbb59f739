//! How fast, how well and in how much memory guns are found: `cargo bench --bench find -- --records 1000000`.
//!
//! Prints a line of JSON for each engine, store and question; all that is drawn is drawn from
//! one seed, so two runs differ in times only. With `DATABASE_URL` set it lets PostgreSQL's
//! `pg_trgm` answer the same queries.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a bench speaks to the person who runs it")]

#[path = "find/bands.rs"]
mod bands;
#[path = "find/dice.rs"]
mod dice;
#[path = "find/errors.rs"]
mod errors;
#[path = "find/generator.rs"]
mod generator;
#[path = "find/likelihood.rs"]
mod likelihood;
#[path = "find/makers.rs"]
mod makers;
#[path = "find/measure.rs"]
mod measure;
#[path = "find/origin.rs"]
mod origin;
#[path = "find/percolation.rs"]
mod percolation;
#[path = "find/queries.rs"]
mod queries;
#[path = "find/recall.rs"]
mod recall;
#[path = "find/store.rs"]
mod store;
#[path = "find/trigram.rs"]
mod trigram;

use serde::Serialize;
use std::process::ExitCode;

/// What was asked for on the command line.
struct Wanted {
    records: u32,
    queries: usize,
    /// Parts to run; all when none is named.
    only: Vec<String>,
}

const USAGE: &str = "find --records N [--queries Q] [--only recall,bands,percolation,pg_trgm]";

fn wanted() -> Option<Wanted> {
    let mut wanted = Wanted { records: 100_000, queries: 2000, only: vec![] };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--records" => wanted.records = words.next()?.replace('_', "").parse().ok()?,
            "--queries" => wanted.queries = words.next()?.parse().ok()?,
            "--only" => wanted.only = words.next()?.split(',').map(str::to_owned).collect(),
            // Cargo says so to every bench.
            "--bench" => {}
            _ => return None,
        }
    }
    (wanted.records > 0 && wanted.queries > 0).then_some(wanted)
}

impl Wanted {
    fn runs(&self, part: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == part)
    }
}

fn say(line: &impl Serialize) {
    match serde_json::to_string(line) {
        Ok(line) => println!("{line}"),
        Err(error) => eprintln!("a line could not be written: {error}"),
    }
}

/// What it took to build the index; the clock on the wall is that of a busy machine, CPU time
/// is that of all threads.
fn building(store: &store::Store) -> impl Serialize {
    #[derive(Serialize)]
    struct Line {
        build: &'static str,
        records: u64,
        threads: usize,
        wall_s: f64,
        cpu_s: f64,
    }
    let (wall_s, cpu_s) = (measure::rounded(store.build_s), measure::rounded(store.build_cpu_s));
    Line { build: "scan", records: store.records(), threads: store.threads, wall_s, cpu_s }
}

fn main() -> ExitCode {
    let Some(wanted) = wanted() else {
        eprintln!("{USAGE}");
        return ExitCode::FAILURE;
    };
    if wanted.runs("recall") || wanted.runs("bands") || wanted.runs("pg_trgm") {
        let store = store::Store::build(wanted.records);
        say(&building(&store));
        let queries = queries::of_store(&store, wanted.queries);
        if wanted.runs("recall") {
            say(&recall::run(&store, &queries, false));
            say(&recall::run(&store, &queries, true));
        }
        if wanted.runs("bands") {
            say(&bands::run(&store, &queries));
        }
        if wanted.runs("pg_trgm")
            && let Ok(address) = std::env::var("DATABASE_URL")
            && address.starts_with("postgres")
        {
            match trigram::run(&address, &store, &queries) {
                Ok(line) => say(&line),
                Err(error) => eprintln!("pg_trgm was not measured: {error}"),
            }
        }
    }
    if wanted.runs("percolation") {
        say(&percolation::run(wanted.records, wanted.queries));
    }
    ExitCode::SUCCESS
}
