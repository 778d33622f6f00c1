//! Rows of loads.

mod candidates;
mod lines;
mod places;

use chrono::{DateTime, Utc};
use nastavnik_domain::policy::{Place, Reach};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Value};
use serde::Serialize;
use uuid::Uuid;

use super::model::{Chosen, Meets, State, Summary};
use crate::kernel::db::{self, Sql, Tx};
use crate::kernel::ids;
use crate::kernel::scope;
use crate::values;

pub(super) use candidates::{Candidate, JobFacts, Keys, absent, candidates, lock_people};
pub(super) use lines::{
    Line, NewLine, decide, decide_rest, decided, line, lines, lines_on, replace_lines, undecided,
};
pub(super) use places::{
    KnownPlace, Municipality, municipalities, municipalities_named, organizations_named, places_of,
    places_within,
};

/// A load with what is around it.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Load {
    pub(super) id: Uuid,
    pub(super) territory_id: Uuid,
    pub(super) region_id: Option<Uuid>,
    pub(super) organization_id: Option<Uuid>,
    pub(super) reach: String,
    pub(super) state: String,
    pub(super) mapping: Option<String>,
    pub(super) problem: Option<String>,
    pub(super) summary: Option<String>,
    pub(super) created_at: DateTime<Utc>,
    pub(super) applied_at: Option<DateTime<Utc>>,
    pub(super) version: i64,
    pub(super) file_name: String,
    pub(super) sha256: String,
    pub(super) territory_name: String,
    pub(super) time_zone: String,
    pub(super) organization_name: Option<String>,
    pub(super) surname: Option<String>,
    pub(super) given: Option<String>,
    pub(super) patronymic: Option<String>,
}

impl Load {
    pub(super) fn state(&self) -> State {
        State::from_code(&self.state)
    }

    /// A list for a whole municipality belongs to no organization.
    pub(super) fn place(&self) -> Place {
        let organization = self.organization_id.unwrap_or_default();
        scope::place(organization, self.territory_id, self.region_id.unwrap_or_default())
    }

    pub(super) fn meets(&self) -> Meets {
        match (self.reach.as_str(), self.organization_id) {
            ("everywhere", _) => Meets::Everybody,
            ("municipality", _) | (_, None) => Meets::Municipality(self.territory_id),
            (_, Some(organization)) => Meets::Organization(organization),
        }
    }

    pub(super) fn summary(&self) -> Summary {
        self.summary.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
    }

    pub(super) fn chosen(&self) -> Chosen {
        self.mapping.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
    }

    pub(super) fn href(&self) -> String {
        format!("/imports/{}", self.id)
    }

    pub(super) fn zone(&self) -> chrono_tz::Tz {
        self.time_zone.parse().unwrap_or(chrono_tz::Asia::Yekaterinburg)
    }

    /// «23.11.2026 13:00» by the clock of the municipality.
    pub(super) fn begun(&self) -> String {
        self.created_at.with_timezone(&self.zone()).format("%d.%m.%Y %H:%M").to_string()
    }

    /// When it was loaded, by the same clock.
    pub(super) fn loaded(&self) -> Option<String> {
        self.applied_at.map(|at| at.with_timezone(&self.zone()).format("%d.%m.%Y %H:%M").to_string())
    }

    /// Who chose the file; nobody when it came from the command line.
    pub(super) fn author(&self) -> String {
        match (&self.surname, &self.given) {
            (Some(surname), Some(given)) => {
                nastavnik_domain::person::FullName::new(surname, given, self.patronymic.as_deref()).short()
            }
            _ => "командная строка".to_owned(),
        }
    }

    /// «МБОУ «СОШ №5»», or the municipality when the file names its organizations.
    pub(super) fn owner(&self) -> &str {
        self.organization_name.as_deref().unwrap_or(&self.territory_name)
    }
}

const COLUMNS: &str = "SELECT i.id, i.territory_id, t.parent_id AS region_id, i.organization_id, i.reach, i.state, \
     i.mapping, i.problem, i.summary, i.created_at, i.applied_at, i.version, f.name AS file_name, f.sha256, \
     t.name AS territory_name, t.time_zone, o.short_name AS organization_name, p.surname, p.given, p.patronymic \
     FROM staff_import i JOIN file f ON f.id = i.file_id JOIN territory t ON t.id = i.territory_id \
     LEFT JOIN organization o ON o.id = i.organization_id LEFT JOIN account a ON a.id = i.created_by \
     LEFT JOIN person p ON p.id = a.person_id WHERE 1 = 1";

/// Cuts down to what the reader reaches: loads of the organizations, and of whole municipalities within reach.
fn within(sql: Sql, reach: &Reach) -> Sql {
    if reach.everywhere {
        return sql;
    }
    let mut parts: Vec<String> = Vec::new();
    let mut found: Vec<Value> = Vec::new();
    let mut add = |column: &str, ids: Vec<Uuid>| {
        if !ids.is_empty() {
            parts.push(format!("{column} IN ({})", vec!["?"; ids.len()].join(", ")));
            found.extend(ids.into_iter().map(Value::from));
        }
    };
    add("i.organization_id", reach.organizations.iter().map(|id| id.0).collect());
    add("i.territory_id", reach.municipalities.iter().map(|id| id.0).collect());
    add("t.parent_id", reach.regions.iter().map(|id| id.0).collect());
    if parts.is_empty() {
        return sql.and("AND 1 = 0", []);
    }
    sql.and(&format!("AND ({})", parts.join(" OR ")), found)
}

pub(super) async fn count(connection: &impl ConnectionTrait, reach: &Reach) -> Result<u64, DbErr> {
    let sql =
        "SELECT COUNT(*) AS n FROM staff_import i JOIN territory t ON t.id = i.territory_id WHERE 1 = 1";
    within(Sql::new(sql), reach).count(connection).await
}

/// Loads within reach, the newest first.
pub(super) async fn listed(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    offset: u64,
    limit: u64,
) -> Result<Vec<Load>, DbErr> {
    let page = values![i64::try_from(limit).unwrap_or(i64::MAX), i64::try_from(offset).unwrap_or(0)];
    within(Sql::new(COLUMNS), reach)
        .and("ORDER BY i.created_at DESC, i.id DESC LIMIT ? OFFSET ?", page)
        .all(connection)
        .await
}

/// The load, if it is within reach.
pub(super) async fn visible(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    id: Uuid,
) -> Result<Option<Load>, DbErr> {
    within(Sql::new(COLUMNS), reach).and("AND i.id = ?", values![id]).one(connection).await
}

/// The load, for jobs.
pub(super) async fn load(connection: &impl ConnectionTrait, id: Uuid) -> Result<Option<Load>, DbErr> {
    Sql::new(COLUMNS).and("AND i.id = ?", values![id]).one(connection).await
}

/// A load to begin.
pub(super) struct NewLoad {
    pub(super) file: Uuid,
    pub(super) territory: Uuid,
    pub(super) organization: Option<Uuid>,
    pub(super) reach: &'static str,
    pub(super) created_by: Option<Uuid>,
}

pub(super) async fn insert(tx: &Tx, now: DateTime<Utc>, new: &NewLoad) -> Result<Uuid, DbErr> {
    let id = ids::row_id();
    db::exec(
        tx,
        "INSERT INTO staff_import (id, file_id, territory_id, organization_id, reach, state, created_by, created_at) \
         VALUES (?, ?, ?, ?, ?, 'reading', ?, ?)",
        values![id, new.file, new.territory, new.organization, new.reach, new.created_by, now],
    )
    .await?;
    Ok(id)
}

/// What reading has found.
pub(super) struct Found<'a> {
    pub(super) state: &'static str,
    pub(super) chosen: &'a Chosen,
    pub(super) problem: Option<String>,
    pub(super) summary: &'a Summary,
}

pub(super) async fn keep_found(tx: &Tx, id: Uuid, found: &Found<'_>) -> Result<(), DbErr> {
    let header = found.chosen.mapping.as_ref().map(|mapping| i64::from(mapping.header_row));
    db::exec(
        tx,
        "UPDATE staff_import SET state = ?, sheet = ?, header_row = ?, mapping = ?, problem = ?, summary = ?, \
         version = version + 1 WHERE id = ?",
        values![
            found.state,
            found.chosen.sheet.clone(),
            header,
            json(found.chosen)?,
            found.problem.clone(),
            json(found.summary)?,
            id
        ],
    )
    .await
    .map(|_| ())
}

/// Moves the load on; a problem of the previous state is forgotten.
pub(super) async fn set_state(tx: &Tx, id: Uuid, state: &'static str) -> Result<(), DbErr> {
    let sql = "UPDATE staff_import SET state = ?, problem = NULL, version = version + 1 WHERE id = ?";
    db::exec(tx, sql, values![state, id]).await.map(|_| ())
}

pub(super) async fn set_applied(tx: &Tx, id: Uuid, now: DateTime<Utc>) -> Result<(), DbErr> {
    let sql = "UPDATE staff_import SET applied_at = ? WHERE id = ?";
    db::exec(tx, sql, values![now, id]).await?;
    set_state(tx, id, "applied").await
}

pub(super) async fn set_chosen(tx: &Tx, id: Uuid, chosen: &Chosen) -> Result<(), DbErr> {
    let sql = "UPDATE staff_import SET mapping = ? WHERE id = ?";
    db::exec(tx, sql, values![json(chosen)?, id]).await.map(|_| ())
}

pub(super) async fn raise_version(tx: &Tx, id: Uuid) -> Result<(), DbErr> {
    db::exec(tx, "UPDATE staff_import SET version = version + 1 WHERE id = ?", values![id]).await.map(|_| ())
}

/// What became of the last job of a load.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct JobNews {
    pub(super) state: String,
    pub(super) attempts: i64,
}

pub(super) async fn last_job(connection: &impl ConnectionTrait, id: Uuid) -> Result<Option<JobNews>, DbErr> {
    let sql =
        "SELECT state, attempts FROM job WHERE subject_id = ? ORDER BY created_at DESC, id DESC LIMIT 1";
    db::one(connection, sql, values![id]).await
}

fn json<T: Serialize>(value: &T) -> Result<String, DbErr> {
    serde_json::to_string(value).map_err(|error| DbErr::Custom(error.to_string()))
}
