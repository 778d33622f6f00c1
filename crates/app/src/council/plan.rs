//! Planning a sitting: a day, a room, an agenda made of what waits.

use askama::Template;
use chrono::{Days, NaiveDate};
use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian::short;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::store::{self, Matter, NewSitting};
use super::{MatterKind, agenda, visible};
use crate::kernel::audit::Entry;
use crate::kernel::db;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout};
use crate::kernel::web::{Ctx, Submission, again, page};

const ROOM: usize = 120;
/// The minutes of a sitting held may be entered so much later, and a sitting planned so far ahead.
const BACK: Days = Days::new(60);
const AHEAD: Days = Days::new(180);

#[derive(Template)]
#[template(path = "council/sitting_new.html")]
struct PlanPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    organization: Uuid,
    /// The dispute that this sitting alone hears; empty for a usual one.
    dispute: String,
    questions: Vec<Offered>,
    members: String,
}

/// A question that may go on the agenda.
struct Offered {
    id: Uuid,
    title: String,
    hint: String,
    /// Name of the field with the place in the order.
    order: String,
}

pub(super) async fn show_new(ctx: Ctx) -> Outcome {
    let organization = visible::organization(&ctx, Permission::HoldCouncil, ctx.asked("organization"))?;
    let offered = offered(&ctx, ctx.app().db.reader(), organization, ctx.asked("dispute")).await?;
    let mut form = Form::blank().with("dispute", ctx.asked("dispute")).with("held_on", ctx.today.to_string());
    for (number, matter) in (1..).zip(&offered) {
        form = form.with("matters", matter.id.to_string()).with(&order_field(matter.id), number.to_string());
    }
    page(&plan_page(&ctx, organization, &offered, form).await?)
}

pub(super) async fn create(ctx: Ctx, submitted: Submission) -> Outcome {
    let mut form = submitted.form.clone();
    let organization = visible::organization(&ctx, Permission::HoldCouncil, form.text("organization"))?;
    let asked = form.text("dispute").to_owned();
    let change = ctx.change(&submitted).await?;
    // Two who plan at once would put the same question on two agendas.
    db::lock_row(change.tx(), "organization", organization).await?;
    let free = offered(&ctx, change.tx(), organization, &asked).await?;
    let Some(wish) = read(&mut form, &free, ctx.today) else {
        drop(change);
        return again(&plan_page(&ctx, organization, &free, form).await?);
    };
    let dispute = free.first().filter(|matter| matter.kind == MatterKind::Dispute).map(|matter| matter.id);
    let new =
        NewSitting { organization, dispute, held_on: wish.held_on, room: &wish.room, matters: &wish.matters };
    let id = store::insert_sitting(&change, &new).await?;
    let (kind, subject) = ("council_sitting_planned", ("council_sitting", Some(id)));
    change
        .journal(Entry { kind, subject, organization: told_to(organization, dispute), payload: &() })
        .await?;
    change
        .finish(
            &format!("/council/sittings/{id}"),
            "Заседание назначено. Сообщите день и место членам совета",
        )
        .await
}

/// Whose journal tells of a sitting: nobody's in the organization when it hears a dispute, for the director may be in it.
pub(super) const fn told_to(organization: Uuid, dispute: Option<Uuid>) -> Option<Uuid> {
    match dispute {
        Some(_) => None,
        None => Some(organization),
    }
}

struct Wish {
    held_on: NaiveDate,
    room: String,
    matters: Vec<Uuid>,
}

fn read(form: &mut Form, offered: &[Matter], today: NaiveDate) -> Option<Wish> {
    let held_on = form.required_date("held_on", "День заседания");
    let bounds = (today.checked_sub_days(BACK), today.checked_add_days(AHEAD));
    if let (Some(day), (Some(from), Some(to))) = (held_on, bounds)
        && !(from..=to).contains(&day)
    {
        form.error("held_on", format!("Проверьте день: он должен быть от {} до {}.", short(from), short(to)));
    }
    let room = form.required_text("room", "Место", ROOM);
    let chosen: Vec<Uuid> = form.data().all("matters").filter_map(|id| id.parse().ok()).collect();
    if chosen.is_empty() {
        form.error("matters", "Отметьте хотя бы один вопрос: без повестки заседание не назначают.");
    }
    if !chosen.iter().all(|id| offered.iter().any(|matter| matter.id == *id)) {
        form.error("matters", "Один из вопросов уже решён, отозван или в повестке другого заседания. Проверьте список и отметьте снова.");
    }
    let mut ordered = Vec::new();
    for (index, matter) in offered.iter().enumerate().filter(|(_, matter)| chosen.contains(&matter.id)) {
        let field = order_field(matter.id);
        let place = form.optional_integer(&field, "Порядок", 1..=99);
        ordered.push((place.unwrap_or(99), index, matter.id));
    }
    ordered.sort_unstable();
    form.is_valid().then_some(())?;
    let matters = ordered.into_iter().map(|(_, _, id)| id).collect();
    Some(Wish { held_on: held_on?, room: room?, matters })
}

fn order_field(matter: Uuid) -> String {
    format!("order_{matter}")
}

/// What an agenda may be made of: everything that waits and stands on no other agenda, without disputes; or the one
/// dispute asked for, alone.
async fn offered(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
    organization: Uuid,
    dispute: &str,
) -> Outcome<Vec<Matter>> {
    let mut waits = store::waits(connection, &[organization], ctx.actor().person.0).await?;
    waits.retain(|matter| matter.planned.is_none());
    if dispute.is_empty() {
        waits.retain(|matter| matter.kind != MatterKind::Dispute);
        return Ok(waits);
    }
    let asked: Option<Uuid> = dispute.parse().ok();
    waits.retain(|matter| matter.kind == MatterKind::Dispute && Some(matter.id) == asked);
    if waits.is_empty() {
        return Err(AppError::NotFound);
    }
    Ok(waits)
}

async fn plan_page(ctx: &Ctx, organization: Uuid, offered: &[Matter], form: Form) -> Outcome<PlanPage> {
    let reader = ctx.app().db.reader();
    let titles = agenda::titles(reader, offered.iter().map(|matter| matter.mentorship)).await?;
    let members = store::members(reader, organization, ctx.today).await?;
    let question = |matter: &Matter| Offered {
        id: matter.id,
        title: agenda::title(matter.kind, titles.get(&matter.mentorship)),
        hint: hint(matter),
        order: order_field(matter.id),
    };
    let title = if form.text("dispute").is_empty() {
        "Новое заседание"
    } else {
        "Новое закрытое заседание"
    };
    let mut layout = ctx.layout(title).await?;
    layout.crumbs = vec![Crumb::new("/council", "Совет наставников")];
    Ok(PlanPage {
        layout,
        dispute: form.text("dispute").to_owned(),
        form,
        form_key: ids::form_key(),
        organization,
        questions: offered.iter().map(question).collect(),
        members: members.iter().map(|member| member.name.short()).collect::<Vec<_>>().join(", "),
    })
}

fn hint(matter: &Matter) -> String {
    let mut parts = vec![format!("на рассмотрении с {}", short(matter.raised_on))];
    parts.extend(matter.due_on.map(|day| format!("ответ нужен до {}", short(day))));
    parts.extend((!matter.words.is_empty()).then(|| matter.words.clone()));
    parts.join(" · ")
}
