//! Who answers a call to the curator: nobody who takes part in the pair (decision 0014).

use axum::http::StatusCode;
use nastavnik_domain::role::Role;
use uuid::Uuid;

use super::stage::with;
use crate::db_test;
use crate::support::{TestApp, World, a_mentorship, a_signed_order};

/// A pair in force of these two, whatever offices they hold.
async fn a_pair(app: &TestApp, world: &World, mentor: Role, mentee: Role) -> Uuid {
    let tx = app.app.db.begin().await.unwrap();
    let pair = a_mentorship(&tx, world.school, world.people[&mentor], &[world.people[&mentee]]).await;
    a_signed_order(app, &tx, world.school, pair).await;
    tx.commit().await.unwrap();
    pair
}

/// An entry that calls the curator, with words for whoever answers.
fn calling() -> Vec<(&'static str, &'static str)> {
    let mut fields = with("help_words", "Поговорите со мной");
    fields.retain(|(name, _)| *name != "help");
    fields.push(("help", "curator"));
    fields
}

db_test!(a_call_to_a_curator_who_mentors_goes_to_the_director, |app: TestApp| async move {
    let world = World::build(&app).await;
    let pair = a_pair(&app, &world, Role::Curator, Role::Union).await;
    let author = world.browser(&app, Role::Union).await;
    let form = author.get(&format!("/pairs/{pair}/meetings/new")).await.expect(StatusCode::OK);
    form.shows("От руководителя");
    form.hides("От куратора");
    author.get(&format!("/pairs/{pair}/pulse")).await.shows("От руководителя");
    author.post(&format!("/pairs/{pair}/meetings"), &calling()).await.led_to();

    let curator = world.browser(&app, Role::Curator).await;
    curator.get("/own/calls").await.shows("Сейчас вас ни о чём не просят");
    curator.get("/").await.hides("Вас просят о помощи");
    curator.get("/meetings").await.hides("просят о помощи");
    let council = world.browser(&app, Role::Council).await;
    council.get("/own/calls").await.hides("Поговорите со мной");
    let director = world.browser(&app, Role::Director).await;
    director.get("/").await.shows("Вас просят о помощи: 1 просьба");
    let page = director.get("/own/calls").await;
    page.shows("Просит помощи руководителя");
    page.shows("Поговорите со мной");
    let text = page.text();
    let call = text.split("/own/calls/").nth(1).unwrap().split('/').next().unwrap();
    let answer = format!("/own/calls/{call}/answer");
    curator.post(&answer, &[]).await.expect(StatusCode::NOT_FOUND);
    director.post(&answer, &[]).await.led_to();
    director.get("/").await.hides("Вас просят о помощи");
});

db_test!(with_both_in_the_pair_the_council_is_called, |app: TestApp| async move {
    let world = World::build(&app).await;
    let pair = a_pair(&app, &world, Role::Director, Role::Curator).await;
    let author = world.browser(&app, Role::Curator).await;
    author.post(&format!("/pairs/{pair}/meetings"), &calling()).await.led_to();
    for role in [Role::Director, Role::Curator, Role::Psychologist] {
        world.browser(&app, role).await.get("/own/calls").await.hides("Поговорите со мной");
    }
    world.browser(&app, Role::Council).await.get("/own/calls").await.shows("Поговорите со мной");
});
