//! The register of mentors: who stands in it, who sees whom, its public face.

use axum::http::StatusCode;
use nastavnik::kernel::ids;
use nastavnik::values;
use nastavnik_domain::consent::Kind;
use nastavnik_domain::role::Role;
use uuid::Uuid;

use crate::consents::{give, unasked};
use crate::db_test;
use crate::support::{TestApp, World};

/// A mentor of the bank who has told to be found, with a confirmed result and the strength «методика».
async fn mentor(app: &TestApp, organization: Uuid, surname: &str) -> (Uuid, Uuid) {
    let person = unasked(app, organization, surname).await;
    let candidate = ids::row_id();
    let now = app.app.clock.now();
    app.exec(
        "INSERT INTO mentor_candidate (id, person_id, organization_id, capacity, listed_by, listed_at, in_register, \
         works_remotely, kinds, time_and_place) VALUES (?, ?, ?, 2, ?, ?, 1, 1, '[\"virtual\"]', 'по средам')",
        values![candidate, person, organization, person, now],
    )
    .await;
    let day: chrono::NaiveDate = "2025-09-10".parse().unwrap();
    app.exec(
        "INSERT INTO achievement (id, person_id, title, evidence, achieved_on, recorded_by, recorded_at) \
         VALUES (?, ?, 'Победа', 'приказ 17', ?, ?, ?)",
        values![ids::row_id(), person, day, person, now],
    )
    .await;
    app.exec(
        "INSERT INTO mentor_strength (candidate_id, domain, ground) VALUES (?, 5, 'открытые уроки')",
        values![candidate],
    )
    .await;
    app.exec(
        "UPDATE employment SET subject = 'Физика', subject_key = 'физика' WHERE person_id = ?",
        values![person],
    )
    .await;
    (person, candidate)
}

db_test!(other_schools_see_by_consent_and_the_own_school_anyway, |app: TestApp| async move {
    let world = World::build(&app).await;
    let (person, _) = mentor(&app, world.school, "Знатокова").await;
    let outside = app.browser_of(world.other_curator).await;
    outside.get("/register").await.expect(StatusCode::OK).hides("Знатокова");
    for role in [Role::Region, Role::Tutor, Role::Administrator, Role::Union, Role::Psychologist] {
        world.browser(&app, role).await.get("/register").await.expect(StatusCode::NOT_FOUND);
    }
    let inside = world.browser(&app, Role::Curator).await;
    inside.get("/register").await.shows("Знатокова");
    world.browser(&app, Role::Mentee).await.get("/register").await.shows("Знатокова");
    give(&app, world.school, person, Kind::Transfer).await;
    let page = outside.get("/register").await;
    page.shows("Знатокова Анна Ивановна");
    page.shows("открытые уроки");
    page.shows("по средам");
    page.shows("2 из 2");
    assert!(!page.text().contains("/bank/mentors/"), "no way into another school's bank");
    assert!(inside.get("/register").await.text().contains("/bank/mentors/"));
    app.browser_of(world.far_director).await.get("/register").await.hides("Знатокова");
});

db_test!(only_ready_ones_who_agreed_stand_in_it, |app: TestApp| async move {
    let world = World::build(&app).await;
    let (person, candidate) = mentor(&app, world.school, "Знатокова").await;
    give(&app, world.school, person, Kind::Transfer).await;
    let reader = world.browser(&app, Role::Department).await;
    reader.get("/register").await.shows("Знатокова");
    let hidden = async |sql: &str, back: &str| {
        app.exec(sql, values![candidate]).await;
        reader.get("/register").await.expect(StatusCode::OK).hides("Знатокова");
        app.exec(back, values![candidate]).await;
        reader.get("/register").await.shows("Знатокова");
    };
    hidden(
        "UPDATE mentor_candidate SET in_register = 0 WHERE id = ?",
        "UPDATE mentor_candidate SET in_register = 1 WHERE id = ?",
    )
    .await;
    hidden(
        "UPDATE mentor_candidate SET ended_on = '2026-11-01' WHERE id = ?",
        "UPDATE mentor_candidate SET ended_on = NULL WHERE id = ?",
    )
    .await;
    hidden(
        "UPDATE achievement SET evidence = '' WHERE person_id IN (SELECT person_id FROM mentor_candidate WHERE id = ?)",
        "UPDATE achievement SET evidence = 'акт' WHERE person_id IN (SELECT person_id FROM mentor_candidate WHERE id = ?)",
    )
    .await;
});

db_test!(the_register_is_searched_by_name_subject_and_field, |app: TestApp| async move {
    let world = World::build(&app).await;
    for (organization, surname) in [(world.school, "Ёлкина"), (world.other_school, "Знатокова")]
    {
        let (person, _) = mentor(&app, organization, surname).await;
        give(&app, organization, person, Kind::Transfer).await;
    }
    app.exec(
        "UPDATE mentor_candidate SET works_remotely = 0, kinds = '[\"group\"]' WHERE organization_id = ?",
        values![world.other_school],
    )
    .await;
    let reader = world.browser(&app, Role::Department).await;
    let both = ["", "?q=%D1%84%D0%B8%D0%B7%D0%B8%D0%BA", "?domain=methods", "?places=free", "?sort=-free"];
    for query in both {
        let page = reader.get(&format!("/register{query}")).await.expect(StatusCode::OK);
        page.shows("Показаны 1–2 из 2");
    }
    for query in ["?q=%D0%B5%D0%BB%D0%BA", "?remote=yes", "?kind=virtual"] {
        let page = reader.get(&format!("/register{query}")).await;
        page.shows("Ёлкина");
        page.hides("Знатокова Анна");
    }
    reader.get("/register?domain=law").await.shows("Никого не нашлось");
    let one = reader.get(&format!("/register?organization={}", world.other_school)).await;
    one.shows("Показаны 1–1 из 1");
    let book = reader.get("/register.xlsx?kind=group").await.expect(StatusCode::OK);
    assert!(book.bytes.starts_with(b"PK"));
});

db_test!(the_open_page_shows_published_names_and_nothing_else, |app: TestApp| async move {
    let world = World::build(&app).await;
    let (person, _) = mentor(&app, world.school, "Знатокова").await;
    give(&app, world.school, person, Kind::Transfer).await;
    app.exec("UPDATE person SET phone = '+79120000001' WHERE id = ?", values![person]).await;
    let visitor = app.anonymous();
    let path = format!("/mentors?municipality={}", world.municipality);
    visitor.get(&path).await.expect(StatusCode::OK).hides("Знатокова");
    let consent = give(&app, world.school, person, Kind::Publication).await;
    let page = visitor.get(&path).await;
    page.shows("Знатокова Анна Ивановна");
    page.shows("МБОУ «СОШ №1»");
    page.shows("Физика");
    for secret in ["из 2", "по средам", "открытые уроки", "+7912"] {
        page.hides(secret);
    }
    assert!(!page.text().contains("/people/") && !page.text().contains("noindex"));
    // Two municipalities: one is chosen by the address, a senseless one does not exist.
    visitor.get("/mentors").await.shows("Выберите муниципалитет");
    let far = visitor.get(&format!("/mentors?municipality={}", world.other_municipality)).await;
    far.expect(StatusCode::OK).hides("Знатокова");
    visitor.get(&format!("/mentors?municipality={}", ids::row_id())).await.expect(StatusCode::NOT_FOUND);
    let own = app.browser_of(person).await;
    own.post(&format!("/own/consents/{consent}/withdrawal"), &[]).await.expect(StatusCode::SEE_OTHER);
    visitor.get(&path).await.hides("Знатокова");
    own.get("/register").await.expect(StatusCode::NOT_FOUND);
    world.browser(&app, Role::Department).await.get("/register").await.shows("Знатокова");
});

// The size of the city: a constant number of queries and well under a second even unoptimised.
db_test!(two_hundred_mentors_are_found_at_once, |app: TestApp| async move {
    let world = World::build(&app).await;
    for number in 0..200 {
        let (person, _) = mentor(&app, world.school, &format!("Знатокова{number}")).await;
        give(&app, world.school, person, Kind::Transfer).await;
    }
    let reader = app.browser_of(world.other_curator).await;
    let before = std::time::Instant::now();
    reader.get("/register?q=%D1%84%D0%B8%D0%B7%D0%B8%D0%BA").await.shows("Показаны 1–50 из 200");
    let took = before.elapsed();
    println!("200 mentors: {took:?}");
    assert!(took < std::time::Duration::from_secs(2), "{took:?}");
});
