use axum::http::StatusCode;
use nastavnik::values;

use super::hall::{Ask, Hall, result_of};
use crate::db_test;
use crate::pairs::stage::id_in;
use crate::support::TestApp;

db_test!(a_pinned_pair_stays_and_the_two_runs_are_compared, |app: TestApp| async move {
    let hall = Hall::set(&app).await;
    let other = hall.mentor("Химикова", 1).await;
    app.exec("UPDATE mentor_candidate SET capacity = 1 WHERE person_id = ?", values![hall.stage.mentor])
        .await;
    hall.strong(hall.stage.mentor, 5).await;
    hall.asks(hall.stage.mentee, Ask { domains: &[5], ..Ask::default() }).await;
    let curator = &hall.stage.curator;
    let run = hall.run().await;
    let before = result_of(&app, &run).await;
    let pair = format!("{other}.{}", hall.stage.mentee);
    let variants = format!("/matching/{run}/variants");
    let variant = id_in(&curator.post(&variants, &[("pin", &pair)]).await.led_to());
    assert_eq!(result_of(&app, &run).await, before, "the run it was made from stays");
    let page = curator.get(&format!("/matching/{variant}")).await.expect(StatusCode::OK);
    page.shows("закреплена");
    page.shows("Химикова А. И. – Новикова А. И.");
    let page = curator.get(&format!("/matching/{variant}/comparison/{run}")).await.expect(StatusCode::OK);
    page.shows("Пар столько же. Баллов меньше на 350 баллов.");
    page.shows("Изменение касается: 2 наставляемых");
    page.shows("Новикова Анна Ивановна");
    // Unpinned again, it is what it was.
    let free =
        id_in(&curator.post(&format!("/matching/{variant}/variants"), &[("free", &pair)]).await.led_to());
    assert_eq!(result_of(&app, &free).await, before);
    curator.get("/matching").await.shows("вариант");
    for stranger in [hall.stage.world.other_curator, hall.stage.mentor] {
        let page = app.browser_of(stranger).await.get(&format!("/matching/{variant}/comparison/{run}")).await;
        page.expect(StatusCode::NOT_FOUND);
    }
});

db_test!(a_pair_set_aside_is_not_proposed_again, |app: TestApp| async move {
    let hall = Hall::set(&app).await;
    let run = hall.run().await;
    let fields = [
        ("deed", "aside"),
        ("mentee", &hall.stage.mentee.to_string()),
        ("mentor", &hall.stage.mentor.to_string()),
    ];
    let curator = &hall.stage.curator;
    let variant = id_in(&curator.post(&format!("/matching/{run}/variants"), &fields).await.led_to());
    let page = curator.get(&format!("/matching/{variant}")).await.expect(StatusCode::OK);
    page.shows("Предложено: 1 пара");
    page.shows("вы исключили эту пару из подбора");
    page.shows("Исключена: Опытнова А. И. – Новикова А. И.");
    let page = curator.get(&format!("/matching/{variant}/comparison/{run}")).await;
    page.shows("Пар меньше на 1 пару");
    page.shows("без наставника");
});

db_test!(a_pin_against_the_rules_is_told_at_its_field, |app: TestApp| async move {
    let hall = Hall::set(&app).await;
    hall.objection(hall.stage.mentor, hall.stage.mentee, "union").await;
    let one = hall.mentor("Одноместная", 1).await;
    let run = hall.run().await;
    let path = format!("/matching/{run}/variants");
    let curator = &hall.stage.curator;
    let refused = async |path: &str, fields: &[(&str, &str)], words: &str| {
        curator.post(path, fields).await.expect(StatusCode::UNPROCESSABLE_ENTITY).shows(words);
    };
    let pin = |mentor: uuid::Uuid, mentee: uuid::Uuid| format!("{mentor}.{mentee}");
    let forbidden = pin(hall.stage.mentor, hall.stage.mentee);
    refused(
        &path,
        &[("pin", &forbidden)],
        "Закрепить эту пару нельзя: возражает профсоюзная организация (п. 4.1.2 Положения)",
    )
    .await;
    refused(&path, &[], "Выберите ответ в поле «Что попробовать»").await;
    let stranger = pin(hall.stage.mentor, hall.stage.world.other_teacher);
    refused(&path, &[("pin", &stranger)], "Этого человека нет в подборе").await;
    refused(&path, &[("pin", "чепуха")], "Выберите ответ в поле «Что попробовать»").await;
    let first = pin(one, hall.stage.mentee);
    let variant = id_in(&curator.post(&path, &[("pin", &first)]).await.led_to());
    let second = pin(one, hall.stage.second);
    let path = format!("/matching/{variant}/variants");
    refused(&path, &[("pin", &second)], "уже закреплено столько пар, сколько у него свободных мест").await;
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM matching_run", vec![]).await, 2);
});
