//! A new organization, and changes of one.

use askama::Template;
use nastavnik_domain::organization::{OrganizationKind, check_kind};
use nastavnik_domain::policy::Permission;
use nastavnik_domain::role::Role;
use sea_orm::ConnectionTrait;
use serde::Serialize;
use uuid::Uuid;

use super::add::{self, NewOrganization};
use super::card;
use super::store::{self, Facts, Organization, Territory};
use crate::kernel::audit::Entry;
use crate::kernel::db;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout};
use crate::kernel::web::{Ctx, Path, Submission, again, page};

#[derive(Template)]
#[template(path = "places/edit.html")]
struct EditPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    action: String,
    cancel: String,
    button: &'static str,
    kinds: Vec<Choice>,
    /// Where it may hang; empty when it already hangs somewhere.
    territories: Vec<Choice>,
    version: i64,
}

/// What was typed, checked.
struct Typed {
    kind: OrganizationKind,
    short_name: String,
    full_name: String,
    place: String,
}

#[derive(Serialize)]
struct Written<'a> {
    kind: &'a str,
    short_name: &'a str,
    full_name: &'a str,
    place: &'a str,
}

pub(super) async fn show_new(ctx: Ctx) -> Outcome {
    let territories = territories(&ctx, ctx.app().db.reader()).await?;
    let mut form = Form::blank();
    let asked = ctx.asked("territory");
    if territories.iter().any(|territory| territory.id.to_string() == asked) {
        form = form.with("territory", asked);
    } else if let [only] = territories.as_slice() {
        form = form.with("territory", only.id.to_string());
    }
    page(&new_page(&ctx, form, &territories).await?)
}

pub(super) async fn create(ctx: Ctx, submitted: Submission) -> Outcome {
    let territories = territories(&ctx, ctx.app().db.reader()).await?;
    let mut form = submitted.form.clone();
    let chosen = form.required_choice("territory", "Территория", &territory_choices(&territories));
    let chosen = chosen.and_then(|chosen| territories.iter().find(|known| known.id.to_string() == chosen));
    let typed = read(&mut form);
    let (Some(territory), Some(typed)) = (chosen, typed) else {
        return again(&new_page(&ctx, form, &territories).await?);
    };
    if let Err(error) = check_kind(typed.kind, territory.level(), &[]) {
        form.error("kind", error.to_string());
        return again(&new_page(&ctx, form, &territories).await?);
    }
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "territory", territory.id).await?;
    if store::name_taken(change.tx(), territory.id, &typed.short_name, None).await? {
        drop(change);
        form.error("short_name", TAKEN);
        return again(&new_page(&ctx, form, &territories).await?);
    }
    let id = add::add_organization(change.tx(), new_organization(territory, &typed)).await?;
    change
        .journal(Entry {
            kind: "organization_added",
            subject: ("organization", Some(id)),
            organization: Some(id),
            payload: &written(&typed),
        })
        .await?;
    change.finish(&format!("/organizations/{id}"), "Организация добавлена").await
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let row = card::visible(&ctx, id).await?;
    ctx.require(Permission::EditOrganizations, &row.place())?;
    let form = Form::blank()
        .with("kind", row.kind.clone())
        .with("short_name", row.short_name.clone())
        .with("full_name", row.full_name.clone())
        .with("place", row.place.clone());
    page(&edit_page(&ctx, form, &row).await?)
}

pub(super) async fn update(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let row = card::visible(&ctx, id).await?;
    ctx.require(Permission::EditOrganizations, &row.place())?;
    let mut form = submitted.form.clone();
    let Some(typed) = read(&mut form) else {
        return again(&edit_page(&ctx, form, &row).await?);
    };
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "territory", row.territory_id).await?;
    db::lock_row(change.tx(), "organization", id).await?;
    let row = card::visible_in(&ctx, change.tx(), id).await?;
    if form.text("version") != row.version.to_string() {
        form.error("short_name", stale_words(change.tx(), &row).await?);
    }
    let roles: Vec<Role> = held_roles(change.tx(), id, ctx.today).await?;
    if let Err(error) = check_kind(typed.kind, row.level(), &roles) {
        form.error("kind", error.to_string());
    }
    if store::name_taken(change.tx(), row.territory_id, &typed.short_name, Some(id)).await? {
        form.error("short_name", TAKEN);
    }
    if !form.is_valid() {
        drop(change);
        return again(&edit_page(&ctx, form, &row).await?);
    }
    store::update_organization(change.tx(), id, &facts(&typed)).await?;
    let subject = ("organization", Some(id));
    let payload = (written_row(&row), written(&typed));
    change
        .journal(Entry { kind: "organization_changed", subject, organization: Some(id), payload: &payload })
        .await?;
    change.finish(&row.href(), "Изменения сохранены").await
}

const TAKEN: &str = "Организация с таким кратким названием здесь уже есть. Найдите её в списке (возможно, она в архиве) или уточните название.";

fn read(form: &mut Form) -> Option<Typed> {
    let kind = form.required_choice("kind", "Вид", &kind_choices());
    let short_name = form.required_text("short_name", "Краткое название", 120);
    let full_name = form.required_text("full_name", "Полное название", 400);
    let place = form.optional_text("place", "Населённый пункт", 80).unwrap_or_default();
    if !form.is_valid() {
        return None;
    }
    let kind = OrganizationKind::from_code(&kind?)?;
    Some(Typed { kind, short_name: short_name?, full_name: full_name?, place })
}

fn new_organization<'a>(territory: &Territory, typed: &'a Typed) -> NewOrganization<'a> {
    let is_region = territory.level() == nastavnik_domain::organization::TerritoryLevel::Region;
    let region = if is_region { territory.id } else { territory.parent_id.unwrap_or(territory.id) };
    NewOrganization {
        territory: territory.id,
        region,
        kind: typed.kind.code(),
        short_name: &typed.short_name,
        full_name: &typed.full_name,
        place: &typed.place,
    }
}

fn facts(typed: &Typed) -> Facts<'_> {
    Facts {
        kind: typed.kind,
        short_name: &typed.short_name,
        full_name: &typed.full_name,
        place: &typed.place,
    }
}

fn written(typed: &Typed) -> Written<'_> {
    Written {
        kind: typed.kind.code(),
        short_name: &typed.short_name,
        full_name: &typed.full_name,
        place: &typed.place,
    }
}

fn written_row(row: &Organization) -> Written<'_> {
    Written { kind: &row.kind, short_name: &row.short_name, full_name: &row.full_name, place: &row.place }
}

/// Roles given there and not over yet.
async fn held_roles(
    connection: &impl ConnectionTrait,
    id: Uuid,
    today: chrono::NaiveDate,
) -> Outcome<Vec<Role>> {
    let grants = store::grants_in(connection, id).await?;
    let held = grants.iter().filter(|grant| grant.ended_on.is_none_or(|ended_on| ended_on > today));
    Ok(held.filter_map(store::GrantRow::role).collect())
}

/// Who was first, and that nothing typed is lost.
async fn stale_words(connection: &impl ConnectionTrait, row: &Organization) -> Outcome<String> {
    Ok(super::stale::words(connection, row.id, card::zone_of(row)).await?)
}

/// Regions and municipalities in which the person may add organizations.
async fn territories(ctx: &Ctx, connection: &impl ConnectionTrait) -> Outcome<Vec<Territory>> {
    let reach = ctx.reach(Permission::EditOrganizations);
    let mut territories = store::territories(connection, &reach).await?;
    territories
        .retain(|territory| territory.level() != nastavnik_domain::organization::TerritoryLevel::Federation);
    if territories.is_empty() {
        return Err(AppError::NotFound);
    }
    Ok(territories)
}

fn territory_choices(territories: &[Territory]) -> Vec<Choice> {
    let title = |territory: &Territory| match &territory.parent_name {
        Some(parent) if territories.len() > 1 => format!("{} ({parent})", territory.name),
        _ => territory.name.clone(),
    };
    territories.iter().map(|territory| Choice::new(territory.id.to_string(), title(territory))).collect()
}

fn kind_choices() -> Vec<Choice> {
    OrganizationKind::ALL.into_iter().map(|kind| Choice::new(kind.code(), kind.title())).collect()
}

async fn new_page(ctx: &Ctx, form: Form, territories: &[Territory]) -> Outcome<EditPage> {
    let mut layout = ctx.layout("Новая организация").await?;
    layout.crumbs.push(Crumb::new("/organizations", "Организации"));
    Ok(EditPage {
        layout,
        form,
        form_key: ids::form_key(),
        action: "/organizations".to_owned(),
        cancel: "/organizations".to_owned(),
        button: "Добавить организацию",
        kinds: kind_choices(),
        territories: territory_choices(territories),
        version: 0,
    })
}

async fn edit_page(ctx: &Ctx, form: Form, row: &Organization) -> Outcome<EditPage> {
    let fits = |choice: &Choice| {
        OrganizationKind::from_code(&choice.value).is_some_and(|kind| kind.level() == row.level())
    };
    Ok(EditPage {
        layout: card::layout(ctx, row, "Изменить карточку").await?,
        form,
        form_key: ids::form_key(),
        action: row.href(),
        cancel: row.href(),
        button: "Сохранить",
        kinds: kind_choices().into_iter().filter(fits).collect(),
        territories: Vec::new(),
        version: row.version,
    })
}
