//! Reading messages.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db::{self, Sql};
use crate::talk::record::Message;
use crate::values;

/// Which part of a talk is read.
#[derive(Clone, Debug, Default)]
pub(in crate::talk) struct Window {
    /// The first day that is hidden from the reader.
    pub(in crate::talk) hidden_from: Option<NaiveDate>,
    /// Only messages before this number.
    pub(in crate::talk) before: Option<i64>,
    /// A key made by `search_key`; empty for all.
    pub(in crate::talk) sought: String,
}

const MESSAGES: &str = "SELECT t.id, t.number, t.author_id, t.words, t.file_id, f.name AS file_name, \
                        f.size_bytes AS file_size, t.written_at, t.written_on, t.corrected_at, t.withdrawn_at, \
                        t.version FROM talk_message t LEFT JOIN file f ON f.id = t.file_id WHERE 1 = 1";

/// The latest messages of the window, the newest first.
pub(in crate::talk) async fn messages(
    connection: &impl ConnectionTrait,
    pair: Uuid,
    window: &Window,
    limit: i64,
) -> Result<Vec<Message>, DbErr> {
    within(Sql::new(MESSAGES), pair, window)
        .and_some(window.before, "AND t.number < ?")
        .and("ORDER BY t.number DESC LIMIT ?", [limit.into()])
        .all(connection)
        .await
}

/// How many messages the search of the window finds, on all pages.
pub(in crate::talk) async fn found(
    connection: &impl ConnectionTrait,
    pair: Uuid,
    window: &Window,
) -> Result<u64, DbErr> {
    if window.sought.is_empty() {
        return Ok(0);
    }
    within(Sql::new("SELECT COUNT(*) AS n FROM talk_message t WHERE 1 = 1"), pair, window)
        .count(connection)
        .await
}

fn within(sql: Sql, pair: Uuid, window: &Window) -> Sql {
    let pattern = Some(window.sought.as_str()).filter(|sought| !sought.is_empty()).map(db::contains_pattern);
    sql.and("AND t.mentorship_id = ?", [pair.into()])
        .and_some(window.hidden_from, "AND t.written_on < ?")
        .and_some(pattern, "AND t.words_key LIKE ? ESCAPE '\\'")
}

/// One message of the talk.
pub(in crate::talk) async fn message(
    connection: &impl ConnectionTrait,
    pair: Uuid,
    id: Uuid,
) -> Result<Option<Message>, DbErr> {
    Sql::new(MESSAGES).and("AND t.mentorship_id = ? AND t.id = ?", values![pair, id]).one(connection).await
}

/// Grows with every message, correction and withdrawal that the reader may see.
pub(in crate::talk) async fn version(
    connection: &impl ConnectionTrait,
    pair: Uuid,
    hidden_from: Option<NaiveDate>,
) -> Result<u64, DbErr> {
    Sql::new("SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) AS n FROM talk_message WHERE 1 = 1")
        .and("AND mentorship_id = ?", [pair.into()])
        .and_some(hidden_from, "AND written_on < ?")
        .count(connection)
        .await
}

/// The number of the last message, as far as it is read; 0 if there is none.
pub(in crate::talk) async fn newest(
    connection: &impl ConnectionTrait,
    pair: Uuid,
    hidden_from: Option<NaiveDate>,
) -> Result<i64, DbErr> {
    let sql = Sql::new("SELECT COALESCE(MAX(number), 0) AS n FROM talk_message WHERE 1 = 1")
        .and("AND mentorship_id = ?", [pair.into()])
        .and_some(hidden_from, "AND written_on < ?");
    Ok(i64::try_from(sql.count(connection).await?).unwrap_or(i64::MAX))
}

/// When somebody has written to the talk since the moment.
pub(in crate::talk) async fn written_since(
    connection: &impl ConnectionTrait,
    (pair, author): (Uuid, Uuid),
    since: DateTime<Utc>,
) -> Result<Vec<DateTime<Utc>>, DbErr> {
    #[derive(FromQueryResult)]
    struct Row {
        written_at: DateTime<Utc>,
    }
    let sql =
        "SELECT written_at FROM talk_message WHERE mentorship_id = ? AND author_id = ? AND written_at > ?";
    let rows: Vec<Row> = db::all(connection, sql, values![pair, author, since]).await?;
    Ok(rows.into_iter().map(|row| row.written_at).collect())
}

/// The day of the last message of each of one's own talks, as far as it is read.
pub(in crate::talk) async fn last_written(
    connection: &impl ConnectionTrait,
    person: Uuid,
    pairs: &[Uuid],
) -> Result<BTreeMap<Uuid, NaiveDate>, DbErr> {
    #[derive(FromQueryResult)]
    struct Row {
        mentorship_id: Uuid,
        last_on: NaiveDate,
    }
    let rows: Vec<Row> = Sql::new(
        "SELECT t.mentorship_id, MAX(t.written_on) AS last_on FROM talk_message t \
         LEFT JOIN mentorship_mentee x ON x.mentorship_id = t.mentorship_id",
    )
    .and("AND x.person_id = ? WHERE (x.left_on IS NULL OR t.written_on < x.left_on)", [person.into()])
    .and_in("AND t.mentorship_id", pairs.iter().copied())
    .and("GROUP BY t.mentorship_id", [])
    .all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (row.mentorship_id, row.last_on)).collect())
}
