//! Listing somebody as a candidate (A8, п. 3.1, 4.1.2).

use askama::Template;
use nastavnik_domain::config::Post;
use nastavnik_domain::mentor::CandidateError;
use nastavnik_domain::policy::Permission;
use uuid::Uuid;

use super::rules::Rules;
use super::store::{self, Side, StaffFilter};
use super::terms::{Terms, TermsOf};
use super::view;
use super::worker::Worker;
use crate::kernel::audit::Entry;
use crate::kernel::db;
use crate::kernel::errors::Outcome;
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout};
use crate::kernel::web::{Ctx, Submission, again, page};

/// Longest note.
pub(super) const NOTE: usize = 500;

#[derive(Template)]
#[template(path = "bank/new_mentor.html")]
struct NewMentorPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    workers: Vec<Choice>,
    most_places: u32,
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let workers = staff(&ctx).await?;
    let limits = Rules::load()?.limits(ctx.today)?;
    let mut form = Form::blank().with("capacity", limits.usual_places.to_string());
    let asked = ctx.asked("person");
    if let Some(worker) = workers.iter().find(|worker| worker.person.to_string() == asked) {
        form = form.with("worker", format!("{}.{}", worker.person, worker.school.id));
    }
    page(&new_page(&ctx, form, &workers).await?)
}

pub(super) async fn create(ctx: Ctx, submitted: Submission) -> Outcome {
    let workers = staff(&ctx).await?;
    let mut form = submitted.form.clone();
    let chosen = form.required_choice("worker", "Работник", &view::worker_choices(&workers));
    let terms = read_terms(&mut form, &ctx)?;
    let worker = chosen.and_then(|value| view::chosen_worker(&workers, &value));
    if let Some(worker) = worker.filter(|worker| post(worker).is_ok_and(|post| post == Post::Other)) {
        form.error("worker", format!("{}. {}", worker.name.short(), CandidateError::NotPedagogical));
    }
    let (Some(worker), Some((capacity, note)), true) = (worker, terms, form.is_valid()) else {
        return again(&new_page(&ctx, form, &workers).await?);
    };
    ctx.require(Permission::EditMentors, &worker.school.place)?;
    let change = ctx.change(&submitted).await?;
    let (person, organization) = (worker.person, worker.school.id);
    db::lock_row(change.tx(), "person", person).await?;
    if store::has_live_candidate(change.tx(), person, organization).await? {
        drop(change);
        form.error("worker", "Этот работник уже есть в списке кандидатов. Найдите его в списке по фамилии.");
        return again(&new_page(&ctx, form, &workers).await?);
    }
    let terms = Terms { capacity, ..Terms::default() };
    let id = store::add_candidate(&change, (person, organization), &terms, &note).await?;
    let payload = TermsOf { person, terms: &terms };
    let subject = ("mentor_candidate", Some(id));
    let kind = "mentor_candidate_listed";
    change.journal(Entry { kind, subject, organization: Some(organization), payload: &payload }).await?;
    store::confirm(change.tx(), change.now(), change.account(), Side::Mentor, (person, organization)).await?;
    change.finish(&format!("/bank/mentors/{id}"), "Кандидат внесён в банк. Запишите его достижения").await
}

/// Capacity within the limits of the day and a note; the mistakes stand at their fields.
fn read_terms(form: &mut Form, ctx: &Ctx) -> Outcome<Option<(i64, String)>> {
    let most = i64::from(Rules::load()?.limits(ctx.today)?.most_places);
    let capacity = form.required_integer("capacity", "Сколько наставляемых одновременно", 0..=most);
    let note = form.optional_paragraphs("note", "Примечание", NOTE).unwrap_or_default();
    Ok(capacity.filter(|_| form.error_at("note").is_none()).map(|capacity| (capacity, note)))
}

fn post(worker: &Worker) -> anyhow::Result<Post> {
    Ok(worker.post(&Rules::load()?.positions))
}

async fn staff(ctx: &Ctx) -> Outcome<Vec<Worker>> {
    let reach = ctx.reach(Permission::EditMentors);
    Ok(store::workers(ctx.app().db.reader(), &reach, &StaffFilter::default(), ctx.today).await?)
}

async fn new_page(ctx: &Ctx, form: Form, workers: &[Worker]) -> Outcome<NewMentorPage> {
    let mut layout = ctx.layout("Новый кандидат в наставники").await?;
    layout.crumbs = vec![Crumb::new("/bank/mentors", "Кандидаты в наставники")];
    Ok(NewMentorPage {
        layout,
        form,
        form_key: ids::form_key(),
        workers: view::worker_choices(workers),
        most_places: Rules::load()?.limits(ctx.today)?.most_places,
    })
}
