//! What speaks for candidates: their achievements and their mentorships; and who mentors whom.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::kind::Form;
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::Reach;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db::{self, Sql};
use crate::kernel::scope;
use crate::values;

/// A recorded achievement.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::bank) struct AchievementRow {
    pub(in crate::bank) id: Uuid,
    pub(in crate::bank) person_id: Uuid,
    pub(in crate::bank) title: String,
    pub(in crate::bank) evidence: String,
    pub(in crate::bank) evidence_file_id: Option<Uuid>,
    pub(in crate::bank) achieved_on: Option<NaiveDate>,
    pub(in crate::bank) recorded_at: DateTime<Utc>,
}

/// The people who are or were candidates within reach, as a condition on a column.
pub(super) fn of_candidates(sql: Sql, column: &str, person: Option<Uuid>, reach: &Reach) -> Sql {
    let open = format!(
        "AND {column} IN (SELECT c.person_id FROM mentor_candidate c \
         LEFT JOIN organization o ON o.id = c.organization_id WHERE 1 = 1"
    );
    scope::within(sql.and(&open, []), reach, "o").and(")", []).and_some(person, &format!("AND {column} = ?"))
}

/// Rows of candidates within reach, as a condition on the column of the candidate's id; of one if named.
pub(super) fn of_candidate_rows(sql: Sql, column: &str, candidate: Option<Uuid>, reach: &Reach) -> Sql {
    let open = format!(
        "AND {column} IN (SELECT c.id FROM mentor_candidate c \
         LEFT JOIN organization o ON o.id = c.organization_id WHERE 1 = 1"
    );
    scope::within(sql.and(&open, []), reach, "o")
        .and(")", [])
        .and_some(candidate, &format!("AND {column} = ?"))
}

/// Achievements of candidates within reach, the latest first; of one person if named.
pub(in crate::bank) async fn achievements(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    person: Option<Uuid>,
) -> Result<Vec<AchievementRow>, DbErr> {
    let sql = Sql::new(
        "SELECT a.id, a.person_id, a.title, a.evidence, a.evidence_file_id, a.achieved_on, a.recorded_at \
         FROM achievement a WHERE 1 = 1",
    );
    of_candidates(sql, "a.person_id", person, reach)
        .and("ORDER BY a.achieved_on DESC, a.id", [])
        .all(connection)
        .await
}

#[derive(FromQueryResult)]
struct TitleRow {
    title: String,
}

/// Titles of a person's achievements, the latest first.
pub(in crate::bank) async fn own_achievements(
    connection: &impl ConnectionTrait,
    person: Uuid,
) -> Result<Vec<String>, DbErr> {
    let sql = "SELECT title FROM achievement WHERE person_id = ? ORDER BY achieved_on DESC, id";
    let rows: Vec<TitleRow> = db::all(connection, sql, values![person]).await?;
    Ok(rows.into_iter().map(|row| row.title).collect())
}

/// A mentorship of a candidate, wherever its mentees work, with the mentees who stay in it on the same days.
#[derive(Clone, Debug)]
pub(in crate::bank) struct Mentoring {
    pub(in crate::bank) id: Uuid,
    pub(in crate::bank) mentor: Uuid,
    pub(in crate::bank) organization: Uuid,
    /// The first day with these mentees.
    pub(in crate::bank) came_on: NaiveDate,
    /// The last day by plan.
    pub(in crate::bank) ends_on: NaiveDate,
    /// The first day without these mentees, by an order.
    pub(in crate::bank) gone_on: Option<NaiveDate>,
    /// They are about to join a running group and are no members before an order.
    pub(in crate::bank) is_joining: bool,
    pub(in crate::bank) mentees: Vec<(Uuid, FullName)>,
}

impl Mentoring {
    /// Whether it is over as of the day.
    pub(in crate::bank) fn is_over(&self, day: NaiveDate) -> bool {
        self.ends_on < day || self.gone_on.is_some_and(|gone| gone <= day)
    }
}

#[derive(FromQueryResult)]
struct MentoringRow {
    id: Uuid,
    mentor_id: Uuid,
    organization_id: Uuid,
    ends_on: NaiveDate,
    came_on: NaiveDate,
    gone_on: Option<NaiveDate>,
    is_joining: i64,
    mentee_id: Uuid,
    surname: String,
    given: String,
    patronymic: Option<String>,
}

/// Mentorships of candidates within reach that were not given up; of one person if named.
pub(in crate::bank) async fn mentorings(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    person: Option<Uuid>,
) -> anyhow::Result<Vec<Mentoring>> {
    let sql = Sql::new(
        "SELECT m.id, m.mentor_id, m.organization_id, m.ends_on, mm.came_on, mm.gone_on, mm.is_joining, \
         mm.person_id AS mentee_id, p.surname, p.given, p.patronymic \
         FROM mentorship m JOIN mentorship_place mm ON mm.mentorship_id = m.id \
         JOIN person p ON p.id = mm.person_id WHERE m.withdrawn_at IS NULL",
    );
    let rows: Vec<MentoringRow> = of_candidates(sql, "m.mentor_id", person, reach)
        .and(
            "ORDER BY m.starts_on DESC, m.id, mm.is_joining, mm.came_on, CASE WHEN mm.gone_on IS NULL THEN 0 ELSE 1 END, \
             mm.gone_on, p.sort_key",
            [],
        )
        .all(connection)
        .await?;
    let mut found: Vec<Mentoring> = Vec::new();
    for row in rows {
        let mentee = (row.mentee_id, FullName::new(&row.surname, &row.given, row.patronymic.as_deref()));
        // Whoever joins or leaves a group has days of their own.
        let days = (row.id, row.came_on, row.gone_on);
        match found.last_mut().filter(|last| (last.id, last.came_on, last.gone_on) == days) {
            Some(known) => known.mentees.push(mentee),
            None => found.push(Mentoring {
                id: row.id,
                mentor: row.mentor_id,
                organization: row.organization_id,
                came_on: row.came_on,
                ends_on: row.ends_on,
                gone_on: row.gone_on,
                is_joining: row.is_joining == 1,
                mentees: vec![mentee],
            }),
        }
    }
    Ok(found)
}

/// A mentor somebody has.
#[derive(Clone, Debug)]
pub(in crate::bank) struct MentorOf {
    pub(in crate::bank) mentorship: Uuid,
    pub(in crate::bank) person: Uuid,
    /// Where the mentor works.
    pub(in crate::bank) organization: Uuid,
    pub(in crate::bank) name: FullName,
    pub(in crate::bank) form: Option<Form>,
    /// Where the mentor works.
    pub(in crate::bank) place: String,
    /// The last day by plan.
    pub(in crate::bank) ends_on: NaiveDate,
    /// The mentee is about to join the mentor's group and is no member before an order.
    pub(in crate::bank) is_joining: bool,
}

#[derive(FromQueryResult)]
struct MentorRow {
    mentee_id: Uuid,
    organization_id: Uuid,
    id: Uuid,
    mentor_id: Uuid,
    mentor_organization: Uuid,
    form: String,
    ends_on: NaiveDate,
    is_joining: i64,
    place: Option<String>,
    surname: String,
    given: String,
    patronymic: Option<String>,
}

/// Who has a mentor today, agreed on, already at work or about to join a group, by (person, organization).
pub(in crate::bank) async fn mentors_of(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    today: NaiveDate,
) -> Result<BTreeMap<(Uuid, Uuid), Vec<MentorOf>>, DbErr> {
    let sql = Sql::new(
        "SELECT mm.person_id AS mentee_id, m.organization_id, m.id, m.form, m.ends_on, m.mentor_id, mm.is_joining, \
         COALESCE(m.mentor_organization_id, m.organization_id) AS mentor_organization, w.short_name AS place, \
         p.surname, p.given, p.patronymic \
         FROM mentorship m JOIN mentorship_place mm ON mm.mentorship_id = m.id \
         LEFT JOIN person p ON p.id = m.mentor_id LEFT JOIN organization o ON o.id = m.organization_id \
         LEFT JOIN organization w ON w.id = COALESCE(m.mentor_organization_id, m.organization_id) WHERE m.withdrawn_at IS NULL",
    )
    .and("AND m.ends_on >= ? AND (mm.gone_on IS NULL OR mm.gone_on > ?)", values![today, today]);
    let rows: Vec<MentorRow> =
        scope::within(sql, reach, "o").and("ORDER BY m.starts_on, m.id", []).all(connection).await?;
    let mut found: BTreeMap<(Uuid, Uuid), Vec<MentorOf>> = BTreeMap::new();
    for row in rows {
        let name = FullName::new(&row.surname, &row.given, row.patronymic.as_deref());
        let mentor = MentorOf {
            mentorship: row.id,
            person: row.mentor_id,
            organization: row.mentor_organization,
            name,
            form: Form::from_code(&row.form),
            place: row.place.unwrap_or_default(),
            ends_on: row.ends_on,
            is_joining: row.is_joining == 1,
        };
        found.entry((row.mentee_id, row.organization_id)).or_default().push(mentor);
    }
    Ok(found)
}

#[derive(FromQueryResult)]
struct LastChange {
    surname: String,
    given: String,
    patronymic: Option<String>,
}

/// Who touched the thing last, by the journal: «Иванова А. А.».
pub(in crate::bank) async fn last_change(
    connection: &impl ConnectionTrait,
    subject: Uuid,
) -> Result<Option<String>, DbErr> {
    let row: Option<LastChange> = db::one(
        connection,
        "SELECT p.surname, p.given, p.patronymic FROM journal j JOIN account a ON a.id = j.account_id \
         JOIN person p ON p.id = a.person_id WHERE j.subject_id = ? ORDER BY j.at DESC, j.id DESC LIMIT 1",
        values![subject],
    )
    .await?;
    Ok(row.map(|row| FullName::new(&row.surname, &row.given, row.patronymic.as_deref()).short()))
}
