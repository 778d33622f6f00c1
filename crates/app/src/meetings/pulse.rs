//! The pulse: three questions every few weeks, fifteen seconds. The answers are read by nobody but their author; a call for
//! help goes to the one who is called.

use askama::Template;
use nastavnik_domain::meeting::Addressee;
use nastavnik_domain::petition::Receiver;
use uuid::Uuid;

use super::record::Call;
use super::store::{self, NewPulse};
use super::{calls, seat};
use crate::endings;
use crate::kernel::audit::Entry;
use crate::kernel::errors::Outcome;
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Tab};
use crate::kernel::web::{Ctx, Path, Submission, again, page};
use crate::pairs::{self, Case};

#[derive(Template)]
#[template(path = "meetings/pulse.html")]
struct PulsePage {
    layout: Layout,
    tabs: Vec<Tab>,
    form: Form,
    form_key: Uuid,
    pair: Uuid,
    met: Vec<Choice>,
    useful: Vec<Choice>,
    help: Vec<Choice>,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let case = seat::writing(&ctx, ctx.app().db.reader(), id).await?;
    page(&pulse_page(&ctx, &case, Form::blank()).await?)
}

async fn pulse_page(ctx: &Ctx, case: &Case, form: Form) -> Outcome<PulsePage> {
    let pair = case.pair.id;
    let receiver = endings::receiver(ctx, ctx.app().db.reader(), &case.pair).await?;
    let mut layout = ctx.layout("Три вопроса").await?;
    layout.crumbs = vec![
        Crumb::new(format!("/pairs/{pair}"), case.pair.title()),
        Crumb::new(format!("/pairs/{pair}/meetings"), "Встречи"),
    ];
    Ok(PulsePage {
        layout,
        tabs: pairs::tabs(ctx, &case.pair, "/meetings"),
        form,
        form_key: ids::form_key(),
        pair,
        met: met(),
        useful: useful(),
        help: help(ctx, case, receiver),
    })
}

fn met() -> Vec<Choice> {
    vec![Choice::new("yes", "Была"), Choice::new("no", "Не было")]
}

fn useful() -> Vec<Choice> {
    (1..=5).map(|mark: u8| Choice::new(mark.to_string(), mark.to_string())).collect()
}

/// A mentor does not call oneself.
fn help(ctx: &Ctx, case: &Case, receiver: Receiver) -> Vec<Choice> {
    let is_mentor = case.pair.mentor.person == ctx.actor().person.0;
    let called = Addressee::ALL.into_iter().filter(|one| !is_mentor || *one != Addressee::Mentor);
    let nobody = std::iter::once(Choice::new("nobody", "Не нужна"));
    let from = |one: Addressee| Choice::new(one.code(), format!("От {}", calls::from_whom(one, receiver)));
    nobody.chain(called.map(from)).collect()
}

pub(super) async fn answer(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let case = seat::writing(&ctx, ctx.app().db.reader(), id).await?;
    let mut form = submitted.form.clone();
    let was_met = form.required_choice("met", "Была ли встреча", &met());
    let usefulness = form.optional_choice("useful", "Насколько полезно", &useful());
    let called = form.required_choice("help", "Нужна ли помощь", &help(&ctx, &case, Receiver::Curator));
    let (Some(was_met), Some(called), true) = (was_met, called, form.is_valid()) else {
        return again(&pulse_page(&ctx, &case, form).await?);
    };
    let person = ctx.actor().person.0;
    let change = ctx.change(&submitted).await?;
    let usefulness = usefulness.and_then(|mark| mark.parse().ok());
    let new = NewPulse { pair: id, person, was_met: was_met == "yes", usefulness };
    store::add_pulse(change.tx(), change.now(), &new).await?;
    let subject = ("pair", Some(id));
    let organization = Some(case.pair.organization);
    change.journal(Entry { kind: "pulse_answered", subject, organization, payload: &() }).await?;
    if let Some(addressee) = Addressee::from_code(&called) {
        calls::make(&ctx, &change, &case, &Call { addressee, words: String::new() }).await?;
    }
    change.finish(&format!("/pairs/{id}/meetings"), "Спасибо. Ваши ответы никто, кроме вас, не увидит").await
}
