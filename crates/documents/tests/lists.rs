//! XLSX lists read back by another library.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};
use chrono::NaiveDate;
use nastavnik_documents::{Cell, ColumnKind, ListColumn, PaperError, table};

fn column(title: &str, kind: ColumnKind) -> ListColumn {
    ListColumn { title: title.to_owned(), width: 20.0, kind }
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn read(bytes: &[u8]) -> calamine::Range<Data> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes.to_vec())).unwrap();
    book.worksheet_range_at(0).unwrap().unwrap()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn no_text_becomes_a_formula() {
    let hostile = ["=1+1", "+7*2", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "\u{200b}=1", "＝1+1"];
    let rows = hostile.iter().map(|value| vec![text(value), text("+7 912 345-67-89")]);
    let bytes =
        table("Список", &[column("=Имя", ColumnKind::Text), column("Телефон", ColumnKind::Phone)], rows)
            .unwrap();

    let range = read(&bytes);
    for (index, row) in range.rows().enumerate() {
        assert!(row[0].to_string().starts_with('\''), "{index}: {:?}", row[0]);
    }
    assert_eq!(range.get((1, 1)).unwrap(), &Data::String("+7 912 345-67-89".to_owned()));
    assert!(!part(&bytes, "xl/worksheets/sheet1.xml").contains("<f>"));
}

#[test]
fn values_keep_their_types() {
    let date = NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
    let columns = [
        column("Имя", ColumnKind::Text),
        column("Дата", ColumnKind::Date),
        column("Время", ColumnKind::Moment),
        column("Сумма", ColumnKind::Money),
        column("Число", ColumnKind::Number),
        column("Пусто", ColumnKind::Text),
    ];
    let row = vec![
        text("Ёлкина О. Ю."),
        Cell::Date(date),
        Cell::Moment(date.and_hms_opt(9, 30, 0).unwrap()),
        Cell::Money(-500_050),
        Cell::Number(2.5),
        Cell::Empty,
    ];
    let range = read(&table("Пары", &columns, [row]).unwrap());

    assert_eq!(range.get((1, 0)).unwrap(), &Data::String("Ёлкина О. Ю.".to_owned()));
    assert!(
        matches!(range.get((1, 1)).unwrap(), Data::DateTime(value) if (value.as_f64() - 46_296.0).abs() < 1e-9)
    );
    assert!(
        matches!(range.get((1, 2)).unwrap(), Data::DateTime(value) if (value.as_f64() - 46_296.395_833).abs() < 1e-5)
    );
    assert_eq!(range.get((1, 3)).unwrap(), &Data::Float(-5000.5));
    assert_eq!(range.get((1, 4)).unwrap(), &Data::Float(2.5));
}

#[test]
fn the_sheet_is_ready_to_be_read_and_printed() {
    let bytes = table("Список/пар: [2026]*?", &[column("Имя", ColumnKind::Text)], [vec![text("А")]]).unwrap();
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    for mark in
        ["state=\"frozen\"", "<autoFilter ref=\"A1:A2\"", "orientation=\"landscape\"", "fitToHeight=\"0\""]
    {
        assert!(sheet.contains(mark), "no {mark} in {sheet}");
    }
    assert!(part(&bytes, "xl/workbook.xml").contains("_xlnm.Print_Titles"));
}

#[test]
fn a_list_may_be_empty_but_not_without_columns() {
    assert_eq!(read(&table("", &[column("Имя", ColumnKind::Text)], []).unwrap()).height(), 1);
    assert!(matches!(table("А", &[], []), Err(PaperError::Empty(_))));
}

#[test]
fn an_endless_text_is_cut_at_the_limit_of_a_cell() {
    let range =
        read(&table("А", &[column("Имя", ColumnKind::Text)], [vec![text(&"ж".repeat(40_000))]]).unwrap());
    assert_eq!(range.get((1, 0)).unwrap().to_string().chars().count(), 32_767);
}
