//! «Подходим друг другу»: one side's page. The other side never sees it.

use std::collections::BTreeMap;

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::fit::{self, Answer, Round};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::store::{self, FitRow, NewFit};
use super::{note, visible};
use crate::kernel::errors::Outcome;
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Tab};
use crate::kernel::web::{Ctx, Path, Submission, again, page};
use crate::meetings;
use crate::pairs::{self, Case};

#[derive(Template)]
#[template(path = "endings/fit.html")]
struct FitPage {
    layout: Layout,
    tabs: Vec<Tab>,
    form: Form,
    form_key: Uuid,
    pair: Uuid,
    /// The round that is due by the meetings; nothing before the first one.
    round: Option<Round>,
    answers: Vec<Choice>,
    /// One's own answers so far.
    own: Vec<Own>,
}

struct Own {
    round: &'static str,
    answer: &'static str,
    wish: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let case = visible::visible_own_pair(&ctx, ctx.app().db.reader(), id).await?;
    page(&fit_page(&ctx, &case, Form::blank()).await?)
}

pub(super) async fn answer(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let case = visible::visible_own_pair(&ctx, ctx.app().db.reader(), id).await?;
    let mut form = submitted.form.clone();
    let answer = form.required_choice("answer", "Подходите ли вы друг другу", &choices());
    let wish = form.optional_paragraphs("wish", "Пожелание", 500).unwrap_or_default();
    let round = round(&ctx, &case).await?;
    if round.is_none() {
        form.error("answer", "Ответ понадобится после первой встречи: её пока нет.");
    }
    let answer = answer.as_deref().and_then(Answer::from_code).filter(|_| form.is_valid());
    let Some((answer, round)) = answer.zip(round) else {
        return again(&fit_page(&ctx, &case, form).await?);
    };
    let change = ctx.change(&submitted).await?;
    let new = NewFit { pair: id, person: ctx.actor().person.0, round, answer, wish };
    let row = store::add_fit(&change, new).await?;
    note(&change, "pair_fit_answered", ("pair_fit", row)).await?;
    change.finish(&format!("/pairs/{id}/fit"), "Спасибо, ответ записан. Его видите только вы").await
}

/// Of these pairs, those about which the person is still asked.
pub(super) async fn asked(
    connection: &impl ConnectionTrait,
    cases: &[Case],
    person: Uuid,
    today: NaiveDate,
) -> Outcome<Vec<(Uuid, Round)>> {
    let pairs: Vec<Uuid> =
        cases.iter().filter(|case| case.state == pairs::State::Active).map(|case| case.pair.id).collect();
    let held = meetings::held(connection, &pairs).await?;
    let mut answered: BTreeMap<Uuid, Vec<Round>> = BTreeMap::new();
    for row in store::own_fits(connection, person, &pairs).await? {
        answered.entry(row.mentorship_id).or_default().extend(Round::from_number(row.round));
    }
    let due = |pair: &Uuid| {
        let known = answered.get(pair).map(Vec::as_slice).unwrap_or_default();
        let round = fit::asked(held.get(pair)?, today, known)?;
        Some((*pair, round))
    };
    Ok(pairs.iter().filter_map(due).collect())
}

async fn round(ctx: &Ctx, case: &Case) -> Outcome<Option<Round>> {
    let held = meetings::held(ctx.app().db.reader(), &[case.pair.id]).await?;
    Ok(held.get(&case.pair.id).and_then(|days| fit::round(days, ctx.today)))
}

fn choices() -> Vec<Choice> {
    let hint = |answer| match answer {
        Answer::Yes => "",
        Answer::Watching => "Ещё рано говорить. Это обычный ответ",
        Answer::No => "Куратор узнает только то, что паре нужен разговор",
    };
    let word = |answer: Answer| match answer {
        Answer::Yes => "Да, подходим",
        Answer::Watching => "Присматриваемся",
        Answer::No => "Нет",
    };
    Answer::ALL.map(|answer| Choice::new(answer.code(), word(answer)).with_hint(hint(answer))).to_vec()
}

fn own(row: &FitRow) -> Option<Own> {
    Some(Own {
        round: Round::from_number(row.round)?.title(),
        answer: Answer::from_code(&row.answer)?.title(),
        wish: row.wish.clone(),
    })
}

async fn fit_page(ctx: &Ctx, case: &Case, form: Form) -> Outcome<FitPage> {
    let id = case.pair.id;
    let mut layout = ctx.layout("Подходим друг другу").await?;
    layout.crumbs =
        vec![Crumb::new("/pairs", "Пары и группы"), Crumb::new(format!("/pairs/{id}"), case.pair.title())];
    let rows = store::own_fits(ctx.app().db.reader(), ctx.actor().person.0, &[id]).await?;
    let round = round(ctx, case).await?.filter(|_| case.state == pairs::State::Active);
    Ok(FitPage {
        layout,
        tabs: pairs::tabs(ctx, &case.pair, "/fit"),
        form,
        form_key: ids::form_key(),
        pair: id,
        round,
        answers: choices(),
        own: rows.iter().filter_map(own).collect(),
    })
}
