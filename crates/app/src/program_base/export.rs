//! The base as a workbook: the same filters and order, all pages.

use nastavnik_documents::{Cell, ColumnKind, ListColumn, table};
use nastavnik_domain::russian::short;

use super::record::Held;
use super::{list, view};
use crate::kernel::errors::Outcome;
use crate::kernel::web::Ctx;
use crate::kernel::workbook;

pub(super) async fn workbook(ctx: Ctx) -> Outcome {
    let found = list::found(&ctx).await?;
    let name = format!("База программ на {}.xlsx", short(ctx.today));
    workbook::download(&name, move || table("База программ", &columns(), found.iter().map(cells))).await
}

fn columns() -> [ListColumn; 11] {
    let column = |title: &str, width, kind| ListColumn { title: title.to_owned(), width, kind };
    let text = |title: &str, width| column(title, width, ColumnKind::Text);
    let number = |title: &str| column(title, 14.0, ColumnKind::Number);
    [
        text("Программа", 36.0),
        text("Кому поможет", 44.0),
        text("Что получилось", 44.0),
        text("Направления", 44.0),
        text("Виды", 34.0),
        text("Форма", 24.0),
        text("Откуда", 22.0),
        number("Длится, месяцев"),
        number("Целей"),
        number("Мероприятий"),
        number("Начали по ней"),
    ]
}

fn cells(held: &Held) -> Vec<Cell> {
    let content = &held.content;
    let text = |text: &str| Cell::Text(text.to_owned());
    // Far fewer than a fraction can hold exactly.
    let number = |count: u64| Cell::Number(f64::from(u32::try_from(count).unwrap_or(u32::MAX)));
    let size = |count: usize| number(u64::try_from(count).unwrap_or(u64::MAX));
    vec![
        text(&content.title),
        text(&content.audience),
        text(&content.result),
        Cell::Text(held.directions()),
        Cell::Text(view::kinds(&held.kinds)),
        text(held.form.title()),
        text(held.level.title()),
        number(content.months()),
        size(content.goals.len()),
        size(content.measures.len()),
        number(held.uses),
    ]
}
