//! The card of an organization: facts, who holds which role, the archive.

use askama::Template;
use nastavnik_domain::organization::{Archived, OrganizationError, check_archiving};
use nastavnik_domain::policy::Permission;
use nastavnik_domain::role::Role;
use nastavnik_domain::russian::short;
use uuid::Uuid;

use super::rights;
use super::store::{self, GrantRow, Organization};
use crate::kernel::audit::Entry;
use crate::kernel::clock::local_day;
use crate::kernel::db;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Tab, filters};
use crate::kernel::web::{Ctx, Path, Submission, page};

#[derive(Template)]
#[template(path = "places/card.html")]
#[expect(clippy::struct_excessive_bools, reason = "what a reader may do here are independent answers")]
struct CardPage {
    layout: Layout,
    row: Organization,
    tabs: Vec<Tab>,
    form_key: Uuid,
    mentorships: u64,
    /// Roles in force or to come.
    present: Vec<RoleLine>,
    past: Vec<RoleLine>,
    /// Roles without which nothing goes on here, and which nobody holds.
    missing: Vec<Missing>,
    may_see_names: bool,
    may_see_people: bool,
    may_see_pairs: bool,
    may_edit: bool,
    may_grant: bool,
    archived_on: Option<chrono::NaiveDate>,
}

/// A role as the card shows it.
struct RoleLine {
    id: Uuid,
    person: Uuid,
    title: &'static str,
    name: String,
    act: String,
    period: String,
    is_ahead: bool,
    may_end: bool,
}

/// A role nobody holds.
struct Missing {
    role: &'static str,
    text: &'static str,
    may_grant: bool,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let row = visible(&ctx, id).await?;
    let reader = ctx.app().db.reader();
    let place = row.place();
    let may = |permission| ctx.actor().may_at(permission, &place);
    let grants = store::grants_in(reader, id).await?;
    let grantable = rights::grantable(ctx.actor(), &place, row.kind());
    let missing = missing_roles(&row, &grants, &grantable, &ctx);
    let lines = |wanted: &dyn Fn(&GrantRow) -> bool| -> Vec<RoleLine> {
        grants.iter().filter(|grant| wanted(grant)).filter_map(|grant| role_line(&ctx, grant)).collect()
    };
    let is_over = |grant: &GrantRow| grant.ended_on.is_some_and(|ended_on| ended_on <= ctx.today);
    let zone = zone_of(&row);
    page(&CardPage {
        layout: layout(&ctx, &row, &row.short_name).await?,
        tabs: tabs(&ctx, &row, &row.href()),
        form_key: ids::form_key(),
        mentorships: store::mentorships(reader, id, ctx.today).await?,
        present: by_role(lines(&|grant| !is_over(grant))),
        past: lines(&is_over),
        missing,
        may_see_names: may(Permission::ReadStaff) || may(Permission::GrantRoles),
        may_see_people: may(Permission::ReadStaff),
        may_see_pairs: may(Permission::ReadPairs),
        may_edit: may(Permission::EditOrganizations),
        may_grant: !grantable.is_empty() && row.archived_at.is_none(),
        archived_on: row.archived_at.map(|at| local_day(at, zone)),
        row,
    })
}

/// Archive, never delete: refused while people work there or mentorships go on.
pub(super) async fn archive(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let row = visible(&ctx, id).await?;
    ctx.require(Permission::EditOrganizations, &row.place())?;
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "organization", id).await?;
    let row = visible_in(&ctx, change.tx(), id).await?;
    let archived = if row.archived_at.is_some() { Archived::Yes } else { Archived::No };
    let workers = store::workers_now_or_later(change.tx(), id, ctx.today).await?;
    let mentorships = store::mentorships(change.tx(), id, ctx.today).await?;
    check_archiving(archived, workers, mentorships).map_err(conflict)?;
    store::set_archived(change.tx(), id, Some(change.now())).await?;
    let subject = ("organization", Some(id));
    change
        .journal(Entry { kind: "organization_archived", subject, organization: Some(id), payload: &() })
        .await?;
    change.finish(&row.href(), "Организация перенесена в архив").await
}

pub(super) async fn restore(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let row = visible(&ctx, id).await?;
    ctx.require(Permission::EditOrganizations, &row.place())?;
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "organization", id).await?;
    let row = visible_in(&ctx, change.tx(), id).await?;
    if row.archived_at.is_none() {
        return Err(conflict(OrganizationError::NotArchived));
    }
    store::set_archived(change.tx(), id, None).await?;
    let subject = ("organization", Some(id));
    change
        .journal(Entry { kind: "organization_restored", subject, organization: Some(id), payload: &() })
        .await?;
    change.finish(&row.href(), "Организация возвращена из архива").await
}

/// The organization, if its card may be opened at all.
pub(super) async fn visible(ctx: &Ctx, id: Uuid) -> Outcome<Organization> {
    visible_in(ctx, ctx.app().db.reader(), id).await
}

/// The same within a transaction.
pub(super) async fn visible_in(
    ctx: &Ctx,
    connection: &impl sea_orm::ConnectionTrait,
    id: Uuid,
) -> Outcome<Organization> {
    let reach = ctx.reach(Permission::ReadOrganizations);
    store::organization(connection, &reach, id, ctx.today).await?.ok_or(AppError::NotFound)
}

/// The frame of a page about an organization.
pub(super) async fn layout(ctx: &Ctx, row: &Organization, title: &str) -> Outcome<Layout> {
    let mut layout = ctx.layout(title).await?;
    layout.crumbs.push(Crumb::new("/organizations", "Организации"));
    if title != row.short_name {
        layout.crumbs.push(Crumb::new(row.href(), row.short_name.clone()));
    }
    Ok(layout)
}

/// The parts of an organization that this person may open; none if there is only one.
pub(super) fn tabs(ctx: &Ctx, row: &Organization, shown: &str) -> Vec<Tab> {
    if !ctx.actor().may_at(Permission::ManageAccounts, &row.place()) {
        return Vec::new();
    }
    let logins = format!("{}/logins", row.href());
    vec![Tab::new(row.href(), "Карточка", shown), Tab::new(logins, "Входы и памятки", shown)]
}

/// The time zone of the organization.
pub(super) fn zone_of(row: &Organization) -> chrono_tz::Tz {
    row.time_zone.parse().unwrap_or(chrono_tz::Asia::Yekaterinburg)
}

#[expect(clippy::needless_pass_by_value, reason = "used as a function of map_err")]
fn conflict(error: OrganizationError) -> AppError {
    AppError::Conflict(error.to_string())
}

fn role_line(ctx: &Ctx, grant: &GrantRow) -> Option<RoleLine> {
    let role = grant.role()?;
    let is_own = grant.person_id == ctx.actor().person.0;
    let act = match (&grant.end_act_number, grant.end_act_on) {
        (Some(number), Some(on)) => {
            let given = act_words(&grant.act_number, grant.act_on);
            format!("{given}; снята: {}", act_words(number, on))
        }
        _ => act_words(&grant.act_number, grant.act_on),
    };
    Some(RoleLine {
        id: grant.id,
        person: grant.person_id,
        title: role.title(),
        name: grant.name().short(),
        act,
        period: period_words(grant),
        is_ahead: grant.started_on > ctx.today,
        may_end: !is_own && grant.ended_on.is_none() && rights::may_take(ctx.actor(), &grant.place(), role),
    })
}

/// «№ 12-к от 01.09.2026».
pub(super) fn act_words(number: &str, on: chrono::NaiveDate) -> String {
    format!("№\u{a0}{number} от\u{a0}{}", short(on))
}

/// «с 01.09.2026», «с 01.09.2026 по 22.11.2026».
fn period_words(grant: &GrantRow) -> String {
    let from = short(grant.started_on);
    let last = grant.ended_on.and_then(|ended_on| ended_on.pred_opt());
    match last {
        Some(last) if last >= grant.started_on => format!("с\u{a0}{from} по\u{a0}{}", short(last)),
        Some(_) => format!("назначение с\u{a0}{from} отменено"),
        None => format!("с\u{a0}{from}"),
    }
}

/// In the order of the domain: the head first, then the curator.
fn by_role(mut lines: Vec<RoleLine>) -> Vec<RoleLine> {
    lines.sort_by_key(|line| Role::ALL.iter().position(|role| role.title() == line.title));
    lines
}

/// п. 4.1.1: without a head nobody signs orders, without a curator nobody forms pairs.
fn missing_roles(row: &Organization, grants: &[GrantRow], grantable: &[Role], ctx: &Ctx) -> Vec<Missing> {
    if row.archived_at.is_some() || !row.kind().teaches() {
        return Vec::new();
    }
    let in_force = |grant: &GrantRow| grant.ended_on.is_none_or(|ended_on| ended_on > ctx.today);
    let needed = [
        (Role::Director, "Руководитель не назначен: подписывать приказы некому (п. 4.1.1)"),
        (Role::Curator, "Куратор не назначен: подбирать пары некому (п. 4.1.2)"),
    ];
    let absent = |role: Role| !grants.iter().any(|grant| grant.role() == Some(role) && in_force(grant));
    needed
        .into_iter()
        .filter(|(role, _)| absent(*role))
        .map(|(role, text)| Missing { role: role.code(), text, may_grant: grantable.contains(&role) })
        .collect()
}
