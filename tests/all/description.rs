//! The OpenAPI document: every route is in it, and all that it refers to.

use crate::bench::House;
use serde_json::Value;
use std::collections::BTreeSet;

/// The routes of the interface with their methods.
const ROUTES: [(&str, &str); 9] = [
    ("get", "/live"),
    ("get", "/v1/checks/{id}/candidates"),
    ("get", "/v1/feed"),
    ("get", "/v1/hits"),
    ("get", "/v1/hits/{id}"),
    ("get", "/v1/openapi.json"),
    ("get", "/v1/records/{id}"),
    ("post", "/v1/checks"),
    ("post", "/v1/commands"),
];

async fn document() -> Value {
    let house = House::open().await;
    let answer = reqwest::get(format!("{}/v1/openapi.json", house.url)).await.unwrap();
    assert_eq!(answer.headers()["content-type"], "application/json");
    serde_json::from_str(&answer.text().await.unwrap()).unwrap()
}

/// Every value of `$ref` anywhere below.
fn references<'a>(value: &'a Value, found: &mut BTreeSet<&'a str>) {
    match value {
        Value::Object(object) => {
            found.extend(object.get("$ref").and_then(Value::as_str));
            object.values().for_each(|value| references(value, found));
        }
        Value::Array(list) => list.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_is_described() {
    let document = document().await;
    let paths = document["paths"].as_object().unwrap();
    let mut named: Vec<(&str, &str)> = paths
        .iter()
        .flat_map(|(path, methods)| methods.as_object().unwrap().keys().map(|m| (m.as_str(), path.as_str())))
        .collect();
    named.sort_unstable();
    assert_eq!(named, ROUTES);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_schema_that_is_referred_to_is_there() {
    let document = document().await;
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    assert!(found.len() > 20, "{found:?}");
    for reference in found {
        let place = reference.strip_prefix('#').unwrap_or_else(|| panic!("{reference} leads elsewhere"));
        assert!(document.pointer(place).is_some(), "{reference} leads nowhere");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_says_what_it_takes_and_answers() {
    let document = document().await;
    for (method, path) in ROUTES {
        let route = &document["paths"][path][method];
        assert!(route["summary"].is_string() || route["description"].is_string(), "{method} {path}");
        assert!(route["responses"]["200"]["content"].is_object(), "{method} {path}: {route}");
        if method == "post" {
            assert!(route["requestBody"]["content"]["application/json"]["schema"].is_object(), "{path}");
        }
        if path.contains("{id}") {
            assert_eq!(route["parameters"][0]["name"], "id", "{path}");
        }
    }
}
