//! Signing in, slips, sessions, headers.

use axum::http::{StatusCode, header};
use chrono::Duration;
use nastavnik::kernel::accounts;
use nastavnik_domain::role::Role;

use crate::db_test;
use crate::support::{TestApp, World};

db_test!(a_wrong_password_and_an_unknown_login_look_alike, |app: TestApp| async move {
    let world = World::build(&app).await;
    let login = with_password(&app, &world).await;
    let known =
        app.anonymous().post("/login", &[("login", &login), ("password", "не тот пароль вовсе")]).await;
    app.advance(Duration::seconds(30));
    let unknown =
        app.anonymous().post("/login", &[("login", &login), ("password", "и этот не подойдёт")]).await;
    let absent =
        app.anonymous().post("/login", &[("login", "nobody-xx"), ("password", "не тот пароль вовсе")]).await;
    for page in [&known, &unknown, &absent] {
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        page.shows("Имя для входа или пароль не подходят");
        assert!(!page.headers.contains_key(header::SET_COOKIE));
    }
});

db_test!(guessing_is_slowed_down_and_the_owner_comes_in_later, |app: TestApp| async move {
    let world = World::build(&app).await;
    let login = with_password(&app, &world).await;
    let wrong = [("login", login.as_str()), ("password", "не тот пароль вовсе")];
    app.anonymous().post("/login", &wrong).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    app.anonymous().post("/login", &wrong).await.shows("Подождите");
    app.advance(Duration::seconds(11));
    let right = [("login", login.as_str()), ("password", PASSWORD)];
    let page = app.anonymous().post("/login", &right).await.expect(StatusCode::SEE_OTHER);
    let cookie = page.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"));
});

db_test!(a_slip_works_once_and_opening_it_changes_nothing, |app: TestApp| async move {
    let world = World::build(&app).await;
    let secret = slip(&app, &world).await;
    let path = format!("/invitations/{secret}");
    for _ in 0..3 {
        app.anonymous().get(&path).await.expect(StatusCode::OK).shows("Придумайте пароль");
    }
    let weak = [("password", "короткий"), ("repeat", "короткий")];
    app.anonymous()
        .post(&path, &weak)
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY)
        .shows("короче 12 знаков");
    let good = [("password", PASSWORD), ("repeat", PASSWORD)];
    app.anonymous().post(&path, &good).await.expect(StatusCode::SEE_OTHER);
    app.anonymous().post(&path, &good).await.shows("уже использована или устарела");
    app.anonymous().get(&path).await.shows("уже использована или устарела");
});

db_test!(an_old_slip_is_refused, |app: TestApp| async move {
    let world = World::build(&app).await;
    let secret = slip(&app, &world).await;
    app.advance(Duration::days(15));
    app.anonymous().get(&format!("/invitations/{secret}")).await.shows("уже использована или устарела");
});

db_test!(an_idle_session_is_over_and_leaving_ends_it_on_the_server, |app: TestApp| async move {
    let world = World::build(&app).await;
    let curator = world.browser(&app, Role::Curator).await;
    curator.get("/own/password").await.expect(StatusCode::OK);
    app.advance(Duration::hours(3));
    assert_eq!(curator.get("/own/password").await.led_to(), "/login?next=%2Fown%2Fpassword");
    let again = world.browser(&app, Role::Curator).await;
    again.post("/logout", &[]).await.expect(StatusCode::SEE_OTHER);
    again.get("/own/password").await.expect(StatusCode::SEE_OTHER);
});

db_test!(a_new_password_ends_other_sessions, |app: TestApp| async move {
    let world = World::build(&app).await;
    with_password(&app, &world).await;
    let here = world.browser(&app, Role::Curator).await;
    let there = world.browser(&app, Role::Curator).await;
    let fields =
        [("current", PASSWORD), ("password", "совсем другая фраза"), ("repeat", "совсем другая фраза")];
    let wrong = [("current", "нынешний не такой"), fields[1], fields[2]];
    here.post("/own/password", &wrong)
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY)
        .shows("Нынешний пароль не подходит");
    here.post("/own/password", &fields).await.expect(StatusCode::SEE_OTHER);
    there.get("/own/password").await.expect(StatusCode::SEE_OTHER);
});

db_test!(every_answer_carries_the_security_headers, |app: TestApp| async move {
    let world = World::build(&app).await;
    let curator = world.browser(&app, Role::Curator).await;
    for page in [
        app.anonymous().get("/login").await,
        app.anonymous().get("/nowhere").await,
        app.anonymous().get("/people").await,
        app.anonymous().get("/healthz").await,
        curator.get("/own/password").await,
        curator.post("/healthz", &[]).await,
    ] {
        let policy = page.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(page.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");
        assert!(page.headers.contains_key("x-request-id"));
    }
});

db_test!(a_form_without_its_key_is_refused, |app: TestApp| async move {
    let world = World::build(&app).await;
    let curator = world.browser(&app, Role::Curator).await;
    let page = curator.post_keyed("/own/sessions/end", &[("form_key", "нет")], uuid::Uuid::nil()).await;
    page.expect(StatusCode::BAD_REQUEST).shows("Форма устарела");
});

const PASSWORD: &str = "три весёлых зайца";

async fn slip(app: &TestApp, world: &World) -> String {
    let curator = world.people[&Role::Curator];
    let tx = app.app.db.begin().await.unwrap();
    let name = nastavnik_domain::person::FullName::new("Роль", "Анна", Some("Ивановна"));
    let (account, _) = accounts::ensure(&tx, app.app.clock.now(), curator, &name).await.unwrap();
    let secret =
        accounts::invite(&tx, app.app.clock.now(), account, None, accounts::SLIP_LIFE).await.unwrap();
    tx.commit().await.unwrap();
    secret
}

/// Gives the curator a password through a slip and returns the login.
async fn with_password(app: &TestApp, world: &World) -> String {
    let secret = slip(app, world).await;
    let good = [("password", PASSWORD), ("repeat", PASSWORD)];
    app.anonymous().post(&format!("/invitations/{secret}"), &good).await.expect(StatusCode::SEE_OTHER);
    "rol-ai".to_owned()
}
