//! `iarms doctor`: measures terminal, SSH line and registry, and says what to change.

mod advice;
mod registry;
mod terminal;

use super::nearer::Nearer;
use super::report::Ending;
use super::settings::Settings;
use super::settings::speed::Speed;
use crate::console::terminal::Depth;
use crate::domain::text::Shown;
use advice::Advice;
use clap::Args;
use registry::Registry;
use serde::Serialize;
use terminal::Terminal;

/// Measure the line, the terminal and SSH, and say what to change. Nothing is changed by it.
#[derive(Debug, Args)]
pub struct DoctorArguments {
    /// One JSON object instead of words.
    #[arg(long)]
    pub json: bool,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Findings {
    terminal: Terminal,
    surroundings: Surroundings,
    registry: Registry,
    advice: Vec<Advice>,
}

/// What the environment says of the terminal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
struct Surroundings {
    /// Its kind.
    term: Option<String>,
    /// Colours that the console uses on it: 0, 16, 256 or 16,777,216.
    colours: u32,
    /// Whether text is UTF-8.
    utf8: bool,
    /// The program that answers in the terminal's name: tmux, screen or mosh.
    nearer: Option<String>,
    /// Whether the session came through SSH.
    ssh: bool,
    /// Speed that is set for the line, in bits a second; nothing for "auto".
    line_set: Option<u32>,
}

/// Measures and tells.
///
/// # Errors
/// The settings cannot be read.
pub async fn run(arguments: DoctorArguments, settings: &Settings) -> color_eyre::Result<Ending> {
    let terminal = tokio::task::spawn_blocking(terminal::measure).await?;
    let surroundings = Surroundings::here(settings);
    let (registry, ending) = registry::measure(settings).await;
    let advice = advice::of(&terminal, &surroundings, &registry);
    let findings = Findings { terminal, surroundings, registry, advice };
    if arguments.json {
        super::out(&super::json::line(&findings));
    } else {
        for line in findings.said() {
            super::out(Shown::of(&line).as_str());
        }
    }
    Ok(ending)
}

impl Surroundings {
    fn here(settings: &Settings) -> Self {
        let text = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(text).unwrap_or_default();
        let locale = locale.to_ascii_uppercase();
        Self {
            term: text("TERM"),
            colours: match settings.console.look().colours {
                Depth::None => 0,
                Depth::Sixteen => 16,
                Depth::TwoHundredFiftySix => 256,
                Depth::True => 1 << 24,
            },
            utf8: locale.contains("UTF-8") || locale.contains("UTF8"),
            nearer: Nearer::here().map(|nearer| nearer.to_string()),
            ssh: text("SSH_CONNECTION").is_some(),
            line_set: match settings.console.line.unwrap_or_default() {
                Speed::Auto => None,
                Speed::Bits(bits) => Some(bits.get()),
            },
        }
    }
}

impl Findings {
    /// The same in words, a line each.
    fn said(&self) -> Vec<String> {
        let Self { terminal, surroundings, registry, advice } = self;
        let mut lines = terminal.said();
        let term = surroundings.term.as_deref().unwrap_or("not set");
        let letters = if surroundings.utf8 { "UTF-8" } else { "not UTF-8" };
        lines.push(format!("TERM        {term}, {} colours, {letters}", surroundings.colours));
        let through = match (&surroundings.nearer, surroundings.ssh) {
            (Some(nearer), true) => format!("SSH, and {nearer}, which answers in the terminal's name"),
            (Some(nearer), false) => format!("{nearer}, which answers in the terminal's name"),
            (None, true) => "SSH".to_owned(),
            (None, false) => "nothing that shows".to_owned(),
        };
        lines.push(format!("through     {through}"));
        if let Some(bits) = surroundings.line_set {
            lines.push(format!("line        {bits} bit/s, as set"));
        }
        lines.extend(registry.said());
        match (&registry.fault, advice.is_empty()) {
            (Some(_), true) => {
                lines.push("advice      mend the FAULT first; nothing else wants changing".to_owned());
            }
            (None, true) => {
                lines.push("advice      none: nothing that was measured wants changing".to_owned());
            }
            (_, false) => {}
        }
        for advice in advice {
            lines.push(format!("advice      {}", advice.set));
            lines.push(format!("            {}", advice.why));
        }
        lines
    }
}
