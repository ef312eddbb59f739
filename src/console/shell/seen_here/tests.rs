use super::*;
use crate::console::state::Start;
use crate::console::state::remote::Generation;
use crate::console::update::tests::desk::hello;
use crate::console::update::update;
use crate::domain::evidence::{Band, Rarity};
use crate::domain::gun::{Gun, Number, Place};
use crate::domain::ids::CheckId;
use crate::domain::record::{Circumstance, Status};
use crate::wire::check::{CandidateShown, CheckAnswer};
use crate::wire::hit::GunBrief;
use crate::wire::news::News;
use crate::wire::record::RecordAnswer;
use jiff::tz::TimeZone;

const NOW: Moment = Moment(1_795_252_020_000_000);

/// A console with a place to keep what it sees, that the registry has greeted.
struct Console {
    state: State,
    here: SeenHere,
    _folder: tempfile::TempDir,
}

impl Console {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let here = SeenHere::open(Some(folder.path().join("seen.1")), false, NOW);
        let start = Start { zone: TimeZone::UTC, purpose: None, case: None };
        let mut console = Self { state: State::new(start), here, _folder: folder };
        console.take(Message::Time(NOW));
        console.take(Message::News(Box::new(News::Hello(hello()))));
        console
    }

    /// As the shell does it.
    fn take(&mut self, message: Message) {
        self.here.hear(&message, NOW);
        let brought = Brought::by(&message);
        update(&mut self.state, message);
        self.here.keep(&brought, &self.state);
    }

    fn withdraw(&mut self, record: RecordId) {
        let cursor = Cursor { epoch: 1, sequence: 9 };
        self.take(Message::News(Box::new(News::Withdraw { cursor, hits: vec![], record: Some(record) })));
    }

    fn answer(&mut self, answer: Answer) {
        self.take(Message::Answered(Box::new(answer)));
    }

    fn records(&self) -> Vec<RecordId> {
        self.here.past().unwrap().records.iter().map(|(answer, _)| answer.id()).collect()
    }

    /// The records seen here that a gun may be.
    fn found(&self) -> Vec<RecordId> {
        let gun = Gun {
            numbers: vec![Number { as_seen: "KD73519".into(), place: Place::Frame }],
            ..Gun::default()
        };
        let (purpose, case) = ("SEIZURE".into(), "1/26".into());
        let question = Question { gun, purpose, case, found: None, stand_days: 90, limit: 10 };
        self.here.check(&question).candidates.iter().map(|candidate| candidate.record).collect()
    }
}

fn record(number: u64) -> RecordId {
    format!("DE-2026-{number}").parse().unwrap()
}

fn read(id: RecordId, generation: Generation) -> Answer {
    Answer::Record { generation, id, result: Ok(RecordAnswer::Restricted { record: id, ask: id.country }) }
}

fn checked(generation: Generation, ids: &[RecordId]) -> Answer {
    let candidate = |record: &RecordId| Candidate {
        record: *record,
        owner: record.country,
        shown: Some(CandidateShown {
            gun: GunBrief { serial: Some("KD73519".into()), ..GunBrief::default() },
            circumstance: Circumstance::Stolen,
            status: Status::Active,
            year: None,
            source_id: None,
        }),
        band: Band::Possible,
        bits: 9.0,
        speaks_for: vec![],
        speaks_against: vec![],
    };
    let answer = CheckAnswer {
        check: CheckId(1),
        repeated: false,
        searched: 7,
        as_of: NOW,
        stands_until: NOW,
        fits: Rarity::default(),
        candidates: ids.iter().map(candidate).collect(),
        more: 0,
        next: None,
        hits: vec![],
    };
    Answer::Check { generation, result: Ok(answer) }
}

#[test]
fn what_is_read_is_kept_as_old_as_it_is() {
    let mut console = Console::new();
    console.state.record.records.entry(record(1)).or_default().ask(Generation(7));
    console.answer(read(record(1), Generation(7)));
    console.state.search.answer.ask(Generation(8));
    console.answer(checked(Generation(8), &[record(2)]));
    assert_eq!((console.records(), console.found()), (vec![record(1)], vec![record(2)]));
}

#[test]
fn an_answer_that_a_withdrawal_has_overtaken_puts_nothing_back() {
    let mut console = Console::new();
    console.state.record.records.entry(record(1)).or_default().ask(Generation(7));
    console.state.search.answer.ask(Generation(8));
    for id in [record(1), record(2)] {
        console.withdraw(id);
    }
    console.answer(read(record(1), Generation(7)));
    console.answer(checked(Generation(8), &[record(2), record(3)]));
    assert_eq!((console.records(), console.found()), (vec![], vec![record(3)]));
}

#[test]
fn what_is_to_be_thrown_away_at_the_end_is_never_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("seen.1");
    std::fs::write(&path, "left by one that was killed").unwrap();
    let mut here = SeenHere::open(Some(path.clone()), true, NOW);
    assert!(!path.exists() && here.past().is_none());
    here.hear(&Message::News(Box::new(News::Hello(hello()))), NOW);
    here.finish();
    assert!(here.past().is_some() && !path.exists());
}
