//! What waited for the line goes to the real registry in one request, and is done once.

use crate::bench::{House, browning, check, done, enter, new_id, question, send, stolen};
use crate::proxy::Proxy;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use iarms::client::{Backoff, Deadlines, Line, SendMessage, Sender, Token};
use iarms::domain::command::{Command, Envelope};
use iarms::domain::hit::HitCommand;
use iarms::domain::ids::{CommandId, HitId};
use iarms::registry::http;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::time::{advance, pause, resume, sleep, timeout};

/// How long the line is cut, and how many answers wait for it.
const OUTAGE: u64 = 70;
const WAITING: usize = 10;

async fn count(State(requests): State<Arc<AtomicU32>>, request: Request, next: Next) -> Response {
    if request.uri().path() == "/v1/commands" {
        requests.fetch_add(1, Ordering::SeqCst);
    }
    next.run(request).await
}

/// The registry's own routes on another port, with the requests for commands counted.
async fn counted(house: &House) -> (std::net::SocketAddr, Arc<AtomicU32>) {
    let requests = Arc::new(AtomicU32::new(0));
    let router = http::router(house.registry.clone()).0;
    let router = router.layer(from_fn_with_state(Arc::clone(&requests), count));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    (address, requests)
}

/// So many hits of CR that nobody has taken.
async fn raised(house: &House) -> Vec<HitId> {
    let (owner, finder) = (house.line("CR").await, house.line("PA").await);
    let mut hits = Vec::new();
    for n in 0..WAITING {
        let gun = browning(&format!("QX{:05}", 41_000 + n * 613));
        done(send(&owner, enter(stolen(gun.clone()))).await);
        hits.push(check(&finder, question(gun)).await.hits[0].hit);
    }
    hits
}

#[tokio::test]
async fn ten_that_waited_for_seventy_seconds_go_out_in_one_request_and_are_done_once() {
    let house = House::open().await;
    let hits = raised(&house).await;
    let (address, requests) = counted(&house).await;
    let proxy = Proxy::before(address).await;
    let token = Token::new(&house.token("CR").await).unwrap();
    let line = Line::new(&format!("http://{}", proxy.address), &token, Deadlines::default()).unwrap();
    let (sender, mut messages) = Sender::start(line.clone(), Backoff::default());
    line.hits().await.unwrap();

    proxy.close(true);
    proxy.cut();
    let take = |hit: &HitId| Envelope {
        id: new_id(),
        command: Command::Hit(HitCommand::Take { hit: *hit, over: false }),
        rehearse: false,
    };
    let envelopes: Vec<Envelope> = hits.iter().map(take).collect();
    let sent: Vec<CommandId> = envelopes.iter().map(|envelope| envelope.id).collect();
    for envelope in envelopes {
        sender.send(envelope).unwrap();
    }
    sleep(Duration::from_millis(200)).await;
    // The registry hears nothing; the sender tries and waits, tries and waits.
    pause();
    for _ in 0..OUTAGE {
        advance(Duration::from_secs(1)).await;
    }
    resume();
    assert_eq!(requests.load(Ordering::SeqCst), 0);
    assert!(proxy_tried(&mut messages), "it was tried meanwhile");

    proxy.close(false);
    sender.try_now();
    let mut answered = BTreeSet::new();
    while answered.len() < WAITING {
        let message = timeout(Duration::from_secs(60), messages.recv()).await.expect("in time").unwrap();
        match message {
            SendMessage::Done { id, .. } => assert!(answered.insert(id), "each is answered once"),
            SendMessage::Refused { id, problem } => panic!("{id}: {problem:?}"),
            _ => {}
        }
    }
    assert_eq!(answered, sent.into_iter().collect());
    assert_eq!(requests.load(Ordering::SeqCst), 1, "one request for all of them");
    let rows = line.hits().await.unwrap().hits;
    let taken = rows.iter().filter(|row| hits.contains(&row.hit.id) && row.hit.owner_taken.is_some());
    assert_eq!(taken.count(), WAITING);
    let mut tx = house.registry.store().read().await.unwrap();
    let events = tx.rows("SELECT kind FROM journal WHERE kind LIKE '%taken%'", []).await.unwrap();
    assert_eq!(events.len(), WAITING, "each is in the journal once");
}

/// Whether anything went out in vain.
fn proxy_tried(messages: &mut tokio::sync::mpsc::Receiver<SendMessage>) -> bool {
    let mut tried = false;
    while let Ok(message) = messages.try_recv() {
        tried |= matches!(message, SendMessage::Waiting { .. } | SendMessage::Unknown { .. });
    }
    tried
}
