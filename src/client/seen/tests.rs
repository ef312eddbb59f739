use super::file::MOST_BYTES;
use super::memory::{MOST_RECORDS, MOST_ROWS};
use super::*;
use crate::client::fake::{at, hello};
use crate::domain::agency::{Contact, Party};
use crate::domain::check::Question;
use crate::domain::evidence::Band;
use crate::domain::gun::{Gun, Number, Place};
use crate::domain::hit::{Hit, Phase, Priority};
use crate::domain::ids::{AgencyId, CheckId, OfficerId};
use crate::domain::record::{Caveat, Circumstance, Entry, Report, Status};
use crate::domain::time::Minutes;
use crate::wire::check::CandidateShown;
use crate::wire::hit::GunBrief;
use crate::wire::record::{ContactView, RecordView};

const NOW: Moment = Moment(1_795_252_020_000_000);

fn gun(serial: &str) -> Gun {
    Gun {
        numbers: vec![Number { as_seen: serial.into(), place: Place::Frame }],
        make: Some("Browning".into()),
        model: Some("Hi-Power".into()),
        calibre: Some("9x19".into()),
        ..Gun::default()
    }
}

fn record(number: u64, serial: &str) -> RecordAnswer {
    let country = "CR".parse().unwrap();
    let report = Report {
        circumstance: Circumstance::Stolen,
        gun: gun(serial),
        date: None,
        place: Default::default(),
        batch: None,
        basis: Default::default(),
        context: None,
        case: "0311/26".into(),
        remark: Default::default(),
        caveat: Caveat::default(),
        source_id: None,
        entry: Entry::Desk,
    };
    RecordAnswer::Whole(Box::new(RecordView {
        id: format!("CR-2026-{number}").parse().unwrap(),
        owner: Party { agency: AgencyId::ncb(country), ncb: country },
        status: Status::Active,
        report,
        entered: NOW,
        validated: NOW,
        validate_by: NOW,
        standing: None,
        revision: 1,
        contact: ContactView { name: "NCB".into(), contact: Contact::default() },
    }))
}

fn sight(number: u64, serial: &str, minutes: i64) -> Sight {
    Sight::Record(Box::new(record(number, serial)), NOW.after(Minutes(-minutes)))
}

fn question(serial: &str) -> Question {
    Question {
        gun: gun(serial),
        purpose: "SEIZURE".into(),
        case: "1/26".into(),
        found: None,
        stand_days: 90,
        limit: 10,
    }
}

/// The file says what was taken in.
fn settle(seen: &Seen) {
    assert!(seen.settle(Duration::from_secs(10)));
}

fn withdraw(sequence: u64, record: RecordId) -> News {
    News::Withdraw { cursor: at(sequence), hits: vec![], record: Some(record) }
}

fn open(folder: &tempfile::TempDir) -> Seen {
    Seen::open(&folder.path().join("seen.1"), NOW).unwrap()
}

#[test]
fn what_was_seen_is_there_again_and_the_feed_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let mut seen = open(&folder);
    assert_eq!((seen.past(), seen.cursor()), (None, None));
    seen.news(&hello(7, 60), NOW);
    seen.note(vec![sight(1, "KD73519", 3)]);
    settle(&seen);
    drop(seen);
    let seen = open(&folder);
    let past = seen.past().unwrap();
    assert_eq!(past.records, [(record(1, "KD73519"), NOW.after(Minutes(-3)))]);
    assert_eq!((seen.cursor(), past.hello.name.as_str()), (Some(at(7)), "Ana Mora"));
}

#[test]
fn what_is_withdrawn_is_not_left_lying_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut seen = open(&folder);
    seen.news(&hello(7, 60), NOW);
    seen.note(vec![sight(1, "CANARY7731", 3), sight(2, "KD73519", 2)]);
    let gone = record(1, "").id();
    seen.news(&News::Withdraw { cursor: at(8), hits: vec![], record: Some(gone) }, NOW);
    assert_eq!(seen.past().unwrap().records.len(), 1);
    settle(&seen);
    let text = std::fs::read_to_string(folder.path().join("seen.1")).unwrap();
    assert!(!text.contains("CANARY7731") && text.contains("KD73519"));
    assert_eq!(open(&folder).cursor(), Some(at(8)));
    seen.news(&News::Reset, NOW);
    settle(&seen);
    assert_eq!(folder.path().join("seen.1").metadata().unwrap().len(), 0);
    assert_eq!(open(&folder).past(), None);
}

#[test]
fn another_epoch_of_rights_throws_everything_away() {
    let folder = tempfile::tempdir().unwrap();
    let mut seen = open(&folder);
    seen.news(&hello(7, 60), NOW);
    seen.note(vec![sight(1, "KD73519", 3)]);
    let News::Hello(mut other) = hello(9, 60) else { return };
    other.cursor.epoch = 2;
    seen.news(&News::Hello(other.clone()), NOW);
    assert_eq!((seen.past().unwrap().records.len(), seen.cursor()), (0, Some(other.cursor)));
}

#[test]
fn it_grows_no_larger_than_it_may_and_the_oldest_goes() {
    let folder = tempfile::tempdir().unwrap();
    let mut seen = open(&folder);
    let most = MOST_RECORDS as u64;
    seen.note((0..most + 500).map(|n| sight(n, &format!("KD{n}"), (most + 500 - n) as i64)).collect());
    let held = |seen: &Seen| seen.shared.held().memory.records.clone();
    assert_eq!(held(&seen).len(), MOST_RECORDS);
    assert!(held(&seen).contains_key(&record(most + 499, "").id()));
    for _ in 0..20 {
        seen.note((0..500).map(|n| sight(n, &format!("KD{n}"), 1)).collect());
        settle(&seen);
        assert!(folder.path().join("seen.1").metadata().unwrap().len() <= MOST_BYTES);
    }
    let later = Seen::open(&folder.path().join("seen.1"), NOW.after(Minutes::days(31))).unwrap();
    assert!(held(&later).is_empty(), "what was seen a month ago is no help");
}

#[test]
fn a_file_that_is_damaged_is_thrown_away() {
    let folder = tempfile::tempdir().unwrap();
    let mut seen = open(&folder);
    seen.news(&hello(7, 60), NOW);
    settle(&seen);
    let path = folder.path().join("seen.1");
    let text = std::fs::read_to_string(&path).unwrap().replacen("Ana", "Eva", 1);
    std::fs::write(&path, text).unwrap();
    assert_eq!(open(&folder).past(), None);
}

#[test]
fn a_gun_is_held_against_what_was_seen_here() {
    let folder = tempfile::tempdir().unwrap();
    let mut seen = open(&folder);
    assert_eq!(seen.check(&question("KD73519")), Here::default());
    seen.note(vec![sight(1, "KD73519", 180), sight(2, "ZZ4711", 5)]);
    let here = seen.check(&question("K073519"));
    assert_eq!((here.searched, here.oldest), (2, Some(NOW.after(Minutes(-180)))));
    let found: Vec<RecordId> = here.candidates.iter().map(|candidate| candidate.record).collect();
    assert_eq!(found, [record(1, "").id()]);
}

#[test]
fn no_key_waits_for_a_disk_that_does_not_answer() {
    let folder = tempfile::tempdir().unwrap();
    let mut seen = open(&folder);
    seen.news(&hello(7, 60), NOW);
    seen.note((0..2000).map(|n| sight(n, &format!("CANARY{n}"), 1)).collect());
    settle(&seen);
    let before = seen.shared.held().turns;
    let disk = Arc::clone(&seen.shared);
    let stopped = disk.disk();
    // It returns at all, though nothing can be written.
    for n in 0..200 {
        seen.news(&withdraw(8 + n, record(n, "").id()), NOW);
    }
    assert!(!seen.settle(Duration::from_millis(20)));
    drop(stopped);
    settle(&seen);
    assert!(seen.shared.held().turns - before <= 2, "what waits is written at one go");
    let text = std::fs::read_to_string(folder.path().join("seen.1")).unwrap();
    assert!(!text.contains("CANARY199\"") && text.contains("CANARY200\""));
    assert_eq!(open(&folder).cursor(), Some(at(207)));
}

#[test]
fn what_cannot_be_written_anew_is_not_left_lying_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("seen.1");
    let mut seen = open(&folder);
    seen.news(&hello(7, 60), NOW);
    seen.note(vec![sight(1, "CANARY7731", 3), sight(2, "KD73519", 2)]);
    settle(&seen);
    let holds = |text: &str| std::fs::read_to_string(&path).is_ok_and(|file| file.contains(text));
    // An earlier write has failed: what is withdrawn goes all the same.
    seen.shared.disk().unwrap().break_off();
    seen.news(&withdraw(8, record(1, "").id()), NOW);
    settle(&seen);
    assert!(!holds("CANARY7731") && holds("KD73519"));
    // It cannot be written at all: then the file goes.
    std::fs::create_dir(folder.path().join("seen.1.new")).unwrap();
    seen.news(&withdraw(9, record(2, "").id()), NOW);
    settle(&seen);
    assert!(!path.exists());
    std::fs::remove_dir(folder.path().join("seen.1.new")).unwrap();
    seen.note(vec![sight(3, "ZZ4711", 1)]);
    settle(&seen);
    assert!(holds("ZZ4711") && !holds("KD73519"));
}

/// The same record as a check lists it, by then located.
fn listed(number: u64, serial: &str, minutes: i64) -> Sight {
    let record = record(number, serial).id();
    let shown = CandidateShown {
        gun: GunBrief::from(&gun(serial)),
        circumstance: Circumstance::Stolen,
        status: Status::Located,
        year: None,
        source_id: None,
    };
    let candidate = Candidate {
        record,
        owner: record.country,
        shown: Some(shown),
        band: Band::Possible,
        bits: 9.0,
        speaks_for: vec![],
        speaks_against: vec![],
    };
    Sight::Candidates(vec![candidate], NOW.after(Minutes(-minutes)))
}

#[test]
fn a_record_stands_here_as_it_was_seen_last_in_whatever_way() {
    for (minutes, status) in [(5, Status::Located), (300, Status::Active)] {
        let folder = tempfile::tempdir().unwrap();
        let mut seen = open(&folder);
        seen.note(vec![sight(1, "KD73519", 180), listed(1, "KD73519", minutes)]);
        let here = seen.check(&question("KD73519"));
        let found: Vec<Status> =
            here.candidates.iter().map(|one| one.shown.as_ref().unwrap().status).collect();
        assert_eq!((here.searched, found), (1, vec![status]));
        assert_eq!(here.oldest, Some(NOW.after(Minutes(-minutes.min(180)))));
    }
}

fn row(number: u64, phase: Phase) -> HitRow {
    let country = "CR".parse().unwrap();
    let party = Party { agency: AgencyId::ncb(country), ncb: country };
    let hit = Hit {
        id: HitId(number),
        record: record(number, "").id(),
        record_status: Status::Active,
        check: CheckId(number),
        owner: party.clone(),
        finder: party,
        band: Band::Likely,
        raised: NOW,
        phase,
        priority: Priority::Routine,
        number: 0,
        asked: None,
        due: None,
        promises: 0,
        escalated: false,
        owner_taken: None,
        finder_taken: None,
        reason: None,
        revision: 1,
        changed_by: OfficerId(1),
        changed: NOW,
    };
    HitRow { hit, gun: GunBrief::default(), messages: 0 }
}

#[test]
fn rows_of_closed_hits_do_not_pile_up() {
    let mut seen = Seen::unkept();
    seen.news(&hello(7, 60), NOW);
    let phase = |n: u64| if n.is_multiple_of(10) { Phase::Raised } else { Phase::Cleared };
    for n in 0..3 * MOST_ROWS as u64 {
        seen.note(vec![Sight::Rows(vec![row(n, phase(n))], NOW)]);
    }
    let rows = seen.past().unwrap().rows;
    let open = rows.iter().filter(|row| row.hit.phase.is_open()).count();
    assert_eq!((rows.len(), open), (MOST_ROWS, 3 * MOST_ROWS / 10), "the open ones are all there");
}
