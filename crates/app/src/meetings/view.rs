//! Meetings of a pair at one address: its own people read what was said, others that it happened.

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::meeting::weeks_of_silence;
use nastavnik_domain::petition::Receiver;
use nastavnik_domain::role::Role;
use nastavnik_domain::russian;
use uuid::Uuid;

use super::ring::ring_page;
use super::{seat, store};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::filters::long_date;
use crate::kernel::page::{Crumb, Layout, Tab, filters};
use crate::kernel::web::{Ctx, Path, page};
use crate::pairs::{self, Case};

/// Days shown beside the pair.
const SHOWN: u64 = 100;

#[derive(Template)]
#[template(path = "meetings/facts.html")]
struct FactsPage {
    layout: Layout,
    tabs: Vec<Tab>,
    last: String,
    this_month: usize,
    in_all: usize,
    days: Vec<(NaiveDate, &'static str)>,
    calls: Vec<CallLine>,
}

struct CallLine {
    day: String,
    is_open: bool,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let reader = ctx.app().db.reader();
    if let Some(case) = seat::ring(&ctx, reader, id).await? {
        return page(&ring_page(&ctx, &case).await?);
    }
    let case = seat::beside(&ctx, reader, id).await?.ok_or(AppError::NotFound)?;
    page(&facts_page(&ctx, &case).await?)
}

async fn facts_page(ctx: &Ctx, case: &Case) -> Outcome<FactsPage> {
    let reader = ctx.app().db.reader();
    let pair = case.pair.id;
    let days = store::days(reader, pair, SHOWN).await?;
    let month = super::list::month(ctx.today);
    let last = days.first().map(|day| day.0);
    let weeks = u64::from(weeks_of_silence(case.pair.period.from(), last, ctx.today));
    let ago = match weeks {
        0 => "на этой неделе".to_owned(),
        weeks => format!("{} назад", russian::count(weeks, "неделю", "недели", "недель")),
    };
    let mut layout = ctx.layout("Встречи").await?;
    layout.crumbs =
        vec![Crumb::new("/meetings", "Встречи пар"), Crumb::new(format!("/pairs/{pair}"), case.pair.title())];
    Ok(FactsPage {
        layout,
        tabs: pairs::tabs(ctx, &case.pair, "/meetings"),
        last: last.map_or_else(|| "ещё не было".to_owned(), |day| format!("{}, {ago}", long_date(day))),
        this_month: days.iter().filter(|day| day.0 >= month).count(),
        in_all: days.len(),
        days,
        calls: calls(ctx, case).await?,
    })
}

/// Calls to the curator, for the curator: the fact alone, the words stand on the page of calls.
async fn calls(ctx: &Ctx, case: &Case) -> Outcome<Vec<CallLine>> {
    let is_here = ctx.actor().held(Role::Curator).any(|grant| grant.organization.0 == case.pair.organization);
    if !is_here {
        return Ok(Vec::new());
    }
    let rows = store::calls_of_pair(ctx.app().db.reader(), case.pair.id).await?;
    let called = rows.into_iter().filter(|row| row.receiver.as_deref() == Some(Receiver::Curator.code()));
    let line = |row: store::CallRow| CallLine {
        day: long_date(ctx.day_of(row.called_at)),
        is_open: row.answered_at.is_none(),
    };
    Ok(called.map(line).collect())
}
