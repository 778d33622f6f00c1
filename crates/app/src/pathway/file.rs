//! The route as a file: taken away whole, brought into another installation unchanged (decision 0022).

use std::collections::BTreeSet;

use askama::Template;
use chrono::Datelike;
use nastavnik_domain::config::{PathwayRules, pathway_rules};
use nastavnik_domain::pathway::{self, Event, Kind, Pathway};
use nastavnik_domain::russian::period;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::picture::{self, Picture};
use super::{act, begin, own, past, store, visible};
use crate::kernel::db;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Step as StepLine};
use crate::kernel::web::{Ctx, Path, Submission, again, attachment, page};

#[derive(Template)]
#[template(path = "pathway/import.html")]
struct ImportPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    id: Uuid,
    term: String,
    end: String,
    steps: Vec<StepLine>,
    lists: Vec<(&'static str, usize)>,
    pathway: Pathway,
    picture: Picture,
}

/// The file of one's own route.
pub(super) async fn export(ctx: Ctx) -> Outcome {
    let held = visible::own(&ctx, ctx.app().db.reader()).await?;
    written(&held.pathway)
}

/// The same of any of one's own routes.
pub(super) async fn export_of(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let held = visible::own_one(&ctx, ctx.app().db.reader(), id).await?;
    written(&held.pathway)
}

fn written(route: &Pathway) -> Outcome {
    let name = format!("Маршрут {}–{}.json", route.term.from.year(), route.term.to.year());
    attachment(pathway::write(route)?, "application/json", &name)
}

fn rules(ctx: &Ctx) -> Outcome<PathwayRules> {
    let rules = pathway_rules().map_err(anyhow::Error::from)?;
    Ok(rules.on(ctx.today).map_err(anyhow::Error::from)?.value)
}

/// A route that has ended is brought in at any time, each once; an open one only by somebody who has none open.
async fn require_room(ctx: &Ctx, connection: &impl ConnectionTrait, route: &Pathway) -> Outcome<()> {
    let known = store::all_of_person(connection, ctx.actor().person.0).await?;
    if known.iter().any(|held| held.pathway == *route) {
        return Err(AppError::Conflict(
            "Этот маршрут у вас уже есть: он на странице «Мой маршрут»".to_owned(),
        ));
    }
    let is_open = |route: &Pathway| route.ended_on().is_none();
    if is_open(route) && known.iter().any(|held| is_open(&held.pathway)) {
        return Err(begin::already());
    }
    Ok(())
}

/// Reads a file; a fault is told with its place, a good one waits for a yes.
pub(super) async fn upload(ctx: Ctx, submitted: Submission) -> Outcome {
    let mut form = submitted.form.clone();
    let Some(file) = submitted.file("route") else {
        form.error("route", "Выберите файл маршрута.");
        return begin::show_again(&ctx, form).await;
    };
    let route = match pathway::read(&file.content, &rules(&ctx)?) {
        Ok(route) => route,
        Err(error) => {
            form.error("route", format!("{error}."));
            return begin::show_again(&ctx, form).await;
        }
    };
    require_room(&ctx, ctx.app().db.reader(), &route).await?;
    let change = ctx.change(&submitted).await?;
    let id = store::add_import(&change, ctx.actor().person.0, &serde_json::to_string(&route)?).await?;
    change.finish(&format!("/own/route/imports/{id}"), "").await
}

/// What was read and waits.
async fn waiting(ctx: &Ctx, connection: &impl ConnectionTrait, id: Uuid) -> Outcome<Pathway> {
    let content = store::import(connection, ctx.actor().person.0, id, ctx.now).await?;
    Ok(serde_json::from_str(&content.ok_or(AppError::NotFound)?)?)
}

pub(super) async fn preview(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let route = waiting(&ctx, ctx.app().db.reader(), id).await?;
    page(&import_page(&ctx, id, route, Form::blank()).await?)
}

async fn import_page(ctx: &Ctx, id: Uuid, route: Pathway, form: Form) -> Outcome<ImportPage> {
    let mut layout = ctx.layout("Загрузка маршрута").await?;
    layout.crumbs = vec![Crumb::new("/own/route", "Мой маршрут")];
    Ok(ImportPage {
        layout,
        form,
        form_key: ids::form_key(),
        id,
        term: period(route.term.from, route.term.to),
        steps: own::stepper(&route),
        lists: Kind::ALL.map(|kind| (kind.title(), route.list(kind).len())).into(),
        end: past::end(&route),
        picture: picture::of(&[&route], &[]),
        pathway: route,
    })
}

/// The route becomes the reader's own. Nobody is named and nothing is opened: that was said of another place.
pub(super) async fn apply(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let route = waiting(&ctx, ctx.app().db.reader(), id).await;
    let mut form = submitted.form.clone();
    begin::agreed(&mut form);
    if !form.is_valid() {
        return again(&import_page(&ctx, id, route?, form).await?);
    }
    // Pressed twice it leads where it led: the key is asked before the file, which is gone by then.
    let change = ctx.change(&submitted).await?;
    let route = route?;
    db::lock_row(change.tx(), "person", ctx.actor().person.0).await?;
    require_room(&ctx, change.tx(), &route).await?;
    let event = Event::Imported { pathway: Box::new(route) };
    if act::make(&ctx, &change, event, (None, BTreeSet::new())).await?.is_none() {
        return Err(begin::already());
    }
    store::delete_imports(change.tx(), ctx.actor().person.0).await?;
    change.finish("/own/route", "Маршрут загружен. Выберите, кто будет сопровождать его здесь").await
}
