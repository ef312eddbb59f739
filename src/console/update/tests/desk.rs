//! A desk in San Jose for the tests, with its keys, its queue and the other side.

use crate::console::effect::Effect;
use crate::console::form::FieldId;
use crate::console::message::{Answer, Message, Paste};
use crate::console::state::line_status::LineStatus;
use crate::console::state::{Start, State};
use crate::console::update::update;
use crate::domain::agency::{Party, Role};
use crate::domain::check::Question;
use crate::domain::command::{Command, Envelope};
use crate::domain::date::PartialDate;
use crate::domain::evidence::{Band, Rarity};
use crate::domain::gun::{Gun, Number, Place};
use crate::domain::hit::{Hit, HitCommand, Phase, Priority};
use crate::domain::ids::{AgencyId, CheckId, CommandId, CountryCode, HitId, OfficerId, RecordId};
use crate::domain::private::Private;
use crate::domain::record::{Caveat, Circumstance, Entry, Report, Status};
use crate::domain::refusal::Refusal;
use crate::domain::text::Text;
use crate::domain::time::{Minutes, Moment};
use crate::wire::check::{Candidate, CandidateShown, CheckAnswer};
use crate::wire::command::{CommandAnswer, Done, Outcome};
use crate::wire::hit::{CheckView, GunBrief, HitRow, HitView, HitsPage};
use crate::wire::news::{Cursor, Hello, HitNews, News};
use crate::wire::problem::Problem;
use crate::wire::record::{ContactView, RecordAnswer, RecordView};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use jiff::tz::TimeZone;
use uuid::Uuid;

/// 2026-11-21 03:07 in San Jose, 09:07 UTC.
pub(super) const NOW: Moment = Moment(1_795_252_020_000_000);
/// The officer at the desk, and a colleague.
pub(super) const OFFICER: OfficerId = OfficerId(17);
pub(super) const COLLEAGUE: OfficerId = OfficerId(18);

/// A console under test, with all it wanted done.
pub(super) struct Desk {
    pub(super) state: State,
    pub(super) effects: Vec<Effect>,
}

impl Desk {
    /// A console that has just begun, with the registry's greeting.
    pub(super) fn new() -> Self {
        let start = Start { zone: TimeZone::get("America/Costa_Rica").unwrap(), purpose: None, case: None };
        let mut desk = Self { state: State::new(start), effects: Vec::new() };
        desk.say(Message::Time(NOW));
        desk.say(Message::Ids((1..=512u128).map(|n| CommandId(Uuid::from_u128(n))).collect()));
        desk.say(Message::Line(LineStatus::Live { round_trip: Some(800) }));
        desk.news(News::Hello(hello()));
        desk.effects.retain(|effect| matches!(effect, Effect::ReadHits { .. }));
        desk
    }

    /// A console with these rows in its queue and the worst clock marked.
    pub(super) fn with(rows: Vec<HitRow>) -> Self {
        let mut desk = Self::new();
        let Some(Effect::ReadHits { generation, after: None }) = desk.effects.pop() else {
            panic!("the queue is read first")
        };
        let page = HitsPage { hits: rows, cursor: Cursor::default(), as_of: NOW, more: false, next: None };
        desk.answer(Answer::Hits { generation, result: Ok(page) });
        desk.effects.clear();
        desk
    }

    /// With purpose and case set.
    pub(super) fn on_a_case(mut self) -> Self {
        self.state.search.purpose.set("SEIZURE");
        self.state.search.case.set("0143/26");
        self
    }

    pub(super) fn say(&mut self, message: Message) {
        self.effects.extend(update(&mut self.state, message));
    }

    pub(super) fn news(&mut self, news: News) {
        self.say(Message::News(Box::new(news)));
    }

    pub(super) fn answer(&mut self, answer: Answer) {
        self.say(Message::Answered(Box::new(answer)));
    }

    /// News about a hit, by the other side.
    pub(super) fn hit_news(&mut self, what: HitNews, row: HitRow) {
        self.news(News::Hit { cursor: Cursor::default(), what, by: Some(OfficerId(99)), row: Box::new(row) });
    }

    /// Pastes a text, whole.
    pub(super) fn paste(&mut self, text: &str) {
        self.say(Message::Paste(Paste { text: text.into(), cut: false, rest: false }));
    }

    /// Fills in what the record under test lacks, so that its form can be sent.
    pub(super) fn settle_form(&mut self) -> &mut Self {
        let form = self.state.form.as_mut().expect("a form is open");
        for (id, text) in [(FieldId::Type, "PI"), (FieldId::Calibre, "9x19"), (FieldId::Date, "2026-01-14")] {
            form.fill(id, text);
        }
        self
    }

    /// Types keys: `/KD73519<Enter>`; `<Seen>` is the moment when the open question counts as
    /// seen.
    pub(super) fn keys(&mut self, keys: &str) -> &mut Self {
        let mut rest = keys;
        while let Some(c) = rest.chars().next() {
            if c == '<'
                && let Some((name, behind)) = rest[1..].split_once('>')
            {
                rest = behind;
                self.named(name);
            } else {
                rest = &rest[c.len_utf8()..];
                self.say(Message::Key(KeyEvent::from(KeyCode::Char(c))));
            }
        }
        self
    }

    fn named(&mut self, name: &str) {
        let code = match name {
            "Seen" => {
                let generation = self.state.question.as_ref().expect("a question is open").generation;
                return self.say(Message::Seen(generation));
            }
            "Ctrl-C" => {
                let key = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
                return self.say(Message::Key(key));
            }
            "Ctrl-U" => {
                let key = KeyEvent::new(KeyCode::Char('u'), KeyModifiers::CONTROL);
                return self.say(Message::Key(key));
            }
            "Enter" => KeyCode::Enter,
            "Esc" => KeyCode::Esc,
            "Tab" => KeyCode::Tab,
            "Up" => KeyCode::Up,
            "Down" => KeyCode::Down,
            "Left" => KeyCode::Left,
            "Right" => KeyCode::Right,
            "PgDn" => KeyCode::PageDown,
            "Backspace" => KeyCode::Backspace,
            "F1" => KeyCode::F(1),
            other => panic!("no such key: {other}"),
        };
        self.say(Message::Key(KeyEvent::from(code)));
    }

    /// Answers every reading of a hit with the row that the queue has.
    pub(super) fn read_hits(&mut self) -> &mut Self {
        for effect in std::mem::take(&mut self.effects) {
            if let Effect::ReadHit { generation, id } = effect {
                let row = self.state.hits.rows[&id].clone();
                self.answer(Answer::Hit { generation, id, result: Ok(view(row)) });
            } else {
                self.effects.push(effect);
            }
        }
        self
    }

    /// Commands that went out, and forgets them.
    pub(super) fn sent(&mut self) -> Vec<Envelope> {
        let mut sent = Vec::new();
        for effect in std::mem::take(&mut self.effects) {
            if let Effect::Send(envelopes) = effect {
                sent.extend(envelopes);
            }
        }
        sent
    }

    /// The one hit command that went out.
    pub(super) fn one_hit_command(&mut self) -> HitCommand {
        let sent = self.sent();
        match &sent[..] {
            [Envelope { command: Command::Hit(command), rehearse: false, .. }] => command.clone(),
            other => panic!("{other:?}"),
        }
    }

    /// The registry answers a command.
    pub(super) fn answer_command(&mut self, id: CommandId, outcome: Outcome<Done>) {
        self.answer(Answer::Commands(vec![CommandAnswer { id, outcome }]));
    }

    /// Answers the last reading of a record.
    pub(super) fn answer_record(&mut self, id: &str) {
        let id = record_id(id);
        let generation = self.state.record.records[&id].wanted();
        let view = RecordAnswer::Whole(Box::new(record_view(id, id.country.as_str())));
        self.answer(Answer::Record { generation, id, result: Ok(view) });
    }

    /// Answers the last check.
    pub(super) fn answer_check(&mut self, answer: CheckAnswer) {
        let generation = self.state.search.answer.wanted();
        self.answer(Answer::Check { generation, result: Ok(answer) });
    }
}

pub(super) fn country(code: &str) -> CountryCode {
    code.parse().unwrap()
}

pub(super) fn record_id(text: &str) -> RecordId {
    text.parse().unwrap()
}

fn party(code: &str) -> Party {
    Party { agency: AgencyId::ncb(country(code)), ncb: country(code) }
}

pub(in crate::console) fn hello() -> Hello {
    Hello {
        officer: OFFICER,
        name: Text::from("A. Mora"),
        party: party("CR"),
        agency: Text::from("NCB San Jose"),
        country: country("CR"),
        role: Role::Duty,
        training: false,
        cursor: Cursor { epoch: 1, sequence: 1 },
        head: String::new(),
        now: NOW,
        records: 1_512_204,
        beat_seconds: 60,
    }
}

/// A hit between two countries, asked ROUTINE and due in a day where it was asked.
pub(super) fn row(id: u64, owner: &str, finder: &str, phase: Phase) -> HitRow {
    let asked = !matches!(phase, Phase::Raised);
    HitRow {
        hit: Hit {
            id: HitId(id),
            record: RecordId { country: country(owner), year: 2026, number: id as u32 },
            record_status: crate::domain::record::Status::Active,
            check: CheckId(id),
            owner: party(owner),
            finder: party(finder),
            band: Band::Likely,
            raised: NOW.after(Minutes(-60)),
            phase,
            priority: Priority::Routine,
            number: u8::from(asked),
            asked: asked.then_some(NOW.after(Minutes(-30))),
            due: matches!(phase, Phase::Asked | Phase::Promised).then_some(NOW.after(Minutes(id as i64))),
            promises: 0,
            escalated: false,
            owner_taken: Some(OFFICER).filter(|_| asked),
            finder_taken: None,
            reason: None,
            revision: 3,
            changed_by: OfficerId(99),
            changed: NOW.after(Minutes(-30)),
        },
        gun: GunBrief {
            serial: Some(Text::from("KD73519")),
            make: Some(Text::from("Browning")),
            ..GunBrief::default()
        },
        messages: 0,
    }
}

/// The same row after the other side has acted.
pub(super) fn changed(mut row: HitRow, phase: Phase) -> HitRow {
    row.hit.phase = phase;
    row.hit.revision += 1;
    row.hit.changed = NOW;
    row.hit.changed_by = COLLEAGUE;
    row
}

/// What the registry says when it refuses by a rule, or when nobody knows.
pub(super) fn problem(refusal: Option<Refusal>) -> Problem {
    Problem {
        code: "any".into(),
        field: None,
        detail: "it was not done".into(),
        hint: "do it otherwise".into(),
        refusal,
    }
}

pub(super) fn gun() -> Gun {
    Gun {
        numbers: vec![Number { as_seen: Text::from("KD73519"), place: Place::Frame }],
        make: Some(Text::from("Browning")),
        year: Some(1979),
        ..Gun::default()
    }
}

pub(super) fn record_view(id: RecordId, owner: &str) -> RecordView {
    RecordView {
        id,
        owner: party(owner),
        status: Status::Active,
        report: Report {
            circumstance: Circumstance::Stolen,
            gun: gun(),
            date: "2026-01-14".parse().ok(),
            place: Default::default(),
            batch: None,
            basis: vec![],
            context: None,
            case: Text::from("OIJ 0311/26"),
            remark: Private::default(),
            caveat: Caveat::default(),
            source_id: None,
            entry: Entry::Desk,
        },
        entered: NOW,
        validated: NOW,
        validate_by: NOW,
        standing: None,
        revision: 1,
        contact: ContactView::default(),
    }
}

pub(super) fn view(row: HitRow) -> HitView {
    HitView {
        record: RecordAnswer::Whole(Box::new(record_view(row.hit.record, row.hit.owner.ncb.as_str()))),
        check: CheckView {
            check: row.hit.check,
            finder: row.hit.finder.clone(),
            gun: gun(),
            found: "2026-11-20".parse::<PartialDate>().ok(),
            case: Text::from("X 1"),
        },
        evidence: None,
        fits: Rarity { records: 1, makes: 1 },
        thread: vec![],
        owner: ContactView::default(),
        finder: ContactView::default(),
        officers: vec![],
        row,
    }
}

pub(super) fn candidate(id: &str, band: Band) -> Candidate {
    let record = record_id(id);
    Candidate {
        record,
        owner: record.country,
        shown: Some(CandidateShown {
            gun: GunBrief { serial: Some(Text::from("D532114")), ..GunBrief::default() },
            circumstance: Circumstance::Stolen,
            status: Status::Active,
            year: Some(2019),
            source_id: None,
        }),
        band,
        bits: 12.0,
        speaks_for: vec![],
        speaks_against: vec![],
    }
}

pub(super) fn check_answer(candidates: Vec<Candidate>) -> CheckAnswer {
    CheckAnswer {
        check: CheckId(88213),
        repeated: false,
        searched: 1_512_204,
        as_of: NOW,
        stands_until: NOW.after(Minutes::days(90)),
        fits: Rarity::default(),
        candidates,
        more: 0,
        next: None,
        hits: vec![],
    }
}

/// The question of the only check that went out.
pub(super) fn checked(desk: &Desk) -> Question {
    let items: Vec<&Question> = desk
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Check { item, .. } => Some(&item.question),
            _ => None,
        })
        .collect();
    match items[..] {
        [question] => question.clone(),
        _ => panic!("{} checks went out", items.len()),
    }
}
