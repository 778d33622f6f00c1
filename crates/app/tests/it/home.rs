//! The home page: each role finds its own duties, and nobody else's.

use axum::http::StatusCode;
use nastavnik::values;
use nastavnik_domain::role::Role;

use crate::db_test;
use crate::support::{TestApp, World, a_person};

db_test!(home_is_for_those_who_signed_in, |app: TestApp| async move {
    let world = World::build(&app).await;
    app.anonymous().get("/").await.expect(StatusCode::SEE_OTHER);
    for role in Role::ALL {
        let page = world.browser(&app, role).await.get("/").await.expect(StatusCode::OK);
        page.shows("Здравствуйте, Анна Ивановна");
        page.shows("Что сделать");
    }
});

db_test!(a_person_without_a_role_is_told_what_comes_next, |app: TestApp| async move {
    let world = World::build(&app).await;
    let page = app.browser_of(world.other_teacher).await.get("/").await.expect(StatusCode::OK);
    page.shows("У вас пока нет роли");
    assert!(page.text().contains("/own/request") && page.text().contains("/own/nomination"));
});

db_test!(the_mentee_knows_the_mentor_and_the_mentor_the_mentee, |app: TestApp| async move {
    let world = World::build(&app).await;
    let mentee = world.browser(&app, Role::Mentee).await.get("/").await;
    mentee.shows("Ваш наставник: Рольmentor Анна Ивановна");
    mentee.shows("с 1 октября 2026 г. по 31 мая 2027 г.");
    mentee.hides("Подпишите");
    let mentor = world.browser(&app, Role::Mentor).await.get("/").await;
    mentor.shows("Ваш наставляемый: Рольmentee Анна Ивановна");
});

db_test!(the_department_is_told_who_has_no_director_and_no_curator, |app: TestApp| async move {
    let world = World::build(&app).await;
    let department = world.browser(&app, Role::Department).await;
    let page = department.get("/").await;
    // Schools have both; the support and the resource center have neither.
    page.shows("Назначьте руководителя: нет в 2 организациях");
    page.hides("Дальняя");
    app.exec("DELETE FROM role_grant WHERE role = 'curator' AND organization_id = ?", values![world.school])
        .await;
    department.get("/").await.shows("Назначьте куратора: нет в 3 организациях");
    let director = world.browser(&app, Role::Director).await.get("/").await;
    director.shows("Назначьте куратора");
    assert!(director.text().contains(&format!("/organizations/{}/roles/new", world.school)));
});

db_test!(the_curator_is_told_about_drafts_and_the_bank, |app: TestApp| async move {
    let world = World::build(&app).await;
    let tx = app.app.db.begin().await.unwrap();
    let young = a_person(&tx, world.school, "учитель", "Канарейкина").await;
    tx.commit().await.unwrap();
    let day: chrono::NaiveDate = "2026-09-01".parse().unwrap();
    app.exec("UPDATE person SET teaching_since = ? WHERE id = ?", values![day, young]).await;
    let page = world.browser(&app, Role::Curator).await.get("/").await;
    page.shows("Решите, кому нужен наставник: 1 человек");
    page.shows("Продолжите черновики: 1 пара");
    page.shows("Напечатайте памятки для входа");
    let other = app.browser_of(world.other_curator).await.get("/").await;
    other.hides("Продолжите черновики");
    other.hides("Решите, кому нужен наставник");
});

db_test!(two_roles_make_two_sections, |app: TestApp| async move {
    let world = World::build(&app).await;
    let mentor = world.people[&Role::Mentor];
    app.exec(
        "UPDATE role_grant SET person_id = ? WHERE role = 'council' AND organization_id = ?",
        values![mentor, world.school],
    )
    .await;
    let page = world.browser(&app, Role::Mentor).await.get("/").await;
    page.shows("Наставник · МБОУ «СОШ №1»");
    page.shows("Член совета наставников · МБОУ «СОШ №1»");
    page.shows("Познакомьтесь с парами, которые готовятся: 1 пара");
});

db_test!(the_administrator_names_the_place_and_repairs_the_queue, |app: TestApp| async move {
    let world = World::build(&app).await;
    let admin = world.browser(&app, Role::Administrator).await;
    admin.get("/").await.hides("Назовите муниципалитет");
    let name = "UPDATE territory SET name = 'Новый муниципалитет' WHERE id = ?";
    app.exec(name, values![world.municipality]).await;
    let page = admin.get("/").await;
    page.shows("Назовите муниципалитет");
    assert!(page.text().contains(&format!("/territories/{}", world.municipality)));
    page.hides("Напечатайте памятки по ним");
});

db_test!(outer_contour_sees_numbers_and_no_names, |app: TestApp| async move {
    let world = World::build(&app).await;
    for role in [Role::Region, Role::Tutor, Role::SupportCenter, Role::ResourceCenter] {
        let page = world.browser(&app, role).await.get("/").await;
        page.shows("Сейчас от вас ничего не ждут");
        page.shows(if role == Role::Region || role == Role::Tutor {
            "организаций учат"
        } else {
            "организации учат"
        });
        for other in Role::ALL.into_iter().filter(|other| *other != role) {
            page.hides(&format!("Роль{} ", other.code()));
        }
    }
});

db_test!(many_duties_stand_in_groups_with_the_urgent_first, |app: TestApp| async move {
    let world = World::build(&app).await;
    let tx = app.app.db.begin().await.unwrap();
    for (number, since) in ["2026-09-01", "2025-09-01", "2026-09-01"].into_iter().enumerate() {
        let person = a_person(&tx, world.school, "учитель", &format!("Молодых{number}")).await;
        let sql = "UPDATE person SET teaching_since = ? WHERE id = ?";
        let day: chrono::NaiveDate = since.parse().unwrap();
        nastavnik::kernel::db::exec(&tx, sql, values![day, person]).await.unwrap();
    }
    tx.commit().await.unwrap();
    world.objects(&app).await;
    app.exec("UPDATE pair_call SET addressee = 'curator', receiver = 'curator'", vec![]).await;
    let page = world.browser(&app, Role::Curator).await.get("/").await.expect(StatusCode::OK).text();
    let headings: Vec<&str> =
        page.split("<h3 class=\"todo-group\">").skip(1).filter_map(|rest| rest.split('<').next()).collect();
    assert_eq!(headings.first(), Some(&"Сначала"), "{headings:?}");
    assert!(headings.contains(&"Подготовка") && headings.contains(&"Пары"), "{headings:?}");
    let first = page.split("todo-group\">").nth(1).unwrap();
    assert!(first.contains("Вас просят о помощи"), "{first}");
});
