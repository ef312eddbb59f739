//! Checks with candidates and without.

use super::{at, desk, gun, read};
use crate::client::Speed;
use crate::console::state::State;
use crate::console::state::layout::Pane;
use crate::console::state::search::Asked;
use crate::domain::check;
use crate::domain::evidence::{Band, Bits, Evidence, Rarity, Reason};
use crate::domain::gun::Gun;
use crate::domain::ids::{CheckId, RecordId};
use crate::domain::record::{Circumstance, Status};
use crate::wire::check::{Candidate, CandidateShown, CheckAnswer, NextCandidates};
use crate::wire::hit::GunBrief;
use std::time::Duration;

fn question(gun: Gun) -> check::Question {
    check::Question {
        gun,
        purpose: "SEIZURE".into(),
        case: "0143/26".into(),
        found: None,
        stand_days: 90,
        limit: 10,
    }
}

fn answer(candidates: Vec<Candidate>, fits: Rarity) -> CheckAnswer {
    CheckAnswer {
        check: CheckId(88213),
        repeated: false,
        searched: 1_512_204,
        as_of: at(0),
        stands_until: at(90 * 24 * 60),
        fits,
        candidates,
        more: 0,
        next: None,
        hits: vec![],
    }
}

fn candidate(id: &str, band: Band, gun: &Gun, year: i16, reason: Reason) -> Candidate {
    let id: RecordId = id.parse().unwrap();
    let shown = CandidateShown {
        gun: GunBrief::from(gun),
        circumstance: Circumstance::Stolen,
        status: Status::Active,
        year: Some(year),
        source_id: None,
    };
    let evidence = Evidence {
        band,
        bits: Bits(900),
        speaks_for: vec![reason],
        speaks_against: vec![Reason::ModelOther],
    };
    Candidate::new(id, id.country, Some(shown), evidence)
}

/// A check with three candidates, one of them shut to us.
pub(in crate::console::view::tests) fn candidates() -> State {
    let mut state = desk();
    state.layout.go(Pane::Search);
    let asked = Asked {
        line: "S D?32114 /TY PR /CAL 38SPL".into(),
        question: question(gun("PR", "", "", ".38 Spl", "D?32114")),
    };
    let first = gun("PR", "Smith & Wesson", "10-5", ".38 Spl", "D532114");
    let second = gun("PR", "Colt", "Detective", ".38 Spl", "D732114");
    let mut shut = candidate("ZA-2021-455", Band::Unlikely, &first, 2021, Reason::NumberRare);
    (shut.shown, shut.speaks_for, shut.speaks_against) = (None, vec![], vec![]);
    let list = vec![
        candidate("DE-2019-3310", Band::Possible, &first, 2019, Reason::NumberFits { known: 6 }),
        candidate("US-2004-118203", Band::Unlikely, &second, 2004, Reason::NumberFits { known: 6 }),
        shut,
    ];
    state.search.marked = Some(list[0].record);
    state.search.asked = Some(asked);
    state.search.answer = read(answer(list, Rarity { records: 38, makes: 11 }));
    state
}

/// A check that found nothing.
pub(in crate::console::view::tests) fn no_match() -> State {
    let mut state = desk();
    state.layout.go(Pane::Search);
    let line = "S 215PZ40071 /MK FN /CAL 9X19".into();
    state.search.asked = Some(Asked { line, question: question(gun("PI", "FN", "", "9x19", "215PZ40071")) });
    state.search.answer = read(answer(vec![], Rarity::default()));
    state
}

/// A check with candidates beyond those on the screen, on a thin line.
pub(in crate::console::view::tests) fn more_candidates() -> State {
    let mut state = candidates();
    state.speed = Some(Speed { round_trip: Duration::from_millis(1200), rate: Some(1200) });
    state.search.marked = None;
    state.search.at_more = true;
    if let Some(answer) = state.search.answer.value_mut() {
        let after = answer.candidates[2].record;
        answer.more = 47;
        answer.next = Some(NextCandidates { after, count: 25, bytes: Some(2050) });
    }
    state
}
