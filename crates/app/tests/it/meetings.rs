//! Meetings of a pair: an entry, what others see of it, calls for help.

mod burden;
mod canary;
mod facts;
mod lessons;
mod plans;
mod receivers;
mod stage;

use axum::http::StatusCode;
use chrono::Duration;
use nastavnik::values;
use nastavnik_domain::role::Role;

use crate::db_test;
use crate::support::TestApp;
use stage::{Stage, with, without};

db_test!(an_entry_that_says_too_little_or_the_impossible_is_told_at_its_field, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    for (fields, words) in [
        (without("focus"), "Выберите ответ в поле «О чём»."),
        (without("kind"), "Выберите ответ в поле «Как встретились»."),
        (with("focus", "g7"), "пришёл ответ, которого нет в списке"),
        (with("held_on", "2026-11-24"), "Этот день ещё не наступил"),
        (with("held_on", "2026-09-30"), "В этот день пара ещё не работала"),
        (with("held_on", "вчера"), "нет такой даты"),
        (with("minutes", "0"), "введите целое число от 1 до 600"),
        (with("worked_phrases", "Чужие слова"), "пришёл ответ, которого нет в списке"),
        (with("done", "019ac000-0000-7000-8000-000000000000"), "пришёл ответ, которого нет в списке"),
        (with("help", "director"), "пришёл ответ, которого нет в списке"),
    ] {
        let typed = [fields.as_slice(), &[("worked", "набранное остаётся")]].concat();
        let page = stage.mentor.post(&stage.address(), &typed).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
        page.shows(words);
        page.shows("набранное остаётся");
    }
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM pair_meeting", vec![]).await, 0);
});

db_test!(only_a_pair_at_work_writes, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    // Another mentor's pair does not exist for this one; the curator may not write.
    let stranger = app.browser_of(stage.world.other_teacher).await;
    stranger.get(&stage.address()).await.expect(StatusCode::NOT_FOUND);
    stage.curator.post(&stage.address(), &without("")).await.expect(StatusCode::FORBIDDEN);
    app.exec("UPDATE mentorship SET ended_on = ? WHERE id = ?", values![app.today(), stage.world.mentorship])
        .await;
    let mentor = stage.world.browser(&app, Role::Mentor).await;
    let page = mentor.post(&stage.address(), &without("")).await;
    assert!(page.status == StatusCode::CONFLICT || page.status == StatusCode::FORBIDDEN, "{}", page.status);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM pair_meeting", vec![]).await, 0);
});

db_test!(a_meeting_is_recorded_once_and_its_steps_are_carried_forward, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let key = nastavnik::kernel::ids::form_key();
    let fields = with("mentee_step_phrases", "Записать вопросы к встрече");
    let first = stage.mentor.post_keyed(&stage.address(), &fields, key).await.led_to();
    let second = stage.mentor.post_keyed(&stage.address(), &fields, key).await.led_to();
    assert_eq!(first, second);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM pair_meeting", vec![]).await, 1);
    let page = stage.mentee.get(&stage.address()).await.expect(StatusCode::OK);
    page.shows("Методика");
    page.shows("шаг наставляемого Записать вопросы к встрече");

    let form = stage.mentee.get(&format!("{}/new", stage.address())).await.expect(StatusCode::OK);
    form.shows("Договаривались: отметьте сделанное");
    let step = stage.step().await;
    let fields = [with("held_on", "2026-11-22").as_slice(), &[("done", step.as_str())]].concat();
    stage.mentee.post(&stage.address(), &fields).await.led_to();
    let page = stage.mentor.get(&stage.address()).await;
    page.shows("сделано Шаг наставляемого: Записать вопросы к встрече");
    page.hides("Договорились");
    stage.mentee.get(&format!("{}/new", stage.address())).await.hides("Договаривались");
});

db_test!(one_meeting_told_by_two_is_one_meeting, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.mentor.post(&stage.address(), &with("worked", "слово наставника")).await.led_to();
    let told = with("worked", "слово наставляемого");
    let page = stage.mentee.post(&stage.address(), &told).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("За этот день встреча уже записана");
    page.shows("слово наставляемого");
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM meeting_note", vec![]).await, 1);

    let joined = [told.as_slice(), &[("same_day", "join")]].concat();
    stage.mentee.post(&stage.address(), &joined).await.led_to();
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM pair_meeting", vec![]).await, 1);
    let page = stage.mentor.get(&stage.address()).await;
    page.shows("слово наставника");
    page.shows("слово наставляемого");

    // One's own entry is not joined; another meeting of that day is one.
    let page = stage.mentee.post(&stage.address(), &joined).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("вы уже записали встречу");
    let other = [told.as_slice(), &[("same_day", "other")]].concat();
    stage.mentee.post(&stage.address(), &other).await.led_to();
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM pair_meeting", vec![]).await, 2);
});

db_test!(an_entry_is_mended_for_some_days_and_leaves_a_trace, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.mentor.post(&stage.address(), &with("worked", "описка")).await.led_to();
    let edit = stage.edit_address().await;
    let mended =
        |version: &'static str| [with("worked", "исправлено").as_slice(), &[("version", version)]].concat();
    stage
        .mentor
        .post(&edit, &mended("7"))
        .await
        .expect(StatusCode::CONFLICT)
        .shows("уже изменили в другом окне");
    stage.mentor.get(&edit).await.expect(StatusCode::OK).shows("описка");
    stage.mentor.post(&edit, &mended("1")).await.led_to();
    stage.mentor.get(&stage.address()).await.shows("исправлено");
    // The mentee adds words of their own and may not touch the mentor's.
    stage.mentee.get(&edit).await.expect(StatusCode::OK).hides("исправлено");
    let cancel = edit.replace("/edit", "/cancellation");
    stage.mentee.post(&cancel, &[]).await.expect(StatusCode::CONFLICT);

    app.advance(Duration::days(15));
    let mentor = stage.world.browser(&app, Role::Mentor).await;
    mentor
        .post(&edit, &mended("2"))
        .await
        .expect(StatusCode::CONFLICT)
        .shows("Срок, в который запись можно изменить, прошёл");
    mentor.post(&cancel, &[]).await.expect(StatusCode::CONFLICT);
    mentor.post(&stage.address(), &with("held_on", "2026-12-07")).await.led_to();
    let cancel = stage.edit_address().await.replace("/edit", "/cancellation");
    mentor.post(&cancel, &[]).await.led_to();
    mentor.post(&cancel, &[]).await.expect(StatusCode::CONFLICT);
    mentor.get(&stage.address()).await.shows("запись отменена");
    assert_eq!(
        app.count("SELECT COUNT(*) AS n FROM pair_meeting WHERE canceled_at IS NULL", vec![]).await,
        1
    );
    let kinds = ["meeting_recorded", "meeting_changed", "meeting_canceled"];
    for (kind, count) in kinds.into_iter().zip([2, 1, 1]) {
        let found = app.count("SELECT COUNT(*) AS n FROM journal WHERE kind = ?", values![kind]).await;
        assert_eq!(found, count, "{kind}");
    }
});

db_test!(a_call_reaches_the_one_who_is_called_and_nobody_else, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let quiet = [with("help", "psychologist").as_slice(), &[("help_words", "поговорить наедине")]].concat();
    stage.mentee.post(&stage.address(), &quiet).await.led_to();
    let psychologist = stage.world.browser(&app, Role::Psychologist).await;
    psychologist.get("/").await.shows("Вас просят о помощи: 1 просьба");
    psychologist.get("/own/calls").await.shows("поговорить наедине");
    for browser in [&stage.curator, &stage.mentor, &stage.world.browser(&app, Role::Director).await] {
        browser.get("/own/calls").await.expect(StatusCode::OK).shows("Сейчас вас ни о чём не просят");
        browser.get("/").await.hides("Вас просят о помощи");
    }
    let call = stage.call().await;
    stage.curator.post(&format!("/own/calls/{call}/answer"), &[]).await.expect(StatusCode::NOT_FOUND);
    psychologist.post(&format!("/own/calls/{call}/answer"), &[]).await.led_to();
    psychologist.post(&format!("/own/calls/{call}/answer"), &[]).await.expect(StatusCode::CONFLICT);
    psychologist.get("/").await.hides("Вас просят о помощи");

    let mut loud = with("held_on", "2026-11-20");
    loud.retain(|(name, _)| *name != "help");
    loud.push(("help", "curator"));
    stage.mentor.post(&stage.address(), &loud).await.led_to();
    stage.curator.get(&stage.address()).await.shows("ждёт разговора");
    stage.curator.get("/meetings").await.shows("просят о помощи");
});

db_test!(in_a_group_it_is_told_who_was_there, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let second = stage.make_group().await;
    let page =
        stage.mentor.post(&stage.address(), &without("")).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("Отметьте хотя бы одного, кто был на встрече");
    let present = [without("").as_slice(), &[("present", second.as_str())]].concat();
    stage.mentor.post(&stage.address(), &present).await.led_to();
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM meeting_presence", vec![]).await, 1);
    stage.mentee.get(&stage.address()).await.shows("Были: Вторая А. И.");
});
