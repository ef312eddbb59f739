//! Reads the journal through and says whether it is whole.

use super::{PAGE, chain, head, private};
use crate::registry::store::{Row, Store, StoreError, statements as sql};

/// What is wrong with a journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// A line is missing before this one.
    Gap {
        /// The line that should be there.
        line: u64,
    },
    /// A line does not have the hash that its contents and the line before give.
    Changed {
        /// The line.
        line: u64,
    },
    /// An erasable part is not what was said.
    PartChanged {
        /// The line.
        line: u64,
        /// The part.
        part: i64,
    },
    /// The journal does not end with the line that it should end with.
    Tail {
        /// The line that should be the last.
        expected: u64,
        /// The line that is.
        found: u64,
    },
    /// The last line is not the one that was kept as a witness.
    Head {
        /// The line.
        line: u64,
    },
}

/// The outcome of reading a journal through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Lines that were read.
    pub lines: u64,
    /// The last one's hash.
    pub hash: String,
    /// What is wrong; nothing when it is whole.
    pub findings: Vec<Finding>,
}

/// Most findings that are gathered: after a changed line every later one may differ too.
const MOST: usize = 20;

/// Checks chain, parts, head and count.
///
/// # Errors
/// The store failed.
pub async fn verify(store: &Store) -> Result<Verdict, StoreError> {
    let mut tx = store.read().await?;
    let head = head(&mut tx).await?;
    let mut verdict = Verdict { lines: 0, hash: String::new(), findings: Vec::new() };
    let mut last = 0i64;
    loop {
        let rows = tx.rows(sql::LINES_AFTER, [last.into(), PAGE.into()]).await?;
        let Some(end) = rows.last().map(|row| row.int(0)) else { break };
        let parts = tx.rows(sql::PERSONAL_BETWEEN, [last.into(), end.into()]).await?;
        for row in &rows {
            judge(row, &parts, last, &mut verdict);
            last = row.int(0);
        }
    }
    let found = last.unsigned_abs();
    if found != head.sequence {
        verdict.findings.push(Finding::Tail { expected: head.sequence, found });
    } else if verdict.hash != head.hash {
        verdict.findings.push(Finding::Head { line: found });
    }
    verdict.findings.truncate(MOST);
    Ok(verdict)
}

fn judge(row: &Row, parts: &[Row], last: i64, verdict: &mut Verdict) {
    let sequence = row.int(0);
    let line = sequence.unsigned_abs();
    if sequence != last + 1 {
        verdict.findings.push(Finding::Gap { line: last.unsigned_abs() + 1 });
    }
    let numbers = [row.int(0).to_string(), row.int(1).to_string(), row.int(7).to_string()];
    let fields = [
        numbers[0].as_str(),
        numbers[1].as_str(),
        row.text(2),
        row.text(3),
        row.text(4),
        row.text(5),
        row.text(6),
        numbers[2].as_str(),
        row.text(8),
    ];
    if chain(&verdict.hash, fields.into_iter()) != row.text(9) {
        verdict.findings.push(Finding::Changed { line });
    }
    // Going on from the stored hash keeps one changed line from accusing all that follow.
    verdict.hash = row.text(9).to_owned();
    verdict.lines += 1;
    let mut event = serde_json::from_str(row.text(8)).unwrap_or(serde_json::Value::Null);
    let said = private::hashes(&mut event);
    // A part that is gone was erased; one that is there must be one of those that were said.
    for stored in parts.iter().filter(|stored| stored.int(0) == sequence) {
        let part = stored.int(1);
        let hash = private::hash(stored.text(2), stored.text(3));
        if !said.iter().any(|(number, expected)| *number == part && *expected == hash) {
            verdict.findings.push(Finding::PartChanged { line, part });
        }
    }
}
