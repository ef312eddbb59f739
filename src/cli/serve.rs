//! `iarms serve`: runs a registry until it is told to stop.

use super::report::Ending;
use super::stand::{self, Stand};
use crate::domain::ids::CountryCode;
use crate::registry::store::Address;
use crate::registry::{Registry, Settings, machine_clock};
use clap::Args;
use color_eyre::eyre::{WrapErr, bail};
use serde_json::json;
use std::io::Write;
use std::net::SocketAddr;
use tokio::net::TcpListener;

/// Run a registry. The first line on standard output is one JSON object with its address.
///
/// Without certificates it listens on this machine only; stations reach it through an SSH
/// tunnel. Example: iarms serve --store sqlite:/var/lib/iarms/registry.db --listen 127.0.0.1:8417
#[derive(Debug, Args)]
pub struct ServeArguments {
    /// Where to listen; port 0 picks a free one.
    #[arg(long, env = "IARMS_LISTEN", default_value = "127.0.0.1:8417")]
    pub listen: SocketAddr,
    /// The store: sqlite:FILE.
    #[arg(long, env = "IARMS_STORE")]
    pub store: Option<String>,
    /// To try things on: a new store if none is named, an agency for every country, and a
    /// ready officer for each --as, whose tokens stand in the first line.
    #[arg(long)]
    pub dev: bool,
    /// With --dev: a country to have an officer of; may be repeated.
    #[arg(long = "as", value_name = "CC", requires = "dev", default_value = "CR")]
    pub countries: Vec<CountryCode>,
}

/// Serves until a signal comes.
///
/// # Errors
/// The store or the address cannot be used.
pub async fn run(arguments: ServeArguments) -> color_eyre::Result<Ending> {
    if !arguments.listen.ip().is_loopback() {
        bail!(
            "--listen {}: a registry without certificates listens on this machine only; give 127.0.0.1:PORT",
            arguments.listen
        );
    }
    let kept;
    let store: Address = match (&arguments.store, arguments.dev) {
        (Some(store), _) => store.parse()?,
        (None, true) => {
            kept = stand::scratch("serve")?;
            Address::file(kept.join("registry.db"))
        }
        (None, false) => stand::usual_store()?,
    };
    let settings = Settings { store: store.clone(), training: arguments.dev, clock: machine_clock() };
    let registry =
        Registry::open(settings).await.wrap_err_with(|| format!("cannot open {}", store.path().display()))?;
    let listener = TcpListener::bind(arguments.listen)
        .await
        .wrap_err_with(|| format!("cannot listen on {}", arguments.listen))?;
    let url = format!("http://{}", listener.local_addr()?);
    let first = if arguments.dev {
        let Stand { officers } = stand::admit(&registry, &arguments.countries).await?;
        let tokens: serde_json::Map<_, _> =
            officers.iter().map(|(country, token)| (country.to_string(), json!(token))).collect();
        let token = officers.first().map(|(_, token)| token.clone());
        json!({"url": url, "store": format!("sqlite:{}", store.path().display()), "token": token, "tokens": tokens})
    } else {
        json!({"url": url})
    };
    let mut out = std::io::stdout().lock();
    writeln!(out, "{first}")
        .and_then(|()| out.flush())
        .wrap_err("cannot write the address to standard output")?;
    drop(out);
    let serving = tokio::spawn({
        let registry = registry.clone();
        async move { registry.serve(listener).await }
    });
    stand::until_told_to_stop().await?;
    registry.stop().await;
    serving.await??;
    Ok(Ending::Answered)
}
