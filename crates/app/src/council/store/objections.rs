//! Objections of the union and of the council.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use nastavnik_domain::person::FullName;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::council::objection::Body;
use crate::kernel::change::Change;
use crate::kernel::clock::local_day;
use crate::kernel::db::{self, Sql};
use crate::kernel::ids;
use crate::values;

/// An objection to two people working together.
#[derive(Clone, Debug)]
pub(in crate::council) struct Objection {
    pub(in crate::council) id: Uuid,
    pub(in crate::council) organization: Uuid,
    pub(in crate::council) mentor: Uuid,
    pub(in crate::council) mentee: Uuid,
    pub(in crate::council) body: Body,
    pub(in crate::council) reason: String,
    pub(in crate::council) raised_by: String,
    pub(in crate::council) raised_on: NaiveDate,
    pub(in crate::council) lifted_on: Option<NaiveDate>,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    organization_id: Uuid,
    mentor_id: Uuid,
    mentee_id: Uuid,
    body: String,
    reason: String,
    raised_at: DateTime<Utc>,
    lifted_at: Option<DateTime<Utc>>,
    time_zone: String,
    surname: String,
    given: String,
    patronymic: Option<String>,
}

/// Objections to pairs with these mentors in these organizations, lifted ones too, the newest first.
pub(in crate::council) async fn objections(
    connection: &impl ConnectionTrait,
    organizations: &[Uuid],
    mentors: &[Uuid],
) -> Result<Vec<Objection>, DbErr> {
    let rows: Vec<Row> = Sql::new(
        "SELECT b.id, b.organization_id, b.mentor_id, b.mentee_id, b.body, b.reason, b.raised_at, b.lifted_at, \
         t.time_zone, p.surname, p.given, p.patronymic FROM pair_objection b \
         JOIN organization o ON o.id = b.organization_id JOIN territory t ON t.id = o.territory_id \
         JOIN person p ON p.id = b.raised_by WHERE 1 = 1",
    )
    .and_in("AND b.organization_id", organizations.iter().copied())
    .and_in("AND b.mentor_id", mentors.iter().copied())
    .and("ORDER BY b.raised_at DESC, b.id DESC", [])
    .all(connection)
    .await?;
    Ok(rows.into_iter().filter_map(objection).collect())
}

fn objection(row: Row) -> Option<Objection> {
    let zone: Tz = row.time_zone.parse().unwrap_or(chrono_tz::Asia::Yekaterinburg);
    Some(Objection {
        id: row.id,
        organization: row.organization_id,
        mentor: row.mentor_id,
        mentee: row.mentee_id,
        body: Body::from_code(&row.body)?,
        reason: row.reason,
        raised_by: FullName::new(&row.surname, &row.given, row.patronymic.as_deref()).short(),
        raised_on: local_day(row.raised_at, zone),
        lifted_on: row.lifted_at.map(|at| local_day(at, zone)),
    })
}

/// Writes an objection; `false` if this body objects already.
pub(in crate::council) async fn raise_objection(
    change: &Change,
    (organization, mentor, mentee): (Uuid, Uuid, Uuid),
    body: Body,
    reason: &str,
    by: Uuid,
) -> Result<bool, DbErr> {
    let touched = db::exec(
        change.tx(),
        "INSERT INTO pair_objection (id, organization_id, mentor_id, mentee_id, body, reason, raised_by, raised_at) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        values![ids::row_id(), organization, mentor, mentee, body.code(), reason, by, change.now()],
    )
    .await?;
    Ok(touched > 0)
}

/// Lifts an objection; `false` if that was done before.
pub(in crate::council) async fn lift_objection(change: &Change, id: Uuid, by: Uuid) -> Result<bool, DbErr> {
    let touched = db::exec(
        change.tx(),
        "UPDATE pair_objection SET lifted_by = ?, lifted_at = ? WHERE id = ? AND lifted_at IS NULL",
        values![by, change.now(), id],
    )
    .await?;
    Ok(touched > 0)
}
