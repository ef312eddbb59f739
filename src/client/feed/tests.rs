use super::task::now;
use super::*;
use crate::client::fake::{at, event, hello, line, serve, withdraw};
use crate::client::fault::Why;
use crate::client::{Deadlines, Token};
use axum::Router;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::{StreamExt, stream};
use std::collections::HashMap;
use std::sync::Mutex;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::time::timeout;

fn policy() -> FeedPolicy {
    let backoff = Backoff::new(Duration::from_millis(20), Duration::from_millis(40));
    FeedPolicy { backoff, ..FeedPolicy::default() }
}

async fn next(feed: &mut Feed) -> FeedMessage {
    timeout(Duration::from_secs(5), feed.next()).await.expect("a message in time").expect("a running feed")
}

/// The next withdrawal's sequence, whatever stands before it.
async fn next_news(feed: &mut Feed) -> u64 {
    loop {
        if let FeedMessage::News(news) = next(feed).await
            && let News::Withdraw { cursor, .. } = *news
        {
            return cursor.sequence;
        }
    }
}

#[derive(Clone, Default)]
struct Asked(Arc<Mutex<Vec<Option<String>>>>);

/// A stream that gives three news after the cursor, one of which was told before, cuts the
/// third off in its middle and breaks.
async fn breaking(State(asked): State<Asked>, Query(query): Query<HashMap<String, String>>) -> Response {
    let after = query.get("after").cloned();
    asked.0.lock().unwrap().push(after.clone());
    let from = after.map_or(10, |after| after.parse::<Cursor>().unwrap().sequence);
    let half = event(&withdraw(from + 3));
    let pieces = [
        event(&hello(100, 60)),
        event(&withdraw(from)),
        event(&withdraw(from + 1)),
        event(&withdraw(from + 2)),
        half[..half.len() / 2].to_owned(),
    ];
    let pieces = stream::iter(pieces.into_iter().map(Ok::<_, std::io::Error>));
    // What was written has to leave before the break takes it along.
    let broken = stream::once(async {
        tokio::time::sleep(Duration::from_millis(30)).await;
        Err(std::io::Error::other("cut"))
    });
    Body::from_stream(pieces.chain(broken)).into_response()
}

#[tokio::test]
async fn it_goes_on_without_loss_or_repeat() {
    let asked = Asked::default();
    let url = serve(Router::new().route("/v1/feed", get(breaking)).with_state(asked.clone())).await;
    let mut feed = Feed::start(line(&url), Some(at(10)), policy());
    let mut came = Vec::new();
    while came.len() < 9 {
        came.push(next_news(&mut feed).await);
    }
    assert_eq!(came, (11..20).collect::<Vec<u64>>());
    let asked = asked.0.lock().unwrap();
    assert_eq!(asked[..2], [Some("1.10".into()), Some("1.12".into())]);
}

#[tokio::test]
async fn a_silent_line_is_stale_and_made_anew() {
    // Half open: the connection stands, the peer says hello once and then nothing more.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let mut open = Vec::new();
        loop {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut request = [0; 2048];
            let _ = socket.read(&mut request).await;
            let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n";
            let hello = event(&hello(5, 1));
            let _ = socket.write_all(format!("{head}{hello}").as_bytes()).await;
            open.push(socket);
        }
    });
    let mut feed = Feed::start(line(&url), None, policy());
    assert_eq!(next(&mut feed).await, FeedMessage::Live);
    assert!(matches!(next(&mut feed).await, FeedMessage::News(_)));
    let began = tokio::time::Instant::now();
    assert!(matches!(next(&mut feed).await, FeedMessage::Stale { .. }));
    assert!((2.0..4.0).contains(&began.elapsed().as_secs_f32()), "{:?}", began.elapsed());
    assert_eq!(next(&mut feed).await, FeedMessage::Live);
}

/// Says in its hello that it beats every second, and then that it beats every minute.
async fn slower(State(asked): State<Asked>) -> Response {
    asked.0.lock().unwrap().push(None);
    let beat = News::Beat { cursor: at(5), now: Moment(0), beat_seconds: 60 };
    let pieces = [event(&hello(5, 1)), event(&beat)].map(Ok::<_, std::io::Error>);
    Body::from_stream(stream::iter(pieces).chain(stream::pending())).into_response()
}

#[tokio::test]
async fn a_registry_that_beats_more_slowly_now_is_not_stale() {
    let asked = Asked::default();
    let url = serve(Router::new().route("/v1/feed", get(slower)).with_state(asked.clone())).await;
    let mut feed = Feed::start(line(&url), None, policy());
    while let Ok(message) = timeout(Duration::from_secs(4), feed.next()).await {
        assert!(
            !matches!(message, Some(FeedMessage::Stale { .. })),
            "2.5 beats of 60 seconds have not passed"
        );
    }
    assert_eq!(asked.0.lock().unwrap().len(), 1, "and it stays on its line");
}

/// Sends a reset and breaks; whoever comes again with the same cursor gets it with its hello.
async fn reset(State(asked): State<Asked>, Query(query): Query<HashMap<String, String>>) -> Response {
    let mut asked = asked.0.lock().unwrap();
    asked.push(query.get("after").cloned());
    let pieces = match asked.len() {
        1 => vec![event(&News::Reset)],
        2 => vec![event(&News::Reset), event(&hello(30, 60)), event(&withdraw(31))],
        _ => vec![],
    };
    Body::from_stream(stream::iter(pieces.into_iter().map(Ok::<_, std::io::Error>))).into_response()
}

#[tokio::test]
async fn a_reset_that_the_line_cut_off_comes_again() {
    let asked = Asked::default();
    let url = serve(Router::new().route("/v1/feed", get(reset)).with_state(asked.clone())).await;
    let mut feed = Feed::start(line(&url), Some(at(10)), policy());
    let mut came = Vec::new();
    while came.len() < 3 {
        if let FeedMessage::News(news) = next(&mut feed).await {
            came.push(*news);
        }
    }
    assert_eq!(came, [News::Reset, hello(30, 60), withdraw(31)]);
    while asked.0.lock().unwrap().len() < 3 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(asked.0.lock().unwrap()[..3], [Some("1.10".into()), Some("1.10".into()), Some("1.31".into())]);
}

#[tokio::test]
async fn a_dead_address_is_lost_with_the_time_of_the_next_try() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let hour = Duration::from_secs(3600);
    let mut feed =
        Feed::start(line(&url), None, FeedPolicy { backoff: Backoff::new(hour, hour), ..policy() });
    let before = now();
    let FeedMessage::Lost { why, next_try } = next(&mut feed).await else { panic!("not lost") };
    assert!(matches!(why, Fault::Unreachable { why: Why::NoConnection { .. } }), "{why:?}");
    assert!(next_try > before);
    let control = feed.control();
    tokio::time::sleep(Duration::from_millis(50)).await;
    control.try_now();
    assert!(matches!(next(&mut feed).await, FeedMessage::Lost { .. }), "tried now, not in an hour");
}

#[tokio::test]
async fn a_busy_registry_is_left_alone_as_long_as_it_asks() {
    let busy = || async { (StatusCode::SERVICE_UNAVAILABLE, [("retry-after", "7")]) };
    let url = serve(Router::new().route("/v1/feed", get(busy))).await;
    let mut feed = Feed::start(line(&url), None, policy());
    let before = now();
    let FeedMessage::Lost { why, next_try } = next(&mut feed).await else { panic!("not lost") };
    assert_eq!(why, Fault::Busy { again: Some(Duration::from_secs(7)) });
    assert!(next_try.0 - before.0 >= 7_000_000);
}

#[tokio::test]
async fn garbage_is_named() {
    let garbage = || async { "data: {\"news\":\"gossip\"}\n\n" };
    let url = serve(Router::new().route("/v1/feed", get(garbage))).await;
    let mut feed = Feed::start(line(&url), None, policy());
    assert!(matches!(next(&mut feed).await, FeedMessage::Lost { why: Fault::Garbled { .. }, .. }));
}

/// Holds streams back, but answers whoever asks with a wait.
async fn no_streams(Query(query): Query<HashMap<String, String>>) -> Response {
    if !query.contains_key("wait") {
        return Body::from_stream(stream::pending::<Result<String, std::io::Error>>()).into_response();
    }
    let from = query.get("after").map_or(0, |after| after.parse::<Cursor>().unwrap().sequence);
    tokio::time::sleep(Duration::from_millis(10)).await;
    let mut news = vec![withdraw(from + 1)];
    if from == 0 {
        news.insert(0, hello(0, 60));
    }
    axum::Json(news).into_response()
}

#[tokio::test]
async fn where_streams_do_not_get_through_it_asks_again_and_again() {
    let url = serve(Router::new().route("/v1/feed", get(no_streams))).await;
    let mut feed = Feed::start(line(&url), None, policy());
    for expected in 1..5 {
        assert_eq!(next_news(&mut feed).await, expected);
    }
}

#[tokio::test]
async fn who_asks_again_and_again_from_a_place_is_greeted_too_and_misses_nothing() {
    // As the registry does: whoever names a place gets no greeting.
    let asking = |query: Query<HashMap<String, String>>| async move {
        let waits = query.contains_key("wait");
        let Some(after) = query.get("after").filter(|_| waits) else {
            return if waits {
                axum::Json([hello(100, 60)]).into_response()
            } else {
                no_streams(query).await
            };
        };
        tokio::time::sleep(Duration::from_millis(10)).await;
        axum::Json([withdraw(after.parse::<Cursor>().unwrap().sequence + 1)]).into_response()
    };
    let url = serve(Router::new().route("/v1/feed", get(asking))).await;
    let mut feed = Feed::start(line(&url), Some(at(10)), policy());
    let mut came = Vec::new();
    while came.len() < 3 {
        if let FeedMessage::News(news) = next(&mut feed).await {
            came.push(*news);
        }
    }
    assert_eq!(came, [hello(100, 60), withdraw(11), withdraw(12)]);
}

/// A stream that brings something twice a second.
async fn lively() -> Response {
    let beat = News::Beat { cursor: at(5), now: Moment(0), beat_seconds: 60 };
    let greeting = stream::once(async { Ok::<_, std::io::Error>(event(&hello(5, 60))) });
    let beats = stream::repeat(event(&beat)).then(|beat| async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        Ok(beat)
    });
    Body::from_stream(greeting.chain(beats)).into_response()
}

#[tokio::test]
async fn a_doubt_is_answered_by_the_news_that_stand_before_its_answer() {
    let held = get(|| async { std::future::pending::<&str>().await });
    let routes = Router::new().route("/v1/feed", get(lively)).route("/live", held);
    let patient = Deadlines { answer: Duration::from_secs(30), ..*line("http://127.0.0.1:1").deadlines() };
    let line = Line::new(&serve(routes).await, &Token::new("test").unwrap(), patient).unwrap();
    let mut feed = Feed::start(line, None, policy());
    while !matches!(next(&mut feed).await, FeedMessage::News(_)) {}
    feed.control().try_now();
    let until = tokio::time::Instant::now() + Duration::from_secs(7);
    while tokio::time::Instant::now() < until {
        let came = next(&mut feed).await;
        assert!(matches!(came, FeedMessage::News(_)), "{came:?}");
    }
}

/// A stream that greets and then brings only comments and half a line, while the connection
/// answers whoever asks.
async fn held() -> Response {
    let greeting = stream::once(async { Ok::<_, std::io::Error>(event(&hello(5, 1))) });
    let noise = stream::unfold(0u32, |nth| async move {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let piece = if nth % 2 == 0 { ": ping\n\n" } else { "data: {" };
        Some((Ok(if nth == 1 { piece } else { ": ping\n" }.to_owned()), nth + 1))
    });
    Body::from_stream(greeting.chain(noise)).into_response()
}

/// How long it takes from the greeting until the feed says that the line is stale, while the
/// officer doubts it again and again.
async fn stale_after(feed: &mut Feed) -> Duration {
    while !matches!(next(feed).await, FeedMessage::News(_)) {}
    let began = tokio::time::Instant::now();
    let control = feed.control();
    let doubts = tokio::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_millis(500)).await;
            control.try_now();
        }
    });
    loop {
        if matches!(next(feed).await, FeedMessage::Stale { .. }) {
            doubts.abort();
            return began.elapsed();
        }
    }
}

#[tokio::test]
async fn neither_doubts_nor_noise_put_off_that_the_line_is_stale() {
    let routes = Router::new().route("/v1/feed", get(held)).route("/live", get(|| async { "live" }));
    let mut feed = Feed::start(line(&serve(routes).await), None, policy());
    let after = stale_after(&mut feed).await.as_secs_f32();
    assert!((2.0..3.5).contains(&after), "after {after} s");
}

/// Answers the first asking of each connection alone, and holds all others.
async fn held_asking(State(asked): State<Asked>, Query(query): Query<HashMap<String, String>>) -> Response {
    if !query.contains_key("wait") {
        return Body::from_stream(stream::pending::<Result<String, std::io::Error>>()).into_response();
    }
    let first = {
        let mut asked = asked.0.lock().unwrap();
        asked.push(None);
        asked.len() == 1
    };
    if !first {
        std::future::pending::<()>().await;
    }
    axum::Json([hello(5, 1)]).into_response()
}

#[tokio::test]
async fn nor_do_doubts_where_it_asks_again_and_again() {
    let routes = Router::new().route("/v1/feed", get(held_asking)).with_state(Asked::default());
    let second = Duration::from_secs(1);
    let deadlines = Deadlines { connect: second, answer: second * 4, silence: second, whole: second * 9 };
    let patient = Line::new(&serve(routes).await, &Token::new("test").unwrap(), deadlines);
    let mut feed = Feed::start(patient.unwrap(), None, FeedPolicy { beat: second, ..policy() });
    let after = stale_after(&mut feed).await.as_secs_f32();
    assert!((2.0..3.5).contains(&after), "after {after} s");
}

/// Answers whoever asks with more than gets through within the patience, drop by drop.
async fn dripping(Query(query): Query<HashMap<String, String>>) -> Response {
    if !query.contains_key("wait") {
        return Body::from_stream(stream::pending::<Result<String, std::io::Error>>()).into_response();
    }
    let Some(after) = query.get("after").map(|after| after.parse::<Cursor>().unwrap().sequence) else {
        return axum::Json([hello(0, 1)]).into_response();
    };
    let news: Vec<News> = (1..=30).map(|next| withdraw(after + next)).collect();
    let said = serde_json::to_vec(&news).unwrap();
    let drops: Vec<Vec<u8>> = said.chunks(said.len() / 40).map(<[u8]>::to_vec).collect();
    let drops = stream::iter(drops).then(|drop| async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        Ok::<_, std::io::Error>(drop)
    });
    Body::from_stream(drops).into_response()
}

#[tokio::test]
async fn a_long_answer_on_a_thin_line_gets_on() {
    let url = serve(Router::new().route("/v1/feed", get(dripping))).await;
    let second = Duration::from_secs(1);
    let deadlines = Deadlines { connect: second, answer: second, silence: second, whole: second * 20 };
    let thin = Line::new(&url, &Token::new("test").unwrap(), deadlines).unwrap();
    let mut feed = Feed::start(thin, None, FeedPolicy { beat: second, ..policy() });
    let mut came = 0;
    while came < 60 {
        let message = timeout(second * 20, feed.next()).await.expect("it gets on").unwrap();
        assert!(came == 0 || !matches!(message, FeedMessage::Stale { .. }), "it is heard all the time");
        came +=
            u32::from(matches!(&message, FeedMessage::News(news) if matches!(**news, News::Withdraw { .. })));
    }
}
