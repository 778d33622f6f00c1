//! Headers, mappings and rows that are not people.

use super::{day, text};
use crate::staff_list::Column::{
    BornOn, Email, FullName, Ignore, Ordinal, Phone, Position, PositionWithSubject, TeachingSince,
    TeachingYears,
};
use crate::staff_list::*;

fn row(number: u32, cells: &[&str]) -> SheetRow {
    let cell = |shown: &&str| if shown.is_empty() { Cell::Empty } else { text(shown) };
    (number, cells.iter().map(cell).collect())
}

fn meanings(mapping: &Mapping) -> Vec<Column> {
    mapping.columns.iter().map(|column| column.meaning).collect()
}

#[test]
fn a_header_is_found_under_titles_with_broken_lines() {
    let rows = [
        row(1, &["Список педагогических работников МБОУ «СОШ № 5» на 2026/27 учебный год"]),
        row(
            4,
            &[
                "№\nп/п",
                "Фамилия, имя,\nотчество",
                "Дата\nрожд.",
                "Занимаемая\nдолжность",
                "Общий стаж",
                "Стаж пед. работы",
                "Тел. моб.",
                "Дата присвоения категории",
            ],
        ),
        row(
            5,
            &[
                "1",
                "Титова Эльмира Богдановна",
                "01.12.77",
                "директор",
                "30",
                "26,5",
                "89251317414",
                "01.02.2020",
            ],
        ),
    ];
    let mapping = detect(&rows).unwrap();
    assert_eq!(
        meanings(&mapping),
        [Ordinal, FullName, BornOn, Position, Ignore, TeachingYears, Phone, Ignore]
    );
    assert_eq!(mapping.header_row, 4);
    assert_eq!(mapping.list_date, Some(day(2026, 9, 1)));
    assert!(title_names_organization(&mapping.title, "МБОУ «СОШ №5»"));
    assert_eq!(mapping.validate(), Ok(()));
    let stored = serde_json::to_string(&mapping).unwrap();
    assert_eq!(serde_json::from_str::<Mapping>(&stored).unwrap(), mapping);
}

#[test]
fn a_header_of_two_rows_is_joined() {
    let rows = [
        row(2, &["ФИО", "Должность", "Стаж", "", "Дата"]),
        row(3, &["", "", "общий", "педагогический", "рождения"]),
        row(4, &["Ким Анна Петровна", "учитель", "10", "5", "01.02.1985"]),
    ];
    let mapping = detect(&rows).unwrap();
    assert_eq!(mapping.header_row, 3);
    assert_eq!(meanings(&mapping), [FullName, Position, Ignore, TeachingYears, BornOn]);
}

#[test]
fn values_correct_the_words() {
    let rows = [
        row(1, &["Фамилия", "Должность", "Пед. стаж", "Связь", "Связь 2"]),
        row(2, &["Ким Анна Петровна", "учитель (химия)", "с 2010 г.", "89251317414", "kim@school.example"]),
        row(3, &["Пак Вера Юрьевна", "учитель (физика)", "01.09.2001", "89251317415", "pak@school.example"]),
        row(4, &["Ли Олег Ильич", "методист", "2020", "89251317416", "li@school.example"]),
    ];
    let mapping = detect(&rows).unwrap();
    assert_eq!(meanings(&mapping), [FullName, PositionWithSubject, TeachingSince, Phone, Email]);
    assert!(mapping.columns.iter().skip(3).all(|column| column.confidence <= 50));
}

#[test]
fn two_columns_never_get_one_meaning() {
    let rows = [
        row(1, &["ФИО", "Дата рождения", "Должность", "Телефон раб.", "Телефон моб."]),
        row(2, &["Ким Анна Петровна", "01.02.1985", "учитель", "22-33-44", "89251317414"]),
    ];
    let mapping = detect(&rows).unwrap();
    assert_eq!(meanings(&mapping)[3..], [Column::Ignore, Column::Phone]);
}

#[test]
fn a_mapping_is_checked() {
    let rows =
        [row(1, &["Фамилия", "Имя", "Должность", "Примечание"]), row(2, &["Ким", "Анна", "учитель", ""])];
    let mut mapping = detect(&rows).unwrap();
    assert_eq!(mapping.validate(), Ok(()));
    assert!(mapping.choose(3, Column::Position));
    assert_eq!(
        mapping.validate().unwrap_err().to_string(),
        "Значение «должность» выбрано для столбцов C и D. Оставьте его одному, для другого выберите «не загружать»."
    );
    assert!(mapping.choose(3, Column::FullName));
    assert!(matches!(mapping.validate(), Err(MappingError::Excluding { .. })));
    assert!(mapping.choose(3, Column::Ignore) && mapping.choose(1, Column::Ignore));
    assert_eq!(mapping.validate(), Err(MappingError::NoGiven));
    assert!(mapping.choose(0, Column::Ignore));
    assert_eq!(mapping.validate(), Err(MappingError::NoSurname));
    assert!(mapping.choose(0, Column::FullName) && mapping.choose(2, Column::Ignore));
    assert_eq!(mapping.validate(), Err(MappingError::NoPosition));
    assert!(!mapping.choose(9, Column::Ignore));
    assert_eq!(detect(&[row(1, &["раз", "два"])]), Err(MappingError::NoHeader));
    assert_eq!(detect(&[]), Err(MappingError::NoHeader));
    for column in Column::ALL {
        assert_eq!(Column::from_code(column.code()), Some(*column));
    }
}

#[test]
fn rows_that_are_not_people_are_named() {
    let header = ["№", "ФИО", "Дата рождения", "Должность"];
    let mapping =
        detect(&[row(2, &header), row(3, &["1", "Ким Анна Петровна", "01.02.1985", "учитель"])]).unwrap();
    let kind = |number, cells: &[&str]| row_kind(&mapping, number, &row(number, cells).1);
    assert_eq!(kind(1, &["Список"]), RowKind::Title);
    assert_eq!(kind(2, &header), RowKind::Header);
    assert_eq!(kind(40, &header), RowKind::Header);
    assert_eq!(kind(5, &["", "", " ", ""]), RowKind::Blank);
    assert_eq!(kind(5, &["Администрация"]), RowKind::Section("Администрация".to_owned()));
    assert_eq!(
        kind(5, &["", "Педагогические работники"]),
        RowKind::Section("Педагогические работники".to_owned())
    );
    assert_eq!(kind(9, &["Всего:", "89"]), RowKind::Total);
    assert_eq!(kind(9, &["", "Итого 89 чел."]), RowKind::Total);
    assert_eq!(kind(9, &["Исп. секретарь, тел. 22-33-44"]), RowKind::Signature);
    assert_eq!(kind(9, &["Директор", "", "И. И. Иванов"]), RowKind::Signature);
    assert_eq!(kind(9, &["", "Ким Анна Петровна"]), RowKind::Data);
    assert_eq!(kind(9, &["7", "Ким Анна Петровна", "", "директор"]), RowKind::Data);
    let numbers: Vec<Cell> = (1..=4).map(|number| Cell::Number(f64::from(number))).collect();
    assert_eq!(row_kind(&mapping, 3, &numbers), RowKind::ColumnNumbers);
    assert_eq!(RowKind::Data.reason(), None);
    assert!(RowKind::Total.reason().is_some());
}

#[test]
fn all_errors_of_a_row_are_told_with_addresses() {
    let header = row(1, &["ФИО", "Дата рождения", "Должность", "Тел.", "Категория", "Дата приёма"]);
    let mapping = detect(&[header]).unwrap();
    let dates = Dates::of(&mapping, day(2026, 11, 23));
    let cells = row(2, &["Ким", "31.02.1985", "учитель", "123", "какая-то", "с 2019 г."]).1;
    let Row::Person(read) = parse_row(&mapping, 2, &cells, dates) else { panic!("a person") };
    let places: Vec<&str> = read.errors.iter().map(|error| error.cell.as_str()).collect();
    assert_eq!(places, ["A2", "B2", "D2", "E2"]);
    let cells = row(3, &["", "01.02.1985", "учитель", "", "", ""]).1;
    let Row::Person(read) = parse_row(&mapping, 3, &cells, dates) else { panic!("a person") };
    assert_eq!((read.errors.len(), read.errors[0].cell.as_str()), (1, "A3"));
}

#[test]
fn dates_of_lists() {
    assert_eq!(list_date("Штат на 2026-2027 учебный год"), Some(day(2026, 9, 1)));
    assert_eq!(list_date("2026 – 2027 уч. г."), Some(day(2026, 9, 1)));
    assert_eq!(list_date("по состоянию на 15.10.2026 г."), Some(day(2026, 10, 15)));
    for none in ["Список", "2026-2028 учебный год", "тел. 22-33-44", "2026-2027"] {
        assert_eq!(list_date(none), None, "{none}");
    }
}

#[test]
fn work_begun_in_childhood_is_a_slip_told_at_its_cell() {
    let head = row(1, &["ФИО", "Дата рождения", "Должность", "Пед. стаж с", "Принят"]);
    let told = |since: &str, hired: &str| {
        let line = row(2, &["Ким Анна Петровна", "01.09.1990", "учитель", since, hired]);
        let mapping = detect(&[head.clone(), line.clone()]).unwrap();
        let dates = Dates::of(&mapping, day(2026, 9, 1));
        let Row::Person(parsed) = parse_row(&mapping, line.0, &line.1, dates) else { panic!("not a person") };
        parsed.errors.iter().map(|error| format!("{}: {}", error.cell, error.text)).collect::<Vec<_>>()
    };
    assert_eq!(told("01.09.2006", "02.09.2006"), Vec::<String>::new());
    let early = "Педагогическая работа начата в 15\u{a0}лет (дата рождения 01.09.1990). Проверьте обе даты.";
    assert_eq!(told("31.08.2006", "01.09.2010"), [format!("D2: {early}")]);
    let unborn = "Приём на работу записан до рождения или в первый год жизни (дата рождения 01.09.1990)";
    assert_eq!(told("01.09.2012", "01.09.1989"), [format!("E2: {unborn}. Проверьте обе даты.")]);
    // A bare year may mean any of its days.
    assert_eq!(told("2006", "с 2006 г."), Vec::<String>::new());
    assert_eq!(told("2004", "2012").len(), 1);
}
