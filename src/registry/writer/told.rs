//! What senders are told once a batch is durable: read outside the lock, through `disclose`.

use super::item::{Checked, Outcome};
use super::{Actor, Answer, Fate, Job, Parts};
use crate::domain::time::Moment;
use crate::registry::store::StoreError;
use crate::registry::{sight, tables};
use crate::wire::check::{Candidate, CheckAnswer};
use crate::wire::hit::HitBrief;

/// Candidates beyond the list that are counted; a longer tail says nothing more.
const MOST_COUNTED: usize = 200;

/// Answers each job; a job whose items have no outcome is told that nobody knows.
pub(super) async fn tell(parts: Parts, jobs: Vec<Job>, outcomes: Vec<Vec<Outcome>>, now: Moment) {
    for (job, outcomes) in jobs.into_iter().zip(outcomes) {
        let mut fates = Vec::with_capacity(outcomes.len());
        for outcome in outcomes {
            fates.push(match outcome {
                Outcome::Done(done) => Fate::Done(Answer::Command(done)),
                Outcome::Refused(refusal) => Fate::Refused(refusal),
                Outcome::Lost => Fate::Unknown,
                Outcome::Checked(checked) => match check(&parts, &job.actor, *checked, now).await {
                    Ok(answer) => Fate::Done(Answer::Check(Box::new(answer))),
                    Err(error) => {
                        tracing::error!(%error, "a check was made and its answer could not be read");
                        Fate::Unknown
                    }
                },
            });
        }
        // The sender may have lost patience; the work is done all the same.
        let _ = job.reply.send(fates);
    }
}

async fn check(
    parts: &Parts,
    actor: &Actor,
    checked: Checked,
    now: Moment,
) -> Result<CheckAnswer, StoreError> {
    let viewer = actor.viewer();
    let mut tx = parts.store.read().await?;
    let fits = sight::rarity(&mut tx, &checked.candidates, &viewer).await?;
    let limit = usize::from(checked.limit);
    let mut candidates = Vec::new();
    let mut more = 0u32;
    for found in checked.candidates.into_iter().take(limit + MOST_COUNTED) {
        let Some(record) = tables::record(&mut tx, found.record).await? else { continue };
        let Some((owner, shown)) = sight::candidate(&record, &viewer) else { continue };
        if candidates.len() < limit {
            candidates.push(Candidate::new(found.record, owner, shown, found.evidence));
        } else {
            more += 1;
        }
    }
    let mut hits = Vec::new();
    for stored in tables::hits_of_check(&mut tx, checked.check.id).await? {
        let guns = sight::pair_guns(&mut tx, &stored.hit).await?;
        if sight::hit_row(&stored, &guns, &viewer).is_some() {
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
