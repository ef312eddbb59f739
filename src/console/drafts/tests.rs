use super::*;
use crate::console::message::{Found, Message};
use crate::console::state::Start;
use crate::console::state::record::Subject;
use crate::console::update::update;
use crate::domain::ids::HitId;
use crossterm::event::{KeyCode, KeyEvent};
use jiff::tz::TimeZone;
use proptest::prelude::*;

fn desk() -> State {
    State::new(Start { zone: TimeZone::UTC, purpose: None, case: None })
}

fn key(state: &mut State, code: KeyCode) {
    update(state, Message::Key(KeyEvent::from(code)));
}

fn again(drafts: &Drafts) -> State {
    let mut state = desk();
    let text = serde_json::to_string(drafts).unwrap();
    let drafts = serde_json::from_str(&text).unwrap();
    update(&mut state, Message::Found(Box::new(Found { drafts, ..Found::default() })));
    state
}

fn form() -> Form {
    Form::new(Moment(60_000_000))
}

#[test]
fn a_form_comes_back_with_its_field_and_its_cursor_and_one_key_opens_it() {
    let mut state = desk();
    state.form = Some(form());
    for c in "stolen".chars() {
        key(&mut state, KeyCode::Char(c));
    }
    key(&mut state, KeyCode::Enter);
    for c in "KD73519".chars() {
        key(&mut state, KeyCode::Char(c));
    }
    key(&mut state, KeyCode::Left);
    let mut back = again(&Drafts::of(&state));
    assert!(back.form.is_none(), "no key that was meant for something else goes into it");
    key(&mut back, KeyCode::Char('e'));
    assert_eq!(back.form, state.form);
}

#[test]
fn a_message_comes_back_on_its_hit() {
    let mut state = desk();
    let kind = LineKind::Message(HitId(7));
    state.open_line = Some(OpenLine { text: Editor::with_cursor("look again", 4), ..OpenLine::new(kind) });
    let mut back = again(&Drafts::of(&state));
    key(&mut back, KeyCode::Char('e'));
    let line = back.open_line.as_ref().unwrap();
    assert_eq!((line.text.text(), line.text.cursor(), line.kind.hit()), ("look again", 4, Some(HitId(7))));
    assert_eq!(back.record.subject.as_ref().and_then(Subject::hit), Some(HitId(7)));
    assert_eq!(back.resume, None);
}

#[test]
fn the_search_line_comes_back_and_can_be_thrown_away() {
    let mut state = desk();
    key(&mut state, KeyCode::Char('s'));
    for c in "D?321".chars() {
        key(&mut state, KeyCode::Char(c));
    }
    let mut back = again(&Drafts::of(&state));
    assert_eq!(back.open_line, None);
    for c in ":discard".chars() {
        key(&mut back, KeyCode::Char(c));
    }
    key(&mut back, KeyCode::Enter);
    assert!(Drafts::of(&back).is_empty() && back.resume.is_none());
}

#[test]
fn nothing_typed_is_nothing_kept() {
    let mut state = desk();
    assert!(Drafts::of(&state).is_empty());
    key(&mut state, KeyCode::Char('s'));
    key(&mut state, KeyCode::Esc);
    assert_eq!(Drafts::of(&state), Drafts::default());
    assert_eq!(again(&Drafts::default()).notice, None);
}

#[test]
fn what_two_consoles_left_is_joined_and_the_later_has_the_keys() {
    let draft = |open, text: &str| {
        let mut state = desk();
        state.drafts = vec![{
            let mut form = form();
            form.fill(FieldId::Number, text);
            form
        }];
        Drafts { open, ..Drafts::of(&state) }
    };
    let joined = draft(Some(Open::Search), "A1").and(draft(Some(Open::Form), "B2"));
    let numbers: Vec<&str> = joined.forms.iter().map(|form| form.fields["number"].as_str()).collect();
    assert_eq!((numbers, joined.open), (vec!["A1", "B2"], Some(Open::Form)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_was_typed_comes_back(texts in prop::collection::vec("\\PC{0,12}", 17), at in 0..18usize, cursor in 0..14usize) {
        let mut form = form();
        for (id, text) in FieldId::ALL.into_iter().zip(&texts) {
            form.fill(id, text);
        }
        for id in FieldId::ALL {
            form.read(id);
        }
        form.at = FieldId::ALL.get(at).copied();
        if let Some(field) = form.current() {
            field.text = Editor::with_cursor(field.text.text(), cursor);
        }
        let text = serde_json::to_string(&FormDraft::of(&form)).unwrap();
        let back: FormDraft = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(back.form(), form);
    }
}
