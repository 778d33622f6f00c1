//! Runs and the pairs formed from them.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::policy::Reach;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use super::Scope;
use crate::kernel::change::Change;
use crate::kernel::db::{self, Sql, Tx};
use crate::kernel::{ids, scope};
use crate::values;

/// A run without its content.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::matching) struct RunRow {
    pub(in crate::matching) id: Uuid,
    pub(in crate::matching) organization_id: Option<Uuid>,
    pub(in crate::matching) municipality_id: Option<Uuid>,
    pub(in crate::matching) region_id: Uuid,
    pub(in crate::matching) parent_id: Option<Uuid>,
    pub(in crate::matching) run_on: NaiveDate,
    pub(in crate::matching) state: String,
    pub(in crate::matching) mentees: i64,
    pub(in crate::matching) mentors: i64,
    pub(in crate::matching) matched: i64,
    pub(in crate::matching) created_at: DateTime<Utc>,
    pub(in crate::matching) place: Option<String>,
    pub(in crate::matching) time_zone: Option<String>,
    pub(in crate::matching) surname: Option<String>,
    pub(in crate::matching) given: Option<String>,
    pub(in crate::matching) patronymic: Option<String>,
}

/// `o` stands for whose people the run is about: what is wider than an organization has no id there, so only somebody who
/// reaches all of it reaches the run.
const COLUMNS: &str = "SELECT r.id, r.organization_id, r.municipality_id, r.region_id, r.parent_id, r.run_on, r.state, \
    r.mentees, r.mentors, r.matched, r.created_at, COALESCE(s.short_name, t.name) AS place, t.time_zone, p.surname, \
    p.given, p.patronymic";
const FROM: &str = "FROM matching_run r \
    JOIN (SELECT id AS run_id, organization_id AS id, municipality_id AS territory_id, region_id FROM matching_run) o \
    ON o.run_id = r.id \
    LEFT JOIN organization s ON s.id = r.organization_id \
    LEFT JOIN territory t ON t.id = COALESCE(r.municipality_id, r.region_id) \
    LEFT JOIN account a ON a.id = r.created_by LEFT JOIN person p ON p.id = a.person_id WHERE 1 = 1";

/// Runs within reach, the newest first.
pub(in crate::matching) async fn runs(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    (offset, limit): (u64, u64),
) -> Result<Vec<RunRow>, DbErr> {
    let sql = scope::within(Sql::new(&format!("{COLUMNS} {FROM}")), reach, "o");
    let window = values![i64::try_from(limit).unwrap_or(i64::MAX), i64::try_from(offset).unwrap_or(i64::MAX)];
    sql.and("ORDER BY r.created_at DESC, r.id DESC LIMIT ? OFFSET ?", window).all(connection).await
}

/// How many runs are within reach.
pub(in crate::matching) async fn runs_total(
    connection: &impl ConnectionTrait,
    reach: &Reach,
) -> Result<u64, DbErr> {
    scope::within(Sql::new(&format!("SELECT COUNT(*) AS n {FROM}")), reach, "o").count(connection).await
}

/// One run within reach.
pub(in crate::matching) async fn visible(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    id: Uuid,
) -> Result<Option<RunRow>, DbErr> {
    let sql = Sql::new(&format!("{COLUMNS} {FROM}")).and("AND r.id = ?", values![id]);
    scope::within(sql, reach, "o").one(connection).await
}

/// Runs about the same people as this one that are done, the newest first: what it may be compared with.
pub(in crate::matching) async fn nearby(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    run: &RunRow,
) -> Result<Vec<RunRow>, DbErr> {
    let sql =
        Sql::new(&format!("{COLUMNS} {FROM}")).and("AND r.state = 'done' AND r.id <> ?", values![run.id]);
    let sql = match (run.organization_id, run.municipality_id) {
        (Some(organization), _) => sql.and("AND r.organization_id = ?", values![organization]),
        (None, Some(municipality)) => {
            sql.and("AND r.organization_id IS NULL AND r.municipality_id = ?", values![municipality])
        }
        (None, None) => sql.and("AND r.municipality_id IS NULL AND r.region_id = ?", values![run.region_id]),
    };
    scope::within(sql, reach, "o")
        .and("ORDER BY r.created_at DESC, r.id DESC LIMIT 10", [])
        .all(connection)
        .await
}

/// A run to be written.
pub(in crate::matching) struct NewRun<'a> {
    pub(in crate::matching) scope: &'a Scope,
    pub(in crate::matching) parent: Option<Uuid>,
    pub(in crate::matching) run_on: NaiveDate,
    /// Mentees and mentors; nobody as long as they are not gathered.
    pub(in crate::matching) people: (usize, usize),
    /// Nothing while it is being computed.
    pub(in crate::matching) done: Option<Done<'a>>,
}

/// What came of a run, without its pairs.
#[derive(Clone, Copy)]
pub(in crate::matching) struct Done<'a> {
    pub(in crate::matching) matched: usize,
    pub(in crate::matching) numbers: &'a str,
}

pub(super) fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Writes a run.
pub(in crate::matching) async fn new_run(change: &Change, new: &NewRun<'_>) -> Result<Uuid, DbErr> {
    let id = ids::row_id();
    let (state, finished) = match new.done {
        Some(_) => ("done", Some(change.now())),
        None => ("computing", None),
    };
    db::exec(
        change.tx(),
        "INSERT INTO matching_run (id, organization_id, municipality_id, region_id, parent_id, run_on, state, numbers, mentees, \
         mentors, matched, created_by, created_at, finished_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values![
            id,
            new.scope.organization,
            new.scope.municipality,
            new.scope.region,
            new.parent,
            new.run_on,
            state,
            new.done.map(|done| done.numbers.to_owned()),
            number(new.people.0),
            number(new.people.1),
            new.done.map_or(0, |done| number(done.matched)),
            change.account(),
            change.now(),
            finished,
        ],
    )
    .await?;
    if new.done.is_none() {
        db::exec(change.tx(), "INSERT INTO matching_pace (run_id, done) VALUES (?, 0)", values![id]).await?;
    }
    Ok(id)
}

/// Tells what came of a run; `false` if it was canceled meanwhile.
pub(in crate::matching) async fn finish(
    tx: &Tx,
    id: Uuid,
    (mentees, mentors): (usize, usize),
    done: Done<'_>,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let finished = db::exec(
        tx,
        "UPDATE matching_run SET state = 'done', mentees = ?, mentors = ?, matched = ?, numbers = ?, finished_at = ? \
         WHERE id = ? AND state = 'computing'",
        values![number(mentees), number(mentors), number(done.matched), done.numbers, now, id],
    )
    .await?;
    nobody_waits(tx, id).await?;
    Ok(finished == 1)
}

/// Holds a run that is being computed; `false` if it no longer is.
pub(in crate::matching) async fn lock_computing(tx: &Tx, id: Uuid) -> Result<bool, DbErr> {
    if !db::lock_row(tx, "matching_run", id).await? {
        return Ok(false);
    }
    let sql = "SELECT COUNT(*) AS n FROM matching_run WHERE id = ? AND state = 'computing'";
    Ok(db::count(tx, sql, values![id]).await? == 1)
}

/// Cancels a run that is being computed.
pub(in crate::matching) async fn cancel(tx: &Tx, id: Uuid, now: DateTime<Utc>) -> Result<(), DbErr> {
    let sql =
        "UPDATE matching_run SET state = 'canceled', finished_at = ? WHERE id = ? AND state = 'computing'";
    db::exec(tx, sql, values![now, id]).await?;
    nobody_waits(tx, id).await
}

/// Whoever computes the run, in this process or in another, learns of it by its next word.
async fn nobody_waits(tx: &Tx, id: Uuid) -> Result<(), DbErr> {
    db::exec(tx, "DELETE FROM matching_pace WHERE run_id = ?", values![id]).await.map(|_| ())
}

/// Remembers that a pair was formed from a run.
pub(in crate::matching) async fn add_draft(
    tx: &Tx,
    run: Uuid,
    mentee: Uuid,
    mentorship: Uuid,
) -> Result<(), DbErr> {
    let sql = "INSERT INTO matching_draft (run_id, mentee_id, mentorship_id) VALUES (?, ?, ?)";
    db::exec(tx, sql, values![run, mentee, mentorship]).await.map(|_| ())
}

#[derive(FromQueryResult)]
struct DraftRow {
    mentee_id: Uuid,
    mentorship_id: Uuid,
}

/// Pairs formed from a run and not given up, by mentee.
pub(in crate::matching) async fn drafts(
    connection: &impl ConnectionTrait,
    run: Uuid,
) -> Result<BTreeMap<Uuid, Uuid>, DbErr> {
    let rows: Vec<DraftRow> = db::all(
        connection,
        "SELECT d.mentee_id, d.mentorship_id FROM matching_draft d JOIN mentorship m ON m.id = d.mentorship_id \
         WHERE d.run_id = ? AND m.withdrawn_at IS NULL",
        values![run],
    )
    .await?;
    Ok(rows.into_iter().map(|row| (row.mentee_id, row.mentorship_id)).collect())
}
