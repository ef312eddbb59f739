//! Makes a command or a check of a row.

use super::KindOfRow;
use super::identity::{Identity, source_id};
use crate::cli::fields::{Cells, Reject, Usual};
use crate::domain::check::Question;
use crate::domain::command::{Command, Envelope};
use crate::domain::record::RecordCommand;
use crate::domain::refusal::Fields;
use crate::domain::text::Text;
use crate::domain::time::Moment;
use crate::wire::check::CheckItem;

/// What is sent for a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A record to be entered.
    Record(Envelope),
    /// A gun to be looked up.
    Check(CheckItem),
}

/// How rows are read.
#[derive(Debug, Clone)]
pub struct Make {
    /// What the rows are.
    pub kind: KindOfRow,
    /// What holds for every row.
    pub usual: Usual,
    /// Names for what is sent.
    pub identity: Identity,
    /// Purpose of checks.
    pub purpose: String,
    /// Days for which checks stand.
    pub stand_days: u16,
}

impl Make {
    /// What is sent for a row, judged by the registry's own rules first: what they refuse
    /// does not travel.
    ///
    /// # Errors
    /// The field that is wrong, and how.
    pub fn item(&self, cells: &Cells) -> Result<Item, Reject> {
        if cells.is_empty() {
            return Err(Reject { field: String::new(), reason: "the row is empty".into() });
        }
        let mut fields = Fields::default();
        let now = Moment::of(jiff::Timestamp::now());
        match self.kind {
            KindOfRow::Checks => {
                let case = cells.get(crate::cli::fields::Field::Case).unwrap_or(&self.usual.case);
                let question = Question {
                    gun: cells.gun_of_file()?,
                    purpose: Text::new(self.purpose.clone()),
                    case: Text::from(case),
                    found: cells.date(&self.usual)?,
                    stand_days: self.stand_days,
                    limit: 10,
                };
                question.judge(now, &mut fields);
                fields.done().map_err(|refusal| Reject::refused(&refusal))?;
                let id = self.identity.command("import check", &json(&question));
                Ok(Item::Check(CheckItem { id, question }))
            }
            KindOfRow::Records | KindOfRow::Custody => {
                let mut report = cells.report(&self.usual)?;
                report.source_id.get_or_insert_with(|| source_id(&cells.content()));
                report.judge(now, &mut fields);
                fields.done().map_err(|refusal| Reject::refused(&refusal))?;
                let id = self.identity.command("import", &json(&report));
                let command =
                    Command::Record(RecordCommand::Enter { report: Box::new(report), knowing: Vec::new() });
                Ok(Item::Record(Envelope { id, command, rehearse: false }))
            }
        }
    }
}

fn json(content: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(content).unwrap_or_default()
}
