//! What the matching asks of people and organizations.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::Reach;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db::Sql;
use crate::kernel::scope;
use crate::values;

/// As many values as one query carries on both databases.
const CHUNK: usize = 10_000;

#[derive(FromQueryResult)]
struct DirectorRow {
    organization_id: Uuid,
    person_id: Uuid,
}

/// Who heads each organization within reach.
pub(in crate::matching) async fn directors(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    today: NaiveDate,
) -> Result<BTreeMap<Uuid, Uuid>, DbErr> {
    let sql = Sql::new(
        "SELECT g.organization_id, g.person_id FROM role_grant g LEFT JOIN organization o ON o.id = g.organization_id \
         WHERE g.role = 'director'",
    )
    .and("AND g.started_on <= ? AND (g.ended_on IS NULL OR g.ended_on > ?)", values![today, today]);
    let rows: Vec<DirectorRow> =
        scope::within(sql, reach, "o").and("ORDER BY g.started_on, g.id", []).all(connection).await?;
    Ok(rows.into_iter().map(|row| (row.organization_id, row.person_id)).collect())
}

#[derive(FromQueryResult)]
struct PairedRow {
    mentee_id: Uuid,
    mentor_id: Uuid,
}

/// With whom mentees work already, agreed on, at work or about to join, within reach.
pub(in crate::matching) async fn paired(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    today: NaiveDate,
) -> Result<BTreeMap<Uuid, Vec<Uuid>>, DbErr> {
    let sql = Sql::new(
        "SELECT x.person_id AS mentee_id, m.mentor_id FROM mentorship m \
         JOIN mentorship_place x ON x.mentorship_id = m.id LEFT JOIN organization o ON o.id = m.organization_id \
         WHERE m.withdrawn_at IS NULL",
    )
    .and("AND m.ends_on >= ? AND (x.gone_on IS NULL OR x.gone_on > ?)", values![today, today]);
    let rows: Vec<PairedRow> = scope::within(sql, reach, "o").all(connection).await?;
    let mut found: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for row in rows {
        found.entry(row.mentee_id).or_default().push(row.mentor_id);
    }
    Ok(found)
}

#[derive(FromQueryResult)]
struct NameRow {
    id: Uuid,
    surname: String,
    given: String,
    patronymic: Option<String>,
}

/// What these people are called.
pub(in crate::matching) async fn names(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<BTreeMap<Uuid, FullName>, DbErr> {
    let mut found = BTreeMap::new();
    for part in ids.chunks(CHUNK) {
        let rows: Vec<NameRow> = Sql::new("SELECT id, surname, given, patronymic FROM person WHERE 1 = 1")
            .and_in("AND id", part.iter().copied())
            .all(connection)
            .await?;
        let name =
            |row: NameRow| (row.id, FullName::new(&row.surname, &row.given, row.patronymic.as_deref()));
        found.extend(rows.into_iter().map(name));
    }
    Ok(found)
}

#[derive(FromQueryResult)]
struct PlaceRow {
    id: Uuid,
    short_name: String,
}

/// What these organizations are called.
pub(in crate::matching) async fn places(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<BTreeMap<Uuid, String>, DbErr> {
    let mut found = BTreeMap::new();
    for part in ids.chunks(CHUNK) {
        let rows: Vec<PlaceRow> = Sql::new("SELECT id, short_name FROM organization WHERE 1 = 1")
            .and_in("AND id", part.iter().copied())
            .all(connection)
            .await?;
        found.extend(rows.into_iter().map(|row| (row.id, row.short_name)));
    }
    Ok(found)
}
