//! The people a list may speak about, fetched by keys for many rows at once.

use std::collections::{BTreeSet, HashMap};

use anyhow::Context;
use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::ids::{EmploymentId, OrganizationId, PersonId};
use nastavnik_domain::person::{Education, FullName, Gender, Qualification};
use nastavnik_domain::staff_list::{KnownEmployment, KnownPerson, Since, SincePrecision};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Value};
use uuid::Uuid;

use crate::imports::model::{Absent, Meets};
use crate::kernel::db::{self, Sql, Tx};
use crate::values;

/// Values of one `IN (…)`: both databases take more.
const CHUNK: usize = 1_000;

/// What the rows of a chunk are looked up by.
#[derive(Debug, Default)]
pub(in crate::imports) struct Keys {
    /// Search keys of full names and of surname with given name.
    pub(in crate::imports) names: BTreeSet<String>,
    /// Beginnings of names whose patronymic the list does not have.
    pub(in crate::imports) beginnings: BTreeSet<String>,
    pub(in crate::imports) births: BTreeSet<NaiveDate>,
    pub(in crate::imports) phones: BTreeSet<String>,
    pub(in crate::imports) emails: BTreeSet<String>,
}

/// Somebody a row may speak about.
#[derive(Clone, Debug)]
pub(in crate::imports) struct Candidate {
    pub(in crate::imports) person: KnownPerson,
    /// Works nowhere within reach: known only by name and date of birth, and only employed here by the list.
    pub(in crate::imports) is_outside: bool,
    pub(in crate::imports) is_archived: bool,
    pub(in crate::imports) version: i64,
    /// Rows of the employments: their own beginning, and the first one of a chain of positions.
    pub(in crate::imports) jobs: HashMap<EmploymentId, JobFacts>,
}

/// What the domain does not need to know of an employment.
#[derive(Clone, Debug)]
pub(in crate::imports) struct JobFacts {
    pub(in crate::imports) job: KnownEmployment,
    pub(in crate::imports) started: Option<Since>,
    pub(in crate::imports) ended_on: Option<NaiveDate>,
    /// Where this chain of positions began: a change of position is not a new hiring.
    pub(in crate::imports) root: EmploymentId,
}

#[derive(Clone, Debug, FromQueryResult)]
struct PersonRow {
    id: Uuid,
    surname: String,
    given: String,
    patronymic: Option<String>,
    gender: String,
    born_on: Option<NaiveDate>,
    education: Option<String>,
    teaching_since: Option<NaiveDate>,
    teaching_precision: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    archived_at: Option<DateTime<Utc>>,
    version: i64,
}

#[derive(Clone, Debug, FromQueryResult)]
struct JobRow {
    id: Uuid,
    person_id: Uuid,
    organization_id: Uuid,
    territory_id: Uuid,
    position: String,
    subject: Option<String>,
    qualification: Option<String>,
    share_percent: i64,
    started_on: Option<NaiveDate>,
    started_precision: Option<String>,
    ended_on: Option<NaiveDate>,
}

const PEOPLE: &str = "SELECT p.id, p.surname, p.given, p.patronymic, p.gender, p.born_on, p.education, p.teaching_since, \
     p.teaching_precision, p.phone, p.email, p.archived_at, p.version FROM person p WHERE";

/// Everybody with one of the keys, with all their employments.
pub(in crate::imports) async fn candidates(
    connection: &impl ConnectionTrait,
    keys: &Keys,
    meets: Meets,
    today: NaiveDate,
) -> anyhow::Result<Vec<Candidate>> {
    let mut people: HashMap<Uuid, PersonRow> = HashMap::new();
    let texts = |set: &BTreeSet<String>| set.iter().cloned().map(Value::from).collect::<Vec<_>>();
    for (column, wanted) in [
        ("p.search_key", texts(&keys.names)),
        ("p.born_on", keys.births.iter().copied().map(Value::from).collect()),
        ("p.phone", texts(&keys.phones)),
        ("p.email", texts(&keys.emails)),
    ] {
        for chunk in wanted.chunks(CHUNK) {
            let sql = Sql::new(PEOPLE).and_in(column, chunk.to_vec());
            let rows: Vec<PersonRow> = sql.all(connection).await?;
            people.extend(rows.into_iter().map(|row| (row.id, row)));
        }
    }
    for beginning in &keys.beginnings {
        let pattern = db::contains_pattern(beginning);
        let pattern = format!("{} %", pattern.trim_matches('%'));
        let sql = Sql::new(PEOPLE).and("p.search_key LIKE ? ESCAPE '\\'", values![pattern]);
        let rows: Vec<PersonRow> = sql.all(connection).await?;
        people.extend(rows.into_iter().map(|row| (row.id, row)));
    }
    let mut jobs = jobs_of(connection, &people.keys().copied().collect::<Vec<_>>()).await?;
    let mut found = Vec::with_capacity(people.len());
    for (id, row) in people {
        found.push(candidate(row, &jobs.remove(&id).unwrap_or_default(), meets, today)?);
    }
    found.sort_by_key(|one| one.person.id);
    Ok(found)
}

async fn jobs_of(
    connection: &impl ConnectionTrait,
    people: &[Uuid],
) -> Result<HashMap<Uuid, Vec<JobRow>>, DbErr> {
    const SQL: &str = "SELECT e.id, e.person_id, e.organization_id, o.territory_id, e.position, e.subject, \
         e.qualification, e.share_percent, e.started_on, e.started_precision, e.ended_on FROM employment e \
         JOIN organization o ON o.id = e.organization_id WHERE";
    let mut jobs: HashMap<Uuid, Vec<JobRow>> = HashMap::new();
    for chunk in people.chunks(CHUNK) {
        let sql = Sql::new(SQL).and_in("e.person_id", chunk.to_vec()).and("ORDER BY e.id", []);
        let rows: Vec<JobRow> = sql.all(connection).await?;
        for row in rows {
            jobs.entry(row.person_id).or_default().push(row);
        }
    }
    Ok(jobs)
}

fn candidate(row: PersonRow, jobs: &[JobRow], meets: Meets, today: NaiveDate) -> anyhow::Result<Candidate> {
    let is_outside = match meets {
        Meets::Everybody => false,
        Meets::Municipality(territory) => jobs.iter().all(|job| job.territory_id != territory),
        Meets::Organization(organization) => jobs.iter().all(|job| job.organization_id != organization),
    };
    let mut person = KnownPerson {
        id: PersonId(row.id),
        name: FullName::new(&row.surname, &row.given, row.patronymic.as_deref()),
        gender: Gender::from_code(&row.gender),
        born_on: row.born_on,
        phone: None,
        email: None,
        education: None,
        teaching_since: None,
        employments: Vec::new(),
    };
    let (version, is_archived) = (row.version, row.archived_at.is_some());
    if is_outside {
        return Ok(Candidate { person, is_outside, is_archived, version, jobs: HashMap::new() });
    }
    person.phone = row.phone;
    person.email = row.email;
    person.education = row.education.as_deref().and_then(Education::from_code);
    person.teaching_since = since(row.teaching_since, row.teaching_precision.as_deref())?;
    let mut facts = HashMap::with_capacity(jobs.len());
    for job in jobs {
        let root = root_of(job, jobs);
        let known = employment(job, root, today)?;
        person.employments.push(known.clone());
        let started = since(job.started_on, job.started_precision.as_deref())?;
        let root = EmploymentId(root.id);
        facts.insert(EmploymentId(job.id), JobFacts { job: known, started, ended_on: job.ended_on, root });
    }
    Ok(Candidate { person, is_outside, is_archived, version, jobs: facts })
}

/// Goes back over positions that ended on the day the next one began.
fn root_of<'a>(job: &'a JobRow, jobs: &'a [JobRow]) -> &'a JobRow {
    let mut root = job;
    for _ in 0..jobs.len() {
        let before = jobs.iter().find(|other| {
            other.id != root.id
                && other.organization_id == root.organization_id
                && other.ended_on.is_some()
                && other.ended_on == root.started_on
                && other.started_on != other.ended_on
        });
        match before {
            Some(before) => root = before,
            None => break,
        }
    }
    root
}

fn employment(job: &JobRow, root: &JobRow, today: NaiveDate) -> anyhow::Result<KnownEmployment> {
    Ok(KnownEmployment {
        id: Some(EmploymentId(job.id)),
        organization_id: OrganizationId(job.organization_id),
        position: job.position.clone(),
        subject: job.subject.clone(),
        qualification: job.qualification.as_deref().and_then(Qualification::from_code),
        share: u16::try_from(job.share_percent).ok(),
        hired_on: since(root.started_on, root.started_precision.as_deref())?,
        // The database keeps the first day without work, the domain the last day of work.
        ended: job.ended_on.filter(|day| *day <= today).map(|day| day.pred_opt().unwrap_or(day)),
    })
}

fn since(date: Option<NaiveDate>, precision: Option<&str>) -> anyhow::Result<Option<Since>> {
    let Some(date) = date else { return Ok(None) };
    let precision =
        SincePrecision::from_code(precision.unwrap_or("day")).context("неизвестная точность даты")?;
    Ok(Some(Since { date, precision }))
}

#[derive(FromQueryResult)]
struct Version {
    id: Uuid,
    version: i64,
}

/// Locks people against other writers and tells their versions.
pub(in crate::imports) async fn lock_people(tx: &Tx, people: &[Uuid]) -> Result<HashMap<Uuid, i64>, DbErr> {
    let mut versions = HashMap::with_capacity(people.len());
    for person in people {
        db::lock_row(tx, "person", *person).await?;
    }
    for chunk in people.chunks(CHUNK) {
        let sql = Sql::new("SELECT id, version FROM person WHERE").and_in("id", chunk.to_vec());
        let rows: Vec<Version> = sql.all(tx).await?;
        versions.extend(rows.into_iter().map(|row| (row.id, row.version)));
    }
    Ok(versions)
}

#[derive(FromQueryResult)]
struct Worker {
    id: Uuid,
    surname: String,
    given: String,
    patronymic: Option<String>,
    organization: String,
}

/// Who works in the organizations and is not among the people met, by the alphabet.
pub(in crate::imports) async fn absent(
    connection: &impl ConnectionTrait,
    organizations: &BTreeSet<OrganizationId>,
    met: &BTreeSet<PersonId>,
    today: NaiveDate,
) -> Result<Vec<Absent>, DbErr> {
    const SQL: &str = "SELECT DISTINCT p.id, p.surname, p.given, p.patronymic, o.short_name AS organization, p.sort_key \
         FROM employment e JOIN person p ON p.id = e.person_id JOIN organization o ON o.id = e.organization_id \
         WHERE p.archived_at IS NULL AND (e.started_on IS NULL OR e.started_on <= ?) \
         AND (e.ended_on IS NULL OR e.ended_on > ?)";
    let rows: Vec<Worker> = Sql::default()
        .and(SQL, values![today, today])
        .and_in("AND e.organization_id", organizations.iter().map(|id| id.0))
        .and("ORDER BY p.sort_key, p.id", [])
        .all(connection)
        .await?;
    let missed = rows.into_iter().filter(|row| !met.contains(&PersonId(row.id)));
    Ok(missed
        .map(|row| Absent {
            person: row.id,
            name: FullName::new(&row.surname, &row.given, row.patronymic.as_deref()).full(),
            organization: row.organization,
        })
        .collect())
}
