use super::*;
use crate::domain::evidence::Band;
use crate::domain::gun::{Gun, Number, Place};
use crate::domain::hit::Exclusion;
use proptest::prelude::*;

fn gun(number: &str, make: &str) -> Gun {
    let numbers = vec![Number { as_seen: number.into(), place: Place::Unstated }];
    Gun { numbers, make: Some(make.into()).filter(|_| !make.is_empty()), ..Gun::default() }
}

pub(super) fn records(guns: &[Gun]) -> Staged<u32> {
    let mut staged = Index::default().stage();
    guns.iter().enumerate().for_each(|(key, gun)| staged.insert(key as u32, &Prepared::of(gun)));
    staged
}

fn candidates(guns: &[Gun], check: &Gun) -> Vec<Candidate<u32>> {
    find(&records(guns), &Prepared::of(check), guns.len() as u64)
}

fn is_pi(gun: Gun) -> Gun {
    Gun { calibre: Some("9x19".into()), gun_type: Some("PI".parse().unwrap()), ..gun }
}

#[test]
fn the_best_comes_first_and_rivals_stay_below() {
    let mut guns: Vec<Gun> = (0..60).map(|n| is_pi(gun(&format!("KD735{n:02}"), "FN"))).collect();
    guns.push(gun("AB735190", "Taurus"));
    let found = candidates(&guns, &is_pi(gun("KD73519", "Browning")));
    assert_eq!(found[0].key, 19);
    assert_eq!(found[0].evidence.band, Band::Likely);
    assert!(found[1..].iter().all(|candidate| candidate.evidence.band < Band::Likely));
    assert!(found.len() > 10, "neighbours are listed");
}

#[test]
fn a_neighbour_of_a_consignment_is_not_likely() {
    let guns: Vec<Gun> = (0..100).map(|n| is_pi(gun(&format!("KD735{n:02}"), "FN"))).collect();
    for seen in ["KD73619", "KD73419", "KD78519", "KD7351"] {
        let found = candidates(&guns, &is_pi(gun(seen, "FN")));
        assert!(found.iter().all(|candidate| candidate.evidence.band < Band::Likely), "{seen}");
    }
}

#[test]
fn one_filler_under_many_makes_is_weak() {
    let makes = ["Glock", "Taurus", "Colt", "Beretta", "Ruger", "Walther", "CZ", "Astra"];
    let guns: Vec<Gun> = makes.iter().flat_map(|make| [gun("12345", make), gun("45127", make)]).collect();
    let found = candidates(&guns, &gun("12345", ""));
    assert_eq!(found.len(), makes.len());
    assert!(found.iter().all(|candidate| candidate.evidence.band == Band::Unlikely));
    assert_eq!(rarity(&found[0], &found), Rarity { records: 8, makes: 8 });
    let found = candidates(&guns, &gun("45127", "Glock"));
    assert!(found.iter().all(|candidate| candidate.evidence.band < Band::Likely));
    assert_eq!(found.iter().filter(|candidate| candidate.errors == Some(0)).count(), makes.len());
}

#[test]
fn two_records_of_one_gun_do_not_stand_in_each_others_way() {
    let guns = [is_pi(gun("KD73519", "FN")), is_pi(gun("KD 73519", "Browning"))];
    let found = candidates(&guns, &is_pi(gun("KD73519", "FN")));
    assert!(found.iter().all(|candidate| candidate.evidence.band == Band::Likely), "{found:?}");
    let bands = |number: &str| {
        let entered: Vec<Gun> = (0..9).map(|_| gun(number, "FN")).collect();
        let found = candidates(&entered, &gun(number, "FN"));
        found.iter().map(|candidate| candidate.evidence.band).collect::<Vec<_>>()
    };
    // Letters and figures are given once, so nine records of them are one gun that nine agencies
    // entered; of figures alone a series repeats.
    assert_eq!(bands("KD73519"), [Band::Likely; 9]);
    assert_eq!(bands("7351973"), [Band::Possible; 9], "a series that repeats");
}

#[test]
fn the_record_that_was_excluded_is_no_rival_of_the_right_one() {
    let guns = [gun("KL451271", "Taurus"), gun("KL451271", "Imbel")];
    let check = gun("KL451271", "");
    let staged = |excluded: bool| {
        let mut staged = Index::default().stage();
        let first = Prepared::of(&guns[0]);
        let first = if excluded { first.excluding(&check, Exclusion::MakeAndCalibre) } else { first };
        staged.insert(0u32, &first);
        staged.insert(1, &Prepared::of(&guns[1]));
        staged
    };
    let bands = |excluded| {
        let mut found = find(&staged(excluded), &Prepared::of(&check), 10_000);
        found.sort_by_key(|candidate| candidate.key);
        found.iter().map(|candidate| candidate.evidence.band).collect::<Vec<_>>()
    };
    assert_eq!(bands(false), [Band::Possible, Band::Possible]);
    assert_eq!(bands(true), [Band::Unlikely, Band::Likely]);
}

#[test]
fn what_could_not_ring_itself_may_stand_in_the_way_of_what_could() {
    let told = |number: &str| Gun { model: Some("92".into()), ..is_pi(gun(number, "Beretta")) };
    let bands = |closed: bool, recorded: &str| {
        let mut staged = Index::default().stage();
        staged.insert_gun(0u32, &told(recorded), None, closed);
        staged.insert_gun(1, &gun("D73519Z", ""), None, false);
        let mut found = find(&staged, &Prepared::of(&told("D73519Z")), 10_000);
        found.sort_by_key(|candidate| candidate.key);
        found.iter().map(|candidate| candidate.evidence.band).collect::<Vec<_>>()
    };
    let in_the_way = |recorded: &str| {
        let (record, check) = (Prepared::of(&told(recorded)), Prepared::of(&told("D73519Z")));
        let none = Index::<u32>::default();
        let likely = may_be_likely(&none, &record, &check, 10_000);
        (likely, may_stand_in_the_way(&none, &record, &check, 10_000))
    };
    assert_eq!(bands(false, "*73519Z"), [Band::Possible, Band::Possible]);
    assert_eq!(bands(true, "*73519Z")[1], Band::Likely);
    assert_eq!(in_the_way("*73519Z"), (false, true));
    assert_eq!(in_the_way("D73519Z"), (true, true));
    assert_eq!(in_the_way("D74529Z"), (false, false));
}

#[test]
fn of_two_guns_with_numbers_of_their_own_a_barrel_makes_no_hit() {
    let numbered = |numbers: &[(&str, Place)]| Gun {
        numbers: numbers
            .iter()
            .map(|(text, place)| Number { as_seen: (*text).into(), place: *place })
            .collect(),
        ..gun("", "Taurus")
    };
    let band = |record: &[(&str, Place)], check: &[(&str, Place)]| {
        let found = candidates(&[numbered(record)], &numbered(check));
        found.first().map(|candidate| candidate.evidence.band)
    };
    let (own, barrel) = (("TKR45127", Place::Unstated), ("KD93504", Place::Barrel));
    let other = ("XYZ99881", Place::Unstated);
    assert_eq!(band(&[own, barrel], &[own, barrel]), Some(Band::Likely));
    assert_eq!(band(&[own, barrel], &[barrel]), Some(Band::Likely), "the frame's is ground off");
    assert_eq!(band(&[own, barrel], &[("KD93504", Place::Unstated)]), Some(Band::Likely));
    assert_eq!(band(&[own, barrel], &[other, barrel]), Some(Band::Possible));
    let magazine = ("KD93504", Place::Other);
    assert_eq!(band(&[own, magazine], &[("KD93504", Place::Unstated)]), Some(Band::Possible));
}

#[test]
fn a_filler_fits_the_number_that_one_side_takes_for_a_serial() {
    // With its maker it is a serial, without it a model of another's.
    let record = Gun { model: Some("92".into()), ..gun("4006", "Beretta") };
    let found = candidates(&[record], &Gun { model: Some("92".into()), ..gun("4006", "") });
    assert_eq!(found.iter().map(|candidate| candidate.errors).collect::<Vec<_>>(), [Some(0)]);
    assert!(found[0].evidence.band < Band::Likely);
    let filled = candidates(&[gun("TKR45127", "Taurus")], &gun("0045127", "Taurus"));
    assert_eq!(filled.len(), 1, "filled with zeros for the prefix that was lost");
}

#[test]
fn guns_without_a_number_are_found_by_description() {
    let mut guns: Vec<Gun> = vec![gun("KD73519", "Webley & Scott"), gun("AB45127", "Glock")];
    guns.iter_mut().for_each(|gun| gun.model = Some("Mark VI".into()));
    let check = Gun { numbers: vec![], ..guns[0].clone() };
    let found = candidates(&guns, &check);
    assert_eq!(found.iter().map(|candidate| candidate.key).collect::<Vec<_>>(), [0]);
    assert!(!found[0].fits_number && found[0].evidence.band < Band::Likely);
    let ground = Gun { numbers: gun("RASPADO", "").numbers, ..guns[0].clone() };
    let found = candidates(&guns, &ground);
    assert!(matches!(found[0].evidence.speaks_against[0], Reason::NumberIsNone { .. }));
}

#[test]
fn words_and_fillers_do_not_flood() {
    let guns: Vec<Gun> = (0..500).map(|_| gun("000000", "Glock")).collect();
    assert_eq!(candidates(&guns, &gun("000000", "Glock")).len(), MOST_WITHOUT_SERIAL);
    let guns: Vec<Gun> = (0..500).map(|_| gun("UNKNOWN", "Glock")).collect();
    assert!(candidates(&guns, &gun("UNKNOWN", "Glock")).is_empty());
}

#[test]
fn what_came_since_is_found_and_what_went_is_not() {
    let index = Index::default();
    let mut first = index.stage();
    first.insert(1u32, &Prepared::of(&gun("KD73519", "FN")));
    first.insert(2, &Prepared::of(&gun("KD73519", "FN")));
    let index = index.publish(first).unwrap();
    let check = Prepared::of(&gun("KD73519", "FN"));
    let before = search(&index, &check);
    let mut since = index.stage();
    since.remove(1);
    since.insert(2, &Prepared::of(&gun("ZZ11882", "FN")));
    since.insert(3, &Prepared::of(&gun("KD73519", "Browning")));
    let found = before.clone().caught_up(&since).candidates(3);
    assert_eq!(found.iter().map(|candidate| candidate.key).collect::<Vec<_>>(), [3]);
    assert_eq!(before.candidates(3).len(), 2, "what was found before stays as it was");
    assert!(before.clone().without(1).candidates(3).iter().all(|candidate| candidate.key == 2));
    let published = search(&index.publish(since).unwrap(), &check).candidates(3);
    let told = |found: &[Candidate<u32>]| -> Vec<(u32, Band)> {
        found.iter().map(|candidate| (candidate.key, candidate.evidence.band)).collect()
    };
    // Weights rest on what the searched index has counted, which is one gun more by now.
    assert_eq!(told(&published), told(&found));
}

#[test]
fn rarity_counts_what_fits_as_well() {
    let guns = [gun("KD73519", "FN"), gun("KD73518", "FN"), gun("KD7351", "Colt")];
    let found = candidates(&guns, &gun("KD73519", "FN"));
    assert_eq!(rarity(&found[0], &found), Rarity { records: 1, makes: 1 });
    assert_eq!(rarity_reason(rarity(&found[0], &found)), Some((Reason::NumberRare, false)));
    let last = found.last().unwrap();
    assert_eq!(rarity(last, &found).records, 3);
}

/// Guns close enough to each other that many pairs come about, dirt included.
fn any_gun() -> impl Strategy<Value = Gun> {
    let number = prop_oneof![
        6 => "[AK]{0,2}[0-2OD]{4,6}",
        2 => "[AK][01?]{5}",
        1 => "[01]{3}\\[12\\]0[01]",
        1 => "\\*[01]{4,5}",
        1 => "0{2}[12]{5}",
        1 => "[12]{2}[AB][12]{3}",
        1 => prop::sample::select(vec!["UNKNOWN", "123456", "РН1201", "RASPADO", "12", "10-5"]).prop_map(str::to_owned),
    ];
    let place = prop::sample::select(vec![Place::Frame, Place::Slide, Place::Unstated]);
    let numbers = prop::collection::vec((number, place), 0..3);
    let make = prop::option::of(prop::sample::select(vec!["FN", "Browning", "Glock", "S&W", "Nobody's Own"]));
    let model = prop::option::of(prop::sample::select(vec!["Hi-Power", "17", "10-5"]));
    let calibre = prop::option::of(prop::sample::select(vec!["9x19", "9 mm Luger", ".38 Special"]));
    let kind = prop::option::of(prop::sample::select(vec!["PI", "PR"]));
    (numbers, make, model, calibre, kind).prop_map(|(numbers, make, model, calibre, kind)| Gun {
        numbers: numbers
            .into_iter()
            .map(|(text, place)| Number { as_seen: text.as_str().into(), place })
            .collect(),
        make: make.map(Into::into),
        model: model.map(Into::into),
        calibre: calibre.map(Into::into),
        gun_type: kind.map(|kind| kind.parse().unwrap()),
        ..Gun::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn both_directions_find_the_same_pairs(
        on_record in prop::collection::vec(any_gun(), 1..25),
        in_hand in prop::collection::vec(any_gun(), 1..25),
    ) {
        let (records, half) = (records(&on_record), in_hand.len() / 2);
        let mut standing = Index::default().stage();
        in_hand.iter().take(half).enumerate().for_each(|(key, gun)| standing.insert(key as u32, &Prepared::of(gun)));
        let standing = Index::default().publish(standing).unwrap();
        let mut checks = standing.stage();
        in_hand.iter().enumerate().skip(half).for_each(|(key, gun)| checks.insert(key as u32, &Prepared::of(gun)));
        let mut forward = Vec::new();
        for (check, gun) in in_hand.iter().enumerate() {
            let found = find(&records, &Prepared::of(gun), 100);
            forward.extend(found.into_iter().map(|candidate| (candidate.key, check as u32, candidate.evidence)));
        }
        let mut backward = Vec::new();
        for (record, gun) in on_record.iter().enumerate() {
            let gun = Prepared::of(gun);
            // Half of the checks stand, half came since.
            for check in checks_for(&checks, &gun) {
                let found = find(&records, &checks.get(check).unwrap(), 100).into_iter().find(|found| found.key == record as u32);
                backward.push((record as u32, check, found.map(|found| found.evidence)));
            }
        }
        forward.sort_by_key(|(record, check, _)| (*record, *check));
        let forward: Vec<_> = forward.into_iter().map(|(r, c, evidence)| (r, c, Some(evidence))).collect();
        prop_assert_eq!(forward, backward);
    }

    #[test]
    fn the_index_shows_every_pair(on_record in prop::collection::vec(any_gun(), 1..40), check in any_gun()) {
        let check = Prepared::of(&check);
        let expected: Vec<u32> = (0u32..)
            .zip(&on_record)
            .filter(|(_, gun)| compare(&Prepared::of(gun), &check).is_some())
            .map(|(key, _)| key)
            .collect();
        let mut found: Vec<u32> =
            find(&records(&on_record), &check, 100).into_iter().map(|found| found.key).collect();
        found.sort_unstable();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn the_order_in_which_records_came_does_not_matter(
        on_record in prop::collection::vec(any_gun(), 1..20),
        check in any_gun(),
    ) {
        let check = Prepared::of(&check);
        let forward = find(&records(&on_record), &check, 100);
        let mut staged = Index::default().stage();
        for (key, gun) in on_record.iter().enumerate().rev() {
            staged.insert(key as u32, &Prepared::of(gun));
        }
        prop_assert_eq!(forward, find(&staged, &check, 100));
    }
}
