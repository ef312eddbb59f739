//! What a line carries, by deed: counted at a proxy between a client and a registry over TLS.

use crate::authority::Authority;
use crate::bench::{self, House, check, done, enter, question, send, stolen};
use crate::proxy::{Passed, Proxy};
use iarms::client::{Backoff, Deadlines, Feed, FeedMessage, FeedPolicy, Line, Token, Trust};
use iarms::domain::command::Command;
use iarms::domain::gun::Gun;
use iarms::domain::hit::{HitCommand, Priority};
use iarms::domain::private::Private;
use iarms::domain::text::Text;
use iarms::registry::certificate::Certificate;
use iarms::wire::exchange::Exchange;
use iarms::wire::news::News;
use std::time::Duration;
use tokio::net::TcpListener;

/// How long nothing may pass before a deed counts as over.
const SILENCE: Duration = Duration::from_millis(150);

/// A registry over TLS, and a proxy before it.
pub(crate) struct Measured {
    pub house: House,
    pub proxy: Proxy,
    trust: Trust,
}

impl Measured {
    pub(crate) async fn open(exchange: Exchange) -> Self {
        let house = House::open().await;
        let files = Authority::in_folder(house.folder.path());
        let certificate = Certificate::read(&files.certificate, &files.key, exchange).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let serving = house.registry.clone();
        tokio::spawn(async move { serving.serve_with(listener, Some(certificate)).await });
        let trust = Trust { authority: Some(files.ca), exchange };
        Self { house, proxy: Proxy::before(address).await, trust }
    }

    /// A line through the proxy.
    pub(crate) async fn line(&self, country: &str) -> Line {
        let token = Token::new(&self.house.token(country).await).unwrap();
        let url = format!("https://{}", self.proxy.address);
        Line::trusting(&url, &token, Deadlines::default(), &self.trust).unwrap()
    }

    /// What passes until nothing more does, from an earlier count on.
    pub(crate) async fn since(&self, before: Passed) -> Passed {
        self.proxy.settled(SILENCE).await.since(before)
    }
}

/// A policy that comes back at once.
pub(crate) fn eager() -> FeedPolicy {
    let at_once = Duration::from_millis(1);
    FeedPolicy { backoff: Backoff::new(at_once, at_once), ..FeedPolicy::default() }
}

/// Waits for the next news that is of a kind.
pub(crate) async fn until(feed: &mut Feed, wanted: fn(&News) -> bool) {
    loop {
        match feed.next().await.expect("a feed that runs") {
            FeedMessage::News(news) if wanted(&news) => return,
            _ => {}
        }
    }
}

pub(crate) fn is_hello(news: &News) -> bool {
    matches!(news, News::Hello(_))
}

fn is_hit(news: &News) -> bool {
    matches!(news, News::Hit { .. })
}

/// A line that was cut: the connection, the session resumed, the feed where it broke off.
pub(crate) async fn back_after_a_drop(exchange: Exchange) -> Passed {
    let measured = Measured::open(exchange).await;
    let mut feed = Feed::start(measured.line("CR").await, None, eager());
    until(&mut feed, is_hello).await;
    measured.proxy.settled(SILENCE).await;
    let before = measured.proxy.passed();
    measured.proxy.cut();
    until(&mut feed, is_hello).await;
    measured.since(before).await
}

/// Guns of many makes, whose numbers one question finds.
pub(crate) fn alike(count: usize) -> Vec<Gun> {
    const GUNS: [(&str, &str, &str); 8] = [
        ("Browning", "Hi-Power", "9x19"),
        ("Glock", "17", "9x19"),
        ("Beretta", "92FS", "9x19"),
        ("Ceska zbrojovka", "75B", "9x19"),
        ("Taurus", "PT92", "9x19"),
        ("Smith & Wesson", "5906", "9x19"),
        ("Walther", "P99", "9x19"),
        ("Star", "30M", "9x19"),
    ];
    let gun = |at: usize| {
        let (make, model, calibre) = GUNS[at % GUNS.len()];
        let mut gun = bench::browning(&format!("KD73{:03}", at * 7919 % 1000));
        gun.make = Some(Text::from(make));
        gun.model = Some(Text::from(model));
        gun.calibre = Some(Text::from(calibre));
        gun
    };
    (0..count).map(gun).collect()
}

/// Hits one after another, as the owner of the records hears of them; nothing else passes.
pub(crate) async fn hits(count: usize) -> Vec<Passed> {
    let measured = Measured::open(Exchange::Hybrid).await;
    let (owner, finder) = (measured.house.line("CR").await, measured.house.line("PA").await);
    let mut feed = Feed::start(measured.line("CR").await, None, eager());
    until(&mut feed, is_hello).await;
    let mut passed = Vec::new();
    for (at, gun) in alike(count).into_iter().enumerate() {
        let mut report = stolen(gun.clone());
        report.case = Text::new(format!("{:04}/26", 311 + at * 17));
        done(send(&owner, enter(report)).await);
        measured.house.pass_oddly(7);
        let before = measured.proxy.settled(SILENCE).await;
        let mut question = question(gun);
        question.case = Text::new(format!("{:04}/26", 143 + at * 13));
        assert_eq!(check(&finder, question).await.hits.len(), 1);
        until(&mut feed, is_hit).await;
        passed.push(measured.since(before).await);
    }
    passed
}

/// Heartbeats: those of 15 s, since one of 60 s says the same with other figures.
pub(crate) async fn beats(count: usize) -> Vec<Passed> {
    let measured = Measured::open(Exchange::Hybrid).await;
    let (owner, finder) = (measured.house.line("CR").await, measured.house.line("PA").await);
    let gun = bench::browning("KD73519");
    done(send(&owner, enter(stolen(gun.clone()))).await);
    let hit = check(&finder, question(gun)).await.hits[0].hit;
    let reason = Private::new("held for it alone");
    let ask = HitCommand::Ask { hit, revision: 1, priority: Priority::Urgent, reason };
    done(send(&finder, Command::Hit(ask)).await);
    let mut feed = Feed::start(measured.line("CR").await, None, eager());
    until(&mut feed, is_hello).await;
    let mut passed = Vec::new();
    for _ in 0..count {
        let before = measured.proxy.settled(SILENCE).await;
        measured.house.pass_oddly(1);
        until(&mut feed, |news| matches!(news, News::Beat { .. })).await;
        passed.push(measured.since(before).await);
    }
    passed
}

/// A check that lists so many candidates, on a line that was used before.
pub(crate) async fn search(listed: u16) -> Passed {
    let measured = Measured::open(Exchange::Hybrid).await;
    let owners = ["CR", "SE", "DE", "BR"].map(|country| measured.house.line(country));
    let owners = futures_util::future::join_all(owners).await;
    for (at, gun) in alike(usize::from(listed) + 5).into_iter().enumerate() {
        let mut report = stolen(gun);
        report.source_id = Some(Text::new(format!("EX-{:07}", at * 4_917_353 % 9_999_991)));
        report.date = format!("{}-0{}-1{}", 1994 + at * 17 % 31, 1 + at % 9, at % 9).parse().ok();
        done(send(&owners[at * 7 % 4], enter(report)).await);
    }
    let line = measured.line("PA").await;
    line.hits().await.unwrap();
    let before = measured.proxy.settled(SILENCE).await;
    // A number that cannot be read in places, of a gun of which something is known.
    let mut asked = question(Gun { numbers: vec![bench::number("KD73???")], ..alike(1).remove(0) });
    asked.limit = listed;
    let answer = check(&line, asked).await;
    assert_eq!(answer.candidates.len(), usize::from(listed));
    measured.since(before).await
}
