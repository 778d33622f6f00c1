//! Where a confirmed decision leads: a button for whoever takes the step, a sentence of who does for everybody else.

use nastavnik_domain::evaluation::Decision;
use nastavnik_domain::policy::Permission;

use super::continuation;
use super::follow::{Step, Steps};
use super::visible::Scene;
use crate::kernel::errors::Outcome;
use crate::kernel::forms::Form;
use crate::kernel::web::Ctx;

/// What comes next.
pub(super) struct Next {
    pub(super) words: &'static str,
    /// Who takes the step, where it is not this reader.
    pub(super) who: &'static str,
    /// Address and word of the button.
    pub(super) link: Option<(String, &'static str)>,
    /// The form of a new pair of the same people, for whoever forms pairs.
    pub(super) forms: Option<Form>,
}

/// What follows from the decision, for this reader; nothing before it is confirmed. `sent` is the form of a continuation
/// with its mistakes.
pub(super) async fn next(ctx: &Ctx, scene: &Scene, sent: &Form) -> Outcome<Option<Next>> {
    let Some(row) = scene.row.as_ref().filter(|row| row.confirmed_on.is_some()) else { return Ok(None) };
    let Some(word) = row.concluded.as_ref() else { return Ok(None) };
    let decision = word.decision;
    let mut next = Next { words: decision.means(), who: "", link: None, forms: None };
    let steps = Steps::of(ctx.app().db.reader(), &[&scene.case]).await?;
    let step = steps.stands(&scene.case, word);
    next.link = match &step {
        Step::Continued(pair) => opens(ctx, scene).then(|| (format!("/pairs/{pair}"), "Открыть новую пару")),
        _ => link(ctx, scene, decision, &step),
    };
    if matches!(step, Step::Waits) && next.link.is_none() {
        if continuation::leads(decision) && scene.may(ctx, Permission::FormPairs) {
            next.forms = Some(continuation::first_form(ctx, scene, sent)?);
        } else {
            next.who = decision.who();
        }
    }
    Ok(Some(next))
}

/// The same people are in the pair that goes on, and the school reads its pairs.
fn opens(ctx: &Ctx, scene: &Scene) -> bool {
    let pair = &scene.case.pair;
    let me = ctx.actor().person.0;
    pair.mentor.person == me || pair.stays(me) || scene.may(ctx, Permission::ReadPairs)
}

fn link(ctx: &Ctx, scene: &Scene, decision: Decision, step: &Step) -> Option<(String, &'static str)> {
    let (case, me) = (&scene.case, ctx.actor().person.0);
    match decision {
        Decision::Continue | Decision::Prolong | Decision::NextProgram => None,
        Decision::Revise => {
            let word = if matches!(step, Step::Waits) {
                "Начать новую редакцию"
            } else {
                "Открыть программу"
            };
            case.pair.has(me).then(|| (format!("/pairs/{}/program", case.pair.id), word))
        }
        Decision::Complete => ending(ctx, scene),
        Decision::Route => case.pair.stays(me).then(|| {
            let word = if matches!(step, Step::Waits) {
                "Начать маршрут"
            } else {
                "Открыть мой маршрут"
            };
            ("/own/route".to_owned(), word)
        }),
    }
}

/// The order that ends the pair, its fields filled: by agreement, the goal is reached, on the last day.
fn ending(ctx: &Ctx, scene: &Scene) -> Option<(String, &'static str)> {
    let case = &scene.case;
    if !scene.may(ctx, Permission::RecordPapers) || case.state != crate::pairs::State::Active {
        return None;
    }
    if let Some(order) = case.ending_order(None) {
        return Some((format!("/papers/{}", order.id), "Открыть приказ о прекращении"));
    }
    let (today, last) = (ctx.today, case.last_day());
    let address = format!(
        "/pairs/{}/ending?by=agreement&reason=goal_reached&notice_on={today}&last_day={last}",
        case.pair.id
    );
    Some((address, "Подготовить приказ о прекращении"))
}
