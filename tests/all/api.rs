//! The edge of the HTTP interface: who may come in, what is too much, what went wrong where.

use crate::bench::{House, browning, check, done, enter, new_id, question, send, stolen};
use iarms::domain::agency::Role;
use iarms::domain::command::Command;
use iarms::domain::hit::{HitCommand, Phase, Priority};
use iarms::domain::ids::AgencyId;
use iarms::domain::private::Private;
use iarms::domain::refusal::Refusal;
use iarms::wire::problem::Problem;
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;

async fn ask(
    house: &House,
    method: Method,
    path: &str,
    token: Option<&str>,
    body: Option<String>,
) -> (StatusCode, Value) {
    let mut request = Client::new().request(method, format!("{}{path}", house.url));
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    if let Some(body) = body {
        request = request.header("content-type", "application/json").body(body);
    }
    let response = request.send().await.unwrap();
    let status = response.status();
    (status, serde_json::from_str(&response.text().await.unwrap()).unwrap_or(Value::Null))
}

#[tokio::test(flavor = "multi_thread")]
async fn no_route_is_open_but_two() {
    let house = House::open().await;
    let (_, document) = ask(&house, Method::GET, "/v1/openapi.json", None, None).await;
    let paths = document["paths"].as_object().unwrap();
    assert!(paths.len() >= 7, "{paths:?}");
    for (path, methods) in paths {
        let path = path.replace("{id}", "X-1");
        for method in methods.as_object().unwrap().keys() {
            let method: Method = method.to_uppercase().parse().unwrap();
            let (status, _) = ask(&house, method.clone(), &path, None, None).await;
            let open = matches!(path.as_str(), "/live" | "/v1/openapi.json");
            let expected = if open { StatusCode::OK } else { StatusCode::UNAUTHORIZED };
            assert_eq!(status, expected, "{method} {path}");
            let (status, _) = ask(&house, method, &path, Some("0000"), None).await;
            assert_eq!(status, expected, "{path} with a token of nobody");
        }
    }
    let (status, problem) = ask(&house, Method::GET, "/v1/nothing", None, None).await;
    assert_eq!((status, &problem["code"]), (StatusCode::NOT_FOUND, &json!("not_found")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_cannot_be_read_names_its_field() {
    let house = House::open().await;
    let token = house.token("CR").await;
    let id = new_id().to_string();
    let cases = [
        (json!({"checks": []}).to_string(), "checks"),
        (json!({"checks": [{"id": "x", "question": {}}]}).to_string(), "checks[0].id"),
        (json!({"checks": [{"id": id, "question": {"gun": {"type": "PISTOL"}, "purpose": "S", "case": "1"}}]}).to_string(), "checks[0].question.gun.type"),
        (json!({"checks": [{"id": id, "question": {"gun": {"colour": "BLK"}, "purpose": "S", "case": "1"}}]}).to_string(), "checks[0].question.gun.colour"),
        (json!({"checks": [{"id": id, "question": {"gun": {"numbers": "A"}, "purpose": "S", "case": "1"}}]}).to_string(), "checks[0].question.gun.numbers"),
        ("{\"checks\": [".to_owned(), "checks"),
        ("nonsense".to_owned(), "."),
    ];
    for (body, field) in cases {
        let (status, problem) =
            ask(&house, Method::POST, "/v1/checks", Some(&token), Some(body.clone())).await;
        assert_eq!(
            (status, &problem["field"]),
            (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)),
            "{body} -> {problem}"
        );
        assert_ne!(problem["hint"], json!(""), "{body}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn too_much_is_refused_whole() {
    let house = House::open().await;
    let token = house.token("CR").await;
    let long = format!("{{\"checks\": [\"{}\"]}}", "x".repeat(300 * 1024));
    let (status, problem) = ask(&house, Method::POST, "/v1/checks", Some(&token), Some(long)).await;
    assert_eq!((status, &problem["code"]), (StatusCode::PAYLOAD_TOO_LARGE, &json!("too_large")));
    let item = json!({"id": new_id().to_string(), "question": {"gun": {}, "purpose": "S", "case": "1"}});
    let many = json!({"checks": vec![item; 257]}).to_string();
    let (status, problem) = ask(&house, Method::POST, "/v1/checks", Some(&token), Some(many)).await;
    assert_eq!((status, &problem["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("checks")));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_opened_without_a_purpose() {
    let house = House::open().await;
    let line = house.line("CR").await;
    let record = done(send(&line, enter(stolen(browning("KD73519")))).await).record.unwrap();
    let token = house.token("PA").await;
    for (query, field) in
        [("", "purpose"), ("?purpose=SEIZURE", "case"), ("?purpose=GOSSIP&case=1", "purpose")]
    {
        let path = format!("/v1/records/{record}{query}");
        let (status, problem) = ask(&house, Method::GET, &path, Some(&token), None).await;
        assert_eq!((status, &problem["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)), "{query}");
    }
    let path = format!("/v1/records/{record}?purpose=SEIZURE&case=1");
    let (status, view) = ask(&house, Method::GET, &path, Some(&token), None).await;
    assert_eq!((status, &view["id"]), (StatusCode::OK, &json!(record.to_string())));
    let mut tx = house.registry.store().read().await.unwrap();
    let rows = tx.rows("SELECT purpose, results FROM reads WHERE what = 'record'", []).await.unwrap();
    assert_eq!(rows.len(), 1, "only what was shown was noted, and it was");
    assert_eq!((rows[0].text(0), rows[0].int(1)), ("SEIZURE", 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_country_that_is_no_party_does_not_learn_that_a_hit_exists() {
    let house = House::open().await;
    let (owner, finder, other) = (house.line("CR").await, house.line("PA").await, house.line("DE").await);
    done(send(&owner, enter(stolen(browning("KD73519")))).await);
    let hit = check(&finder, question(browning("KD73519"))).await.hits[0].hit;
    let Err(iarms::client::Fault::Refused(problem)) = other.hit(hit).await else { panic!("shown") };
    assert_eq!(problem.refusal, Some(Refusal::NoHit { hit }));
    assert!(other.hits().await.unwrap().hits.is_empty());
    let take = Command::Hit(HitCommand::Take { hit, over: true });
    let problem: Problem = crate::bench::refused(send(&other, take).await);
    assert_eq!(problem.refusal, Some(Refusal::NoHit { hit }));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hub_and_readers_decide_nothing() {
    let house = House::open().await;
    let (owner, finder) = (house.line("CR").await, house.line("PA").await);
    done(send(&owner, enter(stolen(browning("KD73519")))).await);
    let hit = check(&finder, question(browning("KD73519"))).await.hits[0].hit;
    let reader =
        house.line_with(&house.token_of("CR", &AgencyId::ncb("CR".parse().unwrap()), Role::Reader).await);
    let confirm = || Command::Hit(HitCommand::Confirm { hit, revision: 1 });
    assert_eq!(crate::bench::refused(send(&reader, confirm()).await).refusal, Some(Refusal::Role));
    let hub = house.line_with(&house.token_of("ZZ", &AgencyId::ncb("ZZ".parse().unwrap()), Role::Hub).await);
    assert_eq!(crate::bench::refused(send(&hub, confirm()).await).refusal, Some(Refusal::HubDecidesNothing));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_due_clock_strikes_once_and_sends_the_next_request() {
    let house = House::open().await;
    let (owner, finder) = (house.line("CR").await, house.line("PA").await);
    done(send(&owner, enter(stolen(browning("KD73519")))).await);
    let hit = check(&finder, question(browning("KD73519"))).await.hits[0].hit;
    let ask =
        HitCommand::Ask { hit, revision: 1, priority: Priority::Flash, reason: Private::new("shots fired") };
    done(send(&finder, Command::Hit(ask)).await);
    for number in [2, 3] {
        house.pass(10);
        let reached = async {
            while owner.hit(hit).await.unwrap().row.hit.number != number {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(5), reached).await.expect("the request goes out");
    }
    tokio::time::sleep(Duration::from_millis(1500)).await;
    let row = owner.hit(hit).await.unwrap().row.hit;
    assert_eq!((row.number, row.phase, row.escalated), (3, Phase::Asked, false), "no clock strikes twice");
}
