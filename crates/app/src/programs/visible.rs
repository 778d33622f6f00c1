//! The only loaders: a pair whose program one may read, and the program itself.

use nastavnik_domain::policy::Permission;
use nastavnik_domain::program::Program;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::store;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::registry::refusal;
use crate::kernel::web::Ctx;
use crate::pairs::{self, Case, State};

/// A program with its id and the mentorship it belongs to.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) id: Uuid,
    pub(super) program: Program,
}

/// The pair if its program is within reach.
pub(super) async fn visible_case(ctx: &Ctx, connection: &impl ConnectionTrait, pair: Uuid) -> Outcome<Case> {
    let reach = ctx.reach(Permission::ReadPrograms);
    let case = pairs::visible_case(connection, &reach, ctx.actor().person.0, pair, ctx.today).await?;
    case.ok_or(AppError::NotFound)
}

/// The program of a pair found visible.
pub(super) async fn held(connection: &impl ConnectionTrait, pair: Uuid) -> Outcome<Option<Held>> {
    Ok(store::of_pair(connection, pair).await?)
}

/// The program, which is there.
pub(super) async fn made(connection: &impl ConnectionTrait, pair: Uuid) -> Outcome<Held> {
    held(connection, pair).await?.ok_or(AppError::NotFound)
}

/// Only the mentor and the mentees write, and only while the mentorship is in force.
pub(super) fn require_writer(ctx: &Ctx, case: &Case) -> Outcome<()> {
    if !writes(ctx, case) {
        return Err(refusal(Permission::WritePrograms));
    }
    if case.state != State::Active {
        return Err(AppError::Conflict(
            "Программу составляет и меняет действующая пара. Сейчас пара не действует: спросите куратора"
                .to_owned(),
        ));
    }
    Ok(())
}

/// Whether this person is of the pair and may write programs.
pub(super) fn writes(ctx: &Ctx, case: &Case) -> bool {
    ctx.reach(Permission::WritePrograms).pairs && case.pair.has(ctx.actor().person.0)
}

/// Whether this person may act on the program by a role in the organization.
pub(super) fn may(ctx: &Ctx, case: &Case, permission: Permission) -> bool {
    ctx.actor().may_at(permission, &case.pair.place())
}
