//! The canary: words of a task, looked for on every page and in every file by everybody it does not belong to.

use axum::http::StatusCode;
use nastavnik::values;
use nastavnik_domain::role::Role;

use super::stage::{Stage, with};
use crate::db_test;
use crate::support::{Browser, Relation, TestApp};
use crate::support::{Canary, traces};

/// What must not be seen.
const TRACES: &[&str] = &[
    "канареечное задание",
    "канареечное поручение",
    "канареечная работа",
    "kanareyka.example",
    "канареечный-план",
    "канареечные замечания",
    "канареечное слово",
];

/// A task with its whole life, to be recognized anywhere.
async fn play(stage: &Stage) -> String {
    let task =
        stage.task_of(&with(&[("title", "канареечное задание"), ("what", "канареечное поручение")])).await;
    let file = ("work", "канареечный-план.pdf", b"%PDF-1.7 work".as_slice());
    let words = [("version", "1"), ("words", "канареечная работа")];
    stage.mentee.upload(&format!("{task}/products"), &words, file).await.led_to();
    let remarks = [("version", "2"), ("remarks", "канареечные замечания"), ("due", "2026-11-26")];
    stage.mentor.post(&format!("{task}/return"), &remarks).await.led_to();
    let again = [("version", "3"), ("link", "https://kanareyka.example/d")];
    stage.mentee.post(&format!("{task}/products"), &again).await.led_to();
    let word = [("version", "4"), ("word", "канареечное слово")];
    stage.mentor.post(&format!("{task}/acceptance"), &word).await.led_to();
    task
}

db_test!(nobody_else_meets_a_word_of_a_task, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    app.exec("UPDATE document SET number = 78", vec![]).await;
    let mut objects = stage.world.objects(&app).await;
    let task = play(&stage).await;
    let inside = stage.mentor.get(&task).await.expect(StatusCode::OK);
    assert_eq!(traces(&inside, TRACES), TRACES, "the traces are real: the two see them");
    let id = task.rsplit('/').next().unwrap().to_owned();
    objects.get_mut(&Relation::Own).unwrap().insert("task", id);
    let roles =
        [Role::Curator, Role::Director, Role::Council, Role::Psychologist, Role::Union, Role::Department];
    let mut eyes: Vec<(String, Browser)> = Vec::new();
    for role in roles {
        eyes.push((format!("{role:?}"), stage.world.browser(&app, role).await));
    }
    let other_pair = objects[&Relation::Neighbor]["mentor_person"].parse().unwrap();
    eyes.push(("another pair's mentor".to_owned(), app.browser_of(other_pair).await));
    let canary = Canary { words: TRACES, queries: &[] };
    let mut found = Vec::new();
    for (who, browser) in &eyes {
        let met = canary.met(&app, &objects, browser).await;
        found.extend(met.into_iter().map(|trace| format!("{who} at {trace}")));
    }
    assert!(found.is_empty(), "{found:#?}");
});

db_test!(the_journal_knows_that_a_product_was_checked_and_not_how, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    play(&stage).await;
    for trace in ["канареечн", "kanareyka", "2026-11-26", "accepted", "returned"] {
        let sql = "SELECT COUNT(*) AS n FROM journal WHERE payload LIKE ? OR kind LIKE ?";
        let pattern = format!("%{trace}%");
        assert_eq!(app.count(sql, values![pattern.clone(), pattern]).await, 0, "{trace}");
    }
    let checked = "SELECT COUNT(*) AS n FROM journal WHERE kind = 'task_checked'";
    assert_eq!(app.count(checked, vec![]).await, 2);
    let journal = stage.world.browser(&app, Role::Director).await.get("/journal").await;
    journal.shows("Наставник проверил работу по заданию");
});
