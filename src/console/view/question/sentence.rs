//! What each question says: the sentence that `y` makes true, and its consequence.

use crate::console::form::{FieldId, Form};
use crate::console::state::outbox::Standing;
use crate::console::state::promised::PromisedTime;
use crate::console::state::question::{Ask, Closing, Rehearsal};
use crate::console::view::form::repeated;
use crate::console::view::page::outbox;
use crate::console::view::record::{contradicted, officer_name, ruler};
use crate::console::view::row::clipped;
use crate::console::view::scene::{Scene, say};
use crate::console::view::times::span;
use crate::domain::gun::Gun;
use crate::domain::hit::clock::confirmation;
use crate::domain::hit::{Exclusion, Priority};
use crate::domain::ids::{CommandId, CountryCode, HitId, RecordId};
use crate::domain::record::{NEXT_VALIDATION, Report};
use crate::domain::text::Text;
use crate::domain::time::Moment;
use crate::matching::{NumberKind, classify};
use crate::wire::hit::{HitRow, HitView};

/// Columns that a number or name may take within a sentence.
const NUMBER: u16 = 24;
/// Columns that words of an officer may take.
const WORDS: u16 = 120;

/// What the question is about, as its first line begins.
pub(super) fn subject(scene: &Scene, ask: &Ask) -> String {
    match (ask.hit(), ask.record(), ask) {
        (Some(hit), _, _) => hit.to_string(),
        (None, Some(record), _) => record.to_string(),
        (None, None, Ask::Stand { .. }) => {
            scene.state.search.check().map(|check| check.to_string()).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// What is taken out of the outbox, and that nothing comes of it.
fn dropping(scene: &Scene, id: CommandId) -> String {
    let Some(item) = scene.state.outbox.get(id) else { return say!(scene, "ask.drop_gone") };
    let what = outbox::wanted(scene, &item.wanted);
    match &item.standing {
        Standing::Refused { .. } => say!(scene, "ask.drop_refused", what = what),
        Standing::Answered(_) => say!(scene, "ask.drop_answered", what = what),
        _ => say!(scene, "ask.drop_queued", what = what),
    }
}

/// The two guns of a hit as a sentence names them.
struct Pair {
    with: String,
    record: RecordId,
    what: String,
    recorded: String,
    seen: String,
    differs: String,
}

fn serial(text: Option<&Text>) -> String {
    text.map_or_else(|| "-".to_owned(), |text| clipped(text.as_str(), NUMBER))
}

fn of_gun(gun: &Gun) -> Option<&Text> {
    gun.serial().map(|number| &number.as_seen)
}

impl Pair {
    /// From the hit's reading, or from its row where it was not read.
    fn of(scene: &Scene, hit: HitId) -> Option<Pair> {
        let row: &HitRow = scene.state.row(hit)?;
        let with = scene.other(&row.hit);
        let view: Option<&HitView> = scene.state.record.hits.get(&hit).and_then(|read| read.value());
        let whole = view.and_then(|view| view.record.whole());
        let own = row.gun.serial.as_ref();
        let owner = row.hit.is_owner(scene.we());
        let recorded = whole.and_then(|r| of_gun(&r.report.gun)).or(own.filter(|_| owner));
        let seen = view.and_then(|view| of_gun(&view.check.gun)).or(own.filter(|_| !owner));
        let differs = match (recorded, seen) {
            (Some(a), Some(b)) => ruler::places(a.as_str(), b.as_str()),
            _ => Vec::new(),
        };
        let differs = if differs.is_empty() {
            String::new()
        } else {
            let list: Vec<String> = differs.iter().take(6).map(usize::to_string).collect();
            say!(scene, "ask.differs", places = list.join(", "))
        };
        let what = whole.map(|record| format!("{} ", scene.words().circumstance(record.report.circumstance)));
        Some(Pair {
            with,
            record: row.hit.record,
            what: what.unwrap_or_default(),
            recorded: serial(recorded),
            seen: serial(seen),
            differs,
        })
    }

    fn say(&self, scene: &Scene, key: &str) -> String {
        say!(
            scene,
            key,
            country = self.with.as_str(),
            record = self.record,
            what = self.what,
            recorded = self.recorded,
            seen = self.seen,
            differs = self.differs
        )
    }
}

/// The whole sentence.
pub(super) fn words(scene: &Scene, ask: &Ask) -> String {
    match ask {
        Ask::Confirm { hit, .. } => pair(scene, *hit, &key(scene, *hit, "confirm")),
        Ask::Locate { hit, .. } => pair(scene, *hit, &key(scene, *hit, "locate")),
        Ask::Clear { hit, .. } => pair(scene, *hit, &key(scene, *hit, "clear")),
        Ask::NotOurs { hit, reason, .. } => exclusion(scene, *hit, *reason, "not_ours"),
        Ask::Exclude { hit, reason, .. } => exclusion(scene, *hit, *reason, "exclude"),
        Ask::Promise { hit, until, .. } => promise(scene, *hit, *until),
        Ask::AskOwner { hit, priority, reason, .. } => {
            let asked = pair(scene, *hit, "ask.ask_owner");
            format!("{asked} {}", speed(scene, *priority, reason))
        }
        Ask::AskLead { record, priority, reason, .. } => {
            let seen = scene.state.search.asked.as_ref().and_then(|asked| of_gun(&asked.question.gun));
            let asked =
                say!(scene, "ask.ask_lead", country = record.country, record = *record, seen = serial(seen));
            format!("{asked} {}", speed(scene, *priority, reason))
        }
        Ask::Wait { hit, due } => {
            let with = other(scene, *hit);
            match due {
                Some(due) => say!(scene, "ask.wait", country = with, due = scene.times.both(*due)),
                None => say!(scene, "ask.wait_open", country = with),
            }
        }
        Ask::Reopen { hit, reason, .. } => {
            let with = other(scene, *hit);
            say!(scene, key(scene, *hit, "reopen").as_str(), country = with, reason = clipped(reason, WORDS))
        }
        Ask::Validate { .. } => {
            let next = scene.state.now.after(NEXT_VALIDATION);
            say!(scene, "ask.validate", next = scene.times.date(next))
        }
        Ask::CloseRecord { how: None, .. } => say!(scene, "ask.close_record"),
        Ask::CloseRecord { how: Some(Closing::Cleared), .. } => say!(scene, "ask.close_cleared"),
        Ask::CloseRecord { how: Some(Closing::Cancelled), .. } => say!(scene, "ask.close_cancelled"),
        Ask::Stand { days, .. } => say!(scene, "ask.stand", days = days.days()),
        Ask::Send { hit, text } => {
            let with = other(scene, *hit);
            say!(scene, "ask.send", country = with, text = clipped(text, WORDS))
        }
        Ask::TakeOver { hit, from } => {
            let view = scene.state.record.hits.get(hit).and_then(|read| read.value());
            let officer = view.map_or_else(|| from.to_string(), |view| officer_name(view, *from));
            say!(scene, "ask.take_over", officer = officer)
        }
        Ask::TakeTicked { hits } => {
            let list: Vec<String> = hits.iter().take(12).map(HitId::to_string).collect();
            say!(scene, "ask.take_ticked", count = hits.len(), hits = list.join(" "))
        }
        Ask::Enter { report, rehearsal } => {
            let doubts = doubted(scene);
            let said = [reported(scene, "ask.enter", report), doubts, rehearsed(scene, rehearsal)];
            joined(&said)
        }
        Ask::Amend { report, .. } => joined(&[reported(scene, "ask.amend", report), doubted(scene)]),
        Ask::Discard { draft } => discard(scene, draft),
        Ask::Draft { .. } => match scene.state.drafts.last() {
            Some(kept) => {
                say!(scene, "ask.draft", draft = draft(scene, kept), at = scene.times.clock(kept.kept))
            }
            None => String::new(),
        },
        Ask::Afresh { .. } => say!(scene, "ask.afresh"),
        Ask::Drop { id } => dropping(scene, *id),
        Ask::Leave { clocks, draft, queued } => leave(scene, *clocks, *draft, *queued),
    }
}

/// The other side of a hit, as a sentence names it.
fn other(scene: &Scene, hit: HitId) -> String {
    scene.state.row(hit).map_or_else(|| CountryCode::HUB.to_string(), |row| scene.other(&row.hit))
}

/// The sentence of a question about a hit; another one when nobody else has a side in it.
fn key(scene: &Scene, hit: HitId, code: &str) -> String {
    let own = scene.state.row(hit).is_some_and(|row| row.hit.is_own(scene.we()));
    if own { format!("ask.own.{code}") } else { format!("ask.{code}") }
}

fn pair(scene: &Scene, hit: HitId, key: &str) -> String {
    match Pair::of(scene, hit) {
        Some(pair) => pair.say(scene, key),
        None => say!(scene, "screen.question.gone"),
    }
}

/// Not the same gun: what the table says to the contrary, the answer, and what it silences.
fn exclusion(scene: &Scene, hit: HitId, reason: Option<Exclusion>, code: &str) -> String {
    let with = other(scene, hit);
    let Some(reason) = reason else { return scene.say(&format!("ask.{code}_because"), &[]) };
    let silence = if reason.is_of_the_gun() { "ask.silence" } else { "ask.silence_misread" };
    let answer = say!(
        scene,
        key(scene, hit, code).as_str(),
        country = with,
        code = reason.code(),
        reason = scene.words().exclusion(reason),
        silence = pair(scene, hit, silence)
    );
    let against = contradicted(scene, hit, reason);
    if against.is_empty() {
        return answer;
    }
    format!("{} {answer}", say!(scene, "ask.contradicts", said = against))
}

fn promise(scene: &Scene, hit: HitId, until: PromisedTime) -> String {
    let with = other(scene, hit);
    let made = scene.state.row(hit).map_or(0, |row| row.hit.promises);
    let Some(moment) = until.moment() else { return say!(scene, "ask.promise_typing", country = with) };
    let again = if made > 0 { say!(scene, "ask.promised_before", count = made) } else { String::new() };
    say!(
        scene,
        "ask.promise",
        country = with,
        until = scene.times.both(moment),
        span = hours_and_minutes(scene.state.now, moment),
        again = again
    )
}

/// `1 h 23 m`; `23 m` within the hour.
fn hours_and_minutes(now: Moment, then: Moment) -> String {
    match now.until(then).0 {
        minutes @ 60..1440 => format!("{} h {:02} m", minutes / 60, minutes % 60),
        minutes => span(minutes),
    }
}

/// How fast, what the clock gives for it, and why.
fn speed(scene: &Scene, priority: Priority, reason: &str) -> String {
    let time = span(confirmation(priority).0);
    if reason.is_empty() {
        return say!(scene, "ask.speed", priority = priority.code(), time = time);
    }
    say!(scene, "ask.speed_because", priority = priority.code(), time = time, reason = clipped(reason, WORDS))
}

fn reported(scene: &Scene, key: &str, report: &Report) -> String {
    let gun = &report.gun;
    let names = [of_gun(gun), gun.make.as_ref(), gun.model.as_ref()];
    let names: Vec<String> = names.into_iter().flatten().map(|text| clipped(text.as_str(), NUMBER)).collect();
    let said = say!(
        scene,
        key,
        what = scene.words().circumstance(report.circumstance),
        gun = names.join(" "),
        case = clipped(report.case.as_str(), NUMBER)
    );
    match of_gun(gun).map(|number| classify(number.as_str())) {
        Some(NumberKind::NotSerial(is)) => {
            format!("{said} {}", say!(scene, "ask.no_serial", is = scene.words().not_serial(is)))
        }
        _ => said,
    }
}

/// What the tables doubt of the form that is to be sent.
fn doubted(scene: &Scene) -> String {
    scene.state.form.as_ref().map(|form| repeated(scene, form)).unwrap_or_default()
}

fn joined(sentences: &[String]) -> String {
    let said: Vec<&str> = sentences.iter().map(String::as_str).filter(|said| !said.is_empty()).collect();
    said.join(" ")
}

/// A draft by what was typed of the gun and its file.
fn draft(scene: &Scene, form: &Form) -> String {
    let of_gun = [FieldId::Kind, FieldId::Number, FieldId::Make, FieldId::Model, FieldId::FileNumber];
    let typed = of_gun.into_iter().map(|id| clipped(form.text(id), NUMBER)).filter(|text| !text.is_empty());
    let typed: Vec<String> = typed.collect();
    if typed.is_empty() { say!(scene, "ask.draft_blank") } else { typed.join(" ") }
}

fn discard(scene: &Scene, form: &Form) -> String {
    let (named, at) = (draft(scene, form), scene.times.clock(form.kept));
    match form.amends {
        Some((record, _)) => say!(scene, "ask.discard_amend", record = record, draft = named, at = at),
        None => say!(scene, "ask.discard", draft = named, at = at),
    }
}

fn rehearsed(scene: &Scene, rehearsal: &Rehearsal) -> String {
    match rehearsal {
        Rehearsal::Waiting(_) => say!(scene, "ask.rehearsing"),
        Rehearsal::Clean => say!(scene, "ask.rehearsed_clean"),
        Rehearsal::Duplicates(records) => {
            let list: Vec<String> = records.iter().take(4).map(RecordId::to_string).collect();
            say!(scene, "ask.rehearsed_duplicates", count = records.len(), records = list.join(" "))
        }
        Rehearsal::Refused => String::new(),
        Rehearsal::Unknown => say!(scene, "ask.rehearsed_unknown"),
    }
}

fn leave(scene: &Scene, clocks: usize, draft: bool, queued: u32) -> String {
    let mut parts = vec![say!(scene, "ask.leave")];
    if clocks > 0 {
        parts.push(say!(scene, "ask.leave_clocks", count = clocks));
    }
    if queued > 0 {
        parts.push(say!(scene, "ask.leave_queued", count = queued));
    }
    if draft {
        parts.push(say!(scene, "ask.leave_draft"));
    }
    parts.join(" ")
}
