use super::*;
use crate::domain::private::Private;
use uuid::Uuid;

fn id(n: u128) -> CommandId {
    CommandId(Uuid::from_u128(n))
}

fn take(n: u128, hit: u64) -> Envelope {
    let command = Command::Hit(HitCommand::Take { hit: HitId(hit), over: false });
    Envelope { id: id(n), command, rehearse: false }
}

fn flash(n: u128, hit: u64) -> Envelope {
    let command = Command::Hit(HitCommand::Ask {
        hit: HitId(hit),
        revision: 1,
        priority: Priority::Flash,
        reason: Private::new("officer in danger"),
    });
    Envelope { id: id(n), command, rehearse: false }
}

fn ids(batch: &[Envelope]) -> Vec<u128> {
    batch.iter().map(|envelope| envelope.id.0.as_u128()).collect()
}

fn outbox(all: impl IntoIterator<Item = Envelope>) -> Outbox {
    let mut outbox = Outbox::new(1000, Backoff::default());
    for envelope in all {
        outbox.push(envelope).unwrap();
    }
    outbox
}

#[test]
fn a_flash_goes_first_but_not_before_its_own_subject() {
    let now = Instant::now();
    let mut box_ = outbox([take(1, 1), take(2, 2), flash(3, 3), flash(4, 2)]);
    assert_eq!(ids(&box_.batch(now, false)), [3, 1, 2, 4]);
    assert!(box_.batch(now, false).is_empty(), "what is under way is not sent twice");
}

#[test]
fn a_held_one_blocks_its_own_subject_only() {
    let now = Instant::now();
    let mut box_ = outbox([take(1, 1), take(2, 2)]);
    assert_eq!(box_.batch(now, false).len(), 2);
    box_.settle(id(2));
    let wait = box_.hold(id(1), now);
    box_.push(take(3, 1)).unwrap();
    box_.push(take(4, 4)).unwrap();
    assert_eq!(ids(&box_.batch(now - Duration::from_millis(1), false)), [4]);
    assert_eq!(ids(&box_.batch(now + wait, false)), [1, 3], "the same id, before what followed it");
}

#[test]
fn a_flash_goes_beside_a_request_under_way() {
    let now = Instant::now();
    let mut box_ = outbox([take(1, 1)]);
    box_.batch(now, false);
    for envelope in [take(2, 2), flash(3, 3), flash(4, 1)] {
        box_.push(envelope).unwrap();
    }
    assert_eq!(ids(&box_.batch(now, true)), [3], "the FLASH on hit 1 waits for the answer there");
}

#[test]
fn a_failed_request_pauses_all_and_loses_none() {
    let now = Instant::now();
    let mut box_ = outbox((0..300).map(|n| take(n, n as u64)));
    // A line that has shown that it carries much.
    box_.portion.took(MOST_BYTES, Duration::ZERO);
    let sent: Vec<CommandId> = box_.batch(now, false).iter().map(|envelope| envelope.id).collect();
    assert_eq!(sent.len(), MOST_ITEMS);
    let wait = box_.fail(&sent, Some(Duration::from_secs(5)), now);
    assert!(box_.batch(now, false).is_empty());
    assert_eq!(box_.wakes(now), Some(now + wait));
    assert_eq!(ids(&box_.batch(now + wait, false))[..3], [0, 1, 2]);
}

#[test]
fn a_request_refused_as_a_whole_is_taken_apart() {
    let now = Instant::now();
    let mut box_ = outbox([take(1, 1), take(2, 2)]);
    let sent: Vec<CommandId> = box_.batch(now, false).iter().map(|envelope| envelope.id).collect();
    box_.part(&sent);
    assert_eq!(ids(&box_.batch(now, false)), [1]);
}

#[test]
fn it_holds_no_more_than_it_may() {
    let mut box_ = Outbox::new(2, Backoff::default());
    assert_eq!(box_.push(take(1, 1)), Ok(()));
    assert_eq!(box_.push(take(1, 1)), Ok(()), "the same one once");
    assert_eq!(box_.push(take(2, 1)), Ok(()));
    assert_eq!(box_.push(take(3, 1)), Err(Full));
    assert_eq!(box_.len(), 2);
}

#[test]
fn a_flash_does_not_wait_out_the_pause_of_a_line_that_is_down() {
    let now = Instant::now();
    let minute = Backoff::new(Duration::from_secs(60), Duration::from_secs(60));
    let mut outbox = Outbox::new(10, minute);
    outbox.push(flash(1, 1)).unwrap();
    outbox.push(take(2, 2)).unwrap();
    assert_eq!(ids(&outbox.batch(now, false)), [1, 2]);
    outbox.fail(&[id(1), id(2)], Some(Duration::from_secs(60)), now);
    assert!(outbox.batch(now, false).is_empty() && !outbox.has_ready(now));
    assert_eq!(outbox.wakes(now), Some(now + LONGEST_FLASH_PAUSE));
    let soon = now + LONGEST_FLASH_PAUSE;
    assert!(outbox.has_ready(soon));
    assert_eq!(ids(&outbox.batch(soon, false)), [1], "what is not in such a hurry keeps its pause");
}

#[test]
fn much_goes_out_in_small_portions_until_the_line_has_shown_what_it_carries() {
    let now = Instant::now();
    let second = Duration::from_secs(1);
    let mut outbox = outbox((0..250).map(|n| take(n, u64::try_from(n).unwrap())));
    let mut next = |took: Duration| {
        let batch = outbox.batch(now, false);
        let bytes: usize = batch.iter().map(|envelope| serde_json::to_vec(envelope).unwrap().len() + 1).sum();
        let ids: Vec<CommandId> = batch.iter().map(|envelope| envelope.id).collect();
        outbox.took(&ids, took);
        ids.iter().for_each(|id| outbox.settle(*id));
        bytes
    };
    let sizes = [next(second * 6), next(second), next(second * 30), next(second)];
    assert!(sizes[0] <= 4096 && sizes[1] <= 4096 && sizes[2] > 5000 && sizes[3] <= 4096, "{sizes:?}");
}

#[test]
fn a_command_that_is_answered_at_once_does_not_show_that_the_line_carries_a_hundred() {
    let now = Instant::now();
    let mut outbox = outbox([]);
    for n in 0..20 {
        outbox.push(take(n, 1)).unwrap();
        assert_eq!(ids(&outbox.batch(now, false)), [n]);
        outbox.took(&[id(n)], Duration::from_secs(1));
        outbox.settle(id(n));
    }
    (20..220).for_each(|n| outbox.push(take(n, u64::try_from(n).unwrap())).unwrap());
    let batch = outbox.batch(now, false);
    assert!(serde_json::to_vec(&batch).unwrap().len() <= 4096, "{} at once", batch.len());
}

#[test]
fn one_that_spoils_a_request_costs_a_few_requests_and_not_one_for_each() {
    let now = Instant::now();
    let mut outbox = outbox((0..200).map(|n| take(n, u64::try_from(n).unwrap())));
    outbox.portion.took(MOST_BYTES, Duration::ZERO);
    let (mut requests, mut carried) = (0, 0);
    while !outbox.is_empty() {
        let sent: Vec<CommandId> = outbox.batch(now, false).iter().map(|envelope| envelope.id).collect();
        requests += 1;
        carried += sent.len();
        match (sent.contains(&id(197)), sent.len()) {
            (true, 2..) => outbox.part(&sent),
            (true, _) => outbox.settle(id(197)),
            (false, _) => {
                outbox.took(&sent, Duration::ZERO);
                sent.iter().for_each(|id| outbox.settle(*id));
            }
        }
    }
    assert!(requests <= 20 && carried <= 700, "{requests} requests with {carried} commands");
}
