use std::num::NonZeroU16;

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use super::{Along, Depth, Painter};

const STYLES: [(Color, Color, Modifier); 10] = [
    (Color::Reset, Color::Reset, Modifier::empty()),
    (Color::Reset, Color::Reset, Modifier::BOLD),
    (Color::Reset, Color::Reset, Modifier::DIM),
    (Color::Reset, Color::Reset, Modifier::REVERSED),
    (Color::Reset, Color::Reset, Modifier::UNDERLINED),
    (Color::Red, Color::Reset, Modifier::BOLD.union(Modifier::UNDERLINED)),
    (Color::Reset, Color::Blue, Modifier::empty()),
    (Color::LightYellow, Color::DarkGray, Modifier::REVERSED),
    (Color::Indexed(3), Color::Reset, Modifier::DIM.union(Modifier::REVERSED)),
    (Color::White, Color::White, Modifier::BOLD),
];

const TEXTS: [&str; 12] = [
    "A",
    "KD73519",
    "  ",
    "x    y",
    "H-2291 ANSWER PA            3m",
    "漢字",
    "ab漢c",
    "e\u{301}te\u{301}",
    "Путь",
    "                                        ",
    "🔫!",
    "~",
];

fn style(number: usize) -> Style {
    let (foreground, background, modifier) = STYLES[number % STYLES.len()];
    Style::new().fg(foreground).bg(background).add_modifier(modifier)
}

fn drawn(width: u16, height: u16, strokes: &[(u16, u16, usize, usize)]) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    for &(column, row, text, look) in strokes {
        buffer.set_string(column % width, row % height, TEXTS[text % TEXTS.len()], style(look));
    }
    buffer
}

fn emulator(width: u16, height: u16) -> vt100::Parser {
    vt100::Parser::new(NonZeroU16::new(height).unwrap(), NonZeroU16::new(width).unwrap(), 0)
}

fn colour(colour: Color) -> vt100::Color {
    let number = match colour {
        Color::Reset => return vt100::Color::Default,
        Color::Red => 1,
        Color::Blue => 4,
        Color::DarkGray => 8,
        Color::LightYellow => 11,
        Color::White => 15,
        Color::Indexed(number) => number,
        other => panic!("not used here: {other:?}"),
    };
    vt100::Color::Idx(number)
}

/// Compares cell by cell; on blanks only what can be seen there.
fn assert_shows(screen: &vt100::Screen, buffer: &Buffer) {
    let area = buffer.area;
    for row in 0..area.height {
        let mut column = 0;
        while column < area.width {
            if (column, row) == (area.width - 1, area.height - 1) {
                break;
            }
            let cell = &buffer[(column, row)];
            let shown = screen.cell(row, column).unwrap();
            let wide = unicode_width::UnicodeWidthStr::width(cell.symbol()) == 2;
            let place = format!("column {column} row {row}: {cell:?} {shown:?}");
            let text = if shown.has_contents() { shown.contents() } else { " " };
            // Half a wide character at the edge is left blank.
            let cut = wide && column + 1 == area.width;
            assert_eq!(text, if cut { " " } else { cell.symbol() }, "{place}");
            let reverse = cell.modifier.contains(Modifier::REVERSED);
            let underline = cell.modifier.contains(Modifier::UNDERLINED);
            assert_eq!(shown.inverse(), reverse, "{place}");
            assert_eq!(shown.underline(), underline, "{place}");
            assert_eq!(shown.bgcolor(), colour(cell.bg), "{place}");
            if text != " " || reverse || underline {
                assert_eq!(shown.fgcolor(), colour(cell.fg), "{place}");
                let bold = cell.modifier.contains(Modifier::BOLD);
                let dim = !bold && cell.modifier.contains(Modifier::DIM);
                assert_eq!((shown.bold(), shown.dim()), (bold, dim), "{place}");
            }
            column += if wide { 2 } else { 1 };
        }
    }
}

fn strokes() -> impl Strategy<Value = Vec<(u16, u16, usize, usize)>> {
    prop::collection::vec((0..40_u16, 0..12_u16, 0..TEXTS.len(), 0..STYLES.len()), 0..14)
}

proptest! {
    #[test]
    fn the_terminal_shows_what_was_drawn(
        width in 1..40_u16,
        height in 1..12_u16,
        frames in prop::collection::vec((strokes(), any::<Option<(u8, u8)>>(), 0..8_u8), 1..7),
    ) {
        let mut painter = Painter::new(Depth::Sixteen);
        let mut terminal = emulator(width, height);
        terminal.process(b"left over from before \x1b[1;31m here");
        for (strokes, cursor, luck) in frames {
            if luck == 0 {
                painter.forget();
                terminal.process("\x1b[7;44mrubbish of another program\r\n漢漢".as_bytes());
            }
            let buffer = drawn(width, height, &strokes);
            let cursor = cursor.map(|(column, row)| (u16::from(column) % width, u16::from(row) % height));
            terminal.process(&painter.paint(&buffer, cursor, Along::default()));
            assert_shows(terminal.screen(), &buffer);
            prop_assert_eq!(terminal.screen().hide_cursor(), cursor.is_none());
            if let Some((column, row)) = cursor {
                prop_assert_eq!(terminal.screen().cursor_position(), (row, column));
            }
            prop_assert_eq!(painter.paint(&buffer, cursor, Along::default()), b"");
        }
    }

    #[test]
    fn lines_that_move_arrive_where_they_belong(
        (width, height) in (8..40_u16, 3..14_u16),
        frames in prop::collection::vec((strokes(), -9..10_i32, 0..14_u16, 0..14_u16, any::<bool>()), 2..7),
    ) {
        let mut painter = Painter::new(Depth::Sixteen);
        let mut terminal = emulator(width, height);
        let mut buffer = list_of(width, height);
        terminal.process(&painter.paint(&buffer, None, Along::default()));
        for (strokes, by, top, bottom, cursor) in frames {
            let before = buffer.clone();
            let (top, bottom) = (top.min(bottom) % height, top.max(bottom) % height);
            for row in top..bottom.max(top) {
                let from = i32::from(row) + by;
                for column in 0..width {
                    let inside = (i32::from(top)..=i32::from(bottom)).contains(&from);
                    let from = u16::try_from(from).ok().filter(|_| inside);
                    buffer[(column, row)] = from.map_or_else(Default::default, |from| before[(column, from)].clone());
                }
            }
            for &(column, row, text, look) in strokes.iter().take(2) {
                buffer.set_string(column % width, row % height, TEXTS[text % 5], style(look));
            }
            let cursor = cursor.then_some((1, 1));
            terminal.process(&painter.paint(&buffer, cursor, Along::default()));
            assert_shows(terminal.screen(), &buffer);
            prop_assert_eq!(painter.paint(&buffer, cursor, Along::default()), b"");
        }
    }

    #[test]
    fn no_symbol_pushes_its_neighbours_aside(symbol in "\\PC{1,4}") {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 2));
        let mut painter = Painter::new(Depth::None);
        let mut terminal = emulator(12, 2);
        buffer.set_string(0, 0, "abcd    wxyz", Style::new());
        terminal.process(&painter.paint(&buffer, None, Along::default()));
        buffer.set_stringn(4, 0, &symbol, 4, Style::new());
        terminal.process(&painter.paint(&buffer, None, Along::default()));
        let shown: String = (8..12).map(|column| terminal.screen().cell(0, column).unwrap().contents()).collect();
        prop_assert_eq!(shown, "wxyz");
        prop_assert!(terminal.screen().contents().starts_with("abcd"));
    }
}

/// Lines of which no two are alike, but for the last cell, which is never written.
fn list_of(width: u16, height: u16) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    for row in 0..height {
        let text = format!("{row} H-{} pistol {}", 2291 + 7 * row, "x".repeat(usize::from(row)));
        buffer.set_stringn(0, row, text, usize::from(width - 1), style(usize::from(row % 3)));
    }
    buffer
}

/// A pane of rows between two titles; so many are scrolled out.
fn scrolled(by: u16) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    buffer.set_string(0, 1, ">> 1 HITS  hits 40", style(1));
    buffer.set_string(0, 11, "-- 2 SEARCH", style(1));
    for row in 2..11 {
        let number = u32::from(row + by) * 48_271 % 900_000;
        let text = format!("   4m       ROUTINE TAKE PA   owner  PI Browning     K{number}  LIKELY");
        buffer.set_string(0, row, text, Style::new());
    }
    buffer
}

#[test]
fn a_list_that_scrolls_costs_one_row_of_it() {
    let mut painter = Painter::new(Depth::Sixteen);
    let _ = painter.paint(&scrolled(0), None, Along::default());
    let bytes = painter.paint(&scrolled(1), None, Along::default());
    assert_eq!(
        bytes.escape_ascii().to_string(),
        "\\x1b[3;11r\\x1b[11H\\n\\x1b[r\\x1b[11;4H\\x1b[m4m\\x1b[7CROUTINE TAKE PA   owner  PI Browning\\x1b[5CK530981  LIKELY"
    );
    let back = painter.paint(&scrolled(0), None, Along::default());
    assert!(back.starts_with(b"\x1b[3;11r\x1b[3H\x1bM\x1b[r"), "{}", back.escape_ascii());
}

#[test]
fn held_lines_stay_as_they_are_until_they_are_let_go() {
    let mut painter = Painter::new(Depth::None);
    let _ = painter.paint(&list(5), None, Along::default());
    painter.hold(vec![7..8, 90..99]);
    assert_eq!(painter.paint(&list(7), None, Along::default()), b"\x1b[6H ");
    assert_eq!(painter.paint(&list(7), None, Along::default()), b"\n\n\x08>");
    painter.hold(Vec::from_iter([0..12, 12..24]));
    painter.forget();
    assert!(painter.paint(&list(7), None, Along::default()).len() > 500, "a whole frame holds nothing");
}

fn list(marked: u16) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
    for row in 1..23 {
        let mark = if row == marked { "> " } else { "  " };
        buffer.set_string(0, row, format!("{mark}3m URGENT ANSWER PA  H-22{row:02} pistol"), Style::new());
    }
    buffer
}

#[test]
fn moving_the_mark_takes_at_most_ten_bytes() {
    let mut painter = Painter::new(Depth::Sixteen);
    let cursor = |row| Some((0, row));
    let _ = painter.paint(&list(5), None, Along::default());
    let _ = painter.paint(&list(6), None, Along::default());
    assert_eq!(painter.paint(&list(7), None, Along::default()), b"\x08 \n\x08>");
    assert!(painter.paint(&list(6), None, Along::default()).len() <= 10);
    let _ = painter.paint(&list(6), cursor(6), Along::default());
    assert!(painter.paint(&list(7), cursor(7), Along::default()).len() <= 10);
}

#[test]
fn typing_a_character_takes_one_byte() {
    let mut painter = Painter::new(Depth::Sixteen);
    let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
    buffer.set_string(0, 22, "S KD73", Style::new());
    let _ = painter.paint(&buffer, Some((6, 22)), Along::default());
    buffer.set_string(6, 22, "5", Style::new());
    assert_eq!(painter.paint(&buffer, Some((7, 22)), Along::default()), b"5");
}

#[test]
fn a_bell_and_a_question_go_out_without_a_change() {
    let mut painter = Painter::new(Depth::Sixteen);
    let buffer = list(1);
    let _ = painter.paint(&buffer, None, Along::default());
    assert_eq!(painter.paint(&buffer, None, Along { bell: true, ask: true }), b"\x07\x1b[5n");
}

#[test]
fn a_blank_tail_is_erased_and_not_written() {
    let mut painter = Painter::new(Depth::Sixteen);
    let _ = painter.paint(&list(1), None, Along::default());
    let bytes = painter.paint(&Buffer::empty(Rect::new(0, 0, 80, 24)), None, Along::default());
    assert!(bytes.len() < 23 * 7, "{} bytes", bytes.len());
}

#[test]
fn a_row_with_gaps_is_erased_before_it_is_written() {
    let (mut painter, mut screen) = (Painter::new(Depth::None), emulator(80, 3));
    let long = "Nothing is known of its life yet; open a hit or a record.";
    for (text, most) in [(long, 80), ("2026    CR                              STOLEN", 35)] {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 3));
        buffer.set_string(3, 1, text, Style::new());
        let bytes = painter.paint(&buffer, None, Along::default());
        assert!(bytes.len() <= most, "{} bytes: {}", bytes.len(), bytes.escape_ascii());
        screen.process(&bytes);
        assert_shows(screen.screen(), &buffer);
    }
}

#[test]
fn the_last_cell_of_the_last_line_is_left_alone() {
    let mut painter = Painter::new(Depth::Sixteen);
    let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 2));
    buffer.set_string(0, 1, "abcd", Style::new());
    let bytes = painter.paint(&buffer, None, Along::default());
    assert!(!bytes.contains(&b'd'));
}

#[test]
fn without_colours_none_is_written_and_reverse_stays() {
    let mut painter = Painter::new(Depth::None);
    let mut buffer = Buffer::empty(Rect::new(0, 0, 9, 1));
    buffer.set_string(0, 0, "late", Style::new().fg(Color::Red).add_modifier(Modifier::REVERSED));
    let bytes = painter.paint(&buffer, None, Along::default());
    assert_eq!(bytes, b"\x1b[m\x1b[2J\x1b[H\x1b[7mlate\x1b[?25l");
}

#[test]
fn a_screen_without_cells_is_no_trouble() {
    let mut painter = Painter::new(Depth::None);
    for (width, height) in [(0, 0), (0, 5), (5, 0), (1, 1)] {
        let buffer = Buffer::empty(Rect::new(0, 0, width, height));
        let _ = painter.paint(&buffer, Some((3, 3)), Along::default());
    }
}
