//! An outbox after a night with a bad line: one answer came too late, three things wait.

use super::at;
use crate::console::state::outbox::{Item, Outbox, Standing, Wanted};
use crate::console::state::sent::Sent;
use crate::domain::command::Command;
use crate::domain::hit::HitCommand;
use crate::domain::ids::{CommandId, HitId, OfficerId};
use crate::domain::private::Private;
use crate::domain::refusal::Refusal;
use crate::wire::problem::Problem;
use uuid::Uuid;

fn item(n: u128, minutes: i64, command: HitCommand, what: Sent, standing: Standing) -> Item {
    let wanted = Wanted::Command(Box::new(Command::Hit(command)), what);
    Item { id: CommandId(Uuid::from_u128(n)), written: at(minutes), wanted, standing }
}

pub(in crate::console::view::tests) fn outbox() -> Outbox {
    let refusal = Refusal::Changed { by: OfficerId(18), at: at(-66), revision: 4 };
    let problem = Problem {
        code: "changed".into(),
        field: None,
        detail: String::new(),
        hint: String::new(),
        refusal: Some(refusal),
    };
    let refused = Standing::Refused { at: at(-62), problem: Box::new(problem) };
    let confirm = HitCommand::Confirm { hit: HitId(2291), revision: 3 };
    let until = at(120);
    let promise = HitCommand::Promise { hit: HitId(2287), revision: 2, until };
    let write = HitCommand::Write { hit: HitId(2283), text: Private::new("send a photo"), inside: false };
    let take = HitCommand::Take { hit: HitId(2290), over: false };
    let items = vec![
        item(1, -69, confirm, Sent::Confirmed(HitId(2291)), refused),
        item(2, -20, promise, Sent::Promised(HitId(2287), until), Standing::Queued),
        item(3, -18, write, Sent::Message(HitId(2283)), Standing::Sent { at: at(-17) }),
        item(4, -3, take, Sent::Take(HitId(2290)), Standing::Unknown),
    ];
    Outbox { items, ..Outbox::default() }
}
