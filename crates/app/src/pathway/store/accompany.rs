//! Routes as those who accompany see them: the curator of the main job's organization, the mentor of today, the tutor
//! whom the owner has named and in whose region the owner works.

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::pathway::Voice;
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::Reach;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Value};
use uuid::Uuid;

use crate::kernel::change::Change;
use crate::kernel::db::{self, Sql};
use crate::kernel::{ids, scope};
use crate::pairs;
use crate::values;

/// A route as lists know it.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::pathway) struct Row {
    pub(in crate::pathway) id: Uuid,
    pub(in crate::pathway) person_id: Uuid,
    tutor_id: Option<Uuid>,
    surname: String,
    given: String,
    patronymic: Option<String>,
    pub(in crate::pathway) organization: Option<String>,
    pub(in crate::pathway) starts_on: NaiveDate,
    pub(in crate::pathway) ends_on: NaiveDate,
    pub(in crate::pathway) step: i64,
    pub(in crate::pathway) entries: i64,
    pub(in crate::pathway) outcomes: i64,
    pub(in crate::pathway) product_on: Option<NaiveDate>,
    pub(in crate::pathway) open_comments: i64,
}

impl Row {
    pub(in crate::pathway) fn name(&self) -> FullName {
        FullName::new(&self.surname, &self.given, self.patronymic.as_deref())
    }

    /// As whom this reader accompanies.
    pub(in crate::pathway) fn voice(&self, reader: Uuid, mentees: &[Uuid]) -> Voice {
        if self.tutor_id == Some(reader) {
            Voice::Tutor
        } else if mentees.contains(&self.person_id) {
            Voice::Mentor
        } else {
            Voice::Curator
        }
    }
}

/// Whom this person mentors on the day.
pub(in crate::pathway) async fn mentees(
    connection: &impl ConnectionTrait,
    person: Uuid,
    reach: &Reach,
    day: NaiveDate,
) -> Result<Vec<Uuid>, DbErr> {
    if !reach.pairs {
        return Ok(Vec::new());
    }
    let pairs = pairs::in_force_with(connection, person, day).await?;
    Ok(pairs.into_iter().filter(|pair| pair.mentor == person).map(|pair| pair.mentee).collect())
}

/// The routes this reader accompanies, all or one; never the own one.
pub(in crate::pathway) async fn visible(
    connection: &impl ConnectionTrait,
    (reach, reader, mentees): (&Reach, Uuid, &[Uuid]),
    id: Option<Uuid>,
    day: NaiveDate,
) -> Result<Vec<Row>, DbErr> {
    let (rings, values) = rings(reach, reader, mentees);
    Sql::new(
        "SELECT w.id, w.person_id, w.tutor_id, p.surname, p.given, p.patronymic, o.short_name AS organization, \
         w.starts_on, w.ends_on, w.step, w.entries, w.outcomes, w.product_on, w.open_comments FROM pathway w \
         JOIN person p ON p.id = w.person_id LEFT JOIN organization o ON o.id = (SELECT e.organization_id \
         FROM employment e WHERE e.person_id = w.person_id",
    )
    .and("AND (e.started_on IS NULL OR e.started_on <= ?) AND (e.ended_on IS NULL OR e.ended_on > ?)", values![day, day])
    .and("ORDER BY e.share_percent DESC, e.started_on, e.id LIMIT 1) WHERE w.person_id <> ?", values![reader])
    .and_some(id, "AND w.id = ?")
    .and(&format!("AND ({rings}) ORDER BY w.changed_at DESC, w.id"), values)
    .all(connection)
    .await
}

fn rings(reach: &Reach, reader: Uuid, mentees: &[Uuid]) -> (String, Vec<Value>) {
    let school = Reach { organizations: reach.organizations.clone(), ..Reach::default() };
    let region = Reach { regions: reach.regions.clone(), ..Reach::default() };
    let (mut text, mut values) = scope::condition(&school, "o");
    let (near, more) = scope::condition(&region, "o");
    text = format!("{text} OR (w.tutor_id = ? AND {near})");
    values.push(reader.into());
    values.extend(more);
    if !mentees.is_empty() {
        let marks = vec!["?"; mentees.len()].join(", ");
        text = format!("{text} OR w.person_id IN ({marks})");
        values.extend(mentees.iter().map(|mentee| Value::from(*mentee)));
    }
    (text, values)
}

#[derive(FromQueryResult)]
struct LastRow {
    read_at: DateTime<Utc>,
}

/// When this reader opened the personal sections last.
pub(in crate::pathway) async fn last_reading(
    connection: &impl ConnectionTrait,
    pathway: Uuid,
    reader: Uuid,
) -> Result<Option<DateTime<Utc>>, DbErr> {
    let sql = "SELECT read_at FROM pathway_reading WHERE pathway_id = ? AND reader_id = ? ORDER BY read_at DESC LIMIT 1";
    let row: Option<LastRow> = db::one(connection, sql, values![pathway, reader]).await?;
    Ok(row.map(|row| row.read_at))
}

/// Keeps that they were opened.
pub(in crate::pathway) async fn add_reading(
    change: &Change,
    pathway: Uuid,
    reader: Uuid,
) -> Result<(), DbErr> {
    let sql = "INSERT INTO pathway_reading (id, pathway_id, reader_id, read_at) VALUES (?, ?, ?, ?)";
    db::exec(change.tx(), sql, values![ids::row_id(), pathway, reader, change.now()]).await.map(|_| ())
}

/// One opening.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::pathway) struct ReadingRow {
    pub(in crate::pathway) read_at: DateTime<Utc>,
    surname: String,
    given: String,
    patronymic: Option<String>,
}

impl ReadingRow {
    pub(in crate::pathway) fn name(&self) -> FullName {
        FullName::new(&self.surname, &self.given, self.patronymic.as_deref())
    }
}

/// Who has opened the personal sections, the latest first.
pub(in crate::pathway) async fn readings(
    connection: &impl ConnectionTrait,
    pathway: Uuid,
) -> Result<Vec<ReadingRow>, DbErr> {
    db::all(
        connection,
        "SELECT r.read_at, p.surname, p.given, p.patronymic FROM pathway_reading r JOIN person p ON p.id = r.reader_id \
         WHERE r.pathway_id = ? ORDER BY r.read_at DESC, r.id DESC LIMIT 200",
        values![pathway],
    )
    .await
}
