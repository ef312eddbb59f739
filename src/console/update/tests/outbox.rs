//! The outbox: what it says of commands, and what the officer decides about those refused.

use super::desk::{Desk, problem, row};
use crate::console::effect::Effect;
use crate::console::message::{Found, Message, OutboxNews};
use crate::console::state::layout::Page;
use crate::console::state::notice::{LeftBehind, Notice};
use crate::console::state::outbox::{Item, Standing, Wanted};
use crate::console::state::question::Ask;
use crate::console::state::sent::Sent;
use crate::console::state::why_not::WhyNot;
use crate::domain::command::Command;
use crate::domain::hit::{HitCommand, Phase};
use crate::domain::ids::{CommandId, HitId, OfficerId};
use crate::domain::refusal::Refusal;
use crate::wire::command::{Done, Outcome};
use uuid::Uuid;

fn changed() -> Outcome<Done> {
    let refusal = Refusal::Changed { by: OfficerId(18), at: super::desk::NOW, revision: 2 };
    Outcome::Refused { problem: problem(Some(refusal)) }
}

/// A desk whose answer was refused, because a colleague was faster.
fn overtaken() -> (Desk, CommandId) {
    let mut desk = Desk::with(vec![row(1, "CR", "PA", Phase::Asked)]);
    desk.keys("r").read_hits().keys("<Seen>y");
    let id = desk.sent()[0].id;
    desk.say(Message::Outbox(OutboxNews::Queued(vec![id])));
    desk.say(Message::Outbox(OutboxNews::Sent { ids: vec![id], at: super::desk::NOW }));
    desk.answer_command(id, changed());
    (desk, id)
}

#[test]
fn it_is_said_to_be_queued_once_it_is_on_the_disk() {
    let mut desk = Desk::with(vec![row(1, "CR", "PA", Phase::Raised)]);
    desk.keys("m");
    assert_eq!(desk.state.outbox.queued(), 0);
    let id = desk.sent()[0].id;
    desk.say(Message::Outbox(OutboxNews::Queued(vec![id])));
    assert_eq!(desk.state.outbox.queued(), 1);
    desk.answer_command(id, Outcome::Done { result: Done::default() });
    assert!(desk.state.outbox.items.is_empty());
}

#[test]
fn a_refusal_takes_no_key_and_one_key_opens_both_sides() {
    let (mut desk, id) = overtaken();
    assert!(desk.state.page.is_none() && desk.state.question.is_none());
    assert!(matches!(desk.state.notice, Some(Notice::Refused { .. })));
    assert_eq!((desk.state.outbox.refused(), desk.state.outbox.queued()), (1, 0));
    desk.keys("o");
    assert_eq!(desk.state.page, Some(Page::Outbox(Some(id))));
    // Looking and going back keeps it.
    desk.keys("<Esc>");
    assert_eq!(desk.state.outbox.refused(), 1);
}

#[test]
fn it_is_dropped_by_y_and_gone_once_the_disk_says_so() {
    let (mut desk, id) = overtaken();
    desk.keys("or");
    assert!(matches!(&desk.state.question, Some(open) if open.ask == Ask::Drop { id }));
    desk.keys("y");
    assert_eq!(desk.state.outbox.refused(), 1, "typed blind");
    desk.effects.clear();
    desk.keys("<Seen>y");
    assert!(desk.effects.contains(&Effect::Withdraw(id)));
    assert_eq!(desk.state.outbox.refused(), 1);
    desk.say(Message::Outbox(OutboxNews::Dropped(id)));
    assert!(desk.state.outbox.items.is_empty());
    assert!(matches!(desk.state.notice, Some(Notice::Dropped(_))));
}

#[test]
fn sent_again_it_is_a_new_command_on_what_stands_now_and_takes_the_old_one_away() {
    let (mut desk, id) = overtaken();
    let mut newer = row(1, "CR", "PA", Phase::Asked);
    newer.hit.revision += 1;
    let revision = newer.hit.revision;
    desk.hit_news(crate::wire::news::HitNews::Reminded, newer);
    desk.keys("orc").read_hits();
    assert!(
        matches!(&desk.state.question, Some(open) if open.ask == Ask::Confirm { hit: HitId(1), revision })
    );
    desk.effects.clear();
    desk.keys("<Seen>y");
    assert!(desk.effects.contains(&Effect::Withdraw(id)));
    let sent = desk.sent();
    assert_eq!(sent[0].command, Command::Hit(HitCommand::Confirm { hit: HitId(1), revision }));
    assert_ne!(sent[0].id, id);
}

#[test]
fn another_answer_than_the_refused_one_does_not_take_it_away() {
    let (mut desk, id) = overtaken();
    desk.keys("orc").read_hits().keys("e6<Seen>y");
    assert_eq!(desk.sent().len(), 1);
    assert!(!desk.effects.contains(&Effect::Withdraw(id)));
    assert_eq!(desk.state.outbox.refused(), 1);
}

#[test]
fn what_has_gone_out_cannot_be_taken_back() {
    let mut desk = Desk::with(vec![row(1, "CR", "PA", Phase::Raised)]);
    desk.keys("m");
    let id = desk.sent()[0].id;
    desk.say(Message::Outbox(OutboxNews::Sent { ids: vec![id], at: super::desk::NOW }));
    desk.keys("or");
    assert_eq!((&desk.state.question, &desk.state.notice), (&None, &Some(Notice::StillOut)));
}

#[test]
fn what_an_earlier_console_left_is_said_and_is_pending() {
    let mut desk = Desk::with(vec![row(1, "CR", "PA", Phase::Asked), row(2, "CR", "PA", Phase::Asked)]);
    let item = |n: u64, standing| {
        let (hit, revision) = (HitId(n), 1);
        let what = Sent::Confirmed(hit);
        let wanted = Wanted::Command(Box::new(Command::Hit(HitCommand::Confirm { hit, revision })), what);
        Item { id: CommandId(Uuid::from_u128(n.into())), written: super::desk::NOW, wanted, standing }
    };
    let items = vec![item(1, Standing::Queued), item(2, Standing::Unknown)];
    desk.say(Message::Found(Box::new(Found { items, torn: true, ..Found::default() })));
    let left = LeftBehind { queued: 2, torn: true, ..LeftBehind::default() };
    assert_eq!(desk.state.notice, Some(Notice::Found(left)));
    // It stays said, until the next key, while the line goes and what was left goes out.
    desk.say(Message::Line(crate::console::state::line_status::LineStatus::Offline {
        since: None,
        next_try: None,
        why: Default::default(),
    }));
    desk.answer_command(CommandId(Uuid::from_u128(2)), Outcome::Unknown { problem: problem(None) });
    assert_eq!(desk.state.notice, Some(Notice::Found(left)));
    assert_eq!(desk.state.pending_on(HitId(1)), Some((&Sent::Confirmed(HitId(1)), false)));
    assert_eq!(desk.state.pending_on(HitId(2)), Some((&Sent::Confirmed(HitId(2)), true)));
    desk.say(Message::Found(Box::default()));
    assert_eq!(desk.state.outbox.items.len(), 2);
}

#[test]
fn a_disk_that_fails_is_said() {
    let mut desk = Desk::new();
    desk.say(Message::Outbox(OutboxNews::NotKept { said: "no space".into() }));
    assert_eq!(desk.state.notice, Some(Notice::NotKept { said: "no space".into() }));
    assert!(desk.state.outbox.not_kept);
}

#[test]
fn what_cannot_be_dropped_stays_and_says_why() {
    let (mut desk, ids) = waiting(1);
    for (news, why) in [
        (OutboxNews::NotDropped(ids[0]), Notice::NotDropped),
        (OutboxNews::StillOut(ids[0]), Notice::StillOut),
    ] {
        desk.keys("u");
        desk.say(Message::Outbox(news));
        assert_eq!(desk.state.notice, Some(why));
        assert!(desk.state.outbox.get(ids[0]).is_some() && desk.state.outbox.taken_back.is_none());
    }
}

#[test]
fn a_disk_that_keeps_everything_again_is_said_to() {
    let mut desk = Desk::new();
    desk.say(Message::Outbox(OutboxNews::NotKept { said: "no space".into() }));
    desk.say(Message::Outbox(OutboxNews::KeptAgain));
    assert!(!desk.state.outbox.not_kept && desk.state.notice.is_none());
}

/// A desk with so many hits taken on which nothing has gone out.
fn waiting(hits: u64) -> (Desk, Vec<CommandId>) {
    let mut desk = Desk::with((1..=hits).map(|n| row(n, "CR", "PA", Phase::Raised)).collect());
    for _ in 0..hits {
        desk.keys("m<Down>");
    }
    let ids: Vec<_> = desk.sent().iter().map(|envelope| envelope.id).collect();
    desk.say(Message::Outbox(OutboxNews::Queued(ids.clone())));
    desk.effects.clear();
    (desk, ids)
}

#[test]
fn u_takes_back_the_last_that_has_not_gone_out_and_then_the_one_before() {
    let (mut desk, ids) = waiting(2);
    for id in ids.iter().rev() {
        desk.keys("u");
        assert_eq!(std::mem::take(&mut desk.effects), [Effect::Withdraw(*id)]);
        assert!(desk.state.outbox.get(*id).is_some(), "it is there until the disk says otherwise");
        desk.say(Message::Outbox(OutboxNews::Dropped(*id)));
        assert!(desk.state.outbox.get(*id).is_none());
        assert!(matches!(desk.state.notice, Some(Notice::Dropped(_))));
    }
    desk.keys("u");
    assert!(desk.effects.is_empty());
    assert!(matches!(desk.state.notice, Some(Notice::NotNow { why: WhyNot::NothingQueued, .. })));
}

#[test]
fn what_has_gone_out_is_not_taken_back() {
    let (mut desk, ids) = waiting(1);
    desk.keys("u");
    desk.say(Message::Outbox(OutboxNews::Sent { ids: ids.clone(), at: super::desk::NOW }));
    assert_eq!(desk.state.notice, Some(Notice::StillOut), "it went out before the outbox came to it");
    desk.effects.clear();
    desk.keys("u");
    assert!(desk.effects.is_empty());
    assert!(desk.state.outbox.get(ids[0]).is_some());
}

#[test]
fn words_that_were_taken_back_stand_in_their_line_again() {
    let mut desk = Desk::with(vec![row(1, "CR", "PA", Phase::Asked)]);
    desk.keys("isay nothing yet<Enter>");
    let id = desk.sent()[0].id;
    desk.say(Message::Outbox(OutboxNews::Queued(vec![id])));
    desk.keys("u");
    desk.say(Message::Outbox(OutboxNews::Dropped(id)));
    desk.keys("i");
    assert_eq!(desk.state.open_line.as_ref().unwrap().text.text(), "say nothing yet");
}
