//! The overview as a workbook: the same filters, all pages; wishes never leave the program.

use nastavnik_documents::{Cell, ColumnKind, ListColumn, table};
use nastavnik_domain::russian::short;

use super::list::{self, Row};
use crate::kernel::errors::Outcome;
use crate::kernel::web::Ctx;
use crate::kernel::workbook;

pub(super) async fn workbook(ctx: Ctx) -> Outcome {
    let rows = list::found(&ctx).await?;
    let name = format!("Запросы на помощь на {}.xlsx", short(ctx.today));
    workbook::download(&name, move || table("Запросы на помощь", &columns(), rows.iter().map(cells))).await
}

fn columns() -> Vec<ListColumn> {
    let column = |title: &str, width, kind| ListColumn { title: title.to_owned(), width, kind };
    vec![
        column("Фамилия, имя, отчество", 36.0, ColumnKind::Text),
        column("Организация", 26.0, ColumnKind::Text),
        column("Должность", 26.0, ColumnKind::Text),
        column("По банку", 22.0, ColumnKind::Text),
        column("Наставник", 12.0, ColumnKind::Text),
        column("Ответ", 24.0, ColumnKind::Text),
        column("В чём нужна помощь", 44.0, ColumnKind::Text),
        column("Какая помощь удобна", 36.0, ColumnKind::Text),
        column("Удобное время", 26.0, ColumnKind::Text),
        column("Своими словами", 50.0, ColumnKind::Text),
        column("Когда", 12.0, ColumnKind::Date),
    ]
}

fn cells(row: &Row) -> Vec<Cell> {
    let text = |text: &str| Cell::Text(text.to_owned());
    let request = row.request.as_ref();
    let of = |value: Option<String>| value.filter(|value| !value.is_empty()).map_or(Cell::Empty, Cell::Text);
    vec![
        text(&row.pedagogue.name.full()),
        text(&row.pedagogue.school),
        text(&row.pedagogue.positions),
        text(row.need()),
        text(if row.pedagogue.has_mentor { "есть" } else { "нет" }),
        text(row.answer()),
        of(request.map(super::record::Request::domains_text)),
        of(request.map(super::record::Request::formats_text)),
        of(request.map(|request| request.convenient_time.clone())),
        of(request.map(|request| request.words.clone())),
        request.map_or(Cell::Empty, |request| Cell::Date(request.answered_on)),
    ]
}
