//! What `r` asks, and what the other keys of a question do.

mod no;

use super::desk::{COLLEAGUE, Desk, NOW, candidate, check_answer, problem, record_id, row};
use crate::console::action::ActionId;
use crate::console::effect::Effect;
use crate::console::message::Answer;
use crate::console::state::notice::Notice;
use crate::console::state::open_line::LineKind;
use crate::console::state::question::Ask;
use crate::console::state::record::Subject;
use crate::console::state::why_not::WhyNot;
use crate::domain::command::Command;
use crate::domain::evidence::Band;
use crate::domain::hit::{Exclusion, HitCommand, Phase, Priority};
use crate::domain::ids::{CheckId, HitId};
use crate::domain::private::Private;
use crate::domain::record::RecordCommand;
use crate::domain::time::{Minutes, Moment};
use crate::wire::command::{Done, Outcome};
use crate::wire::record::RecordAnswer;

const HIT: HitId = HitId(1);

fn with(owner: &str, finder: &str, phase: Phase) -> Desk {
    Desk::with(vec![row(1, owner, finder, phase)])
}

/// The question that `r` opens.
fn asks(owner: &str, finder: &str, phase: Phase) -> &'static str {
    let mut desk = with(owner, finder, phase);
    desk.keys("r");
    match (&desk.state.question, &desk.state.open_line) {
        (Some(question), None) => question.ask.code(),
        (None, Some(line)) if matches!(line.kind, LineKind::ReopenReason { .. }) => "reopen line",
        other => panic!("{other:?}"),
    }
}

#[test]
fn r_asks_what_fits() {
    for (owner, finder, phase, code) in [
        ("CR", "PA", Phase::Raised, "confirm"),
        ("CR", "PA", Phase::Asked, "confirm"),
        ("CR", "PA", Phase::Promised, "confirm"),
        ("CR", "PA", Phase::Confirmed, "wait"),
        ("CR", "PA", Phase::Located, "clear"),
        ("PA", "CR", Phase::Raised, "ask_owner"),
        ("PA", "CR", Phase::Asked, "wait"),
        ("PA", "CR", Phase::Confirmed, "locate"),
        ("PA", "CR", Phase::Located, "wait"),
        ("CR", "CR", Phase::Raised, "confirm"),
        ("CR", "CR", Phase::Asked, "confirm"),
        ("CR", "CR", Phase::Confirmed, "locate"),
        ("CR", "CR", Phase::Located, "clear"),
    ] {
        assert_eq!(asks(owner, finder, phase), code, "{owner} {finder} {phase:?}");
    }
}

#[test]
fn another_agency_of_our_country_is_another_side() {
    for (phase, code) in [(Phase::Raised, "ask_owner"), (Phase::Asked, "wait"), (Phase::Confirmed, "locate")]
    {
        let mut found = row(1, "CR", "CR", phase);
        found.hit.owner.agency = "CR-OIJ".parse().unwrap();
        let mut desk = Desk::with(vec![found]);
        desk.keys("r");
        assert_eq!(desk.state.question.as_ref().unwrap().ask.code(), code, "{phase:?}");
    }
}

#[test]
fn not_ours_wants_its_reason_first() {
    let mut desk = with("CR", "PA", Phase::Asked);
    desk.keys("r").read_hits().keys("<Seen>e<Seen>y");
    assert_eq!(desk.state.notice, Some(Notice::NotAChoice), "y does not live among the figures");
    desk.keys("6<Seen>y");
    let command = HitCommand::NotOurs { hit: HIT, revision: 3, reason: Exclusion::InHand };
    assert_eq!(desk.one_hit_command(), command);
}

#[test]
fn a_promise_is_four_figures_of_local_time() {
    let mut desk = with("CR", "PA", Phase::Asked);
    desk.keys("rp0430<Seen>y");
    // 04:30 in San Jose is 83 minutes from now, plus nothing: times show minutes.
    let until = NOW.after(Minutes(83));
    assert_eq!(desk.one_hit_command(), HitCommand::Promise { hit: HIT, revision: 3, until });
}

#[test]
fn a_promise_can_be_minutes_or_utc_or_tomorrow() {
    for (keys, minutes) in [("45<Enter>", 45), ("1030z", 83), ("0307", 24 * 60), ("9<Backspace>8<Enter>", 8)]
    {
        let mut desk = with("CR", "PA", Phase::Asked);
        desk.keys("rp").keys(keys).keys("<Seen>y");
        let until = NOW.after(Minutes(minutes));
        assert_eq!(desk.one_hit_command(), HitCommand::Promise { hit: HIT, revision: 3, until }, "{keys}");
    }
}

#[test]
fn there_is_no_25_o_clock() {
    let mut desk = with("CR", "PA", Phase::Asked);
    desk.keys("rp2560");
    assert_eq!(desk.state.notice, Some(Notice::NoSuchTime));
    desk.keys("0430");
    assert!(
        matches!(&desk.state.question.as_ref().unwrap().ask, Ask::Promise { until, .. } if until.moment().is_some())
    );
}

#[test]
fn figures_are_dead_once_y_lives_in_a_promise() {
    let mut desk = with("CR", "PA", Phase::Asked);
    desk.keys("rp04301");
    assert_eq!(desk.state.notice, Some(Notice::NotAChoice));
}

#[test]
fn asking_is_routine_unless_a_reason_is_written() {
    let mut desk = with("PA", "CR", Phase::Raised);
    desk.keys("r").read_hits().keys("<Seen>y");
    let ask = |priority, reason| HitCommand::Ask { hit: HIT, revision: 3, priority, reason };
    assert_eq!(desk.one_hit_command(), ask(Priority::Routine, Private::default()));

    let mut desk = with("PA", "CR", Phase::Raised);
    desk.keys("r").read_hits().keys("2<Enter>");
    assert!(desk.state.open_line.as_ref().unwrap().fault.is_some(), "URGENT wants words");
    desk.keys("held for this gun alone<Enter><Seen>y");
    assert_eq!(desk.one_hit_command(), ask(Priority::Urgent, Private::new("held for this gun alone")));
}

#[test]
fn waiting_has_no_y() {
    let mut desk = with("PA", "CR", Phase::Asked);
    desk.keys("r<Seen>y");
    assert_eq!(desk.state.notice, Some(Notice::NotAChoice));
    desk.keys("wsend a photo<Enter><Seen>y");
    let text = Private::new("send a photo");
    assert_eq!(desk.one_hit_command(), HitCommand::Write { hit: HIT, text, inside: false });
}

#[test]
fn a_closed_hit_is_opened_again_with_a_reason() {
    let mut desk = with("CR", "PA", Phase::Asked);
    let closed = super::desk::changed(row(1, "CR", "PA", Phase::Asked), Phase::NotOurs);
    desk.hit_news(crate::wire::news::HitNews::Settled, closed);
    desk.keys("rnew reading<Enter><Seen>y");
    let reason = Private::new("new reading");
    assert_eq!(desk.one_hit_command(), HitCommand::Reopen { hit: HIT, revision: 4, reason });
}

#[test]
fn m_takes_at_once_and_asks_when_a_colleague_has_it() {
    let mut desk = with("CR", "PA", Phase::Raised);
    desk.keys("m");
    assert_eq!(desk.one_hit_command(), HitCommand::Take { hit: HIT, over: false });

    let mut taken = row(1, "CR", "PA", Phase::Asked);
    taken.hit.owner_taken = Some(COLLEAGUE);
    let mut desk = Desk::with(vec![taken]);
    desk.keys("m");
    assert!(desk.sent().is_empty());
    desk.keys("<Seen>y");
    assert_eq!(desk.one_hit_command(), HitCommand::Take { hit: HIT, over: true });
}

#[test]
fn twelve_hits_are_taken_with_ticks_and_one_question() {
    let mut desk = Desk::with((1..=12).map(|id| row(id, "CR", "PA", Phase::Raised)).collect());
    desk.keys("xxxxxxxxxxxx").keys("m<Seen>y");
    let sent = desk.sent();
    assert_eq!(sent.len(), 12);
    let ids: std::collections::BTreeSet<_> = sent.iter().map(|envelope| envelope.id).collect();
    assert_eq!(ids.len(), 12, "every command has its own name");
    assert!(desk.state.hits.ticked.is_empty());
}

#[test]
fn what_the_rules_refuse_says_so_before_it_is_asked() {
    let mut desk = with("CR", "PA", Phase::Asked);
    desk.state.session.as_mut().unwrap().role = crate::domain::agency::Role::Reader;
    desk.keys("r");
    let why = WhyNot::Refused(crate::domain::refusal::Refusal::Role);
    assert_eq!(desk.state.notice, Some(Notice::NotNow { action: ActionId::Respond, why }));
    assert!(desk.state.question.is_none());
}

#[test]
fn our_record_is_validated_or_closed() {
    let id = record_id("CR-2026-4417");
    let mut desk = Desk::with(vec![]).on_a_case();
    desk.keys("scr-2026-4417<Enter>");
    let Some(Effect::ReadRecord { generation, .. }) = desk.effects.pop() else { panic!() };
    let read = RecordAnswer::Whole(Box::new(super::desk::record_view(id, "CR")));
    desk.answer(Answer::Record { generation, id, result: Ok(read) });
    desk.keys("r<Seen>y");
    let sent = desk.sent();
    assert_eq!(sent[0].command, Command::Record(RecordCommand::Validate { record: id }));
    desk.answer_command(sent[0].id, Outcome::Done { result: Done::default() });
    desk.keys("re2<Seen>y");
    let sent = desk.sent();
    let cancel = RecordCommand::Cancel { record: id, revision: 1 };
    assert_eq!(sent[0].command, Command::Record(cancel));
    desk.answer_command(sent[0].id, Outcome::Refused { problem: problem(None) });
    desk.keys("rc");
    assert!(desk.state.form.as_ref().unwrap().amends.is_some());
}

#[test]
fn a_lead_is_asked_about_and_an_unlikely_one_is_not() {
    let mut desk = Desk::with(vec![]).on_a_case();
    desk.keys("sD?32114<Enter>");
    let both = vec![candidate("DE-2019-3310", Band::Possible), candidate("US-2004-118203", Band::Unlikely)];
    desk.answer_check(check_answer(both));
    desk.sent();
    desk.keys("r<Seen>y");
    assert_eq!(desk.state.notice, Some(Notice::NotCompared), "its gun is not on the screen yet");
    desk.answer_record("DE-2019-3310");
    desk.keys("<Seen>y");
    let command = HitCommand::Lead {
        check: CheckId(88213),
        record: record_id("DE-2019-3310"),
        priority: Priority::Routine,
        reason: Private::default(),
    };
    assert_eq!(desk.one_hit_command(), command);
    desk.keys("2<Down>r");
    let why = WhyNot::TooUnlike;
    assert_eq!(desk.state.notice, Some(Notice::NotNow { action: ActionId::Respond, why }));
}

#[test]
fn a_check_is_made_to_stand_longer() {
    let mut desk = Desk::with(vec![]).on_a_case();
    desk.keys("s215PZ40071<Enter>");
    desk.answer_check(check_answer(vec![]));
    desk.effects.clear();
    desk.keys("r2<Seen>y");
    assert_eq!(super::desk::checked(&desk).stand_days, 365);
}

#[test]
fn without_names_nothing_goes_out_and_the_question_stays() {
    let mut desk = with("CR", "PA", Phase::Asked);
    desk.state.ids.clear();
    desk.keys("r").read_hits().keys("<Seen>y");
    assert_eq!(desk.state.notice, Some(Notice::NoIds));
    assert!(desk.sent().is_empty());
    assert!(desk.state.question.is_some());
}

#[test]
fn leaving_is_a_question_and_q_with_a_bang_is_none() {
    let mut desk = Desk::with(vec![row(1, "CR", "PA", Phase::Asked)]);
    desk.keys("q");
    assert!(!desk.effects.contains(&Effect::Quit));
    assert!(matches!(desk.state.question.as_ref().unwrap().ask, Ask::Leave { clocks: 1, .. }));
    desk.keys("<Ctrl-C>");
    assert!(desk.state.question.is_none(), "Ctrl-C is Esc and never ends the program");
    desk.keys(":q!<Enter>");
    assert!(desk.effects.contains(&Effect::Quit));
}

#[test]
fn now_is_three_past_seven() {
    assert_eq!(NOW, Moment::of("2026-11-21T09:07:00Z".parse().unwrap()));
}

#[test]
fn a_lead_that_was_withdrawn_cannot_be_asked_about() {
    let mut desk = Desk::with(vec![]).on_a_case();
    desk.keys("sD?32114<Enter>");
    desk.answer_check(check_answer(vec![candidate("DE-2019-3310", Band::Possible)]));
    desk.keys("r");
    let record = Some(record_id("DE-2019-3310"));
    desk.news(crate::wire::news::News::Withdraw { cursor: Default::default(), hits: vec![], record });
    desk.sent();
    desk.keys("<Seen>y");
    assert_eq!(desk.state.notice, Some(Notice::Withdrawn));
    assert!(desk.sent().is_empty());
}

#[test]
fn a_reader_asks_nobody_about_a_lead() {
    let mut desk = Desk::with(vec![]).on_a_case();
    desk.state.session.as_mut().unwrap().role = crate::domain::agency::Role::Reader;
    desk.keys("sD?32114<Enter>");
    desk.answer_check(check_answer(vec![candidate("DE-2019-3310", Band::Possible)]));
    desk.keys("r");
    assert!(desk.state.question.is_none());
}

#[test]
fn ticked_hits_that_a_colleague_took_meanwhile_spoil_no_other() {
    let mut desk = Desk::with((1..=3).map(|id| row(id, "CR", "PA", Phase::Raised)).collect());
    desk.keys("xxx");
    let mut taken = row(2, "CR", "PA", Phase::Raised);
    taken.hit.owner_taken = Some(COLLEAGUE);
    desk.hit_news(crate::wire::news::HitNews::Taken, taken);
    desk.keys("m<Seen>y");
    assert_eq!(desk.sent().len(), 2);
}

#[test]
fn a_lead_that_became_a_hit_is_answered_as_one() {
    let mut desk = Desk::with(vec![]).on_a_case();
    desk.keys("sD?32114<Enter>");
    desk.answer_check(check_answer(vec![candidate("DE-2019-3310", Band::Possible)]));
    let mut made = row(7, "DE", "CR", Phase::Asked);
    made.hit.check = CheckId(88213);
    made.hit.record = record_id("DE-2019-3310");
    desk.hit_news(crate::wire::news::HitNews::Asked, made);
    desk.keys("r");
    assert!(matches!(desk.state.question.as_ref().unwrap().ask, Ask::Wait { hit: HitId(7), .. }));
}

#[test]
fn only_a_faster_answer_may_be_asked_for_again() {
    let mut desk = with("PA", "CR", Phase::Asked);
    desk.keys("r3");
    assert_eq!(desk.state.notice, Some(Notice::NotAChoice), "it was asked ROUTINE already");
    desk.keys("1officer down<Enter>").read_hits().keys("<Seen>y");
    let (revision, reason) = (3, Private::new("officer down"));
    assert_eq!(
        desk.one_hit_command(),
        HitCommand::Ask { hit: HIT, revision, priority: Priority::Flash, reason }
    );
    assert_eq!(asks("PA", "CR", Phase::Located), "wait");
}

#[test]
fn nothing_is_promised_before_it_is_asked() {
    let mut desk = with("CR", "PA", Phase::Raised);
    desk.keys("rp");
    assert!(matches!(desk.state.notice, Some(Notice::NotNow { .. })));
    assert!(matches!(desk.state.question.as_ref().unwrap().ask, Ask::Confirm { .. }));
}

#[test]
fn arrows_never_come_to_yes() {
    let mut desk = with("CR", "PA", Phase::Asked);
    desk.keys("r<Seen>");
    for _ in 0..9 {
        desk.keys("<Down>");
        let question = desk.state.question.as_ref().unwrap();
        assert_ne!(question.choices[question.chosen].key, Some('y'));
    }
    desk.keys("<Up><Up><Up><Up><Up><Up>");
    let question = desk.state.question.as_ref().unwrap();
    assert_ne!(question.choices[question.chosen].key, Some('y'));
    desk.keys("<Esc>r<Seen><Down><Enter>");
    assert!(desk.sent().is_empty(), "the next row was meant");
}
