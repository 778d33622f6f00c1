//! One's own earlier routes: read whole, printed, taken away, with those who accompanied.

use askama::Template;
use nastavnik_domain::pathway::{Kind, Pathway};
use nastavnik_domain::russian::{period, short};
use uuid::Uuid;

use super::picture::{self, Picture};
use super::store::Held;
use super::{own, steps, visible};
use crate::kernel::errors::Outcome;
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Step as StepLine, filters};
use crate::kernel::web::{Ctx, Path, again, page};

#[derive(Template)]
#[template(path = "pathway/past.html")]
struct PastPage {
    layout: Layout,
    form: Form,
    id: Uuid,
    term: String,
    end: String,
    steps: Vec<StepLine>,
    pathway: Pathway,
    picture: Picture,
    lists: Vec<(Kind, Vec<nastavnik_domain::pathway::Entry>)>,
    comments: Vec<steps::CommentView>,
}

/// An earlier route in a list.
pub(super) struct Line {
    pub(super) id: Uuid,
    pub(super) term: String,
    pub(super) end: String,
}

impl Line {
    pub(super) fn of(held: &Held) -> Self {
        let pathway = &held.pathway;
        Self { id: held.id, term: period(pathway.term.from, pathway.term.to), end: end(pathway) }
    }
}

/// «завершён 20.05.2030», «остановлен 12.03.2028»; «продолжается».
pub(super) fn end(pathway: &Pathway) -> String {
    match (pathway.ended_on(), &pathway.stopped) {
        (Some(on), Some(_)) => format!("остановлен {}", short(on)),
        (Some(on), None) => format!("завершён {}", short(on)),
        (None, _) => "продолжается".to_owned(),
    }
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let held = visible::own_one(&ctx, ctx.app().db.reader(), id).await?;
    page(&past_page(&ctx, held, Form::blank()).await?)
}

/// The same page with the mistake of an answer.
pub(super) async fn show_again(ctx: &Ctx, held: Held, form: Form) -> Outcome {
    again(&past_page(ctx, held, form).await?)
}

async fn past_page(ctx: &Ctx, held: Held, form: Form) -> Outcome<PastPage> {
    let pathway = held.pathway;
    let mut layout =
        ctx.layout(&format!("Маршрут с {} по {}", short(pathway.term.from), short(pathway.term.to))).await?;
    layout.crumbs = vec![Crumb::new("/own/route", "Мой маршрут")];
    let list = |kind: Kind| (kind, pathway.list(kind).into_iter().cloned().collect());
    Ok(PastPage {
        layout,
        form,
        id: held.id,
        term: period(pathway.term.from, pathway.term.to),
        end: end(&pathway),
        steps: own::stepper(&pathway),
        picture: picture::of(&[&pathway], &[]),
        lists: Kind::ALL.into_iter().map(list).collect(),
        comments: pathway.comments.iter().map(steps::comment).collect(),
        pathway,
    })
}

impl PastPage {
    #[expect(clippy::unused_self, reason = "askama calls methods of the page")]
    fn key(&self) -> Uuid {
        ids::form_key()
    }

    /// Where answers to comments are sent.
    fn answers(&self) -> String {
        format!("/own/routes/{}/comments", self.id)
    }
}
