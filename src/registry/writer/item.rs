//! One piece of work: its state is read in the transaction, decided, journaled and applied.

use super::ahead::Ahead;
use super::batch::{Desk, note_check};
use super::{Work, answers, raise, records};
use crate::domain::agency::{self, OfficeCommand};
use crate::domain::check::{self, Check, Question};
use crate::domain::command::{Command, Envelope};
use crate::domain::context::Fresh;
use crate::domain::event::{CheckEvent, Event, OfficeEvent};
use crate::domain::evidence::Band;
use crate::domain::hit::{self, HitCommand};
use crate::domain::ids::{CheckId, CommandId, HitId, OfficerId};
use crate::domain::refusal::Refusal;
use crate::registry::checks::{self, Former};
use crate::registry::index::{Candidate, Early};
use crate::registry::journal::Cause;
use crate::registry::store::StoreError;
use crate::registry::{edge, sight, tables};
use crate::wire::check::CheckItem;
use crate::wire::command::Done;

/// What became of a piece of work within its transaction.
#[derive(Debug, Clone)]
pub(super) enum Outcome {
    /// A command was done.
    Done(Done),
    /// A check was made.
    Checked(Box<Checked>),
    /// It was refused.
    Refused(Refusal),
    /// Nobody knows what became of it.
    Lost,
}

/// A check that was made, before anybody may see what it found.
#[derive(Debug, Clone)]
pub(super) struct Checked {
    /// The check.
    pub check: Check,
    /// Most candidates wanted this time.
    pub limit: u16,
    /// Whether it had been made before.
    pub repeated: bool,
    /// Records that were searched.
    pub searched: u64,
    /// What was found, best first.
    pub candidates: Vec<Candidate>,
}

impl Outcome {
    /// Whether what was written stays.
    pub(super) fn keeps(&self) -> bool {
        match self {
            Outcome::Done(done) => !done.rehearsed,
            Outcome::Checked(_) => true,
            Outcome::Refused(_) | Outcome::Lost => false,
        }
    }
}

/// Does a piece of work.
pub(super) async fn settle(desk: &mut Desk<'_>, work: &Work, ahead: Ahead) -> Result<Outcome, StoreError> {
    let Ahead { early, place } = ahead;
    let outcome = match work {
        Work::Check(item) => check(desk, item, place, &early).await?,
        Work::Command(envelope) => command(desk, envelope, &early).await?,
        Work::Office(id, command) => office(desk, *id, command).await?,
        Work::Due(id, hit) => due(desk, *id, *hit).await?,
    };
    Ok(outcome.unwrap_or_else(Outcome::Refused))
}

type Settled = Result<Outcome, Refusal>;

/// Passes a refusal out of a function that returns `Ok(Err(refusal))` for one.
macro_rules! or_refuse {
    ($result:expr) => {
        match $result {
            Ok(value) => value,
            Err(refusal) => return Ok(Err(refusal)),
        }
    };
}
pub(super) use or_refuse;

async fn check(
    desk: &mut Desk<'_>,
    CheckItem { id, question }: &CheckItem,
    place: Option<checks::Place>,
    early: &Early,
) -> Result<Settled, StoreError> {
    let id = *id;
    or_refuse!(edge::question(question, desk.now, desk.training));
    let mut context = desk.actor.context(desk.now);
    let before = answers::before(desk, id, question);
    if before.as_ref().is_some_and(|before| !before.same) {
        return Ok(Err(Refusal::CommandReused));
    }
    let place = place.unwrap_or_else(|| checks::Place::of(&context.party.agency, question));
    let standing = match desk.later.standing.remove(&place) {
        Some(standing) => standing,
        // Another of this request came before.
        None => {
            if desk.later.has_check_in(&place) {
                desk.write_checks().await?;
            }
            checks::standing(&mut desk.tx, place.clone()).await?
        }
    };
    let former = match checks::former(standing, question) {
        Former::Same(check) => Some(*check),
        Former::Others(others) => {
            context.fresh.check = CheckId(desk.next("check").await?);
            context.fresh.variant = others;
            None
        }
    };
    let events = or_refuse!(check::decide(former.as_ref(), question, &context));
    let repeated = former.is_some();
    let (made, candidates) = match (events.as_slice(), former) {
        ([Event::Check(event @ CheckEvent::Made { check })], None) => {
            let candidates = asked_first(desk, id, (check, place, event), early).await?;
            (check.clone(), candidates)
        }
        (events, Some(former)) => asked_again(desk, id, (former, question), events, early).await?,
        (_, None) => return Ok(Err(Refusal::NoCheck { check: context.fresh.check })),
    };
    if before.is_none() {
        answers::keep(desk, id, question, &Done::default());
    }
    let limit = question.limit;
    let checked = Checked { check: made, limit, repeated, searched: desk.staging.records(), candidates };
    note_check(desk, question, &checked);
    Ok(Ok(Outcome::Checked(Box::new(checked))))
}

/// Keeps a new check and raises its hits; one that has none waits for others to be written
/// with it.
async fn asked_first(
    desk: &mut Desk<'_>,
    id: CommandId,
    (check, place, event): (&Check, checks::Place, &CheckEvent),
    early: &Early,
) -> Result<Vec<Candidate>, StoreError> {
    let candidates = desk.staging.candidates(early, check);
    record_event(desk, id, &Event::Check(event.clone()))?;
    if candidates.iter().any(|candidate| candidate.evidence.band == Band::Likely) {
        desk.write_checks().await?;
        raise::check_made(desk, id, None, event).await?;
        raise::from_check(desk, id, check, &candidates).await?;
    } else {
        desk.later.save_check(check, place)?;
        desk.staging.put_check(check, desk.now);
    }
    Ok(candidates)
}

/// Keeps what is said anew of a check and raises the hits that come of it.
async fn asked_again(
    desk: &mut Desk<'_>,
    id: CommandId,
    (former, question): (Check, &Question),
    events: &[Event],
    early: &Early,
) -> Result<(Check, Vec<Candidate>), StoreError> {
    desk.write_checks().await?;
    let mut made = former;
    for event in events {
        record_event(desk, id, event)?;
        if let Event::Check(event) = event {
            made = raise::check_made(desk, id, Some(made.clone()), event).await?.unwrap_or(made);
        }
    }
    // The answer is to what was asked now; hits rest on all that was ever said of the gun.
    let asked = Check { question: question.clone(), ..made.clone() };
    let candidates = desk.staging.candidates(early, &asked);
    if !events.is_empty() {
        if asked.question.asks_the_same(&made.question) {
            raise::from_check(desk, id, &made, &candidates).await?;
        } else {
            let by_all = desk.staging.candidates(&Early::none(), &made);
            raise::from_check(desk, id, &made, &by_all).await?;
        }
    }
    Ok((made, candidates))
}

async fn command(desk: &mut Desk<'_>, envelope: &Envelope, early: &Early) -> Result<Settled, StoreError> {
    if let Some(before) = answers::before(desk, envelope.id, &envelope.command) {
        return Ok(match before.done {
            Some(done) if before.same => {
                Ok(Outcome::Done(Done { repeated: true, ..disclosed(desk, done).await? }))
            }
            _ => Err(Refusal::CommandReused),
        });
    }
    let settled = match &envelope.command {
        Command::Record(command) => records::settle(desk, envelope.id, command, early).await?,
        Command::Hit(command) => on_hit(desk, envelope.id, command).await?,
    };
    let mut done = or_refuse!(settled);
    if envelope.rehearse {
        done = Done { rehearsed: true, ..Done::default() };
    } else {
        answers::keep(desk, envelope.id, &envelope.command, &done);
        done = disclosed(desk, done).await?;
    }
    Ok(Ok(Outcome::Done(done)))
}

/// Leaves out of an answer the hits that its reader may not see; a stored answer is a
/// reference, disclosed anew each time.
async fn disclosed(desk: &mut Desk<'_>, mut done: Done) -> Result<Done, StoreError> {
    let viewer = desk.actor.viewer();
    let mut hits = Vec::new();
    for brief in std::mem::take(&mut done.hits) {
        let Some(stored) = tables::hit(&mut desk.tx, brief.hit).await? else { continue };
        let guns = sight::pair_guns(&mut desk.tx, &stored.hit).await?;
        if sight::hit_row(&stored, &guns, &viewer).is_some() {
            hits.push(brief);
        }
    }
    done.hits = hits;
    Ok(done)
}

async fn on_hit(
    desk: &mut Desk<'_>,
    id: CommandId,
    command: &HitCommand,
) -> Result<Result<Done, Refusal>, StoreError> {
    let mut context = desk.actor.context(desk.now);
    let stored = match command {
        HitCommand::Lead { check, record, priority, reason } => {
            return raise::lead(desk, id, (*check, *record), (*priority, reason)).await;
        }
        other => match other.hit() {
            Some(hit) => tables::hit(&mut desk.tx, hit).await?,
            None => None,
        },
    };
    context.fresh = Fresh::none();
    let visible = match &stored {
        Some(stored) => {
            let guns = sight::pair_guns(&mut desk.tx, &stored.hit).await?;
            sight::hit_row(stored, &guns, &desk.actor.viewer()).is_some()
        }
        None => false,
    };
    let before = stored.map(|s| s.hit).filter(|_| visible);
    let events = or_refuse!(hit::decide(before.as_ref(), command, &context));
    let mut after = before;
    for event in &events {
        record_event(desk, id, event)?;
        match event {
            Event::Hit(event) => after = raise::keep_hit_event(desk, after, event).await?,
            Event::Record(event) => records::follow(desk, id, event).await?,
            _ => {}
        }
    }
    let Some(hit) = after else { return Ok(Err(Refusal::NotALead)) };
    if matches!(hit.phase, hit::Phase::NotOurs | hit::Phase::Excluded) {
        raise::again(desk, id, hit.check).await?;
    }
    if matches!(command, HitCommand::Reopen { .. })
        && let Some(record) = tables::record(&mut desk.tx, hit.record).await?
    {
        // Who checked the gun while it was excluded was told nothing of this record.
        raise::from_record(desk, id, &record, &Early::none()).await?;
    }
    let hit = tables::hit(&mut desk.tx, hit.id).await?.map_or(hit, |stored| stored.hit);
    Ok(Ok(Done {
        hit: Some(hit.id),
        record: Some(hit.record),
        revision: Some(hit.revision),
        ..Done::default()
    }))
}

async fn due(desk: &mut Desk<'_>, id: CommandId, hit: HitId) -> Result<Settled, StoreError> {
    let Some(stored) = tables::hit(&mut desk.tx, hit).await? else { return Ok(Err(Refusal::NoHit { hit })) };
    let Some(event) = hit::clock::due(&stored.hit, desk.now) else { return Ok(Err(Refusal::Already)) };
    record_event(desk, id, &Event::Hit(event.clone()))?;
    raise::keep_hit_event(desk, Some(stored.hit), &event).await?;
    Ok(Ok(Outcome::Done(Done { hit: Some(hit), ..Done::default() })))
}

async fn office(desk: &mut Desk<'_>, id: CommandId, command: &OfficeCommand) -> Result<Settled, StoreError> {
    let mut context = desk.actor.context(desk.now);
    let named = match command {
        OfficeCommand::AdmitAgency { agency } => &agency.id,
        OfficeCommand::AdmitOfficer { agency, .. } => agency,
    };
    let agency = tables::agency(&mut desk.tx, named).await?;
    if matches!(command, OfficeCommand::AdmitOfficer { .. }) {
        context.fresh.officer = OfficerId(desk.next("officer").await?);
    }
    for event in or_refuse!(agency::decide(agency.as_ref(), command, &context)) {
        record_event(desk, id, &event)?;
        match &event {
            Event::Office(OfficeEvent::AgencyAdmitted { agency }) => {
                tables::save_agency(&mut desk.tx, agency).await?;
            }
            Event::Office(OfficeEvent::OfficerAdmitted { officer, token }) => {
                tables::save_officer(&mut desk.tx, officer, token).await?;
            }
            _ => {}
        }
    }
    Ok(Ok(Outcome::Done(Done::default())))
}

/// Appends an event to the journal in the name of the actor.
pub(super) fn record_event(desk: &mut Desk<'_>, id: CommandId, event: &Event) -> Result<(), StoreError> {
    let context = desk.actor.context(desk.now);
    let cause = Cause {
        at: desk.now,
        command: id.to_string(),
        officer: context.officer,
        agency: context.party.agency,
    };
    desk.later.lines.append(&mut desk.head, &cause, event, &mut || rand::random())
}
