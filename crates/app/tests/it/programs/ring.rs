//! What leaves the pair (decision 0016): the direction of work after the signatures, never what a goal rests on.

use axum::http::{Method, StatusCode};

use super::*;
use crate::support::{Relation, traces};

/// What must not be met outside the pair.
const TRACES: &[&str] =
    &["по самодиагностике", "0,71", "\"deficit\"", "есть трудность", "сильная сторона по"];

db_test!(a_draft_belongs_to_the_pair, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.make().await;
    for role in [Role::Curator, Role::Director, Role::Council] {
        let browser = stage.world.browser(&app, role).await;
        let page = browser.get(&stage.base).await.expect(StatusCode::OK);
        page.shows("Пара составляет программу");
        page.hides("Спокойно удерживать");
        browser.get(&stage.at("history")).await.hides("Спокойно удерживать");
    }
    stage.sign(&stage.mentor).await;
    stage.curator.get(&stage.base).await.hides("Спокойно удерживать");
    stage.sign(&stage.mentee).await;
    let page = stage.curator.get(&stage.base).await;
    page.shows("Спокойно удерживать");
    page.shows("Д4 Ученики и родители");
});

db_test!(nobody_outside_the_pair_meets_what_a_goal_rests_on, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.make().await;
    stage.approve().await;
    stage.mentor.post(&stage.at("revisions"), &[("reason", "Уточнение")]).await.led_to();
    let line = stage.line_of("Спокойно удерживать").await;
    let edit = [("text", "Другая цель"), ("measure", "8 уроков из 10"), ("domain", "5"), ("version", "1")];
    stage.mentee.post(&stage.at(&format!("lines/{line}")), &edit).await.led_to();
    let measure = [
        ("kind", "measure"),
        ("text", "Открытый урок"),
        ("domain", "5"),
        ("form", "урок"),
        ("due", "2026-12-10"),
        ("who", "mentee"),
        ("product", "План"),
    ];
    stage.mentor.post(&stage.at("lines"), &measure).await.led_to();
    stage.approve().await;
    // The traces are real: the pair does see them.
    stage.mentor.get(&stage.base).await.shows("сильная сторона по самодиагностике");
    stage.mentee.get(&stage.at("history")).await.shows("сильная сторона по самодиагностике");
    let paths = [
        stage.base.clone(),
        stage.at("history"),
        stage.at("paper/1.docx"),
        stage.at("paper/2.docx"),
        "/programs".to_owned(),
        "/programs.xlsx".to_owned(),
        "/programs/approvals".to_owned(),
        "/journal".to_owned(),
        format!("/pairs/{}", stage.pair),
        "/".to_owned(),
    ];
    let mut found = Vec::new();
    for role in Role::ALL.into_iter().filter(|role| !matches!(role, Role::Mentee | Role::Mentor)) {
        let browser = stage.world.browser(&app, role).await;
        for path in &paths {
            let met = traces(&browser.get(path).await, TRACES);
            found.extend(met.into_iter().map(|trace| format!("{role:?} {path}: {trace}")));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    for word in ["deficit", "strength", "Открытый урок"] {
        let sql = "SELECT COUNT(*) AS n FROM journal WHERE kind LIKE 'program%' AND payload LIKE ?";
        assert_eq!(app.count(sql, values![format!("%{word}%")]).await, 0, "{word}");
    }
});

db_test!(every_page_of_programs_keeps_to_its_ring, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    app.exec("UPDATE document SET number = 78", vec![]).await;
    app.exec("UPDATE diagnosis SET year_start = 2025", vec![]).await;
    let objects = stage.world.objects(&app).await;
    let paths: Vec<_> = app
        .entries
        .iter()
        .filter(|entry| entry.method == Method::GET && entry.path.contains("program"))
        .filter_map(|entry| crate::access::address(&objects, entry.path, Relation::Neighbor))
        .filter(|address| address.starts_with("/pairs/"))
        .collect();
    assert!(paths.len() >= 5);
    for path in &paths {
        for browser in [&stage.mentor, &stage.mentee] {
            browser.get(path).await.expect(StatusCode::NOT_FOUND);
        }
        // Whoever does not write at all is told so at the door of the form.
        let writes = path.contains("/lines/") || path.contains("/program/base");
        let refused = if writes { StatusCode::FORBIDDEN } else { StatusCode::NOT_FOUND };
        stage.curator.get(path).await.expect(refused);
    }
});
