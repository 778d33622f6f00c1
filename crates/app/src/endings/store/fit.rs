//! Rows of «подходим друг другу».

use nastavnik_domain::fit::{Answer, Round};
use nastavnik_domain::policy::Reach;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::change::Change;
use crate::kernel::db::{self, Sql};
use crate::kernel::ids;
use crate::kernel::scope;
use crate::values;

/// One side's answer in one round.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::endings) struct FitRow {
    pub(in crate::endings) mentorship_id: Uuid,
    pub(in crate::endings) person_id: Uuid,
    pub(in crate::endings) round: i64,
    pub(in crate::endings) answer: String,
    pub(in crate::endings) wish: String,
}

const COLUMNS: &str = "SELECT f.mentorship_id, f.person_id, f.round, f.answer, f.wish FROM pair_fit f \
    JOIN mentorship m ON m.id = f.mentorship_id JOIN organization o ON o.id = m.organization_id \
    WHERE m.withdrawn_at IS NULL";

/// All answers about one pair.
pub(in crate::endings) async fn fits(
    connection: &impl ConnectionTrait,
    pair: Uuid,
) -> Result<Vec<FitRow>, DbErr> {
    Sql::new(COLUMNS)
        .and("AND f.mentorship_id = ? ORDER BY f.round, f.person_id", values![pair])
        .all(connection)
        .await
}

/// A person's own answers about these pairs.
pub(in crate::endings) async fn own_fits(
    connection: &impl ConnectionTrait,
    person: Uuid,
    pairs: &[Uuid],
) -> Result<Vec<FitRow>, DbErr> {
    Sql::new(COLUMNS)
        .and("AND f.person_id = ?", values![person])
        .and_in("AND f.mentorship_id", pairs.iter().copied())
        .and("ORDER BY f.mentorship_id, f.round", [])
        .all(connection)
        .await
}

/// All answers about pairs within reach in which somebody has ever said «нет», pair by pair.
pub(in crate::endings) async fn fits_within(
    connection: &impl ConnectionTrait,
    reach: &Reach,
) -> Result<Vec<FitRow>, DbErr> {
    let sql = Sql::new(COLUMNS)
        .and("AND f.mentorship_id IN (SELECT n.mentorship_id FROM pair_fit n WHERE n.answer = 'no')", []);
    scope::within(sql, reach, "o")
        .and("ORDER BY f.mentorship_id, f.round, f.person_id", [])
        .all(connection)
        .await
}

/// An answer to keep.
pub(in crate::endings) struct NewFit {
    pub(in crate::endings) pair: Uuid,
    pub(in crate::endings) person: Uuid,
    pub(in crate::endings) round: Round,
    pub(in crate::endings) answer: Answer,
    pub(in crate::endings) wish: String,
}

/// Keeps one side's answer; a round that was answered before keeps the newer word.
pub(in crate::endings) async fn add_fit(change: &Change, new: NewFit) -> Result<Uuid, DbErr> {
    let id = ids::row_id();
    db::exec(
        change.tx(),
        "INSERT INTO pair_fit (id, mentorship_id, person_id, round, answer, wish, answered_at) \
         VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (mentorship_id, person_id, round) \
         DO UPDATE SET answer = excluded.answer, wish = excluded.wish, answered_at = excluded.answered_at",
        values![id, new.pair, new.person, new.round.number(), new.answer.code(), new.wish, change.now()],
    )
    .await?;
    Ok(id)
}
