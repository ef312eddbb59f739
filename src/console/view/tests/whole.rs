//! Long sentences in their real places on 80x24: every word of them is on the screen.

use super::{desk, screen};
use crate::console::action::{Context, TABLE};
use crate::console::look::Look;
use crate::console::message::Fault;
use crate::console::state::State;
use crate::console::state::layout::{Menu, Page, Pane};
use crate::console::state::line_status::{Down, LineStatus};
use crate::console::state::notice::{Notice, Sent};
use crate::console::state::open_line::{LineFault, LineKind, OpenLine};
use crate::console::state::question::{Ask, Withdrawn};
use crate::console::state::remote::{Generation, Remote};
use crate::console::state::search::Lacks;
use crate::console::state::why_not::WhyNot;
use crate::console::view::scene::Scene;
use crate::console::view::{notices, why};
use crate::domain::hit::{Exclusion, Priority};
use crate::domain::ids::{HitId, OfficerId};
use crate::domain::record::Status;
use crate::domain::refusal::Refusal;
use crate::wire::problem::Problem;
use crate::words::Catalogue;

/// The words of a screen, however its lines are broken.
fn words_of(drawn: &str) -> String {
    drawn.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn assert_whole(state: &State, said: &str) {
    let drawn = screen(state, 80, 24);
    let said = words_of(said);
    assert!(words_of(&drawn).contains(&said), "cut: {said}\n{drawn}");
}

fn refusals() -> Vec<Refusal> {
    let record = "CR-2026-0004417".parse().unwrap();
    vec![
        Refusal::NoRecord { record },
        Refusal::NoHit { hit: HitId(22_914) },
        Refusal::OwnerOnly,
        Refusal::HubDecidesNothing,
        Refusal::Phase { phase: "NOT_OURS".into() },
        Refusal::Changed { by: OfficerId(1742), at: desk::at(0), revision: 3 },
        Refusal::Closed { status: Status::Cancelled.code().into() },
        Refusal::Duplicate { records: vec![record; 4] },
        Refusal::SourceRepeated { record, differs: true },
        Refusal::OtherSide,
        Refusal::NotStored,
    ]
}

fn problem(refusal: Refusal) -> Problem {
    let (detail, hint) = crate::words::refusal(&refusal);
    Problem { code: "x".into(), field: None, detail, hint, refusal: Some(refusal) }
}

/// Every notice with what is long in it.
fn notices() -> Vec<Notice> {
    let mut all = vec![
        Notice::TooEarly,
        Notice::NotCompared,
        Notice::Withdrawn,
        Notice::OtherAlphabet('\u{444}'),
        Notice::DraftKept,
        Notice::NoLine { since: Some(desk::at(-61)), why: Down::NoLine },
        Notice::Reset,
        Notice::Ground { purpose: "IDENTIFICATION".into(), case: "OIJ 0311/26 Heredia, San Jose".into() },
        Notice::Pasted { left_out: 1_216 },
        Notice::PasteNowhere,
        Notice::NotRead("CR-2026-0004417".parse().unwrap()),
        Notice::Fault(Fault::TimedOut),
    ];
    for action in TABLE.iter().filter(|action| action.context == Context::Panes) {
        let why = WhyNot::NoGround(Lacks::Both);
        all.push(Notice::NotNow { action: action.id, why });
    }
    let sent = Sent::NotOurs(HitId(22_914), Exclusion::Misread);
    all.push(Notice::Unknown { what: sent.clone() });
    for refusal in refusals() {
        let why = WhyNot::Refused(refusal.clone());
        all.push(Notice::NotNow { action: crate::console::action::ActionId::Mine, why });
        all.push(Notice::Fault(Fault::Problem(Box::new(problem(refusal.clone())))));
        all.push(Notice::Refused { what: sent.clone(), problem: problem(refusal) });
    }
    all
}

#[test]
fn every_notice_can_be_read_to_its_end() {
    for base in [desk::desk(), desk::comparing()] {
        for notice in notices() {
            let mut state = base.clone();
            let said = notices::words(&Scene::new(&state, Look::default()), &notice).0;
            state.notice = Some(notice);
            assert_whole(&state, &said);
            // Over a question too, whose keys stay.
            let state = desk::asking(state, Ask::Confirm { hit: HitId(2291), revision: 3 });
            assert_whole(&state, &said);
            assert_whole(&state, "y yes, ours");
        }
    }
}

#[test]
fn a_state_is_said_in_words() {
    let mut state = desk::desk();
    let why = WhyNot::Refused(Refusal::Phase { phase: "NOT_OURS".into() });
    state.notice = Some(Notice::NotNow { action: crate::console::action::ActionId::Mine, why });
    assert_whole(&state, "mine: not now, the hit is NOT OURS: this cannot be done now");
}

#[test]
fn help_and_menu_say_why_not_to_the_end() {
    let state = desk::desk();
    for action in TABLE.iter().filter(|action| action.context == Context::Panes) {
        let Err(not) = (action.enabled)(&state) else { continue };
        let scene = Scene::new(&state, Look::default());
        let doc = Catalogue::english().say(&action.doc(), &[]);
        let said = format!("not now, {}: {doc}", why::not(&scene, &not));
        for menu in [Page::Help as fn(Menu) -> Page, Page::Menu] {
            let mut state = state.clone();
            let list = Menu { marked: Some(action.id), all: true, ..Menu::default() };
            state.page = Some(menu(list));
            let drawn = screen(&state, 80, 24);
            // In the menu another column stands before the second line.
            let last = said.split_whitespace().last().unwrap();
            assert!(drawn.contains(last), "cut: {said}\n{drawn}");
            if matches!(state.page, Some(Page::Help(_))) {
                assert_whole(&state, &said);
            }
        }
    }
}

#[test]
fn the_consequence_of_a_question_is_never_cut() {
    let (hit, revision) = (HitId(2290), 3);
    let reason: String = "held for this gun alone, the judge wants an answer tonight ".repeat(4);
    let ask = Ask::AskOwner { hit, revision, priority: Priority::Urgent, reason: reason.clone() };
    let state = desk::asking(desk::comparing_as_finder(), ask);
    assert_whole(&state, "They see the gun as we read it, our case and phone.");
    let record = "DE-2019-3310".parse().unwrap();
    let check = crate::domain::ids::CheckId(88_213);
    let lead = Ask::AskLead { check, record, priority: Priority::Flash, reason };
    assert_whole(
        &desk::asking(desk::candidates(), lead),
        "They see the gun as we read it, our case and phone.",
    );
    for refusal in refusals() {
        let mut state = desk::asking(desk::comparing(), Ask::Confirm { hit: HitId(2291), revision: 3 });
        if let Some(question) = &mut state.question {
            question.withdrawn = Some(Withdrawn::Refused(refusal.clone()));
        }
        let (why, hint) = crate::words::refusal(&refusal);
        assert_whole(&state, &format!("WITHDRAWN: {why}; {hint}. Esc."));
    }
}

#[test]
fn the_columns_of_candidates_have_their_names_whole() {
    let drawn = screen(&desk::candidates(), 80, 24);
    assert!(drawn.lines().any(|line| line.ends_with("band     reason")), "{drawn}");
    let mut state = desk::candidates();
    state.search.asked.as_mut().unwrap().question.purpose = "CRIME".into();
    assert_whole(&state, "investigation of a crime, case 0143/26, stands 90 d");
}

#[test]
fn one_make_is_one_make() {
    let mut state = desk::candidates();
    let generation = Generation(9);
    let mut answer = state.search.answer.value().cloned().unwrap();
    for (records, makes, said) in [(3, 1, "fits 3 records of 1 make: fair"), (38, 11, "of 11 makes: weak")] {
        (answer.fits.records, answer.fits.makes) = (records, makes);
        let mut read = Remote::default();
        read.ask(generation);
        read.answer(generation, desk::at(0), Ok(answer.clone()));
        state.search.answer = read;
        assert_whole(&state, said);
    }
}

#[test]
fn faults_of_a_line_are_whole() {
    let long = "supercalifragilisticexpialidocious";
    for fault in [
        LineFault::NoCommand { name: long.into() },
        LineFault::FilterWord { word: long.into() },
        LineFault::TooLong { longest: 2_000 },
    ] {
        let mut state = desk::desk();
        let said = why::line(&Scene::new(&state, Look::default()), &fault);
        let mut line = OpenLine::new(LineKind::Command);
        line.fault = Some(fault);
        state.open_line = Some(line);
        assert_whole(&state, &said);
    }
}

#[test]
fn a_check_that_failed_says_why() {
    let mut state = desk::candidates();
    state.layout.go(Pane::Search);
    let fault = Fault::Problem(Box::new(problem(Refusal::OtherSide)));
    let said = why::fault(&Scene::new(&state, Look::default()), &fault);
    state.search.answer = Remote::default();
    state.search.answer.ask(Generation(2));
    state.search.answer.answer(Generation(2), desk::at(0), Err(fault));
    assert_whole(&state, &said);
}

#[test]
fn what_the_line_means_is_whole() {
    let mut state = desk::desk();
    state.page = Some(Page::Line);
    let offline = |why| LineStatus::Offline { since: None, next_try: None, why };
    for (line, key) in [
        (LineStatus::Stale { since: desk::at(-3) }, "screen.line_page.means_stale"),
        (offline(Down::NoLine), "screen.line_page.means_offline"),
        (offline(Down::Busy), "screen.line_page.means_busy"),
        (offline(Down::NoRegistry), "screen.line_page.means_no_registry"),
        (LineStatus::ShutOut, "screen.line_page.means_shut_out"),
    ] {
        state.line = line;
        assert_whole(&state, &Catalogue::english().say(key, &[]));
    }
}

#[test]
fn candidates_of_no_serial_are_said_to_be_found_by_the_description() {
    let mut state = desk::candidates();
    state.search.asked.as_mut().unwrap().question.gun.numbers[0].as_seen = "123456".into();
    assert_whole(&state, "no serial: a filler; found by the description alone");
}

#[test]
fn one_record_that_hardly_fits_is_not_called_strong() {
    let mut state = desk::candidates();
    let answer = state.search.answer.value_mut().unwrap();
    answer.fits = crate::domain::evidence::Rarity { records: 1, makes: 1 };
    assert!(screen(&state, 80, 24).contains("fits 1 record: strong"));
    state.search.answer.value_mut().unwrap().candidates.remove(0);
    let drawn = screen(&state, 80, 24);
    assert!(drawn.contains("fits no record well; 1 comes near: weak"), "{drawn}");
}
