//! The exercise on a registry of its own: what an officer at the home desk gets to hear.

use iarms::cli::stand;
use iarms::client::{Deadlines, Feed, FeedMessage, FeedPolicy, Line, Token};
use iarms::domain::ids::CountryCode;
use iarms::exercise::{act, sample};
use iarms::registry::limits::Limits;
use iarms::registry::store::Address;
use iarms::registry::{Registry, Settings, machine_clock};
use iarms::wire::news::{HitNews, News};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn home_hears_of_a_hit_within_twenty_seconds() {
    let folder = tempfile::tempdir().unwrap();
    let store = Address::file(folder.path().join("registry.db"));
    let registry =
        Registry::open(Settings { store, training: true, clock: machine_clock(), limits: Limits::default() })
            .await
            .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let serving = tokio::spawn({
        let registry = registry.clone();
        async move { registry.serve(listener).await }
    });
    let home: CountryCode = "CR".parse().unwrap();
    let reports = sample::records(2, 150);
    let mut countries: Vec<CountryCode> = reports.iter().map(|(country, _)| *country).collect();
    countries.sort_unstable();
    countries.dedup();
    let officers = stand::admit(&registry, &countries).await.unwrap().officers;
    let lines: Vec<(CountryCode, Line)> = officers
        .iter()
        .map(|(country, token)| {
            (*country, Line::new(&url, &Token::new(token).unwrap(), Deadlines::default()).unwrap())
        })
        .collect();
    assert_eq!(sample::enter(&lines, reports.clone()).await.unwrap(), 150);
    assert_eq!(sample::enter(&lines, reports).await.unwrap(), 0, "a second time nothing is new");

    let (ours, others): (Vec<_>, Vec<_>) = lines.into_iter().partition(|(country, _)| *country == home);
    let stop = CancellationToken::new();
    let acting = tokio::spawn(act::run(others, home, 2, stop.clone()));
    let mut feed = Feed::start(ours[0].1.clone(), None, FeedPolicy::default());
    let began = Instant::now();
    let raised = async {
        loop {
            if let Some(FeedMessage::News(news)) = feed.next().await
                && let News::Hit { what: HitNews::Raised, row, .. } = *news
            {
                return row;
            }
        }
    };
    let row = timeout(Duration::from_secs(25), raised).await.expect("a hit in time");
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    assert_eq!(row.hit.owner.ncb, home);
    stop.cancel();
    timeout(Duration::from_secs(5), acting).await.expect("it stops when told").unwrap();
    registry.stop().await;
    serving.await.unwrap().unwrap();
}
