//! What to change, each piece with what was measured that speaks for it.

use super::Surroundings;
use super::registry::Registry;
use super::terminal::Terminal;
use serde::Serialize;

/// Round trip of a line on which packets are worth saving, in milliseconds.
const FAR_MS: u64 = 150;
/// Speed of a line on which bytes are worth saving, in bytes a second.
const THIN: u64 = 32_000;
/// Bytes that setting up SSH takes, both ways (OpenSSH 10, ed25519).
const SSH_SET_UP: u64 = 9_900;
/// Packets that one key takes each way where SSH hides the time of keys (OpenSSH from 9.5 on).
const CHAFF: u64 = 90;
/// Bytes that the hybrid key exchange takes beyond X25519, both ways.
const HYBRID: u64 = 2_400;
/// By how much a clock may be wrong, in milliseconds: the screen shows minutes.
const CLOCK_MS: u64 = 60_000;
/// The smallest window that shows everything.
const SMALLEST: (u16, u16) = (80, 24);

/// One thing to change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Advice {
    /// Where it is set, as a word: `ssh`, `config`, `environment`, `window` or `clock`.
    pub(super) place: &'static str,
    /// What to write there.
    pub(super) set: String,
    /// What was measured.
    pub(super) why: String,
}

/// The advice that follows from what was measured; none where nothing speaks for it.
pub(super) fn of(terminal: &Terminal, surroundings: &Surroundings, registry: &Registry) -> Vec<Advice> {
    let mut advice = Vec::new();
    let mut give = |place, set: &str, why: String| advice.push(Advice { place, set: set.to_owned(), why });
    let way = terminal.round_trip_ms;
    let far = way.is_some_and(|way| way >= FAR_MS);
    let thin = terminal.bytes_a_second.is_some_and(|speed| speed <= THIN);
    let behind = surroundings.nearer.is_some();
    if surroundings.ssh && (far || thin) {
        let speed = terminal.bytes_a_second.unwrap_or(THIN);
        let measured = measured(terminal);
        give("ssh", "Compression yes", format!("{measured}; a screen packs to a third and less"));
        give(
            "ssh",
            "ObscureKeystrokeTiming no",
            format!(
                "{measured}; hiding the time of keys takes {CHAFF} packets each way for one key, {} s here",
                seconds(CHAFF * 88, speed)
            ),
        );
        give(
            "ssh",
            "ControlMaster auto, ControlPath ~/.ssh/%C, ControlPersist 10m",
            format!(
                "{measured}; each further session saves the set-up, {} s here",
                seconds(SSH_SET_UP, speed)
            ),
        );
        give(
            "ssh",
            "ServerAliveInterval 60",
            format!("{measured}; a dead line shows within three minutes, for some 240 bytes a minute"),
        );
    }
    if surroundings.line_set.is_none() {
        if let Some(nearer) = surroundings.nearer.as_ref().filter(|_| surroundings.ssh) {
            let took = way.map_or("nothing".to_owned(), |way| format!("{way} ms"));
            give(
                "config",
                "[console] line = 9600 (the speed of your line in bit/s)",
                format!("{nearer} answers itself, after {took}: how far your screen is cannot be measured"),
            );
        }
        if terminal.is_terminal && way.is_none() && !behind {
            give(
                "config",
                "[console] line = 9600 (the speed of your line in bit/s)",
                "the terminal gave no answer to CSI 5 n within 5 s".to_owned(),
            );
        }
    }
    if !surroundings.utf8 {
        give(
            "environment",
            "LANG=C.UTF-8",
            "no locale with UTF-8 is set (LC_ALL, LC_CTYPE, LANG)".to_owned(),
        );
    }
    if terminal.is_terminal && surroundings.term.as_deref().is_none_or(|term| term == "dumb") {
        give("environment", "TERM=xterm-256color", "TERM names no terminal with a screen".to_owned());
    }
    if let (Some(columns), Some(rows)) = (terminal.columns, terminal.rows)
        && (columns < SMALLEST.0 || rows < SMALLEST.1)
    {
        let why = format!("it has {columns} columns and {rows} lines");
        give("window", "80 columns and 24 lines, better 120 and 40", why);
    }
    if let Some(ahead) = registry.clock_ahead_ms.filter(|ahead| ahead.unsigned_abs() > CLOCK_MS) {
        let why = format!("the registry's clock differs by {} s; deadlines are reckoned by it", ahead / 1000);
        give("clock", "set this machine's clock (timedatectl set-ntp true)", why);
    }
    if let (Some("X25519MLKEM768"), Some(answer)) = (registry.group.as_deref(), registry.answer_ms)
        && answer >= FAR_MS
    {
        let why = format!(
            "an answer takes {answer} ms; X25519 alone saves {HYBRID} bytes each time the line is back"
        );
        give("config", "[tls] groups = \"x25519\", where policy allows it", why);
    }
    advice
}

fn measured(terminal: &Terminal) -> String {
    let way = terminal.round_trip_ms.unwrap_or_default();
    match terminal.bytes_a_second {
        Some(speed) => format!("your screen answers after {way} ms and takes {speed} bytes a second"),
        None => format!("your screen answers after {way} ms"),
    }
}

/// Seconds to one place that bytes take.
fn seconds(bytes: u64, speed: u64) -> String {
    let tenths = bytes * 10 / speed.max(1);
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(terminal: &Terminal, surroundings: &Surroundings, registry: &Registry) -> Vec<String> {
        of(terminal, surroundings, registry).into_iter().map(|advice| advice.set).collect()
    }

    fn near() -> (Terminal, Surroundings) {
        let terminal = Terminal {
            is_terminal: true,
            columns: Some(120),
            rows: Some(40),
            round_trip_ms: Some(3),
            bytes_a_second: None,
        };
        let term = Some("xterm-256color".to_owned());
        (terminal, Surroundings { term, colours: 16, utf8: true, ..Surroundings::default() })
    }

    #[test]
    fn a_good_line_needs_nothing() {
        let (terminal, mut surroundings) = near();
        assert_eq!(places(&terminal, &surroundings, &Registry::default()), [""; 0]);
        surroundings.ssh = true;
        assert_eq!(places(&terminal, &surroundings, &Registry::default()), [""; 0]);
    }

    #[test]
    fn a_thin_line_through_ssh_is_told_the_four_settings_and_why() {
        let (near, mut surroundings) = near();
        surroundings.ssh = true;
        let terminal = Terminal { round_trip_ms: Some(812), bytes_a_second: Some(960), ..near };
        let advice = of(&terminal, &surroundings, &Registry::default());
        let set: String = advice.iter().map(|advice| advice.set.as_str()).collect::<Vec<_>>().join("\n");
        for wanted in
            ["Compression yes", "ObscureKeystrokeTiming no", "ServerAliveInterval 60", "ControlMaster"]
        {
            assert!(set.contains(wanted), "{set}");
        }
        assert!(
            advice.iter().all(|advice| advice.why.contains("812 ms") && advice.why.contains("960 bytes"))
        );
        assert!(advice[1].why.contains("8.2 s"), "{}", advice[1].why);
    }

    #[test]
    fn who_cannot_be_asked_is_to_set_the_speed() {
        let (near, mut surroundings) = near();
        let silent = Terminal { round_trip_ms: None, ..near.clone() };
        assert!(places(&silent, &surroundings, &Registry::default())[0].contains("line = 9600"));
        surroundings.ssh = true;
        surroundings.nearer = Some("tmux".to_owned());
        let advice = of(&near, &surroundings, &Registry::default());
        assert!(
            advice[0].set.contains("line = 9600")
                && advice[0].why.starts_with("tmux answers itself, after 3 ms")
        );
        surroundings.line_set = Some(9600);
        assert_eq!(places(&near, &surroundings, &Registry::default()), [""; 0]);
    }

    #[test]
    fn clock_window_letters_and_keys() {
        let (near, surroundings) = near();
        let small = Terminal { columns: Some(70), ..near };
        let surroundings = Surroundings { utf8: false, term: None, ..surroundings };
        let registry = Registry {
            clock_ahead_ms: Some(-90_000),
            group: Some("X25519MLKEM768".to_owned()),
            answer_ms: Some(900),
            ..Registry::default()
        };
        let advice = of(&small, &surroundings, &registry);
        let places: Vec<&str> = advice.iter().map(|advice| advice.place).collect();
        assert_eq!(places, ["environment", "environment", "window", "clock", "config"]);
    }
}
