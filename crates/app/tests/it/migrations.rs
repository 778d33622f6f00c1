//! Migrations go forward on filled data, once, on both databases, to the same schema.

use nastavnik::kernel::clock::Clock;
use nastavnik::kernel::migrate::{self, MIGRATIONS};

use crate::db_test;
use crate::support::{TestApp, World};
use crate::tidy::columns;

db_test!(a_filled_database_is_not_touched_again, |app: TestApp| async move {
    World::build(&app).await;
    let before = app.count("SELECT COUNT(*) AS n FROM person", vec![]).await;
    assert_eq!(migrate::run(&app.app.db, &Clock::System).await.unwrap(), 0);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM person", vec![]).await, before);
    let newest = MIGRATIONS.last().unwrap().number;
    assert_eq!(i64::try_from(migrate::current(&app.app.db).await.unwrap()).unwrap(), newest);
});

db_test!(a_step_changed_after_release_is_noticed, |app: TestApp| async move {
    app.exec("UPDATE schema_step SET fingerprint = 'other' WHERE number = 1", vec![]).await;
    let error = migrate::run(&app.app.db, &Clock::System).await.unwrap_err();
    assert!(error.to_string().contains("отличается от выпущенного"), "{error}");
});

// Each step is applied onto the data of the step before it.
db_test!(every_step_keeps_the_data_of_the_step_before, |app: TestApp| async move {
    World::build(&app).await;
    let newest = MIGRATIONS.last().unwrap().number;
    let fresh = TestApp::on_sqlite_at(newest - 1).await;
    fresh
        .exec(
            "INSERT INTO territory (id, level, name) VALUES (?, 'federation', 'Россия')",
            vec![nastavnik::kernel::ids::row_id().into()],
        )
        .await;
    assert_eq!(migrate::run(&fresh.app.db, &Clock::System).await.unwrap(), 1);
    assert_eq!(fresh.count("SELECT COUNT(*) AS n FROM territory", vec![]).await, 1);
    fresh.finish().await;
});

#[tokio::test]
async fn both_databases_have_the_same_columns() {
    let (sqlite, postgres) = (TestApp::on_sqlite().await, TestApp::on_postgres().await);
    assert_eq!(columns(&sqlite).await, columns(&postgres).await);
    sqlite.finish().await;
    postgres.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_starting_at_once_apply_each_step_once() {
    let first = TestApp::on_postgres_at(0).await;
    let clock = Clock::System;
    let (one, two) = tokio::join!(migrate::run(&first.app.db, &clock), migrate::run(&first.app.db, &clock));
    assert_eq!(one.unwrap() + two.unwrap(), MIGRATIONS.len());
    first.finish().await;
}
