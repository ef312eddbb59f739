//! `iarms demo`: the console on a registry of its own, with sample data and other countries that act.

use super::report::Ending;
use super::scratch::Scratch;
use super::settings::Settings as Given;
use super::stand;
use crate::client::desk::Folders;
use crate::client::{Deadlines, Line, Token};
use crate::console::look::Look;
use crate::console::pacing::Pacing;
use crate::domain::agency::Role;
use crate::domain::ids::{AgencyId, CountryCode};
use crate::exercise::{act, sample};
use crate::registry::limits::Limits;
use crate::registry::store::Address;
use crate::registry::{Registry, Settings, admin, machine_clock};
use clap::Args;
use color_eyre::eyre::WrapErr;
use std::net::Ipv4Addr;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// Open the console on a registry of its own: sample records of many countries, and other
/// countries that check, record and answer. Nothing in it is real.
///
/// Example: iarms demo --seed 7 --quiet
#[derive(Debug, Args)]
pub struct DemoArguments {
    /// The same number gives the same records and the same exercise.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Nobody else acts.
    #[arg(long)]
    pub quiet: bool,
    /// Records to begin with.
    #[arg(long, default_value_t = 2000, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub records: u32,
    /// Keep the registry in this store: sqlite:FILE; without it everything goes when you leave.
    #[arg(long)]
    pub store: Option<String>,
}

/// The country whose desk the demo shows.
const HOME: &str = "CR";
/// The officer at that desk.
const OFFICER: &str = "A. Mora";

/// Runs the demo until the officer leaves.
///
/// # Errors
/// The store cannot be made, or there is no terminal.
pub async fn run(arguments: DemoArguments, given: &Given) -> color_eyre::Result<Ending> {
    let scratch = match arguments.store {
        Some(_) => None,
        None => Some(Scratch::new("demo")?),
    };
    stay(&arguments, scratch.as_ref().map(Scratch::path), given.console.look(), given.console.pacing()).await
}

async fn stay(
    arguments: &DemoArguments,
    scratch: Option<&std::path::Path>,
    look: Look,
    pacing: Pacing,
) -> color_eyre::Result<Ending> {
    let store: Address = match (&arguments.store, scratch) {
        (Some(store), _) => store.parse()?,
        (None, Some(folder)) => Address::file(folder.join("registry.db")),
        (None, None) => stand::usual_store()?,
    };
    let settings =
        Settings { store: store.clone(), training: true, clock: machine_clock(), limits: Limits::default() };
    let registry =
        Registry::open(settings).await.wrap_err_with(|| format!("cannot open {}", store.path().display()))?;
    let listener =
        TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.wrap_err("cannot listen on this machine")?;
    let url = format!("http://{}", listener.local_addr()?);
    let serving = tokio::spawn({
        let registry = registry.clone();
        async move { registry.serve(listener).await }
    });
    // Some seconds on a small machine, and a black screen says nothing.
    super::tell("making a registry to try the console on ...");
    let home: CountryCode = HOME.parse()?;
    let reports = sample::records(arguments.seed, arguments.records);
    let mut countries: Vec<CountryCode> = reports.iter().map(|(country, _)| *country).collect();
    countries.sort_unstable();
    countries.dedup();
    let stand = stand::admit(&registry, &countries).await?;
    let mut lines = Vec::new();
    for (country, token) in &stand.officers {
        lines.push((*country, Line::new(&url, &Token::new(token)?, Deadlines::default())?));
    }
    sample::enter(&lines, reports).await?;
    let officer =
        admin::admit_officer(registry.writer(), OFFICER, home, AgencyId::ncb(home), Role::Duty).await?;
    let line = Line::new(&url, &Token::new(&officer.token)?, Deadlines::default())?;
    let stop = CancellationToken::new();
    let acting = (!arguments.quiet).then(|| {
        let others = lines.into_iter().filter(|(country, _)| *country != home).collect();
        tokio::spawn(act::run(others, home, arguments.seed, stop.clone()))
    });
    // What is only tried on leaves nothing behind; a registry that stays has a desk that stays.
    let folders = match scratch {
        Some(folder) => Folders { state: folder.join("desk"), cache: folder.join("seen") },
        None => super::console::folders()?.of(&store.path().display().to_string(), &Token::new("demo")?),
    };
    let status = super::console::open(line, folders, Some("TRAINING"), None, false, look, pacing).await;
    stop.cancel();
    let acted = match acting {
        Some(acting) => acting.await,
        None => Ok(()),
    };
    registry.stop().await;
    serving.await??;
    let status = status?;
    acted.wrap_err("the exercise failed")?;
    Ok(Ending::Status(status))
}
