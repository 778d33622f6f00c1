//! A run as a workbook: every proposal and everybody left, as this reader may see them.

use nastavnik_documents::{Cell, ColumnKind, ListColumn, table};
use nastavnik_domain::matching::{Proposal, Unmatched};
use nastavnik_domain::russian::short;
use uuid::Uuid;

use super::run::kinds;
use super::sight::{Sight, Told, visible};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::{Ctx, Path};
use crate::kernel::workbook;

pub(super) async fn workbook(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let run = visible(&ctx, id).await?;
    if run.sight(&ctx) == Sight::Numbers {
        return Err(AppError::NotFound);
    }
    let told = Told::load(&ctx, &run).await?.ok_or(AppError::NotFound)?;
    let mut pairs: Vec<&Proposal> = told.result.pairs.iter().collect();
    told.sort(&mut pairs, |pair| pair.mentee);
    let mut left: Vec<&Unmatched> = told.result.unmatched.iter().collect();
    told.sort(&mut left, |one| one.mentee);
    let rows: Vec<Vec<Cell>> = pairs
        .into_iter()
        .map(|pair| proposal(&told, pair))
        .chain(left.into_iter().map(|one| unmatched(&told, one)))
        .collect();
    let name = format!("Подбор пар на {}.xlsx", short(run.run_on));
    workbook::download(&name, move || table("Подбор", &columns(), rows)).await
}

fn columns() -> Vec<ListColumn> {
    let column = |title: &str, width, kind| ListColumn { title: title.to_owned(), width, kind };
    vec![
        column("Наставляемый", 36.0, ColumnKind::Text),
        column("Организация", 26.0, ColumnKind::Text),
        column("Наставник", 36.0, ColumnKind::Text),
        column("Организация наставника", 26.0, ColumnKind::Text),
        column("Баллы", 10.0, ColumnKind::Number),
        column("Возможные виды", 40.0, ColumnKind::Text),
        column("Обоснование или причина", 80.0, ColumnKind::Text),
    ]
}

fn proposal(told: &Told, pair: &Proposal) -> Vec<Cell> {
    let parts = pair.explanation.parts.iter();
    let words: Vec<String> = parts
        .map(|part| format!("{} ({} из {}): {}", part.aspect.title(), part.points, part.most, part.words))
        .collect();
    vec![
        Cell::Text(told.name(pair.mentee).full()),
        Cell::Text(told.school(pair.mentee).to_owned()),
        Cell::Text(told.name(pair.mentor).full()),
        Cell::Text(told.school(pair.mentor).to_owned()),
        Cell::Number(f64::from(pair.explanation.score())),
        Cell::Text(kinds(&pair.kinds)),
        Cell::Text(words.join("; ")),
    ]
}

fn unmatched(told: &Told, one: &Unmatched) -> Vec<Cell> {
    vec![
        Cell::Text(told.name(one.mentee).full()),
        Cell::Text(told.school(one.mentee).to_owned()),
        Cell::Text("без наставника".to_owned()),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::Text(told.reasons(one).join(" ")),
    ]
}
