//! From an application or a petition to its answer.

use axum::http::StatusCode;
use chrono::Duration;
use nastavnik::values;
use nastavnik_domain::role::Role;

use super::{filed, petition};
use crate::db_test;
use crate::pairs::stage::{Stage, error_at, id_in};
use crate::support::TestApp;

async fn petitions(app: &TestApp) -> u64 {
    app.count("SELECT COUNT(*) AS n FROM petition", vec![]).await
}

db_test!(a_petition_keeps_to_its_limits, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.active_pair().await;
    let path = format!("/pairs/{pair}/petition");
    // Nobody asks about somebody else's pair: not even the curator of the school.
    for stranger in [&stage.curator, &stage.director, &app.browser_of(stage.second).await] {
        let page = stranger.get(&path).await;
        assert!(matches!(page.status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN), "{}", page.status);
        let page = stranger.post(&path, &[("kind", "end"), ("last_day", "2026-11-30")]).await;
        assert!(matches!(page.status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN), "{}", page.status);
    }
    let mentee = app.browser_of(stage.mentee).await;
    let mentor = app.browser_of(stage.mentor).await;
    let refused = async |fields: &[(&str, &str)], field: &str, words: &str| {
        let page = mentee.post(&path, fields).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
        let found = error_at(&page, field).unwrap_or_default();
        assert!(found.contains(words), "{field}: {found}");
    };
    refused(&[("last_day", "2026-11-30")], "kind", "Выберите").await;
    refused(&[("kind", "lay_down"), ("last_day", "2026-11-30")], "kind", "нет в списке").await;
    refused(&[("kind", "end"), ("last_day", "2026-11-25")], "last_day", "26.11.2026 или более поздний").await;
    refused(&[("kind", "end"), ("last_day", "2027-06-01")], "last_day", "и так завершается 31.05.2027").await;
    mentor
        .post(&path, &[("kind", "replace"), ("last_day", "2026-11-30")])
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(petitions(&app).await, 0);
    mentee.get(&path).await.shows("Увидят: куратор и руководитель организации");
    // A reason is not required; pressed twice, filed once; a second one waits for the first.
    let key = nastavnik::kernel::ids::form_key();
    let fields = [("kind", "replace"), ("last_day", "2026-11-26")];
    mentee.post_keyed(&path, &fields, key).await.led_to();
    mentee.post_keyed(&path, &fields, key).await.led_to();
    assert_eq!(petitions(&app).await, 1);
    let again = mentee.post(&path, &fields).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    again.shows("Вы уже подали заявление № 1-ЗН/2026: сначала отзовите его");
    // Each side has its own: the mentor sees nothing of the mentee's.
    let page = mentor.get(&path).await.expect(StatusCode::OK);
    page.hides("1-ЗН");
    mentor.post(&path, &[("kind", "lay_down"), ("last_day", "2026-11-26")]).await.led_to();
    assert_eq!(petitions(&app).await, 2);
});

db_test!(the_author_takes_it_back_and_it_is_gone, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.active_pair().await;
    let mentee = app.browser_of(stage.mentee).await;
    let id = filed(&stage, &mentee, &pair, "end").await;
    let mentor = app.browser_of(stage.mentor).await;
    let path = format!("/petitions/{id}/withdrawal");
    mentor.post(&path, &[]).await.expect(StatusCode::NOT_FOUND);
    stage.curator.post(&path, &[]).await.expect(StatusCode::FORBIDDEN);
    stage.curator.post(&format!("/petitions/{id}/arbitration"), &[]).await.led_to();
    mentee.get(&format!("/pairs/{pair}/petition")).await.shows("Вопрос рассматривает совет наставников");
    mentee.post(&path, &[]).await.led_to();
    let waiting = "SELECT COUNT(*) AS n FROM council_matter WHERE withdrawn_at IS NULL";
    assert_eq!(app.count(waiting, vec![]).await, 0, "the council is not asked any more");
    stage.curator.get("/petitions?state=open").await.hides("1-ЗН/2026");
    stage.curator.post(&format!("/petitions/{id}/ending"), &[]).await.expect(StatusCode::CONFLICT);
    mentee.post(&path, &[]).await.expect(StatusCode::CONFLICT);
    mentee.get(&format!("/pairs/{pair}/petition")).await.shows("Подать заявление");
});

db_test!(a_mentor_lays_down_and_nothing_is_typed_twice, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.active_pair().await;
    let mentor = app.browser_of(stage.mentor).await;
    let id = filed(&stage, &mentor, &pair, "lay_down").await;
    let home = stage.curator.get("/").await;
    home.shows("Ответьте на 1 заявление");
    let list = stage.curator.get("/petitions?state=open").await.expect(StatusCode::OK);
    list.shows("сложение обязанностей наставника");
    list.shows("до 26.11.2026: 3 рабочих дня");
    let card = stage.curator.get(&format!("/petitions/{id}")).await.expect(StatusCode::OK);
    card.shows("Не сошлись расписания");
    // The author is led to the own page, the other side finds nothing.
    mentor.get(&format!("/petitions/{id}")).await.expect(StatusCode::SEE_OTHER);
    let mentee = app.browser_of(stage.mentee).await;
    for path in ["", "/pdf", "/docx"] {
        mentee.get(&format!("/petitions/{id}{path}")).await.expect(StatusCode::NOT_FOUND);
    }
    let pdf = stage.curator.get(&format!("/petitions/{id}/pdf")).await.expect(StatusCode::OK);
    assert!(pdf.bytes.starts_with(b"%PDF"));
    let docx = mentor.get(&format!("/petitions/{id}/docx")).await.expect(StatusCode::OK);
    assert!(docx.bytes.starts_with(b"PK"));
    let to = stage.curator.post(&format!("/petitions/{id}/ending"), &[]).await.led_to();
    assert!(
        to.starts_with(&format!("/pairs/{pair}/ending?by=mentor&reason=other&notice_on=2026-11-23")),
        "{to}"
    );
    let form = stage.curator.get(&to).await.expect(StatusCode::OK);
    assert!(String::from_utf8_lossy(&form.bytes).contains("value=\"2026-11-30\""));
    mentor.get(&format!("/pairs/{pair}/petition")).await.shows("Согласовано 23.11.2026");
    let fields = [
        ("by", "mentor"),
        ("reason", "other"),
        ("notice_on", "2026-11-23"),
        ("last_day", "2026-11-30"),
        ("dated_on", "2026-11-23"),
    ];
    let order = id_in(&stage.curator.post(&format!("/pairs/{pair}/ending"), &fields).await.led_to());
    stage.director.post(&format!("/orders/{order}/signature"), &[("signed_on", "2026-11-23")]).await.led_to();
    let stage = stage.later(Duration::days(10)).await;
    stage.curator.get(&format!("/petitions/{id}")).await.shows("исполнено");
});

db_test!(a_pair_without_an_order_is_given_up_at_once, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.pair().await;
    let mentee = app.browser_of(stage.mentee).await;
    let id = filed(&stage, &mentee, &pair, "end").await;
    stage.curator.post(&format!("/petitions/{id}/ending"), &[]).await.led_to();
    stage.curator.get(&format!("/petitions/{id}")).await.shows("исполнено");
    stage.curator.get("/pairs?state=withdrawn").await.shows("не состоялась");
    let said = "SELECT COUNT(*) AS n FROM journal WHERE payload LIKE ?";
    assert_eq!(app.count(said, values!["%расписания%"]).await, 0, "no reason in the journal");
});

db_test!(an_answer_may_wait_for_a_talk_or_for_the_council, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.active_pair().await;
    let mentee = app.browser_of(stage.mentee).await;
    let id = filed(&stage, &mentee, &pair, "replace").await;
    let other = app.browser_of(stage.world.other_curator).await;
    for deed in ["talk", "arbitration", "ending"] {
        other.post(&format!("/petitions/{id}/{deed}"), &[]).await.expect(StatusCode::NOT_FOUND);
        mentee.post(&format!("/petitions/{id}/{deed}"), &[]).await.expect(StatusCode::FORBIDDEN);
    }
    let talk = format!("/petitions/{id}/talk");
    let past = stage.curator.post(&talk, &[("talk_on", "2026-11-20")]).await;
    past.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("ближайшие 30 дней");
    stage.curator.post(&talk, &[("talk_on", "2026-11-24")]).await.led_to();
    mentee.get("/").await.shows("С вами хотят поговорить о вашем заявлении");
    app.browser_of(stage.mentor).await.get("/").await.hides("С вами хотят поговорить");
    stage.curator.post(&format!("/petitions/{id}/arbitration"), &[]).await.led_to();
    // While the council thinks, nobody decides past it.
    stage.curator.post(&format!("/petitions/{id}/ending"), &[]).await.expect(StatusCode::CONFLICT);
    stage.curator.post(&format!("/petitions/{id}/arbitration"), &[]).await.expect(StatusCode::CONFLICT);
    let words = "SELECT COUNT(*) AS n FROM council_matter WHERE words LIKE ? OR words LIKE ?";
    let (asked, reason) = ("%замена наставника%", "%расписания%");
    assert_eq!(app.count(words, values![asked, reason]).await, 1);
    assert_eq!(
        app.count(words, values![reason, reason]).await,
        0,
        "the author's words stay with the receiver"
    );
    app.exec(
        "UPDATE council_matter SET decision = 'agreed', decision_words = 'Подобрать другого наставника.', \
         decided_on = ?, decided_at = ?",
        values![app.today(), app.app.clock.now()],
    )
    .await;
    let card = stage.curator.get(&format!("/petitions/{id}")).await;
    card.shows("Совет наставников 23.11.2026: согласен. Подобрать другого наставника.");
    card.shows("Выбрать наставника");
    mentee.get(&format!("/pairs/{pair}/petition")).await.shows("Совет наставников 23.11.2026: согласен");
});

db_test!(the_clock_runs_over_the_weekend, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.active_pair().await;
    let mentee = app.browser_of(stage.mentee).await;
    filed(&stage, &mentee, &pair, "end").await;
    let stage = stage.later(Duration::days(3)).await;
    stage.curator.get("/petitions").await.shows("ответить сегодня");
    let stage = stage.later(Duration::days(4)).await;
    stage.curator.get("/petitions").await.shows("срок был 26.11.2026: прошло 2 рабочих дня");
    stage.curator.get("/").await.shows("срок прошёл: 1");
});

db_test!(numbers_have_no_names_and_hide_the_few, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.pair().await;
    let mentee = app.browser_of(stage.mentee).await;
    let id = filed(&stage, &mentee, &pair, "end").await;
    stage.curator.post(&format!("/petitions/{id}/ending"), &[]).await.led_to();
    for role in [Role::Administrator, Role::Mentor, Role::Mentee, Role::Tutor, Role::Region] {
        stage.world.browser(&app, role).await.get("/endings").await.expect(StatusCode::NOT_FOUND);
    }
    for role in [Role::Curator, Role::Director, Role::Department, Role::Council, Role::Union] {
        let page = stage.world.browser(&app, role).await.get("/endings").await.expect(StatusCode::OK);
        page.shows("меньше 5: скрыто");
        page.hides("Новикова");
    }
    // Five of one school are told, by kind and by term.
    for round in 0_i64..4 {
        let draft = stage.pair().await;
        let mentee = app.browser_of(stage.mentee).await;
        let id = filed(&stage, &mentee, &draft, "end").await;
        stage.curator.post(&format!("/petitions/{id}/ending"), &[]).await.led_to();
        assert_eq!(petitions(&app).await, u64::try_from(round).unwrap() + 2);
    }
    let page = stage.director.get("/endings").await;
    page.shows("5 из 5");
    assert_eq!(petition(&app).await.len(), 36);
});
