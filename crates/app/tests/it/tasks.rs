//! Tasks of mentees: set, handed in, checked in person, remembered gently.

mod canary;
mod stage;

use axum::http::{StatusCode, header};
use chrono::{Duration, NaiveDate};
use nastavnik::tasks::{self, Accepted, Counts};
use nastavnik::values;
use nastavnik_domain::role::Role;

use crate::db_test;
use crate::support::TestApp;
use stage::{Stage, with};

const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

db_test!(what_is_wrong_with_a_task_stands_at_its_field, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    for (fields, told) in [
        (with(&[("title", "")]), "Заполните поле «Задание»."),
        (with(&[("what", " ")]), "Заполните поле «Что сделать»."),
        (with(&[("due", "2026-11-22")]), "Этот день прошёл"),
        (with(&[("due", "2027-06-01")]), "Пара работает по 31 мая 2027 г."),
        (with(&[("source", "019ac000-0000-7000-8000-000000000000")]), "пришёл ответ, которого нет в списке"),
    ] {
        let page = stage.mentor.post(&stage.base, &fields).await.expect(REFUSED);
        page.shows(told);
        assert!(page.text().contains("Одна страница") || told.contains("Что сделать"), "typed words stay");
    }
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM task", vec![]).await, 0);

    let task = stage.task().await;
    let products = format!("{task}/products");
    for (fields, told) in [
        ([("words", ""), ("link", "")], "Напишите, что сделано, дайте ссылку или приложите файл."),
        ([("words", "набранное"), ("link", "javascript:alert(1)")], "Ссылка начинается с https://"),
        ([("words", "набранное"), ("link", "https://школа.рф@evil.example")], "Ссылка начинается с https://"),
    ] {
        let page = stage.mentee.post(&products, &fields).await.expect(REFUSED);
        page.shows(told);
        assert!(fields[0].1.is_empty() || page.text().contains("набранное"), "typed words stay");
    }
    for (name, content) in [("план.pdf", b"MZ\x90 program".as_slice()), ("пусто.pdf", b"".as_slice())]
    {
        let page = stage.mentee.upload(&products, &[("version", "1")], ("work", name, content)).await;
        page.expect(REFUSED).shows("айл");
    }
    let large = vec![b'%'; 10 * 1024 * 1024 + 1];
    let page = stage.mentee.upload(&products, &[("version", "1")], ("work", "план.pdf", &large)).await;
    page.expect(REFUSED).shows("Файл больше 10 МБ");

    stage.hand_in(&task, "1", "Готово").await;
    let page = stage.mentor.post(&format!("{task}/return"), &[("version", "2"), ("due", "2026-11-20")]).await;
    let page = page.expect(REFUSED);
    page.shows("Заполните поле «Что доработать».");
    page.shows("Этот день прошёл");
});

db_test!(the_mentor_sets_and_checks_and_that_mentee_hands_in, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.mentee.post(&stage.base, &with(&[])).await.expect(StatusCode::FORBIDDEN);
    stage.mentee.get(&format!("{}/new", stage.base)).await.expect(StatusCode::FORBIDDEN);
    let task = stage.task().await;
    let at = |noun: &str| format!("{task}/{noun}");
    stage
        .mentor
        .post(&at("products"), &[("version", "1"), ("words", "За него")])
        .await
        .expect(StatusCode::FORBIDDEN);
    for noun in ["edit", "acceptance", "return", "cancellation", "resumption"] {
        let page = stage.mentee.post(&at(noun), &[("version", "1")]).await;
        page.expect(StatusCode::FORBIDDEN).shows("наставник этой пары");
    }
    let stranger = app.browser_of(stage.world.other_teacher).await;
    for browser in [&stranger, &stage.curator, &stage.world.browser(&app, Role::Director).await] {
        browser.get(&task).await.expect(StatusCode::NOT_FOUND);
        browser.post(&at("acceptance"), &[("version", "1")]).await.expect(StatusCode::FORBIDDEN);
    }
    stranger.get(&stage.base).await.expect(StatusCode::NOT_FOUND);
    // A pair that does not work any more keeps what was and writes nothing.
    app.exec(
        "UPDATE mentorship SET ends_on = ? WHERE id = ?",
        values![app.today() - Duration::days(1), stage.world.mentorship],
    )
    .await;
    for (browser, noun) in [(&stage.mentor, "cancellation"), (&stage.mentee, "products")] {
        let page = browser.post(&at(noun), &[("version", "1"), ("words", "Поздно")]).await;
        assert!(matches!(page.status, StatusCode::CONFLICT | StatusCode::FORBIDDEN), "{}", page.status);
    }
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM task_event", vec![]).await, 1);
});

db_test!(a_task_goes_from_setting_to_acceptance, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let task = stage.task().await;
    let at = |noun: &str| format!("{task}/{noun}");
    stage
        .mentor
        .post(&at("edit"), &[with(&[("title", "План открытого урока")]), vec![("version", "1")]].concat())
        .await
        .led_to();
    let stale = [with(&[("title", "Другой план")]), vec![("version", "1")]].concat();
    stage.mentor.post(&at("edit"), &stale).await.expect(StatusCode::CONFLICT).shows("что-то произошло");

    let file = ("work", "план.exe", b"%PDF-1.7 the work".as_slice());
    stage.mentee.upload(&at("products"), &[("version", "2"), ("words", "Черновик")], file).await.led_to();
    stage.mentee.get(&task).await.shows("Работа ждёт проверки наставника");
    stage.mentor.get("/").await.shows("Проверьте работу: План открытого урока");
    let page = stage.mentor.get(&task).await.expect(StatusCode::OK);
    page.shows("план.exe.pdf");
    let text = page.text();
    let link =
        text.split("href=\"").find(|part| part.contains("/files/")).unwrap().split('"').next().unwrap();
    let given = stage.mentor.get(link).await.expect(StatusCode::OK);
    assert_eq!(given.bytes, b"%PDF-1.7 the work");
    assert_eq!(given.headers[header::CONTENT_TYPE], "application/pdf");
    let disposition = given.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
    assert!(
        disposition.starts_with("attachment; filename*=UTF-8''%D0%BF") && disposition.ends_with(".exe.pdf")
    );
    stage.curator.get(link).await.expect(StatusCode::NOT_FOUND);
    app.browser_of(stage.world.other_teacher).await.get(link).await.expect(StatusCode::NOT_FOUND);
    let foreign = link.rsplit_once('/').unwrap().0.to_owned() + "/019ac000-0000-7000-8000-000000000000";
    stage.mentor.get(&foreign).await.expect(StatusCode::NOT_FOUND);

    let remarks = [("version", "3"), ("remarks", "Добавьте цель"), ("due", "2026-12-08")];
    stage.mentor.post(&at("return"), &remarks).await.led_to();
    stage.mentee.get("/").await.shows("Доработайте задание: План открытого урока");
    stage.mentee.get(&task).await.shows("Что доработать Добавьте цель");
    let again = [("version", "4"), ("words", "С целью"), ("link", "https://disk.example.ru/d/1")];
    stage.mentee.post(&at("products"), &again).await.led_to();
    // Whoever has not seen the newest product decides nothing.
    stage.mentor.post(&at("acceptance"), &[("version", "3")]).await.expect(StatusCode::CONFLICT);
    let key = nastavnik::kernel::ids::form_key();
    let word = [("version", "5"), ("word", "Цель видна сразу")];
    let first = stage.mentor.post_keyed(&at("acceptance"), &word, key).await.led_to();
    assert_eq!(first, stage.mentor.post_keyed(&at("acceptance"), &word, key).await.led_to());
    let page = stage.mentee.get(&task).await;
    page.shows("Работа принята Цель видна сразу");
    page.hides("Сдать работу");
    for noun in ["cancellation", "return", "edit"] {
        let page = stage.mentor.post(&at(noun), &[("version", "6")]).await;
        page.expect(StatusCode::CONFLICT).shows("задание больше не меняется");
    }
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM task_event", vec![]).await, 6);

    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let (reader, pair) = (app.app.db.reader(), stage.world.mentorship);
    let found = tasks::products(reader, pair, day("2026-11-23"), day("2026-11-23")).await.unwrap();
    let expected = Accepted {
        mentee: stage.world.people[&Role::Mentee],
        title: "План открытого урока".to_owned(),
        words: "С целью".to_owned(),
        link: Some("https://disk.example.ru/d/1".to_owned()),
        file_name: None,
        accepted_on: app.today(),
    };
    assert_eq!(found, [expected]);
    assert!(tasks::products(reader, pair, day("2026-11-24"), day("2027-05-31")).await.unwrap().is_empty());
});

db_test!(watchers_see_numbers_and_the_pair_its_list, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.curator.get(&stage.base).await.expect(StatusCode::OK).shows("Заданий пока нет");
    stage.mentee.get(&stage.base).await.shows("Когда наставник поставит задание");
    let [waits, off] = [stage.task_of(&with(&[("title", "Анализ урока")])).await, stage.task().await];
    stage.task_of(&with(&[("title", "Карта темы"), ("due", "2026-11-23")])).await;
    stage.hand_in(&waits, "1", "Готово").await;
    stage.mentor.post(&format!("{off}/cancellation"), &[("version", "1")]).await.led_to();
    app.advance(Duration::days(1));
    let curator = stage.world.browser(&app, Role::Curator).await;
    let page = curator.get(&stage.base).await;
    page.shows("Выполняется 1 задание Из них срок прошёл 1 задание Ждёт проверки наставника 1 работа Принято 0 работ");
    page.hides("Карта темы");
    let counts = tasks::counts(app.app.db.reader(), &[stage.world.mentorship], app.today()).await.unwrap();
    let expected = Counts { open: 1, late: 1, waiting: 1, accepted: 0 };
    assert_eq!(counts.get(&stage.world.mentorship), Some(&expected));

    let mentor = stage.world.browser(&app, Role::Mentor).await;
    for (state, shown, hidden) in [
        ("open", "Карта темы", "Анализ урока"),
        ("waiting", "Анализ урока", "План урока"),
        ("off", "План урока", "Карта темы"),
        ("accepted", "Таких заданий нет", "План урока"),
    ] {
        let page = mentor.get(&format!("{}?state={state}", stage.base)).await.expect(StatusCode::OK);
        page.shows(shown);
        page.hides(hidden);
    }
    // Calling off is undone.
    mentor.post(&format!("{off}/resumption"), &[("version", "2")]).await.led_to();
    mentor.post(&format!("{off}/resumption"), &[("version", "3")]).await.expect(StatusCode::CONFLICT);
    mentor.get(&off).await.shows("Задание возвращено");
});

db_test!(in_a_group_each_has_an_own_task, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let second = stage.second_mentee().await;
    let (one, other) = (stage.world.people[&Role::Mentee].to_string(), second.to_string());
    let page = stage.mentor.post(&stage.base, &with(&[])).await.expect(REFUSED);
    page.shows("Отметьте хотя бы одного, кому ставите задание");
    let mut both: Vec<(&str, &str)> = with(&[]);
    both.extend([("mentee", one.as_str()), ("mentee", other.as_str())]);
    stage.mentor.post(&stage.base, &both).await.led_to();
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM task", vec![]).await, 2);
    let mut alone: Vec<(&str, &str)> = with(&[("title", "Только второй")]);
    alone.push(("mentee", other.as_str()));
    let task = stage.task_of(&alone).await;

    let colleague = app.browser_of(second).await;
    colleague.get(&task).await.expect(StatusCode::OK);
    stage.mentee.get(&task).await.expect(StatusCode::NOT_FOUND);
    let words = [("version", "1"), ("words", "Чужая работа")];
    stage.mentee.post(&format!("{task}/products"), &words).await.expect(StatusCode::NOT_FOUND);
    stage.mentee.get(&stage.base).await.hides("Только второй");
    colleague.post(&format!("{task}/products"), &words).await.led_to();
    let page = stage.mentor.get(&format!("{}?mentee={one}", stage.base)).await;
    page.shows("План урока");
    page.hides("Только второй");
});

db_test!(a_measure_becomes_a_task_by_one_press, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    app.exec("UPDATE document SET number = 78", vec![]).await;
    let objects = stage.world.objects(&app).await;
    let line = objects[&crate::support::Relation::Own]["line"].clone();
    stage.mentor.get(&stage.base).await.shows("Урок до 01.12.2026 Сделать заданием");
    stage.mentee.get(&stage.base).await.hides("Сделать заданием");
    let press = format!("{}/measures", stage.base);
    stage.mentee.post(&press, &[("measure", &line)]).await.expect(StatusCode::FORBIDDEN);
    stage.mentor.post(&press, &[("measure", "нет такого")]).await.expect(StatusCode::CONFLICT);
    let task = stage.mentor.post(&press, &[("measure", &line)]).await.led_to();
    let page = stage.mentor.get(&task).await;
    page.shows("1 декабря 2026 г.");
    page.shows("Мероприятие «Урок»");
    page.shows("Что останется: план");
    stage
        .mentor
        .post(&press, &[("measure", &line)])
        .await
        .expect(StatusCode::CONFLICT)
        .shows("уже поставлено");
    stage.mentor.get(&stage.base).await.hides("Сделать заданием");
});

db_test!(reminders_are_gentle_and_the_calendar_holds_days_alone, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.task().await;
    stage.mentee.post("/own/calendar", &[]).await.led_to();
    let page = stage.mentee.get("/own/calendar").await.text();
    let feed = page.split("http://nastavnik.test").find(|part| part.starts_with("/calendar/")).unwrap();
    let feed = feed.split('<').next().unwrap().to_owned();
    let text = app.anonymous().get(&feed).await.expect(StatusCode::OK).text().replace("\r\n ", "");
    assert!(text.contains("DTSTART;VALUE=DATE:20261126") && text.contains("SUMMARY:Задание: срок"), "{text}");
    assert!(!text.contains("План урока") && !text.contains("Роль"), "{text}");

    stage.mentee.get("/").await.shows("Задание: План урока");
    // Monday to Thursday, Friday after, and over a weekend.
    for (days, words) in
        [(0, "срок через 3 рабочих дня"), (3, "срок сегодня"), (1, "срок прошёл 1 рабочий день назад")]
    {
        app.advance(Duration::days(days));
        let page = stage.world.browser(&app, Role::Mentee).await.get("/").await;
        page.shows(words);
        page.hides("просроч");
    }
    stage.world.browser(&app, Role::Mentor).await.get("/").await.hides("План урока");
});
