use axum::http::StatusCode;
use nastavnik::kernel::ids;
use nastavnik_domain::role::Role;

use super::hall::Hall;
use crate::db_test;
use crate::pairs::stage::error_at;
use crate::support::{TestApp, World};

const PATH: &str = "/matching/weights";
const GOOD: [(&str, &str); 10] = [
    ("needs", "100"),
    ("subject", "450"),
    ("same_organization", "150"),
    ("same_municipality", "70"),
    ("experience", "100"),
    ("experience_years", "10"),
    ("shift", "60"),
    ("wishes", "140"),
    ("valid_from", "2026-11-23"),
    ("source", "Приказ департамента № 12"),
];

fn with<'a>(name: &str, value: &'a str) -> Vec<(&'static str, &'a str)> {
    let put =
        |(known, usual): (&'static str, &'static str)| (known, if known == name { value } else { usual });
    GOOD.into_iter().map(put).collect()
}

db_test!(the_department_sets_weights_from_a_day_on, |app: TestApp| async move {
    let world = World::build(&app).await;
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Department) {
        let page = world.browser(&app, role).await.post(PATH, &GOOD).await;
        page.expect(StatusCode::FORBIDDEN);
    }
    let department = world.browser(&app, Role::Department).await;
    let foreign = world.other_municipality.to_string();
    let fields = [&GOOD[..], &[("municipality", foreign.as_str())]].concat();
    department.post(PATH, &fields).await.expect(StatusCode::NOT_FOUND);
    let table = [
        ("needs", "101", "Вместе части должны давать 1000 баллов, а дают 1001"),
        ("needs", "много", "введите целое число от 0 до 1000"),
        ("same_municipality", "200", "Один муниципалитет весит больше"),
        ("experience_years", "0", "хотя бы год"),
        ("valid_from", "2026-11-22", "Веса не меняют задним числом"),
        ("source", "", "Заполните поле «Основание»"),
    ];
    for (field, value, words) in table {
        let page = department.post(PATH, &with(field, value)).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
        let told = error_at(&page, field).unwrap_or_default();
        assert!(told.contains(words), "{field}: {told}");
        if !value.is_empty() {
            assert!(page.text().contains(&format!("value=\"{value}\"")), "what was typed stays: {value}");
        }
    }
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM matching_weights", vec![]).await, 0);
    let key = ids::form_key();
    department.post_keyed(PATH, &GOOD, key).await.led_to();
    department.post_keyed(PATH, &GOOD, key).await.led_to();
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM matching_weights", vec![]).await, 1);
    let curator = world.browser(&app, Role::Curator).await;
    let page = curator.get(PATH).await.expect(StatusCode::OK);
    page.shows("Приказ департамента № 12");
    page.shows("действовали раньше");
    page.hides("Новая редакция");
});

db_test!(a_run_uses_the_weights_of_its_day, |app: TestApp| async move {
    let hall = Hall::set(&app).await;
    let department = hall.stage.world.browser(&app, Role::Department).await;
    department.post(PATH, &with("valid_from", "2026-12-01")).await.led_to();
    let before = hall.run().await;
    hall.stage.curator.get(&format!("/matching/{before}")).await.shows("редакция с 23.08.2024");
    department.get(PATH).await.shows("начнут действовать");
    let hall = Hall { stage: hall.stage.later(chrono::Duration::days(10)).await };
    let after = hall.run().await;
    let page = hall.stage.curator.get(&format!("/matching/{after}")).await;
    page.shows("редакция с 01.12.2026");
    page.shows("из 450: предметы разные");
    // The run of before keeps its own.
    hall.stage.curator.get(&format!("/matching/{before}")).await.shows("из 200: предметы разные");
});
