//! The bank: proposals with reasons, decisions, candidates for mentors.

use axum::http::{StatusCode, header};
use chrono::NaiveDate;
use nastavnik::bank;
use nastavnik::kernel::ids;
use nastavnik::people::{self, NewEmployment, NewPerson};
use nastavnik::values;
use nastavnik_domain::category::Category;
use nastavnik_domain::person::{FullName, Gender};
use nastavnik_domain::policy::Reach;
use nastavnik_domain::role::Role;
use nastavnik_domain::year::AcademicYear;
use uuid::Uuid;

use crate::db_test;
use crate::support::{TestApp, World, a_mentorship};

/// A person of the staff list as far as categories are concerned.
struct Staff<'a> {
    name: &'a str,
    position: &'a str,
    education: &'static str,
    teaching_since: (&'a str, &'static str),
    hired_on: &'a str,
}

const YOUNG: Staff<'static> = Staff {
    name: "Ёлкина",
    position: "учитель математики",
    education: "higher_pedagogical",
    teaching_since: ("2025-09-15", "day"),
    hired_on: "2025-09-15",
};

async fn hire(app: &TestApp, organization: Uuid, staff: &Staff<'_>) -> Uuid {
    let date = |text: &str| text.parse::<NaiveDate>().ok();
    let tx = app.app.db.begin().await.unwrap();
    let person = NewPerson {
        gender: Gender::Female,
        education: Some(staff.education),
        teaching_since: date(staff.teaching_since.0),
        teaching_precision: Some(staff.teaching_since.1),
        ..NewPerson::named(FullName::new(staff.name, "Ольга", Some("Петровна")))
    };
    let id = people::add_person(&tx, app.app.clock.now(), &person).await.unwrap();
    let employment = NewEmployment {
        person: id,
        organization,
        position: staff.position,
        subject: Some("математика"),
        qualification: Some("highest"),
        share_percent: 100,
        started_on: date(staff.hired_on),
        started_precision: Some("day"),
    };
    people::add_employment(&tx, &employment).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn decisions(app: &TestApp) -> u64 {
    app.count("SELECT COUNT(*) AS n FROM category_decision", vec![]).await
}

async fn journal(app: &TestApp, kind: &str) -> u64 {
    app.count("SELECT COUNT(*) AS n FROM journal WHERE kind = ?", values![kind]).await
}

db_test!(people_of_other_schools_do_not_exist_for_a_curator, |app: TestApp| async move {
    let world = World::build(&app).await;
    let person = hire(&app, world.other_school, &YOUNG).await;
    let curator = world.browser(&app, Role::Curator).await;
    curator.get("/bank/mentees").await.expect(StatusCode::OK).hides("Ёлкина");
    curator.get(&format!("/bank/mentees/{person}")).await.expect(StatusCode::NOT_FOUND);
    let yes = [("category", "young"), ("decision", "confirmed")];
    let path = format!("/bank/mentees/{person}/decisions");
    curator.post(&path, &yes).await.expect(StatusCode::NOT_FOUND);
    let other = world.other_school.to_string();
    let named = [yes[0], yes[1], ("organization", other.as_str())];
    curator.post(&path, &named).await.expect(StatusCode::NOT_FOUND);
    let withdrawal = format!("/bank/mentees/{person}/withdrawal");
    curator.post(&withdrawal, &[("category", "young")]).await.expect(StatusCode::NOT_FOUND);
    let chosen = format!("{person}.{other}.young");
    let bulk = curator.post("/bank/mentees/confirmations", &[("chosen", &chosen)]).await;
    bulk.expect(StatusCode::NOT_FOUND);
    assert_eq!(decisions(&app).await, 0);
});

db_test!(only_the_curator_decides_and_lists, |app: TestApp| async move {
    let world = World::build(&app).await;
    let person = hire(&app, world.school, &YOUNG).await;
    let path = format!("/bank/mentees/{person}/decisions");
    for role in [Role::Director, Role::Department, Role::Council] {
        let reader = world.browser(&app, role).await;
        let page = reader.get(&format!("/bank/mentees/{person}")).await.expect(StatusCode::OK);
        page.shows("опыт 1 год 2 месяца");
        page.hides("Принять решение");
        reader.get("/bank/mentees").await.expect(StatusCode::OK).hides("Подтвердить выбранных");
        let fields = [("category", "young"), ("decision", "confirmed")];
        reader.post(&path, &fields).await.expect(StatusCode::FORBIDDEN);
        reader.post("/bank/mentors", &[]).await.expect(StatusCode::FORBIDDEN);
    }
    for role in [Role::Mentor, Role::Region, Role::Union, Role::Administrator] {
        world.browser(&app, role).await.get("/bank/mentees").await.expect(StatusCode::NOT_FOUND);
    }
    assert_eq!(decisions(&app).await, 0);
});

db_test!(the_record_speaks_for_categories_in_words, |app: TestApp| async move {
    let world = World::build(&app).await;
    let school = world.school;
    hire(&app, school, &YOUNG).await;
    let newcomer =
        Staff {
            name: "Новикова", teaching_since: ("2010-09-01", "day"), hired_on: "2026-08-26", ..YOUNG
        };
    hire(&app, school, &newcomer).await;
    let engineer = Staff {
        name: "Инженерова",
        education: "higher_other",
        teaching_since: ("2010-09-01", "day"),
        hired_on: "2015-09-01",
        ..YOUNG
    };
    hire(&app, school, &engineer).await;
    hire(&app, school, &Staff { name: "Поварова", position: "повар", ..YOUNG }).await;
    hire(&app, school, &Staff { name: "Неяснова", teaching_since: ("2023-01-01", "year"), ..YOUNG }).await;
    let curator = world.browser(&app, Role::Curator).await;
    let page = curator.get("/bank/mentees").await.expect(StatusCode::OK);
    page.shows("опыт 1 год 2 месяца (с 15.09.2025), принята 15.09.2025");
    page.shows("принята 26.08.2026, в коллективе 2 месяца");
    page.shows("образование: высшее непедагогическое");
    page.hides("Поварова");
    page.shows("Проверьте дату начала стажа");
    let only = curator.get("/bank/mentees?category=newcomer").await;
    only.shows("Новикова");
    only.hides("Инженерова");
    curator.get("/bank/mentees?state=confirmed").await.shows("Никого не нашлось");
});

db_test!(a_proposal_is_declined_only_with_a_reason_and_decided_once, |app: TestApp| async move {
    let world = World::build(&app).await;
    let person = hire(&app, world.school, &YOUNG).await;
    let curator = world.browser(&app, Role::Curator).await;
    let path = format!("/bank/mentees/{person}/decisions");
    let bare = curator.post(&path, &[("category", "young"), ("decision", "declined")]).await;
    bare.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("без причины предложение не отклоняют");
    let wrong = curator.post(&path, &[("category", "other_education"), ("decision", "confirmed")]).await;
    wrong.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("больше не говорят об этой категории");
    let needless = curator.post(&path, &[("category", "needs_new_skill"), ("decision", "confirmed")]).await;
    needless.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("чему педагог хочет научиться");
    let no = [("category", "young"), ("decision", "declined"), ("reason", "Стаж был в другом регионе")];
    curator.post(&path, &no).await.expect(StatusCode::SEE_OTHER);
    curator.get("/bank/mentees?state=declined").await.shows("Стаж был в другом регионе");
    let again = curator.post(&path, &[("category", "young"), ("decision", "confirmed")]).await;
    again.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("уже приняли");
    let withdrawal = format!("/bank/mentees/{person}/withdrawal");
    curator.post(&withdrawal, &[("category", "young")]).await.expect(StatusCode::SEE_OTHER);
    curator.post(&withdrawal, &[("category", "young")]).await.expect(StatusCode::CONFLICT);
    curator
        .post(&path, &[("category", "young"), ("decision", "confirmed")])
        .await
        .expect(StatusCode::SEE_OTHER);
    let page = curator.get(&format!("/bank/mentees/{person}")).await;
    page.shows("Основание: опыт 1 год 2 месяца (с 15.09.2025)");
    page.shows("Рольcurator А. И.");
    assert_eq!(decisions(&app).await, 1);
    for kind in ["category_declined", "category_decision_withdrawn", "category_confirmed"] {
        assert_eq!(journal(&app, kind).await, 1, "{kind}");
    }
    let reader = app.app.db.reader();
    let year = AcademicYear(2026);
    let confirmed = bank::confirmed_categories(reader, person, world.school, year).await.unwrap();
    assert_eq!(confirmed, [Category::Young]);
    let before = bank::confirmed_categories(reader, person, world.school, year.previous()).await.unwrap();
    assert_eq!(before, []);
});

db_test!(chosen_rows_are_confirmed_once_however_often_pressed, |app: TestApp| async move {
    let world = World::build(&app).await;
    let one = hire(&app, world.school, &YOUNG).await;
    let two = hire(&app, world.school, &Staff { name: "Яшина", ..YOUNG }).await;
    let curator = world.browser(&app, Role::Curator).await;
    let path = "/bank/mentees/confirmations";
    curator
        .post(path, &[])
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY)
        .shows("Отметьте хотя бы одну строку");
    let value = |person: Uuid| format!("{person}.{}.young", world.school);
    let (first, second) = (value(one), value(two));
    let fields = [("chosen", first.as_str()), ("chosen", second.as_str()), ("back", "/bank/mentees?q=x")];
    let key = ids::form_key();
    let led = curator.post_keyed(path, &fields, key).await.led_to();
    assert!(led.starts_with("/bank/mentees?q=x&done="), "{led}");
    assert_eq!(curator.post_keyed(path, &fields, key).await.led_to(), led);
    curator.get(&led).await.shows("Подтверждено: 2 предложения");
    let later = curator.post(path, &fields).await.led_to();
    curator.get(&later).await.shows("решение уже было принято");
    assert_eq!((decisions(&app).await, journal(&app, "category_confirmed").await), (2, 2));
});

db_test!(a_need_only_the_curator_sees_is_added_by_hand, |app: TestApp| async move {
    let world = World::build(&app).await;
    let curator = world.browser(&app, Role::Curator).await;
    let teacher = world.people[&Role::Mentor];
    let worker = format!("{teacher}.{}", world.school);
    let foreign = format!("{}.{}", world.other_teacher, world.other_school);
    let path = "/bank/mentees/new";
    let bare = curator.post(path, &[("worker", &worker)]).await;
    bare.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("Заполните поле");
    let stranger = curator.post(path, &[("worker", &foreign), ("reason", "робототехника")]).await;
    stranger.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("нет в списке");
    let fields = [("worker", worker.as_str()), ("reason", "Осваивает робототехнику")];
    curator.post(path, &fields).await.expect(StatusCode::SEE_OTHER);
    curator.post(path, &fields).await.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("уже принято");
    let found = curator.get("/bank/mentees?category=needs_new_skill&mentor=no").await;
    found.shows("Осваивает робототехнику");
    let waiting = bank::needs_mentor(app.app.db.reader(), &[world.school], app.today()).await.unwrap();
    assert_eq!(waiting.len(), 1);
    assert_eq!((waiting[0].person, &waiting[0].categories[..]), (teacher, &[Category::NeedsNewSkill][..]));
});

db_test!(yo_is_found_both_ways_and_the_department_narrows_to_a_school, |app: TestApp| async move {
    let world = World::build(&app).await;
    hire(&app, world.school, &YOUNG).await;
    hire(&app, world.other_school, &Staff { name: "Елкинд", ..YOUNG }).await;
    hire(&app, world.far_school, &Staff { name: "Далёкина", ..YOUNG }).await;
    let department = world.browser(&app, Role::Department).await;
    for typed in ["%D1%91%D0%BB%D0%BA%D0%B8%D0%BD", "%D0%95%D0%9B%D0%9A%D0%98%D0%9D"] {
        let page = department.get(&format!("/bank/mentees?q={typed}")).await.expect(StatusCode::OK);
        page.shows("Ёлкина");
        page.shows("Елкинд");
        page.hides("Далёкина");
    }
    let one = department.get(&format!("/bank/mentees?organization={}", world.other_school)).await;
    one.shows("Елкинд");
    one.hides("Ёлкина");
    let book = department.get("/bank/mentees.xlsx?q=%D0%B5%D0%BB%D0%BA%D0%B8%D0%BD%D0%B4").await;
    assert!(book.bytes.starts_with(b"PK"));
    assert!(book.headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment"));
});

db_test!(mentors_and_past_years_stand_beside_the_person, |app: TestApp| async move {
    let world = World::build(&app).await;
    let person = hire(&app, world.school, &YOUNG).await;
    let sql = "INSERT INTO category_decision (id, person_id, organization_id, category, year_start, decision, reason, \
               decided_by, decided_at) VALUES (?, ?, ?, 'newcomer', 2025, 'confirmed', 'принята 15.09.2025', ?, ?)";
    app.exec(sql, values![ids::row_id(), person, world.school, ids::row_id(), app.app.clock.now()]).await;
    let curator = world.browser(&app, Role::Curator).await;
    curator.get("/bank/mentees").await.shows("Раньше: 2025/26: новый в коллективе – подтверждено");
    curator.get("/bank/mentees?mentor=yes").await.hides("Ёлкина");
    let tx = app.app.db.begin().await.unwrap();
    a_mentorship(&tx, world.school, world.people[&Role::Mentor], &[person]).await;
    tx.commit().await.unwrap();
    let page = curator.get("/bank/mentees?mentor=yes").await;
    page.shows("Ёлкина");
    page.shows("Рольmentor А. И.");
    app.exec("UPDATE mentorship SET ended_on = ?", values![app.today()]).await;
    curator.get("/bank/mentees?mentor=yes").await.hides("Ёлкина");
});

async fn list_candidate(app: &TestApp, world: &World, capacity: &str) -> String {
    let curator = world.browser(app, Role::Curator).await;
    let worker = format!("{}.{}", world.people[&Role::Mentor], world.school);
    let led = curator.post("/bank/mentors", &[("worker", &worker), ("capacity", capacity)]).await.led_to();
    led.split('?').next().unwrap().to_owned()
}

db_test!(a_candidate_is_listed_within_limits_and_once, |app: TestApp| async move {
    let world = World::build(&app).await;
    let cook = hire(&app, world.school, &Staff { name: "Поварова", position: "повар", ..YOUNG }).await;
    let curator = world.browser(&app, Role::Curator).await;
    let worker = format!("{}.{}", world.people[&Role::Mentor], world.school);
    for capacity in ["6", "-1", "много", ""] {
        let page = curator.post("/bank/mentors", &[("worker", &worker), ("capacity", capacity)]).await;
        page.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("Сколько наставляемых одновременно");
    }
    let cook = format!("{cook}.{}", world.school);
    let page = curator.post("/bank/mentors", &[("worker", &cook), ("capacity", "2")]).await;
    page.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("Наставником становится педагогический работник");
    list_candidate(&app, &world, "2").await;
    let page = curator.post("/bank/mentors", &[("worker", &worker), ("capacity", "2")]).await;
    page.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("уже есть в списке кандидатов");
    curator.get("/bank/mentors").await.shows("1 из 2");
    assert_eq!(journal(&app, "mentor_candidate_listed").await, 1);
});

db_test!(without_confirmed_results_nobody_is_offered, |app: TestApp| async move {
    let world = World::build(&app).await;
    let candidate = list_candidate(&app, &world, "3").await;
    let curator = world.browser(&app, Role::Curator).await;
    curator.get("/bank/mentors?ready=no").await.shows("нужны подтверждённые результаты (п. 3.1)");
    let (reader, school, today) = (app.app.db.reader(), world.school, app.today());
    assert_eq!(bank::ready_mentors(reader, school, today).await.unwrap(), []);
    let path = format!("{candidate}/achievements");
    let base = [("title", "Победа в конкурсе"), ("achieved_on", "01.04.2025")];
    let unproven = curator.post(&path, &base).await;
    unproven.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("ничем не подтверждено");
    let future = [base[0], ("achieved_on", "01.04.2027"), ("evidence", "приказ 17")];
    curator.post(&path, &future).await.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("будущим днём");
    let fake = curator.upload(&path, &base, ("scan", "диплом.pdf", b"<html>")).await;
    fake.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("не PDF");
    let huge = curator.upload(&path, &base, ("scan", "диплом.pdf", &vec![b'%'; 10 * 1024 * 1024 + 1])).await;
    huge.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("больше 10 МБ");
    let good = curator.upload(&path, &base, ("scan", "диплом.pdf", b"%PDF-1.7 diploma")).await;
    good.expect(StatusCode::SEE_OTHER);
    let ready = bank::ready_mentors(reader, school, today).await.unwrap();
    assert_eq!(ready.len(), 1);
    assert_eq!((ready[0].capacity, ready[0].taken, ready[0].achievements), (3, 1, 1));
    curator.get("/bank/mentors?ready=yes&places=free").await.shows("2 из 3");
});

#[derive(sea_orm::FromQueryResult)]
struct Id {
    id: Uuid,
}

db_test!(a_scan_is_seen_by_those_who_see_the_candidate, |app: TestApp| async move {
    let world = World::build(&app).await;
    let candidate = list_candidate(&app, &world, "1").await;
    let curator = world.browser(&app, Role::Curator).await;
    let fields = [("title", "Победа"), ("achieved_on", "01.04.2025")];
    let path = format!("{candidate}/achievements");
    curator
        .upload(&path, &fields, ("scan", "диплом.pdf", b"%PDF-1.7 diploma"))
        .await
        .expect(StatusCode::SEE_OTHER);
    let reader = app.app.db.reader();
    let row: Option<Id> =
        nastavnik::kernel::db::one(reader, "SELECT id FROM achievement", vec![]).await.unwrap();
    let file = format!("{path}/{}/file", row.unwrap().id);
    let other = app.browser_of(world.other_curator).await;
    other.get(&file).await.expect(StatusCode::NOT_FOUND);
    other.get(&candidate).await.expect(StatusCode::NOT_FOUND);
    other.post(&format!("{candidate}/ending"), &[]).await.expect(StatusCode::NOT_FOUND);
    let director = world.browser(&app, Role::Director).await;
    director.post(&path, &fields).await.expect(StatusCode::FORBIDDEN);
    let page = director.get(&file).await.expect(StatusCode::OK);
    assert_eq!(page.bytes, b"%PDF-1.7 diploma");
    assert!(page.headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment"));
    director.get(&candidate).await.expect(StatusCode::OK).shows("Рольmentee А. И.");
});

db_test!(terms_change_by_version_and_an_ended_candidate_is_not_offered, |app: TestApp| async move {
    let world = World::build(&app).await;
    let candidate = list_candidate(&app, &world, "2").await;
    let curator = world.browser(&app, Role::Curator).await;
    let terms = [("capacity", "4"), ("note", "по средам"), ("version", "1")];
    curator.post(&candidate, &terms).await.expect(StatusCode::SEE_OTHER);
    let late = curator.post(&candidate, &[("capacity", "5"), ("version", "1")]).await;
    let late = late.expect(StatusCode::UNPROCESSABLE_ENTITY);
    late.shows("сохранил другой человек: Рольcurator А. И.");
    let mentor = world.people[&Role::Mentor];
    let tx = app.app.db.begin().await.unwrap();
    assert_eq!(bank::lock_candidate(&tx, mentor, world.school).await.unwrap(), Some(4));
    assert_eq!(bank::lock_candidate(&tx, mentor, world.other_school).await.unwrap(), None);
    drop(tx);
    let ending = format!("{candidate}/ending");
    let key = ids::form_key();
    curator.post_keyed(&ending, &[], key).await.expect(StatusCode::SEE_OTHER);
    curator.post_keyed(&ending, &[], key).await.expect(StatusCode::SEE_OTHER);
    curator.post(&ending, &[]).await.expect(StatusCode::CONFLICT);
    let stale = curator.post(&candidate, &[("capacity", "1"), ("version", "3")]).await;
    stale.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("уже вывели из банка");
    curator.get(&candidate).await.expect(StatusCode::OK).shows("вышел из банка");
    let tx = app.app.db.begin().await.unwrap();
    assert_eq!(bank::lock_candidate(&tx, mentor, world.school).await.unwrap(), None);
    drop(tx);
    list_candidate(&app, &world, "1").await;
});

db_test!(numbers_of_the_home_page_are_those_of_the_lists, |app: TestApp| async move {
    let world = World::build(&app).await;
    let one = hire(&app, world.school, &YOUNG).await;
    hire(&app, world.school, &Staff { name: "Яшина", ..YOUNG }).await;
    hire(&app, world.other_school, &YOUNG).await;
    list_candidate(&app, &world, "2").await;
    let curator = world.browser(&app, Role::Curator).await;
    let path = format!("/bank/mentees/{one}/decisions");
    curator
        .post(&path, &[("category", "young"), ("decision", "confirmed")])
        .await
        .expect(StatusCode::SEE_OTHER);
    let reach = Reach { organizations: [world.school.into()].into(), ..Reach::default() };
    let counts = bank::counts(app.app.db.reader(), &reach, app.today()).await.unwrap();
    let expected = bank::Counts {
        undecided: 1,
        waiting_for_mentor: 1,
        unproven_candidates: 1,
        mentees_to_confirm: 0,
        mentors_to_confirm: 0,
    };
    assert_eq!(counts, expected);
    for list in ["mentees?state=proposed", "mentees?state=confirmed&mentor=no", "mentors?ready=no"] {
        curator.get(&format!("/bank/{list}")).await.shows("Показаны 1–1 из 1");
    }
});
