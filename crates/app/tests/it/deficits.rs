//! The city's map of deficits and strengths: numbers within reach, nothing of small groups, one query.

use axum::http::{StatusCode, header};
use nastavnik::kernel::db;
use nastavnik::kernel::ids;
use nastavnik::values;
use nastavnik_domain::role::Role;
use uuid::Uuid;

use crate::db_test;
use crate::support::{TestApp, World, a_mentorship, a_person, workbook};

/// A completed sheet of somebody new: deficits and strengths by the number of the domain.
async fn answer(app: &TestApp, organization: Uuid, wave: &str, deficits: &[i64], strengths: &[i64]) {
    let now = app.app.clock.now();
    let tx = app.app.db.begin().await.unwrap();
    let person = a_person(&tx, organization, "учитель", "Ответившая").await;
    let sheet = ids::row_id();
    db::exec(
        &tx,
        "INSERT INTO diagnosis (id, person_id, organization_id, year_start, wave, view, author_id, begun_at, \
         completed_at) VALUES (?, ?, ?, 2026, ?, 'own', ?, ?, ?)",
        values![sheet, person, organization, wave, person, now, now],
    )
    .await
    .unwrap();
    for domain in 1_i64..=8 {
        let flag = |list: &[i64]| i64::from(list.contains(&domain));
        db::exec(
            &tx,
            "INSERT INTO diagnosis_domain (diagnosis_id, domain, mean_hundredths, is_deficit, is_strength) \
             VALUES (?, ?, 200, ?, ?)",
            values![sheet, domain, flag(deficits), flag(strengths)],
        )
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
}

db_test!(those_without_the_right_have_no_map_and_an_empty_city_says_what_to_do, |app: TestApp| async move {
    let world = World::build(&app).await;
    for role in
        [Role::Mentor, Role::Mentee, Role::Psychologist, Role::Union, Role::Tutor, Role::Administrator]
    {
        let browser = world.browser(&app, role).await;
        browser.get("/deficits").await.expect(StatusCode::NOT_FOUND);
        browser.get("/deficits.xlsx").await.expect(StatusCode::NOT_FOUND);
    }
    let department = world.browser(&app, Role::Department).await;
    let page = department.get("/deficits").await.expect(StatusCode::OK);
    page.shows("на вопросы ещё никто не ответил");
    department.get("/").await.shows("Карта дефицитов");
    assert!(department.get("/deficits.xlsx").await.expect(StatusCode::OK).bytes.starts_with(b"PK"));
});

db_test!(the_conclusion_counts_completed_own_sheets_of_the_newest_wave, |app: TestApp| async move {
    let world = World::build(&app).await;
    for number in 0..8 {
        let deficits: &[i64] = if number < 3 { &[4, 2] } else { &[] };
        answer(&app, world.school, "entry", deficits, &[3]).await;
    }
    answer(&app, world.school, "final", &[1], &[]).await;
    // Neither a sheet under way, nor a refused one, nor a mentor's view, nor another year counts.
    for (column, value) in [("completed_at", "NULL"), ("view", "'mentor'"), ("year_start", "2025")] {
        answer(&app, world.school, "entry", &[4], &[]).await;
        let newest = format!(
            "UPDATE diagnosis SET first_visit_on = '2026-11-02', second_visit_on = '2026-11-09', {column} = {value} \
             WHERE id = (SELECT id FROM diagnosis ORDER BY id DESC LIMIT 1)"
        );
        app.exec(&newest, vec![]).await;
    }
    let department = world.browser(&app, Role::Department).await;
    let page = department.get("/deficits").await.expect(StatusCode::OK);
    page.shows("Чаще всего нужна помощь: Д2 «Право и документы» – 38 % ответивших");
    page.shows("МБОУ «СОШ №1» 8");
    page.shows("2.1 Семинар «Правовая защищенность педагога»");
    page.shows("1.10 Индивидуальное консультирование по запросу");
    page.hides("Ответившая");
    let strengths = department.get("/deficits?show=strengths").await.expect(StatusCode::OK);
    strengths.shows("Чаще всего сильны: Д3 «Предмет» – 100 % ответивших");
    strengths.hides("Какие события города");
    let last = department.get("/deficits?wave=final").await.expect(StatusCode::OK);
    last.shows("Ответили пока немногие");
    last.hides("Чаще всего нужна помощь");
    for senseless in ["/deficits?show=x&wave=y", "/deficits?wave=middle", "/deficits?wave="] {
        department.get(senseless).await.expect(StatusCode::OK).shows("Д2 «Право и документы» – 38 %");
    }
    let book = department.get("/deficits.xlsx?show=strengths").await.expect(StatusCode::OK);
    assert!(book.headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment"));
});

db_test!(a_frequent_deficit_without_an_event_is_told, |app: TestApp| async move {
    let world = World::build(&app).await;
    for _ in 0..6 {
        answer(&app, world.school, "entry", &[1], &[]).await;
    }
    let page = world.browser(&app, Role::Director).await.get("/deficits").await.expect(StatusCode::OK);
    page.shows("Д1 Научные основы 100 % мероприятия нет");
    page.shows("подумайте, что добавить");
});

db_test!(small_groups_are_hidden_and_totals_do_not_give_them_away, |app: TestApp| async move {
    let world = World::build(&app).await;
    for _ in 0..6 {
        answer(&app, world.school, "entry", &[4], &[]).await;
    }
    for _ in 0..4 {
        answer(&app, world.other_school, "entry", &[6], &[6]).await;
    }
    let department = world.browser(&app, Role::Department).await;
    for address in ["/deficits", "/deficits?show=strengths"] {
        let page = department.get(address).await.expect(StatusCode::OK);
        page.shows("МБОУ «СОШ №1»");
        page.hides("МБОУ «СОШ №2»");
        page.shows("Меньше чем 5 человек ответили в 1 организации");
    }
    department.get("/deficits").await.shows("Д6 Цифровая среда 0 %");
    let small = app.browser_of(world.other_curator).await;
    small.get("/deficits").await.expect(StatusCode::OK).shows("Ответили пока немногие");
    answer(&app, world.other_school, "entry", &[6], &[6]).await;
    let page = department.get("/deficits").await;
    page.shows("МБОУ «СОШ №2» 5");
    page.shows("Вместе 11");
    let book = workbook(&department.get("/deficits.xlsx").await);
    assert_eq!(book.len(), 4);
    assert_eq!(book[3][1..4], ["Вместе", "11", "0"]);
});

db_test!(nobody_sees_numbers_beyond_their_reach, |app: TestApp| async move {
    let world = World::build(&app).await;
    for organization in [world.school, world.other_school, world.far_school] {
        for _ in 0..5 {
            answer(&app, organization, "entry", &[4], &[]).await;
        }
    }
    let (one, two, far) = ("МБОУ «СОШ №1» 5", "МБОУ «СОШ №2» 5", "МБОУ «Дальняя СОШ»");
    for role in [Role::Director, Role::Curator, Role::Council] {
        let page = world.browser(&app, role).await.get("/deficits").await.expect(StatusCode::OK);
        page.shows(one);
        page.hides("МБОУ «СОШ №2»");
        page.hides("Вместе");
    }
    for role in [Role::Department, Role::SupportCenter, Role::ResourceCenter] {
        let page = world.browser(&app, role).await.get("/deficits").await.expect(StatusCode::OK);
        page.shows(one);
        page.shows(two);
        page.hides(far);
    }
    let region = world.browser(&app, Role::Region).await.get("/deficits").await.expect(StatusCode::OK);
    region.shows("МБОУ «Дальняя СОШ» Город Дальний 5");
    region.shows("Вместе 15");
});

// How many statements a page sends depends on the page, never on how much it shows.
db_test!(the_number_of_queries_does_not_grow_with_the_rows, |app: TestApp| async move {
    let world = World::build(&app).await;
    let department = world.browser(&app, Role::Department).await;
    let curator = world.browser(&app, Role::Curator).await;
    let pages = [
        (&department, "/deficits"),
        (&department, "/deficits?show=strengths"),
        (&department, "/deficits.xlsx"),
        (&department, "/bank/mentees"),
        (&department, "/bank/mentees?state=confirmed&fresh=due&sort=school"),
        (&department, "/bank/mentees.xlsx"),
        (&department, "/bank/mentors"),
        (&department, "/bank/mentors?places=free"),
        (&department, "/bank/mentors.xlsx"),
        (&curator, "/bank/mentees"),
        (&curator, "/bank/mentors"),
        (&department, "/register"),
        (&curator, "/register?q=многократная"),
        (&curator, "/requests"),
        (&curator, "/diagnosis"),
        (&curator, "/consents"),
    ];
    let count = async || {
        let mut found = Vec::new();
        for (browser, address) in pages {
            let (page, statements) = db::counted(browser.get(address)).await;
            page.expect(StatusCode::OK);
            found.push((address, statements));
        }
        found
    };
    fill(&app, &world, 2).await;
    let few = count().await;
    assert!(few.iter().all(|(_, statements)| (2..=25).contains(statements)), "{few:?}");
    fill(&app, &world, 60).await;
    assert_eq!(count().await, few);
});

/// People who need a mentor and who may be one, answered sheets, and organizations.
async fn fill(app: &TestApp, world: &World, many: usize) {
    let (now, by) = (app.app.clock.now(), world.people[&Role::Curator]);
    for _ in 0..many {
        answer(app, world.school, "entry", &[4], &[]).await;
        let tx = app.app.db.begin().await.unwrap();
        let person = a_person(&tx, world.school, "учитель", "Многократная").await;
        for sql in [
            "UPDATE person SET teaching_since = '2025-09-01' WHERE id = ?",
            "UPDATE employment SET started_on = '2025-09-01' WHERE person_id = ?",
        ] {
            db::exec(&tx, sql, values![person]).await.unwrap();
        }
        let candidate = ids::row_id();
        db::exec(
            &tx,
            "INSERT INTO mentor_candidate (id, person_id, organization_id, capacity, listed_by, listed_at) \
             VALUES (?, ?, ?, 2, ?, ?)",
            values![candidate, person, world.school, by, now],
        )
        .await
        .unwrap();
        db::exec(
            &tx,
            "INSERT INTO achievement (id, person_id, title, evidence, recorded_by, recorded_at) \
             VALUES (?, ?, 'Победа', 'приказ', ?, ?)",
            values![ids::row_id(), person, by, now],
        )
        .await
        .unwrap();
        a_mentorship(&tx, world.school, person, &[world.people[&Role::Mentee]]).await;
        tx.commit().await.unwrap();
    }
}
