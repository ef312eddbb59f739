//! What the codes of records, hits and officers are called.
use super::Catalogue;
use crate::domain::agency::Role;
use crate::domain::record::{Basis, Circumstance, Confidentiality, CriminalContext, Status};
use crate::domain::time::Moment;

impl Catalogue {
    /// What happened to a gun.
    pub fn circumstance(&self, circumstance: Circumstance) -> String {
        match circumstance {
            Circumstance::Lost => self.say("circumstance.lost", &[]),
            Circumstance::Stolen => self.say("circumstance.stolen", &[]),
            Circumstance::Trafficked => self.say("circumstance.trafficked", &[]),
            Circumstance::Smuggled => self.say("circumstance.smuggled", &[]),
            Circumstance::Crime => self.say("circumstance.crime", &[]),
            Circumstance::Recovered => self.say("circumstance.recovered", &[]),
        }
    }

    /// Where a record stands in its life.
    pub fn status(&self, status: Status) -> String {
        match status {
            Status::Active => self.say("status.active", &[]),
            Status::Located => self.say("status.located", &[]),
            Status::Cleared => self.say("status.cleared", &[]),
            Status::Cancelled => self.say("status.cancelled", &[]),
            Status::Expired => self.say("status.expired", &[]),
        }
    }

    /// How far a record may go, as it stands on every view of it.
    pub fn confidentiality(&self, level: Confidentiality) -> String {
        match level {
            Confidentiality::OfficialUse => self.say("confidentiality.official_use", &[]),
            Confidentiality::Restricted => self.say("confidentiality.restricted", &[]),
            Confidentiality::Confidential => self.say("confidentiality.confidential", &[]),
        }
    }

    /// What makes a gun illicit.
    pub fn basis(&self, basis: Basis) -> String {
        match basis {
            Basis::Law => self.say("basis.law", &[]),
            Basis::Embargo => self.say("basis.embargo", &[]),
            Basis::Unmarked => self.say("basis.unmarked", &[]),
            Basis::Unlicensed => self.say("basis.unlicensed", &[]),
            Basis::Transfer => self.say("basis.transfer", &[]),
        }
    }

    /// In which crime a gun turned up.
    pub fn criminal_context(&self, context: CriminalContext) -> String {
        match context {
            CriminalContext::Trafficking => self.say("context.trafficking", &[]),
            CriminalContext::Drugs => self.say("context.drugs", &[]),
            CriminalContext::Violence => self.say("context.violence", &[]),
            CriminalContext::Property => self.say("context.property", &[]),
            CriminalContext::Organised => self.say("context.organised", &[]),
            CriminalContext::Terrorism => self.say("context.terrorism", &[]),
            CriminalContext::Other => self.say("context.else", &[]),
        }
    }

    /// What an officer may do.
    pub fn role(&self, role: Role) -> String {
        match role {
            Role::Duty => self.say("role.duty", &[]),
            Role::Head => self.say("role.head", &[]),
            Role::Reader => self.say("role.reader", &[]),
            Role::Hub => self.say("role.hub", &[]),
        }
    }

    /// Why a search is made, by the code of the purpose; one that has no words stands for itself.
    pub fn purpose(&self, code: &str) -> String {
        let key = format!("purpose.{}", code.trim().to_ascii_lowercase());
        if self.has(&key) { self.say(&key, &[]) } else { code.to_owned() }
    }

    /// A moment in UTC, to the minute, where nobody's own clock is meant.
    pub fn utc(&self, moment: Moment) -> String {
        let time = moment.timestamp().to_zoned(jiff::tz::TimeZone::UTC);
        let clock = format!("{:02}:{:02}", time.hour(), time.minute());
        self.say("time.utc", &[("day", time.date().to_string().into()), ("clock", clock.into())])
    }
}
