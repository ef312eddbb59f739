//! Agencies and officers: who may come in, and for whom they act.

use super::context::Context;
use super::event::{Event, OfficeEvent};
use super::ids::{AgencyId, CountryCode, OfficerId};
use super::private::Private;
use super::refusal::{Fields, Refusal, Trouble};
use super::text::{Rule, Text};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an officer may do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Checks, records and answers for their agency.
    #[default]
    Duty,
    /// Head of an NCB: is told of every second request, and admits officers.
    Head,
    /// Reads and checks only.
    Reader,
    /// Runs the registry at the hub.
    Hub,
}

/// Where an agency is reached at any hour, as the owner of a record must be (NCIC: 24/7).
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Telephone with its country code.
    pub phone: Text,
    /// Hours in which somebody answers: `24 h`.
    pub hours: Text,
    /// Languages spoken, as two-letter codes with blanks between.
    pub languages: Text,
}

/// A unit that officers work for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agency {
    /// Its id.
    pub id: AgencyId,
    /// The NCB it stands under.
    pub ncb: CountryCode,
    /// Its name.
    pub name: Text,
    /// Where it is reached.
    pub contact: Contact,
}

/// An agency together with its NCB: one side of a hit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct Party {
    /// The agency.
    pub agency: AgencyId,
    /// Its NCB.
    pub ncb: CountryCode,
}

/// A person who may come in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Officer {
    /// The id.
    pub id: OfficerId,
    /// The name, which may be erased.
    pub name: Private,
    /// Whom the officer acts for.
    pub party: Party,
    /// What the officer may do.
    pub role: Role,
}

/// What an administrator wants of agencies and officers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OfficeCommand {
    /// Let an agency in.
    AdmitAgency {
        /// It.
        agency: Agency,
    },
    /// Let an officer in.
    AdmitOfficer {
        /// The name.
        name: Private,
        /// The agency, which must exist.
        agency: AgencyId,
        /// What the officer may do.
        role: Role,
        /// SHA-256 of the token, in hexadecimal; the token itself is never stored.
        token: String,
    },
}

/// Rules on letting agencies and officers in.
///
/// `agency` is the agency that the command names, when it exists.
///
/// # Errors
/// A [`Refusal`] that names the field or the rule.
pub fn decide(
    agency: Option<&Agency>,
    command: &OfficeCommand,
    context: &Context,
) -> Result<Vec<Event>, Refusal> {
    if !context.by_registry {
        return Err(Refusal::Role);
    }
    let mut fields = Fields::default();
    match command {
        OfficeCommand::AdmitAgency { agency: new } => {
            if agency.is_some() {
                return Err(Refusal::AgencyExists);
            }
            fields.required("name", &new.name, Rule::NAME);
            fields.text("contact.phone", &new.contact.phone, Rule::NAME);
            fields.text("contact.hours", &new.contact.hours, Rule::NAME);
            fields.text("contact.languages", &new.contact.languages, Rule::NAME);
            if !new.id.as_str().starts_with(new.ncb.as_str()) {
                fields.add("agency", Trouble::Unknown { given: new.id.to_string() });
            }
            fields.done()?;
            Ok(vec![Event::Office(OfficeEvent::AgencyAdmitted { agency: new.clone() })])
        }
        OfficeCommand::AdmitOfficer { name, role, token, .. } => {
            let agency = agency.ok_or(Refusal::NoAgency)?;
            if *role == Role::Hub && agency.ncb != CountryCode::HUB {
                return Err(Refusal::HubRole);
            }
            match name.text() {
                Some(text) => fields.required("name", text, Rule::NAME),
                None => fields.add("name", Trouble::Missing),
            }
            fields.done()?;
            Ok(vec![Event::Office(OfficeEvent::OfficerAdmitted {
                officer: Officer {
                    id: context.fresh.officer,
                    name: name.clone(),
                    party: Party { agency: agency.id.clone(), ncb: agency.ncb },
                    role: *role,
                },
                token: token.clone(),
            })])
        }
    }
}
