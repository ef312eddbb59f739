use super::*;
use crate::domain::gun::{Gun, Number};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn gun(number: &str) -> Prepared {
    let numbers = vec![Number { as_seen: number.into(), place: Default::default() }];
    Prepared::of(&Gun { numbers, ..Gun::default() })
}

fn found(index: &Index<u32>, number: &str) -> Vec<u32> {
    let mut keys = Vec::new();
    index.search(&gun(number), &mut |key, _| keys.push(key));
    keys.sort_unstable();
    keys
}

fn staged(index: &Index<u32>, guns: &[(u32, &str)]) -> Staged<u32> {
    let mut staged = index.stage();
    guns.iter().for_each(|(key, number)| staged.insert(*key, &gun(number)));
    staged
}

fn index(guns: &[(u32, &str)]) -> Index<u32> {
    let empty = Index::default();
    empty.publish(staged(&empty, guns)).unwrap()
}

#[test]
fn everything_within_the_errors_is_found() {
    let guns = [
        (1, "KD73519"),
        (2, "K073519"),
        (3, "KD73591"),
        (4, "ABC73519"),
        (5, "KD7351"),
        (6, "KD7??19"),
        (7, "99999999"),
        (8, "UNKNOWN"),
        (9, "QQ73519QQ"),
    ];
    let index = index(&guns);
    assert_eq!(found(&index, "KD73519"), [1, 2, 3, 5, 6]);
    assert_eq!(found(&index, "*73519*"), [1, 2, 4, 6, 9]);
    assert_eq!(found(&index, "73519"), [1, 2, 4, 6, 9]);
    assert_eq!(found(&index, "UNKNOWN"), [0u32; 0]);
}

#[test]
fn a_part_with_a_character_too_many_is_found() {
    // The 8 is in no record, and what follows the rest of it is not seen: three errors from
    // end to end, one within the part.
    let (record, seen) = ("7293451QW", "72938451");
    assert_eq!(found(&index(&[(1, record)]), seen), [1]);
    assert_eq!(found(&index(&[(1, seen)]), record), [1]);
}

#[test]
fn what_is_staged_is_seen_by_nobody_until_it_is_published() {
    let base = index(&[(1, "KD73519"), (2, "AB45127")]);
    let mut changes = staged(&base, &[(3, "KD73519")]);
    changes.advance(7);
    changes.remove(1);
    assert_eq!(found(&base, "KD73519"), [1]);
    let mut seen = Vec::new();
    changes.search(&gun("KD73519"), &mut |key, _| seen.push(key));
    assert_eq!(seen, [3]);
    assert_eq!((changes.len(), base.len()), (2, 2));
    let next = base.publish(changes).unwrap();
    assert_eq!((next.head(), base.head()), (7, 0));
    assert_eq!(found(&next, "KD73519"), [3]);
    assert_eq!(found(&base, "KD73519"), [1], "readers keep what they had");
}

#[test]
fn changes_on_an_older_index_are_stale() {
    let base = index(&[(1, "KD73519")]);
    let (first, second) = (staged(&base, &[(2, "KD73518")]), staged(&base, &[(3, "KD73517")]));
    let next = base.publish(first).unwrap();
    assert_eq!(next.publish(second).unwrap_err(), Stale);
}

#[test]
fn an_amended_gun_is_found_by_its_new_number_only() {
    let base = index(&[(1, "KD73519")]);
    let next = base.publish(staged(&base, &[(1, "ZZ11882")])).unwrap();
    assert_eq!(found(&next, "KD73519"), [0u32; 0]);
    assert_eq!(found(&next, "ZZ11882"), [1]);
    assert_eq!(next.len(), 1);
}

#[test]
fn many_small_changes_leave_few_parts() {
    let mut index = Index::<u32>::default();
    for key in 0..300 {
        let number = format!("KD{:05}", key * 37);
        index = index.publish(staged(&index, &[(key, &number)])).unwrap();
    }
    assert_eq!(index.len(), 300);
    assert!(index.parts.len() < 10, "{}", index.parts.len());
    let mut changes = index.stage();
    (0..290).for_each(|key| changes.remove(key));
    let index = index.publish(changes).unwrap();
    assert_eq!(index.len(), 10);
    let kept: usize = index.parts.iter().map(|part| part.segment.len()).sum();
    assert!(kept <= 20, "{kept}: guns that are gone are left behind");
}

/// Guns of every kind, some of them twice, and guns that others were excluded from.
fn entered(at: u32) -> (u32, Gun) {
    let texts = ["KD{}", "{}", "A-{}", "{}B", "KD7{}; AB{}", "РН{}", "RASPADO", "KD?{}", "0{}", "36J{}"];
    let text = texts[at as usize % texts.len()].replace("{}", &(10_000 + at * 7919 % 90_000).to_string());
    let makes = ["Glock", "Taurus", "FN Herstal", "unknown", "Nobody's Own"];
    let make = makes.get(at as usize / 3 % (makes.len() + 2));
    let numbers = vec![Number { as_seen: text.as_str().into(), place: Default::default() }];
    let gun = Gun { numbers, make: make.map(|make| (*make).into()), ..Gun::default() };
    (if at % 50 == 49 { at - 40 } else { at }, gun)
}

/// Everything that an index tells: its guns in the order of their slots, their number, what it
/// counts, and what it finds in which order.
fn told(index: &Index<u32>) -> impl PartialEq + use<> {
    let segments: Vec<_> = index.parts.iter().map(|part| part.segment.told()).collect();
    let guns: Vec<_> = (0..1000).map(|key| index.get(key)).collect();
    let found = ["KD17919", "25838", "10000", "RASPADO", "KD?1791"].map(|number| {
        let mut keys = Vec::new();
        index.search(&gun(number), &mut |key, _| keys.push(key));
        keys
    });
    (segments, guns, found, index.len())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn however_many_threads_gather_the_guns_the_index_is_the_same(
        cuts in prop::collection::vec(0u32..400, 0..6),
        on_top: bool,
    ) {
        let base = if on_top { index(&[(3, "KD73519"), (9, "AB45127"), (777, "KD17919")]) } else { Index::default() };
        let mut one = base.stage();
        for (key, gun) in (0..400).map(entered) {
            one.insert_gun(key, &gun, None, key % 2 == 0);
        }
        let mut ends = cuts.clone();
        ends.push(400);
        ends.sort_unstable();
        let begins = std::iter::once(0).chain(ends.iter().copied());
        let stretches: Vec<std::ops::Range<u32>> = begins.zip(&ends).map(|(a, b)| a..*b).collect();
        let runs: Vec<Run<u32>> = std::thread::scope(|scope| {
            let threads: Vec<_> = stretches.into_iter().map(|stretch| scope.spawn(move || {
                let mut run = Run::default();
                for (key, gun) in stretch.map(entered) {
                    run.insert_gun(key, &gun, None, key % 2 == 0);
                }
                run.take()
            })).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let mut many = base.stage();
        runs.into_iter().for_each(|run| many.append(run));
        prop_assert_eq!(one.len(), many.len());
        let (one, many) = (base.publish(one).unwrap(), base.publish(many).unwrap());
        prop_assert!(told(&one) == told(&many));
    }
}

#[derive(Debug, Clone)]
enum Change {
    Insert(u32, String),
    Remove(u32),
    Publish,
    Drop,
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        6 => (0u32..12, "[AB]{0,2}[0-2?]{4,6}").prop_map(|(key, number)| Change::Insert(key, number)),
        3 => (0u32..12).prop_map(Change::Remove),
        2 => Just(Change::Publish),
        1 => Just(Change::Drop),
    ]
}

#[test]
fn parts_are_joined_beside_the_index_while_it_changes() {
    let mut index = Index::<u32>::default();
    let number = |key: u32| format!("KD{:06}", key * 7919 % 1_000_000);
    for round in 0..3 {
        let mut staged = index.stage();
        (0..20_000).for_each(|at| staged.insert(round * 20_000 + at, &gun(&number(round * 20_000 + at))));
        index = index.publish(staged).unwrap();
    }
    let tidied = index.tidied().unwrap();
    let mut since = index.stage();
    since.remove(30_001);
    since.insert(30_002, &gun("ZZ11882"));
    let before = index.clone();
    index = index.publish(since).unwrap();
    let stale = index.stage();
    let tidy = index.adopt(tidied.clone());
    assert_eq!(tidy.publish(stale).unwrap_err(), Stale);
    assert_eq!((tidy.len(), tidy.has(30_001)), (59_999, false));
    assert_eq!(found(&tidy, "ZZ11882"), [30_002]);
    for key in [0, 19_999, 20_000, 59_999, 30_001, 30_002] {
        assert_eq!(found(&tidy, &number(key)), found(&index, &number(key)));
    }
    assert!(tidy.parts.len() < index.parts.len());
    let other = before.publish(staged(&before, &[(1, "KD73519")])).unwrap().adopt(tidied);
    assert_eq!(found(&other, "KD73519").first(), Some(&1));
}

proptest! {
    #[test]
    fn staging_and_publishing_is_rebuilding(
        changes in prop::collection::vec(change(), 0..40),
        query in "[AB]{0,2}[0-2?]{4,6}",
    ) {
        let mut index = Index::<u32>::default();
        let mut published: BTreeMap<u32, String> = BTreeMap::new();
        let mut current = published.clone();
        let mut stage = index.stage();
        for change in changes.into_iter().chain([Change::Publish]) {
            match change {
                Change::Insert(key, number) => {
                    stage.insert(key, &gun(&number));
                    current.insert(key, number);
                }
                Change::Remove(key) => {
                    stage.remove(key);
                    current.remove(&key);
                }
                Change::Publish => {
                    prop_assert_eq!(stage.len(), current.len());
                    let mut seen = Vec::new();
                    stage.search(&gun(&query), &mut |key, _| seen.push(key));
                    index = index.publish(stage).unwrap();
                    published = current.clone();
                    stage = index.stage();
                    seen.sort_unstable();
                    prop_assert_eq!(&seen, &found(&index, &query));
                }
                Change::Drop => {
                    stage = index.stage();
                    current = published.clone();
                }
            }
        }
        let guns: Vec<(u32, &str)> = published.iter().map(|(key, number)| (*key, number.as_str())).collect();
        let rebuilt = super::tests::index(&guns);
        prop_assert_eq!(index.len(), rebuilt.len());
        prop_assert_eq!(found(&index, &query), found(&rebuilt, &query));
        for (key, number) in &published {
            prop_assert_eq!(index.get(*key), Some(gun(number)));
        }
    }
}

/// Entries of every kind, the tables' own names among them.
fn any_entry() -> impl Strategy<Value = String> {
    let models = crate::reference::model::all().iter().map(|model| model.name.clone());
    let calibres = crate::reference::calibre::all().iter().map(|calibre| calibre.code.clone());
    let names: Vec<String> = models.chain(calibres).collect();
    prop_oneof![
        6 => "[A-Z]{0,4}[0-9]{2,8}[A-Z]{0,2}",
        2 => "[A-C0O]{2,6}[0-9]{0,3}[A-Z][0-9]{0,3}",
        2 => "(MM|X|CAL|PAT|MOD|GA|SPL|NO|SN)[0-9]{1,6}",
        1 => "[0-9A-Za-z ./?*-]{1,16}",
        2 => prop::sample::select(names),
        1 => prop::sample::select(vec!["123456", "12345678", "AB123456789", "00000", "RASPADO", "РН1201", "VPW370 (CANO)", "AB1; CD2345"])
            .prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_index_finds_what_the_comparison_pairs(
        entries in prop::collection::vec(any_entry(), 1..40),
        errors in prop::collection::vec((any::<u16>(), 0u8..4, "[0-9A-Z?*]"), 0..40),
    ) {
        // Entries as they are, and each with an error.
        let wrong = entries.iter().zip(&errors).map(|(entry, (at, kind, sign))| {
            let mut signs: Vec<char> = entry.chars().collect();
            let at = usize::from(*at) % (signs.len() + 1);
            match kind {
                0 if at < signs.len() => drop(signs.remove(at)),
                1 if at < signs.len() => signs[at] = sign.chars().next().unwrap_or('?'),
                2 => signs.insert(at, sign.chars().next().unwrap_or('?')),
                _ => signs.truncate(at),
            }
            signs.into_iter().collect::<String>()
        });
        let guns: Vec<Prepared> = entries.iter().cloned().chain(wrong).map(|entry| gun(&entry)).collect();
        let mut staged = Index::default().stage();
        guns.iter().zip(0u32..).for_each(|(gun, key)| staged.insert(key, gun));
        let index = Index::default().publish(staged).unwrap();
        for check in &guns {
            let mut found: Vec<u32> = super::super::search(&index, check).records().collect();
            found.sort_unstable();
            let paired = guns.iter().zip(0u32..).filter(|(gun, _)| super::super::compare(gun, check).is_some());
            prop_assert_eq!(found, paired.map(|(_, key)| key).collect::<Vec<_>>());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_gun_that_was_packed_is_the_gun_that_was_entered(
        entries in prop::collection::vec(any_entry(), 0..3),
        make in prop::option::of(prop::sample::select(vec!["Glock", " glock ", "unknown", "Smith & Wesson", "-"])),
        model in prop::option::of(any_entry()),
        made in prop::option::of(1800i16..2026),
        when in prop::option::of(prop::sample::select(vec!["2019", "2019-05", "2019-05-31"])),
        closed: bool,
    ) {
        let numbers = entries.iter().zip(crate::domain::gun::Place::ALL.into_iter().rev());
        let gun = Gun {
            numbers: numbers.map(|(text, place)| Number { as_seen: text.as_str().into(), place }).collect(),
            make: make.map(Into::into),
            model: model.as_deref().map(Into::into),
            year: made,
            ..Gun::default()
        };
        let when = when.map(|text| text.parse().unwrap());
        let expected = Prepared::of(&gun).on(when).closed(closed);
        let mut staged = Index::default().stage();
        staged.insert_gun(1u32, &gun, when, closed);
        staged.insert(2, &expected);
        prop_assert_eq!(staged.get(1).unwrap(), expected.clone());
        prop_assert_eq!(staged.get(2).unwrap(), expected.clone());
        let index = Index::default().publish(staged).unwrap();
        prop_assert_eq!(index.get(1).unwrap(), expected);
    }
}
