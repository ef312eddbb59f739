//! What is done at the store itself: letting agencies and officers in.

use super::http::token_hash;
use super::journal::hexadecimal;
use super::store::StoreError;
use super::writer::{Fate, Writer};
use crate::domain::agency::{OfficeCommand, Role};
use crate::domain::ids::{AgencyId, CountryCode};
use crate::domain::private::Private;
use crate::domain::refusal::Refusal;
use crate::wire::command::Done;
use crate::words;

/// Why nobody was let in.
#[derive(Debug, thiserror::Error)]
pub enum AdminError {
    /// A rule refused it; nothing was stored.
    #[error("{}", said(.0))]
    Refused(Refusal),
    /// The agency stands under another country, whose rights its officers would get.
    #[error(
        "agency {agency} stands under {under}, not {asked}; name the agency's own country, or another agency"
    )]
    OtherCountry {
        /// The agency.
        agency: AgencyId,
        /// Its country.
        under: String,
        /// The one that was asked for.
        asked: CountryCode,
    },
    /// It is not known whether it was stored.
    #[error(
        "it is not known whether this was stored; look with `iarms officer list` and `iarms agency list`"
    )]
    Unknown,
    /// The store cannot be opened or read; nothing was stored.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a refusal means to a person: what, and what to do.
fn said(refusal: &Refusal) -> String {
    let (what, hint) = words::refusal(refusal);
    if hint.is_empty() { what } else { format!("{what} ({hint})") }
}

/// A new officer with the token, which is told this once and never stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admitted {
    /// The agency.
    pub agency: AgencyId,
    /// The NCB.
    pub country: CountryCode,
    /// The token, for `IARMS_TOKEN`.
    pub token: String,
}

/// A token of 32 random bytes.
pub fn new_token() -> String {
    hexadecimal(&rand::random::<[u8; 16]>())
}

/// Whether all of a batch is in; what was in already stays as it is.
///
/// # Errors
/// A rule refused one, or the store failed.
pub fn all_in(fates: Vec<Fate<Done>>) -> Result<(), AdminError> {
    fates.into_iter().try_for_each(|fate| match fate {
        Fate::Done(_) | Fate::Refused(Refusal::AgencyExists) => Ok(()),
        Fate::Refused(refusal) => Err(AdminError::Refused(refusal)),
        Fate::Unknown => Err(AdminError::Unknown),
    })
}

/// Lets an officer of an agency in.
///
/// # Errors
/// A rule refused it, or the store failed.
pub async fn admit_officer(
    writer: &Writer,
    name: &str,
    country: CountryCode,
    agency: AgencyId,
    role: Role,
) -> Result<Admitted, AdminError> {
    let token = new_token();
    all_in(writer.offices(vec![officer(name, &agency, role, &token)]).await)?;
    Ok(Admitted { agency, country, token })
}

/// The command that lets an officer with this token in.
pub(super) fn officer(name: &str, agency: &AgencyId, role: Role, token: &str) -> OfficeCommand {
    OfficeCommand::AdmitOfficer {
        name: Private::new(name),
        agency: agency.clone(),
        role,
        token: token_hash(token),
    }
}
