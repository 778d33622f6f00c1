//! One's own route at a glance: the seven steps, what is left, the picture of the years.

use askama::Template;
use nastavnik_domain::pathway::{Lack, Pathway, Standing};
use nastavnik_domain::russian::{period, short};

use super::picture::{self, Picture};
use super::store::{self, Held};
use super::yearly::{self, Yearly};
use super::{begin, steps};
use crate::kernel::errors::Outcome;
use crate::kernel::page::{Layout, Step as StepLine, StepState};
use crate::kernel::web::{Ctx, page};

#[derive(Template)]
#[template(path = "pathway/own.html")]
struct OwnPage {
    layout: Layout,
    term: String,
    steps: Vec<StepLine>,
    pathway: Pathway,
    lacks: Vec<Lack>,
    picture: Picture,
    programs: Vec<Yearly>,
    tutor: String,
    opened: usize,
    waiting: Vec<steps::CommentView>,
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let reader = ctx.app().db.reader();
    let Some(held) = store::of_person(reader, ctx.actor().person.0).await? else {
        return begin::show(&ctx).await;
    };
    let tutor = match held.tutor {
        Some(tutor) => store::name_of(reader, tutor).await?.map(|name| name.full()),
        None => None,
    };
    let programs = yearly::of(&ctx, reader, held.person).await?;
    let Held { pathway, opens, .. } = held;
    page(&OwnPage {
        layout: ctx.layout("Мой маршрут").await?,
        term: period(pathway.term.from, pathway.term.to),
        steps: stepper(&pathway),
        lacks: pathway.lacks(),
        picture: picture::of(&pathway, &programs),
        waiting: pathway.open_comments().map(steps::comment).collect(),
        tutor: tutor.unwrap_or_default(),
        opened: opens.len(),
        programs,
        pathway,
    })
}

/// The seven steps with the day and the author of each completed one (E2).
pub(super) fn stepper(pathway: &Pathway) -> Vec<StepLine> {
    let line = |step: nastavnik_domain::pathway::Step| {
        let (note, state) = match (pathway.standing(step), pathway.mark(step)) {
            (_, Some(mark)) if mark.waived.is_some() => {
                (format!("не нужна, {}", short(mark.on)), StepState::Done)
            }
            (_, Some(mark)) => {
                (format!("{}, {}", short(mark.on), mark.by.title().to_lowercase()), StepState::Done)
            }
            (Standing::Open, None) => ("сейчас".to_owned(), StepState::Now),
            (Standing::NotNeeded, None) => ("не нужен".to_owned(), StepState::Ahead),
            _ => ("впереди".to_owned(), StepState::Ahead),
        };
        StepLine::new(step.title(), note, state)
    };
    nastavnik_domain::pathway::Step::ALL.into_iter().map(line).collect()
}
