//! The canary: words of the ring, looked for on every page and in every file by everybody outside the pair.

use std::io::{Cursor, Read};

use axum::http::{Method, StatusCode};
use nastavnik::values;
use nastavnik_domain::role::Role;

use super::stage::{Stage, with};
use crate::access::address;
use crate::db_test;
use crate::support::{Page, Relation, TestApp};

/// What must not be seen.
const TRACES: &[&str] = &["канареечная тайна", "канареечный шаг", "Поговорили о трудной ситуации"];

fn insides(page: &Page) -> String {
    if !page.bytes.starts_with(b"PK") {
        return page.text();
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(page.bytes.clone())).unwrap();
    let mut text = String::new();
    for index in 0..archive.len() {
        let mut content = Vec::new();
        archive.by_index(index).unwrap().read_to_end(&mut content).unwrap();
        text.push_str(&String::from_utf8_lossy(&content));
    }
    text
}

fn traces(page: &Page) -> Vec<&'static str> {
    let text = insides(page);
    TRACES.iter().copied().filter(|trace| text.contains(trace)).collect()
}

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
    assert_eq!(traces(&inside), TRACES);
    let mut found = Vec::new();
    for role in Role::ALL.into_iter().filter(|role| !matches!(role, Role::Mentee | Role::Mentor)) {
        let browser = stage.world.browser(&app, role).await;
        for entry in app.entries.iter().filter(|entry| entry.method == Method::GET) {
            let Some(address) = address(&objects, entry.path, Relation::Own) else { continue };
            for address in [address.clone(), format!("{address}?q=mentee")] {
                let page = browser.get(&address).await;
                found
                    .extend(traces(&page).into_iter().map(|trace| format!("{role:?} at {address}: {trace}")));
            }
        }
    }
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
