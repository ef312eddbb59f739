//! A screen in each depth of colour and each set of characters, as the bytes that paint it.

use super::desk;
use crate::console::look::{Glyphs, Look};
use crate::console::state::State;
use crate::console::terminal::painter::Painter;
use crate::console::terminal::{Along, Depth};
use crate::console::view::view;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The bytes that paint the first lines of a state, a line of the screen each.
fn painted(state: &State, colours: Depth, glyphs: Glyphs) -> String {
    let look = Look { colours, glyphs, ..Look::default() };
    let area = Rect::new(0, 0, 80, 24);
    let mut buffer = Buffer::empty(area);
    view(state, &look, area, &mut buffer);
    let mut painter = Painter::new(colours);
    let _ = painter.paint(&Buffer::empty(area), None, Along::default());
    let mut text = String::new();
    for line in 0..6_u16 {
        painter.hold(vec![0..line, line + 1..24]);
        let bytes = painter.paint(&buffer, None, Along::default());
        text.push_str(&String::from_utf8_lossy(&bytes).replace('\x1b', "^"));
        text.push('\n');
    }
    text
}

/// The queue with a name that is not ASCII at its desk.
fn abroad() -> State {
    let mut state = desk::desk();
    if let Some(session) = &mut state.session {
        session.agency = "Limón".into();
        session.name = "Š. Žižka 銃".into();
    }
    state
}

#[test]
fn a_screen_in_each_depth() {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        for (name, depth) in [
            ("true", Depth::True),
            ("256", Depth::TwoHundredFiftySix),
            ("16", Depth::Sixteen),
            ("none", Depth::None),
        ] {
            insta::assert_snapshot!(format!("depth_{name}"), painted(&abroad(), depth, Glyphs::Unicode));
        }
        insta::assert_snapshot!("glyphs_ascii", painted(&abroad(), Depth::Sixteen, Glyphs::Ascii));
    });
}
