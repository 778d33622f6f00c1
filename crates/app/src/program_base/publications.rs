//! The department publishes what two reviewers recommend, and takes out what is out of date (ДК 1.6).

use askama::Template;
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::program_base::{Event, Mark, Review, State};
use uuid::Uuid;

use super::record::Held;
use super::rules::rules;
use super::view::ContentView;
use super::{act, store, visible};
use crate::kernel::errors::Outcome;
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout};
use crate::kernel::web::{Ctx, Path, Submission, again, page};
use crate::people;

/// How long a reason may be.
const LONGEST: usize = 300;

#[derive(Template)]
#[template(path = "program_base/publications.html")]
struct PublicationsPage {
    layout: Layout,
    rows: Vec<Held>,
}

#[derive(Template)]
#[template(path = "program_base/publication.html")]
struct PublicationPage {
    layout: Layout,
    form: Form,
    keys: [Uuid; 2],
    id: Uuid,
    is_published: bool,
    content: ContentView,
    reviews: Vec<ReviewView>,
}

struct ReviewView {
    by: String,
    marks: Vec<(String, &'static str)>,
    remarks: String,
}

pub(super) async fn list(ctx: Ctx) -> Outcome {
    let db = ctx.app().db.reader();
    let mut rows = store::within(db, &ctx.reach(Permission::PublishPrograms), visible::PUBLISHABLE).await?;
    rows.sort_by_key(Held::state);
    let mut layout = ctx.layout("Публикация программ").await?;
    layout.crumbs = vec![Crumb::new("/base", "База программ")];
    page(&PublicationsPage { layout, rows })
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let held = visible::publishable(&ctx, ctx.app().db.reader(), id, visible::PUBLISHABLE).await?;
    page(&publication_page(&ctx, &held, Form::blank()).await?)
}

pub(super) async fn publish(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    visible::publishable(&ctx, ctx.app().db.reader(), id, visible::DECIDED).await?;
    let change = ctx.change(&submitted).await?;
    act::act(&ctx, &change, id, Event::Published).await?;
    change.finish(&format!("/base/{id}"), "Программа опубликована, её видят все организации города").await
}

pub(super) async fn take_out(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let held = visible::publishable(&ctx, ctx.app().db.reader(), id, visible::DECIDED).await?;
    let mut form = submitted.form.clone();
    let reason = form.required_text("reason", "Причина", LONGEST);
    let Some(reason) = reason.filter(|_| form.is_valid()) else {
        return again(&publication_page(&ctx, &held, form).await?);
    };
    let change = ctx.change(&submitted).await?;
    act::act(&ctx, &change, id, Event::TakenOut { reason }).await?;
    change
        .finish("/base/publications", "Программа снята. Начатые по ней программы остаются у своих пар")
        .await
}

async fn publication_page(ctx: &Ctx, held: &Held, form: Form) -> Outcome<PublicationPage> {
    let by: Vec<PersonId> = held.offer.reviews.iter().map(|review| review.by).collect();
    let names = people::briefs(ctx.app().db.reader(), &by).await?;
    let criteria = &rules(ctx.today)?.criteria;
    let view = |review: &Review| ReviewView {
        by: names.get(&review.by).map(|brief| brief.name.short()).unwrap_or_default(),
        marks: criteria
            .iter()
            .filter_map(|one| {
                Some((one.question.clone(), review.marks.get(&one.code).copied().map(Mark::title)?))
            })
            .collect(),
        remarks: review.remarks.clone(),
    };
    let mut layout = ctx.layout(&held.content.title).await?;
    layout.crumbs = vec![Crumb::new("/base/publications", "Публикация программ")];
    Ok(PublicationPage {
        layout,
        form,
        keys: [ids::form_key(), ids::form_key()],
        id: held.id,
        is_published: held.state() == State::Published,
        content: ContentView::of(held),
        reviews: held.offer.reviews.iter().map(view).collect(),
    })
}
