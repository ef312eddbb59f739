use crate::domain::evidence::Reason;
use crate::domain::gun::{Gun, Number, Place};
use crate::domain::ids::RecordId;
use crate::matching::{Candidate, Index, Prepared, search};

/// Written `number | make | model | calibre`; what is left out is not told.
fn gun(text: &str) -> Gun {
    let mut parts = text.split('|').map(|part| Some(part.trim()).filter(|part| !part.is_empty()));
    let mut next = || parts.next().flatten().map(Into::into);
    let number = next().unwrap_or_else(|| "".into());
    Gun {
        numbers: vec![Number { as_seen: number, place: Place::Unstated }],
        make: next(),
        model: next(),
        calibre: next(),
        ..Gun::default()
    }
}

/// A store of Taurus pistols numbered from TKL10000, Rossi revolvers from D510000, and these.
fn store(others: &[&str]) -> Index<RecordId> {
    let index = Index::default();
    let mut staged = index.stage();
    let mut entered = 0;
    let mut enter = |text: &str| {
        entered += 1;
        let key: RecordId = format!("BR-2026-{entered:07}").parse().unwrap();
        staged.insert(key, &Prepared::of(&gun(text)));
    };
    others.iter().for_each(|text| enter(text));
    for number in 0..600 {
        enter(&format!("TKL1{number:04} | Taurus | PT92 | 9x19"));
        enter(&format!("D51{number:04} | Rossi | 971 | .357 Mag"));
    }
    index.publish(staged).unwrap()
}

fn candidates(index: &Index<RecordId>, check: &str) -> Vec<Candidate<RecordId>> {
    search(index, &Prepared::of(&gun(check))).candidates(index.len() as u64)
}

fn bits(index: &Index<RecordId>, check: &str) -> (f64, Vec<Reason>, Vec<Reason>) {
    let first =
        candidates(index, check).into_iter().find(|found| found.key.to_string().ends_with("01")).unwrap();
    (first.evidence.bits.as_f64(), first.evidence.speaks_for, first.evidence.speaks_against)
}

#[test]
fn a_block_tells_the_make_that_a_record_leaves_out() {
    let index = store(&["TKL19911"]);
    let (own, speaks_for, against) = bits(&index, "L19911 | Taurus");
    let (other, _, speaks_against) = bits(&index, "L19911 | Rossi");
    assert!(own > other + 3.0, "{own} {other}");
    assert!(!against.contains(&Reason::LikeItDiffers), "{against:?}");
    assert!(!speaks_for.contains(&Reason::MakeSame), "it was not told");
    assert!(speaks_against.contains(&Reason::LikeItDiffers), "{speaks_against:?}");
    // Whoever's it is, a Rossi of that number would be as odd.
    let (whole, ..) = bits(&index, "TKL19911 | Taurus");
    let (odd, ..) = bits(&index, "TKL19911 | Rossi");
    assert!((whole - odd).abs() < 1.0, "{whole} {odd}");
}

#[test]
fn bare_figures_tell_no_make() {
    let index = store(&["745112"]);
    let (own, ..) = bits(&index, "745112 | Taurus");
    let (other, ..) = bits(&index, "745112 | Rossi");
    assert!((own - other).abs() < 0.5, "{own} {other}");
}

#[test]
fn a_model_tells_the_calibre_that_a_record_leaves_out() {
    let index = store(&["XY77123 | Taurus | PT92"]);
    let (own, ..) = bits(&index, "XY77123 | - | - | 9x19");
    let (other, _, speaks_against) = bits(&index, "XY77123 | - | - | .357 Mag");
    assert!(own > other + 2.0, "{own} {other}");
    assert!(speaks_against.contains(&Reason::LikeItDiffers), "{speaks_against:?}");
}

#[test]
fn a_model_in_hand_is_one_makers() {
    let index = store(&["XY77123 | Rossi"]);
    let (_, _, against) = bits(&index, "XY77123 | - | PT92");
    assert!(against.contains(&Reason::LikeItDiffers), "{against:?}");
}
