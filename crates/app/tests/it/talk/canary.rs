//! The canary: words, the name and the inside of a file of a talk, looked for on every page and in every file by everybody
//! outside the pair.

use axum::http::StatusCode;
use nastavnik::values;
use nastavnik_domain::role::Role;

use super::stage::Stage;
use crate::db_test;
use crate::support::{Canary, Relation, TestApp, traces};

/// What must not be seen.
const TRACES: &[&str] = &["канареечная тайна", "канареечный-файл", "canary inside"];

db_test!(nobody_outside_the_pair_meets_a_word, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    app.exec("UPDATE document SET number = 78", vec![]).await;
    let mut objects = stage.world.objects(&app).await;
    let work = ("work", "канареечный-файл.pdf", b"%PDF-1.7 canary inside".as_slice());
    let fields = [("words", "канареечная тайна")];
    stage.mentee.upload(&stage.at(""), &fields, work).await.led_to();
    let message = stage.last().await;
    objects.get_mut(&Relation::Own).unwrap().insert("message", message.clone());
    // The traces are real: the pair does see them.
    let page = stage.mentor.get(&stage.at("")).await.expect(StatusCode::OK);
    assert_eq!(traces(&page, TRACES), TRACES[..2]);
    let file = stage.mentor.get(&stage.at(&format!("/{message}/file"))).await.expect(StatusCode::OK);
    assert_eq!(traces(&file, TRACES), TRACES[2..]);
    let canary = Canary { words: TRACES, queries: &["?q=канареечн"] };
    let found = canary.met_outside_the_pair(&app, &stage.world, &objects).await;
    assert!(found.is_empty(), "{found:#?}");
});

db_test!(the_journal_tells_neither_who_writes_to_whom_nor_what, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.say(&stage.mentee, "канареечная тайна").await;
    let message = stage.last().await;
    stage.mentee.post(&stage.at(&format!("/{message}/withdrawal")), &[]).await.led_to();
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM journal WHERE payload LIKE '%анаре%'", vec![]).await, 0);
    let about = "SELECT COUNT(*) AS n FROM journal WHERE kind LIKE 'talk%' AND (organization_id IS NOT NULL \
                 OR subject_id = ?)";
    assert_eq!(app.count(about, values![stage.world.mentorship]).await, 0);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM journal WHERE kind LIKE 'talk%'", vec![]).await, 2);
    for role in [Role::Director, Role::Curator] {
        let page = stage.world.browser(&app, role).await.get("/journal?kind=talk_written").await;
        assert!(!page.text().contains("Показаны 1–1"), "{role:?}");
    }
});
