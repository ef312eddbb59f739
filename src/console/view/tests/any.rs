//! Properties: any state is drawn at any size, twice the same, and no text moves a column.

use super::desk;
use super::rows;
use crate::console::look::{Ambiguous, Glyphs, Look};
use crate::console::state::State;
use crate::console::state::layout::{Menu, Page, Pane};
use crate::console::state::line_status::{Down, LineStatus};
use crate::console::state::notice::{Notice, Sent};
use crate::console::state::open_line::{LineKind, OpenLine};
use crate::console::state::promised::{Figures, PromisedTime};
use crate::console::state::question::Ask;
use crate::console::state::record::{RecordLine, Subject};
use crate::console::state::remote::Generation;
use crate::console::state::voice::Voice;
use crate::console::terminal::Depth;
use crate::console::view::view;
use crate::domain::hit::desk::turn;
use crate::domain::hit::{Exclusion, Phase, Priority};
use crate::domain::ids::{HitId, OfficerId};
use crate::domain::text::Text;
use crate::domain::time::Moment;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// A text from outside: usual ones, hostile ones, and any.
fn text() -> impl Strategy<Value = Text> {
    prop_oneof![
        Just(Text::from("KD73519")),
        prop::sample::select(desk::hostile_texts()),
        any::<String>().prop_map(Text::new),
    ]
}

/// One of the desks that the screens are taken of.
fn base() -> impl Strategy<Value = State> {
    prop_oneof![
        Just(desk::empty()),
        Just(desk::desk()),
        Just(desk::comparing()),
        Just(desk::comparing_as_finder()),
        Just(desk::candidates()),
        Just(desk::more_candidates()),
        Just(desk::no_match()),
        Just(desk::restricted()),
        text().prop_map(|text| desk::hostile(&text)),
    ]
}

fn ask() -> impl Strategy<Value = Ask> {
    let (hit, revision) = (HitId(2291), 3);
    let mut asks = vec![
        Ask::Confirm { hit, revision },
        Ask::NotOurs { hit, revision, reason: None },
        Ask::NotOurs { hit, revision, reason: Some(Exclusion::InHand) },
        Ask::Exclude { hit, revision, reason: None },
        Ask::Promise { hit, revision, until: PromisedTime::Typing(Figures::default()) },
        Ask::Promise { hit, revision, until: PromisedTime::In { moment: Moment(i64::MAX) } },
        Ask::Wait { hit, due: Some(Moment(i64::MIN)) },
        Ask::Locate { hit, revision },
        Ask::Clear { hit: HitId(1), revision },
        Ask::TakeOver { hit, from: OfficerId(1) },
        Ask::TakeTicked { hits: (0..400).map(HitId).collect() },
        Ask::Leave { clocks: 9, draft: true, queued: u32::MAX },
    ];
    asks.push(Ask::AskOwner { hit, revision, priority: Priority::Flash, reason: "x".repeat(5000) });
    prop::sample::select(asks)
}

fn line() -> impl Strategy<Value = OpenLine> {
    let kinds = vec![
        LineKind::Search,
        LineKind::Filter,
        LineKind::Command,
        LineKind::Message(HitId(2291)),
        LineKind::Note(HitId(7)),
    ];
    (prop::sample::select(kinds), text()).prop_map(|(kind, text)| {
        let mut line = OpenLine::new(kind);
        line.text.set(text.as_str());
        line
    })
}

fn page() -> impl Strategy<Value = Page> {
    prop_oneof![
        text().prop_map(|text| {
            let mut menu = Menu { all: true, ..Menu::default() };
            menu.find.set(text.as_str());
            Page::Help(menu)
        }),
        Just(Page::Menu(Menu { all: true, ..Menu::default() })),
        text().prop_map(|text| Page::Voice(Voice::new(text))),
        Just(Page::Phone(HitId(2291))),
        Just(Page::Phone(HitId(1))),
        Just(Page::Line),
        Just(Page::Outbox(None)),
        Just(Page::Outbox(desk::outbox().first())),
    ]
}

fn notice() -> impl Strategy<Value = Notice> {
    prop_oneof![
        Just(Notice::TooEarly),
        text().prop_map(Notice::Copied),
        any::<char>().prop_map(Notice::NoSuchKey),
        Just(Notice::Unknown { what: Sent::Confirmed(HitId(1)) }),
    ]
}

prop_compose! {
    fn state()(
        mut state in base(),
        focus in prop::sample::select(Pane::ALL.to_vec()),
        zoom in any::<bool>(),
        shift in any::<u16>(),
        scroll in any::<u16>(),
        now in prop_oneof![Just(desk::at(0)), any::<i64>().prop_map(Moment)],
        every_field in any::<bool>(),
        thread_open in any::<bool>(),
        marks in prop::option::of(prop::sample::select(vec![RecordLine::Contact, RecordLine::Thread])),
        ask in prop::option::of(ask()),
        line in prop::option::of(line()),
        page in prop::option::of(page()),
        notice in prop::option::of(notice()),
        offline in any::<bool>(),
        subject in prop::option::of(Just(Subject::Hit(HitId(99)))),
        typed in text(),
    ) -> State {
        state.layout.go(focus);
        (state.layout.zoom, state.layout.shift, state.record.scroll) = (zoom, shift, scroll);
        state.now = now;
        state.record.every_field = every_field;
        state.record.thread_open = thread_open;
        state.record.line = marks;
        state.record.subject = subject.or(state.record.subject);
        state.notice = notice;
        (state.open_line, state.page) = (line, page);
        state.search.line.set(typed.as_str());
        state.search.case.set(typed.as_str());
        if offline {
            state.line = LineStatus::Offline { since: Some(now), next_try: None, why: Down::NoLine };
        }
        match ask {
            Some(ask) => desk::asking(state, ask),
            None => state,
        }
    }
}

fn look() -> impl Strategy<Value = Look> {
    (any::<bool>(), any::<bool>()).prop_map(|(colours, wide)| Look {
        colours: if colours { Depth::Sixteen } else { Depth::None },
        glyphs: if colours { Glyphs::Ascii } else { Glyphs::Unicode },
        ambiguous: if wide { Ambiguous::Wide } else { Ambiguous::Narrow },
        ..Look::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn any_state_is_drawn_at_any_size(
        state in state(),
        look in look(),
        columns in 0u16..220,
        lines in 0u16..70,
        x in 0u16..9,
        y in 0u16..9,
    ) {
        let whole = Rect::new(0, 0, columns + x, lines + y);
        let area = Rect::new(x, y, columns, lines);
        let mut first = Buffer::empty(whole);
        let cursor = view(&state, &look, area, &mut first);
        let mut second = Buffer::filled(whole, ratatui::buffer::Cell::new("#"));
        let _ = view(&state, &look, area, &mut second);
        // What was there before does not show through, and nothing is drawn beside the area.
        for at in area.positions() {
            prop_assert_eq!(&first[at], &second[at]);
        }
        prop_assert!(whole.positions().filter(|at| !area.contains(*at)).all(|at| second[at].symbol() == "#"));
        if let Some((x, y)) = cursor {
            prop_assert!(area.contains((x, y).into()), "cursor {x},{y} outside {area:?}");
        }
        let drawn = rows(&first).join("\n");
        prop_assert!(!drawn.contains("<screen.") && !drawn.contains("<ask."), "a sentence is missing: {drawn}");
        prop_assert!(!drawn.chars().any(|c| c.is_control() && c != '\n'));
    }

    #[test]
    fn both_numbers_and_the_key_are_there_whenever_it_counts(
        columns in 60u16..200,
        lines in 15u16..60,
        scroll in any::<u16>(),
        zoom in any::<bool>(),
    ) {
        let mut state = desk::asking(desk::comparing(), Ask::Confirm { hit: HitId(2291), revision: 3 });
        (state.record.scroll, state.layout.zoom) = (scroll, zoom);
        (state.record.line, state.record.thread_open) = (Some(RecordLine::Thread), true);
        let area = Rect::new(0, 0, columns, lines);
        let mut buffer = Buffer::empty(area);
        let _ = view(&state, &Look::default(), area, &mut buffer);
        let drawn = rows(&buffer).join("\n");
        for needed in ["K D 7 3 5 1 9", "K 0 7 3 5 1 9", "H-2291  ANSWER PA", "y yes, ours", "Esc no"] {
            prop_assert!(drawn.contains(needed), "{needed} is missing at {columns}x{lines}:\n{drawn}");
        }
    }

    #[test]
    fn no_text_moves_a_column(text in text(), wide in any::<bool>()) {
        let (columns, lines) = if wide { (120, 40) } else { (80, 24) };
        let area = Rect::new(0, 0, columns, lines);
        let state = desk::hostile(&text);
        let mut buffer = Buffer::empty(area);
        let _ = view(&state, &Look::default(), area, &mut buffer);
        let cells = |x: u16, y: u16, width: u16| -> String {
            (x..x + width).map(|x| buffer[(x, y)].symbol().to_owned()).collect()
        };
        let (todo_at, band_at) = if wide { (20, 87) } else { (14, 62) };
        for (line, id) in (3..).zip(&state.hits.order) {
            let hit = &state.hits.rows[id].hit;
            let country = turn(hit, desk::country("CR")).unwrap().with.to_string();
            prop_assert!(cells(todo_at, line, 9).contains(&country), "line {line}");
            let band = hit.band.code();
            prop_assert_eq!(cells(band_at, line, u16::try_from(band.len()).unwrap()), band);
            prop_assert_eq!(cells(band_at - 1, line, 1), " ");
        }
        // The clock at the end of the top line.
        prop_assert_eq!(cells(columns - 12, 0, 12), "03:07 09:07Z");
    }
}

#[test]
fn the_largest_windows_are_drawn_too() {
    for (columns, lines) in [(9_000, 40), (80, 9_000), (u16::MAX, 16), (60, u16::MAX)] {
        let area = Rect::new(0, 0, columns, lines);
        let mut buffer = Buffer::empty(area);
        let _ = view(&desk::comparing(), &Look::default(), area, &mut buffer);
        assert!(rows(&buffer)[0].contains("03:07 09:07Z"));
    }
}

#[test]
fn an_answer_that_came_too_late_leaves_no_hole() {
    let mut state = desk::comparing();
    for row in state.hits.rows.values_mut() {
        row.hit.phase = Phase::NotOurs;
        row.hit.reason = Some(Exclusion::InHand);
    }
    state.hits.rows.remove(&HitId(2291));
    state.search.answer.ask(Generation(9));
    let area = Rect::new(0, 0, 80, 24);
    let mut buffer = Buffer::empty(area);
    let _ = view(&state, &Look::default(), area, &mut buffer);
    assert!(rows(&buffer).iter().any(|row| row.contains("NOT OURS")));
}
