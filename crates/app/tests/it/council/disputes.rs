//! A dispute does not exist for whoever takes part in the pair: on no page, in no number, in no journal.

use axum::http::{Method, StatusCode};
use nastavnik::kernel::ids;
use nastavnik::values;
use nastavnik_domain::role::Role;
use uuid::Uuid;

use super::sittings::Sitting;
use super::{found, give};
use crate::access::address;
use crate::db_test;
use crate::pairs::stage::id_in;
use crate::support::{Page, Relation, TestApp};

const TRACES: &[&str] =
    &["канареечное разногласие", "О разногласии", "Закрытое заседание", "закрытое", "-ПЗ/"];

fn traces(page: &Page) -> Vec<&'static str> {
    let text = page.text();
    TRACES.iter().copied().filter(|trace| text.contains(trace)).collect()
}

/// A dispute about the pair, as another slice raises it.
async fn dispute(sitting: &Sitting) -> Uuid {
    let (id, app) = (ids::row_id(), &sitting.stage.app);
    let pair: Uuid = sitting.pairs[0].parse().unwrap();
    app.exec(
        "INSERT INTO council_matter (id, organization_id, kind, mentorship_id, subject_id, words, raised_by, raised_at) \
         VALUES (?, ?, 'dispute', ?, ?, 'канареечное разногласие', ?, ?)",
        values![id, sitting.stage.world.school, pair, id, id, app.app.clock.now()],
    )
    .await;
    id
}

db_test!(a_dispute_does_not_exist_for_those_in_the_pair, |app: TestApp| async move {
    let sitting = Sitting::set(&app).await;
    let stage = &sitting.stage;
    // The mentor is the curator and the director, the mentee is a member of the council.
    give(stage, stage.mentor, "curator").await;
    give(stage, stage.mentor, "director").await;
    give(stage, stage.mentee, "council").await;
    let own = [app.browser_of(stage.mentor).await, app.browser_of(stage.mentee).await];
    let before: Vec<String> = vec![own[0].get("/council").await.text(), own[1].get("/council").await.text()];
    let matter = dispute(&sitting).await;
    sitting.council.get("/council").await.shows("канареечное разногласие");
    sitting.council.get("/").await.shows("3 вопроса ждут решения");
    own[1].get("/").await.shows("2 вопроса ждут решения");
    let asked = format!("/council/sittings/new?dispute={matter}");
    own[1].get(&asked).await.expect(StatusCode::NOT_FOUND);
    // It stands on no usual agenda.
    sitting.council.get("/council/sittings/new").await.hides("О разногласии");
    let mixed = [("held_on", "2026-11-23"), ("room", "1"), ("matters", &matter.to_string())];
    sitting.council.post("/council/sittings", &mixed).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    sitting.council.get(&asked).await.expect(StatusCode::OK).shows("Новое закрытое заседание");

    let text = matter.to_string();
    let planned = [("held_on", "2026-11-23"), ("room", "кабинет 5"), ("matters", &text), ("dispute", &text)];
    let path = sitting.council.post("/council/sittings", &planned).await.led_to();
    let path = path.split('?').next().unwrap().to_owned();
    let items = "SELECT i.id FROM council_item i WHERE i.matter_id = ?";
    let items = found(&app, items, values![matter]).await;
    let closed = Sitting { path: path.clone(), items, ..sitting };
    // The mentee is not invited, so three of five are a quorum.
    closed.council.get(&path).await.hides("Новикова Анна Ивановна");
    closed.gather(3).await;
    closed.vote(0, &[("proposal", "agreed"), ("votes_for", "3")]).await.led_to();
    closed.council.post(&format!("{path}/closing"), &[]).await.led_to();
    closed.council.get(&path).await.shows("протокол № 1-ПЗ/2026");
    closed.council.get(&format!("{path}/minutes.pdf")).await.expect(StatusCode::OK);
    closed.stage.curator.get(&path).await.expect(StatusCode::OK);

    let mut objects = closed.stage.world.objects(&app).await;
    let things = objects.get_mut(&Relation::Own).unwrap();
    things.insert("sitting", id_in(&path));
    things.insert("item", closed.items[0].to_string());
    things.insert("pair", closed.pairs[0].clone());
    let mut seen = Vec::new();
    for browser in &own {
        for end in ["", "/minutes.pdf", "/minutes.docx", &format!("/items/{}", closed.items[0])] {
            browser.get(&format!("{path}{end}")).await.expect(StatusCode::NOT_FOUND);
        }
        for entry in app.entries.iter().filter(|entry| entry.method == Method::GET) {
            let Some(address) = address(&objects, entry.path, Relation::Own) else { continue };
            let page = browser.get(&address).await;
            seen.extend(traces(&page).into_iter().map(|trace| format!("{address}: {trace}")));
        }
    }
    assert!(seen.is_empty(), "{seen:#?}");
    // The traces are real: a member outside the pair meets them.
    assert!(!traces(&closed.council.get("/council").await).is_empty());
    // The director who is the mentor counts the same sittings as before.
    let sittings = |text: &str| text.matches("/council/sittings/").count();
    let world_sitting = 1;
    assert_eq!(sittings(&own[0].get("/council").await.text()), sittings(&before[0]) + world_sitting * 2);
    // The director's journal is the organization's: the sitting is told to none.
    let told = "SELECT COUNT(*) AS n FROM journal WHERE kind LIKE 'council_sitting_%' AND subject_id = ? \
                AND organization_id IS NOT NULL";
    let sitting_id: Uuid = id_in(&path).parse().unwrap();
    assert_eq!(app.count(told, values![sitting_id]).await, 0);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM journal WHERE payload LIKE '%ПЗ%'", vec![]).await, 0);
    let director = closed.stage.world.browser(&app, Role::Director).await;
    director.get(&path).await.expect(StatusCode::OK).shows("канареечное разногласие");
});

// A gap among the numbers of usual minutes would tell of a closed sitting.
db_test!(closed_sittings_are_numbered_apart, |app: TestApp| async move {
    let usual = Sitting::set(&app).await;
    let matter = dispute(&usual).await.to_string();
    let planned =
        [("held_on", "2026-11-23"), ("room", "1"), ("matters", matter.as_str()), ("dispute", &matter)];
    let path = usual.council.post("/council/sittings", &planned).await.led_to();
    let closed = Sitting { path: path.split('?').next().unwrap().to_owned(), ..usual };
    closed.gather(3).await;
    closed.council.post(&format!("{}/closing", closed.path), &[]).await.led_to();
    let open = found(&app, "SELECT id FROM council_sitting WHERE closed_at IS NULL", vec![]).await[0];
    let usual = Sitting { path: format!("/council/sittings/{open}"), ..closed };
    usual.gather(3).await;
    usual.council.post(&format!("{}/closing", usual.path), &[]).await.led_to();
    usual.council.get(&usual.path).await.shows("протокол № 1-ПС/2026");
});
