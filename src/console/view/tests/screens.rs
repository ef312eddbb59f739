//! Every screen as a text file, at the sizes that officers have.

use super::desk::{self, asking, at};
use super::same::assert_same;
use super::screen;
use crate::client::seen::Here;
use crate::console::action::ActionId;
use crate::console::form::{FieldId, Form};
use crate::console::message::Fault;
use crate::console::state::State;
use crate::console::state::layout::{Menu, Page, Pane};
use crate::console::state::line_status::{Down, LineStatus};
use crate::console::state::notice::Notice;
use crate::console::state::open_line::{LineKind, OpenLine};
use crate::console::state::outbox::{Item, Standing, Wanted};
use crate::console::state::promised::{Figures, PromisedTime};
use crate::console::state::question::{Ask, Withdrawn};
use crate::console::state::record::RecordLine;
use crate::console::state::remote::Generation;
use crate::console::state::search::Part;
use crate::console::state::sent::Sent;
use crate::console::state::traffic::{Paced, Traffic};
use crate::console::state::voice::Voice;
use crate::domain::command::Command;
use crate::domain::hit::{Exclusion, Priority};
use crate::domain::ids::{CommandId, HitId, OfficerId};
use crate::domain::record::RecordCommand;
use crate::domain::refusal::{FieldProblem, Trouble};
use crate::domain::text::Text;
use crate::wire::news::HitNews;

/// Takes a screen at each size.
fn shots(name: &str, state: &State) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        for (columns, lines) in [(80, 24), (120, 40), (59, 15)] {
            insta::assert_snapshot!(format!("{name}_{columns}x{lines}"), screen(state, columns, lines));
            assert_same(state, columns, lines);
        }
    });
}

/// Takes a screen at 80x24 alone.
fn shot(name: &str, state: &State) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, screen(state, 80, 24));
        assert_same(state, 80, 24);
    });
}

#[test]
fn before_anything_has_come() {
    shots("empty", &desk::empty());
}

#[test]
fn the_queue() {
    shots("queue", &desk::desk());
}

#[test]
fn candidates() {
    shots("candidates", &desk::candidates());
    shots("candidates_more", &desk::more_candidates());
}

#[test]
fn no_match() {
    shots("no_match", &desk::no_match());
}

#[test]
fn a_check_without_an_answer_says_nothing_of_the_gun() {
    let mut state = desk::candidates();
    state.search.answer = crate::console::state::remote::Remote::default();
    state.search.answer.ask(Generation(2));
    shot("check_waiting", &state);
    state.search.answer.answer(Generation(2), at(0), Err(Fault::Offline));
    shot("check_failed", &state);
}

#[test]
fn both_guns_as_owner() {
    let mut state = desk::comparing();
    state.layout.focus = Pane::Record;
    shots("compare_owner", &state);
    state.layout.zoom = true;
    state.record.every_field = true;
    state.record.thread_open = true;
    state.record.line = Some(RecordLine::Thread);
    shot("compare_zoomed", &state);
}

#[test]
fn both_guns_as_finder() {
    shots("compare_finder", &desk::comparing_as_finder());
}

#[test]
fn questions() {
    let (hit, revision) = (HitId(2291), 3);
    let own = || desk::comparing();
    shots("ask_confirm", &asking(own(), Ask::Confirm { hit, revision }));
    shots("ask_not_ours", &asking(own(), Ask::NotOurs { hit, revision, reason: None }));
    let reason = Some(Exclusion::InHand);
    shot("ask_not_ours_chosen", &asking(own(), Ask::NotOurs { hit, revision, reason }));
    let mut figures = Figures::default();
    for figure in [0, 4, 3] {
        figures.push(figure);
    }
    let until = PromisedTime::Typing(figures);
    shot("ask_promise_typing", &asking(own(), Ask::Promise { hit, revision, until }));
    let until = PromisedTime::At { figures, utc: false, moment: at(83) };
    shots("ask_promise", &asking(own(), Ask::Promise { hit, revision, until }));
    let (hit, priority, reason) = (HitId(2290), Priority::Routine, String::new());
    shots(
        "ask_owner",
        &asking(desk::comparing_as_finder(), Ask::AskOwner { hit, revision, priority, reason }),
    );
}

#[test]
fn a_question_whose_ground_has_changed() {
    let mut state = asking(desk::comparing(), Ask::Confirm { hit: HitId(2291), revision: 3 });
    if let Some(question) = &mut state.question {
        question.withdrawn = Some(Withdrawn::Changed { by: OfficerId(18), at: at(-1) });
    }
    shot("ask_withdrawn", &state);
}

#[test]
fn leaving_without_a_line() {
    let mut state = asking(desk::desk(), Ask::Leave { clocks: 2, draft: true, queued: 3 });
    state.line = LineStatus::Offline { since: Some(at(-61)), next_try: Some(at(1)), why: Down::NoLine };
    shot("ask_leave", &state);
}

/// A record half entered: the number has an unread place, the file number is missing.
fn form() -> State {
    let mut state = desk::desk();
    let mut form = Form::new(at(-2));
    for (id, text) in [
        (FieldId::Kind, "stolen"),
        (FieldId::Number, "KD735?9"),
        (FieldId::OnTheGun, "frame"),
        (FieldId::Type, "PI"),
        (FieldId::Make, "FN"),
        (FieldId::Model, "HP"),
        (FieldId::Calibre, "9 PARA"),
        (FieldId::MadeIn, "BE"),
        (FieldId::ImportMark, "CR09"),
        (FieldId::Date, "2026-01-14"),
        (FieldId::Place, "San Jose"),
        (FieldId::Theft, "B-2026-0031"),
    ] {
        form.fill(id, text);
    }
    form.at = Some(FieldId::Number);
    if let Some(field) = form.field_mut(FieldId::FileNumber) {
        field.refused = Some(FieldProblem { field: "report.case".into(), trouble: Trouble::Missing });
    }
    state.form = Some(form);
    state
}

#[test]
fn entering_a_record() {
    shots("form", &form());
}

#[test]
fn help_and_menu() {
    let mut state = desk::desk();
    state.page = Some(Page::Help(Menu { marked: Some(ActionId::Respond), ..Menu::default() }));
    shots("help", &state);
    state.page = Some(Page::Help(Menu { marked: Some(ActionId::Respond), all: true, ..Menu::default() }));
    shot("help_all", &state);
    state.page = Some(Page::Menu(Menu { marked: Some(ActionId::Mine), ..Menu::default() }));
    shot("menu", &state);
}

#[test]
fn voice_phone_and_line() {
    let mut state = desk::comparing();
    state.page = Some(Page::Voice(Voice::new(Text::from("K073519"))));
    shot("voice", &state);
    state.page = Some(Page::Phone(HitId(2291)));
    shot("phone", &state);
    state.page = Some(Page::Line);
    shot("line", &state);
    state.traffic = Some(Traffic {
        round_trip: Some(812),
        speed: Some(960),
        session: 48_211,
        hour: 7_302,
        merged: 41,
        paced: Paced::Answers,
    });
    shot("line_measured", &state);
}

#[test]
fn without_the_line() {
    let mut state = desk::comparing();
    state.line = LineStatus::Offline { since: Some(at(-61)), next_try: Some(at(1)), why: Down::NoLine };
    state.outbox = desk::outbox();
    state.notice = Some(Notice::NoLine { since: Some(at(-61)), why: Down::NoLine });
    shots("offline", &state);
}

#[test]
fn training_is_never_left_out() {
    let mut state = desk::desk();
    if let Some(session) = &mut state.session {
        session.training = true;
    }
    state.line = LineStatus::Stale { since: at(-3) };
    shots("training", &state);
}

#[test]
fn an_alert_while_a_line_is_open() {
    let mut state = desk::desk();
    state.layout.go(Pane::Search);
    state.open_line = Some(OpenLine::new(LineKind::Search));
    state.search.line.set("KD735?9 /MK FN");
    state.search.part = Part::Gun;
    state.notice = Some(Notice::Alert { hit: HitId(2291), what: HitNews::Asked, priority: Priority::Urgent });
    shots("search_line", &state);
}

#[test]
fn the_search_line_says_what_its_words_mean_and_where_the_cursor_is() {
    let mut state = desk::desk();
    state.layout.go(Pane::Search);
    state.open_line = Some(OpenLine::new(LineKind::Search));
    state.search.line.set("KD735?9 /MK TAU");
    shot("search_line_make", &state);
    state.search.line.set("KD735?9 /MK QXZW");
    shot("search_line_unknown", &state);
    state.search.purpose.set("TRAINING /md hi");
    state.search.go(Part::Case);
    shot("search_line_case", &state);
    state.search.purpose.set("");
    state.search.go(Part::Purpose);
    shot("search_line_purpose", &state);
}

#[test]
fn a_record_that_is_shut_to_us() {
    shots("restricted", &desk::restricted());
}

#[test]
fn a_hostile_record() {
    for (name, text) in ["escape", "bidi", "wide", "stacked", "long", "control", "emoji", "empty", "blank"]
        .into_iter()
        .zip(desk::hostile_texts())
    {
        shots(&format!("hostile_{name}"), &desk::hostile(&text));
    }
}

#[test]
fn each_side_of_a_hit_reads_out_the_case_of_the_other() {
    for ours in [true, false] {
        let mut state = desk::comparing();
        let mut row = state.hits.rows[&HitId(2291)].clone();
        if !ours {
            std::mem::swap(&mut row.hit.owner, &mut row.hit.finder);
        }
        let view = desk::hits::view_of(&row);
        let recorded = view.record.whole().unwrap().report.case.as_str().to_owned();
        let seen = view.check.case.as_str().to_owned();
        desk::hits::open(&mut state, view);
        state.page = Some(Page::Phone(HitId(2291)));
        let drawn = screen(&state, 80, 24);
        let line = |label: &str| drawn.lines().find(|line| line.contains(label)).unwrap().to_owned();
        let (theirs, own) = if ours { (&seen, &recorded) } else { (&recorded, &seen) };
        assert!(line("their case").contains(theirs.as_str()), "{drawn}");
        assert!(line("our case").contains(own.as_str()), "{drawn}");
    }
}

#[test]
fn the_outbox_with_both_sides_of_what_was_refused() {
    let mut state = desk::comparing();
    state.line = LineStatus::Offline { since: Some(at(-61)), next_try: Some(at(1)), why: Down::NoLine };
    state.outbox = desk::outbox();
    let refused = state.outbox.first();
    state.page = Some(Page::Outbox(refused));
    shots("outbox", &state);
    let id = refused.expect("one was refused");
    let page = state.page.take();
    let mut asked = asking(state, Ask::Drop { id });
    asked.page = page;
    shot("outbox_drop", &asked);
}

#[test]
fn an_empty_outbox() {
    let mut state = desk::desk();
    state.page = Some(Page::Outbox(None));
    shot("outbox_empty", &state);
}

#[test]
fn a_check_without_a_line_says_that_it_is_not_the_registry() {
    let mut state = desk::candidates();
    state.line = LineStatus::Offline { since: Some(at(-61)), next_try: Some(at(1)), why: Down::NoLine };
    let candidates = state.search.answer.value().map(|answer| answer.candidates.clone()).unwrap_or_default();
    state.search.answer = Default::default();
    state.search.answer.ask(Generation(9));
    state.search.answer.answer(Generation(9), at(0), Err(Fault::Offline));
    state.search.marked = None;
    let here = Here { searched: 1204, oldest: Some(at(-185)), candidates };
    state.search.here = Some(here);
    let id = CommandId(uuid::Uuid::from_u128(7));
    state.search.sent_as = Some(id);
    let asked = state.search.asked.clone().expect("a check was asked");
    let (wanted, standing) = (Wanted::Check(Box::new(asked)), Standing::Queued);
    state.outbox.items.push(Item { id, written: at(0), wanted, standing });
    shots("search_here", &state);
    state.search.here = Some(Here { searched: 1204, oldest: Some(at(-185)), candidates: vec![] });
    shot("search_here_nothing", &state);
    state.search.answer.ask(Generation(10));
    state.search.answer.answer(Generation(10), at(0), Err(Fault::TimedOut));
    state.outbox.stand(&[id], &Standing::Unknown);
    state.line = LineStatus::Unanswered { since: at(-1) };
    state.notice = Some(Notice::CheckWaits { line: "S D?32114 /TY PR /CAL 38SPL".into(), went_out: true });
    shot("check_unanswered", &state);
    state.notice = None;
    state.page = Some(Page::Line);
    shot("line_unanswered", &state);
}

#[test]
fn what_waits_is_not_called_done() {
    let mut state = desk::desk();
    let mut form = Form::new(at(0));
    for (id, text) in [(FieldId::Kind, "stolen"), (FieldId::Number, "KD73519")] {
        form.fill(id, text);
    }
    let (id, record) = (CommandId(uuid::Uuid::from_u128(7)), "CR-2026-0004417".parse().unwrap());
    let command = RecordCommand::Enter { report: Box::new(form.report().0), knowing: vec![] };
    let wanted = Wanted::Command(Box::new(Command::Record(command)), Sent::Entered);
    state.outbox.items.push(Item { id, written: at(0), wanted, standing: Standing::Queued });
    state.page = Some(Page::Outbox(Some(id)));
    assert!(screen(&state, 80, 24).contains("enter stolen KD73519"), "{}", screen(&state, 80, 24));
    state.page = None;
    state.notice = Some(Notice::Sent { what: Sent::Amended(record), waits: true });
    assert!(screen(&state, 80, 24).contains("No line: amendment of CR-2026-0004417 waits"));
    let done = vec![(Sent::Entered, Some(record)), (Sent::Validated(record), None)];
    state.notice = Some(Notice::WentOut { done, raised: 1, left: None });
    let drawn = screen(&state, 80, 24);
    assert!(drawn.contains("Out and done: CR-2026-0004417 validated; CR-2026-0004417 entered."), "{drawn}");
    state.notice = Some(Notice::Done { what: Sent::Amended(record), record: Some(record), raised: 0 });
    let drawn = screen(&state, 80, 24);
    assert_eq!(drawn.matches("CR-2026-0004417").count(), 1, "{drawn}");
}

#[test]
fn an_answer_that_the_table_contradicts_says_so_first_and_what_it_silences() {
    let (hit, revision) = (HitId(2291), 3);
    for (reason, contradicts) in [(Exclusion::MakeAndCalibre, true), (Exclusion::Placeholder, false)] {
        let ask = Ask::NotOurs { hit, revision, reason: Some(reason) };
        let drawn = screen(&asking(desk::comparing(), ask), 80, 24);
        assert_eq!(
            drawn.contains("H-2291  THE TABLE SAYS OTHERWISE: make FITS, calibre same."),
            contradicts,
            "{drawn}"
        );
        assert!(drawn.contains("raises no hit on"), "{drawn}");
    }
    let ask = Ask::NotOurs { hit, revision, reason: Some(Exclusion::Misread) };
    let drawn = screen(&asking(desk::comparing(), ask), 80, 24);
    assert!(!drawn.contains("raises no hit") && drawn.contains("rings as before"), "{drawn}");
}

#[test]
fn what_can_be_done_now_stands_first_in_help() {
    let mut state = desk::empty();
    state.page = Some(Page::Help(Menu { all: true, ..Menu::default() }));
    let drawn = screen(&state, 80, 24);
    assert!(!drawn.contains("not now,"), "{drawn}");
}

#[test]
fn nothing_is_cut_on_a_window_that_is_too_small() {
    let drawn = screen(&desk::desk(), 30, 8);
    let words = drawn.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("Too small: 60 columns, 15 lines needed."), "{drawn}");
}

#[test]
fn nothing_is_kept_of_a_form_that_nobody_has_touched() {
    let mut state = desk::desk();
    state.form = Some(Form::new(at(-2)));
    assert!(!screen(&state, 80, 24).contains("kept 03"));
}
