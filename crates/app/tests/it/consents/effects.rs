//! What follows from consents, on the very next request: names in the municipality's lists, history after a move.

use std::io::Read as _;

use axum::http::StatusCode;
use nastavnik::kernel::ids;
use nastavnik::values;
use nastavnik_domain::consent::Kind;
use nastavnik_domain::role::Role;
use uuid::Uuid;

use super::{give, unasked};
use crate::db_test;
use crate::support::{Browser, Page, TestApp, World, a_mentorship};

/// A name that stands nowhere else.
const CANARY: &str = "Канарейкина";

/// A young teacher listed as a candidate, mentored and mentoring: in every list there is.
struct Canary {
    person: Uuid,
    candidate: Uuid,
    pairs: [Uuid; 2],
}

async fn canary(app: &TestApp, world: &World) -> Canary {
    let person = unasked(app, world.school, CANARY).await;
    let candidate = ids::row_id();
    let day: chrono::NaiveDate = "2025-09-10".parse().unwrap();
    app.exec("UPDATE person SET teaching_since = ? WHERE id = ?", values![day, person]).await;
    app.exec(
        "INSERT INTO mentor_candidate (id, person_id, organization_id, capacity, listed_by, listed_at, in_register) \
         VALUES (?, ?, ?, 3, ?, ?, 1)",
        values![candidate, person, world.school, person, app.app.clock.now()],
    )
    .await;
    app.exec(
        "INSERT INTO achievement (id, person_id, title, evidence, achieved_on, recorded_by, recorded_at) \
         VALUES (?, ?, 'Победа', 'приказ 17', ?, ?, ?)",
        values![ids::row_id(), person, day, person, app.app.clock.now()],
    )
    .await;
    app.exec(
        "INSERT INTO journal (id, at, organization_id, kind, subject_kind, subject_id, payload) \
         VALUES (?, ?, ?, 'category_confirmed', 'person', ?, '{}')",
        values![ids::row_id(), app.app.clock.now(), world.school, person],
    )
    .await;
    let tx = app.app.db.begin().await.unwrap();
    let learns = a_mentorship(&tx, world.school, world.people[&Role::Mentor], &[person]).await;
    let mentors = a_mentorship(&tx, world.school, person, &[world.people[&Role::Mentee]]).await;
    tx.commit().await.unwrap();
    Canary { person, candidate, pairs: [learns, mentors] }
}

/// Every list and card by which the department meets people of mentoring, and the files of the lists.
fn addresses(canary: &Canary, world: &World) -> Vec<String> {
    let mut found: Vec<String> = [
        "/",
        "/bank/mentees",
        "/bank/mentees?q=%D0%BA%D0%B0%D0%BD%D0%B0%D1%80%D0%B5%D0%B9",
        "/bank/mentees?sort=-name",
        "/bank/mentees.xlsx",
        "/bank/mentors",
        "/bank/mentors?ready=no",
        "/pairs",
        "/pairs?q=%D0%BA%D0%B0%D0%BD%D0%B0%D1%80%D0%B5%D0%B9",
        "/pairs?sort=mentee",
        "/pairs.xlsx",
        "/indicators",
        "/indicators.xlsx",
        "/indicators/1/denominator",
        "/indicators/1/missing",
        "/indicators/2/numerator",
        "/register",
        "/register?q=%D0%BA%D0%B0%D0%BD%D0%B0%D1%80%D0%B5%D0%B9",
        "/register.xlsx",
        "/mentors",
        "/journal",
    ]
    .map(str::to_owned)
    .to_vec();
    found.push(format!("/bank/mentees/{}", canary.person));
    found.push(format!("/bank/mentors/{}", canary.candidate));
    found.extend(canary.pairs.map(|pair| format!("/pairs/{pair}")));
    found.push(format!("/bank/mentees?organization={}", world.school));
    found
}

/// The words of an answer: of a workbook, all its parts.
fn words(page: &Page) -> String {
    if !page.bytes.starts_with(b"PK") {
        return page.text();
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(page.bytes.clone())).unwrap();
    let mut text = String::new();
    for index in 0..archive.len() {
        let mut part = String::new();
        if archive.by_index(index).unwrap().read_to_string(&mut part).is_ok() {
            text.push_str(&part);
        }
    }
    text
}

/// Addresses at which this reader meets the canary by name.
async fn met(reader: &Browser, canary: &Canary, world: &World) -> Vec<String> {
    let mut met = Vec::new();
    for address in addresses(canary, world) {
        let page = reader.get(&address).await;
        assert!(!page.status.is_server_error(), "{address}");
        // What was typed into the search stands in its field.
        let shown = words(&page).replace("value=\"канарей\"", "");
        if shown.contains(CANARY) {
            met.push(address);
        }
    }
    met
}

db_test!(without_b_the_department_never_meets_the_name, |app: TestApp| async move {
    let world = World::build(&app).await;
    let canary = canary(&app, &world).await;
    let department = world.browser(&app, Role::Department).await;
    assert_eq!(met(&department, &canary, &world).await, Vec::<String>::new());
    department.get("/bank/mentees").await.shows("Не показано: 1 человек");
    department.get("/bank/mentors").await.shows("Не показано: 1 человек");
    department.get(&format!("/bank/mentees/{}", canary.person)).await.expect(StatusCode::NOT_FOUND);
    department.get(&format!("/bank/mentors/{}", canary.candidate)).await.expect(StatusCode::NOT_FOUND);
    // Rows behind a number stay, so that the list has as many; a hidden name is not found by its letters.
    department.get("/pairs").await.shows("имя скрыто");
    department.get("/pairs?q=%D0%BA%D0%B0%D0%BD%D0%B0%D1%80%D0%B5%D0%B9").await.shows("Таких пар нет");
    let list = department.get("/indicators/1/denominator").await;
    list.shows("имя скрыто: нет согласия на передачу данных");
    assert!(!list.text().contains(&canary.person.to_string()), "no way to the card");
    // What rests on employment stays: the staff list and the card.
    department.get("/people").await.shows(CANARY);
    department.get(&format!("/people/{}", canary.person)).await.expect(StatusCode::OK).shows(CANARY);
    // Inside the school everybody sees the colleague.
    for role in [Role::Curator, Role::Director, Role::Council] {
        let reader = world.browser(&app, role).await;
        reader.get("/bank/mentees").await.shows(CANARY);
        reader.get("/pairs").await.shows(CANARY);
    }
    app.browser_of(world.people[&Role::Mentee]).await.get("/pairs").await.shows(CANARY);
});

db_test!(b_opens_the_lists_and_its_withdrawal_closes_them_at_once, |app: TestApp| async move {
    let world = World::build(&app).await;
    let canary = canary(&app, &world).await;
    let department = world.browser(&app, Role::Department).await;
    // Given to another school, it does not speak for this one.
    give(&app, world.other_school, canary.person, Kind::Transfer).await;
    assert_eq!(met(&department, &canary, &world).await, Vec::<String>::new());
    let consent = give(&app, world.school, canary.person, Kind::Transfer).await;
    let open = met(&department, &canary, &world).await;
    for list in [
        "/bank/mentees",
        "/bank/mentees.xlsx",
        "/bank/mentors",
        "/pairs",
        "/pairs.xlsx",
        "/indicators/1/denominator",
        "/register",
        "/register.xlsx",
        "/journal",
    ] {
        assert!(open.iter().any(|address| address == list), "{list} is not among {open:?}");
    }
    assert!(!open.iter().any(|address| address == "/mentors"), "nothing is public without В");
    let own = app.browser_of(canary.person).await;
    own.post(&format!("/own/consents/{consent}/withdrawal"), &[]).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(met(&department, &canary, &world).await, Vec::<String>::new());
});

// The text of Б promises it: a telephone and an address are not passed on.
db_test!(contacts_stay_within_the_organization, |app: TestApp| async move {
    let world = World::build(&app).await;
    let canary = canary(&app, &world).await;
    give(&app, world.school, canary.person, Kind::Transfer).await;
    let contact =
        "UPDATE person SET phone = '+7 912 345-67-89', email = 'kanareika@school.example' WHERE id = ?";
    app.exec(contact, values![canary.person]).await;
    let department = world.browser(&app, Role::Department).await;
    let curator = world.browser(&app, Role::Curator).await;
    for address in ["/bank/mentees.xlsx", "/bank/mentors.xlsx"] {
        let own = words(&curator.get(address).await.expect(StatusCode::OK));
        let passed_on = words(&department.get(address).await.expect(StatusCode::OK));
        assert!(own.contains(CANARY) && passed_on.contains(CANARY), "{address}");
        for contact in ["345-67-89", "kanareika@school.example"] {
            assert!(own.contains(contact), "{address}: the own curator needs {contact}");
            assert!(!passed_on.contains(contact), "{address} passes on {contact}");
        }
    }
    for address in addresses(&canary, &world) {
        let page = words(&department.get(&address).await);
        assert!(!page.contains("345-67-89") && !page.contains("kanareika@"), "{address}");
    }
});

// What a new school's curator reads on the card of somebody who has come from another one.
db_test!(history_goes_along_by_consent_to_continuity_only, |app: TestApp| async move {
    let world = World::build(&app).await;
    let person = unasked(&app, world.other_school, "Перешедшая").await;
    let tx = app.app.db.begin().await.unwrap();
    let pair = a_mentorship(&tx, world.other_school, world.other_teacher, &[person]).await;
    tx.commit().await.unwrap();
    let old = app.browser_of(world.other_curator).await;
    let day: chrono::NaiveDate = "2026-11-01".parse().unwrap();
    app.exec("UPDATE employment SET ended_on = ? WHERE person_id = ?", values![day, person]).await;
    let path = format!("/people/{person}");
    let new_job = "INSERT INTO employment (id, person_id, organization_id, position, started_on, started_precision) \
                   VALUES (?, ?, ?, 'учитель', ?, 'day')";
    app.exec(new_job, values![ids::row_id(), person, world.school, day]).await;
    let curator = world.browser(&app, Role::Curator).await;
    let card = curator.get(&path).await.expect(StatusCode::OK);
    card.shows("Есть сведения из другой организации");
    card.hides("МБОУ «СОШ №2»");
    card.hides("Наставляемый,");
    // The old school keeps its pair and what was there.
    old.get(&format!("/pairs/{pair}")).await.expect(StatusCode::OK).shows("Перешедшая");
    old.get(&path).await.expect(StatusCode::OK).shows("МБОУ «СОШ №2»");
    let consent = give(&app, world.other_school, person, Kind::Continuity).await;
    let card = curator.get(&path).await;
    card.shows("Наставляемый, МБОУ «СОШ №2», с 1 октября 2026 г. по 31 мая 2027 г.");
    card.hides("Есть сведения из другой организации");
    curator.get(&format!("/pairs/{pair}")).await.expect(StatusCode::NOT_FOUND);
    let own = app.browser_of(person).await;
    own.get(&path).await.shows("МБОУ «СОШ №2»");
    own.post(&format!("/own/consents/{consent}/withdrawal"), &[]).await.expect(StatusCode::SEE_OTHER);
    curator.get(&path).await.hides("МБОУ «СОШ №2»");
});
