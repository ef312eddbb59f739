use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::*;
use crate::domain::evidence::NotSerial;
use crate::domain::gun::Place;
use crate::domain::hit::Exclusion;
use crate::domain::record::{Basis, Circumstance, Confidentiality, CriminalContext, Status};
use crate::domain::refusal::Trouble;
use crate::domain::time::Moment;

fn whole(said: &str) {
    assert!(!said.is_empty() && !said.contains(['<', '{', '}']), "{said}");
}

fn reasons() -> Vec<Reason> {
    let mut all = vec![
        Reason::NumberSame,
        Reason::NumberFolded { places: 1 },
        Reason::NumberFits { known: 5 },
        Reason::NumberDiffers { place: 2, recorded: 'D', seen: '0', alike: true },
        Reason::NumberDiffers { place: 2, recorded: 'D', seen: '7', alike: false },
        Reason::NumberFar { edits: 3 },
        Reason::NumberSwapped { place: 255 },
        Reason::NumberLacks { place: 1, recorded: 'K' },
        Reason::NumberExceeds { place: 1, seen: '/' },
        Reason::NumberPart { lost: 2 },
        Reason::NumberRare,
        Reason::NumberShared { records: 38, makes: 11 },
        Reason::MakeSame,
        Reason::MakeBrand,
        Reason::MakeCompatible,
        Reason::MakeOther,
        Reason::LikeItFits,
        Reason::LikeItDiffers,
        Reason::ModelSame,
        Reason::ModelAlias,
        Reason::ModelOther,
        Reason::CalibreSame,
        Reason::CalibreNear,
        Reason::CalibreOther,
        Reason::TypeSame,
        Reason::TypeAction,
        Reason::TypeOther,
        Reason::MadeInSame,
        Reason::MadeInOther,
        Reason::ImportMarkSame,
        Reason::ImportMarkOther,
        Reason::YearSame,
        Reason::YearOther,
        Reason::MadeAfterEvent,
        Reason::FoundBeforeEvent,
        Reason::RecordClosed,
        Reason::ExcludedBefore { reason: "EX6".into() },
        Reason::ExcludedBefore { reason: "EX99".into() },
    ];
    all.extend(Place::ALL.map(|place| Reason::NumberElsewhere { recorded: place, seen: Place::Frame }));
    all.extend(
        [
            NotSerial::Obliterated,
            NotSerial::Unread,
            NotSerial::Untold,
            NotSerial::Words,
            NotSerial::Placeholder,
            NotSerial::Model,
            NotSerial::Calibre,
            NotSerial::Mark,
        ]
        .map(|is| Reason::NumberIsNone { is }),
    );
    all
}

fn troubles() -> Vec<Trouble> {
    vec![
        Trouble::Missing,
        Trouble::Blank,
        Trouble::Control { character: 7 },
        Trouble::Format { character: 0x202E },
        Trouble::TooLong { longest: 1, length: 41 },
        Trouble::TooMany { most: 8, came: 9 },
        Trouble::Range { least: 1850, most: 2030 },
        Trouble::Future,
        Trouble::Past,
        Trouble::Unknown { given: "XQ".into() },
        Trouble::TrainingOnly,
        Trouble::TooFewKnown { least: 4 },
        Trouble::NoSerial { is: NotSerial::Model },
        Trouble::Shape { said: "expected a date".into() },
        Trouble::RemarkForMake,
        Trouble::NothingToFindBy,
    ]
}

fn refusals() -> Vec<Refusal> {
    let record = "CR-2026-0004417".parse().unwrap();
    let problem = |field: &str| FieldProblem { field: field.into(), trouble: Trouble::Missing };
    let officer = "O-17".parse().unwrap();
    vec![
        Refusal::Fields { problems: Vec::new() },
        Refusal::Fields { problems: vec![problem("report.gun.calibre")] },
        Refusal::Fields { problems: vec![problem("case"), problem("purpose")] },
        Refusal::NoRecord { record },
        Refusal::NoHit { hit: "H-2291".parse().unwrap() },
        Refusal::NoCheck { check: "C-88213".parse().unwrap() },
        Refusal::OwnerOnly,
        Refusal::FinderOnly,
        Refusal::Role,
        Refusal::HubDecidesNothing,
        Refusal::Phase { phase: "ASKED".into() },
        Refusal::Changed { by: officer, at: Moment(0), revision: 2 },
        Refusal::Already,
        Refusal::TakenBy { officer },
        Refusal::Closed { status: "cleared".into() },
        Refusal::Duplicate { records: vec![record, record] },
        Refusal::SourceRepeated { record, differs: false },
        Refusal::SourceRepeated { record, differs: true },
        Refusal::NotALead,
        Refusal::CommandReused,
        Refusal::AgencyExists,
        Refusal::NoAgency,
        Refusal::HubRole,
    ]
}

#[test]
fn every_code_of_the_domain_has_words() {
    let words = Catalogue::english();
    for reason in reasons() {
        whole(&words.reason(&reason));
    }
    for refusal in refusals() {
        if refusal != (Refusal::Fields { problems: Vec::new() }) {
            whole(&words.refusal(&refusal));
        }
        whole(&words.hint(&refusal));
    }
    for trouble in troubles() {
        whole(&words.field_problem(&FieldProblem { field: "report.gun.numbers[0].as_seen".into(), trouble }));
    }
    for exclusion in Exclusion::ALL {
        whole(&words.exclusion(exclusion));
    }
    for circumstance in Circumstance::ALL {
        whole(&words.circumstance(circumstance));
    }
    for status in [Status::Active, Status::Located, Status::Cleared, Status::Cancelled, Status::Expired] {
        whole(&words.status(status));
    }
    for level in [Confidentiality::OfficialUse, Confidentiality::Restricted, Confidentiality::Confidential] {
        whole(&words.confidentiality(level));
    }
    for basis in [Basis::Law, Basis::Embargo, Basis::Unmarked, Basis::Unlicensed, Basis::Transfer] {
        whole(&words.basis(basis));
    }
    for context in [
        CriminalContext::Trafficking,
        CriminalContext::Drugs,
        CriminalContext::Violence,
        CriminalContext::Property,
        CriminalContext::Organised,
        CriminalContext::Terrorism,
        CriminalContext::Other,
    ] {
        whole(&words.criminal_context(context));
    }
}

#[test]
fn sentences_say_what_the_officer_needs() {
    let differs = Reason::NumberDiffers { place: 2, recorded: 'D', seen: '0', alike: true };
    assert_eq!(reason(&differs), "place 2: letter D recorded, figure 0 seen: alike");
    let shared = Reason::NumberShared { records: 1_204, makes: 1 };
    assert_eq!(reason(&shared), "the number fits 1 204 records of 1 make");
    let excluded = Reason::ExcludedBefore { reason: "EX6".into() };
    assert_eq!(reason(&excluded), "an officer said it is not this gun: our owner has the gun in hand");
    let problem =
        FieldProblem { field: "report.gun.year".into(), trouble: Trouble::Range { least: 1850, most: 2030 } };
    assert_eq!(field_problem(&problem), "year: must be between 1850 and 2030");
    let two = Refusal::Fields { problems: vec![problem.clone(), problem] };
    assert_eq!(refusal(&two).0, "year: must be between 1850 and 2030; and 1 more field");
    let changed = Refusal::Changed { by: "O-17".parse().unwrap(), at: Moment(0), revision: 2 };
    assert_eq!(refusal(&changed).0, "O-17 has changed it at 1970-01-01 00:00Z since you saw it");
    assert_eq!(Catalogue::english().field("report.gun.numbers[3].place"), "on the gun");
    assert_eq!(Catalogue::english().field("body.odd[2]"), "body.odd[2]");
    assert_eq!(Catalogue::english().purpose(" Border "), "border control");
    assert_eq!(Catalogue::english().purpose("MADE UP"), "MADE UP");
}

/// Every text file below a folder, with the extension.
fn sources(folder: &Path, extension: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, extension, found);
        } else if path.extension().is_some_and(|found| found == extension)
            // These speak of keys and say none of them.
            && !path.ends_with("words/tests.rs")
            && !path.ends_with("view/tests/room.rs")
        {
            found.push(fs::read_to_string(path).unwrap());
        }
    }
}

/// Texts in quotes that look like the path to a sentence; `{}` in one stands for any name.
fn paths_in(source: &str) -> impl Iterator<Item = &str> {
    source.split('"').filter(|text| {
        text.contains('.')
            && text.split('.').all(|name| !name.is_empty())
            && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "._{}".contains(c))
    })
}

fn fits(pattern: &str, key: &str) -> bool {
    let (pattern, key) = (pattern.split('.'), key.split('.'));
    pattern.clone().count() == key.clone().count()
        && pattern.zip(key).all(|(p, k)| p == k || p.starts_with('{'))
}

#[test]
fn every_sentence_is_said_and_every_said_one_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    sources(&root.join("src"), "rs", &mut texts);
    sources(&root.join("assets"), "toml", &mut texts);
    let paths: BTreeSet<&str> = texts.iter().flat_map(|text| paths_in(text)).collect();
    let words = Catalogue::english();
    let unsaid: Vec<&str> = words.keys().filter(|key| !paths.iter().any(|path| fits(path, key))).collect();
    assert!(unsaid.is_empty(), "nobody says {unsaid:?}");
    let after_say = texts
        .iter()
        .flat_map(|text| text.split("say(").skip(1))
        .filter_map(|after| after.trim_start().strip_prefix('"')?.split('"').next())
        .filter(|path| paths_in(path).next().is_some());
    let sections: BTreeSet<&str> = words.keys().filter_map(|key| key.split('.').next()).collect();
    let in_a_section =
        paths.iter().copied().filter(|path| path.split('.').next().is_some_and(|at| sections.contains(at)));
    let said: BTreeSet<&str> = after_say.chain(in_a_section).filter(|path| !path.contains('{')).collect();
    let missing: Vec<&&str> = said.iter().filter(|key| !words.has(key) && !is_of_a_test(key)).collect();
    assert!(missing.is_empty(), "no sentence for {missing:?}");
}

/// Keys of the catalogues that `catalogue/tests.rs` makes up.
fn is_of_a_test(key: &str) -> bool {
    key.starts_with("a.") || key.starts_with("act.") || key == "no.such"
}
