//! Revisions of a program: what was approved when and why, what differs, what happened (D3).

use askama::Template;
use nastavnik_domain::program::{FieldChange, LineChange, Program, State, Text, difference};
use uuid::Uuid;

use super::begin;
use super::ring::Ring;
use super::show::readable;
use super::view::{self, Names};
use super::visible::{Held, made, visible_case};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::page::{Layout, Tab};
use crate::kernel::web::{Ctx, Path, page};
use crate::pairs;

#[derive(Template)]
#[template(path = "programs/history.html")]
struct HistoryPage {
    layout: Layout,
    tabs: Vec<Tab>,
    base: String,
    /// The revision under work against the one in force, for whoever may read both.
    open: Option<Open>,
    revisions: Vec<Revision>,
}

struct Open {
    number: u32,
    reason: String,
    changes: Vec<ChangeView>,
}

/// An approved revision with what it changed.
struct Revision {
    number: u32,
    reason: String,
    when: String,
    by: String,
    changes: Vec<ChangeView>,
    is_first: bool,
}

/// A line that differs.
struct ChangeView {
    verb: &'static str,
    name: String,
    fields: Vec<FieldChange>,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let reader = ctx.app().db.reader();
    let case = visible_case(&ctx, reader, id).await?;
    let held = made(reader, id).await?;
    let school = pairs::school(reader, case.pair.organization).await?.ok_or(AppError::NotFound)?;
    let names = Names::of(reader, &held.program).await?;
    let ring = Ring::of(&ctx, &case);
    let mut layout = ctx.layout("История программы").await?;
    layout.crumbs = begin::crumbs_below(&case);
    let program = &held.program;
    let revisions = program.approved.iter().enumerate().rev().map(|(place, approved)| {
        let before = place.checked_sub(1).and_then(|before| program.approved.get(before));
        Revision {
            number: approved.number,
            reason: approved.reason.clone(),
            when: view::day(approved.at, school.zone()),
            by: names.short(approved.by),
            changes: before.map_or_else(Vec::new, |before| changes(&before.text, &approved.text, ring)),
            is_first: before.is_none(),
        }
    });
    page(&HistoryPage {
        tabs: pairs::tabs(&ctx, &case.pair, "/program"),
        base: format!("/pairs/{id}/program"),
        open: open(&held, ring),
        revisions: revisions.collect(),
        layout,
    })
}

fn open(held: &Held, ring: Ring) -> Option<Open> {
    let program: &Program = &held.program;
    let in_force = program.in_force()?;
    if program.state() == State::Approved {
        return None;
    }
    let text = readable(held, ring)?;
    Some(Open {
        number: program.revision,
        reason: program.reason.clone(),
        changes: changes(&in_force.text, &text, ring),
    })
}

/// What differs for these eyes; a line where nothing is left to see is left out.
fn changes(old: &Text, new: &Text, ring: Ring) -> Vec<ChangeView> {
    let view = |change: LineChange| {
        let body = change.after.as_ref().or(change.before.as_ref())?;
        let fields = change.fields(ring.eyes(body));
        (!fields.is_empty()).then(|| ChangeView { verb: change.verb(), name: change.name(), fields })
    };
    difference(old, new).0.into_iter().filter_map(view).collect()
}
