//! All SQL of the register: a few queries however many mentors there are.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use nastavnik_domain::competence::Domain;
use nastavnik_domain::consent;
use nastavnik_domain::kind::Kind;
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::Reach;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::consents;
use crate::kernel::db::{self, Sql, contains_pattern};
use crate::kernel::scope;
use crate::values;

/// What the database narrows the register by. Texts are search keys.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    /// Part of the name or of the subject.
    pub(super) text: String,
    pub(super) subject: String,
    pub(super) domain: Option<Domain>,
    pub(super) kind: Option<Kind>,
    pub(super) organization: Option<Uuid>,
    pub(super) remote: Option<()>,
}

/// A mentor of the register.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct MentorRow {
    pub(super) id: Uuid,
    surname: String,
    given: String,
    patronymic: Option<String>,
    pub(super) organization_id: Uuid,
    pub(super) short_name: String,
    works_remotely: i64,
    kinds: String,
    pub(super) time_and_place: String,
}

impl MentorRow {
    pub(super) fn name(&self) -> FullName {
        FullName::new(&self.surname, &self.given, self.patronymic.as_deref())
    }

    pub(super) const fn is_remote(&self) -> bool {
        self.works_remotely == 1
    }

    pub(super) fn kinds(&self) -> Vec<Kind> {
        serde_json::from_str(&self.kinds).unwrap_or_default()
    }
}

/// In the bank, told to be found by others, at work there today.
const LISTED: &str = "FROM mentor_candidate c JOIN person p ON p.id = c.person_id \
    JOIN organization o ON o.id = c.organization_id \
    WHERE c.ended_on IS NULL AND c.in_register = 1 AND p.archived_at IS NULL AND o.archived_at IS NULL";

/// Everybody of the register whom a reader with this reach sees by name, by the Russian alphabet.
pub(super) async fn mentors(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    filter: &Filter,
    today: NaiveDate,
) -> Result<Vec<MentorRow>, DbErr> {
    let sql = consents::named(within(filter, reach), reach, ("c.person_id", "c.organization_id"), today);
    sql.and("ORDER BY p.sort_key, c.id", []).all(connection).await
}

/// Those of a municipality who let their names be published by their organization.
pub(super) async fn published(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    filter: &Filter,
    today: NaiveDate,
) -> Result<Vec<MentorRow>, DbErr> {
    let whom = ("c.person_id", "c.organization_id");
    consents::given_to(within(filter, reach), whom, consent::Kind::Publication, today)
        .and("ORDER BY p.sort_key, c.id", [])
        .all(connection)
        .await
}

fn within(filter: &Filter, reach: &Reach) -> Sql {
    let sql = Sql::new(
        "SELECT c.id, p.surname, p.given, p.patronymic, c.organization_id, o.short_name, \
         c.works_remotely, c.kinds, c.time_and_place",
    )
    .and(LISTED, [])
    .and_some(filter.organization, "AND c.organization_id = ?")
    .and_some(filter.kind.map(|kind| format!("%\"{}\"%", kind.code())), "AND c.kinds LIKE ?")
    .and_some(
        filter.domain.map(|domain| i64::from(domain.number())),
        "AND EXISTS (SELECT 1 FROM mentor_strength s WHERE s.candidate_id = c.id AND s.domain = ?)",
    );
    let sql = match filter.remote {
        Some(()) => sql.and("AND c.works_remotely = 1", []),
        None => sql,
    };
    let teaches = "EXISTS (SELECT 1 FROM employment e WHERE e.person_id = c.person_id \
                   AND e.organization_id = c.organization_id AND e.ended_on IS NULL AND e.subject_key LIKE ? ESCAPE '\\')";
    let pattern = |key: &str| (!key.is_empty()).then(|| contains_pattern(key));
    let sql = sql.and_some(pattern(&filter.subject), &format!("AND {teaches}"));
    let sql = match pattern(&filter.text) {
        Some(pattern) => sql.and(
            &format!("AND (p.search_key LIKE ? ESCAPE '\\' OR {teaches})"),
            values![pattern.clone(), pattern],
        ),
        None => sql,
    };
    scope::within(sql, reach, "o")
}

#[derive(FromQueryResult)]
struct StrengthRow {
    candidate_id: Uuid,
    domain: i64,
    ground: String,
}

/// Strong sides of everybody of the register within reach: the domain and what it rests on.
pub(super) async fn strengths(
    connection: &impl ConnectionTrait,
    reach: &Reach,
) -> Result<BTreeMap<Uuid, Vec<(Domain, String)>>, DbErr> {
    let sql = Sql::new(
        "SELECT s.candidate_id, s.domain, s.ground FROM mentor_strength s \
         JOIN mentor_candidate c ON c.id = s.candidate_id JOIN organization o ON o.id = c.organization_id \
         WHERE c.ended_on IS NULL AND c.in_register = 1",
    );
    let rows: Vec<StrengthRow> =
        scope::within(sql, reach, "o").and("ORDER BY s.candidate_id, s.domain", []).all(connection).await?;
    let mut found: BTreeMap<Uuid, Vec<(Domain, String)>> = BTreeMap::new();
    for row in rows {
        if let Some(domain) = Domain::from_number(row.domain) {
            found.entry(row.candidate_id).or_default().push((domain, row.ground));
        }
    }
    Ok(found)
}

/// A municipality with its look.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Municipality {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) color: String,
    pub(super) emblem_id: Option<Uuid>,
    pub(super) time_zone: String,
}

/// Municipalities that have organizations, by name.
pub(super) async fn municipalities(connection: &impl ConnectionTrait) -> Result<Vec<Municipality>, DbErr> {
    db::all(
        connection,
        "SELECT t.id, t.name, t.color, t.emblem_id, t.time_zone FROM territory t \
         WHERE t.level = 'municipality' AND EXISTS (SELECT 1 FROM organization o WHERE o.territory_id = t.id \
         AND o.archived_at IS NULL) ORDER BY t.name, t.id",
        vec![],
    )
    .await
}
