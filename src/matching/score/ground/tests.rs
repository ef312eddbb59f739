use super::*;
use crate::domain::gun::{Gun, Number, Place};
use crate::matching::facet::{Counts, Tally};

fn gun(number: &str, make: &str) -> Prepared {
    let numbers = vec![Number { as_seen: number.into(), place: Place::Unstated }];
    Prepared::of(&Gun { numbers, make: Some(make.into()), ..Gun::default() })
}

/// What a store says that holds these.
fn ground(guns: &[(Prepared, u32)], check: &Prepared) -> Ground {
    let mut tally = Tally::default();
    for (gun, times) in guns {
        tally.add_description(&gun.about, *times);
        let form = Facet::of_number(&gun.readings[0].keys[0].line).unwrap();
        let facets = [Facet::ANY_NUMBER, form.shape, form.beginning, form.block];
        facets.into_iter().for_each(|facet| tally.add(facet, *times));
    }
    let counts = Counts::of(tally);
    Ground::of(check, &|facet| counts.count(facet))
}

#[test]
fn an_empty_store_says_what_is_usual() {
    let ground = ground(&[], &gun("KD73519", "Glock"));
    assert_eq!((ground.make(), ground.number(0, 0)), (280, 0));
    assert_eq!((ground.model(false), ground.calibre(false, false)), (400, 350));
    assert_eq!(ground.number(7, 0), 0);
}

#[test]
fn what_many_have_is_worth_little() {
    let store = [(gun("KD73519", "Taurus"), 900_000), (gun("ABC123", "Webley & Scott"), 100_000)];
    assert!(ground(&store, &gun("KD73519", "Taurus")).make() < 30);
    assert!((320..=335).contains(&ground(&store, &gun("KD73519", "Webley")).make()));
    assert_eq!(ground(&store, &gun("KD73519", "Lahti")).make(), MOST);
}

#[test]
fn a_form_that_many_numbers_have_tells_less() {
    let store = [(gun("KD73519", "FN"), 900_000), (gun("00412", "Colt"), 100_000)];
    let form = |number: &str| ground(&store, &gun(number, "FN")).number(0, 0);
    assert!((-700..=-600).contains(&form("KD11111")), "{}", form("KD11111"));
    assert!(form("KD73111") < form("KD11111") - 500, "a block that was delivered together");
    assert!(form("XX11111") > form("KD11111") + 900, "a beginning of its own");
    assert!(form("XX11111") <= FORM.1);
    assert_eq!(form("KD7??19"), 0, "nobody can tell its form");
}
