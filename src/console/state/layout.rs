//! Which pane has the keys, what fills the screen, and the way back.

use super::record::Subject;
use crate::domain::ids::{CommandId, HitId, RecordId};
use crate::domain::life::Step;

/// The four panes, numbered as on their titles.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Pane {
    /// 1: the queue.
    #[default]
    Hits,
    /// 2: one line and its candidates.
    Search,
    /// 3: the gun, or two side by side.
    Record,
    /// 4: the steps of its life.
    Trace,
}

impl Pane {
    /// All of them, in the order of their numbers.
    pub const ALL: [Pane; 4] = [Pane::Hits, Pane::Search, Pane::Record, Pane::Trace];

    /// The pane at `steps` from this one, round the end.
    #[must_use]
    pub fn turn(self, forward: bool) -> Pane {
        Self::ALL[(self as usize + if forward { 1 } else { 3 }) % 4]
    }
}

/// The first line that each pane shows of those that scroll, as the screen has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tops([u16; 4]);

impl Tops {
    /// The first line of a pane.
    #[must_use]
    pub fn of(self, pane: Pane) -> usize {
        usize::from(self.0[pane as usize])
    }

    /// Notes the first line of a pane.
    pub fn note(&mut self, pane: Pane, line: usize) {
        self.0[pane as usize] = u16::try_from(line).unwrap_or(u16::MAX);
    }
}

/// The smallest screen, in columns and lines; below it nothing but a sentence is drawn.
pub const SMALLEST: (u16, u16) = (60, 15);

/// How the panes share the screen; the view decides how many of them there is room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Columns of the window.
    pub width: u16,
    /// Rows of the window.
    pub height: u16,
    /// The pane that has the keys.
    pub focus: Pane,
    /// The list that had the keys last: [`Pane::Hits`] or [`Pane::Search`].
    pub list: Pane,
    /// The pane below the queue where only two have room; never [`Pane::Hits`].
    pub lower: Pane,
    /// Whether the pane that has the keys fills the screen.
    pub zoom: bool,
    /// Columns by which long lines are moved to the left.
    pub shift: u16,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            width: 80,
            height: 24,
            focus: Pane::Hits,
            list: Pane::Hits,
            lower: Pane::Record,
            zoom: false,
            shift: 0,
        }
    }
}

impl Layout {
    /// Whether nothing but a sentence can be drawn.
    pub fn is_too_small(&self) -> bool {
        self.width < SMALLEST.0 || self.height < SMALLEST.1
    }

    /// Gives the keys to a pane and shows it.
    pub fn go(&mut self, pane: Pane) {
        self.focus = pane;
        self.shift = 0;
        if matches!(pane, Pane::Hits | Pane::Search) {
            self.list = pane;
        }
        if pane != Pane::Hits {
            self.lower = pane;
        }
    }

    /// Rows by which a page moves: what a pane shows at least.
    pub fn page_rows(&self) -> usize {
        usize::from(self.height / 3).max(3)
    }
}

/// Exactly where the officer was, for Esc and for `-`.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The panes.
    pub layout: Layout,
    /// The marked hit.
    pub hit: Option<HitId>,
    /// The marked candidate.
    pub candidate: Option<RecordId>,
    /// What the record pane was about.
    pub subject: Option<Subject>,
    /// How far the record pane was scrolled.
    pub scroll: u16,
    /// The marked step.
    pub step: Option<Step>,
}

/// A page that takes the screen below the top line, and the keys.
#[derive(Debug, Clone, PartialEq)]
pub enum Page {
    /// `?`: all actions, narrowed by what is typed.
    Help(Menu),
    /// Space: what can be done here.
    Menu(Menu),
    /// `v`: a number in the spoken alphabet.
    Voice(super::voice::Voice),
    /// `p`: the channels of the other side of a hit.
    Phone(HitId),
    /// `l`: the line.
    Line,
    /// `o`: the outbox, with the one that is marked in it.
    Outbox(Option<CommandId>),
}

/// A list of actions to choose from.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Menu {
    /// What is typed to narrow it; only help has such a line.
    pub find: super::editor::Editor,
    /// The marked action.
    pub marked: Option<crate::console::action::ActionId>,
    /// Whether actions are listed too that cannot be done now.
    pub all: bool,
}
