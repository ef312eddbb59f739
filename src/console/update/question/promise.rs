//! The time of a promise, typed figure by figure.

use super::{no, open};
use crate::console::action::ActionId;
use crate::console::ask::judge;
use crate::console::state::State;
use crate::console::state::notice::Notice;
use crate::console::state::promised::{Figures, PromisedTime};
use crate::console::state::question::{Ask, Question, Withdrawn};
use crate::console::state::why_not::WhyNot;
use crate::console::update::{Effects, say};
use crate::domain::time::{Minutes, Moment};
use jiff::civil::Time;
use jiff::tz::TimeZone;

/// `p`: the time follows, unless the rules would not take any.
pub(super) fn promise(state: &mut State, ask: &Ask, effects: &mut Effects) {
    let (Some(hit), Some(revision)) = (ask.hit(), ask.revision()) else { return };
    let soon = PromisedTime::In { moment: state.now.after(Minutes(1)) };
    if let Some(Withdrawn::Refused(refusal)) = judge(state, &Ask::Promise { hit, revision, until: soon }) {
        let why = WhyNot::Refused(refusal);
        say::say(state, Notice::NotNow { action: ActionId::Respond, why });
        return;
    }
    let until = PromisedTime::Typing(Figures::default());
    open(state, Ask::Promise { hit, revision, until }, effects);
}

pub(super) fn figure(state: &mut State, c: char, effects: &mut Effects) {
    let Some(Question { ask: Ask::Promise { hit, revision, until: PromisedTime::Typing(figures) }, .. }) =
        &mut state.question
    else {
        return;
    };
    let Some(figure) = c.to_digit(10).and_then(|figure| u8::try_from(figure).ok()) else {
        say::say(state, Notice::NotAChoice);
        return;
    };
    figures.push(figure);
    let (hit, revision, figures) = (*hit, *revision, *figures);
    if figures.len() == 4 {
        match next_time(figures, state.now, &state.zone.clone()) {
            Some(moment) => {
                let until = PromisedTime::At { figures, utc: false, moment };
                open(state, Ask::Promise { hit, revision, until }, effects);
            }
            None => {
                let until = PromisedTime::Typing(Figures::default());
                open(state, Ask::Promise { hit, revision, until }, effects);
                say::say(state, Notice::NoSuchTime);
            }
        }
    }
}

pub(super) fn unfigure(state: &mut State, effects: &mut Effects) {
    if let Some(Question { ask: Ask::Promise { until: PromisedTime::Typing(figures), .. }, .. }) =
        &mut state.question
        && !figures.pop()
    {
        no(state, effects);
    }
}

/// Enter behind one to three figures: minutes from now.
pub(super) fn minutes(state: &mut State, effects: &mut Effects) {
    let Some(Question { ask: Ask::Promise { hit, revision, until: PromisedTime::Typing(figures) }, .. }) =
        &state.question
    else {
        return;
    };
    if figures.is_empty() || figures.number() == 0 {
        no(state, effects);
        return;
    }
    let moment = state.now.after(Minutes(i64::from(figures.number())));
    let (hit, revision) = (*hit, *revision);
    open(state, Ask::Promise { hit, revision, until: PromisedTime::In { moment } }, effects);
}

/// The next time of day that the figures name, in a time zone; nothing when there is no such time.
pub(super) fn next_time(figures: Figures, now: Moment, zone: &TimeZone) -> Option<Moment> {
    let number = figures.number();
    let hour = i8::try_from(number / 100).ok()?;
    let minute = i8::try_from(number % 100).ok()?;
    let time = Time::new(hour, minute, 0, 0).ok()?;
    let here = now.timestamp().to_zoned(zone.clone());
    // Around a change of the clocks a day may lack the time; then it is the day after.
    (0..3).find_map(|days| {
        let day = here.date().checked_add(jiff::Span::new().days(days)).ok()?;
        let moment = Moment::of(day.to_datetime(time).to_zoned(zone.clone()).ok()?.timestamp());
        (moment > now).then_some(moment)
    })
}
