use super::*;
use crate::client::fake;
use axum::Router;
use axum::routing::post;

#[tokio::test]
async fn what_waits_on_a_connection_that_was_left_is_given_up_at_once() {
    let url = fake::serve(Router::new().route("/v1/checks", post(std::future::pending::<String>))).await;
    let second = Duration::from_secs(1);
    let deadlines = Deadlines { connect: second, answer: second * 30, silence: second, whole: second * 30 };
    let line = Line::new(&url, &Token::new("test").unwrap(), deadlines).unwrap();
    let began = Instant::now();
    let waits = tokio::spawn({
        let line = line.clone();
        async move { line.write::<serde_json::Value>(&["v1", "checks"], &[0]).await }
    });
    tokio::time::sleep(Duration::from_millis(200)).await;
    line.renew();
    let ended = waits.await.unwrap();
    assert!(matches!(ended, Err(Fault::Unknown { .. })), "it may have been done: {ended:?}");
    assert!(began.elapsed() < second * 5, "{:?}", began.elapsed());
}

#[tokio::test]
async fn what_waited_for_a_connection_that_was_left_was_not_sent() {
    let line = fake::line(&fake::serve(Router::new()).await);
    let way = line.connections.way();
    line.renew();
    let request = way.client.post(line.address.route(&["v1", "commands"]));
    let ended = line.sent(&way, request, Intent::Write, line.deadlines.answer).await;
    assert!(matches!(ended, Err(Fault::Unreachable { .. })), "{ended:?}");
}

#[tokio::test]
async fn a_sender_does_not_give_up_before_the_registry_does() {
    assert!(upload(MOST_BYTES) >= LONGEST_UPLOAD);
    assert!(upload(MOST_BYTES / 2) * 2 >= LONGEST_UPLOAD);
    // A registry that takes a body in slowly: longer than an answer may take.
    let slow = post(|body: axum::body::Body| async move {
        let wait = fake::line("http://127.0.0.1:1").deadlines().answer * 4;
        tokio::time::sleep(wait).await;
        axum::body::to_bytes(body, MOST_BYTES).await.map(|_| r#"{"answers":[]}"#).unwrap_or_default()
    });
    let url = fake::serve(Router::new().route("/v1/checks", slow)).await;
    let long = vec![0u8; MOST_BYTES / 8];
    let answer = fake::line(&url).write::<serde_json::Value>(&["v1", "checks"], &long).await;
    assert_eq!(answer.unwrap(), serde_json::json!({"answers": []}));
}
