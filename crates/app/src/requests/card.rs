//! One request as the curator reads it, with its confidential wishes.

use askama::Template;
use nastavnik_domain::policy::{Permission, Reach};
use uuid::Uuid;

use super::record::{Answer, Request, Wishes};
use super::store;
use crate::bank::domain_label;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::page::{Crumb, Layout, filters};
use crate::kernel::web::{Ctx, Path, page};

#[derive(Template)]
#[template(path = "requests/card.html")]
struct CardPage {
    layout: Layout,
    request: Request,
    wishes: Wishes,
    /// The reader is named in the wishes.
    names_reader: bool,
    domains: Vec<(u8, String)>,
    earlier: Vec<Request>,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let reader = ctx.app().db.reader();
    let reach = ctx.reach(Permission::ReadRequests);
    let request = store::visible_request(reader, &reach, id).await?.ok_or(AppError::NotFound)?;
    let wishes = store::wishes(reader, id).await?;
    let here = Reach { organizations: [request.organization.into()].into(), ..Reach::default() };
    let mut earlier = store::requests_of(reader, &here, request.person).await?;
    earlier.retain(|other| other.year < request.year);
    let mut layout = ctx.layout(&request.name.full()).await?;
    layout.crumbs = vec![Crumb::new("/requests", "Запросы на помощь")];
    let own = [(ctx.actor().person.0, ctx.who.name.clone())];
    page(&CardPage {
        layout,
        names_reader: wishes.names(&own),
        domains: request.domains.iter().map(|domain| (domain.number(), domain_label(*domain))).collect(),
        request,
        wishes,
        earlier,
    })
}
