//! The map as a workbook: the same numbers, the same small groups hidden.

use nastavnik_documents::{Cell, ColumnKind, ListColumn, table};
use nastavnik_domain::competence::Domain;
use nastavnik_domain::suppression::{Said, Tally};

use super::board::{code, load, subject};
use super::map::{Map, Subject};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::{Ctx, attachment};

const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub(super) async fn workbook(ctx: Ctx) -> Outcome {
    let subject = subject(&ctx);
    let map = load(&ctx, subject).await?;
    let rows = map.as_ref().map(rows).unwrap_or_default();
    let content = table("Карта", &columns(), rows).map_err(|error| AppError::Internal(error.into()))?;
    let what = match subject {
        Subject::Deficits => "Карта дефицитов",
        Subject::Strengths => "Карта сильных сторон",
    };
    attachment(content, MEDIA_TYPE, &format!("{what} на {}.xlsx", ctx.today.format("%d.%m.%Y")))
}

fn columns() -> Vec<ListColumn> {
    let column = |title: String, width, kind| ListColumn { title, width, kind };
    let domain = |domain: Domain| {
        column(format!("{} {}, % ответивших", code(domain), domain.short()), 18.0, ColumnKind::Number)
    };
    let mut columns = vec![
        column("Муниципалитет".to_owned(), 24.0, ColumnKind::Text),
        column("Организация".to_owned(), 36.0, ColumnKind::Text),
        column("Ответили".to_owned(), 12.0, ColumnKind::Number),
    ];
    columns.extend(Domain::ALL.map(domain));
    columns
}

fn rows(map: &Map) -> Vec<Vec<Cell>> {
    let row = |names: [&str; 2], answered: u32, shares: [Option<Tally>; 8]| {
        let mut cells: Vec<Cell> = names.iter().map(|name| Cell::Text((*name).to_owned())).collect();
        cells.push(Cell::Number(answered.into()));
        cells.extend(
            shares.map(|share| share.map_or(Cell::Empty, |tally| Cell::Number(tally.percent().into()))),
        );
        cells
    };
    let shown = |said: Said| if let Said::Shown(tally) = said { Some(tally) } else { None };
    let mut rows: Vec<Vec<Cell>> = map
        .lines
        .iter()
        .map(|line| row([&line.territory, &line.name], line.answered(), line.cells.map(shown)))
        .collect();
    if map.lines.len() > 1 {
        rows.push(row(["", "Вместе"], map.answered(), map.total));
    }
    rows
}
