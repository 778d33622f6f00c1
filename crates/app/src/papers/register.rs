//! The register of issued papers.

use askama::Template;
use chrono::NaiveDate;
use nastavnik_documents::{Cell, ColumnKind, ListColumn, table};
use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian::search_key;
use uuid::Uuid;

use super::document::{Document, PaperKind, Standing};
use super::store::{self, Filter};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Choice;
use crate::kernel::listing::{Direction, Listing};
use crate::kernel::page::{Layout, Tone, filters};
use crate::kernel::web::{Ctx, attachment, page};
use crate::pairs;

const PER_PAGE: u64 = 50;
/// More than a region issues in ten years.
const EXPORT_LIMIT: u64 = 100_000;

#[derive(Template)]
#[template(path = "papers/list.html")]
struct ListPage {
    layout: Layout,
    list: Listing,
    rows: Vec<Row>,
    kinds: Vec<Choice>,
    standings: Vec<Choice>,
    years: Vec<Choice>,
    may_prepare: bool,
}

struct Row {
    href: String,
    number: String,
    kind: &'static str,
    pairs: String,
    dated_on: NaiveDate,
    signed_on: Option<NaiveDate>,
    standing: &'static str,
    tone: Tone,
}

pub(super) async fn list(ctx: Ctx) -> Outcome {
    let reader = ctx.app().db.reader();
    let (reach, person) = (ctx.reach(Permission::ReadPapers), ctx.actor().person.0);
    let filter = filter(&ctx);
    let total = store::total(reader, &reach, person, &filter).await?;
    let list = Listing::new("/papers", &ctx.visit.query, PER_PAGE, total);
    let bounds = (list.offset(), list.per_page());
    let found = store::page(reader, &reach, person, &filter, order(&list), bounds).await?;
    let years = store::years(reader, &reach, person).await?;
    let page_struct = ListPage {
        layout: ctx.layout("Документы").await?,
        rows: rows(&ctx, &found).await?,
        kinds: PaperKind::ALL.iter().map(|kind| Choice::new(kind.code(), kind.title())).collect(),
        standings: Standing::ALL.iter().map(|one| Choice::new(one.code(), one.title())).collect(),
        years: years.iter().map(|year| Choice::new(year.to_string(), year.to_string())).collect(),
        may_prepare: ctx.actor().may_somewhere(Permission::RecordPapers),
        list,
    };
    page(&page_struct)
}

pub(super) async fn workbook(ctx: Ctx) -> Outcome {
    let reader = ctx.app().db.reader();
    let (reach, person) = (ctx.reach(Permission::ReadPapers), ctx.actor().person.0);
    let list = Listing::new("/papers", &ctx.visit.query, PER_PAGE, 0);
    let found = store::page(reader, &reach, person, &filter(&ctx), order(&list), (0, EXPORT_LIMIT)).await?;
    let rows = rows(&ctx, &found).await?;
    let column = |title: &str, width: f64, kind| ListColumn { title: title.to_owned(), width, kind };
    let columns = [
        column("Документ", 36.0, ColumnKind::Text),
        column("Номер", 16.0, ColumnKind::Text),
        column("Дата", 12.0, ColumnKind::Date),
        column("Пара или группа", 60.0, ColumnKind::Text),
        column("Состояние", 14.0, ColumnKind::Text),
        column("Подписан", 12.0, ColumnKind::Date),
    ];
    let cells = rows.into_iter().map(|row| {
        vec![
            Cell::Text(row.kind.to_owned()),
            Cell::Text(row.number),
            Cell::Date(row.dated_on),
            Cell::Text(row.pairs),
            Cell::Text(row.standing.to_owned()),
            row.signed_on.map_or(Cell::Empty, Cell::Date),
        ]
    });
    let content = table("Документы", &columns, cells).map_err(|error| AppError::Internal(error.into()))?;
    attachment(content, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Документы.xlsx")
}

fn filter(ctx: &Ctx) -> Filter {
    Filter {
        kind: PaperKind::from_code(ctx.asked("kind")),
        standing: Standing::from_code(ctx.asked("standing")),
        year: ctx.asked("year").parse().ok().filter(|year| (1900..2200).contains(year)),
        search: search_key(ctx.asked("q")),
    }
}

/// Order of the list by a name from the address; anything unknown means the newest first.
fn order(list: &Listing) -> &'static str {
    match list.order() {
        Some(("date", Direction::Ascending)) => "ORDER BY d.dated_on, d.id",
        Some(("signed", Direction::Ascending)) => "ORDER BY d.signed_on, d.id",
        Some(("signed", Direction::Descending)) => "ORDER BY d.signed_on DESC, d.id DESC",
        Some(("number", Direction::Ascending)) => "ORDER BY d.year, d.kind, d.number, d.id",
        Some(("number", Direction::Descending)) => {
            "ORDER BY d.year DESC, d.kind DESC, d.number DESC, d.id DESC"
        }
        _ => "ORDER BY d.dated_on DESC, d.id DESC",
    }
}

async fn rows(ctx: &Ctx, found: &[Document]) -> Outcome<Vec<Row>> {
    let mut ids: Vec<Uuid> = found.iter().flat_map(|document| document.mentorships.clone()).collect();
    ids.sort_unstable();
    ids.dedup();
    let titles = pairs::titles(ctx.app().db.reader(), &ids).await?;
    let row = |document: &Document| {
        let pairs: Vec<&str> =
            document.mentorships.iter().filter_map(|id| titles.get(id)).map(String::as_str).collect();
        Row {
            href: format!("/papers/{}", document.id),
            number: document.label.clone(),
            kind: document.kind.title(),
            pairs: pairs.join("; "),
            dated_on: document.dated_on,
            signed_on: document.signed_on,
            standing: document.standing().title(),
            tone: document.standing().tone(),
        }
    };
    Ok(found.iter().map(row).collect())
}

impl ListPage {
    /// Whether the register is empty because nothing was issued, not because of the filters.
    fn is_new(&self) -> bool {
        self.rows.is_empty() && !self.list.is_filtered()
    }
}
