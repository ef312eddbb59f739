//! The outbox: what comes of it, its page, and what the officer decides about what was refused.

use super::{Effects, answers, form, line, open, question, say};
use crate::console::effect::Effect;
use crate::console::message::OutboxNews;
use crate::console::state::State;
use crate::console::state::layout::{Page, Pane};
use crate::console::state::notice::Notice;
use crate::console::state::open_line::LineKind;
use crate::console::state::outbox::{Item, Standing, Wanted};
use crate::console::state::promised::{Figures, PromisedTime};
use crate::console::state::question::{Ask, Closing};
use crate::console::state::sent::Sent;
use crate::domain::command::Command;
use crate::domain::hit::HitCommand;
use crate::domain::ids::{CommandId, HitId, RecordId};
use crate::domain::private::Private;
use crate::domain::record::RecordCommand;
use crossterm::event::KeyCode;

/// Takes in how far commands have come.
pub(super) fn take(state: &mut State, news: OutboxNews) {
    match news {
        OutboxNews::Queued(mut ids) => {
            ids.retain(|id| is_known(state, *id));
            state.outbox.stand(&ids, &Standing::Queued);
        }
        OutboxNews::Sent { mut ids, at } => {
            ids.retain(|id| is_known(state, *id));
            state.outbox.stand(&ids, &Standing::Sent { at });
            if state.outbox.taken_back.take_if(|taken| ids.contains(taken)).is_some() {
                say::say(state, Notice::StillOut);
            }
        }
        OutboxNews::Dropped(id) => dropped(state, id),
        OutboxNews::StillOut(id) => not_dropped(state, id, Notice::StillOut),
        OutboxNews::NotDropped(id) => not_dropped(state, id, Notice::NotDropped),
        OutboxNews::KeptAgain => {
            state.outbox.not_kept = false;
            state.notice.take_if(|notice| matches!(notice, Notice::NotKept { .. }));
        }
        OutboxNews::NotKept { said } => {
            state.outbox.not_kept = true;
            say::say(state, Notice::NotKept { said });
        }
    }
}

/// One of which nobody knows what became stays that until it is answered.
fn is_known(state: &State, id: CommandId) -> bool {
    state.outbox.get(id).is_some_and(|item| item.standing != Standing::Unknown)
}

fn dropped(state: &mut State, id: CommandId) {
    let at = state.outbox.items.iter().position(|item| item.id == id);
    let Some(at) = at else { return };
    if matches!(state.outbox.items[at].standing, Standing::Answered(_)) {
        // It was answered before the sender came to it: that is looked at, or put away, first.
        return;
    }
    remove(state, at);
}

/// What was to be dropped stays.
fn not_dropped(state: &mut State, id: CommandId, why: Notice) {
    state.outbox.taken_back.take_if(|taken| *taken == id);
    if state.outbox.get(id).is_some() {
        say::say(state, why);
    }
}

fn remove(state: &mut State, at: usize) {
    let item = state.outbox.items.remove(at);
    let id = item.id;
    if state.outbox.taken_back.take_if(|taken| *taken == id).is_some() {
        put_back(state, &item);
        state.notice = None;
    }
    state.pending.remove(&id);
    state.outbox.stale.remove(&id);
    state.outbox.waited.remove(&id);
    // The page keeps its place: the mark goes to what took the place of the dropped one.
    if let Some(Page::Outbox(marked)) = &mut state.page
        && *marked == Some(id)
    {
        *marked = state.outbox.items.get(at).or(state.outbox.items.last()).map(|item| item.id);
    }
    // What goes out again as changed says so itself.
    if state.notice.is_none() && !matches!(item.standing, Standing::Answered(_)) {
        say::say(state, Notice::Dropped(Box::new(item.wanted)));
    }
}

/// Opens the page, with the first that was refused marked.
pub(super) fn open_page(state: &mut State, effects: &mut Effects) {
    state.page = Some(Page::Outbox(state.outbox.first()));
    read_marked(state, effects);
}

fn marked(state: &State) -> Option<&Item> {
    match state.page {
        Some(Page::Outbox(marked)) => state.outbox.get(marked?),
        _ => None,
    }
}

/// The other side of what was refused is read anew, as far as there is a line.
fn read_marked(state: &mut State, effects: &mut Effects) {
    let Some(item) = marked(state).filter(|item| item.standing.is_refused()) else { return };
    let what = item.what().cloned();
    if !state.line.is_live() {
        return;
    }
    if let Some(hit) = what.as_ref().and_then(Sent::hit) {
        open::read_hit(state, hit, effects);
    } else if let Some(record) = what.as_ref().and_then(Sent::record) {
        open::read_record(state, record, effects);
    }
}

/// A key on the page.
pub(super) fn key(state: &mut State, code: KeyCode, effects: &mut Effects) {
    match code {
        KeyCode::Up | KeyCode::Char('k') => step(state, -1, effects),
        KeyCode::Down | KeyCode::Char('j') => step(state, 1, effects),
        KeyCode::PageUp => step(state, -10, effects),
        KeyCode::PageDown => step(state, 10, effects),
        KeyCode::Home | KeyCode::Char('<') => step(state, isize::MIN, effects),
        KeyCode::End | KeyCode::Char('>') => step(state, isize::MAX, effects),
        KeyCode::Enter => go_in(state, effects),
        KeyCode::Char('r') => respond(state, effects),
        KeyCode::Char('l') => effects.push(Effect::TryLine),
        KeyCode::Backspace => state.page = None,
        KeyCode::Char(c) => say::say(state, Notice::NoSuchKey(c)),
        _ => {}
    }
}

fn step(state: &mut State, by: isize, effects: &mut Effects) {
    let items = &state.outbox.items;
    let Some(Page::Outbox(marked)) = &mut state.page else { return };
    let at = marked.and_then(|marked| items.iter().position(|item| item.id == marked));
    let to = at.map_or(0, |at| at.saturating_add_signed(by)).min(items.len().saturating_sub(1));
    *marked = items.get(to).map(|item| item.id);
    read_marked(state, effects);
}

/// Enter: what the marked one is about.
fn go_in(state: &mut State, effects: &mut Effects) {
    let Some(item) = marked(state).cloned() else { return };
    match &item.wanted {
        Wanted::Command(command, what) => match (what.hit(), what.record(), &**command) {
            (Some(hit), ..) => {
                state.page = None;
                open::hit(state, hit, effects);
            }
            (None, Some(record), _) => {
                state.page = None;
                open::record(state, record, effects);
            }
            _ => respond(state, effects),
        },
        Wanted::Check(asked) => {
            if let Standing::Answered(answer) = item.standing {
                state.page = None;
                state.outbox.items.retain(|other| other.id != item.id);
                effects.push(Effect::Withdraw(item.id));
                state.search.asked = Some((**asked).clone());
                answers::show_check(state, *answer);
                state.layout.go(Pane::Search);
            }
        }
    }
}

/// `r`: what was refused is dropped or sent again, what never went out is taken back.
fn respond(state: &mut State, effects: &mut Effects) {
    let Some(item) = marked(state) else { return };
    let id = item.id;
    if item.standing.may_go() {
        question::open(state, Ask::Drop { id }, effects);
    } else {
        say::say(state, Notice::StillOut);
    }
}

/// `y`: drop mine. It is gone once the disk says so.
pub(super) fn drop_it(state: &mut State, id: CommandId, effects: &mut Effects) {
    state.drafts.retain(|draft| draft.of != Some(id));
    let answered = |item: &Item| item.id == id && matches!(item.standing, Standing::Answered(_));
    if let Some(at) = state.outbox.items.iter().position(answered) {
        // Nothing waits for the registry any more, whatever becomes of it on the disk.
        remove(state, at);
    }
    effects.push(Effect::Withdraw(id));
}

/// `u`: the last command that has not gone out is taken back, unless it goes out before the
/// outbox has come to it.
pub(super) fn take_back(state: &mut State, effects: &mut Effects) {
    let Some(id) = state.outbox.last_queued().map(|item| item.id) else { return };
    state.outbox.taken_back = Some(id);
    effects.push(Effect::Withdraw(id));
}

/// What was written for a command that was taken back is there to be gone on with.
fn put_back(state: &mut State, item: &Item) {
    if let Some(mut form) = state.sent_forms.remove(&item.id) {
        form.of = None;
        form::keep_draft(state, form);
    }
    if let Wanted::Command(command, _) = &item.wanted
        && let Command::Hit(HitCommand::Write { hit, text, inside }) = &**command
        && let Some(text) = text.text()
    {
        let kind = if *inside { LineKind::Note(*hit) } else { LineKind::Message(*hit) };
        line::keep_text(state, kind, text.as_str());
    }
}

/// What goes out in the place of a refused one takes it away.
pub(super) fn replaced(state: &mut State, by: &[CommandId], effects: &mut Effects) {
    let Some(again) = state.outbox.again.take() else { return };
    let same = |item: &&Item| match (item.what(), state.outbox.get(again).and_then(Item::what)) {
        (Some(new), Some(old)) => {
            new.code() == old.code() && new.hit() == old.hit() && new.record() == old.record()
        }
        _ => false,
    };
    let goes = by.iter().filter_map(|id| state.outbox.get(*id)).any(|item| same(&item));
    if goes {
        effects.push(Effect::Withdraw(again));
    }
}

/// `c`: the same once more, as things stand now. It is a new command, and a question as before.
pub(super) fn again(state: &mut State, id: CommandId, effects: &mut Effects) {
    let Some(Wanted::Command(command, _)) = state.outbox.get(id).map(|item| item.wanted.clone()) else {
        return;
    };
    state.page = None;
    match *command {
        Command::Hit(command) => again_hit(state, command, effects),
        Command::Record(command) => again_record(state, id, &command, effects),
    }
    state.outbox.again = Some(id);
}

fn again_hit(state: &mut State, command: HitCommand, effects: &mut Effects) {
    let Some(hit) = command.hit() else {
        if let HitCommand::Lead { record, .. } = command {
            open::record(state, record, effects);
        }
        return;
    };
    open::hit(state, hit, effects);
    let revision = state.row(hit).map_or(0, |row| row.hit.revision);
    let text = |words: &Private| words.text().map(|text| text.as_str().to_owned()).unwrap_or_default();
    let ask = match command {
        HitCommand::Take { .. } => {
            match state.row(hit).and_then(|row| row.hit.owner_taken.or(row.hit.finder_taken)) {
                Some(from) => Ask::TakeOver { hit, from },
                None => Ask::TakeTicked { hits: vec![hit] },
            }
        }
        HitCommand::Ask { priority, reason, .. } => {
            Ask::AskOwner { hit, revision, priority, reason: text(&reason) }
        }
        HitCommand::Confirm { .. } => Ask::Confirm { hit, revision },
        HitCommand::NotOurs { reason, .. } => Ask::NotOurs { hit, revision, reason: Some(reason) },
        HitCommand::Promise { .. } => {
            Ask::Promise { hit, revision, until: PromisedTime::Typing(Figures::default()) }
        }
        HitCommand::Exclude { reason, .. } => Ask::Exclude { hit, revision, reason: Some(reason) },
        HitCommand::Locate { .. } => Ask::Locate { hit, revision },
        HitCommand::Clear { .. } => Ask::Clear { hit, revision },
        HitCommand::Reopen { reason, .. } => Ask::Reopen { hit, revision, reason: text(&reason) },
        HitCommand::Write { text: words, inside, .. } => {
            written(state, hit, &text(&words), inside);
            return;
        }
        HitCommand::Lead { .. } => return,
    };
    question::open(state, ask, effects);
}

/// Words that did not get through stand in their line again, and are looked at before they go.
fn written(state: &mut State, hit: HitId, text: &str, inside: bool) {
    line::open(state, if inside { LineKind::Note(hit) } else { LineKind::Message(hit) });
    if let Some(open) = &mut state.open_line {
        open.text.set(text);
    }
}

fn again_record(state: &mut State, id: CommandId, command: &RecordCommand, effects: &mut Effects) {
    match command {
        RecordCommand::Enter { .. } | RecordCommand::Amend { .. } => form::resume_of(state, id, effects),
        RecordCommand::Validate { record } => {
            let (record, revision) = (*record, revision(state, *record, effects));
            question::open(state, Ask::Validate { record, revision }, effects);
        }
        RecordCommand::Clear { record, .. } | RecordCommand::Cancel { record, .. } => {
            let how = match command {
                RecordCommand::Clear { .. } => Closing::Cleared,
                _ => Closing::Cancelled,
            };
            let (record, revision) = (*record, revision(state, *record, effects));
            question::open(state, Ask::CloseRecord { record, revision, how: Some(how) }, effects);
        }
    }
}

/// The revision of a record as it was read last, with the record on the screen.
fn revision(state: &mut State, record: RecordId, effects: &mut Effects) -> u32 {
    open::record(state, record, effects);
    let read = state.record.records.get(&record).and_then(|reading| reading.value());
    read.and_then(|answer| answer.whole()).map_or(0, |view| view.revision)
}
