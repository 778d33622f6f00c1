//! Plans: days and their clashes, free times, one press after, files for calendars.

use axum::http::StatusCode;
use chrono::Duration;
use nastavnik::values;
use nastavnik_domain::role::Role;

use super::stage::Stage;
use crate::db_test;
use crate::support::TestApp;

fn plan(changes: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let all = [
        ("planned_on", "2026-11-30"),
        ("starts_at", "15:30"),
        ("minutes", "40"),
        ("kind", "in_person"),
        ("repeat", "once"),
    ];
    let kept = all.into_iter().filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    kept.chain(changes.iter().copied()).collect()
}

db_test!(a_plan_keeps_to_the_days_of_the_pair_and_tells_of_holidays, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let address = format!("/pairs/{}/plans", stage.world.mentorship);
    for (fields, told) in [
        (plan(&[("planned_on", "2026-11-20")]), "Этот день прошёл"),
        (plan(&[("planned_on", "2027-06-10")]), "Пара работает по 31 мая 2027 г."),
        (plan(&[("repeat", "weekly"), ("until", "2026-11-01")]), "Последний день раньше первого"),
        (plan(&[("starts_at", "25:00")]), "введите часы и минуты"),
        (plan(&[("repeat", "daily")]), "пришёл ответ, которого нет в списке"),
    ] {
        let page = stage.mentor.post(&address, &fields).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
        page.shows(told);
    }
    // Weekly over the New Year: 28 December, then 4 and 11 January; the middle one is a holiday.
    let weekly = plan(&[("planned_on", "2026-12-28"), ("repeat", "weekly"), ("until", "2027-01-11")]);
    let page = stage.mentor.post(&address, &weekly).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("4 января 2027 г. – праздничный или выходной день");
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM meeting_plan", vec![]).await, 0);
    let skipped = [weekly.as_slice(), &[("clash", "skip")]].concat();
    stage.mentor.post(&address, &skipped).await.led_to();
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM meeting_plan", vec![]).await, 2);
    stage.mentee.get(&stage.address()).await.shows("11 января 2027 г., 15:30–16:10");
    // The curator sees no plans.
    stage.curator.get(&stage.address()).await.hides("15:30");
});

db_test!(a_planned_meeting_is_held_by_one_press, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let address = format!("/pairs/{}/plans", stage.world.mentorship);
    stage.mentor.post(&address, &plan(&[("planned_on", "2026-11-24")])).await.led_to();
    let plan_id = stage.plan().await;
    stage.mentee.post(&format!("{address}/{plan_id}/holding"), &[]).await.expect(StatusCode::CONFLICT);
    app.advance(Duration::days(2));
    let mentee = stage.world.browser(&app, Role::Mentee).await;
    mentee.get("/").await.shows("Встреча была назначена на 24.11.2026: состоялась?");
    mentee.post(&format!("{address}/{plan_id}/holding"), &[]).await.led_to();
    mentee.post(&format!("{address}/{plan_id}/holding"), &[]).await.expect(StatusCode::CONFLICT);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM pair_meeting", vec![]).await, 1);
    mentee.get("/").await.hides("состоялась?");
});

db_test!(a_free_time_is_taken_once_and_not_by_its_owner, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let address = format!("/pairs/{}/plans", stage.world.mentorship);
    stage.mentor.post(&address, &plan(&[("state", "offered")])).await.led_to();
    let plan_id = stage.plan().await;
    stage.mentor.post(&format!("{address}/{plan_id}/taking"), &[]).await.expect(StatusCode::CONFLICT);
    stage.mentee.get(&stage.address()).await.shows("свободное время");
    stage.mentee.post(&format!("{address}/{plan_id}/taking"), &[]).await.led_to();
    stage.mentee.post(&format!("{address}/{plan_id}/taking"), &[]).await.expect(StatusCode::CONFLICT);
    stage.mentee.post(&format!("{address}/{plan_id}/cancellation"), &[]).await.led_to();
    stage.mentor.post(&format!("{address}/{plan_id}/cancellation"), &[]).await.expect(StatusCode::CONFLICT);
});

db_test!(a_feed_opens_by_its_address_and_holds_times_alone, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let address = format!("/pairs/{}/plans", stage.world.mentorship);
    let monthly = plan(&[
        ("planned_on", "2027-01-31"),
        ("repeat", "monthly"),
        ("until", "2027-03-31"),
        ("place", "тайный кабинет"),
        ("clash", "keep"),
    ]);
    stage.mentor.post(&address, &monthly).await.led_to();
    let stranger = app.anonymous();
    stranger.get("/calendar/nothing.ics").await.expect(StatusCode::NOT_FOUND);
    stage.mentee.post("/own/calendar/closing", &[]).await.expect(StatusCode::CONFLICT);
    stage.mentee.post("/own/calendar", &[]).await.led_to();
    let page = stage.mentee.get("/own/calendar").await.expect(StatusCode::OK).text();
    let feed = page.split("http://nastavnik.test").find(|part| part.starts_with("/calendar/")).unwrap();
    let feed = feed.split('<').next().unwrap().to_owned();
    let text = stranger.get(&feed).await.expect(StatusCode::OK).text().replace("\r\n ", "");
    // 15:30 in Nefteyugansk is 10:30 by universal time; after 31 January comes 28 February.
    for start in ["DTSTART:20270131T103000Z", "DTSTART:20270228T103000Z", "DTSTART:20270331T103000Z"] {
        assert!(text.contains(start), "{start} in {text}");
    }
    assert!(text.contains("SUMMARY:Встреча с наставником"));
    for secret in ["Роль", "Анна", "тайный кабинет"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    let one = stage.mentor.get(&format!("{address}/{}/meeting.ics", stage.plan().await)).await;
    assert!(one.expect(StatusCode::OK).text().contains("SUMMARY:Встреча с наставляемым"));

    stage.mentee.post("/own/calendar", &[]).await.led_to();
    stranger.get(&feed).await.expect(StatusCode::NOT_FOUND);
    let kinds =
        app.count("SELECT COUNT(*) AS n FROM journal WHERE kind = ?", values!["calendar_opened"]).await;
    assert_eq!(kinds, 2);
});
