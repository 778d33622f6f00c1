//! Calls for help.

use chrono::{DateTime, Utc};
use nastavnik_domain::petition::Receiver;
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
    /// Of a call to the curator: who answers it.
    pub(in crate::meetings) receiver: Option<String>,
    pub(in crate::meetings) words: String,
    pub(in crate::meetings) called_at: DateTime<Utc>,
    pub(in crate::meetings) answered_at: Option<DateTime<Utc>>,
}

const CALLS: &str = "SELECT c.id, c.mentorship_id, m.organization_id, c.author_id, c.addressee, c.receiver, c.words, c.called_at, \
                     c.answered_at FROM pair_call c JOIN mentorship m ON m.id = c.mentorship_id WHERE 1 = 1";

pub(in crate::meetings) async fn add_call(
    tx: &Tx,
    now: DateTime<Utc>,
    (pair, author): (Uuid, Uuid),
    call: &Call,
    receiver: Option<Receiver>,
) -> Result<Uuid, DbErr> {
    let id = ids::row_id();
    let sql = "INSERT INTO pair_call (id, mentorship_id, author_id, addressee, receiver, words, called_at) \
               VALUES (?, ?, ?, ?, ?, ?, ?)";
    let receiver = receiver.map(Receiver::code);
    let values = values![id, pair, author, call.addressee.code(), receiver, call.words.as_str(), now];
    db::exec(tx, sql, values).await?;
    Ok(id)
}

/// The organizations in which a person is called, by office.
#[derive(Clone, Debug, Default)]
pub(in crate::meetings) struct Desks {
    pub(in crate::meetings) curator: Vec<Uuid>,
    pub(in crate::meetings) director: Vec<Uuid>,
    pub(in crate::meetings) council: Vec<Uuid>,
    pub(in crate::meetings) psychologist: Vec<Uuid>,
}

/// What stands before «of these organizations» for a call that is answered by whoever receives petitions: nobody who takes
/// part in the pair reads it, in whatever office.
fn received(receiver: Receiver) -> String {
    format!(
        "c.receiver = '{}' AND m.mentor_id <> ? AND NOT EXISTS (SELECT 1 FROM mentorship_mentee x \
         WHERE x.mentorship_id = m.id AND x.person_id = ?)",
        receiver.code()
    )
}

/// Who may be addressed: the offices a person holds, and where; the mentor of one's own pairs.
fn addressed(person: Uuid, desks: &Desks) -> (String, Vec<Value>) {
    let mut parts = vec!["(c.addressee = 'mentor' AND m.mentor_id = ?)".to_owned()];
    let mut values: Vec<Value> = vec![person.into()];
    let mut add = |called: String, own: &[Uuid], places: &[Uuid]| {
        if !places.is_empty() {
            let marks = vec!["?"; places.len()].join(", ");
            parts.push(format!("({called} AND m.organization_id IN ({marks}))"));
            values.extend(own.iter().chain(places).map(|id| Value::from(*id)));
        }
    };
    add(received(Receiver::Curator), &[person, person], &desks.curator);
    add(received(Receiver::Director), &[person, person], &desks.director);
    add(received(Receiver::Council), &[person, person], &desks.council);
    add("c.addressee = 'psychologist'".to_owned(), &[], &desks.psychologist);
    values.push(person.into());
    (format!("AND ({}) AND c.author_id <> ?", parts.join(" OR ")), values)
}

/// Calls to this person, those that wait first.
pub(in crate::meetings) async fn visible_calls(
    connection: &impl ConnectionTrait,
    person: Uuid,
    desks: &Desks,
) -> Result<Vec<CallRow>, DbErr> {
    let (text, values) = addressed(person, desks);
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
    desks: &Desks,
) -> Result<u64, DbErr> {
    let (text, values) = addressed(person, desks);
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
