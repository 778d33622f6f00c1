//! Who said last that a record of the bank is right, and when (A6).

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::Reach;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use super::staff::{StaffFilter, Whom};
use crate::kernel::clock::local_day;
use crate::kernel::db::{self, Sql, Tx};
use crate::kernel::scope;
use crate::values;

/// The two halves of the bank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bank) enum Side {
    Mentee,
    Mentor,
}

impl Side {
    /// The code stored in the database.
    pub(in crate::bank) const fn code(self) -> &'static str {
        match self {
            Self::Mentee => "mentee",
            Self::Mentor => "mentor",
        }
    }

    pub(in crate::bank) fn from_code(code: &str) -> Option<Self> {
        [Self::Mentee, Self::Mentor].into_iter().find(|side| side.code() == code)
    }
}

/// The last confirmation of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::bank) struct Confirmation {
    /// The local day of the organization.
    pub(in crate::bank) on: NaiveDate,
    /// «Иванова А. А.»; empty if the account is gone.
    pub(in crate::bank) by: String,
}

#[derive(FromQueryResult)]
struct Row {
    person_id: Uuid,
    organization_id: Uuid,
    confirmed_at: DateTime<Utc>,
    time_zone: Option<String>,
    surname: Option<String>,
    given: Option<String>,
    patronymic: Option<String>,
}

/// Confirmations within reach by (person, organization). The filter's name is not looked at.
pub(in crate::bank) async fn confirmations(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    side: Side,
    filter: &StaffFilter,
) -> Result<BTreeMap<(Uuid, Uuid), Confirmation>, DbErr> {
    let sql = Sql::new(
        "SELECT b.person_id, b.organization_id, b.confirmed_at, t.time_zone, p.surname, p.given, p.patronymic \
         FROM bank_confirmation b LEFT JOIN organization o ON o.id = b.organization_id \
         LEFT JOIN territory t ON t.id = o.territory_id \
         LEFT JOIN account a ON a.id = b.confirmed_by LEFT JOIN person p ON p.id = a.person_id",
    )
    .and("WHERE b.side = ?", values![side.code()])
    .and_some(filter.organization, "AND b.organization_id = ?");
    let sql = match &filter.whom {
        Whom::People(ids) => sql.and_in("AND b.person_id", ids.iter().copied()),
        Whom::Everybody | Whom::Candidates | Whom::Confirmed(_) => sql,
    };
    let rows: Vec<Row> = scope::within(sql, reach, "o").all(connection).await?;
    Ok(rows.into_iter().map(|row| ((row.person_id, row.organization_id), confirmation(row))).collect())
}

fn confirmation(row: Row) -> Confirmation {
    let by = match (row.surname, row.given) {
        (Some(surname), Some(given)) => FullName::new(&surname, &given, row.patronymic.as_deref()).short(),
        _ => String::new(),
    };
    let zone: Tz = row.time_zone.and_then(|name| name.parse().ok()).unwrap_or(Tz::UTC);
    Confirmation { on: local_day(row.confirmed_at, zone), by }
}

/// Writes that the record of (person, organization) is right as of now.
pub(in crate::bank) async fn confirm(
    tx: &Tx,
    now: DateTime<Utc>,
    by: Uuid,
    side: Side,
    whom: (Uuid, Uuid),
) -> Result<(), DbErr> {
    db::exec(
        tx,
        "INSERT INTO bank_confirmation (person_id, organization_id, side, confirmed_by, confirmed_at) \
         VALUES (?, ?, ?, ?, ?) ON CONFLICT (person_id, organization_id, side) \
         DO UPDATE SET confirmed_by = excluded.confirmed_by, confirmed_at = excluded.confirmed_at",
        values![whom.0, whom.1, side.code(), by, now],
    )
    .await
    .map(|_| ())
}
