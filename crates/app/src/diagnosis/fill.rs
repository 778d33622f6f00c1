//! The page a sheet is filled on: a step for each domain, all steps in one page, so that without a connection the next
//! one is still there.

use askama::Template;
use axum::response::IntoResponse;
use nastavnik_domain::competence::{Item, Level, Section, View};
use uuid::Uuid;

use super::sheet::{Content, Sheet, State};
use super::store;
use super::visible::{Door, visible};
use crate::kernel::errors::Outcome;
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, filters};
use crate::kernel::web::{Ctx, page, redirect};

#[derive(Template)]
#[template(path = "diagnosis/fill.html")]
struct FillPage {
    layout: Layout,
    sheet: Sheet,
    href: String,
    steps: Vec<StepView>,
    refusal_key: Uuid,
}

/// One domain.
struct StepView {
    number: u8,
    short: String,
    title: String,
    items: Vec<ItemView>,
    note: String,
    is_current: bool,
    is_last: bool,
}

/// One item with its answer.
struct ItemView {
    code: String,
    text: String,
    level: Option<Level>,
    is_important: bool,
    /// What the page shows, to tell an answer from an old page: `2+`.
    was: String,
}

impl ItemView {
    fn is(&self, level: Level) -> bool {
        self.level == Some(level)
    }
}

impl FillPage {
    fn is_own(&self) -> bool {
        self.sheet.view == View::Own
    }

    fn word(&self, level: Level) -> &'static str {
        if self.is_own() { level.title() } else { level.title_of_other() }
    }

    fn count(&self) -> usize {
        self.steps.iter().map(|step| step.items.len()).sum()
    }

    fn answered(&self) -> usize {
        self.steps.iter().flat_map(|step| &step.items).filter(|item| item.level.is_some()).count()
    }
}

/// The page of an open sheet; a completed one leads to what follows from it.
pub(super) async fn show(ctx: &Ctx, door: Door, id: Uuid) -> Outcome {
    let reader = ctx.app().db.reader();
    let sheet = visible(ctx, reader, door, id).await?;
    match (sheet.state(), door) {
        (State::Open, _) => {}
        (State::Completed, Door::Own) => return Ok(redirect(&format!("/own/diagnosis/{id}/result"))),
        (State::Completed, Door::View) => return Ok(redirect(&format!("/own/views/{id}/completion"))),
        (State::Refused, _) => return Ok(redirect("/own/diagnosis")),
    }
    let content = store::contents(reader, &[id]).await?.remove(&id).unwrap_or_default();
    let step: u8 = ctx.asked("step").parse().unwrap_or(1);
    let mut layout = ctx.layout(&title(&sheet)).await?;
    layout.crumbs = vec![Crumb::new("/own/diagnosis", "Самодиагностика")];
    let steps = steps(&sheet, &content, step)?;
    let answer = page(&FillPage { layout, href: sheet.href(), steps, sheet, refusal_key: ids::form_key() })?;
    Ok(answer.into_response())
}

/// The heading of a sheet.
pub(super) fn title(sheet: &Sheet) -> String {
    match sheet.view {
        View::Own => format!("Самодиагностика: {}", sheet.wave.title()),
        View::Mentor | View::Expert => format!("Ваш взгляд: {}", sheet.name.short()),
    }
}

fn steps(sheet: &Sheet, content: &Content, current: u8) -> anyhow::Result<Vec<StepView>> {
    let asked: Vec<_> = sheet.questionnaire()?.asked(sheet.wave).collect();
    let last = asked.len();
    let current = usize::from(current).clamp(1, last);
    let step = |(index, (section, items)): (usize, (&Section, Vec<&Item>))| StepView {
        number: section.domain.number(),
        short: section.short.clone(),
        title: section.title.clone(),
        items: items.into_iter().map(|item| item_view(item, content)).collect(),
        note: content.note(section.domain).to_owned(),
        is_current: index + 1 == current,
        is_last: index + 1 == last,
    };
    Ok(asked.into_iter().enumerate().map(step).collect())
}

fn item_view(item: &Item, content: &Content) -> ItemView {
    let answer = content.answer(&item.code);
    let level = answer.and_then(|answer| answer.level);
    let is_important = answer.is_some_and(|answer| answer.is_important);
    let number = level.map_or_else(String::new, |level| level.number().to_string());
    ItemView {
        code: item.code.clone(),
        text: item.text.clone(),
        level,
        is_important,
        was: format!("{number}{}", if is_important { "+" } else { "" }),
    }
}
