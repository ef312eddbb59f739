//! Pages of hits of which some may not be shown.

use super::*;
use crate::domain::agency::{Party, Role};
use crate::domain::evidence::Band;
use crate::domain::gun::Gun;
use crate::domain::hit::{Phase, Priority};
use crate::domain::ids::{CheckId, HitId};
use crate::domain::private::Private;
use crate::domain::record::{Circumstance, DeniedSees, Entry, Report, Status};
use crate::domain::time::Moment;
use crate::registry::store::{Address, Store};

fn party(code: &str) -> Party {
    let ncb = code.parse().unwrap();
    Party { agency: AgencyId::ncb(ncb), ncb }
}

/// A record of Costa Rica, which Panama may not even know of where it is hidden.
fn record(id: &str, hidden: bool) -> Record {
    let denied = if hidden { vec!["PA".parse().unwrap()] } else { Vec::new() };
    Record {
        id: id.parse().unwrap(),
        owner: party("CR"),
        report: Report {
            circumstance: Circumstance::Stolen,
            gun: Gun::default(),
            date: None,
            place: Private::default(),
            batch: None,
            basis: vec![],
            context: None,
            case: "1/26".into(),
            remark: Private::default(),
            caveat: Caveat { denied, denied_sees: DeniedSees::Nothing, ..Caveat::default() },
            source_id: None,
            entry: Entry::Desk,
        },
        status: Status::Active,
        entered: Moment(0),
        officer: OfficerId(1),
        validated: Moment(0),
        validate_by: Moment(0),
        standing: None,
        revision: 1,
        changed_by: OfficerId(1),
        changed: Moment(0),
    }
}

fn hit(id: u64, record: &Record, due: Option<Moment>) -> Hit {
    Hit {
        id: HitId(id),
        record: record.id,
        record_status: Status::Active,
        check: CheckId(id),
        owner: party("CR"),
        finder: party("PA"),
        band: Band::Likely,
        raised: Moment(0),
        phase: Phase::Raised,
        priority: Priority::Routine,
        number: 0,
        asked: None,
        due,
        promises: 0,
        escalated: false,
        owner_taken: None,
        finder_taken: None,
        reason: None,
        revision: 1,
        changed_by: OfficerId(0),
        changed: Moment(0),
    }
}

#[tokio::test]
async fn a_page_ends_after_so_many_hits_that_may_not_be_shown_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&Address::file(folder.path().join("x.db"))).await.unwrap();
    let (open, hidden) = (record("CR-2026-1", false), record("CR-2026-2", true));
    let mut tx = store.write().await.unwrap();
    for record in [&open, &hidden] {
        tables::save_record(&mut tx, record).await.unwrap();
    }
    // The newest first: 30 and 9 may be shown, and those between them may not. Of those that
    // may not, two have a clock and come before all.
    for id in 9..=30 {
        let record = if [9, 30].contains(&id) { &open } else { &hidden };
        let due = [20, 21].contains(&id).then_some(Moment(7));
        tables::save_hit(&mut tx, &hit(id, record, due)).await.unwrap();
    }
    let viewer = Viewer { officer: OfficerId(1), party: party("PA"), role: Role::Duty };
    let mut pages = Vec::new();
    let mut after = None;
    loop {
        let (rows, next) = page(&mut tx, &viewer, after, 8).await.unwrap();
        pages.push((rows.iter().map(|row| row.hit.id.0).collect::<Vec<_>>(), next.map(|next| next.hit.0)));
        assert!(next.is_none_or(|next| next.due.is_none()), "no clock of a hidden hit");
        after = next;
        if next.is_none() {
            break;
        }
    }
    let expected: [(Vec<u64>, Option<u64>); 3] = [(vec![30], Some(25)), (vec![], Some(15)), (vec![9], None)];
    assert_eq!(pages, expected);
    let (rows, next) = page(&mut tx, &viewer, None, 1).await.unwrap();
    assert_eq!((rows.len(), next.map(|next| next.hit.0)), (1, Some(30)), "past every clock");
}
