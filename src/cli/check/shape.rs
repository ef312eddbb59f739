//! The shape of an answer for scripts: one JSON object a check.

use crate::domain::evidence::{Band, NotSerial, Reason};
use crate::domain::gun::Gun;
use crate::domain::ids::{CheckId, HitId, RecordId};
use crate::matching::Prepared;
use crate::wire::check::{Candidate, CheckAnswer};
use crate::wire::hit::HitBrief;
use crate::wire::problem::Problem;
use crate::words;
use serde::Serialize;
use serde_json::Value;

/// What became of one check.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// The row's own id, or its place in the file.
    id: Option<String>,
    /// The check, as the registry calls it.
    check: Option<CheckId>,
    /// The number that was searched.
    serial: Option<String>,
    /// What the number is when it is no serial: nothing was searched by it, so that no
    /// candidate clears nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_serial: Option<NotSerial>,
    /// Records that it may be about, UNLIKELY ones too.
    candidates: Vec<CandidateShape>,
    /// Hits between it and records.
    hits: Vec<HitShape>,
    /// Why it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<ProblemShape>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct CandidateShape {
    record: RecordId,
    source_id: Option<String>,
    band: Band,
    bits: f64,
    #[serde(rename = "for")]
    speaks_for: Vec<ReasonShape>,
    #[serde(rename = "against")]
    speaks_against: Vec<ReasonShape>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct ReasonShape {
    code: String,
    args: Value,
    text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct HitShape {
    hit: HitId,
    record: RecordId,
    band: Band,
}

/// Why a row was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProblemShape {
    /// A stable code.
    pub code: String,
    /// The field that is wrong.
    pub field: Option<String>,
    /// What is wrong.
    pub detail: String,
    /// What to do.
    pub hint: String,
}

impl Line {
    /// The answer to a check of `gun`.
    pub fn answered(id: Option<String>, gun: &Gun, answer: &CheckAnswer) -> Self {
        Self {
            id,
            check: Some(answer.check),
            serial: gun.serial().map(|number| number.as_seen.as_str().to_owned()),
            not_serial: Prepared::of(gun).not_serial(),
            candidates: answer.candidates.iter().map(CandidateShape::from).collect(),
            hits: answer.hits.iter().map(HitShape::from).collect(),
            problem: None,
        }
    }

    /// A check that the registry refused.
    pub fn refused(id: Option<String>, serial: Option<String>, problem: &Problem) -> Self {
        let Problem { code, field, detail, hint, .. } = problem.clone();
        Self::without(id, serial, ProblemShape { code, field, detail, hint })
    }

    /// A row that was not sent.
    pub fn without(id: Option<String>, serial: Option<String>, problem: ProblemShape) -> Self {
        let not_serial = None;
        Self {
            id,
            check: None,
            serial,
            not_serial,
            candidates: Vec::new(),
            hits: Vec::new(),
            problem: Some(problem),
        }
    }

    /// Whether it was checked and had no number that is a serial.
    pub fn is_without_serial(&self) -> bool {
        self.problem.is_none() && (self.serial.is_none() || self.not_serial.is_some())
    }
}

impl From<&Candidate> for CandidateShape {
    fn from(candidate: &Candidate) -> Self {
        let source_id = candidate.shown.as_ref().and_then(|shown| shown.source_id.as_ref());
        let reasons = |reasons: &[Reason]| reasons.iter().map(ReasonShape::from).collect();
        Self {
            record: candidate.record,
            source_id: source_id.map(|id| id.as_str().to_owned()),
            band: candidate.band,
            bits: candidate.bits,
            speaks_for: reasons(&candidate.speaks_for),
            speaks_against: reasons(&candidate.speaks_against),
        }
    }
}

impl From<&Reason> for ReasonShape {
    fn from(reason: &Reason) -> Self {
        // A reason is a code with its arguments, which it may have none of.
        let mut parts = match serde_json::to_value(reason) {
            Ok(Value::Object(parts)) => parts,
            _ => serde_json::Map::new(),
        };
        let code = match parts.remove("code") {
            Some(Value::String(code)) => code,
            _ => String::new(),
        };
        let args = parts.remove("args").unwrap_or_else(|| Value::Object(serde_json::Map::new()));
        Self { code, args, text: words::reason(reason) }
    }
}

impl From<&HitBrief> for HitShape {
    fn from(hit: &HitBrief) -> Self {
        Self { hit: hit.hit, record: hit.record, band: hit.band }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::evidence::Rarity;
    use crate::domain::time::Moment;

    #[test]
    fn the_shape_is_the_one_that_scripts_know() {
        let record: RecordId = "BE-2026-1".parse().unwrap();
        let answer = CheckAnswer {
            check: CheckId(7),
            repeated: false,
            searched: 3,
            as_of: Moment(0),
            stands_until: Moment(0),
            fits: Rarity::default(),
            candidates: vec![Candidate {
                record,
                owner: record.country,
                shown: None,
                band: Band::Likely,
                bits: 31.5,
                speaks_for: vec![Reason::NumberSame, Reason::NumberFits { known: 6 }],
                speaks_against: vec![],
            }],
            more: 0,
            hits: vec![HitBrief { hit: HitId(9), record, band: Band::Likely }],
        };
        let gun = |line: &str| crate::cli::check::asked::gun_line(line).unwrap().gun;
        let shape =
            |said: &str| serde_json::to_value(Line::answered(Some("4".into()), &gun(said), &answer)).unwrap();
        let line = shape("KD73519");
        assert!(line.get("not_serial").is_none());
        assert_eq!(
            (&shape("ELIMINADO")["not_serial"], &line["serial"]),
            (&"obliterated".into(), &"KD73519".into())
        );
        assert_eq!(line["id"], "4");
        assert_eq!(line["check"], "C-7");
        assert_eq!(line["candidates"][0]["record"], "BE-2026-0000001");
        assert_eq!(line["candidates"][0]["source_id"], Value::Null);
        assert_eq!(line["candidates"][0]["for"][0]["code"], "number_same");
        assert_eq!(line["candidates"][0]["for"][0]["args"], serde_json::json!({}));
        assert_eq!(line["candidates"][0]["for"][1]["args"]["known"], 6);
        assert!(line["candidates"][0]["for"][1]["text"].as_str().unwrap().contains('6'));
        assert_eq!(
            line["hits"][0],
            serde_json::json!({"hit": "H-9", "record": "BE-2026-0000001", "band": "LIKELY"})
        );
        assert!(line.get("problem").is_none());
    }
}
