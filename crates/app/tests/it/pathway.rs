//! Individual educational routes (E1-E6): the owner's way through the steps, those who accompany, the file.

mod again;
mod canary;
mod stage;

use axum::http::StatusCode;
use nastavnik_domain::role::Role;

use crate::db_test;
use crate::support::{TestApp, World};
use stage::{BEGIN, COURSE, Stage, seen};

db_test!(seven_steps, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let owner = &stage.mentee;
    owner.get("/own/route/steps/1").await.expect(StatusCode::NOT_FOUND);
    // A term of three years, a term of six, no consent: each told at its field, nothing begun.
    for (to, told) in [("2029-11-22", "не раньше 22.11.2030"), ("2032-11-22", "не позже 22.11.2031")]
    {
        let page = owner.post("/own/route", &[("from", "2026-11-23"), ("to", to), ("agree", "yes")]).await;
        page.expect(StatusCode::UNPROCESSABLE_ENTITY).shows(told);
    }
    let silent = owner.post("/own/route", &[("from", "2026-11-23"), ("to", "2030-11-22")]).await;
    silent.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("Отметьте, что вы согласны");
    assert!(owner.post("/own/route", BEGIN).await.led_to().starts_with("/own/route/steps/1"));
    owner.post("/own/route", BEGIN).await.expect(StatusCode::CONFLICT);
    // Out of order.
    owner.post("/own/route/steps/2/completion", &[]).await.expect(StatusCode::CONFLICT);
    owner.post("/own/route/steps/1/completion", &[]).await.expect(StatusCode::CONFLICT);
    owner.get("/own/route/steps/8").await.expect(StatusCode::NOT_FOUND);
    stage.self_image("Учитель, которого слышат").await;
    // Step 2 and 3 come from the self-diagnosis in one press.
    stage.complete(1).await;
    let page = owner.get("/own/route/steps/2?from=diagnosis").await.expect(StatusCode::OK);
    page.shows("По самодиагностике от 23.11.2026: сильная сторона");
    stage.found(2, "methods", "Веду мастерские").await;
    stage.complete(2).await;
    owner.get("/own/route/steps/3?from=diagnosis").await.shows("важно и пока даётся с трудом");
    stage.found(3, "psychology", "Трудные разговоры").await;
    stage.complete(3).await;
    // A line has its days within the route.
    let late = [("kind", "measure"), ("title", "Поздно"), ("from", "2030-11-01"), ("to", "2031-01-01")];
    let page = owner.post("/own/route/entries", &late).await;
    page.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("внутри срока маршрута");
    let bare = [("kind", "course"), ("title", "Курс"), ("from", "2027-01-11"), ("to", "2027-05-20")];
    owner
        .post("/own/route/entries", &bare)
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY)
        .shows("Кто обучает");
    owner.post("/own/route/entries", COURSE).await.led_to();
    stage.complete(4).await;
    let page = owner.get("/own/route").await.expect(StatusCode::OK);
    page.shows("23.11.2026, педагог");
    page.shows("продукт и отношение к нему: Формирующее оценивание");
    owner.get("/").await.shows("Ваш маршрут: шаг 5 из 7");
});

db_test!(corrections_products_and_reflection, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let owner = &stage.mentee;
    stage.draw().await;
    let changed: Vec<(&str, &str)> = COURSE
        .iter()
        .map(|(name, value)| if *name == "to" { ("to", "2027-12-20") } else { (*name, *value) })
        .collect();
    let page = owner.get("/own/route/entries/1").await;
    let seal = seen(&page);
    let with =
        |more: &[(&'static str, &'static str)]| [&changed[..], more, &[("seen", seal.as_str())]].concat();
    let page = owner.post("/own/route/entries/1", &with(&[])).await;
    page.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("Заполните поле «Причина»");
    owner.post("/own/route/entries/1", &with(&[("reason", "курс перенесли")])).await.led_to();
    // The same page sent from another tab is told that it is old; what was typed stays.
    let page = owner.post("/own/route/entries/1", &with(&[("reason", "второе окно")])).await;
    let page = page.expect(StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("изменили в другом окне");
    page.shows("второе окно");
    let page = owner.get("/own/route/steps/6").await;
    page.shows("курс перенесли");
    page.shows("Последний день: 20.05.2027 → 20.12.2027");
    // A product: a link that is no link is refused.
    let page = owner.get("/own/route/entries/1/product").await;
    let seal = seen(&page);
    let product = |link: &'static str, on: &'static str| {
        vec![
            ("on", on),
            ("product", "Сборник заданий"),
            ("link", link),
            ("attitude", "proud"),
            ("seen", seal.as_str()),
        ]
    };
    for (link, on, told) in [
        ("javascript:alert(1)", "2026-11-23", "Ссылка начинается с https://"),
        ("", "2026-11-24", "ещё не наступил"),
    ] {
        let page = owner.post("/own/route/entries/1/product", &product(link, on)).await;
        page.expect(StatusCode::UNPROCESSABLE_ENTITY).shows(told);
    }
    owner
        .post("/own/route/entries/1/product", &product("https://example.org/1", "2026-11-23"))
        .await
        .led_to();
    stage.complete(5).await;
    let page = owner.get("/own/route/steps/7").await;
    let seal = seen(&page);
    let reflection =
        [("became_psychology", "Спокойно веду разговор"), ("closeness", "11"), ("seen", seal.as_str())];
    let page = owner.post("/own/route/reflection", &reflection).await;
    page.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("целое число от 0 до 10");
    let reflection =
        [("became_psychology", "Спокойно веду разговор"), ("closeness", "8"), ("seen", seal.as_str())];
    owner.post("/own/route/reflection", &reflection).await.led_to();
    stage.complete(7).await;
    owner
        .post("/own/route/self-image", &[("ideal", "Поздно")])
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY);
    for (name, head) in [("route.pdf", &b"%PDF"[..]), ("route.docx", &b"PK"[..])] {
        let page = owner.get(&format!("/own/route/prints/{name}")).await.expect(StatusCode::OK);
        assert!(page.bytes.starts_with(head), "{name}");
    }
});

db_test!(a_roadmap_may_be_done_without, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.to_the_roadmap().await;
    stage.mentee.post("/own/route/waiver", &[]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    let to = stage.mentee.post("/own/route/waiver", &[("reason", "Хватает программы пары")]).await.led_to();
    assert!(to.starts_with("/own/route/steps/7"), "{to}");
    stage.mentee.get("/own/route/steps/5").await.shows("Без дорожной карты этот шаг не нужен");
    stage.mentee.post("/own/route/resumption", &[]).await.led_to();
    stage.mentee.get("/own/route/steps/4").await.hides("Хватает программы пары");
});

db_test!(those_who_accompany, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.draw().await;
    let route = stage.address().await;
    let world = &stage.world;
    let tutor = world.browser(&app, Role::Tutor).await;
    let curator = world.browser(&app, Role::Curator).await;
    let other = app.browser_of(world.other_curator).await;
    for browser in [&tutor, &other] {
        browser.get(&route).await.expect(StatusCode::NOT_FOUND);
        browser
            .post(&format!("{route}/comments"), &[("step", "4"), ("text", "Слово")])
            .await
            .expect(StatusCode::NOT_FOUND);
    }
    tutor.get("/routes").await.expect(StatusCode::OK).shows("Маршрутов пока нет");
    // Named by the owner, the tutor reads the facts; nothing personal is open.
    let person = world.people[&Role::Tutor].to_string();
    stage.mentee.post("/own/route/access", &[("tutor", &person), ("opens", "self_image")]).await.led_to();
    let page = tutor.get(&route).await.expect(StatusCode::OK);
    page.shows("Формирующее оценивание");
    page.hides("Учитель, которого слышат");
    tutor
        .post(&format!("{route}/comments"), &[("step", "3"), ("text", "Слово")])
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY);
    tutor.post(&format!("{route}/readings"), &[]).await.led_to();
    let page = tutor.get(&route).await;
    page.shows("Учитель, которого слышат");
    page.hides("Трудные разговоры");
    stage.mentee.get("/own/route/access").await.shows("Рольtutor Анна Ивановна");
    curator.get(&route).await.expect(StatusCode::OK).hides("Учитель, которого слышат");
    // A word about an open step; the owner answers and ticks it off.
    tutor.post(&format!("{route}/comments"), &[("step", "4"), ("text", "Добавьте пробу")]).await.led_to();
    stage.mentee.get("/").await.shows("Вам написали о маршруте: 1 комментарий");
    curator.get("/routes?new=comments").await.shows("ждут ответа: 1");
    let nothing = stage.mentee.post("/own/route/comments/1/answer", &[]).await;
    nothing.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("Напишите ответ или отметьте «Учтено»");
    let answer = [("answer", "Добавлю"), ("settled", "yes")];
    stage.mentee.post("/own/route/comments/1/answer", &answer).await.led_to();
    stage.mentee.post("/own/route/comments/2/answer", &answer).await.expect(StatusCode::NOT_FOUND);
    tutor.get(&route).await.shows("Ответ педагога: Добавлю");
    // After an hour the personal sections close; without the name the tutor has no route.
    app.advance(chrono::Duration::minutes(61));
    tutor.get(&route).await.hides("Учитель, которого слышат");
    stage.mentee.post("/own/route/access", &[]).await.led_to();
    tutor.get(&route).await.expect(StatusCode::NOT_FOUND);
    stage.mentor.get(&route).await.expect(StatusCode::OK);
});

db_test!(a_file_goes_to_another_installation, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.draw().await;
    let route = stage.address().await;
    stage.mentor.post(&format!("{route}/comments"), &[("step", "4"), ("text", "Хорошо")]).await.led_to();
    let file = stage.mentee.get("/own/route/file").await.expect(StatusCode::OK).bytes;
    let text = String::from_utf8(file.clone()).unwrap();
    for (role, person) in &stage.world.people {
        assert!(
            !text.contains(&person.to_string()) && !text.contains(&format!("Роль{}", role.code())),
            "{role:?}"
        );
    }
    let other = app.fresh().await;
    let world = World::build(&other).await;
    let owner = world.browser(&other, Role::Union).await;
    for broken in [
        &file[..file.len() / 2],
        b"",
        b"{}",
        &[0xff, 0x00],
        text.replace("\"version\": 1", "\"version\": 9").as_bytes(),
    ] {
        let page = owner.upload("/own/route/imports", &[], ("route", "route.json", broken)).await;
        page.expect(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let wrong = text.replacen("\"hours\": 72", "\"hours\": \"много\"", 1);
    let page = owner.upload("/own/route/imports", &[], ("route", "route.json", wrong.as_bytes())).await;
    page.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("Поле «route.roadmap[0].body.detail.hours»");
    let to = owner.upload("/own/route/imports", &[], ("route", "route.json", &file)).await.led_to();
    let at = to.split('?').next().unwrap();
    owner.get(at).await.expect(StatusCode::OK).shows("Пока ничего не загружено");
    owner.get("/own/route/file").await.expect(StatusCode::NOT_FOUND);
    world.browser(&other, Role::Council).await.get(at).await.expect(StatusCode::NOT_FOUND);
    owner.post(&format!("{at}/application"), &[]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    let key = nastavnik::kernel::ids::form_key();
    for _ in 0..2 {
        let pressed = owner.post_keyed(&format!("{at}/application"), &[("agree", "yes")], key).await;
        assert!(pressed.led_to().starts_with("/own/route"), "pressed twice, done once");
    }
    assert_eq!(owner.get("/own/route/file").await.bytes, file, "unchanged");
    owner
        .upload("/own/route/imports", &[], ("route", "route.json", &file))
        .await
        .expect(StatusCode::CONFLICT);
    other.finish().await;
});
