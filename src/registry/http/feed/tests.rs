use super::*;
use crate::registry::http::trial;
use axum::extract::FromRequestParts;
use sqlx::Connection;
use tower::ServiceExt;

/// A stream of an officer who was just admitted, beside the store's own file.
struct Listening {
    folder: tempfile::TempDir,
    registry: Registry,
    token: String,
    said: mpsc::Receiver<Vec<u8>>,
}

impl Listening {
    async fn begin() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let registry = trial::open(folder.path()).await;
        let officer = trial::admit(&registry).await;
        let (mut parts, ()) = axum::http::Request::get("/v1/feed")
            .header("authorization", format!("Bearer {}", officer.token))
            .body(())
            .unwrap()
            .into_parts();
        let asking = Asking::from_request_parts(&mut parts, &registry).await.unwrap();
        let subscription = asking.subscribe(&registry, None).await.unwrap();
        let feed = Feed { registry: registry.clone(), asking, subscription };
        let (sender, said) = mpsc::channel(AHEAD);
        tokio::spawn(feed.follow(Out { sender, packer: None }));
        let mut listening = Self { folder, registry, token: officer.token, said };
        assert!(listening.next().await.unwrap().contains("\"hello\""));
        listening
    }

    /// What is said next; nothing once the stream has ended.
    async fn next(&mut self) -> Option<String> {
        let said = timeout(Duration::from_secs(10), self.said.recv()).await.expect("in time");
        said.map(|said| String::from_utf8(said).unwrap())
    }

    /// Changes the store behind the registry's back, as another process may.
    async fn change(&self, statement: &'static str) {
        let file = format!("sqlite:{}", self.folder.path().join("registry.db").display());
        let mut store = sqlx::SqliteConnection::connect(&file).await.unwrap();
        sqlx::query(statement).execute(&mut store).await.unwrap();
    }

    /// Lets the time until the next heartbeat pass.
    async fn beat() {
        tokio::time::pause();
        tokio::time::advance(Duration::from_secs(61)).await;
        tokio::time::resume();
    }
}

#[tokio::test]
async fn a_stream_ends_with_its_token() {
    let mut listening = Listening::begin().await;
    Listening::beat().await;
    assert!(listening.next().await.unwrap().contains("\"beat\""));
    listening.change("DELETE FROM tokens").await;
    Listening::beat().await;
    assert_eq!(listening.next().await, None);
    listening.registry.stop().await;
}

#[tokio::test]
async fn who_has_other_rights_starts_over() {
    for statement in [
        "UPDATE officers SET epoch = epoch + 1",
        "UPDATE officers SET document = replace(document, '\"duty\"', '\"head\"')",
    ] {
        let mut listening = Listening::begin().await;
        listening.change(statement).await;
        Listening::beat().await;
        let said = listening.next().await.unwrap();
        let (reset, hello) = (said.find("\"reset\""), said.find("\"hello\""));
        assert!(reset.is_some() && reset < hello, "{statement}: {said}");
        Listening::beat().await;
        assert!(listening.next().await.unwrap().contains("\"beat\""), "and then goes on as before");
        listening.registry.stop().await;
    }
}

#[test]
fn one_answer_to_a_poll_is_short_and_cut_where_it_can_go_on() {
    let step = |sequence| {
        let cursor = Cursor { epoch: 1, sequence };
        Step::News(News::Withdraw { cursor, hits: vec![], record: None })
    };
    let count = |sequences: Vec<u64>| first(sequences.into_iter().map(step).collect()).len();
    assert_eq!(count((1..=100).collect()), AT_ONCE);
    assert_eq!(count((1..=4).collect()), 4);
    let shared = (1..=9).chain([10; 5]).chain(11..20).collect();
    assert_eq!(count(shared), 14, "those of one place stay together");
}

#[tokio::test]
async fn a_long_poll_is_packed_for_who_accepts_it() {
    let listening = Listening::begin().await;
    for accepted in ["gzip", "identity"] {
        let request = axum::http::Request::get("/v1/feed?wait=0")
            .header("authorization", format!("Bearer {}", listening.token))
            .header("accept-encoding", accepted)
            .body(Body::empty())
            .unwrap();
        let router = crate::registry::http::router(listening.registry.clone()).0;
        let answer = router.oneshot(request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        let packed = answer.headers().get("content-encoding").is_some();
        assert_eq!(packed, accepted == "gzip");
    }
    listening.registry.stop().await;
}
