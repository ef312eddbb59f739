//! An answer for a person: the candidates with their reasons, then the hits.

use crate::domain::text::Shown;
use crate::wire::check::{Candidate, CheckAnswer};
use crate::words;

/// The lines of an answer.
pub fn answer(answer: &CheckAnswer) -> Vec<String> {
    let searched = words::grouped(i64::try_from(answer.searched).unwrap_or(i64::MAX));
    let until = answer.stands_until.day();
    let mut lines = vec![format!("{}: {searched} records searched; it stands until {until}", answer.check)];
    if answer.candidates.is_empty() {
        lines.push("no record is like this gun".into());
    }
    for one in &answer.candidates {
        candidate(one, &mut lines);
    }
    if answer.more > 0 {
        lines.push(format!("and {} more", answer.more));
    }
    for hit in &answer.hits {
        lines.push(format!("hit {} on {} ({})", hit.hit, hit.record, hit.band.code()));
    }
    lines
}

fn candidate(candidate: &Candidate, lines: &mut Vec<String>) {
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
    for (sign, reasons) in [('+', &candidate.speaks_for), ('-', &candidate.speaks_against)] {
        for reason in reasons {
            lines.push(format!("          {sign} {}", Shown::of(&words::reason(reason))));
        }
    }
}
