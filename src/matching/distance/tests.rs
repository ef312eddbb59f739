use super::*;
use crate::matching::number::take_apart;
use proptest::prelude::*;

fn key(text: &str) -> Key {
    Key::of(&take_apart(text)[0]).remove(0)
}

fn whole(a: &str, b: &str) -> Option<Fit> {
    fit(&key(a), &key(b))
}

/// Optimal string alignment as the textbook has it.
fn textbook(a: &[u64], b: &[u64]) -> u8 {
    let mut table = vec![vec![0u8; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i][j] = if i == 0 || j == 0 {
                (i + j) as u8
            } else {
                let mut value = (table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                value = value.min(table[i - 1][j - 1] + u8::from(a[i - 1] & b[j - 1] == 0));
                if i > 1 && j > 1 && a[i - 1] & b[j - 2] != 0 && a[i - 2] & b[j - 1] != 0 {
                    value = value.min(table[i - 2][j - 2] + 1);
                }
                value
            };
        }
    }
    table[a.len()][b.len()]
}

/// Whether a pattern with `*` fits a plain text without any error, by trying everything.
fn glob(pattern: &[u64], text: &[u64]) -> bool {
    match (pattern.split_first(), text.split_first()) {
        (None, None) => true,
        (None, Some(_)) => false,
        (Some((0, rest)), _) => (0..=text.len()).any(|taken| glob(rest, &text[taken..])),
        (Some((set, rest)), Some((sign, left))) => set & sign != 0 && glob(rest, left),
        (Some(_), None) => false,
    }
}

#[test]
fn errors_by_length() {
    assert_eq!(whole("KD73519", "KD 73519"), Some(Fit::Whole(0)));
    assert_eq!(whole("KD73519", "K073519"), Some(Fit::Whole(1)));
    assert_eq!(whole("KD73519", "KD75319"), Some(Fit::Whole(1)), "a swap is one error");
    assert_eq!(whole("KD73519", "K075319"), Some(Fit::Whole(2)));
    assert_eq!(whole("KD73519", "K075379"), None);
    assert_eq!(whole("45127", "45227"), Some(Fit::Whole(1)));
    assert_eq!(whole("45127", "45237"), None);
    assert_eq!(whole("ABC124", "ABD125"), Some(Fit::Whole(2)), "three letters tell as much as five figures");
    assert_eq!(whole("451272", "451383"), None);
    assert_eq!(whole("B51272", "B51383"), None, "a look-alike is no letter");
    assert_eq!(whole("4512", "4513"), None);
    assert_eq!(whole("S512", "5S12"), Some(Fit::Whole(0)));
    assert_eq!(whole("12", "12").unwrap(), Fit::Whole(0));
    assert_eq!(whole("27", "127"), None);
}

#[test]
fn prefixes_and_suffixes_get_lost() {
    assert_eq!(whole("ABC124456", "7124456"), None, "something else stands before it");
    assert_eq!(whole("ABC124456", "124456"), Some(Fit::Part));
    assert_eq!(whole("124456", "ABC124456"), Some(Fit::Part));
    assert_eq!(whole("ABC124456XYZ", "124456"), Some(Fit::Part));
    assert_eq!(whole("ABC4521", "4521"), Some(Fit::Part));
    assert_eq!(whole("ABC452", "452"), None, "three characters lie within too many");
    assert_eq!(whole("ABC124456", "^124456"), None, "nothing stood before it");
    assert_eq!(whole("ABC124456", "124456$"), Some(Fit::Part));
    assert_eq!(whole("124456XYZ", "124456$"), None);
}

#[test]
fn gaps_fit_what_they_may_be() {
    assert_eq!(whole("AB??45[38]", "ABXY458"), Some(Fit::Whole(0)));
    assert_eq!(whole("AB??45[38]", "ABXY457"), None);
    assert_eq!(whole("*73519?", "KD735194"), Some(Fit::Whole(0)));
    assert_eq!(whole("*73519*", "KD73519"), Some(Fit::Whole(0)));
    assert_eq!(whole("KD*19", "KD73519"), Some(Fit::Whole(0)));
    assert_eq!(whole("KD7?519", "KD73[45]19"), Some(Fit::Whole(0)));
    assert_eq!(whole("^73519?", "KD735194"), None);
}

#[test]
fn fillers_fit_their_equals_only() {
    assert_eq!(whole("123456", "123456"), Some(Fit::Whole(0)));
    assert_eq!(whole("123456", "123457"), None);
    assert_eq!(whole("123456", "ABC123456"), Some(Fit::Part), "what is left of a number");
    assert_eq!(whole("12345678", "ABC12345678"), Some(Fit::Part));
    assert_eq!(whole("12345678", "ABC12345078"), None, "or not even that");
    assert_eq!(whole("000000", "ABC000000"), None);
}

#[test]
fn letters_between_figures_count_little() {
    let fits = |a: &str, b: &str| {
        let keys = |text: &str| Key::of(&take_apart(text)[0]);
        keys(a).iter().any(|a| keys(b).iter().any(|b| fit(a, b).is_some()))
    };
    for other in ["369257", "369M257", "369J257"] {
        assert!(fits("369J257", other), "{other}");
    }
    assert!(fits("45J27", "4527"));
    assert!(!fits("A4527", "B4527A"));
}

fn cells() -> impl Strategy<Value = Vec<u64>> {
    let cell =
        prop_oneof![12 => (0u32..5).prop_map(|bit| 1u64 << bit), 1 => Just(u64::MAX), 1 => Just(0b101)];
    prop::collection::vec(cell, 0..10)
}

fn globbing() -> impl Strategy<Value = Vec<u64>> {
    let cell = prop_oneof![6 => (0u32..3).prop_map(|bit| 1u64 << bit), 1 => Just(u64::MAX), 1 => Just(0)];
    prop::collection::vec(cell, 0..8)
}

proptest! {
    #[test]
    fn edits_are_the_textbook_ones(a in cells(), b in cells(), most in 0u8..4) {
        let exact = textbook(&a, &b);
        let expected = Some(exact).filter(|found| *found <= most);
        prop_assert_eq!(edits(a.as_slice(), b.as_slice(), most, Ends::default()), expected);
        prop_assert_eq!(edits(b.as_slice(), a.as_slice(), most, Ends::default()), expected);
    }

    #[test]
    fn stars_take_up_anything(pattern in globbing(), text in prop::collection::vec((0u32..3).prop_map(|b| 1u64 << b), 0..8)) {
        let expected = glob(&pattern, &text);
        let found = edits(pattern.as_slice(), text.as_slice(), 0, Ends::default());
        prop_assert_eq!(found == Some(0), expected);
        let found = edits(text.as_slice(), pattern.as_slice(), 0, Ends::default());
        prop_assert_eq!(found == Some(0), expected);
    }

    #[test]
    fn fits_are_the_same_from_both_sides(a in "[A-C0-3?*]{1,9}", b in "[A-C0-3?]{1,9}") {
        let keys = |text: &str| take_apart(text).first().map(Key::of).unwrap_or_default();
        for x in keys(&a) {
            for y in keys(&b) {
                prop_assert_eq!(fit(&x, &y), fit(&y, &x));
            }
        }
    }
}
