//! Two people over one text: nothing is lost, each sees the other, also on another process.

use axum::http::StatusCode;

use super::*;

db_test!(two_write_different_lines_and_both_stay, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.make().await;
    let (goal, measure) =
        (stage.line_of("Спокойно удерживать").await, stage.line_of("Посещение урока наставника").await);
    let changed = [
        ("text", "Посещение двух уроков"),
        ("domain", "4"),
        ("form", "посещение урока"),
        ("due", "2026-12-10"),
        ("who", "both"),
        ("product", "Список приёмов"),
        ("version", "1"),
    ];
    let (goal_path, measure_path) =
        (stage.at(&format!("lines/{goal}")), stage.at(&format!("lines/{measure}")));
    let edit = Stage::goal("Цель рукой наставляемого", 1);
    let (one, other) =
        tokio::join!(stage.mentee.post(&goal_path, &edit), stage.mentor.post(&measure_path, &changed));
    one.led_to();
    other.led_to();
    for browser in [&stage.mentor, &stage.mentee] {
        let page = browser.get(&stage.base).await;
        page.shows("Цель рукой наставляемого");
        page.shows("Посещение двух уроков");
    }
});

db_test!(of_two_who_write_one_line_the_second_chooses, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.make().await;
    let line = stage.line_of("Спокойно удерживать").await;
    let path = stage.at(&format!("lines/{line}"));
    stage.mentor.post(&path, &Stage::goal("Слова наставника", 1)).await.led_to();
    let second = stage.mentee.post(&path, &Stage::goal("Слова наставляемого", 1)).await;
    let second = second.expect(StatusCode::UNPROCESSABLE_ENTITY);
    second.shows("Эту строку изменил другой участник");
    second.shows("Слова наставника");
    second.shows("Слова наставляемого");
    assert!(
        second.text().contains("name=\"version\" value=\"2\""),
        "saved again, it is put in place knowingly"
    );
    stage.mentee.get(&stage.base).await.shows("Слова наставника");
    stage.mentee.post(&path, &Stage::goal("Слова наставляемого", 2)).await.led_to();
    stage.mentor.get(&stage.base).await.shows("Слова наставляемого");
    // A page opened with the version that was read is told before anything is sent.
    stage.mentor.get(&format!("{path}?seen=2")).await.shows("Эту строку изменил другой участник");
    stage.mentor.get(&format!("{path}?seen=3")).await.hides("Эту строку изменил другой участник");
});

db_test!(a_line_removed_meanwhile_leaves_what_was_typed, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.make().await;
    let line = stage.line_of("Спокойно удерживать").await;
    let path = stage.at(&format!("lines/{line}"));
    let stale = stage.mentor.post(&format!("{path}/removal"), &[("version", "7")]).await;
    stale.expect(StatusCode::CONFLICT);
    stage.mentor.post(&format!("{path}/removal"), &[("version", "1")]).await.led_to();
    let late = stage.mentee.post(&path, &Stage::goal("Мой текст", 1)).await;
    let late = late.expect(StatusCode::UNPROCESSABLE_ENTITY);
    late.shows("убрал другой участник");
    late.shows("Мой текст");
    stage.mentee.post(&stage.at("lines"), &Stage::goal("Мой текст", 0)).await.led_to();
    stage.mentor.get(&stage.base).await.shows("Мой текст");
});

db_test!(an_edit_takes_the_signatures_back, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.make().await;
    stage.sign(&stage.mentor).await;
    stage.sign(&stage.mentee).await;
    stage.curator.get(&stage.base).await.shows("ждёт согласования куратора");
    let line = stage.line_of("Спокойно удерживать").await;
    stage.mentee.post(&stage.at(&format!("lines/{line}")), &Stage::goal("Иначе", 1)).await.led_to();
    stage.curator.post(&stage.at("agreement"), &[]).await.expect(StatusCode::CONFLICT);
    stage.mentor.get(&stage.base).await.shows("составляется");
});

db_test!(what_is_missing_is_told_before_signing, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.mentor.post(&stage.base, &[]).await.led_to();
    let refused = stage.mentor.post(&stage.at("signature"), &[("edition", "7")]).await;
    let refused = refused.expect(StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("Нет ни одной цели");
    let bad = [("kind", "goal"), ("text", ""), ("domain", "9")];
    let page = stage.mentee.post(&stage.at("lines"), &bad).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("Заполните поле «Цель»");
    stage.mentee.post(&stage.at("lines"), &[("kind", "magic")]).await.expect(StatusCode::BAD_REQUEST);
    stage.curator.post(&stage.at("lines"), &Stage::goal("Чужая", 0)).await.expect(StatusCode::FORBIDDEN);
    let other = app.browser_of(stage.world.other_curator).await;
    other.get(&stage.base).await.expect(StatusCode::NOT_FOUND);
    // A term outside the days of the pair is refused at the signature, shorter than three months too.
    let term = stage.line_of("Срок программы").await;
    let short = [("from", "2026-10-01"), ("to", "2026-11-30"), ("version", "1")];
    stage.mentor.post(&stage.at(&format!("lines/{term}")), &short).await.led_to();
    stage.mentor.get(&stage.base).await.shows("Программа длится не меньше 3 месяцев");
});

// Two applications over one database, each with a memory of its own: what one writes the other sees at once.
db_test!(two_processes_write_one_program, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.make().await;
    let second = app.restarted();
    let mentee = stage.mentee.at(&second.router);
    let version =
        |text: String| serde_json::from_str::<serde_json::Value>(&text).unwrap()["version"].as_i64().unwrap();
    let before = version(mentee.get(&stage.at("version")).await.text());
    let line = stage.line_of("Спокойно удерживать").await;
    let path = stage.at(&format!("lines/{line}"));
    // The same line at the same moment on both: one is taken, the other is told.
    let (ours, theirs) = (Stage::goal("С первого процесса", 1), Stage::goal("Со второго процесса", 1));
    let (one, other) = tokio::join!(stage.mentor.post(&path, &ours), mentee.post(&path, &theirs));
    let mut answers = [one.status, other.status];
    answers.sort();
    assert_eq!(answers, [StatusCode::SEE_OTHER, StatusCode::UNPROCESSABLE_ENTITY]);
    // Different lines at the same moment: both.
    let (ours, theirs) = (Stage::goal("Ещё от наставника", 0), Stage::goal("Ещё от наставляемого", 0));
    let lines = stage.at("lines");
    let (one, other) = tokio::join!(stage.mentor.post(&lines, &ours), mentee.post(&lines, &theirs));
    one.led_to();
    other.led_to();
    for browser in [&stage.mentor, &mentee] {
        assert_eq!(version(browser.get(&stage.at("version")).await.text()), before + 3);
        let page = browser.get(&stage.base).await;
        page.shows("Ещё от наставника");
        page.shows("Ещё от наставляемого");
    }
});
