//! `iarms import`: takes records or checks over from a CSV file.

pub mod identity;
pub mod make;
pub mod rejects;
pub mod totals;

use super::columns::Columns;
use super::fields::Usual;
use super::fields::date::Order;
use super::insist::Insist;
use super::report::Ending;
use super::rows::Rows;
use super::settings::Settings;
use crate::domain::record::{Circumstance, Entry};
use clap::{Args, ValueEnum};
use color_eyre::eyre::{WrapErr, bail, eyre};
use identity::Identity;
use make::Make;
use rejects::Rejects;
use serde::Serialize;
use std::path::PathBuf;
use totals::{Intake, Totals};

/// Take records or checks over from a CSV file; a second run adds nothing twice.
///
/// What is refused goes to FILE.rejects.csv with its line, field and reason, in the order of
/// FILE; correct that file and import it with the same columns. A file that is there is never
/// written over, since you may be correcting it: other rows go to FILE.rejects.2.csv, and the
/// name is told at the end.
#[derive(Debug, Args)]
pub struct ImportArguments {
    /// The file: UTF-8, with the names of its columns in the first line.
    pub file: PathBuf,
    /// What its rows are.
    #[arg(long = "as", value_enum)]
    pub kind_of_row: KindOfRow,
    /// Which column fills which field: serial=COL,make=COL,...; fields are serial, make, model,
    /// calibre, type, country, importer, import_mark, year, date, place, batch, case, id, kind
    /// and remark. Without it, columns that bear a field's name fill it.
    #[arg(long, value_delimiter = ',', value_name = "FIELD=COL")]
    pub columns: Vec<String>,
    /// What happened to the guns: lost, stolen, trafficked, smuggled, crime, recovered; or
    /// kind=COL for a column that says it.
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// The order of day and month in the file; 2026-03-14 is understood in any.
    #[arg(long, value_enum, default_value = "ymd")]
    pub dates: Order,
    /// Days for which checks stand.
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=3650))]
    pub stand: u16,
    /// One JSON object at the end: read, accepted, rejected, repeated, hits, unknown_types (rows
    /// whose type nobody knows: they are sent as Z with their words), and the file of rejected
    /// rows if there are any.
    #[arg(long)]
    pub json: bool,
}

/// What the rows of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KindOfRow {
    /// Guns that are reported.
    Records,
    /// Guns in hand that are looked up.
    Checks,
    /// Steps of custody; not yet: they come with traces.
    Custody,
}

/// Imports a file.
///
/// # Errors
/// The file or its columns cannot be read, or the registry does not answer.
pub async fn run(arguments: ImportArguments, settings: &Settings) -> color_eyre::Result<Ending> {
    if arguments.kind_of_row == KindOfRow::Custody {
        bail!(
            "--as custody is not there yet: custody steps come with traces; records and checks can be imported now"
        );
    }
    let (kind, kind_column) = kind(arguments.kind.as_deref())?;
    let file = arguments.file.display();
    let mut rows = Rows::open(&arguments.file).wrap_err_with(|| format!("cannot read {file}"))?;
    let columns =
        Columns::find(rows.header(), &arguments.columns, kind_column).wrap_err_with(|| format!("{file}"))?;
    let token = settings.token()?;
    let usual = Usual {
        kind,
        dates: arguments.dates,
        case: settings.case.clone().unwrap_or_else(|| case_of(&arguments.file)),
        entry: Entry::Import,
        this_year: jiff::Zoned::now().year(),
    };
    let make = Make {
        kind: arguments.kind_of_row,
        usual,
        identity: Identity::new(&token),
        purpose: match arguments.kind_of_row {
            KindOfRow::Checks => settings.purpose()?.to_owned(),
            KindOfRow::Records | KindOfRow::Custody => String::new(),
        },
        stand_days: arguments.stand,
    };
    let mut intake = Intake::new(settings.line()?, Insist::default());
    let mut rejects = Rejects::beside(&arguments.file, rows.header());
    while let Some(row) = rows.read().wrap_err_with(|| format!("cannot read {file} any further"))? {
        intake.totals.read += 1;
        match row.cells(&columns).and_then(|cells| Ok((make.item(&cells)?, cells.has_unknown_type()))) {
            Ok((item, has_unknown_type)) => {
                intake.totals.unknown_types += u64::from(has_unknown_type);
                intake.add(item, row, &mut rejects).await?;
            }
            Err(reject) => intake.reject(row, reject, &mut rejects).await?,
        }
    }
    intake.finish(&mut rejects).await?;
    let rejects = rejects.done()?;
    Ok(tell(intake.totals, rejects, &arguments))
}

/// `stolen`, or the column that says it row by row.
fn kind(given: Option<&str>) -> color_eyre::Result<(Option<Circumstance>, Option<&str>)> {
    let Some(given) = given else { return Ok((None, None)) };
    if let Some(column) = given.strip_prefix("kind=") {
        return Ok((None, Some(column)));
    }
    let kind = Circumstance::from_code(given);
    let kind =
        kind.ok_or_else(|| eyre!("--kind {given}: it is one of {}, or kind=COL", super::fields::kinds()))?;
    Ok((Some(kind), None))
}

/// The case when none is given: the file's own name, as long as a case may be.
fn case_of(file: &std::path::Path) -> String {
    file.file_stem().map(|name| name.to_string_lossy().chars().take(40).collect()).unwrap_or_default()
}

/// What a script reads at the end.
#[derive(Debug, Serialize)]
struct Told {
    #[serde(flatten)]
    totals: Totals,
    #[serde(skip_serializing_if = "Option::is_none")]
    rejects: Option<PathBuf>,
}

fn tell(totals: Totals, rejects: Option<PathBuf>, arguments: &ImportArguments) -> Ending {
    let ending = if totals.rejected > 0 { Ending::Rejected } else { Ending::Answered };
    if arguments.json {
        super::out(&super::json::line(&Told { totals, rejects }));
        return ending;
    }
    super::out(&totals.to_string());
    if let Some(file) = rejects {
        super::out(&format!("rejected rows with their reasons: {}", file.display()));
    } else if let Some(file) = Rejects::earlier(&arguments.file) {
        super::out(&format!("{} is of an earlier run and was left as it is", file.display()));
    }
    ending
}
