//! Who reads one's route: the tutor whom one names, the personal sections one opens, and who has opened them.

use askama::Template;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::store::{self, Held};
use super::{begin, visible};
use crate::kernel::audit::Entry;
use crate::kernel::errors::Outcome;
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, filters};
use crate::kernel::web::{Ctx, Submission, again, page};
use crate::people;

#[derive(Template)]
#[template(path = "pathway/access.html")]
struct AccessPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    tutors: Vec<Choice>,
    sections: Vec<Choice>,
    readings: Vec<Reading>,
}

/// One opening of the personal sections.
struct Reading {
    when: String,
    who: String,
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let held = visible::own(&ctx, ctx.app().db.reader()).await?;
    let tutor = held.tutor.map(|tutor| tutor.to_string()).unwrap_or_default();
    let form = Form::blank().with("tutor", tutor);
    let form = held.opens.iter().fold(form, |form, section| form.with("opens", section.code()));
    page(&access_page(&ctx, &held, form).await?)
}

async fn access_page(ctx: &Ctx, held: &Held, form: Form) -> Outcome<AccessPage> {
    let reader = ctx.app().db.reader();
    let readings = store::readings(reader, held.id).await?;
    let reading = |row: store::ReadingRow| Reading { when: moment(ctx, row.read_at), who: row.name().full() };
    let mut layout = ctx.layout("Кто видит маршрут").await?;
    layout.crumbs = vec![Crumb::new("/own/route", "Мой маршрут")];
    Ok(AccessPage {
        layout,
        form,
        form_key: ids::form_key(),
        tutors: begin::tutors(ctx, reader).await?,
        sections: begin::sections(),
        readings: readings.into_iter().map(reading).collect(),
    })
}

fn moment(ctx: &Ctx, at: DateTime<Utc>) -> String {
    let local = at.with_timezone(&ctx.who.zone);
    format!("{}, {}", filters::long_date(local.date_naive()), local.format("%H:%M"))
}

pub(super) async fn save(ctx: Ctx, submitted: Submission) -> Outcome {
    let reader = ctx.app().db.reader();
    let held = visible::own(&ctx, reader).await?;
    let mut form = submitted.form.clone();
    let (tutor, opens) = begin::access(&mut form, &begin::tutors(&ctx, reader).await?);
    if !form.is_valid() {
        return again(&access_page(&ctx, &held, form).await?);
    }
    let change = ctx.change(&submitted).await?;
    store::locked(change.tx(), held.id).await?;
    store::set_access(&change, held.id, tutor, &opens).await?;
    let organization = people::workplace(change.tx(), held.person, ctx.today).await?;
    let subject = ("pathway", Some(held.id));
    change.journal(Entry { kind: "pathway_access_set", subject, organization, payload: &() }).await?;
    change.finish("/own/route/access", "Сохранено. Действует со следующего открытия страницы").await
}
