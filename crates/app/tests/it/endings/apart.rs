//! Whoever takes part in the pair besides the author meets no trace of a petition: on no page, in no list, number or file.

use axum::http::StatusCode;
use nastavnik::values;
use nastavnik_domain::role::Role;
use uuid::Uuid;

use super::petition;
use crate::db_test;
use crate::support::{Browser, Canary, Relation, TestApp, World, a_mentorship, a_signed_order};

const CANARY: &str = "КАНАРЕЙКАПРИЧИНА";
const WISH: &str = "КАНАРЕЙКАПОЖЕЛАНИЕ";

/// A pair in force of these two, whatever offices they hold.
async fn a_pair(app: &TestApp, world: &World, mentor: Role, mentee: Role) -> Uuid {
    let tx = app.app.db.begin().await.unwrap();
    let pair = a_mentorship(&tx, world.school, world.people[&mentor], &[world.people[&mentee]]).await;
    a_signed_order(app, &tx, world.school, pair).await;
    tx.commit().await.unwrap();
    let renumbered = "UPDATE document SET number = 500 + (SELECT COUNT(*) FROM document x) WHERE number = 77";
    app.exec(renumbered, vec![]).await;
    pair
}

async fn asks(app: &TestApp, author: &Browser, pair: Uuid) -> String {
    let fields = [("kind", "replace"), ("last_day", "2026-11-30"), ("reason", CANARY), ("wish", WISH)];
    author.post(&format!("/pairs/{pair}/petition"), &fields).await.led_to();
    petition(app).await
}

/// Every page and file this person can ask for, about this pair and about everything else there is.
async fn traces(app: &TestApp, world: &World, browser: &Browser, pair: Uuid, id: &str) -> Vec<String> {
    let mut objects = world.objects(app).await;
    // What stands there besides is not what is looked for.
    let other: Uuid = id.parse().unwrap();
    app.exec("DELETE FROM petition WHERE id <> ?", values![other]).await;
    let own = objects.get_mut(&Relation::Own).unwrap();
    own.insert("pair", pair.to_string());
    own.insert("petition", id.to_owned());
    let words = [
        CANARY,
        WISH,
        "ЗР/2026",
        "ЗН/2026",
        id,
        "Ответьте на 1 заявление",
        "заявлении о",
        "Подано заявление",
    ];
    let canary = Canary { words: &words, queries: &["?q=Роль"] };
    let mut found = canary.met(app, &objects, browser).await;
    // The list of kinds to filter the journal by names every kind there is.
    found.retain(|trace| !(trace.starts_with("/journal") && trace.ends_with("Подано заявление")));
    found
}

db_test!(a_curator_who_mentors_finds_nothing, |app: TestApp| async move {
    let world = World::build(&app).await;
    let pair = a_pair(&app, &world, Role::Curator, Role::Union).await;
    let author = world.browser(&app, Role::Union).await;
    author.get(&format!("/pairs/{pair}/petition")).await.shows("Увидят: только руководитель организации");
    let id = asks(&app, &author, pair).await;
    let curator = world.browser(&app, Role::Curator).await;
    for deed in ["talk", "arbitration", "ending", "withdrawal"] {
        let page = curator.post(&format!("/petitions/{id}/{deed}"), &[]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{deed}");
    }
    curator.post(&format!("/pairs/{pair}/replacement"), &[]).await.expect(StatusCode::NOT_FOUND);
    assert_eq!(traces(&app, &world, &curator, pair, &id).await, Vec::<String>::new());
    // The traces are real: the director, who takes no part, meets them.
    let director = world.browser(&app, Role::Director).await;
    director.get("/").await.shows("Ответьте на 1 заявление");
    let card = director.get(&format!("/petitions/{id}")).await.expect(StatusCode::OK);
    card.shows(CANARY);
    card.shows(WISH);
    card.shows("1-ЗР/2026");
});

db_test!(a_director_who_mentors_finds_nothing, |app: TestApp| async move {
    let world = World::build(&app).await;
    let pair = a_pair(&app, &world, Role::Director, Role::Union).await;
    let author = world.browser(&app, Role::Union).await;
    author.get(&format!("/pairs/{pair}/petition")).await.shows("Увидят: только куратор");
    let id = asks(&app, &author, pair).await;
    let director = world.browser(&app, Role::Director).await;
    assert_eq!(traces(&app, &world, &director, pair, &id).await, Vec::<String>::new());
    world.browser(&app, Role::Curator).await.get(&format!("/petitions/{id}")).await.shows(CANARY);
});

db_test!(an_administrator_who_mentors_finds_nothing_in_the_journal, |app: TestApp| async move {
    let world = World::build(&app).await;
    let pair = a_pair(&app, &world, Role::Administrator, Role::Union).await;
    let author = world.browser(&app, Role::Union).await;
    asks(&app, &author, pair).await;
    let found = async |role| {
        let page = world.browser(&app, role).await.get("/journal?kind=petition_filed").await;
        page.expect(StatusCode::OK).text().contains("Показаны 1–1")
    };
    assert!(!found(Role::Administrator).await);
    let other = a_pair(&app, &world, Role::Council, Role::Psychologist).await;
    asks(&app, &world.browser(&app, Role::Psychologist).await, other).await;
    assert!(found(Role::Administrator).await, "other petitions are there as a bare fact");
    assert!(!found(Role::Director).await && !found(Role::Department).await);
});

db_test!(with_both_in_the_pair_the_council_decides, |app: TestApp| async move {
    let world = World::build(&app).await;
    let pair = a_pair(&app, &world, Role::Director, Role::Curator).await;
    let author = world.browser(&app, Role::Curator).await;
    let id = asks(&app, &author, pair).await;
    let director = world.browser(&app, Role::Director).await;
    assert_eq!(traces(&app, &world, &director, pair, &id).await, Vec::<String>::new());
    let raised = "SELECT COUNT(*) AS n FROM council_matter WHERE kind = 'dispute'";
    assert_eq!(app.count(raised, vec![]).await, 1);
    let decided = "UPDATE council_matter SET decision = 'agreed', decision_words = 'Заменить.', decided_on = ?, \
                   decided_at = ?";
    app.exec(decided, values![app.today(), app.app.clock.now()]).await;
    // The director carries the decision out and still reads none of the author's words.
    let card = director.get(&format!("/petitions/{id}")).await.expect(StatusCode::OK);
    card.shows("Совет наставников 23.11.2026: согласен. Заменить.");
    card.hides(CANARY);
    card.hides(WISH);
    director.get(&format!("/petitions/{id}/pdf")).await.expect(StatusCode::NOT_FOUND);
    let page = director.get(&format!("/pairs/{pair}/replacement")).await.expect(StatusCode::OK);
    page.hides(WISH);
});
