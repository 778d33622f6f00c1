//! The page of help of one pair: the mentee asks and sees the answers, the mentor sees what was asked.

use askama::Template;
use nastavnik_domain::help::Urgency;
use nastavnik_domain::policy::Permission;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::record::{Measure, Request, Standing};
use super::store;
use crate::bank::domain_choices;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Tab, filters};
use crate::kernel::web::{Ctx, Path, again, page};
use crate::pairs::{self, Case, State};
use crate::talk;

#[derive(Template)]
#[template(path = "help/pair.html")]
struct PairPage {
    layout: Layout,
    tabs: Vec<Tab>,
    form: Form,
    form_key: Uuid,
    pair: Uuid,
    /// The mentor of whom the reader may ask: a mentee of a pair that works today.
    asks: Option<String>,
    domains: Vec<Choice>,
    urgencies: Vec<Choice>,
    is_mentor: bool,
    lines: Vec<Line>,
}

/// A request with what may be done about it.
pub(super) struct Line {
    pub(super) request: Request,
    pub(super) standing: Standing,
    /// «рабочее время до ответа: 2 часа», «ждёт 5 часов рабочего времени».
    pub(super) time: String,
    pub(super) keys: [Uuid; 2],
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let case = visible_pair(&ctx, id).await?;
    page(&pair_page(&ctx, &case, Form::blank()).await?)
}

/// The page again with the mistakes of the form that stands on it.
pub(super) async fn again_with(ctx: &Ctx, case: &Case, form: Form) -> Outcome {
    again(&pair_page(ctx, case, form).await?)
}

/// A pair the reader takes part in; its mentor's only while it is in force.
pub(super) async fn visible_pair(ctx: &Ctx, id: Uuid) -> Outcome<Case> {
    let reach = ctx.reach(Permission::ReadPairNotes);
    let me = ctx.actor().person.0;
    let case = pairs::visible_case(ctx.app().db.reader(), &reach, me, id, ctx.today).await?;
    let case = case.filter(|case| case.pair.has(me)).ok_or(AppError::NotFound)?;
    if case.pair.mentor.person == me && case.state != State::Active {
        return Err(AppError::NotFound);
    }
    Ok(case)
}

async fn pair_page(ctx: &Ctx, case: &Case, form: Form) -> Outcome<PairPage> {
    let me = ctx.actor().person.0;
    let is_mentor = case.pair.mentor.person == me;
    let measure = Measure::on(ctx.today)?;
    let requests = store::of_pair(ctx.app().db.reader(), case.pair.id, me).await?;
    let mut layout = ctx.layout("Помощь, когда она нужна").await?;
    layout.crumbs = vec![
        Crumb::new("/pairs", "Пары и группы"),
        Crumb::new(format!("/pairs/{}", case.pair.id), case.pair.title()),
    ];
    let urgency = |urgency: Urgency| {
        let hint = format!("ответ – за {} рабочего времени", measure.limit(urgency));
        Choice::new(urgency.code(), urgency.title()).with_hint(hint)
    };
    Ok(PairPage {
        tabs: talk::tabs(ctx, &case.pair, "/help").await?,
        asks: (!is_mentor && case.state == State::Active).then(|| case.pair.mentor.name.full()),
        domains: domain_choices(),
        urgencies: Urgency::ALL.map(urgency).to_vec(),
        lines: requests.into_iter().map(|request| line(ctx, &measure, request)).collect(),
        pair: case.pair.id,
        is_mentor,
        form_key: ids::form_key(),
        form,
        layout,
    })
}

/// A request as pages show it.
pub(super) fn line(ctx: &Ctx, measure: &Measure, request: Request) -> Line {
    let standing = measure.standing(&request.fact, ctx.now);
    let time = match measure.answered_in(&request.fact) {
        Some(time) => format!("рабочее время до ответа: {time}"),
        None if standing.waits() => {
            format!("ждёт {} рабочего времени", measure.waited(&request.fact, ctx.now))
        }
        None => String::new(),
    };
    Line { request, standing, time, keys: std::array::from_fn(|_| ids::form_key()) }
}

/// The pair in which the mentor has answered and the mentee has something to read.
pub(super) async fn answered(
    connection: &impl ConnectionTrait,
    mentee: Uuid,
) -> anyhow::Result<Option<Uuid>> {
    Ok(store::answered(connection, mentee).await?.first().map(|fact| fact.pair))
}
