//! A new pair and changing a draft: one form.

use askama::Template;
use nastavnik_domain::config::{Positions, Post};
use nastavnik_domain::kind::{Form as PairForm, Kind, Model};
use nastavnik_domain::policy::Permission;
use uuid::Uuid;

use super::facts::{self, Places};
use super::front::visible_case;
use super::offer::{Offer, usual_period};
use super::state::Case;
use super::store;
use super::terms::{self, GOALS, Terms};
use crate::bank::{self, Mentor};
use crate::kernel::audit::Entry;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Form;
use crate::kernel::page::{Crumb, Layout};
use crate::kernel::web::{Ctx, Path, Submission, again, page};
use crate::kernel::{change::Change, ids};

pub(super) const USUAL_WORK: &str = "разработка и сопровождение персонализированной программы наставничества\n\
    посещение занятий наставляемого и совместный разбор занятий\n\
    консультации по планированию и проведению занятий\n\
    подготовка предложений по итогам программы";

#[derive(Template)]
#[template(path = "pairs/form.html")]
struct FormPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    offer: Offer,
    others_open: bool,
    goal_rows: Vec<GoalRow>,
    action: String,
    submit: &'static str,
    back: String,
    version: Option<i64>,
}

struct GoalRow {
    goal: String,
    measure: String,
    number: usize,
}

pub(super) async fn show_new(ctx: Ctx) -> Outcome {
    let mentee: Option<Uuid> = ctx.asked("mentee").parse().ok();
    let organization = organization(&ctx, ctx.asked("organization"), mentee).await?;
    let offer = offer(&ctx, organization, &Form::blank()).await?;
    let mut form = first_form(&ctx, &offer, mentee)?;
    let mentor = ctx.asked("mentor");
    if offer.mentors.iter().any(|offered| offered.id == mentor && offered.hindrance.is_empty()) {
        form = form.with("mentor", mentor);
    }
    page(&new_page(&ctx, form, offer).await?)
}

/// All rules are asked twice: before the transaction for nothing to be claimed in vain, and inside it with the
/// mentor's record locked, so that two curators never take the same last place.
pub(super) async fn create(ctx: Ctx, submitted: Submission) -> Outcome {
    let mut form = submitted.form.clone();
    let organization = organization(&ctx, form.text("organization"), None).await?;
    let offer = offer(&ctx, organization, &form).await?;
    let Some((terms, mentor)) = readable(&ctx, &mut form, &offer).await? else {
        return again(&new_page(&ctx, form, offer).await?);
    };
    let change = ctx.change(&submitted).await?;
    let judged = judged_locked(&ctx, &change, &mut form, &offer, (&terms, &mentor), None).await?;
    let Some(new) = judged else {
        drop(change);
        return again(&new_page(&ctx, form, offer).await?);
    };
    let id = store::insert(change.tx(), &new, change.account(), change.now()).await?;
    let subject = ("mentorship", Some(id));
    let payload = serde_json::json!({ "mentor": new.mentor, "mentees": new.mentees });
    change
        .journal(Entry { kind: "pair_formed", subject, organization: Some(organization), payload: &payload })
        .await?;
    change
        .finish(
            &format!("/pairs/{id}"),
            if new.kinds.contains(&Kind::Group) {
                "Группа создана. Теперь соберите согласия и подготовьте приказ"
            } else {
                "Пара создана. Теперь соберите согласия и подготовьте приказ"
            },
        )
        .await
}

pub(super) async fn show_edit(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let case = editable(&ctx, id).await?;
    let offer = offer(&ctx, case.pair.organization, &Form::blank()).await?;
    let form = terms::filled(&case.pair).with("version", case.pair.version.to_string());
    page(&edit_page(&ctx, &case, form, offer).await?)
}

pub(super) async fn edit(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let case = editable(&ctx, id).await?;
    let mut form = submitted.form.clone();
    let offer = offer(&ctx, case.pair.organization, &form).await?;
    let Some((terms, mentor)) = readable(&ctx, &mut form, &offer).await? else {
        return again(&edit_page(&ctx, &case, form, offer).await?);
    };
    let change = ctx.change(&submitted).await?;
    super::lock(change.tx(), &[id]).await?;
    let judged = judged_locked(&ctx, &change, &mut form, &offer, (&terms, &mentor), Some(id)).await?;
    let version = form.text("version").parse().unwrap_or(0);
    let saved = match &judged {
        Some(new) if still_editable(&change, id, ctx.today).await? => {
            store::update(change.tx(), id, version, new).await?
        }
        _ => false,
    };
    if !saved {
        if judged.is_some() {
            form.error("version", "Пока вы правили, пару изменил кто-то другой или выпущен документ. Сверьте введённое с карточкой и откройте правку заново.");
        }
        drop(change);
        return again(&edit_page(&ctx, &case, form, offer).await?);
    }
    let entry = Entry {
        kind: "pair_changed",
        subject: ("mentorship", Some(id)),
        organization: Some(case.pair.organization),
        payload: &(),
    };
    change.journal(entry).await?;
    change.finish(&format!("/pairs/{id}"), "Условия изменены").await
}

async fn still_editable(change: &Change, id: Uuid, today: chrono::NaiveDate) -> Outcome<bool> {
    let found = super::cases_by_ids(change.tx(), &[id], today).await?;
    Ok(found.iter().all(is_editable) && !found.is_empty())
}

fn is_editable(case: &Case) -> bool {
    case.has_no_live_papers() && case.pair.withdrawn_at.is_none()
}

/// A pair of the own organization without live papers: with them the terms stand as they were printed.
async fn editable(ctx: &Ctx, id: Uuid) -> Outcome<Case> {
    let reach = ctx.reach(Permission::ReadPairs);
    let person = ctx.actor().person.0;
    let case = visible_case(ctx.app().db.reader(), &reach, person, id, ctx.today).await?;
    let case = case.ok_or(AppError::NotFound)?;
    ctx.require(Permission::FormPairs, &case.pair.place())?;
    if is_editable(&case) {
        return Ok(case);
    }
    Err(AppError::Conflict(
        "По этой паре уже выпущены документы, поэтому её условия не меняются. Отмените документы до приказа и \
         выпустите новые"
            .to_owned(),
    ))
}

/// The organization whose curator is at work.
async fn organization(ctx: &Ctx, asked: &str, mentee: Option<Uuid>) -> Outcome<Uuid> {
    let reach = ctx.reach(Permission::FormPairs);
    let own: Vec<Uuid> = reach.organizations.iter().map(|id| id.0).collect();
    if !asked.is_empty() {
        let asked: Option<Uuid> = asked.parse().ok();
        return asked.filter(|id| own.contains(id)).ok_or(AppError::NotFound);
    }
    if let Some(mentee) = mentee {
        for organization in &own {
            if store::workers(ctx.app().db.reader(), *organization, ctx.today).await?.contains(&mentee) {
                return Ok(*organization);
            }
        }
        return Err(AppError::NotFound);
    }
    own.first().copied().ok_or(AppError::NotFound)
}

async fn offer(ctx: &Ctx, organization: Uuid, form: &Form) -> Outcome<Offer> {
    let typed = form.field("starts_on").date().zip(form.field("ends_on").date());
    let typed = typed.and_then(|(first, last)| nastavnik_domain::period::Period::through(first, last).ok());
    let period = match typed {
        Some(period) => period,
        None => usual_period(ctx.today)?,
    };
    Ok(Offer::load(ctx.app().db.reader(), organization, ctx.today, period).await?)
}

/// What the form opens with: this academic year, the usual work, what fits the mentee.
fn first_form(ctx: &Ctx, offer: &Offer, mentee: Option<Uuid>) -> Outcome<Form> {
    let period = usual_period(ctx.today)?;
    let last = period.last_day().unwrap_or(ctx.today);
    let chosen = mentee.map(|id| id.to_string());
    let known = chosen.as_ref().and_then(|id| offer.mentees().find(|offered| offered.id == *id));
    let positions = Positions::bundled().map_err(|error| AppError::Internal(error.into()))?;
    let is_teacher = known.is_none_or(|known| positions.post(&known.about) == Post::Teacher);
    let form = if is_teacher { PairForm::TeacherTeacher } else { PairForm::PedagoguePedagogue };
    let categories = known.map(|known| known.categories.as_slice()).unwrap_or_default();
    let mut first = Form::blank()
        .with("form", form.code())
        .with("kinds", "traditional")
        .with("starts_on", ctx.today.to_string())
        .with("ends_on", last.to_string())
        .with("pay_supplements", "yes")
        .with("work", USUAL_WORK);
    if form == PairForm::TeacherTeacher && !categories.is_empty() {
        first = first.with("model", Model::suggest(categories).code());
    }
    Ok(match known {
        Some(known) => first.with("mentees", known.id.clone()),
        None => first,
    })
}

/// The terms and the mentor, if everything can be read.
async fn readable(ctx: &Ctx, form: &mut Form, offer: &Offer) -> Outcome<Option<(Terms, Mentor)>> {
    let Some(terms) = terms::read(form, offer) else { return Ok(None) };
    let reader = ctx.app().db.reader();
    let mentor = facts::candidate(reader, form, offer, &terms.mentor, ctx.today).await?;
    Ok(mentor.map(|mentor| (terms, mentor)))
}

async fn judged_locked(
    ctx: &Ctx,
    change: &Change,
    form: &mut Form,
    offer: &Offer,
    (terms, mentor): (&Terms, &Mentor),
    edited: Option<Uuid>,
) -> Outcome<Option<store::NewPair>> {
    let Some(capacity) = bank::lock_candidate(change.tx(), mentor.person, mentor.organization).await? else {
        form.error("mentor", "Наставника только что убрали из банка. Выберите другого.");
        return Ok(None);
    };
    let places = Places::of(mentor, capacity);
    let people = terms.mentees.iter().copied().chain([mentor.person]);
    let audience = facts::audience(ctx.actor(), offer.school.id, people);
    Ok(facts::judge(change.tx(), form, offer, terms, &places, edited, audience).await?)
}

async fn new_page(ctx: &Ctx, form: Form, offer: Offer) -> Outcome<FormPage> {
    let mut layout = ctx.layout("Новая пара или группа").await?;
    layout.crumbs = vec![Crumb::new("/pairs", "Пары и группы")];
    Ok(form_page(layout, form, offer, "/pairs".to_owned(), "Создать пару", "/pairs".to_owned(), None))
}

async fn edit_page(ctx: &Ctx, case: &Case, form: Form, offer: Offer) -> Outcome<FormPage> {
    let mut layout = ctx.layout("Условия пары").await?;
    let back = format!("/pairs/{}", case.pair.id);
    layout.crumbs = vec![Crumb::new("/pairs", "Пары и группы"), Crumb::new(back.clone(), case.pair.title())];
    let version = form.text("version").parse().ok();
    Ok(form_page(layout, form, offer, format!("{back}/edit"), "Сохранить условия", back, version))
}

fn form_page(
    layout: Layout,
    form: Form,
    offer: Offer,
    action: String,
    submit: &'static str,
    back: String,
    version: Option<i64>,
) -> FormPage {
    let goal_rows = (1..=GOALS)
        .map(|number| GoalRow {
            goal: format!("goal_{number}"),
            measure: format!("measure_{number}"),
            number,
        })
        .collect();
    let others_open = offer.waiting.is_empty() || offer.others_chosen(&form);
    FormPage {
        layout,
        form,
        form_key: ids::form_key(),
        offer,
        others_open,
        goal_rows,
        action,
        submit,
        back,
        version,
    }
}
