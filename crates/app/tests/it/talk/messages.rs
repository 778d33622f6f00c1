//! Messages: written, found, mended, taken back, read.

use axum::http::StatusCode;
use chrono::Duration;
use nastavnik::kernel::{db, ids};
use nastavnik::values;

use super::stage::Stage;
use crate::db_test;
use crate::support::TestApp;

db_test!(what_can_not_be_sent_is_told_at_its_field, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let long = "щ".repeat(4_001);
    for (words, told) in [
        ("", "Напишите сообщение или приложите файл"),
        (" \n\t ", "Напишите сообщение или приложите файл"),
        (long.as_str(), "вмещает 4000 зн., а введено 4001"),
        ("а\u{202e}б", "недопустимые невидимые знаки"),
    ] {
        let page = stage.mentor.post(&stage.at(""), &[("words", words)]).await;
        let page = page.expect(StatusCode::UNPROCESSABLE_ENTITY);
        page.shows(told);
        assert!(page.text().contains(words.trim()), "what was typed stays");
    }
    let exe = ("work", "план.pdf", b"MZ\x90\x00 not a document".as_slice());
    let page = stage.mentor.upload(&stage.at(""), &[("words", "Вот план")], exe).await;
    let page = page.expect(StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("Такой файл не подходит");
    page.shows("Вот план");
    let large = vec![b'x'; 10 * 1024 * 1024 + 1];
    let page = stage.mentor.upload(&stage.at(""), &[], ("work", "план.pdf", &large)).await;
    page.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("Файл больше 10 МБ");
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM talk_message", vec![]).await, 0);
});

db_test!(a_message_is_sent_once_and_shown_as_plain_text, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let key = ids::form_key();
    let words = [("words", "Первая строка <b>\nсмотрите https://edsoo.ru/план?a=1&b=2.")];
    let first = stage.mentee.post_keyed(&stage.at(""), &words, key).await.led_to();
    assert_eq!(stage.mentee.post_keyed(&stage.at(""), &words, key).await.led_to(), first);
    assert!(first.ends_with("#m1"), "{first}");
    let text = stage.mentor.get(&stage.at("")).await.expect(StatusCode::OK).text();
    assert!(
        text.contains("Первая строка &#60;b&#62;\nсмотрите <a href=\"https://edsoo.ru/план?a=1&#38;b=2\"")
    );
    assert!(text.contains("rel=\"noopener noreferrer nofollow\">https://edsoo.ru/план?a=1&#38;b=2</a>."));
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM talk_message", vec![]).await, 1);
});

db_test!(what_waits_is_told_until_it_is_read, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.say(&stage.mentor, "Раз").await;
    stage.say(&stage.mentor, "Два").await;
    stage.mentor.get("/").await.hides("Вам написали");
    for _ in 0..2 {
        // Looking changes nothing.
        stage.mentee.get("/").await.shows("Вам написали: 2 сообщения");
        stage.mentee.get(&stage.at("")).await.shows("Новые сообщения");
    }
    stage.mentee.get(&format!("/pairs/{}", stage.world.mentorship)).await.shows("Переписка (2 новых)");
    stage.mentee.post(&stage.at("/reading"), &[("seen", "1")]).await.led_to();
    stage.mentee.get("/").await.shows("Вам написали: 1 сообщение");
    // Nobody has read what is not written yet.
    stage.mentee.post(&stage.at("/reading"), &[("seen", "99")]).await.led_to();
    stage.mentee.get("/").await.hides("Вам написали");
    stage.say(&stage.mentor, "Три").await;
    stage.mentee.get("/").await.shows("Вам написали: 1 сообщение");
    // Whoever answers has seen what stood on the page.
    stage.mentee.post(&stage.at(""), &[("words", "Поняла"), ("seen", "3")]).await.led_to();
    stage.mentee.get("/").await.hides("Вам написали");
    stage.mentor.get("/").await.shows("Вам написали: 1 сообщение");
});

db_test!(one_mends_the_own_words_for_a_quarter_of_an_hour, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.say(&stage.mentor, "Встретимся во вторник").await;
    let message = stage.last().await;
    let (edit, withdrawal) =
        (stage.at(&format!("/{message}/edit")), stage.at(&format!("/{message}/withdrawal")));
    stage.mentee.get(&edit).await.expect(StatusCode::FORBIDDEN);
    stage.mentee.post(&edit, &[("words", "Чужие"), ("version", "1")]).await.expect(StatusCode::FORBIDDEN);
    stage.mentee.post(&withdrawal, &[]).await.expect(StatusCode::FORBIDDEN);
    let empty = stage.mentor.post(&edit, &[("words", ""), ("version", "1")]).await;
    empty.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("Если оно не нужно, его можно отозвать");
    stage.mentor.get(&edit).await.expect(StatusCode::OK).shows("Встретимся во вторник");
    stage.mentor.post(&edit, &[("words", "Встретимся в среду"), ("version", "1")]).await.led_to();
    let stale = stage.mentor.post(&edit, &[("words", "Старое окно"), ("version", "1")]).await;
    stale.expect(StatusCode::CONFLICT).shows("уже исправили в другом окне");
    let page = stage.mentee.get(&stage.at("")).await;
    page.shows("Встретимся в среду");
    page.shows("исправлено");
    page.hides("вторник");
    app.advance(Duration::minutes(15));
    stage.mentor.get(&stage.at("")).await.hides("Исправить или отозвать сообщение");
    let late = stage.mentor.post(&edit, &[("words", "Поздно"), ("version", "2")]).await;
    late.expect(StatusCode::CONFLICT).shows("15 минут после отправки");
    stage.mentor.post(&withdrawal, &[]).await.expect(StatusCode::CONFLICT);
});

db_test!(what_is_taken_back_is_gone, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let work = ("work", "ошибка.png", b"\x89PNG\r\n\x1a\n wrong".as_slice());
    stage.mentor.upload(&stage.at(""), &[("words", "Не то отправил")], work).await.led_to();
    let message = stage.last().await;
    let files = app.count("SELECT COUNT(*) AS n FROM file", vec![]).await;
    stage.mentor.post(&stage.at(&format!("/{message}/withdrawal")), &[]).await.led_to();
    let page = stage.mentee.get(&stage.at("")).await;
    page.shows("Сообщение отозвано");
    page.hides("Не то отправил");
    page.hides("ошибка.png");
    for browser in [&stage.mentor, &stage.mentee] {
        browser.get(&stage.at(&format!("/{message}/file"))).await.expect(StatusCode::NOT_FOUND);
    }
    stage.mentee.get("/").await.hides("Вам написали");
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM file", vec![]).await, files - 1);
});

db_test!(a_flood_is_told_kindly, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    for number in 0..10 {
        stage.say(&stage.mentor, &format!("Сообщение {number}")).await;
    }
    let page = stage.mentor.post(&stage.at(""), &[("words", "Одиннадцатое")]).await;
    let page = page.expect(StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("не больше 10 сообщений");
    page.shows("Одиннадцатое");
    // The other is not held up, and a minute later everything is as before.
    stage.say(&stage.mentee, "Я читаю").await;
    app.advance(Duration::minutes(1));
    stage.say(&stage.mentor, "Одиннадцатое").await;
});

db_test!(a_talk_is_searched_and_read_back, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.say(&stage.mentor, "Первый зачёт\nпо теме").await;
    let stage = stage.later(Duration::days(1)).await;
    for number in 2..=60 {
        app.advance(Duration::minutes(1));
        stage.say(&stage.mentee, &format!("Сообщение № {number}")).await;
    }
    let page = stage.mentor.get(&stage.at("")).await;
    page.shows("Сообщение № 60");
    page.shows("24 ноября 2026 г.");
    page.shows("Более ранние сообщения");
    page.hides("зачёт");
    let page = stage.mentor.get(&stage.at("?before=11")).await;
    page.shows("23 ноября 2026 г.");
    page.shows("Первый зачёт");
    page.hides("Сообщение № 11");
    page.hides("Более ранние сообщения");
    let page = stage.mentor.get(&stage.at("?q=ЗАЧЕТ+по")).await;
    page.shows("Найдено: 1 сообщение");
    assert!(page.text().contains("Первый <mark>зачёт\nпо</mark> теме"));
    page.hides("№ 60");
    for query in ["?q=%25", "?q=_", "?q=нет+такого"] {
        stage.mentor.get(&stage.at(query)).await.shows("Таких сообщений нет");
    }
    // However long it is, a page asks the database equally often.
    let asked = async || db::counted(stage.mentor.get(&stage.at(""))).await.1;
    let many = asked().await;
    app.exec("DELETE FROM talk_message WHERE number > 3", vec![]).await;
    assert_eq!(asked().await, many);
});

// Two applications over one database: what one writes the other tells at its next question.
db_test!(two_processes_hold_one_talk, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let second = app.restarted();
    let mentee = stage.mentee.at(&second.router);
    let version = async || {
        let text = mentee.get(&stage.at("/version")).await.expect(StatusCode::OK).text();
        serde_json::from_str::<serde_json::Value>(&text).unwrap()["version"].as_i64().unwrap()
    };
    assert_eq!(version().await, 0);
    stage.say(&stage.mentor, "С первого процесса").await;
    assert_eq!(version().await, 1);
    mentee.get(&stage.at("")).await.shows("С первого процесса");
    // At the same moment on both: both stay, each with a number of its own.
    let (path, ours, theirs) = (stage.at(""), [("words", "Отсюда")], [("words", "Оттуда")]);
    let (one, other) = tokio::join!(stage.mentor.post(&path, &ours), mentee.post(&path, &theirs));
    one.led_to();
    other.led_to();
    assert_eq!(version().await, 3);
    let numbers =
        "SELECT COUNT(DISTINCT number) AS n FROM talk_message WHERE mentorship_id = ? AND number <= 3";
    assert_eq!(app.count(numbers, values![stage.world.mentorship]).await, 3);
    // Taking back is told as well.
    stage.say(&stage.mentor, "Лишнее").await;
    stage.mentor.post(&stage.at(&format!("/{}/withdrawal", stage.last().await)), &[]).await.led_to();
    assert_eq!(version().await, 5);
});
