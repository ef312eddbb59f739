//! How a sub-command ends: its exit code, and how an error reaches a person.

use super::settings::SettingsFault;
use crate::client::{Fault, Garble, Why};
use crate::domain::refusal::Refusal;
use crate::domain::text::Shown;
use crate::registry::admin::AdminError;
use crate::registry::store::StoreError;
use crate::wire::problem::Problem;
use crate::words;
use color_eyre::Report;
use color_eyre::config::HookBuilder;
use std::io::Write;

/// How a sub-command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// It was answered.
    Answered,
    /// What was given cannot be used.
    Input,
    /// The registry refused it; nothing was stored.
    Refused,
    /// The registry cannot be reached; nothing was sent.
    Unreachable,
    /// Nobody knows whether it was done; the same command may be run again.
    Unknown,
    /// The token is missing, unknown or withdrawn.
    Unauthorised,
    /// The store or its journal is not as it should be.
    Store,
    /// Some rows were rejected.
    Rejected,
    /// A program of its own, such as the console, ended with this status.
    Status(u8),
}

impl Ending {
    /// The exit code.
    pub fn code(self) -> u8 {
        match self {
            Ending::Answered => 0,
            Ending::Input => 2,
            Ending::Refused => 3,
            Ending::Unreachable => 4,
            Ending::Unknown => 5,
            Ending::Unauthorised => 6,
            Ending::Store => 7,
            Ending::Rejected => 8,
            Ending::Status(status) => status,
        }
    }
}

/// A fault of the line as an error that a sub-command ends with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{}", if *.doubt { IN_DOUBT } else { "" }, said(.fault))]
pub struct NoAnswer {
    /// The fault of the last attempt.
    pub fault: Fault,
    /// An earlier attempt may have been done, whatever became of the last.
    pub doubt: bool,
}

/// What stands before a last fault that says nothing of the attempts before it.
const IN_DOUBT: &str = "it is not known whether this was done, as it was sent and no answer came; then ";

impl From<Fault> for NoAnswer {
    fn from(fault: Fault) -> Self {
        Self { fault, doubt: false }
    }
}

/// Makes panics readable; errors are shown by [`show`].
pub fn install() {
    let hooks = HookBuilder::default().display_env_section(false).display_location_section(true);
    // It fails when hooks are there already, which then do the same.
    let _ = hooks.install();
}

/// Tells an error to a person, and says how the process ends.
///
/// Parts of it may come from a file or a registry, so nothing in it reaches the terminal
/// that could move its cursor.
pub fn show(failure: &Report) -> Ending {
    let mut told = String::new();
    for (at, cause) in failure.chain().enumerate() {
        let lead = if at == 0 { "iarms: " } else { "  because: " };
        for line in cause.to_string().lines() {
            told.push_str(lead);
            told.push_str(Shown::of(line).as_str());
            told.push('\n');
        }
    }
    let _ = std::io::stderr().lock().write_all(told.as_bytes());
    ending(failure)
}

/// The ending that an error means; what a sub-command could not use is input.
pub fn ending(failure: &Report) -> Ending {
    for cause in failure.chain() {
        if let Some(NoAnswer { fault, doubt }) = cause.downcast_ref::<NoAnswer>() {
            return if *doubt { Ending::Unknown } else { of_fault(fault) };
        }
        if let Some(SettingsFault::NoToken) = cause.downcast_ref::<SettingsFault>() {
            return Ending::Unauthorised;
        }
        if let Some(error) = cause.downcast_ref::<StoreError>() {
            return of_store(error);
        }
        if let Some(error) = cause.downcast_ref::<AdminError>() {
            return match error {
                AdminError::Refused(_) | AdminError::OtherCountry { .. } => Ending::Refused,
                AdminError::Unknown => Ending::Unknown,
                AdminError::Store(error) => of_store(error),
            };
        }
    }
    Ending::Input
}

/// The ending that a fault of the store means; an address that is mistyped is input.
fn of_store(error: &StoreError) -> Ending {
    match error {
        StoreError::Address(_) => Ending::Input,
        _ => Ending::Store,
    }
}

/// The ending that a fault means.
pub fn of_fault(fault: &Fault) -> Ending {
    match fault {
        Fault::Unreachable { .. } | Fault::Busy { .. } => Ending::Unreachable,
        Fault::Unauthorised => Ending::Unauthorised,
        Fault::Refused(_) => Ending::Refused,
        Fault::Unknown { .. } | Fault::Garbled { .. } => Ending::Unknown,
    }
}

/// What a fault means to a person.
pub fn said(fault: &Fault) -> String {
    match fault {
        Fault::Unreachable { why } => format!("the registry cannot be reached: {}", why_said(why)),
        Fault::Unauthorised => {
            "the registry does not know this token; ask your NCB for a new one, or look whether IARMS_TOKEN_FILE names the right file".into()
        }
        Fault::Refused(problem) => problem_said(problem),
        Fault::Busy { again: Some(again) } => {
            format!("the registry has too much to do; it asks to be left alone for {} s", again.as_secs())
        }
        Fault::Busy { again: None } => "the registry has too much to do; try again in a minute".into(),
        Fault::Unknown { why } => {
            format!("it is not known whether this was done: {}; run the same command again", why_said(why))
        }
        Fault::Garbled { what } => {
            let what = match what {
                Garble::Shape { said } => said.clone(),
                Garble::TooLong { most } => format!("longer than {most} bytes"),
                Garble::Mismatch => "it does not answer what was sent".into(),
                Garble::Status { status } => format!("status {status}"),
            };
            format!("what answers there is no registry that this version understands: {what}")
        }
    }
}

fn why_said(why: &Why) -> String {
    match why {
        Why::NoConnection { said } => said.clone(),
        Why::NotBelieved { said } => format!(
            "what answers there cannot prove to be the registry ({said}); name the authority that signed for it with --ca FILE or IARMS_CA, and connect to the name that its certificate bears"
        ),
        Why::TooSlow { waited } => format!("no answer within {} s", waited.as_secs()),
        Why::Cut { said } => format!("the connection broke ({said})"),
        Why::Failed { status } => format!("the registry failed (status {status})"),
    }
}

/// What a problem means to a person: what, where, and what to do.
pub fn problem_said(problem: &Problem) -> String {
    // The words of a rule name the field themselves, and of several fields each.
    let detail = match &problem.refusal {
        Some(Refusal::Fields { problems }) => {
            problems.iter().map(words::field_problem).collect::<Vec<_>>().join("; ")
        }
        Some(_) => problem.detail.clone(),
        None => problem.field.iter().map(|field| format!("{field}: ")).collect::<String>() + &problem.detail,
    };
    let hint = if problem.hint.is_empty() { String::new() } else { format!(" ({})", problem.hint) };
    detail + &hint
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::AddressFault;
    use crate::domain::refusal::{FieldProblem, Trouble};
    use color_eyre::eyre::WrapErr;

    #[test]
    fn each_fault_has_its_exit_code() {
        let why = || Why::Cut { said: "reset".into() };
        let code = |fault: Fault| {
            ending(&Err::<(), _>(NoAnswer::from(fault)).wrap_err("checking").unwrap_err()).code()
        };
        assert_eq!(code(Fault::Unreachable { why: why() }), 4);
        assert_eq!(code(Fault::Busy { again: None }), 4);
        assert_eq!(code(Fault::Unknown { why: why() }), 5);
        assert_eq!(code(Fault::Unauthorised), 6);
        assert_eq!(ending(&SettingsFault::NoToken.into()).code(), 6);
        assert_eq!(ending(&AddressFault::Extras.into()).code(), 2);
    }

    #[test]
    fn every_field_that_is_wrong_is_named() {
        let wrong = |field: &str| FieldProblem { field: field.into(), trouble: Trouble::Missing };
        let refusal = Refusal::Fields { problems: vec![wrong("report.date"), wrong("report.case")] };
        let (code, field) = ("fields".to_owned(), Some("report.date".to_owned()));
        let (detail, hint) = ("date: must be filled; and 1 more field".to_owned(), "fill them".to_owned());
        let problem = Problem { code, field, detail, hint, refusal: Some(refusal) };
        assert_eq!(problem_said(&problem), "date: must be filled; case number: must be filled (fill them)");
    }

    #[test]
    fn what_fails_at_the_store_has_its_exit_code() {
        let code = |error: AdminError| ending(&Err::<(), _>(error).wrap_err("adding").unwrap_err()).code();
        assert_eq!(code(AdminError::Refused(Refusal::AgencyExists)), 3);
        assert_eq!(code(AdminError::Unknown), 5);
        assert_eq!(code(StoreError::Missing { file: "x".into() }.into()), 7);
        assert_eq!(code(StoreError::Address("x".into()).into()), 2);
        assert_eq!(ending(&StoreError::Address("x".into()).into()).code(), 2);
        assert_eq!(ending(&StoreError::Missing { file: "x".into() }.into()).code(), 7);
        let said = AdminError::Refused(Refusal::NoAgency).to_string();
        assert_eq!(said, "no such agency (admit the agency first)");
    }
}
