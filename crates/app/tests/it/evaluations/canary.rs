//! The canary: words of a part, levels and names of directions, looked for on every page and in every file by everybody
//! outside the pair.

use std::io::{Cursor, Read};

use axum::http::{Method, StatusCode};

use super::*;
use crate::access::address;
use crate::support::{Page, Relation};

/// What must not be seen.
const TRACES: &[&str] = &["канареечная рефлексия", "канареечный ответ", "0,50 (вход"];

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

db_test!(nobody_outside_the_pair_meets_a_word, |app: TestApp| async move {
    let stage = Stage::january(&app).await;
    app.exec("UPDATE document SET number = 78", vec![]).await;
    app.exec("UPDATE diagnosis SET year_start = 2025", vec![]).await;
    let objects = stage.world.objects(&app).await;
    let said = [("body", "канареечная рефлексия"), ("worked", "канареечный ответ"), ("act", "sign")];
    stage.mentee.post(&stage.at("part"), &said).await.led_to();
    stage.mentor.post(&stage.at("part"), &Stage::SIGNED).await.led_to();
    stage.curator.post(&stage.at("conclusion"), &Stage::concluded("continue")).await.led_to();
    // The traces are real: the pair does see them.
    let inside = stage.mentor.get(&stage.base).await.expect(StatusCode::OK);
    assert_eq!(traces(&inside), TRACES);
    let mentee = stage.world.people[&Role::Mentee];
    let own = stage.mentor.get(&stage.at(&format!("part.docx?person={mentee}"))).await.expect(StatusCode::OK);
    assert!(insides(&own).contains("канареечный ответ"));
    let more = [
        stage.base.clone(),
        stage.at(&format!("part.pdf?person={mentee}")),
        stage.at(&format!("part.docx?person={mentee}")),
        format!("{}?edit=conclusion", stage.base),
    ];
    let mut found = Vec::new();
    for role in Role::ALL.into_iter().filter(|role| !matches!(role, Role::Mentee | Role::Mentor)) {
        let browser = stage.world.browser(&app, role).await;
        let paths = app.entries.iter().filter(|entry| entry.method == Method::GET);
        let all = paths.filter_map(|entry| address(&objects, entry.path, Relation::Own)).chain(more.clone());
        for address in all {
            let page = browser.get(&address).await;
            found.extend(traces(&page).into_iter().map(|trace| format!("{role:?} at {address}: {trace}")));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    for trace in ["канареечн", "psychology", "0,50"] {
        let sql = "SELECT COUNT(*) AS n FROM journal WHERE payload LIKE ?";
        assert_eq!(app.count(sql, values![format!("%{trace}%")]).await, 0, "{trace}");
    }
    // The curator reads numbers.
    stage.curator.get(&stage.base).await.shows("рост по 1 из 1");
});

db_test!(the_author_alone_opens_the_own_words_to_the_curator, |app: TestApp| async move {
    let stage = Stage::january(&app).await;
    let said = [("body", "Моя рефлексия"), ("shown", "yes"), ("act", "sign")];
    stage.mentee.post(&stage.at("part"), &said).await.led_to();
    stage.mentor.post(&stage.at("part"), &Stage::SIGNED).await.led_to();
    let page = stage.curator.get(&stage.base).await;
    page.shows("Моя рефлексия");
    page.hides("Работали вместе");
    let mentee = stage.world.people[&Role::Mentee];
    stage.curator.get(&stage.at(&format!("part.pdf?person={mentee}"))).await.expect(StatusCode::OK);
    for role in [Role::Director, Role::Council] {
        let browser = stage.world.browser(&app, role).await;
        browser.get(&stage.base).await.expect(StatusCode::OK).hides("Моя рефлексия");
        browser.get(&stage.at(&format!("part.pdf?person={mentee}"))).await.expect(StatusCode::NOT_FOUND);
    }
});
