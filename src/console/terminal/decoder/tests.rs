mod battery;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use proptest::prelude::*;

use super::super::input::{Input, Paste, TerminalAnswer};
use super::{Decoder, paste};

fn key(code: KeyCode) -> Input {
    Input::Key(KeyEvent::new(code, KeyModifiers::NONE))
}

fn with(code: KeyCode, modifiers: KeyModifiers) -> Input {
    Input::Key(KeyEvent::new(code, modifiers))
}

fn letters(text: &str) -> Vec<Input> {
    text.chars().map(|letter| key(KeyCode::Char(letter))).collect()
}

fn pasted(text: &str, cut: bool) -> Input {
    Input::Paste(Paste { text: text.to_owned(), cut, rest: false })
}

fn rest(text: &str, cut: bool) -> Input {
    Input::Paste(Paste { text: text.to_owned(), cut, rest: true })
}

/// What is read when the bytes come in pieces of these lengths, over and over.
fn fed(bytes: &[u8], cuts: &[usize]) -> Vec<Input> {
    let mut decoder = Decoder::default();
    let mut inputs = Vec::new();
    let mut rest = bytes;
    for cut in cuts.iter().cycle() {
        if rest.is_empty() {
            break;
        }
        let (chunk, after) = rest.split_at((*cut).min(rest.len()));
        inputs.extend(decoder.feed(chunk));
        rest = after;
    }
    inputs
}

fn decoded(bytes: &[u8]) -> Vec<Input> {
    Decoder::default().feed(bytes)
}

/// Every sequence that a terminal sends by itself, with what it means.
fn sequences() -> Vec<(&'static [u8], Vec<Input>)> {
    use KeyCode as K;
    use KeyModifiers as M;
    let plain: [(&[u8], K); 42] = [
        (b"\x1b[A", K::Up),
        (b"\x1b[B", K::Down),
        (b"\x1b[C", K::Right),
        (b"\x1b[D", K::Left),
        (b"\x1bOA", K::Up),
        (b"\x1bOB", K::Down),
        (b"\x1bOC", K::Right),
        (b"\x1bOD", K::Left),
        (b"\x1b[H", K::Home),
        (b"\x1b[F", K::End),
        (b"\x1bOH", K::Home),
        (b"\x1bOF", K::End),
        (b"\x1b[1~", K::Home),
        (b"\x1b[4~", K::End),
        (b"\x1b[7~", K::Home),
        (b"\x1b[8~", K::End),
        (b"\x1b[2~", K::Insert),
        (b"\x1b[3~", K::Delete),
        (b"\x1b[5~", K::PageUp),
        (b"\x1b[6~", K::PageDown),
        (b"\x1bOP", K::F(1)),
        (b"\x1bOQ", K::F(2)),
        (b"\x1bOR", K::F(3)),
        (b"\x1bOS", K::F(4)),
        (b"\x1b[P", K::F(1)),
        (b"\x1b[S", K::F(4)),
        (b"\x1b[[A", K::F(1)),
        (b"\x1b[[E", K::F(5)),
        (b"\x1b[11~", K::F(1)),
        (b"\x1b[12~", K::F(2)),
        (b"\x1b[13~", K::F(3)),
        (b"\x1b[14~", K::F(4)),
        (b"\x1b[15~", K::F(5)),
        (b"\x1b[17~", K::F(6)),
        (b"\x1b[18~", K::F(7)),
        (b"\x1b[19~", K::F(8)),
        (b"\x1b[20~", K::F(9)),
        (b"\x1b[21~", K::F(10)),
        (b"\x1b[23~", K::F(11)),
        (b"\x1b[24~", K::F(12)),
        (b"\x9bA", K::Up),
        (b"\x8fP", K::F(1)),
    ];
    let modified: [(&[u8], K, M); 10] = [
        (b"\x1b[Z", K::BackTab, M::SHIFT),
        (b"\x1b[1;5A", K::Up, M::CONTROL),
        (b"\x1b[1;2D", K::Left, M::SHIFT),
        (b"\x1b[1;3C", K::Right, M::ALT),
        (b"\x1b[1;8H", K::Home, M::SHIFT.union(M::ALT).union(M::CONTROL)),
        (b"\x1b[3;5~", K::Delete, M::CONTROL),
        (b"\x1b[7$", K::Home, M::SHIFT),
        (b"\x1b[5^", K::PageUp, M::CONTROL),
        (b"\x1b[a", K::Up, M::SHIFT),
        (b"\x1bO2P", K::F(1), M::SHIFT),
    ];
    let silent: [&[u8]; 17] = [
        b"\x1b[24;80R",
        b"\x1b[?1;2c",
        b"\x1b[>0;276;0c",
        b"\x1b[3n",
        b"\x1b[?2026;2$y",
        b"\x1b[4;2$y",
        b"\x1b[I",
        b"\x1b[<0;33;12M",
        b"\x1b[M !!",
        b"\x1b[97;5u",
        b"\x1b[201~",
        b"\x1b]11;rgb:1e1e/2a2a/ffff\x1b\\",
        b"\x1b]4;1;rgb:mmmm/xxxx/uuuu\x07",
        b"\x1bP>|XTerm(379) mug\x1b\\",
        b"\x1bP1+r544e=787465726d\x1b\\",
        b"\x1b_Gi=31;EINVAL: mux\x1b\\",
        b"\x1b[1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17;18;19m",
    ];
    let mut all: Vec<(&[u8], Vec<Input>)> = vec![(b"\x1b[0n", vec![Input::Answer(TerminalAnswer::Ok)])];
    all.extend(plain.map(|(bytes, code)| (bytes, vec![key(code)])));
    all.extend(modified.map(|(bytes, code, modifiers)| (bytes, vec![with(code, modifiers)])));
    all.extend(silent.map(|bytes| (bytes, Vec::new())));
    all
}

#[test]
fn every_sequence_means_one_thing_and_leaves_nothing() {
    for (bytes, meaning) in sequences() {
        let mut decoder = Decoder::default();
        assert_eq!(decoder.feed(bytes), meaning, "{}", bytes.escape_ascii());
        assert!(!decoder.waiting(), "{}", bytes.escape_ascii());
        assert_eq!(decoder.feed(b"s"), letters("s"), "{}", bytes.escape_ascii());
    }
}

#[test]
fn a_silence_anywhere_in_a_sequence_leaves_no_letter() {
    for (bytes, meaning) in sequences() {
        for cut in 1..bytes.len() {
            let mut decoder = Decoder::default();
            let mut inputs = decoder.feed(&bytes[..cut]);
            inputs.extend(decoder.expire());
            inputs.extend(decoder.feed(&bytes[cut..]));
            let escape = if cut == 1 && bytes[0] == 0x1b { vec![key(KeyCode::Esc)] } else { Vec::new() };
            let expected: Vec<Input> = escape.into_iter().chain(meaning.clone()).collect();
            assert_eq!(inputs, expected, "{} cut at {cut}", bytes.escape_ascii());
            assert_eq!(decoder.feed(b"s"), letters("s"), "{} cut at {cut}", bytes.escape_ascii());
        }
    }
}

#[test]
fn keys_of_one_byte() {
    assert_eq!(
        decoded(b"\r\n\t\x7f\x08"),
        [
            key(KeyCode::Enter),
            key(KeyCode::Enter),
            key(KeyCode::Tab),
            key(KeyCode::Backspace),
            key(KeyCode::Backspace),
        ]
    );
    let control = |letter| with(KeyCode::Char(letter), KeyModifiers::CONTROL);
    assert_eq!(decoded(b"\x03\x0c\x1a"), [control('c'), control('l'), control('z')]);
    assert_eq!(decoded(b"\x00\x1c\x1f"), []);
    assert_eq!(decoded(b"sS7?"), letters("sS7?"));
}

#[test]
fn escape_is_a_key_after_a_silence_or_before_any_other_key() {
    let mut decoder = Decoder::default();
    assert_eq!(decoder.feed(b"\x1b"), []);
    assert!(decoder.waiting());
    assert_eq!(decoder.expire(), [key(KeyCode::Esc)]);
    assert!(!decoder.waiting());
    assert_eq!(decoder.feed(b"s"), letters("s"));
    assert_eq!(decoded(b"\x1b\x1b[A"), [key(KeyCode::Esc), key(KeyCode::Up)]);
    assert_eq!(decoded(b"\x1bs"), [key(KeyCode::Esc), key(KeyCode::Char('s'))]);
    assert_eq!(decoded(b"\x1b\r"), [key(KeyCode::Esc), key(KeyCode::Enter)]);
}

#[test]
fn capitals_typed_after_escape_are_letters() {
    for (typed, last) in [("O", None), ("P", None), ("OK", None), ("PLATE", None), ("O", Some("x"))] {
        let mut decoder = Decoder::default();
        decoder.feed(b"\x1b");
        decoder.expire();
        let mut inputs = decoder.feed(typed.as_bytes());
        inputs.extend(decoder.expire());
        inputs.extend(decoder.feed(last.unwrap_or_default().as_bytes()));
        assert_eq!(inputs, letters(&format!("{typed}{}", last.unwrap_or_default())));
    }
}

#[test]
fn a_control_character_ends_a_sequence_that_lost_its_end() {
    for begun in [&b"\x1b["[..], b"\x1b[1;", b"\x1bO", b"\x1b[[", b"\x1b[M!", b"\x1bP1+r", b"\x1b]11;"] {
        let mut decoder = Decoder::default();
        decoder.feed(begun);
        assert_eq!(decoder.feed(b"\r"), [key(KeyCode::Enter)], "{}", begun.escape_ascii());
        decoder.feed(begun);
        assert_eq!(decoder.feed(b"\x1b[B"), [key(KeyCode::Down)], "{}", begun.escape_ascii());
    }
}

#[test]
fn characters_of_any_alphabet_survive_any_cut_and_bad_bytes_vanish() {
    assert_eq!(decoded("éЖ漢🔫".as_bytes()), letters("éЖ漢🔫"));
    let mut decoder = Decoder::default();
    let mut inputs = Vec::new();
    for byte in "éЖ漢🔫".as_bytes() {
        inputs.extend(decoder.feed(&[*byte]));
        inputs.extend(decoder.expire());
    }
    assert_eq!(inputs, letters("éЖ漢🔫"));
    assert_eq!(decoded(b"a\xc3b\xff\xfec\xe0\x80\x80d\xed\xa0\x80e\xc0\xafm"), letters("abcdem"));
}

#[test]
fn a_paste_is_text_whatever_stands_in_it() {
    let text = "KD73519\r\n\x1b[A\x03q\ty \u{9b}\x1b[20";
    let bytes = format!("a\x1b[200~{text}\x1b[201~b");
    let [first, paste, last] = decoded(bytes.as_bytes()).try_into().unwrap();
    assert_eq!((first, last), (key(KeyCode::Char('a')), key(KeyCode::Char('b'))));
    assert_eq!(paste, pasted(text, false));
    assert_eq!(decoded(b"\x1b[200~a\xffb\x1b[201~"), [pasted("ab", false)]);
}

#[test]
fn a_paste_that_is_too_long_is_cut_and_says_so() {
    let mut bytes = b"\x1b[200~".to_vec();
    bytes.resize(bytes.len() + paste::KEPT + 5, b'm');
    bytes.extend_from_slice(b"\x1b[201~");
    assert_eq!(decoded(&bytes), [pasted(&"m".repeat(paste::KEPT), true)]);
}

#[test]
fn nothing_is_kept_behind_a_gap_in_a_paste() {
    let mut decoder = Decoder::default();
    decoder.feed(b"\x1b[200~");
    decoder.feed(&vec![b'm'; paste::KEPT + 5]);
    assert_eq!(decoder.expire(), [pasted(&"m".repeat(paste::KEPT), true)]);
    assert_eq!(decoder.feed(b"519\x1b[201~"), [rest("", true)]);
}

#[test]
fn a_paste_that_pauses_yields_no_keys_and_one_without_end_gives_the_keyboard_back() {
    let mut decoder = Decoder::default();
    assert_eq!(decoder.feed(b"\x1b[200~mug"), []);
    assert!(decoder.waiting());
    assert_eq!(decoder.expire(), [pasted("mug", true)]);
    assert!(!decoder.waiting());
    assert_eq!(decoder.feed(b"xyz\x1b[201~n"), [rest("xyz", false), key(KeyCode::Char('n'))]);

    decoder.feed(b"\x1b[200~mug");
    decoder.expire();
    decoder.feed(b"r");
    assert!(decoder.waiting());
    assert_eq!(decoder.expire(), [rest("r", true)]);
    assert_eq!(decoder.feed(b"r"), letters("r"));
}

#[test]
fn the_terminals_answer_within_a_paste_is_no_text() {
    let ok = || Input::Answer(TerminalAnswer::Ok);
    assert_eq!(decoded(b"\x1b[200~KD7\x1b[0n3519\x1b[201~"), [ok(), pasted("KD73519", false)]);
    for text in ["\x1b[0m", "\x1b[0\x1b[", "\x1b[2\x1b[0", "\x1b\x1b[0;n"] {
        let bytes = format!("\x1b[200~{text}\x1b[201~");
        assert_eq!(decoded(bytes.as_bytes()), [pasted(text, false)], "{text:?}");
    }
    assert_eq!(decoded(b"\x1b[200~a\x1b[2\x1b[0n\x1b[201~"), [ok(), pasted("a\x1b[2", false)]);

    let mut decoder = Decoder::default();
    decoder.feed(b"\x1b[200~KD7");
    assert_eq!(decoder.expire(), [pasted("KD7", true)]);
    assert_eq!(decoder.feed(b"\x1b[0n"), [ok()]);
    assert!(decoder.waiting(), "a paste whose end was lost ends after that");
    assert_eq!(decoder.expire(), []);
    assert_eq!(decoder.feed(b"r"), letters("r"));
}

#[test]
fn a_string_without_end_gives_the_keyboard_back() {
    let mut decoder = Decoder::default();
    decoder.feed(b"\x1bP1+r");
    assert!(decoder.waiting());
    assert_eq!(decoder.expire(), []);
    assert!(!decoder.waiting());
    assert_eq!(decoder.feed(b"mug"), []);
    assert!(decoder.waiting());
    assert_eq!(decoder.expire(), []);
    assert_eq!(decoder.feed(b"s"), letters("s"));
}

/// Pieces of what may come in: typed, sent by the terminal, or noise.
fn pieces() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let sent =
        prop::sample::select(sequences().into_iter().map(|(bytes, _)| bytes.to_vec()).collect::<Vec<_>>());
    let typed = "[ -~éЖ漢\r\t\x1b\x7f]{1,4}".prop_map(String::into_bytes);
    let paste = "[ -~\r\x1b]{0,20}".prop_map(|text| format!("\x1b[200~{text}\x1b[201~").into_bytes());
    let noise = prop::collection::vec(any::<u8>(), 0..6);
    prop::collection::vec(prop_oneof![4 => sent, 3 => typed, 1 => paste, 1 => noise], 0..12)
}

proptest! {
    #[test]
    fn the_cut_of_the_bytes_means_nothing(pieces in pieces(), cuts in prop::collection::vec(1..5_usize, 1..20)) {
        let bytes = pieces.concat();
        prop_assert_eq!(fed(&bytes, &cuts), decoded(&bytes));
    }

    #[test]
    fn any_bytes_and_silences_are_survived(
        chunks in prop::collection::vec((prop::collection::vec(any::<u8>(), 0..20), any::<bool>()), 0..30),
    ) {
        let mut decoder = Decoder::default();
        for (chunk, silence) in chunks {
            decoder.feed(&chunk);
            if silence {
                decoder.expire();
                while decoder.waiting() {
                    decoder.expire();
                }
            }
        }
        // Whatever was begun, two pauses and two keys later the keyboard works again.
        decoder.expire();
        decoder.feed(b"\r");
        decoder.expire();
        decoder.feed(b"\r");
        decoder.expire();
        decoder.expire();
        prop_assert_eq!(decoder.feed(b"s"), letters("s"));
    }

    #[test]
    fn two_silences_in_a_key_leave_no_letter_that_acts(
        (bytes, _) in prop::sample::select(sequences().into_iter().filter(|(_, meaning)| !meaning.is_empty()).collect::<Vec<_>>()),
        silences in prop::collection::vec(any::<bool>(), 8),
    ) {
        let mut decoder = Decoder::default();
        let mut inputs = Vec::new();
        for (byte, silence) in bytes.iter().zip(silences.iter().cycle()) {
            inputs.extend(decoder.feed(&[*byte]));
            if *silence {
                inputs.extend(decoder.expire());
            }
        }
        inputs.extend(decoder.expire());
        for acting in letters("mxugyMXUGY") {
            prop_assert!(!inputs.contains(&acting), "{inputs:?}");
        }
    }
}
