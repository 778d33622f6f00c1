//! All rows of a load with what was thought of them and what became of them, as a workbook.

use nastavnik_documents::{Cell, ColumnKind, ListColumn, table};
use uuid::Uuid;

use super::card;
use super::model::{Shelf, State};
use super::rows::RowView;
use super::store;
use super::words;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::{Ctx, Path, attachment};

const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub(super) async fn workbook(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let load = card::visible(&ctx, id).await?;
    let lines = store::lines(ctx.app().db.reader(), id).await?;
    let state = load.state();
    let made = tokio::task::spawn_blocking(move || -> anyhow::Result<Vec<u8>> {
        let rows: Vec<Vec<Cell>> = lines
            .into_iter()
            .map(|line| Ok(cells(state, &RowView::of(line)?)))
            .collect::<anyhow::Result<_>>()?;
        Ok(table("Отчёт о загрузке", &columns(), rows)?)
    });
    let content = made.await.map_err(|error| AppError::Internal(error.into()))??;
    let name = format!("Отчёт о загрузке — {}", load.file_name);
    let name = name.trim_end_matches(".xlsx");
    attachment(content, MEDIA_TYPE, &format!("{name}.xlsx"))
}

fn columns() -> Vec<ListColumn> {
    let column = |title: &str, width, kind| ListColumn { title: title.to_owned(), width, kind };
    vec![
        column("Строка", 8.0, ColumnKind::Number),
        column("Фамилия, имя, отчество", 34.0, ColumnKind::Text),
        column("Организация", 28.0, ColumnKind::Text),
        column("Должность", 32.0, ColumnKind::Text),
        column("Что решила программа", 18.0, ColumnKind::Text),
        column("Почему", 60.0, ColumnKind::Text),
        column("Исправлено при чтении", 40.0, ColumnKind::Text),
        column("Решение человека", 18.0, ColumnKind::Text),
        column("Результат", 20.0, ColumnKind::Text),
    ]
}

#[expect(clippy::cast_precision_loss, reason = "a spreadsheet knows only floating numbers")]
fn cells(state: State, row: &RowView) -> Vec<Cell> {
    let text = |text: &str| Cell::Text(text.to_owned());
    let notes: Vec<String> =
        row.shown.notes.iter().map(|note| format!("{}: {}", note.cell, note.text)).collect();
    let shelf = Shelf::of(&row.verdict);
    let decision = if shelf == Shelf::Doubtful { row.decision_words() } else { "" };
    vec![
        Cell::Number(row.number as f64),
        text(&row.name),
        text(&row.shown.organization),
        text(&row.shown.position),
        text(shelf.title()),
        text(&row.words().join("\n")),
        text(&notes.join("\n")),
        text(decision),
        text(words::result(state, &row.verdict, row.decision)),
    ]
}
