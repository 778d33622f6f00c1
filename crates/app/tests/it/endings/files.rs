//! The personal file: read only while the mentorship is active, each opening shown to the mentee.

use axum::http::StatusCode;
use chrono::Duration;
use nastavnik_domain::role::Role;

use crate::db_test;
use crate::pairs::stage::Stage;
use crate::support::TestApp;

const FACTS: &str = "высшее педагогическое";

db_test!(a_file_is_opened_by_a_recorded_deed_and_only_by_the_mentor, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let draft = stage.pair().await;
    let mentor = app.browser_of(stage.mentor).await;
    let before = format!("/pairs/{draft}/file/{}", stage.mentee);
    mentor.get(&before).await.expect(StatusCode::NOT_FOUND);
    stage.curator.post(&format!("/pairs/{draft}/withdrawal"), &[("reason", "заново")]).await.led_to();
    let pair = stage.active_pair().await;
    let path = format!("/pairs/{pair}/file/{}", stage.mentee);
    let readings = "SELECT COUNT(*) AS n FROM personal_file_reading";
    // Neither the curator, nor the mentee, nor the mentor about somebody else.
    let mentee = app.browser_of(stage.mentee).await;
    for browser in [&stage.curator, &stage.director, &mentee] {
        browser.get(&path).await.expect(StatusCode::NOT_FOUND);
        browser.post(&format!("{path}/readings"), &[]).await.expect(StatusCode::NOT_FOUND);
    }
    let other = format!("/pairs/{pair}/file/{}", stage.second);
    mentor.get(&other).await.expect(StatusCode::NOT_FOUND);
    mentor.post(&format!("{other}/readings"), &[]).await.expect(StatusCode::NOT_FOUND);
    // Looking at the door records nothing and shows nothing.
    let door = mentor.get(&path).await.expect(StatusCode::OK);
    door.shows("Каждое открытие записывается");
    door.hides(FACTS);
    assert_eq!(app.count(readings, vec![]).await, 0);
    mentee.get("/own/file").await.shows("Пока никто не открывал");
    mentor.post(&format!("{path}/readings"), &[]).await.led_to();
    let file = mentor.get(&path).await.expect(StatusCode::OK);
    file.shows(FACTS);
    mentor.get(&path).await.shows(FACTS);
    assert_eq!(app.count(readings, vec![]).await, 1, "once per opening");
    let own = mentee.get("/own/file").await.expect(StatusCode::OK);
    own.shows("Опытнова Анна Ивановна");
    own.shows("23 ноября 2026");
    app.browser_of(stage.second).await.get("/own/file").await.hides("Опытнова");
    // An hour later the door is closed again.
    app.advance(Duration::minutes(61));
    mentor.get(&path).await.hides(FACTS);
    // After the ending there is no door.
    let fields =
        [("by", "agreement"), ("reason", "other"), ("last_day", "2026-11-23"), ("dated_on", "2026-11-23")];
    stage.curator.post(&format!("/pairs/{pair}/ending"), &fields).await.led_to();
    let order = stage.newest_paper("ending_order").await;
    stage.director.post(&format!("/orders/{order}/signature"), &[("signed_on", "2026-11-23")]).await.led_to();
    app.advance(Duration::days(1));
    let mentor = app.browser_of(stage.mentor).await;
    mentor.get(&path).await.expect(StatusCode::NOT_FOUND);
    mentor.post(&format!("{path}/readings"), &[]).await.expect(StatusCode::NOT_FOUND);
    stage.world.browser(&app, Role::Mentee).await.get("/own/file").await.expect(StatusCode::OK);
});
