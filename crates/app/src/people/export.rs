//! The list of staff as a workbook: the same filters and order, all pages. No telephones, addresses or dates
//! of birth: those stand on the card only.

use nastavnik_documents::{Cell, ColumnKind, ListColumn, table};
use nastavnik_domain::russian::short;

use super::list::{self, Person, Post};
use crate::kernel::errors::Outcome;
use crate::kernel::web::Ctx;
use crate::kernel::workbook;

pub(super) async fn workbook(ctx: Ctx) -> Outcome {
    let people = list::found(&ctx).await?;
    let name = format!("Работники на {}.xlsx", short(ctx.today));
    workbook::download(&name, move || table("Работники", &columns(), people.iter().map(cells))).await
}

fn columns() -> Vec<ListColumn> {
    let column = |title: &str, width| ListColumn { title: title.to_owned(), width, kind: ColumnKind::Text };
    vec![
        column("Фамилия, имя, отчество", 36.0),
        column("Организация", 28.0),
        column("Должность", 40.0),
        column("Квалификационная категория", 26.0),
        column("Педагогический опыт", 20.0),
        column("Принят", 14.0),
        column("Последний рабочий день", 16.0),
        column("Состояние", 14.0),
    ]
}

/// Several places of one person stand in one cell, a line each.
fn cells(person: &Person) -> Vec<Cell> {
    let lines = |text: fn(&Post) -> &str| {
        Cell::Text(person.posts.iter().map(text).collect::<Vec<_>>().join("\n").trim_end().to_owned())
    };
    vec![
        Cell::Text(person.name.clone()),
        lines(|post| &post.organization),
        lines(|post| &post.title),
        lines(|post| post.qualification),
        Cell::Text(person.experience.clone()),
        lines(|post| &post.hired),
        lines(|post| &post.left),
        Cell::Text(person.state().to_owned()),
    ]
}

impl Person {
    /// The state in words.
    fn state(&self) -> &'static str {
        match (self.is_archived, self.has_left) {
            (true, _) => "в архиве",
            (_, true) => "уволен",
            _ => "работает",
        }
    }
}
