//! Filters of lists that a person has named: chips above the list, seen by nobody else.
//!
//! Any list may have them: [`SavedFilters::of`] in its page struct, `{{ t::saved(saved) }}` above its filters.

use askama::Template;
use chrono::{DateTime, Utc};
use nastavnik_domain::policy::Permission;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use super::db::{self, Tx};
use super::errors::{AppError, Outcome};
use super::forms::Form;
use super::ids;
use super::listing::Listing;
use super::page::Layout;
use super::registry::Registry;
use super::web::{Ctx, Path, Submission, again, local_address};
use crate::values;

/// Filters of one list: more are no help.
const MOST: u64 = 30;
/// Longest name.
const NAME: usize = 60;
/// Longest address.
const ADDRESS: usize = 2_000;

/// What a person has saved for a list.
pub struct SavedFilters {
    pub items: Vec<SavedFilter>,
    /// The list as it is shown now.
    pub address: String,
    /// Something is chosen that is not saved yet.
    pub may_save: bool,
}

/// A saved filter as a chip.
pub struct SavedFilter {
    pub id: Uuid,
    pub name: String,
    pub href: String,
    /// Whether it is the one shown.
    pub current: bool,
}

#[derive(Template)]
#[template(path = "ui/saved_filter.html")]
struct NamePage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    action: String,
    back: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    path: String,
    name: String,
    query: String,
}

impl Row {
    fn href(&self) -> String {
        format!("{}?{}", self.path, self.query)
    }
}

impl SavedFilters {
    /// The filters that the reader has saved for this list.
    pub async fn of(ctx: &Ctx, list: &Listing) -> Outcome<Self> {
        let address = list.export_href(list.reset_href());
        let account = ctx.actor().account.0;
        let rows = rows(ctx.app().db.reader(), account, list.reset_href()).await?;
        let item = |row: Row| {
            let href = row.href();
            SavedFilter { id: row.id, current: href == address, name: row.name, href }
        };
        let items: Vec<SavedFilter> = rows.into_iter().map(item).collect();
        let may_save = list.is_filtered() && !items.iter().any(|item| item.current);
        Ok(Self { items, address, may_save })
    }
}

/// Paths of saved filters.
pub fn routes(registry: Registry) -> Registry {
    registry
        .post("/own/filters", Permission::SignedIn, create)
        .post("/own/filters/{filter}", Permission::SignedIn, rename)
        .post("/own/filters/{filter}/deletion", Permission::SignedIn, delete)
}

async fn create(ctx: Ctx, submitted: Submission) -> Outcome {
    let mut form = submitted.form.clone();
    let name = form.required_text("name", "Название", NAME);
    let address = local_address(form.text("address")).to_owned();
    let parts = address.split_once('?').filter(|(_, query)| !query.is_empty() && address.len() <= ADDRESS);
    if parts.is_none() {
        form.error("name", "Сохранять пока нечего: выберите условия в списке и нажмите «Найти».");
    }
    let (Some(name), Some((path, query))) = (name, parts) else {
        return again(&name_page(&ctx, form, "/own/filters".to_owned(), address).await?);
    };
    let change = ctx.change(&submitted).await?;
    let problem = if count(change.tx(), change.account(), path).await? >= MOST {
        Some("У этого списка уже 30 сохранённых фильтров. Удалите ненужные.")
    } else {
        let whose = (change.account(), path);
        let is_new = insert(change.tx(), change.now(), whose, (&name, query)).await?;
        (!is_new).then_some("Фильтр с таким названием у этого списка уже есть. Назовите иначе.")
    };
    if let Some(problem) = problem {
        drop(change);
        form.error("name", problem);
        return again(&name_page(&ctx, form, "/own/filters".to_owned(), address).await?);
    }
    change.finish(&address, "Фильтр сохранён. Он стоит над списком, и видите его только вы").await
}

async fn rename(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let known = own(&ctx, ctx.app().db.reader(), id).await?;
    let mut form = submitted.form.clone();
    let action = format!("/own/filters/{id}");
    let Some(name) = form.required_text("name", "Название", NAME) else {
        return again(&name_page(&ctx, form, action, known.href()).await?);
    };
    let change = ctx.change(&submitted).await?;
    let known = own(&ctx, change.tx(), id).await?;
    let others = rows(change.tx(), change.account(), &known.path).await?;
    if others.iter().any(|other| other.name == name && other.id != id) {
        drop(change);
        form.error("name", "Фильтр с таким названием у этого списка уже есть. Назовите иначе.");
        return again(&name_page(&ctx, form, action, known.href()).await?);
    }
    let sql = "UPDATE saved_filter SET name = ? WHERE id = ?";
    db::exec(change.tx(), sql, values![name, id]).await?;
    change.finish(&known.href(), "Фильтр переименован").await
}

async fn delete(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let known = own(&ctx, ctx.app().db.reader(), id).await?;
    let change = ctx.change(&submitted).await?;
    db::exec(change.tx(), "DELETE FROM saved_filter WHERE id = ?", values![id]).await?;
    change.finish(&known.path, "Фильтр удалён. На сам список это не влияет").await
}

async fn name_page(ctx: &Ctx, form: Form, action: String, back: String) -> Outcome<NamePage> {
    let layout = ctx.layout("Название фильтра").await?;
    Ok(NamePage { layout, form, form_key: ids::form_key(), action, back })
}

/// A filter of the one who asks.
async fn own(ctx: &Ctx, connection: &impl ConnectionTrait, id: Uuid) -> Outcome<Row> {
    let sql = "SELECT id, path, name, query FROM saved_filter WHERE id = ? AND account_id = ?";
    let row: Option<Row> = db::one(connection, sql, values![id, ctx.actor().account.0]).await?;
    row.ok_or(AppError::NotFound)
}

async fn rows(connection: &impl ConnectionTrait, account: Uuid, path: &str) -> Result<Vec<Row>, DbErr> {
    let sql = "SELECT id, path, name, query FROM saved_filter WHERE account_id = ? AND path = ? \
               ORDER BY created_at, id";
    db::all(connection, sql, values![account, path]).await
}

async fn count(connection: &impl ConnectionTrait, account: Uuid, path: &str) -> Result<u64, DbErr> {
    let sql = "SELECT COUNT(*) AS n FROM saved_filter WHERE account_id = ? AND path = ?";
    db::count(connection, sql, values![account, path]).await
}

/// Saves a filter; `false` if the name is taken.
async fn insert(
    tx: &Tx,
    now: DateTime<Utc>,
    (account, path): (Uuid, &str),
    (name, query): (&str, &str),
) -> Result<bool, DbErr> {
    let written = db::exec(
        tx,
        "INSERT INTO saved_filter (id, account_id, path, name, query, created_at) VALUES (?, ?, ?, ?, ?, ?) \
         ON CONFLICT DO NOTHING",
        values![ids::row_id(), account, path, name, query, now],
    )
    .await?;
    Ok(written == 1)
}
