//! One published program, and the way to begin from it.

use askama::Template;
use nastavnik_domain::policy::Permission;
use uuid::Uuid;

use super::view::ContentView;
use super::{begin, visible};
use crate::kernel::errors::Outcome;
use crate::kernel::page::{Crumb, Layout, filters};
use crate::kernel::web::{Ctx, Path, page};
use crate::pairs::Case;

#[derive(Template)]
#[template(path = "program_base/card.html")]
struct CardPage {
    layout: Layout,
    id: Uuid,
    content: ContentView,
    uses: u64,
    /// Own pairs that have no program yet.
    pairs: Vec<Case>,
    may_publish: bool,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let held = visible::published(&ctx, ctx.app().db.reader(), id).await?;
    let mut layout = ctx.layout(&held.content.title).await?;
    layout.crumbs = vec![Crumb::new("/base", "База программ")];
    page(&CardPage {
        layout,
        id,
        content: ContentView::of(&held),
        uses: held.uses,
        pairs: begin::without_program(&ctx).await?,
        may_publish: ctx.actor().may_at(Permission::PublishPrograms, &held.place),
    })
}
