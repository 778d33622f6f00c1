//! The list of mentees as a workbook: the same filters and order, all pages, a row for each category.

use nastavnik_documents::{Cell, ColumnKind, ListColumn, table};
use nastavnik_domain::russian::short;

use super::mentees;
use super::needs::{Entry, Need};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::{Ctx, attachment};

const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub(super) async fn mentees_workbook(ctx: Ctx) -> Outcome {
    let needs = mentees::found(&ctx, ctx.app().db.reader()).await?;
    let name = format!("Кому нужен наставник на {}.xlsx", short(ctx.today));
    let made = tokio::task::spawn_blocking(move || {
        let rows = needs.iter().flat_map(|need| need.entries.iter().map(move |entry| cells(need, entry)));
        table("Кому нужен наставник", &columns(), rows)
    });
    let content = made.await.map_err(|error| AppError::Internal(error.into()))?;
    attachment(content.map_err(|error| AppError::Internal(error.into()))?, MEDIA_TYPE, &name)
}

fn columns() -> Vec<ListColumn> {
    let column = |title: &str, width, kind| ListColumn { title: title.to_owned(), width, kind };
    vec![
        column("Фамилия, имя, отчество", 36.0, ColumnKind::Text),
        column("Организация", 26.0, ColumnKind::Text),
        column("Должность", 26.0, ColumnKind::Text),
        column("Категория (п. 1.4)", 40.0, ColumnKind::Text),
        column("Основание", 44.0, ColumnKind::Text),
        column("Решение", 15.0, ColumnKind::Text),
        column("Причина решения", 36.0, ColumnKind::Text),
        column("Кто решил", 22.0, ColumnKind::Text),
        column("Когда", 12.0, ColumnKind::Date),
        column("Наставник сейчас", 28.0, ColumnKind::Text),
    ]
}

fn cells(need: &Need, entry: &Entry) -> Vec<Cell> {
    let text = |text: &str| Cell::Text(text.to_owned());
    let mentors: Vec<String> = need.mentors.iter().map(|mentor| mentor.name.full()).collect();
    let decision = entry.decision.as_ref();
    vec![
        text(&need.worker.name.full()),
        text(&need.worker.school.name),
        text(&need.worker.positions()),
        text(entry.category.title()),
        text(&entry.proposal),
        text(entry.standing().title()),
        decision.map_or(Cell::Empty, |decision| text(&decision.reason)),
        decision.map_or(Cell::Empty, |decision| text(&decision.by)),
        decision.map_or(Cell::Empty, |decision| Cell::Date(decision.on)),
        text(&if mentors.is_empty() { "нет".to_owned() } else { mentors.join(", ") }),
    ]
}
