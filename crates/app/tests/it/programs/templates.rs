//! The template of the municipality, extended by the organization, with dates (D4).

use axum::http::StatusCode;
use chrono::Duration;

use super::*;

db_test!(additions_hold_on_their_days_and_in_their_place, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let curator = &stage.curator;
    let measure = [
        ("kind", "measure"),
        ("title", "Школьный клуб классных руководителей"),
        ("domain", "4"),
        ("form", "клуб"),
        ("product", "Запись встречи"),
        ("valid_from", "2026-11-01"),
    ];
    stage.mentor.post("/program-templates", &measure).await.expect(StatusCode::FORBIDDEN);
    let empty = curator.post("/program-templates", &measure[..2]).await;
    empty.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("Заполните поле «Действует с»");
    let backwards =
        [("kind", "hidden"), ("code", "m4.2"), ("valid_from", "2026-11-01"), ("last_day", "2026-10-01")];
    curator.post("/program-templates", &backwards).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    curator.post("/program-templates", &measure).await.led_to();
    let later = [("kind", "section"), ("title", "Раздел будущего"), ("valid_from", "2027-01-01")];
    curator.post("/program-templates", &later).await.led_to();
    let department = stage.world.browser(&app, Role::Department).await;
    let hide = [("kind", "hidden"), ("code", "m4.2"), ("valid_from", "2026-09-01")];
    department.post("/program-templates", &hide).await.led_to();
    let section = [("kind", "section"), ("title", "Городской раздел"), ("valid_from", "2026-09-01")];
    department.post("/program-templates", &section).await.led_to();

    let page = stage.mentor.get(&stage.base).await;
    page.shows("Школьный клуб классных руководителей");
    page.shows("Городской раздел");
    page.hides("Репетиция трудного разговора");
    page.hides("Раздел будущего");
    // The other school has the city's additions only.
    let other = app.browser_of(stage.world.other_curator).await.get("/program-templates").await;
    other.shows("Городской раздел");
    other.hides("Школьный клуб классных руководителей");

    let row = stage.id("SELECT id FROM program_template WHERE kind = 'hidden'").await;
    // What the municipality has added an organization does not end.
    curator.post(&format!("/program-templates/{row}/ending"), &[]).await.expect(StatusCode::NOT_FOUND);
    department.post(&format!("/program-templates/{row}/ending"), &[]).await.led_to();
    department.post(&format!("/program-templates/{row}/ending"), &[]).await.expect(StatusCode::CONFLICT);
    app.advance(Duration::days(1));
    let mentor = stage.world.browser(&app, Role::Mentor).await;
    mentor.get(&stage.base).await.shows("Репетиция трудного разговора");
});
