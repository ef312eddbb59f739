//! What a rule needs to know beside the state: the time, who acts, and new names.

use super::agency::{Party, Role};
use super::ids::{AgencyId, CheckId, CountryCode, HitId, OfficerId, RecordId};
use super::time::Moment;

/// Who acts, when, and the names that new things will get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// The registry's time; on a console its best guess of it.
    pub now: Moment,
    /// The acting officer.
    pub officer: OfficerId,
    /// Whom the officer acts for.
    pub party: Party,
    /// What the officer may do.
    pub role: Role,
    /// Whether the registry itself acts: its clocks, or an administrator at the store.
    pub by_registry: bool,
    /// Names for what this command may create.
    pub fresh: Fresh,
}

/// Names that the writer hands out in its transaction; a console that only asks whether a
/// command would be refused passes any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fresh {
    /// For a new record.
    pub record: RecordId,
    /// For a new check.
    pub check: CheckId,
    /// For a new hit.
    pub hit: HitId,
    /// For a new officer.
    pub officer: OfficerId,
    /// Tells a new check from those of other guns that bear the same number in the same case.
    pub variant: u32,
}

impl Fresh {
    /// Names that nothing will get.
    pub fn none() -> Self {
        Self {
            record: RecordId { country: CountryCode::HUB, year: 0, number: 0 },
            check: CheckId(0),
            hit: HitId(0),
            officer: OfficerId::REGISTRY,
            variant: 0,
        }
    }
}

impl Context {
    /// The context in which the registry itself acts.
    pub fn registry(now: Moment) -> Self {
        Self {
            now,
            officer: OfficerId::REGISTRY,
            party: Party { agency: AgencyId::ncb(CountryCode::HUB), ncb: CountryCode::HUB },
            role: Role::Hub,
            by_registry: true,
            fresh: Fresh::none(),
        }
    }
}
