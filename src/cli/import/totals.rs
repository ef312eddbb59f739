//! Sends what was read in full requests and counts what became of it.

use super::make::Item;
use super::rejects::Rejects;
use crate::cli::fields::Reject;
use crate::cli::insist::{self, Batch, Insist, Settled};
use crate::cli::report::problem_said;
use crate::cli::rows::Row;
use crate::client::Line;
use crate::domain::command::Envelope;
use crate::domain::refusal::Refusal;
use crate::wire::check::{CheckAnswer, CheckItem};
use crate::wire::command::Done;
use crate::wire::problem::Problem;
use crate::words;
use color_eyre::eyre::eyre;
use serde::Serialize;
use std::collections::HashSet;
use std::fmt;
use std::io::{IsTerminal, Write};

/// What became of the rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Rows that were read.
    pub read: u64,
    /// Rows that are stored now and were not before.
    pub accepted: u64,
    /// Rows that were refused.
    pub rejected: u64,
    /// Rows that were there already.
    pub repeated: u64,
    /// Hits that were raised.
    pub hits: u64,
    /// Rows that were sent as type Z, as nobody knows the type that they have.
    pub unknown_types: u64,
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |count: u64| words::grouped(i64::try_from(count).unwrap_or(i64::MAX));
        write!(
            f,
            "{} rows read: {} accepted, {} there already, {} rejected; {} hits",
            shown(self.read),
            shown(self.accepted),
            shown(self.repeated),
            shown(self.rejected),
            shown(self.hits)
        )?;
        match self.unknown_types {
            0 => Ok(()),
            1 => write!(f, "; 1 row has a type that is not known and was sent as Z with its words"),
            many => {
                write!(
                    f,
                    "; {} rows have a type that is not known and were sent as Z with their words",
                    shown(many)
                )
            }
        }
    }
}

/// What was read and waits for its request, and what became of the rest.
#[derive(Debug)]
pub struct Intake {
    line: Line,
    insist: Insist,
    records: Batch<Envelope>,
    checks: Batch<CheckItem>,
    /// The rows that wait, in the order of the file, which that of rejected ones keeps.
    rows: Vec<Waiting>,
    /// The counts so far.
    pub totals: Totals,
}

/// A row that waits for the request that is being filled.
#[derive(Debug)]
enum Waiting {
    /// It is in it.
    Sent(Row),
    /// It was rejected before, and stands between others that are in it.
    Rejected(Row, Reject),
}

/// Rows that may wait for a request to be filled, rejected ones included.
const MOST_WAITING: usize = 1024;

/// What became of one row.
enum Fate {
    Accepted { hits: u64 },
    Repeated,
    Rejected(Reject),
}

impl Intake {
    /// An intake over a line.
    pub fn new(line: Line, insist: Insist) -> Self {
        let (records, checks) = (Batch::default(), Batch::default());
        Self { line, insist, records, checks, rows: Vec::new(), totals: Totals::default() }
    }

    /// Takes what was made of a row, and sends what fills a request.
    ///
    /// # Errors
    /// The registry does not answer, or a rejected row cannot be written down.
    pub async fn add(&mut self, item: Item, row: Row, rejects: &mut Rejects) -> color_eyre::Result<()> {
        match item {
            Item::Record(envelope) => {
                if self.records.is_full_for(&envelope) {
                    self.send_records(rejects).await?;
                }
                self.records.push(envelope);
            }
            Item::Check(check) => {
                if self.checks.is_full_for(&check) {
                    self.send_checks(rejects).await?;
                }
                self.checks.push(check);
            }
        }
        self.rows.push(Waiting::Sent(row));
        Ok(())
    }

    /// Takes a row that is not sent, with the reason.
    ///
    /// # Errors
    /// As [`add`](Self::add).
    pub async fn reject(
        &mut self,
        row: Row,
        reject: Reject,
        rejects: &mut Rejects,
    ) -> color_eyre::Result<()> {
        self.rows.push(Waiting::Rejected(row, reject));
        let alone = self.records.is_empty() && self.checks.is_empty();
        if alone || self.rows.len() >= MOST_WAITING {
            self.send_all(rejects).await?;
        }
        Ok(())
    }

    /// Sends the rest.
    ///
    /// # Errors
    /// As [`add`](Self::add).
    pub async fn finish(&mut self, rejects: &mut Rejects) -> color_eyre::Result<()> {
        self.send_all(rejects).await?;
        if std::io::stderr().is_terminal() {
            let _ = writeln!(std::io::stderr());
        }
        Ok(())
    }

    /// Sends what waits; a file holds records or checks, so only one of the two is filled.
    async fn send_all(&mut self, rejects: &mut Rejects) -> color_eyre::Result<()> {
        if self.checks.is_empty() {
            self.send_records(rejects).await
        } else {
            self.send_checks(rejects).await
        }
    }

    async fn send_records(&mut self, rejects: &mut Rejects) -> color_eyre::Result<()> {
        let commands = self.records.take();
        let fate = |done: &Done| (done.repeated, done.hits.len());
        self.send(commands, fate, rejects).await
    }

    async fn send_checks(&mut self, rejects: &mut Rejects) -> color_eyre::Result<()> {
        let checks = self.checks.take();
        let fate = |answer: &CheckAnswer| (answer.repeated, answer.hits.len());
        self.send(checks, fate, rejects).await
    }

    /// Sends items; `read` says of a result whether it is repeated, and its hits.
    async fn send<T: insist::Item>(
        &mut self,
        items: Vec<T>,
        read: impl Fn(&T::Result) -> (bool, usize),
        rejects: &mut Rejects,
    ) -> color_eyre::Result<()> {
        let mut seen = HashSet::new();
        let first: Vec<bool> = items.iter().map(|item| seen.insert(item.id())).collect();
        let settled = self.insist.settle(&self.line, items).await?;
        let fates = settled.into_iter().zip(first).map(|(settled, first)| match settled {
            Settled::Refused(problem) => refused(&problem),
            Settled::Done { result, doubt } => {
                let (repeated, hits) = read(&result);
                // What had to be sent again is called repeated although it is our own.
                let ours = !repeated || (doubt && first);
                if ours { Fate::Accepted { hits: hits as u64 } } else { Fate::Repeated }
            }
        });
        self.count(fates.collect(), rejects)
    }

    fn count(&mut self, fates: Vec<Fate>, rejects: &mut Rejects) -> color_eyre::Result<()> {
        let mut fates = fates.into_iter();
        for waiting in std::mem::take(&mut self.rows) {
            let (row, fate) = match waiting {
                Waiting::Rejected(row, reject) => (row, Fate::Rejected(reject)),
                Waiting::Sent(row) => {
                    let fate =
                        fates.next().ok_or_else(|| eyre!("the registry left a row without an answer"))?;
                    (row, fate)
                }
            };
            match fate {
                Fate::Accepted { hits } => {
                    self.totals.accepted += 1;
                    self.totals.hits += hits;
                }
                Fate::Repeated => self.totals.repeated += 1,
                Fate::Rejected(reject) => {
                    self.totals.rejected += 1;
                    rejects.write(&row, &reject)?;
                }
            }
        }
        if std::io::stderr().is_terminal() {
            let _ = write!(std::io::stderr(), "\r{}", self.totals);
        }
        Ok(())
    }
}

/// A row that the agency has recorded before under its id is there already; one that says
/// something else under that id is refused, for one of the two is wrong.
fn refused(problem: &Problem) -> Fate {
    match &problem.refusal {
        Some(Refusal::SourceRepeated { differs: false, .. }) => Fate::Repeated,
        Some(refusal) => Fate::Rejected(Reject::refused(refusal)),
        None => {
            let field = problem.field.clone().unwrap_or_default();
            Fate::Rejected(Reject { field, reason: problem_said(problem) })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_that_nobody_knows_are_told_at_the_end() {
        let totals = Totals { read: 1200, accepted: 1199, rejected: 1, ..Totals::default() };
        let plain = "1 200 rows read: 1 199 accepted, 0 there already, 1 rejected; 0 hits";
        assert_eq!(totals.to_string(), plain);
        let told = |unknown_types| Totals { unknown_types, ..totals }.to_string();
        assert!(
            told(1).starts_with(plain)
                && told(1).ends_with("; 1 row has a type that is not known and was sent as Z with its words")
        );
        assert!(told(3).contains("; 3 rows have a type"), "{}", told(3));
    }
}
