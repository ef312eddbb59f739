//! No sequence of messages makes a console panic, send without `y`, or move its mark by news.

use super::desk::{Desk, NOW, candidate, check_answer, record_id, row, view};
use crate::console::effect::Effect;
use crate::console::message::{Answer, Fault, Message, Paste};
use crate::console::state::line_status::{Down, LineStatus};
use crate::console::state::remote::Generation;
use crate::domain::command::Command;
use crate::domain::evidence::Band;
use crate::domain::hit::{HitCommand, Phase, Priority};
use crate::domain::ids::{CommandId, HitId};
use crate::domain::time::Minutes;
use crate::wire::command::{CommandAnswer, Done, Outcome};
use crate::wire::hit::{HitRow, HitsPage};
use crate::wire::news::{Cursor, HitNews, News};
use crate::wire::record::RecordAnswer;
use crossterm::event::{KeyCode, KeyEvent};
use proptest::prelude::*;

fn phases() -> impl Strategy<Value = Phase> {
    prop::sample::select(vec![
        Phase::Raised,
        Phase::Asked,
        Phase::Promised,
        Phase::Confirmed,
        Phase::NotOurs,
        Phase::Excluded,
        Phase::Located,
        Phase::Cleared,
    ])
}

fn rows() -> impl Strategy<Value = HitRow> {
    let countries = || prop::sample::select(vec!["CR", "PA", "KE"]);
    (1..6u64, countries(), countries(), phases(), 1..5u32, 0..4usize).prop_map(
        |(id, owner, finder, phase, revision, priority)| {
            let mut row = row(id, owner, finder, phase);
            row.hit.revision = revision;
            row.hit.priority = Priority::ALL[priority];
            row
        },
    )
}

/// What comes without the officer.
fn arrivals() -> impl Strategy<Value = Message> {
    let news = |news| Message::News(Box::new(news));
    let answer = |answer| Message::Answered(Box::new(answer));
    let what = prop::sample::select(vec![HitNews::Raised, HitNews::Asked, HitNews::Settled, HitNews::Wrote]);
    let generation = || (0..40u64).prop_map(Generation);
    prop_oneof![
        4 => (what, rows()).prop_map(move |(what, row)| news(News::Hit {
            cursor: Cursor::default(), what, by: None, row: Box::new(row),
        })),
        1 => (1..6u64).prop_map(move |id| news(News::Withdraw {
            cursor: Cursor::default(), hits: vec![HitId(id)], record: None,
        })),
        1 => Just(news(News::Withdraw {
            cursor: Cursor::default(), hits: vec![], record: Some(record_id("DE-2019-1")),
        })),
        1 => (any::<bool>(), rows()).prop_map(move |(restricted, row)| news(News::Amended {
            cursor: Cursor::default(), record: Some(row.hit.record), restricted, rows: vec![row],
        })),
        1 => Just(news(News::Reset)),
        1 => (0..90i64).prop_map(|minutes| Message::Time(NOW.after(Minutes(minutes)))),
        1 => Just(Message::Line(LineStatus::Offline { since: Some(NOW), next_try: None, why: Down::NoLine })),
        1 => Just(Message::Line(LineStatus::Live { round_trip: None })),
        1 => (0..200u16, 0..80u16).prop_map(|(width, height)| Message::Resized { width, height }),
        1 => (generation(), prop::collection::vec(rows(), 0..4)).prop_map(move |(generation, hits)| {
            let page = HitsPage { hits, cursor: Cursor::default(), as_of: NOW, more: false, next: None };
            answer(Answer::Hits { generation, result: Ok(page) })
        }),
        3 => (generation(), rows()).prop_map(move |(generation, row)| {
            answer(Answer::Hit { generation, id: row.hit.id, result: Ok(view(row)) })
        }),
        1 => (generation(), 1..6u64).prop_map(move |(generation, id)| {
            answer(Answer::Hit { generation, id: HitId(id), result: Err(Fault::Offline) })
        }),
        1 => generation().prop_map(move |generation| {
            let id = record_id("DE-2019-1");
            let result = Ok(RecordAnswer::Restricted { record: id, ask: id.country });
            answer(Answer::Record { generation, id, result })
        }),
        1 => (1..600u128).prop_map(move |n| {
            let id = CommandId(uuid::Uuid::from_u128(n));
            let outcome = Outcome::Done { result: Done::default() };
            answer(Answer::Commands(vec![CommandAnswer { id, outcome }]))
        }),
    ]
}

/// What the officer does, and what he sees; an answer to a check he has asked for.
fn deeds() -> impl Strategy<Value = Message> {
    let letters = prop::sample::select(
        "rmdxwitvbap-cloqs/ef:;kj<>1234zn?hgu y0567.KD73519".chars().collect::<Vec<_>>(),
    );
    let keys = prop::sample::select(vec![
        KeyCode::Enter,
        KeyCode::Esc,
        KeyCode::Tab,
        KeyCode::BackTab,
        KeyCode::Backspace,
        KeyCode::Delete,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::PageUp,
        KeyCode::PageDown,
        KeyCode::F(1),
        KeyCode::Insert,
    ]);
    prop_oneof![
        6 => letters.prop_map(|c| Message::Key(KeyEvent::from(KeyCode::Char(c)))),
        3 => keys.prop_map(|code| Message::Key(KeyEvent::from(code))),
        1 => any::<char>().prop_map(|c| Message::Key(KeyEvent::from(KeyCode::Char(c)))),
        1 => (".{0,8}|[a-z\n]{0,8}", any::<bool>(), any::<bool>())
            .prop_map(|(text, cut, rest)| Message::Paste(Paste { text, cut, rest })),
        2 => (0..60u64).prop_map(|n| Message::Seen(Generation(n))),
        1 => (0..40u64).prop_map(|n| {
            let result = Ok(check_answer(vec![candidate("DE-2019-1", Band::Possible)]));
            Message::Answered(Box::new(Answer::Check { generation: Generation(n), result }))
        }),
    ]
}

fn desk() -> Desk {
    Desk::with(vec![row(1, "CR", "PA", Phase::Asked), row(2, "PA", "CR", Phase::Raised)]).on_a_case()
}

/// Whether a command may leave without `y`: a take and an inside note stay within our NCB.
fn stays_inside(effect: &Effect) -> bool {
    match effect {
        Effect::Send(envelopes) => envelopes.iter().all(|envelope| {
            envelope.rehearse
                || matches!(
                    envelope.command,
                    Command::Hit(
                        HitCommand::Take { over: false, .. } | HitCommand::Write { inside: true, .. }
                    )
                )
        }),
        _ => true,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_sequence_panics_and_only_y_or_the_chosen_yes_sends(
        messages in prop::collection::vec(prop_oneof![2 => deeds(), 1 => arrivals()], 0..120)
    ) {
        let mut desk = desk();
        for message in messages {
            let seen = desk.state.question.as_ref().is_some_and(|q| q.seen && q.withdrawn.is_none());
            let commits = matches!(&message, Message::Key(key)
                if matches!(key.code, KeyCode::Char('y' | 'Y') | KeyCode::Enter));
            let text = format!("{message:?}");
            desk.effects.clear();
            desk.say(message);
            if !(seen && commits) {
                prop_assert!(desk.effects.iter().all(stays_inside), "{text}");
            }
            let pending = &desk.state.pending;
            let mut decided: Vec<_> =
                pending.values().filter(|sent| sent.phase().is_some()).filter_map(crate::console::state::sent::Sent::hit).collect();
            decided.sort_unstable();
            prop_assert!(decided.windows(2).all(|two| two[0] != two[1]), "two answers about one hit: {text}");
        }
    }

    #[test]
    fn no_arrival_moves_a_mark(
        before in prop::collection::vec(deeds(), 0..30),
        arrivals in prop::collection::vec(arrivals(), 1..40),
    ) {
        let mut desk = desk();
        for message in before {
            desk.say(message);
        }
        for message in arrivals {
            let (hit, focus) = (desk.state.hits.marked, desk.state.layout.focus);
            let (candidate, holder) = (desk.state.search.marked, desk.state.holder());
            let text = format!("{message:?}");
            desk.say(message);
            let now = desk.state.hits.marked;
            // What is withdrawn is marked no more, and the first rows of all get a mark.
            prop_assert!(now == hit || now.is_none() || hit.is_none(), "{text}");
            let now = desk.state.search.marked;
            prop_assert!(now == candidate || now.is_none(), "{text}");
            prop_assert_eq!(desk.state.layout.focus, focus, "{}", text);
            let reset = text.contains("Reset");
            prop_assert!(desk.state.holder() == holder || reset, "{text}");
        }
    }
}
