//! Who works where today.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use nastavnik_domain::period::{Precision, Since};
use nastavnik_domain::person::{Education, FullName, Gender, Qualification};
use nastavnik_domain::policy::Reach;
use nastavnik_domain::russian::search_key;
use nastavnik_domain::year::AcademicYear;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::bank::worker::{Job, School, Worker};
use crate::kernel::db::{Sql, contains_pattern};
use crate::kernel::scope;
use crate::values;

/// Whose jobs are wanted.
#[derive(Clone, Debug, Default)]
pub(in crate::bank) enum Whom {
    #[default]
    Everybody,
    /// A page of people or fewer.
    People(Vec<Uuid>),
    /// Those listed as candidates, also those who have left the list.
    Candidates,
    /// Those with a category confirmed in this year, in any organization.
    Confirmed(AcademicYear),
}

/// What narrows a list of workers besides the reach.
#[derive(Clone, Debug, Default)]
pub(in crate::bank) struct StaffFilter {
    pub(in crate::bank) organization: Option<Uuid>,
    pub(in crate::bank) whom: Whom,
    /// Part of the name as typed.
    pub(in crate::bank) name: String,
}

#[derive(FromQueryResult)]
struct Row {
    person_id: Uuid,
    surname: String,
    given: String,
    patronymic: Option<String>,
    sort_key: String,
    gender: String,
    education: Option<String>,
    born_on: Option<NaiveDate>,
    teaching_since: Option<NaiveDate>,
    teaching_precision: Option<String>,
    organization_id: Uuid,
    short_name: String,
    territory_id: Uuid,
    region_id: Uuid,
    position: String,
    subject: Option<String>,
    qualification: Option<String>,
    started_on: Option<NaiveDate>,
    started_precision: Option<String>,
}

/// People with jobs within reach as of today, by the Russian alphabet.
pub(in crate::bank) async fn workers(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    filter: &StaffFilter,
    today: NaiveDate,
) -> Result<Vec<Worker>, DbErr> {
    let sql = Sql::new(
        "SELECT e.person_id, p.surname, p.given, p.patronymic, p.sort_key, p.gender, p.education, p.born_on, \
         p.teaching_since, p.teaching_precision, e.organization_id, o.short_name, o.territory_id, o.region_id, \
         e.position, e.subject, e.qualification, e.started_on, e.started_precision \
         FROM employment e LEFT JOIN person p ON p.id = e.person_id \
         LEFT JOIN organization o ON o.id = e.organization_id \
         WHERE p.archived_at IS NULL AND o.archived_at IS NULL",
    )
    .and("AND (e.ended_on IS NULL OR e.ended_on > ?)", values![today])
    .and_some(filter.organization, "AND e.organization_id = ?");
    let sql = match &filter.whom {
        Whom::Everybody => sql,
        Whom::People(ids) => sql.and_in("AND e.person_id", ids.iter().copied()),
        Whom::Candidates => {
            sql.and("AND EXISTS (SELECT 1 FROM mentor_candidate c WHERE c.person_id = e.person_id)", [])
        }
        Whom::Confirmed(year) => sql.and(
            "AND EXISTS (SELECT 1 FROM category_decision d WHERE d.person_id = e.person_id \
             AND d.decision = 'confirmed' AND d.year_start = ?)",
            values![i64::from(year.0)],
        ),
    };
    let key = search_key(&filter.name);
    let pattern = (!key.is_empty()).then(|| contains_pattern(&key));
    let sql = sql.and_some(pattern, "AND p.search_key LIKE ? ESCAPE '\\'");
    let rows: Vec<Row> =
        scope::within(sql, reach, "o").and("ORDER BY e.share_percent DESC, e.id", []).all(connection).await?;
    Ok(grouped(rows))
}

fn grouped(rows: Vec<Row>) -> Vec<Worker> {
    let mut found: BTreeMap<(String, Uuid, Uuid), Worker> = BTreeMap::new();
    for row in rows {
        let key = (row.sort_key.clone(), row.person_id, row.organization_id);
        let job = Job {
            position: row.position.clone(),
            subject: row.subject.clone(),
            qualification: row.qualification.as_deref().and_then(Qualification::from_code),
            started: since(row.started_on, row.started_precision.as_deref()),
        };
        found.entry(key).or_insert_with(|| worker(row)).jobs.push(job);
    }
    found.into_values().collect()
}

fn worker(row: Row) -> Worker {
    Worker {
        person: row.person_id,
        name: FullName::new(&row.surname, &row.given, row.patronymic.as_deref()),
        gender: Gender::from_code(&row.gender).unwrap_or(Gender::Female),
        education: row.education.as_deref().and_then(Education::from_code),
        born: row.born_on,
        teaching_since: since(row.teaching_since, row.teaching_precision.as_deref()),
        school: School {
            id: row.organization_id,
            name: row.short_name,
            place: scope::place(row.organization_id, row.territory_id, row.region_id),
        },
        jobs: Vec::new(),
    }
}

fn since(date: Option<NaiveDate>, precision: Option<&str>) -> Option<Since> {
    let precision = precision.and_then(Precision::from_code).unwrap_or(Precision::Day);
    date.map(|date| Since { date, precision })
}

/// An organization to choose in a filter.
#[derive(FromQueryResult)]
pub(in crate::bank) struct OrganizationRow {
    pub(in crate::bank) id: Uuid,
    pub(in crate::bank) short_name: String,
}

/// Organizations within reach that have staff.
pub(in crate::bank) async fn organizations(
    connection: &impl ConnectionTrait,
    reach: &Reach,
) -> Result<Vec<OrganizationRow>, DbErr> {
    let sql = Sql::new(
        "SELECT o.id, o.short_name FROM organization o WHERE o.archived_at IS NULL \
         AND EXISTS (SELECT 1 FROM employment e WHERE e.organization_id = o.id)",
    );
    scope::within(sql, reach, "o").and("ORDER BY o.search_key, o.id", []).all(connection).await
}
