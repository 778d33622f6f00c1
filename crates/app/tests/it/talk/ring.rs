//! Who writes, who reads, up to which day.

use axum::http::StatusCode;
use chrono::{Duration, NaiveDate};
use nastavnik::values;
use nastavnik_domain::role::Role;

use super::stage::Stage;
use crate::db_test;
use crate::support::TestApp;

db_test!(nobody_but_the_people_of_the_pair_opens_its_talk, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let work = ("work", "план.pdf", b"%PDF-1.7 plan".as_slice());
    stage.mentor.upload(&stage.at(""), &[("words", "")], work).await.led_to();
    let file = stage.at(&format!("/{}/file", stage.last().await));
    for role in Role::ALL.into_iter().filter(|role| !matches!(role, Role::Mentee | Role::Mentor)) {
        let browser = stage.world.browser(&app, role).await;
        for path in [stage.at(""), stage.at("/version"), file.clone()] {
            browser.get(&path).await.expect(StatusCode::NOT_FOUND);
        }
        browser.post(&stage.at("/reading"), &[("seen", "1")]).await.expect(StatusCode::NOT_FOUND);
        browser.post(&stage.at(""), &[("words", "чужое")]).await.expect(StatusCode::FORBIDDEN);
        browser.get("/own/talks").await.expect(StatusCode::OK).shows("Переписки пока нет");
    }
    app.anonymous().get(&stage.at("")).await.expect(StatusCode::SEE_OTHER);
    let page = stage.mentee.get(&file).await.expect(StatusCode::OK);
    assert_eq!(page.bytes, b"%PDF-1.7 plan");
    assert_eq!(page.headers["content-type"], "application/pdf");
    assert!(page.headers["content-disposition"].to_str().unwrap().starts_with("attachment;"));
    assert_eq!(page.headers["content-security-policy"], "sandbox; default-src 'none'");
    assert_eq!(page.headers["x-content-type-options"], "nosniff");
    assert_eq!(page.headers["cache-control"], "no-store");
});

db_test!(whoever_leaves_a_group_reads_up_to_that_day, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let (person, leaver) = stage.one_more().await;
    stage.say(&stage.mentor, "До ухода").await;
    // The order names the last day, tomorrow: until then everything is as it was.
    let left_on = NaiveDate::from_ymd_opt(2026, 11, 25);
    let sql = "UPDATE mentorship_mentee SET left_on = ? WHERE person_id = ?";
    app.exec(sql, values![left_on, person]).await;
    stage.say(&leaver, "Последний вопрос").await;
    let stage = stage.later(Duration::days(3)).await;
    let leaver = app.browser_of(person).await;
    stage.say(&stage.mentor, "После ухода").await;
    let work = ("work", "новое.pdf", b"%PDF-1.7 new".as_slice());
    stage.mentor.upload(&stage.at(""), &[], work).await.led_to();
    let later = stage.at(&format!("/{}/file", stage.last().await));

    let page = leaver.get(&stage.at("")).await.expect(StatusCode::OK);
    page.shows("До ухода");
    page.shows("Последний вопрос");
    page.shows("Вы вышли из группы");
    page.hides("После ухода");
    page.hides("Отправить");
    leaver.get(&later).await.expect(StatusCode::NOT_FOUND);
    leaver.get(&stage.at("?q=ухода")).await.hides("После ухода");
    leaver.post(&stage.at(""), &[("words", "Ещё одно")]).await.expect(StatusCode::FORBIDDEN);
    // What goes on without the one who has left can be told neither from the version nor from the list.
    assert!(leaver.get(&stage.at("/version")).await.text().contains("\"version\":2"));
    leaver.get("/own/talks").await.shows("23 ноября 2026 г. 1 новое");
    stage.read(&leaver).await;
    leaver.get("/own/talks").await.shows("всё прочитано");
    leaver.get("/").await.hides("Вам написали");
    // The others go on.
    stage.mentee.get(&stage.at("")).await.shows("После ухода");
});

db_test!(after_the_end_the_talk_is_read_by_its_people, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.say(&stage.mentor, "Удачи вам").await;
    let message = stage.last().await;
    let sql = "UPDATE mentorship SET ends_on = ?, ended_on = ?, end_reason = 'other' WHERE id = ?";
    let day = NaiveDate::from_ymd_opt(2026, 11, 23);
    app.exec(sql, values![NaiveDate::from_ymd_opt(2026, 11, 22), day, stage.world.mentorship]).await;
    // The roles are gone with the mentorship, what was written stays.
    for browser in [&stage.mentor, &stage.mentee] {
        let page = browser.get(&stage.at("")).await.expect(StatusCode::OK);
        page.shows("Удачи вам");
        page.shows("Наставничество завершено");
        page.hides("Отправить");
        page.hides("Исправить");
        browser.post(&stage.at(""), &[("words", "Ещё")]).await.expect(StatusCode::FORBIDDEN);
        let deed = stage.at(&format!("/{message}/withdrawal"));
        browser.post(&deed, &[]).await.expect(StatusCode::FORBIDDEN);
    }
    stage.mentee.get("/").await.shows("Вам написали: 1 сообщение");
    stage.read(&stage.mentee).await;
    stage.mentee.get("/").await.hides("Вам написали");
});

db_test!(before_the_first_day_nothing_is_written, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    app.exec("UPDATE document SET signed_on = NULL", vec![]).await;
    let page = stage.mentee.get(&stage.at("")).await.expect(StatusCode::OK);
    page.shows("Переписка откроется, когда приказ подпишут");
    stage.mentee.post(&stage.at(""), &[("words", "Рано")]).await.expect(StatusCode::FORBIDDEN);
});
