//! A made-up store with the habits of real ones: few prefixes, consignments of consecutive
//! numbers, fields left blank; and guns in hand that are in it with an error, or not in it.

use super::tests::records;
use super::*;
use crate::domain::evidence::Band;
use crate::domain::gun::{Gun, Number, Place};

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn one_in(&mut self, sides: u64) -> bool {
        self.below(sides) == 0
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize]
    }
}

/// A maker: share, name, models, calibre, type, prefixes, figures, suffixes.
type Maker = (
    u64,
    &'static str,
    &'static [&'static str],
    &'static str,
    &'static str,
    &'static [&'static str],
    u32,
    &'static str,
);

const MAKERS: &[Maker] = &[
    (20, "Glock", &["17", "19", "26"], "9x19", "PI", &["ABC", "ABD", "BKR", "KZT", "LMX", "BBPT"], 3, ""),
    (14, "Smith & Wesson", &["10-5", "36", "686"], ".38 Spl", "PR", &["AVK", "BDE", "CAC", "D", "J"], 5, ""),
    (14, "Taurus", &["PT92", "85", "G2C"], "9x19", "PI", &["TLW", "AB", "VPW", "T"], 5, ""),
    (10, "Beretta", &["92FS", "PX4"], "9x19", "PI", &["L", "M", "BER"], 5, "Z"),
    (10, "FN Herstal", &["Hi-Power", "FNX"], "9x19", "PI", &["KD", "T", "C", "245P"], 5, ""),
    (10, "CZ", &["75", "83"], "9x19", "PI", &["A", "B", "F", ""], 6, ""),
    (8, "Norinco", &["54", "56"], "7.62x25", "PI", &[""], 7, ""),
    (8, "Zastava", &["M70", "M57"], "7.62x39", "RA", &["Ц", "L", ""], 6, ""),
    (6, "Colt", &["1911", "Detective"], ".45 ACP", "PI", &["C", "70G", ""], 6, ""),
];

fn made(dice: &mut Dice) -> Gun {
    let mut at = dice.below(100);
    let mut maker = MAKERS[0];
    for candidate in MAKERS {
        maker = *candidate;
        if at < maker.0 {
            break;
        }
        at -= maker.0;
    }
    let (_, make, models, calibre, kind, prefixes, figures, suffix) = maker;
    // Two of three guns come from a block of a thousand numbers.
    let all = 10u64.pow(figures);
    let number =
        if dice.one_in(3) { dice.below(all) } else { (all / 7 * 3 + dice.below(1000.min(all))) % all };
    let text = format!("{}{number:0width$}{suffix}", dice.pick(prefixes), width = figures as usize);
    let mut gun = Gun { numbers: vec![stamped(&text)], ..Gun::default() };
    gun.make = Some(make.into()).filter(|_| !dice.one_in(4));
    gun.model = Some(dice.pick(models).into()).filter(|_| dice.one_in(2));
    gun.calibre = Some(calibre.into()).filter(|_| !dice.one_in(3));
    gun.gun_type = Some(kind.parse().unwrap()).filter(|_| !dice.one_in(5));
    gun
}

fn stamped(text: &str) -> Number {
    Number { as_seen: text.into(), place: Place::Unstated }
}

fn number(gun: &Gun) -> String {
    gun.numbers[0].as_seen.as_str().to_owned()
}

/// The number with one error of the kinds that happen.
fn misread(text: &str, dice: &mut Dice) -> String {
    let mut signs: Vec<char> = text.chars().collect();
    let at = dice.below(signs.len() as u64) as usize;
    match dice.below(5) {
        0 => signs[at] = dice.pick(&['0', '1', '5', '8', 'B', 'D', 'K']),
        1 if at + 1 < signs.len() => signs.swap(at, at + 1),
        2 => drop(signs.remove(at)),
        3 => signs[at] = '?',
        _ => {
            let alike = [('0', 'O'), ('1', 'I'), ('5', 'S'), ('8', 'B'), ('2', 'Z'), ('D', '0'), ('3', '8')];
            let other = alike.iter().find(|(a, _)| *a == signs[at]).map_or(signs[at], |(_, b)| *b);
            signs[at] = other;
        }
    }
    signs.into_iter().collect()
}

struct Outcome {
    likely: usize,
    possible: usize,
    first: usize,
    found: usize,
}

fn run(
    store: usize,
    checks: usize,
    dice: &mut Dice,
    mut in_hand: impl FnMut(&[Gun], &mut Dice) -> (Gun, Option<usize>),
) -> (Outcome, usize) {
    let guns: Vec<Gun> = (0..store).map(|_| made(dice)).collect();
    let staged = records(&guns);
    let mut outcome = Outcome { likely: 0, possible: 0, first: 0, found: 0 };
    let mut wrong = 0;
    for _ in 0..checks {
        let (gun, truth) = in_hand(&guns, dice);
        let found = find(&staged, &Prepared::of(&gun), store as u64);
        let truly = |candidate: &Candidate<u32>| {
            truth.is_some_and(|at| number(&guns[candidate.key as usize]) == number(&guns[at]))
        };
        wrong += usize::from(found.iter().any(|c| c.evidence.band == Band::Likely && !truly(c)));
        let Some(at) = found.iter().position(truly) else {
            outcome.possible += usize::from(found.iter().any(|c| c.evidence.band == Band::Possible));
            continue;
        };
        outcome.found += 1;
        outcome.first += usize::from(at == 0);
        outcome.likely += usize::from(found[at].evidence.band == Band::Likely);
        outcome.possible += usize::from(found[at].evidence.band == Band::Possible);
    }
    (outcome, wrong)
}

/// A gun of the same makers whose number no record has.
fn stranger(guns: &[Gun], dice: &mut Dice) -> (Gun, Option<usize>) {
    loop {
        let gun = made(dice);
        if !guns.iter().any(|other| number(other) == number(&gun)) {
            return (gun, None);
        }
    }
}

#[test]
fn guns_that_are_in_no_store_are_not_likely() {
    let (outcome, wrong) = run(2000, 200, &mut Dice(7), stranger);
    assert_eq!(wrong, 0);
    assert!(outcome.possible < 150, "{}", outcome.possible);
}

#[test]
fn a_gun_read_as_it_is_stamped_is_mostly_likely() {
    let (outcome, wrong) = run(2000, 100, &mut Dice(11), |guns, dice| {
        let at = dice.below(guns.len() as u64) as usize;
        (guns[at].clone(), Some(at))
    });
    assert_eq!((outcome.found, wrong), (100, 0));
    assert!(outcome.likely >= 60 && outcome.first >= 95, "{} {}", outcome.likely, outcome.first);
}

#[test]
fn one_error_does_not_hide_a_gun() {
    let (outcome, wrong) = run(2000, 100, &mut Dice(13), |guns, dice| {
        let at = dice.below(guns.len() as u64) as usize;
        let numbers = vec![stamped(&misread(&number(&guns[at]), dice))];
        (Gun { numbers, ..guns[at].clone() }, Some(at))
    });
    assert!(outcome.found >= 90 && outcome.first >= 50, "{} {}", outcome.found, outcome.first);
    assert!(wrong <= 3, "{wrong}");
}
