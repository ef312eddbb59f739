use super::*;
use crate::domain::agency::{Party, Role};
use crate::domain::event::Event;
use crate::domain::evidence::Band;
use crate::domain::hit::{Hit, Phase, Priority};
use crate::domain::ids::{AgencyId, CheckId, HitId};
use crate::domain::record::Status;
use crate::domain::time::Moment;
use crate::registry::journal::{self, Cause};
use crate::registry::store::Address;
use crate::registry::{sight, tables};
use crate::wire::news::{Cursor, News};
use std::time::Duration;

fn party(code: &str) -> Party {
    let ncb = code.parse().unwrap();
    Party { agency: AgencyId::ncb(ncb), ncb }
}

fn viewer() -> Viewer {
    Viewer { officer: OfficerId(1), party: party("CR"), role: Role::Duty }
}

fn hit(id: u64) -> Hit {
    Hit {
        id: HitId(id),
        record: "CR-2026-1".parse().unwrap(),
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
        due: None,
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

/// A store whose journal raises hits, each in a line of its own.
struct Raising {
    _folder: tempfile::TempDir,
    store: Store,
    hub: Hub,
}

impl Raising {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&Address::file(folder.path().join("x.db"))).await.unwrap();
        Self { _folder: folder, store, hub: Hub::new() }
    }

    /// Raises hits in one commit, and returns what is to be told of it.
    async fn raise(&self, ids: std::ops::RangeInclusive<u64>) -> Told {
        let mut tx = self.store.write().await.unwrap();
        let mut head = journal::lock(&mut tx).await.unwrap();
        let from = head.sequence;
        let cause = Cause {
            at: Moment(0),
            command: String::new(),
            officer: OfficerId(0),
            agency: party("CR").agency,
        };
        let (mut news, mut fresh) = (Vec::new(), journal::Fresh::default());
        for id in ids {
            let raised = HitEvent::Raised { hit: Box::new(hit(id)) };
            fresh.append(&mut head, &cause, &Event::Hit(raised), &mut || [0; 16]).unwrap();
            tables::save_hit(&mut tx, &hit(id)).await.unwrap();
            let hit = tables::hit(&mut tx, HitId(id)).await.unwrap().unwrap();
            let guns = sight::pair_guns(&mut tx, &hit.hit).await.unwrap();
            news.push(Happened::Hit {
                sequence: head.sequence,
                what: HitNews::Raised,
                by: None,
                inside: None,
                shown: Box::new(Shown { hit, guns }),
            });
        }
        fresh.write(&mut tx, &head).await.unwrap();
        tx.commit().await.unwrap();
        Told { from, to: head.sequence, news }
    }

    async fn listen(&self, sequence: u64) -> Subscription {
        let after = Some(Cursor { epoch: 1, sequence });
        Subscription::open(&self.hub, self.store.clone(), viewer(), 1, after).await.unwrap()
    }
}

fn hit_of(step: Step) -> u64 {
    match step {
        Step::News(News::Hit { row, what: HitNews::Raised, cursor, .. }) => {
            assert_eq!(cursor.sequence, row.hit.id.0, "hit n is raised by line n");
            row.hit.id.0
        }
        other => panic!("not raised: {other:?}"),
    }
}

async fn next(subscription: &mut Subscription) -> u64 {
    let step = tokio::time::timeout(Duration::from_secs(5), subscription.next()).await;
    hit_of(step.expect("in time").unwrap().expect("a hub"))
}

#[tokio::test]
async fn futures_that_are_dropped_lose_nothing() {
    let raising = Raising::open().await;
    raising.raise(1..=250).await;
    let mut subscription = raising.listen(0).await;
    let mut came = Vec::new();
    let mut patience = 0;
    while came.len() < 250 {
        // A heartbeat comes in between, now sooner and now later.
        patience = (patience + 1) % 40;
        let wait = Duration::from_millis(patience);
        if let Ok(step) = tokio::time::timeout(wait, subscription.next()).await {
            came.push(hit_of(step.unwrap().unwrap()));
            assert_eq!(subscription.cursor().sequence, came.len() as u64, "all up to here, and no further");
        }
    }
    assert_eq!(came, (1..=250).collect::<Vec<u64>>());
}

#[tokio::test]
async fn a_gap_in_what_is_told_is_read_from_the_journal() {
    let raising = Raising::open().await;
    let mut subscription = raising.listen(0).await;
    raising.raise(1..=3).await;
    let told = raising.raise(4..=5).await;
    raising.hub.tell(told);
    for expected in 1..=5 {
        assert_eq!(next(&mut subscription).await, expected);
    }
    let told = raising.raise(6..=6).await;
    raising.hub.tell(told);
    assert_eq!(next(&mut subscription).await, 6);
    assert_eq!(subscription.ready(), []);
}

#[tokio::test]
async fn of_a_stretch_that_is_known_in_part_only_the_rest_is_told() {
    let raising = Raising::open().await;
    let told = raising.raise(1..=6).await;
    let mut subscription = raising.listen(4).await;
    raising.hub.tell(told);
    assert_eq!(next(&mut subscription).await, 5);
    assert_eq!(subscription.ready().into_iter().map(hit_of).collect::<Vec<_>>(), [6]);
    assert_eq!(subscription.cursor().sequence, 6);
}

#[tokio::test]
async fn who_is_too_slow_for_what_is_told_reads_it() {
    let raising = Raising::open().await;
    let mut subscription = raising.listen(0).await;
    for id in 1..=3 {
        let told = raising.raise(id..=id).await;
        raising.hub.tell(told);
    }
    for to in 3..3 + 2 * BACKLOG as u64 {
        raising.hub.tell(Told { from: 3, to: to.min(3), news: Vec::new() });
    }
    for expected in 1..=3 {
        assert_eq!(next(&mut subscription).await, expected);
    }
    assert_eq!(subscription.ready(), []);
}

#[tokio::test]
async fn what_nobody_has_told_is_noticed_while_somebody_listens() {
    let raising = Raising::open().await;
    let (tasks, stop) = Default::default();
    watch::start(raising.hub.clone(), raising.store.clone(), &tasks, &stop);
    raising.raise(1..=2).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(raising.hub.reached(), 0, "nobody listens");
    let mut subscription = raising.listen(2).await;
    raising.raise(3..=3).await;
    assert_eq!(next(&mut subscription).await, 3);
    stop.cancel();
    tasks.close();
    tasks.wait().await;
}
