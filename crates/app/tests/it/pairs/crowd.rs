//! A crowd of curators at one mentor: 64 of eight organizations at once, again and again, and never a mentee too many.

use axum::http::StatusCode;
use nastavnik::places::{self, NewGrant, NewOrganization};
use nastavnik::values;
use nastavnik_domain::role::Role;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::stage::{Fields, Stage, day, error_at};
use crate::db_test;
use crate::support::{Browser, Page, TestApp, a_person};

const ORGANIZATIONS: usize = 8;
const CURATORS_IN_EACH: usize = 8;
/// How many times they press together; `NASTAVNIK_ROUNDS` changes it (200 is the promise, shown before a release).
const ROUNDS: u64 = 50;
const PLACES: i64 = 3;

/// Known to the other organizations by name only.
const MENTOR: &str = "Желанная";

/// A curator with the form that asks for the mentor everybody asks for.
struct Wish {
    curator: Browser,
    form: Fields,
}

// Whoever comes first takes the places, everybody else is told that none is left.
db_test!(a_crowd_of_curators_never_takes_more_places_than_there_are, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let mentor = stage.worker("учитель", MENTOR).await;
    stage.list_mentor(mentor, stage.world.school, PLACES).await;
    let crowd = crowd(&stage, mentor).await;
    assert_eq!(crowd.len(), 64);
    let rounds = std::env::var("NASTAVNIK_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(ROUNDS);
    for round in 0..rounds {
        let pages = all_at_once(&crowd).await;
        let taken = pages.iter().filter(|page| page.status == StatusCode::SEE_OTHER).count();
        assert_eq!(taken, 3, "round {round}: pairs formed with a mentor of 3 places");
        for page in pages.into_iter().filter(|page| page.status != StatusCode::SEE_OTHER) {
            let page = page.expect(StatusCode::UNPROCESSABLE_ENTITY);
            assert!(error_at(&page, "mentor").unwrap().contains("нужно 1, свободно 0"), "round {round}");
        }
        let mentees = "SELECT COUNT(*) AS n FROM mentorship_mentee x JOIN mentorship m ON m.id = x.mentorship_id \
                       WHERE m.mentor_id = ? AND m.withdrawn_at IS NULL";
        assert_eq!(app.count(mentees, values![mentor]).await, 3, "round {round}");
        clear(&app, mentor).await;
    }
    let formed = "SELECT COUNT(*) AS n FROM journal j JOIN mentorship m ON m.id = j.subject_id \
                  WHERE j.kind = 'pair_formed' AND m.mentor_id = ?";
    assert_eq!(app.count(formed, values![mentor]).await, 3 * rounds, "what was refused left no trace");
});

/// Everybody presses the button.
async fn all_at_once(crowd: &[Wish]) -> Vec<Page> {
    let mut tasks = JoinSet::new();
    for wish in crowd {
        let (curator, form) = (wish.curator.clone(), wish.form.clone());
        tasks.spawn(async move { curator.post("/pairs", &form.pairs()).await });
    }
    tasks.join_all().await
}

/// The places are free again.
async fn clear(app: &TestApp, mentor: Uuid) {
    let now = app.app.clock.now();
    app.exec("UPDATE mentorship SET withdrawn_at = ? WHERE mentor_id = ?", values![now, mentor]).await;
}

/// Curators of the mentor's own school and of seven others, each with a mentee of their own.
async fn crowd(stage: &Stage, mentor: Uuid) -> Vec<Wish> {
    let mut crowd = Vec::new();
    for number in 0..ORGANIZATIONS {
        let is_own = number == 0;
        let organization = if is_own { stage.world.school } else { school(stage, number).await };
        let agreement = if is_own { None } else { Some(stage.agreement(organization).await) };
        for curator in 0..CURATORS_IN_EACH {
            let (curator, mentee) = people(stage, organization, &format!("{number}к{curator}")).await;
            let form = stage.fields().set("organization", organization.to_string());
            let form = form.set("mentees", mentee.to_string());
            let form = match agreement {
                None => form.set("mentor", mentor.to_string()),
                Some(agreement) => from_outside(form, agreement),
            };
            crowd.push(Wish { curator: stage.app.browser_of(curator).await, form });
        }
    }
    crowd
}

/// A mentor of another organization is named in full and rests on an agreement between both (C2).
fn from_outside(form: Fields, agreement: Uuid) -> Fields {
    let form = form.without("mentor").set("outside_mentor", format!("{MENTOR} Анна Ивановна"));
    form.set("agreement", agreement.to_string())
}

async fn school(stage: &Stage, number: usize) -> Uuid {
    let name = format!("МБОУ «Лицей №{number}»");
    let new = NewOrganization {
        territory: stage.world.municipality,
        region: stage.world.region,
        kind: "school",
        short_name: &name,
        full_name: &name,
        place: "",
    };
    let tx = stage.app.app.db.begin().await.unwrap();
    let id = places::add_organization(&tx, new).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// A curator and somebody who needs a mentor.
async fn people(stage: &Stage, organization: Uuid, name: &str) -> (Uuid, Uuid) {
    let deputy = "заместитель директора по учебно-воспитательной работе";
    let tx = stage.app.app.db.begin().await.unwrap();
    let curator = a_person(&tx, organization, deputy, &format!("Куратор{name}")).await;
    let mentee = a_person(&tx, organization, "учитель", &format!("Ждущая{name}")).await;
    let grant = NewGrant {
        person: curator,
        organization,
        role: Role::Curator.code(),
        act_number: "1-к",
        act_on: day("2026-09-01"),
        started_on: day("2026-09-01"),
        granted_by: None,
    };
    places::add_grant(&tx, &grant).await.unwrap();
    tx.commit().await.unwrap();
    (curator, mentee)
}
