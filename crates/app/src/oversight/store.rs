//! Rows of the journal and of the queue.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use nastavnik_domain::policy::Reach;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db::{self, Sql, Tx, contains_pattern};
use crate::kernel::listing::Listing;
use crate::kernel::scope::within;
use crate::values;

/// What to show of the journal.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    pub(super) organization: Option<Uuid>,
    pub(super) kind: Option<String>,
    /// A search key of the name of who did it; empty means anybody.
    pub(super) person: String,
    pub(super) from: Option<DateTime<Utc>>,
    /// Who reads: nothing is shown of what others have filed or said about one's own pairs.
    pub(super) reader: Uuid,
    /// Before this moment.
    pub(super) to: Option<DateTime<Utc>>,
}

#[derive(FromQueryResult)]
pub(super) struct JournalRow {
    pub(super) at: DateTime<Utc>,
    pub(super) kind: String,
    pub(super) subject_kind: String,
    pub(super) subject_id: Option<Uuid>,
    pub(super) payload: String,
    pub(super) organization_id: Option<Uuid>,
    pub(super) login: Option<String>,
    /// Who acted.
    pub(super) person_id: Option<Uuid>,
    pub(super) surname: Option<String>,
    pub(super) given: Option<String>,
    pub(super) patronymic: Option<String>,
    pub(super) organization: Option<String>,
    pub(super) subject_surname: Option<String>,
    pub(super) subject_given: Option<String>,
    pub(super) subject_patronymic: Option<String>,
    pub(super) subject_organization: Option<String>,
    pub(super) subject_document: Option<String>,
}

#[derive(FromQueryResult)]
pub(super) struct OrganizationRow {
    pub(super) id: Uuid,
    pub(super) short_name: String,
}

#[derive(FromQueryResult)]
pub(super) struct JobRow {
    pub(super) id: Uuid,
    pub(super) kind: String,
    pub(super) subject_id: Option<Uuid>,
    pub(super) state: String,
    pub(super) attempts: i64,
    pub(super) message: Option<String>,
    pub(super) run_at: DateTime<Utc>,
    pub(super) created_at: DateTime<Utc>,
    pub(super) finished_at: Option<DateTime<Utc>>,
}

/// Tables both the list and its count need.
const JOURNAL: &str = "FROM journal j LEFT JOIN account a ON a.id = j.account_id \
    LEFT JOIN person p ON p.id = a.person_id LEFT JOIN organization o ON o.id = j.organization_id";

/// Petitions of others about the reader's own pairs stay unseen here as everywhere (решение 0014).
const APART: &str = "AND NOT (j.subject_kind = 'petition' AND EXISTS (SELECT 1 FROM petition q \
    JOIN mentorship m ON m.id = q.mentorship_id WHERE q.id = j.subject_id AND q.applicant_id <> ? \
    AND (m.mentor_id = ? OR EXISTS (SELECT 1 FROM mentorship_mentee x WHERE x.mentorship_id = m.id \
    AND x.person_id = ?))))";

/// That the psychologist has said something of the reader and a mentee, or that somebody objects to the two, is not for the
/// reader either (решение 0013). The subject of such an entry is the mentee.
const SAID: &str = "AND NOT (j.kind IN ('pair_opinion_given', 'pair_objection_raised', 'pair_objection_lifted') \
    AND (j.subject_id = ? OR EXISTS (SELECT 1 FROM (SELECT mentor_id, mentee_id FROM pair_opinion UNION ALL \
    SELECT mentor_id, mentee_id FROM pair_objection) v WHERE v.mentee_id = j.subject_id AND v.mentor_id = ?)))";

/// The newest entries within reach.
pub(super) async fn journal(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    filter: &Filter,
    list: &Listing,
) -> Result<Vec<JournalRow>, DbErr> {
    let select = format!(
        "SELECT j.at, j.kind, j.subject_kind, j.subject_id, j.payload, j.organization_id, a.login, a.person_id, p.surname, \
         p.given, p.patronymic, o.short_name AS organization, s.surname AS subject_surname, \
         s.given AS subject_given, s.patronymic AS subject_patronymic, \
         so.short_name AS subject_organization, d.label AS subject_document {JOURNAL} \
         LEFT JOIN account sa ON sa.id = j.subject_id \
         LEFT JOIN person s ON s.id = COALESCE(sa.person_id, j.subject_id) \
         LEFT JOIN organization so ON so.id = j.subject_id \
         LEFT JOIN document d ON d.id = j.subject_id WHERE 1 = 1"
    );
    let sql = filtered(Sql::new(&select), reach, filter);
    let page = values![
        i64::try_from(list.per_page()).unwrap_or(i64::MAX),
        i64::try_from(list.offset()).unwrap_or(i64::MAX)
    ];
    sql.and("ORDER BY j.at DESC, j.id DESC LIMIT ? OFFSET ?", page).all(connection).await
}

/// How many entries there are.
pub(super) async fn count(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    filter: &Filter,
) -> Result<u64, DbErr> {
    let select = format!("SELECT COUNT(*) AS n {JOURNAL} WHERE 1 = 1");
    filtered(Sql::new(&select), reach, filter).count(connection).await
}

fn filtered(sql: Sql, reach: &Reach, filter: &Filter) -> Sql {
    // Entries without an organization (signing in, the queue) are for those whose reach is everywhere.
    let sql = within(sql, reach, "o");
    let sql = if filter.person.is_empty() {
        sql
    } else {
        sql.and("AND p.search_key LIKE ? ESCAPE '\\'", values![contains_pattern(&filter.person)])
    };
    let sql = sql
        .and(APART, values![filter.reader, filter.reader, filter.reader])
        .and(SAID, values![filter.reader, filter.reader]);
    sql.and_some(filter.organization, "AND j.organization_id = ?")
        .and_some(filter.kind.clone(), "AND j.kind = ?")
        .and_some(filter.from, "AND j.at >= ?")
        .and_some(filter.to, "AND j.at < ?")
}

/// Organizations within reach, for the filter.
pub(super) async fn organizations(
    connection: &impl ConnectionTrait,
    reach: &Reach,
) -> Result<Vec<OrganizationRow>, DbErr> {
    within(Sql::new("SELECT o.id, o.short_name FROM organization o WHERE 1 = 1"), reach, "o")
        .and("ORDER BY o.name_key, o.id", [])
        .all(connection)
        .await
}

/// The time zone of a territory; that of Yugra if it is not known.
pub(super) async fn zone(connection: &impl ConnectionTrait, territory: Option<Uuid>) -> Result<Tz, DbErr> {
    #[derive(FromQueryResult)]
    struct Zone {
        time_zone: String,
    }
    let sql = "SELECT time_zone FROM territory WHERE id = ?";
    let row: Option<Zone> = match territory {
        Some(id) => db::one(connection, sql, values![id]).await?,
        None => None,
    };
    Ok(row.and_then(|row| row.time_zone.parse().ok()).unwrap_or(chrono_tz::Asia::Yekaterinburg))
}

const JOB: &str =
    "SELECT id, kind, subject_id, state, attempts, message, run_at, created_at, finished_at FROM job";

/// Jobs of a state or all: stopped ones first, then what is under way, the newest first.
pub(super) async fn jobs(
    connection: &impl ConnectionTrait,
    state: &str,
    list: &Listing,
) -> Result<Vec<JobRow>, DbErr> {
    let page = values![
        i64::try_from(list.per_page()).unwrap_or(i64::MAX),
        i64::try_from(list.offset()).unwrap_or(i64::MAX)
    ];
    let order = "ORDER BY CASE state WHEN 'failed' THEN 0 WHEN 'running' THEN 1 WHEN 'waiting' THEN 2 ELSE 3 END, \
                 created_at DESC, id LIMIT ? OFFSET ?";
    of_state(Sql::new(&format!("{JOB} WHERE 1 = 1")), state).and(order, page).all(connection).await
}

/// How many jobs of a state, or of all, there are.
pub(super) async fn count_jobs(connection: &impl ConnectionTrait, state: &str) -> Result<u64, DbErr> {
    of_state(Sql::new("SELECT COUNT(*) AS n FROM job WHERE 1 = 1"), state).count(connection).await
}

fn of_state(sql: Sql, state: &str) -> Sql {
    sql.and_some((!state.is_empty()).then_some(state), "AND state = ?")
}

/// A job held against other writers.
pub(super) async fn lock_job(tx: &Tx, id: Uuid) -> Result<Option<JobRow>, DbErr> {
    db::lock_row(tx, "job", id).await?;
    db::one(tx, &format!("{JOB} WHERE id = ?"), values![id]).await
}

/// Whether the same work already waits or runs under another number.
pub(super) async fn has_twin(tx: &Tx, job: &JobRow) -> Result<bool, DbErr> {
    let sql = "SELECT COUNT(*) AS n FROM job WHERE kind = ? AND subject_id = ? AND id <> ? \
               AND state IN ('waiting', 'running')";
    Ok(db::count(tx, sql, values![job.kind.clone(), job.subject_id, job.id]).await? > 0)
}

/// Puts a job in the queue again with all its attempts.
pub(super) async fn put_back(tx: &Tx, id: Uuid, now: DateTime<Utc>) -> Result<(), DbErr> {
    let sql = "UPDATE job SET state = 'waiting', attempts = 0, run_at = ?, message = NULL, \
               locked_until = NULL, finished_at = NULL WHERE id = ?";
    db::exec(tx, sql, values![now, id]).await.map(|_| ())
}
