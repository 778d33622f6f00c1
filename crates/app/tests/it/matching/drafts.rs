use axum::http::StatusCode;
use nastavnik::kernel::ids;
use nastavnik::values;
use nastavnik_domain::role::Role;

use super::hall::{Ask, Hall};
use crate::db_test;
use crate::pairs::stage::error_at;
use crate::support::TestApp;

async fn pairs(app: &TestApp) -> u64 {
    app.count("SELECT COUNT(*) AS n FROM mentorship", vec![]).await
}

db_test!(proposals_become_drafts_once, |app: TestApp| async move {
    let hall = Hall::set(&app).await;
    let run = hall.run().await;
    let (path, before) = (format!("/matching/{run}/drafts"), pairs(&app).await);
    let codes =
        [hall.stage.mentee, hall.stage.second].map(|mentee| format!("{}.{mentee}", hall.stage.mentor));
    let fields = [("chosen", codes[0].as_str()), ("chosen", codes[1].as_str())];
    for role in [Role::Director, Role::Council, Role::Department] {
        let browser = hall.stage.world.browser(&app, role).await;
        browser.post(&path, &fields).await.expect(StatusCode::FORBIDDEN);
    }
    let curator = &hall.stage.curator;
    let page = curator.post(&path, &[]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("Отметьте хотя бы одну пару");
    let strange = format!("{}.{}", hall.stage.mentor, hall.stage.world.other_teacher);
    let page = curator.post(&path, &[("chosen", &strange)]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("которой нет в этом подборе");
    assert_eq!(pairs(&app).await, before);
    let key = ids::form_key();
    let first = curator.post_keyed(&path, &fields, key).await.led_to();
    let second = curator.post_keyed(&path, &fields, key).await.led_to();
    assert_eq!(first, second);
    assert_eq!(pairs(&app).await, before + 2);
    let page = curator.get(&first).await.expect(StatusCode::OK);
    page.shows("Составлены черновики: 2 пары");
    page.shows("Пара составлена");
    // Another form with the same pairs is told what has become of them.
    let page = curator.post(&path, &fields).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("пара уже составлена из этого подбора");
    assert_eq!(pairs(&app).await, before + 2);
    curator.get("/pairs?state=draft").await.shows("Новикова");
});

db_test!(what_has_changed_since_the_run_is_told, |app: TestApp| async move {
    let hall = Hall::set(&app).await;
    let (mentor, mentee, second) = (hall.stage.mentor, hall.stage.mentee, hall.stage.second);
    let run = hall.run().await;
    let path = format!("/matching/{run}/drafts");
    let curator = &hall.stage.curator;
    let codes = [mentee, second].map(|mentee| format!("{mentor}.{mentee}"));
    let fields = [("chosen", codes[0].as_str()), ("chosen", codes[1].as_str())];
    // One place is left where the run knew three.
    app.exec("UPDATE mentor_candidate SET capacity = 1 WHERE person_id = ?", values![mentor]).await;
    let to = curator.post(&path, &fields).await.led_to();
    let page = curator.get(&to).await.expect(StatusCode::OK);
    page.shows("Составлены черновики: 1 пара. Не составлены: Опытнова А. И.");
    page.shows("нужно 1, свободно 0");
    // The union has objected meanwhile, the mentee has found a mentor, the mentor has left the bank.
    hall.objection(mentor, second, "union").await;
    app.exec("UPDATE mentor_candidate SET capacity = 5 WHERE person_id = ?", values![mentor]).await;
    let all = curator.post(&path, &fields).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    let told = error_at_chosen(&all.text());
    assert!(told.contains("Ни одна пара не составлена."), "{told}");
    let waits = hall.waits("Поздняя").await;
    let again = hall.run().await;
    let late = format!("{mentor}.{waits}");
    app.exec("UPDATE mentor_candidate SET ended_on = ? WHERE person_id = ?", values![app.today(), mentor])
        .await;
    let page = curator.post(&format!("/matching/{again}/drafts"), &[("chosen", &late)]).await;
    page.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("наставник больше не готов к новой паре");
    app.exec("UPDATE category_decision SET decision = 'declined' WHERE person_id = ?", values![waits]).await;
    let page = curator.post(&format!("/matching/{again}/drafts"), &[("chosen", &late)]).await;
    page.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("больше не ждёт наставника");
});

fn error_at_chosen(html: &str) -> String {
    html.split("id=\"f-chosen\"")
        .nth(1)
        .and_then(|rest| rest.split("<span>").nth(1))
        .unwrap_or_default()
        .to_owned()
}

db_test!(a_pair_of_two_schools_asks_for_a_place_on_line, |app: TestApp| async move {
    let hall = Hall::set(&app).await;
    let neighbor = hall.neighbor("Соседова").await;
    app.exec("UPDATE mentor_candidate SET capacity = 0 WHERE person_id = ?", values![hall.stage.mentor])
        .await;
    let formats = "[\"correspondence\"]";
    hall.asks(hall.stage.mentee, Ask { domains: &[5], formats, ..Ask::default() }).await;
    let run = hall.run().await;
    let curator = &hall.stage.curator;
    curator.get(&format!("/matching/{run}")).await.shows("Площадка для встреч на расстоянии");
    let (path, code) = (format!("/matching/{run}/drafts"), format!("{neighbor}.{}", hall.stage.mentee));
    let page = curator.post(&path, &[("chosen", &code)]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("укажите, где проходят встречи");
    let before = pairs(&app).await;
    curator.post(&path, &[("chosen", &code), ("online_place", "Сферум")]).await.led_to();
    assert_eq!(pairs(&app).await, before + 1);
});

// A choice by hand is held to the rules of the matching.
db_test!(the_form_of_a_pair_refuses_what_the_matching_refuses, |app: TestApp| async move {
    let hall = Hall::set(&app).await;
    let (mentor, mentee) = (hall.stage.mentor, hall.stage.mentee);
    let before = pairs(&app).await;
    let refused = async |words: &str| {
        let page = hall.stage.form(&hall.stage.fields()).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
        let told = error_at(&page, "mentor").unwrap();
        assert!(told.contains(words) && told.contains("(п. "), "{told}");
        assert!(told.starts_with("Новикова Анна Ивановна. "), "{told}");
    };
    hall.objection(mentor, mentee, "union").await;
    refused("возражает профсоюзная организация").await;
    app.exec("UPDATE pair_objection SET body = 'council'", vec![]).await;
    refused("возражает совет наставников").await;
    app.exec("UPDATE pair_objection SET lifted_at = ?", values![app.app.clock.now()]).await;
    hall.conclusion(mentor, mentee).await;
    refused("педагог-психолог не рекомендует").await;
    app.exec("UPDATE pair_opinion SET replaced_at = ?", values![app.app.clock.now()]).await;
    hall.asks(mentee, Ask { domains: &[1], unwanted: &[mentor], ..Ask::default() }).await;
    refused("есть пожелание не составлять эту пару").await;
    app.exec("DELETE FROM request_wish", vec![]).await;
    // The director leads the mentee: only the form of a director allows that.
    app.exec(
        "UPDATE role_grant SET person_id = ? WHERE role = 'director' AND organization_id = ?",
        values![mentor, hall.stage.world.school],
    )
    .await;
    refused("непосредственно подчинён другому").await;
    assert_eq!(pairs(&app).await, before);
});
