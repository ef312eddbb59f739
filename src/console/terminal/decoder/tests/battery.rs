//! Every key of the key map over bad lines, terminals that answer while somebody types, and floods.

use super::{fed, key, letters, sequences};
use crate::console::action::{self, Kind, TABLE, folded};
use crate::console::terminal::decoder::Decoder;
use crate::console::terminal::input::{Input, TerminalAnswer};
use crossterm::event::{KeyCode, KeyEvent};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What terminals send for a key of the table.
fn encodings(code: KeyCode) -> Vec<Vec<u8>> {
    let by_sequence = sequences().into_iter().filter_map(|(bytes, meaning)| match &meaning[..] {
        [Input::Key(key)] if folded(*key) == Some(code) && key.modifiers.is_empty() => Some(bytes.to_vec()),
        _ => None,
    });
    let mut all: Vec<Vec<u8>> = by_sequence.collect();
    match code {
        KeyCode::Char(c) => all.push(c.to_string().into_bytes()),
        KeyCode::Enter => all.extend([b"\r".to_vec(), b"\n".to_vec()]),
        KeyCode::Esc => all.extend([b"\x1b".to_vec(), b"\x03".to_vec()]),
        KeyCode::Backspace => all.extend([b"\x7f".to_vec(), b"\x08".to_vec()]),
        KeyCode::Tab => all.push(b"\t".to_vec()),
        KeyCode::BackTab => all.push(b"\x1b[Z".to_vec()),
        _ => {}
    }
    all
}

/// The keys of the table, each with its ways over the line.
fn keymap() -> Vec<(KeyCode, Vec<Vec<u8>>)> {
    let mut keys: BTreeMap<String, (KeyCode, Vec<Vec<u8>>)> = BTreeMap::new();
    for code in TABLE.iter().flat_map(|action| action.keys.iter().copied()) {
        keys.insert(format!("{code:?}"), (code, encodings(code)));
    }
    keys.into_values().collect()
}

fn folded_keys(inputs: &[Input]) -> Vec<KeyCode> {
    let keys = inputs.iter().map(|input| match input {
        Input::Key(key) => folded(*key).unwrap(),
        other => panic!("{other:?} from keys alone"),
    });
    keys.collect()
}

#[test]
fn every_key_of_the_table_can_be_sent() {
    for (code, ways) in keymap() {
        assert!(!ways.is_empty(), "{code:?}");
    }
}

/// Before each byte the line pauses or does not: all patterns of both.
#[test]
fn every_key_survives_every_cut_and_every_pause() {
    for (code, ways) in keymap() {
        for bytes in ways {
            for pauses in 0..1_u32 << bytes.len() {
                let mut decoder = Decoder::default();
                let mut inputs = Vec::new();
                for (at, byte) in bytes.iter().enumerate() {
                    inputs.extend(decoder.feed(&[*byte]));
                    if pauses >> at & 1 == 1 {
                        inputs.extend(decoder.expire());
                    }
                }
                while decoder.waiting() {
                    inputs.extend(decoder.expire());
                }
                let keys = folded_keys(&inputs);
                let whole = keys == [code] || keys == [KeyCode::Esc, code];
                // An SS3 that pauses twice is two letters; those do nothing that cannot be undone.
                let torn = bytes.starts_with(b"\x1bO")
                    && pauses & 3 == 3
                    && keys
                        .iter()
                        .all(|key| action::by_key(*key).is_none_or(|action| action.kind < Kind::Act));
                assert!(whole || torn, "{} paused by {pauses:b}: {keys:?}", bytes.escape_ascii());
                assert_eq!(decoder.feed(b"s"), letters("s"), "{}", bytes.escape_ascii());
            }
        }
    }
}

/// What terminals say unasked, or when an earlier program asked.
const ANSWERS: [&[u8]; 7] = [
    b"\x1b[0n",
    b"\x1b[24;80R",
    b"\x1b[?64;1;2;6;22c",
    b"\x1b[>41;354;0c",
    b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
    b"\x1bP>|terminal 1.2\x1b\\",
    b"\x1b[?2026;2$y",
];

proptest! {
    /// Answers stand at their place among the keys, however the line has cut both.
    #[test]
    fn answers_in_typing_take_and_give_no_key(
        said in prop::collection::vec((prop::sample::select(keymap()), prop::option::of(0..ANSWERS.len())), 1..30),
        cuts in prop::collection::vec(1..9_usize, 1..20),
    ) {
        let mut bytes = Vec::new();
        let mut expected = Vec::new();
        for ((code, ways), answer) in said {
            // A lone Esc before other bytes is a matter of pauses, which are tested above.
            if code == KeyCode::Esc {
                continue;
            }
            bytes.extend_from_slice(&ways[0]);
            expected.extend(Decoder::default().feed(&ways[0]));
            if let Some(answer) = answer {
                bytes.extend_from_slice(ANSWERS[answer]);
                expected.extend((answer == 0).then_some(Input::Answer(TerminalAnswer::Ok)));
            }
        }
        prop_assert_eq!(fed(&bytes, &cuts), expected);
    }
}

#[test]
fn a_y_before_the_answer_comes_before_it() {
    let mut decoder = Decoder::default();
    let mut inputs = Vec::new();
    for chunk in [&b"ry\x1b["[..], b"0", b"ny"] {
        inputs.extend(decoder.feed(chunk));
    }
    let answer = Input::Answer(TerminalAnswer::Ok);
    assert_eq!(inputs, [letters("ry"), vec![answer], letters("y")].concat());
}

#[test]
fn a_flood_is_held_in_bounds_and_passes() {
    let begun: [&[u8]; 9] =
        [b"\x1b[", b"\x1b[1;", b"\x1bO", b"\x1b]11;", b"\x1bP", b"\x1b_", b"\x1b[200~", b"\x1b[M", b""];
    for begun in begun {
        for filler in [&b"1"[..], b";", b"x", b" ", b"\xc3", b"\x1b", b"\x1b[", b"\x1b]", b"\x9b", b"\x1b[0n"]
        {
            let mut decoder = Decoder::default();
            decoder.feed(begun);
            let chunk = filler.repeat(16_384 / filler.len());
            for _ in 0..16 {
                let inputs = decoder.feed(&chunk);
                assert!(inputs.len() <= chunk.len(), "{}", begun.escape_ascii());
            }
            // Numbers are written out: five characters for a byte at most.
            let held = format!("{decoder:?}").len();
            assert!(held < 6 * 65_536, "{held} after {} {}", begun.escape_ascii(), filler.escape_ascii());
            for _ in 0..2 {
                while decoder.waiting() {
                    decoder.expire();
                }
                decoder.feed(b"\r");
            }
            while decoder.waiting() {
                decoder.expire();
            }
            let last = decoder.feed(b"s");
            assert_eq!(last, [key(KeyCode::Char('s'))], "{} {}", begun.escape_ascii(), filler.escape_ascii());
        }
    }
}

#[test]
fn a_key_held_down_over_a_stalled_line_comes_as_so_many_keys() {
    let downs = b"\x1b[B".repeat(5000);
    let mut decoder = Decoder::default();
    let inputs: Vec<Input> = downs.chunks(4096).flat_map(|chunk| decoder.feed(chunk)).collect();
    assert_eq!(inputs.len(), 5000);
    assert!(inputs.iter().all(|input| *input == Input::Key(KeyEvent::from(KeyCode::Down))));
}
