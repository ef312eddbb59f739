//! Runs the exercise: what [`plan`](super::plan) says, over the lines of the countries.

use super::plan::{Act, State, Step};
use super::sample;
use crate::client::{Feed, FeedMessage, FeedPolicy, Line};
use crate::domain::command::{Command, Envelope};
use crate::domain::hit::{Hit, HitCommand};
use crate::domain::ids::{CommandId, CountryCode, RecordId};
use crate::domain::record::{RecordCommand, Report};
use crate::domain::refusal::Refusal;
use crate::domain::time::Moment;
use crate::wire::check::CheckItem;
use crate::wire::command::{CommandAnswer, Outcome};
use crate::wire::news::News;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

/// Sample records that the exercise knows of, from the beginning of the sample.
const KNOWN: u32 = 2000;
/// News that may wait.
const MOST_NEWS: usize = 1024;

/// Acts for the countries of `lines` until `stop`: they check guns, some of which `home` has
/// recorded, report guns that home has found, ask, answer, promise, confirm and locate.
///
/// The first alert for home comes within twenty seconds, then about one event every half
/// minute; what is refused is left alone.
pub async fn run(lines: Vec<(CountryCode, Line)>, home: CountryCode, seed: u64, stop: CancellationToken) {
    let others: Vec<CountryCode> = lines.iter().map(|(country, _)| *country).filter(|c| *c != home).collect();
    let state = State::new(home, others, sample::records(seed, KNOWN), seed);
    let listeners = TaskTracker::new();
    let (sender, news) = mpsc::channel(MOST_NEWS);
    for (_, line) in &lines {
        listeners.spawn(listen(line.clone(), sender.clone(), stop.clone()));
    }
    drop(sender);
    listeners.close();
    let exercise = Exercise { lines, state, began: Instant::now() };
    stop.run_until_cancelled(exercise.go_on(news)).await;
    listeners.wait().await;
}

/// Tells of every hit that a country hears of.
async fn listen(line: Line, sender: mpsc::Sender<Hit>, stop: CancellationToken) {
    let listening = async {
        let mut feed = Feed::start(line.clone(), None, FeedPolicy::default());
        while let Some(message) = feed.next().await {
            let hits = match message {
                FeedMessage::News(news) => match *news {
                    News::Hit { row, .. } => vec![row.hit],
                    News::Amended { rows, .. } => rows.into_iter().map(|row| row.hit).collect(),
                    // What was there before, or changed while the line was down.
                    News::Hello(_) => match line.hits().await {
                        Ok(page) => page.hits.into_iter().map(|row| row.hit).collect(),
                        Err(_) => Vec::new(),
                    },
                    News::Reset | News::Withdraw { .. } | News::Beat { .. } => Vec::new(),
                },
                FeedMessage::Live | FeedMessage::Stale { .. } | FeedMessage::Lost { .. } => Vec::new(),
            };
            for hit in hits {
                if sender.send(hit).await.is_err() {
                    return;
                }
            }
        }
    };
    stop.run_until_cancelled(listening).await;
}

struct Exercise {
    lines: Vec<(CountryCode, Line)>,
    state: State,
    began: Instant,
}

impl Exercise {
    async fn go_on(mut self, mut news: mpsc::Receiver<Hit>) {
        loop {
            let at = self.began.elapsed();
            match self.state.next_step(at, Moment::of(jiff::Timestamp::now())) {
                Step::Do { by, act } => self.act(by, act).await,
                Step::Wait(wait) => self.wait(wait, &mut news).await,
            }
        }
    }

    async fn wait(&mut self, wait: Duration, news: &mut mpsc::Receiver<Hit>) {
        tokio::select! {
            biased;
            Some(hit) = news.recv() => {
                let at = self.began.elapsed();
                self.state.note(hit, at);
                while let Ok(hit) = news.try_recv() {
                    self.state.note(hit, at);
                }
            }
            () = sleep(wait) => {}
        }
    }

    async fn act(&mut self, by: CountryCode, act: Act) {
        let Some((_, line)) = self.lines.iter().find(|(country, _)| *country == by) else { return };
        let line = line.clone();
        match act {
            Act::Check(question) => {
                let item = CheckItem { id: CommandId(Uuid::now_v7()), question: *question };
                match line.checks(vec![item]).await {
                    Ok(answer) => {
                        for answer in answer.answers {
                            if let Outcome::Done { result } = answer.outcome {
                                self.state.note_answer(by, &result, self.began.elapsed());
                            }
                        }
                    }
                    Err(fault) => tracing::debug!(%by, ?fault, "a check of the exercise was not answered"),
                }
            }
            Act::Report(report) => enter(&line, *report).await,
            Act::Hit(command) => {
                let hit = command.hit();
                let refused = !matches!(
                    send(&line, Command::Hit(command)).await,
                    Some(CommandAnswer { outcome: Outcome::Done { .. }, .. })
                );
                // What was refused, or nobody knows of, is not tried again: the feed tells how
                // the hit stands, and what follows from it.
                if let (Some(hit), true) = (hit, refused) {
                    self.state.give_up(hit);
                }
            }
        }
    }
}

/// Enters a report; when it looks like one that is there, the officer has seen that one and
/// enters it all the same, since the other is what was found.
async fn enter(line: &Line, report: Report) {
    let mut knowing: Vec<RecordId> = Vec::new();
    for _ in 0..2 {
        let enter = RecordCommand::Enter { report: Box::new(report.clone()), knowing: knowing.clone() };
        match send(line, Command::Record(enter)).await.map(|answer| answer.outcome) {
            Some(Outcome::Refused { problem }) => match problem.refusal {
                Some(Refusal::Duplicate { records }) => knowing = records,
                _ => return,
            },
            _ => return,
        }
    }
}

async fn send(line: &Line, command: Command) -> Option<CommandAnswer> {
    let named = command_name(&command);
    let envelope = Envelope { id: CommandId(Uuid::now_v7()), command, rehearse: false };
    match line.commands(vec![envelope]).await {
        Ok(answer) => answer.answers.into_iter().next(),
        Err(fault) => {
            tracing::debug!(named, ?fault, "a command of the exercise was not answered");
            None
        }
    }
}

fn command_name(command: &Command) -> &'static str {
    match command {
        Command::Record(_) => "record",
        Command::Hit(HitCommand::Take { .. }) => "take",
        Command::Hit(_) => "hit",
    }
}
