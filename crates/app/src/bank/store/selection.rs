//! Answers about criteria and the decisions of curator and council: nothing is overwritten, the newest counts.

use chrono::NaiveDate;
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::Reach;
use nastavnik_domain::selection::{Answer, Body, Vote};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use super::trusts::of_candidate_rows;
use crate::kernel::change::Change;
use crate::kernel::db::{self, Sql};
use crate::kernel::ids;
use crate::values;

/// A decision about a candidate.
#[derive(Clone, Debug)]
pub(in crate::bank) struct SelectionDecision {
    pub(in crate::bank) candidate: Uuid,
    pub(in crate::bank) body: Body,
    pub(in crate::bank) vote: Vote,
    pub(in crate::bank) decided_on: NaiveDate,
    pub(in crate::bank) reason: String,
    /// «Иванова А. А.»; empty if the account is gone.
    pub(in crate::bank) by: String,
}

#[derive(FromQueryResult)]
struct DecisionRow {
    candidate_id: Uuid,
    body: String,
    vote: String,
    decided_on: NaiveDate,
    reason: String,
    surname: Option<String>,
    given: Option<String>,
    patronymic: Option<String>,
}

/// Decisions about candidates within reach, the earliest first; about one candidate if named.
pub(in crate::bank) async fn selection_decisions(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    candidate: Option<Uuid>,
) -> Result<Vec<SelectionDecision>, DbErr> {
    let sql = Sql::new(
        "SELECT d.candidate_id, d.body, d.vote, d.decided_on, d.reason, p.surname, p.given, p.patronymic \
         FROM selection_decision d LEFT JOIN account a ON a.id = d.decided_by \
         LEFT JOIN person p ON p.id = a.person_id WHERE 1 = 1",
    );
    let rows: Vec<DecisionRow> = of_candidate_rows(sql, "d.candidate_id", candidate, reach)
        .and("ORDER BY d.decided_at, d.id", [])
        .all(connection)
        .await?;
    Ok(rows.into_iter().filter_map(decision).collect())
}

fn decision(row: DecisionRow) -> Option<SelectionDecision> {
    Some(SelectionDecision {
        candidate: row.candidate_id,
        body: Body::from_code(&row.body)?,
        vote: Vote::from_code(&row.vote)?,
        decided_on: row.decided_on,
        reason: row.reason,
        by: short_name(row.surname.as_deref(), row.given.as_deref(), row.patronymic.as_deref()),
    })
}

/// «Иванова А. А.»; empty if nobody is known.
pub(in crate::bank) fn short_name(
    surname: Option<&str>,
    given: Option<&str>,
    patronymic: Option<&str>,
) -> String {
    match (surname, given) {
        (Some(surname), Some(given)) => FullName::new(surname, given, patronymic).short(),
        _ => String::new(),
    }
}

/// Writes a decision.
pub(in crate::bank) async fn add_selection_decision(
    change: &Change,
    candidate: Uuid,
    (body, vote): (Body, Vote),
    decided_on: NaiveDate,
    reason: &str,
) -> Result<(), DbErr> {
    db::exec(
        change.tx(),
        "INSERT INTO selection_decision (id, candidate_id, body, vote, decided_on, reason, decided_by, decided_at) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        values![
            ids::row_id(),
            candidate,
            body.code(),
            vote.code(),
            decided_on,
            reason,
            change.account(),
            change.now()
        ],
    )
    .await
    .map(|_| ())
}

#[derive(FromQueryResult)]
struct AnswerRow {
    candidate_id: Uuid,
    criterion: String,
    answer: String,
}

/// Answers about candidates within reach, the earliest first: (candidate, criterion, answer).
pub(in crate::bank) async fn selection_answers(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    candidate: Option<Uuid>,
) -> Result<Vec<(Uuid, String, Answer)>, DbErr> {
    let sql = Sql::new("SELECT s.candidate_id, s.criterion, s.answer FROM selection_answer s WHERE 1 = 1");
    let rows: Vec<AnswerRow> = of_candidate_rows(sql, "s.candidate_id", candidate, reach)
        .and("ORDER BY s.answered_at, s.id", [])
        .all(connection)
        .await?;
    let known = |row: AnswerRow| Some((row.candidate_id, row.criterion, Answer::from_code(&row.answer)?));
    Ok(rows.into_iter().filter_map(known).collect())
}

/// Writes an answer.
pub(in crate::bank) async fn add_selection_answer(
    change: &Change,
    candidate: Uuid,
    criterion: &str,
    answer: Answer,
) -> Result<(), DbErr> {
    db::exec(
        change.tx(),
        "INSERT INTO selection_answer (id, candidate_id, criterion, answer, answered_by, answered_at) \
         VALUES (?, ?, ?, ?, ?, ?)",
        values![ids::row_id(), candidate, criterion, answer.code(), change.account(), change.now()],
    )
    .await
    .map(|_| ())
}
