//! Where a confirmed decision leads: to what the program can do, and honest words where it can't.

use nastavnik_domain::evaluation::Decision;
use nastavnik_domain::policy::Permission;

use super::visible::Scene;
use crate::kernel::web::Ctx;
use crate::pairs::State;

/// What comes next.
pub(super) struct Next {
    pub(super) words: &'static str,
    /// Address and word of the button; none where there is nothing to press for this reader.
    pub(super) link: Option<(String, &'static str)>,
}

/// What follows from the decision, for this reader; nothing before it is confirmed.
pub(super) fn next(ctx: &Ctx, scene: &Scene) -> Option<Next> {
    let row = scene.row.as_ref()?;
    row.confirmed_on?;
    let decision = row.concluded.as_ref()?.decision;
    let link = match decision {
        Decision::Continue | Decision::Route => None,
        Decision::Revise => Some((format!("/pairs/{}/program", scene.case.pair.id), "Открыть программу")),
        Decision::Complete => ending(ctx, scene),
        Decision::Prolong | Decision::NextProgram => new_pair(ctx, scene),
    };
    Some(Next { words: decision.means(), link })
}

/// The order that ends the pair, its fields filled: by agreement, the goal is reached, on the last day.
fn ending(ctx: &Ctx, scene: &Scene) -> Option<(String, &'static str)> {
    let case = &scene.case;
    if !scene.may(ctx, Permission::RecordPapers) || case.state != State::Active {
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

/// The form of a pair with the same people.
fn new_pair(ctx: &Ctx, scene: &Scene) -> Option<(String, &'static str)> {
    let pair = &scene.case.pair;
    if !scene.may(ctx, Permission::FormPairs) {
        return None;
    }
    let mentee = pair.staying().next()?.person;
    let address = format!(
        "/pairs/new?organization={}&mentee={mentee}&mentor={}",
        pair.organization, pair.mentor.person
    );
    Some((address, "Составить новую пару"))
}
