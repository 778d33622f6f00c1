//! The conclusion: checklist, decision, reason; the council may be asked. It is the curator's word, and of somebody else where
//! the curator takes part in the pair.

use nastavnik_domain::evaluation::{Decision, Deed, Mark, score};
use uuid::Uuid;

use super::part::note;
use super::record::Answers;
use super::rules::rules;
use super::show;
use super::store::{self, NewConclusion};
use super::visible::{Scene, locked, told, visible};
use crate::council::{self, MatterKind, NewMatter};
use crate::kernel::errors::Outcome;
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::web::{Ctx, Path, Submission};

/// The curator's word as it was sent.
struct Word {
    decision: Decision,
    reason: String,
    answers: Answers,
}

pub(super) async fn conclude(
    ctx: Ctx,
    Path((id, wave)): Path<(Uuid, String)>,
    submitted: Submission,
) -> Outcome {
    let scene = visible(&ctx, ctx.app().db.reader(), id, &wave).await?;
    scene.require_concluder(&ctx)?;
    let mut form = submitted.form.clone();
    let Some(word) = read(&mut form, &scene, &ctx)? else {
        return show::again_with(&ctx, scene, form).await;
    };
    let change = ctx.change(&submitted).await?;
    let scene = locked(&ctx, &change, id, &wave).await?;
    scene.require_concluder(&ctx)?;
    scene.evaluation.allow(Deed::Conclude(word.decision), ctx.today).map_err(told)?;
    let facts = scene.facts(&ctx, change.tx()).await?;
    let evaluation = store::ensure(&change, (id, scene.case.pair.organization), &scene.plan).await?;
    let marks: Vec<Mark> = word.answers.values().copied().collect();
    let found = score(&marks, rules(ctx.today)?);
    let new = NewConclusion {
        id: evaluation,
        decision: word.decision,
        reason: &word.reason,
        points: i64::from(found.points),
        most: i64::from(found.most),
        on: ctx.today,
        by: ctx.actor().person.0,
        facts: &facts,
    };
    store::set_concluded(&change, &new).await?;
    store::set_answers(&change, evaluation, &word.answers).await?;
    note(&change, &scene, "evaluation_concluded").await?;
    change.finish(&scene.base(), "Итог подведён, его утверждает руководитель").await
}

fn read(form: &mut Form, scene: &Scene, ctx: &Ctx) -> anyhow::Result<Option<Word>> {
    let decision = form.required_choice("decision", "Решение", &decisions(scene));
    let reason = form.required_paragraphs("reason", "Почему такое решение", 1000);
    let mut answers = Answers::new();
    for item in rules(ctx.today)?.items(scene.plan.wave) {
        let chosen = form.required_choice(&item_name(&item.code), &item.text, &marks());
        let mark = chosen.and_then(|chosen| Mark::from_number(chosen.parse().ok()?));
        answers.extend(mark.map(|mark| (item.code.clone(), mark)));
    }
    let decision = decision.as_deref().and_then(Decision::from_code);
    let word = decision.zip(reason).map(|(decision, reason)| Word { decision, reason, answers });
    Ok(word.filter(|_| form.is_valid()))
}

/// The name of an item's field.
pub(super) fn item_name(code: &str) -> String {
    format!("item_{code}")
}

/// The answers of an item, the best first.
pub(super) fn marks() -> Vec<Choice> {
    Mark::ALL.into_iter().rev().map(|mark| Choice::new(mark.number().to_string(), mark.title())).collect()
}

/// What may be decided, with what comes of it.
pub(super) fn decisions(scene: &Scene) -> Vec<Choice> {
    let choice = |decision: &Decision| {
        Choice::new(decision.code(), capitalized(*decision)).with_hint(decision.means())
    };
    Decision::offered(scene.plan.wave).iter().map(choice).collect()
}

/// The decision with a capital letter.
pub(super) fn capitalized(decision: Decision) -> String {
    capital(decision.title())
}

/// Words with a capital letter.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Puts the conclusion before the council.
pub(super) async fn ask_council(
    ctx: Ctx,
    Path((id, wave)): Path<(Uuid, String)>,
    submitted: Submission,
) -> Outcome {
    let scene = visible(&ctx, ctx.app().db.reader(), id, &wave).await?;
    scene.require_concluder(&ctx)?;
    let change = ctx.change(&submitted).await?;
    let scene = locked(&ctx, &change, id, &wave).await?;
    scene.require_concluder(&ctx)?;
    scene.evaluation.allow(Deed::AskCouncil, ctx.today).map_err(told)?;
    let Some((row, word)) = scene.row.as_ref().and_then(|row| Some((row, row.concluded.as_ref()?))) else {
        return Err(told(nastavnik_domain::evaluation::Refusal::NotConcluded));
    };
    let subject = ids::row_id();
    let words =
        format!("{}: {}. Предложено: {}", scene.plan.title(), scene.case.pair.title(), word.decision.title());
    let matter = NewMatter {
        organization: scene.case.pair.organization,
        kind: MatterKind::Program,
        mentorship: id,
        subject,
        words: &words,
        due_on: None,
    };
    council::raise(&change, &matter).await?;
    store::set_asked(&change, row.id, subject).await?;
    note(&change, &scene, "evaluation_council_asked").await?;
    change.finish(&scene.base(), "Вопрос передан совету наставников").await
}
