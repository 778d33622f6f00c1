//! Tasks of a pair as whoever watches over pairs sees them: numbers.

use askama::Template;

use super::front::{Counts, counts};
use crate::kernel::errors::Outcome;
use crate::kernel::page::{Crumb, Layout, Tab, filters};
use crate::kernel::web::Ctx;
use crate::pairs::{self, Case};

#[derive(Template)]
#[template(path = "tasks/numbers.html")]
pub(super) struct NumbersPage {
    layout: Layout,
    tabs: Vec<Tab>,
    counts: Counts,
}

pub(super) async fn numbers_page(ctx: &Ctx, case: &Case) -> Outcome<NumbersPage> {
    let pair = case.pair.id;
    let found = counts(ctx.app().db.reader(), &[pair], ctx.today).await?;
    let mut layout = ctx.layout("Задания").await?;
    layout.crumbs =
        vec![Crumb::new("/pairs", "Пары и группы"), Crumb::new(format!("/pairs/{pair}"), case.pair.title())];
    Ok(NumbersPage {
        layout,
        tabs: pairs::tabs(ctx, &case.pair, "/tasks"),
        counts: found.get(&pair).copied().unwrap_or_default(),
    })
}

impl NumbersPage {
    fn is_empty(&self) -> bool {
        self.counts == Counts::default()
    }
}
