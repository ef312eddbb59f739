//! All that the screen shows, and nothing else: no clock, no line, no terminal.

pub mod editor;
pub mod layout;
pub mod line_status;
pub mod notice;
pub mod open_line;
pub mod outbox;
pub mod promised;
pub mod question;
pub mod queue;
pub mod record;
pub mod remote;
pub mod search;
pub mod sent;
pub mod torn;
pub mod traffic;
pub mod voice;
pub mod why_not;

use super::action::ActionId;
use super::drafts::Open;
use super::form::Form;
use crate::client::Speed;
use crate::domain::agency::Party;
use crate::domain::context::{Context, Fresh};
use crate::domain::ids::{CheckId, CommandId, CountryCode, HitId, RecordId};
use crate::domain::time::Moment;
use crate::wire::check::CheckAnswer;
use crate::wire::hit::HitRow;
use crate::wire::news::Hello;
use jiff::tz::TimeZone;
use layout::{Layout, Page, Place, Tops};
use line_status::LineStatus;
use notice::Notice;
use open_line::OpenLine;
use outbox::Outbox;
use question::Question;
use queue::Queue;
use record::{RecordPane, TracePane};
use remote::Generation;
use search::Search;
use sent::{Pending, Sent, Taking};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use torn::Torn;
use traffic::Traffic;
use why_not::WhyNot;

/// All that the screen shows.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// Who the officer is; nothing until the registry has said so.
    pub session: Option<Hello>,
    /// Whether that is from before this console began, and the registry has not said it again.
    pub from_before: bool,
    /// How the line stands.
    pub line: LineStatus,
    /// How the way to the officer's screen was when it was last asked for.
    pub traffic: Option<Traffic>,
    /// Commands that are written and not yet answered, or were refused.
    pub outbox: Outbox,
    /// The time; shown to the minute.
    pub now: Moment,
    /// The desk's time zone, for the local half of every time.
    pub zone: TimeZone,
    /// How the panes share the screen.
    pub layout: Layout,
    /// Pane 1.
    pub hits: Queue,
    /// Pane 2.
    pub search: Search,
    /// Pane 3.
    pub record: RecordPane,
    /// Pane 4.
    pub trace: TracePane,
    /// Where the lists begin on the screen, so that a mark moves them as little as it can.
    pub tops: Tops,
    /// The way back, the latest last.
    pub back: Vec<Place>,
    /// The place before this item, for `-`.
    pub before: Option<Box<Place>>,
    /// The open question; it has the keys before all else.
    pub question: Option<Question>,
    /// The open line; it has the keys when no question is open.
    pub open_line: Option<OpenLine>,
    /// The page over the panes.
    pub page: Option<Page>,
    /// The record being entered; it has the screen when it is open.
    pub form: Option<Form>,
    /// Records that were left half entered, the latest last; each comes back once the one that
    /// came after it is done.
    pub drafts: Vec<Form>,
    /// What was half typed when an earlier console ended, until it is gone on with.
    pub resume: Option<Open>,
    /// A paste of which the rest may still come.
    pub torn: Option<Torn>,
    /// A line that was refused: what is typed in one go behind its key was meant for it.
    pub refused_text: Option<RefusedText>,
    /// The line above the bottom line.
    pub notice: Option<Notice>,
    /// What was heard when a number was last read back.
    pub heard: Option<voice::Voice>,
    /// The bell.
    pub bell: Bell,
    /// How fast the line is, once something has come over it.
    pub speed: Option<Speed>,
    /// Commands that the registry has not answered yet.
    pub pending: Pending,
    /// The hits that were last taken at one go.
    pub taking: Taking,
    /// Names for the next commands and checks.
    pub ids: VecDeque<CommandId>,
    /// Whether more names were asked for and have not come.
    pub ids_asked: bool,
    /// Forms whose records are on their way, so that they can come back when refused.
    pub sent_forms: BTreeMap<CommandId, Form>,
    /// Texts of lines that Esc left.
    pub kept_lines: Vec<OpenLine>,
    /// Counts requests and question wordings.
    pub generation: Generation,
    /// When the last key came.
    pub last_key: Moment,
    /// Whether a key came since the minute turned.
    pub typed: bool,
    /// Earlier lines of the command line, the oldest first.
    pub commands: Vec<String>,
}

/// When the bell rings, and what has rung.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bell {
    /// It is off until then, FLASH excepted.
    pub off_until: Option<Moment>,
    /// Promises that have rung before they break.
    pub rung: BTreeSet<HitId>,
}

/// A text that cannot be typed now, until the keys pause.
#[derive(Debug, Clone, PartialEq)]
pub struct RefusedText {
    /// The action whose key would have opened its line.
    pub action: ActionId,
    /// Why it was refused.
    pub why: WhyNot,
    /// Keys that came in the same go and were not taken.
    pub keys: usize,
}

/// How a console begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Start {
    /// The desk's time zone.
    pub zone: TimeZone,
    /// Why searches are made, when it is set from outside.
    pub purpose: Option<String>,
    /// For which case, when it is set from outside.
    pub case: Option<String>,
}

/// What the keys act on: it stands first in the bottom line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// A hit.
    Hit(HitId),
    /// A candidate of the last check that is no hit.
    Candidate {
        /// The check.
        check: CheckId,
        /// The record.
        record: RecordId,
    },
    /// The last check itself.
    Check(CheckId),
    /// A record.
    Record(RecordId),
}

/// Who has the keys, in the order in which they are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// The open question.
    Question,
    /// The open line.
    Line,
    /// The page.
    Page,
    /// The form.
    Form,
    /// The panes.
    Panes,
}

impl State {
    /// A console before its first message.
    pub fn new(start: Start) -> Self {
        let mut search = Search::default();
        search.purpose.set(start.purpose.unwrap_or_default());
        search.case.set(start.case.unwrap_or_default());
        Self {
            session: None,
            from_before: false,
            line: LineStatus::Connecting,
            traffic: None,
            outbox: Outbox::default(),
            speed: None,
            now: Moment::default(),
            zone: start.zone,
            layout: Layout::default(),
            hits: Queue::default(),
            search,
            record: RecordPane::default(),
            trace: TracePane::default(),
            tops: Tops::default(),
            back: Vec::new(),
            before: None,
            question: None,
            open_line: None,
            page: None,
            form: None,
            drafts: Vec::new(),
            resume: None,
            torn: None,
            refused_text: None,
            notice: None,
            heard: None,
            bell: Bell::default(),
            pending: Pending::default(),
            taking: Taking::default(),
            ids: VecDeque::new(),
            ids_asked: false,
            sent_forms: BTreeMap::new(),
            kept_lines: Vec::new(),
            generation: Generation::default(),
            last_key: Moment::default(),
            typed: false,
            commands: Vec::new(),
        }
    }

    /// Who has the keys.
    pub fn holder(&self) -> Holder {
        if self.question.is_some() {
            Holder::Question
        } else if self.open_line.is_some() {
            Holder::Line
        } else if self.page.is_some() {
            Holder::Page
        } else if self.form.is_some() {
            Holder::Form
        } else {
            Holder::Panes
        }
    }

    /// Our country, once the registry has said who the officer is.
    pub fn ncb(&self) -> Option<CountryCode> {
        self.session.as_ref().map(|hello| hello.party.ncb)
    }

    /// For whom the officer acts, once the registry has said so.
    pub fn party(&self) -> Option<&Party> {
        self.session.as_ref().map(|hello| &hello.party)
    }

    /// What the rules need to know of the officer; the console asks them what would be refused.
    pub fn context(&self) -> Option<Context> {
        let hello = self.session.as_ref()?;
        Some(Context {
            now: self.now,
            officer: hello.officer,
            party: hello.party.clone(),
            role: hello.role,
            by_registry: false,
            fresh: Fresh::none(),
        })
    }

    /// What the keys act on.
    pub fn item(&self) -> Option<Item> {
        self.item_of(self.layout.focus)
    }

    /// What the keys that only look act on: where the panes of a gun are still empty, what is
    /// marked in the list that had the keys before them.
    pub fn looked_at(&self) -> Option<Item> {
        self.item().or_else(|| match self.layout.focus {
            layout::Pane::Record | layout::Pane::Trace => self.item_of(self.layout.list),
            layout::Pane::Hits | layout::Pane::Search => None,
        })
    }

    /// Why there is nothing to act on, and which key helps.
    pub fn why_nothing(&self) -> WhyNot {
        match self.layout.focus {
            layout::Pane::Hits if !self.hits.order.is_empty() => WhyNot::NothingMarked,
            layout::Pane::Hits | layout::Pane::Search => WhyNot::NothingThere,
            layout::Pane::Record | layout::Pane::Trace => WhyNot::NothingOpen,
        }
    }

    fn item_of(&self, pane: layout::Pane) -> Option<Item> {
        match pane {
            layout::Pane::Hits => self.hits.marked_row().map(|row| Item::Hit(row.hit.id)),
            layout::Pane::Search => {
                let check = self.search.check()?;
                Some(match self.search.candidate() {
                    None => Item::Check(check),
                    Some(candidate) => match self.search.hit_with(candidate.record) {
                        Some(hit) => Item::Hit(hit),
                        None => Item::Candidate { check, record: candidate.record },
                    },
                })
            }
            layout::Pane::Record | layout::Pane::Trace => Some(match self.record.subject.as_ref()? {
                record::Subject::Hit(id) => Item::Hit(*id),
                record::Subject::Record(id) => Item::Record(*id),
                record::Subject::Candidate(compared) => {
                    Item::Candidate { check: compared.check, record: compared.candidate.record }
                }
            }),
        }
    }

    /// The row of a hit, from the queue or from its reading.
    pub fn row(&self, hit: HitId) -> Option<&HitRow> {
        let read = || self.record.hits.get(&hit)?.value().map(|view| &view.row);
        self.hits.rows.get(&hit).or_else(read)
    }

    /// Every answer to a check that is held: the one on the screen, and those that nobody has
    /// looked at.
    pub fn answers(&self) -> impl Iterator<Item = &CheckAnswer> {
        self.search.answer.value().into_iter().chain(self.outbox.answers())
    }

    /// The same, to be changed by news.
    pub fn answers_mut(&mut self) -> impl Iterator<Item = &mut CheckAnswer> {
        self.search.answer.value_mut().into_iter().chain(self.outbox.answers_mut())
    }

    /// Whether candidates may be on their way, from before what is withdrawn now.
    pub fn awaits_candidates(&self) -> bool {
        let search = &self.search;
        search.answer.is_waiting() || search.further.is_waiting() || self.awaits_check()
    }

    /// Whether a check was asked that is not answered, on the screen or not.
    pub fn awaits_check(&self) -> bool {
        !self.search.under_way.is_empty() || self.outbox.awaits_check()
    }

    /// What was sent about a hit and is not answered yet; stands in its row. What decides
    /// about it goes before what does not. Says too whether nobody knows what became of it.
    pub fn pending_on(&self, hit: HitId) -> Option<(&Sent, bool)> {
        let about = |sent: &Sent| sent.hit() == Some(hit);
        let decides = |sent: &Sent| about(sent) && sent.phase().is_some();
        self.pending.find(decides).or_else(|| self.pending.find(about))
    }
}
