//! One load: progress while it is read or loaded, the preview, the result.

use askama::Template;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use nastavnik_domain::organization::{OrganizationKind, TerritoryLevel};
use nastavnik_domain::policy::Permission;
use nastavnik_domain::staff_list::Column;
use uuid::Uuid;

use super::model::{Chosen, Shelf, State, Summary};
use super::rows::RowView;
use super::store::{self, Load};
use super::words;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Listing, Tab, filters};
use crate::kernel::web::{Ctx, Path, page, redirect};

const PER_PAGE: u64 = 50;

#[derive(Template)]
#[template(path = "imports/card.html")]
pub(super) struct CardPage {
    layout: Layout,
    load: Load,
    state: State,
    summary: Summary,
    tab: String,
    tabs: Vec<Tab>,
    list: Listing,
    rows: Vec<RowView>,
    columns: Option<Columns>,
    progress: ProgressPart,
    form: Form,
    form_key: Uuid,
    undecided: u64,
    /// What loading would do; nothing when there is nothing to do.
    promise: Option<String>,
    /// What loading has done.
    outcome: String,
    /// Rows can be read: the columns are understood.
    is_readable: bool,
}

/// The form of the columns.
struct Columns {
    sheet: String,
    sheets: Vec<Choice>,
    lines: Vec<ColumnLine>,
    meanings: Vec<Choice>,
    places: Vec<PlaceLine>,
    kinds: Vec<Choice>,
}

struct ColumnLine {
    field: String,
    letters: String,
    heading: String,
    code: &'static str,
    is_sure: bool,
}

struct PlaceLine {
    field: String,
    name: String,
    kind: String,
}

#[derive(Template)]
#[template(path = "imports/progress.html")]
struct ProgressPart {
    href: String,
    title: &'static str,
    done: u64,
    all: u64,
    /// It has failed for good, or will be tried again.
    trouble: Trouble,
}

// It stands inside another page, already escaped by its own template.
impl askama::filters::HtmlSafe for ProgressPart {}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trouble {
    None,
    TriedAgain,
    Stopped,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let load = visible(&ctx, id).await?;
    page(&card_page(&ctx, load, Form::blank()).await?)
}

/// The moving part alone; tells the browser to open the page anew when there is nothing to wait for.
pub(super) async fn progress(ctx: Ctx, Path(id): Path<Uuid>, headers: HeaderMap) -> Outcome {
    let load = visible(&ctx, id).await?;
    let part = progress_of(&ctx, &load).await?;
    if load.state().is_under_way() && part.trouble != Trouble::Stopped {
        return page(&part);
    }
    if headers.contains_key("hx-request") {
        return Ok(([("hx-refresh", "true")], "").into_response());
    }
    Ok(redirect(&load.href()))
}

/// The load, if it is within reach.
pub(super) async fn visible(ctx: &Ctx, id: Uuid) -> Outcome<Load> {
    let reach = ctx.reach(Permission::ImportStaff);
    let load = store::visible(ctx.app().db.reader(), &reach, id).await?.ok_or(AppError::NotFound)?;
    ctx.require(Permission::ImportStaff, &load.place())?;
    Ok(load)
}

pub(super) async fn card_page(ctx: &Ctx, load: Load, form: Form) -> Outcome<CardPage> {
    let reader = ctx.app().db.reader();
    let (state, summary, chosen) = (load.state(), load.summary(), load.chosen());
    let is_readable = Shelf::ALL.iter().any(|shelf| summary.of(*shelf) > 0);
    let undecided = store::undecided(reader, load.id).await?;
    let decided = store::decided(reader, load.id).await?;
    let tab = tab_of(ctx.asked("tab"), &summary, (state, undecided, is_readable));
    let shelf = Shelf::from_code(&tab);
    let total = shelf.map_or(0, |shelf| summary.of(shelf));
    let list = Listing::new(&load.href(), &ctx.visit.query, PER_PAGE, total);
    let mut rows = Vec::new();
    if let Some(shelf) = shelf {
        let lines = store::lines_on(reader, load.id, shelf.code(), list.offset(), list.per_page()).await?;
        rows = lines.into_iter().map(RowView::of).collect::<anyhow::Result<_>>()?;
    }
    let mut layout = ctx.layout(&load.file_name).await?;
    layout.crumbs.push(Crumb::new("/imports", "Загрузка списков"));
    Ok(CardPage {
        layout,
        state,
        tabs: tabs_of(&load, &summary, &tab, is_readable),
        list,
        rows,
        columns: (tab == "columns").then(|| columns_of(&chosen, &summary)).flatten(),
        progress: progress_of(ctx, &load).await?,
        form,
        form_key: ids::form_key(),
        undecided,
        promise: words::promise(&summary, decided),
        outcome: words::outcome(&summary, decided),
        is_readable,
        tab,
        summary,
        load,
    })
}

/// The part asked for; otherwise the one where something waits for the reader.
fn tab_of(asked: &str, summary: &Summary, now: (State, u64, bool)) -> String {
    let (state, undecided, is_readable) = now;
    if Shelf::from_code(asked).is_some() || matches!(asked, "columns" | "absent") {
        return asked.to_owned();
    }
    if state == State::Preview && !is_readable {
        return "columns".to_owned();
    }
    if undecided > 0 && state == State::Preview {
        return Shelf::Doubtful.code().to_owned();
    }
    let order = [Shelf::Error, Shelf::Changed, Shelf::New, Shelf::Doubtful, Shelf::Same];
    let first = order.into_iter().find(|shelf| summary.of(*shelf) > 0).unwrap_or(Shelf::Skipped);
    first.code().to_owned()
}

fn tabs_of(load: &Load, summary: &Summary, tab: &str, is_readable: bool) -> Vec<Tab> {
    let shown = format!("{}?tab={tab}", load.href());
    let make = |code: &str, title: String| Tab::new(format!("{}?tab={code}", load.href()), title, &shown);
    let mut tabs = Vec::new();
    if is_readable {
        for shelf in Shelf::ALL {
            let count = crate::kernel::filters::group_digits(&summary.of(shelf).to_string());
            tabs.push(make(shelf.code(), format!("{}: {count}", shelf.title())));
        }
        if summary.absent_total > 0 {
            tabs.push(make("absent", format!("Нет в файле: {}", summary.absent_total)));
        }
    }
    tabs.push(make("columns", "Столбцы".to_owned()));
    tabs
}

fn columns_of(chosen: &Chosen, summary: &Summary) -> Option<Columns> {
    let mapping = chosen.mapping.as_ref()?;
    let lines = mapping.columns.iter().map(|column| ColumnLine {
        field: column_field(column.index),
        letters: column.letters(),
        heading: column.heading.clone(),
        code: column.meaning.code(),
        is_sure: column.confidence >= 60,
    });
    let places = summary.organizations.iter().map(|place| PlaceLine {
        field: place_field(&place.key),
        name: place.name.clone(),
        kind: place.kind.clone(),
    });
    Some(Columns {
        sheet: chosen.sheet.clone().unwrap_or_default(),
        sheets: summary.sheets.iter().map(|name| Choice::new(name.clone(), name.clone())).collect(),
        lines: lines.collect(),
        meanings: Column::ALL.iter().map(|column| Choice::new(column.code(), column.title())).collect(),
        places: places.collect(),
        kinds: kinds(),
    })
}

/// Kinds that hang on a municipality.
pub(super) fn kinds() -> Vec<Choice> {
    let here = OrganizationKind::ALL.into_iter().filter(|kind| kind.level() == TerritoryLevel::Municipality);
    here.map(|kind| Choice::new(kind.code(), kind.title())).collect()
}

/// Name of the field with a column's meaning.
pub(super) fn column_field(index: usize) -> String {
    format!("column-{index}")
}

/// Name of the field with a new organization's kind.
pub(super) fn place_field(key: &str) -> String {
    format!("kind-{}", &ids::fingerprint(key.as_bytes())[..16])
}

async fn progress_of(ctx: &Ctx, load: &Load) -> Outcome<ProgressPart> {
    let mut trouble = Trouble::None;
    if load.state().is_under_way()
        && let Some(news) = store::last_job(ctx.app().db.reader(), load.id).await?
    {
        trouble = match news.state.as_str() {
            "failed" | "done" => Trouble::Stopped,
            "waiting" if news.attempts > 0 => Trouble::TriedAgain,
            _ => Trouble::None,
        };
    }
    let (done, all) = ctx.app().progress.get(load.id).unwrap_or((0, 1));
    Ok(ProgressPart {
        href: load.href(),
        title: if load.state() == State::Applying {
            "Загружаем строки"
        } else {
            "Читаем файл"
        },
        done,
        all,
        trouble,
    })
}
