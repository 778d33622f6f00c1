//! The facts as a workbook: the same filters and order, all pages.

use nastavnik_documents::{Cell, ColumnKind, ListColumn, table};
use nastavnik_domain::russian::short;

use super::facts::{self, Line};
use crate::kernel::errors::Outcome;
use crate::kernel::web::Ctx;
use crate::kernel::workbook;

pub(super) async fn workbook(ctx: Ctx) -> Outcome {
    let lines = facts::found(&ctx).await?;
    let wave = facts::wave(&ctx)?.title();
    let name = format!("Самодиагностика на {}.xlsx", short(ctx.today));
    workbook::download(&name, move || {
        table("Самодиагностика", &columns(), lines.iter().map(|line| cells(line, wave)))
    })
    .await
}

fn columns() -> Vec<ListColumn> {
    let column = |title: &str, width, kind| ListColumn { title: title.to_owned(), width, kind };
    vec![
        column("Фамилия, имя, отчество", 36.0, ColumnKind::Text),
        column("Организация", 26.0, ColumnKind::Text),
        column("Должность", 30.0, ColumnKind::Text),
        column("Когда проводится", 18.0, ColumnKind::Text),
        column("Состояние", 16.0, ColumnKind::Text),
        column("Дата", 12.0, ColumnKind::Date),
    ]
}

fn cells(line: &Line, wave: &str) -> Vec<Cell> {
    let text = |text: &str| Cell::Text(text.to_owned());
    vec![
        text(&line.person.name.full()),
        text(&line.person.school),
        text(&line.person.positions),
        text(wave),
        text(line.standing.title()),
        line.day.map_or(Cell::Empty, Cell::Date),
    ]
}
