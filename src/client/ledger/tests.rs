use super::*;
use crate::client::fake::id;
use crate::domain::command::Command;
use crate::domain::hit::HitCommand;
use crate::domain::ids::HitId;
use crate::wire::problem::code;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn take(n: u128) -> Kept {
    let command = Command::Hit(HitCommand::Take { hit: HitId(n as u64), over: false });
    Envelope { id: id(n), command, rehearse: false }.into()
}

fn problem() -> Problem {
    Problem {
        code: code::BUSY.into(),
        field: None,
        detail: "full".into(),
        hint: String::new(),
        refusal: None,
    }
}

/// What a console does with its outbox.
#[derive(Debug, Clone)]
enum Step {
    Write,
    Send(usize),
    Settle(usize),
    Refuse(usize),
    Drop(usize),
    Commit,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => Just(Step::Write),
        2 => (0..8usize).prop_map(Step::Send),
        1 => (0..8usize).prop_map(Step::Settle),
        1 => (0..8usize).prop_map(Step::Refuse),
        1 => (0..8usize).prop_map(Step::Drop),
        3 => Just(Step::Commit),
    ];
    prop::collection::vec(step, 1..24)
}

/// How the outbox stood when its file was so long, for every length at which it was synced.
type History = BTreeMap<u64, Vec<Kept>>;

fn play(ledger: &mut Ledger, steps: &[Step]) -> History {
    let mut synced = History::from([(ledger.lines.bytes(), ledger.items.clone())]);
    let mut next = 1;
    for step in steps {
        let nth = |ledger: &Ledger, n: usize| ledger.items.get(n).map(|kept| kept.work.id());
        match step {
            Step::Write => {
                ledger.write(take(next));
                next += 1;
            }
            Step::Send(n) => {
                if let Some(id) = nth(ledger, *n) {
                    ledger.sent(&[id], Moment(7));
                }
            }
            Step::Settle(n) => {
                if let Some(id) = nth(ledger, *n) {
                    ledger.settle(id);
                }
            }
            Step::Refuse(n) => {
                if let Some(id) = nth(ledger, *n) {
                    ledger.refuse(id, problem(), Moment(8));
                }
            }
            Step::Drop(n) => {
                if let Some(id) = nth(ledger, *n) {
                    ledger.discard(id);
                }
            }
            Step::Commit => {
                ledger.commit().unwrap();
                synced.insert(ledger.lines.bytes(), ledger.items.clone());
            }
        }
    }
    synced
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    /// Cut at every byte: all that was synced before is there, in its order and under its id;
    /// nothing that was settled or dropped comes back; what may have gone out is known as such.
    #[test]
    fn wherever_the_file_is_cut_off_what_was_synced_stands(steps in steps()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("outbox.1");
        let (mut ledger, torn, damaged) = Ledger::open(&path).unwrap();
        prop_assert_eq!((torn, damaged), (false, 0));
        let history = play(&mut ledger, &steps);
        prop_assert_eq!(ledger.lengths.len(), ledger.items.len());
        prop_assert_eq!(ledger.held, ledger.lengths.values().sum::<u64>());
        let bytes = std::fs::read(&path).unwrap();
        for cut in 0..=bytes.len() {
            let image = folder.path().join("cut");
            std::fs::write(&image, &bytes[..cut]).unwrap();
            // Every cut is read; a few of them also written anew, which waits for the disk.
            let (found, _, damaged) =
                if cut % 199 == 0 { Ledger::open(&image).unwrap() } else { Ledger::load(&image).unwrap() };
            prop_assert_eq!(damaged, 0);
            let before = history.range(..=cut as u64).next_back().map(|(_, items)| items).unwrap();
            let after = history.range(cut as u64..).next().map(|(_, items)| items);
            if history.contains_key(&(cut as u64)) {
                prop_assert_eq!(found.items(), &before[..], "cut at {}", cut);
            }
            // Between two syncs some of the lines of the second are there, in their order.
            for kept in found.items() {
                let id = kept.work.id();
                let known = before.iter().chain(after.into_iter().flatten());
                let within = known.filter(|other| other.work.id() == id).count() > 0;
                // One may be written and settled between two syncs.
                let between = history.values().flatten().all(|other| other.work.id() != id);
                prop_assert!(within || between, "{} came from nowhere", id.0);
            }
            for kept in before {
                let still = after.is_none_or(|after| after.iter().any(|other| other.work.id() == kept.work.id()));
                if still {
                    prop_assert!(found.get(kept.work.id()).is_some_and(|found| found.sent.is_some() || kept.sent.is_none()));
                }
            }
            // What was read and written anew says the same once more.
            let items = found.items().to_vec();
            drop(found);
            let (again, ..) = Ledger::load(&image).unwrap();
            prop_assert_eq!(again.items(), &items[..]);
        }
    }
}

#[test]
fn a_file_with_lines_that_cannot_be_read_is_kept_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("outbox.1");
    let (mut ledger, ..) = Ledger::open(&path).unwrap();
    for n in 1..=3 {
        ledger.write(take(n));
    }
    ledger.commit().unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replacen("000000000002", "000000000009", 1)).unwrap();
    let (ledger, torn, damaged) = Ledger::open(&path).unwrap();
    assert_eq!((ledger.items().len(), torn, damaged), (2, false, 1));
    assert!(folder.path().join("outbox.1.damaged").exists());
    assert_eq!(Ledger::open(&path).unwrap().2, 0, "it is said once");
    // What was kept beside is not written over by what is damaged later.
    let first = std::fs::read(folder.path().join("outbox.1.damaged")).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replacen("000000000003", "000000000008", 1)).unwrap();
    assert_eq!(Ledger::open(&path).unwrap().2, 1);
    assert_eq!(std::fs::read(folder.path().join("outbox.1.damaged")).unwrap(), first);
    assert!(folder.path().join("outbox.1.damaged.2").exists());
}

#[test]
fn whether_there_is_room_is_known_without_looking_at_all_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let (mut ledger, ..) = Ledger::open(&folder.path().join("outbox.1")).unwrap();
    let mut large = take(1);
    large.about = serde_json::Value::from("x".repeat((MOST_BYTES / 2 - 2000) as usize));
    ledger.write(large.clone());
    let began = std::time::Instant::now();
    assert!((0..2000).all(|n| ledger.has_room(&take(n))));
    assert!(began.elapsed() < std::time::Duration::from_secs(5), "{:?}", began.elapsed());
    assert!(!ledger.has_room(&large));
    ledger.settle(id(1));
    assert!(ledger.has_room(&take(1)) && ledger.held == 0);
}

#[test]
fn it_does_not_grow_with_what_was_answered() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("outbox.1");
    let (mut ledger, ..) = Ledger::open(&path).unwrap();
    for n in 1..=4000 {
        ledger.write(take(n));
        ledger.sent(&[id(n)], Moment(1));
        ledger.settle(id(n));
        if n % 200 == 0 {
            ledger.commit().unwrap();
        }
    }
    assert!(path.metadata().unwrap().len() < 2 * MOST_WASTE);
    let mut large = take(1);
    large.about = serde_json::Value::from("x".repeat((MOST_BYTES / 2) as usize));
    assert!(!ledger.has_room(&large) && ledger.has_room(&take(1)));
}

#[test]
fn after_a_failure_nothing_is_kept_until_all_of_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("outbox.1");
    let (mut ledger, ..) = Ledger::open(&path).unwrap();
    ledger.write(take(1));
    ledger.commit().unwrap();
    ledger.break_off();
    let way = folder.path().join("outbox.1.new");
    std::fs::create_dir(&way).unwrap();
    let (at, kept) = ledger.discard(id(1)).unwrap();
    assert!(ledger.commit().is_err() && ledger.is_broken());
    assert_eq!(Ledger::load(&path).unwrap().0.items().len(), 1, "it would come back");
    ledger.restore(at, kept);
    ledger.settle(id(9));
    assert!(!ledger.is_fresh(), "a disk that has failed is not asked for nothing");
    std::fs::remove_dir(&way).unwrap();
    ledger.write(take(2));
    ledger.commit().unwrap();
    assert!(!ledger.is_broken());
    assert_eq!(Ledger::load(&path).unwrap().0.items(), [take(1), take(2)]);
}
