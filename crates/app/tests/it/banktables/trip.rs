//! A table goes to Excel, is changed there and comes back.

use std::ops::ControlFlow;

use nastavnik::kernel::spreadsheet::{self, Limits};
use nastavnik_documents as paper;
use nastavnik_domain::staff_list::Cell;

use super::*;
use crate::support::{Browser, Page};

/// A table of the bank as a person has it open.
struct Sheet {
    heading: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Sheet {
    async fn download(browser: &Browser, path: &str) -> Self {
        let book = browser.get(path).await.expect(StatusCode::OK).bytes;
        let name = &spreadsheet::sheets(&book, &Limits::UPLOAD).unwrap()[0];
        let mut rows: Vec<Vec<String>> = Vec::new();
        spreadsheet::read(&book, name, &Limits::UPLOAD, |_, cells| {
            rows.push(
                cells
                    .iter()
                    .map(|cell| if let Cell::Text(text) = cell { text.clone() } else { cell.shown() })
                    .collect(),
            );
            ControlFlow::Continue(())
        })
        .unwrap();
        assert!(rows[0][0].contains("Код записи в последнем столбце не меняйте"));
        let heading = rows[1].clone();
        Self { rows: rows.split_off(2), heading }
    }

    fn column(&self, title: &str) -> usize {
        self.heading.iter().position(|known| known.starts_with(title)).unwrap_or_else(|| panic!("no {title}"))
    }

    fn row(&self, name: &str) -> usize {
        self.rows.iter().position(|row| row[1].starts_with(name)).unwrap_or_else(|| panic!("no {name}"))
    }

    fn cell(&self, name: &str, title: &str) -> &str {
        self.rows[self.row(name)].get(self.column(title)).map_or("", String::as_str)
    }

    fn set(&mut self, name: &str, title: &str, text: &str) {
        let (row, column) = (self.row(name), self.column(title));
        text.clone_into(&mut self.rows[row][column]);
    }

    fn bytes(&self) -> Vec<u8> {
        let column = |title: &String| paper::ListColumn {
            title: title.clone(),
            width: 20.0,
            kind: paper::ColumnKind::Text,
        };
        let columns: Vec<_> = self.heading.iter().map(column).collect();
        let cells = |row: &Vec<String>| row.iter().map(|text| paper::Cell::Text(text.clone())).collect();
        paper::table("Банк", &columns, self.rows.iter().map(cells)).unwrap()
    }

    async fn upload(&self, browser: &Browser, path: &str) -> String {
        let led = browser.upload(path, &[], ("table", "банк.xlsx", &self.bytes())).await.led_to();
        led.split('?').next().unwrap().to_owned()
    }
}

/// The fingerprint of what a preview shows.
fn shown(page: &Page) -> String {
    page.text().split("name=\"shown\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

async fn apply(browser: &Browser, table: &str) -> Page {
    let fingerprint = shown(&browser.get(table).await.expect(StatusCode::OK));
    browser.post(&format!("{table}/application"), &[("shown", &fingerprint)]).await
}

async fn ten_candidates(app: &TestApp, world: &World) -> Vec<String> {
    let mut found = Vec::new();
    for letter in ["а", "б", "в", "г", "д", "е", "ж", "и", "к", "л"] {
        let person = hire(app, world.school, &format!("Ёлкина{letter}")).await;
        found.push(list_candidate(app, world, person).await);
    }
    found
}

db_test!(ten_changed_cells_are_exactly_ten_changes, |app: TestApp| async move {
    let world = World::build(&app).await;
    ten_candidates(&app, &world).await;
    let curator = world.browser(&app, Role::Curator).await;
    let (export, path) = ("/bank/mentors.xlsx", "/bank/mentors/table");
    let book = curator.get(export).await.expect(StatusCode::OK).bytes;
    let untouched = curator.upload(path, &[], ("table", "как есть.xlsx", &book)).await.led_to();
    curator.get(&untouched).await.expect(StatusCode::OK).shows("Вносить нечего");
    let mut sheet = Sheet::download(&curator, export).await;
    sheet.set("Ёлкинаа", "Мест всего", "4");
    sheet.set("Ёлкинаа", "Примечание", "=по средам");
    sheet.set("Ёлкинаб", "Виды", "Ситуационное; реверсивное");
    sheet.set("Ёлкинав", "Время и место", "вторник, кабинет 12\nили онлайн");
    sheet.set("Ёлкинаг", "Работает дистанционно", "Да");
    sheet.set("Ёлкинад", "В реестре", "+");
    sheet.set("Ёлкинае", "Мест всего", "0");
    sheet.set("Ёлкинаж", "Примечание", "до мая");
    sheet.set("Ёлкинаи", "Мест всего", "3");
    sheet.set("Ёлкинак", "Работает дистанционно", "да");
    sheet.set("Ёлкинал", "Должность", "директор");
    sheet.set("Ёлкинал", "Фамилия", "Ёлкинал Не Та");
    sheet.rows.reverse();
    let table = sheet.upload(&curator, path).await;
    let preview = curator.get(&table).await.expect(StatusCode::OK);
    preview.shows("Что изменится: 10 ячеек, 9 записей");
    preview.shows("Без изменений: 1 строка");
    preview.shows("Виды наставничества пусто ситуационное; реверсивное");
    preview.shows("Мест всего 2 4");
    assert_eq!(journal(&app, "mentor_candidate_changed").await, 0);
    let led = apply(&curator, &table).await.led_to();
    let report = curator.get(&led).await;
    report.shows("Внесено: 10 изменений");
    report.shows("Внесено 10 изменений в 9 записей");
    assert_eq!(journal(&app, "mentor_candidate_changed").await, 9);
    assert_eq!(journal(&app, "bank_table_applied").await, 1);
    let changed = app.count("SELECT COUNT(*) AS n FROM mentor_candidate WHERE version = 2", vec![]).await;
    assert_eq!(changed, 9);
    let now = Sheet::download(&curator, export).await;
    assert_eq!(now.cell("Ёлкинаа", "Примечание"), "'=по средам");
    assert_eq!(now.cell("Ёлкинав", "Время и место"), "вторник, кабинет 12\nили онлайн");
    assert_eq!(now.cell("Ёлкинад", "В реестре"), "да");
    assert_eq!(now.cell("Ёлкинае", "Мест всего"), "0");
    assert_eq!(now.cell("Ёлкинал", "Должность"), "учитель");
    let again = sheet.upload(&curator, path).await;
    curator.get(&again).await.expect(StatusCode::OK).shows("Вносить нечего");
    let twice = curator.post(&format!("{table}/application"), &[("shown", "")]).await;
    twice.expect(StatusCode::CONFLICT).shows("уже внесена");
});

db_test!(what_is_wrong_is_told_at_its_cell_and_nothing_is_applied, |app: TestApp| async move {
    let world = World::build(&app).await;
    ten_candidates(&app, &world).await;
    let curator = world.browser(&app, Role::Curator).await;
    let mut sheet = Sheet::download(&curator, "/bank/mentors.xlsx").await;
    let at = |title: &str, row: usize| {
        nastavnik_domain::staff_list::address(sheet.column(title), u32::try_from(row + 2).unwrap())
    };
    let (places, kinds, code) = (at("Мест всего", 0), at("Виды", 1), at("Код записи", 2));
    sheet.set("Ёлкинаа", "Мест всего", "6");
    sheet.set("Ёлкинаб", "Виды", "телепатическое");
    let damaged = sheet.cell("Ёлкинав", "Код записи").replacen(['0', '1', '2'], "f", 1) + "0";
    sheet.set("Ёлкинав", "Код записи", &damaged);
    let same = sheet.cell("Ёлкинад", "Код записи").to_owned();
    sheet.set("Ёлкинаг", "Код записи", &same);
    sheet.set("Ёлкинае", "Код записи", "");
    sheet.set("Ёлкинаж", "Мест всего", "1");
    let table = sheet.upload(&curator, "/bank/mentors/table").await;
    let page = curator.get(&table).await.expect(StatusCode::OK);
    page.shows(&format!("{places} Ёлкинаа Ольга Петровна Впишите целое число от 0 до 5"));
    page.shows(&format!("{kinds} Ёлкинаб Ольга Петровна «телепатическое»: такого вида наставничества нет"));
    page.shows(&format!("{code} не найден Код записи повреждён"));
    page.shows("уже есть в таблице выше");
    page.shows("нет кода записи");
    page.hides("Внести изменения");
    let refused = curator.post(&format!("{table}/application"), &[]).await;
    refused.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("Пока не внесено ничего");
    assert_eq!(journal(&app, "mentor_candidate_changed").await, 0);
});

db_test!(rows_of_others_are_refused_and_a_table_is_its_owners, |app: TestApp| async move {
    let world = World::build(&app).await;
    let stranger = world.other_teacher;
    let other = app.browser_of(world.other_curator).await;
    let worker = format!("{stranger}.{}", world.other_school);
    other
        .post("/bank/mentors", &[("worker", &worker), ("capacity", "1")])
        .await
        .expect(StatusCode::SEE_OTHER);
    let mut sheet = Sheet::download(&other, "/bank/mentors.xlsx").await;
    sheet.set("Другаяучитель", "Мест всего", "5");
    let curator = world.browser(&app, Role::Curator).await;
    let table = sheet.upload(&curator, "/bank/mentors/table").await;
    let page = curator.get(&table).await.expect(StatusCode::OK);
    page.shows("Записи с этим кодом среди ваших нет");
    page.hides("Другаяучитель");
    other.get(&table).await.expect(StatusCode::NOT_FOUND);
    other.post(&format!("{table}/application"), &[]).await.expect(StatusCode::NOT_FOUND);
    let wrong = sheet.upload(&other, "/bank/mentors/table").await;
    for role in [Role::Director, Role::Department] {
        let browser = world.browser(&app, role).await;
        browser.get(&wrong).await.expect(StatusCode::FORBIDDEN);
        browser.get("/bank/mentors.xlsx").await.expect(StatusCode::OK);
    }
    assert_eq!(journal(&app, "mentor_candidate_changed").await, 0);
});

db_test!(what_somebody_changed_meanwhile_is_never_overwritten, |app: TestApp| async move {
    let world = World::build(&app).await;
    let candidates = ten_candidates(&app, &world).await;
    let curator = world.browser(&app, Role::Curator).await;
    let mut sheet = Sheet::download(&curator, "/bank/mentors.xlsx").await;
    sheet.set("Ёлкинаа", "Примечание", "моё");
    sheet.set("Ёлкинаб", "Примечание", "моё");
    let early = sheet.upload(&curator, "/bank/mentors/table").await;
    let before = shown(&curator.get(&early).await);
    let terms = [("capacity", "5"), ("version", "1"), ("note", "чужое")];
    curator.post(&format!("/bank/mentors/{}", candidates[0]), &terms).await.expect(StatusCode::SEE_OTHER);
    let late = curator.post(&format!("{early}/application"), &[("shown", &before)]).await;
    let late = late.expect(StatusCode::UNPROCESSABLE_ENTITY);
    late.shows("изменили в программе после выгрузки");
    late.shows("Пока не внесено ничего");
    let row = sheet.row("Ёлкинаа");
    sheet.rows.remove(row);
    let table = sheet.upload(&curator, "/bank/mentors/table").await;
    apply(&curator, &table).await.expect(StatusCode::SEE_OTHER);
    let now = Sheet::download(&curator, "/bank/mentors.xlsx").await;
    assert_eq!((now.cell("Ёлкинаа", "Примечание"), now.cell("Ёлкинаа", "Мест всего")), ("чужое", "5"));
    assert_eq!(now.cell("Ёлкинаб", "Примечание"), "моё");
});

db_test!(a_preview_that_is_no_longer_true_is_not_applied, |app: TestApp| async move {
    let world = World::build(&app).await;
    let candidates = ten_candidates(&app, &world).await;
    let curator = world.browser(&app, Role::Curator).await;
    let mut sheet = Sheet::download(&curator, "/bank/mentors.xlsx").await;
    sheet.set("Ёлкинаа", "Мест всего", "4");
    sheet.set("Ёлкинаб", "Мест всего", "4");
    let table = sheet.upload(&curator, "/bank/mentors/table").await;
    let before = shown(&curator.get(&table).await);
    // Somebody has written by hand the very same: one change fewer than was shown.
    let terms = [("capacity", "4"), ("version", "1")];
    curator.post(&format!("/bank/mentors/{}", candidates[0]), &terms).await.expect(StatusCode::SEE_OTHER);
    let late = curator.post(&format!("{table}/application"), &[("shown", &before)]).await;
    late.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("в банке что-то изменилось");
    apply(&curator, &table).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(journal(&app, "mentor_candidate_changed").await, 2);
});

db_test!(mentees_are_decided_and_reached_by_their_table, |app: TestApp| async move {
    let world = World::build(&app).await;
    for surname in ["Ёлкина", "Яшина", "Юшина", "Щукина"] {
        hire(&app, world.school, surname).await;
    }
    let curator = world.browser(&app, Role::Curator).await;
    let (export, path) = ("/bank/mentees.xlsx", "/bank/mentees/table");
    let mut sheet = Sheet::download(&curator, export).await;
    assert_eq!(sheet.cell("Ёлкина", "Год рождения"), "2001");
    let young = "Решение: молодой педагог";
    assert_eq!(sheet.cell("Ёлкина", young), "предложено");
    sheet.set("Ёлкина", young, "подтверждено");
    sheet.set("Ёлкина", "Телефон", "8 912 345 67 89");
    sheet.set("Яшина", young, "отклонено");
    sheet.set("Юшина", "Подтвердить запись", "да");
    sheet.set("Щукина", "Электронная почта", "не адрес");
    let refused = curator.get(&sheet.upload(&curator, path).await).await;
    refused.shows("Впишите причину в столбец");
    refused.shows("ещё нет в банке");
    refused.shows("не похоже на адрес");
    sheet.set("Яшина", "Основание или", "Стаж был в другом регионе");
    sheet.set("Юшина", "Подтвердить запись", "");
    sheet.set("Щукина", "Электронная почта", "olga@shkola.ru");
    let table = sheet.upload(&curator, path).await;
    let preview = curator.get(&table).await;
    preview.shows("Что изменится: 4 ячейки, 3 записи");
    preview.shows("Телефон пусто +7 912 345-67-89");
    apply(&curator, &table).await.expect(StatusCode::SEE_OTHER);
    for (kind, count) in [("category_confirmed", 1), ("category_declined", 1), ("person_changed", 2)] {
        assert_eq!(journal(&app, kind).await, count, "{kind}");
    }
    curator.get("/bank/mentees?state=declined").await.shows("Стаж был в другом регионе");
    let again = sheet.upload(&curator, path).await;
    curator.get(&again).await.shows("Вносить нечего");
    let mut later = Sheet::download(&curator, export).await;
    later.set("Ёлкина", young, "отклонено");
    let page = curator.get(&later.upload(&curator, path).await).await;
    page.shows("Решение об этой категории уже принято");
    app.advance(Duration::days(370));
    let curator = world.browser(&app, Role::Curator).await;
    let mut yearly = Sheet::download(&curator, "/bank/mentees.xlsx?fresh=due").await;
    assert_eq!(yearly.rows.len(), 2);
    yearly.set("Ёлкина", "Подтвердить запись", "да");
    let table = yearly.upload(&curator, path).await;
    apply(&curator, &table).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(journal(&app, "mentee_record_confirmed").await, 1);
    curator.get("/bank/mentees?fresh=fresh").await.shows("Ёлкина");
});

db_test!(hostile_files_get_a_message_at_the_field, |app: TestApp| async move {
    let world = World::build(&app).await;
    let curator = world.browser(&app, Role::Curator).await;
    let bare = curator.post("/bank/mentors/table", &[]).await;
    bare.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("Выберите файл с таблицей");
    let list = paper::table(
        "Список",
        &[paper::ListColumn {
            title: "Фамилия".to_owned(), width: 9.0, kind: paper::ColumnKind::Text
        }],
        [vec![paper::Cell::Text("Ёлкина".to_owned())]],
    )
    .unwrap();
    let cases: [(&[u8], &str); 5] = [
        (b"", "Файл пуст"),
        (b"%PDF-1.7", "не таблица Excel"),
        (b"PK\x03\x04 not a workbook", "поврежд"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "xls"),
        (&list, "нет столбца «Код записи"),
    ];
    for (content, words) in cases {
        let page = curator.upload("/bank/mentors/table", &[], ("table", "таблица.xlsx", content)).await;
        page.expect(StatusCode::UNPROCESSABLE_ENTITY).shows(words);
    }
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM bank_table", vec![]).await, 0);
});
