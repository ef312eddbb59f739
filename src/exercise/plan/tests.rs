use super::*;
use crate::domain::agency::Party;
use crate::domain::hit::{HitEvent, Phase, apply};
use crate::domain::ids::{AgencyId, OfficerId, RecordId};
use crate::exercise::sample;

fn country(code: &str) -> CountryCode {
    code.parse().unwrap()
}

fn state(seed: u64) -> State {
    let known = sample::records(seed, 2000);
    let home = country("CR");
    let mut others: Vec<CountryCode> = known.iter().map(|(owner, _)| *owner).filter(|c| *c != home).collect();
    others.sort_unstable();
    others.dedup();
    State::new(home, others, known, seed)
}

const NOW: Moment = Moment(1_773_000_000_000_000);

/// What is done in that many seconds, when every wait is kept.
fn play(state: &mut State, seconds: u64) -> Vec<(Duration, CountryCode, Act)> {
    let mut at = Duration::ZERO;
    let mut done = Vec::new();
    while at < Duration::from_secs(seconds) {
        match state.next_step(at, NOW) {
            Step::Wait(wait) => at += wait,
            Step::Do { by, act } => done.push((at, by, act)),
        }
    }
    done
}

fn party(code: &str) -> Party {
    Party { agency: AgencyId::ncb(country(code)), ncb: country(code) }
}

fn hit(owner: &str, finder: &str) -> Hit {
    let record = RecordId { country: country(owner), year: 2026, number: 1 };
    Hit {
        id: HitId(7),
        record,
        record_status: crate::domain::record::Status::Active,
        check: CheckId(1),
        owner: party(owner),
        finder: party(finder),
        band: Band::Likely,
        raised: NOW,
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
        changed_by: OfficerId(1),
        changed: NOW,
    }
}

#[test]
fn the_first_alert_comes_soon_and_nothing_floods() {
    for seed in 0..40 {
        let mut state = state(seed);
        let home = state.home;
        let sought = state.sought.clone();
        let done = play(&mut state, 600);
        let (at, by, act) = &done[0];
        assert!(*at <= Duration::from_secs(20) && *by != home, "seed {seed}: {at:?}");
        let Act::Check(question) = act else { panic!("seed {seed}: {act:?}") };
        assert!(
            sought.iter().any(|report| report.gun.serial() == question.gun.serial()),
            "home's own, to the letter"
        );
        assert!((14..=30).contains(&done.len()), "seed {seed}: {} events in ten minutes", done.len());
        let gaps = done.windows(2).map(|pair| pair[1].0 - pair[0].0);
        assert!(gaps.min().unwrap() >= Duration::from_secs(19), "seed {seed}");
    }
}

#[test]
fn the_same_seed_plays_the_same() {
    assert_eq!(play(&mut state(5), 900), play(&mut state(5), 900));
    assert_ne!(play(&mut state(5), 900), play(&mut state(6), 900));
}

/// Lets the plan act on one hit by the rules, home answering nothing, until it comes to rest.
fn follow(mut hit: Hit, seed: u64) -> Vec<(CountryCode, HitCommand)> {
    let mut state = State::new(country("CR"), vec![country("BE"), country("DE")], Vec::new(), seed);
    let mut at = Duration::ZERO;
    let mut done = Vec::new();
    state.note(hit.clone(), at);
    while at < Duration::from_secs(3600) {
        match state.next_step(at, NOW) {
            Step::Wait(wait) => at += wait,
            Step::Do { by, act: Act::Hit(command) } => {
                let mut context = crate::domain::context::Context::registry(NOW);
                context.by_registry = false;
                context.role = crate::domain::agency::Role::Duty;
                context.officer = OfficerId(if by == country("BE") { 2 } else { 3 });
                context.party = Party { agency: AgencyId::ncb(by), ncb: by };
                let events = crate::domain::hit::decide(Some(&hit), &command, &context);
                for event in events.unwrap_or_else(|refusal| panic!("{command:?}: {refusal:?}")) {
                    if let crate::domain::event::Event::Hit(event) = event
                        && !matches!(event, HitEvent::Wrote { .. })
                    {
                        hit = apply(Some(hit), &event).unwrap();
                    }
                }
                done.push((by, command));
                state.note(hit.clone(), at);
            }
            Step::Do { .. } => {}
        }
    }
    done
}

#[test]
fn a_finder_asks_and_then_waits_for_home() {
    let done = follow(hit("CR", "BE"), 3);
    assert!(done.iter().all(|(by, _)| *by == country("BE")));
    assert!(matches!(done.last(), Some((_, HitCommand::Ask { .. }))), "{done:?}");
}

#[test]
fn two_others_bring_a_hit_to_its_end_by_the_rules() {
    let mut ends = std::collections::BTreeSet::new();
    for seed in 0..30 {
        let done = follow(hit("BE", "DE"), seed);
        ends.insert(match done.last() {
            Some((_, HitCommand::Clear { .. })) => "cleared",
            Some((_, HitCommand::NotOurs { .. })) => "not ours",
            other => panic!("seed {seed}: {other:?} {done:?}"),
        });
    }
    assert_eq!(ends.len(), 2);
}

#[test]
fn home_is_left_alone_while_its_hands_are_full() {
    let mut state = state(1);
    for number in 0..MOST_WAITING as u64 {
        let asked = Hit { id: HitId(number), phase: Phase::Asked, ..hit("CR", "BE") };
        state.note(asked, Duration::ZERO);
    }
    let sought = state.sought.len();
    play(&mut state, 600);
    assert_eq!(state.sought.len(), sought);
}

#[test]
fn a_misread_number_is_never_empty() {
    let mut dice = Dice::new(1, 1);
    for (_, report) in sample::records(1, 300) {
        let mut gun = report.gun.clone();
        misread(&mut gun, &mut dice);
        let (before, after) = (report.gun.serial().unwrap(), gun.serial().unwrap());
        assert_eq!(before.as_seen.as_str().chars().count(), after.as_seen.as_str().chars().count());
    }
}
