//! A new person together with the first employment. A namesake may be the same person: they are shown, and the
//! one who types decides.

use askama::Template;
use nastavnik_domain::person::FullName;
use nastavnik_domain::russian::short;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::add::{self, NewEmployment};
use super::edit::{employers, only};
use super::fields::{TypedJob, educations, genders, qualifications, read_job, read_person};
use super::history::{Facts, entry};
use super::store;
use super::visible::{View, visible_person};
use super::words::post;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, filters};
use crate::kernel::web::{Ctx, Submission, again, page};

#[derive(Template)]
#[template(path = "people/new.html")]
struct NewPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    genders: Vec<Choice>,
    educations: Vec<Choice>,
    qualifications: Vec<Choice>,
    organizations: Vec<Choice>,
    namesakes: Namesakes,
}

/// People who are called the same.
#[derive(Default)]
struct Namesakes {
    /// Those whom the reader may see.
    seen: Vec<Namesake>,
    /// How many there are beyond the reader's reach: nothing else is told about them.
    elsewhere: usize,
}

struct Namesake {
    href: String,
    name: String,
    note: String,
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let organizations = allowed(&ctx).await?;
    let asked = ctx.asked("organization");
    let known = organizations.iter().any(|choice| choice.value == asked);
    let organization = if known { asked.to_owned() } else { only(&organizations) };
    let form = Form::blank().with("organization", organization).with("share_percent", "100");
    page(&new_page(&ctx, form, organizations, Namesakes::default()).await?)
}

pub(super) async fn create(ctx: Ctx, submitted: Submission) -> Outcome {
    let organizations = allowed(&ctx).await?;
    let mut form = submitted.form.clone();
    let person = read_person(&mut form, None, ctx.today);
    let organization = form.required_choice("organization", "Организация", &organizations);
    let job = read_job(&mut form, ctx.today);
    let (Some(person), Some(organization), Some(job)) = (person, organization, job) else {
        return again(&new_page(&ctx, form, organizations, Namesakes::default()).await?);
    };
    let change = ctx.change(&submitted).await?;
    let namesakes = namesakes(&ctx, change.tx(), &person.name).await?;
    if !namesakes.is_empty() && !form.ticked("is_other") {
        drop(change);
        form.error(
            "is_other",
            "Человек с таким именем уже есть. Проверьте, не он ли это, и подтвердите, что это другой.",
        );
        return again(&new_page(&ctx, form, organizations, namesakes).await?);
    }
    let id = add::add_person(change.tx(), change.now(), &person).await?;
    let place: Uuid = organization.parse().map_err(|_| AppError::NotFound)?;
    add::add_employment(change.tx(), &employment(id, place, &job)).await?;
    let title =
        organizations.iter().find(|choice| choice.value == organization).map_or("", |choice| &*choice.title);
    let facts = Facts::about(format!("{}, {title}", post(&job.position, job.subject.as_deref())));
    change.journal(entry("person_added", id, Some(place), &facts)).await?;
    change.finish(&format!("/people/{id}"), "Работник добавлен").await
}

impl Namesakes {
    const fn is_empty(&self) -> bool {
        self.seen.is_empty() && self.elsewhere == 0
    }
}

/// The employment as it is written.
pub(super) fn employment(person: Uuid, organization: Uuid, job: &TypedJob) -> NewEmployment<'_> {
    NewEmployment {
        person,
        organization,
        position: &job.position,
        subject: job.subject.as_deref(),
        qualification: job.qualification.map(nastavnik_domain::person::Qualification::code),
        share_percent: job.share_percent,
        started_on: job.started.map(|since| since.date),
        started_precision: job.started.map(|since| since.precision.code()),
    }
}

async fn allowed(ctx: &Ctx) -> Outcome<Vec<Choice>> {
    employers(ctx, ctx.app().db.reader()).await
}

async fn namesakes(ctx: &Ctx, connection: &impl ConnectionTrait, name: &FullName) -> Outcome<Namesakes> {
    let mut found = Namesakes::default();
    for row in store::namesakes(connection, name).await? {
        let seen = visible_person(connection, ctx.actor(), row.id.into(), ctx.today).await?;
        let Some(seen) = seen.filter(|seen| matches!(seen.view, View::Staff | View::Former | View::Own))
        else {
            found.elsewhere += 1;
            continue;
        };
        let born = row
            .born_on
            .filter(|_| seen.view != View::Former)
            .map(|day| format!("дата рождения {}", short(day)));
        let place = seen
            .jobs
            .first()
            .map(|job| format!("{}, {}", post(&job.position, job.subject.as_deref()), job.short_name));
        found.seen.push(Namesake {
            href: seen.person.href(),
            name: seen.person.name().full(),
            note: [place, born].into_iter().flatten().collect::<Vec<_>>().join("; "),
        });
    }
    Ok(found)
}

async fn new_page(
    ctx: &Ctx,
    form: Form,
    organizations: Vec<Choice>,
    namesakes: Namesakes,
) -> Outcome<NewPage> {
    let mut layout = ctx.layout("Новый работник").await?;
    layout.crumbs.push(Crumb::new("/people", "Работники"));
    Ok(NewPage {
        layout,
        form,
        form_key: ids::form_key(),
        genders: genders(),
        educations: educations(),
        qualifications: qualifications(),
        organizations,
        namesakes,
    })
}
