//! Checks every row of a file; memory holds two requests and their answers.
//!
//! While the registry works on one request the next is made ready and sent, so that it never
//! waits for this side to read and print. Lines are printed in the order of the rows. Only a
//! request that has to be sent again may come behind the next: of a gun that stands in both
//! the registry then hears in another order, and answers each row as it answers two officers
//! who ask at once.

use super::Asking;
use super::shape::{Line, ProblemShape};
use crate::cli::columns::Columns;
use crate::cli::fields::{Cells, Field, Reject};
use crate::cli::insist::{Batch, Insist, Settled};
use crate::cli::json;
use crate::cli::report::{Ending, NoAnswer, problem_said};
use crate::cli::rows::{Row, Rows};
use crate::domain::gun::Gun;
use crate::domain::ids::CommandId;
use crate::domain::refusal::Fields;
use crate::domain::time::Moment;
use crate::wire::check::{CheckAnswer, CheckItem};
use crate::words;
use crate::{cli, client};
use color_eyre::eyre::{WrapErr, bail};
use std::collections::VecDeque;
use std::fmt;
use std::io::{BufWriter, Stdout, Write};
use std::path::Path;
use tokio_util::task::AbortOnDropHandle;
use uuid::Uuid;

/// The columns that a batch knows.
const COLUMNS: &[Field] =
    &[Field::Serial, Field::Make, Field::Model, Field::Calibre, Field::Type, Field::Country, Field::Id];

/// A row on its way to its line: sent, or refused before.
enum Waiting {
    Sent { row: u64, id: String, serial: Option<String>, gun: Box<Gun> },
    Refused { row: u64, line: Line, said: String },
}

/// A request that was sent, with the rows that wait for its answers.
struct Flight {
    waiting: Vec<Waiting>,
    settled: AbortOnDropHandle<Result<Vec<Settled<CheckAnswer>>, NoAnswer>>,
}

struct Checking {
    line: client::Line,
    insist: Insist,
    batch: Batch<CheckItem>,
    waiting: Vec<Waiting>,
    flying: VecDeque<Flight>,
    out: BufWriter<Stdout>,
    counts: Counts,
}

/// What became of the rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counts {
    rows: u64,
    refused: u64,
    without_serial: u64,
    unknown_types: u64,
}

/// Requests that are under way at once.
const MOST_FLYING: usize = 2;
/// Rows that may wait for their answers, refused ones included.
const MOST_WAITING: usize = 256;

/// Checks the rows of a file and prints a line for each, in their order.
///
/// # Errors
/// The file cannot be read, or the registry does not answer.
pub async fn run(file: &Path, asking: &Asking, line: client::Line) -> color_eyre::Result<Ending> {
    let shown = file.display();
    let mut rows = Rows::open(file).wrap_err_with(|| format!("cannot read {shown}"))?;
    let columns = Columns::find(rows.header(), &[], None).wrap_err_with(|| format!("{shown}"))?;
    for name in rows.header() {
        let name = String::from_utf8_lossy(name).trim().to_ascii_lowercase();
        if !COLUMNS.iter().any(|field| field.code() == name) {
            let known: Vec<&str> = COLUMNS.iter().map(|field| field.code()).collect();
            bail!("{shown}: there is no use for the column `{name}`; a batch has {}", known.join(", "));
        }
    }
    let out = BufWriter::new(std::io::stdout());
    let mut checking = Checking {
        line,
        insist: Insist::default(),
        batch: Batch::default(),
        waiting: Vec::new(),
        flying: VecDeque::new(),
        out,
        counts: Counts::default(),
    };
    let mut place = 0u64;
    while let Some(row) = rows.read().wrap_err_with(|| format!("cannot read {shown} any further"))? {
        place += 1;
        checking.take(&row, place, &columns, asking).await?;
    }
    checking.send().await?;
    checking.land_all().await?;
    cli::tell(&checking.counts.to_string());
    Ok(if checking.counts.refused > 0 { Ending::Rejected } else { Ending::Answered })
}

impl Checking {
    async fn take(
        &mut self,
        row: &Row,
        place: u64,
        columns: &Columns,
        asking: &Asking,
    ) -> color_eyre::Result<()> {
        let cells = row.cells(columns);
        let known = cells.clone().unwrap_or_default();
        let id = known.get(Field::Id).map_or_else(|| place.to_string(), str::to_owned);
        let serial = known.get(Field::Serial).map(str::to_owned);
        match cells.and_then(|cells| item(&cells, asking)) {
            Err(reject) => {
                let hint = format!("correct line {} of the file", row.line());
                let said = if reject.field.is_empty() { reject.reason.clone() } else { reject.to_string() };
                let field = (!reject.field.is_empty()).then_some(reject.field);
                let problem = ProblemShape { code: "fields".into(), field, detail: reject.reason, hint };
                let line = Line::without(Some(id), serial, problem);
                self.waiting.push(Waiting::Refused { row: row.line(), line, said });
                if self.waiting.len() >= MOST_WAITING {
                    self.send().await?;
                }
            }
            Ok(item) => {
                self.counts.unknown_types += u64::from(known.has_unknown_type());
                if self.batch.is_full_for(&item) {
                    self.send().await?;
                }
                let gun = Box::new(item.question.gun.clone());
                self.batch.push(item);
                self.waiting.push(Waiting::Sent { row: row.line(), id, serial, gun });
            }
        }
        Ok(())
    }

    /// Sends what was gathered, and prints what was sent before it.
    async fn send(&mut self) -> color_eyre::Result<()> {
        let (items, waiting) = (self.batch.take(), std::mem::take(&mut self.waiting));
        let (line, mut insist) = (self.line.clone(), self.insist);
        let settled = tokio::spawn(async move { insist.settle(&line, items).await });
        self.flying.push_back(Flight { waiting, settled: AbortOnDropHandle::new(settled) });
        // The first goes alone: it finds out whether there is a registry.
        let beside = if self.insist == Insist::again() { MOST_FLYING - 1 } else { 0 };
        while self.flying.len() > beside {
            self.land().await?;
        }
        Ok(())
    }

    async fn land_all(&mut self) -> color_eyre::Result<()> {
        while !self.flying.is_empty() {
            self.land().await?;
        }
        Ok(())
    }

    /// Waits for the answers to the request that was sent first, and prints a line for each
    /// of its rows.
    async fn land(&mut self) -> color_eyre::Result<()> {
        let Some(Flight { waiting, settled }) = self.flying.pop_front() else { return Ok(()) };
        let mut settled = settled.await.wrap_err("a request came to no end")??.into_iter();
        self.insist = Insist::again();
        for waiting in waiting {
            self.counts.rows += 1;
            let line = match waiting {
                Waiting::Refused { row, line, said } => {
                    self.refused(row, &said);
                    line
                }
                Waiting::Sent { row, id, serial, gun } => match settled.next() {
                    Some(Settled::Done { result, .. }) => Line::answered(Some(id), &gun, &result),
                    Some(Settled::Refused(problem)) => {
                        self.refused(row, &problem_said(&problem));
                        Line::refused(Some(id), serial, &problem)
                    }
                    None => bail!("the registry left a check without an answer"),
                },
            };
            self.counts.without_serial += u64::from(line.is_without_serial());
            writeln!(self.out, "{}", json::line(&line)).wrap_err("cannot write to standard output")?;
        }
        self.out.flush().wrap_err("cannot write to standard output")
    }

    /// Counts a row that was refused, and says where it stands and why.
    fn refused(&mut self, row: u64, said: &str) {
        self.counts.refused += 1;
        cli::tell(&format!("line {row}: {said}"));
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |count: u64| words::grouped(i64::try_from(count).unwrap_or(i64::MAX));
        let Counts { rows, refused, without_serial, unknown_types } = *self;
        write!(
            f,
            "{} rows read: {} checked, {} refused",
            shown(rows),
            shown(rows - refused),
            shown(refused)
        )?;
        if without_serial > 0 {
            let without = shown(without_serial);
            write!(f, "; {without} without a serial, where no candidate clears nothing")?;
        }
        if unknown_types > 0 {
            write!(f, "; {} with a type that is not known, looked up as Z", shown(unknown_types))?;
        }
        Ok(())
    }
}

fn item(cells: &Cells, asking: &Asking) -> Result<CheckItem, Reject> {
    let question = asking.question(cells.gun_of_file()?);
    let mut fields = Fields::default();
    question.judge(Moment::of(jiff::Timestamp::now()), &mut fields);
    fields.done().map_err(|refusal| Reject::refused(&refusal))?;
    Ok(CheckItem { id: CommandId(Uuid::now_v7()), question })
}
