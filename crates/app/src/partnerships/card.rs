//! The card of an agreement: parties, days, who pays, its paper, the pairs that stand on it.

use askama::Template;
use nastavnik_domain::partnership::State;
use nastavnik_domain::policy::Permission;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::record::{Agreement, tone};
use super::store;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Tone, filters};
use crate::kernel::web::{Ctx, Path, again, page};
use crate::pairs;

#[derive(Template)]
#[template(path = "partnerships/card.html")]
struct CardPage {
    layout: Layout,
    form: Form,
    agreement: Agreement,
    state: State,
    tone: Tone,
    signatories: [String; 2],
    consents: Vec<String>,
    pairs: Vec<PairLine>,
    /// Pairs of the other party, which this reader does not see.
    others: usize,
    may_edit: bool,
    may_end: bool,
    scan_key: Uuid,
    end_key: Uuid,
}

struct PairLine {
    href: String,
    title: String,
    days: String,
    state: &'static str,
    tone: Tone,
}

/// The only loader of the slice: the agreement if one of its parties is within reach.
pub(super) async fn visible(ctx: &Ctx, connection: &impl ConnectionTrait, id: Uuid) -> Outcome<Agreement> {
    let reach = ctx.reach(Permission::ReadAgreements);
    store::visible_one(connection, &reach, id).await?.ok_or(AppError::NotFound)
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let agreement = visible(&ctx, ctx.app().db.reader(), id).await?;
    let form = Form::blank().with("last_day", ctx.today.to_string());
    page(&card_page(&ctx, agreement, form).await?)
}

/// The card again with mistakes of a form that stands on it.
pub(super) async fn again_with(ctx: &Ctx, agreement: Agreement, form: Form) -> Outcome {
    again(&card_page(ctx, agreement, form).await?)
}

async fn card_page(ctx: &Ctx, agreement: Agreement, form: Form) -> Outcome<CardPage> {
    let mut layout = ctx.layout(&format!("Договор о сотрудничестве {}", agreement.label())).await?;
    layout.crumbs = vec![Crumb::new("/agreements", "Договоры о сотрудничестве")];
    let (pairs, others) = pairs_on(ctx, &agreement).await?;
    let state = agreement.terms.state(ctx.today);
    let may_edit = ctx.actor().may_at(Permission::EditAgreements, &agreement.place());
    let is_open = agreement.terms.ends_after.is_none() && state != State::Over;
    Ok(CardPage {
        layout,
        form,
        tone: tone(state),
        signatories: signatories(ctx, &agreement).await?,
        consents: agreement
            .consents
            .iter()
            .map(|kind| format!("{}: {}", kind.letter(), kind.title()))
            .collect(),
        pairs,
        others,
        may_edit,
        may_end: may_edit && is_open,
        scan_key: ids::form_key(),
        end_key: ids::form_key(),
        state,
        agreement,
    })
}

/// Who signs, from the records of directors as of the day of the agreement.
async fn signatories(ctx: &Ctx, agreement: &Agreement) -> Outcome<[String; 2]> {
    let reader = ctx.app().db.reader();
    let head = async |organization| {
        let director = pairs::director(reader, organization, agreement.dated_on).await?;
        Ok::<_, AppError>(director.map_or_else(String::new, |director| director.name.full()))
    };
    let outside = &agreement.outside;
    let partner = match agreement.partner {
        Some(partner) => head(partner).await?,
        None => format!("{} {}", outside.head_position, outside.head_name).trim().to_owned(),
    };
    Ok([head(agreement.maker).await?, partner])
}

/// The pairs this reader sees, and how many more there are.
async fn pairs_on(ctx: &Ctx, agreement: &Agreement) -> Outcome<(Vec<PairLine>, usize)> {
    let reader = ctx.app().db.reader();
    let all = pairs::standing_on(reader, &[agreement.id]).await?;
    if all.is_empty() {
        return Ok((Vec::new(), 0));
    }
    let reach = ctx.reach(Permission::ReadPairs);
    let cases = pairs::visible_cases(reader, &reach, ctx.actor().person.0, ctx.today).await?;
    let stands = |case: &&pairs::Case| all.iter().any(|pair| pair.id == case.pair.id);
    let line = |case: &pairs::Case| PairLine {
        href: format!("/pairs/{}", case.pair.id),
        title: case.pair.title(),
        days: nastavnik_domain::russian::period(case.pair.period.from(), case.last_day()),
        state: case.state.title(),
        tone: case.state.tone(),
    };
    let lines: Vec<PairLine> = cases.iter().filter(stands).map(line).collect();
    let others = all.len().saturating_sub(lines.len());
    Ok((lines, others))
}
