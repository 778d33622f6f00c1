//! Loading of staff lists: refusals, the preview, decisions, all or nothing.

mod lists;

use axum::http::StatusCode;
use chrono::NaiveDate;
use nastavnik::imports::{self, Wanted};
use nastavnik::values;
use nastavnik_domain::role::Role;

use self::lists::{
    CITY, SCHOOL, add_five, bomb, doubts, list, loaded, loaded_for, noise, owned, packed, peak_kib,
    people_named, press_load, row, tally, text, version,
};
use crate::db_test;
use crate::support::process::run;
use crate::support::{TestApp, World};

db_test!(hostile_files_are_refused_at_the_field_and_change_nothing, |app: TestApp| async move {
    let world = World::build(&app).await;
    let curator = world.browser(&app, Role::Curator).await;
    let files: [(&str, Vec<u8>, &str); 5] = [
        ("noise.xlsx", noise(10 << 20), "не таблица Excel"),
        ("letter.xlsx", packed(&[("word/document.xml", b"<w/>".to_vec())]), "документ Word"),
        ("empty.xlsx", Vec::new(), "Файл пуст"),
        ("nothing.xlsx", list(&[]), "нет ни одной заполненной ячейки"),
        ("bomb.xlsx", bomb(), "устроен необычно"),
    ];
    for (name, content, words) in files {
        let page = curator.upload("/imports", &[], ("list", name, &content)).await;
        page.expect(StatusCode::UNPROCESSABLE_ENTITY).shows(words);
    }
    curator.post("/imports", &[]).await.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("Выберите файл");
    for table in ["staff_import", "file", "job"] {
        assert_eq!(app.count(&format!("SELECT COUNT(*) AS n FROM {table}"), vec![]).await, 0, "{table}");
    }
});

db_test!(a_load_is_seen_and_moved_only_within_reach, |app: TestApp| async move {
    let world = World::build(&app).await;
    let own = world.browser(&app, Role::Curator).await;
    let at = loaded(&app, &own, &list(&[row("Ёжикова Анна Петровна", "01.02.1990", "учитель")])).await;
    own.get(&at).await.expect(StatusCode::OK).shows("Ёжикова");
    let strangers = [app.browser_of(world.other_curator).await, app.browser_of(world.far_director).await];
    for stranger in strangers {
        for path in ["", "/progress", "/report.xlsx"] {
            stranger.get(&format!("{at}{path}")).await.expect(StatusCode::NOT_FOUND);
        }
        for path in ["/mapping", "/rows/2", "/application", "/cancellation"] {
            let page = stranger.post(&format!("{at}{path}"), &[("version", "2")]).await;
            page.expect(StatusCode::NOT_FOUND);
        }
        stranger.get("/imports").await.expect(StatusCode::OK).hides("list.xlsx");
    }
    world.browser(&app, Role::Mentor).await.get("/imports").await.expect(StatusCode::FORBIDDEN);
    assert_eq!(people_named(&app, "Ёжикова").await, 0);
});

db_test!(another_schools_list_is_never_loaded_into_the_own, |app: TestApp| async move {
    let world = World::build(&app).await;
    add_five(&app, &world).await;
    let curator = app.browser_of(world.other_curator).await;
    let people = app.count("SELECT COUNT(*) AS n FROM person", vec![]).await;
    let at = loaded(&app, &curator, SCHOOL).await;
    let page = curator.get(&at).await.expect(StatusCode::OK);
    page.shows("названа другая организация");
    page.shows("Не прочитан");
    // Rows that name another organization are mistakes; the other rows stand.
    let mut foreign = row("Жукова Вера Павловна", "01.02.1991", "учитель");
    foreign.push(text("МБОУ «СОШ №1»"));
    let mut own = row("Щукина Вера Павловна", "01.02.1992", "учитель");
    own.push(text("МБОУ «СОШ №2»"));
    let at = loaded(&app, &curator, &list(&[foreign, own])).await;
    curator.get(&format!("{at}?tab=error")).await.shows("названа другая организация, а список");
    press_load(&app, &curator, &at, &[]).await;
    assert_eq!(people_named(&app, "Щукина").await, 1);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM person", vec![]).await, people + 1);
});

db_test!(the_city_then_one_school_gives_one_person_once, |app: TestApp| async move {
    let world = World::build(&app).await;
    let department = world.browser(&app, Role::Department).await;
    let before = app.count("SELECT COUNT(*) AS n FROM person", vec![]).await;
    let owner = format!("territory:{}", world.municipality);
    let started = std::time::Instant::now();
    let at = loaded_for(&app, &department, &owner, CITY).await;
    let page = department.get(&at).await.expect(StatusCode::OK);
    page.shows("Новые: 1 706");
    page.shows("добавить 1 706 работников");
    page.shows("создать 28 организаций");
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM person", vec![]).await, before);
    press_load(&app, &department, &at, &[]).await;
    println!("the city: {:?}", started.elapsed());
    department.get(&at).await.shows("Загружен");
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM person", vec![]).await, before + 1706);
    let report = department.get(&format!("{at}/report.xlsx")).await.expect(StatusCode::OK);
    assert!(report.bytes.starts_with(b"PK"));

    let again = loaded_for(&app, &department, &owner, CITY).await;
    assert_eq!(tally(&app, &again).await, [("same", 1706), ("skipped", 1)].map(owned));
    department.get(&again).await.shows("Загружать нечего");

    // The school's own list: everybody is known, one row is typed twice, nobody is lost.
    for _ in 0..2 {
        let at = loaded_for(&app, &department, &owner, SCHOOL).await;
        assert_eq!(
            tally(&app, &at).await,
            [("same", 90), ("skipped", 6)].map(owned),
            "{}",
            doubts(&app, &at).await
        );
        department.get(&format!("{at}?tab=same&page=1")).await.shows("Повтор строки 14");
    }
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM person", vec![]).await, before + 1706);
    let journaled = "SELECT COUNT(*) AS n FROM journal WHERE kind = 'person_added_by_list'";
    assert_eq!(app.count(journaled, vec![]).await, 1706);
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_school_then_the_city_gives_one_person_once() {
    let app = TestApp::on_sqlite().await;
    let world = World::build(&app).await;
    add_five(&app, &world).await;
    let before = app.count("SELECT COUNT(*) AS n FROM person", vec![]).await;
    let load = async |content: &[u8]| {
        let wanted = Wanted {
            content: content.to_vec(),
            file_name: "list.xlsx",
            organization: None,
            municipality: Some("Город Нефтеюганск"),
            is_applied: true,
        };
        let done = imports::from_console(&app.app, wanted).await.unwrap();
        (done.new, done.changed, done.doubtful, done.error, done.remarks.join("\n"))
    };
    let first = load(SCHOOL).await;
    assert_eq!((first.0, first.1, first.2, first.3), (89, 0, 0, 0), "{}", first.4);
    let second = load(CITY).await;
    assert_eq!((second.0, second.2, second.3), (1706 - 89, 0, 0), "{}", second.4);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM person", vec![]).await, before + 1706);
    for content in [SCHOOL, CITY] {
        let again = load(content).await;
        assert_eq!((again.0, again.1, again.2, again.3), (0, 0, 0, 0), "{}", again.4);
    }
    app.finish().await;
}

db_test!(namesakes_stay_two_and_doubts_are_decided_by_a_person, |app: TestApp| async move {
    let world = World::build(&app).await;
    let curator = world.browser(&app, Role::Curator).await;
    let first = [
        row("Орлова Анна Ивановна", "01.02.1980", "учитель"),
        row("Орлова Анна Ивановна", "15.08.1991", "педагог-психолог"),
    ];
    let at = loaded(&app, &curator, &list(&first)).await;
    press_load(&app, &curator, &at, &[]).await;
    assert_eq!(people_named(&app, "Орлова").await, 2);

    // No date of birth, another position: it may be either of them or a third.
    let unclear =
        [row("Орлова Анна Ивановна", "", "методист"), row("Сойкина Яна Ильинична", "02.03.1999", "учитель")];
    let at = loaded(&app, &curator, &list(&unclear)).await;
    let page = curator.get(&at).await.expect(StatusCode::OK);
    page.shows("может быть однофамилец");
    page.shows("Ждут вашего решения: 1 сомнительная строка");
    let refused = curator.post(&format!("{at}/application"), &[("version", &version(&app, &at).await)]).await;
    refused.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("Решите сомнительные строки");
    let foreign = format!("person:{}", world.other_teacher);
    let refused = curator.post(&format!("{at}/rows/2"), &[("decision", &foreign)]).await;
    refused.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("выберите, кто это");
    let stale = version(&app, &at).await;
    curator.post(&format!("{at}/rows/2"), &[("decision", "new")]).await.led_to();
    curator.post(&format!("{at}/application"), &[("version", &stale)]).await.expect(StatusCode::CONFLICT);
    press_load(&app, &curator, &at, &[]).await;
    assert_eq!(people_named(&app, "Орлова").await, 3);
    assert_eq!(people_named(&app, "Сойкина").await, 1);
    let again = loaded(&app, &curator, &list(&first)).await;
    assert_eq!(
        tally(&app, &again).await,
        [("same", 2), ("skipped", 1)].map(owned),
        "{}",
        doubts(&app, &again).await
    );
});

db_test!(another_position_begins_a_new_period_and_a_category_is_mended, |app: TestApp| async move {
    let world = World::build(&app).await;
    let curator = world.browser(&app, Role::Curator).await;
    for (position, category) in [("учитель", "первая"), ("учитель", "высшая"), ("методист", "высшая")]
    {
        let mut one = row("Зимина Инна Львовна", "01.02.1980", position);
        one.extend([text("МБОУ «СОШ №1»"), text(category), text("01.09.2015")]);
        let at = loaded(&app, &curator, &list(&[one.clone()])).await;
        press_load(&app, &curator, &at, &[]).await;
        let again = loaded(&app, &curator, &list(&[one])).await;
        assert_eq!(
            tally(&app, &again).await,
            [("same", 1), ("skipped", 1)].map(owned),
            "{position} {category}"
        );
    }
    let jobs = "SELECT COUNT(*) AS n FROM employment e JOIN person p ON p.id = e.person_id \
                WHERE p.surname = 'Зимина' AND e.position = ? AND e.qualification = 'highest' AND e.started_on = ?";
    let hired = NaiveDate::from_ymd_opt(2015, 9, 1).unwrap();
    let ended = format!("{jobs} AND e.ended_on = ?");
    assert_eq!(app.count(&ended, values!["учитель", hired, app.today()]).await, 1);
    assert_eq!(
        app.count(&format!("{jobs} AND e.ended_on IS NULL"), values!["методист", app.today()]).await,
        1
    );
    let told = "SELECT COUNT(*) AS n FROM journal WHERE kind = 'person_changed_by_list' AND payload LIKE ?";
    assert_eq!(app.count(told, values!["%\"before\":\"первая\",\"after\":\"высшая\"%"]).await, 1);
});

db_test!(data_changed_meanwhile_bring_a_new_preview_and_nothing_else, |app: TestApp| async move {
    let world = World::build(&app).await;
    let curator = world.browser(&app, Role::Curator).await;
    let rows = [
        row("Клёнова Зоя Юрьевна", "03.04.1988", "учитель"),
        row("Сойкина Яна Ильинична", "02.03.1999", "учитель"),
    ];
    let at = loaded(&app, &curator, &list(&rows)).await;
    // Meanwhile the same person is added by another load.
    let other = loaded(&app, &curator, &list(&rows[..1])).await;
    press_load(&app, &curator, &other, &[]).await;
    press_load(&app, &curator, &at, &[]).await;
    curator.get(&at).await.shows("данные в системе изменились");
    assert_eq!(people_named(&app, "Сойкина").await, 0);
    press_load(&app, &curator, &at, &[]).await;
    curator.get(&at).await.shows("Загружен");
    assert_eq!((people_named(&app, "Клёнова").await, people_named(&app, "Сойкина").await), (1, 1));
});

db_test!(a_double_press_loads_once_and_a_canceled_load_never, |app: TestApp| async move {
    let world = World::build(&app).await;
    let curator = world.browser(&app, Role::Curator).await;
    let at = loaded(&app, &curator, &list(&[row("Сойкина Яна Ильинична", "02.03.1999", "учитель")])).await;
    let fields = version(&app, &at).await;
    let (path, key) = (format!("{at}/application"), nastavnik::kernel::ids::form_key());
    let first = curator.post_keyed(&path, &[("version", &fields)], key).await.led_to();
    assert_eq!(curator.post_keyed(&path, &[("version", &fields)], key).await.led_to(), first);
    curator.post(&path, &[("version", &fields)]).await.expect(StatusCode::CONFLICT);
    app.run_jobs().await;
    assert_eq!(people_named(&app, "Сойкина").await, 1);
    curator.post(&format!("{at}/cancellation"), &[]).await.expect(StatusCode::CONFLICT);

    let at = loaded(&app, &curator, &list(&[row("Рябова Яна Ильинична", "02.03.1998", "учитель")])).await;
    curator.post(&format!("{at}/cancellation"), &[]).await.led_to();
    curator
        .post(&format!("{at}/application"), &[("version", &version(&app, &at).await)])
        .await
        .expect(StatusCode::CONFLICT);
    assert_eq!(people_named(&app, "Рябова").await, 0);
});

db_test!(a_person_of_another_school_is_recognized_and_not_told_about, |app: TestApp| async move {
    let world = World::build(&app).await;
    app.exec("UPDATE person SET phone = ? WHERE id = ?", values!["+7 900 111-22-33", world.other_teacher])
        .await;
    let curator = world.browser(&app, Role::Curator).await;
    let at =
        loaded(&app, &curator, &list(&[row("Другаяучитель Анна Ивановна", "17.05.1990", "методист")])).await;
    let page = curator.get(&at).await.expect(StatusCode::OK);
    page.shows("работа в этой организации: методист");
    page.hides("111-22-33");
    // Without the date of birth nothing tells that such a person exists.
    let blind = loaded(&app, &curator, &list(&[row("Другаяучитель Анна Ивановна", "", "методист")])).await;
    assert_eq!(tally(&app, &blind).await, [("new", 1), ("skipped", 1)].map(owned));
    press_load(&app, &curator, &at, &[]).await;
    assert_eq!(people_named(&app, "Другаяучитель").await, 1);
});

#[test]
fn the_command_line_loads_a_city_into_an_empty_database_and_refuses_a_bomb_cheaply() {
    let folder = std::env::temp_dir().join(format!("nast_console_{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (city, bad) = (folder.join("city.xlsx"), folder.join("bomb.xlsx"));
    std::fs::write(&city, CITY).unwrap();
    std::fs::write(&bad, bomb()).unwrap();
    let data = folder.join("data");
    let path = |path: &std::path::Path| path.to_str().unwrap().to_owned();
    let only_look = run(&["import", "staff", &path(&city), "--data", &path(&data)]);
    assert!(!only_look.status.success(), "nothing is made by a look");
    let said = |output: &std::process::Output| String::from_utf8_lossy(&output.stdout).into_owned();
    let applied = run(&["import", "staff", &path(&city), "--data", &path(&data), "--apply"]);
    let last = "Итого: новых 1706, изменённых 0, без изменений 0, сомнительных 0, ошибок 0\n";
    assert!(said(&applied).ends_with(last), "{applied:?}");
    assert!(said(&applied).contains("Новых организаций: 30"), "{}", said(&applied));
    let again = run(&["import", "staff", &path(&city), "--data", &path(&data), "--apply"]);
    let last = "Итого: новых 0, изменённых 0, без изменений 1706, сомнительных 0, ошибок 0\n";
    assert!(said(&again).ends_with(last), "{again:?}");

    let base = peak_kib(&["migrate", "--data", &path(&data)]);
    let peak = peak_kib(&["import", "staff", &path(&bad), "--data", &path(&data), "--apply"]);
    assert!(peak <= base + (64 << 10), "{peak} KiB over {base} KiB");
    std::fs::remove_dir_all(&folder).unwrap();
}
