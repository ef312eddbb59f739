//! `iarms check`: looks one gun up, or every row of a file.

pub mod asked;
pub mod batch;
pub mod shape;
pub mod show;

use super::insist::{Insist, Settled};
use super::report::{Ending, problem_said};
use super::settings::Settings;
use crate::domain::check::Question;
use crate::domain::ids::CommandId;
use crate::domain::refusal::Refusal;
use crate::domain::text::{Shown, Text};
use crate::reference::purpose;
use crate::wire::check::CheckItem;
use clap::Args;
use color_eyre::eyre::{bail, eyre};
use shape::Line;
use std::path::PathBuf;
use uuid::Uuid;

/// Look a gun up. The check is logged and stands, so that a record entered later finds it.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// The gun, as the search line takes it: number first, then keys such as /MK /MD /CAL.
    #[arg(value_name = "LINE", required_unless_present = "batch", conflicts_with = "batch")]
    pub line: Vec<String>,
    /// Check every row of a CSV file with the columns serial, make, model, calibre, type,
    /// country and id; answers come as one JSON object a line, in the order of the file. Where the
    /// number is no serial, `not_serial` says what it is: no candidate then clears nothing.
    #[arg(long, value_name = "FILE")]
    pub batch: Option<PathBuf>,
    /// Days for which it stands: 90, in a batch 0.
    #[arg(long, value_parser = clap::value_parser!(u16).range(0..=3650))]
    pub stand: Option<u16>,
    /// Most candidates in an answer.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=100))]
    pub limit: u16,
    /// One JSON object instead of words.
    #[arg(long)]
    pub json: bool,
}

/// What every check of one run shares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    purpose: Text,
    case: Text,
    stand_days: u16,
    limit: u16,
}

/// Looks guns up.
///
/// # Errors
/// The line or the file cannot be read, or the registry does not answer.
pub async fn run(arguments: CheckArguments, settings: &Settings) -> color_eyre::Result<Ending> {
    let purpose = settings.purpose()?;
    let Some(known) = purpose::find(purpose) else {
        let codes: Vec<&str> = purpose::all().iter().map(|purpose| purpose.code.as_str()).collect();
        bail!("--purpose {purpose}: it is one of {}", codes.join(", "));
    };
    let usual = if arguments.batch.is_some() { 0 } else { crate::domain::check::USUAL_DAYS };
    let asking = Asking {
        purpose: Text::new(known.code.clone()),
        case: Text::from(settings.case()?),
        stand_days: arguments.stand.unwrap_or(usual),
        limit: arguments.limit,
    };
    match &arguments.batch {
        Some(file) => batch::run(file, &asking, settings.line()?).await,
        None => one(&arguments, &asking, settings).await,
    }
}

async fn one(arguments: &CheckArguments, asking: &Asking, settings: &Settings) -> color_eyre::Result<Ending> {
    let text = arguments.line.join(" ");
    let line = asked::gun_line(&text).map_err(|said| eyre!("{said}"))?;
    let question = Question { found: line.found, ..asking.question(line.gun) };
    let gun = question.gun.clone();
    let serial = gun.serial().map(|number| number.as_seen.as_str().to_owned());
    let item = CheckItem { id: CommandId(Uuid::now_v7()), question };
    let settled = Insist::default().settle(&settings.line()?, vec![item]).await?;
    let mut ending = Ending::Answered;
    for settled in settled {
        match settled {
            Settled::Done { result, .. } if arguments.json => {
                super::out(&super::json::line(&Line::answered(None, &gun, &result)));
            }
            Settled::Done { result, .. } => super::out(&show::answer(&gun, &result).join("\n")),
            Settled::Refused(problem) => {
                // What the line holds cannot be used; the registry was the one to see it.
                let input = matches!(problem.refusal, Some(Refusal::Fields { .. }));
                ending = if input { Ending::Input } else { Ending::Refused };
                let said = problem_said(&problem);
                let line = Line::refused(None, serial.clone(), &problem);
                super::out(&if arguments.json {
                    super::json::line(&line)
                } else {
                    Shown::of(&said).to_string()
                });
            }
        }
    }
    Ok(ending)
}

impl Asking {
    fn question(&self, gun: crate::domain::gun::Gun) -> Question {
        Question {
            gun,
            purpose: self.purpose.clone(),
            case: self.case.clone(),
            found: None,
            stand_days: self.stand_days,
            limit: self.limit,
        }
    }
}
