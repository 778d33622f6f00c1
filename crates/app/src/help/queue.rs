//! What waits for a mentor: requests of all their mentees, those that have waited longest first.

use askama::Template;
use chrono::NaiveDate;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::pair::{Line, line};
use super::record::{Measure, Request};
use super::store;
use crate::kernel::errors::Outcome;
use crate::kernel::forms::Form;
use crate::kernel::page::{Layout, filters};
use crate::kernel::web::{Ctx, again, page};
use crate::pairs;

#[derive(Template)]
#[template(path = "help/queue.html")]
struct QueuePage {
    layout: Layout,
    blank: Form,
    /// The form that has come back, and whose it is.
    form: Form,
    about: Option<Uuid>,
    lines: Vec<Line>,
}

impl QueuePage {
    fn form_of(&self, line: &Line) -> &Form {
        if self.about == Some(line.request.fact.id) { &self.form } else { &self.blank }
    }
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    page(&queue_page(&ctx, None, Form::blank()).await?)
}

/// The queue again with the mistakes of one answer.
pub(super) async fn again_with(ctx: &Ctx, about: Uuid, form: Form) -> Outcome {
    again(&queue_page(ctx, Some(about), form).await?)
}

async fn queue_page(ctx: &Ctx, about: Option<Uuid>, form: Form) -> Outcome<QueuePage> {
    let (reader, me) = (ctx.app().db.reader(), ctx.actor().person.0);
    let measure = Measure::on(ctx.today)?;
    let requests = of_mentor(reader, me, ctx.today).await?;
    let mut lines: Vec<Line> = requests.into_iter().map(|request| line(ctx, &measure, request)).collect();
    lines.sort_by_key(|line| (!line.standing.waits(), line.request.fact.asked_at));
    Ok(QueuePage {
        layout: ctx.layout("Просьбы о помощи").await?, blank: Form::blank(), form, about, lines
    })
}

/// Requests that are not over, of the pairs in force today.
async fn of_mentor(
    connection: &impl ConnectionTrait,
    mentor: Uuid,
    today: NaiveDate,
) -> anyhow::Result<Vec<Request>> {
    let own = pairs::in_force_with(connection, mentor, today).await?;
    let mut requests = store::for_mentor(connection, mentor).await?;
    requests.retain(|request| own.iter().any(|pair| pair.pair == request.fact.pair));
    Ok(requests)
}

/// How many wait for this mentor.
pub(super) async fn waiting_for(
    connection: &impl ConnectionTrait,
    mentor: Uuid,
    today: NaiveDate,
) -> anyhow::Result<u64> {
    let requests = of_mentor(connection, mentor, today).await?;
    Ok(requests.iter().filter(|request| request.fact.answered_at.is_none()).count() as u64)
}
