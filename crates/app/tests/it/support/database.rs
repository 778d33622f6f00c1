//! A fresh database for each test, copied from one that was migrated once.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use nastavnik::kernel::clock::Clock;
use nastavnik::kernel::db::Db;
use nastavnik::kernel::migrate;
use sea_orm::{ConnectionTrait, Database};
use tokio::sync::OnceCell;

static SQLITE_TEMPLATE: OnceCell<PathBuf> = OnceCell::const_new();
static POSTGRES_TEMPLATE: OnceCell<String> = OnceCell::const_new();
static NUMBER: AtomicU32 = AtomicU32::new(0);

/// A name nobody else has taken in this run or a parallel one.
pub(super) fn fresh_name() -> String {
    format!("nast_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed))
}

/// An SQLite file in the folder, with today's schema.
pub(super) async fn sqlite(folder: &Path) -> Db {
    let template = SQLITE_TEMPLATE
        .get_or_init(|| async {
            let file = std::env::temp_dir().join(format!("{}.sqlite", fresh_name()));
            let db = Db::open_sqlite(&file).await.unwrap();
            migrate::run(&db, &Clock::System).await.unwrap();
            db.maintain("PRAGMA wal_checkpoint(TRUNCATE)").await.unwrap();
            db.close().await.unwrap();
            file
        })
        .await;
    let file = folder.join("nastavnik.sqlite");
    std::fs::copy(template, &file).unwrap();
    Db::open_sqlite(&file).await.unwrap()
}

/// A PostgreSQL database of this test alone, and its name.
pub(super) async fn postgres() -> (Db, String) {
    let template = POSTGRES_TEMPLATE
        .get_or_init(|| async {
            let name = format!("{}_template", fresh_name());
            administer(&format!("CREATE DATABASE {name}")).await;
            let db = Db::open_postgres(&address_of(&name)).await.unwrap();
            migrate::run(&db, &Clock::System).await.unwrap();
            db.close().await.unwrap();
            name
        })
        .await;
    let name = fresh_name();
    // Copying files takes half the time of writing pages through the log, which nobody will read.
    administer(&format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")).await;
    (Db::open_postgres(&address_of(&name)).await.unwrap(), name)
}

/// A PostgreSQL database without anything in it, and its name.
pub(super) async fn empty_postgres() -> (Db, String) {
    let name = fresh_name();
    administer(&format!("CREATE DATABASE {name}")).await;
    (Db::open_postgres(&address_of(&name)).await.unwrap(), name)
}

/// Drops a test's database.
pub(super) async fn drop_postgres(name: &str) {
    administer(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
}

async fn administer(sql: &str) {
    static ONE_AT_A_TIME: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
    let _turn = ONE_AT_A_TIME.lock().await;
    let connection = Database::connect(maintenance()).await.unwrap();
    connection.execute_unprepared(sql).await.unwrap();
    connection.close().await.unwrap();
}

fn maintenance() -> String {
    std::env::var("NASTAVNIK_TEST_POSTGRES")
        .expect("these tests need PostgreSQL: run them as `scripts/with-postgres cargo test -p nastavnik`")
}

/// The maintenance address with another database's name in it.
pub(super) fn address_of(name: &str) -> String {
    let address = maintenance();
    let (base, query) = address.split_once('?').map_or((address.as_str(), ""), |(base, query)| (base, query));
    let (server, _) = base.rsplit_once('/').expect("an address ends with a database's name");
    if query.is_empty() { format!("{server}/{name}") } else { format!("{server}/{name}?{query}") }
}
