//! What waits to be read.

use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db;
use crate::values;

/// How many messages wait in a talk.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::talk) struct UnreadRow {
    pub(in crate::talk) mentorship_id: Uuid,
    pub(in crate::talk) n: i64,
}

/// Messages of others that the person has not seen, by talk, the latest first. Whoever has left a group is not told what
/// was written afterwards.
pub(in crate::talk) async fn unread(
    connection: &impl ConnectionTrait,
    person: Uuid,
) -> Result<Vec<UnreadRow>, DbErr> {
    let sql = "SELECT t.mentorship_id, COUNT(*) AS n FROM talk_message t \
               LEFT JOIN mentorship_mentee x ON x.mentorship_id = t.mentorship_id AND x.person_id = ? \
               LEFT JOIN talk_reading r ON r.mentorship_id = t.mentorship_id AND r.person_id = ? \
               WHERE t.mentorship_id IN (SELECT m.id FROM mentorship m WHERE m.mentor_id = ? AND m.withdrawn_at IS NULL \
               UNION SELECT y.mentorship_id FROM mentorship_mentee y JOIN mentorship m ON m.id = y.mentorship_id \
               WHERE y.person_id = ? AND m.withdrawn_at IS NULL) \
               AND t.author_id <> ? AND t.withdrawn_at IS NULL AND t.number > COALESCE(r.seen, 0) \
               AND (x.left_on IS NULL OR t.written_on < x.left_on) \
               GROUP BY t.mentorship_id ORDER BY MAX(t.written_at) DESC";
    db::all(connection, sql, values![person, person, person, person, person]).await
}

/// The number of the last message the person has seen; 0 if none.
pub(in crate::talk) async fn seen(
    connection: &impl ConnectionTrait,
    pair: Uuid,
    person: Uuid,
) -> Result<i64, DbErr> {
    #[derive(FromQueryResult)]
    struct Row {
        seen: i64,
    }
    let sql = "SELECT seen FROM talk_reading WHERE mentorship_id = ? AND person_id = ?";
    let row: Option<Row> = db::one(connection, sql, values![pair, person]).await?;
    Ok(row.map_or(0, |row| row.seen))
}
