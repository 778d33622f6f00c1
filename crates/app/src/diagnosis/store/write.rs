//! Writing sheets.

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::competence::{Answer, Domain, Level, Profile, Standing, View, Wave};
use nastavnik_domain::year::AcademicYear;
use sea_orm::{DbErr, FromQueryResult, Value as Bound};
use uuid::Uuid;

use crate::kernel::db::{self, Tx};
use crate::kernel::ids;
use crate::values;

/// A sheet to begin.
pub(in crate::diagnosis) struct NewSheet {
    pub(in crate::diagnosis) person: Uuid,
    pub(in crate::diagnosis) organization: Uuid,
    pub(in crate::diagnosis) year: AcademicYear,
    pub(in crate::diagnosis) wave: Wave,
    pub(in crate::diagnosis) view: View,
    pub(in crate::diagnosis) author: Uuid,
    pub(in crate::diagnosis) visits: Option<[NaiveDate; 2]>,
}

#[derive(FromQueryResult)]
struct IdRow {
    id: Uuid,
}

/// Begins a sheet. The second value says whether it was there already: begun in another tab, it is the same sheet.
pub(in crate::diagnosis) async fn insert(
    tx: &Tx,
    now: DateTime<Utc>,
    new: &NewSheet,
) -> anyhow::Result<(Uuid, Began)> {
    let id = ids::row_id();
    let written = db::exec(
        tx,
        "INSERT INTO diagnosis (id, person_id, organization_id, year_start, wave, view, author_id, begun_at, \
         first_visit_on, second_visit_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        values![
            id,
            new.person,
            new.organization,
            i64::from(new.year.0),
            new.wave.code(),
            new.view.code(),
            new.author,
            now,
            new.visits.map(|visits| visits[0]),
            new.visits.map(|visits| visits[1])
        ],
    )
    .await?;
    if written == 1 {
        return Ok((id, Began::Now));
    }
    let row: Option<IdRow> = db::one(
        tx,
        "SELECT id FROM diagnosis WHERE person_id = ? AND year_start = ? AND wave = ? AND view = ? AND author_id = ?",
        values![new.person, i64::from(new.year.0), new.wave.code(), new.view.code(), new.author],
    )
    .await?;
    let row = row.ok_or_else(|| anyhow::anyhow!("лист не записан и не найден"))?;
    Ok((row.id, Began::Before))
}

/// Whether a sheet was begun by this very form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::diagnosis) enum Began {
    Now,
    Before,
}

/// One thing changed on a sheet, and when the person changed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::diagnosis) struct Change {
    pub(in crate::diagnosis) at: DateTime<Utc>,
    pub(in crate::diagnosis) value: Value,
}

/// What was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::diagnosis) enum Value {
    Level(String, Option<Level>),
    Importance(String, bool),
    Note(Domain, String),
}

/// Writes a change unless a later one is there: the same again, or two in another order, leave the same sheet.
pub(in crate::diagnosis) async fn save(tx: &Tx, sheet: Uuid, change: &Change) -> Result<(), DbErr> {
    let (sql, values): (&str, Vec<Bound>) = match &change.value {
        Value::Level(item, level) => (
            "INSERT INTO diagnosis_answer (diagnosis_id, item, level, answered_at) VALUES (?, ?, ?, ?) \
             ON CONFLICT (diagnosis_id, item) DO UPDATE SET level = excluded.level, \
             answered_at = excluded.answered_at WHERE diagnosis_answer.answered_at IS NULL \
             OR diagnosis_answer.answered_at <= excluded.answered_at",
            values![sheet, item.clone(), level.map(|level| i64::from(level.number())), change.at],
        ),
        Value::Importance(item, is_important) => (
            "INSERT INTO diagnosis_answer (diagnosis_id, item, is_important, marked_at) VALUES (?, ?, ?, ?) \
             ON CONFLICT (diagnosis_id, item) DO UPDATE SET is_important = excluded.is_important, \
             marked_at = excluded.marked_at WHERE diagnosis_answer.marked_at IS NULL \
             OR diagnosis_answer.marked_at <= excluded.marked_at",
            values![sheet, item.clone(), i64::from(*is_important), change.at],
        ),
        Value::Note(domain, note) => (
            "INSERT INTO diagnosis_note (diagnosis_id, domain, note, written_at) VALUES (?, ?, ?, ?) \
             ON CONFLICT (diagnosis_id, domain) DO UPDATE SET note = excluded.note, \
             written_at = excluded.written_at WHERE diagnosis_note.written_at <= excluded.written_at",
            values![sheet, i64::from(domain.number()), note.clone(), change.at],
        ),
    };
    db::exec(tx, sql, values).await.map(|_| ())
}

/// Closes an open sheet with what follows from it.
pub(in crate::diagnosis) async fn complete(
    tx: &Tx,
    now: DateTime<Utc>,
    sheet: Uuid,
    profile: &Profile,
) -> Result<(), DbErr> {
    let sql = "UPDATE diagnosis SET completed_at = ?, version = version + 1 WHERE id = ?";
    db::exec(tx, sql, values![now, sheet]).await?;
    if profile.scores.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "INSERT INTO diagnosis_domain (diagnosis_id, domain, mean_hundredths, is_deficit, is_strength) VALUES {}",
        vec!["(?, ?, ?, ?, ?)"; profile.scores.len()].join(", ")
    );
    let values = profile.scores.iter().flat_map(|score| {
        values![
            sheet,
            i64::from(score.domain.number()),
            i64::from(score.hundredths()),
            i64::from(score.standing == Standing::Deficit),
            i64::from(score.standing == Standing::Strength)
        ]
    });
    db::exec(tx, &sql, values.collect()).await.map(|_| ())
}

/// Marks a sheet as refused, or takes the refusal back by `None`.
pub(in crate::diagnosis) async fn set_refused(
    tx: &Tx,
    sheet: Uuid,
    refused_at: Option<DateTime<Utc>>,
) -> Result<(), DbErr> {
    let sql = "UPDATE diagnosis SET refused_at = ?, version = version + 1 WHERE id = ?";
    db::exec(tx, sql, values![refused_at, sheet]).await.map(|_| ())
}

/// A whole sheet at once.
pub(in crate::diagnosis) struct Filled<'a> {
    pub(in crate::diagnosis) sheet: NewSheet,
    pub(in crate::diagnosis) at: DateTime<Utc>,
    pub(in crate::diagnosis) answers: &'a [Answer],
    pub(in crate::diagnosis) profile: Profile,
}

/// Writes a sheet that was filled and completed in one go.
pub(in crate::diagnosis) async fn add_completed(tx: &Tx, filled: &Filled<'_>) -> anyhow::Result<Uuid> {
    let (id, _) = insert(tx, filled.at, &filled.sheet).await?;
    let sql = format!(
        "INSERT INTO diagnosis_answer (diagnosis_id, item, level, answered_at, is_important, marked_at) VALUES {}",
        vec!["(?, ?, ?, ?, ?, ?)"; filled.answers.len()].join(", ")
    );
    let values = filled.answers.iter().flat_map(|answer| {
        values![
            id,
            answer.item.clone(),
            answer.level.map(|level| i64::from(level.number())),
            filled.at,
            i64::from(answer.is_important),
            filled.at
        ]
    });
    db::exec(tx, &sql, values.collect()).await?;
    complete(tx, filled.at, id, &filled.profile).await?;
    Ok(id)
}
