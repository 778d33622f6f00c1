//! The curator's list: a few queries however many people there are.

use chrono::NaiveDate;
use nastavnik_domain::consent::Kind;
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::{Place, Reach};
use nastavnik_domain::year::AcademicYear;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use super::held;
use crate::consents::filter::{Filter, Missing, Who};
use crate::kernel::db::{Sql, contains_pattern};
use crate::kernel::listing::Direction;
use crate::kernel::scope;
use crate::values;

/// A person in one organization.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::consents) struct PersonRow {
    pub(in crate::consents) person_id: Uuid,
    surname: String,
    given: String,
    patronymic: Option<String>,
    pub(in crate::consents) organization_id: Uuid,
    pub(in crate::consents) short_name: String,
    territory_id: Uuid,
    region_id: Uuid,
    pub(in crate::consents) position: Option<String>,
}

impl PersonRow {
    pub(in crate::consents) fn name(&self) -> FullName {
        FullName::new(&self.surname, &self.given, self.patronymic.as_deref())
    }

    pub(in crate::consents) fn place(&self) -> Place {
        scope::place(self.organization_id, self.territory_id, self.region_id)
    }
}

const COLUMNS: &str = "SELECT p.id AS person_id, p.surname, p.given, p.patronymic, o.id AS organization_id, \
    o.short_name, o.territory_id, o.region_id, (SELECT e.position FROM employment e WHERE e.person_id = p.id \
    AND e.organization_id = o.id ORDER BY CASE WHEN e.ended_on IS NULL THEN 0 ELSE 1 END, e.share_percent DESC, e.id \
    LIMIT 1) AS position";

/// In the bank by a decision or as a candidate, or in a mentorship that is prepared or goes on.
const TAKES_PART: &str = "AND (EXISTS (SELECT 1 FROM mentor_candidate c WHERE c.person_id = p.id \
    AND c.organization_id = o.id AND c.ended_on IS NULL) \
    OR EXISTS (SELECT 1 FROM category_decision d WHERE d.person_id = p.id AND d.organization_id = o.id \
    AND d.decision = 'confirmed' AND d.year_start = ?) \
    OR EXISTS (SELECT 1 FROM mentorship m JOIN mentee_stay x ON x.mentorship_id = m.id \
    WHERE m.withdrawn_at IS NULL AND m.ends_on >= ? AND (x.gone_on IS NULL OR x.gone_on > ?) \
    AND ((m.mentor_id = p.id AND COALESCE(m.mentor_organization_id, m.organization_id) = o.id) \
    OR (m.organization_id = o.id AND x.person_id = p.id))))";

/// Everybody who works within reach on the day, as `p` in `o`.
fn people(select: Sql, reach: &Reach, today: NaiveDate) -> Sql {
    let sql = select
        .and(
            "FROM (SELECT DISTINCT e.person_id, e.organization_id FROM employment e \
             WHERE e.ended_on IS NULL OR e.ended_on > ?) w",
            values![today],
        )
        .and(
            "JOIN person p ON p.id = w.person_id JOIN organization o ON o.id = w.organization_id \
             WHERE p.archived_at IS NULL AND o.archived_at IS NULL",
            [],
        );
    scope::within(sql, reach, "o")
}

fn narrowed(sql: Sql, filter: &Filter, today: NaiveDate) -> Sql {
    let pattern = (!filter.name.is_empty()).then(|| contains_pattern(&filter.name));
    let sql = sql
        .and_some(filter.organization, "AND o.id = ?")
        .and_some(pattern, "AND p.search_key LIKE ? ESCAPE '\\'");
    let sql = match filter.who {
        Who::Workers => sql,
        Who::Participants => sql.and(TAKES_PART, values![i64::from(AcademicYear::of(today).0), today, today]),
    };
    let without = |sql: Sql, before: &str, kind: Kind| {
        let (text, values) = held("p.id", "o.id", kind, today);
        sql.and(&format!("{before} NOT {text}"), values)
    };
    match filter.missing {
        None => sql,
        Some(Missing::One(kind)) => without(sql, "AND", kind),
        Some(Missing::Basic) => {
            let sql = without(sql, "AND (", Kind::Processing);
            without(sql, "OR", Kind::Transfer).and(")", [])
        }
    }
}

/// How many people in how many places the filter finds.
pub(in crate::consents) async fn count_rows(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    filter: &Filter,
    today: NaiveDate,
) -> Result<u64, DbErr> {
    narrowed(people(Sql::new("SELECT COUNT(*) AS n"), reach, today), filter, today).count(connection).await
}

/// One page of the list by name.
pub(in crate::consents) async fn rows(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    filter: &Filter,
    (today, direction): (NaiveDate, Direction),
    (limit, offset): (u64, u64),
) -> Result<Vec<PersonRow>, DbErr> {
    let word = if direction == Direction::Descending { " DESC" } else { "" };
    let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    narrowed(people(Sql::new(COLUMNS), reach, today), filter, today)
        .and(
            &format!("ORDER BY p.sort_key{word}, p.id{word}, o.id LIMIT ? OFFSET ?"),
            values![number(limit), number(offset)],
        )
        .all(connection)
        .await
}

/// The person in an organization within reach where they work or worked; in the present one when none is named.
pub(in crate::consents) async fn visible(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    person: Uuid,
    organization: Option<Uuid>,
) -> Result<Option<PersonRow>, DbErr> {
    let sql = Sql::new(COLUMNS)
        .and(
            "FROM employment j JOIN person p ON p.id = j.person_id JOIN organization o ON o.id = j.organization_id \
             WHERE p.id = ?",
            values![person],
        )
        .and_some(organization, "AND o.id = ?");
    scope::within(sql, reach, "o")
        .and("ORDER BY CASE WHEN j.ended_on IS NULL THEN 0 ELSE 1 END, j.ended_on DESC, j.id", [])
        .one(connection)
        .await
}

/// Numbers above the list, each of which opens it: how many have not given the consent.
#[derive(Clone, Copy, Debug, Default, FromQueryResult)]
pub(in crate::consents) struct Counts {
    pub(in crate::consents) processing: i64,
    pub(in crate::consents) transfer: i64,
    pub(in crate::consents) publication: i64,
}

/// Counts everybody within reach, of one organization if the filter names it.
pub(in crate::consents) async fn counts(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    organization: Option<Uuid>,
    today: NaiveDate,
) -> Result<Counts, DbErr> {
    let flag = |sql: Sql, kind: Kind, name: &str| {
        let (text, values) = held("p.id", "o.id", kind, today);
        sql.and(&format!(", CASE WHEN {text} THEN 0 ELSE 1 END AS {name}"), values)
    };
    let sums = Sql::new(
        "SELECT CAST(COALESCE(SUM(a), 0) AS BIGINT) AS processing, \
         CAST(COALESCE(SUM(b), 0) AS BIGINT) AS transfer, \
         CAST(COALESCE(SUM(c), 0) AS BIGINT) AS publication FROM (SELECT p.id",
    );
    let flags = flag(sums, Kind::Processing, "a");
    let flags = flag(flag(flags, Kind::Transfer, "b"), Kind::Publication, "c");
    let filter = Filter { organization, ..Filter::default() };
    let sql = narrowed(people(flags, reach, today), &filter, today);
    let row: Option<Counts> = sql.and(") known", []).one(connection).await?;
    Ok(row.unwrap_or_default())
}

/// An organization to choose in the filter.
#[derive(FromQueryResult)]
pub(in crate::consents) struct OrganizationRow {
    pub(in crate::consents) id: Uuid,
    pub(in crate::consents) short_name: String,
}

/// Organizations within reach.
pub(in crate::consents) async fn organizations(
    connection: &impl ConnectionTrait,
    reach: &Reach,
) -> Result<Vec<OrganizationRow>, DbErr> {
    let sql = Sql::new("SELECT o.id, o.short_name FROM organization o WHERE o.archived_at IS NULL");
    scope::within(sql, reach, "o").and("ORDER BY o.name_key, o.id", []).all(connection).await
}
