//! The bank's tables go to Excel and come back: a preview of exactly what differs, then all or nothing (п. 4.1.2).

mod apply;
mod code;
mod plan;
mod reading;
mod records;
mod sheets;

use askama::Template;
use nastavnik_domain::policy::Permission;
use sea_orm::ConnectionTrait;
use serde::Serialize;
use uuid::Uuid;

use super::rules::Rules;
use super::store::{self, Side, TableRow};
use crate::kernel::audit::Entry;
use crate::kernel::db;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::files::{self, Allowed, FileError, Kept};
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, filters};
use crate::kernel::web::{Ctx, Path, Submission, Upload, again, page};
use plan::{Frame, Plan, Problem, ReportLine};
use reading::FileRow;
use records::{Column, Record};

pub(super) use sheets::{mentees_workbook, mentors_workbook};

const FILE: &str = "table";

#[derive(Template)]
#[template(path = "bank/table_new.html")]
struct NewTablePage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    list: &'static str,
    columns: Vec<String>,
}

#[derive(Template)]
#[template(path = "bank/table.html")]
struct TablePage {
    layout: Layout,
    form_key: Uuid,
    href: String,
    list: &'static str,
    is_applied: bool,
    /// The plan the reader sees: applied only if it is still the same.
    shown: String,
    /// Why it was not applied.
    refusal: String,
    lines: Vec<ReportLine>,
    people: usize,
    problems: Vec<Problem>,
    untouched: u64,
}

pub(super) async fn show_mentees(ctx: Ctx) -> Outcome {
    page(&new_page(&ctx, Side::Mentee, Form::blank()).await?)
}

pub(super) async fn show_mentors(ctx: Ctx) -> Outcome {
    page(&new_page(&ctx, Side::Mentor, Form::blank()).await?)
}

pub(super) async fn upload_mentees(ctx: Ctx, submitted: Submission) -> Outcome {
    upload(ctx, Side::Mentee, submitted).await
}

pub(super) async fn upload_mentors(ctx: Ctx, submitted: Submission) -> Outcome {
    upload(ctx, Side::Mentor, submitted).await
}

async fn upload(ctx: Ctx, side: Side, mut submitted: Submission) -> Outcome {
    #[derive(Serialize)]
    struct Uploaded<'a> {
        file: &'a str,
    }
    let mut form = submitted.form.clone();
    let place = submitted.files.iter().position(|file| file.field == FILE && !file.name.is_empty());
    let Some(file) = place.map(|place| submitted.files.swap_remove(place)) else {
        form.error(FILE, "Выберите файл с таблицей.");
        return again(&new_page(&ctx, side, form).await?);
    };
    let name = file.name.clone();
    let kept = match keep(&ctx, side, file).await? {
        Ok(kept) => kept,
        Err(problem) => {
            form.error(FILE, problem);
            return again(&new_page(&ctx, side, form).await?);
        }
    };
    let change = ctx.change(&submitted).await?;
    let by = change.account();
    let named = files::name(change.tx(), change.now(), &kept, &name, (organization(&ctx), Some(by))).await?;
    let id = store::add_table(change.tx(), change.now(), by, side, named).await?;
    let payload = Uploaded { file: &name };
    let subject = ("bank_table", Some(id));
    let kind = "bank_table_uploaded";
    change.journal(Entry { kind, subject, organization: organization(&ctx), payload: &payload }).await?;
    change.finish(&format!("/bank/tables/{id}"), "Файл прочитан. В банке пока ничего не изменилось").await
}

/// Checks that the file is a table of this half of the bank and keeps it. What is wrong is a sentence for its field.
async fn keep(ctx: &Ctx, side: Side, file: Upload) -> Outcome<Result<Kept, String>> {
    let content = file.content;
    let checked = tokio::task::spawn_blocking(move || {
        let verdict = reading::read(&content, side).map(|_| ());
        (content, verdict)
    });
    let (content, verdict) = checked.await.map_err(|error| AppError::Internal(error.into()))?;
    if let Err(problem) = verdict {
        return Ok(Err(problem.to_string()));
    }
    match ctx.app().files.keep(content, Allowed::Spreadsheet).await {
        Ok(kept) => Ok(Ok(kept)),
        Err(FileError::Io(error)) => Err(AppError::Internal(error.into())),
        Err(problem) => Ok(Err(format!("{problem}."))),
    }
}

/// Where the one who asks keeps the bank: their director finds the journal's line there.
fn organization(ctx: &Ctx) -> Option<Uuid> {
    ctx.reach(Permission::EditBank).organizations.first().map(|id| id.0)
}

pub(super) async fn card(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let reader = ctx.app().db.reader();
    let table = visible(&ctx, reader, id).await?;
    let plan = match table.applied_at {
        Some(_) => Plan::default(),
        None => planned(&ctx, reader, &table).await?.0,
    };
    page(&table_page(&ctx, &table, plan, "").await?)
}

pub(super) async fn apply(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let table = visible(&ctx, ctx.app().db.reader(), id).await?;
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "bank_table", id).await?;
    let table = visible(&ctx, change.tx(), table.id).await?;
    if table.applied_at.is_some() {
        return Err(apply::already_applied());
    }
    let (first, records) = planned(&ctx, change.tx(), &table).await?;
    apply::hold(&change, &first, &records).await?;
    // Read again: somebody may have changed a record while we waited for its row.
    let (plan, records) = planned(&ctx, change.tx(), &table).await?;
    let refusal = if !plan.problems.is_empty() {
        "Сначала исправьте ячейки, названные ниже, и загрузите файл снова. Пока не внесено ничего."
    } else if plan.steps.is_empty() {
        "Вносить нечего: всё в таблице так же, как в банке."
    } else if plan.fingerprint()? != submitted.form.text("shown") {
        "Пока вы смотрели, в банке что-то изменилось. Проверьте, что будет внесено теперь, и нажмите ещё раз."
    } else {
        ""
    };
    if !refusal.is_empty() {
        drop(change);
        return again(&table_page(&ctx, &table, plan, refusal).await?);
    }
    apply::write(&ctx, &change, (&plan, &records), (id, &table.file_name)).await?;
    let changes = u64::try_from(plan.changes()).unwrap_or(u64::MAX);
    let told = nastavnik_domain::russian::count(changes, "изменение", "изменения", "изменений");
    change.finish(&format!("/bank/tables/{id}"), &format!("Внесено: {told}")).await
}

/// A table the reader has uploaded.
async fn visible(ctx: &Ctx, connection: &impl ConnectionTrait, id: Uuid) -> Outcome<TableRow> {
    store::own_table(connection, ctx.actor().account.0, id).await?.ok_or(AppError::NotFound)
}

/// What the table would change as things stand.
async fn planned(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
    table: &TableRow,
) -> Outcome<(Plan, Vec<Record>)> {
    let content = ctx.app().files.read(&table.sha256).await?;
    let side = table.side;
    let read = tokio::task::spawn_blocking(move || reading::read(&content, side));
    let rows: Vec<FileRow> = read
        .await
        .map_err(|error| AppError::Internal(error.into()))?
        .map_err(|error| AppError::Internal(error.into()))?;
    let records = records::all(ctx, connection, side, &ctx.reach(Permission::EditBank)).await?;
    let frame = Frame { most_places: Rules::load()?.limits(ctx.today)?.most_places, today: ctx.today };
    Ok((Plan::of(&rows, &records, &frame), records))
}

async fn new_page(ctx: &Ctx, side: Side, form: Form) -> Outcome<NewTablePage> {
    let (title, list) = names(side);
    let mut layout = ctx.layout("Загрузить изменённую таблицу").await?;
    layout.crumbs = vec![Crumb::new(list, title)];
    let columns = Column::of(side).into_iter().map(Column::title).collect();
    Ok(NewTablePage { layout, form, form_key: ids::form_key(), list, columns })
}

async fn table_page(ctx: &Ctx, table: &TableRow, plan: Plan, refusal: &str) -> Outcome<TablePage> {
    let (title, list) = names(table.side);
    let mut layout = ctx.layout(&table.file_name).await?;
    layout.crumbs = vec![Crumb::new(list, title), Crumb::new(format!("{list}/table"), "Таблица")];
    let lines: Vec<ReportLine> = match &table.report {
        Some(report) => serde_json::from_str(report).map_err(|error| AppError::Internal(error.into()))?,
        None => plan.lines(),
    };
    let rows: std::collections::BTreeSet<u32> = lines.iter().map(|line| line.row).collect();
    Ok(TablePage {
        layout,
        form_key: ids::form_key(),
        href: format!("/bank/tables/{}", table.id),
        list,
        is_applied: table.applied_at.is_some(),
        shown: plan.fingerprint()?,
        refusal: refusal.to_owned(),
        people: rows.len(),
        lines,
        untouched: plan.untouched,
        problems: plan.problems,
    })
}

/// The list a table belongs to: its words and its address.
const fn names(side: Side) -> (&'static str, &'static str) {
    match side {
        Side::Mentee => ("Кому нужен наставник", "/bank/mentees"),
        Side::Mentor => ("Кандидаты в наставники", "/bank/mentors"),
    }
}
