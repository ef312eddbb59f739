//! The search pane: one line, and the candidates of the last check.

use super::editor::Editor;
use super::remote::{Generation, Remote};
use crate::client::seen::Here;
use crate::console::grammar::GrammarFault;
use crate::domain::check::{Question, USUAL_DAYS};
use crate::domain::ids::{CheckId, CommandId, HitId, RecordId};
use crate::domain::text::Text;
use crate::domain::time::Moment;
use crate::reference::purpose;
use crate::wire::check::{Candidate, CandidatesPage, CheckAnswer, NextCandidates};
use std::collections::{BTreeSet, VecDeque};

/// The search pane.
#[derive(Debug, Clone, PartialEq)]
pub struct Search {
    /// The line: empty after a check, as it was left after Esc.
    pub line: Editor,
    /// Which part of the line is typed in while it is open.
    pub part: Part,
    /// Whether that part was gone to with its text as if selected: the first letter takes its place.
    pub selected: bool,
    /// What stood behind the last key before Right put in a suggestion, and how many it has put in.
    pub stem: Option<(String, usize)>,
    /// Why the search is made; remembered until it is changed.
    pub purpose: Editor,
    /// For which case; remembered until it is changed.
    pub case: Editor,
    /// How many days a check stands, as typed.
    pub days: Editor,
    /// Lines that were pasted behind the one that stands in the line; Enter in the empty line
    /// takes the next.
    pub pasted: VecDeque<String>,
    /// What is wrong with the line, since the last Enter.
    pub fault: Option<GrammarFault>,
    /// The last check: what was asked. Stands in the title.
    pub asked: Option<Asked>,
    /// The answer to it.
    pub answer: Remote<CheckAnswer>,
    /// The name under which the last check went out.
    pub sent_as: Option<CommandId>,
    /// Checks that went out over the line and were not answered, the one on the screen among them.
    pub under_way: Vec<UnderWay>,
    /// What the records seen at this desk say of it, as long as the registry has not answered.
    pub here: Option<Here>,
    /// What was withdrawn since the checks that are awaited went out: their answers may be older.
    pub gone: Gone,
    /// The candidate that the mark stands on; nothing when it stands on the check itself.
    pub marked: Option<RecordId>,
    /// Whether the mark stands on the line below the candidates that names the next page.
    pub at_more: bool,
    /// The next page, while it is fetched; its rows go into the answer.
    pub further: Remote<()>,
    /// Earlier lines, the oldest first.
    pub history: Vec<String>,
}

/// Hits and records that may be seen no more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gone {
    /// Hits.
    pub hits: BTreeSet<HitId>,
    /// Records.
    pub records: BTreeSet<RecordId>,
}

impl Gone {
    /// Takes it out of an answer that may be from before.
    pub fn leave_out(&self, answer: &mut CheckAnswer) {
        answer.candidates.retain(|candidate| !self.records.contains(&candidate.record));
        go_on_behind_the_last(answer);
        answer.hits.retain(|brief| !self.hits.contains(&brief.hit) && !self.records.contains(&brief.record));
    }
}

/// The next page begins behind the last candidate that is left.
fn go_on_behind_the_last(answer: &mut CheckAnswer) {
    let last = answer.candidates.last().map(|candidate| candidate.record);
    answer.next = answer.next.and_then(|next| Some(NextCandidates { after: last?, ..next }));
}

/// A check on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnderWay {
    /// Comes back with the answer.
    pub generation: Generation,
    /// The name under which it went out.
    pub id: CommandId,
    /// When.
    pub at: Moment,
    /// What was asked.
    pub asked: Asked,
}

/// A check as it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The line in its usual form.
    pub line: String,
    /// What went out.
    pub question: Question,
}

/// Parts of the search line, in the order in which Tab goes through them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Part {
    /// The gun.
    #[default]
    Gun,
    /// Why.
    Purpose,
    /// The case.
    Case,
    /// The days for which it stands.
    Days,
}

impl Part {
    /// All of them, in the order of Tab.
    pub const ALL: [Part; 4] = [Part::Gun, Part::Purpose, Part::Case, Part::Days];
}

/// What is missing or wrong of purpose and case, without which nothing is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lacks {
    /// Both are missing.
    Both,
    /// The purpose is missing.
    Purpose,
    /// The purpose is none of the table.
    KnownPurpose,
    /// The case is missing.
    Case,
}

impl Lacks {
    /// The part of the line in which it is put right.
    pub fn part(self) -> Part {
        match self {
            Lacks::Both | Lacks::Purpose | Lacks::KnownPurpose => Part::Purpose,
            Lacks::Case => Part::Case,
        }
    }

    /// The code under which the catalogue has its words.
    pub fn code(self) -> &'static str {
        match self {
            Lacks::Both => "no_ground",
            Lacks::Purpose => "no_purpose",
            Lacks::KnownPurpose => "no_such_purpose",
            Lacks::Case => "no_case",
        }
    }
}

impl Default for Search {
    fn default() -> Self {
        Self {
            line: Editor::default(),
            part: Part::Gun,
            selected: false,
            stem: None,
            purpose: Editor::default(),
            case: Editor::default(),
            days: Editor::new(USUAL_DAYS.to_string()),
            pasted: VecDeque::new(),
            fault: None,
            asked: None,
            answer: Remote::default(),
            sent_as: None,
            under_way: Vec::new(),
            here: None,
            gone: Gone::default(),
            marked: None,
            at_more: false,
            further: Remote::default(),
            history: Vec::new(),
        }
    }
}

impl Search {
    /// The part of the line that is typed in.
    pub fn part_mut(&mut self) -> &mut Editor {
        match self.part {
            Part::Gun => &mut self.line,
            Part::Purpose => &mut self.purpose,
            Part::Case => &mut self.case,
            Part::Days => &mut self.days,
        }
    }

    /// The text of a part of the line.
    pub fn part_text(&self, part: Part) -> &Editor {
        match part {
            Part::Gun => &self.line,
            Part::Purpose => &self.purpose,
            Part::Case => &self.case,
            Part::Days => &self.days,
        }
    }

    /// Takes out the check that this request made.
    pub fn arrived(&mut self, generation: Generation) -> Option<UnderWay> {
        let at = self.under_way.iter().position(|check| check.generation == generation)?;
        Some(self.under_way.remove(at))
    }

    /// Goes to a part of the line; what stands there is as if selected. The gun never is: a number
    /// in hand is not lost to one letter.
    pub fn go(&mut self, part: Part) {
        self.part = part;
        self.selected = part != Part::Gun;
        self.stem = None;
    }

    /// What keeps anything from being searched.
    pub fn lacks(&self) -> Option<Lacks> {
        match (self.purpose.is_blank(), self.case.is_blank()) {
            (true, true) => Some(Lacks::Both),
            (true, false) => Some(Lacks::Purpose),
            _ if purpose::find(self.purpose.text().trim()).is_none() => Some(Lacks::KnownPurpose),
            (false, true) => Some(Lacks::Case),
            (false, false) => None,
        }
    }

    /// Purpose, by its code, and case, once both are filled and the purpose is known.
    pub fn ground(&self) -> Option<(Text, Text)> {
        let case = self.case.text().trim();
        let purpose = purpose::find(self.purpose.text().trim())?;
        (!case.is_empty()).then(|| (Text::from(purpose.code.as_str()), Text::from(case)))
    }

    /// The check that the answer on the screen belongs to.
    pub fn check(&self) -> Option<CheckId> {
        self.answer.value().map(|answer| answer.check)
    }

    /// The next page, when the mark stands on the line that names it.
    pub fn on_more(&self) -> Option<NextCandidates> {
        let next = self.answer.value()?.next?;
        (self.at_more && self.marked.is_none()).then_some(next)
    }

    /// The marked candidate.
    pub fn candidate(&self) -> Option<&Candidate> {
        let marked = self.marked?;
        self.answer.value()?.candidates.iter().find(|candidate| candidate.record == marked)
    }

    /// The hit between the check and a record, when there is one.
    pub fn hit_with(&self, record: RecordId) -> Option<HitId> {
        self.answer.value()?.hits.iter().find(|brief| brief.record == record).map(|brief| brief.hit)
    }

    /// Puts a further page under the candidates there are; what stands there already, or may be
    /// seen no more, is left out. Returns the first that came.
    pub fn add(&mut self, page: CandidatesPage) -> Option<RecordId> {
        let answer = self.answer.value_mut()?;
        let mut first = None;
        for candidate in page.candidates {
            let record = candidate.record;
            let known = answer.candidates.iter().any(|other| other.record == record);
            if !known && !self.gone.records.contains(&record) {
                first = first.or(Some(record));
                answer.candidates.push(candidate);
            }
        }
        (answer.more, answer.next) = (page.more, page.next);
        first
    }
}
