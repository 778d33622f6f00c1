//! One change = one transaction = data + journal + jobs, carried out once per form.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use sea_orm::{DbErr, FromQueryResult};
use serde::Serialize;
use uuid::Uuid;

use super::audit::{self, By, Entry};
use super::db::{self, Tx};
use super::errors::AppError;
use super::jobs::{self, NewJob};
use super::state::App;
use crate::values;

/// A change under way. Dropped without `finish` it leaves no trace.
pub struct Change {
    app: App,
    tx: Tx,
    now: DateTime<Utc>,
    by: By,
    once: Once,
}

/// What makes a form recognisable when it comes again.
#[derive(Clone, Debug)]
pub struct Once {
    pub account: Uuid,
    pub key: Uuid,
    /// Fingerprint of the path and everything in the form but the key.
    pub request_hash: String,
}

#[derive(FromQueryResult)]
struct Done {
    request_hash: String,
    location: String,
}

impl Change {
    /// Begins the transaction and claims the form's key. A form that was already carried out leads where
    /// it led then; the same key with another content is refused.
    pub async fn begin(app: &App, by: By, once: Once) -> Result<Self, AppError> {
        let now = app.clock.now();
        let tx = app.db.begin().await?;
        let claimed = db::exec(
            &tx,
            "INSERT INTO idempotency (account_id, form_key, request_hash, location, created_at) \
             VALUES (?, ?, ?, '', ?) ON CONFLICT DO NOTHING",
            values![once.account, once.key, once.request_hash.clone(), now],
        )
        .await?;
        if claimed == 0 {
            return Err(already_done(&tx, &once).await?);
        }
        Ok(Self { app: app.clone(), tx, now, by, once })
    }

    pub fn tx(&self) -> &Tx {
        &self.tx
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The account on whose behalf.
    pub fn account(&self) -> Uuid {
        self.once.account
    }

    /// Writes what happened in the journal.
    pub async fn journal<P: Serialize>(&self, entry: Entry<'_, P>) -> Result<(), DbErr> {
        audit::record(&self.tx, self.now, &self.by, entry).await
    }

    /// Puts a job in the queue; it comes to be with the commit.
    pub async fn enqueue<P: Serialize>(
        &self,
        kind: &'static str,
        subject: Uuid,
        payload: &P,
    ) -> Result<Uuid, DbErr> {
        let job = NewJob {
            kind,
            subject: Some(subject),
            payload,
            run_at: self.now,
            created_by: Some(self.account()),
        };
        jobs::enqueue(&self.tx, self.now, job).await
    }

    /// Commits and leads the browser on. The notice is shown there once the page opens.
    pub async fn finish(self, location: &str, notice: &str) -> Result<Response, AppError> {
        let to = with_notice(location, self.once.key);
        db::exec(
            &self.tx,
            "UPDATE idempotency SET location = ?, notice = ? WHERE account_id = ? AND form_key = ?",
            values![to.clone(), notice, self.once.account, self.once.key],
        )
        .await?;
        self.tx.commit().await?;
        self.app.bell.notify_one();
        Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
    }
}

async fn already_done(tx: &Tx, once: &Once) -> Result<AppError, DbErr> {
    let done: Option<Done> = db::one(
        tx,
        "SELECT request_hash, location FROM idempotency WHERE account_id = ? AND form_key = ?",
        values![once.account, once.key],
    )
    .await?;
    Ok(match done {
        Some(done) if done.request_hash == once.request_hash && !done.location.is_empty() => {
            AppError::Replay(done.location)
        }
        _ => AppError::Conflict(
            "Эта форма уже отправлена с другими данными. Откройте страницу заново и проверьте, что получилось"
                .to_owned(),
        ),
    })
}

/// The address with the mark by which the next page finds the notice.
fn with_notice(location: &str, key: Uuid) -> String {
    let (path, anchor) = location.split_once('#').map_or((location, None), |(path, rest)| (path, Some(rest)));
    let joint = if path.contains('?') { '&' } else { '?' };
    let anchor = anchor.map(|rest| format!("#{rest}")).unwrap_or_default();
    format!("{path}{joint}done={key}{anchor}")
}

/// The notice of a form that has just been carried out by this account.
pub async fn notice(app: &App, account: Uuid, key: Uuid) -> Result<Option<String>, DbErr> {
    #[derive(FromQueryResult)]
    struct Notice {
        notice: Option<String>,
    }
    let fresh = app.clock.now() - chrono::Duration::minutes(5);
    let row: Option<Notice> = db::one(
        app.db.reader(),
        "SELECT notice FROM idempotency WHERE account_id = ? AND form_key = ? AND created_at > ?",
        values![account, key, fresh],
    )
    .await?;
    Ok(row.and_then(|row| row.notice).filter(|text| !text.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_joins_query_and_anchor() {
        let key = Uuid::nil();
        assert_eq!(with_notice("/a", key), format!("/a?done={key}"));
        assert_eq!(with_notice("/a?b=1#c", key), format!("/a?b=1&done={key}#c"));
    }
}
