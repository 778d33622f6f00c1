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
use crate::kernel::web::{Ctx, Path, Submission, again, page};
use crate::people;

#[derive(Template)]
#[template(path = "pathway/access.html")]
struct AccessPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    /// Where the form goes, and where the route is read.
    action: String,
    back: String,
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
    shown(&ctx, &held, "/own/route").await
}

/// The same of any of one's own routes: who read it once may be asked to stop.
pub(super) async fn show_of(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let held = visible::own_one(&ctx, ctx.app().db.reader(), id).await?;
    shown(&ctx, &held, &format!("/own/routes/{id}")).await
}

async fn shown(ctx: &Ctx, held: &Held, address: &str) -> Outcome {
    let tutor = held.tutor.map(|tutor| tutor.to_string()).unwrap_or_default();
    let form = Form::blank().with("tutor", tutor);
    let form = held.opens.iter().fold(form, |form, section| form.with("opens", section.code()));
    page(&access_page(ctx, (held, address), form).await?)
}

async fn access_page(ctx: &Ctx, (held, address): (&Held, &str), form: Form) -> Outcome<AccessPage> {
    let reader = ctx.app().db.reader();
    let readings = store::readings(reader, held.id).await?;
    let reading = |row: store::ReadingRow| Reading { when: moment(ctx, row.read_at), who: row.name().full() };
    let mut layout = ctx.layout("Кто видит маршрут").await?;
    layout.crumbs = vec![Crumb::new("/own/route", "Мой маршрут")];
    Ok(AccessPage {
        layout,
        form,
        form_key: ids::form_key(),
        action: format!("{address}/access"),
        back: address.to_owned(),
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
    let held = visible::own(&ctx, ctx.app().db.reader()).await?;
    saved(&ctx, (&held, "/own/route"), &submitted).await
}

pub(super) async fn save_of(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let held = visible::own_one(&ctx, ctx.app().db.reader(), id).await?;
    saved(&ctx, (&held, &format!("/own/routes/{id}")), &submitted).await
}

async fn saved(ctx: &Ctx, (held, address): (&Held, &str), submitted: &Submission) -> Outcome {
    let mut form = submitted.form.clone();
    let (tutor, opens) = begin::access(&mut form, &begin::tutors(ctx, ctx.app().db.reader()).await?);
    if !form.is_valid() {
        return again(&access_page(ctx, (held, address), form).await?);
    }
    let change = ctx.change(submitted).await?;
    store::locked(change.tx(), held.id).await?;
    store::set_access(&change, held.id, tutor, &opens).await?;
    let organization = people::workplace(change.tx(), held.person, ctx.today).await?;
    let subject = ("pathway", Some(held.id));
    change.journal(Entry { kind: "pathway_access_set", subject, organization, payload: &() }).await?;
    let notice = "Сохранено. Действует со следующего открытия страницы";
    change.finish(&format!("{address}/access"), notice).await
}
