//! Requests of potential mentees: what is told, who reads it, and that wishes reach nobody but the curator.

use axum::http::StatusCode;
use chrono::Duration;
use nastavnik::kernel::ids;
use nastavnik::values;
use nastavnik_domain::role::Role;
use uuid::Uuid;

use crate::db_test;
use crate::support::{Browser, TestApp, World, a_person};

const OWN: &str = "/own/request";
/// What the author wishes in their own words: searched for on every page of everybody.
const CANARY: &str = "КАНАРЕЙКАПОЖЕЛАНИЕ";

#[derive(sea_orm::FromQueryResult)]
struct Id {
    id: Uuid,
}

async fn request_id(app: &TestApp) -> Uuid {
    let sql = "SELECT id FROM mentee_request ORDER BY answered_at DESC";
    let row: Option<Id> = nastavnik::kernel::db::one(app.app.db.reader(), sql, vec![]).await.unwrap();
    row.unwrap().id
}

async fn rows(app: &TestApp) -> u64 {
    app.count("SELECT COUNT(*) AS n FROM mentee_request", vec![]).await
}

const ASKED: [(&str, &str); 5] = [
    ("answer", "needed"),
    ("domains", "4"),
    ("domains", "5"),
    ("formats", "meetings"),
    ("formats", "lesson_visits"),
];

/// The mentee of the world asks for help, with wishes about a colleague and the curator.
async fn asked(app: &TestApp, world: &World) -> Browser {
    let mentee = world.browser(app, Role::Mentee).await;
    let wanted = world.people[&Role::Union].to_string();
    let curator = world.people[&Role::Curator].to_string();
    let wishes = [("wanted_1", wanted.as_str()), ("unwanted_2", &curator), ("wish_words", CANARY)];
    let fields = [&ASKED[..], &wishes[..], &[("words", "Трудно удержать внимание седьмого класса")]].concat();
    mentee.post(OWN, &fields).await.expect(StatusCode::SEE_OTHER);
    mentee
}

db_test!(a_request_keeps_to_its_limits, |app: TestApp| async move {
    let world = World::build(&app).await;
    let mentee = world.browser(&app, Role::Mentee).await;
    let refused = async |fields: &[(&str, &str)], words: &str| {
        mentee.post(OWN, fields).await.expect(StatusCode::UNPROCESSABLE_ENTITY).shows(words);
    };
    refused(&[], "Выберите ответ в поле «Нужна ли помощь»").await;
    refused(&[("answer", "needed")], "от одной до трёх областей").await;
    let four: Vec<_> = ["1", "2", "3", "4"].map(|number| ("domains", number)).to_vec();
    refused(
        &[&[("answer", "needed"), ("formats", "meetings")], &four[..]].concat(),
        "не больше трёх областей",
    )
    .await;
    refused(&[("answer", "needed"), ("domains", "9"), ("formats", "meetings")], "нет в списке").await;
    let colleague = world.people[&Role::Mentor].to_string();
    let both = [("wanted_1", colleague.as_str()), ("unwanted_1", colleague.as_str())];
    refused(&[&ASKED[..], &both[..]].concat(), "и в «хотелось бы», и в «не предлагать»").await;
    // Neither oneself nor somebody of another school is among the colleagues offered.
    for stranger in [world.people[&Role::Mentee], world.other_teacher] {
        let stranger = stranger.to_string();
        refused(&[&ASKED[..], &[("wanted_1", stranger.as_str())]].concat(), "нет в списке").await;
    }
    // What was typed stays.
    let page = mentee.post(OWN, &[("answer", "needed"), ("words", "Проектная работа")]).await;
    page.shows("Проектная работа");
    assert_eq!(rows(&app).await, 0);
    // Requests are collected from pedagogical workers.
    let director = world.browser(&app, Role::Director).await;
    director.get(OWN).await.expect(StatusCode::OK).shows("Запросы собирают у педагогов");
    director.post(OWN, &ASKED).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(rows(&app).await, 0);
});

db_test!(a_request_is_changed_until_the_year_is_over_and_then_only_read, |app: TestApp| async move {
    let world = World::build(&app).await;
    let mentee = asked(&app, &world).await;
    let page = mentee.get(OWN).await.expect(StatusCode::OK);
    page.shows("просит о помощи");
    page.shows("В ваших пожеланиях назван куратор. Он прочитает их сам");
    page.shows("только куратор (Рольcurator А. И.)");
    // A second window knows nothing of the first.
    mentee.post(OWN, &ASKED).await.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("в другом окне");
    mentee.post(OWN, &[("answer", "not_needed"), ("version", "1")]).await.expect(StatusCode::SEE_OTHER);
    let page = mentee.get(OWN).await;
    page.shows("помощь сейчас не нужна");
    page.hides("назван куратор");
    let left = app.count("SELECT COUNT(*) AS n FROM request_wish", vec![]).await
        + app.count("SELECT COUNT(*) AS n FROM request_domain", vec![]).await;
    assert_eq!((rows(&app).await, left), (1, 0));
    let again = [&ASKED[..], &[("version", "2"), ("words", "Всё же нужна")]].concat();
    let key = ids::form_key();
    mentee.post_keyed(OWN, &again, key).await.expect(StatusCode::SEE_OTHER);
    mentee.post_keyed(OWN, &again, key).await.expect(StatusCode::SEE_OTHER);
    app.advance(Duration::days(365));
    let mentee = app.browser_of(world.people[&Role::Mentee]).await;
    let page = mentee.get(OWN).await;
    page.shows("Прошлые годы");
    page.shows("Всё же нужна");
    page.hides("отправлено");
    mentee.post(OWN, &[("answer", "not_needed"), ("version", "3")]).await.expect(StatusCode::SEE_OTHER);
    let old = "SELECT COUNT(*) AS n FROM mentee_request WHERE year_start = 2026 AND is_needed = 1";
    assert_eq!((rows(&app).await, app.count(old, vec![]).await), (2, 1));
});

db_test!(only_the_curator_of_the_school_reads_requests, |app: TestApp| async move {
    let world = World::build(&app).await;
    asked(&app, &world).await;
    let card = format!("/requests/{}", request_id(&app).await);
    let other = app.browser_of(world.other_curator).await;
    other.get(&card).await.expect(StatusCode::NOT_FOUND);
    other.get("/requests").await.expect(StatusCode::OK).hides("Рольmentee");
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Curator) {
        let browser = world.browser(&app, role).await;
        for path in ["/requests", "/requests.xlsx", &card] {
            browser.get(path).await.expect(StatusCode::NOT_FOUND);
        }
    }
    let curator = world.browser(&app, Role::Curator).await;
    let page = curator.get("/requests").await.expect(StatusCode::OK);
    page.shows("Рольmentee Анна Ивановна");
    page.shows("Д4 Ученики и родители, Д5 Методика");
    page.hides(CANARY);
    let page = curator.get(&card).await.expect(StatusCode::OK);
    page.shows("Трудно удержать внимание седьмого класса");
    page.shows(CANARY);
    page.shows("Рольunion Анна Ивановна");
    page.shows("Среди названных – вы сами");
    curator.get("/requests?domain=4&answer=needed").await.shows("Показаны 1–1 из 1");
    curator.get("/requests?domain=1").await.shows("Никого не нашлось");
    curator.get("/requests?format=group").await.shows("Никого не нашлось");
});

db_test!(wishes_are_on_no_page_of_anybody_else, |app: TestApp| async move {
    let world = World::build(&app).await;
    asked(&app, &world).await;
    let card = format!("/requests/{}", request_id(&app).await);
    // Every page and every download without a parameter, as everybody; and those with one about this very person.
    let mentee = world.people[&Role::Mentee];
    let mut paths: Vec<String> = app
        .entries
        .iter()
        .filter(|entry| entry.method == axum::http::Method::GET && !entry.path.contains('{'))
        .map(|entry| entry.path.to_owned())
        .collect();
    paths.extend([
        format!("/people/{mentee}"),
        format!("/bank/mentees/{mentee}"),
        format!("/pairs/{}", world.mentorship),
        format!("/pairs/{}/edit", world.mentorship),
        card.clone(),
    ]);
    assert!(paths.len() > 30, "{}", paths.len());
    for role in Role::ALL {
        let browser = world.browser(&app, role).await;
        let reads = |path: &str| match role {
            Role::Mentee => path == OWN,
            Role::Curator => path == card,
            _ => false,
        };
        for path in &paths {
            let page = browser.get(path).await;
            assert!(!page.status.is_server_error(), "{path} as {}", role.code());
            assert_eq!(page.text().contains(CANARY), reads(path), "{path} as {}", role.code());
        }
    }
    // Nor does the journal or a kept form know them.
    let canary = format!("%{CANARY}%");
    for sql in [
        "SELECT COUNT(*) AS n FROM journal WHERE payload LIKE ?",
        "SELECT COUNT(*) AS n FROM idempotency WHERE location LIKE ? OR notice LIKE ?",
    ] {
        let marks = sql.matches('?').count();
        assert_eq!(app.count(sql, vec![canary.clone().into(); marks]).await, 0, "{sql}");
    }
    let wished = format!("%{}%", world.people[&Role::Union]);
    let told = "SELECT COUNT(*) AS n FROM journal WHERE kind = 'help_request_saved' AND payload LIKE ?";
    assert_eq!(app.count(told, values![wished]).await, 0);
});

/// A mentor of the school strong in the domain, ready, with so many places.
async fn strong_mentor(app: &TestApp, world: &World, surname: &str, places: i64) {
    let tx = app.app.db.begin().await.unwrap();
    let person = a_person(&tx, world.school, "учитель", surname).await;
    tx.commit().await.unwrap();
    let (candidate, by) = (ids::row_id(), world.people[&Role::Curator]);
    let now = app.app.clock.now();
    app.exec(
        "INSERT INTO mentor_candidate (id, person_id, organization_id, capacity, listed_by, listed_at) \
         VALUES (?, ?, ?, ?, ?, ?)",
        values![candidate, person, world.school, places, by, now],
    )
    .await;
    app.exec("INSERT INTO mentor_strength (candidate_id, domain) VALUES (?, 4)", values![candidate]).await;
    app.exec(
        "INSERT INTO achievement (id, person_id, title, evidence, recorded_by, recorded_at) \
         VALUES (?, ?, 'Победа', 'приказ 17', ?, ?)",
        values![ids::row_id(), person, by, now],
    )
    .await;
}

db_test!(the_gap_between_demand_and_own_mentors_is_seen, |app: TestApp| async move {
    let world = World::build(&app).await;
    asked(&app, &world).await;
    let union = world.browser(&app, Role::Union).await;
    let fields = [("answer", "needed"), ("domains", "4"), ("formats", "correspondence")];
    union.post(OWN, &fields).await.expect(StatusCode::SEE_OTHER);
    strong_mentor(&app, &world, "Сильная", 1).await;
    strong_mentor(&app, &world, "Занятая", 0).await;
    let curator = world.browser(&app, Role::Curator).await;
    let page = curator.get("/requests").await.expect(StatusCode::OK);
    page.shows("Д4 Ученики и родители 2 : Д4 Ученики и родители, кто просит 1 : Д4 Ученики и родители, наставники 1 место не хватает мест: 1");
    page.shows("Д5 Методика 1");
    assert!(page.text().contains("/register?domain=4"));
    strong_mentor(&app, &world, "Свободная", 2).await;
    curator.get("/requests").await.shows("своих хватает");
    curator.get("/bank/mentors?domain=4&ready=yes&places=free").await.shows("Показаны 1–2 из 2");
});

db_test!(those_in_need_are_reminded_until_they_answer, |app: TestApp| async move {
    let world = World::build(&app).await;
    let tx = app.app.db.begin().await.unwrap();
    let young = a_person(&tx, world.school, "учитель", "Молодая").await;
    tx.commit().await.unwrap();
    let since: chrono::NaiveDate = "2026-09-01".parse().unwrap();
    app.exec("UPDATE person SET teaching_since = ? WHERE id = ?", values![since, young]).await;
    let line = "Расскажите, какая помощь нужна";
    let curator = world.browser(&app, Role::Curator).await;
    curator.get("/").await.shows("0 из");
    curator.get("/requests?answer=none&need=any").await.shows("Молодая Анна Ивановна");
    world.browser(&app, Role::Union).await.get("/").await.hides(line);
    for person in [young, world.people[&Role::Mentee]] {
        let browser = app.browser_of(person).await;
        browser.get("/").await.shows(line);
        browser.post(OWN, &[("answer", "not_needed")]).await.expect(StatusCode::SEE_OTHER);
        browser.get("/").await.hides(line);
    }
    curator.get("/").await.shows("2 из");
    curator.get("/requests?answer=none&need=any").await.shows("Никого не нашлось");
});
