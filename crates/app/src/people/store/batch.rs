//! Statements that write many rows.

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::russian::{search_key, sort_key};
use sea_orm::{DbErr, Value};
use uuid::Uuid;

use crate::kernel::db::{self, Tx};
use crate::kernel::ids;
use crate::people::{NewEmployment, NewPerson};
use crate::values;

/// Rows of one statement: with 14 values each far below what either database takes.
const CHUNK: usize = 500;

pub(in crate::people) async fn insert_people(
    tx: &Tx,
    now: DateTime<Utc>,
    people: &[(Uuid, NewPerson)],
) -> Result<(), DbErr> {
    for chunk in people.chunks(CHUNK) {
        let mut rows: Vec<Value> = Vec::with_capacity(chunk.len() * 14);
        for (id, new) in chunk {
            let full = new.name.full();
            rows.extend(values![
                *id,
                new.name.surname.clone(),
                new.name.given.clone(),
                new.name.patronymic.clone(),
                new.gender.code(),
                new.born_on,
                new.education,
                new.teaching_since,
                new.teaching_precision,
                new.phone.clone(),
                new.email.clone(),
                search_key(&full),
                sort_key(&full),
                now
            ]);
        }
        let head = "INSERT INTO person (id, surname, given, patronymic, gender, born_on, education, teaching_since, \
             teaching_precision, phone, email, search_key, sort_key, created_at) VALUES";
        db::exec(tx, &with_rows(head, 14, chunk.len()), rows).await?;
    }
    Ok(())
}

pub(in crate::people) async fn insert_employments(
    tx: &Tx,
    employments: &[NewEmployment<'_>],
) -> Result<(), DbErr> {
    for chunk in employments.chunks(CHUNK) {
        let mut rows: Vec<Value> = Vec::with_capacity(chunk.len() * 11);
        for new in chunk {
            rows.extend(values![
                ids::row_id(),
                new.person,
                new.organization,
                new.position,
                search_key(new.position),
                new.subject,
                new.subject.map(search_key),
                new.qualification,
                new.share_percent,
                new.started_on,
                new.started_precision
            ]);
        }
        let head = "INSERT INTO employment (id, person_id, organization_id, position, position_key, subject, \
             subject_key, qualification, share_percent, started_on, started_precision) VALUES";
        db::exec(tx, &with_rows(head, 11, chunk.len()), rows).await?;
    }
    Ok(())
}

pub(in crate::people) async fn end_employment(tx: &Tx, id: Uuid, ended_on: NaiveDate) -> Result<(), DbErr> {
    let sql = "UPDATE employment SET ended_on = ?, version = version + 1 WHERE id = ?";
    db::exec(tx, sql, values![ended_on, id]).await.map(|_| ())
}

pub(in crate::people) async fn bring_back(tx: &Tx, person: Uuid) -> Result<(), DbErr> {
    let sql = "UPDATE person SET archived_at = NULL, version = version + 1 WHERE id = ?";
    db::exec(tx, sql, values![person]).await.map(|_| ())
}

/// `head (?, ?), (?, ?)`.
fn with_rows(head: &str, columns: usize, rows: usize) -> String {
    let row = format!("({})", vec!["?"; columns].join(", "));
    format!("{head} {}", vec![row; rows].join(", "))
}
