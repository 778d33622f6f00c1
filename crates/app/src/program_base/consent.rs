//! The pair reads what would be published and decides, each for themself; a consent can be taken back at any time.

use askama::Template;
use nastavnik_domain::program_base::{Event, State};
use uuid::Uuid;

use super::record::Held;
use super::view::{self, LineView};
use super::{act, names, store, visible};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout};
use crate::kernel::web::{Ctx, Path, Submission, page};
use crate::pairs;

#[derive(Template)]
#[template(path = "program_base/own_list.html")]
struct OwnListPage {
    layout: Layout,
    rows: Vec<Row>,
}

struct Row {
    held: Held,
    title: String,
    has_agreed: bool,
}

#[derive(Template)]
#[template(path = "program_base/own.html")]
struct OwnPage {
    layout: Layout,
    keys: [Uuid; 2],
    held: Held,
    pair: String,
    lines: Vec<LineView>,
    has_agreed: bool,
    is_checked: bool,
}

/// The own programs that were offered.
pub(super) async fn list(ctx: Ctx) -> Outcome {
    let (db, me) = (ctx.app().db.reader(), ctx.actor().person);
    let found = store::of_person(db, me.0).await?;
    let titles = pairs::titles(db, &found.iter().map(|held| held.pair).collect::<Vec<_>>()).await?;
    let row = |held: Held| Row {
        title: titles.get(&held.pair).cloned().unwrap_or_default(),
        has_agreed: held.offer.agreed.contains_key(&me),
        held,
    };
    page(&OwnListPage {
        layout: ctx.layout("Мои программы для базы").await?,
        rows: found.into_iter().map(row).collect(),
    })
}

/// What would be published, side by side with what is written.
pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let db = ctx.app().db.reader();
    let held = visible::own(&ctx, db, id).await?;
    let case = pairs::cases_by_ids(db, &[held.pair], ctx.today).await?.pop().ok_or(AppError::NotFound)?;
    let known = names::known(db, &case).await?.with(&held.mending.added);
    let mut lines = view::lines(&held.source, &known, &held.mending.decisions());
    lines.retain(|line| !held.mending.left_out.contains(&line.id));
    let mut layout = ctx.layout("Показать программу коллегам?").await?;
    layout.crumbs = vec![Crumb::new("/own/base", "Мои программы для базы")];
    page(&OwnPage {
        layout,
        keys: [ids::form_key(), ids::form_key()],
        pair: case.pair.title(),
        lines,
        has_agreed: held.offer.agreed.contains_key(&ctx.actor().person),
        is_checked: held.offer.checked_at.is_some(),
        held,
    })
}

pub(super) async fn agree(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    visible::own(&ctx, ctx.app().db.reader(), id).await?;
    let change = ctx.change(&submitted).await?;
    act::act(&ctx, &change, id, Event::Agreed).await?;
    change.finish(&format!("/own/base/{id}"), "Спасибо. Отозвать согласие можно здесь же в любой день").await
}

pub(super) async fn decline(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    visible::own(&ctx, ctx.app().db.reader(), id).await?;
    let change = ctx.change(&submitted).await?;
    act::act(&ctx, &change, id, Event::Declined).await?;
    let notice = "Программа не будет показана. Куратор узнает, что согласия нет, но не узнает чьего. \
                  На наставничество это не влияет";
    change.finish("/own/base", notice).await
}

impl OwnPage {
    fn is_gone(&self) -> bool {
        self.held.state() == State::Gone
    }
}

impl Row {
    fn waits(&self) -> bool {
        self.held.state() == State::AwaitsConsents && !self.has_agreed
    }
}
