//! The ring of the pair: the mentor of today reads and looks; a colleague looks and does not read; the school sees
//! the fact.

use axum::http::StatusCode;
use chrono::Duration;
use nastavnik::kernel::ids;
use nastavnik::kernel::web::encode;
use nastavnik::values;
use nastavnik_domain::role::Role;

use super::stage::Stage;
use crate::db_test;
use crate::support::{TestApp, World, a_mentorship, a_person, a_signed_order};

db_test!(a_mentor_without_a_signed_order_reads_nothing, |app: TestApp| async move {
    let world = World::build(&app).await;
    let mentor = world.browser(&app, Role::Mentor).await;
    let ring = format!("/pairs/{}/diagnosis/{}", world.mentorship, world.people[&Role::Mentee]);
    mentor.get(&ring).await.expect(StatusCode::NOT_FOUND);
    mentor.post(&format!("{ring}/view"), &[]).await.expect(StatusCode::NOT_FOUND);
});

db_test!(only_the_mentor_of_today_reads, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.complete(&stage.mentee, 1).await;
    let ring = stage.ring();
    let (school, mentee) = (stage.world.school, stage.world.people[&Role::Mentee]);
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Mentor) {
        let browser = stage.world.browser(&app, role).await;
        browser.get(&ring).await.expect(StatusCode::NOT_FOUND);
        let view = browser.post(&format!("{ring}/view"), &[]).await;
        assert!(view.status == StatusCode::FORBIDDEN || view.status == StatusCode::NOT_FOUND, "{role:?}");
    }
    // A mentor of another pair of the same school.
    let tx = app.app.db.begin().await.unwrap();
    let stranger = a_person(&tx, school, "учитель", "Чужаянаставница").await;
    let other = a_person(&tx, school, "учитель", "Чужойнаставляемый").await;
    let pair = a_mentorship(&tx, school, stranger, &[other]).await;
    tx.commit().await.unwrap();
    app.exec("UPDATE document SET number = 78", vec![]).await;
    let tx = app.app.db.begin().await.unwrap();
    a_signed_order(&app, &tx, school, pair).await;
    tx.commit().await.unwrap();
    let browser = app.browser_of(stranger).await;
    browser.get(&format!("/pairs/{pair}/diagnosis/{other}")).await.expect(StatusCode::OK);
    for address in [ring.clone(), format!("/pairs/{pair}/diagnosis/{mentee}")] {
        browser.get(&address).await.expect(StatusCode::NOT_FOUND);
    }
    let page = stage.mentor.get(&ring).await.expect(StatusCode::OK);
    page.shows("Объясняю, на каких идеях психологии и педагогики построен мой урок");
    page.shows("с помощью");
    // The order that ends the pair ends the reading on its very day.
    app.exec("UPDATE mentorship SET ended_on = ? WHERE id = ?", values![app.today(), stage.world.mentorship])
        .await;
    stage.mentor.get(&ring).await.expect(StatusCode::NOT_FOUND);
});

db_test!(an_unfinished_or_refused_sheet_is_not_for_the_mentor, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let sheet = stage.begin(&stage.mentee).await;
    stage.answer_all(&stage.mentee, &sheet, 0).await;
    let page = stage.mentor.get(&stage.ring()).await.expect(StatusCode::OK);
    page.shows("Завершённой самодиагностики пока нет");
    page.hides("не умею");
    stage.mentee.post(&format!("{sheet}/refusal"), &[]).await.led_to();
    stage.mentor.get(&stage.ring()).await.shows("Завершённой самодиагностики пока нет");
});

db_test!(what_was_answered_elsewhere_needs_the_persons_consent, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.complete(&stage.mentee, 1).await;
    let (other, person) = (stage.world.other_school, stage.world.people[&Role::Mentee]);
    app.exec("UPDATE diagnosis SET organization_id = ?", values![other]).await;
    stage.mentor.get(&stage.ring()).await.shows("Завершённой самодиагностики пока нет");
    let consent = "INSERT INTO consent (id, person_id, organization_id, kind, text_version, given_on, recorded_by, \
                   recorded_at) VALUES (?, ?, ?, 'continuity', '1', ?, ?, ?)";
    let values = values![ids::row_id(), person, other, app.today(), person, app.app.clock.now()];
    app.exec(consent, values).await;
    stage.mentor.get(&stage.ring()).await.shows("с помощью");
    app.exec("UPDATE consent SET withdrawn_at = ?", values![app.app.clock.now()]).await;
    stage.mentor.get(&stage.ring()).await.shows("Завершённой самодиагностики пока нет");
});

db_test!(a_view_needs_two_visits, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let path = format!("{}/view", stage.ring());
    let table = [
        ("", "", "Заполните поле «Первое посещение»"),
        ("2026-11-02", "2026-11-02", "укажите два разных дня"),
        ("2026-11-24", "2026-11-02", "датировано будущим днём"),
        ("2026-08-01", "2026-11-02", "больше 3 месяцев назад"),
    ];
    for (first, second, words) in table {
        let page = stage.mentor.post(&path, &[("first_visit", first), ("second_visit", second)]).await;
        page.expect(StatusCode::UNPROCESSABLE_ENTITY).shows(words);
    }
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM diagnosis", vec![]).await, 0);
});

db_test!(two_views_apart_are_a_topic_for_both, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let own = stage.complete(&stage.mentee, 2).await;
    stage.mentor.get("/").await.shows("Ждёт вашего взгляда: Рольmentee А. И.");
    let view = stage.view().await;
    let page = stage.mentor.get(&view).await.expect(StatusCode::OK);
    page.hides("Важно мне сейчас");
    // In parts, and what was not seen stays without an answer.
    stage.answer(&stage.mentor, &view, &["d4.1"], 3).await;
    stage.answer(&stage.mentor, &view, &["d5.1"], 2).await;
    stage.mentee.get(&format!("{own}/result")).await.hides("Темы для разговора");
    stage.mentor.post(&format!("{view}/completion"), &[]).await.led_to();
    for page in [stage.mentee.get(&format!("{own}/result")).await, stage.mentor.get(&stage.ring()).await] {
        page.shows("Темы для разговора");
        page.shows("Удерживаю дисциплину без крика Ученики и родители самостоятельно может научить");
    }
    assert_eq!(stage.mentor.get("/").await.text().matches("Ждёт вашего взгляда").count(), 0);
    // A former mentor keeps nothing.
    app.exec("UPDATE mentorship SET ended_on = ?", values![app.today()]).await;
    stage.mentor.get(&format!("{view}/completion")).await.expect(StatusCode::NOT_FOUND);
});

db_test!(a_colleague_looks_and_does_not_read, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let own = stage.complete(&stage.mentee, 0).await;
    let path = "/own/diagnosis/views";
    stage.mentee.post(path, &[]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    let foreign = stage.world.other_teacher.to_string();
    stage.mentee.post(path, &[("colleague", &foreign)]).await.expect(StatusCode::NOT_FOUND);
    let myself = stage.world.people[&Role::Mentee].to_string();
    stage.mentee.post(path, &[("colleague", &myself)]).await.expect(StatusCode::NOT_FOUND);
    // Two letters do not open the staff list.
    stage.mentee.get(&format!("/own/diagnosis?colleague={}", encode("ро"))).await.hides("Рольunion");
    let found = stage.mentee.get(&format!("/own/diagnosis?colleague={}", encode("рольunion"))).await;
    found.shows("Рольunion Анна Ивановна – учитель");
    let union = stage.world.people[&Role::Union].to_string();
    stage.mentee.post(path, &[("colleague", &union)]).await.led_to();
    let twice = stage.mentee.post(path, &[("colleague", &union)]).await;
    twice.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("Вы уже просили этого коллегу");

    let colleague = stage.world.browser(&app, Role::Union).await;
    colleague.get("/").await.shows("Ждёт вашего взгляда: Рольmentee А. И.");
    let list = colleague.get("/own/diagnosis").await;
    let blank = list.text().split("/own/views/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let blank = format!("/own/views/{blank}");
    let page = colleague.get(&blank).await.expect(StatusCode::OK);
    page.shows("Удерживаю дисциплину без крика");
    page.hides("не умею");
    assert!(!page.text().contains(" checked"));
    for browser in [&stage.mentee, &stage.mentor, &stage.curator] {
        browser.get(&blank).await.expect(StatusCode::NOT_FOUND);
    }
    let empty = colleague.post(&format!("{blank}/completion"), &[]).await;
    empty.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("Отметьте хотя бы один пункт");
    stage.answer(&colleague, &blank, &["d4.1"], 2).await;
    let led = colleague.post(&format!("{blank}/completion"), &[]).await.led_to();
    let done = colleague.get(&led).await.expect(StatusCode::OK);
    done.shows("Спасибо! Взгляд передан");
    done.hides("не умею");
    stage.mentee.get(&format!("{own}/result")).await.shows("коллега Рольunion А. И.");
    stage.mentor.get(&stage.ring()).await.shows("коллега Рольunion А. И.");
});

db_test!(a_colleague_may_say_no_and_a_mentor_was_not_asked, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let union = stage.world.people[&Role::Union].to_string();
    stage.mentee.post("/own/diagnosis/views", &[("colleague", &union)]).await.led_to();
    let colleague = stage.world.browser(&app, Role::Union).await;
    let list = colleague.get("/own/diagnosis").await;
    let blank = list.text().split("/own/views/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    colleague.post(&format!("/own/views/{blank}/refusal"), &[]).await.led_to();
    stage.mentee.get("/own/diagnosis").await.shows("коллега не сможет");
    let view = stage.view().await;
    stage.mentor.post(&format!("{view}/refusal"), &[]).await.expect(StatusCode::NOT_FOUND);
});

db_test!(the_school_sees_the_fact_and_the_day, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    for role in [Role::Mentor, Role::Mentee, Role::Psychologist, Role::Union, Role::Department, Role::Tutor] {
        let browser = stage.world.browser(&app, role).await;
        browser.get("/diagnosis").await.expect(StatusCode::NOT_FOUND);
        browser.get("/diagnosis.xlsx").await.expect(StatusCode::NOT_FOUND);
    }
    let page = stage.curator.get("/diagnosis").await.expect(StatusCode::OK);
    page.shows("Рольmentee Анна Ивановна");
    page.shows("не начата");
    page.hides("Рольunion");
    page.hides("Другаяучитель");
    stage.curator.get("/diagnosis?who=all").await.shows("Рольunion Анна Ивановна");
    stage.curator.get("/").await.shows("не начал самодиагностику");
    let sheet = stage.begin(&stage.mentee).await;
    stage.curator.get("/diagnosis?state=open").await.shows("заполняется");
    app.advance(Duration::hours(24));
    let mentee = stage.world.browser(&app, Role::Mentee).await;
    stage.answer_all(&mentee, &sheet, 3).await;
    mentee.post(&format!("{sheet}/completion"), &[]).await.led_to();
    let curator = stage.world.browser(&app, Role::Curator).await;
    let page = curator.get("/diagnosis?state=completed").await.expect(StatusCode::OK);
    page.shows("Рольmentee Анна Ивановна");
    page.shows("24.11.2026");
    curator.get("/diagnosis?wave=final&state=completed").await.shows("Никого не нашлось");
    let book = curator.get("/diagnosis.xlsx?state=completed").await.expect(StatusCode::OK);
    assert!(book.bytes.starts_with(b"PK"));
    let other = app.browser_of(stage.world.other_curator).await;
    other.get("/diagnosis?who=all").await.hides("Рольmentee");
});
