//! «Подходим друг другу»: asked after the first and the second meeting, seen by nobody else.

use axum::http::StatusCode;
use chrono::Duration;
use nastavnik::kernel::ids;
use nastavnik::values;
use nastavnik_domain::role::Role;
use uuid::Uuid;

use crate::db_test;
use crate::pairs::stage::{Stage, id_in};
use crate::support::TestApp;

const CANARY: &str = "КАНАРЕЙКАЗАМЕТКА";

async fn a_meeting(app: &TestApp, stage: &Stage, pair: &str) {
    let pair: Uuid = pair.parse().unwrap();
    app.exec(
        "INSERT INTO pair_meeting (id, mentorship_id, held_on, kind, recorded_by, recorded_at) \
         VALUES (?, ?, ?, 'in_person', ?, ?)",
        values![ids::row_id(), pair, app.today(), stage.mentor, app.app.clock.now()],
    )
    .await;
}

db_test!(each_side_answers_for_itself_and_only_the_need_of_a_talk_is_told, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.active_pair().await;
    let path = format!("/pairs/{pair}/fit");
    let (mentor, mentee) = (app.browser_of(stage.mentor).await, app.browser_of(stage.mentee).await);
    stage.curator.get(&path).await.expect(StatusCode::FORBIDDEN);
    let early = mentee.post(&path, &[("answer", "no")]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    early.shows("после первой встречи");
    a_meeting(&app, &stage, &pair).await;
    for browser in [&mentor, &mentee] {
        browser.get("/").await.shows("Скажите, подходите ли вы друг другу");
    }
    mentee.post(&path, &[]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    mentee.post(&path, &[("answer", "no"), ("wish", CANARY)]).await.led_to();
    mentee.get("/").await.hides("Скажите, подходите ли вы");
    mentee.get(&path).await.shows(CANARY);
    mentor.get("/").await.shows("Скажите, подходите ли вы");
    // The curator learns that a talk is needed: not who has said so, not a word of it.
    let page = stage.curator.get("/petitions").await.expect(StatusCode::OK);
    page.shows("Нужен разговор");
    page.hides(CANARY);
    stage.curator.get("/").await.shows("Нужен разговор: 1 пара");
    let before = page.text();
    mentor.post(&path, &[("answer", "no")]).await.led_to();
    let after = stage.curator.get("/petitions").await.text();
    assert_eq!(stripped(&before), stripped(&after), "whoever it was, the page is the same");
    for browser in [&mentor, &stage.curator, &stage.director] {
        for address in [format!("/pairs/{pair}"), path.clone(), "/petitions".to_owned(), "/".to_owned()] {
            browser.get(&address).await.hides(CANARY);
        }
    }
    // After the second meeting it is asked anew, and the newest word counts.
    a_meeting(&app, &stage, &pair).await;
    for browser in [&mentor, &mentee] {
        browser.post(&path, &[("answer", "yes")]).await.led_to();
    }
    stage.curator.get("/petitions").await.hides("Нужен разговор");
});

/// The page without what changes with each showing.
fn stripped(text: &str) -> String {
    text.lines().filter(|line| line.contains("Опытнова") || line.contains("разговор")).collect()
}

db_test!(a_young_pair_is_formed_anew_without_a_trace, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let next = stage.worker("учитель", "Сменова").await;
    stage.list_mentor(next, stage.world.school, 2).await;
    let pair = stage.active_pair().await;
    let path = format!("/pairs/{pair}/replacement");
    stage.curator.get(&path).await.expect(StatusCode::NOT_FOUND);
    a_meeting(&app, &stage, &pair).await;
    let mentee = app.browser_of(stage.mentee).await;
    mentee.post(&format!("/pairs/{pair}/fit"), &[("answer", "no")]).await.led_to();
    let stage = stage.later(Duration::days(100)).await;
    stage.curator.get(&path).await.expect(StatusCode::NOT_FOUND);
    let stage = stage.later(Duration::days(-90)).await;
    stage.curator.get(&path).await.expect(StatusCode::OK);
    let next = next.to_string();
    let fields = [("mentor", next.as_str()), ("last_day", "2026-12-10"), ("ends_on", "2027-05-31")];
    let new = id_in(&stage.curator.post(&path, &fields).await.led_to());
    stage.curator.get(&format!("/pairs/{new}")).await.shows("Сменова");
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM petition", vec![]).await, 0);
    for trace in ["%\"no\"%", "%подход%"] {
        let told = "SELECT COUNT(*) AS n FROM journal WHERE payload LIKE ?";
        assert_eq!(app.count(told, values![trace]).await, 0, "{trace}");
    }
});

db_test!(a_curator_in_the_pair_is_not_told_of_its_talk, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.active_pair().await;
    a_meeting(&app, &stage, &pair).await;
    let mentee = app.browser_of(stage.mentee).await;
    mentee.post(&format!("/pairs/{pair}/fit"), &[("answer", "no")]).await.led_to();
    let curator = stage.world.people[&Role::Curator];
    app.exec("UPDATE mentorship SET mentor_id = ? WHERE mentor_id = ?", values![curator, stage.mentor]).await;
    let curator = stage.world.browser(&app, Role::Curator).await;
    curator.get("/petitions").await.hides("Нужен разговор");
    curator.get("/").await.hides("Нужен разговор");
    stage.director.get("/petitions").await.shows("Нужен разговор");
});
