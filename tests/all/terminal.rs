//! The terminal layer on a pseudo-terminal whose other end the test holds.

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::time::{Duration, Instant};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use iarms::console::terminal::{Along, Depth, Input, Terminal, TerminalAnswer};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::pty::{OpenptFlags, grantpt, ioctl_tiocgptpeer, openpt, unlockpt};
use rustix::termios::{LocalModes, Winsize, tcgetattr, tcsetwinsize};

const FLAGS: OpenptFlags = OpenptFlags::RDWR.union(OpenptFlags::NOCTTY).union(OpenptFlags::CLOEXEC);

/// The officer's end and the program's end.
fn pair() -> (File, OwnedFd) {
    let officer = openpt(FLAGS).unwrap();
    grantpt(&officer).unwrap();
    unlockpt(&officer).unwrap();
    let program = ioctl_tiocgptpeer(&officer, FLAGS).unwrap();
    tcsetwinsize(&program, Winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 }).unwrap();
    (File::from(officer), program)
}

fn opened(program: &OwnedFd) -> Terminal {
    let end = || program.try_clone().unwrap();
    let mut terminal = Terminal::on(end(), end()).unwrap();
    terminal.set_depth(Depth::None);
    terminal
}

/// All that arrives until nothing has come for 100 ms.
fn arrived(officer: &mut File) -> Vec<u8> {
    let mut all = Vec::new();
    let mut bytes = [0; 65536];
    loop {
        let mut end = [PollFd::new(&*officer, PollFlags::IN)];
        poll(&mut end, Some(&Timespec { tv_sec: 0, tv_nsec: 100_000_000 })).unwrap();
        if !end[0].revents().contains(PollFlags::IN) {
            return all;
        }
        match officer.read(&mut bytes) {
            Ok(count) if count > 0 => all.extend_from_slice(&bytes[..count]),
            _ => return all,
        }
    }
}

/// The private modes that are on after all these bytes; the cursor is on in the beginning.
pub(crate) fn modes_left_on(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let mut on = vec!["25".to_owned()];
    for part in text.split("\x1b[?").skip(1) {
        let number: String = part.chars().take_while(char::is_ascii_digit).collect();
        let last = part.chars().nth(number.len());
        on.retain(|mode| *mode != number);
        if last == Some('h') {
            on.push(number);
        } else {
            assert_eq!(last, Some('l'), "{part}");
        }
    }
    on
}

fn buffer(text: &str) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
    for row in 0..24 {
        buffer.set_string(0, row, text.repeat(80), Style::new());
    }
    buffer
}

fn letter(letter: char) -> Input {
    Input::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE))
}

async fn within(milliseconds: u64, terminal: &mut Terminal) -> Option<Input> {
    tokio::time::timeout(Duration::from_millis(milliseconds), terminal.next()).await.ok()
}

#[tokio::test]
async fn what_is_switched_on_is_switched_off_and_the_modes_are_as_before() {
    let (mut officer, program) = pair();
    let before = tcgetattr(&program).unwrap();
    let mut terminal = opened(&program);
    assert!(!tcgetattr(&program).unwrap().local_modes.intersects(LocalModes::ICANON | LocalModes::ECHO));
    terminal.paint(&buffer("x"), None, Along::default());
    terminal.written().await;
    let mut bytes = arrived(&mut officer);
    assert!(bytes.starts_with(b"\x1b[?1049h\x1b[?2004h"), "{}", bytes.escape_ascii());
    assert_eq!(modes_left_on(&bytes), ["1049", "2004"]);
    officer.write_all(b"typed ahead").unwrap();
    terminal.close();
    let last = arrived(&mut officer);
    assert_eq!(last, b"\x1b[0m\x1b[?2004l\x1b[?25h\x1b[?1049l");
    bytes.extend(last);
    assert_eq!(modes_left_on(&bytes), ["25"]);
    let after = tcgetattr(&program).unwrap();
    assert_eq!(after.local_modes, before.local_modes);
    assert_eq!(after.output_modes, before.output_modes);
    assert_eq!(after.input_modes, before.input_modes);
}

#[tokio::test]
async fn no_question_goes_out_unless_it_is_asked() {
    let (mut officer, program) = pair();
    let mut terminal = opened(&program);
    terminal.paint(&buffer("x"), None, Along { bell: true, ask: true });
    let bytes = arrived(&mut officer);
    assert!(bytes.ends_with(b"\x07\x1b[5n"));
    assert_eq!(bytes.iter().filter(|byte| matches!(byte, b'n' | b'c')).count(), 1);
    officer.write_all(b"\x1b[0n").unwrap();
    assert_eq!(within(1000, &mut terminal).await, Some(Input::Answer(TerminalAnswer::Ok)));
}

#[tokio::test]
async fn bytes_one_at_a_time_are_the_same_keys() {
    let sent = "s\x1b[A\x1b[1;5B\x1bOP\x1b[[A\x1b[5~é漢\x1b[0n\x1b[200~mug\r\x1b[201~\r";
    let (mut officer, program) = pair();
    let mut terminal = opened(&program);
    officer.write_all(sent.as_bytes()).unwrap();
    let mut together = Vec::new();
    while let Some(input) = within(300, &mut terminal).await {
        together.push(input);
    }
    assert_eq!(together.len(), 11);

    let typist = std::thread::spawn(move || {
        for byte in sent.as_bytes() {
            officer.write_all(&[*byte]).unwrap();
            std::thread::sleep(Duration::from_millis(5));
        }
        officer
    });
    let mut apart = Vec::new();
    while apart.len() < together.len() {
        match within(5000, &mut terminal).await.unwrap() {
            // On a busy machine the gap may grow to a silence: an Esc more, and no letter.
            Input::Key(key) if key.code == KeyCode::Esc => {}
            input => apart.push(input),
        }
    }
    assert_eq!(apart, together);
    drop(typist.join().unwrap());
}

#[tokio::test]
async fn escape_comes_after_a_short_silence() {
    let (mut officer, program) = pair();
    let mut terminal = opened(&program);
    officer.write_all(b"\x1b").unwrap();
    let pressed = Instant::now();
    assert_eq!(
        within(2000, &mut terminal).await,
        Some(Input::Key(KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE)))
    );
    assert!(pressed.elapsed() >= Duration::from_millis(40), "{:?}", pressed.elapsed());
    // The rest of a key that was cut there.
    officer.write_all(b"[A").unwrap();
    assert_eq!(
        within(2000, &mut terminal).await,
        Some(Input::Key(KeyEvent::new(KeyCode::Up, KeyModifiers::NONE)))
    );
}

#[tokio::test]
async fn nothing_is_lost_when_the_wait_is_given_up() {
    let (mut officer, program) = pair();
    let mut terminal = opened(&program);
    officer.write_all(b"abc\x1b").unwrap();
    let mut inputs = Vec::new();
    let began = Instant::now();
    while inputs.len() < 4 && began.elapsed() < Duration::from_secs(5) {
        inputs.extend(within(1, &mut terminal).await);
    }
    let escape = Input::Key(KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE));
    assert_eq!(inputs, [letter('a'), letter('b'), letter('c'), escape]);
}

#[tokio::test]
async fn the_end_of_the_terminal_comes_within_a_second_and_after_the_keys() {
    let (mut officer, program) = pair();
    let mut terminal = opened(&program);
    officer.write_all(b"q").unwrap();
    assert_eq!(within(1000, &mut terminal).await, Some(letter('q')));
    drop(officer);
    assert_eq!(within(1000, &mut terminal).await, Some(Input::HangUp));
    // Once, and then silence instead of a loop.
    assert_eq!(within(200, &mut terminal).await, None);
    terminal.paint(&buffer("x"), None, Along::default());
    let closing = Instant::now();
    terminal.close();
    assert!(closing.elapsed() < Duration::from_secs(1), "{:?}", closing.elapsed());
}

#[tokio::test]
async fn a_hang_up_on_one_end_leaves_no_mode_on_at_the_other() {
    let (officer_types, keyboard) = pair();
    let (mut officer_sees, screen) = pair();
    let mut terminal = Terminal::on(keyboard, screen.try_clone().unwrap()).unwrap();
    terminal.paint(&buffer("x"), None, Along::default());
    let mut bytes = arrived(&mut officer_sees);
    drop(officer_types);
    assert_eq!(within(1000, &mut terminal).await, Some(Input::HangUp));
    drop(terminal);
    bytes.extend(arrived(&mut officer_sees));
    assert_eq!(modes_left_on(&bytes), ["25"]);
}

#[tokio::test]
async fn a_stalled_terminal_blocks_neither_keys_nor_the_end() {
    let (mut officer, program) = pair();
    let mut terminal = opened(&program);
    let mut painted = 0;
    for text in ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p"] {
        let _ = tokio::time::timeout(Duration::from_millis(150), terminal.written()).await;
        painted += usize::from(terminal.paint(&buffer(text), None, Along::default()).is_some());
    }
    assert!(painted < 16 && !terminal.can_paint(), "{painted} frames went out");
    officer.write_all(b"s").unwrap();
    assert_eq!(within(1000, &mut terminal).await, Some(letter('s')));
    let closing = Instant::now();
    terminal.close();
    assert!(closing.elapsed() < Duration::from_secs(1), "{:?}", closing.elapsed());
    let bytes = arrived(&mut officer);
    assert!(bytes.ends_with(b"\x1b[?1049l"), "{}", bytes[bytes.len().saturating_sub(40)..].escape_ascii());
}

#[tokio::test]
async fn the_terminal_shows_what_was_painted_and_the_same_again_costs_nothing() {
    let (mut officer, program) = pair();
    let mut terminal = opened(&program);
    assert_eq!(terminal.size(), (80, 24));
    let drawn = buffer("KD73519 ");
    assert!(terminal.paint(&drawn, Some((3, 4)), Along::default()) > Some(1000));
    terminal.written().await;
    assert_eq!(terminal.paint(&drawn, Some((3, 4)), Along::default()), Some(0));
    terminal.repaint_all();
    assert!(terminal.paint(&drawn, Some((3, 4)), Along::default()) > Some(1000));
    let mut emulator = vt100::Parser::default();
    emulator.process(&arrived(&mut officer));
    assert!(emulator.screen().contents().starts_with("KD73519 ".repeat(10).trim_end()));
    assert_eq!(emulator.screen().cursor_position(), (4, 3));
    assert!(emulator.screen().alternate_screen() && emulator.screen().bracketed_paste());
}

#[test]
fn what_is_no_terminal_is_refused() {
    let (_officer, program) = pair();
    let file = || OwnedFd::from(File::open("/dev/null").unwrap());
    assert!(Terminal::on(file(), program.try_clone().unwrap()).is_err());
    assert!(Terminal::on(program, file()).is_err());
}
