//! The queue, read page by page.

use super::desk::{Desk, NOW, changed, row};
use crate::console::effect::Effect;
use crate::console::message::{Answer, Fault};
use crate::console::state::queue::MOST_PAGES;
use crate::console::state::remote::Generation;
use crate::domain::hit::Phase;
use crate::domain::ids::HitId;
use crate::domain::time::{Minutes, Moment};
use crate::wire::hit::{HitRow, HitsPage, HitsPlace};
use crate::wire::news::{Cursor, HitNews, News};

fn asked(id: u64) -> HitRow {
    row(id, "CR", "PA", Phase::Asked)
}

/// A page with another behind it, which begins at a hit that is open or not.
fn page(hits: Vec<HitRow>, open: Option<bool>, as_of: Moment) -> HitsPage {
    let next = open.map(|open| HitsPlace { open, due: None, hit: hits.last().unwrap().hit.id });
    HitsPage { hits, cursor: Cursor::default(), as_of, more: next.is_some(), next }
}

/// What is asked for, taken off the list.
fn asks(desk: &mut Desk) -> Option<(Generation, Option<HitId>)> {
    let asked = desk.effects.iter().find_map(|effect| match effect {
        Effect::ReadHits { generation, after } => Some((*generation, after.map(|place| place.hit))),
        _ => None,
    });
    desk.effects.clear();
    asked
}

fn answer(desk: &mut Desk, generation: Generation, page: HitsPage) {
    desk.answer(Answer::Hits { generation, result: Ok(page) });
}

#[test]
fn the_queue_is_read_to_its_last_open_hit() {
    let mut desk = Desk::new();
    let (first, after) = asks(&mut desk).unwrap();
    assert_eq!(after, None);
    answer(&mut desk, first, page(vec![asked(1), asked(2)], Some(true), NOW));
    assert!(desk.state.hits.page.value().unwrap().more);
    let (second, after) = asks(&mut desk).unwrap();
    assert_eq!(after, Some(HitId(2)));
    // What the feed says while pages are under way counts against all of them.
    desk.hit_news(HitNews::Settled, changed(asked(4), Phase::Confirmed));
    desk.news(News::Withdraw { cursor: Cursor::default(), hits: vec![HitId(5)], record: None });
    desk.state.hits.marked = Some(HitId(2));
    let later = NOW.after(Minutes(1));
    answer(&mut desk, second, page(vec![asked(3), asked(4)], Some(true), later));
    let (third, after) = asks(&mut desk).unwrap();
    assert_eq!(after, Some(HitId(4)));
    answer(&mut desk, third, page(vec![asked(5), asked(6)], Some(false), later));
    assert_eq!(asks(&mut desk), None, "closed hits stand in no list");
    let hits = &desk.state.hits;
    assert_eq!(hits.rows[&HitId(4)].hit.phase, Phase::Confirmed);
    assert!(!hits.rows.contains_key(&HitId(5)));
    assert_eq!(hits.order, [1, 2, 3, 6].map(HitId), "nothing moves under the cursor");
    assert_eq!(hits.marked, Some(HitId(2)));
    let read = hits.page.value().unwrap();
    assert_eq!((read.as_of, read.more), (NOW, false));
}

#[test]
fn a_queue_without_end_is_read_so_far_and_says_that_there_is_more() {
    let mut desk = Desk::new();
    let mut pages = 0;
    while let Some((generation, _)) = asks(&mut desk) {
        pages += 1;
        answer(&mut desk, generation, page(vec![asked(pages)], Some(true), NOW));
    }
    assert_eq!(pages, MOST_PAGES as u64);
    assert!(desk.state.hits.page.value().unwrap().more);
    assert_eq!(desk.state.hits.order.len(), MOST_PAGES);
}

#[test]
fn a_page_that_does_not_come_leaves_the_others_and_all_is_read_again_later() {
    let mut desk = Desk::new();
    let (first, _) = asks(&mut desk).unwrap();
    answer(&mut desk, first, page(vec![asked(1)], Some(true), NOW));
    let (second, _) = asks(&mut desk).unwrap();
    desk.answer(Answer::Hits { generation: second, result: Err(Fault::Offline) });
    assert_eq!(desk.state.hits.order, [HitId(1)]);
    assert!(desk.state.hits.page.value().unwrap().more);
    desk.news(News::Hello(super::desk::hello()));
    let (again, after) = asks(&mut desk).unwrap();
    assert_eq!(after, None);
    // A row that was not there before waits for the officer, on whatever page it comes.
    answer(&mut desk, again, page(vec![asked(1)], Some(true), NOW));
    let (second, _) = asks(&mut desk).unwrap();
    answer(&mut desk, second, page(vec![asked(2)], None, NOW));
    assert_eq!(desk.state.hits.order, [HitId(1)]);
    assert!(desk.state.hits.waiting.contains(&HitId(2)));
}
