//! What a message changes on the screen, and what it wants done: total and pure.

mod act;
mod answers;
mod check;
mod clock;
pub mod command;
mod feed;
mod form;
mod found;
mod line;
mod look;
mod open;
mod outbox;
pub mod page;
mod paste;
mod question;
mod queue;
mod refused;
mod say;
mod send;
mod withdraw;

use super::action;
use super::effect::Effect;
use super::message::Message;
use super::state::layout::Page;
use super::state::notice::Notice;
use super::state::{Holder, State};
use crossterm::event::{KeyCode, KeyEvent};

/// What the shell is to do, in this order.
pub type Effects = Vec<Effect>;

/// Names that are held ready: two requests as long as the registry takes them.
const ENOUGH_IDS: usize = 2 * crate::wire::MOST_ITEMS;

/// Takes in one message.
///
/// No clock is read, nothing is drawn, and no message of any kind makes it panic.
pub fn update(state: &mut State, message: Message) -> Effects {
    let mut effects = Effects::new();
    match message {
        Message::Key(key) => on_key(state, key, &mut effects),
        Message::Paste(paste) => paste::take(state, &paste),
        Message::Resized { width, height } => {
            state.layout.width = width;
            state.layout.height = height;
            // On a window of another size the question is drawn anew, and has to be seen anew.
            if state.question.is_some() {
                question::reword(state, &mut effects);
            }
        }
        Message::Time(now) => clock::tick(state, now, &mut effects),
        Message::Seen(generation) => {
            if let Some(question) = &mut state.question
                && question.generation == generation
                && !state.layout.is_too_small()
            {
                question.seen = true;
            }
        }
        Message::Pause => state.refused_text = None,
        Message::Drawn(tops) => state.tops = tops,
        Message::Ids(ids) => {
            state.ids_asked = false;
            state.ids.extend(ids);
        }
        Message::News(news) => feed::take(state, *news, &mut effects),
        Message::Line(status) => feed::line(state, status, &mut effects),
        Message::Traffic(traffic) => state.traffic = Some(traffic),
        Message::Found(found) => found::take(state, *found),
        Message::Speed(speed) => state.speed = Some(speed),
        Message::Here { generation, here } => answers::here(state, generation, *here),
        Message::Outbox(news) => outbox::take(state, news),
        Message::DraftsNotKept { said } => say::say(state, Notice::DraftsNotKept { said }),
        Message::Answered(answer) => answers::take(state, *answer, &mut effects),
    }
    if state.ids.len() < ENOUGH_IDS / 2 && !state.ids_asked {
        state.ids_asked = true;
        effects.push(Effect::MoreIds(ENOUGH_IDS));
    }
    effects
}

/// A key goes to whoever has the keys; an alert is never among them.
fn on_key(state: &mut State, key: KeyEvent, effects: &mut Effects) {
    state.last_key = state.now;
    state.typed = true;
    let Some(code) = action::folded(key) else { return };
    if code == action::CTRL_L {
        effects.push(Effect::Repaint);
        return;
    }
    if refused::swallows(state, code) {
        return;
    }
    // A notice has been read once the next key comes; what the key says takes its place.
    state.hits.named = match state.notice.take() {
        Some(Notice::Alert { hit, .. }) => Some(hit),
        _ => None,
    };
    match state.holder() {
        Holder::Question => question::key(state, code, effects),
        Holder::Line => line::key(state, key, effects),
        Holder::Page => page::key(state, key, effects),
        Holder::Form => form::key(state, key, effects),
        Holder::Panes => in_panes(state, code, effects),
    }
}

fn in_panes(state: &mut State, code: KeyCode, effects: &mut Effects) {
    match (action::by_key(code), code) {
        // It clears a text, and there is none.
        (None, action::CTRL_U) => {}
        (Some(action), _) => act::run(state, action, effects),
        (None, KeyCode::Char(c)) if !c.is_ascii() => state.notice = Some(Notice::OtherAlphabet(c)),
        (None, KeyCode::Char(c)) => state.notice = Some(Notice::NoSuchKey(c)),
        (None, _) => {}
    }
}

/// Opens the help page, wherever the keys are; the line that was open keeps its text.
fn open_help(state: &mut State) {
    line::keep(state);
    state.page = Some(Page::Help(super::state::layout::Menu { all: true, ..Default::default() }));
    page::mark_first(state);
}

#[cfg(test)]
pub(in crate::console) mod tests;
