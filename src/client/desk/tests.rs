use super::*;
use crate::client::fake::id;
use crate::client::ledger::Kept;
use crate::domain::command::{Command, Envelope};
use crate::domain::hit::HitCommand;
use crate::domain::ids::HitId;

fn take(n: u128) -> Kept {
    let command = Command::Hit(HitCommand::Take { hit: HitId(n as u64), over: false });
    Envelope { id: id(n), command, rehearse: false }.into()
}

fn folders(root: &Path) -> Folders {
    Folders { state: root.join("state/iarms/desk"), cache: root.join("cache/iarms/desk") }
}

fn names(desk: &Desk) -> Vec<u128> {
    desk.ledger.items().iter().map(|kept| kept.work.id().0.as_u128()).collect()
}

#[test]
fn a_second_console_has_files_of_its_own_and_says_so() {
    let root = tempfile::tempdir().unwrap();
    let first = Desk::open(folders(root.path())).unwrap();
    let second = Desk::open(folders(root.path())).unwrap();
    assert!(!first.found.beside && second.found.beside);
    assert_ne!(first.hold.drafts(), second.hold.drafts());
    assert_ne!(first.hold.seen(), second.hold.seen());
}

#[test]
fn what_a_dead_console_left_is_taken_over_by_the_next() {
    let root = tempfile::tempdir().unwrap();
    let mut first = Desk::open(folders(root.path())).unwrap();
    let mut second = Desk::open(folders(root.path())).unwrap();
    for (desk, n) in [(&mut first, 1), (&mut second, 2)] {
        desk.ledger.write(take(n));
        desk.ledger.commit().unwrap();
        desk.hold.drafts().put(&format!("{{\"of\":{n}}}")).unwrap();
        std::fs::write(desk.hold.seen(), "").unwrap();
    }
    let seen = second.hold.seen();
    drop((first, second));
    let third = Desk::open(folders(root.path())).unwrap();
    assert_eq!(names(&third), [1, 2]);
    assert_eq!(third.found.drafts, [r#"{"of":1}"#, r#"{"of":2}"#]);
    assert!(!seen.exists(), "nobody would hear what is withdrawn of it");
    drop(third);
    let fourth = Desk::open(folders(root.path())).unwrap();
    assert_eq!((names(&fourth), fourth.found.drafts.len()), (vec![1, 2], 2));
}

#[test]
fn two_officers_and_two_registries_share_nothing() {
    let all = folders(Path::new("/there"));
    let token = |text| Token::new(text).unwrap();
    let one = all.of("http://127.0.0.1:8417/", &token("one"));
    assert_eq!(one, all.of("http://127.0.0.1:8417/", &token("one")));
    for other in
        [all.of("http://127.0.0.1:8418/", &token("one")), all.of("http://127.0.0.1:8417/", &token("two"))]
    {
        assert!(one.state != other.state && one.cache != other.cache);
    }
}

#[test]
fn what_was_seen_is_wiped_and_the_outbox_stays() {
    let root = tempfile::tempdir().unwrap();
    let all = folders(root.path());
    let token = Token::new("one").unwrap();
    let mut desk = Desk::open(all.of("http://127.0.0.1:1/", &token)).unwrap();
    desk.ledger.write(take(1));
    desk.ledger.commit().unwrap();
    std::fs::write(desk.hold.seen(), "x").unwrap();
    assert_eq!(wipe_all(&all.cache).unwrap(), 1);
    assert_eq!(wipe_all(&root.path().join("none")).unwrap(), 0);
    assert!(!desk.hold.seen().exists());
    drop(desk);
    assert_eq!(names(&Desk::open(all.of("http://127.0.0.1:1/", &token)).unwrap()), [1]);
}
