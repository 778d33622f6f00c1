//! A new agreement, and changing one: one form.

use askama::Template;
use chrono::{Datelike, Months};
use nastavnik_domain::consent::Kind;
use nastavnik_domain::partnership::{Partner, Payer, Terms};
use nastavnik_domain::policy::Permission;
use uuid::Uuid;

use super::card::visible;
use super::form::{self, Offer};
use super::record::Agreement;
use super::store::{self, New};
use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout};
use crate::kernel::web::{Ctx, Path, Submission, again, page};
use crate::{pairs, papers};

/// The register of the maker from which agreements without a number of their own take one.
const REGISTER: &str = "partnership";

#[derive(Template)]
#[template(path = "partnerships/form.html")]
struct FormPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    offer: Offer,
    action: String,
    submit: &'static str,
    back: String,
}

pub(super) async fn show_new(ctx: Ctx) -> Outcome {
    let organization = organization(&ctx, ctx.asked("organization"))?;
    let offer = Offer::load(ctx.app().db.reader(), organization).await?;
    let last = ctx.today.checked_add_months(Months::new(12)).and_then(|day| day.pred_opt());
    let first = Form::blank()
        .with("dated_on", ctx.today.to_string())
        .with("starts_on", ctx.today.to_string())
        .with("ends_on", last.unwrap_or(ctx.today).to_string())
        .with("subject", "Наставничество педагогических работников сторон, в том числе дистанционное.")
        .with("payer", Payer::Maker.code());
    let first = Kind::BASIC.iter().fold(first, |form, kind| form.with("consents", kind.code()));
    page(&new_page(&ctx, first, offer).await?)
}

pub(super) async fn create(ctx: Ctx, submitted: Submission) -> Outcome {
    let mut form = submitted.form.clone();
    let organization = organization(&ctx, form.text("organization"))?;
    let offer = Offer::load(ctx.app().db.reader(), organization).await?;
    let Some(mut new) = form::read(&mut form, &offer) else {
        return again(&new_page(&ctx, form, offer).await?);
    };
    let change = ctx.change(&submitted).await?;
    number(&change, &mut new).await?;
    let id = store::insert(change.tx(), &new, change.account(), change.now()).await?;
    journal(&change, "partnership_recorded", id, &new).await?;
    change
        .finish(&format!("/agreements/{id}"), "Договор записан. Распечатайте его, подпишите и приложите скан")
        .await
}

pub(super) async fn show_edit(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let agreement = editable(&ctx, id).await?;
    let offer = Offer::load(ctx.app().db.reader(), agreement.maker).await?;
    let form = form::filled(&agreement);
    page(&edit_page(&ctx, &agreement, form, offer).await?)
}

pub(super) async fn edit(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let agreement = editable(&ctx, id).await?;
    let mut form = submitted.form.clone();
    let offer = Offer::load(ctx.app().db.reader(), agreement.maker).await?;
    let Some(mut new) = form::read(&mut form, &offer) else {
        return again(&edit_page(&ctx, &agreement, form, offer).await?);
    };
    let change = ctx.change(&submitted).await?;
    super::locked(change.tx(), id).await?;
    keeps_its_pairs(&change, &agreement, &new, &mut form).await?;
    number(&change, &mut new).await?;
    let version = form.text("version").parse().unwrap_or(0);
    if form.is_valid() && !store::update(change.tx(), id, version, &new).await? {
        form.error(
            "version",
            "Пока вы правили, договор изменил кто-то другой. Сверьте введённое с карточкой и откройте правку заново.",
        );
    }
    if !form.is_valid() {
        drop(change);
        return again(&edit_page(&ctx, &agreement, form, offer).await?);
    }
    journal(&change, "partnership_changed", id, &new).await?;
    change.finish(&agreement.href(), "Договор изменён").await
}

/// Pairs that stand on the agreement are not left without one by a change of its parties or days.
async fn keeps_its_pairs(change: &Change, agreement: &Agreement, new: &New, form: &mut Form) -> Outcome<()> {
    let terms = Terms {
        partner: new.partner.map_or(Partner::Outside, |id| Partner::Here(id.into())),
        period: new.period,
        ..agreement.terms
    };
    for pair in pairs::standing_on(change.tx(), &[agreement.id]).await? {
        if !terms.connects(pair.organization.into(), pair.mentor_organization.into()) {
            form.error("partner", "На договоре стоят пары с этой организацией: вторую сторону не меняют.");
        } else if !terms.covers(&pair.period) {
            let words = nastavnik_domain::russian::period(
                pair.period.from(),
                pair.period.last_day().unwrap_or(pair.period.from()),
            );
            form.error(
                "ends_on",
                format!("На договоре стоит пара, её срок {words}: договор не может быть короче."),
            );
        }
    }
    Ok(())
}

/// An agreement that has no number of its own takes the next one of the register.
async fn number(change: &Change, new: &mut New) -> Outcome<()> {
    if new.number.is_empty() {
        let year = new.dated_on.year();
        let next = papers::next_number(change.tx(), new.organization, REGISTER, year).await?;
        new.number = super::label(next, year);
    }
    Ok(())
}

async fn journal(change: &Change, happened: &'static str, id: Uuid, new: &New) -> Outcome<()> {
    let payload = serde_json::json!({ "number": new.number });
    let subject = ("partnership", Some(id));
    let organization = Some(new.organization);
    Ok(change.journal(Entry { kind: happened, subject, organization, payload: &payload }).await?)
}

/// The agreement, for those who may change it; one that was ended stays as it was.
async fn editable(ctx: &Ctx, id: Uuid) -> Outcome<Agreement> {
    let agreement = visible(ctx, ctx.app().db.reader(), id).await?;
    ctx.require(Permission::EditAgreements, &agreement.place())?;
    if agreement.terms.ends_after.is_some() {
        return Err(AppError::Conflict(
            "Договор прекращён, его условия не меняются. Запишите новый договор".to_owned(),
        ));
    }
    Ok(agreement)
}

/// The organization on whose behalf the agreement is recorded.
fn organization(ctx: &Ctx, asked: &str) -> Outcome<Uuid> {
    let reach = ctx.reach(Permission::EditAgreements);
    let mut own = reach.organizations.iter().map(|id| id.0);
    if asked.is_empty() {
        return own.next().ok_or(AppError::NotFound);
    }
    let asked: Option<Uuid> = asked.parse().ok();
    own.find(|id| Some(*id) == asked).ok_or(AppError::NotFound)
}

async fn new_page(ctx: &Ctx, form: Form, offer: Offer) -> Outcome<FormPage> {
    let mut layout = ctx.layout("Новый договор о сотрудничестве").await?;
    let back = "/agreements".to_owned();
    layout.crumbs = vec![Crumb::new(back.clone(), "Договоры о сотрудничестве")];
    let (action, submit, form_key) = (back.clone(), "Записать договор", ids::form_key());
    Ok(FormPage { layout, form, form_key, offer, action, submit, back })
}

async fn edit_page(ctx: &Ctx, agreement: &Agreement, form: Form, offer: Offer) -> Outcome<FormPage> {
    let mut layout = ctx.layout("Условия договора").await?;
    let back = agreement.href();
    layout.crumbs = vec![
        Crumb::new("/agreements", "Договоры о сотрудничестве"),
        Crumb::new(back.clone(), agreement.label()),
    ];
    let (action, submit, form_key) = (format!("{back}/edit"), "Сохранить условия", ids::form_key());
    Ok(FormPage { layout, form, form_key, offer, action, submit, back })
}
