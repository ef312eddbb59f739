//! Words for refusals and for what is wrong with a field.
use super::Catalogue;
use super::sentence::Arg;
use crate::domain::refusal::{FieldProblem, Refusal, Trouble};

impl Catalogue {
    /// Why a command was refused.
    pub fn refusal(&self, refusal: &Refusal) -> String {
        match refusal {
            Refusal::Fields { problems } => self.fields(problems),
            Refusal::NoRecord { record } => {
                self.say("refusal.no_record", &[("record", record.to_string().into())])
            }
            Refusal::NoHit { hit } => self.say("refusal.no_hit", &[("hit", hit.to_string().into())]),
            Refusal::NoCheck { check } => {
                self.say("refusal.no_check", &[("check", check.to_string().into())])
            }
            Refusal::OwnerOnly => self.say("refusal.owner_only", &[]),
            Refusal::FinderOnly => self.say("refusal.finder_only", &[]),
            Refusal::Role => self.say("refusal.role", &[]),
            Refusal::HubDecidesNothing => self.say("refusal.hub_decides_nothing", &[]),
            // A state in words, as the lists have it.
            Refusal::Phase { phase } => {
                self.say("refusal.phase", &[("phase", phase.replace('_', " ").into())])
            }
            Refusal::Changed { by, at, revision: _ } => {
                let args = [("officer", by.to_string().into()), ("time", self.utc(*at).into())];
                self.say("refusal.changed", &args)
            }
            Refusal::Already => self.say("refusal.already", &[]),
            Refusal::TakenBy { officer } => {
                self.say("refusal.taken_by", &[("officer", officer.to_string().into())])
            }
            Refusal::Closed { status } => self.say("refusal.closed", &[("status", status.as_str().into())]),
            Refusal::Duplicate { records } => {
                let list = records.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                self.say("refusal.duplicate", &[("count", records.len().into()), ("records", list.into())])
            }
            Refusal::SourceRepeated { record, differs: true } => {
                self.say("refusal.source_differs", &[("record", record.to_string().into())])
            }
            Refusal::SourceRepeated { record, differs: false } => {
                self.say("refusal.source_repeated", &[("record", record.to_string().into())])
            }
            Refusal::NotStored => self.say("refusal.not_stored", &[]),
            Refusal::OtherSide => self.say("refusal.other_side", &[]),
            Refusal::NotALead => self.say("refusal.not_a_lead", &[]),
            Refusal::CommandReused => self.say("refusal.command_reused", &[]),
            Refusal::AgencyExists => self.say("refusal.agency_exists", &[]),
            Refusal::NoAgency => self.say("refusal.no_agency", &[]),
            Refusal::HubRole => self.say("refusal.hub_role", &[]),
        }
    }

    /// What to do about a refusal.
    pub fn hint(&self, refusal: &Refusal) -> String {
        let key = match refusal {
            Refusal::Fields { .. } => "hint.fields",
            Refusal::NoRecord { .. } => "hint.no_record",
            Refusal::NoHit { .. } => "hint.no_hit",
            Refusal::NoCheck { .. } => "hint.no_check",
            Refusal::OwnerOnly => "hint.owner_only",
            Refusal::FinderOnly => "hint.finder_only",
            Refusal::Role => "hint.role",
            Refusal::HubDecidesNothing => "hint.hub_decides_nothing",
            Refusal::Phase { .. } => "hint.phase",
            Refusal::Changed { .. } => "hint.changed",
            Refusal::Already => "hint.already",
            Refusal::TakenBy { .. } => "hint.taken_by",
            Refusal::Closed { .. } => "hint.closed",
            Refusal::Duplicate { .. } => "hint.duplicate",
            Refusal::SourceRepeated { .. } => "hint.source_repeated",
            Refusal::NotStored => "hint.not_stored",
            Refusal::OtherSide => "hint.other_side",
            Refusal::NotALead => "hint.not_a_lead",
            Refusal::CommandReused => "hint.command_reused",
            Refusal::AgencyExists => "hint.agency_exists",
            Refusal::NoAgency => "hint.no_agency",
            Refusal::HubRole => "hint.hub_role",
        };
        self.say(key, &[])
    }

    /// Which field is wrong and how: "calibre: must be filled".
    pub fn field_problem(&self, problem: &FieldProblem) -> String {
        let args = [
            ("field", self.field(&problem.field).into()),
            ("trouble", self.trouble(&problem.trouble).into()),
        ];
        self.say("problem.field", &args)
    }

    /// What is wrong with a field.
    pub fn trouble(&self, trouble: &Trouble) -> String {
        match trouble {
            Trouble::Missing => self.say("problem.missing", &[]),
            Trouble::Blank => self.say("problem.blank", &[]),
            Trouble::Control { character } => {
                self.say("problem.control", &[("shown", code_point(*character))])
            }
            Trouble::Format { character } => self.say("problem.format", &[("shown", code_point(*character))]),
            Trouble::TooLong { longest, length } => {
                self.say("problem.too_long", &[("longest", (*longest).into()), ("length", (*length).into())])
            }
            Trouble::TooMany { most, came } => {
                self.say("problem.too_many", &[("most", (*most).into()), ("came", (*came).into())])
            }
            // Not grouped: a range of years is one.
            Trouble::Range { least, most } => self.say(
                "problem.range",
                &[("least", least.to_string().into()), ("most", most.to_string().into())],
            ),
            Trouble::Future => self.say("problem.future", &[]),
            Trouble::Past => self.say("problem.past", &[]),
            Trouble::Unknown { given } => self.say("problem.unknown", &[("given", given.as_str().into())]),
            Trouble::TrainingOnly => self.say("problem.training_only", &[]),
            Trouble::NoSerial { is } => self.say("problem.no_serial", &[("is", self.not_serial(*is).into())]),
            Trouble::TooFewKnown { least } => {
                self.say("problem.too_few_known", &[("least", (*least).into())])
            }
            Trouble::Shape { said } => self.say("problem.shape", &[("said", said.as_str().into())]),
            Trouble::RemarkForMake => self.say("problem.remark_for_make", &[]),
            Trouble::NothingToFindBy => self.say("problem.nothing_to_find_by", &[]),
        }
    }

    /// What a field is called; `path` is its path on the wire, and stands for itself when it has no name.
    ///
    /// The last part of the path tells which field it is: `report.gun.numbers[0].as_seen` is the number.
    pub fn field(&self, path: &str) -> String {
        let last = path.rsplit('.').next().unwrap_or(path);
        let last = last.split('[').next().unwrap_or(last);
        let key = match last {
            "as_seen" => "field.number",
            "numbers" => "field.numbers",
            "make" => "field.make",
            "model" => "field.model",
            "calibre" => "field.calibre",
            "type" => "field.type",
            "made_in" => "field.made_in",
            "importer" => "field.importer",
            "import_mark" => "field.import_mark",
            "year" => "field.year",
            "marks" => "field.marks",
            "circumstance" => "field.circumstance",
            "date" => "field.date",
            "found" => "field.found",
            "place" if path.contains("numbers[") => "field.on_the_gun",
            "place" => "field.place",
            "batch" => "field.batch",
            "basis" => "field.basis",
            "context" => "field.context",
            "case" => "field.case",
            "remark" => "field.remark",
            "denied" => "field.denied",
            "confidentiality" => "field.confidentiality",
            "source_id" => "field.source_id",
            "purpose" => "field.purpose",
            "stand_days" => "field.stand_days",
            "limit" => "field.limit",
            "gun" => "field.gun",
            "reason" => "field.reason",
            "until" => "field.until",
            "text" => "field.words",
            "name" => "field.name",
            "agency" => "field.agency",
            "phone" => "field.phone",
            "hours" => "field.hours",
            "languages" => "field.languages",
            _ => return path.to_owned(),
        };
        self.say(key, &[])
    }

    fn fields(&self, problems: &[FieldProblem]) -> String {
        let first = problems.first().map(|problem| self.field_problem(problem)).unwrap_or_default();
        match problems.len() {
            0 | 1 => self.say("refusal.fields", &[("first", first.into())]),
            all => self.say("refusal.fields_more", &[("first", first.into()), ("more", (all - 1).into())]),
        }
    }
}

/// A character that cannot be shown, by its number in Unicode.
fn code_point(character: u32) -> Arg<'static> {
    format!("U+{character:04X}").into()
}
