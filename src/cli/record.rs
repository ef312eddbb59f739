//! `iarms record`: enters a record without a form.

use super::fields::date::Order;
use super::fields::{Cells, Field, Reject, Usual, kinds};
use super::insist::{Insist, Settled};
use super::report::{Ending, problem_said};
use super::settings::Settings;
use crate::domain::command::{Command, Envelope};
use crate::domain::ids::{CommandId, RecordId};
use crate::domain::record::{Circumstance, Entry, RecordCommand};
use crate::domain::text::Shown;
use crate::wire::command::Done;
use clap::{Args, Subcommand};
use color_eyre::eyre::eyre;
use uuid::Uuid;

/// Work on records.
#[derive(Debug, Args)]
pub struct RecordArguments {
    /// What to do.
    #[command(subcommand)]
    pub action: RecordAction,
}

/// What can be done with records.
#[derive(Debug, Subcommand)]
pub enum RecordAction {
    /// Enter a record.
    ///
    /// Example: iarms record add --kind stolen --serial KD73519 --make FN --calibre 9X19 --type PI --date 2026-03-14 --case CR-26-417
    Add(Box<AddArguments>),
}

/// A record, field by field.
#[derive(Debug, Args)]
pub struct AddArguments {
    /// What happened to the gun: lost, stolen, trafficked, smuggled, crime, recovered.
    #[arg(long)]
    pub kind: String,
    /// The number on it; `?` one unreadable character, [38] one of these, `*` any number.
    #[arg(long)]
    pub serial: Option<String>,
    /// Maker or brand, as stamped.
    #[arg(long)]
    pub make: Option<String>,
    /// Model, as stamped.
    #[arg(long)]
    pub model: Option<String>,
    /// Calibre or gauge.
    #[arg(long)]
    pub calibre: Option<String>,
    /// Type: two letters such as PI, or words.
    #[arg(long = "type")]
    pub gun_type: Option<String>,
    /// Country of manufacture.
    #[arg(long)]
    pub country: Option<String>,
    /// Importer, as stamped.
    #[arg(long)]
    pub importer: Option<String>,
    /// Import mark, such as KE19.
    #[arg(long)]
    pub import_mark: Option<String>,
    /// Year of manufacture.
    #[arg(long)]
    pub year: Option<String>,
    /// When it happened: 2026-03-14, 2026-03 or 2026.
    #[arg(long)]
    pub date: Option<String>,
    /// Where it happened.
    #[arg(long)]
    pub place: Option<String>,
    /// The theft or lot that it belongs to.
    #[arg(long)]
    pub batch: Option<String>,
    /// Its id in your own system.
    #[arg(long)]
    pub id: Option<String>,
    /// What else is to be said.
    #[arg(long)]
    pub remark: Option<String>,
    /// A record of the same gun that you have seen and add to; may be repeated.
    #[arg(long, value_name = "RECORD")]
    pub knowing: Vec<RecordId>,
    /// Ask whether it would be taken, and store nothing.
    #[arg(long)]
    pub rehearse: bool,
    /// One JSON object instead of words.
    #[arg(long)]
    pub json: bool,
}

/// Enters a record.
///
/// # Errors
/// A field cannot be read, or the registry does not answer.
pub async fn run(arguments: RecordArguments, settings: &Settings) -> color_eyre::Result<Ending> {
    let RecordAction::Add(add) = arguments.action;
    let usual = Usual {
        kind: Circumstance::from_code(&add.kind),
        dates: Order::Ymd,
        case: settings.case()?.to_owned(),
        entry: Entry::Desk,
        this_year: jiff::Zoned::now().year(),
    };
    if usual.kind.is_none() {
        return Err(eyre!("--kind {}: it is one of {}", add.kind, kinds()));
    }
    let report = cells(&add).report(&usual).map_err(|reject: Reject| eyre!("--{reject}"))?;
    let command =
        Command::Record(RecordCommand::Enter { report: Box::new(report), knowing: add.knowing.clone() });
    let envelope = Envelope { id: CommandId(Uuid::now_v7()), command, rehearse: add.rehearse };
    let settled = Insist::default().settle(&settings.line()?, vec![envelope]).await?;
    let mut ending = Ending::Answered;
    for settled in settled {
        match settled {
            Settled::Refused(problem) => {
                ending = Ending::Refused;
                let said = problem_said(&problem);
                super::out(&if add.json {
                    super::json::line(&problem)
                } else {
                    Shown::of(&said).to_string()
                });
            }
            Settled::Done { result, .. } if add.json => super::out(&super::json::line(&result)),
            Settled::Done { result, .. } => tell(&result),
        }
    }
    Ok(ending)
}

fn cells(add: &AddArguments) -> Cells {
    let mut cells = Cells::default();
    let given = [
        (Field::Serial, &add.serial),
        (Field::Make, &add.make),
        (Field::Model, &add.model),
        (Field::Calibre, &add.calibre),
        (Field::Type, &add.gun_type),
        (Field::Country, &add.country),
        (Field::Importer, &add.importer),
        (Field::ImportMark, &add.import_mark),
        (Field::Year, &add.year),
        (Field::Date, &add.date),
        (Field::Place, &add.place),
        (Field::Batch, &add.batch),
        (Field::Id, &add.id),
        (Field::Remark, &add.remark),
    ];
    for (field, text) in given {
        cells.put(field, text.as_deref().unwrap_or_default());
    }
    cells
}

fn tell(done: &Done) {
    match done.record {
        Some(record) => super::out(&format!("entered as {record}")),
        None => super::out("it would be taken; nothing was stored"),
    }
    for hit in &done.hits {
        super::out(&format!("{}  hit {} on {}", hit.band.code(), hit.hit, hit.record));
    }
}
