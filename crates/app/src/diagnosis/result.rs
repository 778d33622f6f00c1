//! What follows from one's own sheet.

use std::collections::BTreeMap;

use askama::Template;
use nastavnik_domain::competence::View;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::report::{Read, Report, earlier, report, views_of};
use super::sheet::{Content, Sheet, State};
use super::store;
use super::visible::{Door, visible};
use crate::kernel::errors::Outcome;
use crate::kernel::page::{Crumb, Layout};
use crate::kernel::web::{Ctx, Path, page, redirect};

#[derive(Template)]
#[template(path = "diagnosis/result.html")]
struct ResultPage {
    layout: Layout,
    report: Report,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let reader = ctx.app().db.reader();
    let sheet = visible(&ctx, reader, Door::Own, id).await?;
    if sheet.state() != State::Completed {
        return Ok(redirect(&sheet.href()));
    }
    let mut sheets = store::own(reader, sheet.person).await?;
    // Of others only what they have given.
    sheets.retain(|one| one.view == View::Own || one.completed_at.is_some());
    let mut layout = ctx.layout("Что видно из самодиагностики").await?;
    layout.crumbs = vec![Crumb::new("/own/diagnosis", "Самодиагностика")];
    page(&ResultPage { layout, report: of(reader, &sheet, &sheets).await? })
}

/// The report about a completed sheet among the sheets the reader may see.
pub(super) async fn of(
    connection: &impl ConnectionTrait,
    sheet: &Sheet,
    sheets: &[Sheet],
) -> anyhow::Result<Report> {
    let then = earlier(sheets, sheet);
    let views = views_of(sheets, sheet);
    let wanted: Vec<Uuid> =
        [sheet].into_iter().chain(then).chain(views.iter().copied()).map(|sheet| sheet.id).collect();
    let mut contents = store::contents(connection, &wanted).await?;
    let read = |sheet: &Sheet, contents: &mut BTreeMap<Uuid, Content>| Read {
        sheet: sheet.clone(),
        content: contents.remove(&sheet.id).unwrap_or_default(),
    };
    let then = then.map(|then| read(then, &mut contents));
    let views: Vec<Read> = views.into_iter().map(|view| read(view, &mut contents)).collect();
    report(&read(sheet, &mut contents), then.as_ref(), &views)
}
