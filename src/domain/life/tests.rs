use super::*;
use crate::domain::private::Private;
use crate::domain::record::{Caveat, Entry};

fn report(gun: Gun, date: &str) -> Report {
    Report {
        circumstance: Circumstance::Stolen,
        gun,
        date: date.parse().ok(),
        place: crate::domain::private::Private::new("San Jose"),
        batch: None,
        basis: vec![],
        context: None,
        case: Text::from("OIJ 0311/26"),
        remark: Private::default(),
        caveat: Caveat::default(),
        source_id: None,
        entry: Entry::Desk,
    }
}

fn recorded(report: &Report) -> Option<Recorded<'_>> {
    Some(Recorded { id: "CR-2026-4417".parse().unwrap(), owner: "CR".parse().unwrap(), report })
}

fn pistol() -> Gun {
    Gun {
        make: Some(Text::from("Browning")),
        made_in: "BE".parse().ok(),
        year: Some(1979),
        import_mark: Some(Text::from("CR09")),
        ..Gun::default()
    }
}

fn words(steps: &[Step]) -> Vec<String> {
    steps
        .iter()
        .map(|step| {
            let what = match &step.kind {
                StepKind::Made => "made".to_owned(),
                StepKind::Imported { .. } => "imported".to_owned(),
                StepKind::Gap { years } => format!("gap {years}"),
                StepKind::Reported { circumstance, .. } => circumstance.code().to_owned(),
                StepKind::Found => "found".to_owned(),
            };
            let date = step.from.map(|date| format!(" {date}")).unwrap_or_default();
            format!("{what}{date}{}", if step.out_of_order { " !" } else { "" })
        })
        .collect()
}

#[test]
fn a_whole_life_with_its_gaps() {
    let report = report(pistol(), "2026-01-14");
    let seen = Seen { finder: "PA".parse().unwrap(), gun: &pistol(), found: "2026-11-20".parse().ok() };
    let steps = steps(recorded(&report), Some(seen));
    assert_eq!(
        words(&steps),
        ["made 1979", "gap 30 1979", "imported 2009", "gap 17 2009", "stolen 2026-01-14", "found 2026-11-20"]
    );
    assert_eq!(steps[0].sure, Sure::Certain);
    assert_eq!(steps[2].country, "CR".parse().ok());
}

#[test]
fn what_cannot_be_is_marked_and_not_moved() {
    let report = report(pistol(), "1975");
    let seen = Seen { finder: "PA".parse().unwrap(), gun: &Gun::default(), found: "1974".parse().ok() };
    assert_eq!(
        words(&steps(recorded(&report), Some(seen))),
        ["made 1979", "imported 1909 !", "stolen 1975 !", "found 1974 !"]
    );
}

#[test]
fn nothing_known_is_nothing_shown() {
    assert!(steps(None, None).is_empty());
    let seen = Seen { finder: "PA".parse().unwrap(), gun: &Gun::default(), found: None };
    assert_eq!(words(&steps(None, Some(seen))), ["found"]);
    // That it was made says nothing while nobody knows when or where.
    let gun = Gun { make: Some(Text::from("Browning")), ..Gun::default() };
    assert_eq!(words(&steps(None, Some(Seen { gun: &gun, ..seen }))), ["found"]);
}

#[test]
fn import_marks_have_a_country_and_two_figures() {
    assert_eq!(read_mark("KE19", 2026), Some(("KE".parse().unwrap(), 2019)));
    assert_eq!(read_mark("KE 84", 2026), Some(("KE".parse().unwrap(), 1984)));
    for none in ["CAI", "1984", "KE1", "KE190", "KEé9", ""] {
        assert_eq!(read_mark(none, 2026), None, "{none}");
    }
}
