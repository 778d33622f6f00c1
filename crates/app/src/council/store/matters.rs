//! Questions for the council. Each is read through [`not_a_party`]: a dispute does not exist for whoever takes part in it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;
use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::policy::Reach;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::council::{Decision, MatterKind};
use crate::kernel::change::Change;
use crate::kernel::clock::local_day;
use crate::kernel::db::{self, Sql};
use crate::kernel::scope;
use crate::values;

/// The condition that hides disputes from those who take part in the pair; `matter` is the column with the matter's id.
/// Its two question marks are the reader.
pub(super) fn not_a_party(matter: &str) -> String {
    format!(
        "AND NOT EXISTS (SELECT 1 FROM council_matter g JOIN mentorship q ON q.id = g.mentorship_id \
         LEFT JOIN mentorship_mentee z ON z.mentorship_id = q.id WHERE g.id = {matter} AND g.kind = 'dispute' \
         AND (q.mentor_id = ? OR z.person_id = ?))"
    )
}

/// A question that waits.
#[derive(Clone, Debug)]
pub(in crate::council) struct Matter {
    pub(in crate::council) id: Uuid,
    pub(in crate::council) kind: MatterKind,
    pub(in crate::council) mentorship: Uuid,
    pub(in crate::council) words: String,
    pub(in crate::council) raised_on: NaiveDate,
    pub(in crate::council) due_on: Option<NaiveDate>,
    /// The open sitting whose agenda it stands on.
    pub(in crate::council) planned: Option<(Uuid, NaiveDate)>,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    kind: String,
    mentorship_id: Uuid,
    words: String,
    raised_at: DateTime<Utc>,
    time_zone: String,
    due_on: Option<NaiveDate>,
    sitting_id: Option<Uuid>,
    held_on: Option<NaiveDate>,
}

/// What waits in these organizations for a reader, the most urgent first.
pub(in crate::council) async fn waits(
    connection: &impl ConnectionTrait,
    organizations: &[Uuid],
    reader: Uuid,
) -> anyhow::Result<Vec<Matter>> {
    let rows: Vec<Row> = Sql::new(
        "SELECT x.id, x.kind, x.mentorship_id, x.words, x.raised_at, t.time_zone, x.due_on, y.sitting_id, y.held_on \
         FROM council_matter x JOIN organization o ON o.id = x.organization_id \
         JOIN territory t ON t.id = o.territory_id \
         LEFT JOIN (SELECT i.matter_id, i.sitting_id, s.held_on FROM council_item i \
         JOIN council_sitting s ON s.id = i.sitting_id WHERE s.closed_at IS NULL AND s.canceled_at IS NULL) y \
         ON y.matter_id = x.id WHERE x.decided_at IS NULL AND x.withdrawn_at IS NULL",
    )
    .and_in("AND x.organization_id", organizations.iter().copied())
    .and(&not_a_party("x.id"), values![reader, reader])
    .and("ORDER BY CASE WHEN x.due_on IS NULL THEN 1 ELSE 0 END, x.due_on, x.raised_at, x.id", [])
    .all(connection)
    .await?;
    rows.into_iter().map(matter).collect()
}

fn matter(row: Row) -> anyhow::Result<Matter> {
    let zone = row.time_zone.parse().unwrap_or(chrono_tz::Asia::Yekaterinburg);
    Ok(Matter {
        id: row.id,
        kind: MatterKind::from_code(&row.kind).context("неизвестный вид вопроса совету")?,
        mentorship: row.mentorship_id,
        words: row.words,
        raised_on: local_day(row.raised_at, zone),
        due_on: row.due_on,
        planned: row.sitting_id.zip(row.held_on),
    })
}

/// A question about a pair, as whoever has sent it may look at it once more.
#[derive(Clone, Debug)]
pub(in crate::council) struct Sent {
    pub(in crate::council) id: Uuid,
    pub(in crate::council) organization: Uuid,
    pub(in crate::council) mentorship: Uuid,
    pub(in crate::council) subject: Uuid,
    pub(in crate::council) words: String,
    /// Decided or taken back.
    pub(in crate::council) is_closed: bool,
    /// A vote on it stands in the open sitting.
    pub(in crate::council) is_voted: bool,
    /// The open sitting whose agenda it stands on.
    pub(in crate::council) planned: Option<(Uuid, NaiveDate)>,
}

#[derive(FromQueryResult)]
struct SentRow {
    organization_id: Uuid,
    mentorship_id: Uuid,
    subject_id: Uuid,
    words: String,
    is_closed: i64,
    is_voted: i64,
    sitting_id: Option<Uuid>,
    held_on: Option<NaiveDate>,
}

/// A question about a pair of an organization within reach.
pub(in crate::council) async fn visible_sent(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    id: Uuid,
) -> Result<Option<Sent>, DbErr> {
    let sql = Sql::new(
        "SELECT x.organization_id, x.mentorship_id, x.subject_id, x.words, \
         CASE WHEN x.decided_at IS NULL AND x.withdrawn_at IS NULL THEN CAST(0 AS BIGINT) ELSE CAST(1 AS BIGINT) END AS is_closed, \
         CASE WHEN y.decision IS NULL THEN CAST(0 AS BIGINT) ELSE CAST(1 AS BIGINT) END AS is_voted, y.sitting_id, y.held_on \
         FROM council_matter x JOIN organization o ON o.id = x.organization_id \
         LEFT JOIN (SELECT i.matter_id, i.sitting_id, i.decision, s.held_on FROM council_item i \
         JOIN council_sitting s ON s.id = i.sitting_id WHERE s.closed_at IS NULL AND s.canceled_at IS NULL) y \
         ON y.matter_id = x.id WHERE x.kind = 'pair'",
    )
    .and("AND x.id = ?", values![id]);
    let row: Option<SentRow> = scope::within(sql, reach, "o").one(connection).await?;
    Ok(row.map(|row| Sent {
        id,
        organization: row.organization_id,
        mentorship: row.mentorship_id,
        subject: row.subject_id,
        words: row.words,
        is_closed: row.is_closed == 1,
        is_voted: row.is_voted == 1,
        planned: row.sitting_id.zip(row.held_on),
    }))
}

/// How many questions wait for the councils of these organizations, as this reader sees them.
pub async fn waiting(
    connection: &impl ConnectionTrait,
    organizations: &[Uuid],
    reader: Uuid,
) -> Result<u64, DbErr> {
    Sql::new(
        "SELECT COUNT(*) AS n FROM council_matter x WHERE x.decided_at IS NULL AND x.withdrawn_at IS NULL",
    )
    .and_in("AND x.organization_id", organizations.iter().copied())
    .and(&not_a_party("x.id"), values![reader, reader])
    .count(connection)
    .await
}

/// A question the council has decided.
#[derive(Clone, Debug)]
pub(in crate::council) struct Decided {
    pub(in crate::council) kind: MatterKind,
    pub(in crate::council) mentorship: Uuid,
    pub(in crate::council) decision: Decision,
    pub(in crate::council) words: String,
    pub(in crate::council) on: NaiveDate,
}

#[derive(FromQueryResult)]
struct DecidedRow {
    kind: String,
    mentorship_id: Uuid,
    decision: String,
    decision_words: String,
    decided_on: NaiveDate,
}

fn decided_since(select: &str, organizations: &[Uuid], reader: Uuid, since: NaiveDate) -> Sql {
    Sql::new(&format!("{select} FROM council_matter x WHERE x.decision IS NOT NULL"))
        .and("AND x.decided_on >= ?", values![since])
        .and_in("AND x.organization_id", organizations.iter().copied())
        .and(&not_a_party("x.id"), values![reader, reader])
}

/// What the councils of these organizations have decided since the day, as this reader sees it, the newest first.
pub(in crate::council) async fn decided(
    connection: &impl ConnectionTrait,
    organizations: &[Uuid],
    reader: Uuid,
    since: NaiveDate,
) -> anyhow::Result<Vec<Decided>> {
    let select = "SELECT x.kind, x.mentorship_id, x.decision, x.decision_words, x.decided_on";
    let rows: Vec<DecidedRow> = decided_since(select, organizations, reader, since)
        .and("ORDER BY x.decided_on DESC, x.decided_at DESC, x.id", [])
        .all(connection)
        .await?;
    let decided = |row: DecidedRow| {
        Ok(Decided {
            kind: MatterKind::from_code(&row.kind).context("неизвестный вид вопроса совету")?,
            mentorship: row.mentorship_id,
            decision: Decision::from_code(&row.decision).context("неизвестное решение совета")?,
            words: row.decision_words,
            on: row.decided_on,
        })
    };
    rows.into_iter().map(decided).collect()
}

/// How many decisions that list has.
pub async fn fresh_decisions(
    connection: &impl ConnectionTrait,
    organizations: &[Uuid],
    reader: Uuid,
    since: NaiveDate,
) -> Result<u64, DbErr> {
    decided_since("SELECT COUNT(*) AS n", organizations, reader, since).count(connection).await
}

#[derive(FromQueryResult)]
struct PartyRow {
    matter_id: Uuid,
    person_id: Uuid,
}

/// Who takes part in the pair of each of these questions.
pub(in crate::council) async fn parties(
    connection: &impl ConnectionTrait,
    matters: &[Uuid],
) -> Result<BTreeMap<Uuid, BTreeSet<PersonId>>, DbErr> {
    let rows: Vec<PartyRow> = Sql::new(
        "SELECT x.id AS matter_id, y.person_id FROM council_matter x JOIN (SELECT m.id AS mentorship_id, \
         m.mentor_id AS person_id FROM mentorship m UNION ALL SELECT mentorship_id, person_id FROM mentorship_mentee) y \
         ON y.mentorship_id = x.mentorship_id WHERE 1 = 1",
    )
    .and_in("AND x.id", matters.iter().copied())
    .all(connection)
    .await?;
    let mut parties: BTreeMap<Uuid, BTreeSet<PersonId>> = BTreeMap::new();
    for row in rows {
        parties.entry(row.matter_id).or_default().insert(PersonId(row.person_id));
    }
    Ok(parties)
}

/// Writes the decision of a question that still waits; `false` if it does not.
pub(in crate::council) async fn set_decided(
    change: &Change,
    id: Uuid,
    decision: Decision,
    words: &str,
    on: NaiveDate,
) -> Result<bool, DbErr> {
    let touched = db::exec(
        change.tx(),
        "UPDATE council_matter SET decision = ?, decision_words = ?, decided_on = ?, decided_at = ?, \
         version = version + 1 WHERE id = ? AND decided_at IS NULL AND withdrawn_at IS NULL",
        values![decision.code(), words, on, change.now(), id],
    )
    .await?;
    Ok(touched > 0)
}
