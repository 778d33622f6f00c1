//! One's own route at a glance: the seven steps, what is left, the picture of the years.

use askama::Template;
use nastavnik_domain::pathway::{Lack, Pathway, Standing};
use nastavnik_domain::russian::{period, short};
use uuid::Uuid;

use super::picture::{self, Picture};
use super::store::{self, Held};
use super::yearly::{self, Yearly};
use super::{begin, past, steps};
use crate::kernel::errors::Outcome;
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Layout, Step as StepLine, StepState, filters};
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
    opened: u64,
    waiting: Vec<steps::CommentView>,
    end: String,
    earlier: Vec<past::Line>,
    import: Form,
    form_key: Uuid,
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let reader = ctx.app().db.reader();
    let all = store::all_of_person(reader, ctx.actor().person.0).await?;
    let is_open = |held: &&Held| held.pathway.ended_on().is_none();
    let Some(held) = all.iter().find(is_open).or(all.last()).cloned() else {
        return begin::show(&ctx).await;
    };
    let tutor = match held.tutor {
        Some(tutor) => store::name_of(reader, tutor).await?.map(|name| name.full()),
        None => None,
    };
    let programs = yearly::of(&ctx, reader, held.person).await?;
    let Held { id, pathway, opens, .. } = held;
    page(&OwnPage {
        layout: ctx.layout("Мой маршрут").await?,
        term: period(pathway.term.from, pathway.term.to),
        steps: stepper(&pathway),
        lacks: pathway.lacks(),
        picture: picture::of(&all.iter().map(|one| &one.pathway).collect::<Vec<_>>(), &programs),
        earlier: all.iter().filter(|one| one.id != id).map(past::Line::of).collect(),
        end: past::end(&pathway),
        import: Form::blank(),
        form_key: ids::form_key(),
        waiting: pathway.open_comments().map(steps::comment).collect(),
        tutor: tutor.unwrap_or_default(),
        opened: u64::try_from(opens.len()).unwrap_or(u64::MAX),
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
            (Standing::Left, None) => ("не пройден".to_owned(), StepState::Ahead),
            _ => ("впереди".to_owned(), StepState::Ahead),
        };
        StepLine::new(step.title(), note, state)
    };
    nastavnik_domain::pathway::Step::ALL.into_iter().map(line).collect()
}
