//! One's own talks, those of past mentorships as well.

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::policy::Reach;

use super::{front, store};
use crate::kernel::errors::Outcome;
use crate::kernel::page::{Layout, Tone, filters};
use crate::kernel::web::{Ctx, page};
use crate::pairs;

#[derive(Template)]
#[template(path = "talk/list.html")]
struct ListPage {
    layout: Layout,
    rows: Vec<Row>,
}

struct Row {
    href: String,
    title: String,
    tone: Tone,
    state: &'static str,
    last: Option<NaiveDate>,
    fresh: u64,
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let (reader, me) = (ctx.app().db.reader(), ctx.actor().person.0);
    let own = Reach { pairs: true, ..Reach::default() };
    let cases = pairs::visible_cases(reader, &own, me, ctx.today).await?;
    let ids: Vec<_> = cases.iter().map(|case| case.pair.id).collect();
    let last = store::last_written(reader, me, &ids).await?;
    let waiting = front::unread(reader, me).await?;
    let mut rows: Vec<Row> = cases
        .iter()
        .map(|case| Row {
            href: format!("/pairs/{}/talk", case.pair.id),
            title: case.pair.title(),
            tone: case.state.tone(),
            state: case.state.title(),
            last: last.get(&case.pair.id).copied(),
            fresh: waiting.iter().find(|one| one.pair == case.pair.id).map_or(0, |one| one.count),
        })
        .collect();
    rows.sort_by_key(|row| (std::cmp::Reverse(row.fresh > 0), std::cmp::Reverse(row.last)));
    page(&ListPage { layout: ctx.layout("Моя переписка").await?, rows })
}
