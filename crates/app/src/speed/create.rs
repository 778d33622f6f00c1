//! A new evening, and changing one before anybody has met.

use askama::Template;
use chrono::Days;
use nastavnik_domain::policy::Permission;
use serde::Serialize;
use uuid::Uuid;

use super::card::visible;
use super::form::{self, Offer, Typed};
use super::record::{Program, Side};
use super::{store, table};
use crate::kernel::audit::Entry;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout};
use crate::kernel::web::{Ctx, Path, Submission, again, page};

#[derive(Template)]
#[template(path = "speed/form.html")]
struct FormPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    offer: Offer,
    others_open: bool,
    organization: Uuid,
    action: String,
    submit: &'static str,
    back: String,
}

/// What the journal keeps of an evening.
#[derive(Serialize)]
struct Told {
    mentors: usize,
    mentees: usize,
}

pub(super) async fn show_new(ctx: Ctx) -> Outcome {
    let organization = organization(&ctx, ctx.asked("organization"))?;
    let offer = Offer::load(ctx.app().db.reader(), organization, ctx.today).await?;
    let soon = ctx.today.checked_add_days(Days::new(7)).unwrap_or(ctx.today);
    let first = Form::blank()
        .with("title", "Быстрые встречи с наставниками")
        .with("held_on", soon.to_string())
        .with("begins_at", "16:00")
        .with("round_minutes", "10")
        .with("break_minutes", "2")
        .with("most_rounds", "6");
    page(&new_page(&ctx, organization, first, offer).await?)
}

pub(super) async fn create(ctx: Ctx, submitted: Submission) -> Outcome {
    let mut form = submitted.form.clone();
    let organization = organization(&ctx, form.text("organization"))?;
    let offer = Offer::load(ctx.app().db.reader(), organization, ctx.today).await?;
    let typed = form::read(&mut form, &offer).filter(|typed| is_ahead(&ctx, &mut form, typed));
    let Some(typed) = typed else {
        return again(&new_page(&ctx, organization, form, offer).await?);
    };
    let change = ctx.change(&submitted).await?;
    let id = store::insert(&change, organization, &typed.terms).await?;
    store::set_guests(change.tx(), id, &typed.mentors, &typed.mentees).await?;
    table::make(&change, organization, id, 1).await?;
    let payload = Told { mentors: typed.mentors.len(), mentees: typed.mentees.len() };
    let subject = ("speed_evening", Some(id));
    let kind = "speed_evening_planned";
    change.journal(Entry { kind, subject, organization: Some(organization), payload: &payload }).await?;
    change.finish(&format!("/speed/{id}"), "Вечер назначен, таблица составлена. Напечатайте карточки").await
}

pub(super) async fn show_edit(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let program = changeable(&ctx, id).await?;
    let offer = Offer::load(ctx.app().db.reader(), program.evening.organization, ctx.today).await?;
    let form = form::filled(&program);
    page(&edit_page(&ctx, &program, form, offer).await?)
}

pub(super) async fn edit(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let program = changeable(&ctx, id).await?;
    let organization = program.evening.organization;
    let mut form = submitted.form.clone();
    let offer = Offer::load(ctx.app().db.reader(), organization, ctx.today).await?;
    let Some(typed) = form::read(&mut form, &offer) else {
        return again(&edit_page(&ctx, &program, form, offer).await?);
    };
    let version = form.text("version").parse().unwrap_or(0);
    let change = ctx.change(&submitted).await?;
    if !store::update(change.tx(), id, version, &typed.terms).await? {
        drop(change);
        form.error("version", "Пока вы правили, вечер изменил кто-то другой. Сверьте введённое с карточкой и откройте правку заново.");
        return again(&edit_page(&ctx, &program, form, offer).await?);
    }
    if is_another_table(&program, &typed) {
        let all: Vec<Uuid> = program.meetings.iter().map(|meeting| meeting.id).collect();
        store::delete_meetings(change.tx(), &all).await?;
        store::set_guests(change.tx(), id, &typed.mentors, &typed.mentees).await?;
        table::make(&change, organization, id, 1).await?;
    }
    let payload = Told { mentors: typed.mentors.len(), mentees: typed.mentees.len() };
    let subject = ("speed_evening", Some(id));
    let kind = "speed_evening_changed";
    change.journal(Entry { kind, subject, organization: Some(organization), payload: &payload }).await?;
    change.finish(&format!("/speed/{id}"), "Изменения сохранены").await
}

/// Another place or hour leaves the table as it is: cards may be printed already.
fn is_another_table(program: &Program, typed: &Typed) -> bool {
    let of = |side| -> Vec<Uuid> { program.of_side(side).map(|guest| guest.person).collect() };
    let same = |mut known: Vec<Uuid>, typed: &[Uuid]| {
        let mut typed = typed.to_vec();
        known.sort_unstable();
        typed.sort_unstable();
        known == typed
    };
    program.evening.terms.most_rounds != typed.terms.most_rounds
        || !same(of(Side::Mentor), &typed.mentors)
        || !same(of(Side::Mentee), &typed.mentees)
}

fn is_ahead(ctx: &Ctx, form: &mut Form, typed: &Typed) -> bool {
    let is_ahead = typed.terms.held_on >= ctx.today;
    if !is_ahead {
        form.error("held_on", "Этот день прошёл. Назначьте вечер на сегодня или позже.");
    }
    is_ahead
}

/// The organization named, or the first in which this person forms pairs.
fn organization(ctx: &Ctx, asked: &str) -> Outcome<Uuid> {
    let own: Vec<Uuid> =
        ctx.reach(Permission::FormPairs).organizations.iter().map(|organization| organization.0).collect();
    if asked.is_empty() {
        return own.first().copied().ok_or(AppError::NotFound);
    }
    asked.parse().ok().filter(|id| own.contains(id)).ok_or(AppError::NotFound)
}

/// An evening whose terms may still be changed.
async fn changeable(ctx: &Ctx, id: Uuid) -> Outcome<Program> {
    let program = visible(ctx, ctx.app().db.reader(), id).await?;
    if program.evening.is_canceled {
        return Err(AppError::Conflict("Этот вечер отменён. Назначьте новый".to_owned()));
    }
    if program.is_marked() {
        return Err(AppError::Conflict(
            "Встречи этого вечера уже отмечены, поэтому его условия не меняются. Кого-то заменить можно на его странице"
                .to_owned(),
        ));
    }
    Ok(program)
}

async fn new_page(ctx: &Ctx, organization: Uuid, form: Form, offer: Offer) -> Outcome<FormPage> {
    let mut layout = ctx.layout("Новый вечер быстрых встреч").await?;
    layout.crumbs = vec![Crumb::new("/speed", "Быстрые встречи")];
    Ok(FormPage {
        layout,
        form_key: ids::form_key(),
        others_open: offer.awaited.is_empty() || offer.others_chosen(&form),
        form,
        offer,
        organization,
        action: "/speed".to_owned(),
        submit: "Составить таблицу",
        back: "/speed".to_owned(),
    })
}

async fn edit_page(ctx: &Ctx, program: &Program, form: Form, offer: Offer) -> Outcome<FormPage> {
    let mut layout = ctx.layout("Изменить вечер").await?;
    let href = program.evening.href();
    layout.crumbs = vec![
        Crumb::new("/speed", "Быстрые встречи"),
        Crumb::new(href.clone(), program.evening.terms.title.clone()),
    ];
    Ok(FormPage {
        layout,
        form_key: ids::form_key(),
        others_open: offer.awaited.is_empty() || offer.others_chosen(&form),
        form,
        offer,
        organization: program.evening.organization,
        action: format!("{href}/edit"),
        submit: "Сохранить",
        back: href,
    })
}
