//! What somebody with the file in hand may do to it behind the journal, and that it is found.

use crate::bench::{House, browning, check, done, enter, question, send, stolen};
use iarms::domain::agency::{Agency, Contact, OfficeCommand};
use iarms::domain::command::Command;
use iarms::domain::hit::{Exclusion, HitCommand, Priority};
use iarms::domain::private::Private;
use iarms::domain::record::RecordCommand;
use iarms::domain::text::Text;
use iarms::registry::audit::How::{self, Changed, Extra, Missing};
use iarms::registry::audit::compare;
use iarms::registry::journal::verify;
use iarms::registry::store::{Address, Store, StoreError};

/// A house with a hit that is asked, one that was excluded, a thread and an agency with a telephone.
async fn lived_in() -> House {
    let house = House::open().await;
    let (owner, finder) = (house.line("CR").await, house.line("PA").await);
    let agency = Agency {
        id: "CR-OIJ".parse().unwrap(),
        ncb: "CR".parse().unwrap(),
        name: Text::from("OIJ"),
        contact: Contact { phone: Text::from("+506 555 0100"), ..Contact::default() },
    };
    house.registry.writer().offices(vec![OfficeCommand::AdmitAgency { agency }]).await;
    for serial in ["KD73519", "LM48822"] {
        done(send(&owner, enter(stolen(browning(serial)))).await);
        let hit = check(&finder, question(browning(serial))).await.hits[0].hit;
        let reason = Private::new("held for it alone");
        let ask = HitCommand::Ask { hit, revision: 1, priority: Priority::Urgent, reason };
        done(send(&finder, Command::Hit(ask)).await);
    }
    let hit = owner.hits().await.unwrap().hits[0].hit.clone();
    let no = HitCommand::NotOurs { hit: hit.id, revision: hit.revision, reason: Exclusion::InHand };
    done(send(&owner, Command::Hit(no)).await);
    house
}

/// Does one thing to the tables behind the journal, and says what the audit finds.
async fn found(house: &House, statement: &'static str) -> Vec<(&'static str, String, How)> {
    let store = house.registry.store();
    let mut tx = store.write().await.unwrap();
    assert!(tx.run(statement, []).await.unwrap() > 0, "{statement}");
    tx.commit().await.unwrap();
    assert_eq!(verify(store).await.unwrap().findings, [], "{statement}: the journal itself is whole");
    compare(store).await.unwrap().differences.into_iter().map(|d| (d.table, d.subject, d.how)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_that_nobody_admitted_is_found() {
    let house = lived_in().await;
    let statement = "INSERT INTO tokens (hash, officer) VALUES ('ab12', 1)";
    assert_eq!(found(&house, statement).await, [("tokens", "ab12".into(), Extra)]);
    let house = lived_in().await;
    let statement = "INSERT INTO officers (id, agency, epoch, document) SELECT 99, agency, 1, replace(document, 'O-1', 'O-99') FROM officers WHERE id = 1";
    assert_eq!(found(&house, statement).await, [("officers", "O-99".into(), Extra)]);
    let house = lived_in().await;
    let statement = "UPDATE tokens SET officer = 1 WHERE officer = 2";
    assert_eq!(found(&house, statement).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn rights_that_were_changed_are_found() {
    let house = lived_in().await;
    let statement = r#"UPDATE officers SET document = replace(document, '"duty"', '"head"') WHERE id = 1"#;
    assert_eq!(found(&house, statement).await, [("officers", "O-1".into(), Changed)]);
    let house = lived_in().await;
    assert_eq!(
        found(&house, "UPDATE officers SET epoch = 7 WHERE id = 2").await,
        [("officers", "O-2".into(), Changed)]
    );
    let house = lived_in().await;
    assert_eq!(
        found(&house, "DELETE FROM officers WHERE id = 2").await,
        [("officers", "O-2".into(), Missing)]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_that_was_changed_is_found() {
    let house = lived_in().await;
    let statement = "UPDATE agencies SET document = replace(document, '+506 555 0100', '+1 555 0199') WHERE id = 'CR-OIJ'";
    assert_eq!(found(&house, statement).await, [("agencies", "CR-OIJ".into(), Changed)]);
    let house = lived_in().await;
    let statement = "UPDATE agencies SET ncb = 'PA' WHERE id = 'CR-OIJ'";
    assert_eq!(found(&house, statement).await, [("agencies", "CR-OIJ".into(), Changed)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_or_missing_message_is_found() {
    let house = lived_in().await;
    let statement =
        "UPDATE messages SET document = replace(document, 'held for it alone', 'let him go') WHERE hit = 1";
    assert_eq!(found(&house, statement).await, [("messages", "H-1 1".into(), Changed)]);
    let house = lived_in().await;
    let statement =
        "INSERT INTO messages (hit, position, document) SELECT hit, 2, document FROM messages WHERE hit = 1";
    assert_eq!(found(&house, statement).await, [("messages", "H-1 2".into(), Extra)]);
    let house = lived_in().await;
    let statement = "DELETE FROM messages WHERE hit = 2";
    assert_eq!(found(&house, statement).await, [("messages", "H-2 1".into(), Missing)]);
    let house = lived_in().await;
    let statement = "UPDATE hits SET messages = 0 WHERE id = 2";
    assert_eq!(found(&house, statement).await, [("hits", "H-2".into(), Changed)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exclusion_that_was_removed_or_invented_is_found() {
    let house = lived_in().await;
    let removed = found(&house, "DELETE FROM exclusions").await;
    assert!(matches!(removed[..], [("exclusions", _, Missing)]), "{removed:?}");
    let house = lived_in().await;
    let statement = "INSERT INTO exclusions (hit, record, reason, document) SELECT 77, record, reason, document FROM exclusions";
    assert_eq!(found(&house, statement).await, [("exclusions", "H-77".into(), Extra)]);
    let house = lived_in().await;
    let changed = found(&house, "UPDATE exclusions SET reason = 'EX1'").await;
    assert!(matches!(changed[..], [("exclusions", _, Changed)]), "{changed:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_was_stopped_is_found() {
    let house = lived_in().await;
    let stopped = found(&house, "UPDATE hits SET due = NULL WHERE due IS NOT NULL").await;
    assert!(matches!(stopped[..], [("hits", _, Changed)]), "{stopped:?}");
    let house = lived_in().await;
    assert_eq!(found(&house, "UPDATE hits SET is_open = 1 - is_open").await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_column_that_says_otherwise_than_its_document_is_found() {
    for (table, statement) in [
        ("records", "UPDATE records SET status = 'cancelled' WHERE id = (SELECT MIN(id) FROM records)"),
        ("records", "UPDATE records SET agency = 'PA-NCB' WHERE id = (SELECT MIN(id) FROM records)"),
        ("records", "UPDATE records SET source_id = 'x' WHERE id = (SELECT MIN(id) FROM records)"),
        ("checks", "UPDATE checks SET stands_until = 0 WHERE id = (SELECT MIN(id) FROM checks)"),
        ("checks", "UPDATE checks SET serial = 'OTHER' WHERE id = (SELECT MIN(id) FROM checks)"),
        ("hits", "UPDATE hits SET owner_ncb = 'DE' WHERE id = 1"),
        ("hits", "UPDATE hits SET worst = worst + 1 WHERE id = 1"),
        ("numbers", "UPDATE numbers SET skeleton = 'x' WHERE subject = (SELECT MIN(id) FROM records)"),
    ] {
        let house = lived_in().await;
        let changed = found(&house, statement).await;
        assert!(
            matches!(changed[..], [(in_table, _, Changed)] if in_table == table),
            "{statement}: {changed:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_counter_that_was_turned_back_is_found() {
    let house = lived_in().await;
    let statement = "UPDATE counters SET value = 0 WHERE name = 'hit'";
    assert_eq!(found(&house, statement).await, [("counters", "hit".into(), Changed)]);
    let house = lived_in().await;
    let statement = "DELETE FROM counters WHERE name = 'officer'";
    assert_eq!(found(&house, statement).await, [("counters", "officer".into(), Missing)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trigger_that_somebody_added_is_found() {
    let house = lived_in().await;
    let mut tx = house.registry.store().write().await.unwrap();
    tx.run("CREATE TRIGGER quiet AFTER UPDATE ON hits BEGIN UPDATE hits SET due = NULL; END", [])
        .await
        .unwrap();
    tx.run("DROP INDEX hits_by_pair", []).await.unwrap();
    tx.commit().await.unwrap();
    let differences = compare(house.registry.store()).await.unwrap().differences;
    let shown: Vec<_> = differences.iter().map(|d| (d.table, d.subject.as_str(), d.how)).collect();
    assert_eq!(shown, [("schema", "index hits_by_pair", Missing), ("schema", "trigger quiet", Extra)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_an_older_program_wrote_is_whole() {
    let house = lived_in().await;
    for spaced in [
        "UPDATE agencies SET document = replace(document, '\":', '\" : ')",
        "UPDATE officers SET document = replace(document, '\":', '\" : ')",
        "UPDATE records SET document = replace(document, '\":', '\" : ')",
        "UPDATE checks SET document = replace(document, '\":', '\" : ')",
        "UPDATE hits SET document = replace(document, '\":', '\" : ')",
        "UPDATE messages SET document = replace(document, '\":', '\" : ')",
        "UPDATE exclusions SET document = replace(document, '\":', '\" : ')",
    ] {
        assert_eq!(found(&house, spaced).await, [], "{spaced}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_opening_again_and_amending_leave_behind_is_whole() {
    let house = lived_in().await;
    let owner = house.line("CR").await;
    let rows = owner.hits().await.unwrap().hits;
    let closed = rows.iter().find(|row| !row.hit.phase.is_open()).unwrap().hit.clone();
    let reason = Private::new("new photographs");
    let reopen = HitCommand::Reopen { hit: closed.id, revision: closed.revision, reason };
    let revision = done(send(&owner, Command::Hit(reopen)).await).revision.unwrap();
    assert_eq!(compare(house.registry.store()).await.unwrap().differences, []);
    let no = HitCommand::NotOurs { hit: closed.id, revision, reason: Exclusion::Misread };
    done(send(&owner, Command::Hit(no)).await);
    let mut report = stolen(browning("KD73518"));
    report.remark = Private::new("the number was misread");
    let report = Box::new(report);
    let amend = RecordCommand::Amend { record: closed.record, revision: 1, report };
    done(send(&owner, Command::Record(amend)).await);
    assert_eq!(compare(house.registry.store()).await.unwrap().differences, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_journal_without_its_erased_words_gives_the_same_rows() {
    let house = lived_in().await;
    let owner = house.line("CR").await;
    let rows = owner.hits().await.unwrap().hits;
    let excluded = rows.iter().find(|row| !row.hit.phase.is_open()).unwrap();
    let (record, same) = (excluded.hit.record, excluded.gun.serial.clone().unwrap());
    // The same gun with a mark more, without it, and then another gun.
    for (revision, serial, mark) in
        [(1, same.as_str(), "initials M.S."), (2, same.as_str(), ""), (3, "ZZ9", "")]
    {
        let mut report = stolen(browning(serial));
        if !mark.is_empty() {
            report.gun.marks = Private::new(mark);
        }
        let report = Box::new(report);
        let amend = RecordCommand::Amend { record, revision, report };
        done(send(&owner, Command::Record(amend)).await);
        let differences = compare(house.registry.store()).await.unwrap().differences;
        assert_eq!(differences, [], "{serial} {mark}");
        let mut tx = house.registry.store().write().await.unwrap();
        tx.run("CREATE TEMP TABLE kept AS SELECT * FROM personal", []).await.unwrap();
        tx.run("DELETE FROM personal", []).await.unwrap();
        tx.commit().await.unwrap();
        let erased = compare(house.registry.store()).await.unwrap().differences;
        let rows: Vec<_> = erased.iter().filter(|difference| difference.how != How::Changed).collect();
        assert!(rows.is_empty(), "{serial} {mark}: {rows:?}");
        let mut tx = house.registry.store().write().await.unwrap();
        tx.run("INSERT INTO personal SELECT * FROM kept", []).await.unwrap();
        tx.run("DROP TABLE kept", []).await.unwrap();
        tx.commit().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erasable_part_that_no_line_knows_is_found() {
    let house = lived_in().await;
    let mut tx = house.registry.store().write().await.unwrap();
    tx.run("INSERT INTO personal (sequence, part, salt, text) VALUES (1, 9, 'x', 'forged')", [])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let findings = verify(house.registry.store()).await.unwrap().findings;
    assert_eq!(findings, [iarms::registry::journal::Finding::PartChanged { line: 1, part: 9 }]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_is_read_is_not_written() {
    let house = lived_in().await;
    house.registry.stop().await;
    let file = house.folder.path().join("registry.db");
    let before = std::fs::read(&file).unwrap();
    let store = Store::open_existing(&Address::file(&file)).await.unwrap();
    assert_eq!(verify(&store).await.unwrap().findings, []);
    assert_eq!(compare(&store).await.unwrap().differences, []);
    let mut tx = store.write().await.unwrap();
    assert!(tx.run("DELETE FROM tokens", []).await.is_err(), "nothing can be written through it");
    drop(tx);
    store.close().await;
    assert_eq!(std::fs::read(&file).unwrap(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_no_store_is_refused_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("other.db");
    let address = Address::file(&file);
    assert!(matches!(Store::open_existing(&address).await, Err(StoreError::Missing { .. })));
    assert!(!file.exists());
    std::fs::write(&file, "").unwrap();
    assert!(matches!(Store::open_existing(&address).await, Err(StoreError::Foreign { .. })));
    assert_eq!(std::fs::read(&file).unwrap(), b"");
    std::fs::write(&file, "no database, but a letter of some length\n".repeat(100)).unwrap();
    let letter = std::fs::read(&file).unwrap();
    assert!(matches!(Store::open_existing(&address).await, Err(StoreError::Foreign { .. })));
    assert!(matches!(Store::open(&address).await, Err(StoreError::Foreign { .. })));
    assert_eq!(std::fs::read(&file).unwrap(), letter);
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_of_another_program_are_left_alone() {
    let house = lived_in().await;
    house.registry.stop().await;
    let file = house.folder.path().join("registry.db");
    let whole = std::fs::read(&file).unwrap();
    for change in ["UPDATE _sqlx_migrations SET version = 7000", "DROP TABLE _sqlx_migrations"] {
        std::fs::write(&file, &whole).unwrap();
        let store = Store::open(&Address::file(&file)).await.unwrap();
        let mut tx = store.write().await.unwrap();
        tx.run(change, []).await.unwrap();
        tx.commit().await.unwrap();
        store.close().await;
        let before = std::fs::read(&file).unwrap();
        for opened in
            [Store::open_existing(&Address::file(&file)).await, Store::open(&Address::file(&file)).await]
        {
            assert!(matches!(opened, Err(StoreError::Foreign { .. })), "{change}: {opened:?}");
        }
        assert_eq!(std::fs::read(&file).unwrap(), before, "{change}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_to_nothing_is_no_place_for_a_store() {
    let folder = tempfile::tempdir().unwrap();
    let (link, file) = (folder.path().join("registry.db"), folder.path().join("elsewhere.db"));
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let opened = Store::open(&Address::file(&link)).await;
    assert!(matches!(opened, Err(StoreError::Link { .. })), "{opened:?}");
    assert!(!file.exists(), "nothing was made for anybody to read");
    Store::open(&Address::file(&file)).await.unwrap().close().await;
    Store::open(&Address::file(&link)).await.unwrap().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_of_a_later_program_is_refused_by_its_version() {
    let house = lived_in().await;
    house.registry.stop().await;
    let address = Address::file(house.folder.path().join("registry.db"));
    let store = Store::open(&address).await.unwrap();
    let mut tx = store.write().await.unwrap();
    tx.run("INSERT INTO _sqlx_migrations (version, description, installed_on, success, checksum, execution_time) SELECT 9000, 'later', installed_on, 1, checksum, 0 FROM _sqlx_migrations WHERE version = 1", []).await.unwrap();
    tx.commit().await.unwrap();
    store.close().await;
    for opened in [Store::open_existing(&address).await, Store::open(&address).await] {
        assert!(matches!(opened, Err(StoreError::Later { found: 9000, .. })), "{opened:?}");
    }
}
