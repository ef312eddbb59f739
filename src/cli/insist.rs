//! Asks again, the same under the same ids, while there is hope of an answer.

use super::report::NoAnswer;
use crate::client::{Backoff, Fault, Line, Why};
use crate::domain::command::Envelope;
use crate::domain::ids::CommandId;
use crate::wire::check::{CheckAnswer, CheckItem};
use crate::wire::command::{Done, Outcome};
use crate::wire::problem::Problem;
use crate::wire::{MOST_BYTES, MOST_ITEMS};
use serde::Serialize;

/// Attempts at one request.
const ATTEMPTS: u32 = 8;

/// How patiently a script asks: a registry that was never reached is given up at once, one
/// that has answered before is asked again for a minute or two.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Insist {
    reached: bool,
}

/// What became of one item for good.
#[derive(Debug, Clone, PartialEq)]
pub enum Settled<T> {
    /// It is done.
    Done {
        /// What came of it.
        result: T,
        /// It was sent more than once, so that a result called repeated may be its own.
        doubt: bool,
    },
    /// It was refused.
    Refused(Problem),
}

impl Insist {
    /// Asks a registry that has answered before.
    pub fn again() -> Self {
        Self { reached: true }
    }

    /// Sends items until each of them is done or refused; those of which nobody knows go out
    /// again under the same ids.
    ///
    /// # Errors
    /// A fault that asking again does not mend.
    pub async fn settle<T: Item>(
        &mut self,
        line: &Line,
        items: Vec<T>,
    ) -> Result<Vec<Settled<T::Result>>, NoAnswer> {
        let mut settled: Vec<Option<Settled<T::Result>>> = items.iter().map(|_| None).collect();
        let mut open: Vec<usize> = (0..items.len()).collect();
        let mut backoff = Backoff::default();
        let mut doubt = false;
        while !open.is_empty() {
            let batch: Vec<T> = open.iter().map(|at| items[*at].clone()).collect();
            let fault = match T::send(line, batch).await {
                Ok(outcomes) => {
                    self.reached = true;
                    let mut unknown = Vec::new();
                    for (at, outcome) in open.iter().copied().zip(outcomes) {
                        match outcome {
                            Outcome::Done { result } => settled[at] = Some(Settled::Done { result, doubt }),
                            Outcome::Refused { problem } => settled[at] = Some(Settled::Refused(problem)),
                            Outcome::Unknown { .. } => unknown.push(at),
                        }
                    }
                    open = unknown;
                    let said = format!("the registry could not say what became of {} items", open.len());
                    Fault::Unknown { why: Why::Cut { said } }
                }
                Err(fault) => fault,
            };
            if open.is_empty() {
                break;
            }
            let hopeless = matches!(fault, Fault::Unreachable { .. }) && !self.reached;
            if !fault.is_passing() || hopeless || backoff.failures() + 1 >= ATTEMPTS {
                return Err(if doubt { doubtful(fault) } else { fault.into() });
            }
            doubt |= matches!(fault, Fault::Unknown { .. });
            tokio::time::sleep(backoff.fail(fault.again())).await;
        }
        Ok(settled.into_iter().flatten().collect())
    }
}

/// The end after a last attempt, when an earlier one may have been done: whatever the last
/// came to, a token that was withdrawn meanwhile too, does not tell of that one.
fn doubtful(fault: Fault) -> NoAnswer {
    match fault {
        Fault::Unreachable { why } => Fault::Unknown { why }.into(),
        Fault::Busy { .. } => {
            Fault::Unknown { why: Why::Cut { said: "then it had too much to do".into() } }.into()
        }
        fault @ (Fault::Unknown { .. } | Fault::Garbled { .. }) => fault.into(),
        fault @ (Fault::Unauthorised | Fault::Refused(_)) => NoAnswer { fault, doubt: true },
    }
}

/// What goes into a request in lists.
pub trait Item: Serialize + Clone {
    /// What comes of one.
    type Result;

    /// Its name.
    fn id(&self) -> CommandId;

    /// Sends a list; one outcome for each, in order.
    ///
    /// # Errors
    /// A [`Fault`].
    fn send(
        line: &Line,
        items: Vec<Self>,
    ) -> impl Future<Output = Result<Vec<Outcome<Self::Result>>, Fault>> + Send;
}

impl Item for Envelope {
    type Result = Done;

    fn id(&self) -> CommandId {
        self.id
    }

    async fn send(line: &Line, items: Vec<Self>) -> Result<Vec<Outcome<Done>>, Fault> {
        Ok(line.commands(items).await?.answers.into_iter().map(|answer| answer.outcome).collect())
    }
}

impl Item for CheckItem {
    type Result = CheckAnswer;

    fn id(&self) -> CommandId {
        self.id
    }

    async fn send(line: &Line, items: Vec<Self>) -> Result<Vec<Outcome<CheckAnswer>>, Fault> {
        Ok(line.checks(items).await?.answers.into_iter().map(|answer| answer.outcome).collect())
    }
}

/// Items gathered until they fill a request.
#[derive(Debug)]
pub struct Batch<T> {
    items: Vec<T>,
    bytes: usize,
}

impl<T> Default for Batch<T> {
    fn default() -> Self {
        Self { items: Vec::new(), bytes: 0 }
    }
}

/// Room for the brackets around the items of a request.
const AROUND: usize = 64;

impl<T: Item> Batch<T> {
    /// Whether nothing was gathered.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Whether an item has to wait for the next request.
    pub fn is_full_for(&self, item: &T) -> bool {
        !self.items.is_empty()
            && (self.items.len() >= MOST_ITEMS || self.bytes + length(item) > MOST_BYTES - AROUND)
    }

    /// Adds an item.
    pub fn push(&mut self, item: T) {
        self.bytes += length(&item);
        self.items.push(item);
    }

    /// What was gathered.
    pub fn take(&mut self) -> Vec<T> {
        self.bytes = 0;
        std::mem::take(&mut self.items)
    }
}

/// Bytes of an item in a request, with its comma.
fn length(item: &impl Serialize) -> usize {
    serde_json::to_vec(item).map_or(0, |json| json.len()) + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::{Deadlines, Token};
    use crate::domain::check::Question;
    use crate::domain::gun::Gun;
    use crate::domain::ids::CommandId;
    use crate::domain::text::Text;

    fn item(length: usize) -> CheckItem {
        CheckItem {
            id: CommandId(uuid::Uuid::nil()),
            question: Question {
                gun: Gun { make: Some(Text::new("x".repeat(length))), ..Gun::default() },
                purpose: "CRIME".into(),
                case: "1".into(),
                found: None,
                stand_days: 0,
                limit: 10,
            },
        }
    }

    #[tokio::test]
    async fn who_was_never_there_is_not_asked_again() {
        let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let token = Token::new("t").unwrap();
        let line = Line::new(&format!("http://{nobody}"), &token, Deadlines::default()).unwrap();
        let began = std::time::Instant::now();
        let settled = Insist::default().settle(&line, vec![item(1)]).await;
        assert!(matches!(settled, Err(NoAnswer { fault: Fault::Unreachable { .. }, .. })));
        assert!(began.elapsed().as_secs() < 5);
    }

    #[tokio::test]
    async fn what_may_have_been_done_is_not_called_unsent_when_the_registry_has_gone() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let gone = listener.local_addr().unwrap();
        let once = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            tokio::io::AsyncReadExt::read(&mut stream, &mut [0; 4096]).await.unwrap();
        });
        let line =
            Line::new(&format!("http://{gone}"), &Token::new("t").unwrap(), Deadlines::default()).unwrap();
        let settled = Insist::default().settle(&line, vec![item(1)]).await;
        assert!(matches!(settled, Err(NoAnswer { fault: Fault::Unknown { .. }, .. })), "{settled:?}");
        once.await.unwrap();
    }

    #[test]
    fn batches_keep_to_items_and_bytes() {
        let fill = |length: usize| {
            let mut batch = Batch::default();
            while !batch.is_full_for(&item(length)) {
                batch.push(item(length));
            }
            batch.take()
        };
        assert_eq!(fill(5).len(), MOST_ITEMS);
        let request = crate::wire::check::ChecksRequest { checks: fill(3000) };
        let bytes = serde_json::to_vec(&request).unwrap().len();
        assert!((MOST_BYTES - 4000..=MOST_BYTES).contains(&bytes), "{bytes}");
    }
}
