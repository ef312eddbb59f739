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
            println!("{:<58} {:>7} {:>8}", "action, 120x40", "bar", "is");
        }
        let line = Line { action, value: value as u64, unit, bar, note };
        let bar = bar.map_or_else(|| "-".to_owned(), |bar| bar.to_string());
        let verdict = match line.bar {
            None => "",
            Some(_) if line.keeps() => "ok",
            Some(_) => "broken",
        };
        println!(
            "{:<58} {:>7} {:>8} {:<3} {verdict:<7} {}",
            line.action, bar, line.value, line.unit, line.note
        );
        self.lines.push(line);
    }

    /// Whether every line keeps its bar.
    pub(crate) fn keeps(&self) -> bool {
        self.lines.iter().all(Line::keeps)
    }
}
