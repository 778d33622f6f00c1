use std::time::Duration;

use axum::http::StatusCode;
use nastavnik::kernel::jobs;
use nastavnik::values;
use nastavnik_domain::role::Role;

use super::hall::{Hall, result_of};
use crate::db_test;
use crate::support::TestApp;

/// From here on every run is too large for a page.
async fn nothing_fits(app: &TestApp) {
    app.exec("INSERT INTO setting (name, value) VALUES ('matching_pairs_at_once', '0')", vec![]).await;
}

async fn state_of(app: &TestApp, run: &str, state: &str) -> bool {
    let id: uuid::Uuid = run.parse().unwrap();
    let sql = "SELECT COUNT(*) AS n FROM matching_run WHERE id = ? AND state = ?";
    app.count(sql, values![id, state]).await == 1
}

db_test!(a_large_run_is_computed_in_the_background, |app: TestApp| async move {
    let hall = Hall::set(&app).await;
    let small = hall.run().await;
    nothing_fits(&app).await;
    let curator = &hall.stage.curator;
    let run = hall.run().await;
    let path = format!("/matching/{run}");
    let page = curator.get(&path).await.expect(StatusCode::OK);
    page.shows("Страницу можно закрыть: подбор продолжится");
    page.hides("Предложенные пары");
    curator.get(&format!("{path}/progress")).await.expect(StatusCode::OK).shows("0 из 100");
    curator.get(&format!("{path}/proposals.xlsx")).await.expect(StatusCode::NOT_FOUND);
    curator.get(&format!("{path}/comparison/{small}")).await.expect(StatusCode::CONFLICT);
    app.run_jobs().await;
    let page = curator.get(&path).await.expect(StatusCode::OK);
    page.shows("Предложено: 2 пары");
    assert!(curator.get(&format!("{path}/progress")).await.led_to().ends_with(&run));
    assert_eq!(result_of(&app, &run).await, result_of(&app, &small).await);
    let stopped = curator.post(&format!("{path}/cancellation"), &[]).await.expect(StatusCode::CONFLICT);
    stopped.shows("уже закончен");
});

db_test!(a_run_stopped_before_it_began_never_has_a_result, |app: TestApp| async move {
    let hall = Hall::set(&app).await;
    nothing_fits(&app).await;
    let run = hall.run().await;
    let path = format!("/matching/{run}");
    for role in [Role::Director, Role::Council] {
        let browser = hall.stage.world.browser(&app, role).await;
        browser.post(&format!("{path}/cancellation"), &[]).await.expect(StatusCode::FORBIDDEN);
    }
    hall.stage.curator.post(&format!("{path}/cancellation"), &[]).await.led_to();
    hall.stage.curator.get(&path).await.shows("Подбор остановлен");
    app.run_jobs().await;
    assert!(state_of(&app, &run, "canceled").await);
    let with_result =
        app.count("SELECT COUNT(*) AS n FROM matching_run WHERE result IS NOT NULL", vec![]).await;
    assert_eq!(with_result, 0);
});

// Stopped half way: the work itself ends, not only what is shown of it.
db_test!(a_run_stopped_half_way_stops_working, |app: TestApp| async move {
    let hall = Hall::set(&app).await;
    nothing_fits(&app).await;
    let run = hall.run().await;
    let id: uuid::Uuid = run.parse().unwrap();
    enlarge(&app, id, 2_000).await;
    let worker = tokio::spawn({
        let app = app.app.clone();
        async move { jobs::run_one(&app).await.unwrap() }
    });
    let mut waited = 0;
    while app.app.progress.get(id).is_none_or(|(done, _)| done == 0) {
        assert!(!worker.is_finished() && waited < 3_000, "the work has not begun");
        tokio::time::sleep(Duration::from_millis(2)).await;
        waited += 1;
    }
    hall.stage.curator.get(&format!("/matching/{run}")).await.shows("Сравниваем людей");
    let page = hall.stage.curator.post(&format!("/matching/{run}/cancellation"), &[]).await;
    let (done, _) = app.app.progress.get(id).expect("it was still at work when it was stopped");
    page.led_to();
    assert!(done < 700, "{done}");
    assert!(worker.await.unwrap());
    assert!(state_of(&app, &run, "canceled").await);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM job WHERE state = 'done'", vec![]).await, 1);
});

#[derive(sea_orm::FromQueryResult)]
struct Kept {
    input: String,
}

/// Copies the people of a waiting run inside its kept input, so that it takes long: cheaper than people of a database.
async fn enlarge(app: &TestApp, run: uuid::Uuid, many: usize) {
    let sql = "SELECT input FROM matching_run WHERE id = ?";
    let kept: Option<Kept> =
        nastavnik::kernel::db::one(app.app.db.reader(), sql, values![run]).await.unwrap();
    let mut input: serde_json::Value = serde_json::from_str(&kept.unwrap().input).unwrap();
    for side in ["mentors", "mentees"] {
        let people = input["people"][side].as_array_mut().unwrap();
        let first = people[0].clone();
        for _ in 0..many {
            let mut copy = first.clone();
            copy["profile"]["person"] = nastavnik::kernel::ids::row_id().to_string().into();
            people.push(copy);
        }
    }
    let sql = "UPDATE matching_run SET input = ? WHERE id = ?";
    app.exec(sql, values![input.to_string(), run]).await;
}
