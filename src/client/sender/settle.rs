//! What becomes of what went out.

use super::SendMessage;
use super::task::{Answers, Deserted, Ended, Task, soon};
use crate::client::fault::Fault;
use crate::domain::ids::CommandId;
use crate::wire::check::ChecksAnswer;
use crate::wire::command::{CommandsAnswer, Outcome};
use crate::wire::problem::Problem;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::time::Instant;

impl Task {
    /// A request has come to its end.
    pub(super) async fn ended(&mut self, ids: Vec<CommandId>, ended: Ended) -> Result<(), Deserted> {
        let now = Instant::now();
        self.unreached.store(matches!(ended, Err(Fault::Unreachable { .. })), Ordering::Relaxed);
        match ended {
            Ok(Answers::Reached) => Ok(()),
            Ok(Answers::Commands(answer)) => self.answered(answer).await,
            Ok(Answers::Checks(answer)) => self.checked(answer).await,
            Err(Fault::Refused(problem)) if ids.len() == 1 => self.refused(ids[0], problem).await,
            Err(Fault::Refused(_)) => {
                self.outbox.part(&ids);
                Ok(())
            }
            Err(Fault::Unknown { .. } | Fault::Garbled { .. }) => {
                self.outbox.doubt(&ids);
                let next_try = soon(self.outbox.fail(&ids, None, now));
                self.tell(SendMessage::Unknown { ids, next_try }).await
            }
            Err(why @ (Fault::Unreachable { .. } | Fault::Busy { .. } | Fault::Unauthorised)) => {
                let next_try = soon(self.outbox.fail(&ids, why.again(), now));
                // Nothing of it left: what was queued before is queued again.
                let queued = self.outbox.unsent(&ids);
                if let Some(ledger) = &mut self.ledger {
                    ledger.unsent(&queued);
                }
                self.queued.extend(queued);
                self.tell(SendMessage::Waiting { ids, why, next_try }).await
            }
        }
    }

    async fn answered(&mut self, answer: CommandsAnswer) -> Result<(), Deserted> {
        for answer in answer.answers {
            let id = answer.id;
            match answer.outcome {
                Outcome::Done { result } => {
                    self.settle(id);
                    self.tell(SendMessage::Done { id, done: result }).await?;
                }
                Outcome::Refused { problem } => self.refused(id, Box::new(problem)).await?,
                Outcome::Unknown { .. } => self.unknown(id).await?,
            }
        }
        Ok(())
    }

    async fn checked(&mut self, answer: ChecksAnswer) -> Result<(), Deserted> {
        for answer in answer.answers {
            let id = answer.id;
            match answer.outcome {
                Outcome::Done { result } => {
                    // It stays on the disk until somebody has looked at the answer: the registry
                    // gives it once more under the same name.
                    self.outbox.settle(id);
                    self.tell(SendMessage::Checked { id, answer: Box::new(result) }).await?;
                }
                Outcome::Refused { problem } => self.refused(id, Box::new(problem)).await?,
                Outcome::Unknown { .. } => self.unknown(id).await?,
            }
        }
        Ok(())
    }

    async fn unknown(&mut self, id: CommandId) -> Result<(), Deserted> {
        let next_try = soon(self.outbox.hold(id, Instant::now()));
        self.tell(SendMessage::Unknown { ids: vec![id], next_try }).await
    }

    fn settle(&mut self, id: CommandId) {
        self.outbox.settle(id);
        if let Some(ledger) = &mut self.ledger {
            ledger.settle(id);
        }
    }

    /// One was refused: on the disk before anybody is told, so that it is told once.
    async fn refused(&mut self, id: CommandId, problem: Box<Problem>) -> Result<(), Deserted> {
        self.outbox.settle(id);
        if let Some(ledger) = &mut self.ledger {
            ledger.refuse(id, (*problem).clone(), soon(Duration::ZERO));
        }
        self.keep().await?;
        self.tell(SendMessage::Refused { id, problem }).await
    }
}
