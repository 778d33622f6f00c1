//! Writing messages. Each change holds the row of its mentorship, so that numbers go on without gaps.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::DbErr;
use uuid::Uuid;

use crate::kernel::db::{self, Tx};
use crate::kernel::ids;
use crate::talk::record::Message;
use crate::values;

/// A message to be added.
pub(in crate::talk) struct NewMessage<'a> {
    pub(in crate::talk) pair: Uuid,
    pub(in crate::talk) number: i64,
    pub(in crate::talk) author: Uuid,
    pub(in crate::talk) words: &'a str,
    /// By which it is found.
    pub(in crate::talk) key: String,
    pub(in crate::talk) file: Option<Uuid>,
    /// The local day.
    pub(in crate::talk) day: NaiveDate,
}

pub(in crate::talk) async fn add(tx: &Tx, now: DateTime<Utc>, new: NewMessage<'_>) -> Result<Uuid, DbErr> {
    let id = ids::row_id();
    let sql = "INSERT INTO talk_message (id, mentorship_id, number, author_id, words, words_key, file_id, written_at, \
               written_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    let values = values![id, new.pair, new.number, new.author, new.words, new.key, new.file, now, new.day];
    db::exec(tx, sql, values).await?;
    Ok(id)
}

/// Says it anew. Tells whether the message was still as its author had seen it.
pub(in crate::talk) async fn correct(
    tx: &Tx,
    now: DateTime<Utc>,
    (id, version): (Uuid, i64),
    (words, key): (&str, &str),
) -> Result<bool, DbErr> {
    let sql = "UPDATE talk_message SET words = ?, words_key = ?, corrected_at = ?, version = version + 1 \
               WHERE id = ? AND version = ? AND withdrawn_at IS NULL";
    Ok(db::exec(tx, sql, values![words, key, now, id, version]).await? == 1)
}

/// Empties a message: its words and its file are gone, that there was one stays.
pub(in crate::talk) async fn withdraw(tx: &Tx, now: DateTime<Utc>, message: &Message) -> Result<(), DbErr> {
    let sql = "UPDATE talk_message SET words = '', words_key = '', file_id = NULL, withdrawn_at = ?, \
               version = version + 1 WHERE id = ?";
    db::exec(tx, sql, values![now, message.id]).await?;
    if let Some(file) = message.file_id {
        db::exec(tx, "DELETE FROM file WHERE id = ?", values![file]).await?;
    }
    Ok(())
}

/// Keeps how far somebody has read; never back.
pub(in crate::talk) async fn see(tx: &Tx, pair: Uuid, person: Uuid, number: i64) -> Result<(), DbErr> {
    let sql = "INSERT INTO talk_reading (mentorship_id, person_id, seen) VALUES (?, ?, ?) \
               ON CONFLICT (mentorship_id, person_id) DO UPDATE SET seen = excluded.seen \
               WHERE talk_reading.seen < excluded.seen";
    db::exec(tx, sql, values![pair, person, number]).await.map(|_| ())
}
