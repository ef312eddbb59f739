//! What comes late: an older row, page, reading or check never takes the place of a newer one,
//! and brings back nothing that was withdrawn.

use super::desk::{Desk, NOW, candidate, changed, check_answer, record_id, record_view, row, view};
use crate::console::effect::Effect;
use crate::console::message::Answer;
use crate::console::state::notice::Notice;
use crate::console::state::remote::Generation;
use crate::domain::evidence::Band;
use crate::domain::hit::Phase;
use crate::domain::ids::{HitId, OfficerId, RecordId};
use crate::wire::hit::{HitBrief, HitRow, HitsPage};
use crate::wire::news::{Cursor, HitNews, News};
use crate::wire::record::RecordAnswer;

const HIT: HitId = HitId(1);

fn asked() -> HitRow {
    row(1, "CR", "PA", Phase::Asked)
}

fn withdraw(desk: &mut Desk, hits: Vec<HitId>, record: Option<RecordId>) {
    desk.news(News::Withdraw { cursor: Cursor::default(), hits, record });
}

/// The registry is asked for the queue once more.
fn reading(desk: &mut Desk) -> Generation {
    desk.effects.clear();
    desk.news(News::Reset);
    match desk.effects[..] {
        [Effect::ReadHits { generation, after: None }] => generation,
        ref other => panic!("{other:?}"),
    }
}

fn page(desk: &mut Desk, generation: Generation, hits: Vec<HitRow>) {
    let page = HitsPage { hits, cursor: Cursor::default(), as_of: NOW, more: false, next: None };
    desk.answer(Answer::Hits { generation, result: Ok(page) });
}

#[test]
fn older_news_do_not_take_the_place_of_newer_ones() {
    let mut desk = Desk::with(vec![asked()]);
    desk.hit_news(HitNews::Settled, changed(asked(), Phase::Confirmed));
    desk.state.notice = None;
    desk.hit_news(HitNews::Asked, asked());
    assert_eq!(desk.state.hits.rows[&HIT].hit.phase, Phase::Confirmed);
    assert_eq!(desk.state.notice, None, "nobody is called for what is over");
    let record = Some(asked().hit.record);
    let rows = vec![asked()];
    desk.news(News::Amended { cursor: Cursor::default(), record, restricted: false, rows });
    assert_eq!(desk.state.hits.rows[&HIT].hit.phase, Phase::Confirmed);
}

#[test]
fn an_older_reading_keeps_the_row_that_news_have_brought() {
    let mut desk = Desk::with(vec![asked()]);
    desk.keys("<Enter>").read_hits();
    desk.hit_news(HitNews::Settled, changed(asked(), Phase::Confirmed));
    let Some(Effect::ReadHit { generation, id }) = desk.effects.pop() else { panic!() };
    desk.answer(Answer::Hit { generation, id, result: Ok(view(asked())) });
    assert_eq!(desk.state.hits.rows[&HIT].hit.phase, Phase::Confirmed);
    assert_eq!(desk.state.record.hit().unwrap().row.hit.phase, Phase::Confirmed);
}

#[test]
fn a_page_that_was_read_before_the_news_counts_for_nothing_against_them() {
    let mut desk = Desk::with(vec![asked()]);
    let generation = reading(&mut desk);
    // A taking counts as no revision.
    let mut taken = asked();
    taken.hit.finder_taken = Some(OfficerId(99));
    desk.hit_news(HitNews::Taken, taken.clone());
    page(&mut desk, generation, vec![asked()]);
    assert_eq!(desk.state.hits.rows[&HIT], taken);
}

#[test]
fn a_page_that_was_read_before_an_amendment_counts_for_nothing_against_it() {
    let mut desk = Desk::with(vec![asked()]);
    // The queue is read anew while its rows stay, as after a break of the line.
    let generation = desk.state.generation.advance();
    desk.state.hits.page.ask(generation);
    let mut amended = asked();
    amended.gun.make = Some("Colt".into());
    let (record, rows) = (Some(amended.hit.record), vec![amended.clone()]);
    desk.news(News::Amended { cursor: Cursor::default(), record, restricted: false, rows });
    page(&mut desk, generation, vec![asked()]);
    assert_eq!(desk.state.hits.rows[&HIT], amended);
}

#[test]
fn a_page_that_was_read_before_a_withdrawal_brings_nothing_back() {
    let mut desk = Desk::with(vec![asked()]);
    let generation = reading(&mut desk);
    withdraw(&mut desk, vec![HIT], None);
    page(&mut desk, generation, vec![asked(), row(2, "CR", "PA", Phase::Asked)]);
    assert_eq!(desk.state.hits.rows.keys().collect::<Vec<_>>(), [&HitId(2)]);
    assert_eq!(desk.state.hits.order, [HitId(2)]);
    // Whoever may see it again hears of it by the feed, or reads it anew.
    desk.hit_news(HitNews::CaughtUp, asked());
    assert!(desk.state.hits.rows.contains_key(&HIT));
}

#[test]
fn a_check_that_was_made_before_a_withdrawal_brings_nothing_back() {
    let mut desk = Desk::with(vec![]).on_a_case();
    desk.keys("sD?32114<Enter>");
    withdraw(&mut desk, vec![HitId(7)], Some(record_id("DE-2019-3310")));
    let brief = |hit, record: &str| HitBrief { hit, record: record_id(record), band: Band::Likely };
    let both = vec![candidate("DE-2019-3310", Band::Likely), candidate("KE-2019-1", Band::Likely)];
    let mut answer = check_answer(both);
    answer.hits = vec![brief(HitId(7), "KE-2019-1"), brief(HitId(8), "DE-2019-3310")];
    desk.answer_check(answer.clone());
    let shown = desk.state.search.answer.value().unwrap();
    assert_eq!(shown.candidates.len(), 1);
    assert!(shown.hits.is_empty());
    // The next check is answered by a registry that knows of the withdrawal.
    desk.keys("sD?32114<Enter>");
    desk.answer_check(answer);
    assert_eq!(desk.state.search.answer.value().unwrap().candidates.len(), 2);
}

#[test]
fn an_amended_record_that_is_being_read_is_read_anew() {
    let id = record_id("DE-2019-3310");
    let mut desk = Desk::with(vec![]).on_a_case();
    desk.keys("sDE-2019-3310<Enter>");
    let Some(Effect::ReadRecord { generation, .. }) = desk.effects.pop() else { panic!() };
    let amended =
        || News::Amended { cursor: Cursor::default(), record: Some(id), restricted: false, rows: vec![] };
    desk.news(amended());
    assert!(matches!(desk.effects.last(), Some(Effect::ReadRecord { id: read, .. }) if *read == id));
    let old = RecordAnswer::Whole(Box::new(record_view(id, "DE")));
    desk.answer(Answer::Record { generation, id, result: Ok(old.clone()) });
    assert!(desk.state.record.record().is_none(), "the page of before the amendment is not shown");
    desk.answer_record("DE-2019-3310");
    assert!(desk.state.record.record().is_some());
    // Another one that is read meanwhile is not shown as it was either.
    desk.keys("sKE-2019-1<Enter>");
    desk.answer_record("KE-2019-1");
    desk.news(amended());
    assert!(!desk.state.record.records.contains_key(&id));
}

#[test]
fn an_older_record_does_not_take_the_place_of_a_newer_one() {
    let id = record_id("CR-2026-4417");
    let whole = |revision| {
        let mut view = record_view(id, "CR");
        view.revision = revision;
        Ok(RecordAnswer::Whole(Box::new(view)))
    };
    let mut desk = Desk::with(vec![]).on_a_case();
    desk.keys("sCR-2026-4417<Enter>");
    let Some(Effect::ReadRecord { generation, .. }) = desk.effects.pop() else { panic!() };
    desk.answer(Answer::Record { generation, id, result: whole(4) });
    desk.keys("sCR-2026-4417<Enter>");
    let Some(Effect::ReadRecord { generation, .. }) = desk.effects.pop() else { panic!() };
    desk.answer(Answer::Record { generation, id, result: whole(3) });
    assert_eq!(desk.state.record.record().unwrap().whole().unwrap().revision, 4);
}

#[test]
fn a_comparison_whose_gun_was_amended_is_answered_by_nobody() {
    let mut desk = Desk::with(vec![asked()]);
    desk.keys("r").read_hits().keys("<Seen>");
    let record = Some(asked().hit.record);
    let rows = vec![asked()];
    desk.news(News::Amended { cursor: Cursor::default(), record, restricted: false, rows });
    desk.keys("y");
    assert_eq!(desk.state.notice, Some(Notice::NotCompared));
    assert!(desk.sent().is_empty());
}

#[test]
fn a_hit_that_is_read_while_it_changes_is_read_anew() {
    let mut desk = Desk::with(vec![asked(), row(2, "CR", "PA", Phase::Asked)]);
    desk.keys("<Enter><Esc><Down><Enter>");
    let Some(Effect::ReadHit { generation, id: HIT }) = desk.effects.first().cloned() else { panic!() };
    desk.hit_news(HitNews::Settled, changed(asked(), Phase::Confirmed));
    desk.answer(Answer::Hit { generation, id: HIT, result: Ok(view(asked())) });
    let held = &desk.state.record.hits[&HIT];
    assert!(held.value().is_none_or(|view| view.row.hit.phase == Phase::Confirmed));
}

#[test]
fn a_reading_from_before_a_record_was_shut_is_not_shown() {
    let mut desk = Desk::with(vec![]).on_a_case();
    // A hit that the queue does not have: whose record it is comes with its reading.
    desk.keys("sH-1<Enter>");
    let Some(Effect::ReadHit { generation, id }) = desk.effects.pop() else { panic!() };
    withdraw(&mut desk, vec![], Some(asked().hit.record));
    desk.answer(Answer::Hit { generation, id, result: Ok(view(asked())) });
    assert!(desk.state.record.hit().is_none());
    assert!(matches!(desk.effects.last(), Some(Effect::ReadHit { id: HIT, .. })));
}
