//! What a transaction writes at its end, many rows at a time: nothing in it reads them before.

use super::Work;
use crate::domain::check::Check;
use crate::domain::ids::CommandId;
use crate::registry::checks;
use crate::registry::journal::{self, Head};
use crate::registry::reads::{self, Note};
use crate::registry::store::{StoreError, Transaction, Value, statements as sql};
use crate::registry::tables;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Rows that wait for the end of their transaction.
#[derive(Debug, Default)]
pub(super) struct Later {
    /// Lines of the journal.
    pub lines: journal::Fresh,
    /// Looks to be noted.
    pub notes: Vec<Note>,
    /// What became of commands, those of this transaction too.
    pub answers: Answers,
    /// Running numbers that were handed out.
    pub counters: Counters,
    /// What stood in the places of checks that are to come, each until the first of them does.
    pub standing: HashMap<checks::Place, Vec<Check>>,
    numbers: Vec<Numbers>,
    checks: Vec<checks::Row>,
}

/// The numbers of a check as they stand from now on.
#[derive(Debug)]
struct Numbers {
    subject: String,
    is_new: bool,
    rows: Vec<[Value; 6]>,
}

/// A place among what waits, to go back to.
pub(super) struct Place {
    lines: journal::Place,
    answers: usize,
    counters: Counters,
    numbers: usize,
    checks: usize,
}

impl Later {
    /// Has a new check saved with its numbers. Other than the rest, its row is read within the
    /// transaction: [`write_checks`](Self::write_checks) comes before whatever may do that.
    ///
    /// # Errors
    /// The check cannot be written as JSON.
    pub(super) fn save_check(&mut self, check: &Check, place: checks::Place) -> Result<(), StoreError> {
        self.checks.push(checks::row(check, place)?);
        self.save_numbers(check, true);
        Ok(())
    }

    /// Whether a check in that place waits.
    pub(super) fn has_check_in(&self, place: &checks::Place) -> bool {
        self.checks.iter().any(|row| place.holds(row))
    }

    /// Writes the checks that wait.
    ///
    /// # Errors
    /// The store failed.
    pub(super) async fn write_checks(&mut self, tx: &mut Transaction) -> Result<(), StoreError> {
        tx.insert((sql::SAVE_CHECK, sql::SAVE_CHECKS), std::mem::take(&mut self.checks)).await
    }

    /// Has the numbers of a check saved in the place of those that it had, if it is not new.
    pub(super) fn save_numbers(&mut self, check: &Check, is_new: bool) {
        let subject = check.id.to_string();
        let rows = tables::number_rows(&subject, &check.question.gun);
        self.numbers.push(Numbers { subject, is_new, rows });
    }

    /// The place behind all that waits. Notes have none: they are kept whatever becomes of
    /// the item.
    pub(super) fn place(&self, head: &Head) -> Place {
        Place {
            lines: self.lines.place(head),
            answers: self.answers.kept.len(),
            counters: self.counters.clone(),
            numbers: self.numbers.len(),
            checks: self.checks.len(),
        }
    }

    /// Takes back what came behind a place; the journal ends again as it did there.
    #[must_use]
    pub(super) fn back(&mut self, to: Place) -> Head {
        for kept in self.answers.kept.drain(to.answers..) {
            self.answers.known.remove(&kept);
        }
        self.numbers.truncate(to.numbers);
        self.checks.truncate(to.checks);
        self.counters = to.counters;
        self.lines.back(to.lines)
    }

    /// Writes all of it.
    ///
    /// # Errors
    /// The store failed.
    pub(super) async fn write(mut self, tx: &mut Transaction, head: &Head) -> Result<(), StoreError> {
        self.write_checks(tx).await?;
        write_numbers(tx, self.numbers).await?;
        self.answers.write(tx).await?;
        reads::save_all(tx, &self.notes).await?;
        for (name, value) in self.counters.0 {
            tx.run(sql::SAVE_COUNTER, [name.into(), tables::number(value)]).await?;
        }
        self.lines.write(tx, head).await
    }
}

async fn write_numbers(tx: &mut Transaction, numbers: Vec<Numbers>) -> Result<(), StoreError> {
    let mut begun = HashSet::new();
    for numbers in &numbers {
        if begun.insert(numbers.subject.as_str()) && !numbers.is_new {
            tx.run(sql::FORGET_NUMBERS, [numbers.subject.as_str().into()]).await?;
        }
    }
    // What was said of a check last holds.
    let last: HashMap<String, Vec<[Value; 6]>> =
        numbers.into_iter().map(|numbers| (numbers.subject, numbers.rows)).collect();
    tx.insert((sql::SAVE_NUMBER, sql::SAVE_NUMBERS), last.into_values().flatten().collect()).await
}

/// Running numbers of this transaction, which holds the journal's lock: nobody else draws any.
#[derive(Debug, Clone, Default)]
pub(super) struct Counters(BTreeMap<String, u64>);

impl Counters {
    /// Hands out the next running number of a name.
    ///
    /// # Errors
    /// The store failed.
    pub(super) async fn next(&mut self, tx: &mut Transaction, name: &str) -> Result<u64, StoreError> {
        let last = match self.0.get(name) {
            Some(last) => *last,
            None => tables::counter(tx, name).await?,
        };
        self.0.insert(name.to_owned(), last + 1);
        Ok(last + 1)
    }
}

/// An officer, and a command of the officer's.
type Asked = (i64, CommandId);

/// What became of commands: of those that were looked for and those of this transaction.
#[derive(Debug, Default)]
pub(super) struct Answers {
    known: HashMap<Asked, Answer>,
    kept: Vec<Asked>,
}

/// What is kept of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    /// The hash of the request.
    pub request: String,
    /// What came of it, as JSON.
    pub outcome: String,
}

impl Answers {
    /// Looks for what became of work of an officer, all at once.
    ///
    /// # Errors
    /// The store failed.
    pub(super) async fn look_for(
        &mut self,
        tx: &mut Transaction,
        officer: i64,
        work: &[Work],
    ) -> Result<(), StoreError> {
        let ids: Vec<CommandId> = work
            .iter()
            .filter_map(|work| match work {
                Work::Command(envelope) => Some(envelope.id),
                Work::Check(item) => Some(item.id),
                Work::Office(..) | Work::Due(..) => None,
            })
            .collect();
        for some in ids.chunks(sql::AT_ONCE) {
            let by_text: HashMap<String, CommandId> = some.iter().map(|id| (id.to_string(), *id)).collect();
            // A statement has so many places; the last id fills those that are left.
            let places = some.iter().chain(some.last().into_iter().cycle()).take(sql::AT_ONCE);
            let values = places.map(|id| Value::from(id.to_string())).chain([officer.into()]);
            for row in tx.rows(sql::ANSWERS, values).await? {
                if let Some(id) = by_text.get(row.text(0)) {
                    let answer = Answer { request: row.text(1).into(), outcome: row.text(2).into() };
                    self.known.insert((officer, *id), answer);
                }
            }
        }
        Ok(())
    }

    /// What became of a command that was looked for, or is of this transaction.
    pub(super) fn of(&self, officer: i64, id: CommandId) -> Option<&Answer> {
        self.known.get(&(officer, id))
    }

    /// Keeps what became of a command.
    pub(super) fn keep(&mut self, officer: i64, id: CommandId, answer: Answer) {
        self.known.insert((officer, id), answer);
        self.kept.push((officer, id));
    }

    async fn write(mut self, tx: &mut Transaction) -> Result<(), StoreError> {
        let rows = self.kept.iter().filter_map(|(officer, id)| {
            let Answer { request, outcome } = self.known.remove(&(*officer, *id))?;
            Some([(*officer).into(), id.to_string().into(), request.into(), outcome.into()])
        });
        tx.insert((sql::SAVE_ANSWER, sql::SAVE_ANSWERS), rows.collect()).await
    }
}
