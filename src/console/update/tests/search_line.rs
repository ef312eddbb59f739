//! The parts of the search line: nothing typed is lost, and what is wrong is said where the cursor is.

use super::desk::{Desk, checked};
use crate::console::effect::Effect;
use crate::console::state::notice::Notice;
use crate::console::state::open_line::LineFault;
use crate::console::state::search::{Lacks, Part};

fn desk() -> Desk {
    Desk::with(vec![]).on_a_case()
}

fn fault(desk: &Desk) -> Option<LineFault> {
    desk.state.open_line.as_ref().and_then(|line| line.fault.clone())
}

#[test]
fn up_and_down_leave_the_number_alone_in_the_other_parts() {
    let mut desk = desk();
    desk.keys("sAB12345<Enter>sKD73519 /MK FN<Tab><Down><Up><Up>");
    assert_eq!(desk.state.search.line.text(), "KD73519 /MK FN");
    assert_eq!((desk.state.search.part, desk.state.search.purpose.text()), (Part::Purpose, "SEIZURE"));
}

#[test]
fn down_brings_back_what_was_typed() {
    let mut desk = desk();
    desk.keys("sKD7<Up>");
    assert_eq!(desk.state.search.line.text(), "KD7", "there is nothing earlier");
    desk.keys("<Esc>s<Ctrl-U>AB12345<Enter>sKD7<Down>");
    assert_eq!(desk.state.search.line.text(), "KD7", "there is nothing later");
    desk.keys("<Up><Up><Up>");
    assert_eq!(desk.state.search.line.text(), "S AB12345");
    desk.keys("<Down>");
    assert_eq!(desk.state.search.line.text(), "KD7");
    // What was typed before an earlier line that is gone on with is an earlier line itself.
    desk.keys("<Up>6<Up>");
    assert_eq!(desk.state.search.line.text(), "KD7");
}

#[test]
fn down_brings_back_the_command_that_was_typed() {
    let mut desk = desk();
    desk.keys(":line<Enter><Esc>:out<Up>");
    let text = |desk: &Desk| desk.state.open_line.as_ref().unwrap().text.text().to_owned();
    assert_eq!(text(&desk), "line");
    desk.keys("<Down><Down>");
    assert_eq!(text(&desk), "out");
}

#[test]
fn who_obeys_puts_purpose_and_case_where_they_belong() {
    let mut desk = Desk::with(vec![]);
    desk.keys("sKD73519<Enter>");
    assert_eq!(desk.state.notice, Some(Notice::GroundHere(Lacks::Both)));
    desk.keys("SEIZURE<Enter>");
    assert_eq!(desk.state.notice, Some(Notice::GroundHere(Lacks::Case)));
    assert_eq!(desk.state.search.lacks(), Some(Lacks::Case), "nothing says that the purpose is missing");
    desk.keys("0143/26<Enter>");
    let question = checked(&desk);
    assert_eq!((question.purpose.as_str(), question.case.as_str()), ("SEIZURE", "0143/26"));
}

#[test]
fn a_part_that_tab_leads_to_is_replaced_by_the_first_letter() {
    let mut desk = desk();
    desk.keys("sKD73519<Tab>found<Tab><Backspace>9<Tab>30<Tab> /MK FN<Enter>");
    let question = checked(&desk);
    assert_eq!((question.purpose.as_str(), question.case.as_str()), ("FOUND", "0143/29"));
    assert_eq!(question.stand_days, 30);
    assert_eq!(desk.state.search.asked.as_ref().unwrap().line, "S KD73519 /MK FN", "the gun is gone on with");
}

#[test]
fn a_purpose_that_is_none_is_typed_over() {
    let mut desk = desk();
    desk.keys("sKD73519<Tab><Left>X<Enter>");
    assert_eq!(fault(&desk), Some(LineFault::NoSuchPurpose { given: "SEIZURXE".into() }));
    desk.keys("border");
    assert_eq!((fault(&desk), desk.state.search.purpose.text()), (None, "border"));
    desk.keys("<Enter>");
    assert_eq!(checked(&desk).purpose.as_str(), "BORDER");
}

#[test]
fn ctrl_u_clears_to_the_start_of_every_text() {
    let mut desk = desk();
    desk.keys("sKD73519<Left><Left><Ctrl-U>");
    assert_eq!(desk.state.search.line.text(), "19");
    desk.keys("<Esc>:line<Ctrl-U>");
    assert_eq!(desk.state.open_line.as_ref().unwrap().text.text(), "");
    desk.keys("<Esc>ecrime<Ctrl-U>lost");
    let form = desk.state.form.as_mut().unwrap();
    assert_eq!(form.current().unwrap().text.text(), "lost");
    desk.keys("<Esc>?lin<Ctrl-U>out");
    let page = desk.state.page.clone();
    assert!(format!("{page:?}").contains("\"out\""), "{page:?}");
    desk.keys("<Esc><Ctrl-U>");
    assert_eq!(desk.state.notice, None, "outside text it is nothing");
}

#[test]
fn right_completes_make_model_and_calibre_as_the_form_does() {
    let mut desk = desk();
    desk.keys("sKD73519 /MK TAU<Right>");
    assert_eq!(desk.state.search.line.text(), "KD73519 /MK TAURUS");
    desk.keys(" /CAL 9 PA<Right>");
    let line = desk.state.search.line.text().to_owned();
    assert!(line.starts_with("KD73519 /MK TAURUS /CAL ") && !line.ends_with("9 PA"), "{line}");
    desk.keys("<Right>");
    assert!(desk.state.search.line.text().starts_with("KD73519 /MK TAURUS /CAL "));
    desk.keys("<Ctrl-U>KD73519<Right>");
    assert_eq!(desk.state.search.line.text(), "KD73519", "a number is not completed");
}

#[test]
fn a_make_that_the_tables_do_not_know_is_named_before_it_is_searched_with() {
    let mut desk = desk();
    desk.keys("sKD73519 /MK QXZW<Enter>");
    assert_eq!(fault(&desk), Some(LineFault::NotInTables { key: "MK", given: "QXZW".into() }));
    assert!(!desk.effects.iter().any(|effect| matches!(effect, Effect::Check { .. })));
    desk.keys("<Enter>");
    assert_eq!(checked(&desk).gun.make.unwrap().as_str(), "QXZW", "as it is");
}
