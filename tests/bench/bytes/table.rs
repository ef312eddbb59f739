//! The table: what was done, what it took, and what it may take.

/// One line of the table.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) action: &'static str,
    pub(crate) value: u64,
    pub(crate) unit: &'static str,
    pub(crate) bar: Option<u64>,
    pub(crate) note: String,
}

impl Line {
    pub(crate) fn keeps(&self) -> bool {
        self.bar.is_none_or(|bar| self.value <= bar)
    }
}

/// All lines, in the order in which they were measured.
#[derive(Debug, Default)]
pub(crate) struct Table {
    lines: Vec<Line>,
}

impl Table {
    /// Adds a line and prints it.
    pub(crate) fn add(&mut self, action: &'static str, value: usize, unit: &'static str, bar: Option<u64>) {
        self.note(action, value, unit, bar, String::new());
    }

    /// Adds a line that says how its figure is to be read.
    pub(crate) fn note(
        &mut self,
        action: &'static str,
        value: usize,
        unit: &'static str,
        bar: Option<u64>,
        note: String,
    ) {
        if self.lines.is_empty() {
            println!("{:<58} {:>7} {:<5} {:>6}  ", "action, 120x40", "is", "", "bar");
        }
        let line = Line { action, value: value as u64, unit, bar, note };
        let bar = bar.map_or_else(|| "-".to_owned(), |bar| bar.to_string());
        let verdict = if line.keeps() { "" } else { "OVER" };
        println!(
            "{:<58} {:>7} {:<5} {:>6}  {verdict:<5}{}",
            line.action, line.value, line.unit, bar, line.note
        );
        self.lines.push(line);
    }

    /// Whether every line keeps its bar.
    pub(crate) fn keeps(&self) -> bool {
        self.lines.iter().all(Line::keeps)
    }
}
