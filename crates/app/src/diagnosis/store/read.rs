//! Reading sheets.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use nastavnik_domain::competence::{Answer, Domain, Level, View, Wave};
use nastavnik_domain::person::FullName;
use nastavnik_domain::year::AcademicYear;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::diagnosis::sheet::{Content, Note, Sheet};
use crate::kernel::db::{self, Sql};
use crate::values;

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    person_id: Uuid,
    surname: String,
    given: String,
    patronymic: Option<String>,
    organization_id: Uuid,
    year_start: i64,
    wave: String,
    view: String,
    author_id: Uuid,
    author_surname: String,
    author_given: String,
    author_patronymic: Option<String>,
    begun_at: DateTime<Utc>,
    completed_at: Option<DateTime<Utc>>,
    refused_at: Option<DateTime<Utc>>,
    first_visit_on: Option<NaiveDate>,
    second_visit_on: Option<NaiveDate>,
    time_zone: String,
}

/// Sheets with their people and the clock of their organization, without a condition yet.
pub(super) const SELECT: &str = "SELECT d.id, d.person_id, p.surname, p.given, p.patronymic, d.organization_id, d.year_start, \
     d.wave, d.view, d.author_id, a.surname AS author_surname, a.given AS author_given, \
     a.patronymic AS author_patronymic, d.begun_at, d.completed_at, d.refused_at, d.first_visit_on, \
     d.second_visit_on, t.time_zone \
     FROM diagnosis d JOIN person p ON p.id = d.person_id JOIN person a ON a.id = d.author_id \
     JOIN organization o ON o.id = d.organization_id JOIN territory t ON t.id = o.territory_id WHERE";

/// The latest first.
const ORDER: &str = "ORDER BY d.begun_at DESC, d.id";

fn sheet(row: &Row) -> anyhow::Result<Sheet> {
    Ok(Sheet {
        id: row.id,
        person: row.person_id,
        name: FullName::new(&row.surname, &row.given, row.patronymic.as_deref()),
        organization: row.organization_id,
        year: AcademicYear(i32::try_from(row.year_start)?),
        wave: Wave::from_code(&row.wave).unwrap_or(Wave::Entry),
        view: View::from_code(&row.view).unwrap_or(View::Own),
        author: row.author_id,
        author_name: FullName::new(&row.author_surname, &row.author_given, row.author_patronymic.as_deref()),
        begun_at: row.begun_at,
        completed_at: row.completed_at,
        refused_at: row.refused_at,
        visits: row.first_visit_on.zip(row.second_visit_on).map(|(first, second)| [first, second]),
        zone: row.time_zone.parse().unwrap_or(Tz::Asia__Yekaterinburg),
    })
}

pub(super) async fn sheets(connection: &impl ConnectionTrait, sql: Sql) -> anyhow::Result<Vec<Sheet>> {
    let rows: Vec<Row> = sql.and(ORDER, []).all(connection).await?;
    rows.iter().map(sheet).collect()
}

/// Everything about the person: the own sheets and the views of others.
pub(in crate::diagnosis) async fn own(
    connection: &impl ConnectionTrait,
    person: Uuid,
) -> anyhow::Result<Vec<Sheet>> {
    sheets(connection, Sql::new(SELECT).and("d.person_id = ?", values![person])).await
}

/// One of the person's own sheets.
pub(in crate::diagnosis) async fn own_sheet(
    connection: &impl ConnectionTrait,
    person: Uuid,
    id: Uuid,
) -> anyhow::Result<Option<Sheet>> {
    let sql = Sql::new(SELECT).and("d.id = ? AND d.person_id = ? AND d.view = 'own'", values![id, person]);
    Ok(sheets(connection, sql).await?.pop())
}

/// A view of somebody else that this person is the author of.
pub(in crate::diagnosis) async fn written_by(
    connection: &impl ConnectionTrait,
    author: Uuid,
    id: Uuid,
) -> anyhow::Result<Option<Sheet>> {
    let sql = Sql::new(SELECT).and("d.id = ? AND d.author_id = ? AND d.view <> 'own'", values![id, author]);
    Ok(sheets(connection, sql).await?.pop())
}

/// Views this person was asked for or has begun, and has neither completed nor refused.
pub(in crate::diagnosis) async fn asked_of(
    connection: &impl ConnectionTrait,
    author: Uuid,
) -> anyhow::Result<Vec<Sheet>> {
    let open = "d.author_id = ? AND d.view <> 'own' AND d.completed_at IS NULL AND d.refused_at IS NULL";
    sheets(connection, Sql::new(SELECT).and(open, values![author])).await
}

/// What a mentor may read about these people: completed sheets and views, and the own open view.
pub(in crate::diagnosis) async fn of_mentee(
    connection: &impl ConnectionTrait,
    people: &[Uuid],
    mentor: Uuid,
) -> anyhow::Result<Vec<Sheet>> {
    let sql = Sql::new(SELECT)
        .and_in("d.person_id", people.iter().copied())
        .and("AND (d.completed_at IS NOT NULL OR (d.view = 'mentor' AND d.author_id = ?))", values![mentor]);
    sheets(connection, sql).await
}

#[derive(FromQueryResult)]
struct AnswerRow {
    diagnosis_id: Uuid,
    item: String,
    level: Option<i64>,
    is_important: i64,
}

/// What is answered in these sheets, by items.
pub(super) async fn answers(
    connection: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<(Uuid, Answer)>, DbErr> {
    let rows: Vec<AnswerRow> =
        Sql::new("SELECT diagnosis_id, item, level, is_important FROM diagnosis_answer WHERE")
            .and_in("diagnosis_id", ids)
            .and("ORDER BY item", [])
            .all(connection)
            .await?;
    let answer = |row: AnswerRow| {
        let level = row.level.and_then(Level::from_number);
        (row.diagnosis_id, Answer { item: row.item, level, is_important: row.is_important == 1 })
    };
    Ok(rows.into_iter().map(answer).collect())
}

#[derive(FromQueryResult)]
struct NoteRow {
    diagnosis_id: Uuid,
    domain: i64,
    note: String,
}

/// What is written in these sheets, found visible before.
pub(in crate::diagnosis) async fn contents(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<BTreeMap<Uuid, Content>, DbErr> {
    let mut found: BTreeMap<Uuid, Content> = ids.iter().map(|id| (*id, Content::default())).collect();
    for (sheet, answer) in answers(connection, ids.iter().copied()).await? {
        found.entry(sheet).or_default().answers.push(answer);
    }
    let notes: Vec<NoteRow> =
        Sql::new("SELECT diagnosis_id, domain, note FROM diagnosis_note WHERE note <> ''")
            .and_in("AND diagnosis_id", ids.iter().copied())
            .all(connection)
            .await?;
    for row in notes {
        let Some(domain) = Domain::from_number(row.domain) else { continue };
        found.entry(row.diagnosis_id).or_default().notes.push(Note { domain, text: row.note });
    }
    Ok(found)
}

/// Somebody who works beside.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::diagnosis) struct Colleague {
    pub(in crate::diagnosis) id: Uuid,
    surname: String,
    given: String,
    patronymic: Option<String>,
    pub(in crate::diagnosis) position: String,
}

impl Colleague {
    pub(in crate::diagnosis) fn name(&self) -> FullName {
        FullName::new(&self.surname, &self.given, self.patronymic.as_deref())
    }
}

/// Others who work in the organization on the day, by the Russian alphabet; a second job repeats nobody.
fn beside(organization: Uuid, person: Uuid, day: NaiveDate) -> Sql {
    Sql::new(
        "SELECT p.id, p.surname, p.given, p.patronymic, e.position FROM employment e \
         JOIN person p ON p.id = e.person_id WHERE p.archived_at IS NULL",
    )
    .and("AND e.organization_id = ? AND e.person_id <> ?", values![organization, person])
    .and(
        "AND (e.started_on IS NULL OR e.started_on <= ?) AND (e.ended_on IS NULL OR e.ended_on > ?)",
        values![day, day],
    )
}

const BY_NAME: &str = "ORDER BY p.sort_key, p.id, e.share_percent DESC";

/// Colleagues whose name has the key in it: at most `most`, so that nobody reads the staff list this way.
pub(in crate::diagnosis) async fn colleagues(
    connection: &impl ConnectionTrait,
    (organization, person): (Uuid, Uuid),
    day: NaiveDate,
    key: &str,
    most: usize,
) -> Result<Vec<Colleague>, DbErr> {
    let mut found: Vec<Colleague> = beside(organization, person, day)
        .and("AND p.search_key LIKE ? ESCAPE '\\'", values![db::contains_pattern(key)])
        .and(BY_NAME, [])
        .all(connection)
        .await?;
    found.dedup_by_key(|colleague| colleague.id);
    found.truncate(most);
    Ok(found)
}

/// One colleague by the id.
pub(in crate::diagnosis) async fn colleague(
    connection: &impl ConnectionTrait,
    (organization, person): (Uuid, Uuid),
    day: NaiveDate,
    id: Uuid,
) -> Result<Option<Colleague>, DbErr> {
    beside(organization, person, day).and("AND p.id = ?", values![id]).and(BY_NAME, []).one(connection).await
}
