//! A question sent to the council by mistake is taken back before the council has decided on it (п. 4.1.2). A question about a
//! program goes back together with the program, one about a dispute with its petition.

use askama::Template;
use nastavnik_domain::policy::Permission;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::store::{self, Sent};
use super::{MatterKind, agenda, visible};
use crate::kernel::audit::Entry;
use crate::kernel::db;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, filters};
use crate::kernel::web::{Ctx, Path, Submission, again, page};

/// Longest reason.
const REASON: usize = 300;

#[derive(Template)]
#[template(path = "council/withdrawal.html")]
struct WithdrawalPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    action: String,
    back: String,
    question: String,
    words: String,
    /// The day of the sitting whose agenda it stands on.
    planned: Option<chrono::NaiveDate>,
    /// Why it can't be taken back any more; empty while it can.
    hindrance: &'static str,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let sent = found(&ctx, ctx.app().db.reader(), id).await?;
    page(&withdrawal_page(&ctx, &sent, Form::blank()).await?)
}

pub(super) async fn create(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let sent = found(&ctx, ctx.app().db.reader(), id).await?;
    let mut form = submitted.form.clone();
    let Some(reason) = form.required_text("reason", "Почему вопрос больше не нужен совету", REASON)
    else {
        return again(&withdrawal_page(&ctx, &sent, form).await?);
    };
    let change = ctx.change(&submitted).await?;
    // Votes are recorded with the sitting held: so they are here before the question is looked at once more.
    if let Some((sitting, _)) = sent.planned {
        db::lock_row(change.tx(), "council_sitting", sitting).await?;
    }
    db::lock_row(change.tx(), "council_matter", id).await?;
    let fresh = found(&ctx, change.tx(), id).await?;
    if !hindrance(&fresh).is_empty() {
        return Err(AppError::Conflict(hindrance(&fresh).to_owned()));
    }
    super::take_back(&change, MatterKind::Pair, fresh.subject).await?;
    let subject = ("mentorship", Some(fresh.mentorship));
    let payload = serde_json::json!({ "reason": reason });
    let organization = Some(fresh.organization);
    change
        .journal(Entry { kind: "council_pair_taken_back", subject, organization, payload: &payload })
        .await?;
    change.finish(&back(&fresh), "Вопрос снят с рассмотрения. Отправить пару на совет можно снова").await
}

/// The question of a pair for the curator of its organization; for those who take part in the pair there is none.
async fn found(ctx: &Ctx, connection: &impl ConnectionTrait, id: Uuid) -> Outcome<Sent> {
    let reach = ctx.reach(Permission::ReadCouncil);
    let sent = store::visible_sent(connection, &reach, id).await?.ok_or(AppError::NotFound)?;
    let case = visible::pair(ctx, sent.mentorship, &[Permission::ReadCouncil]).await?;
    ctx.require(Permission::FormPairs, &case.pair.place())?;
    Ok(sent)
}

/// Why the question stays.
const fn hindrance(sent: &Sent) -> &'static str {
    if sent.is_closed {
        "Этот вопрос уже решён или снят с рассмотрения"
    } else if sent.is_voted {
        "Совет уже проголосовал по этому вопросу, решение войдёт в протокол. Попросите председателя отложить вопрос"
    } else {
        ""
    }
}

fn back(sent: &Sent) -> String {
    format!("/council?organization={}", sent.organization)
}

async fn withdrawal_page(ctx: &Ctx, sent: &Sent, form: Form) -> Outcome<WithdrawalPage> {
    let mut layout = ctx.layout("Снять вопрос с рассмотрения").await?;
    layout.crumbs = vec![Crumb::new(back(sent), "Совет наставников")];
    let titles = agenda::titles(ctx.app().db.reader(), std::iter::once(sent.mentorship)).await?;
    Ok(WithdrawalPage {
        layout,
        form,
        form_key: ids::form_key(),
        action: address(sent.id),
        back: back(sent),
        question: agenda::title(MatterKind::Pair, titles.get(&sent.mentorship)),
        words: sent.words.clone(),
        planned: sent.planned.map(|(_, day)| day),
        hindrance: hindrance(sent),
    })
}

/// Where a question is taken back.
pub(super) fn address(matter: Uuid) -> String {
    format!("/council/matters/{matter}/withdrawal")
}
