//! An open question: `y` counts only once its words were on the screen, and only while they hold.

mod promise;

use super::{Effects, check, form, line, outbox, say, send};
use crate::console::ask::{Committed, choices, commands, judge};
use crate::console::effect::Effect;
use crate::console::state::State;
use crate::console::state::notice::Notice;
use crate::console::state::open_line::{Asking, LineKind};
use crate::console::state::promised::PromisedTime;
use crate::console::state::question::{Ask, Choice, Pick, Question, Rehearsal};
use crate::console::state::record::Subject;
use crate::domain::hit::{Exclusion, Priority};
use crate::domain::ids::CommandId;
use crossterm::event::KeyCode;
use jiff::tz::TimeZone;

/// Opens a question, in place of the one that led to it, which "no" goes back to.
pub(super) fn open(state: &mut State, ask: Ask, effects: &mut Effects) {
    let behind = state.question.take().and_then(|before| before.leads_to(&ask));
    open_before(state, ask, behind, effects);
}

/// Opens a question before another one, which "no" goes back to.
pub(super) fn open_before(state: &mut State, ask: Ask, behind: Option<Box<Ask>>, effects: &mut Effects) {
    let mut choices = choices(&ask);
    choices.splice(0..0, faster(state, &ask));
    let generation = state.generation.advance();
    let withdrawn = judge(state, &ask);
    let chosen = choices.len().saturating_sub(1);
    state.question = Some(Question { generation, ask, seen: false, chosen, choices, withdrawn, behind });
    effects.push(Effect::AwaitSeen(generation));
}

/// While the other side is asked, a faster answer may be asked for.
fn faster(state: &State, ask: &Ask) -> Vec<Choice> {
    let (Ask::Wait { hit, .. }, Some(party)) = (ask, state.party()) else { return Vec::new() };
    let Some(row) = state.row(*hit).filter(|row| row.hit.is_finder(party) && row.hit.phase.is_unanswered())
    else {
        return Vec::new();
    };
    let keyed = Priority::ALL.into_iter().zip('1'..='4');
    keyed
        .filter(|(priority, _)| *priority < row.hit.priority)
        .map(|(priority, key)| Choice { key: Some(key), pick: Pick::Priority(priority) })
        .collect()
}

/// The words of the question have changed: it has to be seen anew.
pub(super) fn reword(state: &mut State, effects: &mut Effects) {
    let generation = state.generation.advance();
    if let Some(question) = &mut state.question {
        question.generation = generation;
        question.seen = false;
        effects.push(Effect::AwaitSeen(generation));
    }
}

/// Looks again whether the ground of the question still holds. What was withdrawn stays so
/// until the question is asked anew.
pub(super) fn judge_anew(state: &mut State) {
    let Some(question) = &state.question else { return };
    if question.withdrawn.is_none() {
        let withdrawn = judge(state, &question.ask);
        if let Some(question) = &mut state.question {
            question.withdrawn = withdrawn;
        }
    }
}

/// A key while a question is open.
pub(super) fn key(state: &mut State, code: KeyCode, effects: &mut Effects) {
    let Some(question) = &mut state.question else { return };
    let typing = matches!(question.ask, Ask::Promise { until: PromisedTime::Typing(_), .. });
    match code {
        KeyCode::Backspace if typing => promise::unfigure(state, effects),
        KeyCode::Esc | KeyCode::Backspace => no(state, effects),
        KeyCode::Tab => walk(question, 1),
        KeyCode::BackTab => walk(question, question.choices.len() - 1),
        // Down and Enter go to the next row a hundred times a night: they never come to "yes".
        KeyCode::Right | KeyCode::Down => walk_past_yes(question, 1),
        KeyCode::Left | KeyCode::Up => walk_past_yes(question, question.choices.len() - 1),
        KeyCode::Enter if typing => promise::minutes(state, effects),
        KeyCode::Enter => {
            if let Some(choice) = question.choices.get(question.chosen) {
                let pick = choice.pick;
                take(state, pick, effects);
            }
        }
        KeyCode::Char(c) if typing => promise::figure(state, c, effects),
        KeyCode::Char(c) => {
            let pick = question.choices.iter().find(|choice| choice.key == Some(c)).map(|choice| choice.pick);
            match pick {
                Some(pick) => take(state, pick, effects),
                None => say::say(state, Notice::NotAChoice),
            }
        }
        _ => say::say(state, Notice::NotAChoice),
    }
}

/// No: back to the question that led to this one; else it closes, and says that nothing came of it.
fn no(state: &mut State, effects: &mut Effects) {
    let Some(question) = state.question.take() else { return };
    state.outbox.again = None;
    match (question.behind, question.ask) {
        (Some(behind), _) => open(state, *behind, effects),
        (None, Ask::Afresh { .. } | Ask::Drop { .. }) => {}
        (None, Ask::Discard { .. } | Ask::Draft { .. }) => say::say(state, Notice::DraftKept),
        (None, _) => say::say(state, Notice::NothingSent),
    }
}

fn walk(question: &mut Question, by: usize) {
    question.chosen = (question.chosen + by) % question.choices.len().max(1);
}

fn walk_past_yes(question: &mut Question, by: usize) {
    walk(question, by);
    if question.choices.get(question.chosen).is_some_and(|choice| choice.pick == Pick::Yes) {
        walk(question, by);
    }
}

/// Takes a choice.
fn take(state: &mut State, pick: Pick, effects: &mut Effects) {
    let Some(question) = &state.question else { return };
    let ask = question.ask.clone();
    match pick {
        Pick::Yes => yes(state, effects),
        Pick::No => no(state, effects),
        Pick::Not => not(state, &ask, effects),
        Pick::Promise => promise::promise(state, &ask, effects),
        Pick::Write => {
            if let Some(hit) = ask.hit() {
                write_first(state, LineKind::Message(hit));
            }
        }
        Pick::Reason(why) => match ask {
            Ask::NotOurs { hit, revision, .. } => {
                open(state, Ask::NotOurs { hit, revision, reason: Some(why) }, effects);
            }
            Ask::Exclude { hit, revision, .. } => {
                open(state, Ask::Exclude { hit, revision, reason: Some(why) }, effects);
            }
            _ => {}
        },
        Pick::Priority(priority) => prioritise(state, &ask, priority, effects),
        Pick::Stand(days) => {
            if let Ask::Stand { question, .. } = ask {
                open(state, Ask::Stand { question, days }, effects);
            }
        }
        Pick::Correct => correct(state, &ask, effects),
        Pick::Fresh | Pick::Draft => {
            state.question = None;
            form::choose(state, ask, pick, effects);
        }
        Pick::Close => {
            if let Ask::Validate { record, revision } = ask {
                open(state, Ask::CloseRecord { record, revision, how: None }, effects);
            }
        }
        Pick::Closing(how) => {
            if let Ask::CloseRecord { record, revision, .. } = ask {
                open(state, Ask::CloseRecord { record, revision, how: Some(how) }, effects);
            }
        }
        Pick::Utc => {
            if let Ask::Promise { hit, revision, until: PromisedTime::At { figures, .. } } = ask
                && let Some(moment) = promise::next_time(figures, state.now, &TimeZone::UTC)
            {
                let until = PromisedTime::At { figures, utc: true, moment };
                open(state, Ask::Promise { hit, revision, until }, effects);
            }
        }
    }
}

/// `e`: the reasons follow.
fn not(state: &mut State, ask: &Ask, effects: &mut Effects) {
    let (Some(hit), Some(revision)) = (ask.hit(), ask.revision()) else { return };
    let next = match ask {
        Ask::Confirm { .. } => Ask::NotOurs { hit, revision, reason: None },
        _ => Ask::Exclude { hit, revision, reason: None },
    };
    open(state, next, effects);
}

/// FLASH and URGENT want their reason written first.
fn prioritise(state: &mut State, ask: &Ask, priority: Priority, effects: &mut Effects) {
    let of = match ask {
        Ask::AskOwner { hit, revision, .. } => Asking::Hit { hit: *hit, revision: *revision },
        Ask::AskLead { check, record, .. } => Asking::Lead { check: *check, record: *record },
        Ask::Wait { hit, .. } => match state.row(*hit) {
            Some(row) => Asking::Hit { hit: *hit, revision: row.hit.revision },
            None => return,
        },
        _ => return,
    };
    if priority.needs_reason() {
        write_first(state, LineKind::AskReason { of, priority });
    } else {
        open(state, asked(of, priority, String::new()), effects);
    }
}

/// Opens a line for words that the question needs; Esc there goes back to it.
fn write_first(state: &mut State, kind: LineKind) {
    let behind = state.question.take().map(Question::root);
    line::open(state, kind);
    if let Some(line) = &mut state.open_line {
        line.behind = behind;
    }
}

/// The question to the owner.
pub(super) fn asked(of: Asking, priority: Priority, reason: String) -> Ask {
    match of {
        Asking::Hit { hit, revision } => Ask::AskOwner { hit, revision, priority, reason },
        Asking::Lead { check, record } => Ask::AskLead { check, record, priority, reason },
    }
}

/// `c`: back to the form, or into one with what the record reports now.
fn correct(state: &mut State, ask: &Ask, effects: &mut Effects) {
    state.question = None;
    if let Ask::Drop { id } = ask {
        outbox::again(state, *id, effects);
    }
    if let Ask::Validate { record, .. } = ask {
        form::amend(state, *record, effects);
    }
}

/// `y`: the only key that commits.
fn yes(state: &mut State, effects: &mut Effects) {
    let Some(question) = &state.question else { return };
    let waiting = matches!(&question.ask, Ask::Enter { rehearsal: Rehearsal::Waiting(_), .. });
    let refusal = if question.withdrawn.is_some() {
        Some(Notice::Withdrawn)
    } else if !question.seen || waiting {
        Some(Notice::TooEarly)
    } else if question.ask.rests_on_comparison() && !compared(state, &question.ask) {
        Some(Notice::NotCompared)
    } else {
        None
    };
    if let Some(notice) = refusal {
        say::say(state, notice);
        return;
    }
    let ask = question.ask.clone();
    match commands(state, &ask) {
        Committed::Commands(list) => {
            let ids = send::commands(state, list, effects);
            if ids.is_empty() {
                return;
            }
            state.question = None;
            sent(state, &ask, &ids, effects);
        }
        Committed::Check(question) => {
            if send::check(state, *question.clone(), effects) {
                state.question = None;
                if let Some(asked) = &mut state.search.asked {
                    asked.question = *question;
                }
            }
        }
        Committed::Draft => {
            state.question = None;
            form::commit(state, &ask, effects);
        }
        Committed::Drop(id) => {
            state.question = None;
            outbox::drop_it(state, id, effects);
        }
        Committed::Quit => {
            state.question = None;
            effects.push(Effect::Quit);
        }
        Committed::Nothing => say::say(state, Notice::NotAChoice),
    }
}

/// What a sent answer leaves behind: ticks and words are used up, a form waits for its answer.
fn sent(state: &mut State, ask: &Ask, ids: &[CommandId], effects: &mut Effects) {
    outbox::replaced(state, ids, effects);
    match ask {
        Ask::TakeTicked { hits } => {
            state.hits.ticked.clear();
            send::taking(state, ids, hits);
        }
        Ask::NotOurs { hit, reason: Some(Exclusion::Misread), .. }
        | Ask::Exclude { hit, reason: Some(Exclusion::Misread), .. } => {
            if let Some(Notice::Sent { what, waits }) = state.notice.take() {
                let offered = check::read_anew(state, *hit);
                let notice =
                    if offered { Notice::ReadAnew { what, waits } } else { Notice::Sent { what, waits } };
                say::say(state, notice);
            }
        }
        Ask::Send { .. } | Ask::AskOwner { .. } | Ask::AskLead { .. } | Ask::Reopen { .. } => {
            state.kept_lines.retain(|line| !line.is_for(ask));
        }
        Ask::Enter { .. } | Ask::Amend { .. } => {
            if let (Some(id), Some(mut form)) = (ids.first(), state.form.take()) {
                // What it came back from is in the outbox no more.
                effects.extend(form.of.take().map(Effect::Withdraw));
                state.sent_forms.insert(*id, form);
            }
        }
        _ => {}
    }
}

/// Whether the comparison of the hit is on the screen, as the officer sees the hit.
fn compared(state: &State, ask: &Ask) -> bool {
    if let Ask::AskLead { check, record, .. } = ask {
        let read = state.record.records.get(record).is_some_and(|reading| reading.value().is_some());
        let subject = matches!(&state.record.subject, Some(Subject::Candidate(shown))
            if shown.check == *check && shown.candidate.record == *record);
        return subject && read;
    }
    let shown = state.record.subject.as_ref().and_then(Subject::hit);
    let read = state.record.hit().map(|view| (view.row.hit.id, view.row.hit.revision));
    shown == ask.hit() && read == ask.hit().zip(ask.revision())
}
