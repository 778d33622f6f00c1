//! Objections: of the union and of the council, before the order, seen by everybody but the pair.

use axum::http::StatusCode;
use nastavnik::council;
use nastavnik_domain::matching::people::Mark;
use nastavnik_domain::role::Role;

use super::{found, give};
use crate::db_test;
use crate::pairs::stage::{Stage, error_at};
use crate::support::TestApp;

db_test!(an_objection_is_raised_before_the_order_and_lifted_by_its_body, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.pair().await;
    let path = format!("/pairs/{pair}/objections");
    for person in [stage.mentor, stage.mentee, stage.world.other_curator] {
        app.browser_of(person).await.get(&path).await.expect(StatusCode::NOT_FOUND);
    }
    for role in [Role::Psychologist, Role::Department] {
        stage.world.browser(&app, role).await.get(&path).await.expect(StatusCode::NOT_FOUND);
    }
    let mentee = stage.mentee.to_string();
    let told = |body: &'static str| {
        [("mentee", mentee.clone()), ("body", body.to_owned()), ("reason", "Нагрузка".to_owned())]
    };
    let send = async |browser: &crate::support::Browser, fields: &[(&str, String)]| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        browser.post(&path, &fields).await
    };
    send(&stage.curator, &told("union")).await.expect(StatusCode::FORBIDDEN);
    let union = stage.world.browser(&app, Role::Union).await;
    let council_member = stage.world.browser(&app, Role::Council).await;
    let page = send(&union, &told("council")).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&page, "body").is_some() || page.text().contains("нет в списке"));
    let page = send(&union, &told("union")[..2]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(error_at(&page, "reason").unwrap(), "Заполните поле «Причина».");
    send(&union, &told("union")).await.led_to();
    let page = send(&union, &told("union")).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&page, "reason").unwrap().contains("уже записано"));
    for browser in [&stage.curator, &stage.director, &council_member, &union] {
        browser.get(&path).await.expect(StatusCode::OK).shows("Возражает профсоюз: Нагрузка");
    }
    for page in ["/pairs".to_owned(), format!("/pairs/{pair}")] {
        stage.curator.get(&page).await.shows("возражение профсоюза");
        app.browser_of(stage.mentor).await.get(&page).await.hides("возражение");
    }
    let bans = council::bans(app.app.db.reader(), &[stage.world.school]).await.unwrap();
    assert_eq!(bans[0].mark, Mark::UnionObjects);

    let objection = found(&app, "SELECT id FROM pair_objection", vec![]).await[0];
    let lifting = format!("{path}/{objection}/lifting");
    council_member.post(&lifting, &[]).await.expect(StatusCode::FORBIDDEN);
    union.post(&lifting, &[]).await.led_to();
    union.post(&lifting, &[]).await.expect(StatusCode::CONFLICT);
    assert_eq!(council::bans(app.app.db.reader(), &[stage.world.school]).await.unwrap(), []);
    stage.curator.get(&path).await.shows("снято 23.11.2026");
});

db_test!(nobody_objects_after_the_order, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.active_pair().await;
    let union = stage.world.browser(&app, Role::Union).await;
    let mentee = stage.mentee.to_string();
    let told = [("mentee", mentee.as_str()), ("body", "union"), ("reason", "Нагрузка")];
    let page = union.post(&format!("/pairs/{pair}/objections"), &told).await;
    page.expect(StatusCode::CONFLICT).shows("Приказ уже подписан");
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM pair_objection", vec![]).await, 0);
});

// Whoever takes part in the pair reads nothing said of it, even as the curator.
db_test!(a_curator_who_is_the_mentor_reads_nothing_said_of_the_own_pair, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.pair().await;
    give(&stage, stage.mentor, "curator").await;
    let own = app.browser_of(stage.mentor).await;
    for page in ["opinions", "objections"] {
        own.get(&format!("/pairs/{pair}/{page}")).await.expect(StatusCode::NOT_FOUND);
    }
    let card = own.get(&format!("/pairs/{pair}")).await.expect(StatusCode::OK);
    card.hides("Заключения");
    card.hides("Совет и возражения");
});
