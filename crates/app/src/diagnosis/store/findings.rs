//! What stands out in somebody's newest sheet.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::competence::{Domain, Standing};
use nastavnik_domain::consent::Kind;
use nastavnik_domain::evaluation::Sheet;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use super::read::{self, SELECT};
use crate::consents;
use crate::diagnosis::front::Finding;
use crate::diagnosis::sheet as diagnosis;
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
struct DeficitRow {
    diagnosis_id: Uuid,
    domain: i64,
}

/// Completed own sheets with their answers and deficits: begun in these organizations, or anywhere by whoever agrees to
/// continuity.
pub(in crate::diagnosis) async fn completed(
    connection: &impl ConnectionTrait,
    people: &[Uuid],
    organizations: &[Uuid],
    today: NaiveDate,
) -> anyhow::Result<Vec<Past>> {
    let of_people = || {
        let completed = Sql::new(SELECT).and("d.view = 'own' AND d.completed_at IS NOT NULL", []);
        completed.and_in("AND d.person_id", people.iter().copied())
    };
    let own = of_people().and_in("AND d.organization_id", organizations.iter().copied());
    let anywhere = of_people();
    let anywhere = consents::with_consent(anywhere, "d.person_id", Kind::Continuity, today);
    let mut sheets: BTreeMap<Uuid, Past> = BTreeMap::new();
    for sql in [own, anywhere] {
        let found = read::sheets(connection, sql).await?;
        sheets.extend(found.iter().filter_map(|sheet| Some((sheet.id, past(sheet)?))));
    }
    for (sheet, answer) in read::answers(connection, sheets.keys().copied()).await? {
        if answer.level.is_some() {
            sheets.entry(sheet).and_modify(|past| past.sheet.answers.push(answer));
        }
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

fn past(known: &diagnosis::Sheet) -> Option<Past> {
    let sheet = Sheet {
        on: clock::local_day(known.completed_at?, known.zone),
        wave: known.wave,
        answers: Vec::new(),
        deficits: Vec::new(),
    };
    Some(Past { person: known.person, organization: known.organization, sheet })
}
