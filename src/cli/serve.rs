//! `iarms serve`: runs a registry until it is told to stop.

use super::report::Ending;
use super::scratch::Scratch;
use super::settings::Settings as Given;
use super::stand::{self, Signals, Stand};
use super::{descriptors, log, private, values};
use crate::domain::ids::CountryCode;
use crate::registry::store::Address;
use crate::registry::{Registry, Settings, machine_clock};
use clap::Args;
use color_eyre::eyre::{WrapErr, bail};
use serde_json::json;
use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use tokio::net::TcpListener;

/// Run a registry. The first line on standard output is one JSON object with its address.
///
/// With a certificate it speaks TLS wherever it is told to listen; without one it listens on this
/// machine only, and stations reach it through an SSH tunnel.
/// Example: iarms serve --store sqlite:/var/lib/iarms/registry.db --listen 0.0.0.0:8417 --certificate registry.pem --key registry.key
#[derive(Debug, Args)]
pub struct ServeArguments {
    /// Where to listen; port 0 picks a free one [IARMS_LISTEN, else 127.0.0.1:8417].
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<SocketAddr>,
    /// The store: sqlite:FILE (IARMS_STORE).
    #[arg(long, value_name = "STORE")]
    pub store: Option<String>,
    /// Certificate of this registry, in PEM: its own first, then those between it and the authority.
    #[arg(long, value_name = "FILE")]
    pub certificate: Option<PathBuf>,
    /// Private key of the certificate, in PEM, that nobody but the registry can read.
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    /// To try things on: an agency for every country, and a ready officer for each --as, whose
    /// tokens stand in the first line. The store is a new one, which goes at the end, if neither
    /// --store nor IARMS_STORE names one: the config file's belongs to a registry in earnest.
    #[arg(long)]
    pub dev: bool,
    /// With --dev: a country to have an officer of; may be repeated.
    #[arg(long = "as", value_name = "CC", requires = "dev", default_value = "CR", value_parser = values::country)]
    pub countries: Vec<CountryCode>,
}

/// Where a registry listens when nobody says.
const USUAL: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8417);

/// Serves until a signal comes.
///
/// # Errors
/// The store or the address cannot be used.
pub async fn run(arguments: ServeArguments, given: &Given) -> color_eyre::Result<Ending> {
    let mut tls = given.tls.clone();
    if arguments.certificate.is_some() || arguments.key.is_some() {
        // What is said here stands for both: half a pair from the config file fits no other half.
        (tls.certificate, tls.key) = (arguments.certificate, arguments.key);
    }
    let certificate = tls.certificate()?;
    let listen = listen(arguments.listen, given, certificate.is_some())?;
    log::to_standard_error()?;
    // It goes at the end, when the registry has closed its store.
    let scratch;
    let named = arguments.store.as_deref();
    let store: Address = match named.or(given.store_here.as_deref()) {
        Some(store) if arguments.dev => store.parse()?,
        None if arguments.dev => {
            scratch = Scratch::new("serve")?;
            Address::file(scratch.path().join("registry.db"))
        }
        _ => stand::store_to_make(named, given)?,
    };
    let limits = descriptors::grant(given.limits.limits());
    let settings = Settings { store: store.clone(), training: arguments.dev, clock: machine_clock(), limits };
    let registry =
        Registry::open(settings).await.wrap_err_with(|| format!("cannot open {}", store.path().display()))?;
    for (file, mode) in private::open_to_others(store.path()) {
        // Made by hand or by an older program; whose it is decides, so nothing is changed here.
        let (file, mode) = (file.display().to_string(), format!("{mode:o}"));
        tracing::warn!(file, mode, "others than its owner may open a file of the store; run chmod 600 on it");
    }
    let listener = TcpListener::bind(listen).await.wrap_err_with(|| format!("cannot listen on {listen}"))?;
    let scheme = if certificate.is_some() { "https" } else { "http" };
    let url = format!("{scheme}://{}", listener.local_addr()?);
    let first = if arguments.dev {
        let Stand { officers } = stand::admit(&registry, &arguments.countries).await?;
        let tokens: serde_json::Map<_, _> =
            officers.iter().map(|(country, token)| (country.to_string(), json!(token))).collect();
        let token = officers.first().map(|(_, token)| token.clone());
        json!({"url": url, "store": format!("sqlite:{}", store.path().display()), "token": token, "tokens": tokens})
    } else {
        json!({"url": url})
    };
    // Whoever reads the first line may stop the registry at once, and in order.
    let mut signals = Signals::listen()?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{first}")
        .and_then(|()| out.flush())
        .wrap_err("cannot write the address to standard output")?;
    drop(out);
    let serving = tokio::spawn({
        let registry = registry.clone();
        async move { registry.serve_with(listener, certificate).await }
    });
    signals.first().await;
    registry.stop().await;
    serving.await??;
    Ok(Ending::Answered)
}

/// Where to listen: by the flag, else by environment or config file, else on the usual port.
fn listen(flag: Option<SocketAddr>, given: &Given, secured: bool) -> color_eyre::Result<SocketAddr> {
    let listen = match (flag, &given.listen) {
        (Some(address), _) => address,
        (None, Some(text)) => text.parse().wrap_err_with(|| {
            format!("listen {text}: give an address with a port, such as 127.0.0.1:8417")
        })?,
        (None, None) => USUAL,
    };
    if !secured && !listen.ip().is_loopback() {
        bail!(
            "listen {listen}: a registry without a certificate listens on this machine only; give --certificate and --key, or 127.0.0.1:PORT"
        );
    }
    Ok(listen)
}
