use super::*;
use axum::body::Body;
use axum::routing::get;
use std::net::{IpAddr, Ipv4Addr};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::time::Instant;

/// A connection that is served, and this end of it. `/known` is as good as a token.
fn served(spoken: Spoken) -> DuplexStream {
    let (here, there) = duplex(64 * 1024);
    let known = get(|request: Request<Body>| async move {
        request.extensions().get::<Arc<Guest>>().unwrap().is_known();
        "known"
    });
    let slow = get(|request: Request<Body>| async move {
        request.extensions().get::<Arc<Guest>>().unwrap().is_known();
        let body = async {
            sleep(HEAD * 5).await;
            Ok::<_, std::convert::Infallible>("late")
        };
        Body::from_stream(futures_util::stream::once(body))
    });
    let router =
        Router::new().route("/known", known).route("/live", get(|| async { "live" })).route("/slow", slow);
    let guest = Door::new(Limits::default()).enter(IpAddr::V4(Ipv4Addr::LOCALHOST)).unwrap();
    let connection =
        Connection { router, certificate: None, guest: Arc::new(guest), stop: CancellationToken::new() };
    tokio::spawn(connection.speak(there, spoken));
    here
}

/// What is said until the other end hangs up, and how long that takes.
async fn until_the_end(here: &mut DuplexStream) -> (String, Duration) {
    let began = Instant::now();
    let mut said = Vec::new();
    timeout(Duration::from_secs(3600), here.read_to_end(&mut said)).await.expect("an end").unwrap();
    (String::from_utf8_lossy(&said).into_owned(), began.elapsed())
}

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const SETTINGS: [u8; 9] = [0, 0, 0, 4, 0, 0, 0, 0, 0];

#[tokio::test(start_paused = true)]
async fn who_says_nothing_or_half_of_it_is_hung_up_on() {
    let greeted = [PREFACE, &SETTINGS].concat();
    let cases: [(Spoken, &[u8]); 6] = [
        (Spoken::Http1, b""),
        (Spoken::Http1, b"GET /live HT"),
        (Spoken::Http2, b""),
        (Spoken::Http2, b"PRI * HT"),
        (Spoken::Http2, PREFACE),
        (Spoken::Http2, &greeted),
    ];
    for (spoken, bytes) in cases {
        let mut here = served(spoken);
        here.write_all(bytes).await.unwrap();
        let (_, after) = until_the_end(&mut here).await;
        assert!(after <= HEAD + GRACE + Duration::from_secs(1), "{spoken:?} {bytes:?}: {after:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn who_shows_no_token_goes_and_who_has_shown_one_may_take_long() {
    let mut here = served(Spoken::Http1);
    let asking = b"GET /live HTTP/1.1\r\nhost: x\r\n\r\n";
    let mut answer = [0; 4096];
    for _ in 0..3 {
        here.write_all(asking).await.unwrap();
        assert!(here.read(&mut answer).await.unwrap() > 0);
        sleep(HEAD / 3).await;
    }
    let (_, after) = until_the_end(&mut here).await;
    assert!(after <= Duration::from_secs(1), "it asks and asks, and never says who it is");

    let mut here = served(Spoken::Http1);
    here.write_all(b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    let (said, after) = until_the_end(&mut here).await;
    assert!(said.contains("late"), "{said}");
    assert!(after >= HEAD * 6, "and it may be idle after that: {after:?}");
}
