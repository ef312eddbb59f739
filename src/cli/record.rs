//! `iarms record`: enters a record without a form.

mod add;

pub use add::AddArguments;

use super::fields::date::Order;
use super::fields::{Reject, Usual, kinds};
use super::insist::{Insist, Settled};
use super::report::{self, Ending, problem_said};
use super::settings::Settings;
use crate::domain::command::{Command, Envelope};
use crate::domain::ids::CommandId;
use crate::domain::record::{Circumstance, Entry, RecordCommand};
use crate::domain::refusal::Refusal;
use crate::domain::text::Shown;
use crate::wire::command::Done;
use crate::wire::problem::Problem;
use clap::{Args, Subcommand};
use color_eyre::eyre::eyre;
use std::io::Write;
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
    #[command(
        after_help = "Example: iarms record add --kind stolen --serial KD73519 --make FN --calibre 9X19 --type PI --date 2026-03-14 --case CR-26-417"
    )]
    Add(Box<AddArguments>),
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
    let report = add.cells().report(&usual).map_err(|reject: Reject| eyre!("--{reject}"))?;
    let command =
        Command::Record(RecordCommand::Enter { report: Box::new(report), knowing: add.knowing.clone() });
    let id = add.command_id.unwrap_or_else(|| CommandId(Uuid::now_v7()));
    let envelope = Envelope { id, command, rehearse: add.rehearse };
    let settled = match Insist::default().settle(&settings.line()?, vec![envelope]).await {
        Ok(settled) => settled,
        Err(fault) => return Ok(unanswered(&fault.into(), id)),
    };
    let mut ending = Ending::Answered;
    for settled in settled {
        match settled {
            Settled::Refused(problem) => {
                ending = Ending::Refused;
                let problem = with_flag(problem);
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

/// Tells why there is no answer; where nobody knows what became of it, also how to ask again:
/// a new id would make of a record that was entered a duplicate of itself.
fn unanswered(failure: &color_eyre::Report, id: CommandId) -> Ending {
    let ending = report::show(failure);
    if ending == Ending::Unknown {
        let line = super::again::line(std::env::args_os(), id);
        let said = format!("with its id it is entered once, whatever became of it:\n{line}\n");
        let _ = std::io::stderr().lock().write_all(said.as_bytes());
    }
    ending
}

/// The problem with the flag that does what its hint advises.
fn with_flag(problem: Problem) -> Problem {
    match &problem.refusal {
        Some(Refusal::Duplicate { records }) => {
            let flags: Vec<String> = records.iter().map(|record| format!("--knowing {record}")).collect();
            let hint = format!("look at it; to enter this one beside it, add {}", flags.join(" "));
            Problem { hint, ..problem }
        }
        _ => problem,
    }
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
