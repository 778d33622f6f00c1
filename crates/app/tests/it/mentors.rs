//! Mentors: nomination, what they agree to, load.

use axum::http::StatusCode;
use nastavnik::kernel::ids;
use nastavnik::values;
use nastavnik_domain::role::Role;
use uuid::Uuid;

use crate::db_test;
use crate::support::{Browser, TestApp, World};

mod courses;
mod selection;

const OWN: &str = "/own/nomination";

#[derive(sea_orm::FromQueryResult)]
struct Id {
    id: Uuid,
}

/// The only row's id.
async fn id_of(app: &TestApp, table: &str) -> Uuid {
    let sql = format!("SELECT id FROM {table}");
    let row: Option<Id> = nastavnik::kernel::db::one(app.app.db.reader(), &sql, vec![]).await.unwrap();
    row.unwrap().id
}

async fn journal(app: &TestApp, kind: &str) -> u64 {
    app.count("SELECT COUNT(*) AS n FROM journal WHERE kind = ?", values![kind]).await
}

/// What the teacher of these tests tells.
const TOLD: [(&str, &str); 7] = [
    ("capacity", "2"),
    ("kinds", "traditional"),
    ("kinds", "virtual"),
    ("strengths", "4"),
    ("ground_4", "класс без конфликтов третий год"),
    ("ground_5", "самодиагностика"),
    ("time_and_place", "по средам, кабинет 12"),
];

/// The union's person of the world proposes themself: a teacher with no other part in mentoring.
async fn nominated(app: &TestApp, world: &World) -> Browser {
    let teacher = world.browser(app, Role::Union).await;
    let school = world.school.to_string();
    let fields = [&TOLD[..], &[("organization", school.as_str())]].concat();
    teacher.post(OWN, &fields).await.expect(StatusCode::SEE_OTHER);
    teacher
}

/// The same, accepted by the curator: the candidate's id.
async fn accepted(app: &TestApp, world: &World) -> Uuid {
    nominated(app, world).await;
    let curator = world.browser(app, Role::Curator).await;
    let path = format!("/bank/nominations/{}/acceptance", id_of(app, "mentor_nomination").await);
    curator.post(&path, &[]).await.expect(StatusCode::SEE_OTHER);
    id_of(app, "mentor_candidate").await
}

db_test!(a_teacher_proposes_themself_once_and_may_take_it_back, |app: TestApp| async move {
    let world = World::build(&app).await;
    let teacher = world.browser(&app, Role::Union).await;
    let (school, other) = (world.school.to_string(), world.other_school.to_string());
    let bad = teacher.post(OWN, &[("capacity", "9"), ("organization", &school)]).await;
    bad.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("целое число от 0 до 5");
    let foreign = teacher.post(OWN, &[("capacity", "1"), ("organization", &other)]).await;
    foreign.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("нет в списке");
    let official = world.browser(&app, Role::Department).await;
    official.get(OWN).await.expect(StatusCode::OK).shows("Наставником становится педагог");
    official.post(OWN, &TOLD).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    let teacher = nominated(&app, &world).await;
    teacher.get(OWN).await.shows("Куратор рассмотрит вашу кандидатуру");
    let stale = [&TOLD[..], &[("version", "7")]].concat();
    teacher.post(OWN, &stale).await.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("в другом окне");
    let fields = [("capacity", "1"), ("strengths", "5"), ("ground_5", "методобъединение"), ("version", "1")];
    teacher.post(OWN, &fields).await.expect(StatusCode::SEE_OTHER);
    let curator = world.browser(&app, Role::Curator).await;
    let page = curator.get("/bank/nominations").await;
    page.shows("Рольunion Анна Ивановна");
    page.shows("Д5 Методика");
    page.hides("Д4");
    let card = format!("/bank/nominations/{}", id_of(&app, "mentor_nomination").await);
    teacher.post(&format!("{OWN}/withdrawal"), &[]).await.expect(StatusCode::SEE_OTHER);
    teacher.post(&format!("{OWN}/withdrawal"), &[]).await.expect(StatusCode::CONFLICT);
    curator.get(&card).await.expect(StatusCode::NOT_FOUND);
    curator.get("/bank/nominations").await.hides("Рольunion");
    nominated(&app, &world).await;
    for (kind, times) in
        [("mentor_nominated", 2), ("mentor_nomination_changed", 1), ("mentor_nomination_withdrawn", 1)]
    {
        assert_eq!(journal(&app, kind).await, times, "{kind}");
    }
});

db_test!(nothing_of_a_diagnosis_is_told_until_it_is_chosen, |app: TestApp| async move {
    let world = World::build(&app).await;
    let teacher = world.people[&Role::Union];
    let sheet = ids::row_id();
    let now = app.app.clock.now();
    app.exec(
        "INSERT INTO diagnosis (id, person_id, organization_id, year_start, wave, view, author_id, begun_at, completed_at) \
         VALUES (?, ?, ?, 2026, 'entry', 'own', ?, ?, ?)",
        values![sheet, teacher, world.school, teacher, now, now],
    )
    .await;
    app.exec(
        "INSERT INTO diagnosis_domain (diagnosis_id, domain, mean_hundredths, is_deficit, is_strength) \
         VALUES (?, 6, 280, 0, 1)",
        values![sheet],
    )
    .await;
    let hint = "Ваша самодиагностика показала здесь силу";
    let browser = world.browser(&app, Role::Union).await;
    browser.get(OWN).await.shows(hint);
    world.browser(&app, Role::Mentor).await.get(OWN).await.hides(hint);
    let school = world.school.to_string();
    let fields =
        [("capacity", "2"), ("organization", school.as_str()), ("ground_6", "по самодиагностике сильна")];
    browser.post(OWN, &fields).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM nomination_strength", vec![]).await, 0);
    let card = format!("/bank/nominations/{}", id_of(&app, "mentor_nomination").await);
    let page = world.browser(&app, Role::Curator).await.get(&card).await.expect(StatusCode::OK);
    page.shows("не указаны");
    page.hides("по самодиагностике сильна");
});

db_test!(the_curator_accepts_or_declines_with_a_reason_the_person_sees, |app: TestApp| async move {
    let world = World::build(&app).await;
    let teacher = nominated(&app, &world).await;
    let curator = world.browser(&app, Role::Curator).await;
    curator.get("/").await.shows("Рассмотрите выдвижения: 1 педагог");
    let card = format!("/bank/nominations/{}", id_of(&app, "mentor_nomination").await);
    let (accept, refuse) = (format!("{card}/acceptance"), format!("{card}/refusal"));
    let other = app.browser_of(world.other_curator).await;
    other.get(&card).await.expect(StatusCode::NOT_FOUND);
    other.post(&accept, &[]).await.expect(StatusCode::NOT_FOUND);
    let council = world.browser(&app, Role::Council).await;
    council.get(&card).await.expect(StatusCode::OK).hides("Принять в банк");
    council.post(&accept, &[]).await.expect(StatusCode::FORBIDDEN);
    curator
        .post(&refuse, &[])
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY)
        .shows("Заполните поле «Причина»");
    let reason = "КАНАРЕЙКАОТКАЗ: сначала проведите открытый урок";
    curator.post(&refuse, &[("reason", reason)]).await.expect(StatusCode::SEE_OTHER);
    curator.post(&accept, &[]).await.expect(StatusCode::CONFLICT);
    teacher.get(OWN).await.shows(reason);
    curator.get(&card).await.shows(reason);
    for role in [Role::Council, Role::Director, Role::Department] {
        let browser = world.browser(&app, role).await;
        browser.get(&card).await.expect(StatusCode::OK).hides("КАНАРЕЙКАОТКАЗ");
        assert!(!browser.get("/journal").await.text().contains("КАНАРЕЙКАОТКАЗ"));
    }
    // Nothing hinders to propose oneself again; accepted, the terms go along.
    nominated(&app, &world).await;
    let sql = "SELECT id FROM mentor_nomination WHERE state = 'proposed'";
    let row: Option<Id> = nastavnik::kernel::db::one(app.app.db.reader(), sql, vec![]).await.unwrap();
    let accept = format!("/bank/nominations/{}/acceptance", row.unwrap().id);
    let key = ids::form_key();
    let led = curator.post_keyed(&accept, &[], key).await.led_to();
    assert_eq!(curator.post_keyed(&accept, &[], key).await.led_to(), led);
    let page = curator.get(&led).await.expect(StatusCode::OK);
    page.shows("класс без конфликтов третий год");
    page.shows("традиционное («один на один»); виртуальное (дистанционное)");
    page.shows("по средам, кабинет 12");
    page.shows("Предложена кандидатура: самовыдвижение");
    page.shows("Внесён в банк, 2 места");
    teacher.get(OWN).await.shows("Я наставник");
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM mentor_candidate", vec![]).await, 1);
});

db_test!(terms_are_changed_by_the_mentor_and_by_the_curator, |app: TestApp| async move {
    let world = World::build(&app).await;
    let candidate = accepted(&app, &world).await;
    let card = format!("/bank/mentors/{candidate}");
    let (curator, mentor) =
        (world.browser(&app, Role::Curator).await, world.browser(&app, Role::Union).await);
    let own = [
        ("capacity", "3"),
        ("strengths", "6"),
        ("in_register", "yes"),
        ("works_remotely", "yes"),
        ("version", "1"),
    ];
    mentor.post(OWN, &own).await.expect(StatusCode::SEE_OTHER);
    let late = curator.post(&card, &[("capacity", "5"), ("version", "1")]).await;
    late.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("сохранил другой человек: Рольunion А. И.");
    let page = curator.get(&card).await;
    page.shows("Д6");
    page.shows("согласен, чтобы его находили другие организации");
    page.shows("Мест стало 3 (было 2)");
    let terms = [("capacity", "3"), ("kinds", "group"), ("note", "первый год"), ("version", "2")];
    curator.post(&card, &terms).await.expect(StatusCode::SEE_OTHER);
    let page = mentor.get(OWN).await;
    page.hides("первый год");
    mentor.post(OWN, &[("capacity", "0"), ("version", "3")]).await.expect(StatusCode::SEE_OTHER);
    let page = curator.get(&card).await;
    page.shows("первый год");
    page.shows("Мест стало 0 (было 3)");
    page.shows("не показывать другим организациям");
    curator.get("/bank/mentors?domain=6").await.shows("Никого не нашлось");
});

db_test!(load_is_told_before_it_hurts, |app: TestApp| async move {
    let world = World::build(&app).await;
    let curator = world.browser(&app, Role::Curator).await;
    let worker = format!("{}.{}", world.people[&Role::Mentor], world.school);
    let listed = [("worker", worker.as_str()), ("capacity", "2")];
    let led = curator.post("/bank/mentors", &listed).await.led_to();
    curator.get("/").await.hides("Присмотритесь к нагрузке");
    let card = led.split('?').next().unwrap().to_owned();
    curator.post(&card, &[("capacity", "1"), ("version", "1")]).await.expect(StatusCode::SEE_OTHER);
    curator.get("/").await.shows("Присмотритесь к нагрузке: на пределе у 1 наставника");
    curator.get("/bank/mentors?places=pressed").await.shows("все места заняты: 1 наставляемый");
});
