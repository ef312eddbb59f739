use super::*;
use crate::domain::refusal::Fields;
use crate::domain::time::Moment;
use std::collections::BTreeMap;

#[test]
fn the_same_seed_gives_the_same_and_a_longer_list_begins_with_the_shorter() {
    let all = records(7, 900);
    assert_eq!(all, records(7, 900));
    assert_eq!(all[..200], records(7, 200));
    assert_ne!(all, records(8, 900));
}

#[test]
fn every_report_is_one_that_a_desk_could_enter() {
    let now = Moment::of("2026-03-14T00:00:00Z".parse().unwrap());
    for (country, report) in records(1, 2000) {
        let mut fields = Fields::default();
        report.judge(now, &mut fields);
        assert!(fields.list().is_empty(), "{country} {report:?} {:?}", fields.list());
    }
}

#[test]
fn many_countries_own_them_and_one_theft_is_large() {
    let all = records(1, 2000);
    assert_eq!(all.len(), 2000);
    let mut owners: BTreeMap<CountryCode, usize> = BTreeMap::new();
    for (country, _) in &all {
        *owners.entry(*country).or_default() += 1;
    }
    assert!(owners.len() > 35, "{owners:?}");
    assert!(owners[&"CR".parse().unwrap()] > 100, "{owners:?}");
    let batch = |name: &str| {
        let named = Some(Text::from(name));
        all.iter().filter(|(_, report)| report.batch == named).collect::<Vec<_>>()
    };
    let theft = batch("LIEGE-DEPOT-216");
    assert_eq!(theft.len(), 216);
    assert!(theft.iter().all(|(_, report)| report.gun.model == theft[0].1.gun.model));
    assert_eq!(batch("CHOLUTECA-24").len(), 24);
    assert!(all.iter().any(|(_, report)| !report.caveat.denied.is_empty()));
    assert!(all.iter().any(|(_, report)| report.circumstance == Circumstance::Recovered));
}

#[test]
fn no_two_have_one_number() {
    let all = records(3, 2000);
    let numbers: HashSet<String> =
        all.iter().filter_map(|(_, report)| report.gun.serial()).map(|n| bare(n.as_seen.as_str())).collect();
    assert_eq!(numbers.len(), all.len());
}
