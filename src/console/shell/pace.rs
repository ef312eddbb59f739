//! Says when a frame may go out, so that no key's effect ever queues behind what was painted before.
//!
//! Between the program and the officer's screen lie buffers of megabytes (sshd's window, a modem's
//! queue) that take everything at once and hand it on at the speed of the line. So writing proves
//! nothing: the terminal itself is asked (`CSI 5 n`), and what it has not answered for counts as
//! under way. A frame ends with the question once more than [`UNASKED`] bytes went out since the
//! last; news waits until all questions are answered, a key's frame only until no more than
//! [`UNDER_KEYS`] bytes are under way, or, once the speed of the line is known, until all
//! is on the line. Frames that wait are merged: only the newest state is drawn.
//!
//! Where nobody answers, or somebody nearer than the officer's screen does, the [`Drain`] reckons
//! by the speed of the line instead. A pure state machine: the time is an argument.

mod drain;
#[cfg(test)]
mod tests;

use crate::console::message::Message;
use crate::console::pacing::Pacing;
use crate::console::state::traffic::{Paced, Traffic};
use drain::Drain;
use std::collections::VecDeque;
use std::time::Duration;
use tokio::time::Instant;

/// Bytes that go out without a question: a dozen moves of the mark.
const UNASKED: u64 = 64;
/// Bytes under way behind which a key's frame still goes out: a fifth of a second at 9600 bit/s.
const UNDER_KEYS: u64 = 192;
/// Most bytes that a line of known speed may hold beyond those before an answer tells: what 9600 bit/s
/// carry in two seconds. Where the speed was mistaken, no key waits for more.
const ON_THE_LINE: u64 = 2048;
/// What SSH and TCP put around a small frame, in bytes: a thin line carries it, too.
const HEADS: u64 = 88;
/// How long a terminal that has never answered is waited for.
const FIRST_PATIENCE: Duration = Duration::from_secs(3);
/// Longest wait for an answer; then it counts as lost, or the line as stalled.
const LONGEST_PATIENCE: Duration = Duration::from_secs(15);
/// Longest that news waits for the next key.
const LONGEST_QUIET: Duration = Duration::from_secs(1);
/// After this an answer does not come any more.
const GIVEN_UP: Duration = Duration::from_secs(60);
/// Bytes a second that are reckoned with where nothing is known: ten bits a byte at 9600 bit/s.
const SLOWEST: u32 = 960;
/// Round trip from which on a line is far away.
const FAR: Duration = Duration::from_millis(500);
/// Bytes a second that a line gets whose terminal does not answer.
const USUAL: u32 = 10_000;
/// Fewest bytes whose way tells the speed of the line.
const TELLING: u64 = 400;

/// What a frame is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cause {
    /// Something that nobody at this desk has asked for.
    News,
    /// A key, or the answer to one: the officer looks at the screen and waits.
    Officer,
}

impl Cause {
    /// For whom a message changes the screen.
    pub(super) fn of(message: &Message) -> Self {
        match message {
            Message::News(_) | Message::Line(_) | Message::Speed(_) | Message::Time(_) => Cause::News,
            Message::Key(_)
            | Message::Paste(_)
            | Message::Resized { .. }
            | Message::Seen(_)
            | Message::Ids(_)
            | Message::Found(_)
            | Message::Traffic(_)
            | Message::Pause
            | Message::Drawn(_)
            | Message::Here { .. }
            | Message::Outbox(_)
            | Message::DraftsNotKept { .. }
            | Message::Answered(_) => Cause::Officer,
        }
    }
}

/// Whether a frame may go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// Now.
    Go,
    /// At this time, unless the terminal answers before.
    At(Instant),
}

/// Names a question to the terminal; later ones are greater.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Asked(pub(super) u64);

#[derive(Debug, Clone, Copy)]
struct Waiting {
    name: Asked,
    at: Instant,
    /// Bytes that have gone out up to it.
    sent: u64,
    /// Of those, what was under way with it.
    load: u64,
    /// Whether every question before was answered, so that the answer tells of the line alone: two in
    /// one packet are answered together, and between their answers lies nothing of the line.
    alone: bool,
    deadline: Instant,
}

/// What is under way to the officer's screen.
#[derive(Debug)]
pub(super) struct Pace {
    pacing: Pacing,
    /// Bytes that went out.
    sent: u64,
    /// Of those, what has arrived by the last answer.
    arrived: u64,
    /// Of those, what went out up to the last question.
    asked: u64,
    /// Questions whose time has not passed, or has passed with none asked since.
    questions: VecDeque<Waiting>,
    /// All questions that may still be answered, and when they went out: an answer is at least that
    /// to the oldest. Once one is lost that is too old, and proves no more than it says.
    names: VecDeque<(Asked, Instant)>,
    /// Questions since the last answer that are reckoned with no longer.
    dropped: u32,
    last: Asked,
    /// Whether this terminal has ever answered.
    answers: bool,
    /// Questions since the last answer whose time has passed.
    missed: u32,
    drain: Drain,
    round_trip: Option<Duration>,
    speed: Option<u32>,
    /// When the last frame for the officer went out.
    served: Option<Instant>,
}

impl Pace {
    pub(super) fn new(pacing: Pacing) -> Self {
        let rate = match pacing {
            Pacing::Answers => USUAL,
            Pacing::Rate(rate) => rate.get(),
        };
        Self {
            pacing,
            sent: 0,
            arrived: 0,
            asked: 0,
            questions: VecDeque::new(),
            names: VecDeque::new(),
            dropped: 0,
            last: Asked::default(),
            answers: false,
            missed: 0,
            drain: Drain::new(rate),
            round_trip: None,
            speed: None,
            served: None,
        }
    }

    /// Whether a frame for that may go out now, or when it is worth asking again.
    pub(super) fn turn(&mut self, cause: Cause, now: Instant) -> Turn {
        self.expire(now);
        if !self.believes_answers() {
            return self.drained(cause, now);
        }
        if let Some(quiet) = self.quiet_until().filter(|quiet| cause == Cause::News && *quiet > now) {
            return Turn::At(quiet);
        }
        match (cause, self.waited_for(now)) {
            (Cause::Officer, _) if self.under_way() <= UNDER_KEYS => Turn::Go,
            // All is reckoned to be on its way then, and what changed meanwhile goes out as one: small
            // frames have heads that cost as much. No answer is waited for longer than its time.
            (Cause::Officer, deadline)
                if self.missed == 0 && self.under_way() <= UNDER_KEYS + self.on_the_line() =>
            {
                match (self.drained(Cause::News, now), deadline) {
                    (Turn::At(free), Some(deadline)) => Turn::At(free.min(deadline)),
                    (turn, _) => turn,
                }
            }
            // A key has come in while the answer is overdue: the terminal does not answer any more,
            // and an officer must never be shut out by that.
            (Cause::Officer, _) if self.missed > 0 => self.drained(cause, now),
            (Cause::Officer | Cause::News, Some(deadline)) => Turn::At(deadline),
            (Cause::News, None) if self.missed > 0 => self.drained(cause, now),
            (Cause::Officer | Cause::News, None) if self.under_way() > UNASKED => {
                let turn = self.drained(cause, now);
                if turn == Turn::Go {
                    self.take_as_arrived();
                }
                turn
            }
            (Cause::Officer | Cause::News, None) => Turn::Go,
        }
    }

    /// Bytes that a frame may have without ending with a question.
    pub(super) fn unasked(&self) -> usize {
        let silent = !self.answers && self.missed > 0;
        if silent || matches!(self.pacing, Pacing::Rate(_)) {
            return usize::MAX;
        }
        // An answer takes its place among the keys on the way here: where the speed tells when the
        // rest has arrived, one at a time is enough.
        if self.speed.is_some() && self.missed == 0 && !self.questions.is_empty() {
            return usize::MAX;
        }
        usize::try_from(UNASKED.saturating_sub(self.sent - self.asked)).unwrap_or_default()
    }

    /// A frame went out. Returns the name of the question that it ended with, if it asked.
    pub(super) fn painted(&mut self, cause: Cause, bytes: usize, asked: bool, now: Instant) -> Option<Asked> {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        self.sent = self.sent.saturating_add(bytes);
        let heads = if self.believes_answers() && bytes > 0 { HEADS } else { 0 };
        self.drain.add(bytes.saturating_add(heads), now);
        if cause == Cause::Officer {
            self.served = Some(now);
        }
        if !asked {
            return None;
        }
        // Were they kept, each answer would be taken for one to the question before its own for as
        // long as any is open. A late one counts early once, and the one too many counts for nothing.
        let open = self.questions.len();
        self.questions.retain(|question| question.deadline > now);
        self.dropped += u32::try_from(open - self.questions.len()).unwrap_or_default();
        self.last.0 += 1;
        self.names.push_back((self.last, now));
        self.asked = self.sent;
        let load = self.under_way();
        self.questions.push_back(Waiting {
            name: self.last,
            at: now,
            sent: self.sent,
            load,
            alone: self.questions.is_empty(),
            deadline: now + self.patience(load),
        });
        Some(self.last)
    }

    /// The terminal has answered; tells which question at the least, if one was open.
    pub(super) fn answered(&mut self, now: Instant) -> Option<Asked> {
        let (name, _) = self.names.pop_front()?;
        self.answers = true;
        let Some(question) = self.questions.pop_front() else { return Some(name) };
        self.dropped = 0;
        self.missed = 0;
        self.arrived = self.arrived.max(question.sent);
        self.drain.left(self.under_way(), now);
        if self.questions.is_empty() && self.speed.is_none() {
            self.take_as_arrived();
        }
        if question.alone && question.name == name {
            self.learn(question.load, now.saturating_duration_since(question.at));
        }
        Some(name)
    }

    /// Begins anew with a terminal that may be another: nothing is known of it, and what was under
    /// way counts as gone.
    pub(super) fn start_over(&mut self) {
        *self = Self {
            sent: self.sent,
            last: self.last,
            arrived: self.sent,
            asked: self.sent,
            ..Self::new(self.pacing)
        };
    }

    /// What is known of the line; bytes of the hour and merged changes are for the shell to say.
    pub(super) fn traffic(&self) -> Traffic {
        Traffic {
            round_trip: self.round_trip.and_then(|way| u32::try_from(way.as_millis()).ok()),
            speed: self.speed,
            session: self.sent,
            paced: match self.pacing {
                Pacing::Rate(_) => Paced::Speed,
                Pacing::Answers if self.answers => Paced::Answers,
                Pacing::Answers => Paced::Silent,
            },
            ..Traffic::default()
        }
    }

    /// What went out unasked counts as arrived: nothing will tell when it does.
    fn take_as_arrived(&mut self) {
        if self.sent - self.asked > UNASKED {
            self.arrived = self.sent;
            self.asked = self.sent;
        }
    }

    fn believes_answers(&self) -> bool {
        self.pacing == Pacing::Answers && self.answers
    }

    fn drained(&self, cause: Cause, now: Instant) -> Turn {
        // Whatever was reckoned, it is looked at again.
        let looked_at = |free: Instant| Turn::At(free.min(now + LONGEST_PATIENCE));
        self.drain.until(cause, now).map_or(Turn::Go, looked_at)
    }

    /// Until then the next key may come that answers to what the last frame has shown: news that
    /// went out now would stand in its way, and goes along with its frame.
    fn quiet_until(&self) -> Option<Instant> {
        Some(self.served? + self.round_trip?.min(LONGEST_QUIET))
    }

    fn under_way(&self) -> u64 {
        self.sent - self.arrived
    }

    /// Bytes that a line which is never idle carries before it is known that they have arrived: with
    /// one question at a time that is up to two round trips later.
    fn on_the_line(&self) -> u64 {
        let Some(way) = self.round_trip else { return 0 };
        // A line as long as that by way of a satellite is taken for a thin one until it has told.
        let Some(speed) = self.speed.or((way >= FAR).then_some(SLOWEST)) else { return 0 };
        let bytes = u128::from(speed) * 2 * way.as_millis() / 1000;
        u64::try_from(bytes).unwrap_or(u64::MAX).min(ON_THE_LINE)
    }

    /// Until when the open questions are waited for.
    fn waited_for(&self, now: Instant) -> Option<Instant> {
        self.questions.back().map(|question| question.deadline).filter(|deadline| *deadline > now)
    }

    fn expire(&mut self, now: Instant) {
        let overdue = self.questions.iter().filter(|question| question.deadline <= now).count();
        let overdue = u32::try_from(overdue).unwrap_or(u32::MAX);
        self.missed = self.missed.max(self.dropped.saturating_add(overdue));
        while self.names.front().is_some_and(|(_, at)| *at + GIVEN_UP <= now) {
            self.names.pop_front();
        }
        while self.questions.front().is_some_and(|question| question.at + GIVEN_UP <= now) {
            self.questions.pop_front();
        }
    }

    fn patience(&self, load: u64) -> Duration {
        if !self.answers {
            return FIRST_PATIENCE;
        }
        let way = Duration::from_millis(load * 1000 / u64::from(self.speed.unwrap_or(SLOWEST).max(1)));
        let patience = FIRST_PATIENCE + 4 * self.round_trip.unwrap_or_default() + way;
        (patience * (1 << self.missed.min(3))).min(LONGEST_PATIENCE)
    }

    /// What little comes back fast tells the round trip; what much takes longer, the speed.
    fn learn(&mut self, load: u64, took: Duration) {
        let Some(shortest) = self.round_trip.filter(|_| load >= TELLING) else {
            self.round_trip = Some(took);
            if self.speed.is_none() && took >= FAR && self.pacing == Pacing::Answers {
                self.drain.set_rate(SLOWEST);
            }
            return;
        };
        let longer = took.saturating_sub(shortest).as_millis();
        if longer >= 20 {
            let speed = u128::from(load) * 1000 / longer;
            let speed = u32::try_from(speed).unwrap_or(u32::MAX).max(30);
            self.speed = Some(speed);
            if self.pacing == Pacing::Answers {
                self.drain.set_rate(speed);
            }
        }
    }
}
