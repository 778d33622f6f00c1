//! Meetings of pairs and groups: that they happen (everybody who may), and what was said (the pair's ring).

mod store;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

/// The days on which these pairs met, in order; a pair that never met is absent. Facts only: no word of what was said.
pub async fn held(
    connection: &impl ConnectionTrait,
    mentorships: &[Uuid],
) -> Result<BTreeMap<Uuid, Vec<NaiveDate>>, DbErr> {
    store::held(connection, mentorships).await
}
