//! What a person did in mentoring, organization by organization.

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::policy::Place;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db;
use crate::kernel::scope;
use crate::values;

/// A mentorship of the person, where they take part from.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::people) struct MentorshipRow {
    /// «mentor» or «mentee».
    pub(in crate::people) side: String,
    organization_id: Uuid,
    territory_id: Uuid,
    region_id: Uuid,
    pub(in crate::people) short_name: String,
    pub(in crate::people) starts_on: NaiveDate,
    pub(in crate::people) ends_on: NaiveDate,
    /// The first day without mentoring, by an order that ended it.
    pub(in crate::people) ended_on: Option<NaiveDate>,
    pub(in crate::people) withdrawn_at: Option<DateTime<Utc>>,
}

impl MentorshipRow {
    pub(in crate::people) fn place(&self) -> Place {
        scope::place(self.organization_id, self.territory_id, self.region_id)
    }

    /// The last day by plan or by the order.
    pub(in crate::people) fn last_day(&self) -> NaiveDate {
        self.ended_on.and_then(|day| day.pred_opt()).map_or(self.ends_on, |last| last.min(self.ends_on))
    }
}

/// Mentorships of any state, the latest first.
pub(in crate::people) async fn mentorships(
    connection: &impl ConnectionTrait,
    person: Uuid,
) -> Result<Vec<MentorshipRow>, DbErr> {
    db::all(
        connection,
        "SELECT x.side, o.id AS organization_id, o.territory_id, o.region_id, o.short_name, x.starts_on, x.ends_on, \
         x.ended_on, x.withdrawn_at FROM ( \
             SELECT 'mentor' AS side, COALESCE(m.mentor_organization_id, m.organization_id) AS place_id, m.starts_on, \
             m.ends_on, m.ended_on, m.withdrawn_at FROM mentorship m WHERE m.mentor_id = ? \
             UNION ALL \
             SELECT 'mentee', m.organization_id, m.starts_on, m.ends_on, e.gone_on, m.withdrawn_at \
             FROM mentee_stay e JOIN mentorship m ON m.id = e.mentorship_id WHERE e.person_id = ? \
         ) x JOIN organization o ON o.id = x.place_id ORDER BY x.starts_on DESC, o.name_key",
        values![person, person],
    )
    .await
}

/// Where a decision about the person's categories was taken.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::people) struct DecisionRow {
    organization: Uuid,
    territory: Uuid,
    region: Uuid,
}

impl DecisionRow {
    pub(in crate::people) fn place(&self) -> Place {
        scope::place(self.organization, self.territory, self.region)
    }
}

/// Decisions about categories of any year.
pub(in crate::people) async fn decisions(
    connection: &impl ConnectionTrait,
    person: Uuid,
) -> Result<Vec<DecisionRow>, DbErr> {
    db::all(
        connection,
        "SELECT o.id AS organization, o.territory_id AS territory, o.region_id AS region \
         FROM category_decision d JOIN organization o ON o.id = d.organization_id WHERE d.person_id = ?",
        values![person],
    )
    .await
}
