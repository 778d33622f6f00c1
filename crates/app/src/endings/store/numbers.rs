//! What numbers are made of: no names.

use chrono::NaiveDate;
use nastavnik_domain::policy::Reach;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db::Sql;
use crate::kernel::scope;
use crate::values;

/// A mentorship that ended by an order.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::endings) struct EndedRow {
    pub(in crate::endings) organization_id: Uuid,
    pub(in crate::endings) end_reason: String,
}

/// A petition that was agreed to.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::endings) struct AnswerRow {
    pub(in crate::endings) organization_id: Uuid,
    pub(in crate::endings) kind: String,
    pub(in crate::endings) answer_by: NaiveDate,
    pub(in crate::endings) answered_on: NaiveDate,
}

#[derive(FromQueryResult)]
struct OrganizationRow {
    id: Uuid,
    short_name: String,
}

/// Organizations within reach, by name.
pub(in crate::endings) async fn organizations(
    connection: &impl ConnectionTrait,
    reach: &Reach,
) -> Result<Vec<(Uuid, String)>, DbErr> {
    let sql = Sql::new("SELECT o.id, o.short_name FROM organization o WHERE 1 = 1");
    let rows: Vec<OrganizationRow> =
        scope::within(sql, reach, "o").and("ORDER BY o.name_key, o.id", []).all(connection).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.short_name)).collect())
}

/// Mentorships within reach that ended by an order in `[from, to)`.
pub(in crate::endings) async fn ended(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<EndedRow>, DbErr> {
    let sql = Sql::new(
        "SELECT m.organization_id, COALESCE(m.end_reason, '') AS end_reason FROM mentorship m \
         JOIN organization o ON o.id = m.organization_id WHERE m.withdrawn_at IS NULL",
    )
    .and("AND m.ended_on > ? AND m.ended_on <= ?", values![from, to]);
    scope::within(sql, reach, "o").all(connection).await
}

/// Petitions within reach agreed to in `[from, to)`, but for those about the reader's own pairs.
pub(in crate::endings) async fn answered(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    (from, to): (NaiveDate, NaiveDate),
    reader: Uuid,
) -> Result<Vec<AnswerRow>, DbErr> {
    let sql = Sql::new(
        "SELECT q.organization_id, q.kind, q.answer_by, q.answered_on FROM petition q \
         JOIN mentorship m ON m.id = q.mentorship_id JOIN organization o ON o.id = q.organization_id \
         WHERE q.answer IS NOT NULL",
    )
    .and("AND q.answered_on >= ? AND q.answered_on < ?", values![from, to])
    .and(
        "AND m.mentor_id <> ? AND NOT EXISTS (SELECT 1 FROM mentorship_mentee x WHERE x.mentorship_id = m.id \
         AND x.person_id = ?)",
        values![reader, reader],
    );
    scope::within(sql, reach, "o").all(connection).await
}
