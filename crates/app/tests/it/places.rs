//! Organizations, territories, roles, ways in.

mod logins;

use axum::http::{StatusCode, header};
use chrono::Duration;
use nastavnik::values;
use nastavnik_domain::role::Role;
use uuid::Uuid;

use crate::db_test;
use crate::support::{Browser, TestApp, World};

db_test!(a_foreign_organization_does_not_exist, |app: TestApp| async move {
    let world = World::build(&app).await;
    let director = world.browser(&app, Role::Director).await;
    let department = world.browser(&app, Role::Department).await;
    let region = world.browser(&app, Role::Region).await;
    let at = |id: Uuid, rest: &str| format!("/organizations/{id}{rest}");
    for rest in ["", "/roles/new", "/logins"] {
        director.get(&at(world.other_school, rest)).await.expect(StatusCode::NOT_FOUND);
        department.get(&at(world.far_school, rest)).await.expect(StatusCode::NOT_FOUND);
        department.get(&at(Uuid::nil(), rest)).await.expect(StatusCode::NOT_FOUND);
    }
    department.get(&at(world.far_school, "/edit")).await.expect(StatusCode::NOT_FOUND);
    let other = format!("/territories/{}", world.other_municipality);
    department.get(&other).await.expect(StatusCode::NOT_FOUND);
    for (path, rest) in
        [(world.far_school, ""), (world.far_school, "/archive"), (world.far_school, "/logins")]
    {
        department.post(&at(path, rest), &[]).await.expect(StatusCode::NOT_FOUND);
    }
    department.post(&at(world.far_school, "/roles"), &[]).await.expect(StatusCode::NOT_FOUND);
    region.get(&at(world.far_school, "")).await.expect(StatusCode::OK).hides("Дальнийдиректор");
    for role in [Role::Mentor, Role::Mentee, Role::Psychologist, Role::Union, Role::Council] {
        let browser = world.browser(&app, role).await;
        browser.get("/organizations").await.expect(StatusCode::NOT_FOUND);
        browser.get("/organizations.xlsx").await.expect(StatusCode::NOT_FOUND);
        browser.get(&at(world.school, "")).await.expect(StatusCode::NOT_FOUND);
        browser.post(&at(world.school, "/archive"), &[]).await.expect(StatusCode::FORBIDDEN);
    }
});

db_test!(those_who_only_read_do_not_write, |app: TestApp| async move {
    let world = World::build(&app).await;
    let school = format!("/organizations/{}", world.school);
    for role in [Role::Director, Role::Curator, Role::SupportCenter, Role::Region, Role::Tutor] {
        let browser = world.browser(&app, role).await;
        browser.get("/organizations/new").await.expect(StatusCode::FORBIDDEN);
        browser.post("/organizations", &[]).await.expect(StatusCode::FORBIDDEN);
        browser.post(&school, &[]).await.expect(StatusCode::FORBIDDEN);
        browser.post(&format!("{school}/archive"), &[]).await.expect(StatusCode::FORBIDDEN);
        browser.post("/territories", &[]).await.expect(StatusCode::FORBIDDEN);
    }
    let curator = world.browser(&app, Role::Curator).await;
    curator.get(&format!("{school}/roles/new")).await.expect(StatusCode::FORBIDDEN);
    let department = world.browser(&app, Role::Department).await;
    department.post("/territories", &[]).await.expect(StatusCode::FORBIDDEN);
    department.get("/territories/new").await.expect(StatusCode::FORBIDDEN);
});

db_test!(the_list_is_searched_narrowed_and_counted, |app: TestApp| async move {
    let world = World::build(&app).await;
    let department = world.browser(&app, Role::Department).await;
    let all = department.get("/organizations").await.expect(StatusCode::OK);
    all.shows("Город Нефтеюганск");
    all.shows("Опорный центр «Поиск»");
    all.hides("Дальняя СОШ");
    department.get("/organizations?q=%D1%88%D1%8B+2").await.shows("Ничего не нашлось");
    let found = department.get("/organizations?q=%D1%81%D0%BE%D1%88+2").await;
    found.shows("МБОУ «СОШ №2» школа не указан 3");
    found.hides("СОШ №1");
    department.get("/organizations?kind=support_center").await.hides("СОШ");
    let admin = world.browser(&app, Role::Administrator).await;
    let far = format!("/organizations?territory={}", world.other_municipality);
    admin.get(&far).await.shows("Дальняя СОШ");
    admin.get(&far).await.hides("СОШ №1");
    add(&department, &world, "Детский сад «Ёлочка»", "preschool").await.led_to();
    let yo = "/organizations?q=%D0%B5%D0%BB%D0%BE%D1%87%D0%BA%D0%B0";
    department.get(yo).await.shows("Детский сад «Ёлочка»");
    let book = department.get("/organizations.xlsx?kind=school").await.expect(StatusCode::OK);
    assert!(book.bytes.starts_with(b"PK"));
    assert!(book.headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment"));
});

db_test!(an_organization_is_added_once_under_its_name, |app: TestApp| async move {
    let world = World::build(&app).await;
    let department = world.browser(&app, Role::Department).await;
    let to = add(&department, &world, "МБОУ «СОШ №3»", "school").await.led_to();
    department.get(&to).await.shows("Организация добавлена");
    let again = add(&department, &world, "мбоу «сош №3»", "school").await;
    again.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("здесь уже есть");
    let regional = add(&department, &world, "ЦНППМ города", "growth_center").await;
    regional.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("относится к уровню «регион»");
    let elsewhere = [
        ("territory", world.other_municipality.to_string()),
        ("kind", "school".to_owned()),
        ("short_name", "Чужая".to_owned()),
        ("full_name", "Чужая".to_owned()),
    ];
    let elsewhere: Vec<(&str, &str)> =
        elsewhere.iter().map(|(name, value)| (*name, value.as_str())).collect();
    department.post("/organizations", &elsewhere).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    let count = "SELECT COUNT(*) AS n FROM organization WHERE short_name IN ('Чужая', 'мбоу «сош №3»')";
    assert_eq!(app.count(count, vec![]).await, 0);
});

db_test!(a_stale_form_keeps_what_was_typed, |app: TestApp| async move {
    let world = World::build(&app).await;
    let department = world.browser(&app, Role::Department).await;
    let admin = world.browser(&app, Role::Administrator).await;
    let path = format!("/organizations/{}", world.school);
    let fields = |name: &'static str, version: &'static str| {
        [("kind", "school"), ("short_name", name), ("full_name", "Полное"), ("version", version)]
    };
    admin.post(&path, &fields("МБОУ «СОШ №1 имени Ёлкина»", "1")).await.led_to();
    let late = department.post(&path, &fields("Набрано поздно", "1")).await;
    let late = late.expect(StatusCode::UNPROCESSABLE_ENTITY);
    late.shows("карточку сохранил другой человек: Рольadministrator А. И.");
    let html = late.text();
    assert!(html.contains("value=\"Набрано поздно\"") && html.contains("name=\"version\" value=\"2\""));
    department.post(&path, &fields("Набрано поздно", "2")).await.led_to();
    department.get(&path).await.shows("Набрано поздно");
    let partner = [("kind", "partner"), ("short_name", "А"), ("full_name", "А"), ("version", "3")];
    let refused = department.post(&path, &partner).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("не бывает роли");
});

db_test!(an_organization_with_people_is_not_archived, |app: TestApp| async move {
    let world = World::build(&app).await;
    let department = world.browser(&app, Role::Department).await;
    let path = format!("/organizations/{}", world.school);
    let archive = format!("{path}/archive");
    department.post(&archive, &[]).await.expect(StatusCode::CONFLICT).shows("идёт 1 наставничество");
    app.exec("UPDATE mentorship SET withdrawn_at = created_at", vec![]).await;
    department.post(&archive, &[]).await.expect(StatusCode::CONFLICT).shows("ещё работает");
    let yesterday = app.today() - Duration::days(1);
    let leave = "UPDATE employment SET ended_on = ? WHERE organization_id = ?";
    app.exec(leave, values![yesterday, world.school]).await;
    department.post(&archive, &[]).await.led_to();
    department.post(&archive, &[]).await.expect(StatusCode::CONFLICT).shows("уже в архиве");
    department.get("/organizations").await.hides("СОШ №1");
    department.get("/organizations?shelf=archive").await.shows("СОШ №1");
    department.get(&path).await.shows("Организация в архиве с 23 ноября 2026 г.");
    department.post(&format!("{path}/restoration"), &[]).await.led_to();
    department.get("/organizations").await.shows("СОШ №1");
});

db_test!(a_municipality_gets_its_look, |app: TestApp| async move {
    let world = World::build(&app).await;
    let department = world.browser(&app, Role::Department).await;
    let path = format!("/territories/{}", world.municipality);
    let fields = |color: &'static str, version: &'static str| {
        [
            ("name", "Город Нефтеюганск"),
            ("authority_name", "Департамент образования администрации города Нефтеюганска"),
            ("time_zone", "Asia/Yekaterinburg"),
            ("color", color),
            ("version", version),
        ]
    };
    let pale = department.post(&path, &fields("#ffee00", "1")).await;
    pale.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("слишком бледный");
    let svg = ("emblem", "герб.png", b"<svg onload='alert(1)'/>".as_slice());
    let refused = department.upload(&path, &fields("#1f5fa8", "1"), svg).await;
    refused.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("Это не PNG и не JPEG");
    let mut large = PNG.to_vec();
    large.resize(1024 * 1024 + 1, 0);
    let refused = department.upload(&path, &fields("#1f5fa8", "1"), ("emblem", "герб.png", &large)).await;
    refused.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("больше 1 МБ");
    department.upload(&path, &fields("#1f5fa8", "1"), ("emblem", "герб.png", PNG)).await.led_to();
    let html = department.get("/organizations").await.text();
    assert!(html.contains("color=1f5fa8") && html.contains(&format!("/emblems/{}", world.municipality)));
    let emblem = app.anonymous().get(&format!("/emblems/{}", world.municipality)).await;
    assert_eq!(
        (emblem.headers[header::CONTENT_TYPE].as_bytes(), emblem.bytes.as_slice()),
        (&b"image/png"[..], PNG)
    );
    let late = department.post(&path, &fields("#a12622", "1")).await;
    late.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("Рольdepartment А. И.");
    let admin = world.browser(&app, Role::Administrator).await;
    let new = [("parent", world.region.to_string()), ("name", "Посёлок Ёлкино".to_owned())];
    let new: Vec<(&str, &str)> = new.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let to = admin.post("/territories", &new).await.led_to();
    admin.get(&to).await.expect(StatusCode::OK).shows("Посёлок Ёлкино");
    admin.post("/territories", &new).await.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("уже есть");
    admin.get("/organizations").await.shows("Посёлок Ёлкино · муниципалитет");
    department.get(&to).await.expect(StatusCode::NOT_FOUND);
});

db_test!(a_role_is_given_by_an_act_and_by_the_rules, |app: TestApp| async move {
    let world = World::build(&app).await;
    let director = world.browser(&app, Role::Director).await;
    let path = format!("/organizations/{}/roles", world.school);
    let give = async |role: &str, person: Uuid, from: &str| {
        let person = person.to_string();
        let fields = [
            ("role", role),
            ("person", &*person),
            ("act_number", "7-к"),
            ("act_on", "01.11.2026"),
            ("started_on", from),
        ];
        director.post(&path, &fields).await
    };
    let mentor = world.people[&Role::Mentor];
    let refused = give("curator", mentor, "01.11.2026").await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("только заместитель руководителя этой организации (п. 4.1.1, 4.1.2)");
    let refused = give("council", world.people[&Role::Director], "01.11.2026").await;
    refused.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("Самому себе роль не назначают");
    for role in ["director", "department", "administrator", "mentor", "support_center"] {
        let refused = give(role, mentor, "01.11.2026").await.expect(StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows("пришёл ответ, которого нет в списке");
    }
    give("council", world.other_teacher, "01.11.2026").await.expect(StatusCode::CONFLICT);
    let given = "SELECT COUNT(*) AS n FROM role_grant WHERE person_id = ?";
    assert_eq!(app.count(given, values![mentor]).await, 0);
    give("council", mentor, "01.11.2026").await.led_to();
    let twice = give("council", mentor, "15.11.2026").await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    twice.shows("здесь уже есть");
    assert_eq!(app.count(given, values![mentor]).await, 1);
    let card = director.get(&format!("/organizations/{}", world.school)).await;
    card.shows("№ 7-к от 01.11.2026");
    let journal = "SELECT COUNT(*) AS n FROM journal WHERE kind = 'role_granted' AND organization_id = ?";
    assert_eq!(app.count(journal, values![world.school]).await, 1);
    let member = app.browser_of(mentor).await;
    member.get("/own/password").await.shows("член совета наставников");
});

db_test!(a_role_ends_by_an_act_and_stays_in_the_history, |app: TestApp| async move {
    let world = World::build(&app).await;
    let curator = world.browser(&app, Role::Curator).await;
    let director = world.browser(&app, Role::Director).await;
    let grant = grant_of(&app, world.people[&Role::Curator]).await;
    let path = format!("/roles/{grant}/end");
    let fields = [("ends_on", "23.11.2026"), ("act_number", "9-к"), ("act_on", "20.11.2026")];
    curator.post(&path, &fields).await.expect(StatusCode::FORBIDDEN);
    let far = app.browser_of(world.far_director).await;
    far.post(&path, &fields).await.expect(StatusCode::NOT_FOUND);
    let own = grant_of(&app, world.people[&Role::Director]).await;
    director.post(&format!("/roles/{own}/end"), &fields).await.expect(StatusCode::FORBIDDEN);
    let early = [("ends_on", "31.08.2026"), fields[1], fields[2]];
    director
        .post(&path, &early)
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY)
        .shows("не может закончиться раньше");
    director.get(&path).await.expect(StatusCode::OK).shows("Рольcurator Анна Ивановна");
    director.post(&path, &fields).await.led_to();
    director.post(&path, &fields).await.expect(StatusCode::CONFLICT).shows("уже завершена");
    curator.get("/organizations").await.expect(StatusCode::NOT_FOUND);
    let card = director.get(&format!("/organizations/{}", world.school)).await;
    card.shows("Куратор не назначен");
    card.shows("с 01.09.2026 по 22.11.2026, приказ № 1-к от 01.09.2026; снята: № 9-к от 20.11.2026");
});

/// The smallest thing that begins like a PNG.
const PNG: &[u8] = &[0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

async fn add(browser: &Browser, world: &World, name: &str, kind: &str) -> crate::support::Page {
    let territory = world.municipality.to_string();
    let fields = [
        ("territory", &*territory),
        ("kind", kind),
        ("short_name", name),
        ("full_name", name),
        ("place", "г. Ёлкин"),
    ];
    browser.post("/organizations", &fields).await
}

#[derive(sea_orm::FromQueryResult)]
struct Id {
    id: Uuid,
}

async fn one_id(app: &TestApp, sql: &str, person: Uuid) -> Uuid {
    let row: Option<Id> =
        nastavnik::kernel::db::one(app.app.db.reader(), sql, values![person]).await.unwrap();
    row.unwrap().id
}

async fn grant_of(app: &TestApp, person: Uuid) -> Uuid {
    one_id(app, "SELECT id FROM role_grant WHERE person_id = ?", person).await
}
