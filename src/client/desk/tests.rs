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
fn drafts_that_cannot_be_read_are_kept_beside_and_spoil_no_others() {
    let root = tempfile::tempdir().unwrap();
    let first = Desk::open(folders(root.path())).unwrap();
    let second = Desk::open(folders(root.path())).unwrap();
    second.hold.drafts().put("{\"of\":2}").unwrap();
    drop((first, second));
    let path = folders(root.path()).state.join("drafts.1");
    for round in 1..=2 {
        std::fs::write(&path, b"{\"of\":\xff").unwrap();
        let desk = Desk::open(folders(root.path())).unwrap();
        let all = if round == 1 { vec!["{\"of\":2}".to_owned()] } else { Vec::new() };
        assert_eq!((desk.found.drafts, desk.found.damaged), (all, 1));
    }
    for beside in ["damaged", "damaged.2"] {
        assert_eq!(std::fs::read(path.with_added_extension(beside)).unwrap(), b"{\"of\":\xff");
    }
}

#[test]
fn what_a_console_was_writing_when_it_died_is_not_left_lying() {
    let root = tempfile::tempdir().unwrap();
    let all = folders(root.path());
    drop(Desk::open(all.clone()).unwrap());
    let half = ["outbox.1.new", "drafts.1.new"].map(|name| all.state.join(name));
    // Of processes that there are none of, and of one that lives.
    let owners = [2_147_483_647, std::process::id()].map(|id| all.state.join(format!("officer.{id}-0.new")));
    let [dead, living] = owners;
    let half: Vec<PathBuf> = half.into_iter().chain([all.cache.join("seen.1.new"), dead]).collect();
    std::fs::write(&living, "half a").unwrap();
    for path in &half {
        std::fs::write(path, "half a").unwrap();
    }
    let _desk = Desk::open(all).unwrap();
    assert!(half.iter().all(|path| !path.exists()) && living.exists());
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

#[test]
fn what_is_no_desk_keeps_no_desk_from_being_wiped() {
    let root = tempfile::tempdir().unwrap();
    let desks: Vec<PathBuf> = (0..40).map(|n| root.path().join(format!("desk{n}"))).collect();
    let strays: Vec<PathBuf> = (0..20).map(|n| root.path().join(format!(".nfs{n}"))).collect();
    for (desk, stray) in desks.iter().zip(strays.iter().cycle()) {
        std::fs::create_dir(desk).unwrap();
        std::fs::write(desk.join("seen.1"), "x").unwrap();
        std::fs::write(stray, "").unwrap();
    }
    assert_eq!(wipe_all(root.path()).unwrap(), 40);
    assert_eq!(std::fs::read_dir(root.path()).unwrap().count(), 0);
}

/// Whom the registry greets.
fn owner(url: &str, number: u64, name: &str) -> Owner {
    let crate::wire::news::News::Hello(hello) = crate::client::fake::hello(1, 60) else { panic!() };
    let officer = crate::domain::ids::OfficerId(number);
    Owner::of(url, &crate::wire::news::Hello { officer, name: name.into(), ..hello })
}

#[test]
fn a_renewed_token_finds_what_was_left_under_the_one_before() {
    let root = tempfile::tempdir().unwrap();
    let all = folders(root.path());
    let of = |token: &str| all.of("http://127.0.0.1:1/", &Token::new(token).unwrap());
    let ana = owner("http://127.0.0.1:1/", 7, "Ana Mora");
    let mut old = Desk::open(of("old")).unwrap();
    old.ledger.write(take(1));
    old.ledger.commit().unwrap();
    old.hold.drafts().put("{\"of\":1}").unwrap();
    std::fs::write(old.hold.seen(), "").unwrap();
    assert!(!of("old").has_owner());
    of("old").belong_to(&ana).unwrap();
    assert!(of("old").has_owner());
    // While the console with the old token runs, it is its own.
    of("new").belong_to(&ana).unwrap();
    assert!(names(&Desk::open(of("new")).unwrap()).is_empty());
    let seen = old.hold.seen();
    drop(old);
    let new = Desk::open(of("new")).unwrap();
    assert_eq!((names(&new), new.found.drafts.len()), (vec![1], 1));
    assert!(!seen.exists());
    drop(new);
    let again = Desk::open(of("new")).unwrap();
    assert_eq!(again.found.drafts, [r#"{"of":1}"#], "it was looked at, and left at once");
    assert!(names(&Desk::open(of("old")).unwrap()).is_empty(), "it lies in one place");
}

#[test]
fn nobody_finds_what_another_officer_left() {
    let root = tempfile::tempdir().unwrap();
    let all = folders(root.path());
    let url = "http://127.0.0.1:1/";
    let of = |token: &str| all.of(url, &Token::new(token).unwrap());
    let mut old = Desk::open(of("old")).unwrap();
    old.ledger.write(take(1));
    old.ledger.commit().unwrap();
    drop(old);
    of("old").belong_to(&owner(url, 7, "Ana Mora")).unwrap();
    // One who is not known yet; another officer; a namesake; the same number at another registry.
    assert!(names(&Desk::open(of("unknown")).unwrap()).is_empty());
    let others =
        [owner(url, 8, "L. Vega"), owner(url, 8, "Ana Mora"), owner("http://127.0.0.1:2/", 7, "Ana Mora")];
    for (at, other) in others.iter().enumerate() {
        let folders = of(&format!("token{at}"));
        folders.belong_to(other).unwrap();
        assert!(names(&Desk::open(folders).unwrap()).is_empty(), "{other:?}");
    }
    assert_eq!(names(&Desk::open(of("old")).unwrap()), [1]);
}
