//! Whether a program nearer than the officer's screen answers in the terminal's name.
//!
//! tmux, screen and mosh are terminals of their own: they answer at once, whatever the line behind
//! them does. The environment names them, as does the line of parent processes, which `sudo` and
//! login shells do not clean.

use std::fmt;

/// Longest line of parents that is followed.
const MOST_PARENTS: usize = 32;

/// A program that answers for the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nearer {
    /// tmux.
    Tmux,
    /// GNU screen.
    Screen,
    /// mosh.
    Mosh,
}

impl fmt::Display for Nearer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Nearer::Tmux => "tmux",
            Nearer::Screen => "screen",
            Nearer::Mosh => "mosh",
        })
    }
}

impl Nearer {
    /// The one that this process runs in, if any.
    pub fn here() -> Option<Self> {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        Self::of(set, &parents())
    }

    /// The one that an environment and the names of parent processes, the nearest first, speak of.
    fn of(set: impl Fn(&str) -> bool, parents: &[String]) -> Option<Self> {
        let by_variable = [("TMUX", Nearer::Tmux), ("STY", Nearer::Screen), ("MOSH", Nearer::Mosh)];
        let named = by_variable.into_iter().find(|(name, _)| set(name)).map(|(_, nearer)| nearer);
        named.or_else(|| {
            parents.iter().find_map(|parent| match parent.as_str() {
                name if name.starts_with("tmux") => Some(Nearer::Tmux),
                name if name.eq_ignore_ascii_case("screen") => Some(Nearer::Screen),
                name if name.starts_with("mosh-server") => Some(Nearer::Mosh),
                _ => None,
            })
        })
    }
}

/// Names of the processes above this one, as far as the system tells.
fn parents() -> Vec<String> {
    let mut names = Vec::new();
    let mut id = "self".to_owned();
    for _ in 0..MOST_PARENTS {
        let Some((name, parent)) = status(&id) else { break };
        names.push(name);
        id = parent;
    }
    names
}

/// Name and parent of a process.
fn status(id: &str) -> Option<(String, String)> {
    let text = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let field = |name: &str| {
        text.lines().find_map(|line| line.strip_prefix(name)).map(|value| value.trim().to_owned())
    };
    Some((field("Name:")?, field("PPid:").filter(|parent| parent != "0")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_and_the_parents_name_it() {
        let none = |_: &str| false;
        let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        assert_eq!(Nearer::of(|name| name == "TMUX", &[]), Some(Nearer::Tmux));
        assert_eq!(Nearer::of(|name| name == "STY", &[]), Some(Nearer::Screen));
        assert_eq!(Nearer::of(none, &names(&["iarms", "bash", "tmux: server"])), Some(Nearer::Tmux));
        assert_eq!(Nearer::of(none, &names(&["iarms", "SCREEN"])), Some(Nearer::Screen));
        assert_eq!(Nearer::of(none, &names(&["iarms", "bash", "mosh-server"])), Some(Nearer::Mosh));
        assert_eq!(Nearer::of(none, &names(&["iarms", "bash", "sshd"])), None);
    }

    #[test]
    fn this_process_has_parents() {
        assert!(parents().len() > 1, "{:?}", parents());
    }
}
