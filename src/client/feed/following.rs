//! News by a stream, for as long as it is believed in.

use super::stream::Stream;
use super::task::{End, Task, Through, now};
use super::way::Ended;
use crate::client::fault::{Fault, Why};
use futures_util::FutureExt;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until, timeout};

/// How long a line that is doubted has to answer: four times the delay of a satellite.
const PROBE: Duration = Duration::from_secs(6);

impl Task {
    /// Follows one stream to its end.
    pub(super) async fn follow(&mut self, through: Option<Through>) -> End {
        let (mut stream, brought) = match through {
            Some(through) => through,
            None => match self.open().await {
                Ok(stream) => (stream, VecDeque::new()),
                Err((end, how)) => {
                    self.way.ended(how);
                    return end;
                }
            },
        };
        let end = match self.take_all(brought).await {
            Ok(()) => self.follow_open(&mut stream).await,
            Err(end) => end,
        };
        self.way.ended(match &end {
            _ if stream.is_proven() => Ended::Proven,
            End::Failed(Fault::Unreachable { why: Why::TooSlow { .. } }) | End::Silent => Ended::Silent,
            _ => Ended::Cut,
        });
        end
    }

    /// Opens a stream, unless the officer wants it done anew.
    async fn open(&mut self) -> Result<Stream, (End, Ended)> {
        let opening = Stream::open(&self.line, self.place.cursor());
        tokio::select! {
            biased;
            opened = opening => opened.map_err(|fault| {
                let held = matches!(fault, Fault::Unreachable { why: Why::TooSlow { .. } });
                (fault.into(), if held { Ended::Silent } else { Ended::Unopened })
            }),
            () = nudged_after(&self.nudge, PROBE) => Err((End::Silent, Ended::Unopened)),
        }
    }

    /// Only news that was read says that a stream is heard: what proves the connection proves
    /// nothing of a stream that something between here and the registry holds back.
    async fn follow_open(&mut self, stream: &mut Stream) -> End {
        let mut heard = now();
        let mut since = Instant::now();
        let mut probes = JoinSet::new();
        let nudge = Arc::clone(&self.nudge);
        loop {
            let patience = if self.live { self.patience() } else { self.line.deadlines().answer };
            let came = tokio::select! {
                biased;
                came = stream.next() => came,
                () = sleep_until(since + patience) => {
                    if self.live {
                        return self.silent(heard).await;
                    }
                    return Fault::Unreachable { why: Why::TooSlow { waited: patience } }.into();
                }
                () = nudge.notified() => {
                    let line = self.line.clone();
                    probes.spawn(async move { timeout(PROBE, line.answers()).await.is_ok_and(|is| is.is_ok()) });
                    continue;
                }
                Some(answered) = probes.join_next() => {
                    if answered.unwrap_or(false) {
                        continue;
                    }
                    return self.silent(heard).await;
                }
            };
            heard = now();
            // On a thin line the answer to a doubt stands behind what comes: that answers it.
            probes = JoinSet::new();
            let taken = match came {
                Ok(news) => self.take_all(news).await,
                Err(fault) => return fault.into(),
            };
            if let Err(end) = taken {
                return end;
            }
            // How long the console took is no silence of the line.
            since = Instant::now();
        }
    }
}

/// Returns once the officer wants something done about what has taken so long already; what was
/// wanted earlier is done by what is under way.
async fn nudged_after(nudge: &Notify, patience: Duration) {
    sleep(patience).await;
    let _ = nudge.notified().now_or_never();
    nudge.notified().await;
}
