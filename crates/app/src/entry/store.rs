//! Rows of the door.

use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db;
use crate::values;

#[derive(FromQueryResult)]
struct Emblem {
    emblem_id: Option<Uuid>,
}

/// The emblem's file of a territory.
pub(super) async fn emblem_of(
    connection: &impl ConnectionTrait,
    territory: Uuid,
) -> Result<Option<Uuid>, DbErr> {
    let row: Option<Emblem> =
        db::one(connection, "SELECT emblem_id FROM territory WHERE id = ?", values![territory]).await?;
    Ok(row.and_then(|row| row.emblem_id))
}

/// A persona of the demo.
#[derive(FromQueryResult)]
pub(super) struct PersonaRow {
    pub(super) id: Uuid,
}

/// An account of the demo by its login.
pub(super) async fn persona(
    connection: &impl ConnectionTrait,
    login: &str,
) -> Result<Option<PersonaRow>, DbErr> {
    db::one(connection, "SELECT id FROM account WHERE login = ?", values![login]).await
}
