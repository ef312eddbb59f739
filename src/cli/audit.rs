//! `iarms audit`: reads the journal through and says whether it is whole.

use super::report::Ending;
use super::stand;
use crate::registry::audit::compare;
use crate::registry::journal::{Finding, verify};
use crate::registry::store::{Address, Store};
use clap::{Args, Subcommand};
use color_eyre::eyre::{WrapErr, bail};
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
    /// The store: sqlite:FILE.
    #[arg(long, env = "IARMS_STORE")]
    pub store: Option<String>,
    /// Replay the journal too and compare the tables with what it gives.
    #[arg(long)]
    pub deep: bool,
    /// One JSON object instead of words.
    #[arg(long)]
    pub json: bool,
}

/// Reads the journal through.
///
/// # Errors
/// The store cannot be opened or read.
pub async fn run(arguments: AuditArguments) -> color_eyre::Result<Ending> {
    let AuditAction::Verify(arguments) = arguments.action;
    let address: Address = match &arguments.store {
        Some(store) => store.parse()?,
        None => stand::usual_store()?,
    };
    if !address.path().exists() {
        bail!("there is no store at {}", address.path().display());
    }
    let store =
        Store::open(&address).await.wrap_err_with(|| format!("cannot open {}", address.path().display()))?;
    let verdict = verify(&store).await?;
    let mut findings: Vec<String> = verdict.findings.iter().map(said).collect();
    if arguments.deep && findings.is_empty() {
        findings.extend(
            compare(&store)
                .await?
                .into_iter()
                .map(|d| format!("table {}: {} is not what the journal says", d.table, d.subject)),
        );
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
