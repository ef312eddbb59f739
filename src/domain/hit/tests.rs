//! The life of a hit as tables: who may do what, and what it comes to.

use super::clock::{self, confirmation};
use super::desk::{ToDo, rank, turn};
use super::*;
use crate::domain::agency::Role;
use crate::domain::check::{Check, Question};
use crate::domain::context::Context;
use crate::domain::event::{Event, RecordEvent};
use crate::domain::gun::Gun;
use crate::domain::ids::AgencyId;
use crate::domain::private::Private;
use crate::domain::record::{Caveat, Circumstance, Entry, Record, Report, Status};
use crate::domain::refusal::Refusal;
use crate::domain::text::Text;
use crate::domain::time::Minutes;

const NOW: Moment = Moment(1_800_000_000_000_000);

fn country(code: &str) -> CountryCode {
    code.parse().unwrap()
}

fn party(code: &str) -> Party {
    Party { agency: AgencyId::ncb(country(code)), ncb: country(code) }
}

fn officer(code: &str, number: u64) -> Context {
    let mut context = Context::registry(NOW);
    context.officer = OfficerId(number);
    context.party = party(code);
    context.role = Role::Duty;
    context.by_registry = false;
    context.fresh.hit = HitId(7);
    context
}

fn owner() -> Context {
    officer("CR", 1)
}

fn finder() -> Context {
    officer("PA", 2)
}

fn record(circumstance: Circumstance) -> Record {
    Record {
        id: "CR-2026-1".parse().unwrap(),
        owner: party("CR"),
        report: Report {
            circumstance,
            gun: Gun::default(),
            date: None,
            place: Private::default(),
            batch: None,
            basis: vec![],
            context: None,
            case: Text::from("1/26"),
            remark: Private::default(),
            caveat: Caveat::default(),
            source_id: None,
            entry: Entry::Desk,
        },
        status: Status::Active,
        entered: NOW,
        officer: OfficerId(1),
        validated: NOW,
        validate_by: NOW,
        standing: None,
        revision: 1,
        changed_by: OfficerId(1),
        changed: NOW,
    }
}

fn check() -> Check {
    Check {
        id: CheckId(3),
        officer: OfficerId(2),
        finder: party("PA"),
        question: Question {
            gun: Gun::default(),
            purpose: Text::from("SEIZURE"),
            case: Text::from("2/26"),
            found: None,
            stand_days: 90,
            limit: 10,
        },
        made: NOW,
        stands_until: NOW,
        of_record: None,
        variant: 0,
    }
}

fn raised() -> Hit {
    let mut context = Context::registry(NOW);
    context.fresh.hit = HitId(7);
    let event = raise(&record(Circumstance::Stolen), &check(), Band::Likely, &context).unwrap();
    after(None, &[event]).unwrap()
}

fn after(hit: Option<Hit>, events: &[Event]) -> Option<Hit> {
    events.iter().fold(hit, |hit, event| match event {
        Event::Hit(event) => apply(hit, event),
        _ => hit,
    })
}

fn does(hit: Hit, command: &HitCommand, context: &Context) -> Hit {
    let events = decide(Some(&hit), command, context).unwrap();
    after(Some(hit), &events).unwrap()
}

fn ask(hit: &Hit, priority: Priority) -> HitCommand {
    HitCommand::Ask {
        hit: hit.id,
        revision: hit.revision,
        priority,
        reason: Private::new("held for this gun alone"),
    }
}

fn asked(priority: Priority) -> Hit {
    let hit = raised();
    let command = ask(&hit, priority);
    does(hit, &command, &finder())
}

#[test]
fn only_a_likely_pair_of_a_sought_gun_raises_itself() {
    let context = owner();
    for (circumstance, band, raises) in [
        (Circumstance::Stolen, Band::Likely, true),
        (Circumstance::Crime, Band::Likely, true),
        (Circumstance::Stolen, Band::Possible, false),
        (Circumstance::Recovered, Band::Likely, false),
    ] {
        assert_eq!(
            raise(&record(circumstance), &check(), band, &context).is_some(),
            raises,
            "{circumstance:?} {band:?}"
        );
    }
    let mut closed = record(Circumstance::Stolen);
    closed.status = Status::Cleared;
    assert!(raise(&closed, &check(), Band::Likely, &context).is_none());
}

#[test]
fn the_whole_way_from_raised_to_cleared() {
    let hit = raised();
    assert_eq!((hit.phase, hit.due), (Phase::Raised, None));
    let command = ask(&hit, Priority::Urgent);
    let hit = does(hit, &command, &finder());
    assert_eq!((hit.phase, hit.number, hit.due), (Phase::Asked, 1, Some(NOW.after(Minutes(60)))));
    let hit = {
        let command = HitCommand::Confirm { hit: hit.id, revision: hit.revision };
        does(hit, &command, &owner())
    };
    assert_eq!((hit.phase, hit.due), (Phase::Confirmed, None));
    let locate = HitCommand::Locate { hit: hit.id, revision: hit.revision };
    let events = decide(Some(&hit), &locate, &finder()).unwrap();
    assert!(matches!(events[1], Event::Record(RecordEvent::StatusSet { status: Status::Located, .. })));
    let hit = after(Some(hit), &events).unwrap();
    let clear = HitCommand::Clear { hit: hit.id, revision: hit.revision };
    let hit = does(hit, &clear, &owner());
    assert_eq!(hit.phase, Phase::Cleared);
    assert!(!hit.phase.is_open());
}

#[test]
fn each_side_does_only_its_own() {
    let hit = asked(Priority::Routine);
    let (id, revision) = (hit.id, hit.revision);
    let reason = Exclusion::Type;
    let cases = [
        (HitCommand::Confirm { hit: id, revision }, finder(), Refusal::OwnerOnly),
        (HitCommand::NotOurs { hit: id, revision, reason }, finder(), Refusal::OwnerOnly),
        (HitCommand::Exclude { hit: id, revision, reason }, owner(), Refusal::FinderOnly),
        (HitCommand::Locate { hit: id, revision }, owner(), Refusal::FinderOnly),
        (HitCommand::Confirm { hit: id, revision }, officer("DE", 9), Refusal::NoHit { hit: id }),
        (HitCommand::Locate { hit: id, revision }, finder(), Refusal::Phase { phase: "ASKED".into() }),
    ];
    for (command, context, refusal) in cases {
        assert_eq!(decide(Some(&hit), &command, &context), Err(refusal), "{command:?}");
    }
    let mut hub = owner();
    hub.role = Role::Hub;
    let confirm = HitCommand::Confirm { hit: id, revision };
    assert_eq!(decide(Some(&hit), &confirm, &hub), Err(Refusal::HubDecidesNothing));
}

#[test]
fn an_answer_to_what_has_changed_is_refused() {
    let hit = asked(Priority::Routine);
    let seen = hit.revision;
    let command = HitCommand::NotOurs { hit: hit.id, revision: seen, reason: Exclusion::InHand };
    let hit = does(hit, &command, &officer("CR", 5));
    let late = HitCommand::Confirm { hit: hit.id, revision: seen };
    assert_eq!(
        decide(Some(&hit), &late, &owner()),
        Err(Refusal::Changed { by: OfficerId(5), at: NOW, revision: hit.revision })
    );
}

#[test]
fn flash_and_urgent_want_a_reason() {
    for (priority, wants) in [
        (Priority::Flash, true),
        (Priority::Urgent, true),
        (Priority::Routine, false),
        (Priority::Low, false),
    ] {
        let hit = raised();
        let command = HitCommand::Ask { hit: hit.id, revision: 1, priority, reason: Private::default() };
        assert_eq!(decide(Some(&hit), &command, &finder()).is_err(), wants, "{priority:?}");
    }
}

#[test]
fn three_requests_then_escalation() {
    let mut hit = asked(Priority::Flash);
    let mut now = NOW;
    for number in [2, 3] {
        assert_eq!(clock::due(&hit, now), None);
        now = now.after(confirmation(Priority::Flash));
        let event = clock::due(&hit, now).unwrap();
        assert!(matches!(event, HitEvent::Reminded { number: n, .. } if n == number));
        hit = apply(Some(hit), &event).unwrap();
    }
    now = now.after(confirmation(Priority::Flash));
    hit = apply(Some(hit.clone()), &clock::due(&hit, now).unwrap()).unwrap();
    assert!(hit.escalated);
    assert_eq!(clock::due(&hit, now.after(Minutes::days(9))), None);
}

#[test]
fn a_promise_has_its_own_clock_and_must_lie_ahead() {
    let hit = asked(Priority::Urgent);
    let promise = |until| HitCommand::Promise { hit: hit.id, revision: hit.revision, until };
    assert!(decide(Some(&hit), &promise(NOW), &owner()).is_err());
    assert!(decide(Some(&hit), &promise(NOW.after(Minutes::days(60))), &owner()).is_err());
    let until = NOW.after(Minutes(90));
    let kept = does(hit.clone(), &promise(until), &owner());
    assert_eq!((kept.phase, kept.due, kept.promises), (Phase::Promised, Some(until), 1));
    assert_eq!(clock::due(&kept, NOW.after(Minutes(60))), None);
    assert!(clock::due(&kept, until).is_some());
}

#[test]
fn one_desk_takes_it_and_a_colleague_is_named() {
    let hit = raised();
    let take = |over| HitCommand::Take { hit: HitId(7), over };
    let hit = does(hit, &take(false), &owner());
    assert_eq!((hit.owner_taken, hit.finder_taken, hit.revision), (Some(OfficerId(1)), None, 1));
    assert_eq!(decide(Some(&hit), &take(false), &owner()), Err(Refusal::Already));
    let colleague = officer("CR", 5);
    assert_eq!(decide(Some(&hit), &take(false), &colleague), Err(Refusal::TakenBy { officer: OfficerId(1) }));
    assert_eq!(does(hit, &take(true), &colleague).owner_taken, Some(OfficerId(5)));
}

#[test]
fn a_closed_hit_opens_again_with_a_reason() {
    let hit = asked(Priority::Routine);
    let not_ours = HitCommand::NotOurs { hit: hit.id, revision: hit.revision, reason: Exclusion::Misread };
    let hit = does(hit, &not_ours, &owner());
    assert_eq!(hit.reason, Some(Exclusion::Misread));
    let reopen = |reason| HitCommand::Reopen { hit: hit.id, revision: hit.revision, reason };
    assert!(decide(Some(&hit), &reopen(Private::default()), &finder()).is_err());
    let again = does(hit.clone(), &reopen(Private::new("new photograph")), &finder());
    assert_eq!((again.phase, again.reason, again.number), (Phase::Raised, None, 0));
}

#[test]
fn a_lead_is_asked_about_by_its_finder_only() {
    let words = Private::default();
    let low = (Priority::Low, &words);
    let stolen = record(Circumstance::Stolen);
    assert_eq!(lead(&stolen, &check(), Band::Possible, low, &finder()).unwrap().len(), 2);
    assert_eq!(lead(&stolen, &check(), Band::Unlikely, low, &finder()), Err(Refusal::NotALead));
    assert!(lead(&stolen, &check(), Band::Possible, low, &owner()).is_err());
}

#[test]
fn the_desk_says_what_is_to_be_done() {
    let hit = raised();
    let of = |hit: &Hit, code| turn(hit, country(code)).map(|t| (t.to_do, t.with));
    assert_eq!(of(&hit, "CR"), Some((ToDo::Take, country("PA"))));
    assert_eq!(of(&hit, "PA"), Some((ToDo::Ask, country("CR"))));
    assert_eq!(of(&hit, "DE"), None);
    let hit = asked(Priority::Flash);
    assert_eq!(of(&hit, "CR"), Some((ToDo::Answer, country("PA"))));
    assert_eq!(of(&hit, "PA"), Some((ToDo::Wait, country("CR"))));
}

#[test]
fn the_queue_has_ours_before_theirs_and_the_worst_clock_first() {
    let flash = asked(Priority::Flash);
    let mut routine = asked(Priority::Routine);
    routine.id = HitId(8);
    let mut theirs = raised();
    theirs.id = HitId(9);
    theirs.owner_taken = Some(OfficerId(1));
    let mut queue = [theirs, routine, flash];
    queue.sort_by_key(|hit| rank(hit, country("CR")));
    assert_eq!(queue.map(|hit| hit.id), [HitId(7), HitId(8), HitId(9)]);
}

#[test]
fn what_has_escalated_stands_first_and_stays_late() {
    let mut hit = asked(Priority::Routine);
    hit.number = 3;
    let hit = apply(Some(hit.clone()), &HitEvent::Escalated { hit: hit.id, at: NOW }).unwrap();
    assert!(hit.due.is_some(), "how late it is stays to be seen");
    let mut flash = asked(Priority::Flash);
    flash.id = HitId(8);
    let mut queue = [flash, hit];
    queue.sort_by_key(|hit| rank(hit, country("CR")));
    assert_eq!(queue.map(|hit| hit.id), [HitId(7), HitId(8)]);
}

#[test]
fn a_faster_answer_may_be_asked_for_and_not_a_slower_one() {
    let hit = asked(Priority::Routine);
    assert_eq!(decide(Some(&hit), &ask(&hit, Priority::Low), &finder()), Err(Refusal::Already));
    let command = ask(&hit, Priority::Flash);
    let hit = does(hit, &command, &finder());
    assert_eq!((hit.priority, hit.number, hit.due), (Priority::Flash, 1, Some(NOW.after(Minutes(10)))));
}

#[test]
fn nothing_is_promised_before_it_is_asked() {
    let hit = raised();
    let promise = HitCommand::Promise { hit: hit.id, revision: 1, until: NOW.after(Minutes(30)) };
    assert_eq!(decide(Some(&hit), &promise, &owner()), Err(Refusal::Phase { phase: "RAISED".into() }));
}

#[test]
fn a_closed_record_settles_its_hits_and_is_located_by_nobody() {
    let closes = |hit: &Hit| record_set(hit, Status::Cancelled, &owner()).unwrap();
    let asked = asked(Priority::Urgent);
    let settled = apply(Some(asked.clone()), &closes(&asked)).unwrap();
    assert_eq!(
        (settled.phase, settled.reason, settled.due),
        (Phase::NotOurs, Some(Exclusion::ClearedBefore), None)
    );
    assert_eq!(record_set(&settled, Status::Cancelled, &owner()), None);
    let reopen = HitCommand::Reopen {
        hit: settled.id,
        revision: settled.revision,
        reason: Private::new("still here"),
    };
    assert_eq!(
        decide(Some(&settled), &reopen, &finder()),
        Err(Refusal::Closed { status: "cancelled".into() })
    );
    let confirm = HitCommand::Confirm { hit: asked.id, revision: asked.revision };
    let confirmed = does(asked, &confirm, &owner());
    let settled = apply(Some(confirmed.clone()), &closes(&confirmed)).unwrap();
    assert_eq!(settled.phase, Phase::Cleared);
}

#[test]
fn opening_again_puts_it_on_nobodys_desk() {
    let hit = asked(Priority::Routine);
    let exclude = HitCommand::Exclude { hit: hit.id, revision: hit.revision, reason: Exclusion::Misread };
    let hit = does(hit, &exclude, &finder());
    let reopen =
        HitCommand::Reopen { hit: hit.id, revision: hit.revision, reason: Private::new("new photograph") };
    let hit = does(hit, &reopen, &owner());
    assert_eq!((hit.owner_taken, hit.finder_taken), (None, Some(OfficerId(2))));
}

/// A hit between two agencies of one country.
fn at_home(owner: &Context, finder: &Context) -> Hit {
    Hit { owner: owner.party.clone(), finder: finder.party.clone(), ..raised() }
}

fn of_agency(name: &str, number: u64) -> Context {
    let mut context = officer("CR", number);
    context.party.agency = name.parse().unwrap();
    context
}

#[test]
fn two_agencies_of_one_country_are_two_sides() {
    let (owner, finder) = (of_agency("CR-OIJ", 1), of_agency("CR-PORT", 2));
    let hit = at_home(&owner, &finder);
    assert!(!hit.is_own(&owner.party) && !hit.is_own(&finder.party));
    let to_do = |hit: &Hit, context: &Context| turn(hit, &context.party).map(|t| (t.side, t.to_do));
    assert_eq!(to_do(&hit, &owner), Some((Side::Owner, ToDo::Take)));
    assert_eq!(to_do(&hit, &finder), Some((Side::Finder, ToDo::Ask)));
    assert_eq!(decide(Some(&hit), &ask(&hit, Priority::Urgent), &owner), Err(Refusal::FinderOnly));
    let hit = does(hit, &HitCommand::Take { hit: HitId(7), over: false }, &owner);
    assert_eq!((hit.owner_taken, hit.finder_taken), (Some(OfficerId(1)), None));
    let hit = does(hit.clone(), &ask(&hit, Priority::Urgent), &finder);
    assert_eq!(to_do(&hit, &owner), Some((Side::Owner, ToDo::Answer)));
    assert_eq!(to_do(&hit, &finder), Some((Side::Finder, ToDo::Wait)));
    let confirm = HitCommand::Confirm { hit: hit.id, revision: hit.revision };
    assert_eq!(decide(Some(&hit), &confirm, &finder), Err(Refusal::OwnerOnly), "nobody answers itself");
    let hit = does(hit, &confirm, &owner);
    let locate = HitCommand::Locate { hit: hit.id, revision: hit.revision };
    assert_eq!(decide(Some(&hit), &locate, &owner), Err(Refusal::FinderOnly));
    assert_eq!(does(hit, &locate, &finder).phase, Phase::Located);
}

#[test]
fn one_agency_that_is_owner_and_finder_has_both_roles() {
    let desk = of_agency("CR-OIJ", 1);
    let hit = at_home(&desk, &desk);
    assert!(hit.is_own(&desk.party));
    let hit = does(hit.clone(), &ask(&hit, Priority::Urgent), &desk);
    assert_eq!(turn(&hit, &desk.party).map(|t| (t.side, t.to_do)), Some((Side::Owner, ToDo::Answer)));
    let hit = does(hit.clone(), &HitCommand::Confirm { hit: hit.id, revision: hit.revision }, &desk);
    assert_eq!(hit.phase, Phase::Confirmed);
}

#[test]
fn an_agency_that_is_no_side_stands_for_its_country() {
    let bureau = officer("CR", 3);
    let abroad = Hit { owner: of_agency("CR-OIJ", 1).party, ..raised() };
    let confirm = HitCommand::Confirm { hit: abroad.id, revision: abroad.revision };
    assert_eq!(does(abroad.clone(), &confirm, &bureau).phase, Phase::Confirmed);
    assert_eq!(decide(Some(&abroad), &ask(&abroad, Priority::Urgent), &bureau), Err(Refusal::FinderOnly));
    let home = at_home(&of_agency("CR-OIJ", 1), &of_agency("CR-PORT", 2));
    assert_eq!(does(home, &confirm, &bureau).phase, Phase::Confirmed);
    let elsewhere = officer("NI", 9);
    assert_eq!(decide(Some(&abroad), &confirm, &elsewhere), Err(Refusal::NoHit { hit: abroad.id }));
}

#[test]
fn a_hit_between_two_agencies_is_nobody_s_own_and_their_bureau_acts_for_the_owner() {
    let bureau = officer("CR", 3);
    let (owner, finder) = (of_agency("CR-OIJ", 1), of_agency("CR-PORT", 2));
    let hit = at_home(&owner, &finder);
    assert!(!hit.is_own(&bureau.party) && !hit.is_own(country("CR")));
    let to_do = |hit: &Hit| turn(hit, &bureau.party).map(|t| (t.side, t.to_do));
    assert_eq!(to_do(&hit), Some((Side::Owner, ToDo::Take)), "nobody has asked");
    let taken = does(hit.clone(), &HitCommand::Take { hit: hit.id, over: false }, &owner);
    assert_eq!(to_do(&taken), Some((Side::Owner, ToDo::Wait)), "the finder may still ask");
    let asked = does(hit.clone(), &ask(&hit, Priority::Urgent), &finder);
    assert_eq!(to_do(&asked), Some((Side::Owner, ToDo::Answer)));
    let one = at_home(&owner, &owner);
    assert!(one.is_own(&bureau.party) && one.is_own(country("CR")));
    assert!(!one.is_own(&officer("NI", 9).party));
}

#[test]
fn the_owner_makes_no_hit_of_a_lead_in_the_finder_s_name() {
    let (owner, finder) = (of_agency("CR-OIJ", 1), of_agency("CR-PORT", 2));
    let record = Record { owner: owner.party.clone(), ..record(Circumstance::Stolen) };
    let check = Check { finder: finder.party.clone(), ..check() };
    let asks = |context: &Context| {
        lead(&record, &check, Band::Possible, (Priority::Routine, &Private::default()), context)
    };
    assert_eq!(asks(&owner), Err(Refusal::FinderOnly));
    assert!(asks(&finder).is_ok());
    assert!(asks(&officer("CR", 3)).is_ok());
}
