//! What stands out in somebody's newest sheet.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::competence::{Answer, Domain, Level, Standing, Wave};
use nastavnik_domain::consent::Kind;
use nastavnik_domain::evaluation::Sheet;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::consents;
use crate::diagnosis::front::Finding;
use crate::kernel::clock;
use crate::kernel::db::Sql;
use crate::values;

#[derive(FromQueryResult)]
struct Row {
    domain: i64,
    is_deficit: i64,
    completed_at: DateTime<Utc>,
    time_zone: String,
}

/// Deficits and strengths of the newest completed own sheet, begun in this organization or anywhere.
pub(in crate::diagnosis) async fn newest_findings(
    connection: &impl ConnectionTrait,
    person: Uuid,
    organization: Option<Uuid>,
) -> Result<Vec<Finding>, DbErr> {
    let newest = Sql::new(
        "SELECT x.domain, x.is_deficit, d.completed_at, t.time_zone FROM diagnosis_domain x \
         JOIN diagnosis d ON d.id = x.diagnosis_id JOIN organization o ON o.id = d.organization_id \
         JOIN territory t ON t.id = o.territory_id \
         WHERE (x.is_deficit = 1 OR x.is_strength = 1) AND d.id = (SELECT n.id FROM diagnosis n \
         WHERE n.view = 'own' AND n.completed_at IS NOT NULL",
    )
    .and("AND n.person_id = ?", values![person])
    .and_some(organization, "AND n.organization_id = ?")
    .and("ORDER BY n.completed_at DESC, n.id DESC LIMIT 1) ORDER BY x.domain", []);
    let rows: Vec<Row> = newest.all(connection).await?;
    let finding = |row: Row| {
        let zone = row.time_zone.parse().unwrap_or(chrono_tz::Asia::Yekaterinburg);
        Some(Finding {
            person,
            domain: Domain::from_number(row.domain)?,
            standing: if row.is_deficit == 1 { Standing::Deficit } else { Standing::Strength },
            seen_on: clock::local_day(row.completed_at, zone),
        })
    };
    Ok(rows.into_iter().filter_map(finding).collect())
}

/// A completed own sheet.
#[derive(Clone, Debug)]
pub struct Past {
    pub person: Uuid,
    /// Where it was begun.
    pub organization: Uuid,
    pub sheet: Sheet,
}

#[derive(FromQueryResult)]
struct SheetRow {
    id: Uuid,
    person_id: Uuid,
    organization_id: Uuid,
    wave: String,
    completed_at: DateTime<Utc>,
    time_zone: String,
}

#[derive(FromQueryResult)]
struct AnswerRow {
    diagnosis_id: Uuid,
    item: String,
    level: Option<i64>,
    is_important: i64,
}

#[derive(FromQueryResult)]
struct DeficitRow {
    diagnosis_id: Uuid,
    domain: i64,
}

const SHEETS: &str = "SELECT d.id, d.person_id, d.organization_id, d.wave, d.completed_at, t.time_zone FROM diagnosis d \
    JOIN organization o ON o.id = d.organization_id JOIN territory t ON t.id = o.territory_id \
    WHERE d.view = 'own' AND d.completed_at IS NOT NULL";

/// Completed own sheets with their answers and deficits: begun in these organizations, or anywhere by whoever agrees to
/// continuity.
pub(in crate::diagnosis) async fn completed(
    connection: &impl ConnectionTrait,
    people: &[Uuid],
    organizations: &[Uuid],
    today: NaiveDate,
) -> Result<Vec<Past>, DbErr> {
    let own = Sql::new(SHEETS)
        .and_in("AND d.person_id", people.iter().copied())
        .and_in("AND d.organization_id", organizations.iter().copied());
    let anywhere = Sql::new(SHEETS).and_in("AND d.person_id", people.iter().copied());
    let anywhere = consents::with_consent(anywhere, "d.person_id", Kind::Continuity, today);
    let mut sheets: BTreeMap<Uuid, Past> = BTreeMap::new();
    for sql in [own, anywhere] {
        let rows: Vec<SheetRow> = sql.all(connection).await?;
        sheets.extend(rows.into_iter().map(|row| (row.id, past(&row))));
    }
    let answers: Vec<AnswerRow> = Sql::new(
        "SELECT diagnosis_id, item, level, is_important FROM diagnosis_answer WHERE level IS NOT NULL",
    )
    .and_in("AND diagnosis_id", sheets.keys().copied())
    .and("ORDER BY item", [])
    .all(connection)
    .await?;
    for row in answers {
        let level = row.level.and_then(Level::from_number);
        let answer = Answer { item: row.item, level, is_important: row.is_important == 1 };
        sheets.entry(row.diagnosis_id).and_modify(|past| past.sheet.answers.push(answer));
    }
    let deficits: Vec<DeficitRow> =
        Sql::new("SELECT diagnosis_id, domain FROM diagnosis_domain WHERE is_deficit = 1")
            .and_in("AND diagnosis_id", sheets.keys().copied())
            .and("ORDER BY domain", [])
            .all(connection)
            .await?;
    for row in deficits {
        let domain = Domain::from_number(row.domain);
        sheets.entry(row.diagnosis_id).and_modify(|past| past.sheet.deficits.extend(domain));
    }
    Ok(sheets.into_values().collect())
}

fn past(row: &SheetRow) -> Past {
    let zone = row.time_zone.parse().unwrap_or(chrono_tz::Asia::Yekaterinburg);
    let sheet = Sheet {
        on: clock::local_day(row.completed_at, zone),
        wave: Wave::from_code(&row.wave).unwrap_or(Wave::Entry),
        answers: Vec::new(),
        deficits: Vec::new(),
    };
    Past { person: row.person_id, organization: row.organization_id, sheet }
}
