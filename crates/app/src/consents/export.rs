//! The curator's list as a workbook: the same filters, all pages.

use nastavnik_documents::{Cell, ColumnKind, ListColumn, table};
use nastavnik_domain::consent::Kind;
use nastavnik_domain::russian::short;

use super::list::{self, Row};
use crate::kernel::errors::Outcome;
use crate::kernel::web::Ctx;
use crate::kernel::workbook;

pub(super) async fn workbook(ctx: Ctx) -> Outcome {
    let rows = list::found(&ctx).await?;
    let name = format!("Согласия на {}.xlsx", short(ctx.today));
    workbook::download(&name, move || table("Согласия", &columns(), rows.iter().map(cells))).await
}

fn columns() -> Vec<ListColumn> {
    let column = |title: &str, width| ListColumn { title: title.to_owned(), width, kind: ColumnKind::Text };
    let mut columns =
        vec![column("Фамилия, имя, отчество", 36.0), column("Организация", 26.0), column("Должность", 28.0)];
    for kind in Kind::ALL {
        columns.push(column(kind.short(), 16.0));
        columns.push(column("Срок или дата", 24.0));
    }
    columns
}

fn cells(row: &Row) -> Vec<Cell> {
    let text = |text: &str| Cell::Text(text.to_owned());
    let mut cells = vec![text(&row.name), text(&row.organization), text(&row.position)];
    for state in &row.states {
        cells.push(text(state.standing.title()));
        cells.push(Cell::Text(state.note()));
    }
    cells
}
