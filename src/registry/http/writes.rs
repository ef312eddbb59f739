//! The routes that write: commands and checks.

use super::auth::Asking;
use super::body::Body;
use super::patience::Patience;
use super::problem::{Failure, malformed, refused, unknown};
use crate::domain::refusal::Trouble;
use crate::registry::Registry;
use crate::registry::writer::Fate;
use crate::wire::MOST_ITEMS;
use crate::wire::check::{CheckOutcome, ChecksAnswer, ChecksRequest};
use crate::wire::command::{CommandAnswer, CommandsAnswer, CommandsRequest, Outcome};
use crate::wire::problem::Problem;
use axum::extract::State;
use axum::{Extension, Json};

/// Does up to 256 commands in their order, each by itself.
#[utoipa::path(post, path = "/v1/commands", request_body = CommandsRequest,
    responses((status = 200, description = "An answer for each", body = CommandsAnswer),
        (status = 401, body = Problem), (status = 408, body = Problem), (status = 413, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn commands(
    State(registry): State<Registry>,
    asking: Asking,
    Extension(patience): Extension<Patience>,
    Body(request): Body<CommandsRequest>,
) -> Result<Json<CommandsAnswer>, Failure> {
    count("commands", request.commands.len())?;
    let ids: Vec<_> = request.commands.iter().map(|envelope| envelope.id).collect();
    let fates = patience.work(registry.writer().commands(asking.viewer(), request.commands)).await?;
    let answers =
        ids.into_iter().zip(fates).map(|(id, fate)| CommandAnswer { id, outcome: outcome(fate) }).collect();
    Ok(Json(CommandsAnswer { answers }))
}

/// Makes up to 256 checks and answers each with the records that may be the gun.
#[utoipa::path(post, path = "/v1/checks", request_body = ChecksRequest,
    responses((status = 200, description = "An answer for each", body = ChecksAnswer),
        (status = 401, body = Problem), (status = 408, body = Problem), (status = 413, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn checks(
    State(registry): State<Registry>,
    asking: Asking,
    Extension(patience): Extension<Patience>,
    Body(request): Body<ChecksRequest>,
) -> Result<Json<ChecksAnswer>, Failure> {
    count("checks", request.checks.len())?;
    let ids: Vec<_> = request.checks.iter().map(|item| item.id).collect();
    let fates = patience.work(registry.writer().checks(asking.viewer(), request.checks)).await?;
    let answers =
        ids.into_iter().zip(fates).map(|(id, fate)| CheckOutcome { id, outcome: outcome(fate) }).collect();
    Ok(Json(ChecksAnswer { answers }))
}

fn count(field: &str, came: usize) -> Result<(), Failure> {
    match came {
        0 => Err(malformed(field, Trouble::Missing)),
        1..=MOST_ITEMS => Ok(()),
        _ => {
            let came = u32::try_from(came).unwrap_or(u32::MAX);
            Err(malformed(field, Trouble::TooMany { most: MOST_ITEMS as u32, came }))
        }
    }
}

fn outcome<T>(fate: Fate<T>) -> Outcome<T> {
    match fate {
        Fate::Done(result) => Outcome::Done { result },
        Fate::Refused(refusal) => Outcome::Refused { problem: refused(refusal) },
        Fate::Unknown => Outcome::Unknown { problem: unknown() },
    }
}
