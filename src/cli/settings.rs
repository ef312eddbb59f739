//! Where the registry is and who asks: flags, then the environment, then the config file, then defaults.

pub mod console;
mod limits;
pub mod speed;
mod tls;

pub use limits::LimitsSettings;
pub use tls::Tls;

use crate::client::{BadToken, Deadlines, Line, Token};
use clap::Args;
use console::ConsoleSettings;
use serde::Deserialize;
use std::ffi::OsString;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Flags that every sub-command takes.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Registry and officer")]
pub struct Flags {
    /// URL of the registry, such as `https://registry.example:8417` (IARMS_CONNECT).
    #[arg(long, global = true, value_name = "URL")]
    pub connect: Option<String>,
    /// File that holds the token and that only you can read (IARMS_TOKEN_FILE).
    #[arg(long, global = true, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
    /// File of the authorities, in PEM, that may have signed for the registry (IARMS_CA; without it
    /// those that this machine trusts).
    #[arg(long, global = true, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// Config file to use instead of the usual one (IARMS_CONFIG).
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Why guns are searched: SEIZURE, CRIME, BORDER and so on (IARMS_PURPOSE).
    #[arg(long, global = true, value_name = "CODE")]
    pub purpose: Option<String>,
    /// Your case reference (IARMS_CASE).
    #[arg(long, global = true, value_name = "REF")]
    pub case: Option<String>,
}

/// The config file. Every key is optional; `config.example.toml` says what each is for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// URL of the registry.
    pub connect: Option<String>,
    /// File that holds the token.
    pub token_file: Option<PathBuf>,
    /// Store of a registry on this machine.
    pub store: Option<String>,
    /// Where a registry listens.
    pub listen: Option<String>,
    /// Usual purpose of a search.
    pub purpose: Option<String>,
    /// Usual case reference.
    pub case: Option<String>,
    /// The officer's terminal.
    pub console: Option<ConsoleSettings>,
    /// Certificates and keys.
    #[serde(default)]
    pub tls: Tls,
    /// How much a registry takes in at once.
    #[serde(default)]
    pub limits: LimitsSettings,
    /// Whether a console throws away what was seen when it ends.
    pub wipe_at_leave: Option<bool>,
}

/// What holds, after flags, environment and config file were laid over one another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// URL of the registry.
    pub connect: Option<String>,
    /// The token, when it came from the environment.
    token: Option<Token>,
    /// File that holds the token.
    pub token_file: Option<PathBuf>,
    /// Store of a registry on this machine.
    pub store: Option<String>,
    /// The same when the environment names it, not the config file.
    pub store_here: Option<String>,
    /// Where a registry listens.
    pub listen: Option<String>,
    /// Purpose of searches.
    pub purpose: Option<String>,
    /// Case reference.
    pub case: Option<String>,
    /// The officer's terminal.
    pub console: ConsoleSettings,
    /// Certificates and keys.
    pub tls: Tls,
    /// How much a registry takes in at once.
    pub limits: LimitsSettings,
    /// Whether a console throws away what was seen when it ends.
    pub wipe_at_leave: bool,
}

/// Why the settings cannot be used, with what to do.
#[derive(Debug, thiserror::Error)]
pub enum SettingsFault {
    /// The config file cannot be read.
    #[error("the config file {} cannot be read", file.display())]
    Unreadable {
        /// Which.
        file: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The config file is wrong.
    #[error("{}, line {line}: {said}", file.display())]
    Broken {
        /// Which.
        file: PathBuf,
        /// Line, from 1.
        line: usize,
        /// What is wrong.
        said: String,
    },
    /// A variable is no text.
    #[error("{name} is not UTF-8")]
    NotText {
        /// Its name.
        name: &'static str,
    },
    /// No registry is named.
    #[error("no registry is named; give --connect URL, IARMS_CONNECT, or `connect` in the config file")]
    NoAddress,
    /// No token is there.
    #[error(
        "no token is there; give IARMS_TOKEN, IARMS_TOKEN_FILE, or --token-file FILE, with the token that your NCB gave you"
    )]
    NoToken,
    /// The token file cannot be read.
    #[error("the token file {} cannot be read", file.display())]
    TokenUnreadable {
        /// Which.
        file: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Others may read the token file.
    #[error("others may read the token file {} (mode {mode:03o}); make it yours alone: chmod 600 {}", file.display(), file.display())]
    TokenOpen {
        /// Which.
        file: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// Others may read the registry's private key.
    #[error("others may read the private key {} (mode {mode:03o}); make it the registry's alone: chmod 600 {}", file.display(), file.display())]
    KeyOpen {
        /// Which.
        file: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// A certificate without its key, or the other way round.
    #[error("certificate and key go together: give --certificate FILE and --key FILE, or neither")]
    HalfCertificate,
    /// What was given as a token is none.
    #[error("{0}")]
    TokenShape(#[from] BadToken),
    /// No purpose is given.
    #[error(
        "nothing is searched without a purpose; give --purpose CODE or IARMS_PURPOSE, one of: {}",
        purposes()
    )]
    NoPurpose,
    /// No case is given.
    #[error("nothing is searched without a case; give --case REF or IARMS_CASE")]
    NoCase,
}

fn purposes() -> String {
    let codes: Vec<&str> =
        crate::reference::purpose::all().iter().map(|purpose| purpose.code.as_str()).collect();
    codes.join(", ")
}

impl Flags {
    /// Lays flags, the environment of this process and the config file over one another.
    ///
    /// # Errors
    /// A [`SettingsFault`]; a broken config file names its line.
    pub fn read(&self) -> Result<Settings, SettingsFault> {
        self.over(std::env::var_os::<&str>)
    }

    /// The same with an environment that is given.
    ///
    /// # Errors
    /// A [`SettingsFault`].
    pub fn over(
        &self,
        variable: impl Fn(&'static str) -> Option<OsString>,
    ) -> Result<Settings, SettingsFault> {
        let path = |name| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let text = |name: &'static str| {
            let value = variable(name).filter(|value| !value.is_empty());
            value.map(|value| value.into_string().map_err(|_| SettingsFault::NotText { name })).transpose()
        };
        let home = path("HOME");
        let named = self.config.clone().or_else(|| path("IARMS_CONFIG"));
        let usual = path("XDG_CONFIG_HOME").or_else(|| home.as_ref().map(|home| home.join(".config")));
        let config = match (named, usual.map(|folder| folder.join("iarms/config.toml"))) {
            (Some(file), _) => Config::read(&file)?,
            (None, Some(file)) if file.exists() => Config::read(&file)?,
            (None, _) => Config::default(),
        };
        let token = match text("IARMS_TOKEN")? {
            Some(token) if self.token_file.is_none() => Some(Token::new(&token)?),
            _ => None,
        };
        let token_file = self.token_file.clone().or_else(|| path("IARMS_TOKEN_FILE")).or(config.token_file);
        let store_here = text("IARMS_STORE")?;
        let mut tls = config.tls.below(home.as_deref());
        tls.ca = self.ca.clone().or_else(|| path("IARMS_CA")).or(tls.ca);
        Ok(Settings {
            connect: self.connect.clone().or(text("IARMS_CONNECT")?).or(config.connect),
            token,
            token_file: token_file.map(|file| below_home(&file, home.as_deref())),
            store: store_here.clone().or(config.store),
            store_here,
            listen: text("IARMS_LISTEN")?.or(config.listen),
            purpose: self.purpose.clone().or(text("IARMS_PURPOSE")?).or(config.purpose),
            case: self.case.clone().or(text("IARMS_CASE")?).or(config.case),
            console: config.console.unwrap_or_default(),
            tls,
            limits: config.limits,
            wipe_at_leave: config.wipe_at_leave.unwrap_or_default(),
        })
    }
}

/// Reads `~/` at the start of a path as a shell would.
fn below_home(file: &Path, home: Option<&Path>) -> PathBuf {
    match (file.strip_prefix("~"), home) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => file.to_owned(),
    }
}

impl Config {
    /// Reads a config file.
    ///
    /// # Errors
    /// It cannot be read, or a line of it is wrong.
    pub fn read(file: &Path) -> Result<Self, SettingsFault> {
        let text = std::fs::read_to_string(file)
            .map_err(|source| SettingsFault::Unreadable { file: file.to_owned(), source })?;
        toml::from_str(&text).map_err(|error| {
            let before = error.span().map_or(0, |span| span.start).min(text.len());
            let line = text.as_bytes()[..before].iter().filter(|byte| **byte == b'\n').count() + 1;
            SettingsFault::Broken { file: file.to_owned(), line, said: error.message().to_owned() }
        })
    }
}

impl Settings {
    /// URL of the registry.
    ///
    /// # Errors
    /// None is named.
    pub fn connect(&self) -> Result<String, SettingsFault> {
        self.connect.clone().ok_or(SettingsFault::NoAddress)
    }

    /// The token, from the environment or its file.
    ///
    /// # Errors
    /// There is none, or others may read its file.
    pub fn token(&self) -> color_eyre::Result<Token> {
        if let Some(token) = &self.token {
            return Ok(token.clone());
        }
        let file = self.token_file.as_ref().ok_or(SettingsFault::NoToken)?;
        let unreadable = |source| SettingsFault::TokenUnreadable { file: file.clone(), source };
        let opened = std::fs::File::open(file).map_err(unreadable)?;
        let mode = opened.metadata().map_err(unreadable)?.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(SettingsFault::TokenOpen { file: file.clone(), mode }.into());
        }
        let mut text = String::new();
        opened.take(4096).read_to_string(&mut text).map_err(unreadable)?;
        Ok(Token::new(&text).map_err(SettingsFault::TokenShape)?)
    }

    /// A line to the registry.
    ///
    /// # Errors
    /// No registry or token is named, or they cannot be used.
    pub fn line(&self) -> color_eyre::Result<Line> {
        let trust = self.tls.trust();
        Ok(Line::trusting(&self.connect()?, &self.token()?, Deadlines::default(), &trust)?)
    }

    /// The purpose of searches.
    ///
    /// # Errors
    /// None is given.
    pub fn purpose(&self) -> Result<&str, SettingsFault> {
        self.purpose.as_deref().ok_or(SettingsFault::NoPurpose)
    }

    /// The case of searches.
    ///
    /// # Errors
    /// None is given.
    pub fn case(&self) -> Result<&str, SettingsFault> {
        self.case.as_deref().ok_or(SettingsFault::NoCase)
    }
}

#[cfg(test)]
mod tests;
