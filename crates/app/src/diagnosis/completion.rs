//! The last look before a sheet is completed, and its completion.

use askama::Template;
use nastavnik_domain::competence::{Domain, Level, View, check_completion};
use serde::Serialize;
use uuid::Uuid;

use super::fill;
use super::saving::closed;
use super::sheet::{Content, Sheet, State};
use super::store;
use super::visible::{Door, visible};
use crate::kernel::audit::Entry;
use crate::kernel::db;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, filters};
use crate::kernel::web::{Ctx, Submission, again, page};

#[derive(Template)]
#[template(path = "diagnosis/completion.html")]
struct ReviewPage {
    layout: Layout,
    form_key: Uuid,
    sheet: Sheet,
    href: String,
    lines: Vec<Line>,
    missing: usize,
    /// Why it can't be completed yet; empty if it can.
    problem: String,
    /// The answers given, for the author of a completed view.
    given: Vec<(String, &'static str)>,
}

/// How far a domain is answered.
struct Line {
    number: u8,
    short: String,
    answered: usize,
    asked: usize,
}

/// What goes into the journal: the fact.
#[derive(Serialize)]
pub(super) struct Fact {
    pub(super) wave: &'static str,
    pub(super) year: i32,
    pub(super) view: &'static str,
}

impl Fact {
    pub(super) const fn of(sheet: &Sheet) -> Self {
        Self { wave: sheet.wave.code(), year: sheet.year.0, view: sheet.view.code() }
    }
}

/// The page before completion; of a completed view what its author gave.
pub(super) async fn review(ctx: &Ctx, door: Door, id: Uuid) -> Outcome {
    let reader = ctx.app().db.reader();
    let sheet = visible(ctx, reader, door, id).await?;
    if sheet.state() == State::Refused || (door == Door::Own && !sheet.is_open()) {
        return Ok(crate::kernel::web::redirect("/own/diagnosis"));
    }
    let content = store::contents(reader, &[id]).await?.remove(&id).unwrap_or_default();
    page(&review_page(ctx, sheet, &content).await?)
}

/// Completes the sheet: from now on its answers stand.
pub(super) async fn complete(ctx: &Ctx, door: Door, id: Uuid, submitted: &Submission) -> Outcome {
    visible(ctx, ctx.app().db.reader(), door, id).await?;
    let change = ctx.change(submitted).await?;
    db::lock_row(change.tx(), "diagnosis", id).await?;
    let sheet = visible(ctx, change.tx(), door, id).await?;
    if !sheet.is_open() {
        return Err(closed());
    }
    let content = store::contents(change.tx(), &[id]).await?.remove(&id).unwrap_or_default();
    let profile = sheet.profile(&content.answers)?;
    if check_completion(sheet.view, &profile).is_err() {
        drop(change);
        return again(&review_page(ctx, sheet, &content).await?);
    }
    store::complete(change.tx(), change.now(), id, &profile).await?;
    let kind = match sheet.view {
        View::Own => "diagnosis_completed",
        View::Mentor | View::Expert => "diagnosis_view_given",
    };
    let (subject, organization) = (("person", Some(sheet.person)), Some(sheet.organization));
    change.journal(Entry { kind, subject, organization, payload: &Fact::of(&sheet) }).await?;
    match sheet.view {
        View::Own => {
            change
                .finish(
                    &format!("/own/diagnosis/{id}/result"),
                    "Самодиагностика завершена. Вот что из неё видно",
                )
                .await
        }
        View::Mentor | View::Expert => {
            change.finish(&format!("/own/views/{id}/completion"), "Спасибо! Взгляд передан").await
        }
    }
}

async fn review_page(ctx: &Ctx, sheet: Sheet, content: &Content) -> Outcome<ReviewPage> {
    let profile = sheet.profile(&content.answers)?;
    let mut layout = ctx.layout(&fill::title(&sheet)).await?;
    layout.crumbs = vec![Crumb::new("/own/diagnosis", "Самодиагностика")];
    let missing =
        |domain: Domain| profile.missing.iter().filter(|item| Domain::of_item(item) == Some(domain)).count();
    let asked = sheet.questionnaire()?.asked(sheet.wave);
    let line = |(section, items): (&nastavnik_domain::competence::Section, Vec<_>)| Line {
        number: section.domain.number(),
        short: section.short.clone(),
        answered: items.len() - missing(section.domain),
        asked: items.len(),
    };
    let lines = asked.map(line).collect();
    let problem = check_completion(sheet.view, &profile).err().map(|error| error.to_string());
    let given = if sheet.is_open() { Vec::new() } else { given(&sheet, content)? };
    Ok(ReviewPage {
        layout,
        form_key: ids::form_key(),
        href: sheet.href(),
        missing: profile.missing.len(),
        problem: problem.unwrap_or_default(),
        lines,
        given,
        sheet,
    })
}

/// The statements with the words of their levels.
fn given(sheet: &Sheet, content: &Content) -> Result<Vec<(String, &'static str)>, AppError> {
    let word = |level: Level| level.title_of_other();
    let items = sheet.questionnaire()?.items(sheet.wave);
    Ok(items
        .filter_map(|(_, item)| {
            let level = content.answer(&item.code)?.level?;
            Some((item.text.clone(), word(level)))
        })
        .collect())
}
