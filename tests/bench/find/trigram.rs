//! The same queries put to PostgreSQL's trigrams, through its own client program.

use crate::errors::Kind;
use crate::measure::{mean, percentile, rounded};
use crate::queries::Query;
use crate::recall::PAGE;
use crate::store::Store;
use iarms::matching::Norm;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

/// Least similarity of a candidate.
const THRESHOLD: f64 = 0.3;
/// Candidates that are ranked.
const MOST: usize = 200;
/// What the client is told to say when it is done.
const DONE: &str = "--done--";

/// The peer over the same store.
#[derive(Debug, Serialize)]
pub(crate) struct Line {
    engine: &'static str,
    records: u64,
    queries: usize,
    fields: bool,
    recall_at_10: f64,
    top_1: f64,
    truth_among_candidates: f64,
    by_kind: BTreeMap<&'static str, f64>,
    p50_ms: f64,
    p99_ms: f64,
    max_ms: f64,
    candidates_per_query: f64,
    index_bytes_a_record: f64,
    build_s: f64,
}

/// One session, kept for all queries.
struct Session {
    client: Child,
    to: BufWriter<ChildStdin>,
    from: BufReader<ChildStdout>,
}

impl Session {
    fn open(address: &str) -> io::Result<Self> {
        let mut client = Command::new("psql")
            .args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", address])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let (Some(to), Some(from)) = (client.stdin.take(), client.stdout.take()) else {
            return Err(io::Error::other("psql has no pipes"));
        };
        Ok(Self { client, to: BufWriter::new(to), from: BufReader::new(from) })
    }

    /// Sends commands and returns the lines of the answer.
    fn ask(&mut self, commands: &str) -> io::Result<Vec<String>> {
        writeln!(self.to, "{commands}\n\\echo {DONE}")?;
        self.to.flush()?;
        let mut lines = vec![];
        loop {
            let mut line = String::new();
            if self.from.read_line(&mut line)? == 0 {
                return Err(io::Error::other("psql ended before it had answered"));
            }
            if line.trim_end() == DONE {
                return Ok(lines);
            }
            lines.push(line.trim_end().to_owned());
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.client.kill();
        let _ = self.client.wait();
    }
}

fn skeleton(text: &str) -> String {
    // What is unread parts words, as trigrams have it.
    Norm::of(text).skeleton().as_str().replace(['?', '*'], " ")
}

/// The texts to look for: the number as a whole, and what stands behind the last blank.
fn wanted(text: &str) -> (String, String) {
    let whole = skeleton(text);
    let last = text.rsplit(' ').next().map(skeleton).filter(|last| last.len() >= 4);
    let last = last.unwrap_or_else(|| whole.clone());
    (whole, last)
}

pub(crate) fn run(address: &str, store: &Store, queries: &[Query]) -> io::Result<Line> {
    let mut session = Session::open(address)?;
    session.ask(
        "CREATE EXTENSION IF NOT EXISTS pg_trgm;\nCREATE TEMP TABLE serials (id int, skeleton text);\nSET work_mem = '256MB'; SET maintenance_work_mem = '1GB';",
    )?;
    let begun = Instant::now();
    writeln!(session.to, "COPY serials FROM STDIN;")?;
    for (id, made) in store.made.iter().enumerate() {
        writeln!(session.to, "{id}\t{}", skeleton(&made.serial()))?;
    }
    session.ask("\\.")?;
    session.ask(&format!(
        "CREATE INDEX by_trigram ON serials USING gin (skeleton gin_trgm_ops); ANALYZE serials; SET pg_trgm.similarity_threshold = {THRESHOLD};"
    ))?;
    let build_s = begun.elapsed().as_secs_f64();
    let bytes = session.ask("SELECT pg_relation_size('by_trigram');")?;
    let bytes: f64 = bytes.first().and_then(|bytes| bytes.parse().ok()).unwrap_or(0.0);
    let (mut wall, mut places, mut counts) = (vec![], vec![], vec![]);
    for query in queries {
        let Some(truth) = query.truth else { continue };
        let (whole, last) = wanted(&query.text);
        let like = if whole == last { String::new() } else { format!(" OR skeleton % '{last}'") };
        let command = format!(
            "SELECT id FROM serials WHERE skeleton % '{whole}'{like} ORDER BY greatest(similarity(skeleton, '{whole}'), similarity(skeleton, '{last}')) DESC, id LIMIT {MOST};"
        );
        let asked = Instant::now();
        let found = session.ask(&command)?;
        wall.push(asked.elapsed().as_secs_f64() * 1e3);
        let serial = store.serial(truth);
        let found: Vec<u32> = found.iter().filter_map(|id| id.parse().ok()).collect();
        counts.push(found.len() as f64);
        places.push((query.kind, found.iter().position(|id| store.serial(*id) == serial)));
    }
    let within = |most: usize, kind: Option<Kind>| {
        let of = places.iter().filter(|(own, _)| kind.is_none_or(|kind| kind == *own));
        rounded(mean(of.map(|(_, at)| f64::from(u8::from(at.is_some_and(|at| at < most))))))
    };
    Ok(Line {
        engine: "pg_trgm",
        records: store.records(),
        queries: places.len(),
        fields: false,
        recall_at_10: within(PAGE, None),
        top_1: within(1, None),
        truth_among_candidates: within(MOST, None),
        by_kind: Kind::ALL.map(|kind| (kind.name(), within(PAGE, Some(kind)))).into(),
        p50_ms: rounded(percentile(&wall, 50)),
        p99_ms: rounded(percentile(&wall, 99)),
        max_ms: rounded(percentile(&wall, 100)),
        candidates_per_query: rounded(mean(counts.into_iter())),
        index_bytes_a_record: rounded(bytes / store.records() as f64),
        build_s: rounded(build_s),
    })
}
