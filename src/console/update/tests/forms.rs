//! Entering a record.

mod drafts;

use super::desk::{Desk, check_answer, record_id};
use crate::console::effect::Effect;
use crate::console::form::FieldId;
use crate::console::message::Answer;
use crate::console::state::notice::{Notice, Sent};
use crate::console::state::question::{Ask, Rehearsal, Withdrawn};
use crate::console::state::why_not::WhyNot;
use crate::domain::command::Command;
use crate::domain::ids::CommandId;
use crate::domain::record::{Circumstance, RecordCommand};
use crate::domain::refusal::{FieldProblem, Refusal, Trouble};
use crate::wire::command::{CommandAnswer, Done, Outcome};
use crate::wire::news::News;
use crate::wire::problem::Problem;
use crate::wire::record::RecordAnswer;

const PISTOL: &str = "esto<Enter>KD73519<Enter>frame<Enter><Enter>pi<Enter>FN<Enter>HP-35<Enter>9x19<Enter>be<Enter>\
    1979<Enter><Enter>2026-01-14<Enter>San Jose<Enter><Enter>0311/26<PgDn>";

fn refused(id: CommandId, refusal: Refusal) -> Answer {
    let problem = Problem {
        code: "x".into(),
        field: None,
        detail: String::new(),
        hint: String::new(),
        refusal: Some(refusal),
    };
    Answer::Commands(vec![CommandAnswer { id, outcome: Outcome::Refused { problem } }])
}

fn done(id: CommandId) -> Answer {
    Answer::Commands(vec![CommandAnswer { id, outcome: Outcome::Done { result: Done::default() } }])
}

#[test]
fn a_record_is_rehearsed_then_asked_then_entered() {
    let mut desk = Desk::with(vec![]);
    desk.keys(PISTOL);
    let rehearsal = desk.sent();
    assert!(rehearsal[0].rehearse);
    desk.keys("<Seen>y");
    assert_eq!(desk.state.notice, Some(Notice::TooEarly), "duplicates are not known yet");
    desk.answer(done(rehearsal[0].id));
    desk.keys("<Seen>y");
    let sent = desk.sent();
    assert!(!sent[0].rehearse);
    let Command::Record(RecordCommand::Enter { report, knowing }) = &sent[0].command else { panic!() };
    assert_eq!(report.circumstance, Circumstance::Stolen);
    assert!(knowing.is_empty());
    assert!(desk.state.form.is_none());
    desk.answer(done(sent[0].id));
    assert!(matches!(desk.state.notice, Some(Notice::Done { what: Sent::Entered, .. })));
    assert!(desk.state.drafts.is_empty() && desk.state.sent_forms.is_empty());
}

#[test]
fn duplicates_are_named_and_entered_knowingly() {
    let mut desk = Desk::with(vec![]);
    desk.keys(PISTOL);
    let known = record_id("CR-2026-4391");
    let id = desk.sent()[0].id;
    desk.answer(refused(id, Refusal::Duplicate { records: vec![known] }));
    let Ask::Enter { rehearsal, .. } = &desk.state.question.as_ref().unwrap().ask else { panic!() };
    assert_eq!(*rehearsal, Rehearsal::Duplicates(vec![known]));
    desk.keys("<Seen>y");
    let sent = desk.sent();
    let Command::Record(RecordCommand::Enter { knowing, .. }) = &sent[0].command else { panic!() };
    assert_eq!(*knowing, [known]);
}

#[test]
fn what_is_missing_gets_the_cursor() {
    let mut desk = Desk::with(vec![]);
    desk.keys("esto<Enter>KD73519<PgDn>");
    assert!(desk.state.question.is_none());
    assert!(desk.sent().is_empty());
    let form = desk.state.form.as_ref().unwrap();
    let marked = form.marked(super::desk::NOW);
    let date = marked.iter().find(|(field, _)| *field == Some(FieldId::Date));
    assert_eq!(date.map(|(_, problem)| &problem.trouble), Some(&Trouble::Missing));
    assert_eq!(form.at, marked[0].0);
}

#[test]
fn what_one_field_lacks_may_be_settled_in_another() {
    // A make and a model in place of the number, a make in place of the remark, a later date
    // for a gun of that year: what was marked at the first try is settled at the second.
    let whole = "esto<Enter>KD73519<Enter>frame<Enter><Enter>pi<Enter>FN<Enter>HP-35<Enter>9x19<Enter>be<Enter>\
        2025<Enter><Enter>2026-01-14<Enter>San Jose<Enter><Enter>0311/26<PgDn>";
    for (without, field, later) in [
        (
            whole.replace("KD73519", "").replace("frame", "").replace("FN", "").replace("HP-35", ""),
            FieldId::Number,
            vec![(FieldId::Make, "FN"), (FieldId::Model, "HP-35")],
        ),
        (whole.replace("FN", "").replace("HP-35", ""), FieldId::Remark, vec![(FieldId::Make, "FN")]),
        (whole.replace("2026-01-14", "2024-01-14"), FieldId::Year, vec![(FieldId::Date, "2026-01-14")]),
    ] {
        let mut desk = Desk::with(vec![]);
        desk.keys(&without);
        let form = desk.state.form.as_mut().unwrap();
        assert!(form.marked(super::desk::NOW).iter().any(|(marked, _)| *marked == Some(field)), "{field:?}");
        assert!(desk.state.question.is_none());
        let form = desk.state.form.as_mut().unwrap();
        for (id, text) in later {
            form.fill(id, text);
        }
        assert_eq!(form.marked(super::desk::NOW), [], "{field:?}: the mark is gone");
        desk.keys("<PgDn>");
        assert!(matches!(desk.state.question.as_ref().unwrap().ask, Ask::Enter { .. }), "{field:?}");
    }
}

#[test]
fn what_the_registry_refused_is_marked_until_anything_is_typed() {
    let mut desk = Desk::with(vec![]);
    desk.keys(PISTOL);
    let id = desk.sent()[0].id;
    let problems = vec![FieldProblem { field: "report.case".into(), trouble: Trouble::Blank }];
    desk.answer(refused(id, Refusal::Fields { problems }));
    desk.keys("c<PgDn>");
    assert!(matches!(desk.state.notice, Some(Notice::Unsettled { field: Some(FieldId::FileNumber), .. })));
    desk.keys("<Up>x<PgDn>");
    assert!(desk.state.question.is_some());
}

#[test]
fn fields_that_the_registry_refuses_come_back() {
    let mut desk = Desk::with(vec![]);
    desk.keys(PISTOL);
    let rehearsal = desk.sent()[0].id;
    desk.answer(done(rehearsal));
    desk.keys("<Seen>y");
    let id = desk.sent()[0].id;
    let problems = vec![FieldProblem { field: "report.case".into(), trouble: Trouble::Blank }];
    desk.answer(refused(id, Refusal::Fields { problems }));
    desk.keys("e");
    let form = desk.state.form.as_ref().unwrap();
    assert_eq!(form.at, Some(FieldId::FileNumber));
    assert_eq!(form.text(FieldId::Number), "KD73519", "nothing is typed twice");
}

#[test]
fn esc_keeps_the_draft_with_field_and_cursor() {
    let mut desk = Desk::with(vec![]);
    desk.keys("esto<Enter>KD735<Left><Esc>");
    assert_eq!(desk.state.notice, Some(Notice::DraftKept));
    desk.keys("eX");
    assert_eq!(desk.state.form.as_ref().unwrap().text(FieldId::Number), "KD73X5");
}

#[test]
fn a_checked_gun_is_entered_as_recovered() {
    let mut desk = Desk::with(vec![]).on_a_case();
    desk.keys("s215PZ40071 /MK FN /CAL 9X19<Enter>");
    desk.answer_check(check_answer(vec![]));
    desk.keys("e");
    let form = desk.state.form.as_ref().unwrap();
    assert_eq!(form.text(FieldId::Kind), "recovered");
    assert_eq!(form.text(FieldId::Number), "215PZ40071");
    assert_eq!(form.text(FieldId::FileNumber), "0143/26");
}

#[test]
fn right_at_the_end_goes_through_suggestions() {
    let mut desk = Desk::with(vec![]);
    desk.keys("es<Right>");
    assert_eq!(desk.state.form.as_ref().unwrap().text(FieldId::Kind), "stolen");
    desk.keys("<Right>");
    assert_eq!(desk.state.form.as_ref().unwrap().text(FieldId::Kind), "smuggled");
    desk.keys("<Right>");
    assert_eq!(desk.state.form.as_ref().unwrap().text(FieldId::Kind), "stolen");
}

#[test]
fn letters_in_a_form_are_text() {
    let mut desk = Desk::with(vec![]);
    desk.keys("e<Enter>y?/q");
    assert_eq!(desk.state.form.as_ref().unwrap().text(FieldId::Number), "y?/q");
    assert!(desk.state.question.is_none());
}

#[test]
fn c_goes_back_to_the_form() {
    let mut desk = Desk::with(vec![]);
    desk.keys(PISTOL).keys("c");
    assert!(desk.state.question.is_none() && desk.state.form.is_some());
}

#[test]
fn two_drafts_are_both_kept() {
    let mut desk = Desk::with(vec![]);
    desk.keys("esto<Enter>KD735<F1>filter<Enter><Esc>");
    assert_eq!(desk.state.drafts[0].text(FieldId::Number), "KD735", "help made room");
    desk.state.drafts.insert(0, crate::console::form::Form::new(super::desk::NOW));
    desk.keys("e");
    assert_eq!(desk.state.form.as_ref().unwrap().text(FieldId::Number), "KD735");
    desk.state.form = None;
    desk.keys("e");
    assert_eq!(desk.state.form.as_ref().unwrap().text(FieldId::Number), "");
    assert!(desk.state.drafts.is_empty());
}

#[test]
fn without_a_line_a_record_is_entered_without_a_rehearsal() {
    let mut desk = Desk::with(vec![]);
    desk.keys(PISTOL);
    let id = desk.sent()[0].id;
    desk.answer(Answer::NotRehearsed { id, fault: crate::console::message::Fault::Offline });
    let Ask::Enter { rehearsal, .. } = &desk.state.question.as_ref().unwrap().ask else { panic!() };
    assert_eq!(*rehearsal, Rehearsal::Unknown);
    desk.keys("<Seen>y");
    assert_eq!(desk.sent().len(), 1);
    assert!(desk.state.pending.values().all(|sent| *sent == Sent::Entered));
}

#[test]
fn a_word_for_the_part_that_nobody_knows_is_not_passed_over() {
    let mut desk = Desk::with(vec![]);
    desk.keys(&PISTOL.replace("frame", "grip"));
    assert!(desk.state.question.is_none());
    assert_eq!(desk.state.form.as_ref().unwrap().at, Some(FieldId::OnTheGun));
}

#[test]
fn a_rehearsal_that_is_refused_withdraws_the_question_in_its_place() {
    let mut desk = Desk::with(vec![]);
    desk.keys(PISTOL);
    let id = desk.sent()[0].id;
    let problems = vec![FieldProblem { field: "report.case".into(), trouble: Trouble::Blank }];
    desk.answer(refused(id, Refusal::Fields { problems: problems.clone() }));
    let question = desk.state.question.as_ref().unwrap();
    assert_eq!(question.withdrawn, Some(Withdrawn::Refused(Refusal::Fields { problems })));
    desk.keys("<Seen>y");
    assert!(desk.sent().is_empty());
    assert_eq!(desk.state.notice, Some(Notice::Withdrawn));
    // What is typed for the question goes into no field of the form behind it.
    desk.keys("c");
    let form = desk.state.form.as_ref().unwrap();
    assert_eq!(form.at, Some(FieldId::FileNumber));
    assert_eq!(form.text(FieldId::FileNumber), "0311/26");
}

#[test]
fn what_only_the_registry_knows_is_said_in_the_question_too() {
    let mut desk = Desk::with(vec![]);
    desk.keys(PISTOL);
    let id = desk.sent()[0].id;
    let problem = super::desk::problem(None);
    desk.answer_command(id, Outcome::Refused { problem: problem.clone() });
    let question = desk.state.question.as_ref().unwrap();
    assert_eq!(question.withdrawn, Some(Withdrawn::Problem(Box::new(problem))));
}
