//! The canary: words of the ring, looked for on every page and in every file by everybody outside the pair.

use axum::http::StatusCode;
use nastavnik::values;
use nastavnik_domain::role::Role;

use super::stage::{Stage, with};
use crate::db_test;
use crate::support::{Canary, TestApp, traces};

/// What must not be seen.
const TRACES: &[&str] = &["канареечная тайна", "канареечный шаг", "Поговорили о трудной ситуации"];

/// An entry that can be recognized.
async fn record(stage: &Stage) {
    let said = [
        with("held_on", "2026-11-22").as_slice(),
        &[
            ("worked_phrases", "Поговорили о трудной ситуации"),
            ("worked", "канареечная тайна"),
            ("mentor_step", "канареечный шаг"),
        ],
    ]
    .concat();
    stage.mentee.post(&stage.address(), &said).await.led_to();
}

db_test!(nobody_outside_the_pair_meets_a_word, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    app.exec("UPDATE document SET number = 78", vec![]).await;
    let objects = stage.world.objects(&app).await;
    record(&stage).await;
    // The traces are real: the pair does see them.
    let inside = stage.mentor.get(&stage.address()).await.expect(StatusCode::OK);
    assert_eq!(traces(&inside, TRACES), TRACES);
    let canary = Canary { words: TRACES, queries: &["?q=mentee"] };
    let found = canary.met_outside_the_pair(&app, &stage.world, &objects).await;
    assert!(found.is_empty(), "{found:#?}");
});

db_test!(the_journal_of_actions_knows_the_fact_only, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    record(&stage).await;
    for trace in ["канареечн", "ситуации", "d5", "Методика"] {
        let sql = "SELECT COUNT(*) AS n FROM journal WHERE payload LIKE ?";
        assert_eq!(app.count(sql, values![format!("%{trace}%")]).await, 0, "{trace}");
    }
    let journal = stage.world.browser(&app, Role::Director).await.get("/journal").await;
    journal.shows("Записана встреча пары");
});
