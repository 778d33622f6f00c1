//! The list of organizations as a workbook: the same filters and order, all pages.

use nastavnik_documents::{Cell, ColumnKind, ListColumn, table};
use nastavnik_domain::russian::short;

use super::list;
use super::store::Organization;
use crate::kernel::errors::Outcome;
use crate::kernel::web::Ctx;
use crate::kernel::workbook;

pub(super) async fn workbook(ctx: Ctx) -> Outcome {
    let rows = list::found(&ctx).await?;
    let name = format!("Организации на {}.xlsx", short(ctx.today));
    workbook::download(&name, move || table("Организации", &columns(), rows.iter().map(cells))).await
}

fn columns() -> Vec<ListColumn> {
    let column = |title: &str, width, kind| ListColumn { title: title.to_owned(), width, kind };
    vec![
        column("Регион", 24.0, ColumnKind::Text),
        column("Муниципалитет", 24.0, ColumnKind::Text),
        column("Вид", 20.0, ColumnKind::Text),
        column("Краткое название", 28.0, ColumnKind::Text),
        column("Полное название", 56.0, ColumnKind::Text),
        column("Населённый пункт", 20.0, ColumnKind::Text),
        column("Работников", 12.0, ColumnKind::Number),
        column("Состояние", 14.0, ColumnKind::Text),
    ]
}

#[expect(clippy::cast_precision_loss, reason = "a spreadsheet knows only floating numbers")]
fn cells(row: &Organization) -> Vec<Cell> {
    let text = |text: &str| Cell::Text(text.to_owned());
    let municipality = if row.territory_id == row.region_id { "" } else { &row.territory_name };
    vec![
        text(&row.region_name),
        text(municipality),
        text(row.kind().title()),
        text(&row.short_name),
        text(&row.full_name),
        text(&row.place),
        Cell::Number(row.workers as f64),
        text(if row.archived_at.is_some() { "в архиве" } else { "действует" }),
    ]
}
