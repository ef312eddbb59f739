//! What the rows and the record pane say of who has a hit, of what is on its way, and of a record
//! of our own that we have found.

use super::desk::{self, asking};
use super::screen;
use crate::console::action::ActionId;
use crate::console::state::State;
use crate::console::state::notice::Notice;
use crate::console::state::question::Ask;
use crate::console::state::sent::Sent;
use crate::console::state::why_not::WhyNot;
use crate::domain::hit::{Exclusion, Phase, Priority};
use crate::domain::ids::{CommandId, HitId, OfficerId};
use crate::wire::news::HitNews;
use uuid::Uuid;

const HIT: HitId = HitId(2291);

/// The line of the screen that holds a text.
fn line(state: &State, columns: u16, text: &str) -> String {
    let shown = screen(state, columns, if columns < 100 { 24 } else { 40 });
    shown
        .lines()
        .find(|line| line.contains(text))
        .map(str::to_owned)
        .unwrap_or_else(|| panic!("{text}\n{shown}"))
}

fn taken_by(officer: u64) -> State {
    let mut state = desk::comparing();
    state.hits.rows.get_mut(&HIT).unwrap().hit.owner_taken = Some(OfficerId(officer));
    state
}

#[test]
fn a_row_says_who_has_it_where_there_is_room() {
    assert!(line(&taken_by(17), 80, "KD73519").ends_with("2/3 mine"));
    assert!(line(&taken_by(18), 80, "KD73519").ends_with("2/3 O-18"));
    assert!(line(&taken_by(1_234_567), 80, "KD73519").ends_with("ASKED 2/3"), "no name is cut");
    assert!(line(&taken_by(18), 120, "KD73519").ends_with("ASKED 2/3, O-18"));
}

#[test]
fn the_record_pane_says_it_in_full() {
    let mut state = desk::comparing();
    state.layout.zoom = true;
    state.layout.focus = crate::console::state::layout::Pane::Record;
    let (id, mut row) = (HIT, state.hits.rows[&HIT].clone());
    (row.hit.owner_taken, row.hit.finder_taken) = (Some(OfficerId(17)), Some(OfficerId(30)));
    let view = desk::hits::view_of(&row);
    desk::hits::open(&mut state, view);
    assert_eq!(state.record.subject.as_ref().unwrap().hit(), Some(id));
    assert!(line(&state, 120, "our file").ends_with("taken by O-17 (you)"));
    assert!(line(&state, 120, "+507 555 0119").ends_with("taken by F. Reyes"));
    assert!(line(&state, 80, "taken by").contains("us: O-17 (you)   PA: F. Reyes"));
}

#[test]
fn what_nobody_knows_the_outcome_of_says_so_in_its_row() {
    let mut state = desk::desk();
    let id = CommandId(Uuid::from_u128(1));
    state.pending.insert(id, Sent::Confirmed(HIT));
    assert!(line(&state, 120, "KD73519").ends_with("SENDING CONFIRMED"));
    assert!(line(&state, 80, "KD73519").ends_with("LIKELY   SENDING"), "no half of a word");
    state.pending.insert_unknown(id, Sent::Confirmed(HIT));
    assert!(
        line(&state, 120, "KD73519").ends_with("NOT KNOWN CONFIRME")
            || line(&state, 120, "KD73519").contains("NOT KNOWN CONF")
    );
    assert!(line(&state, 80, "KD73519").ends_with("NOT KNOWN"));
}

#[test]
fn a_hit_is_taken_over_from_somebody_with_a_name() {
    let state = asking(taken_by(30), Ask::TakeOver { hit: HIT, from: OfficerId(30) });
    assert!(line(&state, 80, "TAKE IT OVER").contains("from F. Reyes."));
}

#[test]
fn why_a_second_answer_waits_fits_its_line() {
    let mut state = desk::desk();
    for unknown in [false, true] {
        let what = Sent::NotOurs(HitId(229_100), Exclusion::Misread);
        let why = WhyNot::Pending { what, unknown };
        state.notice = Some(Notice::NotNow { action: ActionId::Respond, why });
        let said = line(&state, 80, "H-229100 NOT OURS");
        assert!(said.contains("wait"), "{said}");
        assert!(!said.ends_with('+'), "{said}");
    }
}

/// A record of ours that we have found ourselves.
fn own() -> State {
    let mut state = desk::comparing();
    let mut row = state.hits.rows[&HIT].clone();
    row.hit.finder = row.hit.owner.clone();
    (row.hit.phase, row.hit.asked, row.hit.due, row.hit.number) = (Phase::Raised, None, None, 0);
    let view = desk::hits::view_of(&row);
    desk::hits::open(&mut state, view);
    state
}

#[test]
fn a_record_of_our_own_names_no_other_country() {
    let mut state = own();
    for columns in [80, 120] {
        let row = line(&state, columns, "KD73519");
        assert!(row.contains(" ANSWER    both "), "{row}");
    }
    assert!(line(&state, 80, "own record").contains("both sides are ours"));
    let hit = &mut state.hits.rows.get_mut(&HIT).unwrap().hit;
    hit.finder_taken = Some(OfficerId(17));
    assert!(line(&state, 80, "KD73519").ends_with("LIKELY   mine"));
    state.notice = Some(Notice::Alert { hit: HIT, what: HitNews::Raised, priority: Priority::Routine });
    assert!(line(&state, 80, "OWN new hit").ends_with("n opens it"));
    state = asking(state, Ask::Confirm { hit: HIT, revision: 3 });
    assert!(line(&state, 80, "H-2291  ").contains("RECORD"));
    assert!(line(&state, 80, "CONFIRM: the gun in our own hands").starts_with("H-2291"));
}

#[test]
fn a_bureau_names_both_agencies_of_its_country() {
    let mut state = own();
    let mut row = state.hits.rows[&HIT].clone();
    row.hit.owner.agency = "CR-OIJ".parse().unwrap();
    row.hit.finder.agency = "CR-PORT".parse().unwrap();
    (row.hit.phase, row.hit.asked) = (Phase::Asked, Some(row.hit.raised));
    let view = desk::hits::view_of(&row);
    desk::hits::open(&mut state, view);
    assert!(line(&state, 80, "KD73519").contains(" owner "));
    assert!(line(&state, 80, "CR-PORT as").contains("since"));
    state = asking(state, Ask::Confirm { hit: HIT, revision: 3 });
    assert!(line(&state, 80, "ANSWER CR-PORT:").starts_with("H-2291"));
}

#[test]
fn another_agency_of_our_country_is_named() {
    let mut state = own();
    let mut row = state.hits.rows[&HIT].clone();
    row.hit.owner.agency = "CR-OIJ".parse().unwrap();
    let view = desk::hits::view_of(&row);
    desk::hits::open(&mut state, view);
    assert!(line(&state, 80, "KD73519").contains(" finder "));
    assert!(line(&state, 80, "verdict").contains("recorded (CR-OIJ)"));
    let ask = Ask::AskOwner { hit: HIT, revision: 3, priority: Priority::Routine, reason: String::new() };
    state = asking(state, ask);
    assert!(line(&state, 80, "ASK CR-OIJ:").starts_with("H-2291"));
}

#[test]
fn where_the_title_has_no_room_the_standing_is_a_row_of_its_own() {
    let mut state = desk::comparing();
    state.layout.focus = crate::console::state::layout::Pane::Record;
    let mut row = state.hits.rows[&HIT].clone();
    (row.hit.phase, row.hit.due) = (Phase::Raised, None);
    state.hits.rows.insert(HIT, row.clone());
    let view = desk::hits::view_of(&row);
    desk::hits::open(&mut state, view);
    let narrow = line(&state, 80, "the finder has not asked");
    let wide = line(&state, 120, "the finder has not asked");
    assert_eq!(narrow.trim(), wide.trim(), "whole on both");
    assert!(!wide.contains("RECORD"));
}

#[test]
fn lines_move_no_further_than_the_longest_ends_and_the_title_says_that_they_did() {
    let mut state = desk::comparing();
    state.layout.focus = crate::console::state::layout::Pane::Record;
    state.record.thread_open = true;
    state.layout.shift = 200;
    let narrow = line(&state, 60, ">> 3");
    assert!(narrow.contains("<< "), "{narrow}");
    assert!(!narrow.contains("<< 200"), "{narrow}");
    state.layout.focus = crate::console::state::layout::Pane::Trace;
    state.layout.shift = 8;
    let trace = line(&state, 120, ">> 4");
    assert!(!trace.contains("Left goes back"), "nothing is longer than the pane: {trace}");
}

#[test]
fn hits_that_are_counted_and_not_listed_are_named_in_the_title() {
    let mut state = desk::desk();
    assert!(!line(&state, 80, ">> 1").contains("not listed"));
    let id = *state.hits.order.last().unwrap();
    state.hits.order.retain(|other| *other != id);
    state.hits.waiting.insert(id);
    assert!(line(&state, 80, ">> 1").contains("+1 new, not listed yet"));
}
