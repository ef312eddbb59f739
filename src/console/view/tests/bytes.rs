//! What each action writes to the terminal, to the byte, with the clock fixed.
//!
//! A figure that changes is changed here, knowingly; none may pass its bar. They are those of a
//! terminal of 256 colours, as SSH speaks of it, at 120x40 with four panes.

use super::desk::{self, at};
use super::same::Pair;
use crate::console::effect::Effect;
use crate::console::look::Glyphs;
use crate::console::message::{Answer, Message};
use crate::console::state::State;
use crate::console::terminal::Depth;
use crate::console::update::update;
use crate::domain::hit::Priority;
use crate::domain::ids::{HitId, OfficerId};
use crate::domain::text::Text;
use crate::wire::hit::HitRow;
use crate::wire::news::{Cursor, HitNews, News};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A desk with its screen.
struct Desk {
    state: State,
    screen: Pair,
}

/// Bytes of an action: at once, and what follows when the keys rest.
type Cost = (usize, usize);

impl Desk {
    /// The desk as it was left: its screen is painted.
    fn of(state: State) -> Self {
        let mut desk = Self { state, screen: Pair::new(120, 40, Glyphs::Unicode, Depth::TwoHundredFiftySix) };
        desk.take(Message::Resized { width: 120, height: 40 });
        desk.rest();
        desk
    }

    /// A queue of forty, of guns that have little in common.
    fn with_forty() -> Self {
        let mut state = desk::desk();
        let rows: Vec<HitRow> = state.hits.order.iter().map(|id| state.hits.rows[id].clone()).collect();
        state.hits.order.clear();
        for number in 0..40_u64 {
            let mut row = rows[usize::try_from(number).unwrap() % rows.len()].clone();
            row.hit.id = HitId(2300 + number);
            row.gun.serial = Some(Text::new(format!("K{}", 100_000 + number * 48_271 % 900_000)));
            state.hits.order.push(row.hit.id);
            state.hits.rows.insert(row.hit.id, row);
        }
        let mut desk = Self::of(state);
        // In the order of its clocks, as the first pane takes it.
        desk.letter('1');
        desk.key(KeyCode::Home);
        desk
    }

    fn take(&mut self, message: Message) -> Vec<Effect> {
        update(&mut self.state, message)
    }

    /// Draws everything, and says how many bytes that took.
    fn rest(&mut self) -> usize {
        let bytes = self.screen.show(&self.state);
        self.state.tops = self.screen.tops();
        bytes
    }

    fn at_once(&mut self) -> usize {
        let bytes = self.screen.show_at_once(&self.state);
        self.state.tops = self.screen.tops();
        bytes
    }

    /// Presses a key, lets the registry answer at once, draws, and lets the keys rest.
    fn key(&mut self, code: KeyCode) -> Cost {
        for effect in self.take(Message::Key(KeyEvent::new(code, KeyModifiers::NONE))) {
            if let Effect::ReadHit { generation, id } = effect {
                // The frame without the answer goes out first, as it does on any line.
                let waiting = self.at_once();
                let view = desk::hits::view_of(&self.state.hits.rows[&id]);
                self.take(Message::Answered(Box::new(Answer::Hit { generation, id, result: Ok(view) })));
                let answered = self.at_once();
                return (waiting + answered, self.rest());
            }
        }
        (self.at_once(), self.rest())
    }

    fn letter(&mut self, letter: char) -> Cost {
        self.key(KeyCode::Char(letter))
    }
}

#[test]
fn an_unchanged_frame_is_no_bytes() {
    let mut desk = Desk::of(desk::comparing());
    assert_eq!((desk.at_once(), desk.rest()), (0, 0));
}

#[test]
fn the_first_paint() {
    let paint = |state: &State| Pair::new(120, 40, Glyphs::Unicode, Depth::TwoHundredFiftySix).show(state);
    // The queue alone, with a record open, with candidates.
    assert_eq!(
        [paint(&desk::desk()), paint(&desk::comparing()), paint(&desk::candidates())],
        [1501, 2339, 1798]
    );
}

#[test]
fn moving_the_mark() {
    let mut desk = Desk::of(desk::comparing());
    let (down, up) = ([(); 2].map(|()| desk.key(KeyCode::Down)), desk.key(KeyCode::Up));
    // The number in the bottom line follows, and that the record is not that of the marked one.
    assert_eq!((down, up), ([(5, 58), (5, 87)], (9, 87)));
    // Five rows at one go, as they are drained from the line, are one frame.
    for _ in 0..3 {
        desk.take(Message::Key(KeyEvent::new(KeyCode::Down, KeyModifiers::NONE)));
    }
    assert_eq!((desk.at_once(), desk.rest()), (7, 89));
}

#[test]
fn typing() {
    let mut desk = Desk::of(desk::comparing());
    let opened = desk.letter('s');
    let typed = ['K', 'D', '7'].map(|letter| desk.letter(letter));
    let (erased, closed) = (desk.key(KeyCode::Backspace), desk.key(KeyCode::Esc));
    assert_eq!((opened, typed, erased, closed), ((178, 0), [(1, 0); 3], (3, 0), (124, 0)));
}

#[test]
fn opening_a_record() {
    let mut desk = Desk::of(desk::desk());
    let from_empty = desk.key(KeyCode::Enter);
    desk.letter('1');
    desk.key(KeyCode::Down);
    let from_another = desk.key(KeyCode::Enter);
    // The steps of its life follow: there are six, with two gaps.
    assert_eq!((from_empty, from_another), ((681, 369), (174, 40)));
}

#[test]
fn another_pane() {
    let mut desk = Desk::of(desk::comparing());
    let panes = [(); 4].map(|()| desk.key(KeyCode::Tab));
    assert_eq!(panes, [(34, 75), (18, 77), (33, 0), (17, 39)]);
}

#[test]
fn scrolling_a_full_width_list() {
    let mut desk = Desk::with_forty();
    let down = [(); 10].map(|()| desk.key(KeyCode::Down).0);
    let page = desk.key(KeyCode::PageDown);
    let up = [(); 10].map(|()| desk.key(KeyCode::Up).0);
    assert_eq!(
        (down, page, up),
        ([5, 5, 5, 5, 5, 5, 5, 135, 134, 134], (827, 94), [9, 9, 9, 9, 9, 9, 9, 131, 131, 131])
    );
}

#[test]
fn a_question_and_an_alert() {
    let mut desk = Desk::of(desk::comparing());
    let (asked, closed) = (desk.letter('r'), desk.key(KeyCode::Esc));
    assert_eq!((asked, closed), ((260, 0), (192, 0)));
    let mut row = desk.state.hits.rows[&HitId(2283)].clone();
    row.hit.id = HitId(2299);
    row.hit.priority = Priority::Urgent;
    let cursor = Cursor::default();
    let (what, by) = (HitNews::Asked, Some(OfficerId(30)));
    desk.take(Message::News(Box::new(News::Hit { cursor, what, by, row: Box::new(row) })));
    // The top line first, then with its line of text.
    assert_eq!((desk.screen.show_lines(&desk.state, 0..1), desk.rest()), (21, 56));
}

#[test]
fn a_minute() {
    let minute = |mut desk: Desk| {
        desk.take(Message::Time(at(1)));
        desk.rest()
    };
    assert_eq!([minute(Desk::of(desk::comparing())), minute(Desk::with_forty())], [96, 61]);
}

/// Every bar of a terminal in one place: what is measured above stays under it.
#[test]
fn no_figure_passes_its_bar() {
    let mut desk = Desk::of(desk::desk());
    let (opened, _) = desk.key(KeyCode::Enter);
    let (pane, follows) = desk.key(KeyCode::Tab);
    desk.letter('1');
    desk.key(KeyCode::Down);
    let (another, _) = desk.key(KeyCode::Enter);
    assert!(opened <= 700 && another <= 450 && pane + follows <= 120);
    let mut desk = Desk::with_forty();
    let rows = [(); 30].map(|()| desk.key(KeyCode::Down).0);
    let scrolled = rows.iter().filter(|bytes| **bytes > 10).count();
    assert!(scrolled <= 23 && rows.iter().all(|bytes| *bytes <= 150), "{rows:?}");
}
