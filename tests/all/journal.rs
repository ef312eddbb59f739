//! The journal: whole, provably so, and enough to build the tables again.

use crate::bench::{House, browning, check, done, enter, question, send, stolen};
use iarms::domain::command::Command;
use iarms::domain::hit::{Exclusion, HitCommand, Priority};
use iarms::domain::private::Private;
use iarms::registry::audit::{How, compare};
use iarms::registry::journal::{Finding, verify};
use iarms::registry::store::{Address, Store, Value, statements};
use std::process::Command as Program;

/// A house in which something of everything has happened.
async fn lived_in() -> House {
    let house = House::open().await;
    let (owner, finder) = (house.line("CR").await, house.line("PA").await);
    for serial in ["KD73519", "LM48822", "QX41977"] {
        let mut report = stolen(browning(serial));
        report.remark = Private::new(format!("owner of {serial}: Maria Solano"));
        done(send(&owner, enter(report)).await);
    }
    let hit = check(&finder, question(browning("KD73519"))).await.hits[0].hit;
    let ask = HitCommand::Ask { hit, revision: 1, priority: Priority::Urgent, reason: Private::new("held") };
    let revision = done(send(&finder, Command::Hit(ask)).await).revision.unwrap();
    let no = HitCommand::NotOurs { hit, revision, reason: Exclusion::InHand };
    done(send(&owner, Command::Hit(no)).await);
    let mut again = question(browning("LM48822"));
    check(&finder, again.clone()).await;
    again.stand_days = 200;
    check(&finder, again).await;
    house
}

async fn tamper(house: &House, statement: &'static str) {
    let mut tx = house.registry.store().write().await.unwrap();
    tx.run(statement, []).await.unwrap();
    tx.commit().await.unwrap();
}

async fn differs(house: &House) -> Vec<(&'static str, String, How)> {
    let differences = compare(house.registry.store()).await.unwrap().differences;
    differences.into_iter().map(|d| (d.table, d.subject, d.how)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_journal_that_nobody_touched_is_whole_and_gives_the_tables() {
    let house = lived_in().await;
    let verdict = verify(house.registry.store()).await.unwrap();
    assert_eq!(verdict.findings, []);
    assert!(verdict.lines > 10, "{verdict:?}");
    assert_eq!(compare(house.registry.store()).await.unwrap().differences, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_byte_is_found_and_its_line_named() {
    let house = lived_in().await;
    tamper(&house, "UPDATE journal SET event = replace(event, 'KD73519', 'KD73518') WHERE sequence = 5")
        .await;
    let verdict = verify(house.registry.store()).await.unwrap();
    assert_eq!(verdict.findings, [Finding::Changed { line: 5 }]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_tail_and_a_missing_line_are_found() {
    let house = lived_in().await;
    let whole = verify(house.registry.store()).await.unwrap().lines;
    tamper(&house, "DELETE FROM journal WHERE sequence > (SELECT MAX(sequence) - 2 FROM journal)").await;
    let verdict = verify(house.registry.store()).await.unwrap();
    assert_eq!(verdict.findings, [Finding::Tail { expected: whole, found: whole - 2 }]);
    tamper(&house, "DELETE FROM journal WHERE sequence = 3").await;
    let verdict = verify(house.registry.store()).await.unwrap();
    assert_eq!(verdict.findings[..2], [Finding::Gap { line: 3 }, Finding::Changed { line: 4 }]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_was_changed_behind_the_journal_is_found() {
    let house = lived_in().await;
    tamper(&house, "UPDATE hits SET document = replace(document, 'EX6', 'EX1')").await;
    assert_eq!(differs(&house).await, [("hits", "H-1".to_owned(), How::Changed)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_behind_the_thousandth_difference_do_not_count_as_compared() {
    let house = lived_in().await;
    tamper(
        &house,
        "INSERT INTO tokens (hash, officer) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500) SELECT printf('%064d', i), 1 FROM n",
    )
    .await;
    let compared = compare(house.registry.store()).await.unwrap();
    assert_eq!((compared.differences.len(), compared.is_full()), (1000, true));
    assert_eq!(compared.tables, 2, "agencies and officers stand before the tokens");
    assert_eq!(compared.rows, 2 + 2 + 1000);
}

#[tokio::test(flavor = "multi_thread")]
async fn names_stand_beside_the_journal_and_can_be_erased() {
    let house = lived_in().await;
    let mut tx = house.registry.store().read().await.unwrap();
    let rows = tx.rows("SELECT event FROM journal", []).await.unwrap();
    assert!(rows.iter().all(|row| !row.text(0).contains("Solano") && !row.text(0).contains("Officer CR")));
    drop(tx);
    tamper(&house, "DELETE FROM personal").await;
    assert_eq!(
        verify(house.registry.store()).await.unwrap().findings,
        [],
        "an erasure leaves the chain whole"
    );
    tamper(&house, "INSERT INTO personal (sequence, part, salt, text) SELECT MIN(sequence), 0, 'x', 'forged' FROM journal WHERE kind = 'office.officer_admitted'").await;
    let verdict = verify(house.registry.store()).await.unwrap();
    assert!(matches!(verdict.findings[..], [Finding::PartChanged { part: 0, .. }]), "{verdict:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registry_that_comes_back_knows_everything() {
    let house = lived_in().await;
    house.registry.stop().await;
    let again = House::on(house.folder.clone()).await;
    let finder = again.line("PA").await;
    let answer = check(&finder, question(browning("LM48822"))).await;
    assert_eq!(answer.candidates.len(), 1);
    assert_eq!(answer.searched, 3);
    assert_eq!(answer.hits.len(), 1, "another officer of the same agency reads the same check again");
    let excluded = check(&finder, question(browning("KD73519"))).await;
    assert_ne!(excluded.candidates[0].band.code(), "LIKELY", "what was excluded stays excluded");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_on_one_store_miss_no_hit() {
    let house = House::open().await;
    let other = House::on(house.folder.clone()).await;
    let (owner, finder) = (house.line("CR").await, other.line("PA").await);
    for round in 0..6u32 {
        let serial = format!("QX{:05}", 51_000 + round * 37);
        let (entered, answer) = tokio::join!(
            send(&owner, enter(stolen(browning(&serial)))),
            check(&finder, question(browning(&serial)))
        );
        let record = done(entered).record.unwrap();
        let rows = finder.hits().await.unwrap().hits;
        let of_pair = rows.iter().filter(|r| r.hit.record == record && r.hit.check == answer.check).count();
        assert_eq!(of_pair, 1, "round {round}");
    }
    assert_eq!(verify(house.registry.store()).await.unwrap().findings, []);
    assert_eq!(compare(house.registry.store()).await.unwrap().differences, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_statement_is_understood() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&Address::file(folder.path().join("x.db"))).await.unwrap();
    for (name, statement) in statements::ALL {
        iarms::registry::store::prepares(&store, statement).await.unwrap_or_else(|e| panic!("{name}: {e}"));
    }
    let row = store.write().await.unwrap().row("SELECT 1, 'a', NULL", []).await.unwrap().unwrap();
    assert_eq!((row.int(0), row.text(1), row.text(2)), (1, "a", ""));
    let _: Value = None::<i64>.into();
}

/// The folder of PostgreSQL's programs, when they are on this machine.
fn postgres() -> Option<std::path::PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let found = versions.filter_map(|v| Some(v.ok()?.path().join("bin")));
    found.filter(|bin| bin.join("initdb").exists() && bin.join("postgres").exists()).max()
}

/// PostgreSQL refuses to run as root: then everything is done as its own user.
fn as_postgres(program: &std::path::Path) -> Program {
    if rustix::process::geteuid().is_root() {
        let mut command = Program::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(program);
        command
    } else {
        Program::new(program)
    }
}

#[test]
fn every_statement_is_understood_by_postgresql_too() {
    let Some(bin) = postgres() else { return };
    let folder = tempfile::tempdir().unwrap();
    if rustix::process::geteuid().is_root() {
        let owned = Program::new("chown").arg("postgres").arg(folder.path()).status().unwrap();
        assert!(owned.success());
    }
    let data = folder.path().join("data");
    let made = as_postgres(&bin.join("initdb"))
        .args(["-A", "trust", "-U", "reg", "-E", "UTF8", "--locale=C", "-D"])
        .arg(&data)
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let mut script = String::from(statements::FIRST);
    for (name, statement) in statements::ALL {
        if !matches!(*name, "SAVEPOINT" | "ROLLBACK_TO" | "RELEASE") {
            script.push_str(&format!("\nPREPARE p_{name} AS {};", statement.replace('\n', " ")));
        }
    }
    // A single-user server needs no port and no client: one statement a line comes in on stdin.
    let lines: String = script
        .lines()
        .filter(|l| !l.trim_start().starts_with("--"))
        .collect::<Vec<_>>()
        .join(" ")
        .replace(';', ";\n");
    let input = folder.path().join("script.sql");
    std::fs::write(&input, lines).unwrap();
    let ran = as_postgres(&bin.join("postgres"))
        .args(["--single", "-D"])
        .arg(&data)
        .args(["-c", "log_min_messages=error", "postgres"])
        .stdin(std::fs::File::open(&input).unwrap())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(ran.status.success() && !said.contains("ERROR"), "{said}");
}
