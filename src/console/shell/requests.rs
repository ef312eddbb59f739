//! Requests under way: started by effects, answered by messages.

use super::kept;
use super::patience::{self, Awaited};
use crate::client::{Fault as ClientFault, FeedControl, Full, Kept, Line, Reading, SendMessage, Sender};
use crate::console::effect::Effect;
use crate::console::message::{Answer, Fault, Message, OutboxNews};
use crate::console::state::line_status::{Down, LineStatus};
use crate::console::state::outbox::Outbox;
use crate::domain::command::Envelope;
use crate::domain::ids::CommandId;
use crate::domain::time::Moment;
use crate::wire::check::{CheckAnswer, CheckItem};
use crate::wire::command::{CommandAnswer, Outcome};
use crate::wire::problem::{Problem, code};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::Instant;

/// Longest that the end of the console waits for its disk.
const LONGEST_FINISH: Duration = Duration::from_secs(2);
/// Answers that may wait for the console.
const WAITING: usize = 64;

/// The way to the registry and back.
#[derive(Debug)]
pub(super) struct Requests {
    line: Line,
    sender: Sender,
    feed: FeedControl,
    out: mpsc::Sender<Message>,
    answers: mpsc::Receiver<Message>,
    heard: Option<Moment>,
    live: bool,
    awaited: Awaited,
}

impl Requests {
    pub(super) fn new(line: Line, sender: Sender, feed: FeedControl) -> Self {
        let (out, answers) = mpsc::channel(WAITING);
        let awaited = Awaited::default();
        Self { line, sender, feed, out, answers, heard: None, live: false, awaited }
    }

    /// Where the line leads.
    pub(super) fn url(&self) -> &str {
        self.line.address().as_str()
    }

    /// The next answer.
    pub(super) async fn next(&mut self) -> Option<Message> {
        loop {
            let message = self.answers.recv().await?;
            // Whether the line stands is for the feed to say: without it no alert arrives. A
            // request only tells how long the way there and back takes.
            if self.live || !matches!(message, Message::Line(_)) {
                return Some(message);
            }
        }
    }

    /// Starts what an effect wants; returns what is known at once.
    pub(super) fn start(&mut self, effect: Effect, outbox: &Outbox) -> Vec<Message> {
        let line = self.line.clone();
        match effect {
            Effect::Send(envelopes) => return self.send(envelopes, outbox),
            Effect::Withdraw(id) => {
                // A sender with so much to do has not come to it; the officer asks again.
                let _ = self.sender.withdraw(id);
            }
            Effect::QueueCheck(item) => return self.queue_check(item, outbox),
            Effect::Check { generation, item } => {
                self.spawn(async move { Answer::Check { generation, result: check(&line, item).await } });
            }
            Effect::ReadCandidates { generation, check, after } => self.spawn(async move {
                let result = line.candidates(check, after).await.map_err(fault);
                Answer::Candidates { generation, result }
            }),
            Effect::ReadHits { generation, after } => self.spawn(async move {
                let page = match after {
                    Some(place) => line.hits_after(place).await,
                    None => line.hits().await,
                };
                Answer::Hits { generation, result: page.map_err(fault) }
            }),
            Effect::ReadHit { generation, id } => self.spawn(async move {
                Answer::Hit { generation, id, result: line.hit(id).await.map_err(fault) }
            }),
            Effect::ReadRecord { generation, id, purpose, case } => self.spawn(async move {
                let reading = Reading { purpose, case };
                Answer::Record { generation, id, result: line.record(id, &reading).await.map_err(fault) }
            }),
            Effect::Bell
            | Effect::Repaint
            | Effect::Copy(_)
            | Effect::AwaitSeen(_)
            | Effect::MoreIds(_)
            | Effect::AwaitPause
            | Effect::CheckHere { .. }
            | Effect::Wipe
            | Effect::TryLine
            | Effect::Quit => {}
        }
        Vec::new()
    }

    /// Tries the line now.
    pub(super) fn try_line(&self) {
        self.feed.try_now();
        self.sender.try_now();
    }

    /// Puts a check into the outbox; returns what is to be said where that has no room for it.
    pub(super) fn queue_check(&mut self, item: CheckItem, outbox: &Outbox) -> Vec<Message> {
        let id = item.id;
        match self.sender.send(kept::check(item, outbox)) {
            Ok(()) => Vec::new(),
            Err(Full) => no_room(&[id]),
        }
    }

    /// Ends the sending once all is on the disk.
    pub(super) async fn finish(self) {
        self.sender.finish(LONGEST_FINISH).await;
    }

    fn spawn(&self, request: impl Future<Output = Answer> + Send + 'static) {
        let (out, line) = (self.out.clone(), self.line.clone());
        tokio::spawn(async move {
            let begun = Instant::now();
            let answer = patience::answer(request, line.clone(), out.clone()).await;
            let round_trip = u32::try_from(begun.elapsed().as_millis()).ok();
            let answered = !matches!(failed(&answer), Some(Fault::Offline | Fault::TimedOut));
            // Before the answer, so that what it says of further pages is of now.
            if let Some(speed) = line.speed() {
                let _ = out.send(Message::Speed(speed)).await;
            }
            // A console that has ended needs no answer.
            let _ = out.send(Message::Answered(Box::new(answer))).await;
            if answered {
                let _ = out.send(Message::Line(LineStatus::Live { round_trip })).await;
            }
        });
    }

    fn send(&mut self, envelopes: Vec<Envelope>, outbox: &Outbox) -> Vec<Message> {
        let (rehearsals, commands): (Vec<_>, Vec<_>) = envelopes.into_iter().partition(|e| e.rehearse);
        for rehearsal in rehearsals {
            let line = self.line.clone();
            self.spawn(async move {
                let id = rehearsal.id;
                match line.commands(vec![rehearsal]).await {
                    Ok(answer) => Answer::Commands(answer.answers),
                    Err(why) => Answer::NotRehearsed { id, fault: fault(why) },
                }
            });
        }
        let mut full = Vec::new();
        for command in commands {
            let id = command.id;
            let mut kept = Kept::from(command);
            if let Some(item) = outbox.get(id) {
                kept.written = item.written;
                kept.about = kept::about(&item.wanted);
            }
            if self.sender.send(kept).is_err() {
                full.push(id);
            }
        }
        if full.is_empty() { Vec::new() } else { no_room(&full) }
    }

    /// What became of commands.
    pub(super) fn sent(&mut self, sent: SendMessage) -> Vec<Message> {
        let back = self.await_answers(&sent);
        let mut said = self.said(sent);
        said.extend(back);
        said
    }

    /// Follows what is out and not answered; what is answered late calls the line live again.
    fn await_answers(&mut self, sent: &SendMessage) -> Option<Message> {
        let (ids, answered) = match sent {
            SendMessage::Sent { ids, .. } => {
                self.awaited.sent(ids, &self.line, &self.out);
                return None;
            }
            SendMessage::Done { id, .. }
            | SendMessage::Refused { id, .. }
            | SendMessage::Checked { id, .. } => (std::slice::from_ref(id), true),
            SendMessage::Unknown { ids, .. } | SendMessage::Waiting { ids, .. } => (ids.as_slice(), false),
            _ => return None,
        };
        let doubted = self.awaited.settled(ids);
        let live = answered && doubted && self.live;
        live.then_some(Message::Line(LineStatus::Live { round_trip: None }))
    }

    fn said(&mut self, sent: SendMessage) -> Vec<Message> {
        let news = |news| vec![Message::Outbox(news)];
        let (id, outcome) = match sent {
            SendMessage::Queued { ids } => return news(OutboxNews::Queued(ids)),
            SendMessage::Sent { ids, at } => return news(OutboxNews::Sent { ids, at }),
            SendMessage::Dropped { id } => return news(OutboxNews::Dropped(id)),
            SendMessage::StillOut { id } => return news(OutboxNews::StillOut(id)),
            SendMessage::NotDropped { id } => return news(OutboxNews::NotDropped(id)),
            SendMessage::KeptAgain => return news(OutboxNews::KeptAgain),
            SendMessage::NotKept { said } => return news(OutboxNews::NotKept { said }),
            SendMessage::Checked { id, answer } => {
                return vec![Message::Answered(Box::new(Answer::Waited { id, answer: *answer }))];
            }
            SendMessage::Done { id, done } => (id, Outcome::Done { result: done }),
            SendMessage::Refused { id, problem } => (id, Outcome::Refused { problem: *problem }),
            SendMessage::Unknown { ids, .. } => return self.unknown(ids),
            SendMessage::Waiting { .. } => return Vec::new(),
        };
        let answer = CommandAnswer { id, outcome };
        vec![Message::Answered(Box::new(Answer::Commands(vec![answer])))]
    }

    /// Nobody knows what became of commands; they go out again under the same ids.
    fn unknown(&self, ids: Vec<CommandId>) -> Vec<Message> {
        let problem = Problem { code: code::UNKNOWN.into(), ..outbox_full() };
        let outcome = Outcome::Unknown { problem };
        let answers = ids.into_iter().map(|id| CommandAnswer { id, outcome: outcome.clone() }).collect();
        vec![Message::Answered(Box::new(Answer::Commands(answers)))]
    }

    /// The line stands.
    pub(super) fn live(&mut self) -> LineStatus {
        self.live = true;
        // What waits need not find out by itself: the feed has kept the distance from the others.
        self.sender.stands(true);
        LineStatus::Live { round_trip: None }
    }

    /// Nothing was heard for too long.
    pub(super) fn stale(&mut self, since: Moment) -> LineStatus {
        self.live = false;
        self.heard = Some(since);
        LineStatus::Stale { since }
    }

    /// The line is down; tells since when it was last heard.
    pub(super) fn lost(&mut self, why: &ClientFault, next_try: Moment, now: Moment) -> LineStatus {
        if std::mem::take(&mut self.live) {
            self.heard = Some(now);
        }
        if matches!(why, ClientFault::Unreachable { .. }) {
            self.sender.stands(false);
        }
        match why {
            ClientFault::Unauthorised => LineStatus::ShutOut,
            _ => LineStatus::Offline { since: self.heard, next_try: Some(next_try), why: down(why) },
        }
    }
}

/// What a feed that failed says of the line.
fn down(why: &ClientFault) -> Down {
    match why {
        ClientFault::Busy { .. } => Down::Busy,
        ClientFault::Garbled { .. } => Down::NoRegistry,
        ClientFault::Unreachable { .. }
        | ClientFault::Unknown { .. }
        | ClientFault::Refused(_)
        | ClientFault::Unauthorised => Down::NoLine,
    }
}

async fn check(line: &Line, item: CheckItem) -> Result<CheckAnswer, Fault> {
    let answer = line.checks(vec![item]).await.map_err(fault)?;
    match answer.answers.into_iter().next().map(|a| a.outcome) {
        Some(Outcome::Done { result }) => Ok(result),
        Some(Outcome::Refused { problem }) => Err(Fault::Problem(Box::new(problem))),
        Some(Outcome::Unknown { .. }) => Err(Fault::TimedOut),
        None => Err(Fault::Garbled),
    }
}

fn failed(answer: &Answer) -> Option<&Fault> {
    match answer {
        Answer::Check { result, .. } => result.as_ref().err(),
        Answer::Candidates { result, .. } => result.as_ref().err(),
        Answer::Hits { result, .. } => result.as_ref().err(),
        Answer::Hit { result, .. } => result.as_ref().err(),
        Answer::Record { result, .. } => result.as_ref().err(),
        Answer::NotRehearsed { fault, .. } => Some(fault),
        Answer::Commands(_) | Answer::Waited { .. } => None,
    }
}

fn fault(fault: ClientFault) -> Fault {
    match fault {
        ClientFault::Unreachable { .. } | ClientFault::Busy { .. } => Fault::Offline,
        ClientFault::Unknown { .. } => Fault::TimedOut,
        ClientFault::Refused(problem) => Fault::Problem(problem),
        ClientFault::Garbled { .. } => Fault::Garbled,
        ClientFault::Unauthorised => Fault::Problem(Box::new(Problem {
            code: code::UNAUTHORISED.into(),
            field: None,
            detail: String::new(),
            hint: String::new(),
            refusal: None,
        })),
    }
}

/// What is said of commands and checks that the outbox has not taken.
fn no_room(ids: &[CommandId]) -> Vec<Message> {
    let outcome = Outcome::Refused { problem: outbox_full() };
    let answers = ids.iter().map(|id| CommandAnswer { id: *id, outcome: outcome.clone() }).collect();
    vec![Message::Answered(Box::new(Answer::Commands(answers)))]
}

fn outbox_full() -> Problem {
    Problem {
        code: code::BUSY.into(),
        field: None,
        detail: String::new(),
        hint: String::new(),
        refusal: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::{Backoff, Deadlines, Feed, FeedPolicy, Garble, Token, Why};
    use crate::domain::check::Question;
    use crate::domain::gun::Gun;
    use uuid::Uuid;

    #[test]
    fn what_the_registry_or_something_else_answers_is_not_offline() {
        assert_eq!(down(&ClientFault::Busy { again: None }), Down::Busy);
        assert_eq!(down(&ClientFault::Garbled { what: Garble::Mismatch }), Down::NoRegistry);
        let why = Why::Cut { said: "reset".into() };
        assert_eq!(down(&ClientFault::Unreachable { why }), Down::NoLine);
    }

    fn requests() -> (Requests, mpsc::Receiver<SendMessage>) {
        let token = Token::new("test").unwrap();
        let line = Line::new("http://127.0.0.1:1", &token, Deadlines::default()).unwrap();
        let (sender, sent) = Sender::start(line.clone(), Backoff::default());
        let feed = Feed::start(line.clone(), None, FeedPolicy::default());
        (Requests::new(line, sender, feed.control()), sent)
    }

    #[tokio::test]
    async fn a_check_for_which_there_is_no_room_is_not_said_to_wait() {
        let (mut requests, _sent) = requests();
        // The sender comes to none of it in between.
        while requests.sender.withdraw(CommandId(Uuid::nil())).is_ok() {}
        let (purpose, case) = ("SEIZURE".into(), "1/26".into());
        let question =
            Question { gun: Gun::default(), purpose, case, found: None, stand_days: 90, limit: 10 };
        let id = CommandId(Uuid::max());
        let said = requests.start(Effect::QueueCheck(CheckItem { id, question }), &Outbox::default());
        let [Message::Answered(answer)] = &said[..] else { panic!("{said:?}") };
        let Answer::Commands(answers) = &**answer else { panic!("{answer:?}") };
        assert!(
            matches!(&answers[..], [CommandAnswer { id: of, outcome: Outcome::Refused { .. } }] if *of == id)
        );
    }

    #[tokio::test]
    async fn what_was_answered_before_the_line_broke_does_not_call_it_live_again() {
        let (mut requests, _sent) = requests();
        let live = || Message::Line(LineStatus::Live { round_trip: Some(800) });
        requests.live();
        requests.out.send(live()).await.unwrap();
        assert_eq!(requests.next().await, Some(live()));
        requests.out.send(live()).await.unwrap();
        requests.stale(Moment(7));
        requests.out.send(Message::Ids(vec![])).await.unwrap();
        assert_eq!(requests.next().await, Some(Message::Ids(vec![])));
    }
}
