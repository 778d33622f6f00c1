//! All SQL of requests.

mod asked;

pub(super) use asked::{asked, unwanted};

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use nastavnik_domain::competence::Domain;
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::Reach;
use nastavnik_domain::request::{Format, Request as Typed};
use nastavnik_domain::role::Role;
use nastavnik_domain::year::AcademicYear;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use super::record::{Answer, Request, Wishes};
use crate::kernel::change::Change;
use crate::kernel::clock::local_day;
use crate::kernel::db::{self, Sql};
use crate::kernel::ids;
use crate::kernel::scope;
use crate::values;

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    person_id: Uuid,
    surname: String,
    given: String,
    patronymic: Option<String>,
    organization_id: Uuid,
    short_name: String,
    time_zone: Option<String>,
    year_start: i64,
    is_needed: i64,
    words: String,
    formats: String,
    convenient_time: String,
    answered_at: DateTime<Utc>,
    version: i64,
}

#[derive(FromQueryResult)]
struct DomainRow {
    request_id: Uuid,
    domain: i64,
}

const FROM: &str = "FROM mentee_request r LEFT JOIN person p ON p.id = r.person_id \
    LEFT JOIN organization o ON o.id = r.organization_id LEFT JOIN territory t ON t.id = o.territory_id";

/// Which requests: a condition that follows [`FROM`].
type Which<'a> = &'a (dyn Fn(Sql) -> Sql + Sync);

async fn found(connection: &impl ConnectionTrait, which: Which<'_>) -> anyhow::Result<Vec<Request>> {
    let select = format!(
        "SELECT r.id, r.person_id, p.surname, p.given, p.patronymic, r.organization_id, o.short_name, t.time_zone, \
         r.year_start, r.is_needed, r.words, r.formats, r.convenient_time, r.answered_at, r.version {FROM} WHERE 1 = 1"
    );
    let rows: Vec<Row> =
        which(Sql::new(&select)).and("ORDER BY r.year_start DESC, r.id", []).all(connection).await?;
    let select = format!(
        "SELECT d.request_id, d.domain FROM request_domain d WHERE d.request_id IN (SELECT r.id {FROM} WHERE 1 = 1"
    );
    let mut domains: BTreeMap<Uuid, Vec<Domain>> = BTreeMap::new();
    let named: Vec<DomainRow> =
        which(Sql::new(&select)).and(") ORDER BY d.domain", []).all(connection).await?;
    for row in named {
        domains.entry(row.request_id).or_default().extend(Domain::from_number(row.domain));
    }
    rows.into_iter()
        .map(|row| {
            let own = domains.remove(&row.id).unwrap_or_default();
            request(row, own)
        })
        .collect()
}

fn request(row: Row, domains: Vec<Domain>) -> anyhow::Result<Request> {
    let zone: Tz = row.time_zone.as_deref().and_then(|name| name.parse().ok()).unwrap_or(Tz::UTC);
    let formats: Vec<Format> = serde_json::from_str(&row.formats)?;
    Ok(Request {
        id: row.id,
        person: row.person_id,
        name: FullName::new(&row.surname, &row.given, row.patronymic.as_deref()),
        organization: row.organization_id,
        school: row.short_name,
        year: AcademicYear(i32::try_from(row.year_start)?),
        answer: if row.is_needed == 1 { Answer::Needed } else { Answer::NotNeeded },
        domains,
        formats,
        words: row.words,
        convenient_time: row.convenient_time,
        answered_on: local_day(row.answered_at, zone),
        version: row.version,
    })
}

/// Requests of a year within reach.
pub(super) async fn requests(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    year: AcademicYear,
) -> anyhow::Result<Vec<Request>> {
    let which =
        |sql: Sql| scope::within(sql.and("AND r.year_start = ?", values![i64::from(year.0)]), reach, "o");
    found(connection, &which).await
}

/// One request within reach.
pub(super) async fn visible_request(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    id: Uuid,
) -> anyhow::Result<Option<Request>> {
    let which = |sql: Sql| scope::within(sql.and("AND r.id = ?", values![id]), reach, "o");
    Ok(found(connection, &which).await?.pop())
}

/// A person's requests within reach of all years, the latest first.
pub(super) async fn requests_of(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    person: Uuid,
) -> anyhow::Result<Vec<Request>> {
    let which = |sql: Sql| scope::within(sql.and("AND r.person_id = ?", values![person]), reach, "o");
    found(connection, &which).await
}

/// Whether the person has answered in the year, anywhere.
pub(super) async fn has_answered(
    connection: &impl ConnectionTrait,
    person: Uuid,
    year: AcademicYear,
) -> Result<bool, DbErr> {
    let sql = "SELECT COUNT(*) AS n FROM mentee_request WHERE person_id = ? AND year_start = ?";
    Ok(db::count(connection, sql, values![person, i64::from(year.0)]).await? > 0)
}

#[derive(FromQueryResult)]
struct WishWords {
    wish_words: String,
}

#[derive(FromQueryResult)]
struct WishRow {
    person_id: Uuid,
    is_wanted: i64,
    surname: String,
    given: String,
    patronymic: Option<String>,
}

/// The wishes of one request, for its author and for the curator of its organization.
pub(super) async fn wishes(connection: &impl ConnectionTrait, request: Uuid) -> Result<Wishes, DbErr> {
    let words: Option<WishWords> =
        db::one(connection, "SELECT wish_words FROM mentee_request WHERE id = ?", values![request]).await?;
    let rows: Vec<WishRow> = db::all(
        connection,
        "SELECT w.person_id, w.is_wanted, p.surname, p.given, p.patronymic FROM request_wish w \
         JOIN person p ON p.id = w.person_id WHERE w.request_id = ? ORDER BY p.sort_key, p.id",
        values![request],
    )
    .await?;
    let mut wishes =
        Wishes { words: words.map(|row| row.wish_words).unwrap_or_default(), ..Wishes::default() };
    for row in rows {
        let list = if row.is_wanted == 1 { &mut wishes.wanted } else { &mut wishes.unwanted };
        list.push((row.person_id, FullName::new(&row.surname, &row.given, row.patronymic.as_deref())));
    }
    Ok(wishes)
}

/// Somebody of the organization.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct ColleagueRow {
    pub(super) id: Uuid,
    pub(super) surname: String,
    pub(super) given: String,
    pub(super) patronymic: Option<String>,
    pub(super) position: String,
    pub(super) organization_id: Uuid,
    pub(super) short_name: String,
}

const EMPLOYED: &str = "SELECT p.id, p.surname, p.given, p.patronymic, e.position, e.organization_id, o.short_name \
    FROM employment e JOIN person p ON p.id = e.person_id JOIN organization o ON o.id = e.organization_id \
    WHERE p.archived_at IS NULL AND o.archived_at IS NULL";
const TODAY: &str =
    "AND (e.started_on IS NULL OR e.started_on <= ?) AND (e.ended_on IS NULL OR e.ended_on > ?)";

/// The person's jobs of the day.
pub(super) async fn own_jobs(
    connection: &impl ConnectionTrait,
    person: Uuid,
    today: NaiveDate,
) -> Result<Vec<ColleagueRow>, DbErr> {
    Sql::new(EMPLOYED)
        .and("AND e.person_id = ?", values![person])
        .and(TODAY, values![today, today])
        .and("ORDER BY e.share_percent DESC, e.id", [])
        .all(connection)
        .await
}

/// Jobs of those who work in the organization besides the person, by the Russian alphabet.
pub(super) async fn colleagues(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    person: Uuid,
    today: NaiveDate,
) -> Result<Vec<ColleagueRow>, DbErr> {
    Sql::new(EMPLOYED)
        .and("AND e.organization_id = ? AND e.person_id <> ?", values![organization, person])
        .and(TODAY, values![today, today])
        .and("ORDER BY p.sort_key, p.id, e.share_percent DESC, e.id", [])
        .all(connection)
        .await
}

#[derive(FromQueryResult)]
struct NameRow {
    id: Uuid,
    surname: String,
    given: String,
    patronymic: Option<String>,
}

/// The curators of the organization: who will read the request.
pub(super) async fn curators(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    today: NaiveDate,
) -> Result<Vec<(Uuid, FullName)>, DbErr> {
    let rows: Vec<NameRow> = db::all(
        connection,
        "SELECT DISTINCT p.id, p.surname, p.given, p.patronymic FROM role_grant g JOIN person p ON p.id = g.person_id \
         WHERE g.organization_id = ? AND g.role = ? AND g.started_on <= ? AND (g.ended_on IS NULL OR g.ended_on > ?) \
         ORDER BY p.surname, p.given, p.id",
        values![organization, Role::Curator.code(), today, today],
    )
    .await?;
    let name = |row: NameRow| (row.id, FullName::new(&row.surname, &row.given, row.patronymic.as_deref()));
    Ok(rows.into_iter().map(name).collect())
}

/// What is to be written.
pub(super) struct NewRequest<'a> {
    pub(super) person: Uuid,
    pub(super) organization: Uuid,
    pub(super) year: AcademicYear,
    pub(super) answer: Answer,
    pub(super) typed: &'a Typed,
    pub(super) words: &'a str,
    pub(super) convenient_time: &'a str,
    pub(super) wish_words: &'a str,
}

/// Writes the request of the year, or changes it if it stands at `version`; nothing if somebody was first.
pub(super) async fn save(
    change: &Change,
    new: &NewRequest<'_>,
    known: Option<(Uuid, i64)>,
) -> Result<Option<Uuid>, DbErr> {
    let needed = i64::from(new.answer == Answer::Needed);
    let formats = serde_json::json!(new.typed.formats).to_string();
    let (id, written) = match known {
        None => {
            let id = ids::row_id();
            let sql = "INSERT INTO mentee_request (id, person_id, organization_id, year_start, is_needed, words, formats, \
                       convenient_time, wish_words, answered_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
                       ON CONFLICT DO NOTHING";
            let values = values![
                id,
                new.person,
                new.organization,
                i64::from(new.year.0),
                needed,
                new.words,
                formats,
                new.convenient_time,
                new.wish_words,
                change.now()
            ];
            (id, db::exec(change.tx(), sql, values).await?)
        }
        Some((id, version)) => {
            let sql = "UPDATE mentee_request SET is_needed = ?, words = ?, formats = ?, convenient_time = ?, \
                       wish_words = ?, answered_at = ?, version = version + 1 WHERE id = ? AND version = ?";
            let values = values![
                needed,
                new.words,
                formats,
                new.convenient_time,
                new.wish_words,
                change.now(),
                id,
                version
            ];
            (id, db::exec(change.tx(), sql, values).await?)
        }
    };
    if written != 1 {
        return Ok(None);
    }
    write_lists(change, id, new.typed).await?;
    Ok(Some(id))
}

async fn write_lists(change: &Change, id: Uuid, typed: &Typed) -> Result<(), DbErr> {
    let tx = change.tx();
    db::exec(tx, "DELETE FROM request_domain WHERE request_id = ?", values![id]).await?;
    db::exec(tx, "DELETE FROM request_wish WHERE request_id = ?", values![id]).await?;
    for domain in &typed.domains {
        let sql = "INSERT INTO request_domain (request_id, domain) VALUES (?, ?)";
        db::exec(tx, sql, values![id, i64::from(domain.number())]).await?;
    }
    let wished = typed.wanted.iter().map(|person| (person, 1_i64));
    for (person, is_wanted) in wished.chain(typed.unwanted.iter().map(|person| (person, 0_i64))) {
        let sql = "INSERT INTO request_wish (request_id, person_id, is_wanted) VALUES (?, ?, ?)";
        db::exec(tx, sql, values![id, person.0, is_wanted]).await?;
    }
    Ok(())
}
