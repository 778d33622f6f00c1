//! How often each form was filled, by whom; ceilings.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Value};
use uuid::Uuid;

use crate::kernel::db::{self, Sql, Tx};
use crate::kernel::ids;
use crate::values;

/// So many fillings of a form by a person.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Filled {
    pub(super) code: String,
    pub(super) person_id: Uuid,
    pub(super) n: i64,
}

/// Codes of `regulation/burden.toml` with the rows each filling leaves: who, and when.
const SOURCES: &[(&str, &str, &str, &str)] = &[
    ("meeting", "meeting_note", "author_id", "written_at"),
    ("lesson_card", "lesson_card", "author_id", "written_at"),
    ("pulse", "pair_pulse", "person_id", "answered_at"),
    ("evaluation", "evaluation_part", "person_id", "written_at"),
    ("request", "mentee_request", "person_id", "answered_at"),
    ("diagnosis", "diagnosis", "author_id", "completed_at"),
    ("view", "diagnosis", "author_id", "completed_at"),
    ("plan", "meeting_plan", "created_by", "created_at"),
    ("task", "task_event", "person_id", "happened_at"),
    ("product", "task_event", "person_id", "happened_at"),
    ("check", "task_event", "person_id", "happened_at"),
];

/// Everything these people have filled from one moment to another: one query.
pub(super) async fn filled(
    connection: &impl ConnectionTrait,
    people: &[Uuid],
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<Filled>, DbErr> {
    let mut parts = Vec::new();
    let mut values: Vec<Value> = Vec::new();
    for (code, table, person, moment) in SOURCES {
        // A plan of many days is filled once, and so is a task set to a whole group; a view is another's sheet in the same
        // table.
        let counted = match *code {
            "plan" => "COUNT(DISTINCT series_id)",
            "task" => "COUNT(DISTINCT happened_at)",
            _ => "COUNT(*)",
        };
        let only = match *code {
            "diagnosis" => " AND view = 'own'",
            "view" => " AND view <> 'own'",
            "task" => " AND kind = 'set'",
            "product" => " AND kind = 'handed_in'",
            "check" => " AND kind IN ('accepted', 'returned')",
            _ => "",
        };
        parts.push(format!(
            "SELECT '{code}' AS code, {person} AS person_id, {counted} AS n FROM {table} \
             WHERE {moment} >= ? AND {moment} < ?{only} GROUP BY {person}"
        ));
        values.extend([Value::from(from), Value::from(to)]);
    }
    let union = format!("SELECT f.code, f.person_id, f.n FROM ({}) f WHERE 1 = 1", parts.join(" UNION ALL "));
    Sql::new("")
        .and(&union, values)
        .and_in("AND f.person_id", people.iter().copied())
        .and("ORDER BY f.code", [])
        .all(connection)
        .await
}

/// A decision about the ceiling.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Ceiling {
    pub(super) organization_id: Uuid,
    pub(super) minutes: i64,
    pub(super) valid_from: NaiveDate,
}

/// Decisions of these organizations, the latest first.
pub(super) async fn ceilings(
    connection: &impl ConnectionTrait,
    organizations: &[Uuid],
) -> Result<Vec<Ceiling>, DbErr> {
    Sql::new("SELECT organization_id, minutes, valid_from FROM burden_ceiling WHERE 1 = 1")
        .and_in("AND organization_id", organizations.iter().copied())
        .and("ORDER BY valid_from DESC, set_at DESC, id DESC", [])
        .all(connection)
        .await
}

pub(super) async fn add_ceiling(tx: &Tx, now: DateTime<Utc>, new: &Ceiling, by: Uuid) -> Result<(), DbErr> {
    let sql = "INSERT INTO burden_ceiling (id, organization_id, minutes, valid_from, set_by, set_at) \
               VALUES (?, ?, ?, ?, ?, ?)";
    let values = values![ids::row_id(), new.organization_id, new.minutes, new.valid_from, by, now];
    db::exec(tx, sql, values).await.map(|_| ())
}

#[cfg(test)]
mod tests {
    use nastavnik_domain::burden::Burden;

    use super::*;

    #[test]
    fn every_form_of_the_table_is_counted() {
        let burden = Burden::bundled().unwrap();
        let mut asked: Vec<&str> = burden.forms().iter().map(|form| form.code.as_str()).collect();
        let mut counted: Vec<&str> = SOURCES.iter().map(|source| source.0).collect();
        asked.sort_unstable();
        counted.sort_unstable();
        assert_eq!(asked, counted);
    }
}
