//! Evaluation of programs: made from facts, signed in the pair, concluded, confirmed; words stay where they belong.

mod canary;
mod follow;
mod stage;

use axum::http::StatusCode;
use nastavnik::kernel::ids;
use nastavnik::{evaluations, values};
use nastavnik_domain::evaluation::Decision;
use nastavnik_domain::role::Role;

use crate::db_test;
use crate::support::TestApp;
use stage::Stage;

db_test!(a_report_is_made_from_facts_and_signed, |app: TestApp| async move {
    let stage = Stage::january(&app).await;
    let part = stage.at("part");
    // Others do not write, a neighbor does not exist, an empty text is no report.
    stage.curator.post(&part, &Stage::SIGNED).await.expect(StatusCode::FORBIDDEN);
    let stranger = app.browser_of(stage.world.other_curator).await;
    stranger.get(&stage.base).await.expect(StatusCode::NOT_FOUND);
    let empty = stage.mentor.post(&part, &[("body", " "), ("worked", "Получилось"), ("act", "sign")]).await;
    let empty = empty.expect(StatusCode::UNPROCESSABLE_ENTITY);
    empty.shows("Заполните поле «Текст»");
    empty.shows("Получилось");
    let early =
        stage.mentor.post(&format!("/pairs/{}/evaluations/final/part", stage.pair), &Stage::SIGNED).await;
    early.expect(StatusCode::CONFLICT).shows("ещё не началась");
    // The text stands ready: numbers for the mentor, the own direction by name for the mentee.
    let page = stage.mentor.get(&stage.base).await.expect(StatusCode::OK);
    page.shows("Проведены 2\u{a0}встречи, из них 1\u{a0}посещение занятия.");
    page.shows("По направлениям работы: рост по 1 из 1.");
    let reflection = stage.mentee.get(&stage.base).await;
    reflection
        .shows("Ученики и родители: было 0,50 (вход, 03.10.2026), стало 2,00 (середина года, 12.01.2027)");
    stage.mentor.get("/").await.shows("Проверьте и подпишите отчёт наставника");
    // A draft is nobody's business.
    stage.mentee.post(&part, &[("body", "Черновая мысль"), ("act", "draft")]).await.led_to();
    stage.mentor.get(&stage.base).await.hides("Черновая мысль");
    stage.curator.get("/evaluations").await.shows("0 из 2");
    let key = ids::form_key();
    let first = stage.mentor.post_keyed(&part, &Stage::SIGNED, key).await.led_to();
    assert_eq!(stage.mentor.post_keyed(&part, &Stage::SIGNED, key).await.led_to(), first);
    // Written in another window meanwhile: told, not lost.
    stage.mentor.post(&part, &Stage::SIGNED).await.expect(StatusCode::CONFLICT);
    stage.mentee.get(&stage.base).await.shows("Работали вместе");
    stage.mentor.get("/").await.hides("Проверьте и подпишите отчёт");
    let pdf = stage.mentor.get(&stage.at("part.pdf")).await.expect(StatusCode::OK);
    assert!(pdf.bytes.starts_with(b"%PDF"));
    let waited = stage.curator.get("/evaluations").await;
    waited.shows("1 из 2");
    waited.shows("ждём: Рольmentee");
});

db_test!(the_curator_concludes_and_the_director_confirms, |app: TestApp| async move {
    let stage = Stage::january(&app).await;
    let (conclusion, confirmation) = (stage.at("conclusion"), stage.at("confirmation"));
    let director = stage.world.browser(&app, Role::Director).await;
    let decided = Stage::concluded("continue");
    stage
        .curator
        .post(&conclusion, &decided)
        .await
        .expect(StatusCode::CONFLICT)
        .shows("Ждём части участников");
    stage.curator.get(&stage.base).await.shows("Ждём: Рольmentor");
    stage.sign_both().await;
    stage.mentor.post(&conclusion, &decided).await.expect(StatusCode::FORBIDDEN);
    director.post(&conclusion, &decided).await.expect(StatusCode::FORBIDDEN);
    let wrong = stage.curator.post(&conclusion, &Stage::concluded("prolong")).await;
    wrong.expect(StatusCode::UNPROCESSABLE_ENTITY);
    director.post(&confirmation, &[]).await.expect(StatusCode::CONFLICT);
    stage.curator.get("/").await.shows("Подведите итог оценки 1\u{a0}программы");
    stage.curator.get(&stage.base).await.shows("По фактам: 2\u{a0}встречи");
    stage.curator.post(&conclusion, &decided).await.led_to();
    stage.mentee.post(&stage.at("part"), &Stage::signed_again()).await.expect(StatusCode::CONFLICT);
    director.get("/").await.shows("Утвердите оценку 1\u{a0}программы");
    // Sent back with words, concluded anew.
    director.post(&stage.at("return"), &[]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    director.post(&stage.at("return"), &[("remarks", "Назовите, что мешает")]).await.led_to();
    stage.curator.get(&stage.base).await.shows("Назовите, что мешает");
    stage.mentor.get(&stage.base).await.hides("Назовите, что мешает");
    stage.curator.post(&conclusion, &Stage::concluded("revise")).await.led_to();
    // The council is asked: the director waits for its word.
    stage.curator.post(&stage.at("question"), &[]).await.led_to();
    stage.curator.post(&conclusion, &decided).await.expect(StatusCode::CONFLICT);
    let version = stage.version().await;
    let confirm = [("version", version.as_str())];
    director.post(&confirmation, &confirm).await.expect(StatusCode::CONFLICT).shows("ещё не решил");
    let decide = "UPDATE council_matter SET decision = 'agreed', decided_on = ?, decided_at = ? WHERE withdrawn_at IS NULL";
    app.exec(decide, values![app.today(), app.app.clock.now()]).await;
    director
        .post(&confirmation, &[("version", "1")])
        .await
        .expect(StatusCode::CONFLICT)
        .shows("куратор изменил");
    let key = ids::form_key();
    for _ in 0..2 {
        director.post_keyed(&confirmation, &confirm, key).await.led_to();
    }
    for browser in [&stage.mentor, &stage.mentee, &stage.curator, &director] {
        let page = browser.get(&stage.base).await.expect(StatusCode::OK);
        page.shows("1-ЛО/2027");
        page.shows("Уточнить программу");
        page.shows("Совет наставников согласовал");
        assert!(browser.get(&stage.at("sheet.pdf")).await.expect(StatusCode::OK).bytes.starts_with(b"%PDF"));
        browser.get(&stage.at("sheet.docx")).await.expect(StatusCode::OK);
    }
    stage.curator.post(&conclusion, &decided).await.expect(StatusCode::CONFLICT);
    // Facts are as they stood: a later meeting changes nothing.
    stage.meet("2027-01-14", "in_person").await;
    stage.curator.get(&stage.base).await.shows("2, из них посещений занятий 1");
    director.get("/journal").await.shows("Утверждена оценка программы");
});

db_test!(the_final_decision_leads_on, |app: TestApp| async move {
    let stage = Stage::january(&app).await;
    app.advance(chrono::Duration::days(122));
    // After the last day the curator needs no part: 17 May.
    let curator = stage.world.browser(&app, Role::Curator).await;
    let director = stage.world.browser(&app, Role::Director).await;
    let base = format!("/pairs/{}/evaluations/final", stage.pair);
    curator.get(&base).await.shows("Не хватает: Рольmentor");
    curator.get("/evaluations?wave=final&state=late").await.shows("срок прошёл, нужен итог");
    let decided = Stage::concluded_final("complete");
    curator.post(&format!("{base}/conclusion"), &decided).await.led_to();
    let reader = app.app.db.reader();
    assert!(evaluations::results(reader, &[stage.world.mentorship]).await.unwrap().is_empty());
    let version = stage.version().await;
    director.post(&format!("{base}/confirmation"), &[("version", &version)]).await.led_to();
    let page = curator.get(&base).await;
    page.shows("Подготовить приказ о прекращении");
    assert!(page.text().contains("by=agreement&#38;reason=goal_reached"), "{}", page.text());
    director.get(&base).await.shows("Готовится приказ о прекращении");
    let found = evaluations::results(reader, &[stage.world.mentorship]).await.unwrap();
    let result = found[&stage.world.mentorship];
    assert_eq!(
        (result.decision, result.confirmed_on, result.is_good),
        (Decision::Complete, app.today(), true)
    );
    let list = curator.get("/evaluations?state=confirmed").await;
    list.shows("завершить: программа выполнена");
    assert!(curator.get("/evaluations.xlsx?state=confirmed").await.bytes.starts_with(b"PK"));
    curator.get("/evaluations?q=Никто").await.shows("Таких оценок нет");
});

db_test!(growth_is_marked_at_the_start_and_at_the_end, |app: TestApp| async move {
    let stage = Stage::january(&app).await;
    let overview = format!("/pairs/{}/evaluations", stage.pair);
    stage.curator.post(&overview, &[("row_results", "2")]).await.expect(StatusCode::FORBIDDEN);
    stage.mentee.post(&overview, &[]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    stage.mentee.post(&overview, &[("row_results", "7")]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    stage.mentee.post(&overview, &[("row_results", "2"), ("row_pace", "2")]).await.led_to();
    // The mentor is not asked about adaptation.
    let asked = stage.mentor.get(&overview).await;
    asked.shows("Отметить начало");
    asked.hides("Как быстро я осваиваюсь");
    let now = [Stage::SIGNED.as_slice(), &[("row_results", "3"), ("row_pace", "2")]].concat();
    stage.mentee.post(&stage.at("part"), &now).await.led_to();
    stage.mentee.post(&overview, &[("row_results", "1")]).await.expect(StatusCode::CONFLICT);
    let inside = stage.mentor.get(&stage.base).await;
    inside.shows("бывает по-разному");
    let outside = stage.curator.get(&stage.base).await;
    outside.shows("рост по 1 из 2, ещё по 3 сравнить не с чем");
    outside.hides("бывает по-разному");
});
