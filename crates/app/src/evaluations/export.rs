//! The list of evaluations as a workbook.

use nastavnik_documents::{Cell, ColumnKind, ListColumn, table};

use super::list;
use crate::kernel::errors::Outcome;
use crate::kernel::web::Ctx;
use crate::kernel::workbook;

pub(super) async fn workbook(ctx: Ctx) -> Outcome {
    let lines = list::asked(&ctx).await?;
    workbook::download("Оценка программ.xlsx", move || {
        let column = |title: &str, width: f64, kind| ListColumn { title: title.to_owned(), width, kind };
        let columns = [
            column("Организация", 28.0, ColumnKind::Text),
            column("Пара", 40.0, ColumnKind::Text),
            column("Оценка", 32.0, ColumnKind::Text),
            column("Срок", 14.0, ColumnKind::Date),
            column("Дано частей", 14.0, ColumnKind::Text),
            column("Ждём", 30.0, ColumnKind::Text),
            column("Состояние", 26.0, ColumnKind::Text),
            column("Итог чек-листа", 28.0, ColumnKind::Text),
            column("Решение", 34.0, ColumnKind::Text),
        ];
        let cells = lines.iter().map(|line| {
            vec![
                Cell::Text(line.school.clone()),
                Cell::Text(line.pair.clone()),
                Cell::Text(line.title.clone()),
                Cell::Date(line.due),
                Cell::Text(format!("{} из {}", line.given, line.owing)),
                Cell::Text(line.missing.join(", ")),
                Cell::Text(line.word().to_owned()),
                Cell::Text(line.total.clone()),
                Cell::Text(line.decision.to_owned()),
            ]
        });
        table("Оценка программ", &columns, cells)
    })
    .await
}
