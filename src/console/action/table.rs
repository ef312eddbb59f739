//! The table itself, in the order of the help page.

use super::ActionId as Id;
use super::{Action, CTRL_L, CTRL_U, Context, Group, Kind, enabled};
use crossterm::event::KeyCode::{
    BackTab, Backspace, Char, Down, End, Enter, Esc, F, Home, Left, PageDown, PageUp, Right, Tab, Up,
};

/// A row for the panes.
macro_rules! pane {
    ($id:ident $code:literal [$($key:expr),*] $group:ident $kind:ident $enabled:ident) => {
        Action {
            id: Id::$id,
            code: $code,
            keys: &[$($key),*],
            group: Group::$group,
            context: Context::Panes,
            kind: Kind::$kind,
            enabled: enabled::$enabled,
        }
    };
}

/// A row for a question, a line or a form.
macro_rules! inside {
    ($id:ident $code:literal [$($key:expr),+] $context:ident $kind:ident) => {
        Action {
            id: Id::$id,
            code: $code,
            keys: &[$($key),+],
            group: Group::$context,
            context: Context::$context,
            kind: Kind::$kind,
            enabled: enabled::inside,
        }
    };
}

/// Every action there is.
pub static TABLE: &[Action] = &[
    pane!(Respond "respond" [Char('r')] DoWithIt Ask respond),
    pane!(Mine "mine" [Char('m')] DoWithIt Act mine),
    pane!(Desk "desk" [Char('d')] DoWithIt Ask not_there_yet),
    pane!(Tick "tick" [Char('x')] DoWithIt Act tick),
    pane!(Write "write" [Char('w')] DoWithIt Text write),
    pane!(Note "note" [Char('i')] DoWithIt Text note),
    pane!(Trace "trace" [Char('t')] DoWithIt Text not_there_yet),
    pane!(Undo "undo" [Char('u')] DoWithIt Act has_queued),
    pane!(Voice "voice" [Char('v')] Look Text has_number),
    pane!(Fields "fields" [Char('b')] Look Look has_subject),
    pane!(Also "also" [Char('a')] Look Look not_there_yet),
    pane!(Phone "phone" [Char('p')] Look Text is_hit),
    pane!(Before "before" [Char('-')] Look Look has_before),
    pane!(Copy "copy" [Char('c')] Look Look has_number),
    pane!(Line "line" [Char('l')] Look Text always),
    pane!(Outbox "outbox" [Char('o')] Look Text always),
    pane!(Repaint "redraw" [CTRL_L] Look Look always),
    pane!(Search "search" [Char('s'), Char('/')] FindAndEnter Text always),
    pane!(Enter "enter" [Char('e')] FindAndEnter Text may_enter),
    pane!(Discard "discard" [] FindAndEnter Ask has_draft),
    pane!(Filter "filter" [Char('f')] FindAndEnter Text always),
    pane!(Command "command" [Char(':'), Char(';')] FindAndEnter Text always),
    pane!(Up "up" [Up, Char('k')] Move Look always),
    pane!(Down "down" [Down, Char('j')] Move Look always),
    pane!(PageUp "page_up" [PageUp] Move Look always),
    pane!(PageDown "page_down" [PageDown] Move Look always),
    pane!(First "first" [Home, Char('<')] Move Look always),
    pane!(Last "last" [End, Char('>')] Move Look always),
    pane!(Left "left" [Left] Move Look always),
    pane!(Right "right" [Right] Move Look always),
    pane!(GoIn "go_in" [Enter] Move Look go_in),
    pane!(Back "back" [Esc, Backspace] Move Look always),
    pane!(NextPane "next_pane" [Tab] Move Look always),
    pane!(PaneBefore "pane_before" [BackTab] Move Look always),
    pane!(PaneHits "pane_hits" [Char('1')] Move Look always),
    pane!(PaneSearch "pane_search" [Char('2')] Move Look always),
    pane!(PaneRecord "pane_record" [Char('3')] Move Look always),
    pane!(PaneTrace "pane_trace" [Char('4')] Move Look always),
    pane!(Zoom "zoom" [Char('z')] Move Look always),
    pane!(New "new" [Char('n')] Move Look always),
    pane!(Menu "menu" [Char(' ')] Move Look always),
    pane!(Help "help" [Char('?'), F(1)] Desk Look always),
    pane!(Handover "handover" [Char('h')] Desk Text not_there_yet),
    pane!(Lock "lock" [Char('g')] Desk Act not_there_yet),
    pane!(Leave "leave" [Char('q')] Desk Ask always),
    inside!(Yes "yes" [Char('y')] Question Commit),
    inside!(No "no" [Esc, Backspace] Question Look),
    inside!(Choose "choose" [Tab, BackTab] Question Look),
    inside!(Take "take" [Enter] Question Look),
    inside!(RunLine "run_line" [Enter] Line Text),
    inside!(KeepLine "keep_line" [Esc] Line Text),
    inside!(Suggest "suggest" [Right, Tab] Line Text),
    inside!(Earlier "earlier" [Up, Down] Line Text),
    inside!(ClearLine "clear_line" [CTRL_U] Line Text),
    inside!(NextField "next_field" [Enter, Tab, Down] Form Text),
    inside!(FieldBefore "field_before" [BackTab, Up] Form Text),
    inside!(ToSend "to_send" [PageDown] Form Text),
    inside!(ToHead "to_head" [PageUp] Form Text),
    inside!(ClearField "clear_field" [CTRL_U] Form Text),
    inside!(KeepForm "keep_form" [Esc] Form Text),
];
