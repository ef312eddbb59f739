//! Checks every row of a file; memory holds one request and its answers.

use super::Asking;
use super::shape::{Line, ProblemShape};
use crate::cli::columns::Columns;
use crate::cli::fields::{Cells, Field, Reject};
use crate::cli::insist::{Batch, Insist, Settled};
use crate::cli::json;
use crate::cli::report::Ending;
use crate::cli::rows::{Row, Rows};
use crate::client;
use crate::domain::gun::Gun;
use crate::domain::ids::CommandId;
use crate::domain::refusal::Fields;
use crate::domain::time::Moment;
use crate::wire::check::CheckItem;
use color_eyre::eyre::{WrapErr, bail};
use std::io::{BufWriter, Stdout, Write};
use std::path::Path;
use uuid::Uuid;

/// The columns that a batch knows.
const COLUMNS: &[Field] =
    &[Field::Serial, Field::Make, Field::Model, Field::Calibre, Field::Type, Field::Country, Field::Id];

/// A row on its way to its line: sent, or refused before.
enum Waiting {
    Sent { id: String, serial: Option<String>, gun: Box<Gun> },
    Refused(Line),
}

struct Checking {
    line: client::Line,
    insist: Insist,
    batch: Batch<CheckItem>,
    waiting: Vec<Waiting>,
    out: BufWriter<Stdout>,
    refused: u64,
}

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
        out,
        refused: 0,
    };
    let mut place = 0u64;
    while let Some(row) = rows.read().wrap_err_with(|| format!("cannot read {shown} any further"))? {
        place += 1;
        checking.take(&row, place, &columns, asking).await?;
    }
    checking.send().await?;
    Ok(if checking.refused > 0 { Ending::Rejected } else { Ending::Answered })
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
                let field = (!reject.field.is_empty()).then_some(reject.field);
                let problem = ProblemShape { code: "fields".into(), field, detail: reject.reason, hint };
                self.waiting.push(Waiting::Refused(Line::without(Some(id), serial, problem)));
                if self.waiting.len() >= MOST_WAITING {
                    self.send().await?;
                }
            }
            Ok(item) => {
                if self.batch.is_full_for(&item) {
                    self.send().await?;
                }
                let gun = Box::new(item.question.gun.clone());
                self.batch.push(item);
                self.waiting.push(Waiting::Sent { id, serial, gun });
            }
        }
        Ok(())
    }

    /// Sends what was gathered and prints a line for each row that waits.
    async fn send(&mut self) -> color_eyre::Result<()> {
        let items = self.batch.take();
        let mut settled = self.insist.settle(&self.line, items).await?.into_iter();
        for waiting in std::mem::take(&mut self.waiting) {
            let line = match waiting {
                Waiting::Refused(line) => {
                    self.refused += 1;
                    line
                }
                Waiting::Sent { id, serial, gun } => match settled.next() {
                    Some(Settled::Done { result, .. }) => Line::answered(Some(id), &gun, &result),
                    Some(Settled::Refused(problem)) => {
                        self.refused += 1;
                        Line::refused(Some(id), serial, &problem)
                    }
                    None => bail!("the registry left a check without an answer"),
                },
            };
            writeln!(self.out, "{}", json::line(&line)).wrap_err("cannot write to standard output")?;
        }
        self.out.flush().wrap_err("cannot write to standard output")
    }
}

fn item(cells: &Cells, asking: &Asking) -> Result<CheckItem, Reject> {
    let question = asking.question(cells.gun()?);
    let mut fields = Fields::default();
    question.judge(Moment::of(jiff::Timestamp::now()), &mut fields);
    fields.done().map_err(|refusal| Reject::refused(&refusal))?;
    Ok(CheckItem { id: CommandId(Uuid::now_v7()), question })
}
