use std::time::Duration;

use axum::http::StatusCode;
use nastavnik::kernel::jobs;
use nastavnik::values;
use nastavnik_domain::role::Role;
use uuid::Uuid;

use super::hall::{Hall, result_of};
use crate::db_test;
use crate::support::{Page, TestApp};

/// From here on every run is too large for a page: its pairs, or its people already.
async fn nothing_fits(app: &TestApp, limit: &str) {
    app.exec("INSERT INTO setting (name, value) VALUES (?, '0')", values![limit]).await;
}

const PAIRS: &str = "matching_pairs_at_once";
const PEOPLE: &str = "matching_people_at_once";

async fn state_of(app: &TestApp, run: &str, state: &str) -> bool {
    let id: Uuid = run.parse().unwrap();
    let sql = "SELECT COUNT(*) AS n FROM matching_run WHERE id = ? AND state = ?";
    app.count(sql, values![id, state]).await == 1
}

db_test!(a_large_run_is_computed_in_the_background, |app: TestApp| async move {
    let hall = Hall::set(&app).await;
    let small = hall.run().await;
    nothing_fits(&app, PAIRS).await;
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

// So many people that even reading them is left to the job. The answer is the same, and so is what a region is told in numbers.
db_test!(people_of_a_region_are_gathered_in_the_background, |app: TestApp| async move {
    let hall = Hall::set(&app).await;
    hall.neighbor("Соседова").await;
    app.exec("UPDATE mentor_candidate SET capacity = 1 WHERE person_id = ?", values![hall.stage.mentor])
        .await;
    let region = hall.stage.world.browser(&app, Role::Region).await;
    let small = hall.run_by(&region).await;
    nothing_fits(&app, PEOPLE).await;
    region.get("/matching").await.expect(StatusCode::OK).shows("Новый подбор");
    let run = hall.run_by(&region).await;
    let path = format!("/matching/{run}");
    region.get(&format!("{path}/progress")).await.expect(StatusCode::OK).shows("Ждёт очереди");
    let content = "SELECT COUNT(*) AS n FROM matching_content WHERE run_id = ?";
    let id: Uuid = run.parse().unwrap();
    assert_eq!(app.count(content, values![id]).await, 0, "nobody waits for the people to be read");
    app.run_jobs().await;
    assert_eq!(result_of(&app, &run).await, result_of(&app, &small).await);
    let page = region.get(&path).await.expect(StatusCode::OK);
    page.shows("2 педагога ждали наставника");
    page.shows("Предложено: 1 пара, из них 0 с наставником другой организации");
    page.shows("Свободных мест нет: у всех подходящих наставников они заняты");
    page.hides("Новикова");
    page.hides("Опытнова");
    region.get(&format!("{path}?q=%D1%81%D0%BE%D1%88")).await.shows("МБОУ «СОШ №1»");
    region.get(&format!("{path}?q=%D0%BD%D0%B5%D1%82")).await.hides("МБОУ «СОШ №1»");
    // A run from before the numbers were kept says the same.
    app.exec("UPDATE matching_run SET numbers = '' WHERE id = ?", values![id]).await;
    region.get(&path).await.shows("Предложено: 1 пара, из них 0 с наставником другой организации");
});

// A day's run of a school has more than a page of everything: each list is opened whole, and anybody is found by name.
db_test!(lists_of_a_large_run_are_paged_and_searched, |app: TestApp| async move {
    let hall = Hall::set(&app).await;
    app.exec("UPDATE mentor_candidate SET capacity = 0 WHERE person_id = ?", values![hall.stage.mentor])
        .await;
    for number in 0..51 {
        hall.waits(&format!("Ждущева{}", char::from_u32('а' as u32 + number % 32).unwrap())).await;
    }
    let run = hall.run().await;
    let path = format!("/matching/{run}");
    let curator = &hall.stage.curator;
    let page = curator.get(&path).await.expect(StatusCode::OK);
    page.shows("Показаны первые 50 из 53");
    let in_a_row = |page: &Page, name: &str| page.text().contains(&format!("<th scope=\"row\">{name}"));
    assert!(in_a_row(&page, "Ждущева") && !in_a_row(&page, "Новикова"));
    let page = curator.get(&format!("{path}?list=left&page=2")).await.expect(StatusCode::OK);
    page.shows("Показаны 51–53 из 53");
    page.shows("Новикова Анна Ивановна");
    page.hides("Предложенные пары");
    let page = curator.get(&format!("{path}?q=%D0%BD%D0%BE%D0%B2%D0%B8%D0%BA")).await.expect(StatusCode::OK);
    page.shows("Новикова Анна Ивановна");
    page.shows("Без наставника: 53 человека");
    assert!(in_a_row(&page, "Новикова") && !in_a_row(&page, "Ждущева"));
});

db_test!(a_run_stopped_before_it_began_never_has_a_result, |app: TestApp| async move {
    let hall = Hall::set(&app).await;
    nothing_fits(&app, PAIRS).await;
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
        app.count("SELECT COUNT(*) AS n FROM matching_content WHERE result IS NOT NULL", vec![]).await;
    assert_eq!(with_result, 0);
});

// Stopped half way, from a process that does not compute it: the work itself ends, not only what is shown of it, and both
// processes tell how far it is.
db_test!(a_run_stopped_by_another_process_stops_working, |app: TestApp| async move {
    let hall = Hall::set(&app).await;
    nothing_fits(&app, PAIRS).await;
    let run = hall.run().await;
    let id: Uuid = run.parse().unwrap();
    enlarge(&app, id, 4_000).await;
    let other = app.restarted().app;
    let worker = tokio::spawn(async move { jobs::run_one(&other).await.unwrap() });
    let done = "SELECT done AS n FROM matching_pace WHERE run_id = ?";
    let mut waited = 0;
    while app.count(done, values![id]).await == 0 {
        assert!(!worker.is_finished() && waited < 3_000, "the work has not begun");
        tokio::time::sleep(Duration::from_millis(10)).await;
        waited += 1;
    }
    assert_eq!(app.app.progress.get(id), None, "it is not computed here");
    hall.stage.curator.get(&format!("/matching/{run}")).await.shows("Сравниваем людей");
    hall.stage.curator.post(&format!("/matching/{run}/cancellation"), &[]).await.led_to();
    assert!(!worker.is_finished(), "it was still at work when it was stopped");
    assert!(tokio::time::timeout(Duration::from_secs(2), worker).await.expect("it ends soon").unwrap());
    assert!(state_of(&app, &run, "canceled").await);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM job WHERE state = 'done'", vec![]).await, 1);
});

#[derive(sea_orm::FromQueryResult)]
struct Kept {
    input: String,
}

/// Copies the people of a waiting run inside its kept input, so that it takes long: cheaper than people of a database.
async fn enlarge(app: &TestApp, run: Uuid, many: usize) {
    let sql = "SELECT input FROM matching_content WHERE run_id = ?";
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
    let sql = "UPDATE matching_content SET input = ? WHERE run_id = ?";
    app.exec(sql, values![input.to_string(), run]).await;
}
