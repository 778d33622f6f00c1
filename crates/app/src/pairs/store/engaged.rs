//! Mentorships by their days alone: whose places they take, who is in force on a day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::mentor::Engagement;
use nastavnik_domain::period::Period;
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db::Sql;
use crate::values;

/// As many values as one query carries on both databases: a list of a municipality takes one.
const CHUNK: usize = 10_000;

/// A mentorship as far as places and repeated pairs are concerned.
#[derive(Clone, Debug)]
pub(in crate::pairs) struct Engaged {
    pub(in crate::pairs) id: Uuid,
    pub(in crate::pairs) engagement: Engagement,
}

#[derive(FromQueryResult)]
struct EngagedRow {
    id: Uuid,
    mentor_id: Uuid,
    person_id: Uuid,
    kinds: String,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    came_on: NaiveDate,
    gone_on: Option<NaiveDate>,
}

/// Every mentorship of these mentors, in whatever organization, that was not given up. Whoever is about to join a group takes
/// a place already.
pub(in crate::pairs) async fn engagements(
    connection: &impl ConnectionTrait,
    mentors: &[Uuid],
) -> anyhow::Result<Vec<Engaged>> {
    let mut found: BTreeMap<(Uuid, NaiveDate, Option<NaiveDate>), Engaged> = BTreeMap::new();
    for part in mentors.chunks(CHUNK) {
        let rows: Vec<EngagedRow> = Sql::new(
            "SELECT m.id, m.mentor_id, x.person_id, m.kinds, m.starts_on, m.ends_on, x.came_on, x.gone_on \
             FROM mentorship m JOIN mentorship_place x ON x.mentorship_id = m.id WHERE m.withdrawn_at IS NULL",
        )
        .and_in("AND m.mentor_id", part.iter().copied())
        .all(connection)
        .await?;
        for row in rows {
            let to = [row.ends_on.succ_opt(), row.gone_on].into_iter().flatten().min();
            let from = row.came_on.max(row.starts_on);
            // Ended before it began: it takes no day.
            let Ok(period) = Period::new(from, to) else { continue };
            let kinds = serde_json::from_str(&row.kinds)?;
            let engagement =
                Engagement { mentor: PersonId(row.mentor_id), mentees: Vec::new(), period, kinds };
            // Whoever joins or leaves a group takes a place for days of their own.
            let entry =
                found.entry((row.id, row.came_on, row.gone_on)).or_insert(Engaged { id: row.id, engagement });
            entry.engagement.mentees.push(PersonId(row.person_id));
        }
    }
    Ok(found.into_values().collect())
}

/// A mentorship with the days of its orders, for indicators.
#[derive(Debug, FromQueryResult)]
pub(in crate::pairs) struct InForceRow {
    pub(in crate::pairs) id: Uuid,
    pub(in crate::pairs) organization_id: Uuid,
    pub(in crate::pairs) mentor_id: Uuid,
    pub(in crate::pairs) mentor_organization: Uuid,
    pub(in crate::pairs) person_id: Uuid,
    pub(in crate::pairs) starts_on: NaiveDate,
    pub(in crate::pairs) ends_on: NaiveDate,
    pub(in crate::pairs) ended_on: Option<NaiveDate>,
    pub(in crate::pairs) ordered_on: NaiveDate,
    pub(in crate::pairs) label: String,
}

/// Mentorships fixed by a signed order whose planned days contain the day, a row for each mentee.
pub(in crate::pairs) async fn in_force(
    connection: &impl ConnectionTrait,
    day: NaiveDate,
) -> Result<Vec<InForceRow>, sea_orm::DbErr> {
    ordered(day).and("ORDER BY m.id, x.person_id", []).all(connection).await
}

/// The same of one person, as the mentor or as a mentee.
pub(in crate::pairs) async fn in_force_with(
    connection: &impl ConnectionTrait,
    person: Uuid,
    day: NaiveDate,
) -> Result<Vec<InForceRow>, sea_orm::DbErr> {
    ordered(day)
        .and("AND (m.mentor_id = ? OR x.person_id = ?) ORDER BY m.id, x.person_id", values![person, person])
        .all(connection)
        .await
}

fn ordered(day: NaiveDate) -> Sql {
    Sql::new(
        "SELECT m.id, m.organization_id, m.mentor_id, \
         COALESCE(m.mentor_organization_id, m.organization_id) AS mentor_organization, \
         x.person_id, x.came_on AS starts_on, m.ends_on, x.gone_on AS ended_on, d.signed_on AS ordered_on, d.label \
         FROM document d JOIN document_mentorship dm ON dm.document_id = d.id \
         JOIN mentorship m ON m.id = dm.mentorship_id \
         JOIN mentee_stay x ON x.mentorship_id = m.id \
         WHERE d.kind = 'appointment_order' AND d.canceled_at IS NULL",
    )
    .and(
        "AND d.signed_on <= ? AND x.came_on <= ? AND m.ends_on >= ? AND (x.gone_on IS NULL OR x.gone_on > ?)",
        values![day, day, day, day],
    )
}
