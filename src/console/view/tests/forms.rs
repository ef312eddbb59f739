//! The form on the screen: its title, its marks and its messages say the same of it.

use super::{desk, screen};
use crate::console::form::{FieldId, Form};
use crate::console::state::State;
use crate::console::state::notice::Notice;
use crate::console::state::question::{Ask, Rehearsal};
use crate::console::state::remote::{Generation, Remote};
use crate::domain::refusal::{FieldProblem, Trouble};
use crate::wire::record::RecordAnswer;

fn with(form: Form) -> State {
    let mut state = desk::desk();
    state.form = Some(form);
    state
}

fn filled(fields: &[(FieldId, &str)]) -> Form {
    let mut form = Form::new(desk::at(-2));
    for (id, text) in fields {
        form.fill(*id, text);
    }
    form
}

/// The message that SEND leaves, as `update` makes it.
fn sent(form: &mut Form) -> Notice {
    let unsettled = form.settle(desk::at(0));
    let (field, problem) = unsettled[0].clone();
    Notice::Unsettled { field, problem, more: unsettled.len() - 1 }
}

#[test]
fn title_marks_and_message_count_the_same() {
    for (form, counted) in [
        (filled(&[]), 6),
        (filled(&[(FieldId::Kind, "stolen"), (FieldId::Type, "QQQ")]), 5),
        (filled(&[(FieldId::OnTheGun, "grip"), (FieldId::Number, "AB[38"), (FieldId::Make, "FN")]), 7),
        (filled(&[(FieldId::Number, "KD73519"), (FieldId::Date, "14.1.2026")]), 6),
    ] {
        let mut form = form;
        let title = format!("{counted} fields to settle");
        let before = screen(&with(form.clone()), 80, 24);
        assert!(before.contains(&title), "before it is sent: {counted}");
        let marked = before.lines().filter(|line| matches!(line.get(1..2), Some("!" | "*"))).count();
        assert_eq!(marked, counted, "{before}");
        let notice = sent(&mut form);
        let mut state = with(form);
        state.notice = Some(notice);
        let drawn = screen(&state, 80, 24);
        assert!(drawn.contains(&title), "{drawn}");
        assert!(drawn.contains(&format!("and {} more fields", counted - 1)), "{drawn}");
        let marks = drawn.lines().filter(|line| line.get(1..2) == Some("!")).count();
        assert_eq!(marks, counted, "{drawn}");
    }
}

#[test]
fn what_the_registry_refused_counts_until_it_is_changed() {
    let mut form = Form::of_check(&question("215PZ40071"), desk::at(-2));
    let before = form.unsettled(desk::at(0)).len();
    form.take_troubles(&[FieldProblem { field: "report.place".into(), trouble: Trouble::Blank }]);
    assert_eq!(form.unsettled(desk::at(0)).len(), before + 1);
    assert_eq!(form.marked(desk::at(0)).len(), 1);
    form.fill(FieldId::Place, "San Jose");
    assert_eq!(form.unsettled(desk::at(0)).len(), before);
}

#[test]
fn what_does_not_go_together_is_said_beside_the_field_and_again_before_it_is_sent() {
    let mut form = filled(&[
        (FieldId::Kind, "stolen"),
        (FieldId::Number, "KD73519"),
        (FieldId::Type, "PI"),
        (FieldId::Make, "Glock"),
        (FieldId::Model, "17"),
        (FieldId::Calibre, ".40 S&W"),
        (FieldId::MadeIn, "AU"),
        (FieldId::Date, "2026-01-14"),
        (FieldId::FileNumber, "0311/26"),
    ]);
    form.at = Some(FieldId::MadeIn);
    let drawn = screen(&with(form.clone()), 80, 24);
    let beside = |field: &str, doubt: &str| {
        drawn.lines().any(|line| line.get(1..2) == Some("?") && line.contains(field) && line.contains(doubt))
    };
    assert!(beside("calibre", "= 17 is not made in .40 S&W"), "{drawn}");
    assert!(beside("made in", "= Glock makes none in AU"), "{drawn}");
    assert!(drawn.contains("the tables know AT, US"), "{drawn}");
    assert_eq!(form.unsettled(desk::at(0)), [], "nothing is forbidden");
    let report = Box::new(form.report().0);
    let ask = Ask::Enter { report, rehearsal: Rehearsal::Clean };
    let drawn = screen(&desk::asking(with(form.clone()), ask), 80, 24);
    assert!(drawn.contains("DOUBTFUL: calibre: 17 is not made in"), "{drawn}");
    form.fill(FieldId::MadeIn, "AT");
    form.fill(FieldId::Calibre, "9x19");
    assert_eq!(form.doubts(), []);
    assert!(!screen(&with(form), 80, 24).contains("makes none"));
}

#[test]
fn the_form_says_nothing_of_keys_that_a_question_has() {
    let mut form = filled(&[(FieldId::Kind, "stolen")]);
    form.at = None;
    assert!(screen(&with(form.clone()), 80, 24).contains("Enter goes to"));
    let report = Box::new(form.report().0);
    let state = desk::asking(with(form), Ask::Enter { report, rehearsal: Rehearsal::Clean });
    let drawn = screen(&state, 80, 24);
    assert!(!drawn.contains("Enter goes") && !drawn.contains("Enter asks"), "{drawn}");
}

fn question(serial: &str) -> crate::domain::check::Question {
    let mut question = desk::no_match().search.asked.map(|asked| asked.question).unwrap();
    question.gun.numbers[0].as_seen = serial.into();
    question
}

#[test]
fn what_is_no_serial_is_said_as_it_is_typed() {
    for (typed, said) in [
        ("ELIMINADO", "ground off or removed"),
        ("NONE", "a word for none or not known"),
        ("illegible", "worn or unreadable"),
        ("junkword", "words without a number"),
        ("123456", "a filler"),
        ("HP-35", "the name of a model"),
        (".38 SPECIAL", "a calibre"),
    ] {
        for id in [FieldId::Number, FieldId::OtherNumber] {
            let mut form = filled(&[(id, typed)]);
            form.at = Some(id);
            let drawn = screen(&with(form), 80, 24);
            let row = drawn.lines().find(|line| line.contains("no serial: ")).unwrap();
            assert!(row.ends_with(said) && row.get(1..2) == Some("?"), "{row}");
        }
        let form = Form::of_check(&question(typed), desk::at(0));
        let drawn = screen(&with(form), 80, 24);
        assert!(drawn.contains(&format!("left out: {typed}")), "{drawn}");
        assert!(drawn.contains(&format!("{typed} is no serial: {said}.")), "{drawn}");
    }
}

#[test]
fn the_question_says_that_the_number_is_no_serial() {
    let form = filled(&[(FieldId::Kind, "stolen"), (FieldId::Number, "123456"), (FieldId::Make, "FN")]);
    let report = Box::new(form.report().0);
    let state = desk::asking(with(form), Ask::Enter { report, rehearsal: Rehearsal::Clean });
    assert!(screen(&state, 80, 24).contains("THE NUMBER IS NO SERIAL: a filler."));
}

#[test]
fn a_draft_is_shown_while_it_is_asked_whether_it_may_go() {
    let form = filled(&[(FieldId::Kind, "stolen"), (FieldId::Number, "KD735?9"), (FieldId::Make, "FN")]);
    let state = desk::asking(desk::desk(), Ask::Discard { draft: Box::new(form) });
    let drawn = screen(&state, 80, 24);
    assert!(
        drawn.contains("ENTER A RECORD") && drawn.contains("DISCARD the draft: stolen KD735?9 FN"),
        "{drawn}"
    );
}

#[test]
fn a_form_says_that_its_record_was_changed() {
    let view = match desk::comparing().record.hit().unwrap().record.clone() {
        RecordAnswer::Whole(view) => view,
        other => panic!("{other:?}"),
    };
    let form = |revision| Form::of_record(view.id, revision, &view.report, desk::at(-2));
    let mut state = with(form(view.revision - 1));
    let mut read = Remote::default();
    read.ask(Generation(1));
    read.answer(Generation(1), desk::at(0), Ok(RecordAnswer::Whole(view.clone())));
    state.record.records.insert(view.id, read);
    let drawn = screen(&state, 80, 24);
    assert!(drawn.contains(&format!("{} WAS CHANGED since this was begun", view.id)), "{drawn}");
    state.form = Some(form(view.revision));
    assert!(!screen(&state, 80, 24).contains("WAS CHANGED"));
}

#[test]
fn a_date_and_a_country_say_what_they_may_be_and_a_guess_asks() {
    let fields = [(FieldId::Date, "14/01/2026"), (FieldId::MadeIn, "XX"), (FieldId::Make, "SMITTH & WESSON")];
    let mut form = filled(&fields);
    let before = screen(&with(form.clone()), 80, 24);
    for said in ["no date: say 2026-01-14, 2026-01 or 2026", "is not a country's code", "? Right takes it"] {
        assert!(before.contains(said), "{said}\n{before}");
    }
    sent(&mut form);
    assert!(!screen(&with(form), 80, 24).contains("is not known"));
}
