//! Pastes that come in parts, and what of them has no place.

use super::desk::{Desk, checked};
use crate::console::form::FieldId;
use crate::console::message::{Message, Paste};
use crate::console::state::notice::Notice;

fn first(desk: &mut Desk, text: &str) {
    desk.say(Message::Paste(Paste { text: text.into(), cut: true, rest: false }));
    assert_eq!(desk.state.notice, Some(Notice::PasteCut));
}

fn rest(desk: &mut Desk, text: &str, cut: bool) {
    desk.say(Message::Paste(Paste { text: text.into(), cut, rest: true }));
    assert_eq!(desk.state.notice == Some(Notice::PasteCut), cut);
}

fn desk() -> Desk {
    Desk::with(vec![]).on_a_case()
}

fn waiting(desk: &Desk) -> Vec<&str> {
    desk.state.search.pasted.iter().map(String::as_str).collect()
}

#[test]
fn a_list_that_a_slow_line_has_cut_is_one_list() {
    let mut desk = desk();
    first(&mut desk, "AB11111\rAB22222\rKD73");
    assert_eq!(waiting(&desk), ["AB22222"], "half a number waits for nobody");
    rest(&mut desk, "519\rKD88888\r", false);
    assert_eq!(desk.state.search.line.text(), "AB11111");
    assert_eq!(waiting(&desk), ["AB22222", "KD73519", "KD88888"]);
    assert_eq!(desk.state.notice, Some(Notice::PastedList { waiting: 3, left_out: 0 }));
}

#[test]
fn a_cut_between_lines_joins_nothing() {
    let mut desk = desk();
    first(&mut desk, "AB11111\rAB22222\r");
    rest(&mut desk, "KD73519", false);
    assert_eq!(waiting(&desk), ["AB22222", "KD73519"]);
    first(&mut desk, "XX11111\r");
    rest(&mut desk, "XX22222", false);
    assert_eq!(desk.state.search.line.text(), "XX11111");
    assert_eq!(waiting(&desk), ["AB22222", "KD73519", "XX22222"]);
}

#[test]
fn a_number_that_was_cut_is_joined_where_it_stands() {
    let mut desk = desk();
    first(&mut desk, "KD73");
    assert_eq!(desk.state.search.line.text(), "KD73");
    rest(&mut desk, "519\rAB22222", false);
    assert_eq!(desk.state.search.line.text(), "KD73519");
    assert_eq!(waiting(&desk), ["AB22222"]);
    desk.keys("<Enter>");
    assert_eq!(checked(&desk).gun.serial().unwrap().as_seen.as_str(), "KD73519");
}

#[test]
fn half_a_number_is_forgotten_when_its_rest_does_not_come() {
    let mut desk = desk();
    first(&mut desk, "AB11111\rAB22222\rKD73");
    rest(&mut desk, "5", true);
    desk.paste("19");
    assert_eq!(waiting(&desk), ["AB22222"]);
    first(&mut desk, " \r");
    rest(&mut desk, "XX11111\rXX22222", false);
    assert_eq!(desk.state.search.line.text(), "XX11111");
}

#[test]
fn the_rest_of_what_a_question_has_not_taken_goes_nowhere() {
    let mut desk = desk();
    desk.keys("q");
    desk.say(Message::Paste(Paste { text: "KD73".into(), cut: true, rest: false }));
    assert_eq!(desk.state.notice, Some(Notice::NotAChoice));
    desk.state.question = None;
    desk.say(Message::Paste(Paste { text: "519".into(), cut: false, rest: true }));
    assert_eq!(desk.state.notice, Some(Notice::PasteCut));
    assert_eq!(desk.state.search.line.text(), "");
}

#[test]
fn a_second_list_waits_behind_the_first() {
    let mut desk = desk();
    desk.paste("AB11111\nAB22222\nAB33333");
    desk.paste("KD11111\nKD22222");
    assert_eq!(desk.state.search.line.text(), "KD11111");
    assert_eq!(waiting(&desk), ["AB22222", "AB33333", "KD22222"]);
    assert_eq!(desk.state.notice, Some(Notice::PastedList { waiting: 3, left_out: 0 }));
    let many: Vec<String> = (0..150).map(|n| format!("KD{n:05}")).collect();
    desk.paste(&many.join("\n"));
    assert_eq!(desk.state.notice, Some(Notice::PastedList { waiting: 99, left_out: 53 }));
}

#[test]
fn lines_that_have_no_place_are_counted_whatever_was_said_before() {
    let mut desk = desk();
    desk.keys("esto<Enter>");
    desk.state.notice = Some(Notice::BellOn);
    desk.paste("KD73519\nAB22222\nAB33333");
    assert_eq!(desk.state.form.as_ref().unwrap().text(FieldId::Number), "KD73519");
    assert_eq!(desk.state.notice, Some(Notice::Pasted { left_out: 2 }));
    first(&mut desk, "XY\nAB");
    rest(&mut desk, "1\nCD2\n", false);
    assert_eq!(desk.state.form.as_ref().unwrap().text(FieldId::Number), "KD73519XY");
    assert_eq!(desk.state.notice, Some(Notice::Pasted { left_out: 2 }));
}

#[test]
fn a_paste_at_send_says_that_it_went_nowhere() {
    let mut desk = desk();
    desk.keys("e");
    desk.state.form.as_mut().unwrap().at = None;
    desk.paste("KD73519");
    assert_eq!(desk.state.notice, Some(Notice::PasteNowhere));
}
