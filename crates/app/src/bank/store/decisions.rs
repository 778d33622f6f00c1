//! What curators have decided about categories.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use nastavnik_domain::category::Category;
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::Reach;
use nastavnik_domain::year::AcademicYear;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use serde::Serialize;
use uuid::Uuid;

use super::staff::{StaffFilter, Whom};
use crate::kernel::clock::local_day;
use crate::kernel::db::{self, Sql};
use crate::kernel::scope;
use crate::values;

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::bank) enum Verdict {
    Confirmed,
    Declined,
}

impl Verdict {
    /// The code stored in the database.
    pub(in crate::bank) const fn code(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Declined => "declined",
        }
    }

    pub(in crate::bank) fn from_code(code: &str) -> Option<Self> {
        [Self::Confirmed, Self::Declined].into_iter().find(|verdict| verdict.code() == code)
    }
}

/// A decision of an academic year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in crate::bank) struct Decision {
    pub(in crate::bank) person: Uuid,
    pub(in crate::bank) organization: Uuid,
    pub(in crate::bank) category: Category,
    pub(in crate::bank) year: AcademicYear,
    pub(in crate::bank) verdict: Verdict,
    pub(in crate::bank) reason: String,
    /// «Иванова А. А.»; empty if the account is gone.
    pub(in crate::bank) by: String,
    /// The local day of the organization.
    pub(in crate::bank) on: NaiveDate,
}

#[derive(FromQueryResult)]
struct Row {
    person_id: Uuid,
    organization_id: Uuid,
    category: String,
    year_start: i64,
    decision: String,
    reason: String,
    decided_at: DateTime<Utc>,
    time_zone: Option<String>,
    surname: Option<String>,
    given: Option<String>,
    patronymic: Option<String>,
}

/// Decisions within reach, the latest year first. The filter's name is not looked at.
pub(in crate::bank) async fn decisions(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    filter: &StaffFilter,
) -> Result<Vec<Decision>, DbErr> {
    let sql = Sql::new(
        "SELECT d.person_id, d.organization_id, d.category, d.year_start, d.decision, d.reason, d.decided_at, \
         t.time_zone, p.surname, p.given, p.patronymic \
         FROM category_decision d LEFT JOIN organization o ON o.id = d.organization_id \
         LEFT JOIN territory t ON t.id = o.territory_id \
         LEFT JOIN account a ON a.id = d.decided_by LEFT JOIN person p ON p.id = a.person_id WHERE 1 = 1",
    )
    .and_some(filter.organization, "AND d.organization_id = ?");
    let sql = match &filter.whom {
        Whom::People(ids) => sql.and_in("AND d.person_id", ids.iter().copied()),
        Whom::Everybody | Whom::Candidates | Whom::Confirmed(_) => sql,
    };
    let rows: Vec<Row> = scope::within(sql, reach, "o")
        .and("ORDER BY d.year_start DESC, d.decided_at, d.id", [])
        .all(connection)
        .await?;
    Ok(rows.into_iter().filter_map(decision).collect())
}

fn decision(row: Row) -> Option<Decision> {
    let by = match (row.surname, row.given) {
        (Some(surname), Some(given)) => FullName::new(&surname, &given, row.patronymic.as_deref()).short(),
        _ => String::new(),
    };
    let zone: Tz = row.time_zone.and_then(|name| name.parse().ok()).unwrap_or(Tz::UTC);
    Some(Decision {
        person: row.person_id,
        organization: row.organization_id,
        category: Category::from_code(&row.category)?,
        year: AcademicYear(i32::try_from(row.year_start).ok()?),
        verdict: Verdict::from_code(&row.decision)?,
        reason: row.reason,
        by,
        on: local_day(row.decided_at, zone),
    })
}

#[derive(FromQueryResult)]
struct CodeRow {
    category: String,
}

/// Codes of the categories confirmed for the year.
pub(in crate::bank) async fn confirmed_codes(
    connection: &impl ConnectionTrait,
    person: Uuid,
    organization: Uuid,
    year: AcademicYear,
) -> Result<Vec<String>, DbErr> {
    let rows: Vec<CodeRow> = db::all(
        connection,
        "SELECT category FROM category_decision WHERE person_id = ? AND organization_id = ? AND year_start = ? \
         AND decision = 'confirmed'",
        values![person, organization, i64::from(year.0)],
    )
    .await?;
    Ok(rows.into_iter().map(|row| row.category).collect())
}
