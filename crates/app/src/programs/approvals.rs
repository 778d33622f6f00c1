//! The director approves, many programs at once (D5, п. 4.1.1).

use askama::Template;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::program::{Event, State};
use uuid::Uuid;

use super::act;
use super::council_word::{self, Word};
use super::list::{self, Filter, Line};
use super::visible::Held;
use super::{paper, store};
use crate::kernel::change::Change;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, filters};
use crate::kernel::web::{Ctx, Submission, again, page};
use crate::pairs::{self, Case};

/// How many are approved in one go: each is printed twice.
const MOST: usize = 30;

#[derive(Template)]
#[template(path = "programs/approvals.html")]
struct ApprovalsPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    rows: Vec<ApprovalRow>,
}

struct ApprovalRow {
    line: Line,
    /// Why not yet.
    hindrance: Option<&'static str>,
    council: String,
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    page(&approvals_page(&ctx, Form::blank()).await?)
}

async fn approvals_page(ctx: &Ctx, form: Form) -> Outcome<ApprovalsPage> {
    let filter = Filter { state: Some(State::Agreed), ..Filter::default() };
    let reach = ctx.reach(Permission::ApprovePrograms);
    let lines = list::lines(ctx, &reach, &filter).await?;
    let mut rows = Vec::new();
    let subjects: Vec<Uuid> = lines.iter().filter_map(|line| line.council).collect();
    let words = council_word::standings(ctx.app().db.reader(), &subjects).await?;
    for line in lines {
        let word = line.council.and_then(|subject| words.get(&subject)).unwrap_or(&Word::NotAsked);
        rows.push(ApprovalRow { hindrance: word.hinders(), council: word.words(), line });
    }
    let mut layout = ctx.layout("Программы на утверждение").await?;
    layout.crumbs = vec![Crumb::new("/programs", "Программы")];
    Ok(ApprovalsPage { layout, form, form_key: ids::form_key(), rows })
}

pub(super) async fn approve(ctx: Ctx, submitted: Submission) -> Outcome {
    let mut form = submitted.form.clone();
    let chosen: Vec<Uuid> = form.data().all("pair").filter_map(|id| id.parse().ok()).collect();
    if chosen.is_empty() || chosen.len() > MOST {
        form.error("pair", format!("Отметьте программы, которые утверждаете: от одной до {MOST}."));
        return again(&approvals_page(&ctx, form).await?);
    }
    let mut cases = pairs::cases_by_ids(ctx.app().db.reader(), &chosen, ctx.today).await?;
    let reach = ctx.reach(Permission::ApprovePrograms);
    cases.retain(|case| reach.covers(&case.pair.place()));
    if cases.is_empty() {
        return Err(AppError::NotFound);
    }
    // Always in one order, so that two who approve the same programs never wait for each other.
    cases.sort_by_key(|case| case.pair.id);
    let change = ctx.change(&submitted).await?;
    for case in &cases {
        if let Err(why) = approve_one(&ctx, &change, case).await? {
            drop(change);
            form.error("pair", format!("{}: {why}.", case.pair.title()));
            return again(&approvals_page(&ctx, form).await?);
        }
    }
    let count = nastavnik_domain::russian::count(cases.len() as u64, "программа", "программы", "программ");
    let to = match chosen.as_slice() {
        [only] => format!("/pairs/{only}/program"),
        _ => "/programs/approvals".to_owned(),
    };
    change.finish(&to, &format!("Утверждено: {count}. Документы готовы")).await
}

/// Prints and approves; the answer inside says why not.
async fn approve_one(ctx: &Ctx, change: &Change, case: &Case) -> Outcome<Result<(), String>> {
    let Some(held) = act::locked(change, case).await? else { return Err(AppError::NotFound) };
    let word = council_word::standing(change.tx(), held.program.council).await?;
    if let Some(why) = hinders(&held, &word) {
        return Ok(Err(why));
    }
    let document = match paper::issue(ctx, change, case, &held, &word).await? {
        Ok(document) => document,
        Err(why) => return Ok(Err(why.trim_end_matches('.').to_owned())),
    };
    match act::happen(ctx, change, case, held, Event::Approved { document }).await? {
        Ok(held) => {
            store::add_revision(change.tx(), &held).await?;
            Ok(Ok(()))
        }
        Err(refusal) => Ok(Err(refusal.to_string())),
    }
}

/// Asked before anything is printed.
fn hinders(held: &Held, word: &Word) -> Option<String> {
    if held.program.state() != State::Agreed {
        return Some(nastavnik_domain::program::Refusal::NotAgreed.to_string());
    }
    word.hinders().map(str::to_owned)
}
