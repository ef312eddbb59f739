//! What the two sides of a hit may do, and when.

use super::clock::{LONGEST_PROMISE, confirmation};
use super::{Hit, HitCommand, HitEvent, Message, Phase, Priority, Side, desk};
use crate::domain::agency::{Party, Role};
use crate::domain::check::Check;
use crate::domain::context::Context;
use crate::domain::event::{Event, RecordEvent};
use crate::domain::evidence::Band;
use crate::domain::ids::HitId;
use crate::domain::private::Private;
use crate::domain::record::{Record, Status};
use crate::domain::refusal::{Fields, Refusal, Trouble};
use crate::domain::text::Rule;
use crate::domain::time::Moment;

/// The hit that a pair raises by itself, if it does: the gun is sought, the record open, the
/// band LIKELY.
pub fn raise(record: &Record, check: &Check, band: Band, context: &Context) -> Option<Event> {
    (band == Band::Likely && pairs(record, check)).then(|| raised(record, check, band, context))
}

/// Whether the two can make a hit at all: a recovered gun is sought by nobody, and its own
/// standing check does not find it.
fn pairs(record: &Record, check: &Check) -> bool {
    record.status.is_open() && record.report.circumstance.is_sought() && check.of_record != Some(record.id)
}

fn raised(record: &Record, check: &Check, band: Band, context: &Context) -> Event {
    Event::Hit(HitEvent::Raised {
        hit: Box::new(Hit {
            id: context.fresh.hit,
            record: record.id,
            record_status: record.status,
            check: check.id,
            owner: record.owner.clone(),
            finder: check.finder.clone(),
            band,
            raised: context.now,
            phase: Phase::Raised,
            priority: Priority::Routine,
            number: 0,
            asked: None,
            due: None,
            promises: 0,
            escalated: false,
            owner_taken: None,
            finder_taken: None,
            reason: None,
            revision: 1,
            changed_by: context.officer,
            changed: context.now,
        }),
    })
}

/// Makes a hit of a lead and asks at once; the finder alone may do it, and only from POSSIBLE up.
///
/// # Errors
/// A [`Refusal`].
pub fn lead(
    record: &Record,
    check: &Check,
    band: Band,
    (priority, reason): (Priority, &Private),
    context: &Context,
) -> Result<Vec<Event>, Refusal> {
    may_decide(context)?;
    if check.finder.ncb != context.party.ncb {
        return Err(Refusal::NoCheck { check: check.id });
    }
    if band < Band::Possible || !pairs(record, check) {
        return Err(Refusal::NotALead);
    }
    if record.owner.agency == context.party.agency && check.finder.agency != context.party.agency {
        // Within one country the owner does not ask itself in the finder's name.
        return Err(Refusal::FinderOnly);
    }
    let mut events = vec![raised(record, check, band, context)];
    events.extend(ask(context.fresh.hit, priority, reason, context)?);
    Ok(events)
}

/// What becomes of a hit when the status of its record changes; nothing when it knows already.
pub fn record_set(hit: &Hit, status: Status, context: &Context) -> Option<HitEvent> {
    (hit.record_status != status).then_some(HitEvent::RecordSet {
        hit: hit.id,
        status,
        by: context.officer,
        at: context.now,
    })
}

/// Whether a change of the record would answer, for the owner, what somebody asks here: a
/// bureau that has found the gun itself is the finder, and not the owner's stand-in.
pub fn is_asked_by(hit: &Hit, party: &Party) -> bool {
    hit.phase.is_open() && hit.is_finder(party) && !hit.is_owner(party)
}

/// Rules on what an officer may do with a hit.
///
/// # Errors
/// A [`Refusal`]; nothing is to be stored then.
pub fn decide(hit: Option<&Hit>, command: &HitCommand, context: &Context) -> Result<Vec<Event>, Refusal> {
    may_decide(context)?;
    let Some(id) = command.hit() else { return Err(Refusal::NotALead) };
    let hit = hit.ok_or(Refusal::NoHit { hit: id })?;
    let side = hit.side(&context.party).ok_or(Refusal::NoHit { hit: id })?;
    match command {
        HitCommand::Lead { .. } => Err(Refusal::NotALead),
        HitCommand::Take { over, .. } => {
            // Who stands for both takes the side whose turn it is.
            let side = desk::turn(hit, &context.party).map_or(side, |turn| turn.side);
            take(hit, side, *over, context)
        }
        HitCommand::Write { text, inside, .. } => write(hit.id, text, *inside, context),
        HitCommand::Ask { revision, priority, reason, .. } => {
            finder(hit, context)?;
            fresh(hit, *revision)?;
            open_record(hit)?;
            phase(hit, &[Phase::Raised, Phase::Asked, Phase::Promised])?;
            if hit.asked.is_some() && *priority >= hit.priority {
                // Asked already; only a faster answer may be asked for.
                return Err(Refusal::Already);
            }
            ask(hit.id, *priority, reason, context)
        }
        HitCommand::Confirm { revision, .. } => {
            owner(hit, context)?;
            fresh(hit, *revision)?;
            open_record(hit)?;
            phase(hit, &[Phase::Raised, Phase::Asked, Phase::Promised])?;
            Ok(vec![settled(hit, Phase::Confirmed, None, context)])
        }
        HitCommand::NotOurs { revision, reason, .. } => {
            owner(hit, context)?;
            fresh(hit, *revision)?;
            phase(hit, &[Phase::Raised, Phase::Asked, Phase::Promised])?;
            Ok(vec![settled(hit, Phase::NotOurs, Some(*reason), context)])
        }
        HitCommand::Promise { revision, until, .. } => {
            owner(hit, context)?;
            fresh(hit, *revision)?;
            phase(hit, &[Phase::Asked, Phase::Promised])?;
            promise(hit, *until, context)
        }
        HitCommand::Exclude { revision, reason, .. } => {
            finder(hit, context)?;
            fresh(hit, *revision)?;
            phase(hit, &[Phase::Raised, Phase::Asked, Phase::Promised, Phase::Confirmed])?;
            Ok(vec![settled(hit, Phase::Excluded, Some(*reason), context)])
        }
        HitCommand::Locate { revision, .. } => {
            finder(hit, context)?;
            fresh(hit, *revision)?;
            open_record(hit)?;
            phase(hit, &[Phase::Confirmed])?;
            Ok(vec![settled(hit, Phase::Located, None, context), status(hit, Status::Located, context)])
        }
        HitCommand::Clear { revision, .. } => {
            owner(hit, context)?;
            fresh(hit, *revision)?;
            phase(hit, &[Phase::Located])?;
            Ok(vec![settled(hit, Phase::Cleared, None, context), status(hit, Status::Cleared, context)])
        }
        HitCommand::Reopen { revision, reason, .. } => {
            fresh(hit, *revision)?;
            open_record(hit)?;
            phase(hit, &[Phase::NotOurs, Phase::Excluded])?;
            let mut events = write(hit.id, reason, false, context)?;
            events.push(settled(hit, Phase::Raised, None, context));
            Ok(events)
        }
    }
}

fn may_decide(context: &Context) -> Result<(), Refusal> {
    match context.role {
        Role::Hub => Err(Refusal::HubDecidesNothing),
        Role::Reader => Err(Refusal::Role),
        Role::Duty | Role::Head => Ok(()),
    }
}

fn owner(hit: &Hit, context: &Context) -> Result<(), Refusal> {
    if hit.is_owner(&context.party) { Ok(()) } else { Err(Refusal::OwnerOnly) }
}

fn finder(hit: &Hit, context: &Context) -> Result<(), Refusal> {
    if hit.is_finder(&context.party) { Ok(()) } else { Err(Refusal::FinderOnly) }
}

fn fresh(hit: &Hit, seen: u32) -> Result<(), Refusal> {
    if hit.revision == seen {
        Ok(())
    } else {
        Err(Refusal::Changed { by: hit.changed_by, at: hit.changed, revision: hit.revision })
    }
}

fn open_record(hit: &Hit) -> Result<(), Refusal> {
    if hit.record_status.is_open() {
        Ok(())
    } else {
        Err(Refusal::Closed { status: hit.record_status.code().into() })
    }
}

fn phase(hit: &Hit, allowed: &[Phase]) -> Result<(), Refusal> {
    if allowed.contains(&hit.phase) { Ok(()) } else { Err(Refusal::Phase { phase: hit.phase.code().into() }) }
}

fn take(hit: &Hit, side: Side, over: bool, context: &Context) -> Result<Vec<Event>, Refusal> {
    if !hit.phase.is_open() {
        return Err(Refusal::Phase { phase: hit.phase.code().into() });
    }
    let taken = match side {
        Side::Owner => hit.owner_taken,
        Side::Finder => hit.finder_taken,
    };
    match taken {
        Some(officer) if officer == context.officer => Err(Refusal::Already),
        Some(officer) if !over => Err(Refusal::TakenBy { officer }),
        _ => {
            Ok(vec![Event::Hit(HitEvent::Taken { hit: hit.id, side, by: context.officer, at: context.now })])
        }
    }
}

fn ask(hit: HitId, priority: Priority, reason: &Private, context: &Context) -> Result<Vec<Event>, Refusal> {
    let mut events = Vec::new();
    if reason.is_blank() {
        if priority.needs_reason() {
            let mut fields = Fields::default();
            fields.add("reason", Trouble::Missing);
            fields.done()?;
        }
    } else {
        events = write(hit, reason, false, context)?;
    }
    events.push(Event::Hit(HitEvent::Asked {
        hit,
        priority,
        by: context.officer,
        at: context.now,
        due: context.now.after(confirmation(priority)),
    }));
    Ok(events)
}

fn promise(hit: &Hit, until: Moment, context: &Context) -> Result<Vec<Event>, Refusal> {
    let mut fields = Fields::default();
    if until <= context.now {
        fields.add("until", Trouble::Past);
    } else if until > context.now.after(LONGEST_PROMISE) {
        fields.add("until", Trouble::Range { least: 1, most: LONGEST_PROMISE.0 });
    }
    fields.done()?;
    Ok(vec![Event::Hit(HitEvent::Promised { hit: hit.id, until, by: context.officer, at: context.now })])
}

fn write(hit: HitId, text: &Private, inside: bool, context: &Context) -> Result<Vec<Event>, Refusal> {
    let mut fields = Fields::default();
    match text.text() {
        Some(words) => fields.required("text", words, Rule::NOTE),
        None => fields.add("text", Trouble::Missing),
    }
    fields.done()?;
    Ok(vec![Event::Hit(HitEvent::Wrote {
        hit,
        message: Message {
            at: context.now,
            officer: context.officer,
            party: context.party.clone(),
            inside,
            text: text.clone(),
            described: Vec::new(),
        },
    })])
}

fn settled(hit: &Hit, phase: Phase, reason: Option<super::Exclusion>, context: &Context) -> Event {
    Event::Hit(HitEvent::Settled { hit: hit.id, phase, reason, by: context.officer, at: context.now })
}

fn status(hit: &Hit, status: Status, context: &Context) -> Event {
    Event::Record(RecordEvent::StatusSet { record: hit.record, status, by: context.officer, at: context.now })
}
