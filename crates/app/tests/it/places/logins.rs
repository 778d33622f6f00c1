//! Slips and ways in.

use axum::http::{StatusCode, header};
use chrono::Duration;
use nastavnik::kernel::ids;
use nastavnik::values;
use nastavnik_domain::role::Role;
use uuid::Uuid;

use super::one_id;
use crate::db_test;
use crate::support::{TestApp, World, a_person};

db_test!(a_slip_is_never_printed_upwards_or_outwards, |app: TestApp| async move {
    let world = World::build(&app).await;
    let curator = world.browser(&app, Role::Curator).await;
    let path = format!("/organizations/{}/logins", world.school);
    let list = curator.get(&path).await.expect(StatusCode::OK);
    list.shows("Это руководитель. Памятку выдаёт тот, кто назначает на эту роль");
    list.shows("Это вы.");
    for who in [world.people[&Role::Director], world.people[&Role::Curator]] {
        let who = who.to_string();
        curator.post(&path, &[("person", &*who)]).await.expect(StatusCode::FORBIDDEN);
    }
    let foreign = world.other_teacher.to_string();
    curator.post(&path, &[("person", &*foreign)]).await.expect(StatusCode::CONFLICT);
    curator.post(&path, &[]).await.expect(StatusCode::CONFLICT).shows("никто не отмечен");
    let elsewhere = format!("/organizations/{}/logins", world.other_school);
    curator.post(&elsewhere, &[("person", &*foreign)]).await.expect(StatusCode::NOT_FOUND);
    world.browser(&app, Role::Mentor).await.post(&path, &[]).await.expect(StatusCode::FORBIDDEN);
    // The curator of another school teaches here as well: the director here must not come in as that curator.
    app.exec(
        "UPDATE employment SET organization_id = ? WHERE person_id = ?",
        values![world.school, world.other_curator],
    )
    .await;
    let director = world.browser(&app, Role::Director).await;
    let other = world.other_curator.to_string();
    director.post(&path, &[("person", &*other)]).await.expect(StatusCode::FORBIDDEN);
    director.get(&path).await.shows("Ещё и куратор в другой организации");
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM invitation", vec![]).await, 0);
});

db_test!(slips_are_printed_once_and_lead_in, |app: TestApp| async move {
    let world = World::build(&app).await;
    let curator = world.browser(&app, Role::Curator).await;
    let path = format!("/organizations/{}/logins", world.school);
    let newcomer = new_teacher(&app, world.school, "Ёлкина").await.to_string();
    curator.get(&path).await.shows("ещё нет Нет входа");
    let (key, fields) = (ids::form_key(), [("person", newcomer.as_str())]);
    let sheet = curator.post_keyed(&path, &fields, key).await.expect(StatusCode::OK);
    assert!(sheet.bytes.starts_with(b"%PDF") && sheet.headers[header::CONTENT_TYPE] == "application/pdf");
    assert_eq!(sheet.headers[header::CACHE_CONTROL], "no-store");
    let slips = "SELECT COUNT(*) AS n FROM invitation";
    assert_eq!(app.count(slips, vec![]).await, 1);
    let first = secret_hash(&app).await;
    let to = curator.post_keyed(&path, &fields, key).await.led_to();
    curator.get(&to).await.shows("Памятки уже напечатаны, человек: 1.");
    let after_restart = curator.at(&app.restarted().router);
    after_restart.post_keyed(&path, &fields, key).await.expect(StatusCode::SEE_OTHER);
    assert_eq!((app.count(slips, vec![]).await, secret_hash(&app).await), (1, first.clone()));
    curator.get(&path).await.shows("elkina-ai Памятка выдана до 07.12.2026");
    curator.post(&path, &fields).await.expect(StatusCode::OK);
    assert_eq!(app.count(slips, vec![]).await, 1);
    assert_ne!(secret_hash(&app).await, first, "a new slip kills the old one");
    let journal = "SELECT COUNT(*) AS n FROM journal WHERE kind = 'slip_issued' AND organization_id = ?";
    assert_eq!(app.count(journal, values![world.school]).await, 2);
    app.advance(Duration::days(15));
    let again = world.browser(&app, Role::Curator).await;
    again.get(&path).await.shows("Памятка истекла 07.12.2026");
    again.post(&path, &[("everybody", "yes")]).await.expect(StatusCode::OK);
    again.get(&path).await.hides("Памятка истекла");
});

db_test!(a_way_in_is_closed_at_once, |app: TestApp| async move {
    let world = World::build(&app).await;
    let mentor = world.browser(&app, Role::Mentor).await;
    let director = world.browser(&app, Role::Director).await;
    let curator = world.browser(&app, Role::Curator).await;
    let (school, other) = (world.school.to_string(), world.other_school.to_string());
    let account = account_of(&app, world.people[&Role::Mentor]).await;
    let path = format!("/logins/{account}/closing");
    let far = app.browser_of(world.far_director).await;
    far.post(&path, &[("organization", &*school)]).await.expect(StatusCode::NOT_FOUND);
    let own = app.browser_of(world.other_director).await;
    own.post(&path, &[("organization", &*other)]).await.expect(StatusCode::NOT_FOUND);
    let upwards = format!("/logins/{}/closing", account_of(&app, world.people[&Role::Director]).await);
    curator.post(&upwards, &[("organization", &*school)]).await.expect(StatusCode::FORBIDDEN);
    mentor.get("/own/password").await.expect(StatusCode::OK);
    director.post(&path, &[("organization", &*school)]).await.led_to();
    mentor.get("/own/password").await.expect(StatusCode::SEE_OTHER);
    let list = format!("/organizations/{school}/logins");
    director.get(&list).await.shows("Вход закрыт");
    let person = world.people[&Role::Mentor].to_string();
    director.post(&list, &[("person", &*person)]).await.expect(StatusCode::OK);
    let open =
        "SELECT COUNT(*) AS n FROM account WHERE id = ? AND disabled_at IS NULL AND password_hash IS NULL";
    assert_eq!(app.count(open, values![account]).await, 1, "only the new slip leads in");
});

db_test!(those_who_left_with_an_open_way_in_are_shown, |app: TestApp| async move {
    let world = World::build(&app).await;
    let director = world.browser(&app, Role::Director).await;
    let teacher = new_teacher(&app, world.school, "Ушедшая").await;
    let path = format!("/organizations/{}/logins", world.school);
    director.post(&path, &[("person", &*teacher.to_string())]).await.expect(StatusCode::OK);
    let leave = "UPDATE employment SET ended_on = ? WHERE person_id = ?";
    app.exec(leave, values![app.today(), teacher]).await;
    let list = director.get(&path).await;
    list.shows("Больше не работают, а вход открыт");
    list.shows("Ушедшая Анна Ивановна");
    let close = format!("/logins/{}/closing", account_of(&app, teacher).await);
    director.post(&close, &[("organization", &*world.school.to_string())]).await.led_to();
    director.get(&path).await.hides("Ушедшая");
});

async fn new_teacher(app: &TestApp, organization: Uuid, surname: &str) -> Uuid {
    let tx = app.app.db.begin().await.unwrap();
    let person = a_person(&tx, organization, "учитель", surname).await;
    tx.commit().await.unwrap();
    person
}

async fn account_of(app: &TestApp, person: Uuid) -> Uuid {
    one_id(app, "SELECT id FROM account WHERE person_id = ?", person).await
}

async fn secret_hash(app: &TestApp) -> String {
    #[derive(sea_orm::FromQueryResult)]
    struct Row {
        secret_hash: String,
    }
    let sql = "SELECT secret_hash FROM invitation";
    let row: Option<Row> = nastavnik::kernel::db::one(app.app.db.reader(), sql, vec![]).await.unwrap();
    row.unwrap().secret_hash
}
