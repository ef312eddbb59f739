//! What senders are told once a batch is durable: read outside the lock, through `disclose`.

use super::item::{Checked, Outcome};
use super::{Answer, Fate, Job, Parts};
use crate::domain::disclose::Viewer;
use crate::domain::ids::CheckId;
use crate::domain::time::Moment;
use crate::registry::sight::Shortlist;
use crate::registry::store::{Store, StoreError, Transaction};
use crate::registry::tables::StoredHit;
use crate::registry::{sight, tables};
use crate::wire::check::{Candidate, CheckAnswer};
use crate::wire::hit::HitBrief;
use std::collections::HashMap;

/// Candidates beyond the list that are counted; a longer tail says nothing more.
const MOST_COUNTED: usize = 200;

/// Answers each job; a job whose items have no outcome is told that nobody knows.
pub(super) async fn tell(parts: Parts, jobs: Vec<Job>, outcomes: Vec<Vec<Outcome>>, now: Moment) {
    for (job, outcomes) in jobs.into_iter().zip(outcomes) {
        let viewer = job.actor.viewer();
        let checks = outcomes.iter().filter_map(|outcome| match outcome {
            Outcome::Checked(checked) => Some(checked.check.id),
            _ => None,
        });
        let mut checks: Vec<CheckId> = checks.collect();
        checks.sort_unstable();
        checks.dedup();
        let mut reader = Reader::new(&parts.store, &viewer, &checks);
        let mut fates = Vec::with_capacity(outcomes.len());
        for outcome in outcomes {
            fates.push(match outcome {
                Outcome::Done(done) => Fate::Done(Answer::Command(done)),
                Outcome::Refused(refusal) => Fate::Refused(refusal),
                Outcome::Lost => Fate::Unknown,
                Outcome::Checked(checked) => match reader.check(*checked, now).await {
                    Ok(answer) => Fate::Done(Answer::Check(Box::new(answer))),
                    Err(error) => {
                        tracing::error!(%error, "a check was made and its answer could not be read");
                        reader = Reader::new(&parts.store, &viewer, &checks);
                        Fate::Unknown
                    }
                },
            });
        }
        // The sender may have lost patience; the work is done all the same.
        let _ = job.reply.send(fates);
    }
}

/// Reads the answers of one job in one state of the store, which is that after its commit or
/// a later one.
struct Reader<'a> {
    store: &'a Store,
    viewer: &'a Viewer,
    /// The checks of the job.
    checks: &'a [CheckId],
    /// The transaction, once it has begun, and the hits of the checks.
    begun: Option<(Transaction, HashMap<CheckId, Vec<StoredHit>>)>,
    shortlist: Shortlist<'a>,
}

impl<'a> Reader<'a> {
    fn new(store: &'a Store, viewer: &'a Viewer, checks: &'a [CheckId]) -> Self {
        Self { store, viewer, checks, begun: None, shortlist: Shortlist::new(viewer) }
    }

    async fn begin(&self) -> Result<(Transaction, HashMap<CheckId, Vec<StoredHit>>), StoreError> {
        let mut tx = self.store.read().await?;
        let mut hits: HashMap<CheckId, Vec<StoredHit>> = HashMap::new();
        for stored in tables::hits_of_checks(&mut tx, self.checks).await? {
            hits.entry(stored.hit.check).or_default().push(stored);
        }
        Ok((tx, hits))
    }

    async fn check(&mut self, checked: Checked, now: Moment) -> Result<CheckAnswer, StoreError> {
        let (tx, stored_hits) = match self.begun.take() {
            Some(begun) => self.begun.insert(begun),
            None => {
                let begun = self.begin().await?;
                self.begun.insert(begun)
            }
        };
        let found = &checked.candidates;
        let fits = self.shortlist.rarity(tx, found).await?;
        let limit = usize::from(checked.limit);
        let looked_at = found.len().min(limit + MOST_COUNTED);
        self.shortlist.read(tx, &found[..looked_at]).await?;
        let mut candidates = Vec::new();
        let mut more = 0u32;
        for found in checked.candidates.into_iter().take(looked_at) {
            let Some((owner, shown)) = self.shortlist.shown(found.record) else { continue };
            if candidates.len() < limit {
                candidates.push(Candidate::new(found.record, *owner, shown.clone(), found.evidence));
            } else {
                more += 1;
            }
        }
        let mut hits = Vec::new();
        for stored in stored_hits.get(&checked.check.id).into_iter().flatten() {
            let guns = sight::pair_guns(tx, &stored.hit).await?;
            if sight::hit_row(stored, &guns, self.viewer).is_some() {
                hits.push(HitBrief { hit: stored.hit.id, record: stored.hit.record, band: stored.hit.band });
            }
        }
        Ok(CheckAnswer {
            check: checked.check.id,
            repeated: checked.repeated,
            searched: checked.searched,
            as_of: now,
            stands_until: checked.check.stands_until,
            fits,
            candidates,
            more,
            hits,
        })
    }
}
