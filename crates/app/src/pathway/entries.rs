//! Lines of the roadmap: drawn up in step 4, corrected with a reason afterwards.

use askama::Template;
use nastavnik_domain::pathway::{Change, Event, Kind, Refusal, Standing, Step, Voice};
use uuid::Uuid;

use super::store::Held;
use super::{act, entry_form, steps, visible};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout};
use crate::kernel::web::{Ctx, Path, Submission, again, page};

#[derive(Template)]
#[template(path = "pathway/entry.html")]
struct EntryPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    removal_key: Uuid,
    action: String,
    kind: Kind,
    domains: Vec<Choice>,
    detail_label: &'static str,
    /// Nothing for a new line.
    number: Option<u32>,
    seal: String,
    /// The roadmap is drawn up: a change is a correction with its reason.
    corrects: bool,
    has_outcome: bool,
    back: String,
}

fn back(held: &Held) -> String {
    steps::href(if corrects(held) { Step::Correction } else { Step::Roadmap })
}

fn corrects(held: &Held) -> bool {
    held.pathway.standing(Step::Roadmap) == Standing::Done
}

fn number_of(text: &str) -> Outcome<u32> {
    text.parse().map_err(|_| AppError::NotFound)
}

pub(super) async fn show_new(ctx: Ctx) -> Outcome {
    let held = visible::own(&ctx, ctx.app().db.reader()).await?;
    let kind = Kind::from_code(ctx.asked("kind")).unwrap_or(Kind::Measure);
    let form = Form::blank().with("kind", kind.code());
    page(&entry_page(&ctx, &held, None, form).await?)
}

pub(super) async fn show(ctx: Ctx, Path(number): Path<String>) -> Outcome {
    let held = visible::own(&ctx, ctx.app().db.reader()).await?;
    let number = number_of(&number)?;
    let entry = held.pathway.entry(number).ok_or(AppError::NotFound)?;
    let form = entry_form::filled(&entry.body);
    page(&entry_page(&ctx, &held, Some(number), form).await?)
}

async fn entry_page(ctx: &Ctx, held: &Held, number: Option<u32>, form: Form) -> Outcome<EntryPage> {
    let kind = Kind::from_code(form.text("kind")).unwrap_or(Kind::Measure);
    let entry = number.and_then(|number| held.pathway.entry(number));
    let title = match (number, corrects(held)) {
        (None, _) => "Новая строка дорожной карты",
        (Some(_), true) => "Корректировка дорожной карты",
        (Some(_), false) => "Строка дорожной карты",
    };
    let mut layout = ctx.layout(title).await?;
    layout.crumbs = vec![Crumb::new("/own/route", "Мой маршрут"), Crumb::new(back(held), "Дорожная карта")];
    Ok(EntryPage {
        layout,
        form,
        form_key: ids::form_key(),
        removal_key: ids::form_key(),
        action: number.map_or_else(|| "/own/route/entries".to_owned(), |n| format!("/own/route/entries/{n}")),
        kind,
        domains: entry_form::domains(),
        detail_label: entry_form::label(kind),
        number,
        seal: act::seal(&entry)?,
        corrects: corrects(held),
        has_outcome: entry.is_some_and(|entry| entry.outcome.is_some()),
        back: back(held),
    })
}

pub(super) async fn add(ctx: Ctx, submitted: Submission) -> Outcome {
    let held = visible::own(&ctx, ctx.app().db.reader()).await?;
    keep(&ctx, &held, &submitted, None).await
}

pub(super) async fn save(ctx: Ctx, Path(number): Path<String>, submitted: Submission) -> Outcome {
    let held = visible::own(&ctx, ctx.app().db.reader()).await?;
    let number = number_of(&number)?;
    held.pathway.entry(number).ok_or(AppError::NotFound)?;
    keep(&ctx, &held, &submitted, Some(number)).await
}

async fn keep(ctx: &Ctx, held: &Held, submitted: &Submission, number: Option<u32>) -> Outcome {
    let mut form = submitted.form.clone();
    let body = entry_form::read(&mut form, held.pathway.term);
    let reason =
        if corrects(held) { form.required_paragraphs("reason", "Причина", 1000) } else { None };
    let entry = number.and_then(|number| held.pathway.entry(number));
    if form.is_valid() && number.is_some() && form.text("seen") != act::seal(&entry)? {
        form.error("title", act::STALE);
    }
    let (Some(body), true) = (body, form.is_valid()) else {
        return again(&entry_page(ctx, held, number, form).await?);
    };
    let event = match (number, reason) {
        (None, None) => Event::Added { body },
        (Some(number), None) => Event::Changed { number, body },
        (None, Some(reason)) => Event::Corrected { reason, change: Change::Add { body } },
        (Some(number), Some(reason)) => Event::Corrected { reason, change: Change::Alter { number, body } },
    };
    let change = ctx.change(submitted).await?;
    if let Err(refusal) = act::act(ctx, &change, held, (Voice::Owner, event)).await? {
        drop(change);
        form.error(field_of(&refusal), format!("{refusal}."));
        return again(&entry_page(ctx, held, number, form).await?);
    }
    let notice = if corrects(held) {
        "Корректировка записана"
    } else {
        "Строка записана"
    };
    change.finish(&back(held), notice).await
}

const fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::NoReason | Refusal::NeedsReason => "reason",
        _ => "title",
    }
}

/// Takes a line out: while the roadmap is drawn up at once, afterwards as a correction with its reason.
pub(super) async fn remove(ctx: Ctx, Path(number): Path<String>, submitted: Submission) -> Outcome {
    let held = visible::own(&ctx, ctx.app().db.reader()).await?;
    let number = number_of(&number)?;
    let entry = held.pathway.entry(number).ok_or(AppError::NotFound)?;
    let mut form = submitted.form.clone();
    let reason =
        if corrects(&held) { form.required_paragraphs("reason", "Причина", 1000) } else { None };
    if !form.is_valid() {
        let shown = entry_form::filled(&entry.body);
        let mut shown = shown.with("reason", form.text("reason"));
        shown.error("reason", "Чтобы снять строку, назовите причину в поле «Причина».");
        return again(&entry_page(&ctx, &held, Some(number), shown).await?);
    }
    let event = match reason {
        None => Event::Removed { number },
        Some(reason) => Event::Corrected { reason, change: Change::Drop { number } },
    };
    let change = ctx.change(&submitted).await?;
    act::act(&ctx, &change, &held, (Voice::Owner, event)).await?.map_err(|refusal| act::told(&refusal))?;
    change.finish(&back(&held), "Строка снята").await
}
