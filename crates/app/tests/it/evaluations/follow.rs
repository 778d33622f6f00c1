//! Who concludes, what is told through the year, where each decision leads.

use axum::http::StatusCode;
use chrono::Duration;
use nastavnik::kernel::ids;

use super::*;
use crate::support::{Browser, Page};

impl Stage {
    /// The middle of May: the final evaluation may be concluded without parts.
    async fn may(app: &TestApp, decision: &'static str) -> (Self, Browser, Browser, String) {
        let stage = Self::january(app).await;
        // The fourth domain is still hard in January.
        app.exec("UPDATE diagnosis_domain SET is_deficit = 1", vec![]).await;
        let (mentor, by) = (stage.world.people[&Role::Mentor], stage.world.people[&Role::Curator]);
        let now = app.app.clock.now();
        let listed = "INSERT INTO mentor_candidate (id, person_id, organization_id, capacity, listed_by, listed_at) \
                      VALUES (?, ?, ?, 3, ?, ?)";
        app.exec(listed, values![ids::row_id(), mentor, stage.world.school, by, now]).await;
        let proven = "INSERT INTO achievement (id, person_id, title, evidence, achieved_on, recorded_by, recorded_at) \
                      VALUES (?, ?, 'Победа в конкурсе', 'приказ 17', '2025-05-01', ?, ?)";
        app.exec(proven, values![ids::row_id(), mentor, by, now]).await;
        let task = [("title", "План открытого урока"), ("what", "Одна страница"), ("due", "2027-05-20")];
        stage.mentor.post(&format!("/pairs/{}/tasks", stage.pair), &task).await.led_to();
        app.advance(Duration::days(122));
        let curator = stage.world.browser(app, Role::Curator).await;
        let director = stage.world.browser(app, Role::Director).await;
        let base = format!("/pairs/{}/evaluations/final", stage.pair);
        curator.post(&format!("{base}/conclusion"), &Self::concluded_final(decision)).await.led_to();
        let version = stage.version().await;
        director.post(&format!("{base}/confirmation"), &[("version", &version)]).await.led_to();
        (stage, curator, director, base)
    }
}

/// The id of a pair in the address one was led to.
fn id_in(address: &str) -> String {
    address.split('?').next().unwrap().rsplit('/').next().unwrap().to_owned()
}

db_test!(whoever_takes_part_does_not_conclude, |app: TestApp| async move {
    let stage = Stage::january(&app).await;
    let grant = "INSERT INTO role_grant (id, person_id, organization_id, role, act_number, act_on, started_on) \
                 VALUES (?, ?, ?, ?, '7', '2026-09-01', '2026-09-01')";
    let grant_to = async |role: Role, office: &'static str| {
        app.exec(grant, values![ids::row_id(), stage.world.people[&role], stage.world.school, office]).await;
    };
    // The mentor is a curator as well: neither they nor the colleague at the same desk concludes.
    grant_to(Role::Mentor, "curator").await;
    let mentor = stage.world.browser(&app, Role::Mentor).await;
    let director = stage.world.browser(&app, Role::Director).await;
    let shown = [("body", "Слова для того, кто подводит итог"), ("shown", "yes"), ("act", "sign")];
    stage.mentee.get(&stage.base).await.shows("Показать руководителю");
    stage.mentee.post(&stage.at("part"), &shown).await.led_to();
    mentor.post(&stage.at("part"), &Stage::SIGNED).await.led_to();
    let (conclusion, decided) = (stage.at("conclusion"), Stage::concluded("continue"));
    let refused = mentor.post(&conclusion, &decided).await.expect(StatusCode::FORBIDDEN);
    refused.shows("Вы участвуете в этой паре, поэтому итог её оценки подводит руководитель организации");
    let refused = stage.curator.post(&conclusion, &decided).await.expect(StatusCode::FORBIDDEN);
    refused.shows("Итог этой оценки подводит руководитель организации");
    mentor.post(&stage.at("question"), &[]).await.expect(StatusCode::FORBIDDEN);
    stage
        .world
        .browser(&app, Role::Council)
        .await
        .post(&conclusion, &decided)
        .await
        .expect(StatusCode::FORBIDDEN);
    let page = stage.curator.get(&stage.base).await;
    page.shows("подводит руководитель организации: куратор участвует в паре");
    page.hides("Слова для того, кто подводит итог");
    page.hides("Подвести итог");
    stage.curator.get("/").await.hides("Подведите итог оценки");
    stage.curator.get("/evaluations?state=mine").await.shows("Таких оценок нет");
    director.get("/").await.shows("Подведите итог оценки 1\u{a0}программы");
    director.get("/evaluations?state=mine").await.shows("Рольmentor");
    director.get(&stage.base).await.shows("Слова для того, кто подводит итог");
    // The director takes part as well: it falls to the council.
    grant_to(Role::Mentee, "director").await;
    director.post(&conclusion, &decided).await.expect(StatusCode::FORBIDDEN).shows("совет наставников");
    let council = stage.world.browser(&app, Role::Council).await;
    council.get("/").await.shows("Подведите итог оценки 1\u{a0}программы");
    council.post(&conclusion, &decided).await.led_to();
    council.get(&stage.base).await.shows("Совет наставников Рольcouncil");
});

db_test!(the_year_is_told_at_its_time, |app: TestApp| async move {
    let stage = Stage::january(&app).await;
    let card = format!("/pairs/{}", stage.pair);
    stage.mentor.get("/").await.shows("Проверьте и подпишите отчёт наставника");
    stage.curator.get("/").await.shows("1 оценка программы идёт");
    for browser in [&stage.mentee, &stage.curator] {
        browser.get(&card).await.shows("Промежуточная оценка 2027\u{a0}года до 31.01.2027: ждём участников");
    }
    // Whoever reads no evaluations is told nothing of them.
    stage.world.browser(&app, Role::Union).await.get(&card).await.hides("Промежуточная оценка");
    stage.sign_both().await;
    stage.curator.post(&stage.at("conclusion"), &Stage::concluded("revise")).await.led_to();
    let director = stage.world.browser(&app, Role::Director).await;
    let version = stage.version().await;
    director.post(&stage.at("confirmation"), &[("version", &version)]).await.led_to();
    stage.mentee.get("/").await.shows("Уточните программу: так решено по итогам оценки");
    stage.mentor.get(&card).await.shows("решено уточнить программу");
    stage.curator.get(&stage.base).await.shows("Новую редакцию начинает пара");
    let fits = "INSERT INTO program (id, mentorship_id, organization_id, state, revision, version, created_at, changed_at) \
                VALUES (?, ?, ?, 'draft', 1, 1, ?, ?)";
    let now = app.app.clock.now();
    app.exec(fits, values![ids::row_id(), stage.world.mentorship, stage.world.school, now, now]).await;
    stage.mentee.get("/").await.hides("Уточните программу: так решено");
    // Spring.
    app.advance(Duration::days(80));
    let mentor = stage.world.browser(&app, Role::Mentor).await;
    mentor.get(&card).await.shows("Итоговая оценка до 15.05.2027: ждём участников");
    mentor.get("/").await.shows("Проверьте и подпишите отчёт наставника");
});

db_test!(in_autumn_the_next_program_begins_with_what_is_still_hard, |app: TestApp| async move {
    let (stage, curator, director, base) = Stage::may(&app, "next_program").await;
    curator.get("/").await.shows("Составьте новую пару тех же людей: Рольmentor");
    director.get(&base).await.shows("Новую пару оформляет куратор");
    app.advance(Duration::days(126));
    let mentee = stage.world.browser(&app, Role::Mentee).await;
    let curator = stage.world.browser(&app, Role::Curator).await;
    mentee.get("/").await.shows("По итогам оценки решено: составить следующую программу");
    mentee.get(&base).await.shows("Новую пару оформляет куратор");
    curator.get("/").await.shows("Составьте новую пару тех же людей");
    curator.get("/evaluations?state=decided").await.shows("составить следующую программу");
    let path = format!("{base}/continuation");
    mentee.post(&path, &[]).await.expect(StatusCode::FORBIDDEN);
    app.browser_of(stage.world.other_curator).await.post(&path, &[]).await.expect(StatusCode::NOT_FOUND);
    let days = |from, to| [("starts_on", from), ("ends_on", to)];
    for (from, to, told) in [
        ("2027-05-31", "2028-05-31", "Прежняя пара работает по 31.05.2027"),
        ("2027-10-01", "2027-09-01", "Последний день раньше первого"),
        ("2027-10-01", "2027-10-20", "не меньше 3 месяцев"),
        ("", "2028-05-31", "Заполните поле «Первый день»"),
    ] {
        let page = curator.post(&path, &days(from, to)).await;
        page.expect(StatusCode::UNPROCESSABLE_ENTITY).shows(told);
    }
    let key = ids::form_key();
    let first = curator.post_keyed(&path, &days("2027-10-01", "2028-05-31"), key).await.led_to();
    assert_eq!(curator.post_keyed(&path, &days("2027-10-01", "2028-05-31"), key).await.led_to(), first);
    curator.post(&path, &days("2027-10-01", "2028-05-31")).await.expect(StatusCode::CONFLICT);
    // The draft is the pair's: the curator who has formed it reads none of it.
    let new = id_in(&first);
    let program = format!("/pairs/{new}/program");
    mentee.get(&program).await.expect(StatusCode::OK).shows("трудность по самодиагностике");
    curator.get(&program).await.hides("трудность по самодиагностике");
    mentee.get(&format!("/pairs/{new}/tasks")).await.shows("План открытого урока");
    for browser in [&mentee, &curator] {
        browser.get(&base).await.shows("Открыть новую пару");
        browser.get("/").await.hides("По итогам оценки решено");
    }
    curator.get("/").await.hides("Составьте новую пару тех же людей");
    curator.get(&format!("/pairs/{}", stage.pair)).await.shows("Работа продолжается в новой паре");
});

db_test!(a_prolonged_pair_goes_on_with_what_is_left, |app: TestApp| async move {
    let (stage, curator, _, base) = Stage::may(&app, "prolong").await;
    let page = curator.get(&base).await;
    page.shows("Составить новую пару");
    assert!(page.text().contains("value=\"2027-06-01\""), "the day after the last one is proposed");
    let days = [("starts_on", "2027-06-01"), ("ends_on", "2028-01-31")];
    let new = id_in(&curator.post(&format!("{base}/continuation"), &days).await.led_to());
    let mentor = stage.world.browser(&app, Role::Mentor).await;
    mentor.get(&format!("/pairs/{new}/tasks")).await.shows("План открытого урока");
    // The same two: both are led to their former words.
    mentor.get(&format!("/pairs/{new}/talk")).await.shows("Прежняя переписка осталась там");
});

db_test!(a_route_begins_with_what_is_still_hard, |app: TestApp| async move {
    let (stage, curator, director, base) = Stage::may(&app, "route").await;
    let mentee = stage.world.browser(&app, Role::Mentee).await;
    for browser in [&curator, &director, &stage.world.browser(&app, Role::Mentor).await] {
        let page = browser.get(&base).await;
        page.shows("Маршрут начинает сам наставляемый");
        page.hides("Начать маршрут");
    }
    let home = mentee.get("/").await;
    home.shows("Начните свой маршрут: так решено по итогам программы");
    home.hides("Можно начать свой маршрут");
    mentee.get(&base).await.shows("Начать маршрут");
    mentee.get("/own/route").await.shows("С чего можно начать: ученики и родители");
    curator.get("/own/route").await.hides("С чего можно начать");
    let days = [("starts_on", "2027-06-01"), ("ends_on", "2028-01-31")];
    let other = curator.post(&format!("{base}/continuation"), &days).await;
    other.expect(StatusCode::CONFLICT).shows("когда утверждено решение продлить");
    let begin = [("from", "2027-05-17"), ("to", "2031-05-16"), ("agree", "yes")];
    mentee.post("/own/route", &begin).await.led_to();
    mentee.get("/").await.hides("Начните свой маршрут");
    for (step, noun, field) in [(1, "self-image", "ideal"), (2, "achievements", "methods")] {
        let page = mentee.get(&format!("/own/route/steps/{step}")).await;
        let fields = [(field, "Так"), ("seen", &seal(&page))];
        mentee.post(&format!("/own/route/{noun}"), &fields).await.led_to();
        mentee.post(&format!("/own/route/steps/{step}/completion"), &[]).await.led_to();
    }
    mentee.get("/own/route/steps/3").await.shows("Взять из итогов программы от 17.05.2027");
    let offered = mentee.get("/own/route/steps/3?from=program").await;
    offered.shows("По итогам программы наставничества от 17.05.2027: ещё есть трудности");
});

/// What the form says it was opened over.
fn seal(page: &Page) -> String {
    let text = page.text();
    text.split("name=\"seen\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned()
}
