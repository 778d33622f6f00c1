//! Parts of participants, marks of growth, answers of the checklist.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use nastavnik_domain::evaluation::{Degree, Mark};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::evaluations::record::{Answers, Marks, Part, Said, Shown};
use crate::kernel::change::Change;
use crate::kernel::db::{self, Sql};
use crate::kernel::ids;
use crate::values;

#[derive(FromQueryResult)]
struct PartRow {
    person_id: Uuid,
    body: String,
    worked: String,
    failed: String,
    ahead: String,
    shows_curator: i64,
    signed_at: Option<DateTime<Utc>>,
    version: i64,
}

/// The parts of an evaluation with their words: whoever asks keeps to the ring.
pub(in crate::evaluations) async fn parts(
    connection: &impl ConnectionTrait,
    evaluation: Uuid,
) -> Result<Vec<Part>, DbErr> {
    let rows: Vec<PartRow> = db::all(
        connection,
        "SELECT person_id, body, worked, failed, ahead, shows_curator, signed_at, version FROM evaluation_part \
         WHERE evaluation_id = ? ORDER BY person_id",
        values![evaluation],
    )
    .await?;
    let part = |row: PartRow| Part {
        person: row.person_id,
        said: Said {
            body: row.body,
            worked: row.worked,
            failed: row.failed,
            ahead: row.ahead,
            shown: if row.shows_curator == 1 { Shown::ToCurator } else { Shown::PairOnly },
        },
        signed_at: row.signed_at,
        version: row.version,
    };
    Ok(rows.into_iter().map(part).collect())
}

#[derive(FromQueryResult)]
struct SignedRow {
    evaluation_id: Uuid,
    person_id: Uuid,
}

/// Who has signed a part of these evaluations; no word is read.
pub(in crate::evaluations) async fn signed(
    connection: &impl ConnectionTrait,
    evaluations: &[Uuid],
) -> Result<BTreeMap<Uuid, Vec<Uuid>>, DbErr> {
    let rows: Vec<SignedRow> =
        Sql::new("SELECT evaluation_id, person_id FROM evaluation_part WHERE signed_at IS NOT NULL")
            .and_in("AND evaluation_id", evaluations.iter().copied())
            .all(connection)
            .await?;
    let mut found: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for row in rows {
        found.entry(row.evaluation_id).or_default().push(row.person_id);
    }
    Ok(found)
}

/// A part to be kept.
pub(in crate::evaluations) struct NewPart<'a> {
    pub(in crate::evaluations) evaluation: Uuid,
    pub(in crate::evaluations) person: Uuid,
    pub(in crate::evaluations) said: &'a Said,
    /// Nothing while it is a draft.
    pub(in crate::evaluations) signed_at: Option<DateTime<Utc>>,
    /// As the author read it; 0 for a new one.
    pub(in crate::evaluations) version: i64,
}

/// Keeps it; `false` if it was changed meanwhile.
pub(in crate::evaluations) async fn save_part(change: &Change, new: &NewPart<'_>) -> Result<bool, DbErr> {
    let said = new.said;
    let shown = i64::from(said.shown == Shown::ToCurator);
    let (tx, now) = (change.tx(), change.now());
    let touched = if new.version == 0 {
        db::exec(
            tx,
            "INSERT INTO evaluation_part (id, evaluation_id, person_id, body, worked, failed, ahead, shows_curator, \
             written_at, signed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            values![
                ids::row_id(),
                new.evaluation,
                new.person,
                said.body.clone(),
                said.worked.clone(),
                said.failed.clone(),
                said.ahead.clone(),
                shown,
                now,
                new.signed_at
            ],
        )
        .await?
    } else {
        db::exec(
            tx,
            "UPDATE evaluation_part SET body = ?, worked = ?, failed = ?, ahead = ?, shows_curator = ?, written_at = ?, \
             signed_at = ?, version = version + 1 WHERE evaluation_id = ? AND person_id = ? AND version = ?",
            values![
                said.body.clone(),
                said.worked.clone(),
                said.failed.clone(),
                said.ahead.clone(),
                shown,
                now,
                new.signed_at,
                new.evaluation,
                new.person,
                new.version
            ],
        )
        .await?
    };
    Ok(touched == 1)
}

#[derive(FromQueryResult)]
struct MarkRow {
    person_id: Uuid,
    moment: String,
    growth_row: String,
    degree: i64,
}

/// All marks of growth of a pair.
pub(in crate::evaluations) async fn marks(
    connection: &impl ConnectionTrait,
    pair: Uuid,
) -> Result<Marks, DbErr> {
    let rows: Vec<MarkRow> = db::all(
        connection,
        "SELECT person_id, moment, growth_row, degree FROM growth_mark WHERE mentorship_id = ?",
        values![pair],
    )
    .await?;
    let mark =
        |row: MarkRow| Some(((row.person_id, row.moment, row.growth_row), Degree::from_number(row.degree)?));
    Ok(rows.into_iter().filter_map(mark).collect())
}

/// Replaces the marks of somebody at a moment.
pub(in crate::evaluations) async fn set_marks(
    change: &Change,
    (pair, person, moment): (Uuid, Uuid, &str),
    marks: &[(String, Degree)],
) -> Result<(), DbErr> {
    let (tx, now) = (change.tx(), change.now());
    let old = "DELETE FROM growth_mark WHERE mentorship_id = ? AND person_id = ? AND moment = ?";
    db::exec(tx, old, values![pair, person, moment]).await?;
    for (row, degree) in marks {
        db::exec(
            tx,
            "INSERT INTO growth_mark (mentorship_id, person_id, moment, growth_row, degree, marked_at) \
             VALUES (?, ?, ?, ?, ?, ?)",
            values![pair, person, moment, row.clone(), degree.number(), now],
        )
        .await?;
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct AnswerRow {
    item: String,
    mark: i64,
}

/// The checklist of an evaluation.
pub(in crate::evaluations) async fn answers(
    connection: &impl ConnectionTrait,
    evaluation: Uuid,
) -> Result<Answers, DbErr> {
    let sql = "SELECT item, mark FROM evaluation_answer WHERE evaluation_id = ?";
    let rows: Vec<AnswerRow> = db::all(connection, sql, values![evaluation]).await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.item, Mark::from_number(row.mark)?))).collect())
}

/// Replaces the checklist.
pub(in crate::evaluations) async fn set_answers(
    change: &Change,
    evaluation: Uuid,
    answers: &Answers,
) -> Result<(), DbErr> {
    let old = "DELETE FROM evaluation_answer WHERE evaluation_id = ?";
    db::exec(change.tx(), old, values![evaluation]).await?;
    for (item, mark) in answers {
        let sql = "INSERT INTO evaluation_answer (evaluation_id, item, mark) VALUES (?, ?, ?)";
        db::exec(change.tx(), sql, values![evaluation, item.clone(), mark.number()]).await?;
    }
    Ok(())
}
