//! What a thin line carries: nothing more than was measured, packed only for those who accept it.

use crate::bench::{House, browning, check, done, enter, question, send, stolen};
use crate::measure;
use iarms::wire::exchange::Exchange;
use iarms::wire::packing::{Coding, Unpacker, accepted};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_was_cut_is_back_for_little() {
    for (exchange, most) in [(Exchange::Hybrid, 5500), (Exchange::X25519, 3000)] {
        let passed = measure::back_after_a_drop(exchange).await;
        assert_eq!(passed.connections, 1, "{exchange:?}: {passed:?}");
        assert!(passed.on_the_line() <= most, "{exchange:?}: {} of {most}, {passed:?}", passed.on_the_line());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hit_and_a_page_are_small() {
    let hits = measure::hits(4).await;
    for passed in &hits[1..] {
        assert!(passed.on_the_line() <= 300, "{} of 300, {passed:?}", passed.on_the_line());
    }
    let page = measure::search(25).await;
    assert!(page.on_the_line() <= 2200, "{} of 2200, {page:?}", page.on_the_line());
}

/// Opens the stream of news by hand; returns the head of the answer and the connection.
async fn open(house: &House, token: &str, accept: &str) -> (String, TcpStream) {
    let mut stream = TcpStream::connect(house.url.trim_start_matches("http://")).await.unwrap();
    let request = format!("GET /v1/feed HTTP/1.0\r\nauthorization: Bearer {token}\r\n{accept}\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    (String::from_utf8(head).unwrap().to_lowercase(), stream)
}

/// What a stream says once it has said some words.
async fn said(stream: &mut TcpStream, coding: Option<Coding>, words: &str) -> String {
    let mut unpacker = coding.map(Unpacker::new);
    let mut all = Vec::new();
    while !String::from_utf8_lossy(&all).contains(words) {
        let mut piece = [0; 4096];
        let read = timeout(Duration::from_secs(5), stream.read(&mut piece)).await.expect("in time").unwrap();
        assert!(read > 0, "it ended: {}", String::from_utf8_lossy(&all));
        match &mut unpacker {
            Some(unpacker) => unpacker.unpack(&piece[..read], 1 << 20, &mut all).unwrap(),
            None => all.extend_from_slice(&piece[..read]),
        }
    }
    String::from_utf8(all).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_reader_gets_the_stream_as_it_accepts_it() {
    let house = House::open().await;
    let (owner, finder) = (house.line("CR").await, house.line("PA").await);
    let token = house.token("CR").await;
    let primed = format!("accept-encoding: {}\r\n", accepted());
    let mut streams = Vec::new();
    for (accept, coding) in [
        ("", None),
        ("accept-encoding: identity\r\n", None),
        ("accept-encoding: deflate, gzip\r\n", Some(Coding::Gzip)),
        (&primed[..], Some(Coding::Primed)),
    ] {
        let (head, stream) = open(&house, &token, accept).await;
        assert!(head.contains("content-type: text/event-stream"), "{head}");
        let named = coding.map(|coding| format!("content-encoding: {}", coding.name()));
        assert_eq!(head.contains("content-encoding"), named.is_some(), "{head}");
        assert!(named.is_none_or(|named| head.contains(&named)), "{head}");
        streams.push((stream, coding));
    }
    done(send(&owner, enter(stolen(browning("KD73519")))).await);
    check(&finder, question(browning("KD73519"))).await;
    for (stream, coding) in &mut streams {
        // The last event is there, although the stream goes on.
        let said = said(stream, *coding, "\"what\":\"raised\"").await;
        assert!(said.starts_with("data: {\"news\":\"hello\"") && said.ends_with("}\n\n"), "{said}");
    }
}
