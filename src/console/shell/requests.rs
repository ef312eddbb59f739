//! Requests under way: started by effects, answered by messages.

use crate::client::{Fault as ClientFault, FeedControl, Line, Reading, SendMessage, Sender};
use crate::console::effect::Effect;
use crate::console::message::{Answer, Fault, Message};
use crate::console::state::line_status::LineStatus;
use crate::domain::command::Envelope;
use crate::domain::ids::CommandId;
use crate::domain::time::Moment;
use crate::wire::check::{CheckAnswer, CheckItem};
use crate::wire::command::{CommandAnswer, Outcome};
use crate::wire::problem::{Problem, code};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::mpsc;
use tokio::time::Instant;

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
    queued: BTreeSet<CommandId>,
    refused: u32,
    heard: Option<Moment>,
    live: Arc<AtomicBool>,
}

impl Requests {
    pub(super) fn new(line: Line, sender: Sender, feed: FeedControl) -> Self {
        let (out, answers) = mpsc::channel(WAITING);
        Self {
            line,
            sender,
            feed,
            out,
            answers,
            queued: BTreeSet::new(),
            refused: 0,
            heard: None,
            live: Arc::default(),
        }
    }

    /// The next answer.
    pub(super) async fn next(&mut self) -> Option<Message> {
        self.answers.recv().await
    }

    /// Starts what an effect wants; returns what is known at once.
    pub(super) fn start(&mut self, effect: Effect) -> Vec<Message> {
        let line = self.line.clone();
        match effect {
            Effect::Send(envelopes) => return self.send(envelopes),
            Effect::TryLine => {
                self.feed.try_now();
                self.sender.try_now();
                // Whoever looks at the line has seen what was refused.
                self.refused = 0;
                return vec![self.outbox()];
            }
            Effect::Check { generation, item } => {
                self.spawn(async move { Answer::Check { generation, result: check(&line, item).await } });
            }
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
            | Effect::Quit => {}
        }
        Vec::new()
    }

    fn spawn(&self, request: impl Future<Output = Answer> + Send + 'static) {
        let (out, live) = (self.out.clone(), Arc::clone(&self.live));
        tokio::spawn(async move {
            let begun = Instant::now();
            let answer = request.await;
            let round_trip = u32::try_from(begun.elapsed().as_millis()).ok();
            let answered = !matches!(failed(&answer), Some(Fault::Offline | Fault::TimedOut));
            // A console that has ended needs no answer.
            let _ = out.send(Message::Answered(Box::new(answer))).await;
            // Whether the line stands is for the feed to say: without it no alert arrives. A
            // request only tells how long the way there and back takes.
            if answered && live.load(Ordering::Relaxed) {
                let _ = out.send(Message::Line(LineStatus::Live { round_trip })).await;
            }
        });
    }

    fn send(&mut self, envelopes: Vec<Envelope>) -> Vec<Message> {
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
            match self.sender.send(command) {
                Ok(()) => {
                    self.queued.insert(id);
                }
                Err(_) => {
                    full.push(CommandAnswer { id, outcome: Outcome::Refused { problem: outbox_full() } });
                }
            }
        }
        let mut messages = vec![self.outbox()];
        if !full.is_empty() {
            messages.push(Message::Answered(Box::new(Answer::Commands(full))));
        }
        messages
    }

    fn outbox(&self) -> Message {
        Message::Outbox {
            queued: u32::try_from(self.queued.len()).unwrap_or(u32::MAX),
            refused: self.refused,
        }
    }

    /// What became of commands.
    pub(super) fn sent(&mut self, sent: SendMessage) -> Vec<Message> {
        let (id, outcome) = match sent {
            SendMessage::Done { id, done } => (id, Outcome::Done { result: done }),
            SendMessage::Refused { id, problem } => {
                self.refused = self.refused.saturating_add(1);
                (id, Outcome::Refused { problem: *problem })
            }
            SendMessage::Unknown { ids, .. } => return self.unknown(ids),
            SendMessage::Sent { .. } | SendMessage::Waiting { .. } => return Vec::new(),
        };
        self.queued.remove(&id);
        let answer = CommandAnswer { id, outcome };
        vec![self.outbox(), Message::Answered(Box::new(Answer::Commands(vec![answer])))]
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
        self.live.store(true, Ordering::Relaxed);
        LineStatus::Live { round_trip: None }
    }

    /// Nothing was heard for too long.
    pub(super) fn stale(&mut self, since: Moment) -> LineStatus {
        self.live.store(false, Ordering::Relaxed);
        self.heard = Some(since);
        LineStatus::Stale { since }
    }

    /// The line is down; tells since when it was last heard.
    pub(super) fn lost(&mut self, why: &ClientFault, next_try: Moment, now: Moment) -> LineStatus {
        if self.live.swap(false, Ordering::Relaxed) {
            self.heard = Some(now);
        }
        match why {
            ClientFault::Unauthorised => LineStatus::ShutOut,
            _ => LineStatus::Offline { since: self.heard, next_try: Some(next_try) },
        }
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
        Answer::Hits { result, .. } => result.as_ref().err(),
        Answer::Hit { result, .. } => result.as_ref().err(),
        Answer::Record { result, .. } => result.as_ref().err(),
        Answer::NotRehearsed { fault, .. } => Some(fault),
        Answer::Commands(_) => None,
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

fn outbox_full() -> Problem {
    Problem {
        code: code::BUSY.into(),
        field: None,
        detail: String::new(),
        hint: String::new(),
        refusal: None,
    }
}
