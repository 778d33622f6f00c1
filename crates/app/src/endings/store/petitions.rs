//! Rows of petitions.

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::petition::{Answer, Kind, Offices, Receiver, Sight};
use nastavnik_domain::policy::Reach;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::council;
use crate::endings::record::Petition;
use crate::kernel::change::Change;
use crate::kernel::db::{self, Sql};
use crate::kernel::scope;
use crate::pairs::Case;
use crate::papers::{Asked, Kept};
use crate::values;

/// A petition as it is stored.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::endings) struct Row {
    pub(in crate::endings) id: Uuid,
    pub(in crate::endings) mentorship_id: Uuid,
    applicant_id: Uuid,
    kind: String,
    receiver: String,
    last_day: NaiveDate,
    reason: String,
    wish: String,
    filed_on: NaiveDate,
    answer_by: NaiveDate,
    label: String,
    pdf_id: Uuid,
    docx_id: Uuid,
    talk_on: Option<NaiveDate>,
    answer: Option<String>,
    answered_on: Option<NaiveDate>,
    withdrawn_at: Option<DateTime<Utc>>,
    continued_by: Option<Uuid>,
}

impl Row {
    /// With its pair and what the council says; nobody sees it yet.
    pub(in crate::endings) fn petition(
        self,
        case: Case,
        council: Option<council::Standing>,
    ) -> anyhow::Result<Petition> {
        Ok(Petition {
            id: self.id,
            applicant: self.applicant_id,
            kind: Kind::from_code(&self.kind).context("неизвестный вид заявления")?,
            receiver: Receiver::from_code(&self.receiver).context("неизвестный получатель заявления")?,
            last_day: self.last_day,
            reason: self.reason,
            wish: self.wish,
            filed_on: self.filed_on,
            answer_by: self.answer_by,
            label: self.label,
            pdf: self.pdf_id,
            docx: self.docx_id,
            talk_on: self.talk_on,
            answer: self.answer.as_deref().and_then(Answer::from_code),
            answered_on: self.answered_on,
            is_taken_back: self.withdrawn_at.is_some(),
            continued_by: self.continued_by,
            case,
            council,
            sight: Sight::Nothing,
        })
    }
}

fn select() -> Sql {
    Sql::new(
        "SELECT q.id, q.mentorship_id, q.applicant_id, q.kind, q.receiver, q.last_day, q.reason, q.wish, q.filed_on, \
         q.answer_by, q.label, q.pdf_id, q.docx_id, q.talk_on, q.answer, q.answered_on, q.withdrawn_at, \
         (SELECT r.replaced_by FROM mentorship_replacement r JOIN mentorship_mentee x ON x.mentorship_id = r.replaced_by \
         WHERE q.answer = 'replacement' AND r.mentorship_id = q.mentorship_id \
         AND (x.person_id = q.applicant_id OR q.kind = 'lay_down') ORDER BY r.carried_out_at DESC LIMIT 1) AS continued_by \
         FROM petition q JOIN organization o ON o.id = q.organization_id WHERE 1 = 1",
    )
}

/// Petitions of the organizations within reach, the latest first.
pub(in crate::endings) async fn within(
    connection: &impl ConnectionTrait,
    reach: &Reach,
) -> Result<Vec<Row>, DbErr> {
    scope::within(select(), reach, "o").and("ORDER BY q.filed_on DESC, q.id DESC", []).all(connection).await
}

/// One petition, whoever asks.
pub(in crate::endings) async fn one(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<Row>, DbErr> {
    select().and("AND q.id = ?", values![id]).one(connection).await
}

/// What a person has filed about these pairs, the latest first.
pub(in crate::endings) async fn own(
    connection: &impl ConnectionTrait,
    person: Uuid,
    pairs: &[Uuid],
) -> Result<Vec<Row>, DbErr> {
    select()
        .and("AND q.applicant_id = ?", values![person])
        .and_in("AND q.mentorship_id", pairs.iter().copied())
        .and("ORDER BY q.filed_on DESC, q.id DESC", [])
        .all(connection)
        .await
}

/// Writes a petition with its paper.
pub(in crate::endings) async fn insert(
    change: &Change,
    (pair, organization): (Uuid, Uuid),
    asked: &Asked,
    kept: Kept,
    answer_by: NaiveDate,
) -> Result<(), DbErr> {
    db::exec(
        change.tx(),
        "INSERT INTO petition (id, mentorship_id, organization_id, applicant_id, kind, receiver, last_day, reason, wish, \
         filed_on, filed_at, answer_by, label, pdf_id, docx_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values![
            asked.id,
            pair,
            organization,
            asked.applicant,
            asked.kind.code(),
            asked.receiver.code(),
            asked.last_day,
            asked.reason.clone(),
            asked.wish.clone(),
            asked.filed_on,
            change.now(),
            answer_by,
            kept.label,
            kept.pdf,
            kept.docx,
        ],
    )
    .await
    .map(|_| ())
}

/// The author takes it back.
pub(in crate::endings) async fn set_withdrawn(change: &Change, id: Uuid) -> Result<(), DbErr> {
    db::exec(
        change.tx(),
        "UPDATE petition SET withdrawn_at = ?, version = version + 1 WHERE id = ?",
        values![change.now(), id],
    )
    .await
    .map(|_| ())
}

/// A talk comes first.
pub(in crate::endings) async fn set_talk(change: &Change, id: Uuid, day: NaiveDate) -> Result<(), DbErr> {
    db::exec(
        change.tx(),
        "UPDATE petition SET talk_on = ?, version = version + 1 WHERE id = ?",
        values![day, id],
    )
    .await
    .map(|_| ())
}

/// Agreed to.
pub(in crate::endings) async fn set_answered(
    change: &Change,
    id: Uuid,
    answer: Answer,
    (by, on): (Uuid, NaiveDate),
) -> Result<(), DbErr> {
    db::exec(
        change.tx(),
        "UPDATE petition SET answer = ?, answered_by = ?, answered_on = ?, version = version + 1 WHERE id = ?",
        values![answer.code(), by, on, id],
    )
    .await
    .map(|_| ())
}

#[derive(FromQueryResult)]
struct OfficeRow {
    organization_id: Uuid,
    person_id: Uuid,
    role: String,
}

/// Who holds the offices of these organizations on the day; nobody takes part yet.
pub(in crate::endings) async fn offices(
    connection: &impl ConnectionTrait,
    organizations: &[Uuid],
    day: NaiveDate,
) -> Result<BTreeMap<Uuid, Offices>, DbErr> {
    let rows: Vec<OfficeRow> = Sql::new(
        "SELECT organization_id, person_id, role FROM role_grant WHERE role IN ('curator', 'director')",
    )
    .and("AND started_on <= ? AND (ended_on IS NULL OR ended_on > ?)", values![day, day])
    .and_in("AND organization_id", organizations.iter().copied())
    .all(connection)
    .await?;
    let mut found: BTreeMap<Uuid, Offices> = BTreeMap::new();
    for row in rows {
        let offices = found.entry(row.organization_id).or_default();
        let office = if row.role == "curator" { &mut offices.curators } else { &mut offices.directors };
        office.insert(row.person_id.into());
    }
    Ok(found)
}
