//! Histories made up at random: whatever officers do in whatever order, the journal gives
//! the tables, and a gun that was checked and recorded has exactly one hit a pair.

use crate::bench::{House, browning, check_outcome, enter, question, send, stolen};
use iarms::client::Line;
use iarms::domain::command::Command;
use iarms::domain::evidence::Band;
use iarms::domain::hit::{Exclusion, HitCommand, Phase, Priority};
use iarms::domain::private::Private;
use iarms::domain::record::{Circumstance, RecordCommand};
use iarms::domain::text::Text;
use iarms::registry::audit::compare;
use iarms::registry::journal::verify;
use iarms::wire::command::Outcome;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeSet;

/// Serials of three guns, two of them look-alikes.
const SERIALS: [&str; 4] = ["KD73519", "K073519", "LM48822", "QX41977"];

#[derive(Debug, Clone)]
pub(crate) enum Deed {
    Enter { who: usize, serial: usize, recovered: bool },
    Check { who: usize, serial: usize, case: u8 },
    OnHit { who: usize, hit: usize, what: u8 },
    Cancel { who: usize },
}

pub(crate) fn deed() -> impl Strategy<Value = Deed> {
    let (who, serial) = (0..3usize, 0..SERIALS.len());
    prop_oneof![
        3 => (who.clone(), serial.clone(), prop::bool::weighted(0.2)).prop_map(|(who, serial, recovered)| Deed::Enter { who, serial, recovered }),
        4 => (who.clone(), serial, 0..2u8).prop_map(|(who, serial, case)| Deed::Check { who, serial, case }),
        5 => (who.clone(), 0..6usize, 0..8u8).prop_map(|(who, hit, what)| Deed::OnHit { who, hit, what }),
        1 => who.prop_map(|who| Deed::Cancel { who }),
    ]
}

pub(crate) async fn act(
    lines: &[Line],
    deed: &Deed,
    entered: &mut Vec<(usize, iarms::domain::ids::RecordId)>,
) {
    match deed {
        Deed::Enter { who, serial, recovered } => {
            let mut report = stolen(browning(SERIALS[*serial]));
            if *recovered {
                report.circumstance = Circumstance::Recovered;
            }
            if let Outcome::Done { result } = send(&lines[*who], enter(report)).await {
                entered.extend(result.record.map(|record| (*who, record)));
            }
        }
        Deed::Check { who, serial, case } => {
            let mut question = question(browning(SERIALS[*serial]));
            question.case = Text::new(format!("{case}/26"));
            check_outcome(&lines[*who], question).await;
        }
        Deed::OnHit { who, hit, what } => {
            let rows = lines[*who].hits().await.unwrap().hits;
            let Some(row) = rows.get(*hit % rows.len().max(1)) else { return };
            let (hit, revision) = (row.hit.id, row.hit.revision);
            let reason = Private::new("because");
            let command = match what {
                0 => HitCommand::Take { hit, over: false },
                1 => HitCommand::Ask { hit, revision, priority: Priority::Urgent, reason },
                2 => HitCommand::Confirm { hit, revision },
                3 => HitCommand::NotOurs { hit, revision, reason: Exclusion::Type },
                4 => HitCommand::Locate { hit, revision },
                5 => HitCommand::Clear { hit, revision },
                6 => HitCommand::Reopen { hit, revision, reason },
                _ => HitCommand::Write { hit, text: reason, inside: true },
            };
            send(&lines[*who], Command::Hit(command)).await;
        }
        Deed::Cancel { who } => {
            if let Some((_, record)) = entered.iter().rev().find(|(by, _)| by == who) {
                send(&lines[*who], Command::Record(RecordCommand::Cancel { record: *record, revision: 1 }))
                    .await;
            }
        }
    }
}

async fn live(deeds: Vec<Deed>) {
    let house = House::open().await;
    let lines = [house.line("CR").await, house.line("PA").await, house.line("DE").await];
    let mut entered = Vec::new();
    for deed in &deeds {
        act(&lines, deed, &mut entered).await;
    }
    let store = house.registry.store();
    assert_eq!(verify(store).await.unwrap().findings, [], "{deeds:?}");
    assert_eq!(compare(store).await.unwrap().differences, [], "{deeds:?}");
    let mut pairs = BTreeSet::new();
    for line in &lines {
        let mut own = BTreeSet::new();
        for row in line.hits().await.unwrap().hits {
            assert!(own.insert((row.hit.record, row.hit.check)), "two hits of one pair: {deeds:?}");
            pairs.insert((row.hit.record, row.hit.check, row.hit.phase == Phase::Raised));
        }
    }
    // What a fresh look finds LIKELY, and nobody has excluded, has rung.
    for (who, line) in lines.iter().enumerate() {
        for serial in SERIALS {
            let Outcome::Done { result } = check_outcome(line, question(browning(serial))).await else {
                continue;
            };
            for candidate in result.candidates.iter().filter(|c| c.band == Band::Likely) {
                let sought =
                    candidate.shown.as_ref().is_none_or(|s| s.circumstance.is_sought() && s.status.is_open());
                let rang = result.hits.iter().any(|hit| hit.record == candidate.record);
                assert!(
                    rang || !sought,
                    "{} is LIKELY for {serial} of {who} and rang nobody: {deeds:?}",
                    candidate.record
                );
            }
        }
    }
}

#[test]
fn any_history_leaves_a_whole_journal_and_one_hit_a_pair() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
    runner
        .run(&prop::collection::vec(deed(), 1..25), |deeds| {
            runtime.block_on(live(deeds));
            Ok(())
        })
        .unwrap();
}
