//! «Опытный педагог, испытывающий потребность…» (п. 1.4): only the curator sees this need and names it.

use askama::Template;
use nastavnik_domain::category::Category;
use nastavnik_domain::policy::Permission;
use uuid::Uuid;

use super::decisions::{REASON, write};
use super::mentee;
use super::rules::Rules;
use super::store::{self, StaffFilter, Verdict};
use super::view;
use super::worker::Worker;
use crate::kernel::db;
use crate::kernel::errors::Outcome;
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout};
use crate::kernel::web::{Ctx, Submission, again, page};

#[derive(Template)]
#[template(path = "bank/by_hand.html")]
struct ByHandPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    workers: Vec<Choice>,
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let workers = pedagogues(&ctx).await?;
    page(&by_hand_page(&ctx, Form::blank(), &workers).await?)
}

pub(super) async fn add(ctx: Ctx, submitted: Submission) -> Outcome {
    let workers = pedagogues(&ctx).await?;
    let mut form = submitted.form.clone();
    let chosen = form.required_choice("worker", "Педагог", &view::worker_choices(&workers));
    let reason = form.required_paragraphs("reason", "Чему хочет научиться", REASON);
    let worker = chosen.and_then(|value| view::chosen_worker(&workers, &value));
    let (Some(worker), Some(reason)) = (worker, reason) else {
        return again(&by_hand_page(&ctx, form, &workers).await?);
    };
    ctx.require(Permission::DecideCategories, &worker.school.place)?;
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "person", worker.person).await?;
    let need = mentee::visible(&ctx, change.tx(), worker.person, Some(worker.school.id)).await?;
    if !write(&change, &need, (Category::NeedsNewSkill, Verdict::Confirmed), &reason, &ctx).await? {
        drop(change);
        form.error(
            "worker",
            "Об этом педагоге решение в этом учебном году уже принято. Откройте его страницу в банке и отзовите решение, если оно не верно.",
        );
        return again(&by_hand_page(&ctx, form, &workers).await?);
    }
    let to = format!("/bank/mentees/{}?organization={}", worker.person, worker.school.id);
    change.finish(&to, "Педагог внесён в банк. Теперь можно подобрать наставника").await
}

/// Those of whom the curator may decide; only pedagogical workers are mentored (п. 1.4).
async fn pedagogues(ctx: &Ctx) -> Outcome<Vec<Worker>> {
    let reach = ctx.reach(Permission::DecideCategories);
    let everybody = StaffFilter::default();
    let mut workers = store::workers(ctx.app().db.reader(), &reach, &everybody, ctx.today).await?;
    let rules = Rules::load()?;
    workers.retain(|worker| worker.post(&rules.positions).is_pedagogical());
    Ok(workers)
}

async fn by_hand_page(ctx: &Ctx, form: Form, workers: &[Worker]) -> Outcome<ByHandPage> {
    let mut layout = ctx.layout("Внести педагога в банк").await?;
    layout.crumbs = vec![Crumb::new("/bank/mentees", "Кому нужен наставник")];
    Ok(ByHandPage { layout, form, form_key: ids::form_key(), workers: view::worker_choices(workers) })
}
