//! What was seen at this desk: kept as it comes, read when there is no line.

use crate::client::seen::{Here, Past, Seen, Sight};
use crate::console::message::{Answer, Message};
use crate::console::state::line_status::LineStatus;
use crate::domain::check::Question;
use crate::domain::time::Moment;
use crate::wire::news::Cursor;
use std::io;
use std::path::PathBuf;

/// What was seen, if there is a place to keep it.
#[derive(Debug)]
pub(super) struct SeenHere {
    seen: Option<Seen>,
    wipe_at_leave: bool,
}

impl SeenHere {
    /// Opens what was seen; without it the console works as well, while there is a line.
    pub(super) fn open(path: Option<PathBuf>, wipe_at_leave: bool, now: Moment) -> Self {
        let opened = path.map(|path| Seen::open(&path, now));
        let seen = opened.and_then(|opened| opened.map_err(|error| told(&error)).ok());
        Self { seen, wipe_at_leave }
    }

    /// What a console begins with.
    pub(super) fn past(&self) -> Option<Past> {
        self.seen.as_ref()?.past()
    }

    /// Where the feed goes on.
    pub(super) fn cursor(&self) -> Option<Cursor> {
        self.seen.as_ref()?.cursor()
    }

    /// Keeps what a message shows.
    pub(super) fn note(&mut self, message: &Message, now: Moment) {
        let Some(seen) = &mut self.seen else { return };
        let noted = match message {
            Message::News(news) => seen.news(news, now),
            Message::Answered(answer) => seen.note(sights(answer, now)),
            // Whom the registry does not know any more may keep nothing of it.
            Message::Line(LineStatus::ShutOut) => seen.wipe(),
            _ => Ok(()),
        };
        if let Err(error) = noted {
            told(&error);
        }
    }

    /// Holds a gun against what was seen.
    pub(super) fn check(&self, question: &Question) -> Here {
        self.seen.as_ref().map(|seen| seen.check(question)).unwrap_or_default()
    }

    /// Throws everything away.
    pub(super) fn wipe(&mut self) {
        if let Some(Err(error)) = self.seen.as_mut().map(Seen::wipe) {
            told(&error);
        }
    }

    /// The console ends.
    pub(super) fn finish(&mut self) {
        if self.wipe_at_leave {
            self.wipe();
        }
    }
}

fn sights(answer: &Answer, now: Moment) -> Vec<Sight> {
    match answer {
        Answer::Hits { result: Ok(page), .. } => vec![Sight::Rows(page.hits.clone(), now)],
        Answer::Hit { result: Ok(view), .. } => vec![Sight::Hit(Box::new(view.clone()), now)],
        Answer::Record { result: Ok(record), .. } => vec![Sight::Record(Box::new(record.clone()), now)],
        Answer::Check { result: Ok(answer), .. } | Answer::Waited { answer, .. } => {
            vec![Sight::Candidates(answer.candidates.clone(), now)]
        }
        _ => Vec::new(),
    }
}

/// What was seen can be read again: that it is not kept goes to the log.
fn told(error: &io::Error) {
    tracing::warn!(%error, "what was seen is not kept");
}
