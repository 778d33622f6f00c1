//! Minutes asked of a teacher: computed from what was filled, names for the school, numbers for the union.

use axum::http::StatusCode;
use nastavnik_domain::role::Role;

use super::stage::{Stage, with};
use crate::db_test;
use crate::support::TestApp;

db_test!(minutes_follow_from_what_was_filled, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let director = stage.world.browser(&app, Role::Director).await;
    director.get("/burden").await.expect(StatusCode::OK).shows("ничего не заполнялось");
    for day in ["2026-11-20", "2026-11-21", "2026-11-22"] {
        stage.mentor.post(&stage.address(), &with("held_on", day)).await.led_to();
    }
    // Three entries of 45 seconds are three begun minutes.
    let page = director.get("/burden").await;
    page.shows("Рольmentor Анна Ивановна МБОУ «СОШ №1» 3 запись о встрече – 3");
    page.shows("О чём – связь с целями пары");
    director.get("/burden?month=before").await.hides("запись о встрече – 3");
    let union = stage.world.browser(&app, Role::Union).await.get("/burden").await.expect(StatusCode::OK);
    union.hides("Рольmentor");
    union.shows("Участников меньше пяти");
    stage.mentor.get("/burden").await.expect(StatusCode::NOT_FOUND);
});

db_test!(the_director_sets_the_ceiling_from_a_day_on, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let director = stage.world.browser(&app, Role::Director).await;
    let school = stage.world.school.to_string();
    let fields =
        |minutes, day| [("organization", school.as_str()), ("minutes", minutes), ("valid_from", day)];
    stage.curator.post("/burden/ceilings", &fields("30", "2026-11-23")).await.expect(StatusCode::FORBIDDEN);
    for (fields, told) in [
        (fields("0", "2026-11-23"), "введите целое число от 5 до 600"),
        (fields("30", "2026-11-22"), "прошлое не переписывается"),
    ] {
        director.post("/burden/ceilings", &fields).await.expect(StatusCode::UNPROCESSABLE_ENTITY).shows(told);
    }
    let foreign = stage.world.other_school.to_string();
    let other = [("organization", foreign.as_str()), ("minutes", "30"), ("valid_from", "2026-11-23")];
    director.post("/burden/ceilings", &other).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    for _ in 0..8 {
        let day = [with("held_on", "2026-11-20").as_slice(), &[("same_day", "other")]].concat();
        stage.mentor.post(&stage.address(), &day).await.led_to();
    }
    director.post("/burden/ceilings", &fields("5", "2026-11-23")).await.led_to();
    let page = director.get("/burden?over=yes").await;
    page.shows("5 мин в месяц, действует с 23 ноября 2026 г.");
    page.shows("выше потолка");
    page.hides("Рольmentee");
});
