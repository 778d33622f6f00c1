//! Indicators 1 and 2: who sees what, and the numbers move by exactly the people added.

use axum::http::StatusCode;
use chrono::NaiveDate;
use nastavnik::kernel::db;
use nastavnik::kernel::ids;
use nastavnik::values;
use nastavnik_domain::role::Role;
use uuid::Uuid;

use crate::db_test;
use crate::support::{TestApp, World, a_person};

/// Two young specialists in the school, one in the other school of the same municipality.
struct Young {
    first: Uuid,
    second: Uuid,
    other: Uuid,
}

async fn young(app: &TestApp, world: &World) -> Young {
    let tx = app.app.db.begin().await.unwrap();
    let first = a_person(&tx, world.school, "учитель математики", "Канарейкина").await;
    let second = a_person(&tx, world.school, "воспитатель", "Снегирёва").await;
    let other = a_person(&tx, world.other_school, "учитель физики", "Синицына").await;
    tx.commit().await.unwrap();
    for person in [first, second, other] {
        began(app, person, "2025-09-10", "day").await;
    }
    Young { first, second, other }
}

async fn began(app: &TestApp, person: Uuid, day: &str, precision: &str) {
    let day: NaiveDate = day.parse().unwrap();
    let sql = "UPDATE person SET teaching_since = ?, teaching_precision = ? WHERE id = ?";
    app.exec(sql, values![day, precision, person]).await;
}

/// An order signed on the day, with this mentorship in it.
async fn signed_order(app: &TestApp, world: &World, mentorship: Uuid, day: &str) {
    let day: NaiveDate = day.parse().unwrap();
    let (file, document) = (ids::row_id(), ids::row_id());
    let now = app.app.clock.now();
    let tx = app.app.db.begin().await.unwrap();
    db::exec(
        &tx,
        "INSERT INTO file (id, sha256, size_bytes, media_type, name, uploaded_at) VALUES (?, ?, 1, 'application/pdf', 'п', ?)",
        values![file, document.simple().to_string(), now],
    )
    .await
    .unwrap();
    let number = i64::try_from(document.as_u128() & 0xffff_ffff).unwrap();
    db::exec(
        &tx,
        "INSERT INTO document (id, organization_id, kind, year, number, label, dated_on, content, pdf_id, docx_id, \
         issued_by, issued_at, signed_on) VALUES (?, ?, 'appointment_order', 2026, ?, '17-НН/2026', ?, '{}', ?, ?, ?, ?, ?)",
        values![document, world.school, number, day, file, file, world.people[&Role::Curator], now, day],
    )
    .await
    .unwrap();
    db::exec(
        &tx,
        "INSERT INTO document_mentorship (document_id, mentorship_id) VALUES (?, ?)",
        values![document, mentorship],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

/// A mentorship of the mentor of `world` without any paper.
async fn mentorship(app: &TestApp, world: &World, mentee: Uuid) -> Uuid {
    let id = ids::row_id();
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let mentor = world.people[&Role::Mentor];
    app.exec(
        "INSERT INTO mentorship (id, organization_id, mentor_id, form, kinds, model, starts_on, ends_on, created_by, \
         created_at) VALUES (?, ?, ?, 'teacher_teacher', '[\"traditional\"]', 'experienced_young', ?, ?, ?, ?)",
        values![id, world.school, mentor, day("2026-10-01"), day("2027-05-31"), mentor, app.app.clock.now()],
    )
    .await;
    app.exec("INSERT INTO mentorship_mentee (mentorship_id, person_id) VALUES (?, ?)", values![id, mentee])
        .await;
    id
}

db_test!(who_may_not_read_numbers_sees_no_page, |app: TestApp| async move {
    let world = World::build(&app).await;
    app.anonymous().get("/indicators").await.expect(StatusCode::SEE_OTHER);
    for role in [Role::Mentor, Role::Mentee, Role::Psychologist, Role::Tutor, Role::Administrator] {
        let browser = world.browser(&app, role).await;
        for path in ["/indicators", "/indicators.xlsx", "/indicators/1/numerator", "/indicators/2/missing"] {
            browser.get(path).await.expect(StatusCode::NOT_FOUND);
        }
    }
});

db_test!(region_and_centers_see_numbers_and_no_names, |app: TestApp| async move {
    let world = World::build(&app).await;
    let young = young(&app, &world).await;
    let pair = mentorship(&app, &world, young.first).await;
    signed_order(&app, &world, pair, "2026-10-05").await;
    for role in [Role::Region, Role::SupportCenter, Role::ResourceCenter, Role::Union] {
        let browser = world.browser(&app, role).await;
        let page = browser.get("/indicators").await.expect(StatusCode::OK);
        page.shows("1 из");
        for secret in ["Канарейкина", "Снегирёва", "Синицына", "Рольmentor", "/indicators/1/"]
        {
            assert!(!page.text().contains(secret), "{role:?} sees {secret}");
        }
        for list in ["numerator", "denominator", "missing", "unknown", "literal"] {
            browser.get(&format!("/indicators/1/{list}")).await.expect(StatusCode::NOT_FOUND);
        }
        browser.get("/indicators/2/numerator").await.expect(StatusCode::NOT_FOUND);
        let workbook = browser.get("/indicators.xlsx").await.expect(StatusCode::OK);
        assert!(workbook.bytes.starts_with(b"PK"));
    }
    world.browser(&app, Role::Region).await.get("/indicators").await.shows("Город Дальний");
});

db_test!(another_organization_does_not_exist, |app: TestApp| async move {
    let world = World::build(&app).await;
    young(&app, &world).await;
    let curator = world.browser(&app, Role::Curator).await;
    let path = |id: Uuid| format!("/indicators/1/denominator?organization={id}");
    curator.get(&path(world.other_school)).await.expect(StatusCode::NOT_FOUND);
    curator.get(&path(world.school)).await.expect(StatusCode::OK).shows("Канарейкина");
    curator.get("/indicators/1/denominator").await.hides("Синицына");
    let department = world.browser(&app, Role::Department).await;
    department.get(&path(world.other_school)).await.expect(StatusCode::OK).shows("Синицына");
    department.get(&path(world.far_school)).await.expect(StatusCode::NOT_FOUND);
    curator.get("/indicators/1/everybody").await.expect(StatusCode::NOT_FOUND);
});

db_test!(a_signed_order_moves_the_numerator_by_exactly_one, |app: TestApp| async move {
    let world = World::build(&app).await;
    let young = young(&app, &world).await;
    let department = world.browser(&app, Role::Department).await;
    let shown = async |path: &str| department.get(path).await.expect(StatusCode::OK);
    shown("/indicators").await.shows("0 из 3 молодых специалистов с наставником");
    let pair = mentorship(&app, &world, young.first).await;
    let page = shown("/indicators").await;
    page.shows("0 из 3 молодых специалистов с наставником");
    shown("/indicators/1/missing").await.shows("Пара готовится");
    signed_order(&app, &world, pair, "2026-10-05").await;
    let page = shown("/indicators").await;
    page.shows("1 из 3 молодых специалистов с наставником");
    page.shows("33,3 %");
    page.shows("до цели ещё 2 человека");
    let list = shown("/indicators/1/numerator").await;
    list.shows("Канарейкина Анна Ивановна");
    list.shows("опыт 1 год 2 месяца (с 10.09.2025)");
    list.shows("приказ № 17-НН/2026 от 05.10.2026");
    list.hides("Снегирёва Анна");
    shown("/indicators/1/missing").await.shows("Снегирёва Анна Ивановна");
    shown("/indicators/2/numerator").await.shows("приказ № 17-НН/2026");
});

db_test!(numbers_are_as_of_the_day, |app: TestApp| async move {
    let world = World::build(&app).await;
    let young = young(&app, &world).await;
    let pair = mentorship(&app, &world, young.first).await;
    signed_order(&app, &world, pair, "2026-10-05").await;
    let director = world.browser(&app, Role::Director).await;
    director.get("/indicators?on=2026-10-04").await.shows("0 из 2 молодых");
    director.get("/indicators?on=2026-10-05").await.shows("1 из 2 молодых");
    let day: NaiveDate = "2026-11-01".parse().unwrap();
    app.exec("UPDATE mentorship SET ended_on = ? WHERE id = ?", values![day, pair]).await;
    director.get("/indicators?on=2026-10-31").await.shows("1 из 2 молодых");
    director.get("/indicators?on=2026-11-01").await.shows("0 из 2 молодых");
    app.exec("UPDATE employment SET ended_on = ? WHERE person_id = ?", values![day, young.second]).await;
    director.get("/indicators?on=2026-10-31").await.shows("1 из 2 молодых");
    director.get("/indicators").await.shows("0 из 1 молодых");
    director.get("/indicators?on=2027-05-31").await.shows("Этот день ещё не наступил");
    director.get("/indicators?on=2020-01-01").await.shows("Показаны числа на сегодня");
    director.get("/indicators?on=31.12").await.shows("Такого дня нет");
});

db_test!(a_withdrawn_order_counts_for_nothing, |app: TestApp| async move {
    let world = World::build(&app).await;
    let young = young(&app, &world).await;
    let pair = mentorship(&app, &world, young.first).await;
    signed_order(&app, &world, pair, "2026-10-05").await;
    app.exec("UPDATE document SET canceled_at = ? WHERE label = '17-НН/2026'", values![app.app.clock.now()])
        .await;
    let director = world.browser(&app, Role::Director).await;
    director.get("/indicators").await.shows("0 из 2 молодых");
});

db_test!(the_literal_reading_stands_beside_the_strict_one, |app: TestApp| async move {
    let world = World::build(&app).await;
    let young = young(&app, &world).await;
    // An experienced teacher and a young kindergarten teacher are mentored: strictly only the latter counts.
    for mentee in [world.people[&Role::Mentee], young.second] {
        let pair = mentorship(&app, &world, mentee).await;
        signed_order(&app, &world, pair, "2026-10-05").await;
    }
    let page = world.browser(&app, Role::Director).await.get("/indicators").await;
    page.shows("1 из 2 молодых специалистов с наставником");
    page.shows("Только учителя 0 % 0 из 1");
    page.shows("По букве приказа 200 % 2 из 1");
});

db_test!(organizations_add_up_to_the_municipality, |app: TestApp| async move {
    let world = World::build(&app).await;
    let young = young(&app, &world).await;
    let pair = mentorship(&app, &world, young.first).await;
    signed_order(&app, &world, pair, "2026-10-05").await;
    let page = world.browser(&app, Role::Department).await.get("/indicators").await;
    page.shows("МБОУ «СОШ №1» школа 2 1 1 50 % 1 наставник");
    page.shows("МБОУ «СОШ №2» школа 1 0 1 0 % пока нет");
    page.shows("Всего 3 1 2 33,3 % 1, дали 1 из 4");
    page.shows("1 из 4 организаций дали наставников");
});

db_test!(unknown_and_vague_dates_are_told, |app: TestApp| async move {
    let world = World::build(&app).await;
    let young = young(&app, &world).await;
    app.exec("UPDATE person SET teaching_since = NULL WHERE id = ?", values![young.first]).await;
    began(&app, young.second, "2023-06-01", "year").await;
    let curator = world.browser(&app, Role::Curator).await;
    let page = curator.get("/indicators").await;
    page.shows("У 1 человека неизвестна дата начала стажа: в число молодых они не вошли");
    page.shows("У 1 человека известен только год или месяц начала стажа");
    curator.get("/indicators/1/unknown").await.shows("Канарейкина");
    let vague = curator.get("/indicators/1/vague").await;
    vague.shows("преподаёт с 2023 года; точная дата неизвестна");
    vague.hides("Канарейкина");
    curator.get("/indicators").await.shows("0 из 1 молодых");
    app.exec("UPDATE person SET archived_at = ? WHERE id = ?", values![app.app.clock.now(), young.other])
        .await;
});

// The size of the city: everything in a constant number of queries and well under a second even unoptimised.
db_test!(a_city_of_seventeen_hundred_is_counted_at_once, |app: TestApp| async move {
    let world = World::build(&app).await;
    let tx = app.app.db.begin().await.unwrap();
    let mut people = Vec::new();
    for number in 0..1_700 {
        let organization = if number % 2 == 0 { world.school } else { world.other_school };
        people.push(a_person(&tx, organization, "учитель", &format!("Горожанин{number}")).await);
    }
    tx.commit().await.unwrap();
    let half: Vec<Uuid> = people.iter().copied().step_by(2).collect();
    let day: NaiveDate = "2025-09-01".parse().unwrap();
    for person in &half {
        app.exec("UPDATE person SET teaching_since = ? WHERE id = ?", values![day, *person]).await;
    }
    let department = world.browser(&app, Role::Department).await;
    department.get("/indicators").await.expect(StatusCode::OK);
    let before = std::time::Instant::now();
    department.get("/indicators").await.shows("0 из 850 молодых специалистов");
    let took = before.elapsed();
    println!("1 700 people: {took:?}");
    assert!(took < std::time::Duration::from_secs(3), "{took:?}");
});
