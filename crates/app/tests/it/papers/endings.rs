//! Ending by an order with the notice of three working days.

use axum::http::StatusCode;
use nastavnik::pairs;

use crate::db_test;
use crate::pairs::stage::{Stage, day, error_at, id_in};
use crate::support::TestApp;

db_test!(an_ending_keeps_to_the_notice_and_takes_effect_by_signature, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let draft = stage.pair_of(&stage.fields().set("mentees", stage.second.to_string())).await;
    let fields = |last: &'static str| {
        [
            ("by", "mentor"),
            ("reason", "load"),
            ("notice_on", "2026-11-23"),
            ("last_day", last),
            ("dated_on", "2026-11-23"),
        ]
    };
    let page = stage.curator.post(&format!("/pairs/{draft}/ending"), &fields("2026-12-01")).await;
    page.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("не закреплена приказом");
    let pair = stage.active_pair().await;
    let path = format!("/pairs/{pair}/ending");
    stage.curator.get(&path).await.shows("последний день – 26.11.2026 или позже");
    let short =
        stage.curator.post(&path, &fields("2026-11-25")).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&short, "last_day").unwrap().contains("26.11.2026 или позже (статья 351.8 ТК РФ)"));
    let outside =
        stage.curator.post(&path, &fields("2027-06-01")).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&outside, "last_day").unwrap().contains("не входит в срок"));
    let order = id_in(&stage.curator.post(&path, &fields("2026-11-26")).await.led_to());
    stage
        .curator
        .post(&path, &fields("2026-11-26"))
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY)
        .shows("уже есть");
    assert_eq!(in_force(&app, "2026-12-01").await, 1, "an unsigned order ends nothing");
    stage
        .curator
        .post(&format!("/orders/{order}/signature"), &[("signed_on", "2026-11-23")])
        .await
        .expect(StatusCode::FORBIDDEN);
    stage.director.post(&format!("/orders/{order}/signature"), &[("signed_on", "2026-11-23")]).await.led_to();
    assert_eq!((in_force(&app, "2026-11-26").await, in_force(&app, "2026-11-27").await), (1, 0));
    let stage = stage.later(chrono::Duration::days(10)).await;
    let card = stage.curator.get(&format!("/pairs/{pair}")).await;
    card.shows("завершена");
    card.shows("Последний день – 26 ноября 2026 г.");
    app.browser_of(stage.mentor).await.get("/pairs").await.shows("завершена");
});

async fn in_force(app: &TestApp, on: &str) -> usize {
    pairs::in_force_rows(app.app.db.reader(), day(on)).await.unwrap().len()
}
