//! Rows of evaluations.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use nastavnik_domain::evaluation::{Decision, Facts, WavePlan};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::evaluations::record::{Concluded, Paper, Row};
use crate::kernel::change::Change;
use crate::kernel::db::{self, Sql};
use crate::kernel::ids;
use crate::values;

#[derive(FromQueryResult)]
struct EvaluationRow {
    id: Uuid,
    mentorship_id: Uuid,
    code: String,
    decision: Option<String>,
    reason: String,
    points: Option<i64>,
    most: Option<i64>,
    concluded_on: Option<NaiveDate>,
    concluded_by: Option<Uuid>,
    facts: Option<String>,
    council_subject: Option<Uuid>,
    returned: String,
    confirmed_on: Option<NaiveDate>,
    confirmed_by: Option<Uuid>,
    label: Option<String>,
    pdf_id: Option<Uuid>,
    docx_id: Option<Uuid>,
    version: i64,
}

/// Evaluations of these pairs that have begun, by one query.
pub(in crate::evaluations) async fn of_pairs(
    connection: &impl ConnectionTrait,
    pairs: &[Uuid],
) -> anyhow::Result<BTreeMap<Uuid, Vec<Row>>> {
    let rows: Vec<EvaluationRow> = Sql::new(
        "SELECT id, mentorship_id, code, decision, reason, points, most, concluded_on, concluded_by, facts, \
         council_subject, returned, confirmed_on, confirmed_by, label, pdf_id, docx_id, version FROM evaluation \
         WHERE 1 = 1",
    )
    .and_in("AND mentorship_id", pairs.iter().copied())
    .and("ORDER BY begun_at, id", [])
    .all(connection)
    .await?;
    let mut found: BTreeMap<Uuid, Vec<Row>> = BTreeMap::new();
    for row in rows {
        found.entry(row.mentorship_id).or_default().push(read(row)?);
    }
    Ok(found)
}

/// One evaluation of a pair, if it has begun.
async fn row(connection: &impl ConnectionTrait, pair: Uuid, code: &str) -> anyhow::Result<Option<Row>> {
    let rows = of_pairs(connection, &[pair]).await?.remove(&pair).unwrap_or_default();
    Ok(rows.into_iter().find(|row| row.code == code))
}

fn read(row: EvaluationRow) -> anyhow::Result<Row> {
    let facts = row.facts.as_deref().map(serde_json::from_str::<Facts>).transpose()?;
    let decision = row.decision.as_deref().and_then(Decision::from_code);
    let concluded = decision.zip(row.concluded_on.zip(row.concluded_by)).zip(facts).map(
        |((decision, (on, by)), facts)| Concluded {
            decision,
            reason: row.reason,
            points: row.points.unwrap_or(0),
            most: row.most.unwrap_or(0),
            on,
            by,
            facts,
        },
    );
    let paper = row.label.zip(row.pdf_id.zip(row.docx_id));
    Ok(Row {
        id: row.id,
        code: row.code,
        concluded,
        council: row.council_subject,
        returned: row.returned,
        confirmed_on: row.confirmed_on,
        confirmed_by: row.confirmed_by,
        paper: paper.map(|(label, (pdf, docx))| Paper { label, pdf, docx }),
        version: row.version,
    })
}

/// The evaluation's id; the row comes to be with the first word. The pair is locked by the caller.
pub(in crate::evaluations) async fn ensure(
    change: &Change,
    (pair, organization): (Uuid, Uuid),
    plan: &WavePlan,
) -> anyhow::Result<Uuid> {
    if let Some(known) = row(change.tx(), pair, &plan.code()).await? {
        return Ok(known.id);
    }
    let id = ids::row_id();
    db::exec(
        change.tx(),
        "INSERT INTO evaluation (id, mentorship_id, organization_id, wave, code, begun_at) VALUES (?, ?, ?, ?, ?, ?)",
        values![id, pair, organization, plan.wave.code(), plan.code(), change.now()],
    )
    .await?;
    Ok(id)
}

/// What the curator concludes.
pub(in crate::evaluations) struct NewConclusion<'a> {
    pub(in crate::evaluations) id: Uuid,
    pub(in crate::evaluations) decision: Decision,
    pub(in crate::evaluations) reason: &'a str,
    pub(in crate::evaluations) points: i64,
    pub(in crate::evaluations) most: i64,
    pub(in crate::evaluations) on: NaiveDate,
    pub(in crate::evaluations) by: Uuid,
    pub(in crate::evaluations) facts: &'a Facts,
}

pub(in crate::evaluations) async fn set_concluded(
    change: &Change,
    new: &NewConclusion<'_>,
) -> anyhow::Result<()> {
    db::exec(
        change.tx(),
        "UPDATE evaluation SET decision = ?, reason = ?, points = ?, most = ?, concluded_on = ?, concluded_by = ?, \
         facts = ?, returned = '', version = version + 1 WHERE id = ?",
        values![
            new.decision.code(),
            new.reason,
            new.points,
            new.most,
            new.on,
            new.by,
            serde_json::to_string(new.facts)?,
            new.id
        ],
    )
    .await?;
    Ok(())
}

/// The question before the council.
pub(in crate::evaluations) async fn set_asked(change: &Change, id: Uuid, subject: Uuid) -> Result<(), DbErr> {
    let sql = "UPDATE evaluation SET council_subject = ?, version = version + 1 WHERE id = ?";
    db::exec(change.tx(), sql, values![subject, id]).await.map(|_| ())
}

/// The director sends it back: the conclusion is taken away, the words stay until the next one.
pub(in crate::evaluations) async fn set_returned(
    change: &Change,
    id: Uuid,
    words: &str,
) -> Result<(), DbErr> {
    db::exec(
        change.tx(),
        "UPDATE evaluation SET decision = NULL, points = NULL, most = NULL, concluded_on = NULL, concluded_by = NULL, \
         facts = NULL, council_subject = NULL, returned = ?, version = version + 1 WHERE id = ?",
        values![words, id],
    )
    .await
    .map(|_| ())
}

/// Who confirmed it when, with the sheet.
pub(in crate::evaluations) struct Confirmed<'a> {
    pub(in crate::evaluations) id: Uuid,
    pub(in crate::evaluations) on: NaiveDate,
    pub(in crate::evaluations) by: Uuid,
    pub(in crate::evaluations) paper: &'a Paper,
}

pub(in crate::evaluations) async fn set_confirmed(change: &Change, new: &Confirmed<'_>) -> Result<(), DbErr> {
    db::exec(
        change.tx(),
        "UPDATE evaluation SET confirmed_on = ?, confirmed_by = ?, label = ?, pdf_id = ?, docx_id = ?, \
         version = version + 1 WHERE id = ?",
        values![new.on, new.by, new.paper.label.clone(), new.paper.pdf, new.paper.docx, new.id],
    )
    .await
    .map(|_| ())
}
