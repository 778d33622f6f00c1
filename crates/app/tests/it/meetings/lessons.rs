//! Cards of lessons, the blank, the pulse.

use axum::http::StatusCode;
use chrono::Duration;
use nastavnik_domain::role::Role;

use super::stage::Stage;
use crate::db_test;
use crate::support::TestApp;

type Fields = Vec<(&'static str, String)>;

fn card(stage: &Stage) -> Fields {
    vec![
        ("held_on", "2026-11-20".to_owned()),
        ("teacher", stage.world.people[&Role::Mentee].to_string()),
        ("class_name", "5 А".to_owned()),
        ("subject", "математика".to_owned()),
        ("strengths", "Спокойный темп\nЯсная цель".to_owned()),
        ("step", "Давать паузу после вопроса".to_owned()),
        ("back_on", "2026-11-23".to_owned()),
    ]
}

fn with(fields: Fields, name: &'static str, value: &str) -> Fields {
    let mut fields: Fields = fields.into_iter().filter(|(known, _)| *known != name).collect();
    fields.push((name, value.to_owned()));
    fields
}

fn pairs(fields: &Fields) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

db_test!(a_card_names_strengths_one_step_and_no_child, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let address = format!("/pairs/{}/lessons", stage.world.mentorship);
    let me = stage.world.people[&Role::Mentor].to_string();
    for (name, value, told) in [
        ("strengths", "", "Назовите хотя бы одну сильную сторону"),
        ("strengths", "раз\nдва\nтри\nчетыре", "Оставьте три самые важные стороны"),
        ("step", "", "Предложите один шаг"),
        ("step", "Помочь Пете Иванову", "Похоже на имя ребёнка: «Пете Иванову»"),
        ("back_on", "2026-11-01", "Вернуться можно после занятия"),
        ("held_on", "2026-12-01", "не позже сегодняшнего"),
        ("teacher", me.as_str(), "пришёл ответ, которого нет в списке"),
    ] {
        let fields = with(card(&stage), name, value);
        let page = stage.mentor.post(&address, &pairs(&fields)).await;
        page.expect(StatusCode::UNPROCESSABLE_ENTITY).shows(told);
    }
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM lesson_card", vec![]).await, 0);
    // Somebody may be called so who is no child: the check is gentle.
    let named = with(with(card(&stage), "step", "Прийти к Анне Ивановой"), "no_names", "yes");
    stage.mentor.post(&address, &pairs(&named)).await.led_to();
});

db_test!(the_teacher_answers_and_outsiders_see_a_visit, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let address = format!("/pairs/{}/lessons", stage.world.mentorship);
    let led = stage.mentor.post(&address, &pairs(&card(&stage))).await.led_to();
    let lesson = led.split('?').next().unwrap().to_owned();
    let answer = [("answer", "Попробую"), ("version", "1")];
    stage.mentor.post(&format!("{lesson}/answer"), &answer).await.expect(StatusCode::FORBIDDEN);
    stage.curator.get(&lesson).await.expect(StatusCode::NOT_FOUND);
    stage.mentee.post(&format!("{lesson}/answer"), &answer).await.led_to();
    stage.mentee.post(&format!("{lesson}/answer"), &answer).await.expect(StatusCode::CONFLICT);
    stage.mentor.get(&lesson).await.shows("Попробую");
    stage.mentor.get("/").await.shows("Вернитесь к занятию, которое посетили");
    let page = stage.curator.get(&stage.address()).await;
    page.shows("Посещение занятия");
    page.hides("Давать паузу");
    let blank = stage.mentor.get(&format!("{address}/blank.pdf")).await.expect(StatusCode::OK);
    assert!(blank.bytes.starts_with(b"%PDF-"));
});

db_test!(the_pulse_belongs_to_its_author, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let address = format!("/pairs/{}/pulse", stage.world.mentorship);
    stage.mentee.get("/").await.shows("Ответьте на три вопроса о встречах");
    stage.mentee.post(&address, &[]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    // A mentor does not call oneself.
    let own = [("met", "yes"), ("help", "mentor")];
    stage.mentor.post(&address, &own).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    let answers = [("met", "no"), ("useful", "1"), ("help", "mentor")];
    stage.mentee.post(&address, &answers).await.led_to();
    stage.mentee.get("/").await.hides("Ответьте на три вопроса");
    // The mentor is called and learns nothing of the marks; the school has too few answers for a number.
    stage.mentor.get("/own/calls").await.shows("Просит помощи наставника");
    stage.curator.get("/own/calls").await.shows("Сейчас вас ни о чём не просят");
    app.advance(Duration::days(20));
    let curator = stage.world.browser(&app, Role::Curator).await;
    curator.get("/meetings").await.expect(StatusCode::OK).hides("За прошлый месяц на три вопроса ответили");
    app.advance(Duration::days(15));
    let mentee = stage.world.browser(&app, Role::Mentee).await;
    mentee.get("/").await.shows("Ответьте на три вопроса о встречах");
});
