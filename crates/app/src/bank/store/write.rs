//! Writing to the bank.

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::category::Category;
use nastavnik_domain::year::AcademicYear;
use sea_orm::DbErr;
use uuid::Uuid;

use super::decisions::Verdict;
use crate::kernel::db::{self, Tx};
use crate::kernel::ids;
use crate::values;

/// A decision to write.
pub(in crate::bank) struct NewDecision<'a> {
    pub(in crate::bank) person: Uuid,
    pub(in crate::bank) organization: Uuid,
    pub(in crate::bank) category: Category,
    pub(in crate::bank) year: AcademicYear,
    pub(in crate::bank) verdict: Verdict,
    pub(in crate::bank) reason: &'a str,
}

/// Writes a decision; `false` if there is one for this category and year already.
pub(in crate::bank) async fn add_decision(
    tx: &Tx,
    now: DateTime<Utc>,
    by: Uuid,
    new: &NewDecision<'_>,
) -> Result<bool, DbErr> {
    let written = db::exec(
        tx,
        "INSERT INTO category_decision (id, person_id, organization_id, category, year_start, decision, reason, \
         decided_by, decided_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        values![
            ids::row_id(),
            new.person,
            new.organization,
            new.category.code(),
            i64::from(new.year.0),
            new.verdict.code(),
            new.reason,
            by,
            now
        ],
    )
    .await?;
    Ok(written == 1)
}

/// Takes a decision of the year back: the category is open again, the journal keeps what was decided.
pub(in crate::bank) async fn take_decision_back(
    tx: &Tx,
    person: Uuid,
    organization: Uuid,
    category: Category,
    year: AcademicYear,
) -> Result<bool, DbErr> {
    let taken = db::exec(
        tx,
        "DELETE FROM category_decision WHERE person_id = ? AND organization_id = ? AND category = ? \
         AND year_start = ?",
        values![person, organization, category.code(), i64::from(year.0)],
    )
    .await?;
    Ok(taken == 1)
}

/// Whether the person is in the list of this organization now.
pub(in crate::bank) async fn has_live_candidate(
    tx: &Tx,
    person: Uuid,
    organization: Uuid,
) -> Result<bool, DbErr> {
    let sql = "SELECT COUNT(*) AS n FROM mentor_candidate WHERE person_id = ? AND organization_id = ? \
               AND ended_on IS NULL";
    Ok(db::count(tx, sql, values![person, organization]).await? > 0)
}

/// Takes a candidate out of the list; `false` if they are out already.
pub(in crate::bank) async fn end_candidate(tx: &Tx, id: Uuid, today: NaiveDate) -> Result<bool, DbErr> {
    let changed = db::exec(
        tx,
        "UPDATE mentor_candidate SET ended_on = ?, version = version + 1 WHERE id = ? AND ended_on IS NULL",
        values![today, id],
    )
    .await?;
    Ok(changed == 1)
}

/// An achievement to write.
pub(in crate::bank) struct NewAchievement<'a> {
    pub(in crate::bank) person: Uuid,
    pub(in crate::bank) title: &'a str,
    pub(in crate::bank) evidence: &'a str,
    pub(in crate::bank) file: Option<Uuid>,
    pub(in crate::bank) achieved_on: NaiveDate,
}

/// Writes an achievement.
pub(in crate::bank) async fn add_achievement(
    tx: &Tx,
    now: DateTime<Utc>,
    by: Uuid,
    new: &NewAchievement<'_>,
) -> Result<Uuid, DbErr> {
    let id = ids::row_id();
    db::exec(
        tx,
        "INSERT INTO achievement (id, person_id, title, evidence, evidence_file_id, achieved_on, recorded_by, \
         recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        values![id, new.person, new.title, new.evidence, new.file, new.achieved_on, by, now],
    )
    .await?;
    Ok(id)
}
