//! The numbers of the board as a workbook: no names, so the region may have it too.

use nastavnik_documents::{Cell, ColumnKind, ListColumn, table};
use nastavnik_domain::indicator::Share;
use nastavnik_domain::policy::Permission;

use super::asked_day;
use super::facts::{Facts, Organization};
use crate::kernel::errors::Outcome;
use crate::kernel::web::{Ctx, attachment};

const SPREADSHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub(super) async fn download(ctx: Ctx) -> Outcome {
    let on = asked_day(&ctx).on;
    let facts = Facts::load(ctx.app().db.reader(), &ctx.reach(Permission::ReadIndicators), on).await?;
    let all: Vec<&Organization> = facts.organizations.iter().collect();
    let mut rows = Vec::with_capacity(all.len() + 1);
    for organization in &all {
        rows.push(row(
            &facts,
            &[organization],
            [&organization.territory_name, &organization.short_name, organization.kind.title()],
        )?);
    }
    rows.push(row(&facts, &all, ["Всего", "", ""])?);
    let content = table("Показатели", &columns(), rows).map_err(anyhow::Error::from)?;
    attachment(content, SPREADSHEET, &format!("Показатели на {}.xlsx", on.format("%d.%m.%Y")))
}

fn columns() -> Vec<ListColumn> {
    let column = |title: &str, width, kind| ListColumn { title: title.to_owned(), width, kind };
    let number = |title: &str| column(title, 16.0, ColumnKind::Number);
    vec![
        column("Муниципалитет", 24.0, ColumnKind::Text),
        column("Организация", 36.0, ColumnKind::Text),
        column("Вид", 24.0, ColumnKind::Text),
        number("Молодых специалистов"),
        number("Из них с наставником"),
        number("Показатель 1, %"),
        number("Учителей – молодых специалистов"),
        number("Из них с наставником"),
        number("Наставляемых педагогов всего (по букве приказа)"),
        number("По букве приказа, %"),
        number("Наставников"),
        number("Организаций"),
        number("Из них дали наставников"),
        number("Показатель 2, %"),
        number("Стаж неизвестен, человек"),
    ]
}

fn row(facts: &Facts, group: &[&Organization], names: [&str; 3]) -> anyhow::Result<Vec<Cell>> {
    let measure = facts.measure(group)?;
    let young = &measure.young;
    let mut cells: Vec<Cell> = names.iter().map(|name| Cell::Text((*name).to_owned())).collect();
    cells.extend([
        count(young.strict.denominator.len()),
        count(young.strict.numerator.len()),
        percent(&young.strict),
        count(young.strict_teachers.denominator.len()),
        count(young.strict_teachers.numerator.len()),
        count(young.literal.numerator.len()),
        percent(&young.literal),
        count(measure.mentors),
        count(measure.giving.denominator.len()),
        count(measure.giving.numerator.len()),
        percent(&measure.giving),
        count(young.unknown.len()),
    ]);
    Ok(cells)
}

fn count(number: usize) -> Cell {
    Cell::Number(u32::try_from(number).map_or(f64::from(u32::MAX), f64::from))
}

fn percent<Id: Copy + Ord>(share: &Share<Id>) -> Cell {
    let tenths = share.percent().and_then(|percent| u32::try_from(percent.tenths()).ok());
    tenths.map_or(Cell::Empty, |tenths| Cell::Number(f64::from(tenths) / 10.0))
}
