//! Calls for help.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Value};
use uuid::Uuid;

use crate::kernel::db::{self, Sql, Tx};
use crate::kernel::ids;
use crate::meetings::record::Call;
use crate::values;

/// A call as its addressee and its author see it.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::meetings) struct CallRow {
    pub(in crate::meetings) id: Uuid,
    pub(in crate::meetings) mentorship_id: Uuid,
    pub(in crate::meetings) organization_id: Uuid,
    pub(in crate::meetings) author_id: Uuid,
    pub(in crate::meetings) addressee: String,
    pub(in crate::meetings) words: String,
    pub(in crate::meetings) called_at: DateTime<Utc>,
    pub(in crate::meetings) answered_at: Option<DateTime<Utc>>,
}

const CALLS: &str = "SELECT c.id, c.mentorship_id, m.organization_id, c.author_id, c.addressee, c.words, c.called_at, \
                     c.answered_at FROM pair_call c JOIN mentorship m ON m.id = c.mentorship_id WHERE 1 = 1";

pub(in crate::meetings) async fn add_call(
    tx: &Tx,
    now: DateTime<Utc>,
    (pair, author): (Uuid, Uuid),
    call: &Call,
) -> Result<Uuid, DbErr> {
    let id = ids::row_id();
    let sql = "INSERT INTO pair_call (id, mentorship_id, author_id, addressee, words, called_at) \
               VALUES (?, ?, ?, ?, ?, ?)";
    let values = values![id, pair, author, call.addressee.code(), call.words.as_str(), now];
    db::exec(tx, sql, values).await?;
    Ok(id)
}

/// Who may be addressed: the roles a person holds, and where; the mentor of one's own pairs.
fn addressed(person: Uuid, curator: &[Uuid], psychologist: &[Uuid]) -> (String, Vec<Value>) {
    let mut parts = vec!["(c.addressee = 'mentor' AND m.mentor_id = ?)".to_owned()];
    let mut values: Vec<Value> = vec![person.into()];
    for (addressee, places) in [("curator", curator), ("psychologist", psychologist)] {
        if !places.is_empty() {
            let marks = vec!["?"; places.len()].join(", ");
            parts.push(format!("(c.addressee = '{addressee}' AND m.organization_id IN ({marks}))"));
            values.extend(places.iter().map(|id| Value::from(*id)));
        }
    }
    values.push(person.into());
    (format!("AND ({}) AND c.author_id <> ?", parts.join(" OR ")), values)
}

/// Calls to this person, those that wait first.
pub(in crate::meetings) async fn visible_calls(
    connection: &impl ConnectionTrait,
    person: Uuid,
    curator: &[Uuid],
    psychologist: &[Uuid],
) -> Result<Vec<CallRow>, DbErr> {
    let (text, values) = addressed(person, curator, psychologist);
    Sql::new(CALLS)
        .and(&text, values)
        .and(
            "ORDER BY CASE WHEN c.answered_at IS NULL THEN 0 ELSE 1 END, c.called_at DESC, c.id LIMIT 200",
            [],
        )
        .all(connection)
        .await
}

/// How many calls to this person wait.
pub(in crate::meetings) async fn open_calls(
    connection: &impl ConnectionTrait,
    person: Uuid,
    curator: &[Uuid],
    psychologist: &[Uuid],
) -> Result<u64, DbErr> {
    let (text, values) = addressed(person, curator, psychologist);
    Sql::new(
        "SELECT COUNT(*) AS n FROM pair_call c JOIN mentorship m ON m.id = c.mentorship_id \
         WHERE c.answered_at IS NULL",
    )
    .and(&text, values)
    .count(connection)
    .await
}

/// Calls of one pair, the latest first.
pub(in crate::meetings) async fn calls_of_pair(
    connection: &impl ConnectionTrait,
    pair: Uuid,
) -> Result<Vec<CallRow>, DbErr> {
    let sql = Sql::new(CALLS).and("AND c.mentorship_id = ?", [pair.into()]);
    sql.and("ORDER BY c.called_at DESC, c.id LIMIT 50", []).all(connection).await
}

/// Marks a call as answered. Tells whether it still waited.
pub(in crate::meetings) async fn answer_call(
    tx: &Tx,
    now: DateTime<Utc>,
    id: Uuid,
    by: Uuid,
) -> Result<bool, DbErr> {
    let sql = "UPDATE pair_call SET answered_at = ?, answered_by = ? WHERE id = ? AND answered_at IS NULL";
    Ok(db::exec(tx, sql, values![now, by, id]).await? == 1)
}
