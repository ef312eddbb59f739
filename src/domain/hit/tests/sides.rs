//! Who stands on which side of a hit, agency by agency.

use super::*;

/// A hit between two agencies of one country.
fn at_home(owner: &Context, finder: &Context) -> Hit {
    Hit { owner: owner.party.clone(), finder: finder.party.clone(), ..raised() }
}

fn of_agency(name: &str, number: u64) -> Context {
    let mut context = officer("CR", number);
    context.party.agency = name.parse().unwrap();
    context
}

#[test]
fn two_agencies_of_one_country_are_two_sides() {
    let (owner, finder) = (of_agency("CR-OIJ", 1), of_agency("CR-PORT", 2));
    let hit = at_home(&owner, &finder);
    assert!(!hit.is_own(&owner.party) && !hit.is_own(&finder.party));
    let to_do = |hit: &Hit, context: &Context| turn(hit, &context.party).map(|t| (t.side, t.to_do));
    assert_eq!(to_do(&hit, &owner), Some((Side::Owner, ToDo::Take)));
    assert_eq!(to_do(&hit, &finder), Some((Side::Finder, ToDo::Ask)));
    assert_eq!(decide(Some(&hit), &ask(&hit, Priority::Urgent), &owner), Err(Refusal::FinderOnly));
    let hit = does(hit, &HitCommand::Take { hit: HitId(7), over: false }, &owner);
    assert_eq!((hit.owner_taken, hit.finder_taken), (Some(OfficerId(1)), None));
    let hit = does(hit.clone(), &ask(&hit, Priority::Urgent), &finder);
    assert_eq!(to_do(&hit, &owner), Some((Side::Owner, ToDo::Answer)));
    assert_eq!(to_do(&hit, &finder), Some((Side::Finder, ToDo::Wait)));
    let confirm = HitCommand::Confirm { hit: hit.id, revision: hit.revision };
    assert_eq!(decide(Some(&hit), &confirm, &finder), Err(Refusal::OwnerOnly), "nobody answers itself");
    let hit = does(hit, &confirm, &owner);
    let locate = HitCommand::Locate { hit: hit.id, revision: hit.revision };
    assert_eq!(decide(Some(&hit), &locate, &owner), Err(Refusal::FinderOnly));
    assert_eq!(does(hit, &locate, &finder).phase, Phase::Located);
}

#[test]
fn one_agency_that_is_owner_and_finder_has_both_roles() {
    let desk = of_agency("CR-OIJ", 1);
    let hit = at_home(&desk, &desk);
    assert!(hit.is_own(&desk.party));
    let hit = does(hit.clone(), &ask(&hit, Priority::Urgent), &desk);
    assert_eq!(turn(&hit, &desk.party).map(|t| (t.side, t.to_do)), Some((Side::Owner, ToDo::Answer)));
    let hit = does(hit.clone(), &HitCommand::Confirm { hit: hit.id, revision: hit.revision }, &desk);
    assert_eq!(hit.phase, Phase::Confirmed);
}

#[test]
fn an_agency_that_is_no_side_stands_for_its_country() {
    let bureau = officer("CR", 3);
    let abroad = Hit { owner: of_agency("CR-OIJ", 1).party, ..raised() };
    let confirm = HitCommand::Confirm { hit: abroad.id, revision: abroad.revision };
    assert_eq!(does(abroad.clone(), &confirm, &bureau).phase, Phase::Confirmed);
    assert_eq!(decide(Some(&abroad), &ask(&abroad, Priority::Urgent), &bureau), Err(Refusal::FinderOnly));
    let home = at_home(&of_agency("CR-OIJ", 1), &of_agency("CR-PORT", 2));
    assert_eq!(does(home, &confirm, &bureau).phase, Phase::Confirmed);
    let elsewhere = officer("NI", 9);
    assert_eq!(decide(Some(&abroad), &confirm, &elsewhere), Err(Refusal::NoHit { hit: abroad.id }));
}

#[test]
fn a_hit_between_two_agencies_is_nobody_s_own_and_their_bureau_acts_for_the_owner() {
    let bureau = officer("CR", 3);
    let (owner, finder) = (of_agency("CR-OIJ", 1), of_agency("CR-PORT", 2));
    let hit = at_home(&owner, &finder);
    assert!(!hit.is_own(&bureau.party) && !hit.is_own(country("CR")));
    let to_do = |hit: &Hit| turn(hit, &bureau.party).map(|t| (t.side, t.to_do));
    assert_eq!(to_do(&hit), Some((Side::Owner, ToDo::Take)), "nobody has asked");
    let taken = does(hit.clone(), &HitCommand::Take { hit: hit.id, over: false }, &owner);
    assert_eq!(to_do(&taken), Some((Side::Owner, ToDo::Wait)), "the finder may still ask");
    let asked = does(hit.clone(), &ask(&hit, Priority::Urgent), &finder);
    assert_eq!(to_do(&asked), Some((Side::Owner, ToDo::Answer)));
    let one = at_home(&owner, &owner);
    assert!(one.is_own(&bureau.party) && one.is_own(country("CR")));
    assert!(!one.is_own(&officer("NI", 9).party));
}

#[test]
fn the_owner_makes_no_hit_of_a_lead_in_the_finder_s_name() {
    let (owner, finder) = (of_agency("CR-OIJ", 1), of_agency("CR-PORT", 2));
    let record = Record { owner: owner.party.clone(), ..record(Circumstance::Stolen) };
    let check = Check { finder: finder.party.clone(), ..check() };
    let asks = |context: &Context| {
        lead(&record, &check, Band::Possible, (Priority::Routine, &Private::default()), context)
    };
    assert_eq!(asks(&owner), Err(Refusal::FinderOnly));
    assert!(asks(&finder).is_ok());
    assert!(asks(&officer("CR", 3)).is_ok());
}
