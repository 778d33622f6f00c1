//! Taking a role away by an act. The row stays: who acted when must be found later.

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::role::{GrantError, Role, check_ending};
use nastavnik_domain::russian::short;
use serde::Serialize;
use uuid::Uuid;

use super::store::{self, GrantRow, Organization};
use super::{card, rights};
use crate::kernel::audit::Entry;
use crate::kernel::db;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Layout, filters};
use crate::kernel::registry::refusal;
use crate::kernel::web::{Ctx, Path, Submission, again, page};

#[derive(Template)]
#[template(path = "places/role_end.html")]
struct EndingPage {
    layout: Layout,
    row: Organization,
    form: Form,
    form_key: Uuid,
    id: Uuid,
    title: &'static str,
    name: String,
    act: String,
    started_on: NaiveDate,
}

#[derive(Serialize)]
struct Ended<'a> {
    person: Uuid,
    role: &'a str,
    ends_on: NaiveDate,
    act_number: &'a str,
    act_on: NaiveDate,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let (grant, row, role) = allowed(&ctx, ctx.app().db.reader(), id).await?;
    let form = Form::blank().with("ends_on", ctx.today.to_string());
    page(&ending_page(&ctx, form, (&grant, row, role)).await?)
}

pub(super) async fn end(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let (grant, row, role) = allowed(&ctx, ctx.app().db.reader(), id).await?;
    let mut form = submitted.form.clone();
    let ends_on = form.required_date("ends_on", "Не действует с");
    let number = form.required_text("act_number", "Номер приказа", 60);
    let act_on = form.required_date("act_on", "Дата приказа");
    let (Some(ends_on), Some(number), Some(act_on)) = (ends_on, number, act_on) else {
        return again(&ending_page(&ctx, form, (&grant, row, role)).await?);
    };
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "role_grant", id).await?;
    let (grant, row, role) = allowed(&ctx, change.tx(), id).await?;
    match check_ending((grant.started_on, grant.ended_on), ends_on, act_on, ctx.today) {
        Ok(()) => {}
        Err(error @ GrantError::AlreadyEnded) => return Err(AppError::Conflict(error.to_string())),
        Err(error) => {
            drop(change);
            let field = if error == GrantError::ActInFuture { "act_on" } else { "ends_on" };
            form.error(field, error.to_string());
            return again(&ending_page(&ctx, form, (&grant, row, role)).await?);
        }
    }
    store::end_grant(change.tx(), id, ends_on, (&number, act_on)).await?;
    let payload = Ended { person: grant.person_id, role: role.code(), ends_on, act_number: &number, act_on };
    let (subject, organization) = (("role_grant", Some(id)), Some(row.id));
    change.journal(Entry { kind: "role_ended", subject, organization, payload: &payload }).await?;
    let notice = format!("Роль «{}» больше не действует с {}", role.title(), short(ends_on));
    change.finish(&row.href(), &notice).await
}

/// The role, if its organization is visible and this person may take it. Nobody takes a role from oneself:
/// the last administrator would lock everybody out.
async fn allowed(
    ctx: &Ctx,
    connection: &impl sea_orm::ConnectionTrait,
    id: Uuid,
) -> Outcome<(GrantRow, Organization, Role)> {
    let grant = store::grant(connection, id).await?.ok_or(AppError::NotFound)?;
    let row = card::visible_in(ctx, connection, grant.organization_id).await?;
    ctx.require(Permission::GrantRoles, &row.place())?;
    let role = grant.role().ok_or(AppError::NotFound)?;
    if grant.person_id == ctx.actor().person.0 {
        return Err(AppError::Forbidden(
            "Самому себе роль не назначают и не снимают. Попросите того, кто назначил вас",
        ));
    }
    if !rights::may_take(ctx.actor(), &row.place(), role) {
        return Err(refusal(Permission::GrantRoles));
    }
    Ok((grant, row, role))
}

async fn ending_page(
    ctx: &Ctx,
    form: Form,
    (grant, row, role): (&GrantRow, Organization, Role),
) -> Outcome<EndingPage> {
    Ok(EndingPage {
        layout: card::layout(ctx, &row, "Завершить роль").await?,
        row,
        form,
        form_key: ids::form_key(),
        id: grant.id,
        title: role.title(),
        name: grant.name().full(),
        act: card::act_words(&grant.act_number, grant.act_on),
        started_on: grant.started_on,
    })
}
