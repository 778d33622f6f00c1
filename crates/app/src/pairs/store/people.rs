//! People of mentorships with their jobs.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;
use chrono::NaiveDate;
use nastavnik_domain::person::{FullName, Gender, Qualification};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::rows::CHUNK;
use crate::kernel::db::Sql;
use crate::pairs::record::{Job, Participant, order_jobs};
use crate::people::since;

#[derive(FromQueryResult)]
struct PersonRow {
    id: Uuid,
    surname: String,
    given: String,
    patronymic: Option<String>,
    gender: String,
    born_on: Option<NaiveDate>,
    teaching_since: Option<NaiveDate>,
    teaching_precision: Option<String>,
    name_forms: Option<String>,
}

#[derive(FromQueryResult)]
struct JobRow {
    person_id: Uuid,
    organization_id: Uuid,
    position: String,
    subject: Option<String>,
    qualification: Option<String>,
    share_percent: i64,
    ended_on: Option<NaiveDate>,
}

#[derive(FromQueryResult)]
struct OrganizationRow {
    id: Uuid,
    short_name: String,
    territory_id: Uuid,
}

/// The people asked for as (person, organization they take part from), with what they do there. Jobs that
/// have ended count only for somebody who has no others: a past mentorship still shows a position.
pub(in crate::pairs) async fn participants(
    connection: &impl ConnectionTrait,
    wanted: &[(Uuid, Uuid)],
) -> anyhow::Result<BTreeMap<(Uuid, Uuid), Participant>> {
    let ids: Vec<Uuid> =
        wanted.iter().map(|(person, _)| *person).collect::<BTreeSet<_>>().into_iter().collect();
    let mut people = BTreeMap::new();
    let mut jobs: BTreeMap<(Uuid, Uuid), Vec<JobRow>> = BTreeMap::new();
    for part in ids.chunks(CHUNK) {
        for row in person_rows(connection, part).await? {
            people.insert(row.id, row);
        }
        for job in job_rows(connection, part).await? {
            jobs.entry((job.person_id, job.organization_id)).or_default().push(job);
        }
    }
    let places: BTreeSet<Uuid> = wanted.iter().map(|(_, organization)| *organization).collect();
    let organizations = organization_rows(connection, places).await?;
    let mut found = BTreeMap::new();
    for key in wanted {
        let (Some(person), Some(organization)) = (people.get(&key.0), organizations.get(&key.1)) else {
            continue;
        };
        let own = current(jobs.get(key).map(Vec::as_slice).unwrap_or_default())?;
        found.insert(*key, participant(person, organization, own)?);
    }
    Ok(found)
}

async fn person_rows(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<Vec<PersonRow>, sea_orm::DbErr> {
    Sql::new(
        "SELECT id, surname, given, patronymic, gender, born_on, teaching_since, teaching_precision, name_forms \
         FROM person WHERE 1 = 1",
    )
    .and_in("AND id", ids.iter().copied())
    .all(connection)
    .await
}

async fn job_rows(connection: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<JobRow>, sea_orm::DbErr> {
    Sql::new(
        "SELECT person_id, organization_id, position, subject, qualification, share_percent, ended_on \
         FROM employment WHERE 1 = 1",
    )
    .and_in("AND person_id", ids.iter().copied())
    .and("ORDER BY ended_on DESC, share_percent DESC, id", [])
    .all(connection)
    .await
}

async fn organization_rows(
    connection: &impl ConnectionTrait,
    ids: BTreeSet<Uuid>,
) -> Result<BTreeMap<Uuid, OrganizationRow>, sea_orm::DbErr> {
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let mut found = BTreeMap::new();
    for part in ids.chunks(CHUNK) {
        let rows: Vec<OrganizationRow> =
            Sql::new("SELECT id, short_name, territory_id FROM organization WHERE 1 = 1")
                .and_in("AND id", part.iter().copied())
                .all(connection)
                .await?;
        found.extend(rows.into_iter().map(|row| (row.id, row)));
    }
    Ok(found)
}

/// Jobs that go on, or else the one that ended last.
fn current(rows: &[JobRow]) -> anyhow::Result<Vec<Job>> {
    let job = |row: &JobRow| Job {
        position: row.position.clone(),
        subject: row.subject.clone().filter(|subject| !subject.trim().is_empty()),
        qualification: row.qualification.as_deref().and_then(Qualification::from_code),
        share_percent: row.share_percent,
    };
    let mut jobs: Vec<Job> = rows.iter().filter(|row| row.ended_on.is_none()).map(job).collect();
    if jobs.is_empty() {
        jobs.extend(rows.iter().max_by_key(|row| row.ended_on).map(job));
    }
    order_jobs(&mut jobs)?;
    Ok(jobs)
}

fn participant(row: &PersonRow, place: &OrganizationRow, jobs: Vec<Job>) -> anyhow::Result<Participant> {
    Ok(Participant {
        person: row.id,
        name: FullName::new(&row.surname, &row.given, row.patronymic.as_deref()),
        gender: Gender::from_code(&row.gender).context("неизвестный пол")?,
        forms: row
            .name_forms
            .as_deref()
            .filter(|text| !text.is_empty())
            .map(serde_json::from_str)
            .transpose()?,
        born: row.born_on,
        teaching_since: since(row.teaching_since, row.teaching_precision.as_deref()),
        organization: place.id,
        organization_name: place.short_name.clone(),
        territory: place.territory_id,
        jobs,
    })
}
