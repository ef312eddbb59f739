//! What was half entered: kept, filled from a check, thrown away, begun afresh.

use super::*;
use crate::console::update::tests::desk;

/// A check that found nothing, made under a case.
fn checked_as(line: &str) -> Desk {
    let mut desk = Desk::with(vec![]).on_a_case();
    desk.keys("s").keys(line).keys("<Enter>");
    desk.answer_check(check_answer(vec![]));
    desk.effects.clear();
    desk
}

fn number(desk: &Desk) -> &str {
    desk.state.form.as_ref().map_or("no form", |form| form.text(FieldId::Number))
}

#[test]
fn a_draft_is_thrown_away_after_a_question_that_shows_it() {
    let mut desk = Desk::with(vec![]);
    desk.keys(":discard<Enter>");
    assert!(matches!(desk.state.notice, Some(Notice::NotNow { why: WhyNot::NoDraft, .. })));
    desk.keys("esto<Enter>KD735<Esc>:discard<Enter>");
    let Ask::Discard { draft } = &desk.state.question.as_ref().unwrap().ask else { panic!() };
    assert_eq!(draft.text(FieldId::Number), "KD735");
    desk.keys("<Seen><Esc>");
    assert_eq!((desk.state.drafts.len(), &desk.state.notice), (1, &Some(Notice::DraftKept)));
    desk.keys(":discard<Enter>y");
    assert_eq!(desk.state.notice, Some(Notice::TooEarly));
    desk.keys("<Seen>y");
    assert_eq!((desk.state.drafts.len(), &desk.state.notice), (0, &Some(Notice::Discarded { left: 0 })));
    assert!(desk.sent().is_empty(), "nothing leaves the console");
    desk.keys("e");
    assert_eq!(number(&desk), "");
}

#[test]
fn the_form_that_is_open_is_thrown_away_from_help() {
    let mut desk = Desk::with(vec![]);
    desk.keys("esto<Enter>KD735<F1>discard<Enter><Esc>");
    assert_eq!(number(&desk), "KD735", "no leaves the form open");
    desk.keys("<F1>discard<Enter><Seen>y");
    assert!(desk.state.form.is_none() && desk.state.drafts.is_empty());
}

#[test]
fn a_record_that_came_back_meanwhile_is_not_thrown_away() {
    let mut desk = Desk::with(vec![]);
    desk.keys(PISTOL);
    let rehearsal = desk.sent()[0].id;
    desk.answer(done(rehearsal));
    desk.keys("<Seen>y");
    let id = desk.sent()[0].id;
    desk.keys("esto<Enter>XX9999<Esc>:discard<Enter><Seen>");
    desk.answer(refused(id, Refusal::Role));
    desk.keys("y");
    assert_eq!(desk.state.drafts.len(), 1);
    assert_eq!(desk.state.drafts[0].text(FieldId::Number), "KD73519");
}

#[test]
fn an_untouched_form_is_no_draft() {
    let mut desk = checked_as("215PZ40071 /MK FN");
    desk.keys("e<Esc>");
    assert_eq!(desk.state.notice, Some(Notice::NoDraftKept));
    desk.keys("1e<Esc>");
    assert!(desk.state.drafts.is_empty());
}

#[test]
fn a_check_fills_a_new_form_and_the_draft_is_not_lost() {
    let mut desk = checked_as("215PZ40071 /MK FN");
    desk.keys("1esto<Enter>KD735<Esc>2e");
    let Ask::Draft { fresh } = &desk.state.question.as_ref().unwrap().ask else { panic!() };
    assert_eq!(fresh.text(FieldId::Number), "215PZ40071");
    desk.keys("<Esc>");
    assert_eq!((number(&desk), desk.state.drafts.len()), ("no form", 1));
    desk.keys("e2");
    assert_eq!(number(&desk), "KD735");
    desk.keys("<Esc>e1");
    assert_eq!((number(&desk), desk.state.drafts.len()), ("215PZ40071", 1));
    desk.keys("<Enter>9<Esc>e");
    assert_eq!(number(&desk), "215PZ400719", "the draft of this check itself comes back unasked");
    assert_eq!(desk.state.drafts.len(), 1);
}

#[test]
fn what_is_no_serial_is_not_filled_in_as_one() {
    for given in ["ELIMINADO", "123456", "HP-35", "9x19"] {
        let mut desk = checked_as(&format!("{given} /MK FN /MD HP-35 /CAL 9X19"));
        desk.keys("e");
        let form = desk.state.form.as_ref().unwrap();
        assert_eq!((form.text(FieldId::Number), &form.left_out[..]), ("", &[given.to_owned()][..]));
        assert_eq!(form.at, Some(FieldId::Number), "and the form says so at once");
    }
}

/// Our record in the record pane, as revision 1.
fn own_record() -> Desk {
    let mut desk = Desk::with(vec![]).on_a_case();
    desk.keys("scr-2026-4417<Enter>");
    desk.answer_record("CR-2026-4417");
    desk
}

/// Somebody changes that record: it is read anew.
fn changed_meanwhile(desk: &mut Desk) {
    let id = record_id("CR-2026-4417");
    let news =
        News::Amended { cursor: Default::default(), record: Some(id), restricted: false, rows: vec![] };
    desk.news(news);
    let generation = desk.state.record.records[&id].wanted();
    let mut now = desk::record_view(id, "CR");
    now.revision = 2;
    now.report.gun.make = Some("FN".into());
    desk.answer(Answer::Record { generation, id, result: Ok(RecordAnswer::Whole(Box::new(now))) });
}

#[test]
fn an_amendment_of_a_record_that_changed_begins_afresh_when_told_so() {
    let id = record_id("CR-2026-4417");
    for opens in ["e", "rc"] {
        let mut desk = own_record();
        desk.keys("rc<Enter>9<Esc>");
        changed_meanwhile(&mut desk);
        desk.keys(opens);
        assert_eq!(desk.state.question.as_ref().unwrap().ask, Ask::Afresh { record: id }, "{opens}");
        assert_eq!(number(&desk), "KD735199", "what was typed is there until then");
        desk.keys("<Seen><Esc><PgDn>");
        assert!(matches!(desk.state.question.as_ref().unwrap().ask, Ask::Afresh { .. }), "it cannot be sent");
        desk.keys("<Seen>y");
        let form = desk.state.form.as_ref().unwrap();
        assert_eq!((form.amends, form.text(FieldId::Make)), (Some((id, 2)), "FN"));
        assert_eq!(form.text(FieldId::Number), "KD73519");
        assert!(desk.sent().is_empty());
    }
}

#[test]
fn a_record_that_changes_under_its_form_is_read_anew() {
    let id = record_id("CR-2026-4417");
    let mut desk = own_record();
    desk.keys("rc<Enter>9<Esc>scr-2026-5<Enter>");
    desk.answer_record("CR-2026-5");
    desk.keys("1e");
    desk.answer_record("CR-2026-4417");
    assert_eq!(number(&desk), "KD735199");
    changed_meanwhile(&mut desk);
    desk.keys("<PgDn>");
    assert_eq!(desk.state.question.as_ref().unwrap().ask, Ask::Afresh { record: id });
    changed_meanwhile(&mut desk);
    desk.keys("<Seen>y");
    assert_eq!(desk.state.form.as_ref().unwrap().amends, Some((id, 2)));
}

#[test]
fn a_form_whose_record_is_not_read_says_so_and_reads_it() {
    let id = record_id("CR-2026-4417");
    let reads = |desk: &Desk| {
        desk.effects.iter().any(|effect| matches!(effect, Effect::ReadRecord { id: read, .. } if *read == id))
    };
    let mut desk = own_record();
    desk.keys("rc<Enter>9<Esc>");
    changed_meanwhile(&mut desk);
    desk.keys("e");
    desk.state.record.records.clear();
    desk.effects.clear();
    desk.keys("<Seen>y");
    assert_eq!(desk.state.notice, Some(Notice::NotRead(id)));
    assert!(reads(&desk));
    desk.state.record.records.clear();
    desk.effects.clear();
    desk.settle_form().keys("<PgDn>");
    assert_eq!((&desk.state.question, &desk.state.notice), (&None, &Some(Notice::NotRead(id))));
    assert!(reads(&desk));
}

#[test]
fn an_amendment_is_one_draft_of_its_record() {
    let mut desk = own_record();
    desk.keys("rc<Enter>9<Esc>rc");
    assert_eq!((number(&desk), desk.state.drafts.len()), ("KD735199", 0));
    assert!(desk.state.question.is_none());
}
