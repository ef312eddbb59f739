//! Help, menu, filter, command line, panes and voice.

use super::desk::{Desk, row};
use crate::console::action::{ActionId, Context, Kind, TABLE, listed};
use crate::console::effect::Effect;
use crate::console::state::layout::{Page, Pane};
use crate::console::state::notice::Notice;
use crate::console::state::open_line::{LineFault, LineKind};
use crate::console::state::why_not::WhyNot;
use crate::domain::hit::Phase;
use crate::domain::ids::HitId;

fn desk() -> Desk {
    Desk::with(vec![row(1, "CR", "PA", Phase::Asked), row(2, "CR", "KE", Phase::Asked)])
}

#[test]
fn help_lists_every_action_and_runs_the_marked_one() {
    let mut desk = desk();
    desk.keys("?");
    let Some(Page::Help(menu)) = &desk.state.page else { panic!() };
    let all = TABLE.iter().filter(|action| action.context == Context::Panes).count();
    assert_eq!(listed(&desk.state, menu).len(), all);
    desk.keys("filter<Enter>");
    assert_eq!(desk.state.open_line.as_ref().unwrap().kind, LineKind::Filter);
    assert!(desk.state.page.is_none());
}

#[test]
fn help_is_searched_by_words_and_by_key() {
    let mut desk = desk();
    desk.keys("?spoken alphabet");
    let marked = |desk: &Desk| match &desk.state.page {
        Some(Page::Help(menu)) => menu.marked,
        other => panic!("{other:?}"),
    };
    assert_eq!(marked(&desk), Some(ActionId::Voice));
    desk.keys("<Esc>?f");
    assert_eq!(marked(&desk), Some(ActionId::Filter), "a key finds its action alone");
}

#[test]
fn help_says_why_not_and_stays() {
    let mut desk = desk();
    desk.keys("?handover<Enter>");
    let why = WhyNot::NotThereYet;
    assert_eq!(desk.state.notice, Some(Notice::NotNow { action: ActionId::Handover, why }));
    assert!(desk.state.page.is_some());
    desk.keys("<Esc>");
    assert!(desk.state.page.is_none());
}

#[test]
fn the_menu_lists_what_can_be_done_and_its_keys_still_count() {
    let mut desk = desk();
    desk.keys(" ");
    let Some(Page::Menu(menu)) = &desk.state.page else { panic!() };
    let rows = listed(&desk.state, menu);
    assert!(rows.iter().all(|action| (action.enabled)(&desk.state).is_ok()));
    assert!(rows.iter().any(|action| action.id == ActionId::Respond));
    desk.keys("r");
    assert!(desk.state.page.is_none() && desk.state.question.is_some());
}

#[test]
fn every_action_without_letters_too() {
    let mut desk = desk();
    desk.keys(" <Enter>");
    assert!(desk.state.question.is_some(), "the first of the menu is to respond");
}

#[test]
fn what_is_not_there_yet_says_so_and_does_nothing() {
    for action in TABLE.iter().filter(|action| action.context == Context::Panes) {
        let mut desk = desk();
        if (action.enabled)(&desk.state) != Err(WhyNot::NotThereYet) {
            continue;
        }
        let before = desk.state.clone();
        desk.say(crate::console::message::Message::Key(action.keys[0].into()));
        assert!(matches!(desk.state.notice, Some(Notice::NotNow { .. })), "{}", action.code);
        // A key was pressed, and that is all.
        (desk.state.notice, desk.state.typed) = (before.notice.clone(), before.typed);
        assert!(desk.state == before, "{}", action.code);
        assert!(desk.effects.is_empty(), "{}", action.code);
    }
}

#[test]
fn no_key_of_the_panes_sends_but_those_that_act() {
    for action in TABLE.iter().filter(|action| action.context == Context::Panes) {
        for key in action.keys {
            let mut desk = desk();
            desk.say(crate::console::message::Message::Key((*key).into()));
            if action.kind < Kind::Act {
                assert!(desk.sent().is_empty(), "{}", action.code);
            }
        }
    }
}

#[test]
fn the_filter_acts_while_it_is_typed_and_esc_clears_it() {
    let mut desk = desk();
    desk.keys("fke");
    assert_eq!(desk.state.hits.order, [HitId(2)]);
    assert_eq!(desk.state.hits.marked, Some(HitId(2)));
    desk.keys("<Enter>");
    assert_eq!(desk.state.hits.order, [HitId(2)], "Enter keeps");
    desk.keys("f<Esc>");
    assert_eq!(desk.state.hits.order.len(), 2);
}

#[test]
fn commands_by_name_with_completion() {
    let mut desk = desk();
    desk.keys(":red<Right><Enter>");
    assert_eq!(desk.effects, [Effect::Repaint]);
    desk.keys(":hit h-2<Enter>");
    assert_eq!(desk.state.record.subject.as_ref().unwrap().hit(), Some(HitId(2)));
    desk.keys(":nonsense<Enter>");
    let fault = desk.state.open_line.as_ref().unwrap().fault.clone();
    assert_eq!(fault, Some(LineFault::NoCommand { name: "nonsense".into() }));
    let mut desk = self::desk();
    desk.keys(":hit<Enter>");
    let fault = desk.state.open_line.as_ref().unwrap().fault.clone();
    assert_eq!(fault, Some(LineFault::Wants { name: "hit", usage: "H-2291" }));
}

#[test]
fn every_action_is_a_command() {
    for action in TABLE.iter().filter(|action| action.is_command()) {
        let mut desk = desk();
        desk.keys(&format!(":{}<Enter>", action.code));
        let fault = desk.state.open_line.as_ref().and_then(|line| line.fault.clone());
        assert_eq!(fault, None, "{}", action.code);
    }
}

#[test]
fn panes_by_number_and_by_tab() {
    let mut desk = desk();
    desk.keys("3");
    assert_eq!((desk.state.layout.focus, desk.state.layout.lower), (Pane::Record, Pane::Record));
    desk.keys("<Tab>");
    assert_eq!((desk.state.layout.focus, desk.state.layout.lower), (Pane::Trace, Pane::Trace));
    desk.keys("<Tab>");
    assert_eq!((desk.state.layout.focus, desk.state.layout.lower), (Pane::Hits, Pane::Trace));
    desk.keys("zz");
    assert!(!desk.state.layout.zoom);
}

#[test]
fn the_trace_pane_has_the_steps_of_the_opened_gun() {
    let mut desk = desk();
    desk.keys("<Enter>").read_hits().keys("4<Down><Down>");
    assert_eq!(desk.state.trace.steps.len(), 4, "made, a gap, stolen, found");
    assert!(desk.state.trace.marked.is_some());
}

#[test]
fn voice_asks_about_every_doubt() {
    let mut desk = desk();
    desk.keys("vletter D<Enter>five<Enter><Esc>");
    let heard: Vec<&str> =
        desk.state.heard.as_ref().unwrap().doubts.iter().map(|doubt| doubt.heard.as_str()).collect();
    assert_eq!(heard[..2], ["letter D", "five"]);
    assert_eq!(desk.state.notice, Some(Notice::HeardKept));
}

#[test]
fn other_alphabets_do_nothing_and_say_so() {
    let mut desk = desk();
    desk.keys("ы");
    assert_eq!(desk.state.notice, Some(Notice::OtherAlphabet('ы')));
    assert!(desk.sent().is_empty());
}

#[test]
fn a_message_asks_before_it_goes_and_a_note_stays_inside() {
    let mut desk = desk();
    desk.keys("wS<Right><Enter>");
    assert!(desk.sent().is_empty());
    desk.keys("<Seen>y");
    assert_eq!(desk.sent().len(), 1);
    desk.keys("iseen by judge<Enter>");
    let command = desk.one_hit_command();
    assert!(matches!(command, crate::domain::hit::HitCommand::Write { inside: true, .. }));
}

#[test]
fn esc_keeps_what_was_typed_for_the_next_time() {
    let mut desk = desk();
    desk.keys("whello<Esc>");
    desk.keys("w<Esc>");
    desk.keys("w");
    assert_eq!(desk.state.open_line.as_ref().unwrap().text.text(), "hello");
}

#[test]
fn words_that_were_sent_are_not_offered_again() {
    let mut desk = desk();
    desk.keys("whello<Enter><Esc>w");
    assert_eq!(desk.state.open_line.as_ref().unwrap().text.text(), "hello", "no was no, the words are kept");
    desk.keys("<Enter><Seen>yw");
    assert_eq!(desk.state.open_line.as_ref().unwrap().text.text(), "");
}

#[test]
fn left_and_esc_bring_long_lines_back_and_so_does_what_fills_them_anew() {
    for back in ["<Left>", "<Esc>", "z", "b", "n"] {
        let mut desk = desk();
        desk.keys("<Enter><Right><Right>");
        assert!(desk.state.layout.shift > 0);
        desk.keys(back);
        assert_eq!(desk.state.layout.shift, 0, "{back}");
    }
}
