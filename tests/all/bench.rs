//! A registry of a test's own: temporary store, loopback socket, officers with lines.

use iarms::client::{Deadlines, Line, Token};
use iarms::domain::agency::{Agency, Contact, OfficeCommand, Role};
use iarms::domain::check::Question;
use iarms::domain::command::{Command, Envelope};
use iarms::domain::gun::{Gun, Number, Place};
use iarms::domain::ids::{AgencyId, CommandId, CountryCode};
use iarms::domain::private::Private;
use iarms::domain::record::{Caveat, Circumstance, Entry, RecordCommand, Report};
use iarms::domain::text::Text;
use iarms::domain::time::Moment;
use iarms::registry::limits::Limits;
use iarms::registry::store::Address;
use iarms::registry::{Registry, Settings, admin};
use iarms::wire::check::{CheckAnswer, CheckItem};
use iarms::wire::command::{Done, Outcome};
use iarms::wire::problem::Problem;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tempfile::TempDir;
use tokio::net::TcpListener;
use uuid::Uuid;

/// 2026-11-20T09:00:00Z, where every test's clock begins.
pub(crate) const START: Moment = Moment(1_795_165_200_000_000);

/// A running registry.
pub(crate) struct House {
    pub registry: Registry,
    pub url: String,
    pub folder: Arc<TempDir>,
    clock: Arc<AtomicI64>,
}

pub(crate) fn country(code: &str) -> CountryCode {
    code.parse().unwrap()
}

pub(crate) fn new_id() -> CommandId {
    CommandId(Uuid::now_v7())
}

impl House {
    /// A registry on a new store.
    pub(crate) async fn open() -> Self {
        Self::on(Arc::new(tempfile::tempdir().unwrap())).await
    }

    /// A registry on the store in a folder.
    pub(crate) async fn on(folder: Arc<TempDir>) -> Self {
        let clock = Arc::new(AtomicI64::new(START.0));
        let hand = Arc::clone(&clock);
        let settings = Settings {
            store: Address::file(folder.path().join("registry.db")),
            training: true,
            clock: Arc::new(move || Moment(hand.load(Ordering::SeqCst))),
            limits: Limits::default(),
        };
        let registry = Registry::open(settings).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let serving = registry.clone();
        tokio::spawn(async move { serving.serve(listener).await });
        Self { registry, url, folder, clock }
    }

    /// Lets so many minutes pass, and an odd moment more, as it is on every other clock.
    pub(crate) fn pass_oddly(&self, minutes: i64) {
        self.clock.fetch_add(minutes * 60_000_000 + 8_417_353, Ordering::SeqCst);
    }

    pub(crate) fn pass(&self, minutes: i64) {
        self.clock.fetch_add(minutes * 60_000_000, Ordering::SeqCst);
    }

    /// A new officer's token.
    pub(crate) async fn token(&self, code: &str) -> String {
        self.token_of(code, &AgencyId::ncb(country(code)), Role::Duty).await
    }

    pub(crate) async fn token_of(&self, code: &str, agency: &AgencyId, role: Role) -> String {
        let ncb = country(code);
        let new = Agency {
            id: agency.clone(),
            ncb,
            name: Text::new(format!("Unit {agency}")),
            contact: Contact::default(),
        };
        let writer = self.registry.writer();
        admin::all_in(writer.offices(vec![OfficeCommand::AdmitAgency { agency: new }]).await).unwrap();
        admin::admit_officer(writer, &format!("Officer {code}"), ncb, agency.clone(), role)
            .await
            .unwrap()
            .token
    }

    /// A new officer's line.
    pub(crate) async fn line(&self, code: &str) -> Line {
        let token = self.token(code).await;
        self.line_with(&token)
    }

    pub(crate) fn line_with(&self, token: &str) -> Line {
        Line::new(&self.url, &Token::new(token).unwrap(), Deadlines::default()).unwrap()
    }
}

pub(crate) fn number(as_seen: &str) -> Number {
    Number { as_seen: Text::from(as_seen), place: Place::Frame }
}

/// A Browning Hi-Power with this number.
pub(crate) fn browning(serial: &str) -> Gun {
    Gun {
        numbers: vec![number(serial)],
        make: Some(Text::from("Browning")),
        model: Some(Text::from("Hi-Power")),
        calibre: Some(Text::from("9x19")),
        gun_type: Some("PI".parse().unwrap()),
        ..Gun::default()
    }
}

pub(crate) fn stolen(gun: Gun) -> Report {
    Report {
        circumstance: Circumstance::Stolen,
        gun,
        date: Some("2026-01-14".parse().unwrap()),
        place: Private::new("San Jose"),
        batch: None,
        basis: vec![],
        context: None,
        case: Text::from("0311/26"),
        remark: Private::default(),
        caveat: Caveat::default(),
        source_id: None,
        entry: Entry::Desk,
    }
}

pub(crate) fn question(gun: Gun) -> Question {
    Question {
        gun,
        purpose: Text::from("SEIZURE"),
        case: Text::from("0143/26"),
        found: Some("2026-11-20".parse().unwrap()),
        stand_days: 90,
        limit: 10,
    }
}

pub(crate) fn enter(report: Report) -> Command {
    Command::Record(RecordCommand::Enter { report: Box::new(report), knowing: vec![] })
}

/// Sends one command.
pub(crate) async fn send(line: &Line, command: Command) -> Outcome<Done> {
    send_as(line, new_id(), command).await
}

pub(crate) async fn send_as(line: &Line, id: CommandId, command: Command) -> Outcome<Done> {
    let envelope = Envelope { id, command, rehearse: false };
    line.commands(vec![envelope]).await.unwrap().answers.remove(0).outcome
}

pub(crate) fn done<T: std::fmt::Debug>(outcome: Outcome<T>) -> T {
    match outcome {
        Outcome::Done { result } => result,
        other => panic!("not done: {other:?}"),
    }
}

pub(crate) fn refused<T: std::fmt::Debug>(outcome: Outcome<T>) -> Problem {
    match outcome {
        Outcome::Refused { problem } => problem,
        other => panic!("not refused: {other:?}"),
    }
}

/// Makes one check.
pub(crate) async fn check(line: &Line, question: Question) -> CheckAnswer {
    match check_outcome(line, question).await {
        Outcome::Done { result } => result,
        other => panic!("no answer: {other:?}"),
    }
}

pub(crate) async fn check_outcome(line: &Line, question: Question) -> Outcome<CheckAnswer> {
    let item = CheckItem { id: new_id(), question };
    line.checks(vec![item]).await.unwrap().answers.remove(0).outcome
}
