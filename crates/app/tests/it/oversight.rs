//! The journal, the queue, the public pages about the program.

use axum::http::StatusCode;
use nastavnik::kernel::audit::{self, By, Entry};
use nastavnik::kernel::jobs::{self, NewJob};
use nastavnik::values;
use nastavnik_domain::role::Role;
use uuid::Uuid;

use crate::db_test;
use crate::support::{TestApp, World};

db_test!(the_journal_is_closed_to_others, |app: TestApp| async move {
    let world = World::build(&app).await;
    app.anonymous().get("/journal").await.expect(StatusCode::SEE_OTHER);
    for role in Role::ALL {
        let page = world.browser(&app, role).await.get("/journal").await;
        let reads = matches!(role, Role::Administrator | Role::Department | Role::Director);
        let expected = if reads { StatusCode::OK } else { StatusCode::NOT_FOUND };
        page.expect(expected);
    }
});

db_test!(the_journal_ends_at_the_wall_of_the_organization, |app: TestApp| async move {
    let world = World::build(&app).await;
    let by = account_of(&app, &world, Role::Curator).await;
    write(&app, by, world.school, world.people[&Role::Mentor]).await;
    write(&app, by, world.other_school, world.other_teacher).await;
    write(&app, by, world.far_school, world.far_teacher).await;
    let director = world.browser(&app, Role::Director).await.get("/journal").await;
    director.shows("Назначена роль");
    director.shows("роль: куратор; номер акта: 12-к");
    director.shows("Рольmentor А. И.");
    director.hides("Другаяучитель");
    director.hides("Дальняяучитель");
    assert!(!director.text().contains("s3cr3t"), "a payload is shown only by words known for it");
    let department = world.browser(&app, Role::Department).await.get("/journal").await;
    department.shows("Другаяучитель А. И.");
    department.hides("Дальняяучитель");
    world.browser(&app, Role::Administrator).await.get("/journal").await.shows("Дальняяучитель А. И.");
});

db_test!(filters_of_the_journal, |app: TestApp| async move {
    let world = World::build(&app).await;
    let by = account_of(&app, &world, Role::Curator).await;
    write(&app, by, world.school, world.people[&Role::Mentor]).await;
    write(&app, by, world.other_school, world.other_teacher).await;
    let admin = world.browser(&app, Role::Administrator).await;
    let found = async |query: &str| admin.get(&format!("/journal?{query}")).await.expect(StatusCode::OK);
    found(&format!("organization={}", world.other_school)).await.hides("Рольmentor А. И.");
    found("kind=signed_in").await.shows("Записей нет");
    found("kind=role_granted").await.shows("Показаны 1–2 из 2");
    found("q=рольcurator").await.shows("Показаны 1–2 из 2");
    found("q=%25").await.shows("Записей нет");
    // 23 November, 13:00 in Nefteyugansk.
    found("from=2026-11-23&to=2026-11-23").await.shows("Показаны 1–2 из 2");
    found("from=2026-11-24").await.shows("Записей нет");
    found("to=2026-11-22").await.shows("Записей нет");
    found("from=вчера&organization=школа").await.shows("Показаны 1–2 из 2");
});

db_test!(only_the_administrator_sees_the_queue, |app: TestApp| async move {
    let world = World::build(&app).await;
    let id = failed_job(&app).await;
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Administrator) {
        let browser = world.browser(&app, role).await;
        browser.get("/jobs").await.expect(StatusCode::FORBIDDEN);
        browser.post(&format!("/jobs/{id}/retry"), &[]).await.expect(StatusCode::FORBIDDEN);
    }
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM job WHERE state = 'failed'", vec![]).await, 1);
});

db_test!(a_failed_job_is_retried_once, |app: TestApp| async move {
    let world = World::build(&app).await;
    let id = failed_job(&app).await;
    let admin = world.browser(&app, Role::Administrator).await;
    let page = admin.get("/jobs?state=failed").await.expect(StatusCode::OK);
    page.shows("Не удалось");
    page.shows("неизвестный вид задания");
    let path = format!("/jobs/{id}/retry");
    admin.post(&format!("/jobs/{}/retry", Uuid::nil()), &[]).await.expect(StatusCode::NOT_FOUND);
    let key = nastavnik::kernel::ids::form_key();
    assert!(admin.post_keyed(&path, &[], key).await.led_to().starts_with("/jobs"));
    assert!(admin.post_keyed(&path, &[], key).await.led_to().starts_with("/jobs"));
    let waiting = "SELECT COUNT(*) AS n FROM job WHERE state = 'waiting' AND attempts = 0";
    assert_eq!(app.count(waiting, vec![]).await, 1);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM journal WHERE kind = 'job_retried'", vec![]).await, 1);
    app.exec("UPDATE job SET state = 'done' WHERE id = ?", values![id]).await;
    admin.post(&path, &[]).await.expect(StatusCode::CONFLICT).shows("уже выполняется или сделано");
});

db_test!(a_job_with_a_twin_in_the_queue_is_not_retried, |app: TestApp| async move {
    let world = World::build(&app).await;
    let id = failed_job(&app).await;
    let tx = app.app.db.begin().await.unwrap();
    put(&app, &tx).await;
    tx.commit().await.unwrap();
    let admin = world.browser(&app, Role::Administrator).await;
    let page = admin.post(&format!("/jobs/{id}/retry"), &[]).await;
    page.expect(StatusCode::CONFLICT).shows("Такое же задание уже стоит в очереди");
});

db_test!(public_pages_open_to_anybody, |app: TestApp| async move {
    let about = app.anonymous().get("/about").await.expect(StatusCode::OK);
    about.shows("Кто что видит");
    about.shows("CC BY-SA 4.0");
    let clauses = app.anonymous().get("/clauses").await.expect(StatusCode::OK);
    clauses.shows("Подписывать приказы");
    clauses.shows("Руководитель своя организация п. 4.1.1");
    clauses.shows("Статья 351.8 Трудового кодекса");
    app.anonymous().get("/dev/ui").await.expect(StatusCode::NOT_FOUND);
});

#[derive(sea_orm::FromQueryResult)]
struct Row {
    id: Uuid,
}

async fn account_of(app: &TestApp, world: &World, role: Role) -> Uuid {
    // Signing in opens the account.
    world.browser(app, role).await;
    let sql = "SELECT id FROM account WHERE person_id = ?";
    let row: Option<Row> =
        nastavnik::kernel::db::one(app.app.db.reader(), sql, values![world.people[&role]]).await.unwrap();
    row.unwrap().id
}

/// «Назначена роль» with a secret that has no business in the payload.
async fn write(app: &TestApp, account: Uuid, organization: Uuid, person: Uuid) {
    let payload = serde_json::json!({ "role": "curator", "act_number": "12-к", "token": "s3cr3t" });
    let tx = app.app.db.begin().await.unwrap();
    let by = By { account: Some(account), request_id: None };
    let subject = ("person", Some(person));
    let entry = Entry { kind: "role_granted", subject, organization: Some(organization), payload: &payload };
    audit::record(&tx, app.app.clock.now(), &by, entry).await.unwrap();
    tx.commit().await.unwrap();
}

/// A job nobody can do, after its last attempt.
async fn failed_job(app: &TestApp) -> Uuid {
    let tx = app.app.db.begin().await.unwrap();
    let id = put(app, &tx).await;
    tx.commit().await.unwrap();
    app.exec("UPDATE job SET attempts = ? WHERE id = ?", values![jobs::MOST_ATTEMPTS - 1, id]).await;
    app.run_jobs().await;
    id
}

async fn put(app: &TestApp, tx: &nastavnik::kernel::db::Tx) -> Uuid {
    let now = app.app.clock.now();
    let job = NewJob {
        kind: "nobody_knows",
        subject: Some(Uuid::from_u128(7)),
        payload: &(),
        run_at: now,
        created_by: None,
    };
    jobs::enqueue(tx, now, job).await.unwrap()
}
