//! The canary: personal words of a route, looked for on every page by everybody else, until the owner opens them.

use axum::http::{Method, StatusCode};
use nastavnik::values;
use nastavnik_domain::role::Role;

use super::stage::{Stage, seen};
use crate::access::address;
use crate::db_test;
use crate::support::{Objects, Relation, TestApp};

const TRACES: &[&str] =
    &["канарейка образа", "канарейка затруднения", "канарейка отношения", "канарейка рефлексии"];

/// A route whose personal sections can be recognized.
async fn write(stage: &Stage) {
    stage.draw().await;
    stage.self_image("канарейка образа").await;
    stage.found(3, "psychology", "канарейка затруднения").await;
    let seal = seen(&stage.mentee.get("/own/route/entries/1/product").await);
    let product = [
        ("on", "2026-11-23"),
        ("product", "Сборник заданий"),
        ("attitude", "partly"),
        ("words", "канарейка отношения"),
        ("seen", &seal),
    ];
    stage.mentee.post("/own/route/entries/1/product", &product).await.led_to();
    stage.complete(5).await;
    let seal = seen(&stage.mentee.get("/own/route/steps/7").await);
    let words = [("words", "канарейка рефлексии"), ("seen", seal.as_str())];
    stage.mentee.post("/own/route/reflection", &words).await.led_to();
}

db_test!(nobody_else_meets_a_word_before_it_is_opened, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    write(&stage).await;
    let tutor = stage.world.people[&Role::Tutor].to_string();
    stage.mentee.post("/own/route/access", &[("tutor", &tutor)]).await.led_to();
    let route = stage.address().await;
    // Pages of the mentee's organization, and those of the route that has the words.
    let mut things = Objects::new();
    let own = [
        ("organization", stage.world.school),
        ("pair", stage.world.mentorship),
        ("mentee", stage.world.people[&Role::Mentee]),
    ];
    let own = own
        .into_iter()
        .chain([("person", stage.world.people[&Role::Mentee])])
        .map(|(kind, id)| (kind, id.to_string()));
    things.insert(
        Relation::Own,
        own.chain([("route", route.trim_start_matches("/routes/").to_owned())]).collect(),
    );
    let pages = app.entries.iter().filter(|entry| entry.method == Method::GET);
    let paths: Vec<String> = pages.filter_map(|entry| address(&things, entry.path, Relation::Own)).collect();
    assert!(paths.contains(&route) && paths.len() > 60, "{paths:?}");
    let mut found = Vec::new();
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Mentee) {
        let browser = stage.world.browser(&app, role).await;
        for path in &paths {
            let text = browser.get(path).await.text();
            found.extend(
                TRACES
                    .iter()
                    .filter(|trace| text.contains(**trace))
                    .map(|trace| format!("{role:?} {path}: {trace}")),
            );
        }
        for step in ["1", "2", "3", "7"] {
            let said = [("step", step), ("text", "Слово")];
            let page = browser.post(&format!("{route}/comments"), &said).await;
            assert!(page.status.is_client_error(), "{role:?} speaks about the closed step {step}");
        }
        assert_ne!(
            browser.post(&format!("{route}/readings"), &[]).await.status,
            StatusCode::SEE_OTHER,
            "{role:?}"
        );
    }
    assert!(found.is_empty(), "{found:#?}");
    for trace in TRACES {
        let sql = "SELECT COUNT(*) AS n FROM journal WHERE payload LIKE ?";
        assert_eq!(app.count(sql, values![format!("%{trace}%")]).await, 0, "{trace}");
    }
    // The traces are real: opened by the owner and by a recorded deed they are read.
    let all = [
        ("tutor", tutor.as_str()),
        ("opens", "self_image"),
        ("opens", "diagnoses"),
        ("opens", "attitudes"),
        ("opens", "reflection"),
    ];
    stage.mentee.post("/own/route/access", &all).await.led_to();
    stage.mentor.get(&route).await.hides("канарейка образа");
    stage.mentor.post(&format!("{route}/readings"), &[]).await.led_to();
    let page = stage.mentor.get(&route).await;
    for trace in TRACES {
        page.shows(trace);
    }
});
