use super::*;
use crate::console::ask::choices;
use crate::console::form::Form;
use crate::console::state::promised::{Figures, PromisedTime};
use crate::console::state::question::{Ask, Days, Pick, Rehearsal};
use crate::domain::check::Question;
use crate::domain::gun::Gun;
use crate::domain::hit::{Exclusion, Priority};
use crate::domain::ids::{CheckId, CommandId, HitId, OfficerId, RecordId};
use crate::domain::private::Private;
use crate::domain::record::{Caveat, Circumstance, Entry, Report};
use crate::domain::text::Text;
use crate::domain::time::Moment;
use crate::words::Catalogue;
use std::collections::BTreeSet;

#[test]
fn no_key_is_bound_twice() {
    for (at, action) in TABLE.iter().enumerate() {
        for other in &TABLE[at + 1..] {
            assert_ne!(action.code, other.code);
            if action.context == other.context {
                for key in action.keys {
                    assert!(!other.keys.contains(key), "{} and {}: {key:?}", action.code, other.code);
                }
            }
        }
    }
}

#[test]
fn only_y_commits_and_is_nothing_outside_a_question() {
    let commits: Vec<&Action> = TABLE.iter().filter(|action| action.kind == Kind::Commit).collect();
    assert_eq!(commits.len(), 1);
    assert_eq!((commits[0].keys, commits[0].context), (&[KeyCode::Char('y')][..], Context::Question));
    assert!(by_key(KeyCode::Char('y')).is_none());
}

#[test]
fn what_a_broken_escape_sequence_leaves_behind_acts_on_nothing() {
    for left in "[OABCDHFPQRSZ~0123456789".chars() {
        let key = folded(KeyEvent::from(KeyCode::Char(left))).unwrap();
        if let Some(action) = by_key(key) {
            assert!(action.kind < Kind::Act, "{left} runs {}", action.code);
        }
    }
}

#[test]
fn keys_are_on_every_keyboard() {
    for action in TABLE {
        for key in action.keys {
            if let KeyCode::Char(c) = key {
                assert!(!"~[]{}\\|@#".contains(*c), "{}: {c}", action.code);
                assert!(!c.is_ascii_uppercase(), "{}: {c}", action.code);
            }
        }
    }
}

#[test]
fn capitals_do_not_matter_and_chords_are_nothing() {
    let capital = KeyEvent::new(KeyCode::Char('R'), KeyModifiers::SHIFT);
    assert_eq!(folded(capital), Some(KeyCode::Char('r')));
    let interrupt = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
    assert_eq!(folded(interrupt), Some(KeyCode::Esc));
    assert_eq!(folded(KeyEvent::new(KeyCode::Char('x'), KeyModifiers::CONTROL)), None);
    assert_eq!(folded(KeyEvent::new(KeyCode::Char('x'), KeyModifiers::ALT)), None);
    assert_eq!(folded(KeyEvent::from(KeyCode::Char('\u{130}'))), Some(KeyCode::Char('\u{130}')));
}

#[test]
fn every_action_has_its_words() {
    let words = Catalogue::english();
    for action in TABLE {
        assert!(words.has(&action.label()), "{}", action.label());
        assert!(words.has(&action.doc()), "{}", action.doc());
    }
    for group in Group::ALL {
        assert!(words.has(&format!("group.{}", group.code())), "{}", group.code());
    }
}

#[test]
fn the_readme_table_has_every_action() {
    let table = markdown(str::to_owned);
    for action in TABLE {
        assert!(table.contains(&action.doc()), "{}", action.code);
    }
    assert_eq!(table.lines().count(), TABLE.len() + Group::ALL.len() + 2);
}

/// One of every question, with all that is chosen on the way.
fn every_question() -> Vec<Ask> {
    let (hit, revision) = (HitId(1), 1);
    let record: RecordId = "CR-2026-1".parse().unwrap();
    let report = Box::new(Report {
        circumstance: Circumstance::Lost,
        gun: Gun::default(),
        date: None,
        place: Default::default(),
        batch: None,
        basis: vec![],
        context: None,
        case: Text::default(),
        remark: Private::default(),
        caveat: Caveat::default(),
        source_id: None,
        entry: Entry::Desk,
    });
    let question = Box::new(Question {
        gun: Gun::default(),
        purpose: Text::default(),
        case: Text::default(),
        found: None,
        stand_days: 90,
        limit: 10,
    });
    let at = |utc| PromisedTime::At { figures: Figures::default(), utc, moment: Moment(0) };
    let mut asks = vec![
        Ask::Confirm { hit, revision },
        Ask::Wait { hit, due: None },
        Ask::Locate { hit, revision },
        Ask::Clear { hit, revision },
        Ask::Reopen { hit, revision, reason: String::new() },
        Ask::Validate { record, revision },
        Ask::Stand { question, days: Days::Ninety },
        Ask::Send { hit, text: String::new() },
        Ask::TakeOver { hit, from: OfficerId(1) },
        Ask::TakeTicked { hits: vec![] },
        Ask::Enter { report: report.clone(), rehearsal: Rehearsal::Waiting(CommandId(uuid::Uuid::nil())) },
        Ask::Amend { record, revision, report },
        Ask::Discard { draft: Box::new(Form::new(Moment(0))) },
        Ask::Draft { fresh: Box::new(Form::new(Moment(0))) },
        Ask::Afresh { record },
        Ask::Leave { clocks: 0, draft: false, queued: 0 },
    ];
    for reason in [None, Some(Exclusion::Type)] {
        asks.push(Ask::NotOurs { hit, revision, reason });
        asks.push(Ask::Exclude { hit, revision, reason });
    }
    for how in [None, Some(crate::console::state::question::Closing::Cleared)] {
        asks.push(Ask::CloseRecord { record, revision, how });
    }
    for until in [PromisedTime::Typing(Figures::default()), at(false), at(true)] {
        asks.push(Ask::Promise { hit, revision, until });
    }
    let (priority, reason) = (Priority::Routine, String::new());
    asks.push(Ask::AskOwner { hit, revision, priority, reason: reason.clone() });
    asks.push(Ask::AskLead { check: CheckId(1), record, priority, reason });
    asks
}

#[test]
fn beside_y_nothing_lives_on_any_keyboard() {
    // Neighbours of y on QWERTY and AZERTY (6 7 t u g h), and on QWERTZ (a s x <).
    let neighbours: BTreeSet<char> = "67tughasx<".chars().collect();
    for ask in every_question() {
        let choices = choices(&ask);
        if choices.iter().any(|choice| choice.pick == Pick::Yes) {
            for choice in &choices {
                let key = choice.key.unwrap_or('\u{1b}');
                assert!(!neighbours.contains(&key), "{}: {key}", ask.code());
            }
        }
    }
}

#[test]
fn every_question_ends_in_no_and_has_y_once_at_most() {
    for ask in every_question() {
        let choices = choices(&ask);
        assert_eq!(choices.last().map(|choice| choice.pick), Some(Pick::No), "{}", ask.code());
        let keys: Vec<char> = choices.iter().filter_map(|choice| choice.key).collect();
        assert_eq!(keys.len(), keys.iter().collect::<BTreeSet<_>>().len(), "{}", ask.code());
        let yes = choices.iter().filter(|choice| choice.key == Some('y')).count();
        let picks = choices.iter().filter(|choice| choice.pick == Pick::Yes).count();
        assert_eq!(yes, picks, "{}", ask.code());
        assert!(yes <= 1, "{}", ask.code());
    }
}

#[test]
fn letters_in_questions_do_nothing_worse_outside_than_open() {
    for choice in every_question().iter().flat_map(choices) {
        let Some(key) = choice.key.filter(|key| *key != 'y') else { continue };
        if let Some(action) = by_key(KeyCode::Char(key)) {
            assert!(action.kind < Kind::Act, "{key} runs {}", action.code);
        }
    }
}
