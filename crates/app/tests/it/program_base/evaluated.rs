//! A program evaluated as weak is no example; a good one is (D12).

use axum::http::StatusCode;
use nastavnik::kernel::db;
use nastavnik_domain::role::Role;

use super::stage::Stage;
use crate::db_test;
use crate::support::TestApp;

/// The final evaluation, as the pair, the curator and the director make it; every item is marked so.
async fn evaluated(app: &TestApp, stage: &Stage, mark: &str) {
    #[derive(sea_orm::FromQueryResult)]
    struct Row {
        version: i64,
    }
    let base = format!("/pairs/{}/evaluations/final", stage.pair);
    for browser in [&stage.mentor, &stage.mentee] {
        let part = [("body", "Работали вместе"), ("act", "sign")];
        browser.post(&format!("{base}/part"), &part).await.led_to();
    }
    let items = [
        "goals",
        "kind",
        "measures",
        "meetings",
        "products",
        "revision",
        "support",
        "growth",
        "outside",
        "results",
        "inclusion",
        "experience",
    ];
    let names = items.map(|item| format!("item_{item}"));
    let mut fields: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), mark)).collect();
    fields.extend([("decision", "complete"), ("reason", "Итог года")]);
    stage.curator.post(&format!("{base}/conclusion"), &fields).await.led_to();
    let row: Option<Row> =
        db::one(app.app.db.reader(), "SELECT version FROM evaluation", vec![]).await.unwrap();
    let version = row.unwrap().version.to_string();
    let director = stage.world.browser(app, Role::Director).await;
    director.post(&format!("{base}/confirmation"), &[("version", &version)]).await.led_to();
}

db_test!(a_weak_program_is_not_offered, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.curator.get("/base/offers").await.shows("Можно предложить");
    evaluated(&app, &stage, "0").await;
    let page = stage.curator.get("/base/offers").await;
    page.shows("Итоговая оценка программы не положительная");
    page.hides("Можно предложить");
    let refused = stage.curator.post("/base/offers", &[("pair", &stage.pair)]).await;
    refused.expect(StatusCode::CONFLICT).shows("Итоговая оценка программы не положительная");
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM base_program", vec![]).await, 0);
});

db_test!(a_good_program_is_offered, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    evaluated(&app, &stage, "2").await;
    stage.curator.get("/base/offers").await.shows("Можно предложить");
    stage.offer().await;
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM base_program", vec![]).await, 1);
});
