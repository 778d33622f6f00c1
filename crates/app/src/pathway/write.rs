//! What the owner writes in the steps that are words: self-image, diagnoses, reflection.

use nastavnik_domain::competence::Domain;
use nastavnik_domain::pathway::{
    Event, Finding, Findings, Pathway, ReflectedOn, Reflection, SelfImage, Step, Voice,
};

use super::store::Held;
use super::{act, steps, visible};
use crate::kernel::errors::Outcome;
use crate::kernel::forms::Form;
use crate::kernel::web::{Ctx, Submission};

const LONG: usize = 4000;

pub(super) async fn self_image(ctx: Ctx, submitted: Submission) -> Outcome {
    let held = visible::own(&ctx, ctx.app().db.reader()).await?;
    let mut form = submitted.form.clone();
    let ideal = form.required_paragraphs("ideal", "Каким педагогом вы хотите быть", LONG);
    let values = form.optional_paragraphs("values", "Что для вас важно", LONG);
    let own_way = form.optional_paragraphs("own_way", "Что вы делаете по-своему", LONG);
    let image = ideal.map(|ideal| SelfImage {
        ideal,
        values: values.unwrap_or_default(),
        own_way: own_way.unwrap_or_default(),
    });
    let event = image.map(|image| Event::SelfImageWritten { image });
    save(&ctx, &held, &submitted, (Step::SelfImage, form, event)).await
}

pub(super) async fn achievements(ctx: Ctx, submitted: Submission) -> Outcome {
    found(&ctx, &submitted, Step::Achievements).await
}

pub(super) async fn difficulties(ctx: Ctx, submitted: Submission) -> Outcome {
    found(&ctx, &submitted, Step::Difficulties).await
}

async fn found(ctx: &Ctx, submitted: &Submission, step: Step) -> Outcome {
    let reader = ctx.app().db.reader();
    let held = visible::own(ctx, reader).await?;
    let seen = steps::seen(ctx, reader, step).await?;
    let mut form = submitted.form.clone();
    let list: Vec<Finding> = Domain::ALL
        .into_iter()
        .filter_map(|domain| {
            let words = form.optional_paragraphs(domain.code(), domain.short(), LONG)?;
            Some(Finding { domain, words })
        })
        .collect();
    if form.is_valid() && list.is_empty() {
        form.error(Domain::ALL[0].code(), "Напишите хотя бы об одной области, остальные оставьте пустыми.");
    }
    let known = held.pathway.findings(step).and_then(|known| known.seen_on);
    let seen_on = seen.first().map(|one| one.seen_on).or(known);
    let event = Event::Found { step, findings: Findings { seen_on, list } };
    save(ctx, &held, submitted, (step, form, Some(event))).await
}

pub(super) async fn reflection(ctx: Ctx, submitted: Submission) -> Outcome {
    let held = visible::own(&ctx, ctx.app().db.reader()).await?;
    let mut form = submitted.form.clone();
    let event = Event::Reflected { reflection: reflected(&mut form, &held.pathway) };
    save(&ctx, &held, &submitted, (Step::Reflection, form, Some(event))).await
}

/// The reflection as a form says it.
pub(super) fn reflected(form: &mut Form, pathway: &Pathway) -> Reflection {
    let mut list = Vec::new();
    for finding in &pathway.difficulties.list {
        let (code, title) = (finding.domain.code(), finding.domain.short());
        let was = form.optional_paragraphs(&format!("was_{code}"), &format!("Было: {title}"), LONG);
        let became = form.optional_paragraphs(&format!("became_{code}"), &format!("Стало: {title}"), LONG);
        if was.is_some() || became.is_some() {
            let (was, became) = (was.unwrap_or_default(), became.unwrap_or_default());
            list.push(ReflectedOn { domain: finding.domain, was, became });
        }
    }
    let closeness = form.optional_integer("closeness", "Близость к желаемому образу", 0..=10);
    let closeness = closeness.and_then(|number| u8::try_from(number).ok());
    let words = form.optional_paragraphs("words", "Что помогло и что дальше", LONG).unwrap_or_default();
    Reflection { list, closeness, words }
}

/// Keeps what was written, unless it is wrong or was written over something newer.
async fn save(
    ctx: &Ctx,
    held: &Held,
    submitted: &Submission,
    (step, mut form, event): (Step, Form, Option<Event>),
) -> Outcome {
    let (Some(event), true) = (event, form.is_valid()) else {
        return steps::show_again(ctx, step, form).await;
    };
    if form.text("seen") != steps::seal(&held.pathway, step)? {
        form.error(first_field(step), act::STALE);
        return steps::show_again(ctx, step, form).await;
    }
    let change = ctx.change(submitted).await?;
    if let Err(refusal) = act::act(ctx, &change, held, (Voice::Owner, event)).await? {
        drop(change);
        form.error(first_field(step), format!("{refusal}."));
        return steps::show_again(ctx, step, form).await;
    }
    change.finish(&steps::href(step), "Сохранено").await
}

const fn first_field(step: Step) -> &'static str {
    match step {
        Step::SelfImage => "ideal",
        Step::Reflection => "words",
        _ => Domain::ALL[0].code(),
    }
}
