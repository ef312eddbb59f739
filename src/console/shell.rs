//! The shell around the console: it owns time, terminal and network, and decides nothing.
//!
//! Everything that happens becomes a [`Message`] for `update`; what `update` wants done comes
//! back as [`Effect`]s; when something changed, and the frame before has left, one frame goes
//! out. Nothing is drawn on a tick, and nothing waits for the terminal.

mod burst;
mod keeper;
mod kept;
mod meter;
mod pace;
mod patience;
mod pause;
mod requests;
mod seen;
mod seen_here;
mod setup;
mod time;

use super::effect::Effect;
use super::look::Look;
use super::message::{Found, Message, Paste};
use super::state::State;
use super::state::traffic::Traffic;
use super::terminal::{Along, Input, Terminal, TerminalAnswer};
use super::update::update;
use super::view::{Drawn, draw};
use crate::client::desk::{Desk, FoundDesk, Hold};
use crate::client::{Backoff, Feed, FeedMessage, FeedPolicy, Ledger, SendMessage, Sender};
use crate::domain::ids::CommandId;
use crate::wire::news::News;
use burst::Burst;
use futures_util::FutureExt;
use keeper::Keeper;
use meter::Meter;
use pace::{Cause, Pace, Turn};
use pause::Pause;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use requests::Requests;
use seen::Seen;
use seen_here::{Brought, SeenHere};
pub use setup::Setup;
use std::io;
use time::Time;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};
use uuid::Uuid;

/// Exit status when the terminal is gone: 128 and SIGHUP.
const GONE: u8 = 129;
/// Exit status when a part of the program has panicked.
const BROKEN: u8 = 101;
/// Inputs taken before a frame is drawn, so that a flood of keys cannot starve the screen.
const MOST_INPUTS: usize = 256;

/// Runs the console on the terminal until the officer leaves; returns the exit status.
///
/// # Errors
/// There is no terminal to take over.
pub async fn run(setup: Setup) -> io::Result<u8> {
    let mut terminal = Terminal::open()?;
    terminal.set_depth(setup.look.colours);
    terminal.install_panic_hook(setup.crash_file.clone());
    let mut shell = Shell::new(terminal, setup);
    let status = shell.run().await;
    shell.finish().await;
    Ok(status)
}

struct Shell {
    terminal: Terminal,
    state: State,
    look: Look,
    feed: Feed,
    sent: mpsc::Receiver<SendMessage>,
    requests: Requests,
    seen: Seen,
    pause: Pause,
    burst: Burst,
    /// What the screen shows, or will when the frames that were sent have arrived.
    drawn: Drawn,
    time: Time,
    pace: Pace,
    meter: Meter,
    /// Changes that were painted along with others.
    merged: u64,
    /// For what the screen has to change.
    changed: Option<Cause>,
    bell: bool,
    ending: Option<u8>,
    keeper: Keeper,
    seen_here: SeenHere,
    /// What the desk's files held, until it is said.
    found: Option<Box<Found>>,
    /// The desk's files are this process's until the end.
    hold: Option<Hold>,
}

impl Shell {
    fn new(terminal: Terminal, setup: Setup) -> Self {
        let (hold, ledger, found) = match setup.desk {
            Some(Desk { hold, ledger, found }) => (Some(hold), Some(ledger), found),
            None => (None, None, FoundDesk::default()),
        };
        let items = ledger.iter().flat_map(Ledger::items).filter_map(kept::item).collect();
        let (drafts, unread) = keeper::read(hold.as_ref(), &found.drafts);
        let last = (unread == 0).then(|| drafts.clone());
        let keeper = Keeper::new(hold.as_ref().map(Hold::drafts), last);
        let FoundDesk { torn, damaged, beside, .. } = found;
        let seen_here =
            SeenHere::open(hold.as_ref().map(Hold::seen), setup.wipe_at_leave, Time::default().now());
        let found = Found { items, torn, damaged: damaged + unread, beside, drafts, past: seen_here.past() };
        let (sender, sent) = Sender::resume(setup.line.clone(), Backoff::default(), ledger);
        let feed = Feed::start(setup.line.clone(), seen_here.cursor(), FeedPolicy::default());
        let requests = Requests::new(setup.line, sender, feed.control());
        Self {
            terminal,
            state: State::new(setup.start),
            look: setup.look,
            feed,
            sent,
            requests,
            seen: Seen::default(),
            pause: Pause::default(),
            burst: Burst::default(),
            drawn: Drawn::default(),
            time: Time::default(),
            pace: Pace::new(setup.pacing),
            meter: Meter::default(),
            merged: 0,
            changed: Some(Cause::Officer),
            bell: false,
            ending: None,
            found: Some(Box::new(found)),
            keeper,
            seen_here,
            hold,
        }
    }

    /// Gives the terminal back, and puts on the disk what is not there yet.
    async fn finish(self) {
        self.terminal.close();
        self.seen_here.finish();
        self.keeper.finish(&self.state).await;
        self.requests.finish().await;
        drop(self.hold);
    }

    async fn run(&mut self) -> u8 {
        self.terminal.ask();
        let (width, height) = self.terminal.size();
        self.take(Message::Time(self.time.now()));
        self.take(Message::Resized { width, height });
        if let Some(found) = self.found.take() {
            self.take(Message::Found(found));
        }
        loop {
            self.draw();
            if let Some(status) = self.ending {
                return status;
            }
            self.wait().await;
            // Drain, then draw: twenty queued keys make one frame.
            for _ in 0..MOST_INPUTS {
                match self.terminal.next().now_or_never() {
                    Some(input) => self.input(input),
                    None => break,
                }
                if self.ending.is_some() {
                    break;
                }
            }
        }
    }

    async fn wait(&mut self) {
        let written = self.terminal.written();
        let turn = self.changed.map(|cause| self.pace.turn(cause, Instant::now()));
        // Whether the frame before has left is asked by waiting for it: between asking and
        // waiting it may leave unseen. After the end of the terminal nothing is awaited.
        let drawable = async move {
            written.await;
            if let Some(Turn::At(at)) = turn {
                sleep_until(at).await;
            }
        };
        tokio::select! {
            // The officer before everything; then what makes `y` count, which must stand in its
            // place among the keys; then what was asked for, what was sent, and news of others;
            // the clock and the terminal's readiness can wait longest.
            biased;
            input = self.terminal.next() => self.input(input),
            () = self.seen.due() => {
                if let Some(generation) = self.seen.take() {
                    self.take(Message::Seen(generation));
                }
            }
            () = self.seen.overdue() => {
                self.seen.ask_again();
                self.terminal.ask();
                self.changed = Some(Cause::Officer);
            }
            Some(message) = self.requests.next() => {
                // What was asked for comes first, what follows from it a moment later.
                if matches!(message, Message::Answered(_)) {
                    self.pause.begin();
                }
                self.take(message);
            }
            Some(sent) = self.sent.recv() => {
                for message in self.requests.sent(sent) {
                    self.take(message);
                }
            }
            Some(message) = self.feed.next() => self.fed(message),
            () = self.burst.due() => {
                self.burst.end();
                // What was typed before is settled; nothing of it is to be drawn.
                update(&mut self.state, Message::Pause);
            }
            () = self.pause.due() => {
                self.pause.end();
                self.changed = Some(Cause::Officer);
            }
            () = self.keeper.due(), if self.keeper.is_due() => {
                if let Some(said) = self.keeper.write(&self.state).await {
                    self.take(Message::DraftsNotKept { said });
                }
            }
            () = self.time.next_minute() => self.take(Message::Time(self.time.now())),
            () = drawable, if turn.is_some() => {}
        }
    }

    fn input(&mut self, input: Input) {
        match input {
            Input::Key(key) => {
                self.seen.key();
                self.burst.key();
                self.pause.begin();
                self.take(Message::Key(key));
            }
            Input::Paste(paste) => {
                self.seen.key();
                self.take(Message::Paste(Paste { text: paste.text, cut: paste.cut, rest: paste.rest }));
            }
            Input::Answer(TerminalAnswer::Ok) => {
                if let Some(asked) = self.pace.answered(Instant::now()) {
                    self.seen.answered(asked);
                }
            }
            Input::Resize { width, height } => self.take(Message::Resized { width, height }),
            Input::Continued => {
                self.repaint_all();
                self.take(Message::Time(self.time.now()));
            }
            Input::HangUp => self.ending = Some(GONE),
            Input::Signal(ending) => self.ending = Some(ending.exit_status()),
            Input::Broken => self.ending = Some(BROKEN),
        }
    }

    fn fed(&mut self, message: FeedMessage) {
        match message {
            FeedMessage::News(news) => {
                match &*news {
                    News::Hello(hello) => {
                        self.time.heard(hello.now);
                        keeper::belongs_to(self.hold.as_ref(), self.requests.url(), hello);
                    }
                    News::Beat { now, .. } => self.time.heard(*now),
                    _ => {}
                }
                if !self.is_mere_beat(&news) {
                    self.take(Message::News(news));
                }
            }
            FeedMessage::Live => {
                let status = self.requests.live();
                self.take(Message::Line(status));
            }
            FeedMessage::Stale { since } => {
                let status = self.requests.stale(since);
                self.take(Message::Line(status));
            }
            FeedMessage::Lost { why, next_try } => {
                let status = self.requests.lost(&why, next_try, self.time.now());
                self.take(Message::Line(status));
            }
        }
    }

    /// Whether the news is a heartbeat that says nothing new: nothing is drawn for it.
    fn is_mere_beat(&self, news: &News) -> bool {
        let said = self.state.session.as_ref().map(|hello| hello.beat_seconds);
        matches!(news, News::Beat { beat_seconds, .. } if said == Some(*beat_seconds))
    }

    /// Hands a message to `update` and does what it wants done.
    fn take(&mut self, message: Message) {
        self.merged += u64::from(self.changed.is_some());
        self.changed = self.changed.max(Some(Cause::of(&message)));
        self.seen_here.hear(&message, self.time.now());
        let brought = Brought::by(&message);
        if matches!(message, Message::Key(_) | Message::Paste(_) | Message::Answered(_)) {
            self.keeper.touched();
        }
        let effects = update(&mut self.state, message);
        self.seen_here.keep(&brought, &self.state);
        for effect in effects {
            self.act(effect);
        }
    }

    fn act(&mut self, effect: Effect) {
        match effect {
            Effect::Bell => self.bell = true,
            Effect::Repaint => self.repaint_all(),
            Effect::Copy(text) => self.terminal.copy(&text),
            Effect::AwaitPause => self.burst.expect(),
            Effect::AwaitSeen(generation) => self.seen.expect(generation),
            Effect::MoreIds(count) => {
                let ids = (0..count).map(|_| CommandId(Uuid::now_v7())).collect();
                self.take(Message::Ids(ids));
            }
            Effect::CheckHere { generation, item } => {
                let here = self.seen_here.check(&item.question);
                let not_taken = self.requests.queue_check(item, &self.state.outbox);
                self.take(Message::Here { generation, here: Box::new(here) });
                for message in not_taken {
                    self.take(message);
                }
            }
            Effect::Wipe => self.seen_here.wipe(),
            Effect::TryLine => {
                self.requests.try_line();
                let hour = self.meter.hour(self.time.now());
                let traffic = Traffic { hour, merged: self.merged, ..self.pace.traffic() };
                self.take(Message::Traffic(traffic));
            }
            Effect::Quit => self.ending = Some(0),
            other => {
                for message in self.requests.start(other, &self.state.outbox) {
                    self.take(message);
                }
            }
        }
    }

    /// Paints everything, on a terminal that may not be the one from before.
    fn repaint_all(&mut self) {
        self.terminal.repaint_all();
        self.pace.start_over();
        self.terminal.ask();
        self.changed = Some(Cause::Officer);
    }

    /// Sends one frame if something changed and those before have left.
    fn draw(&mut self) {
        let Some(cause) = self.changed else { return };
        if !self.terminal.can_paint() || self.pace.turn(cause, Instant::now()) != Turn::Go {
            return;
        }
        let (width, height) = self.terminal.size();
        let area = Rect::new(0, 0, width, height);
        let mut buffer = Buffer::empty(area);
        let mut drawn = draw(&self.state, &self.look, area, &mut buffer);
        let held = if self.pause.lasts() { drawn.wait(&self.drawn) } else { Vec::new() };
        self.pause.held(!held.is_empty());
        self.terminal.hold(held);
        let along = Along { bell: std::mem::take(&mut self.bell), ask: self.seen.asks() };
        let Some(sent) = self.terminal.paint_asking(&buffer, drawn.cursor, along, self.pace.unasked()) else {
            return;
        };
        self.changed = None;
        let now = Instant::now();
        if sent.asked_first {
            self.pace.painted(cause, 0, true, now);
        }
        let asked = self.pace.painted(cause, sent.bytes, sent.asked, now);
        self.seen.painted(asked);
        self.meter.add(sent.bytes, self.time.now());
        // Where the lists begin changes nothing that is to be drawn.
        update(&mut self.state, Message::Drawn(drawn.tops));
        self.drawn = drawn;
    }
}
