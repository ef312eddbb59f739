//! A check: one search for a gun in hand, which stands until its day.

use super::agency::{Party, Role};
use super::context::Context;
use super::date::PartialDate;
use super::event::{CheckEvent, Event};
use super::gun::Gun;
use super::ids::{CheckId, OfficerId, RecordId};
use super::refusal::{Fields, Refusal, Trouble};
use super::text::{Rule, Text};
use super::time::{Minutes, Moment};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Days that a check stands when the officer says nothing.
pub const USUAL_DAYS: u16 = 90;
/// Most days that a check may stand.
pub const MOST_DAYS: u16 = 3650;
/// Most candidates that an answer lists.
pub const MOST_CANDIDATES: u16 = 100;

/// What an officer wants to know of a gun in hand.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The gun as it was read.
    pub gun: Gun,
    /// Why it is searched: a code of `reference::purpose`.
    pub purpose: Text,
    /// The officer's own case.
    pub case: Text,
    /// When the gun came into hand; nothing when it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<PartialDate>,
    /// Days for which it stands, so that a record entered later finds it.
    #[serde(default = "usual_days")]
    pub stand_days: u16,
    /// Most candidates wanted in the answer.
    #[serde(default = "usual_limit")]
    pub limit: u16,
}

fn usual_days() -> u16 {
    USUAL_DAYS
}

fn usual_limit() -> u16 {
    10
}

/// A check that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Its id.
    pub id: CheckId,
    /// Who made it.
    pub officer: OfficerId,
    /// Whose hand the gun is in.
    pub finder: Party,
    /// What was asked.
    pub question: Question,
    /// When it was first made.
    pub made: Moment,
    /// Until when it stands.
    pub stands_until: Moment,
    /// The recovered record that it belongs to, if it came from one.
    pub of_record: Option<RecordId>,
    /// Which of several guns with this number in this case it is, from 0.
    pub variant: u32,
}

impl Question {
    /// Whether another question is about the same gun, for the same purpose; how long it
    /// stands and how much is to be listed are no part of that.
    pub fn asks_the_same(&self, other: &Question) -> bool {
        self.gun == other.gun && self.purpose == other.purpose && self.found == other.found
    }

    /// This question after it was asked again of the same gun: what is left out now stays as
    /// it was said before.
    pub fn asked_again(&self, now: &Question) -> Question {
        Question { gun: self.gun.described_again(&now.gun), found: now.found.or(self.found), ..now.clone() }
    }

    /// Adds what is wrong with its fields.
    pub fn judge(&self, now: Moment, fields: &mut Fields) {
        fields.required("purpose", &self.purpose, Rule::IDENTIFIER);
        fields.required("case", &self.case, Rule::IDENTIFIER);
        self.gun.judge("gun.", fields);
        if self.gun.numbers.is_empty() && (self.gun.make.is_none() || self.gun.model.is_none()) {
            fields.add("gun", Trouble::NothingToFindBy);
        }
        fields.range("stand_days", i64::from(self.stand_days), 0, i64::from(MOST_DAYS));
        fields.range("limit", i64::from(self.limit), 1, i64::from(MOST_CANDIDATES));
        if self.found.is_some_and(|found| found.earliest() > now.after(Minutes::days(1)).day()) {
            fields.add("found", Trouble::Future);
        }
    }
}

/// Rules on making a check; a `former` one of the same agency, case and gun is read again,
/// loses nothing that was said before, and stands longer if the officer says so.
///
/// # Errors
/// A [`Refusal`] that names the fields.
pub fn decide(former: Option<&Check>, question: &Question, context: &Context) -> Result<Vec<Event>, Refusal> {
    if context.role == Role::Hub {
        return Err(Refusal::HubDecidesNothing);
    }
    let mut fields = Fields::default();
    question.judge(context.now, &mut fields);
    fields.done()?;
    let stands_until = context.now.after(Minutes::days(i64::from(question.stand_days)));
    match former {
        Some(former) => {
            let again = former.question.asked_again(question);
            if former.question.asks_the_same(&again) && former.stands_until >= stands_until {
                return Ok(vec![]);
            }
            Ok(vec![Event::Check(CheckEvent::Repeated {
                check: former.id,
                question: again,
                stands_until: stands_until.max(former.stands_until),
            })])
        }
        None => Ok(vec![Event::Check(CheckEvent::Made {
            check: Check {
                id: context.fresh.check,
                officer: context.officer,
                finder: context.party.clone(),
                question: question.clone(),
                made: context.now,
                stands_until,
                of_record: None,
                variant: context.fresh.variant,
            },
        })]),
    }
}

/// The check after an event.
pub fn apply(check: Option<Check>, event: &CheckEvent) -> Option<Check> {
    match event {
        CheckEvent::Made { check } => Some(check.clone()),
        CheckEvent::Repeated { question, stands_until, .. } => {
            check.map(|check| Check { question: question.clone(), stands_until: *stands_until, ..check })
        }
    }
}
