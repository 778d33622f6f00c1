//! People: who sees whom, the list, changes, the archive.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod changes;

use std::io::Cursor;

use axum::http::StatusCode;
use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};
use chrono::NaiveDate;
use nastavnik::people::{self, Employed, NewEmployment, NewPerson};
use nastavnik::values;
use nastavnik_domain::ids::{OrganizationId, PersonId};
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::Reach;
use nastavnik_domain::role::Role;
use uuid::Uuid;

use crate::db_test;
use crate::support::{Page, TestApp, World};

db_test!(a_foreign_person_does_not_exist, |app: TestApp| async move {
    let world = World::build(&app).await;
    let curator = world.browser(&app, Role::Curator).await;
    for stranger in [world.other_teacher, world.far_teacher, Uuid::nil()] {
        for path in ["", "/edit", "/name-forms", "/employments/new"] {
            curator.get(&format!("/people/{stranger}{path}")).await.expect(StatusCode::NOT_FOUND);
        }
        for path in ["", "/name-forms", "/employments", "/archive", "/restoration"] {
            let page = curator.post(&format!("/people/{stranger}{path}"), &[("surname", "Чужая")]).await;
            page.expect(StatusCode::NOT_FOUND);
        }
    }
    let job = job_of(&app, world.other_teacher).await;
    curator.get(&format!("/employments/{job}")).await.expect(StatusCode::NOT_FOUND);
    curator
        .post(&format!("/employments/{job}/ending"), &[("last_day", "01.11.2026")])
        .await
        .expect(StatusCode::NOT_FOUND);
    let department = world.browser(&app, Role::Department).await;
    department.get(&format!("/people/{}", world.other_teacher)).await.expect(StatusCode::OK);
    department.get(&format!("/people/{}", world.far_teacher)).await.expect(StatusCode::NOT_FOUND);
});

db_test!(a_mentor_has_no_list_and_changes_nobody, |app: TestApp| async move {
    let world = World::build(&app).await;
    for role in [Role::Mentor, Role::Mentee, Role::Psychologist, Role::Region] {
        let browser = world.browser(&app, role).await;
        browser.get("/people").await.expect(StatusCode::NOT_FOUND);
        browser.get("/people.xlsx").await.expect(StatusCode::NOT_FOUND);
    }
    let mentor = world.browser(&app, Role::Mentor).await;
    let own = format!("/people/{}", world.people[&Role::Mentor]);
    mentor.get(&own).await.expect(StatusCode::OK).shows("Это ваша карточка");
    mentor.get(&own).await.shows("17 мая 1990 г.");
    mentor.get(&own).await.hides("История изменений");
    mentor.post(&own, &person_form("Иная")).await.expect(StatusCode::FORBIDDEN);
    let council = world.browser(&app, Role::Council).await;
    council.get(&own).await.expect(StatusCode::OK).hides("Изменить сведения");
    council.post(&own, &person_form("Иная")).await.expect(StatusCode::FORBIDDEN);
});

db_test!(a_partner_sees_a_short_card_while_the_pair_lasts, |app: TestApp| async move {
    let world = World::build(&app).await;
    let (mentor, mentee) = (world.people[&Role::Mentor], world.people[&Role::Mentee]);
    app.exec("UPDATE person SET phone = '+7 925 131-74-14' WHERE id = ?", values![mentor]).await;
    let browser = world.browser(&app, Role::Mentee).await;
    let path = format!("/people/{mentor}");
    let card = browser.get(&path).await.expect(StatusCode::OK);
    card.shows("Рольmentor");
    card.shows("+7 925 131-74-14");
    card.shows("МБОУ «СОШ №1»");
    for hidden in
        ["1990", "Образование", "Дата рождения", "Роли по приказам", "История изменений", "с 01.09.2024"]
    {
        card.hides(hidden);
    }
    world.browser(&app, Role::Mentor).await.get(&format!("/people/{mentee}")).await.expect(StatusCode::OK);
    browser.get(&format!("/people/{}", world.people[&Role::Union])).await.expect(StatusCode::NOT_FOUND);
    let today = app.today();
    app.exec("UPDATE mentorship SET ended_on = ? WHERE id = ?", values![today, world.mentorship]).await;
    browser.get(&path).await.expect(StatusCode::NOT_FOUND);
});

db_test!(somebody_who_left_is_seen_without_contacts, |app: TestApp| async move {
    let world = World::build(&app).await;
    let teacher = world.people[&Role::Union];
    app.exec("UPDATE person SET phone = '+7 925 131-74-14' WHERE id = ?", values![teacher]).await;
    let job = job_of(&app, teacher).await;
    let director = world.browser(&app, Role::Director).await;
    let ended = director.post(&format!("/employments/{job}/ending"), &[("last_day", "20.11.2026")]).await;
    assert!(ended.led_to().starts_with(&format!("/people/{teacher}")));
    director.get(&format!("/people/{teacher}")).await.shows("+7 925 131-74-14");
    let department = world.browser(&app, Role::Department).await;
    let place = world.other_school.to_string();
    let hired = [
        ("organization", place.as_str()),
        ("position", "учитель"),
        ("share_percent", "50"),
        ("started", "23.11.2026"),
    ];
    department.post(&format!("/people/{teacher}/employments"), &hired).await.expect(StatusCode::SEE_OTHER);
    let card = director.get(&format!("/people/{teacher}")).await.expect(StatusCode::OK);
    card.shows("работает теперь в другой организации");
    for hidden in ["+7 925 131-74-14", "1990", "СОШ №2"] {
        card.hides(hidden);
    }
    director.post(&format!("/people/{teacher}"), &person_form("Иная")).await.expect(StatusCode::FORBIDDEN);
    let other = app.browser_of(world.other_director).await;
    other.get(&format!("/people/{teacher}")).await.shows("+7 925 131-74-14");
});

db_test!(search_knows_no_case_no_yo_and_no_order_of_words, |app: TestApp| async move {
    let world = World::build(&app).await;
    add(&app, &["ЁЖИКОВА", "Алёна", "Петровна"], world.school, "учитель", Some("Математика")).await;
    let curator = world.browser(&app, Role::Curator).await;
    for query in ["ежикова", "ЁЖИКОВА", "алена ежик", "петровна%20АЛЁНА"]
    {
        let page = curator.get(&format!("/people?q={}", query.replace(' ', "%20"))).await;
        page.shows("ЁЖИКОВА Алёна Петровна");
        page.shows("Показаны 1–1 из 1");
    }
    curator.get("/people?q=%25").await.shows("Никого не нашлось");
    curator.get("/people?q=%5C_").await.shows("Никого не нашлось");
    curator.get("/people?subject=математика&position=УЧИТЕЛЬ").await.shows("Показаны 1–1 из 1");
    curator.get("/people?subject=физика").await.shows("Никого не нашлось");
    curator.get("/people?organization=x&sort=nothing&page=9e9&state=x&kind=%27").await.expect(StatusCode::OK);
});

db_test!(the_list_stands_in_russian_order_and_shows_two_places_in_one_row, |app: TestApp| async move {
    let world = World::build(&app).await;
    for surname in ["Жукова", "Ёлкина", "Елкина", "Егорова"] {
        add(&app, &[surname, "Аа", "Бб"], world.school, "учитель", None).await;
    }
    let twice = add(&app, &["Ёлкинд", "Аа", "Бб"], world.school, "учитель", None).await;
    employ(&app, twice, world.other_school, "логопед", None, "2025-09-01").await;
    let department = world.browser(&app, Role::Department).await;
    let page = department.get("/people?q=аа%20бб").await.expect(StatusCode::OK);
    assert_eq!(order(&page, &["Егорова", "Елкина", "Ёлкина", "Ёлкинд", "Жукова"]), [0, 1, 2, 3, 4]);
    page.shows("Показаны 1–5 из 5");
    page.shows("логопед МБОУ «СОШ №2»");
    let back = department.get("/people?q=аа%20бб&sort=-name").await;
    assert_eq!(order(&back, &["Егорова", "Елкина", "Ёлкина", "Ёлкинд", "Жукова"]), [4, 3, 2, 1, 0]);
    department
        .get(&format!("/people?organization={}&q=аа%20бб", world.other_school))
        .await
        .shows("Показаны 1–1 из 1");
    let curator = world.browser(&app, Role::Curator).await;
    let own = curator.get("/people?q=аа%20бб").await;
    own.shows("Показаны 1–5 из 5");
    own.hides("логопед");
});

db_test!(states_and_experience_cut_the_list, |app: TestApp| async move {
    let world = World::build(&app).await;
    let young = add(&app, &["Юная", "Аа", "Бб"], world.school, "учитель", None).await;
    let left = add(&app, &["Ушедшая", "Аа", "Бб"], world.school, "учитель", None).await;
    let unknown = add(&app, &["Неизвестная", "Аа", "Бб"], world.school, "учитель", None).await;
    app.exec(
        "UPDATE person SET teaching_since = ?, teaching_precision = 'day' WHERE id = ?",
        values![day("2023-11-23"), young],
    )
    .await;
    app.exec(
        "UPDATE person SET teaching_since = ?, teaching_precision = 'day' WHERE id = ?",
        values![day("2023-11-22"), left],
    )
    .await;
    app.exec("UPDATE employment SET ended_on = ? WHERE person_id = ?", values![day("2026-11-23"), left])
        .await;
    for role in [Role::Curator, Role::Department, Role::Administrator] {
        let browser = world.browser(&app, role).await;
        let shown = async |query: &str| {
            let page = browser.get(&format!("/people?q=аа%20бб&{query}")).await.expect(StatusCode::OK);
            [("Юная", young), ("Ушедшая", left), ("Неизвестная", unknown)]
                .map(|(name, _)| page.text().contains(name))
        };
        assert_eq!(shown("").await, [true, false, true], "{role:?}");
        assert_eq!(shown("state=left").await, [false, true, false], "{role:?}");
        assert_eq!(shown("state=all").await, [true, true, true], "{role:?}");
        assert_eq!(shown("state=archive").await, [false, false, false], "{role:?}");
        assert_eq!(shown("experience=0-3&state=all").await, [true, false, false], "{role:?}");
        assert_eq!(shown("experience=3-10&state=all").await, [false, true, false], "{role:?}");
        for sort in ["hired", "-hired", "experience", "-experience"] {
            assert_eq!(shown(&format!("sort={sort}&state=all")).await, [true; 3], "{role:?}");
        }
    }
    let curator = world.browser(&app, Role::Curator).await;
    let page = curator.get("/people?q=аа%20бб&state=all&sort=experience").await;
    assert_eq!(order(&page, &["Юная", "Ушедшая", "Неизвестная"]), [0, 1, 2]);
    let page = curator.get("/people?q=аа%20бб&state=all&sort=-experience").await;
    assert_eq!(order(&page, &["Юная", "Ушедшая", "Неизвестная"]), [1, 0, 2]);
});

db_test!(a_long_list_is_paged_and_exported_whole, |app: TestApp| async move {
    let world = World::build(&app).await;
    for number in 0..60 {
        add(&app, &[&format!("Работница{number:02}"), "=СУММ", "Бб"], world.school, "учитель", None).await;
    }
    let director = world.browser(&app, Role::Director).await;
    let page = director.get("/people?q=работница").await.expect(StatusCode::OK);
    page.shows("Показаны 1–50 из 60");
    page.hides("Работница50");
    director.get("/people?q=работница&page=2").await.shows("Работница59");
    let book = director.get("/people.xlsx?q=работница&sort=-name").await.expect(StatusCode::OK);
    assert!(book.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(book.bytes)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    assert_eq!(range.height(), 61);
    assert_eq!(range.get((1, 0)), Some(&Data::String("Работница59 =СУММ Бб".to_owned())));
    assert!(!range.rows().flatten().any(|cell| cell.to_string().contains("1990")));
});

db_test!(other_slices_learn_who_worked_on_a_day, |app: TestApp| async move {
    let world = World::build(&app).await;
    let id = add(&app, &["Ежова", "Анна", "Ивановна"], world.school, "учитель", None).await;
    employ(&app, id, world.other_school, "логопед", None, "2025-09-01").await;
    app.exec(
        "UPDATE employment SET ended_on = ? WHERE person_id = ? AND organization_id = ?",
        values![day("2026-09-01"), id, world.school],
    )
    .await;
    let of = async |reach: &Reach, organization: Option<Uuid>, on: &str| -> Vec<Employed> {
        let organization = organization.map(OrganizationId);
        let all = people::employed_on(app.app.db.reader(), reach, organization, day(on)).await.unwrap();
        all.into_iter().filter(|person| person.person == PersonId(id)).collect()
    };
    let everywhere = Reach { everywhere: true, ..Reach::default() };
    let own = Reach { organizations: [OrganizationId(world.school)].into(), ..Reach::default() };
    assert_eq!(of(&everywhere, None, "2026-08-31").await[0].jobs_on(None, day("2026-08-31")).count(), 2);
    assert_eq!(of(&everywhere, None, "2026-09-01").await[0].jobs_on(None, day("2026-09-01")).count(), 1);
    assert_eq!(of(&own, None, "2026-08-31").await.len(), 1);
    assert_eq!(of(&own, None, "2026-09-01").await, []);
    assert_eq!(of(&own, Some(world.other_school), "2026-08-31").await, []);
    assert_eq!(of(&Reach::default(), None, "2026-08-31").await, []);
    assert_eq!(of(&everywhere, Some(world.other_school), "2025-08-31").await, []);
});

async fn add(
    app: &TestApp,
    name: &[&str; 3],
    organization: Uuid,
    position: &str,
    subject: Option<&str>,
) -> Uuid {
    let tx = app.app.db.begin().await.unwrap();
    let new = NewPerson::named(FullName::new(name[0], name[1], Some(name[2])));
    let id = people::add_person(&tx, app.app.clock.now(), &new).await.unwrap();
    tx.commit().await.unwrap();
    employ(app, id, organization, position, subject, "2024-09-01").await;
    id
}

async fn employ(
    app: &TestApp,
    person: Uuid,
    organization: Uuid,
    position: &str,
    subject: Option<&str>,
    from: &str,
) {
    let tx = app.app.db.begin().await.unwrap();
    let new = NewEmployment {
        person,
        organization,
        position,
        subject,
        qualification: None,
        share_percent: 100,
        started_on: Some(day(from)),
        started_precision: Some("day"),
    };
    people::add_employment(&tx, &new).await.unwrap();
    tx.commit().await.unwrap();
}

async fn job_of(app: &TestApp, person: Uuid) -> Uuid {
    first_id(app, "SELECT id FROM employment WHERE person_id = ?", values![person]).await
}

async fn job_in(app: &TestApp, person: Uuid, organization: Uuid) -> Uuid {
    let sql = "SELECT id FROM employment WHERE person_id = ? AND organization_id = ?";
    first_id(app, sql, values![person, organization]).await
}

async fn first_id(app: &TestApp, sql: &str, values: Vec<sea_orm::Value>) -> Uuid {
    #[derive(sea_orm::FromQueryResult)]
    struct Row {
        id: Uuid,
    }
    let row: Option<Row> = nastavnik::kernel::db::one(app.app.db.reader(), sql, values).await.unwrap();
    row.unwrap().id
}

async fn people_count(app: &TestApp) -> u64 {
    app.count("SELECT COUNT(*) AS n FROM person", vec![]).await
}

/// The edit form of a person of the small world, as it was opened at its first version.
fn person_form(surname: &str) -> Vec<(&str, &str)> {
    vec![
        ("version", "1"),
        ("surname", surname),
        ("given", "Анна"),
        ("patronymic", "Ивановна"),
        ("gender", "female"),
        ("born_on", "17.05.1990"),
        ("education", "higher_pedagogical"),
        ("teaching_since", "01.09.2014"),
    ]
}

fn newcomer<'a>(surname: &'a str, given: &'a str, organization: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("surname", surname),
        ("given", given),
        ("patronymic", "Петровна"),
        ("gender", "female"),
        ("organization", organization),
        ("position", "учитель"),
        ("share_percent", "100"),
        ("started", "09.2019"),
    ]
}

/// At which place of the list each of the names stands.
fn order(page: &Page, names: &[&str]) -> Vec<usize> {
    let text = page.text();
    let at =
        |name: &str| text.find(&format!(">{name} ")).unwrap_or_else(|| panic!("{name} is not on the page"));
    let mut places: Vec<usize> = names.iter().map(|name| at(name)).collect();
    let found = places.clone();
    places.sort_unstable();
    found.iter().map(|place| places.iter().position(|known| known == place).unwrap()).collect()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}
