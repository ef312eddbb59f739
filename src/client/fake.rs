//! A small registry in the test's own process, which answers as it is told.

use super::{Deadlines, Line, Token};
use crate::domain::agency::{Party, Role};
use crate::domain::ids::{AgencyId, CommandId, OfficerId};
use crate::domain::time::Moment;
use crate::wire::news::{Cursor, Hello, News};
use axum::Router;
use std::time::Duration;
use tokio::net::TcpListener;
use uuid::Uuid;

/// Serves the routes on a port of this machine until the test ends; returns the URL.
pub(super) async fn serve(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

pub(super) fn line(url: &str) -> Line {
    let deadlines = Deadlines {
        connect: Duration::from_millis(300),
        answer: Duration::from_millis(200),
        silence: Duration::from_millis(200),
        whole: Duration::from_secs(2),
    };
    Line::new(url, &Token::new("test").unwrap(), deadlines).unwrap()
}

pub(super) fn id(n: u128) -> CommandId {
    CommandId(Uuid::from_u128(n))
}

pub(super) fn at(sequence: u64) -> Cursor {
    Cursor { epoch: 1, sequence }
}

pub(super) fn hello(sequence: u64, beat_seconds: u32) -> News {
    let country = "CR".parse().unwrap();
    News::Hello(Hello {
        officer: OfficerId(1),
        name: "Ana Mora".into(),
        party: Party { agency: AgencyId::ncb(country), ncb: country },
        agency: "San José".into(),
        country,
        role: Role::Duty,
        training: true,
        cursor: at(sequence),
        head: "00".into(),
        now: Moment(0),
        records: 7,
        beat_seconds,
    })
}

pub(super) fn withdraw(sequence: u64) -> News {
    News::Withdraw { cursor: at(sequence), hits: vec![], record: None }
}

pub(super) fn event(news: &News) -> String {
    format!("data: {}\n\n", serde_json::to_string(news).unwrap())
}
