//! The register as a workbook: the same filters and order, all pages. No telephones or addresses.

use nastavnik_documents::{Cell, ColumnKind, ListColumn, table};
use nastavnik_domain::russian::short;

use super::list::{self, Mentor};
use crate::kernel::errors::Outcome;
use crate::kernel::web::Ctx;
use crate::kernel::workbook;

pub(super) async fn workbook(ctx: Ctx) -> Outcome {
    let mentors = list::asked(&ctx).await?;
    let name = format!("Реестр наставников на {}.xlsx", short(ctx.today));
    workbook::download(&name, move || table("Реестр", &columns(), mentors.iter().map(cells))).await
}

fn columns() -> Vec<ListColumn> {
    let column = |title: &str, width, kind| ListColumn { title: title.to_owned(), width, kind };
    vec![
        column("Фамилия, имя, отчество", 36.0, ColumnKind::Text),
        column("Организация", 26.0, ColumnKind::Text),
        column("Должность", 26.0, ColumnKind::Text),
        column("Предмет", 26.0, ColumnKind::Text),
        column("Сильные стороны", 48.0, ColumnKind::Text),
        column("Виды наставничества", 40.0, ColumnKind::Text),
        column("Дистанционно", 14.0, ColumnKind::Text),
        column("Время и место", 30.0, ColumnKind::Text),
        column("Занято мест", 12.0, ColumnKind::Number),
        column("Всего мест", 12.0, ColumnKind::Number),
    ]
}

fn cells(mentor: &Mentor) -> Vec<Cell> {
    let text = |text: &str| Cell::Text(text.to_owned());
    let strengths: Vec<String> = mentor
        .strengths
        .iter()
        .map(|(domain, ground)| match ground.as_str() {
            "" => domain.title().to_owned(),
            ground => format!("{} ({ground})", domain.title()),
        })
        .collect();
    let kinds: Vec<&str> = mentor.kinds.iter().map(|kind| kind.title()).collect();
    vec![
        text(&mentor.name),
        text(&mentor.organization),
        text(&mentor.positions),
        Cell::Text(mentor.subjects.join(", ")),
        Cell::Text(strengths.join("; ")),
        Cell::Text(kinds.join(", ")),
        text(if mentor.is_remote { "да" } else { "нет" }),
        text(&mentor.time_and_place),
        Cell::Number(f64::from(mentor.taken)),
        Cell::Number(f64::from(mentor.capacity)),
    ]
}
