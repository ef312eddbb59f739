//! The search line and its candidates.

use super::desk::{Desk, candidate, check_answer, checked, record_id, row};
use crate::console::effect::Effect;
use crate::console::grammar::GrammarFault;
use crate::console::message::{Answer, Fault, Message, OutboxNews};
use crate::console::state::layout::Pane;
use crate::console::state::notice::Notice;
use crate::console::state::open_line::LineFault;
use crate::console::state::outbox::Standing;
use crate::console::state::record::Subject;
use crate::console::state::remote::Generation;
use crate::console::state::search::Part;
use crate::domain::evidence::Band;
use crate::domain::hit::Phase;
use crate::domain::ids::{CommandId, HitId};
use crate::domain::text::Text;
use crate::wire::news::News;

fn desk() -> Desk {
    Desk::with(vec![row(1, "CR", "PA", Phase::Asked)]).on_a_case()
}

#[test]
fn a_serial_and_enter_is_a_check() {
    let mut desk = desk();
    desk.keys("/KD73519 /mk FN<Enter>");
    let question = checked(&desk);
    assert_eq!(question.gun.serial().unwrap().as_seen.as_str(), "KD73519");
    assert_eq!((question.purpose.as_str(), question.case.as_str()), ("SEIZURE", "0143/26"));
    assert_eq!(desk.state.search.line.text(), "", "empty after a check");
    assert_eq!(desk.state.search.asked.as_ref().unwrap().line, "S KD73519 /MK FN");
    assert!(desk.state.open_line.is_none());
}

#[test]
fn nobody_checks_without_purpose_and_case() {
    let mut desk = Desk::with(vec![]);
    desk.keys("sKD73519<Enter>");
    assert_eq!(desk.state.search.part, Part::Purpose);
    desk.keys("SEIZURE<Enter>");
    assert_eq!(desk.state.search.part, Part::Case);
    assert!(desk.effects.iter().all(|effect| !matches!(effect, Effect::Check { .. })));
    desk.keys("0143/26<Enter>");
    assert_eq!(checked(&desk).case.as_str(), "0143/26");
    desk.effects.clear();
    desk.keys("sAB12345<Enter>");
    assert_eq!(checked(&desk).case.as_str(), "0143/26", "asked once a case");
}

#[test]
fn training_has_its_own_purpose() {
    let mut desk = Desk::new();
    let mut hello = super::desk::hello();
    hello.training = true;
    desk.news(crate::wire::news::News::Hello(hello));
    desk.keys("sKD73519<Enter>");
    assert_eq!(checked(&desk).purpose.as_str(), "TRAINING");
}

#[test]
fn what_was_asked_before_the_registry_answered_needs_enter_only() {
    let mut desk = Desk::new();
    desk.keys("sKD73519<Enter>");
    assert!(desk.state.notice.is_some(), "purpose and case are missing");
    let mut hello = super::desk::hello();
    hello.training = true;
    desk.news(crate::wire::news::News::Hello(hello));
    assert_eq!((desk.state.notice.clone(), desk.state.search.part), (None, Part::Gun), "they are there now");
    desk.keys("<Enter>");
    assert_eq!(checked(&desk).gun.serial().unwrap().as_seen.as_str(), "KD73519");
}

#[test]
fn a_wrong_line_stays_and_names_its_part() {
    let mut desk = desk();
    desk.keys("sKD73519 /XY 1<Enter>");
    assert_eq!(desk.state.search.fault, Some(GrammarFault::NoSuchKey { key: "XY".into() }));
    assert_eq!(desk.state.search.line.text(), "KD73519 /XY 1");
    desk.keys("<Backspace>");
    assert_eq!(desk.state.search.fault, None);
}

#[test]
fn esc_keeps_the_line_and_up_finds_earlier_ones() {
    let mut desk = desk();
    desk.keys("sKD735<Esc>s19<Enter>");
    assert_eq!(checked(&desk).gun.serial().unwrap().as_seen.as_str(), "KD73519");
    desk.keys("s<Up>");
    assert_eq!(desk.state.search.line.text(), "S KD73519");
}

#[test]
fn letters_in_the_line_are_text() {
    let mut desk = desk();
    desk.keys("sqxmyr n?");
    assert_eq!(desk.state.search.line.text(), "qxmyr n?");
    assert!(desk.sent().is_empty());
}

#[test]
fn a_number_of_a_hit_or_record_opens_it() {
    let mut desk = desk();
    desk.keys("sh-1<Enter>");
    assert_eq!(desk.state.record.subject, Some(Subject::Hit(HitId(1))));
    desk.keys(":rec cr-2026-5<Enter>");
    assert_eq!(desk.state.record.subject, Some(Subject::Record(record_id("CR-2026-5"))));
    desk.keys("-");
    assert_eq!(desk.state.record.subject, Some(Subject::Hit(HitId(1))), "the item before this one");
    desk.keys("-");
    assert_eq!(desk.state.record.subject, Some(Subject::Record(record_id("CR-2026-5"))), "and back");
}

#[test]
fn candidates_of_an_earlier_check_never_stand_under_a_later_one() {
    let mut desk = desk();
    desk.keys("sKD73519<Enter>");
    desk.answer_check(check_answer(vec![candidate("DE-2019-1", Band::Possible)]));
    desk.keys("sAB12345<Enter>");
    assert!(desk.state.search.answer.value().is_none());
    assert_eq!(desk.state.item(), None);
}

/// Two checks, of which the second was asked before the first was answered; the first.
fn overtaken() -> (Desk, Generation, CommandId) {
    let mut desk = desk();
    desk.keys("sKD73519<Enter>");
    let Some(Effect::Check { generation, item }) = desk.effects.pop() else { panic!("the line is there") };
    desk.keys("sAB12345<Enter>");
    desk.effects.clear();
    (desk, generation, item.id)
}

#[test]
fn the_answer_to_a_check_before_the_last_waits_to_be_looked_at() {
    let (mut desk, generation, id) = overtaken();
    let answer = check_answer(vec![candidate("DE-2019-1", Band::Possible)]);
    desk.answer(Answer::Check { generation, result: Ok(answer.clone()) });
    assert!(desk.state.search.answer.is_waiting());
    assert_eq!(desk.state.outbox.get(id).unwrap().standing, Standing::Answered(Box::new(answer)));
    assert!(matches!(&desk.state.notice, Some(Notice::CheckedLate { count: 1, here: false, .. })));
}

#[test]
fn a_check_before_the_last_on_which_the_line_broke_is_queued_under_its_name() {
    for (fault, stands) in [(Fault::Offline, Standing::Queued), (Fault::TimedOut, Standing::Unknown)] {
        let (mut desk, generation, id) = overtaken();
        desk.answer(Answer::Check { generation, result: Err(fault) });
        assert!(matches!(&desk.effects[..], [Effect::QueueCheck(item)] if item.id == id));
        desk.say(Message::Outbox(OutboxNews::Queued(vec![id])));
        assert_eq!(desk.state.outbox.get(id).unwrap().standing, stands);
        assert!(desk.state.search.answer.is_waiting(), "the other is awaited still");
    }
}

#[test]
fn a_change_of_rights_asks_once_more_what_is_under_way() {
    let (mut desk, generation, id) = overtaken();
    desk.news(News::Reset);
    let again = desk.effects.iter().filter(|effect| matches!(effect, Effect::QueueCheck(_))).count();
    assert_eq!((again, desk.state.outbox.items.len()), (2, 2));
    desk.effects.clear();
    desk.answer(Answer::Check { generation, result: Ok(check_answer(vec![])) });
    assert_eq!(desk.state.outbox.get(id).unwrap().standing, Standing::Unknown, "it may be from before");
    desk.answer(Answer::Waited { id, answer: check_answer(vec![]) });
    assert!(desk.effects.is_empty() && desk.state.answers().count() == 1);
}

#[test]
fn a_late_answer_to_a_check_does_not_stand_under_another() {
    let mut desk = desk();
    desk.keys("sKD73519<Enter>");
    let first = desk.state.search.answer.wanted();
    desk.keys("sAB12345<Enter>");
    let late = check_answer(vec![candidate("DE-2019-1", Band::Possible)]);
    desk.answer(Answer::Check { generation: first, result: Ok(late) });
    assert!(desk.state.search.answer.value().is_none());
    desk.answer(Answer::Check { generation: Generation(0), result: Err(Fault::Offline) });
    assert!(desk.state.search.answer.is_waiting());
}

#[test]
fn a_candidate_is_compared_with_what_was_asked() {
    let mut desk = desk();
    desk.keys("sD?32114<Enter>");
    desk.answer_check(check_answer(vec![candidate("DE-2019-1", Band::Possible)]));
    desk.keys("<Enter>");
    let Some(Subject::Candidate(compared)) = &desk.state.record.subject else { panic!() };
    assert_eq!(compared.question.gun.serial().unwrap().as_seen.as_str(), "D?32114");
    let read = desk.effects.iter().any(|effect| {
        matches!(effect, Effect::ReadRecord { id, purpose, .. }
            if *id == record_id("DE-2019-1") && purpose.as_str() == "SEIZURE")
    });
    assert!(read, "a full record by its id second, with a purpose");
    desk.keys("<Esc>");
    assert_eq!(desk.state.layout.focus, Pane::Search);
}

#[test]
fn a_paste_outside_text_opens_the_search_line_and_runs_no_keys() {
    let mut desk = desk();
    desk.paste("  KD73519\nm\nq\ny");
    assert_eq!(desk.state.search.line.text(), "KD73519");
    assert!(desk.state.open_line.is_some());
    assert_eq!(desk.state.notice, Some(Notice::PastedList { waiting: 3, left_out: 0 }));
    assert!(desk.sent().is_empty());
}

#[test]
fn what_the_rules_refuse_stays_in_the_line() {
    let mut desk = desk();
    desk.keys("sKD73519 /ON 2027-11-20<Enter>");
    assert!(matches!(desk.state.notice, Some(Notice::NotNow { .. })));
    assert_eq!(desk.state.search.line.text(), "KD73519 /ON 2027-11-20");
}

#[test]
fn c_copies_the_number_and_says_so() {
    let mut desk = desk();
    desk.keys("c");
    assert_eq!(desk.effects, [Effect::Copy("KD73519".into())]);
    assert!(matches!(desk.state.notice, Some(Notice::Copied(_))));
}

#[test]
fn a_purpose_is_one_of_the_table() {
    let mut desk = Desk::with(vec![]);
    desk.keys("sKD73519<Tab>curiosity<Enter>");
    let fault = desk.state.open_line.as_ref().and_then(|line| line.fault.clone());
    assert!(matches!(fault, Some(LineFault::NoSuchPurpose { .. })), "{fault:?}");
    assert_eq!(desk.state.search.part, Part::Purpose);
    for _ in 0.."curiosity".len() {
        desk.keys("<Backspace>");
    }
    desk.keys("bo<Right><Tab>1/26<Enter>");
    assert_eq!(checked(&desk).purpose.as_str(), "BORDER");
}

#[test]
fn pasted_numbers_are_never_joined_and_follow_one_by_one() {
    let mut desk = desk();
    // The text that Esc left is no part of the number, and Up finds it.
    desk.keys("sOLD<Esc>");
    desk.paste("KD73519\rKD73520\r\n\rKD73521\r");
    assert_eq!(desk.state.search.line.text(), "KD73519");
    assert_eq!(desk.state.notice, Some(Notice::PastedList { waiting: 2, left_out: 0 }));
    desk.keys("<Enter>");
    assert_eq!(checked(&desk).gun.serial().unwrap().as_seen, Text::from("KD73519"));
    assert_eq!(desk.state.notice, Some(Notice::MorePasted(2)));
    desk.effects.clear();
    desk.keys("s<Enter>");
    assert_eq!(desk.state.search.line.text(), "KD73520");
    assert!(desk.effects.is_empty(), "it is looked at before it is asked");
    // Another number that is in a hurry does not disturb the list.
    desk.keys("<Esc>s<Backspace><Backspace><Backspace><Backspace><Backspace><Backspace><Backspace>");
    desk.keys("XY99887<Enter>s<Enter>");
    assert_eq!(desk.state.search.line.text(), "KD73521");
    desk.effects.clear();
    desk.keys("<Enter>s<Enter>");
    assert_eq!(checked(&desk).gun.serial().unwrap().as_seen, Text::from("KD73521"));
    assert!(desk.state.search.fault.is_some(), "the list is at its end");
}

#[test]
fn a_list_pasted_into_the_open_line_is_not_joined_to_what_stands_there() {
    let mut desk = desk();
    desk.keys("sKD7");
    desk.paste("AB11111\nAB22222");
    assert_eq!(desk.state.search.line.text(), "AB11111");
    assert_eq!(desk.state.search.history.last().map(String::as_str), Some("KD7"));
    // A single line goes where the cursor is.
    desk.keys(" ");
    desk.paste("/MK FN");
    assert_eq!(desk.state.search.line.text(), "AB11111 /MK FN");
}

#[test]
fn a_long_list_is_left_to_the_command_that_reads_files() {
    let mut desk = desk();
    let text: Vec<String> = (0..150).map(|n| format!("KD{n:05}")).collect();
    desk.paste(&text.join("\n"));
    assert_eq!(desk.state.notice, Some(Notice::PastedList { waiting: 99, left_out: 50 }));
}

#[test]
fn a_misread_number_is_offered_to_be_read_anew_and_takes_no_key() {
    let misread = |owner: &str, finder: &str, phase| {
        let mut desk = Desk::with(vec![row(1, owner, finder, phase)]).on_a_case();
        desk.keys("sOLD<Esc>1re7").read_hits().keys("<Seen>y");
        assert!(matches!(desk.state.notice, Some(Notice::ReadAnew { waits: false, .. })));
        assert_eq!(desk.state.holder(), crate::console::state::Holder::Panes);
        desk
    };
    misread("PA", "CR", Phase::Raised);
    let mut desk = misread("CR", "PA", Phase::Asked);
    desk.effects.clear();
    // The cursor stands behind the number, before the keys of the gun.
    desk.keys("s<Backspace>8<Enter>");
    let gun = checked(&desk).gun;
    assert_eq!(gun.serial().unwrap().as_seen, Text::from("KD73518"));
    assert_eq!(gun.make, Some(Text::from("Browning")));
    desk.keys("s<Up><Up>");
    assert_eq!(desk.state.search.line.text(), "OLD", "what stood there is found");
}

#[test]
fn a_misread_number_comes_back_as_it_was_seen() {
    let mut desk = Desk::with(vec![row(1, "CR", "PA", Phase::Asked)]).on_a_case();
    desk.keys("1re7").read_hits();
    let reading = desk.state.record.hits.get_mut(&HitId(1)).and_then(|reading| reading.value_mut());
    reading.unwrap().check.gun.numbers[0].as_seen = "S S 12345".into();
    desk.keys("<Seen>y<Esc>s<Backspace>6<Enter>");
    let gun = checked(&desk).gun;
    assert_eq!(gun.serial().unwrap().as_seen, Text::from("S S 12346"));
    assert_eq!(gun.make, Some(Text::from("Browning")));
}

#[test]
fn enter_and_v_in_the_empty_record_pane_go_by_the_list_before_it() {
    let mut desk = desk();
    desk.keys("sD532114<Enter>");
    desk.answer_check(check_answer(vec![candidate("DE-2019-1", Band::Possible)]));
    desk.keys("<Tab>v");
    assert_eq!(desk.state.layout.focus, Pane::Record);
    assert!(matches!(desk.state.page, Some(crate::console::state::layout::Page::Voice(_))));
    desk.keys("<Esc><Enter>");
    assert!(matches!(desk.state.record.subject, Some(Subject::Candidate(_))));
    let mut desk = self::desk();
    desk.keys("3<Enter>");
    assert_eq!(desk.state.record.subject, Some(Subject::Hit(HitId(1))), "the queue had the keys");
}
