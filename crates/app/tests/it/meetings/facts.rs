//! What curator, director and council see: days, kinds, rhythm, calls; numbers that open lists.

use axum::http::StatusCode;
use chrono::Duration;
use nastavnik::kernel::db;
use nastavnik_domain::role::Role;

use super::stage::{Stage, with};
use crate::db_test;
use crate::support::{TestApp, a_mentorship, a_person, a_signed_order};

db_test!(others_see_the_fact_at_the_same_address, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    for role in [Role::Psychologist, Role::Union, Role::Department] {
        let page = stage.world.browser(&app, role).await.get(&stage.address()).await;
        page.expect(StatusCode::NOT_FOUND);
    }
    stage.curator.get(&stage.address()).await.expect(StatusCode::OK).shows("Встреч ещё не записано");
    stage.mentor.post(&stage.address(), &with("worked", "канареечная тайна")).await.led_to();
    for role in [Role::Curator, Role::Director, Role::Council] {
        let page = stage.world.browser(&app, role).await.get(&stage.address()).await.expect(StatusCode::OK);
        page.shows("23 ноября 2026 г.");
        page.shows("Очно");
        page.hides("канареечная тайна");
        page.hides("Методика");
    }
});

db_test!(the_list_counts_what_its_numbers_say, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.curator.get("/meetings").await.expect(StatusCode::OK).shows("1 давно не встречались");
    stage.mentor.get("/").await.shows("Пара работает 7 недель, встреч ещё не записано");
    stage.mentor.post(&stage.address(), &with("held_on", "2026-11-20")).await.led_to();
    let page = stage.curator.get("/meetings").await;
    page.shows("1 встречались в этом месяце");
    page.shows("20.11.2026");
    stage.curator.get("/meetings?rhythm=month").await.shows("Рольmentor");
    stage.curator.get("/meetings?rhythm=silent").await.shows("Таких пар нет");
    stage.mentor.get("/").await.hides("Последняя встреча –");

    app.advance(Duration::days(35));
    let mentor = stage.world.browser(&app, Role::Mentor).await;
    mentor.get("/").await.shows("Последняя встреча – 5 недель назад");
    let curator = stage.world.browser(&app, Role::Curator).await;
    curator.get("/meetings?rhythm=silent").await.shows("20.11.2026, 5 недель назад");
});

db_test!(the_number_of_queries_does_not_grow_with_the_pairs, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.mentor.post(&stage.address(), &with("held_on", "2026-11-20")).await.led_to();
    let ask = async || {
        let mut counts = Vec::new();
        for (browser, address) in [
            (&stage.curator, "/meetings".to_owned()),
            (&stage.curator, stage.address()),
            (&stage.mentor, stage.address()),
        ] {
            let (page, statements) = db::counted(browser.get(&address)).await;
            page.expect(StatusCode::OK);
            counts.push(statements);
        }
        counts
    };
    let before = ask().await;
    let tx = app.app.db.begin().await.unwrap();
    db::exec(&tx, "UPDATE document SET number = 78", vec![]).await.unwrap();
    for index in 0..5 {
        let mentor = a_person(&tx, stage.world.school, "учитель", &format!("Наставник{index}")).await;
        let mentee = a_person(&tx, stage.world.school, "учитель", &format!("Новичок{index}")).await;
        let pair = a_mentorship(&tx, stage.world.school, mentor, &[mentee]).await;
        a_signed_order(&app, &tx, stage.world.school, pair).await;
        let other = format!("UPDATE document SET number = {} WHERE number = 77", 100 + index);
        db::exec(&tx, &other, vec![]).await.unwrap();
    }
    tx.commit().await.unwrap();
    for day in ["2026-11-10", "2026-11-11", "2026-11-12", "2026-11-13"] {
        stage.mentor.post(&stage.address(), &with("held_on", day)).await.led_to();
    }
    stage.curator.get("/meetings").await.shows("Наставник4");
    assert_eq!(before, ask().await);
});
