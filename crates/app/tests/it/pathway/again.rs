//! One route after another: a second one waits for the end of the first, the earlier ones stay readable.

use axum::http::StatusCode;
use nastavnik::values;
use nastavnik_domain::role::Role;

use super::stage::{BEGIN, Stage};
use crate::db_test;
use crate::support::{TestApp, World};

db_test!(a_second_route_waits_for_the_end_of_the_first, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let owner = &stage.mentee;
    owner.get("/own/route/ending").await.expect(StatusCode::NOT_FOUND);
    stage.draw().await;
    let first = stage.address().await;
    owner.post("/own/route", BEGIN).await.expect(StatusCode::CONFLICT).shows("Завершите его");
    owner.get("/own/route/new").await.expect(StatusCode::CONFLICT);
    // No end without a reason and without words about what came of it; what was typed stays.
    let silent = owner.post("/own/route/ending", &[("reason", "переезд в другой город")]).await;
    let silent = silent.expect(StatusCode::UNPROCESSABLE_ENTITY);
    silent.shows("Напишите, что получилось");
    silent.shows("переезд в другой город");
    let bare = owner.post("/own/route/ending", &[("words", "Многое получилось")]).await;
    bare.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("Заполните поле «Почему маршрут заканчивается»");
    stage.stop().await;
    owner.post("/own/route/steps/5/completion", &[]).await.expect(StatusCode::CONFLICT);
    owner.get("/own/route/ending").await.expect(StatusCode::CONFLICT);
    let page = owner.get("/own/route").await.expect(StatusCode::OK);
    page.shows("остановлен 23.11.2026");
    page.shows("Начать новый маршрут");
    // Pressed twice, begun once; the third is refused.
    let key = nastavnik::kernel::ids::form_key();
    for _ in 0..2 {
        owner.post_keyed("/own/route", BEGIN, key).await.led_to();
    }
    owner.post("/own/route", BEGIN).await.expect(StatusCode::CONFLICT);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM pathway", vec![]).await, 2);
    // The picture shows them in order, the first one whole on a page of its own.
    let page = owner.get("/own/route").await.expect(StatusCode::OK);
    let text = page.text();
    assert!(text.find("Маршрут остановлен 23.11.2026") < text.find("Маршрут продолжается"), "{text}");
    let past = first.replace("/routes/", "/own/routes/");
    page.shows("Другие мои маршруты");
    assert!(text.contains(&past));
    let page = owner.get(&past).await.expect(StatusCode::OK);
    page.shows("Учитель, которого слышат");
    page.shows("Причина: переезд в другой город");
    for name in ["route.pdf", "route.docx"] {
        owner.get(&format!("{past}/prints/{name}")).await.expect(StatusCode::OK);
    }
    stage.mentor.get(&past).await.expect(StatusCode::NOT_FOUND);
    stage.mentor.get(&format!("{past}/file")).await.expect(StatusCode::NOT_FOUND);
});

db_test!(an_earlier_route_stays_with_those_who_read_it, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.draw().await;
    let first = stage.address().await;
    let past = first.replace("/routes/", "/own/routes/");
    let tutor = stage.world.browser(&app, Role::Tutor).await;
    let named = stage.world.people[&Role::Tutor].to_string();
    stage.mentee.post("/own/route/access", &[("tutor", &named), ("opens", "reflection")]).await.led_to();
    stage.stop().await;
    app.advance(chrono::Duration::minutes(1));
    stage.mentee.post("/own/route", BEGIN).await.led_to();
    let second = stage.address().await;
    assert_ne!(first, second);
    // The tutor of the first one was not named in the second.
    tutor.get(&second).await.expect(StatusCode::NOT_FOUND);
    let page = tutor.get(&first).await.expect(StatusCode::OK);
    page.shows("остановлен 23.11.2026");
    page.hides("переезд в другой город");
    tutor.get("/routes?step=9").await.hides("Таких маршрутов нет");
    tutor.post(&format!("{first}/readings"), &[]).await.led_to();
    tutor.get(&first).await.shows("переезд в другой город");
    // A word about it is answered on its own page.
    stage
        .mentor
        .post(&format!("{first}/comments"), &[("step", "4"), ("text", "Спасибо за всё")])
        .await
        .led_to();
    let answer = format!("{past}/comments/1/answer");
    stage.mentor.post(&answer, &[("answer", "Нет")]).await.expect(StatusCode::NOT_FOUND);
    let empty = stage.mentee.post(&answer, &[]).await;
    empty.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("Напишите ответ");
    stage.mentee.post(&answer, &[("answer", "И вам"), ("settled", "yes")]).await.led_to();
    stage.mentor.get(&first).await.shows("Ответ педагога: И вам");
    // The owner closes it, though another one goes on.
    stage.mentee.post(&format!("{past}/access"), &[]).await.led_to();
    tutor.get(&first).await.expect(StatusCode::NOT_FOUND);
});

db_test!(a_file_of_an_earlier_route_is_brought_in_beside_the_open_one, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.draw().await;
    let open = stage.mentee.get("/own/route/file").await.expect(StatusCode::OK).bytes;
    stage.stop().await;
    let past = stage.address().await.replace("/routes/", "/own/routes/");
    let ended = stage.mentee.get(&format!("{past}/file")).await.expect(StatusCode::OK).bytes;
    let other = app.fresh().await;
    let world = World::build(&other).await;
    let owner = world.browser(&other, Role::Union).await;
    owner.post("/own/route", BEGIN).await.led_to();
    let upload =
        async |file: &[u8]| owner.upload("/own/route/imports", &[], ("route", "route.json", file)).await;
    upload(&open).await.expect(StatusCode::CONFLICT).shows("Завершите его");
    let to = upload(&ended).await.led_to();
    let at = to.split('?').next().unwrap().to_owned();
    owner.get(&at).await.shows("остановлен 23.11.2026");
    owner.post(&format!("{at}/application"), &[("agree", "yes")]).await.led_to();
    upload(&ended).await.expect(StatusCode::CONFLICT).shows("у вас уже есть");
    // The open one is still the one that goes on.
    let page = owner.get("/own/route").await;
    page.shows("Продолжить: шаг 1 из 7");
    page.shows("Другие мои маршруты");
    let known = other.count("SELECT COUNT(*) AS n FROM pathway WHERE step = 9", values![]).await;
    assert_eq!(known, 1);
    other.finish().await;
});
