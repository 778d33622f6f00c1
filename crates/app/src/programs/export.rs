//! The list of programs as a workbook.

use nastavnik_documents::{Cell, ColumnKind, ListColumn, table};

use super::list;
use crate::kernel::errors::Outcome;
use crate::kernel::web::Ctx;
use crate::kernel::workbook;

pub(super) async fn workbook(ctx: Ctx) -> Outcome {
    let lines = list::asked(&ctx).await?;
    workbook::download("Программы наставничества.xlsx", move || {
        let column = |title: &str, width: f64, kind| ListColumn { title: title.to_owned(), width, kind };
        let columns = [
            column("Организация", 28.0, ColumnKind::Text),
            column("Наставник", 24.0, ColumnKind::Text),
            column("Наставляемые", 36.0, ColumnKind::Text),
            column("Состояние", 30.0, ColumnKind::Text),
            column("Действует", 34.0, ColumnKind::Text),
            column("Утвердить до", 14.0, ColumnKind::Date),
            column("Мероприятий", 14.0, ColumnKind::Number),
            column("Выполнено", 14.0, ColumnKind::Number),
            column("Ближайший срок", 16.0, ColumnKind::Date),
        ];
        let date = |day: Option<chrono::NaiveDate>| day.map_or(Cell::Empty, Cell::Date);
        // Far fewer measures than a fraction can hold exactly.
        let number = |count: i64| Cell::Number(f64::from(i32::try_from(count).unwrap_or(i32::MAX)));
        let cells = lines.iter().map(|line| {
            vec![
                Cell::Text(line.organization.clone()),
                Cell::Text(line.mentor.clone()),
                Cell::Text(line.mentees.join(", ")),
                Cell::Text(line.word().to_owned()),
                Cell::Text(line.in_force()),
                date(line.due),
                number(line.measures),
                number(line.measures_done),
                date(line.next_due),
            ]
        });
        table("Программы", &columns, cells)
    })
    .await
}
