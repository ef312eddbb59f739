//! One stream of news, taken apart as it comes.

use crate::client::answer;
use crate::client::events::{Broken, Events, MOST_LINE};
use crate::client::fault::{Fault, Garble, Why};
use crate::client::line::Line;
use crate::wire::news::{Cursor, News};
use crate::wire::packing::Unpacker;
use reqwest::Response;
use std::collections::VecDeque;
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// Most that one piece of a stream may say once it is unpacked, in bytes: a thousand news.
const MOST_PIECE: usize = 4 * 1024 * 1024;
/// What comes so long after the greeting was not sent along with it.
const APART: Duration = Duration::from_millis(200);

/// A stream that stands.
#[derive(Debug)]
pub(super) struct Stream {
    response: Response,
    unpacker: Option<Unpacker>,
    events: Events,
    unpacked: Vec<u8>,
    began: Option<Instant>,
    proven: bool,
}

impl Stream {
    /// Opens the stream of news after `after`.
    pub(super) async fn open(line: &Line, after: Option<Cursor>) -> Result<Self, Fault> {
        let response = line.stream(after).await?;
        let unpacker = answer::coding(&response)?.map(Unpacker::new);
        let events = Events::default();
        Ok(Self { response, unpacker, events, unpacked: Vec::new(), began: None, proven: false })
    }

    /// Whether it has brought something after its greeting, so that streams get through.
    pub(super) fn is_proven(&self) -> bool {
        self.proven
    }

    /// The next news, one or more; of what is dropped before it is ready nothing is lost.
    ///
    /// Comments and halves of news are waited through: whatever stands between here and the
    /// registry can send them for as long as it likes.
    pub(super) async fn next(&mut self) -> Result<Vec<News>, Fault> {
        loop {
            let news = self.piece().await?;
            if !news.is_empty() {
                self.proven |= self.began.get_or_insert_with(Instant::now).elapsed() >= APART;
                return Ok(news);
            }
        }
    }

    /// The news that the next piece completes.
    async fn piece(&mut self) -> Result<Vec<News>, Fault> {
        let cut = |said| Fault::Unreachable { why: Why::Cut { said } };
        let piece = match self.response.chunk().await {
            Err(error) => return Err(cut(answer::said(&error))),
            Ok(None) => return Err(cut("the registry closed the stream".into())),
            Ok(Some(piece)) => piece,
        };
        let said = match &mut self.unpacker {
            None => &piece[..],
            Some(unpacker) => {
                self.unpacked.clear();
                unpacker.unpack(&piece, MOST_PIECE, &mut self.unpacked).map_err(answer::unfit)?;
                &self.unpacked
            }
        };
        let mut news = Vec::new();
        let mut unread = None;
        let whole = self.events.push(said, &mut |data: String| {
            if unread.is_none() {
                match serde_json::from_str(&data) {
                    Ok(one) => news.push(one),
                    Err(error) => unread = Some(error.to_string()),
                }
            }
        });
        if let Some(said) = unread {
            return Err(Fault::Garbled { what: Garble::Shape { said } });
        }
        // What stood before a break counts; the next piece says that it is broken.
        match whole {
            Err(broken) if news.is_empty() => Err(garbled(broken)),
            _ => Ok(news),
        }
    }

    /// Opens a stream beside whatever brings news now, and follows it until it has proven that
    /// streams get through; returns it with the news that it has brought.
    pub(super) async fn tried(
        line: Line,
        after: Option<Cursor>,
        wait: Duration,
    ) -> Result<(Self, VecDeque<News>), Fault> {
        let mut stream = Self::open(&line, after).await?;
        let mut brought = VecDeque::new();
        while !stream.is_proven() {
            match timeout(wait, stream.next()).await {
                Ok(news) => brought.extend(news?),
                Err(_) => return Err(Fault::Unreachable { why: Why::TooSlow { waited: wait } }),
            }
        }
        Ok((stream, brought))
    }
}

fn garbled(broken: Broken) -> Fault {
    let what = match broken {
        Broken::TooLong => Garble::TooLong { most: MOST_LINE },
        Broken::NotText => Garble::Shape { said: "not UTF-8".into() },
    };
    Fault::Garbled { what }
}
