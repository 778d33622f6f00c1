//! One person.

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::period::Since;
use nastavnik_domain::person::{FullName, Gender, Qualification};
use nastavnik_domain::policy::Place;
use nastavnik_domain::russian::search_key;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db::{self, Sql};
use crate::kernel::scope;
use crate::people::front::since;
use crate::values;

/// A person as stored.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::people) struct PersonRow {
    pub(in crate::people) id: Uuid,
    pub(in crate::people) surname: String,
    pub(in crate::people) given: String,
    pub(in crate::people) patronymic: Option<String>,
    pub(in crate::people) gender: String,
    pub(in crate::people) born_on: Option<NaiveDate>,
    pub(in crate::people) education: Option<String>,
    pub(in crate::people) teaching_since: Option<NaiveDate>,
    pub(in crate::people) teaching_precision: Option<String>,
    pub(in crate::people) phone: Option<String>,
    pub(in crate::people) email: Option<String>,
    pub(in crate::people) name_forms: Option<String>,
    pub(in crate::people) archived_at: Option<DateTime<Utc>>,
    pub(in crate::people) version: i64,
}

impl PersonRow {
    pub(in crate::people) fn name(&self) -> FullName {
        FullName::new(&self.surname, &self.given, self.patronymic.as_deref())
    }

    /// The database allows the two codes only.
    pub(in crate::people) fn gender(&self) -> Gender {
        Gender::from_code(&self.gender).unwrap_or(Gender::Female)
    }

    pub(in crate::people) fn teaching_since(&self) -> Option<Since> {
        since(self.teaching_since, self.teaching_precision.as_deref())
    }

    pub(in crate::people) fn href(&self) -> String {
        format!("/people/{}", self.id)
    }
}

/// An employment with the organization it is in.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::people) struct JobRow {
    pub(in crate::people) id: Uuid,
    pub(in crate::people) person_id: Uuid,
    pub(in crate::people) organization_id: Uuid,
    pub(in crate::people) territory_id: Uuid,
    pub(in crate::people) region_id: Uuid,
    pub(in crate::people) short_name: String,
    pub(in crate::people) time_zone: Option<String>,
    pub(in crate::people) position: String,
    pub(in crate::people) subject: Option<String>,
    pub(in crate::people) qualification: Option<String>,
    pub(in crate::people) share_percent: i64,
    pub(in crate::people) started_on: Option<NaiveDate>,
    pub(in crate::people) started_precision: Option<String>,
    pub(in crate::people) ended_on: Option<NaiveDate>,
    pub(in crate::people) version: i64,
}

impl JobRow {
    pub(in crate::people) fn place(&self) -> Place {
        scope::place(self.organization_id, self.territory_id, self.region_id)
    }

    pub(in crate::people) fn started(&self) -> Option<Since> {
        since(self.started_on, self.started_precision.as_deref())
    }

    /// The last working day.
    pub(in crate::people) fn last_day(&self) -> Option<NaiveDate> {
        self.ended_on.and_then(|ended_on| ended_on.pred_opt())
    }

    /// Goes on today or lies ahead.
    pub(in crate::people) fn is_open(&self, today: NaiveDate) -> bool {
        self.ended_on.is_none_or(|ended_on| ended_on > today)
    }

    pub(in crate::people) fn qualification(&self) -> Option<Qualification> {
        self.qualification.as_deref().and_then(Qualification::from_code)
    }
}

/// The person, whoever asks: the caller decides what is visible.
pub(in crate::people) async fn person(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<PersonRow>, DbErr> {
    db::one(
        connection,
        "SELECT id, surname, given, patronymic, gender, born_on, education, teaching_since, teaching_precision, \
                phone, email, name_forms, archived_at, version FROM person WHERE id = ?",
        values![id],
    )
    .await
}

const JOBS: &str = "SELECT e.id, e.person_id, e.organization_id, o.territory_id, o.region_id, o.short_name, t.time_zone, \
    e.position, e.subject, e.qualification, e.share_percent, e.started_on, e.started_precision, e.ended_on, \
    e.version FROM employment e LEFT JOIN organization o ON o.id = e.organization_id \
    LEFT JOIN territory t ON t.id = o.territory_id";

/// All employments of people, the newest first.
pub(in crate::people) async fn jobs(
    connection: &impl ConnectionTrait,
    people: &[Uuid],
) -> Result<Vec<JobRow>, DbErr> {
    Sql::new(JOBS)
        .and_in("WHERE e.person_id", people.iter().copied())
        .and("ORDER BY CASE WHEN e.ended_on IS NULL THEN 0 ELSE 1 END, e.ended_on DESC, e.share_percent DESC, e.id", [])
        .all(connection)
        .await
}

/// One employment, whoever asks.
pub(in crate::people) async fn job(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<JobRow>, DbErr> {
    Sql::new(JOBS).and("WHERE e.id = ?", values![id]).one(connection).await
}

/// Is one of the two a mentor of the other in a mentorship that is prepared or goes on?
pub(in crate::people) async fn are_partners(
    connection: &impl ConnectionTrait,
    one: Uuid,
    other: Uuid,
    today: NaiveDate,
) -> Result<bool, DbErr> {
    let found = db::count(
        connection,
        "SELECT COUNT(*) AS n FROM mentorship m JOIN mentee_stay e ON e.mentorship_id = m.id \
         WHERE ((m.mentor_id = ? AND e.person_id = ?) OR (m.mentor_id = ? AND e.person_id = ?)) \
           AND m.withdrawn_at IS NULL AND m.ends_on >= ? AND (e.gone_on IS NULL OR e.gone_on > ?)",
        values![one, other, other, one, today, today],
    )
    .await?;
    Ok(found > 0)
}

/// A role by an act.
#[derive(Debug, FromQueryResult)]
pub(in crate::people) struct RoleRow {
    pub(in crate::people) role: String,
    pub(in crate::people) short_name: String,
    pub(in crate::people) act_number: String,
    pub(in crate::people) act_on: NaiveDate,
    pub(in crate::people) started_on: NaiveDate,
    pub(in crate::people) ended_on: Option<NaiveDate>,
    organization_id: Uuid,
    territory_id: Uuid,
    region_id: Uuid,
}

impl RoleRow {
    pub(in crate::people) fn place(&self) -> Place {
        scope::place(self.organization_id, self.territory_id, self.region_id)
    }

    pub(in crate::people) fn is_over(&self, today: NaiveDate) -> bool {
        self.ended_on.is_some_and(|ended_on| ended_on <= today)
    }
}

/// Roles of a person, the newest first.
pub(in crate::people) async fn roles(
    connection: &impl ConnectionTrait,
    person: Uuid,
) -> Result<Vec<RoleRow>, DbErr> {
    db::all(
        connection,
        "SELECT g.role, o.short_name, g.act_number, g.act_on, g.started_on, g.ended_on, g.organization_id, \
         o.territory_id, o.region_id FROM role_grant g JOIN organization o ON o.id = g.organization_id \
         WHERE g.person_id = ? ORDER BY g.started_on DESC, g.id",
        values![person],
    )
    .await
}

/// What holds a person: mentorships that are prepared or go on, roles.
#[derive(Clone, Copy, Debug, Default, FromQueryResult)]
pub(in crate::people) struct Ties {
    /// As a mentor, as a mentee.
    pub(in crate::people) mentors: i64,
    pub(in crate::people) learns: i64,
    /// Roles in force today or later.
    pub(in crate::people) roles: i64,
}

pub(in crate::people) async fn ties(
    connection: &impl ConnectionTrait,
    person: Uuid,
    today: NaiveDate,
) -> Result<Ties, DbErr> {
    let row: Option<Ties> = db::one(
        connection,
        "SELECT (SELECT COUNT(*) FROM mentorship m WHERE m.mentor_id = ? AND m.withdrawn_at IS NULL \
                 AND m.ends_on >= ? AND (m.ended_on IS NULL OR m.ended_on > ?)) AS mentors, \
                (SELECT COUNT(*) FROM mentee_stay e JOIN mentorship m ON m.id = e.mentorship_id \
                 WHERE e.person_id = ? AND m.withdrawn_at IS NULL \
                 AND m.ends_on >= ? AND (e.gone_on IS NULL OR e.gone_on > ?)) AS learns, \
                (SELECT COUNT(*) FROM role_grant g WHERE g.person_id = ? \
                 AND (g.ended_on IS NULL OR g.ended_on > ?)) AS roles",
        values![person, today, today, person, today, today, person, today],
    )
    .await?;
    Ok(row.unwrap_or_default())
}

/// An entry of the journal with the name of the one who acted.
#[derive(Debug, FromQueryResult)]
pub(in crate::people) struct EventRow {
    organization_id: Option<Uuid>,
    territory_id: Option<Uuid>,
    region_id: Option<Uuid>,
    pub(in crate::people) at: DateTime<Utc>,
    pub(in crate::people) kind: String,
    pub(in crate::people) payload: String,
    pub(in crate::people) surname: Option<String>,
    pub(in crate::people) given: Option<String>,
    pub(in crate::people) patronymic: Option<String>,
}

impl EventRow {
    /// The organization in which it happened; nothing for what belongs to no organization.
    pub(in crate::people) fn place(&self) -> Option<Place> {
        Some(scope::place(self.organization_id?, self.territory_id?, self.region_id?))
    }
}

/// The newest entries about a person.
pub(in crate::people) async fn events(
    connection: &impl ConnectionTrait,
    person: Uuid,
    most: u64,
) -> Result<Vec<EventRow>, DbErr> {
    db::all(
        connection,
        "SELECT j.at, j.kind, j.payload, p.surname, p.given, p.patronymic, j.organization_id, o.territory_id, \
         o.region_id FROM journal j LEFT JOIN account a ON a.id = j.account_id \
         LEFT JOIN person p ON p.id = a.person_id LEFT JOIN organization o ON o.id = j.organization_id \
         WHERE j.subject_id = ? AND j.subject_kind = 'person' ORDER BY j.at DESC, j.id DESC LIMIT ?",
        values![person, i64::try_from(most).unwrap_or(i64::MAX)],
    )
    .await
}

/// Somebody with the same name.
#[derive(Debug, FromQueryResult)]
pub(in crate::people) struct NamesakeRow {
    pub(in crate::people) id: Uuid,
    pub(in crate::people) born_on: Option<NaiveDate>,
}

/// People whose full name is written the same way, «ё» and «е» alike.
pub(in crate::people) async fn namesakes(
    connection: &impl ConnectionTrait,
    name: &FullName,
) -> Result<Vec<NamesakeRow>, DbErr> {
    db::all(
        connection,
        "SELECT id, born_on FROM person WHERE search_key = ? ORDER BY sort_key, id",
        values![search_key(&name.full())],
    )
    .await
}
