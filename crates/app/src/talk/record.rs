//! A message as it is kept.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::FromQueryResult;
use uuid::Uuid;

/// One message with the name of its file.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Message {
    pub(super) id: Uuid,
    /// The order in its talk.
    pub(super) number: i64,
    pub(super) author_id: Uuid,
    pub(super) words: String,
    pub(super) file_id: Option<Uuid>,
    pub(super) file_name: Option<String>,
    pub(super) file_size: Option<i64>,
    pub(super) written_at: DateTime<Utc>,
    /// The local day.
    pub(super) written_on: NaiveDate,
    pub(super) corrected_at: Option<DateTime<Utc>>,
    pub(super) withdrawn_at: Option<DateTime<Utc>>,
    pub(super) version: i64,
}

impl Message {
    pub(super) const fn is_withdrawn(&self) -> bool {
        self.withdrawn_at.is_some()
    }
}
