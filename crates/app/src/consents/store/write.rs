//! Writing consents.

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::consent::Kind;
use sea_orm::DbErr;
use uuid::Uuid;

use crate::kernel::db::{self, Tx};
use crate::kernel::ids;
use crate::values;

/// A consent to write.
pub(in crate::consents) struct NewConsent<'a> {
    pub(in crate::consents) person: Uuid,
    pub(in crate::consents) organization: Uuid,
    pub(in crate::consents) kind: Kind,
    pub(in crate::consents) text_version: &'a str,
    pub(in crate::consents) given_on: NaiveDate,
    pub(in crate::consents) valid_until: NaiveDate,
    pub(in crate::consents) scan: Option<Uuid>,
}

/// Writes a consent. The row that stands in its way must have been replaced before.
pub(in crate::consents) async fn insert(
    tx: &Tx,
    now: DateTime<Utc>,
    by: Uuid,
    new: &NewConsent<'_>,
) -> Result<Uuid, DbErr> {
    let id = ids::row_id();
    db::exec(
        tx,
        "INSERT INTO consent (id, person_id, organization_id, kind, text_version, given_on, valid_until, scan_id, \
         recorded_by, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values![
            id,
            new.person,
            new.organization,
            new.kind.code(),
            new.text_version,
            new.given_on,
            new.valid_until,
            new.scan,
            by,
            now
        ],
    )
    .await?;
    Ok(id)
}

/// A newer paper came instead of this one.
pub(in crate::consents) async fn replace(tx: &Tx, now: DateTime<Utc>, id: Uuid) -> Result<(), DbErr> {
    let sql =
        "UPDATE consent SET replaced_at = ? WHERE id = ? AND withdrawn_at IS NULL AND replaced_at IS NULL";
    db::exec(tx, sql, values![now, id]).await.map(|_| ())
}

/// Withdraws a consent; `false` if it was withdrawn or replaced already.
pub(in crate::consents) async fn set_withdrawn(
    tx: &Tx,
    now: DateTime<Utc>,
    by: Uuid,
    id: Uuid,
) -> Result<bool, DbErr> {
    let changed = db::exec(
        tx,
        "UPDATE consent SET withdrawn_at = ?, withdrawn_by = ? WHERE id = ? AND withdrawn_at IS NULL \
         AND replaced_at IS NULL",
        values![now, by, id],
    )
    .await?;
    Ok(changed == 1)
}
