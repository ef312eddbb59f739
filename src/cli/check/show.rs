//! An answer for a person: the candidates with their reasons, then the hits.

use crate::domain::evidence::NotSerial;
use crate::domain::gun::Gun;
use crate::domain::text::Shown;
use crate::matching::{Prepared, Step, StepKind, align};
use crate::wire::check::{Candidate, CheckAnswer};
use crate::words;

/// The lines of an answer to a check of `gun`.
pub fn answer(gun: &Gun, answer: &CheckAnswer) -> Vec<String> {
    let searched = words::grouped(i64::try_from(answer.searched).unwrap_or(i64::MAX));
    let until = answer.stands_until.day();
    let mut lines = vec![format!("{}: {searched} records searched; it stands until {until}", answer.check)];
    let found = !answer.candidates.is_empty();
    match Prepared::of(gun).not_serial() {
        Some(is) => lines.extend(no_serial(gun, is, found)),
        None if found => {}
        None => lines.push("no record is like this gun".into()),
    }
    for one in &answer.candidates {
        candidate(gun, one, &mut lines);
    }
    if answer.more > 0 {
        lines.push(format!("and {} more", answer.more));
    }
    for hit in &answer.hits {
        lines.push(format!("hit {} on {} ({})", hit.hit, hit.record, hit.band.code()));
    }
    lines
}

/// Says that what was given as the number is none, what was searched instead, and what to
/// do: that no record was found then clears nothing.
fn no_serial(gun: &Gun, is: NotSerial, found: bool) -> [String; 3] {
    let given = gun.serial().map(|number| Shown::from(&number.as_seen).to_string()).unwrap_or_default();
    let described = gun.make.is_some() || gun.model.is_some() || gun.calibre.is_some();
    let searched = match (found, described) {
        (true, _) => "what follows is like the gun in other things than a serial",
        (false, true) => "no record is like its description, and that clears nothing",
        (false, false) => "there was nothing else to search by, and that clears nothing",
    };
    let next = match is {
        NotSerial::Obliterated | NotSerial::Unread => {
            "next: any other number on it (slide, barrel, inside the grip) and /MK /MD /CAL; a laboratory can \
             often raise what was ground off or worn"
        }
        NotSerial::Untold => {
            "next: look for a number on frame, receiver, slide and barrel and inside the grip; then /MK /MD /CAL"
        }
        NotSerial::Placeholder | NotSerial::Words => {
            "next: the number on frame or receiver as it stands there, and /MK /MD /CAL"
        }
        NotSerial::Model | NotSerial::Calibre | NotSerial::Mark => {
            "next: the number on frame or receiver; this one goes behind its own key: /MD a model, /CAL a calibre, \
             /XM a mark"
        }
    };
    [format!("`{given}` is no serial: it is {}", words::not_serial(is)), searched.into(), next.into()]
}

fn candidate(asked: &Gun, candidate: &Candidate, lines: &mut Vec<String>) {
    let gun = match &candidate.shown {
        None => format!("restricted: ask {}", candidate.owner),
        Some(shown) => {
            let gun = &shown.gun;
            let texts = [&gun.serial, &gun.make, &gun.model, &gun.calibre];
            let mut parts: Vec<String> =
                texts.into_iter().flatten().map(|text| Shown::from(text).to_string()).collect();
            parts.extend(gun.gun_type.map(|gun_type| gun_type.to_string()));
            parts.push(shown.circumstance.code().to_owned());
            parts.extend(shown.year.map(|year| year.to_string()));
            parts.join("  ")
        }
    };
    lines.push(format!("{:<8}  {}  {gun}", candidate.band.code(), candidate.record));
    let recorded = candidate.shown.as_ref().and_then(|shown| shown.gun.serial.as_ref());
    if let (Some(recorded), Some(seen)) = (recorded, asked.serial()) {
        lines.extend(ruler(recorded.as_str(), seen.as_seen.as_str()));
    }
    for (sign, reasons) in [('+', &candidate.speaks_for), ('-', &candidate.speaks_against)] {
        for reason in reasons {
            lines.push(format!("          {sign} {}", Shown::of(&words::reason(reason))));
        }
    }
}

/// The two numbers under each other with a sign under each place that differs, where they are
/// more alike than not.
fn ruler(recorded: &str, seen: &str) -> Vec<String> {
    let steps = align(recorded, seen);
    let count = |is: fn(StepKind) -> bool| steps.iter().filter(|step| is(step.kind)).count();
    let same = count(|kind| kind == StepKind::Same);
    let agree = same + count(|kind| kind == StepKind::Alike);
    if same == steps.len() || 2 * agree < steps.len() {
        return Vec::new();
    }
    let line = |label: &str, sign: &dyn Fn(&Step) -> char| {
        let laid: String = steps.iter().map(sign).collect();
        format!("          {label:<8}  {}", Shown::of(laid.trim_end()))
    };
    vec![
        line("recorded", &|step| step.recorded.unwrap_or(' ')),
        line("seen", &|step| step.seen.unwrap_or(' ')),
        line("", &|step| step.kind.sign()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::check::asked::gun_line;
    use crate::domain::evidence::Rarity;
    use crate::domain::ids::CheckId;
    use crate::domain::time::Moment;

    fn told(line: &str) -> String {
        let nothing = CheckAnswer {
            check: CheckId(1),
            repeated: false,
            searched: 300,
            as_of: Moment(0),
            stands_until: Moment(0),
            fits: Rarity::default(),
            candidates: vec![],
            more: 0,
            next: None,
            hits: vec![],
        };
        answer(&gun_line(line).unwrap().gun, &nothing).join("\n")
    }

    #[test]
    fn numbers_that_differ_stand_under_each_other() {
        let shown = ruler("KL451271", "kl-45127l").join("\n");
        assert_eq!(
            shown,
            "          recorded  KL451271\n          seen      KL45127L\n                           ~"
        );
        assert_eq!(ruler("KL451271", "KL 451271"), [""; 0], "the same");
        assert_eq!(ruler("KL451271", "99837"), [""; 0], "found by something else");
        assert!(ruler("D532114", "D?32114")[2].ends_with("   ?"));
    }

    #[test]
    fn what_is_no_serial_is_called_so_and_clears_nothing() {
        let lines = [
            ("ELIMINADO", "ground off or removed", "slide"),
            ("12345678", "a filler", "as it stands there"),
            ("4006 /MK Smith & Wesson", "the name of a model", "/MD"),
            ("9X19 /MK FN", "a calibre", "/CAL"),
            ("S PAT.1234567 /MK FN", "a patent", "/XM"),
        ];
        for (line, is, next) in lines {
            let told = told(line);
            assert!(told.contains("is no serial") && told.contains(is), "{line}: {told}");
            assert!(told.contains("clears nothing") && told.contains(next), "{line}: {told}");
            assert!(!told.contains("no record is like this gun"), "{told}");
        }
        assert!(told("ELIMINADO").contains("nothing else to search by"));
        assert!(told("ELIMINADO /MK FN").contains("like its description"));
        assert!(told("KD73519").contains("no record is like this gun"));
    }
}
