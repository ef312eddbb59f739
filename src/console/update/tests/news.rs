//! News, answers, time and the line: nothing moves under the cursor.

use super::desk::{Desk, NOW, OFFICER, changed, row, view};
use crate::console::effect::Effect;
use crate::console::message::{Answer, Fault, Message};
use crate::console::state::layout::Pane;
use crate::console::state::line_status::{Down, LineStatus};
use crate::console::state::notice::{Notice, Sent};
use crate::console::state::record::Subject;
use crate::console::state::why_not::WhyNot;
use crate::domain::hit::{Phase, Priority};
use crate::domain::ids::{CommandId, HitId};
use crate::domain::time::{Minutes, Moment};
use crate::wire::command::{CommandAnswer, Done, Outcome};
use crate::wire::hit::HitRow;
use crate::wire::news::{Cursor, HitNews, News};
use crate::words::Catalogue;

fn urgent(id: u64) -> HitRow {
    let mut row = row(id, "CR", "PA", Phase::Asked);
    row.hit.priority = Priority::Urgent;
    row.hit.owner_taken = None;
    row.hit.due = Some(NOW.after(Minutes(-10)));
    row
}

fn three() -> Desk {
    Desk::with((11..=13).map(|id| row(id, "CR", "PA", Phase::Asked)).collect())
}

fn order(desk: &Desk) -> Vec<u64> {
    desk.state.hits.order.iter().map(|id| id.0).collect()
}

#[test]
fn an_alert_moves_nothing_takes_no_key_and_is_counted() {
    let mut desk = three();
    desk.keys("<Down>");
    desk.hit_news(HitNews::Asked, urgent(1));
    assert_eq!(desk.state.hits.marked, Some(HitId(12)));
    assert_eq!(order(&desk), [11, 12, 13]);
    assert_eq!((desk.state.hits.new_count(), desk.state.hits.urgent_count()), (1, 1));
    assert!(matches!(desk.state.notice, Some(Notice::Alert { hit: HitId(1), .. })));
    assert!(desk.effects.contains(&Effect::Bell));
    desk.keys("<Down>");
    assert_eq!(desk.state.hits.marked, Some(HitId(13)), "the next key does what it was meant for");
}

#[test]
fn n_takes_the_order_and_opens_the_alert_and_esc_returns() {
    let mut desk = three();
    desk.keys("<Down>");
    desk.hit_news(HitNews::Asked, urgent(1));
    desk.keys("n");
    assert_eq!(order(&desk), [1, 11, 12, 13]);
    assert_eq!(desk.state.record.subject, Some(Subject::Hit(HitId(1))));
    assert_eq!(desk.state.layout.focus, Pane::Record);
    assert_eq!(desk.state.hits.urgent_count(), 0);
    desk.keys("<Esc>");
    assert_eq!(desk.state.layout.focus, Pane::Hits);
    assert_eq!(desk.state.hits.marked, Some(HitId(12)), "exactly where one was");
}

#[test]
fn n_opens_the_hit_that_the_banner_names_and_then_the_others_that_called() {
    let mut desk = three();
    desk.hit_news(HitNews::Asked, changed(row(12, "CR", "PA", Phase::Asked), Phase::Asked));
    for id in [21, 22, 23] {
        desk.hit_news(HitNews::Raised, row(id, "CR", "PA", Phase::Raised));
    }
    assert_eq!(desk.state.hits.new_count(), 4);
    assert!(matches!(desk.state.notice, Some(Notice::Alert { hit: HitId(23), .. })));
    for (at, id) in [23, 22, 21, 12].into_iter().enumerate() {
        desk.keys("n");
        assert_eq!(desk.state.record.subject, Some(Subject::Hit(HitId(id))));
        assert_eq!(desk.state.hits.new_count(), 3 - at, "one was opened, and no other");
    }
}

#[test]
fn an_alert_that_is_faster_than_the_others_comes_first_once_its_banner_is_gone() {
    let mut desk = three();
    desk.hit_news(HitNews::Asked, urgent(1));
    desk.hit_news(HitNews::Raised, row(21, "CR", "PA", Phase::Raised));
    desk.keys("<Down>n");
    assert_eq!(desk.state.record.subject, Some(Subject::Hit(HitId(1))));
}

#[test]
fn taking_the_order_takes_no_new_mark_away_and_taking_the_hit_does() {
    let mut desk = three();
    desk.hit_news(HitNews::Raised, row(21, "CR", "PA", Phase::Raised));
    desk.keys("1");
    assert_eq!(desk.state.hits.new_count(), 1);
    desk.hit_news(HitNews::Taken, changed(row(21, "CR", "PA", Phase::Raised), Phase::Raised));
    assert_eq!(desk.state.hits.new_count(), 0);
}

#[test]
fn n_r_y_answers_an_alert() {
    let mut desk = three();
    desk.hit_news(HitNews::Asked, urgent(1));
    desk.sent();
    desk.keys("nr").read_hits().keys("<Seen>y");
    assert_eq!(desk.one_hit_command().hit(), Some(HitId(1)));
}

#[test]
fn waiting_rows_come_in_when_no_key_was_pressed_for_a_minute() {
    let mut desk = three();
    desk.hit_news(HitNews::Asked, urgent(1));
    desk.say(Message::Time(Moment(NOW.0 + 1)));
    assert_eq!(order(&desk), [11, 12, 13]);
    desk.say(Message::Time(NOW.after(Minutes(1))));
    assert_eq!(order(&desk), [1, 11, 12, 13]);
    assert_eq!(desk.state.hits.marked, Some(HitId(11)));
}

#[test]
fn an_open_line_keeps_the_rows_where_they_are() {
    let mut desk = three();
    desk.keys("s12");
    desk.hit_news(HitNews::Asked, urgent(1));
    desk.say(Message::Time(NOW.after(Minutes(5))));
    assert_eq!(order(&desk), [11, 12, 13]);
    assert_eq!(desk.state.search.line.text(), "12");
}

#[test]
fn the_bell_rings_once_a_minute_until_somebody_takes_it() {
    let mut desk = three();
    desk.hit_news(HitNews::Asked, urgent(1));
    let rings = |desk: &mut Desk, minutes| {
        desk.effects.clear();
        desk.say(Message::Time(NOW.after(Minutes(minutes))));
        desk.effects.iter().filter(|effect| **effect == Effect::Bell).count()
    };
    assert_eq!(rings(&mut desk, 1), 1);
    desk.keys(":bell off 30<Enter>");
    assert_eq!(rings(&mut desk, 2), 0);
    assert_eq!(rings(&mut desk, 40), 1, "the silence has an end");
    let mut taken = urgent(1);
    taken.hit.owner_taken = Some(OFFICER);
    desk.hit_news(HitNews::Taken, taken);
    assert_eq!(rings(&mut desk, 41), 0);
}

#[test]
fn flash_is_never_muted() {
    let mut desk = three();
    desk.keys(":bell off<Enter>");
    let mut flash = urgent(1);
    flash.hit.priority = Priority::Flash;
    desk.hit_news(HitNews::Asked, flash);
    assert!(desk.effects.contains(&Effect::Bell));
}

#[test]
fn a_promise_rings_once_before_it_breaks() {
    let mut promised = row(20, "CR", "PA", Phase::Promised);
    promised.hit.due = Some(NOW.after(Minutes(8)));
    let mut desk = Desk::with(vec![promised]);
    let mut rang = Vec::new();
    for minute in 1..8 {
        desk.effects.clear();
        desk.say(Message::Time(NOW.after(Minutes(minute))));
        if desk.effects.contains(&Effect::Bell) {
            rang.push(minute);
        }
    }
    assert_eq!(rang, [3]);
}

#[test]
fn a_withdrawn_hit_leaves_no_other_one_marked() {
    let mut desk = three();
    desk.keys("<Enter>").read_hits();
    desk.news(News::Withdraw { cursor: Cursor::default(), hits: vec![HitId(11)], record: None });
    assert_eq!(desk.state.hits.marked, None);
    assert_eq!(desk.state.record.subject, None);
    assert!(desk.state.record.hits.is_empty());
    assert!(desk.state.back.iter().all(|place| place.subject.is_none()));
}

#[test]
fn an_amended_gun_changes_its_row_and_rings_nobody() {
    let mut desk = three();
    desk.keys("<Enter>").read_hits();
    let alerts = desk.state.hits.alerts.clone();
    let mut row = desk.state.hits.rows[&HitId(11)].clone();
    row.gun.model = Some("P35".into());
    let record = Some(row.hit.record);
    let rows = vec![row.clone()];
    desk.news(News::Amended { cursor: Cursor::default(), record, restricted: false, rows: rows.clone() });
    assert_eq!(desk.state.hits.rows[&HitId(11)], row);
    assert_eq!(desk.state.hits.alerts, alerts);
    assert!(
        matches!(desk.effects.last(), Some(Effect::ReadHit { id: HitId(11), .. })),
        "what is open is read"
    );
    desk.news(News::Amended { cursor: Cursor::default(), record, restricted: true, rows });
    assert!(desk.state.record.hits.is_empty(), "nothing of a record that is shut now stays");
    assert!(desk.state.hits.rows.contains_key(&HitId(11)));
}

#[test]
fn a_reset_throws_everything_away_and_reads_anew() {
    let mut desk = three();
    desk.keys("<Enter>").read_hits();
    desk.news(News::Reset);
    assert!(desk.state.hits.rows.is_empty() && desk.state.record.hits.is_empty());
    assert!(matches!(desk.effects.last(), Some(Effect::ReadHits { .. })));
}

#[test]
fn an_opened_hit_is_read_again_when_it_has_changed() {
    let mut desk = three();
    desk.keys("<Enter>").read_hits();
    desk.effects.clear();
    desk.hit_news(HitNews::Settled, changed(row(11, "CR", "PA", Phase::Asked), Phase::Confirmed));
    assert!(matches!(desk.effects[..], [Effect::ReadHit { id: HitId(11), .. }]));
    let shown = desk.state.record.hit().unwrap();
    assert_eq!(shown.row.hit.phase, Phase::Confirmed, "the row changes in place at once");
}

#[test]
fn a_late_reading_is_dropped() {
    let mut desk = three();
    desk.keys("<Enter>");
    let Some(Effect::ReadHit { generation, id }) = desk.effects.pop() else { panic!() };
    desk.answer(Answer::Hit { generation, id, result: Err(Fault::TimedOut) });
    assert_eq!(desk.state.notice, Some(Notice::Fault(Fault::TimedOut)));
    desk.keys("<Esc><Enter>");
    let late = view(row(11, "CR", "PA", Phase::Raised));
    desk.answer(Answer::Hit { generation, id, result: Ok(late) });
    assert!(desk.state.record.hit().is_none());
}

#[test]
fn what_failed_for_want_of_a_line_is_asked_again() {
    let mut desk = three();
    desk.keys("<Enter>");
    desk.say(Message::Line(LineStatus::Offline { since: Some(NOW), next_try: None, why: Down::NoLine }));
    assert_eq!(desk.state.notice, Some(Notice::NoLine { since: Some(NOW), why: Down::NoLine }));
    let Some(Effect::ReadHit { generation, id }) = desk.effects.pop() else { panic!() };
    desk.answer(Answer::Hit { generation, id, result: Err(Fault::Offline) });
    desk.say(Message::Line(LineStatus::Live { round_trip: None }));
    assert!(matches!(desk.effects.last(), Some(Effect::ReadHit { id: HitId(11), .. })));
}

#[test]
fn a_busy_registry_and_something_else_are_called_so() {
    let mut desk = three();
    for why in [Down::Busy, Down::NoRegistry, Down::NoLine] {
        desk.say(Message::Line(LineStatus::Offline { since: Some(NOW), next_try: None, why }));
        assert_eq!(desk.state.notice, Some(Notice::NoLine { since: Some(NOW), why }));
    }
}

#[test]
fn nothing_is_done_before_the_registry_said_so() {
    let mut desk = three();
    desk.say(Message::Line(LineStatus::Offline { since: Some(NOW), next_try: None, why: Down::NoLine }));
    desk.keys("inote<Enter>");
    let what = Sent::Note(HitId(11));
    assert_eq!(desk.state.notice, Some(Notice::Sent { what: what.clone(), waits: true }));
    assert_eq!(desk.state.pending_on(HitId(11)), Some((&what, false)));
    let id = desk.sent()[0].id;
    let outcome = Outcome::Done { result: Done::default() };
    desk.answer(Answer::Commands(vec![CommandAnswer { id, outcome }]));
    assert_eq!(desk.state.notice, Some(Notice::Done { what, record: None, raised: 0 }));
    assert_eq!(desk.state.pending_on(HitId(11)), None);
}

#[test]
fn an_answer_to_nothing_of_ours_is_nothing() {
    let mut desk = three();
    let before = desk.state.clone();
    let id = CommandId(uuid::Uuid::from_u128(7777));
    let outcome = Outcome::Done { result: Done::default() };
    desk.answer(Answer::Commands(vec![CommandAnswer { id, outcome }]));
    assert_eq!(desk.state, before);
}

#[test]
fn a_reading_that_news_have_overtaken_is_dropped() {
    let mut desk = three();
    desk.keys("<Enter>");
    let Some(Effect::ReadHit { generation, id }) = desk.effects.pop() else { panic!() };
    desk.hit_news(HitNews::Settled, changed(row(11, "CR", "PA", Phase::Asked), Phase::Confirmed));
    let old = view(row(11, "CR", "PA", Phase::Asked));
    desk.answer(Answer::Hit { generation, id, result: Ok(old) });
    assert!(desk.state.record.hit().is_none());
    desk.read_hits();
    assert_eq!(desk.state.record.hit().unwrap().row.hit.phase, Phase::Confirmed);
}

#[test]
fn closed_hits_stay_until_the_next_order() {
    let mut desk = three();
    desk.hit_news(HitNews::Settled, changed(row(13, "CR", "PA", Phase::Asked), Phase::NotOurs));
    assert_eq!(order(&desk), [11, 12, 13]);
    desk.keys("1");
    assert_eq!(order(&desk), [11, 12]);
    assert_eq!(desk.state.hits.rows.len(), 2);
}

#[test]
fn what_was_said_of_the_line_goes_when_it_is_back() {
    let mut desk = three();
    desk.say(Message::Line(LineStatus::Offline { since: Some(NOW), next_try: None, why: Down::NoLine }));
    assert!(desk.state.notice.is_some());
    desk.say(Message::Line(LineStatus::Live { round_trip: None }));
    assert_eq!(desk.state.notice, None);
}

#[test]
fn a_hit_that_left_the_list_is_acted_on_by_nobody() {
    let mut desk = three();
    desk.keys("<Down><Down><Enter>").read_hits();
    let mut closed = changed(row(13, "CR", "PA", Phase::Asked), Phase::NotOurs);
    desk.hit_news(HitNews::Settled, closed.clone());
    desk.keys("n1");
    assert!(!order(&desk).contains(&13));
    // Its row is known again, and stands in no list.
    closed.messages = 1;
    desk.hit_news(HitNews::Wrote, closed);
    for _ in 0..4 {
        desk.keys("<Esc>");
        if desk.state.layout.focus == Pane::Hits {
            assert_ne!(desk.state.item(), Some(crate::console::state::Item::Hit(HitId(13))));
        }
    }
}

#[test]
fn what_marks_the_first_row_is_said() {
    let mut desk = Desk::with(vec![]);
    desk.hit_news(HitNews::Asked, row(1, "CR", "PA", Phase::Asked));
    for key in ["r", "m", "v"] {
        desk.keys(key);
        assert!(
            matches!(desk.state.notice, Some(Notice::NotNow { why: WhyNot::NothingMarked, .. })),
            "{key}: {:?}",
            desk.state.notice
        );
    }
    assert!(Catalogue::english().say("why_not.nothing_marked", &[]).contains("Down"));
    desk.keys("<Down>r");
    assert!(desk.state.question.is_some());
}
