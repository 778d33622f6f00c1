//! Writing mentorships.

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::kind::{Form, Kind, Model};
use nastavnik_domain::pair::Goal;
use sea_orm::{DbErr, Value};
use uuid::Uuid;

use super::rows::StoredGoal;
use crate::kernel::db::{self, Tx};
use crate::kernel::ids;
use crate::pairs::record::{Ended, PayTerms};
use crate::values;

/// What a mentorship is made of.
#[derive(Clone, Debug)]
pub(in crate::pairs) struct NewPair {
    pub(in crate::pairs) organization: Uuid,
    pub(in crate::pairs) mentor: Uuid,
    pub(in crate::pairs) mentor_organization: Uuid,
    pub(in crate::pairs) mentees: Vec<Uuid>,
    pub(in crate::pairs) form: Form,
    pub(in crate::pairs) kinds: Vec<Kind>,
    pub(in crate::pairs) model: Option<Model>,
    pub(in crate::pairs) starts_on: NaiveDate,
    pub(in crate::pairs) ends_on: NaiveDate,
    pub(in crate::pairs) online_place: String,
    pub(in crate::pairs) goals: Vec<Goal>,
    pub(in crate::pairs) meetings: Vec<NaiveDate>,
    pub(in crate::pairs) work: Vec<String>,
    /// Nothing while nobody has decided.
    pub(in crate::pairs) pay: Option<PayTerms>,
    /// The agreement of cooperation it stands on.
    pub(in crate::pairs) agreement: Option<Uuid>,
}

/// The columns of terms, in the order of both statements below.
fn terms(new: &NewPair) -> Result<Vec<Value>, DbErr> {
    let other = (new.mentor_organization != new.organization).then_some(new.mentor_organization);
    let goals: Vec<StoredGoal> = new
        .goals
        .iter()
        .map(|goal| StoredGoal { text: goal.text.clone(), measure: goal.measure.clone() })
        .collect();
    Ok(values![
        new.mentor,
        other,
        new.form.code(),
        json(&new.kinds)?,
        new.model.map(Model::code),
        new.starts_on,
        new.ends_on,
        new.online_place.clone(),
        json(&goals)?,
        json(&new.meetings)?,
        new.work.join("\n"),
        new.pay.as_ref().map(json).transpose()?.unwrap_or_default(),
        new.agreement,
    ])
}

/// Writes a new mentorship.
pub(in crate::pairs) async fn insert(
    tx: &Tx,
    new: &NewPair,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<Uuid, DbErr> {
    let id = ids::row_id();
    let mut values = terms(new)?;
    values.extend(values![id, new.organization, by, now]);
    db::exec(
        tx,
        "INSERT INTO mentorship (mentor_id, mentor_organization_id, form, kinds, model, starts_on, ends_on, \
         online_place, goals, meetings, work_content, pay, partnership_id, id, organization_id, created_by, \
         created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values,
    )
    .await?;
    insert_mentees(tx, id, &new.mentees).await?;
    Ok(id)
}

/// Writes changed terms, if nobody was first; otherwise touches nothing and says `false`.
pub(in crate::pairs) async fn update(tx: &Tx, id: Uuid, version: i64, new: &NewPair) -> Result<bool, DbErr> {
    let mut values = terms(new)?;
    values.extend(values![id, version]);
    let touched = db::exec(
        tx,
        "UPDATE mentorship SET mentor_id = ?, mentor_organization_id = ?, form = ?, kinds = ?, model = ?, \
         starts_on = ?, ends_on = ?, online_place = ?, goals = ?, meetings = ?, work_content = ?, pay = ?, \
         partnership_id = ?, version = version + 1 WHERE id = ? AND version = ?",
        values,
    )
    .await?;
    if touched == 0 {
        return Ok(false);
    }
    db::exec(tx, "DELETE FROM mentorship_mentee WHERE mentorship_id = ?", values![id]).await?;
    insert_mentees(tx, id, &new.mentees).await?;
    Ok(true)
}

async fn insert_mentees(tx: &Tx, id: Uuid, mentees: &[Uuid]) -> Result<(), DbErr> {
    for mentee in mentees {
        db::exec(
            tx,
            "INSERT INTO mentorship_mentee (mentorship_id, person_id) VALUES (?, ?)",
            values![id, *mentee],
        )
        .await?;
    }
    Ok(())
}

/// Gives the mentorship up.
pub(in crate::pairs) async fn set_withdrawn(tx: &Tx, id: Uuid, now: DateTime<Utc>) -> Result<(), DbErr> {
    db::exec(
        tx,
        "UPDATE mentorship SET withdrawn_at = ?, version = version + 1 WHERE id = ?",
        values![now, id],
    )
    .await
    .map(|_| ())
}

/// Ends the mentorship by a signed order.
pub(in crate::pairs) async fn set_ended(
    tx: &Tx,
    id: Uuid,
    ended: &Ended,
    notice_on: Option<NaiveDate>,
) -> Result<(), DbErr> {
    let first_day_without = ended.last_day.succ_opt();
    db::exec(
        tx,
        "UPDATE mentorship SET ended_on = ?, end_reason = ?, end_note = ?, notice_on = ?, version = version + 1 \
         WHERE id = ?",
        values![first_day_without, ended.reason.code(), ended.note.clone(), notice_on, id],
    )
    .await
    .map(|_| ())
}

/// Takes a mentee out of the group from the day after the last one.
pub(in crate::pairs) async fn set_left(
    tx: &Tx,
    id: Uuid,
    person: Uuid,
    last_day: NaiveDate,
) -> Result<(), DbErr> {
    db::exec(
        tx,
        "UPDATE mentorship_mentee SET left_on = ? WHERE mentorship_id = ? AND person_id = ?",
        values![last_day.succ_opt(), id, person],
    )
    .await?;
    touch(tx, id).await
}

/// Strikes a mentee from a group that no order has fixed yet.
pub(in crate::pairs) async fn strike(tx: &Tx, id: Uuid, person: Uuid) -> Result<(), DbErr> {
    db::exec(
        tx,
        "DELETE FROM mentorship_mentee WHERE mentorship_id = ? AND person_id = ?",
        values![id, person],
    )
    .await?;
    touch(tx, id).await
}

/// Forms opened before the change are stale.
async fn touch(tx: &Tx, id: Uuid) -> Result<(), DbErr> {
    db::exec(tx, "UPDATE mentorship SET version = version + 1 WHERE id = ?", values![id]).await.map(|_| ())
}

/// Keeps that one mentorship is continued by another.
pub(in crate::pairs) async fn set_replacement(
    tx: &Tx,
    old: Uuid,
    new: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    db::exec(
        tx,
        "INSERT INTO mentorship_replacement (mentorship_id, replaced_by, carried_out_at) VALUES (?, ?, ?)",
        values![old, new, now],
    )
    .await
    .map(|_| ())
}

fn json(value: &impl serde::Serialize) -> Result<String, DbErr> {
    serde_json::to_string(value).map_err(|error| DbErr::Custom(error.to_string()))
}
