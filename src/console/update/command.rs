//! The command line: actions by their names, and a few things that have no key.

use super::{Effects, act, check, line, open, question, queue, say};
use crate::console::action::{ActionId, TABLE, by_code, by_id};
use crate::console::effect::Effect;
use crate::console::state::State;
use crate::console::state::notice::Notice;
use crate::console::state::open_line::LineFault;
use crate::console::state::search::Part;
use crate::console::state::why_not::WhyNot;
use crate::domain::ids::{HitId, RecordId};
use crate::domain::time::Minutes;

/// Commands that are no actions, each with what it wants behind it.
pub const OTHERS: [(&str, &str); 11] = [
    ("q", ""),
    ("q!", ""),
    ("redraw", ""),
    ("wipe", ""),
    ("hit", "H-2291"),
    ("rec", "CR-2026-0004417"),
    ("bell", "on | off 30"),
    ("purpose", "PURPOSE"),
    ("case", "0143/26"),
    ("days", "90"),
    ("hits", "mine urgent late KE"),
];

/// Longest time for which the bell is muted, in minutes.
const LONGEST_SILENCE: i64 = 480;

/// Runs a command.
pub(super) fn run(state: &mut State, text: &str, effects: &mut Effects) {
    if text.is_empty() {
        state.open_line = None;
        return;
    }
    let (name, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let rest = rest.trim();
    // The line closes first, so that what the command opens has the keys.
    let line = state.open_line.take();
    if let Err(fault) = named(state, name, rest, effects) {
        state.open_line = line;
        line::fault(state, fault);
        return;
    }
    line::remember(&mut state.commands, text.to_owned());
}

fn named(state: &mut State, name: &str, rest: &str, effects: &mut Effects) -> Result<(), LineFault> {
    match name.to_ascii_lowercase().as_str() {
        "q" => question::open(state, check::leaving(state), effects),
        "q!" => effects.push(Effect::Quit),
        "wipe" => {
            effects.push(Effect::Wipe);
            say::say(state, Notice::Wiped);
        }
        "redraw" => effects.push(Effect::Repaint),
        "hit" => {
            let hit: HitId = number(rest).ok_or_else(|| wants("hit"))?;
            queue::show(state, hit);
            open::hit(state, hit, effects);
        }
        "rec" => {
            let record: RecordId = number(rest).ok_or_else(|| wants("rec"))?;
            open::record(state, record, effects);
        }
        "bell" => bell(state, rest)?,
        "purpose" | "case" | "days" => ground(state, name, rest)?,
        "hits" => queue::filter(state, crate::console::filter::parse(rest)),
        other => {
            let action = by_code(other).ok_or_else(|| LineFault::NoCommand { name: name.to_owned() })?;
            act::run(state, action, effects);
        }
    }
    Ok(())
}

fn number<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

fn wants(name: &str) -> LineFault {
    match OTHERS.iter().find(|(other, _)| *other == name) {
        Some((name, usage)) => LineFault::Wants { name, usage },
        None => LineFault::NoCommand { name: name.to_owned() },
    }
}

fn bell(state: &mut State, rest: &str) -> Result<(), LineFault> {
    let words: Vec<&str> = rest.split_whitespace().collect();
    match words[..] {
        ["on"] => {
            state.bell.off_until = None;
            say::say(state, Notice::BellOn);
        }
        ["off"] | ["off", _] => {
            let minutes = match words.get(1) {
                Some(word) => word.parse().ok().filter(|m| (1..=LONGEST_SILENCE).contains(m)),
                None => Some(30),
            };
            let until = state.now.after(Minutes(minutes.ok_or_else(|| wants("bell"))?));
            state.bell.off_until = Some(until);
            say::say(state, Notice::BellOff { until });
        }
        _ => return Err(wants("bell")),
    }
    Ok(())
}

fn ground(state: &mut State, name: &str, rest: &str) -> Result<(), LineFault> {
    if rest.is_empty() {
        return Err(wants(&name.to_ascii_lowercase()));
    }
    let part = match name.to_ascii_lowercase().as_str() {
        "purpose" => Part::Purpose,
        "case" => Part::Case,
        _ => Part::Days,
    };
    state.search.part = part;
    state.search.part_mut().set(rest);
    state.search.go(Part::Gun);
    if let Some((purpose, case)) = state.search.ground() {
        say::say(state, Notice::Ground { purpose, case });
    } else if let (Some(action), Some(lacks)) = (by_id(ActionId::Search), state.search.lacks()) {
        say::not_now(state, action, WhyNot::NoGround(lacks));
    }
    Ok(())
}

/// The name that Right or Tab puts in.
pub(super) fn suggestion(text: &str) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    let mut names: Vec<&str> = OTHERS.iter().map(|(name, _)| *name).collect();
    names.extend(TABLE.iter().filter(|action| action.is_command()).map(|action| action.code));
    names.sort_unstable();
    names.dedup();
    line::next_of(&names, text)
}
