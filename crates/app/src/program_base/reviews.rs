//! Two reviewers read the text without names, each by themself (ДК 1.6).

use std::collections::BTreeMap;

use askama::Template;
use nastavnik_domain::config::ReviewCriterion;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::program_base::{Event, Mark, Review, ReviewLack, State, Verdict, review_lacks};
use uuid::Uuid;

use super::record::Held;
use super::rules::rules;
use super::view::ContentView;
use super::{act, store, visible};
use crate::kernel::errors::Outcome;
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout};
use crate::kernel::web::{Ctx, Path, Submission, again, page};

/// How long remarks may be.
const LONGEST: usize = 2000;

#[derive(Template)]
#[template(path = "program_base/reviews.html")]
struct ReviewsPage {
    layout: Layout,
    rows: Vec<Row>,
}

struct Row {
    held: Held,
    own: Option<Verdict>,
}

#[derive(Template)]
#[template(path = "program_base/review.html")]
struct ReviewPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    id: Uuid,
    content: ContentView,
    criteria: &'static [ReviewCriterion],
    marks: Vec<Choice>,
    verdicts: Vec<Choice>,
    own: Option<Review>,
    is_open: bool,
}

pub(super) async fn list(ctx: Ctx) -> Outcome {
    let me = ctx.actor().person;
    let own =
        |held: &Held| held.offer.reviews.iter().find(|review| review.by == me).map(|review| review.verdict);
    let rows = waiting(&ctx).await?.into_iter().map(|held| Row { own: own(&held), held });
    let mut layout = ctx.layout("Программы на отзыв").await?;
    layout.crumbs = vec![Crumb::new("/base", "База программ")];
    page(&ReviewsPage { layout, rows: rows.collect() })
}

/// Programs before the reviewers that this person may review.
pub(super) async fn waiting(ctx: &Ctx) -> Outcome<Vec<Held>> {
    let db = ctx.app().db.reader();
    let centers = visible::centers(ctx, db).await?;
    let mut found = store::within(db, &ctx.reach(Permission::ReviewPrograms), visible::REVIEWED).await?;
    found.retain(|held| held.offer.may_review(ctx.actor().person, &centers).is_ok());
    Ok(found)
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let held = visible::reviewed(&ctx, ctx.app().db.reader(), id, visible::REVIEWED).await?;
    page(&review_page(&ctx, &held, Form::blank()).await?)
}

pub(super) async fn send(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let db = ctx.app().db.reader();
    let held = visible::reviewed(&ctx, db, id, visible::ANSWERED).await?;
    let criteria = &rules(ctx.today)?.criteria;
    let mut form = submitted.form.clone();
    let Some((marks, verdict, remarks)) = said(&mut form, criteria) else {
        return again(&review_page(&ctx, &held, form).await?);
    };
    let centers = visible::centers(&ctx, db).await?;
    let change = ctx.change(&submitted).await?;
    act::act(&ctx, &change, id, Event::Reviewed { centers, marks, verdict, remarks }).await?;
    let notice = match verdict {
        Verdict::Recommend => "Отзыв записан. После двух рекомендаций программу опубликует департамент",
        Verdict::Return => "Замечания переданы куратору. Исправленную программу вы прочитаете снова",
    };
    change.finish("/base/reviews", notice).await
}

/// What the form says, if it is a whole review.
fn said(form: &mut Form, criteria: &[ReviewCriterion]) -> Option<(BTreeMap<String, Mark>, Verdict, String)> {
    let remarks = form.optional_paragraphs("remarks", "Замечания", LONGEST).unwrap_or_default();
    let mark = |criterion: &ReviewCriterion| {
        Some((criterion.code.clone(), Mark::from_code(form.text(&field(criterion)))?))
    };
    let marks: BTreeMap<String, Mark> = criteria.iter().filter_map(mark).collect();
    let chosen = form.required_choice("verdict", "Ваше решение", &verdicts());
    let verdict = chosen.as_deref().and_then(Verdict::from_code)?;
    for lack in review_lacks(criteria, &marks, verdict, &remarks) {
        let message = format!("{lack}.");
        match &lack {
            ReviewLack::NoMark(code) | ReviewLack::Refused(code) | ReviewLack::MustHold(code) => {
                form.error(&format!("mark_{code}"), message);
            }
            ReviewLack::NoRemarks => form.error("remarks", message),
        }
    }
    form.is_valid().then_some((marks, verdict, remarks))
}

pub(crate) fn field(criterion: &ReviewCriterion) -> String {
    format!("mark_{}", criterion.code)
}

fn verdicts() -> Vec<Choice> {
    vec![
        Choice::new(Verdict::Recommend.code(), "Рекомендую к публикации"),
        Choice::new(Verdict::Return.code(), "Возвращаю с замечаниями"),
    ]
}

async fn review_page(ctx: &Ctx, held: &Held, form: Form) -> Outcome<ReviewPage> {
    let mut layout = ctx.layout(&held.content.title).await?;
    layout.crumbs = vec![Crumb::new("/base/reviews", "Программы на отзыв")];
    let own = held.offer.reviews.iter().find(|review| review.by == ctx.actor().person).cloned();
    Ok(ReviewPage {
        layout,
        form,
        form_key: ids::form_key(),
        id: held.id,
        content: ContentView::of(held),
        criteria: &rules(ctx.today)?.criteria,
        marks: Mark::ALL.map(|mark| Choice::new(mark.code(), mark.title())).into(),
        verdicts: verdicts(),
        is_open: own.is_none() && held.state() == State::InReview,
        own,
    })
}
