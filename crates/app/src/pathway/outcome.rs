//! What a line of the roadmap leaves: a pedagogical product and the person's attitude to it (E5).

use askama::Template;
use nastavnik_domain::pathway::{Attitude, Event, Kind, Outcome as Product, Refusal, Step, Voice};
use uuid::Uuid;

use super::sight::Section;
use super::store::Held;
use super::{act, steps, visible};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout};
use crate::kernel::web::{Ctx, Path, Submission, again, page};

#[derive(Template)]
#[template(path = "pathway/product.html")]
struct ProductPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    number: u32,
    title: String,
    is_course: bool,
    attitudes: Vec<Choice>,
    seal: String,
    seen: &'static str,
}

fn attitudes() -> Vec<Choice> {
    Attitude::ALL.map(|attitude| Choice::new(attitude.code(), attitude.title())).into()
}

pub(super) async fn show(ctx: Ctx, Path(number): Path<String>) -> Outcome {
    let held = visible::own(&ctx, ctx.app().db.reader()).await?;
    let number: u32 = number.parse().map_err(|_| AppError::NotFound)?;
    let entry = held.pathway.entry(number).ok_or(AppError::NotFound)?;
    let form = match &entry.outcome {
        Some(outcome) => Form::blank()
            .with("on", outcome.on.to_string())
            .with("product", outcome.product.clone())
            .with("link", outcome.link.clone())
            .with("document", outcome.document.clone())
            .with("attitude", outcome.attitude.code())
            .with("words", outcome.words.clone()),
        None => Form::blank().with("on", ctx.today.to_string()),
    };
    page(&product_page(&ctx, &held, number, form).await?)
}

async fn product_page(ctx: &Ctx, held: &Held, number: u32, form: Form) -> Outcome<ProductPage> {
    let entry = held.pathway.entry(number).ok_or(AppError::NotFound)?;
    let mut layout = ctx.layout("Что осталось в руках").await?;
    layout.crumbs = vec![
        Crumb::new("/own/route", "Мой маршрут"),
        Crumb::new(steps::href(Step::Realization), "Реализация"),
    ];
    let opened = held.opens.contains(&Section::Attitudes);
    Ok(ProductPage {
        layout,
        form,
        form_key: ids::form_key(),
        number,
        title: entry.body.title.clone(),
        is_course: entry.body.detail.kind() == Kind::Course,
        attitudes: attitudes(),
        seal: act::seal(&entry.outcome)?,
        seen: if opened {
            "вы и те, кто сопровождает: вы открыли этот раздел"
        } else {
            "только вы"
        },
    })
}

pub(super) async fn save(ctx: Ctx, Path(number): Path<String>, submitted: Submission) -> Outcome {
    let held = visible::own(&ctx, ctx.app().db.reader()).await?;
    let number: u32 = number.parse().map_err(|_| AppError::NotFound)?;
    let known = &held.pathway.entry(number).ok_or(AppError::NotFound)?.outcome;
    let mut form = submitted.form.clone();
    let outcome = read(&mut form, ctx.today);
    if form.is_valid() && form.text("seen") != act::seal(known)? {
        form.error("product", act::STALE);
    }
    let (Some(outcome), true) = (outcome, form.is_valid()) else {
        return again(&product_page(&ctx, &held, number, form).await?);
    };
    let change = ctx.change(&submitted).await?;
    let event = (Voice::Owner, Event::Realized { number, outcome });
    if let Err(refusal) = act::act(&ctx, &change, &held, event).await? {
        drop(change);
        let field = if refusal == Refusal::Link { "link" } else { "product" };
        form.error(field, format!("{refusal}."));
        return again(&product_page(&ctx, &held, number, form).await?);
    }
    change.finish(&steps::href(Step::Realization), "Результат записан").await
}

fn read(form: &mut Form, today: chrono::NaiveDate) -> Option<Product> {
    let on = form.required_date("on", "Когда");
    if on.is_some_and(|on| on > today) {
        form.error("on", "Этот день ещё не наступил: запишите результат, когда он будет.");
    }
    let product = form.required_paragraphs("product", "Продукт", 4000);
    let link = form.optional_text("link", "Ссылка", 1000).unwrap_or_default();
    let document =
        form.optional_text("document", "Документ о повышении квалификации", 300).unwrap_or_default();
    let attitude = form.required_choice("attitude", "Ваше отношение к результату", &attitudes());
    let attitude = attitude.and_then(|code| Attitude::from_code(&code));
    let words = form.optional_paragraphs("words", "Пара слов о результате", 4000).unwrap_or_default();
    Some(Product { on: on?, product: product?, link, document, attitude: attitude?, words })
}
