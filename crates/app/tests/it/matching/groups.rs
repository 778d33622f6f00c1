use axum::http::StatusCode;
use nastavnik::values;
use uuid::Uuid;

use super::hall::{Ask, Hall};
use crate::db_test;
use crate::support::TestApp;

/// Групповая with three places leads a group and nothing else; nobody else has a place.
async fn leader(app: &TestApp, hall: &Hall) -> Uuid {
    let sql = "UPDATE mentor_candidate SET capacity = 0 WHERE person_id = ?";
    app.exec(sql, values![hall.stage.mentor]).await;
    let leader = hall.mentor("Групповая", 3).await;
    let sql = "UPDATE mentor_candidate SET kinds = '[\"group\"]' WHERE person_id = ?";
    app.exec(sql, values![leader]).await;
    leader
}

db_test!(a_group_is_formed_as_one_or_not_at_all, |app: TestApp| async move {
    let hall = Hall::set(&app).await;
    let leader = leader(&app, &hall).await;
    let run = hall.run().await;
    let curator = &hall.stage.curator;
    let page = curator.get(&format!("/matching/{run}")).await.expect(StatusCode::OK);
    page.shows("Предложено: 2 пары");
    page.shows("получает не меньше двух наставляемых или никого");
    page.hides("группа не набралась");
    let codes = [hall.stage.mentee, hall.stage.second].map(|mentee| format!("{leader}.{mentee}"));
    let path = format!("/matching/{run}/drafts");
    let page = curator.post(&path, &[("chosen", &codes[0])]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("В группе должно быть не меньше двух наставляемых, сейчас 1");
    let groups = "SELECT COUNT(*) AS n FROM mentorship WHERE mentor_id = ?";
    assert_eq!(app.count(groups, values![leader]).await, 0);
    let fields = [("chosen", codes[0].as_str()), ("chosen", codes[1].as_str())];
    let to = curator.post(&path, &fields).await.led_to();
    assert_eq!(app.count(groups, values![leader]).await, 1);
    let page = curator.get(&to).await.expect(StatusCode::OK);
    page.shows("Составлены черновики: 1 пара");
    assert_eq!(page.text().matches("Пара составлена").count(), 2);
    // Another form with the same people is told what has become of them.
    let page = curator.post(&path, &fields).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("пара уже составлена из этого подбора");
    assert_eq!(app.count(groups, values![leader]).await, 1);
});

db_test!(a_group_that_could_not_be_brought_together_is_told, |app: TestApp| async move {
    let hall = Hall::set(&app).await;
    leader(&app, &hall).await;
    // Whoever asks for help without naming a group takes part in none.
    hall.asks(hall.stage.second, Ask { domains: &[5], ..Ask::default() }).await;
    let run = hall.run().await;
    let page = hall.stage.curator.get(&format!("/matching/{run}")).await.expect(StatusCode::OK);
    page.shows("Предложено: 0 пар");
    page.shows("Группа не набралась: нужно не меньше двух наставляемых (п. 2.3 Положения)");
    page.shows("Ведут только группу, и нужен ещё один участник: Групповая А. И.");
    page.shows("3 места – группа не набралась");
});
