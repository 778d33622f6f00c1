//! The application under test.

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use nastavnik::kernel::clock::Clock;
use nastavnik::kernel::db::{self, Db, Tx};
use nastavnik::kernel::password::Cost;
use nastavnik::kernel::registry::Entry;
use nastavnik::kernel::state::{App, Config, Mode};
use nastavnik::kernel::{auth, ids, jobs};
use nastavnik::values;
use uuid::Uuid;

use super::browser::Browser;
use super::database;

/// The application, its router and its list of paths.
#[derive(Clone)]
pub(crate) struct TestApp {
    pub(crate) app: App,
    pub(crate) router: Router,
    pub(crate) entries: Arc<Vec<Entry>>,
    folder: PathBuf,
    database: Option<String>,
}

/// Monday, 23 November 2026, 13:00 in Nefteyugansk.
pub(crate) fn start() -> DateTime<Utc> {
    "2026-11-23T08:00:00Z".parse().unwrap()
}

impl TestApp {
    pub(crate) async fn on_sqlite() -> Self {
        let folder = fresh_folder();
        let db = database::sqlite(&folder).await;
        Self::over(db, folder, None, Mode::Real)
    }

    pub(crate) async fn on_postgres() -> Self {
        let (db, name) = database::postgres().await;
        Self::over(db, fresh_folder(), Some(name), Mode::Real)
    }

    /// Another application of the same kind, with an empty database.
    pub(crate) async fn fresh(&self) -> Self {
        match self.database {
            Some(_) => Self::on_postgres().await,
            None => Self::on_sqlite().await,
        }
    }

    /// An SQLite database whose schema stands at an older step.
    pub(crate) async fn on_sqlite_at(step: i64) -> Self {
        let folder = fresh_folder();
        let db = Db::open_sqlite(&folder.join("nastavnik.sqlite")).await.unwrap();
        nastavnik::kernel::migrate::run_to(&db, &Clock::System, step).await.unwrap();
        Self::over(db, folder, None, Mode::Real)
    }

    /// A PostgreSQL database whose schema stands at an older step; 0 means an empty one.
    pub(crate) async fn on_postgres_at(step: i64) -> Self {
        let (db, name) = database::empty_postgres().await;
        nastavnik::kernel::migrate::run_to(&db, &Clock::System, step).await.unwrap();
        Self::over(db, fresh_folder(), Some(name), Mode::Real)
    }

    /// Another process over the same database: with empty memory, as after a restart.
    pub(crate) fn restarted(&self) -> Self {
        let mut other = Self::over(self.app.db.clone(), self.folder.clone(), None, self.app.config.mode);
        other.app.clock = self.app.clock.clone();
        let (router, entries) = nastavnik::routes::build(other.app.clone());
        Self { router, entries: Arc::new(entries), ..other }
    }

    fn over(db: Db, folder: PathBuf, database: Option<String>, mode: Mode) -> Self {
        let _ = tracing_subscriber::fmt().with_max_level(tracing::Level::ERROR).with_test_writer().try_init();
        let config = Config { data: folder.clone(), public_url: "http://nastavnik.test".to_owned(), mode };
        let app = App::new(db, Clock::fixed(start()), config, Cost::Cheap).unwrap();
        let (router, entries) = nastavnik::routes::build(app.clone());
        Self { app, router, entries: Arc::new(entries), folder, database }
    }

    /// The folder of data.
    pub(crate) fn folder(&self) -> &std::path::Path {
        &self.folder
    }

    /// Today where the municipality is.
    pub(crate) fn today(&self) -> NaiveDate {
        nastavnik::kernel::clock::local_day(self.app.clock.now(), chrono_tz::Asia::Yekaterinburg)
    }

    pub(crate) fn advance(&self, by: Duration) {
        self.app.clock.advance(by);
    }

    /// A browser nobody has signed in from.
    pub(crate) fn anonymous(&self) -> Browser {
        Browser::new(self.router.clone(), None)
    }

    /// A browser in which this person has signed in.
    pub(crate) async fn browser_of(&self, person: Uuid) -> Browser {
        let cookie = self.session_of(person, self.app.clock.now()).await;
        Browser::new(self.router.clone(), Some(cookie))
    }

    /// The cookie of this person, who signed in at this moment.
    pub(crate) async fn session_of(&self, person: Uuid, now: DateTime<Utc>) -> String {
        let tx = self.app.db.begin().await.unwrap();
        let account = an_account(&tx, person).await;
        let token = auth::begin(&tx, account, now).await.unwrap();
        tx.commit().await.unwrap();
        format!("nastavnik={token}")
    }

    /// The address of the PostgreSQL database of this test.
    pub(crate) fn address(&self) -> String {
        database::address_of(self.database.as_deref().expect("this test runs on PostgreSQL"))
    }

    /// Does every job that is due.
    pub(crate) async fn run_jobs(&self) {
        while jobs::run_one(&self.app).await.unwrap() {}
    }

    /// A number from the database.
    pub(crate) async fn count(&self, sql: &str, values: Vec<sea_orm::Value>) -> u64 {
        db::count(self.app.db.reader(), sql, values).await.unwrap()
    }

    /// Changes the database behind the application's back.
    pub(crate) async fn exec(&self, sql: &str, values: Vec<sea_orm::Value>) {
        let tx = self.app.db.begin().await.unwrap();
        db::exec(&tx, sql, values).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Closes the database and cleans up after the test.
    pub(crate) async fn finish(self) {
        self.app.db.close().await.unwrap();
        if let Some(name) = &self.database {
            database::drop_postgres(name).await;
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn fresh_folder() -> PathBuf {
    let folder = std::env::temp_dir().join(database::fresh_name());
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// The account of a person, opened if there is none.
pub(super) async fn an_account(tx: &Tx, person: Uuid) -> Uuid {
    db::exec(
        tx,
        "INSERT INTO account (id, person_id, login, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        values![ids::row_id(), person, format!("u{}", person.simple()), start()],
    )
    .await
    .unwrap();
    #[derive(sea_orm::FromQueryResult)]
    struct Row {
        id: Uuid,
    }
    let account: Option<Row> =
        db::one(tx, "SELECT id FROM account WHERE person_id = ?", values![person]).await.unwrap();
    account.unwrap().id
}
