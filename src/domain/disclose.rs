//! What a viewer may see: all that leaves the store passes here.

use super::agency::{Party, Role};
use super::check::Check;
use super::date::PartialDate;
use super::gun::Gun;
use super::hit::{Hit, Message};
use super::ids::{CheckId, CountryCode, OfficerId, RecordId};
use super::private::Private;
use super::record::{Caveat, DeniedSees, Record};
use super::text::Text;

/// Who looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// The officer.
    pub officer: OfficerId,
    /// For whom the officer acts.
    pub party: Party,
    /// What the officer may do.
    pub role: Role,
}

/// Something that was found fit for one viewer; only this module makes it, and the wire is
/// built from it alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosed<T>(T);

impl<T> Disclosed<T> {
    /// The thing itself.
    pub fn into_inner(self) -> T {
        self.0
    }
}

/// How much of a record a viewer sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordSight {
    /// All of it.
    Whole(Box<Record>),
    /// That it exists, and whom to ask.
    Restricted {
        /// Which.
        record: RecordId,
        /// Whom to ask.
        ask: CountryCode,
    },
}

/// What a party to a hit sees of the gun in the finder's hands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckSight {
    /// Which.
    pub check: CheckId,
    /// Whose hands.
    pub finder: Party,
    /// The gun as it was read.
    pub gun: Gun,
    /// When it came into hand.
    pub found: Option<PartialDate>,
    /// The finder's case, so that both sides speak of the same one.
    pub case: Text,
}

/// Whether a country is shut out by a caveat, and what it sees then.
pub fn denied(caveat: &Caveat, owner: CountryCode, viewer: CountryCode) -> Option<DeniedSees> {
    (viewer != owner && caveat.denied.contains(&viewer)).then_some(caveat.denied_sees)
}

/// A record, as far as the viewer may see it; nothing when not even that it exists.
pub fn record(record: &Record, viewer: &Viewer) -> Option<Disclosed<RecordSight>> {
    match denied(&record.report.caveat, record.owner.ncb, viewer.party.ncb) {
        Some(DeniedSees::Nothing) => None,
        Some(DeniedSees::Restricted) => {
            Some(Disclosed(RecordSight::Restricted { record: record.id, ask: record.owner.ncb }))
        }
        None => {
            let mut record = record.clone();
            if record.owner.ncb != viewer.party.ncb {
                // A remark is the owner's own working paper: it may name people.
                record.report.remark = Private::default();
            }
            Some(Disclosed(RecordSight::Whole(Box::new(record))))
        }
    }
}

/// A hit, to the countries of its two sides only, whose agencies all see it; a finder whom the record's owner has shut out from all
/// knowledge of it does not see it.
pub fn hit(hit: &Hit, caveat: &Caveat, viewer: &Viewer) -> Option<Disclosed<Hit>> {
    hit.side(viewer.party.ncb)?;
    match denied(caveat, hit.owner.ncb, viewer.party.ncb) {
        Some(DeniedSees::Nothing) => None,
        Some(DeniedSees::Restricted) | None => Some(Disclosed(hit.clone())),
    }
}

/// The gun behind a hit, to the two sides of that hit and to the finder.
pub fn check(check: &Check, of: Option<&Hit>, viewer: &Viewer) -> Option<Disclosed<CheckSight>> {
    let party = of.is_some_and(|hit| hit.check == check.id && hit.side(viewer.party.ncb).is_some());
    (party || check.finder.ncb == viewer.party.ncb).then(|| {
        Disclosed(CheckSight {
            check: check.id,
            finder: check.finder.clone(),
            gun: check.question.gun.clone(),
            found: check.question.found,
            case: check.question.case.clone(),
        })
    })
}

/// A message in a thread: inside notes stay inside.
pub fn message(message: &Message, viewer: &Viewer) -> Option<Disclosed<Message>> {
    (!message.inside || message.party.ncb == viewer.party.ncb).then(|| Disclosed(message.clone()))
}
