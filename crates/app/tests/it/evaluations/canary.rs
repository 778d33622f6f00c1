//! The canary: words of a part, levels and names of directions, looked for on every page and in every file by everybody
//! outside the pair.

use axum::http::StatusCode;

use super::*;
use crate::support::{Canary, traces};

/// What must not be seen.
const TRACES: &[&str] = &["канареечная рефлексия", "канареечный ответ", "0,50 (вход"];

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
    assert_eq!(traces(&inside, TRACES), TRACES);
    let mentee = stage.world.people[&Role::Mentee];
    let own = stage.mentor.get(&stage.at(&format!("part.docx?person={mentee}"))).await.expect(StatusCode::OK);
    assert_eq!(traces(&own, &["канареечный ответ"]).len(), 1);
    let more = [
        stage.base.clone(),
        stage.at(&format!("part.pdf?person={mentee}")),
        stage.at(&format!("part.docx?person={mentee}")),
        format!("{}?edit=conclusion", stage.base),
    ];
    let canary = Canary { words: TRACES, queries: &[] };
    let mut found = canary.met_outside_the_pair(&app, &stage.world, &objects).await;
    for role in Role::ALL.into_iter().filter(|role| !matches!(role, Role::Mentee | Role::Mentor)) {
        let browser = stage.world.browser(&app, role).await;
        for address in &more {
            let met = traces(&browser.get(address).await, TRACES);
            found.extend(met.into_iter().map(|trace| format!("{role:?} at {address}: {trace}")));
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
