//! Self-diagnosis: one's own sheet, views of others, the three rings.

mod canary;
mod ring;
mod saving;
mod stage;

use axum::http::StatusCode;
use chrono::Duration;
use nastavnik::values;
use nastavnik_domain::role::Role;

use crate::db_test;
use crate::support::{TestApp, World};
use stage::{Stage, id_in};

db_test!(nothing_is_begun_without_a_wave_that_is_offered, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    for wave in ["", "middle", "final", "senseless"] {
        let page = stage.mentee.post("/own/diagnosis", &[("wave", wave)]).await;
        page.expect(StatusCode::BAD_REQUEST);
        let page = stage.mentee.post("/own/diagnosis/refusals", &[("wave", wave)]).await;
        page.expect(StatusCode::BAD_REQUEST);
    }
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM diagnosis", vec![]).await, 0);
    stage.mentee.get("/own/diagnosis").await.expect(StatusCode::OK).shows("50 пунктов в восьми областях");
});

db_test!(a_wave_comes_in_its_month, |app: TestApp| async move {
    let world = World::build(&app).await;
    app.advance(Duration::days(45));
    let mentee = world.browser(&app, Role::Mentee).await;
    let page = mentee.get("/own/diagnosis").await.expect(StatusCode::OK);
    page.shows("Короткая самодиагностика: середина года");
    page.shows("16 пунктов");
    page.shows("Самодиагностика на входе");
    let sheet = mentee.post("/own/diagnosis", &[("wave", "middle")]).await.led_to();
    let page = mentee.get(&sheet).await.expect(StatusCode::OK);
    page.shows("Ставлю измеримую цель урока");
    page.hides("Подбираю методы под цель");
});

db_test!(nobody_begins_without_a_workplace, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let teacher = stage.world.other_teacher;
    app.exec("UPDATE employment SET ended_on = ? WHERE person_id = ?", values![app.today(), teacher]).await;
    let browser = app.browser_of(teacher).await;
    browser.get("/own/diagnosis").await.shows("Начать пока негде");
    browser.post("/own/diagnosis", &[("wave", "entry")]).await.expect(StatusCode::CONFLICT);
});

db_test!(a_refusal_is_a_state_and_may_be_taken_back, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let led = stage.mentee.post("/own/diagnosis/refusals", &[("wave", "entry")]).await.led_to();
    stage.mentee.get(&led).await.shows("Отказ записан. Он ни на что не влияет");
    stage.mentee.get("/own/diagnosis").await.shows("Это ваше право, последствий нет");
    let again = stage.mentee.post("/own/diagnosis", &[("wave", "entry")]).await;
    again.expect(StatusCode::CONFLICT).shows("Всё-таки пройти");
    let sheet = stage.sheet_of(Role::Mentee).await;
    let late = stage.mentee.post(&format!("{sheet}/changes"), &[("change", "d1.1|level|0|2")]).await;
    late.expect(StatusCode::CONFLICT);
    stage.curator.get("/diagnosis").await.shows("отказ");
    stage.mentee.get("/").await.hides("Пройдите самодиагностику");

    stage.mentee.post(&format!("{sheet}/resumption"), &[]).await.led_to();
    stage.mentee.post(&format!("{sheet}/resumption"), &[]).await.expect(StatusCode::CONFLICT);
    stage.mentee.get(&sheet).await.expect(StatusCode::OK).shows("Область 1 из 8");
    stage.mentee.post(&format!("{sheet}/refusal"), &[]).await.led_to();
    for (kind, count) in [("diagnosis_begun", 1), ("diagnosis_refused", 2), ("diagnosis_resumed", 1)] {
        assert_eq!(
            app.count("SELECT COUNT(*) AS n FROM journal WHERE kind = ?", values![kind]).await,
            count,
            "{kind}"
        );
    }
});

db_test!(a_finished_sheet_says_what_follows_and_never_changes, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let sheet = stage.begin(&stage.mentee).await;
    // Seven domains are not eight.
    stage.answer(&stage.mentee, &sheet, &["d1.1", "d2.1", "d3.1", "d4.1", "d5.1", "d6.1", "d7.1"], 1).await;
    let early = stage.mentee.post(&format!("{sheet}/completion"), &[]).await;
    early.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("Пока без ответов: «Здоровье»");
    stage.mentee.get(&format!("{sheet}/result")).await.expect(StatusCode::SEE_OTHER);

    stage.answer(&stage.mentee, &sheet, &["d8.1", "d8.2"], 3).await;
    let important = [("change", "d5.1|important|0|1"), ("change", "5|note|0|Про цели урока")];
    stage.mentee.post(&format!("{sheet}/changes"), &important).await.expect(StatusCode::NO_CONTENT);
    let review = stage.mentee.get(&format!("{sheet}/completion")).await.expect(StatusCode::OK);
    review.shows("Без ответа 41 пункт");
    let led = stage.mentee.post(&format!("{sheet}/completion"), &[]).await.led_to();
    let page = stage.mentee.get(&led).await.expect(StatusCode::OK);
    page.shows("Поддержка нужна: Методика. Сильные стороны: Здоровье");
    page.shows("Ставлю измеримую цель урока");
    page.shows("Про цели урока");
    assert!(page.text().contains("<title id=\"radar-title\">Поддержка нужна: Методика"));
    assert!(!page.text().contains("style="));

    for (path, fields) in [
        ("changes", vec![("change", "d1.1|level|0|3")]),
        ("answers", vec![("step", "1")]),
        ("completion", vec![]),
        ("refusal", vec![]),
        ("resumption", vec![]),
    ] {
        let page = stage.mentee.post(&format!("{sheet}/{path}"), &fields).await;
        page.expect(StatusCode::CONFLICT);
    }
    assert!(stage.mentee.get(&sheet).await.led_to().ends_with("/result"));
    let stored = "SELECT COUNT(*) AS n FROM diagnosis_domain WHERE is_deficit = 1 AND domain = 5 AND mean_hundredths = 100";
    assert_eq!(app.count(stored, vec![]).await, 1);
});

db_test!(pressed_twice_a_sheet_is_begun_and_finished_once, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let key = nastavnik::kernel::ids::form_key();
    let first = stage.mentee.post_keyed("/own/diagnosis", &[("wave", "entry")], key).await.led_to();
    let second = stage.mentee.post_keyed("/own/diagnosis", &[("wave", "entry")], key).await.led_to();
    let third = stage.mentee.post("/own/diagnosis", &[("wave", "entry")]).await.led_to();
    assert_eq!(first, second);
    assert_eq!(id_in(&first), id_in(&third));
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM diagnosis", vec![]).await, 1);
    assert_eq!(
        app.count("SELECT COUNT(*) AS n FROM journal WHERE kind = 'diagnosis_begun'", vec![]).await,
        1
    );
});

db_test!(then_and_now_stand_side_by_side, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.complete(&stage.mentee, 1).await;
    app.advance(Duration::days(140));
    let mentee = stage.world.browser(&app, Role::Mentee).await;
    let sheet = mentee.post("/own/diagnosis", &[("wave", "final")]).await.led_to();
    let sheet = sheet.split('?').next().unwrap().to_owned();
    stage.answer_all(&mentee, &sheet, 2).await;
    let led = mentee.post(&format!("{sheet}/completion"), &[]).await.led_to();
    let page = mentee.get(&led).await.expect(StatusCode::OK);
    page.shows("выше на 1,00");
    page.shows("вход, 2026/27");
    assert!(page.text().contains("class=\"radar-then\""));
});
