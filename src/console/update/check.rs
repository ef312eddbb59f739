//! Running the search line: a check, or a number that opens what it names.

use super::{Effects, line, open, queue, say, send};
use crate::console::action::{ActionId, by_id};
use crate::console::grammar::{self, GrammarFault, GunLine};
use crate::console::state::State;
use crate::console::state::notice::Notice;
use crate::console::state::open_line::LineFault;
use crate::console::state::question::Ask;
use crate::console::state::search::{self, Lacks, Part};
use crate::console::state::why_not::WhyNot;
use crate::domain::check::{self, MOST_DAYS, Question};
use crate::domain::hit::desk::{ToDo, turn};
use crate::domain::ids::HitId;
use crate::reference::{calibre, make};
use tui_input::InputRequest;

/// Candidates that a screen asks for.
const CANDIDATES: u16 = 10;

/// Enter in the search line.
pub(super) fn run(state: &mut State, effects: &mut Effects) {
    let text = state.search.line.text().trim().to_owned();
    match grammar::parse(&text) {
        Err(GrammarFault::Empty) if state.search.part != Part::Gun => state.search.go(Part::Gun),
        Err(GrammarFault::Empty) if !state.search.pasted.is_empty() => {
            // It is looked at before it is asked: the next Enter checks it.
            if let Some(next) = state.search.pasted.pop_front() {
                state.search.fault = None;
                state.search.line.set(next);
            }
        }
        Err(fault) => {
            state.search.go(Part::Gun);
            state.search.fault = Some(fault);
        }
        Ok(grammar::Asked::Hit(hit)) => {
            close(state, text);
            queue::show(state, hit);
            open::hit(state, hit, effects);
        }
        Ok(grammar::Asked::Record(record)) => {
            if has_ground(state) {
                close(state, text);
                open::record(state, record, effects);
            }
        }
        Ok(grammar::Asked::Gun(gun)) => ask(state, *gun, effects),
    }
}

/// Without purpose and case nothing is searched: the line goes to the part that is missing, and
/// says what belongs there.
fn has_ground(state: &mut State) -> bool {
    let Some(lacks) = state.search.lacks() else { return true };
    state.search.go(lacks.part());
    match lacks {
        Lacks::KnownPurpose => {
            let given = state.search.purpose.text().trim().to_owned();
            line::fault(state, LineFault::NoSuchPurpose { given });
        }
        Lacks::Both | Lacks::Purpose | Lacks::Case => say::say(state, Notice::GroundHere(lacks)),
    }
    false
}

fn ask(state: &mut State, gun: GunLine, effects: &mut Effects) {
    if !has_ground(state) {
        return;
    }
    let Some((purpose, case)) = state.search.ground() else { return };
    let Some(stand_days) = days(state) else { return };
    if let Some(fault) = unknown(&gun)
        && state.open_line.as_ref().is_some_and(|line| line.fault.as_ref() != Some(&fault))
    {
        state.search.go(Part::Gun);
        line::fault(state, fault);
        return;
    }
    let usual = gun.to_string();
    let question = Question { gun: gun.gun, purpose, case, found: gun.found, stand_days, limit: CANDIDATES };
    if let Some(context) = state.context()
        && let Err(refusal) = check::decide(None, &question, &context)
    {
        not_now(state, WhyNot::Refused(refusal));
        return;
    }
    // Another check is another thing: candidates of the last one must not stand under its title.
    let last = std::mem::take(&mut state.search.answer);
    if !send::check(state, question.clone(), effects) {
        state.search.answer = last;
        return;
    }
    state.search.asked = Some(search::Asked { line: usual.clone(), question });
    state.search.marked = None;
    state.search.at_more = false;
    state.search.further = Default::default();
    close(state, usual);
}

/// A make or a calibre that the tables do not know counts for little: that is said before it is
/// searched with, and not taken for a fault of the gun.
fn unknown(gun: &GunLine) -> Option<LineFault> {
    let make = gun.gun.make.as_ref().filter(|make| make::meanings(make.as_str()).is_empty());
    let calibre = gun.gun.calibre.as_ref().filter(|calibre| calibre::find(calibre.as_str()).is_none());
    let (key, given) = make.map(|make| ("MK", make)).or(calibre.map(|calibre| ("CAL", calibre)))?;
    Some(LineFault::NotInTables { key, given: given.as_str().to_owned() })
}

/// The days that the check stands; goes to that part of the line when they are no number.
fn days(state: &mut State) -> Option<u16> {
    let days = state.search.days.text().trim().parse().ok().filter(|days| *days <= MOST_DAYS);
    if days.is_none() {
        state.search.go(Part::Days);
        state.search.fault =
            Some(GrammarFault::Shape { key: "days", given: state.search.days.text().to_owned(), like: "90" });
    }
    days
}

/// The line is empty after a check.
fn close(state: &mut State, text: String) {
    line::remember(&mut state.search.history, text);
    state.search.line.take();
    state.search.fault = None;
    state.search.go(Part::Gun);
    state.open_line = None;
    if !state.search.pasted.is_empty() {
        say::say(state, Notice::MorePasted(state.search.pasted.len()));
    }
}

/// Puts the gun in hand of a hit into the search line, with the cursor behind its number: it was
/// misread, and the new reading is to be checked. The line is not opened: the next key may be
/// meant for something else.
pub(super) fn read_anew(state: &mut State, hit: HitId) -> bool {
    let reading = state.record.hits.get(&hit).and_then(|reading| reading.value());
    let Some(gun) = reading.map(|view| view.check.gun.clone()) else { return false };
    let Some(number) = gun.serial().map(|number| number.as_seen.as_str().to_owned()) else { return false };
    // With its verb: a number that begins with S and a blank would lose that to it.
    let text = GunLine { gun, found: None }.to_string();
    let verb = text.find(' ').map_or(0, |blank| blank + 1);
    let end = text[verb..].find(&number).map_or(text.len(), |at| verb + at + number.len());
    let before = text[..end].chars().count();
    line::put_aside(state);
    state.search.line.set(text);
    state.search.line.edit(InputRequest::GoToStart);
    for _ in 0..before {
        state.search.line.edit(InputRequest::GoToNextChar);
    }
    state.search.fault = None;
    true
}

fn not_now(state: &mut State, why: WhyNot) {
    if let Some(action) = by_id(ActionId::Search) {
        say::not_now(state, action, why);
    }
}

/// What stays behind when the officer leaves.
pub(super) fn leaving(state: &State) -> Ask {
    let clocks = state.hits.rows.values().filter(|row| {
        let turn = state.party().and_then(|party| turn(&row.hit, party));
        turn.is_some_and(|turn| turn.due.is_some() && turn.to_do != ToDo::Wait)
    });
    let draft = !state.drafts.is_empty() || state.form.is_some();
    Ask::Leave { clocks: clocks.count(), draft, queued: state.outbox.queued() }
}
