//! `iarms audit`: reads the journal through and says whether it is whole.

use super::at_store::AtStore;
use super::report::Ending;
use super::settings::Settings;
use crate::domain::text::Shown;
use crate::registry::audit::{self, Compared, Difference, How};
use crate::registry::journal::{Finding, verify};
use crate::registry::store::Store;
use crate::words;
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
    /// Replay the journal too and compare the tables, row by row, with what it gives.
    #[arg(long)]
    pub deep: bool,
    /// Which store, and for whom.
    #[command(flatten)]
    pub at: AtStore,
}

/// Reads the journal through; nothing is written, and a registry may be serving meanwhile.
///
/// # Errors
/// There is no store of ours, or it cannot be read.
pub async fn run(arguments: AuditArguments, settings: &Settings) -> color_eyre::Result<Ending> {
    let AuditAction::Verify(arguments) = arguments.action;
    let store = Store::open_existing(&arguments.at.store(settings)?).await?;
    let verdict = verify(&store).await?;
    let mut findings: Vec<String> = verdict.findings.iter().map(said).collect();
    // A journal that was changed would accuse tables that are right.
    let compared = match arguments.deep && findings.is_empty() {
        true => Some(audit::compare(&store).await?),
        false => None,
    };
    store.close().await;
    findings.extend(compared.iter().flat_map(|compared| &compared.differences).map(differs));
    let whole = findings.is_empty();
    if arguments.at.json {
        let (tables, rows) = (compared.as_ref().map(|c| c.tables), compared.as_ref().map(|c| c.rows));
        super::out(
            &json!({"whole": whole, "lines": verdict.lines, "head": verdict.hash, "tables": tables, "rows": rows,
                "findings": findings})
            .to_string(),
        );
    } else {
        for finding in &findings {
            super::out(finding);
        }
        if whole {
            super::out(&format!("whole: {} lines, head {}", verdict.lines, verdict.hash));
        }
        match &compared {
            Some(compared) => super::out(&extent(compared)),
            None if arguments.deep => super::out("no tables were compared: the journal itself is not whole"),
            None => {}
        }
    }
    Ok(if whole { Ending::Answered } else { Ending::Store })
}

/// What was compared, so that nobody takes one check for the other.
fn extent(compared: &Compared) -> String {
    let Compared { tables, rows, differences } = compared;
    let counted = |count: u64| words::grouped(i64::try_from(count).unwrap_or(i64::MAX));
    let read = format!("{tables} tables with {} rows", counted(*rows));
    match differences.len() as u64 {
        0 => format!("the journal was replayed: {read} are as it says"),
        count if *tables == 0 => {
            format!("the journal was not replayed: the tables' shape differs in {} places", counted(count))
        }
        count if compared.is_full() => format!(
            "the journal was replayed: at least {} differences, where reading stopped: {} rows read, {tables} tables to their end",
            counted(count),
            counted(*rows)
        ),
        1 => format!("the journal was replayed: 1 difference in {read}"),
        count => format!("the journal was replayed: {} differences in {read}", counted(count)),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comparison_that_broke_off_says_how_far_it_came() {
        let extra = Difference { table: "tokens", subject: "x".into(), how: How::Extra };
        let said =
            |count| extent(&Compared { tables: 2, rows: 1004, differences: vec![extra.clone(); count] });
        let broke_off = said(1000);
        assert!(broke_off.contains(&format!("at least {} differences", words::grouped(1000))), "{broke_off}");
        assert!(broke_off.contains("2 tables to their end"), "{broke_off}");
        assert!(said(3).contains("3 differences in 2 tables with "), "{}", said(3));
        assert!(said(1).contains("1 difference in 2 tables with "), "{}", said(1));
    }
}
