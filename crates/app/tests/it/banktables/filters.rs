//! Filters a person has named: own only, opened, renamed, deleted.

use super::*;

async fn saved(app: &TestApp) -> u64 {
    app.count("SELECT COUNT(*) AS n FROM saved_filter", vec![]).await
}

/// The address of the first saved filter's form.
async fn first(app: &TestApp) -> String {
    #[derive(sea_orm::FromQueryResult)]
    struct Row {
        id: Uuid,
    }
    let sql = "SELECT id FROM saved_filter ORDER BY created_at, id";
    let row: Option<Row> = nastavnik::kernel::db::one(app.app.db.reader(), sql, values![]).await.unwrap();
    format!("/own/filters/{}", row.unwrap().id)
}

db_test!(a_filter_is_saved_opened_renamed_and_deleted_by_its_owner_only, |app: TestApp| async move {
    let world = World::build(&app).await;
    hire(&app, world.school, "Ёлкина").await;
    let curator = world.browser(&app, Role::Curator).await;
    let list = "/bank/mentees?state=proposed&mentor=no";
    curator.get("/bank/mentees").await.hides("Сохранить эти условия");
    curator.get(list).await.shows("Сохранить эти условия");
    let bare = curator.post("/own/filters", &[("address", list)]).await;
    bare.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("Заполните поле «Название»");
    for address in ["/bank/mentees", "https://evil.example/?a=b", "//evil.example?a=b", ""] {
        let nothing = curator.post("/own/filters", &[("address", address), ("name", "Ждут")]).await;
        nothing.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("Сохранять пока нечего");
    }
    let fields = [("address", list), ("name", "Ждут <b>решения</b>")];
    let led = curator.post("/own/filters", &fields).await.led_to();
    assert!(led.starts_with(list), "{led}");
    curator.get(&led).await.shows("Фильтр сохранён");
    let twice = curator.post("/own/filters", &fields).await;
    twice.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("уже есть");
    let page = curator.get("/bank/mentees").await;
    page.shows("Мои фильтры");
    assert!(page.text().contains("href=\"/bank/mentees?state=proposed&#38;mentor=no\""));
    assert!(!page.text().contains("Ждут <b>"));
    curator.get("/bank/mentors").await.hides("Мои фильтры");
    let director = world.browser(&app, Role::Director).await;
    director.get("/bank/mentees").await.hides("Мои фильтры");
    let path = first(&app).await;
    director.post(&path, &[("name", "Чужой")]).await.expect(StatusCode::NOT_FOUND);
    director.post(&format!("{path}/deletion"), &[]).await.expect(StatusCode::NOT_FOUND);
    curator.post(&path, &[("name", "")]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    let second = [("address", "/bank/mentees?mentor=yes"), ("name", "С наставником")];
    curator.post("/own/filters", &second).await.expect(StatusCode::SEE_OTHER);
    let taken = curator.post(&path, &[("name", "С наставником")]).await;
    taken.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("уже есть");
    curator.post(&path, &[("name", "Решить до октября")]).await.expect(StatusCode::SEE_OTHER);
    curator.get("/bank/mentees").await.shows("Решить до октября");
    let deleted = curator.post(&format!("{path}/deletion"), &[]).await.led_to();
    curator.get(&deleted).await.shows("Фильтр удалён");
    assert_eq!(saved(&app).await, 1);
    curator.post(&path, &[("name", "Нет его")]).await.expect(StatusCode::NOT_FOUND);
});

db_test!(there_is_an_end_to_saving, |app: TestApp| async move {
    let world = World::build(&app).await;
    let curator = world.browser(&app, Role::Curator).await;
    for number in 0..30 {
        let name = format!("Фильтр {number}");
        let fields = [("address", "/bank/mentors?ready=no"), ("name", name.as_str())];
        curator.post("/own/filters", &fields).await.expect(StatusCode::SEE_OTHER);
    }
    let fields = [("address", "/bank/mentors?ready=no"), ("name", "Ещё один")];
    let more = curator.post("/own/filters", &fields).await;
    more.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("Удалите ненужные");
    assert_eq!(saved(&app).await, 30);
});
