//! The line above the bottom line: what was just done, and what was not taken and why.

use super::form;
use super::page::outbox;
use super::row::clipped;
use super::scene::{Scene, say, shown};
use super::sent::{sent, wanted};
use super::why;
use crate::console::action::by_id;
use crate::console::look::Tone;
use crate::console::state::line_status::Down;
use crate::console::state::notice::{LeftBehind, Notice};
use crate::console::state::sent::Sent;
use crate::domain::hit::Priority;
use crate::domain::ids::{HitId, RecordId};
use crate::domain::text::Shown;
use crate::wire::news::HitNews;

/// Columns that a number may take within a sentence.
const NUMBER: u16 = 20;
/// Hits that a sentence names one by one.
const NAMED: usize = 5;
/// Things that had waited which a sentence names one by one.
const WENT_OUT: usize = 2;

/// The sentence of a notice, and how loud it is.
pub(super) fn words(scene: &Scene, notice: &Notice) -> (String, Tone) {
    match notice {
        Notice::Alert { hit, what, priority } => (alert(scene, *hit, *what, *priority), loud(*priority)),
        Notice::TooEarly => (say!(scene, "screen.notice.too_early"), Tone::Notice),
        Notice::NotCompared => (say!(scene, "screen.notice.not_compared"), Tone::Notice),
        Notice::Withdrawn => (say!(scene, "screen.notice.withdrawn"), Tone::Notice),
        Notice::NoSuchKey(key) => {
            (say!(scene, "screen.notice.no_such_key", key = Shown::of(&key.to_string())), Tone::Plain)
        }
        Notice::OtherAlphabet(key) => {
            (say!(scene, "screen.notice.other_alphabet", key = Shown::of(&key.to_string())), Tone::Plain)
        }
        Notice::NothingSent => (say!(scene, "screen.notice.nothing_sent"), Tone::Plain),
        Notice::NotAChoice => (say!(scene, "screen.notice.not_a_choice"), Tone::Plain),
        Notice::NotNow { action, why } => {
            let action = by_id(*action).map(|a| scene.say(&a.label(), &[])).unwrap_or_default();
            (say!(scene, "screen.notice.not_now", action = action, why = why::not(scene, why)), Tone::Plain)
        }
        Notice::TextNotTaken { action, why, keys } => {
            let action = by_id(*action).map(|a| scene.say(&a.label(), &[])).unwrap_or_default();
            let why = why::not(scene, why);
            let said = say!(scene, "screen.notice.text_not_taken", action = action, why = why, count = *keys);
            (said, Tone::Notice)
        }
        Notice::Sent { what, waits } => {
            let key = if *waits { "screen.notice.waits" } else { "screen.notice.sent" };
            (say!(scene, key, what = wanted(scene, what)), Tone::Plain)
        }
        Notice::Taking { hits, waits } => {
            let key = if *waits { "screen.notice.taking_waits" } else { "screen.notice.taking" };
            (say!(scene, key, count = hits.len(), hits = names(scene, hits)), Tone::Plain)
        }
        Notice::Taken { all, done, refused: None } => (taken(scene, *all, done), Tone::Plain),
        Notice::Taken { all, done, refused: Some((hits, problem)) } => {
            let (hits, why) = (names(scene, hits), why::problem(scene, problem));
            let refused = say!(scene, "screen.notice.not_taken", hits = hits, why = why);
            let words =
                if done.is_empty() { refused } else { format!("{refused} {}", taken(scene, *all, done)) };
            (words, Tone::Alarm)
        }
        Notice::Done { what, record, raised } => (done(scene, what, *record, *raised), Tone::Plain),
        Notice::WentOut { done, raised, left } => {
            (went_out(scene, done, *raised, left.as_ref()), Tone::Notice)
        }
        Notice::Refused { what, problem } => {
            let why = why::problem(scene, problem);
            (say!(scene, "screen.notice.refused", what = wanted(scene, what), why = why), Tone::Alarm)
        }
        Notice::Unknown { what } => {
            (say!(scene, "screen.notice.unknown", what = wanted(scene, what)), Tone::Notice)
        }
        Notice::Fault(fault) => (why::fault(scene, fault), Tone::Notice),
        Notice::Copied(text) => {
            (say!(scene, "screen.notice.copied", text = clipped(text.as_str(), 40)), Tone::Plain)
        }
        Notice::Gone(hit) => (say!(scene, "screen.notice.gone", hit = *hit), Tone::Notice),
        Notice::NothingNew => (say!(scene, "screen.notice.nothing_new"), Tone::Plain),
        Notice::Ticked(count) => (say!(scene, "screen.notice.ticked", count = *count), Tone::Plain),
        Notice::Pasted { left_out } => (say!(scene, "screen.notice.pasted", count = *left_out), Tone::Plain),
        Notice::PastedList { waiting, left_out: 0 } => {
            (say!(scene, "screen.notice.pasted_list", count = *waiting), Tone::Plain)
        }
        Notice::PastedList { waiting, left_out } => {
            let key = "screen.notice.pasted_too_many";
            (say!(scene, key, count = *waiting, more = *left_out), Tone::Notice)
        }
        Notice::MorePasted(count) => (say!(scene, "screen.notice.more_pasted", count = *count), Tone::Plain),
        Notice::ReadAnew { what, waits } => {
            let key = if *waits { "screen.notice.read_anew_waits" } else { "screen.notice.read_anew" };
            (say!(scene, key, what = super::sent::short(scene, what)), Tone::Plain)
        }
        Notice::PasteCut => (say!(scene, "screen.notice.paste_cut"), Tone::Notice),
        Notice::PasteNowhere => (say!(scene, "screen.notice.paste_nowhere"), Tone::Notice),
        Notice::BellOff { until } => {
            (say!(scene, "screen.notice.bell_off", until = scene.times.both(*until)), Tone::Plain)
        }
        Notice::BellOn => (say!(scene, "screen.notice.bell_on"), Tone::Plain),
        Notice::NoIds => (say!(scene, "screen.notice.no_ids"), Tone::Notice),
        Notice::Ground { purpose, case } => (
            say!(
                scene,
                "screen.notice.ground",
                purpose = scene.words().purpose(purpose.as_str()),
                case = shown(case)
            ),
            Tone::Plain,
        ),
        Notice::GroundHere(lacks) => {
            (scene.say(&format!("screen.ground_here.{}", lacks.code()), &[]), Tone::Notice)
        }
        Notice::DraftKept => (say!(scene, "screen.notice.draft_kept"), Tone::Plain),
        Notice::NoDraftKept => (say!(scene, "screen.notice.no_draft_kept"), Tone::Plain),
        Notice::NotRead(record) => (say!(scene, "screen.notice.not_read", record = *record), Tone::Notice),
        Notice::Discarded { left: 0 } => (say!(scene, "screen.notice.discarded"), Tone::Plain),
        Notice::Discarded { left } => {
            (say!(scene, "screen.notice.discarded_left", left = *left), Tone::Plain)
        }
        Notice::Unsettled { field, problem, more } => {
            let trouble = form::trouble(scene, *field, &problem.trouble);
            let field = form::name(scene, *field, problem);
            let said = match more {
                0 => say!(scene, "screen.notice.unsettled", field = field, trouble = trouble),
                more => say!(
                    scene,
                    "screen.notice.unsettled_more",
                    field = field,
                    trouble = trouble,
                    more = *more
                ),
            };
            (said, Tone::Notice)
        }
        Notice::HeardKept => (say!(scene, "screen.notice.heard_kept"), Tone::Plain),
        Notice::NoLine { why: Down::Busy, .. } => (say!(scene, "screen.notice.busy"), Tone::Notice),
        Notice::NoLine { why: Down::NoRegistry, .. } => {
            (say!(scene, "screen.notice.no_registry"), Tone::Notice)
        }
        Notice::NoLine { since: Some(since), why: Down::NoLine } => {
            (say!(scene, "screen.notice.no_line_since", since = scene.times.both(*since)), Tone::Notice)
        }
        Notice::NoLine { since: None, why: Down::NoLine } => {
            (say!(scene, "screen.notice.no_line"), Tone::Notice)
        }
        Notice::NoSuchTime => (say!(scene, "screen.notice.no_such_time"), Tone::Plain),
        Notice::Found(left) => (found(scene, left), Tone::Notice),
        Notice::Dropped(wanted) => {
            (say!(scene, "screen.notice.dropped", what = outbox::wanted(scene, wanted)), Tone::Plain)
        }
        Notice::CheckedLate { line, count, here } => {
            let key = if *here { "screen.notice.checked_late" } else { "screen.notice.checked_late_outbox" };
            (say!(scene, key, line = clipped(line, NUMBER), count = *count), Tone::Notice)
        }
        Notice::CheckWaits { line, went_out } => {
            let key = if *went_out { "screen.notice.check_unanswered" } else { "screen.notice.check_waits" };
            (say!(scene, key, line = clipped(line, NUMBER)), Tone::Notice)
        }
        Notice::Wiped => (say!(scene, "screen.notice.wiped"), Tone::Plain),
        Notice::NotDropped => (say!(scene, "screen.notice.not_dropped"), Tone::Alarm),
        Notice::StillOut => (say!(scene, "screen.notice.still_out"), Tone::Plain),
        Notice::NotKept { said } => {
            (say!(scene, "screen.notice.not_kept", said = Shown::of(said)), Tone::Alarm)
        }
        Notice::DraftsNotKept { said } => {
            (say!(scene, "screen.notice.drafts_not_kept", said = Shown::of(said)), Tone::Alarm)
        }
        Notice::Reset => (say!(scene, "screen.notice.reset"), Tone::Notice),
    }
}

/// What an earlier console has left here, and which key leads to it.
fn found(scene: &Scene, left: &LeftBehind) -> String {
    let mut parts = Vec::new();
    if left.drafts > 0 {
        let kept = scene.times.both(left.kept);
        parts.push(say!(scene, "screen.found.drafts", count = left.drafts, kept = kept));
    }
    if left.queued + left.refused > 0 {
        parts.push(say!(scene, "screen.found.outbox", queued = left.queued, refused = left.refused));
    }
    if left.damaged > 0 {
        parts.push(say!(scene, "screen.found.damaged", count = left.damaged));
    }
    if left.torn {
        parts.push(say!(scene, "screen.found.torn"));
    }
    if left.beside {
        parts.push(say!(scene, "screen.found.beside"));
    }
    parts.join(" ")
}

fn loud(priority: Priority) -> Tone {
    if priority.needs_reason() { Tone::Alarm } else { Tone::Notice }
}

/// What has come: who wants what, about which gun, by when.
fn alert(scene: &Scene, hit: HitId, what: HitNews, priority: Priority) -> String {
    let news = match what {
        HitNews::Raised => "raised",
        HitNews::Taken => "taken",
        HitNews::Asked => "asked",
        HitNews::Reminded => "reminded",
        HitNews::Escalated => "escalated",
        HitNews::Promised => "promised",
        HitNews::Settled => "settled",
        HitNews::Wrote => "wrote",
        HitNews::CaughtUp => "caught_up",
    };
    let Some(row) = scene.state.row(hit) else {
        return say!(scene, "screen.alert.unknown", priority = priority.code(), hit = hit);
    };
    let turn = crate::domain::hit::desk::turn(&row.hit, scene.we());
    let with = match row.hit.is_own(scene.we()) {
        true => say!(scene, "screen.alert.own"),
        false => scene.other(&row.hit),
    };
    let part = |text: &Option<_>| text.as_ref().map(|t: &crate::domain::text::Text| t.as_str().to_owned());
    let gun: Vec<String> = [
        row.gun.gun_type.map(|kind| kind.to_string()),
        part(&row.gun.make).map(|text| clipped(&text, 12)),
        part(&row.gun.serial).map(|text| clipped(&text, NUMBER)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let head = say!(
        scene,
        "screen.alert.head",
        priority = priority.code(),
        country = with,
        news = say!(
            scene,
            format!("screen.alert.{news}").as_str(),
            phase = row.hit.phase.code().replace('_', " ")
        ),
        gun = gun.join(" "),
        band = row.hit.band.code()
    );
    match turn.and_then(|turn| turn.due) {
        Some(due) => {
            let key = if due < scene.state.now { "screen.alert.late" } else { "screen.alert.until" };
            format!("{head}{}", say!(scene, key, due = scene.times.both(due)))
        }
        None => format!("{head}{}", say!(scene, "screen.alert.opens")),
    }
}

/// Hits that are on this desk now.
fn taken(scene: &Scene, all: usize, done: &[HitId]) -> String {
    let hits = names(scene, done);
    if done.len() == all {
        return say!(scene, "screen.notice.taken", count = all, hits = hits);
    }
    say!(scene, "screen.notice.taken_of", count = done.len(), all = all, hits = hits)
}

/// The first hits of a list, and how many there are more.
fn names(scene: &Scene, hits: &[HitId]) -> String {
    let first: Vec<String> = hits.iter().take(NAMED).map(HitId::to_string).collect();
    let first = first.join(" ");
    match hits.len().saturating_sub(NAMED) {
        0 => first,
        more => say!(scene, "screen.notice.and_more", hits = first, count = more),
    }
}

fn done(scene: &Scene, what: &Sent, record: Option<RecordId>, raised: usize) -> String {
    // What is named by its record needs it no second time.
    let record = record.filter(|record| what.record() != Some(*record));
    let what = sent(scene, what);
    match (record, raised) {
        (Some(record), 0) => say!(scene, "screen.notice.done_record", what = what, record = record),
        (Some(record), raised) => {
            say!(scene, "screen.notice.done_raised", what = what, record = record, count = raised)
        }
        (None, _) => say!(scene, "screen.notice.done", what = what),
    }
}

/// What had waited and is done, the latest by name, and what was left besides.
fn went_out(
    scene: &Scene,
    done: &[(Sent, Option<RecordId>)],
    raised: usize,
    left: Option<&LeftBehind>,
) -> String {
    let one = |(what, record): &(Sent, Option<RecordId>)| match (what, record) {
        (Sent::Entered, Some(record)) => say!(scene, "screen.notice.entered_as", record = *record),
        _ => sent(scene, what),
    };
    let named: Vec<String> = done.iter().rev().take(WENT_OUT).map(one).collect();
    let named = named.join("; ");
    let named = match done.len().saturating_sub(WENT_OUT) {
        0 => named,
        more => say!(scene, "screen.notice.and_more", hits = named, count = more),
    };
    let mut said = vec![say!(scene, "screen.notice.went_out", what = named)];
    if raised > 0 {
        said.push(say!(scene, "screen.notice.raised", count = raised));
    }
    said.extend(left.map(|left| found(scene, left)));
    said.join(" ")
}
