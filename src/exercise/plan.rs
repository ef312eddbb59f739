//! What the other countries do next: pure, so that it can be tried out without a registry.

mod reply;

use super::dice::Dice;
use crate::domain::check::{Question, USUAL_DAYS};
use crate::domain::evidence::Band;
use crate::domain::gun::{Gun, Number};
use crate::domain::hit::desk::{ToDo, turn};
use crate::domain::hit::{Hit, HitCommand, Priority, Side};
use crate::domain::ids::{CheckId, CountryCode, HitId};
use crate::domain::private::Private;
use crate::domain::record::{Circumstance, Entry, Report};
use crate::domain::text::Text;
use crate::domain::time::Moment;
use crate::wire::check::CheckAnswer;
use std::collections::BTreeMap;
use std::time::Duration;

/// What one country does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Looks a gun up.
    Check(Box<Question>),
    /// Reports a gun.
    Report(Box<Report>),
    /// Acts on a hit.
    Hit(HitCommand),
}

/// What happens next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Nothing, for that long at most.
    Wait(Duration),
    /// A country acts.
    Do {
        /// Which.
        by: CountryCode,
        /// What.
        act: Act,
    },
}

/// Something that a country means to do about a hit, or a lead that it means to ask about.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Duty {
    due: Duration,
    by: CountryCode,
    what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum What {
    /// Whatever the hit asks of that desk by then, if it still stands as it did.
    Turn { hit: HitId, revision: u32 },
    /// Make a hit of a lead.
    Lead(HitCommand),
}

/// Hits that wait for the home desk before the others leave it alone for a while.
const MOST_WAITING: usize = 6;

/// All that the other countries know and mean to do; times count from the beginning.
#[derive(Debug, Clone)]
pub struct State {
    home: CountryCode,
    others: Vec<CountryCode>,
    /// Guns that home seeks, and guns that home has found: what an alert can be made of.
    sought: Vec<Report>,
    found: Vec<Report>,
    /// Guns of other countries.
    elsewhere: Vec<(CountryCode, Report)>,
    hits: BTreeMap<HitId, Hit>,
    duties: Vec<Duty>,
    next_event: Duration,
    events: u32,
    dice: Dice,
}

impl State {
    /// The beginning: who takes part, which guns are known, and chance.
    pub fn new(
        home: CountryCode,
        others: Vec<CountryCode>,
        known: Vec<(CountryCode, Report)>,
        seed: u64,
    ) -> Self {
        let mut dice = Dice::new(seed, u64::MAX);
        let (ours, elsewhere): (Vec<_>, Vec<_>) = known.into_iter().partition(|(owner, _)| *owner == home);
        let ours =
            ours.into_iter().map(|(_, report)| report).filter(|report| report.caveat.denied.is_empty());
        let (sought, found) = ours.partition(|report| report.circumstance.is_sought());
        let next_event = dice.seconds(6, 12);
        Self {
            home,
            others,
            sought,
            found,
            elsewhere,
            hits: BTreeMap::new(),
            duties: Vec::new(),
            next_event,
            events: 0,
            dice,
        }
    }

    /// Notes how a hit stands, and what the countries of the exercise will do about it.
    pub fn note(&mut self, hit: Hit, at: Duration) {
        let stands =
            self.hits.get(&hit.id).is_some_and(|known| known.revision > hit.revision || *known == hit);
        if stands {
            return;
        }
        self.duties.retain(|duty| !matches!(duty.what, What::Turn { hit: of, .. } if of == hit.id));
        for by in [hit.owner.ncb, hit.finder.ncb] {
            let to_do = turn(&hit, by).map(|turn| turn.to_do);
            let waits = matches!(to_do, None | Some(ToDo::Wait | ToDo::Nothing));
            if by != self.home && self.others.contains(&by) && !waits {
                let due = at + reply::delay(to_do, hit.priority, &mut self.dice);
                let what = What::Turn { hit: hit.id, revision: hit.revision };
                self.duties.push(Duty { due, by, what });
            }
        }
        self.hits.insert(hit.id, hit);
    }

    /// Notes the answer to a check of a country: a POSSIBLE record of home's may be asked about.
    pub fn note_answer(&mut self, by: CountryCode, answer: &CheckAnswer, at: Duration) {
        let lead = answer
            .candidates
            .iter()
            .find(|candidate| candidate.owner == self.home && candidate.band == Band::Possible);
        if let Some(lead) = lead
            && answer.hits.is_empty()
            && self.waiting() < MOST_WAITING
            && self.dice.chance(60)
        {
            let what = self.lead(answer.check, lead.record);
            let due = at + self.dice.seconds(10, 30);
            self.duties.push(Duty { due, by, what });
        }
    }

    fn lead(&mut self, check: CheckId, record: crate::domain::ids::RecordId) -> What {
        let (priority, reason) = (Priority::Routine, Private::default());
        What::Lead(HitCommand::Lead { check, record, priority, reason })
    }

    /// Forgets what a country meant to do about a hit: it was refused.
    pub fn give_up(&mut self, hit: HitId) {
        self.duties.retain(|duty| !matches!(duty.what, What::Turn { hit: of, .. } if of == hit));
    }

    /// Hits on which home is to act.
    fn waiting(&self) -> usize {
        let acts = |hit: &&Hit| {
            turn(hit, self.home).is_some_and(|turn| !matches!(turn.to_do, ToDo::Wait | ToDo::Nothing))
        };
        self.hits.values().filter(acts).count()
    }

    /// What happens next, `at` so long after the beginning, when the registry's clock shows `now`.
    pub fn next_step(&mut self, at: Duration, now: Moment) -> Step {
        self.duties.sort_by_key(|duty| duty.due);
        while self.duties.first().is_some_and(|duty| duty.due <= at) {
            let duty = self.duties.remove(0);
            if let Some(command) = self.do_duty(&duty, now) {
                return Step::Do { by: duty.by, act: Act::Hit(command) };
            }
        }
        if self.next_event <= at {
            self.next_event = at + self.dice.seconds(20, 40);
            self.events += 1;
            if let Some(step) = self.event(now) {
                return step;
            }
        }
        let next = self.duties.first().map_or(self.next_event, |duty| duty.due.min(self.next_event));
        Step::Wait(next.saturating_sub(at).max(Duration::from_millis(50)))
    }

    fn do_duty(&mut self, duty: &Duty, now: Moment) -> Option<HitCommand> {
        match &duty.what {
            What::Lead(command) => Some(command.clone()),
            What::Turn { hit, revision } => {
                let hit = self.hits.get(hit).filter(|hit| hit.revision == *revision)?;
                let turn = turn(hit, duty.by)?;
                // Whoever has only taken a hit does the next thing soon after.
                if turn.to_do == ToDo::Take {
                    return Some(HitCommand::Take { hit: hit.id, over: false });
                }
                let taken = match turn.side {
                    Side::Owner => hit.owner_taken,
                    Side::Finder => hit.finder_taken,
                };
                if taken.is_none() && self.dice.chance(50) {
                    return Some(HitCommand::Take { hit: hit.id, over: false });
                }
                reply::command(hit, turn.to_do, now, &mut self.dice)
            }
        }
    }

    /// Something that comes from outside: the first is for home, and none comes while home
    /// has its hands full.
    fn event(&mut self, now: Moment) -> Option<Step> {
        let by = *self.dice.pick(&self.others)?;
        let busy = self.waiting() >= MOST_WAITING;
        let act = match self.dice.below(100) {
            _ if busy => self.check_elsewhere(by)?,
            _ if self.events == 1 => self.check_of_home(true)?,
            0..50 => self.check_of_home(false)?,
            50..75 => self.theft_of_what_home_found(now)?,
            _ => self.check_elsewhere(by)?,
        };
        Some(Step::Do { by, act })
    }

    /// A check of a gun that home seeks, to the letter or misread.
    fn check_of_home(&mut self, to_the_letter: bool) -> Option<Act> {
        let report = take(&mut self.sought, &mut self.dice)?;
        let mut gun = Gun { marks: Private::default(), made_in: None, ..report.gun };
        if !to_the_letter && self.dice.chance(50) {
            misread(&mut gun, &mut self.dice);
        }
        Some(self.question(gun))
    }

    /// A check of a gun of some other country: nothing that home hears of.
    fn check_elsewhere(&mut self, by: CountryCode) -> Option<Act> {
        let (owner, report) = self.dice.pick(&self.elsewhere)?.clone();
        let mut gun = report.gun;
        if owner == by || self.dice.chance(70) {
            // Most guns that are looked up are in no list.
            for _ in 0..4 {
                misread(&mut gun, &mut self.dice);
            }
        }
        Some(self.question(gun))
    }

    /// The report of a theft whose gun home has had in hand for some time.
    fn theft_of_what_home_found(&mut self, now: Moment) -> Option<Act> {
        let found = take(&mut self.found, &mut self.dice)?;
        let year = now.day().year() % 100;
        Some(Act::Report(Box::new(Report {
            circumstance: Circumstance::Stolen,
            gun: Gun { marks: Private::default(), ..found.gun },
            date: found.date,
            place: Private::default(),
            batch: None,
            basis: Vec::new(),
            context: None,
            case: Text::new(format!("{year:02}-{:05}", self.dice.below(100_000))),
            remark: Private::new("reported late by the owner"),
            caveat: Default::default(),
            source_id: None,
            entry: Entry::Desk,
        })))
    }

    fn question(&mut self, gun: Gun) -> Act {
        Act::Check(Box::new(Question {
            gun,
            purpose: Text::from("TRAINING"),
            case: Text::new(format!("EX-{:05}", self.dice.below(100_000))),
            found: None,
            stand_days: USUAL_DAYS,
            limit: 5,
        }))
    }
}

/// Takes one of the first few: those are there however small the sample is.
fn take(from: &mut Vec<Report>, dice: &mut Dice) -> Option<Report> {
    if from.is_empty() {
        return None;
    }
    let at = dice.below(from.len().min(6));
    Some(from.remove(at))
}

/// Reads one character of the number wrong, mostly as one that looks like it.
fn misread(gun: &mut Gun, dice: &mut Dice) {
    const ALIKE: &[(char, char)] = &[('0', 'O'), ('1', 'I'), ('5', 'S'), ('8', 'B'), ('2', 'Z'), ('6', 'G')];
    let Some(Number { as_seen, .. }) = gun.numbers.first_mut() else { return };
    let mut signs: Vec<char> = as_seen.as_str().chars().collect();
    let places: Vec<usize> = (0..signs.len()).filter(|at| signs[*at].is_ascii_alphanumeric()).collect();
    let Some(at) = dice.pick(&places).copied() else { return };
    let twin = ALIKE.iter().find_map(|(a, b)| match signs[at] {
        sign if sign == *a => Some(*b),
        sign if sign == *b => Some(*a),
        _ => None,
    });
    signs[at] = match twin {
        Some(twin) if dice.chance(75) => twin,
        _ => char::from(b'0' + u8::try_from(dice.below(10)).unwrap_or(0)),
    };
    *as_seen = Text::new(signs.into_iter().collect::<String>());
}

#[cfg(test)]
mod tests;
