//! The one table of actions: what the officer can do, by which key, where, and why not now.
//!
//! It feeds the keymap, the command line, the menu, the help page, the bottom line, the
//! table in the README and the test of completeness. Labels and docs are words, so they stand
//! in the catalogue, under [`Action::label`] and [`Action::doc`].

mod bar;
mod enabled;
mod listed;
mod markdown;
mod table;

pub use bar::bar;
pub use enabled::{hit_item, number};
pub use listed::listed;
pub use markdown::markdown;
pub use table::TABLE;

use super::state::State;
use super::state::why_not::WhyNot;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// Ctrl-L, as the character that it sends.
pub const CTRL_L: KeyCode = KeyCode::Char('\u{c}');

/// Ctrl-U, as the character that it sends.
pub const CTRL_U: KeyCode = KeyCode::Char('\u{15}');

/// One action.
#[derive(Debug, Clone, Copy)]
pub struct Action {
    /// Its name.
    pub id: ActionId,
    /// The code: its name in the command line, and in the catalogue.
    pub code: &'static str,
    /// Its keys, the usual one first; none for what is rare enough to be called by its name.
    pub keys: &'static [KeyCode],
    /// Where on the help page it stands.
    pub group: Group,
    /// Where its keys count.
    pub context: Context,
    /// What it can do at worst.
    pub kind: Kind,
    /// Whether it can be done now.
    pub enabled: fn(&State) -> Result<(), WhyNot>,
}

/// Names an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ActionId {
    /// Mark the row above.
    Up,
    /// Mark the row below.
    Down,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// The first row.
    First,
    /// The last row.
    Last,
    /// The beginning of long lines.
    Left,
    /// The rest of long lines.
    Right,
    /// Go in.
    GoIn,
    /// Back to exactly where one was.
    Back,
    /// The next pane.
    NextPane,
    /// The pane before.
    PaneBefore,
    /// The queue.
    PaneHits,
    /// The search pane.
    PaneSearch,
    /// The record pane.
    PaneRecord,
    /// The trace pane.
    PaneTrace,
    /// This pane on the whole screen.
    Zoom,
    /// What can be done here.
    Menu,
    /// Help.
    Help,
    /// The next alert, else the worst clock.
    New,
    /// Guns of the same theft, number, dealer or buyer.
    Also,
    /// What decides, or every field.
    Fields,
    /// Copy the number.
    Copy,
    /// The item before this one.
    Before,
    /// Handover sheet.
    Handover,
    /// The line; tries now.
    Line,
    /// The outbox.
    Outbox,
    /// Phone sheet.
    Phone,
    /// The number in the spoken alphabet.
    Voice,
    /// Search line.
    Search,
    /// Filter and sort.
    Filter,
    /// A command by its name.
    Command,
    /// Write to the other side.
    Write,
    /// Inside note.
    Note,
    /// Enter a record.
    Enter,
    /// Throw a draft away.
    Discard,
    /// Trace.
    Trace,
    /// Respond: the question that fits.
    Respond,
    /// Give it to a colleague or the pool.
    Desk,
    /// Leave.
    Leave,
    /// Take it.
    Mine,
    /// Tick and go down.
    Tick,
    /// Take back the last thing that has not gone out.
    Undo,
    /// Lock.
    Lock,
    /// Repaint.
    Repaint,
    /// In a question: the only key that commits.
    Yes,
    /// In a question: no.
    No,
    /// In a question: walk the choices.
    Choose,
    /// In a question: take the chosen one.
    Take,
    /// In a line: run or finish it.
    RunLine,
    /// In a line: leave it, its text is kept.
    KeepLine,
    /// In a line: the next suggestion, or the next part.
    Suggest,
    /// In a line: earlier ones.
    Earlier,
    /// In a line: clear what stands before the cursor.
    ClearLine,
    /// In a form: the next field.
    NextField,
    /// In a form: the field before.
    FieldBefore,
    /// In a form: to SEND.
    ToSend,
    /// In a form: to its head.
    ToHead,
    /// In a form: clear what stands before the cursor.
    ClearField,
    /// In a form: leave, the draft is kept.
    KeepForm,
}

/// Parts of the help page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// What is done with an item.
    DoWithIt,
    /// What only changes the look.
    Look,
    /// Finding and entering.
    FindAndEnter,
    /// Moving about.
    Move,
    /// The desk as a whole.
    Desk,
    /// Questions.
    Question,
    /// Lines.
    Line,
    /// Forms.
    Form,
}

impl Group {
    /// All of them, in the order of the help page.
    pub const ALL: [Group; 8] = [
        Group::DoWithIt,
        Group::Look,
        Group::FindAndEnter,
        Group::Move,
        Group::Desk,
        Group::Question,
        Group::Line,
        Group::Form,
    ];

    /// The code under which the catalogue has its words: `group.<code>`.
    pub fn code(self) -> &'static str {
        match self {
            Group::DoWithIt => "do_with_it",
            Group::Look => "look",
            Group::FindAndEnter => "find_and_enter",
            Group::Move => "move",
            Group::Desk => "desk",
            Group::Question => "question",
            Group::Line => "line",
            Group::Form => "form",
        }
    }
}

/// Where the keys of an action count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// In every pane.
    Panes,
    /// In a question.
    Question,
    /// In a line.
    Line,
    /// In a form.
    Form,
}

/// What an action can do at worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Changes only what is seen.
    Look,
    /// Opens a line, a form or a page.
    Text,
    /// Opens a question.
    Ask,
    /// Happens at once, inside our own NCB, and can be undone.
    Act,
    /// Leaves the building: `y` in a question and nothing else.
    Commit,
}

impl Kind {
    /// The word for it in the table of keys.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Look => "look",
            Kind::Text => "text",
            Kind::Ask => "ask",
            Kind::Act => "act",
            Kind::Commit => "commit",
        }
    }
}

impl Action {
    /// Key of its label in the catalogue: a word or two.
    pub fn label(&self) -> String {
        format!("action.{}", self.code)
    }

    /// Key of its doc in the catalogue: one line.
    pub fn doc(&self) -> String {
        format!("action.{}.doc", self.code)
    }

    /// Its keys as the screen names them; its name in the command line where it has none.
    pub fn key_names(&self) -> Vec<String> {
        match self.keys {
            [] => vec![format!(":{}", self.code)],
            keys => keys.iter().map(|key| key_name(*key)).collect(),
        }
    }

    /// Whether it is a name in the command line: what is done in lines, questions and forms is
    /// not, nor is plain moving.
    pub fn is_command(&self) -> bool {
        self.context == Context::Panes && self.group != Group::Move
    }
}

/// The action of that name.
pub fn by_id(id: ActionId) -> Option<&'static Action> {
    TABLE.iter().find(|action| action.id == id)
}

/// The action of that code, if the command line knows it.
pub fn by_code(code: &str) -> Option<&'static Action> {
    TABLE.iter().find(|action| action.is_command() && action.code.eq_ignore_ascii_case(code))
}

/// The action of a key outside text.
pub fn by_key(key: KeyCode) -> Option<&'static Action> {
    TABLE.iter().find(|action| action.context == Context::Panes && action.keys.contains(&key))
}

/// A key as the table has it: capitals folded in ASCII alone (a Turkish dotless i is no i),
/// Ctrl-C as Esc, Ctrl-L and Ctrl-U as the characters that they send; nothing for any other chord.
pub fn folded(key: KeyEvent) -> Option<KeyCode> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    let chord = key.modifiers.intersects(
        KeyModifiers::CONTROL
            | KeyModifiers::ALT
            | KeyModifiers::SUPER
            | KeyModifiers::HYPER
            | KeyModifiers::META,
    );
    match key.code {
        KeyCode::Char(c) if control && c.eq_ignore_ascii_case(&'c') => Some(KeyCode::Esc),
        KeyCode::Char(c) if control && c.eq_ignore_ascii_case(&'l') => Some(CTRL_L),
        KeyCode::Char(c) if control && c.eq_ignore_ascii_case(&'u') => Some(CTRL_U),
        KeyCode::Char(_) if chord => None,
        KeyCode::Char(c) => Some(KeyCode::Char(c.to_ascii_lowercase())),
        other => Some(other),
    }
}

/// A key as the screen and the README name it.
pub fn key_name(key: KeyCode) -> String {
    match key {
        CTRL_L => "Ctrl-L".to_owned(),
        CTRL_U => "Ctrl-U".to_owned(),
        KeyCode::Char(' ') => "Space".to_owned(),
        KeyCode::Char(c) => c.to_string(),
        KeyCode::F(n) => format!("F{n}"),
        KeyCode::PageUp => "PgUp".to_owned(),
        KeyCode::PageDown => "PgDn".to_owned(),
        KeyCode::BackTab => "Shift-Tab".to_owned(),
        other => format!("{other:?}"),
    }
}

#[cfg(test)]
mod tests;
