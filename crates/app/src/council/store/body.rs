//! Who the council consists of and who leads it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use nastavnik_domain::person::FullName;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::change::Change;
use crate::kernel::db;
use crate::kernel::ids;
use crate::values;

/// A member of the council.
#[derive(Clone, Debug)]
pub(in crate::council) struct Member {
    pub(in crate::council) person: Uuid,
    pub(in crate::council) name: FullName,
}

#[derive(FromQueryResult)]
struct MemberRow {
    id: Uuid,
    surname: String,
    given: String,
    patronymic: Option<String>,
}

/// Who holds the role of the council in the organization on the day, by name.
pub(in crate::council) async fn members(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    day: NaiveDate,
) -> Result<Vec<Member>, DbErr> {
    let rows: Vec<MemberRow> = db::all(
        connection,
        "SELECT p.id, p.surname, p.given, p.patronymic FROM person p WHERE EXISTS (SELECT 1 FROM role_grant g \
         WHERE g.person_id = p.id AND g.organization_id = ? AND g.role = 'council' AND g.started_on <= ? \
         AND (g.ended_on IS NULL OR g.ended_on > ?)) ORDER BY p.sort_key, p.id",
        values![organization, day, day],
    )
    .await?;
    Ok(rows.iter().map(member).collect())
}

fn member(row: &MemberRow) -> Member {
    Member { person: row.id, name: FullName::new(&row.surname, &row.given, row.patronymic.as_deref()) }
}

/// What a member may be chosen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::council) enum Office {
    Head,
    Secretary,
}

impl Office {
    pub(in crate::council) const ALL: [Self; 2] = [Self::Head, Self::Secretary];

    /// The code stored in the database and used in forms.
    pub(in crate::council) const fn code(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Secretary => "secretary",
        }
    }

    /// Words for people.
    pub(in crate::council) const fn title(self) -> &'static str {
        match self {
            Self::Head => "Председатель",
            Self::Secretary => "Секретарь",
        }
    }
}

#[derive(FromQueryResult)]
struct OfficeRow {
    office: String,
    person_id: Uuid,
}

/// Who holds the offices on the day.
pub(in crate::council) async fn offices(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    day: NaiveDate,
) -> Result<BTreeMap<Office, Uuid>, DbErr> {
    let rows: Vec<OfficeRow> = db::all(
        connection,
        "SELECT office, person_id FROM council_office WHERE organization_id = ? AND started_on <= ? \
         AND (ended_on IS NULL OR ended_on > ?) ORDER BY started_on, id",
        values![organization, day, day],
    )
    .await?;
    let office = |row: OfficeRow| {
        Some((Office::ALL.into_iter().find(|office| office.code() == row.office)?, row.person_id))
    };
    Ok(rows.into_iter().filter_map(office).collect())
}

/// Gives an office to a member from the day on; whoever held it before holds it no longer.
pub(in crate::council) async fn set_office(
    change: &Change,
    organization: Uuid,
    office: Office,
    person: Uuid,
    from: NaiveDate,
) -> Result<(), DbErr> {
    db::exec(
        change.tx(),
        "UPDATE council_office SET ended_on = ? WHERE organization_id = ? AND office = ? AND ended_on IS NULL",
        values![from, organization, office.code()],
    )
    .await?;
    db::exec(
        change.tx(),
        "INSERT INTO council_office (id, organization_id, person_id, office, started_on, recorded_by, recorded_at) \
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        values![ids::row_id(), organization, person, office.code(), from, change.account(), change.now()],
    )
    .await
    .map(|_| ())
}
