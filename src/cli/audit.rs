//! `iarms audit`: reads the journal through and says whether it is whole.

use super::report::Ending;
use super::settings::Settings;
use super::stand;
use crate::domain::text::Shown;
use crate::registry::audit::{Difference, How, compare};
use crate::registry::journal::{Finding, verify};
use crate::registry::store::Store;
use clap::{Args, Subcommand};
use serde_json::json;

/// Check the journal of a store.
#[derive(Debug, Args)]
pub struct AuditArguments {
    /// What to do.
    #[command(subcommand)]
    pub action: AuditAction,
}

/// What can be asked of a journal.
#[derive(Debug, Subcommand)]
pub enum AuditAction {
    /// Whether chain, head and count hold; exit code 7 and the line when they do not.
    ///
    /// Example: iarms audit verify --store sqlite:registry.db --deep
    Verify(VerifyArguments),
}

/// What to read.
#[derive(Debug, Args)]
pub struct VerifyArguments {
    /// The store: sqlite:FILE (IARMS_STORE).
    #[arg(long, value_name = "STORE")]
    pub store: Option<String>,
    /// Replay the journal too and compare the tables, row by row, with what it gives.
    #[arg(long)]
    pub deep: bool,
    /// One JSON object instead of words.
    #[arg(long)]
    pub json: bool,
}

/// Reads the journal through; nothing is written, and a registry may be serving meanwhile.
///
/// # Errors
/// There is no store of ours, or it cannot be read.
pub async fn run(arguments: AuditArguments, settings: &Settings) -> color_eyre::Result<Ending> {
    let AuditAction::Verify(arguments) = arguments.action;
    let address = stand::store(arguments.store.as_deref(), settings)?;
    let store = Store::open_existing(&address).await?;
    let verdict = verify(&store).await?;
    let mut findings: Vec<String> = verdict.findings.iter().map(said).collect();
    // A journal that was changed would accuse tables that are right.
    if arguments.deep && findings.is_empty() {
        findings.extend(compare(&store).await?.iter().map(differs));
    }
    store.close().await;
    if arguments.json {
        let whole = findings.is_empty();
        super::out(
            &json!({"whole": whole, "lines": verdict.lines, "head": verdict.hash, "findings": findings})
                .to_string(),
        );
    } else if findings.is_empty() {
        super::out(&format!("whole: {} lines, head {}", verdict.lines, verdict.hash));
    } else {
        for finding in &findings {
            super::out(finding);
        }
    }
    Ok(if findings.is_empty() { Ending::Answered } else { Ending::Store })
}

fn differs(difference: &Difference) -> String {
    let Difference { table, subject, how } = difference;
    // Somebody may have written this subject who wants more of the terminal than to be read.
    let subject = Shown::of(subject);
    match how {
        How::Missing => format!("table {table}: {subject} is missing, the journal has it"),
        How::Extra => format!("table {table}: {subject} is there, the journal does not have it"),
        How::Changed => format!("table {table}: {subject} is not what the journal says"),
    }
}

fn said(finding: &Finding) -> String {
    match finding {
        Finding::Gap { line } => format!("line {line}: missing"),
        Finding::Changed { line } => format!("line {line}: changed, its hash is not that of its contents"),
        Finding::PartChanged { line, part } => format!("line {line}: its erasable part {part} was changed"),
        Finding::Tail { expected, found } => {
            format!(
                "line {}: cut off, the journal should end with line {expected} and ends with line {found}",
                found + 1
            )
        }
        Finding::Head { line } => {
            format!("line {line}: the last line is not the one that was noted as the last")
        }
    }
}
