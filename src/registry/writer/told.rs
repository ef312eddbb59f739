//! What senders are told once a batch is durable: read outside the lock, through `disclose`.

use super::item::{Checked, Outcome};
use super::{Actor, Answer, Fate, Job, Parts};
use crate::domain::time::Moment;
use crate::registry::store::StoreError;
use crate::registry::{sight, tables};
use crate::wire::check::CheckAnswer;
use crate::wire::hit::HitBrief;

/// Answers each job; a job whose items have no outcome is told that nobody knows.
pub(super) async fn tell(parts: Parts, jobs: Vec<Job>, outcomes: Vec<Vec<Outcome>>, now: Moment) {
    for (job, outcomes) in jobs.into_iter().zip(outcomes) {
        let mut fates = Vec::with_capacity(outcomes.len());
        // Who asks about one gun looks at the answer; who asks about many does not turn pages.
        let sized = outcomes.len() == 1;
        for outcome in outcomes {
            fates.push(match outcome {
                Outcome::Done(done) => Fate::Done(Answer::Command(done)),
                Outcome::Refused(refusal) => Fate::Refused(refusal),
                Outcome::Lost => Fate::Unknown,
                Outcome::Checked(checked) => match check(&parts, &job.actor, *checked, sized, now).await {
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
    sized: bool,
    now: Moment,
) -> Result<CheckAnswer, StoreError> {
    let viewer = actor.viewer();
    let mut tx = parts.store.read().await?;
    let fits = sight::rarity(&mut tx, &checked.candidates, &viewer).await?;
    let page =
        sight::candidates::listed(&mut tx, &checked.candidates, checked.limit, sized, &viewer, now).await?;
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
        hits,
        more: page.more,
        next: page.next,
        candidates: page.candidates,
    })
}
