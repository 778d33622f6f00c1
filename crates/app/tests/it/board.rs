//! The board of pairs: who sees it, what it tells of papers, days, silence and load, and that it asks the database no more for more
//! pairs.

use axum::http::StatusCode;
use chrono::Duration;
use nastavnik::kernel::{db, ids};
use nastavnik::values;
use nastavnik_domain::role::Role;
use uuid::Uuid;

use crate::db_test;
use crate::pairs::stage::{Stage, day};
use crate::support::{TestApp, a_mentorship, a_person};

/// A meeting took place, whatever was said.
async fn met(stage: &Stage, pair: &str, on: &str) {
    let pair: Uuid = pair.parse().unwrap();
    let now = stage.app.app.clock.now();
    stage
        .app
        .exec(
            "INSERT INTO pair_meeting (id, mentorship_id, held_on, kind, recorded_by, recorded_at) \
             VALUES (?, ?, ?, 'in_person', ?, ?)",
            values![ids::row_id(), pair, day(on), stage.mentor, now],
        )
        .await;
}

db_test!(only_the_curator_and_the_director_of_the_school_see_the_board, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.pair().await;
    for role in Role::ALL {
        if matches!(role, Role::Curator | Role::Director) {
            continue;
        }
        let stranger = stage.world.browser(&app, role).await;
        for path in ["/pairs/board", "/pairs/board.xlsx"] {
            stranger.get(path).await.expect(StatusCode::NOT_FOUND);
        }
        let list = stranger.get("/pairs").await;
        assert!(!list.text().contains("/pairs/board"), "{role:?}");
    }
    for person in [stage.world.other_curator, stage.world.other_director] {
        let other = app.browser_of(person).await;
        other.get("/pairs/board").await.expect(StatusCode::OK).hides("Опытнова");
    }
    for browser in [&stage.curator, &stage.director] {
        browser.get("/pairs/board").await.expect(StatusCode::OK).shows("Опытнова А. И.");
    }
    assert!(stage.curator.get("/pairs").await.text().contains("/pairs/board"));
});

db_test!(an_empty_board_says_what_comes, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let other = app.browser_of(stage.world.other_curator).await;
    other.get("/pairs/board").await.expect(StatusCode::OK).shows("Здесь будут все пары вашей школы");
});

db_test!(days_without_papers_come_first_and_papers_are_told_apart, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.pair().await;
    // The pair of the world began on 1 October and has no paper at all.
    let board = stage.curator.get("/pairs/board").await.expect(StatusCode::OK);
    board.shows("54 дня без документов");
    board.shows("дни без документов");
    let html = board.text();
    let at = |id: &str| html.find(&format!("<a href=\"/pairs/{id}\"")).unwrap();
    assert!(at(&stage.world.mentorship.to_string()) < at(&pair), "the longest without papers first");
    stage.issue(&pair, "mentor_consent", stage.mentor).await;
    let board = stage.curator.get("/pairs/board?q=опытнова").await;
    board.shows("наставник : на подписи;");
    board.shows("приказ : ещё нет;");
    board.shows("ждёт подписи");
    let other = format!("<a href=\"/pairs/{}\"", stage.world.mentorship);
    assert!(!stage.curator.get("/pairs/board?need=signature").await.text().contains(&other));
    let paper = stage.newest_paper("mentor_consent").await;
    stage.sign(&paper, "2026-11-23").await.led_to();
    stage.curator.get("/pairs/board?q=опытнова").await.shows("наставник : подписан, скана нет;");
});

db_test!(silence_is_told_by_days_of_lessons_and_a_meeting_ends_it, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.active_pair().await;
    let board = stage.curator.get("/pairs/board?state=active").await;
    board.shows("ещё рано судить");
    board.shows("1 день с документами");
    stage.curator.get("/pairs/board?need=silence").await.shows("Таких пар нет");
    let stage = stage.later(Duration::weeks(4)).await;
    let board = stage.curator.get("/pairs/board?need=silence").await;
    board.shows("4 учебные недели без первой встречи: спросите, чем помочь");
    board.shows("29 дней с документами");
    stage.curator.get("/").await.shows("2 пары требуют внимания");
    met(&stage, &pair, "2026-12-18").await;
    stage.curator.get("/pairs/board?need=silence").await.shows("Таких пар нет");
    stage.curator.get("/pairs/board?pulse=on_track").await.shows("последняя встреча 18.12.2026");
    stage.curator.get("/").await.shows("1 пара требует внимания");
    let stage = stage.later(Duration::weeks(4)).await;
    // Of the month holidays and a break take the longer half.
    stage.curator.get("/pairs/board?pulse=on_track").await.shows("последняя встреча 18.12.2026");
    let stage = stage.later(Duration::weeks(2)).await;
    stage.director.get("/pairs/board?pulse=check_in").await.shows("спросите, всё ли хорошо");
});

db_test!(who_meets_when_needed_is_not_asked_about_silence, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.pair_of(&stage.fields().set("kinds", "situational")).await;
    stage.papers(&pair, &[stage.mentee]).await;
    let order = crate::pairs::stage::id_in(&stage.prepare(&[&pair]).await.led_to());
    stage.director.post(&format!("/orders/{order}/signature"), &[("signed_on", "2026-11-23")]).await.led_to();
    let stage = stage.later(Duration::weeks(20)).await;
    stage.curator.get("/pairs/board?kind=situational").await.shows("встречаются, когда нужно");
    stage.curator.get("/pairs/board?need=silence").await.shows("Таких пар нет");
});

db_test!(the_next_step_leads_where_it_is_done, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.pair().await;
    stage.papers(&pair, &[stage.mentee]).await;
    // Its first day is today, and there is no order yet.
    let board = stage.curator.get("/pairs/board?need=order").await;
    assert!(board.text().contains("href=\"/orders/new\""));
    let order = stage.prepare(&[&pair]).await.led_to();
    let order = crate::pairs::stage::id_in(&order);
    let board = stage.director.get("/pairs/board?need=signature").await;
    assert!(board.text().contains(&format!("href=\"/papers/{order}\"")));
    board.shows("Приказ ждёт подписи руководителя.");
});

db_test!(load_and_objections_are_told_to_those_who_may_know, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.pair().await;
    stage.curator.get("/pairs/board?q=опытнова").await.shows("1 из 3");
    let now = app.app.clock.now();
    app.exec(
        "INSERT INTO pair_opinion (id, organization_id, mentor_id, mentee_id, verdict, given_on, given_by, given_at) \
         VALUES (?, ?, ?, ?, 'not_recommended', ?, ?, ?)",
        values![
            ids::row_id(),
            stage.world.school,
            stage.mentor,
            stage.mentee,
            day("2026-11-20"),
            stage.world.people[&Role::Psychologist],
            now
        ],
    )
    .await;
    stage.curator.get("/pairs/board?need=objection").await.shows("есть возражение");
    stage.director.get("/pairs/board?need=objection").await.shows("Таких пар нет");
    stage.director.get("/pairs/board").await.hides("не рекомендуется");
});

db_test!(filters_order_and_the_workbook_keep_to_the_address, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.active_pair().await;
    let mentor = stage.mentor;
    stage.curator.get(&format!("/pairs/board?mentor={mentor}")).await.hides("Рольmentee");
    stage.curator.get("/pairs/board?kind=group").await.shows("Таких пар нет");
    stage.curator.get("/pairs/board?state=ended").await.shows("Таких пар нет");
    stage.curator.get("/pairs/board?q=%25").await.shows("Таких пар нет");
    for sort in ["pair", "-days", "silence", "-load", "nonsense"] {
        stage
            .curator
            .get(&format!("/pairs/board?sort={sort}"))
            .await
            .expect(StatusCode::OK)
            .shows("Опытнова");
    }
    let book = stage.curator.get("/pairs/board.xlsx?need=attention").await.expect(StatusCode::OK);
    assert!(book.bytes.starts_with(b"PK"));
});

db_test!(sixty_pairs_cost_no_more_queries_than_two, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.active_pair().await;
    met(&stage, &pair, "2026-11-23").await;
    let (_, few) = db::counted(stage.curator.get("/pairs/board")).await;
    let tx = app.app.db.begin().await.unwrap();
    for number in 0..58 {
        let mentor = a_person(&tx, stage.world.school, "учитель", &format!("Много{number}")).await;
        let mentee = a_person(&tx, stage.world.school, "учитель", &format!("Ученик{number}")).await;
        a_mentorship(&tx, stage.world.school, mentor, &[mentee]).await;
    }
    tx.commit().await.unwrap();
    let (page, many) = db::counted(stage.curator.get("/pairs/board")).await;
    page.shows("Показаны 1–60 из 60");
    assert_eq!(few, many);
});
