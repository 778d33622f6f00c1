//! Lists for tests, and the steps of loading them.

use std::process::{Command, Stdio};

use axum::http::StatusCode;
use nastavnik::places::{self, NewOrganization};
use nastavnik::values;
use nastavnik_documents::{Cell, ColumnKind, ListColumn, table};
use uuid::Uuid;

use crate::support::{Browser, TestApp, World};

pub(super) const CITY: &[u8] = include_bytes!("../../../../../demo/staff.xlsx");
pub(super) const SCHOOL: &[u8] = include_bytes!("../../../../../demo/staff-one-school.xlsx");
const FIVE: &str = "МБОУ «СОШ №5»";

/// The highest memory a command of the program was seen to take.
pub(super) fn peak_kib(arguments: &[&str]) -> u64 {
    let mut child = Command::new(env!("CARGO_BIN_EXE_nastavnik"))
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let now = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        peak = peak.max(now.unwrap_or(0));
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    peak
}

pub(super) async fn add_five(app: &TestApp, world: &World) {
    let tx = app.app.db.begin().await.unwrap();
    let five = NewOrganization {
        territory: world.municipality,
        region: world.region,
        kind: "school",
        short_name: FIVE,
        full_name: FIVE,
        place: "",
    };
    places::add_organization(&tx, five).await.unwrap();
    tx.commit().await.unwrap();
}

/// Uploads a list, has it read and gives its address.
pub(super) async fn loaded(app: &TestApp, browser: &Browser, content: &[u8]) -> String {
    loaded_for(app, browser, "", content).await
}

pub(super) async fn loaded_for(app: &TestApp, browser: &Browser, owner: &str, content: &[u8]) -> String {
    let page = browser.upload("/imports", &[("owner", owner)], ("list", "list.xlsx", content)).await;
    let at = page.led_to().split('?').next().unwrap().to_owned();
    browser.get(&at).await.expect(StatusCode::OK).shows("Читаем файл");
    app.run_jobs().await;
    at
}

pub(super) async fn press_load(app: &TestApp, browser: &Browser, at: &str, more: &[(&str, &str)]) {
    let version = version(app, at).await;
    let fields: Vec<_> = more.iter().copied().chain([("version", version.as_str())]).collect();
    browser.post(&format!("{at}/application"), &fields).await.led_to();
    browser.get(at).await.shows("Загружаем строки");
    app.run_jobs().await;
}

pub(super) fn id_of(at: &str) -> Uuid {
    at.rsplit('/').next().unwrap().parse().unwrap()
}

pub(super) async fn version(app: &TestApp, at: &str) -> String {
    app.count("SELECT version AS n FROM staff_import WHERE id = ?", values![id_of(at)]).await.to_string()
}

pub(super) async fn people_named(app: &TestApp, surname: &str) -> u64 {
    app.count("SELECT COUNT(*) AS n FROM person WHERE surname = ?", values![surname]).await
}

#[derive(sea_orm::FromQueryResult)]
struct Tally {
    verdict: String,
    n: i64,
}

/// Rows on each shelf.
pub(super) async fn tally(app: &TestApp, at: &str) -> Vec<(String, i64)> {
    let sql = "SELECT verdict, COUNT(*) AS n FROM staff_import_row WHERE import_id = ? GROUP BY verdict ORDER BY verdict";
    let rows: Vec<Tally> =
        nastavnik::kernel::db::all(app.app.db.reader(), sql, values![id_of(at)]).await.unwrap();
    rows.into_iter().map(|row| (row.verdict, row.n)).collect()
}

pub(super) fn owned((shelf, n): (&str, i64)) -> (String, i64) {
    (shelf.to_owned(), n)
}

#[derive(sea_orm::FromQueryResult)]
struct Told {
    number: i64,
    person_name: String,
    detail: String,
}

/// Everything that is not plainly the same, for a failed test to print.
pub(super) async fn doubts(app: &TestApp, at: &str) -> String {
    let sql = "SELECT number, person_name, detail FROM staff_import_row WHERE import_id = ? \
               AND verdict NOT IN ('same', 'skipped') ORDER BY number";
    let rows: Vec<Told> =
        nastavnik::kernel::db::all(app.app.db.reader(), sql, values![id_of(at)]).await.unwrap();
    let told = rows.iter().map(|row| format!("{} {} {}", row.number, row.person_name, row.detail));
    told.collect::<Vec<_>>().join("\n")
}

pub(super) fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

pub(super) fn row(name: &str, born: &str, position: &str) -> Vec<Cell> {
    vec![text(name), text(born), text(position)]
}

/// A workbook with rows of [`row`] and, if a row has them, organization, category and day of hiring.
pub(super) fn list(rows: &[Vec<Cell>]) -> Vec<u8> {
    if rows.is_empty() {
        let column = ListColumn { title: String::new(), width: 10.0, kind: ColumnKind::Text };
        return table("Лист1", &[column], Vec::<Vec<Cell>>::new()).unwrap();
    }
    let width = rows.iter().map(Vec::len).max().unwrap();
    let heads = ["ФИО", "Дата рождения", "Должность", "Организация", "Категория", "Дата приёма"];
    let columns = heads[..width].iter().map(|title| ListColumn {
        title: (*title).to_owned(),
        width: 20.0,
        kind: ColumnKind::Text,
    });
    table("Лист1", &columns.collect::<Vec<_>>(), rows.to_vec()).unwrap()
}

pub(super) fn packed(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// 80 MiB of zeros packed into a few kilobytes, called a workbook.
pub(super) fn bomb() -> Vec<u8> {
    packed(&[
        ("xl/workbook.xml", b"<workbook/>".to_vec()),
        ("xl/worksheets/sheet1.xml", vec![b' '; 80 << 20]),
    ])
}

pub(super) fn noise(length: usize) -> Vec<u8> {
    let mut state = 548_u32;
    std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    })
    .take(length)
    .collect()
}
