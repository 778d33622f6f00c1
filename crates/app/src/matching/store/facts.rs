//! What the matching asks of people and organizations.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::Reach;
use nastavnik_domain::year::AcademicYear;
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

/// Candidates in the list now and categories confirmed this year: roughly who takes part in a matching.
const MARKET: [&str; 2] = [
    "SELECT c.organization_id FROM mentor_candidate c JOIN organization o ON o.id = c.organization_id \
     WHERE c.ended_on IS NULL",
    "SELECT d.organization_id FROM category_decision d JOIN organization o ON o.id = d.organization_id \
     WHERE d.decision = 'confirmed'",
];

/// Everybody who may take part: mentors within one reach, mentees within another.
fn members((mentors, mentees): (&Reach, &Reach), year: AcademicYear) -> Sql {
    let [candidates, confirmed] = MARKET;
    let sql = scope::within(Sql::new(candidates), mentors, "o").and("UNION ALL", []);
    let sql = sql.and(confirmed, []).and("AND d.year_start = ?", values![i64::from(year.0)]);
    scope::within(sql, mentees, "o")
}

/// How many they are.
pub(in crate::matching) async fn market(
    connection: &impl ConnectionTrait,
    reaches: (&Reach, &Reach),
    year: AcademicYear,
) -> Result<u64, DbErr> {
    members(reaches, year).around("SELECT COUNT(*) AS n FROM (", ") x").count(connection).await
}

/// A part of a region.
#[derive(FromQueryResult)]
pub(in crate::matching) struct PartRow {
    pub(in crate::matching) territory_id: Uuid,
    pub(in crate::matching) n: i64,
}

/// How many there are in each territory of a region.
pub(in crate::matching) async fn parts(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    year: AcademicYear,
) -> Result<Vec<PartRow>, DbErr> {
    let open = "SELECT o.territory_id, COUNT(*) AS n FROM (";
    let close =
        ") x JOIN organization o ON o.id = x.organization_id GROUP BY o.territory_id ORDER BY o.territory_id";
    members((reach, reach), year).around(open, close).all(connection).await
}

/// An organization with its municipality.
#[derive(Clone, FromQueryResult)]
pub(in crate::matching) struct Site {
    pub(in crate::matching) id: Uuid,
    pub(in crate::matching) short_name: String,
    pub(in crate::matching) search_key: String,
    pub(in crate::matching) territory: Option<String>,
}

/// What these organizations are called and where they are.
pub(in crate::matching) async fn sites(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<BTreeMap<Uuid, Site>, DbErr> {
    let mut found = BTreeMap::new();
    for part in ids.chunks(CHUNK) {
        let sql = "SELECT o.id, o.short_name, o.search_key, t.name AS territory FROM organization o \
                   LEFT JOIN territory t ON t.id = o.territory_id WHERE 1 = 1";
        let rows: Vec<Site> = Sql::new(sql).and_in("AND o.id", part.iter().copied()).all(connection).await?;
        found.extend(rows.into_iter().map(|row| (row.id, row)));
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
