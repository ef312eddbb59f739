//! Lines that break: half open, cut at any byte, or with something between that holds streams back.

use crate::bench::{House, browning, check, done, enter, question, send, stolen};
use crate::measure::{Measured, eager, is_hello, until};
use crate::proxy::Proxy;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use iarms::client::{Deadlines, Feed, FeedMessage, FeedPolicy, Line, Token};
use iarms::domain::ids::HitId;
use iarms::wire::exchange::Exchange;
use iarms::wire::news::News;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::time::timeout;

/// A hit between a gun of CR and one in the hands of PA.
async fn hit(owner: &Line, finder: &Line, serial: &str) -> HitId {
    done(send(owner, enter(stolen(browning(serial)))).await);
    check(finder, question(browning(serial))).await.hits[0].hit
}

/// The next hit that a feed tells of.
async fn next_hit(feed: &mut Feed) -> (u64, HitId) {
    loop {
        let message = timeout(Duration::from_secs(20), feed.next()).await.expect("in time").expect("it runs");
        if let FeedMessage::News(news) = message
            && let News::Hit { cursor, row, .. } = *news
        {
            return (cursor.sequence, row.hit.id);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_makes_a_half_open_line_anew() {
    let measured = Measured::open(Exchange::X25519).await;
    let (owner, finder) = (measured.house.line("CR").await, measured.house.line("PA").await);
    let line = measured.line("CR").await;
    let mut feed = Feed::start(line.clone(), None, eager());
    until(&mut feed, is_hello).await;
    let control = feed.control();
    // A line that stands is asked and kept.
    control.try_now();
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(measured.proxy.passed().connections, 1);
    measured.proxy.freeze();
    let began = Instant::now();
    control.try_now();
    while !matches!(feed.next().await, Some(FeedMessage::Stale { .. })) {}
    until(&mut feed, is_hello).await;
    assert!(began.elapsed() < Duration::from_secs(12), "{:?}", began.elapsed());
    assert_eq!(measured.proxy.passed().connections, 2);
    // What is asked from now on takes the new connection, too.
    timeout(Duration::from_secs(5), line.hits()).await.expect("an answer").unwrap();
    let raised = hit(&owner, &finder, "KD73519").await;
    assert_eq!(next_hit(&mut feed).await.1, raised);
}

/// Follows a feed while every connection of it is cut after some bytes, other ones each time.
async fn cut_at(cuts: Vec<usize>) {
    let house = House::open().await;
    let (owner, finder) = (house.line("CR").await, house.line("PA").await);
    let proxy = Proxy::before(house.url.trim_start_matches("http://").parse().unwrap()).await;
    let token = Token::new(&house.token("CR").await).unwrap();
    let url = format!("http://{}", proxy.address);
    let line = Line::new(&url, &token, Deadlines::default()).unwrap();
    let from = owner.hits().await.unwrap().cursor;
    let mut feed = Feed::start(line, Some(from), eager());
    let mut raised = Vec::new();
    let mut came = Vec::new();
    for (at, cut) in cuts.iter().enumerate() {
        proxy.cut_after(*cut);
        raised.push(hit(&owner, &finder, &format!("KD{:03}{:02}", cut % 1000, at)).await);
        if at % 2 == 0 {
            proxy.cut();
        }
        // Some come while the line breaks, and some wait for it.
        while let Ok(news) = timeout(Duration::from_millis(40), next_hit(&mut feed)).await {
            came.push(news);
        }
    }
    proxy.cut_after(0);
    while came.len() < raised.len() {
        came.push(next_hit(&mut feed).await);
    }
    assert!(came.is_sorted_by(|a, b| a.0 < b.0), "in order, and none twice: {came:?}");
    let came: Vec<HitId> = came.into_iter().map(|(_, hit)| hit).collect();
    assert_eq!(came, raised, "cut after {cuts:?}");
    let more = timeout(Duration::from_millis(100), next_hit(&mut feed)).await;
    assert!(more.is_err(), "twice: {more:?}");
}

#[test]
fn nothing_is_lost_or_repeated_wherever_the_line_is_cut() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let mut runner = TestRunner::new(Config { cases: 6, failure_persistence: None, ..Config::default() });
    // A head of an answer is 200 bytes, a greeting 130, a hit some 80.
    let cuts = prop_oneof![1usize..200, 200usize..600, 600usize..2000];
    let run = runner.run(&proptest::collection::vec(cuts, 4..9), |cuts| {
        runtime.block_on(cut_at(cuts));
        Ok(())
    });
    run.unwrap();
}

/// Something between that hands on an answer once all of it has come.
#[derive(Clone)]
struct Between {
    to: String,
    buffers: Arc<AtomicBool>,
    streams: Arc<AtomicU32>,
    polls: Arc<AtomicU32>,
    client: reqwest::Client,
}

async fn hand_on(State(between): State<Between>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path_and_query().unwrap().as_str();
    let waits = if path.contains("wait=") { &between.polls } else { &between.streams };
    waits.fetch_add(u32::from(path.contains("/feed")), Ordering::SeqCst);
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let url = format!("{}{path}", between.to);
    let mut headers = parts.headers;
    headers.remove("host");
    let answer = between.client.request(parts.method, url).headers(headers).body(body).send().await.unwrap();
    let (status, headers) = (answer.status(), answer.headers().clone());
    let body = if between.buffers.load(Ordering::SeqCst) {
        Body::from(answer.bytes().await.unwrap())
    } else {
        Body::from_stream(answer.bytes_stream())
    };
    let mut response = (status, body).into_response();
    *response.headers_mut() = headers;
    response.headers_mut().remove("transfer-encoding");
    response
}

#[tokio::test(flavor = "multi_thread")]
async fn where_streams_are_held_back_news_comes_all_the_same_and_streams_are_tried_again() {
    let house = House::open().await;
    let (owner, finder) = (house.line("CR").await, house.line("PA").await);
    let between = Between {
        to: house.url.clone(),
        buffers: Arc::new(AtomicBool::new(true)),
        streams: Arc::default(),
        polls: Arc::default(),
        client: reqwest::Client::new(),
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().fallback(hand_on).with_state(between.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let token = Token::new(&house.token("CR").await).unwrap();
    let short = Duration::from_millis(400);
    let deadlines = Deadlines { connect: short, answer: short, ..Deadlines::default() };
    let line = Line::new(&url, &token, deadlines).unwrap();
    let trial = Duration::from_secs(2);
    let mut feed = Feed::start(line, None, FeedPolicy { trial, ..eager() });
    until(&mut feed, is_hello).await;
    let (streams, polls) = (&between.streams, &between.polls);
    assert_eq!(streams.load(Ordering::SeqCst), 2, "streams were tried first");
    let first = hit(&owner, &finder, "KD73519").await;
    assert_eq!(next_hit(&mut feed).await.1, first);
    // From now on streams get through: the next that is tried is kept.
    between.buffers.store(false, Ordering::SeqCst);
    let mut raised = Vec::new();
    let mut came = Vec::new();
    let began = Instant::now();
    let mut asked = 0;
    while polls.load(Ordering::SeqCst) > asked || streams.load(Ordering::SeqCst) < 3 {
        assert!(began.elapsed() < Duration::from_secs(30), "streams are not taken up again");
        asked = polls.load(Ordering::SeqCst);
        for _ in 0..2 {
            raised.push(hit(&owner, &finder, &format!("QX{:05}", 41_000 + raised.len() * 613)).await);
            came.push(next_hit(&mut feed).await.1);
        }
    }
    assert_eq!(came, raised, "nothing was lost or told twice on the way");
}
