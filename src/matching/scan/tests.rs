use super::*;
use proptest::prelude::*;

/// Numbers that look random and are the same each time.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 20) as usize % bound
    }

    fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}

fn kernels() -> Vec<Kernel> {
    [Kernel::Portable, Kernel::Avx2, Kernel::Avx512].into_iter().filter(|kernel| kernel.is_there()).collect()
}

const WAYS: [How; 3] = [How::Whole, How::Within, How::Contains];

/// Figures and capitals, `?` and `*`.
fn symbols(text: &str) -> Vec<u8> {
    let symbol = |c: char| match c {
        '?' => ANY,
        '*' => MANY,
        _ => c.to_digit(36).unwrap() as u8,
    };
    text.chars().map(symbol).collect()
}

fn cells(text: &str) -> Vec<u64> {
    let cell = |symbol| match symbol {
        ANY => u64::MAX,
        MANY => 0,
        _ => 1 << symbol,
    };
    symbols(text).into_iter().map(cell).collect()
}

fn blocks_of(length: usize, keys: &[Vec<u8>]) -> Blocks {
    let mut blocks = Blocks::new(length);
    for (position, key) in keys.iter().enumerate() {
        assert_eq!(blocks.push(key), position as u32);
    }
    blocks
}

/// Holds every kernel, and the look at one pair, to the textbook; keys of one length.
fn assert_textbook(cells: &[u64], keys: &[Vec<u8>], how: How, allowed: &[u8]) {
    let automaton = Automaton::new(cells);
    let Some(length) = keys.first().map(Vec::len) else { return };
    let blocks = blocks_of(length, keys);
    let errors: Vec<u8> = keys.iter().map(|key| textbook::errors(cells, key, how)).collect();
    for (key, errors) in keys.iter().zip(&errors) {
        for most in allowed {
            let expected = Some(*errors).filter(|errors| errors <= most);
            assert_eq!(automaton.errors(key, how, *most), expected, "{how:?} {most} {cells:x?} {key:?}");
        }
    }
    let gapped = keys.iter().flatten().any(|symbol| *symbol == MANY);
    for most in allowed {
        let fits = |position: &u32| errors[*position as usize] <= *most;
        let expected: Vec<u32> = (0..keys.len() as u32).filter(fits).collect();
        for kernel in kernels() {
            let mut found = Vec::new();
            automaton.scan_with(kernel, &blocks, how, *most, gapped, &mut found);
            assert_eq!(found, expected, "{kernel:?} {how:?} {most} {cells:x?}");
        }
    }
}

fn assert_grouped(cells: &[u64], keys: impl IntoIterator<Item = Vec<u8>>, how: How, allowed: &[u8]) {
    let mut groups: Vec<Vec<Vec<u8>>> = vec![Vec::new(); 2 * (LONGEST + 1)];
    for key in keys {
        let gapped = key.contains(&MANY);
        groups[key.len() * 2 + usize::from(gapped)].push(key);
    }
    groups.iter().for_each(|keys| assert_textbook(cells, keys, how, allowed));
}

/// A key that fits the cells, or a piece of them, but for a few errors.
fn near(cells: &[u64], random: &mut Random, stars: bool) -> Vec<u8> {
    let mut key = Vec::new();
    for cell in cells {
        let from = random.below(62);
        if *cell == 0 {
            key.extend((0..random.below(3)).map(|_| random.below(4) as u8));
        } else {
            key.extend((from..from + 62).map(|at| (at % 62) as u8).find(|symbol| cell >> symbol & 1 == 1));
        }
    }
    for _ in 0..random.below(4) {
        let (at, symbol) = (random.below(key.len() + 1), random.below(4) as u8);
        match random.below(if stars { 7 } else { 6 }) {
            0 => key.insert(at, symbol),
            1 if at < key.len() => drop(key.remove(at)),
            2 if at < key.len() => key[at] = symbol,
            3 if at + 1 < key.len() => key.swap(at, at + 1),
            4 if at < key.len() => key[at] = ANY,
            5 if key.len() > 2 => drop(key.drain(..random.below(3))),
            6 => key.insert(at, MANY),
            _ => {}
        }
    }
    if random.one_in(4) {
        key.drain(..random.below(key.len() + 1));
        key.truncate(1 + random.below(12));
    }
    key.truncate(LONGEST);
    key
}

/// A cell of few symbols, so that near misses are many.
fn any_cell(random: &mut Random, kinds: u32) -> u64 {
    match random.below(12) {
        0 => 0,
        1 => u64::MAX,
        2 => (1 << random.below(kinds as usize)) | (1 << random.below(kinds as usize)),
        3 => 1 << random.below(62),
        _ => 1 << random.below(kinds as usize),
    }
}

fn some_cells(length: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = Vec<u64>> {
    let cell = prop_oneof![
        10 => (0u32..4).prop_map(|symbol| 1u64 << symbol),
        2 => (0u32..62).prop_map(|symbol| 1u64 << symbol),
        1 => Just(u64::MAX),
        1 => (0u32..4, 0u32..62).prop_map(|(a, b)| (1u64 << a) | (1u64 << b)),
        1 => Just(0),
    ];
    (prop::collection::vec(cell, length), any::<bool>())
        .prop_map(|(cells, gaps)| if gaps { cells } else { without_gaps(cells) })
}

/// The same with a cell of one symbol for each `*`.
fn without_gaps(mut cells: Vec<u64>) -> Vec<u64> {
    cells.iter_mut().filter(|cell| **cell == 0).for_each(|cell| *cell = 1);
    cells
}

fn assert_near(cells: &[u64], seed: u64, how: How) {
    let mut random = Random(seed | 1);
    let keys = (0..90).map(|_| {
        if random.one_in(4) {
            let length = random.below(LONGEST + 1);
            (0..length).map(|_| if random.one_in(20) { ANY } else { random.below(5) as u8 }).collect()
        } else {
            let stars = random.one_in(2);
            near(cells, &mut random, stars)
        }
    });
    let keys: Vec<Vec<u8>> = keys.collect();
    assert_grouped(cells, keys, how, &[0, 1, 2]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn short_patterns_are_the_textbook_ones(cells in some_cells(1..=8), seed: u64, how in 0usize..3) {
        assert_near(&cells, seed, WAYS[how]);
    }

    #[test]
    fn patterns_of_a_number_are_the_textbook_ones(cells in some_cells(7..=17), seed: u64, how in 0usize..3) {
        assert_near(&cells, seed, WAYS[how]);
    }

    #[test]
    fn keys_read_back(length in 0usize..=LONGEST, keys in 0usize..200, seed: u64) {
        let mut random = Random(seed | 1);
        let key = |_| (0..length).map(|_| random.below(SYMBOLS) as u8).collect();
        let keys: Vec<Vec<u8>> = (0..keys).map(key).collect();
        let blocks = blocks_of(length, &keys);
        prop_assert_eq!((blocks.len(), blocks.length()), (keys.len(), length));
        let mut read = vec![1, 2, 3];
        for (position, key) in keys.iter().enumerate() {
            blocks.read(position as u32, &mut read);
            prop_assert_eq!(&read, key);
        }
        blocks.read(keys.len() as u32, &mut read);
        prop_assert!(read.is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn long_patterns_are_the_textbook_ones(cells in some_cells(15..=35), seed: u64, how in 0usize..3) {
        assert_near(&cells, seed, WAYS[how]);
    }

    #[test]
    fn the_longest_patterns_are_the_textbook_ones(cells in some_cells(30..=LONGEST), seed: u64, how in 0usize..3) {
        assert_near(&cells, seed, WAYS[how]);
    }
}

#[test]
fn a_million_pairs_are_the_textbook_ones() {
    let mut random = Random(0x9E37_79B9);
    for round in 0..1000usize {
        let kinds = 2 + random.below(2) as u32;
        // Mostly patterns of lanes of one byte, and on both sides of where lanes widen.
        let length = match round % 100 {
            0 => LONGEST - random.below(3),
            20 | 70 => 32 + random.below(2),
            at if at % 20 == 10 => 16 + random.below(2),
            at if at % 10 == 0 => 8 + random.below(3),
            _ => 1 + random.below(7),
        };
        let cells: Vec<u64> = (0..length).map(|_| any_cell(&mut random, kinds)).collect();
        let key_length = length.saturating_sub(3) + random.below(6);
        let gaps = round % 4 == 3;
        let (how, most) = (WAYS[round % 3], (round / 3 % 3) as u8);
        if length > 10 {
            // Not all patterns are to have a gap, and none of a thousand keys would fit that
            // are not made from the pattern.
            let stars = random.one_in(2);
            let cells = if random.one_in(3) { cells } else { without_gaps(cells) };
            let keys: Vec<Vec<u8>> = (0..1000).map(|_| near(&cells, &mut random, stars)).collect();
            assert_grouped(&cells, keys, how, &[most]);
            continue;
        }
        let key = |_| {
            let symbol = |_| match random.below(16) {
                0 => ANY,
                1 if gaps => MANY,
                _ => random.below(kinds as usize) as u8,
            };
            (0..key_length).map(symbol).collect::<Vec<u8>>()
        };
        let keys: Vec<Vec<u8>> = (0..1000).map(key).collect();
        assert_textbook(&cells, &keys, how, &[most]);
    }
}

fn fits(pattern: &str, key: &str, how: How) -> Option<u8> {
    let (cells, key) = (cells(pattern), symbols(key));
    assert_grouped(&cells, [key.clone()], how, &[0, 1, 2]);
    Automaton::new(&cells).errors(&key, how, MOST)
}

#[test]
fn errors_as_an_officer_makes_them() {
    assert_eq!(fits("KD73519", "KD73519", How::Whole), Some(0));
    assert_eq!(fits("KD73519", "KD75319", How::Whole), Some(1), "a swap is one error");
    assert_eq!(fits("KD73519", "K73519", How::Whole), Some(1));
    assert_eq!(fits("KD73519", "KD735199", How::Whole), Some(1));
    assert_eq!(fits("KD73519", "KA735199", How::Whole), Some(2));
    assert_eq!(fits("KD73519", "DK75391", How::Whole), None);
    assert_eq!(fits("73519", "KD73519X", How::Within), Some(0));
    assert_eq!(fits("73519", "KD75319X", How::Within), Some(2), "a swap is two errors here");
    assert_eq!(fits("KD73519X", "73519", How::Contains), Some(0));
    assert_eq!(fits("KD73519X", "D7351", How::Contains), Some(0));
    assert_eq!(fits("KD73519X", "D73A1", How::Contains), Some(1));
}

#[test]
fn signs_for_what_could_not_be_read() {
    assert_eq!(fits("KD??519", "KD73519", How::Whole), Some(0));
    assert_eq!(fits("*519", "KD73519", How::Whole), Some(0));
    assert_eq!(fits("KD*", "KD73519", How::Whole), Some(0));
    assert_eq!(fits("KD*519", "KD519", How::Whole), Some(0));
    assert_eq!(fits("K*D519", "DK519", How::Whole), Some(2), "nothing swaps over a gap");
    assert_eq!(fits("KD?519", "KD5?19", How::Whole), Some(0), "? fits ?, and 5");
    assert_eq!(fits("KD73519", "KD7*", How::Whole), Some(0));
    assert_eq!(fits("KD73519", "*519", How::Whole), Some(0));
    assert_eq!(fits("KD73519", "K*D9", How::Whole), Some(1));
    assert_eq!(fits("K*", "*9", How::Whole), Some(0));
    assert_eq!(fits("*", "KD73519", How::Whole), Some(0));
    assert_eq!(fits("KD*19", "777777", How::Contains), Some(0), "the gap takes it up");
    assert_eq!(fits("K", "*", How::Whole), Some(0));
    assert_eq!(fits("KD7", "", How::Whole), None);
    assert_eq!(fits("KD", "", How::Whole), Some(2));
}

#[test]
fn pairs_without_cells_or_symbols() {
    for pattern in ["", "*", "**", "7", "7*", "?"] {
        for key in ["", "*", "7", "77", "777", "7*7", "????"] {
            for how in WAYS {
                fits(pattern, key, how);
            }
        }
    }
}

#[test]
fn lanes_without_a_key_are_not_reported() {
    for keys in 1..=130 {
        let blocks = blocks_of(2, &vec![vec![0, 0]; keys]);
        for (cells, how, gapped) in [
            ("0", How::Whole, false),
            ("???", How::Within, false),
            ("0*", How::Contains, false),
            ("00", How::Whole, true),
        ]
        .map(|(text, how, gapped)| (cells(text), how, gapped))
        {
            for kernel in kernels() {
                let mut found = vec![7];
                Automaton::new(&cells).scan_with(kernel, &blocks, how, 1, gapped, &mut found);
                let expected: Vec<u32> = std::iter::once(7).chain(0..keys as u32).collect();
                assert_eq!(found, expected, "appended, each key once: {kernel:?} {how:?}");
            }
        }
    }
}

#[test]
fn more_errors_than_a_scan_allows_are_cut() {
    let automaton = Automaton::new(&cells("KD73519"));
    let blocks = blocks_of(7, &[symbols("KD73519"), symbols("KD73000"), symbols("AA73519")]);
    let mut found = Vec::new();
    automaton.scan(&blocks, How::Whole, 9, false, &mut found);
    assert_eq!(found, [0, 2]);
    assert_eq!(automaton.errors(&symbols("KD73000"), How::Whole, 9), None);
}
