//! The canary: answers that can be recognised, looked for on every page and in every workbook by everybody outside the
//! pair.

use axum::http::StatusCode;
use nastavnik::values;
use nastavnik_domain::role::Role;

use super::stage::Stage;
use crate::db_test;
use crate::support::{Canary, Relation, TestApp, traces};

/// What must not be seen: the note, the items, the words of the levels, the mean of a domain, codes.
const TRACES: &[&str] = &[
    "канареечная тревога",
    "Веду трудный разговор с родителем",
    "не умею, не знаю",
    "могу научить",
    "0,71",
    "Поддержка нужна",
    "d4.5",
];

db_test!(nobody_outside_the_pair_meets_an_answer, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    app.exec("UPDATE document SET number = 78", vec![]).await;
    let objects = stage.world.objects(&app).await;
    // The mentee's sheet is there already: seven items of the fourth domain sum up to five.
    let sheet = stage.sheet_of(Role::Mentee).await;
    stage.answer_all(&stage.mentee, &sheet, 3).await;
    stage.answer(&stage.mentee, &sheet, &["d4.1", "d4.2", "d4.3", "d4.4", "d4.5"], 0).await;
    stage.answer(&stage.mentee, &sheet, &["d4.6"], 2).await;
    let marked = [("change", "d4.5|important|0|1"), ("change", "4|note|0|канареечная тревога")];
    stage.mentee.post(&format!("{sheet}/changes"), &marked).await.expect(StatusCode::NO_CONTENT);
    stage.mentee.post(&format!("{sheet}/completion"), &[]).await.led_to();
    // The traces are real: the pair does see them.
    let inside = stage.mentor.get(&stage.ring()).await.expect(StatusCode::OK);
    let seen = traces(&inside, TRACES);
    for trace in TRACES.iter().filter(|trace| **trace != "d4.5") {
        assert!(seen.contains(trace), "the mentor does not see {trace}");
    }
    // Opened, and searched by the mentee's name.
    let canary = Canary { words: TRACES, queries: &["?q=mentee"] };
    let mut found = Vec::new();
    for role in Role::ALL.into_iter().filter(|role| !matches!(role, Role::Mentee | Role::Mentor)) {
        let browser = stage.world.browser(&app, role).await;
        // The psychologist of this world was asked for a view: the items are on that blank, the answers are not.
        let own = if role == Role::Psychologist { "/own/views/" } else { "nothing" };
        let met = canary.met_except(&app, &objects, &browser, own).await;
        found.extend(met.into_iter().map(|trace| format!("{role:?} at {trace}")));
    }
    assert!(found.is_empty(), "{found:#?}");
    let blank = format!("/own/views/{}", objects[&Relation::Own]["view"]);
    let psychologist = stage.world.browser(&app, Role::Psychologist).await;
    let page = psychologist.get(&blank).await.expect(StatusCode::OK);
    assert!(!page.text().contains("канареечная тревога") && !page.text().contains(" checked"));
});

db_test!(the_journal_knows_the_fact_only, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let sheet = stage.begin(&stage.mentee).await;
    stage.answer_all(&stage.mentee, &sheet, 0).await;
    let marked = [("change", "d4.5|important|0|1"), ("change", "4|note|0|канареечная тревога")];
    stage.mentee.post(&format!("{sheet}/changes"), &marked).await.expect(StatusCode::NO_CONTENT);
    stage.mentee.post(&format!("{sheet}/completion"), &[]).await.led_to();
    let view = stage.view().await;
    stage.answer(&stage.mentor, &view, &["d4.5"], 3).await;
    stage.mentor.post(&format!("{view}/completion"), &[]).await.led_to();
    for trace in ["d4", "канареечная", "level", "deficit"] {
        let sql = "SELECT COUNT(*) AS n FROM journal WHERE payload LIKE ?";
        assert_eq!(app.count(sql, values![format!("%{trace}%")]).await, 0, "{trace}");
    }
    let journal = stage.world.browser(&app, Role::Director).await.get("/journal").await;
    journal.shows("Завершена самодиагностика");
    journal.shows("Дан взгляд на умения");
});
