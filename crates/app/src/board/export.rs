//! The board as a workbook: the same filters and order, all rows.

use nastavnik_documents::{Cell, ColumnKind, ListColumn, table};
use nastavnik_domain::russian::short;

use super::page::narrowed;
use super::row::{self, Row};
use crate::kernel::errors::Outcome;
use crate::kernel::web::Ctx;
use crate::kernel::workbook;

pub(super) async fn workbook(ctx: Ctx) -> Outcome {
    let rows = row::rows(ctx.app().db.reader(), ctx.actor(), ctx.today).await?;
    let rows = narrowed(&ctx, rows);
    let title = "Доска пар";
    workbook::download(&format!("{title} на {}.xlsx", short(ctx.today)), move || {
        table(title, &columns(), rows.iter().map(cells))
    })
    .await
}

fn columns() -> [ListColumn; 13] {
    let column = |title: &str, width, kind| ListColumn { title: title.to_owned(), width, kind };
    let text = |title: &str, width| column(title, width, ColumnKind::Text);
    [
        text("Организация", 26.0),
        text("Наставник", 32.0),
        text("Наставляемые", 44.0),
        text("Виды", 30.0),
        text("Состояние", 18.0),
        text("Документы", 60.0),
        column("Дней с документами", 12.0, ColumnKind::Number),
        column("Дней без документов", 12.0, ColumnKind::Number),
        text("Встречи", 44.0),
        column("Мест занято", 10.0, ColumnKind::Number),
        column("Мест всего", 10.0, ColumnKind::Number),
        text("Требует внимания", 36.0),
        text("Следующий шаг", 56.0),
    ]
}

fn cells(row: &Row) -> Vec<Cell> {
    let pair = &row.case.pair;
    let joined = |words: Vec<String>| Cell::Text(words.join(", "));
    let load = |number: fn(&row::Load) -> u32| {
        row.load.as_ref().map_or(Cell::Empty, |load| Cell::Number(f64::from(number(load))))
    };
    vec![
        Cell::Text(pair.organization_name.clone()),
        Cell::Text(pair.mentor.name.full()),
        joined(pair.mentees.iter().map(|mentee| mentee.name.full()).collect()),
        joined(pair.kinds.iter().map(|kind| kind.title().to_owned()).collect()),
        Cell::Text(row.case.state.title().to_owned()),
        joined(row.lights.iter().map(|light| format!("{}: {}", light.word, light.about)).collect()),
        days(row.covered),
        days(row.uncovered),
        Cell::Text(row.pulse.map_or_else(String::new, |pulse| pulse.words())),
        load(|load| load.taken),
        load(|load| load.capacity),
        joined(row.needs.iter().map(|need| need.title().to_owned()).collect()),
        Cell::Text(row.next.text.clone()),
    ]
}

fn days(number: i64) -> Cell {
    Cell::Number(f64::from(u32::try_from(number).unwrap_or(u32::MAX)))
}
