//! The only ways to what the council and the psychologist say of a pair.

use nastavnik_domain::policy::Permission;
use uuid::Uuid;

use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::web::Ctx;
use crate::pairs::{self, Case, State};

/// The pair for somebody who holds any of these permissions in its organization. For those who take part in it the page
/// does not exist, whatever else they are: nobody reads what is said of oneself in one's absence.
pub(super) async fn pair(ctx: &Ctx, id: Uuid, opens: &[Permission]) -> Outcome<Case> {
    let (reader, me) = (ctx.app().db.reader(), ctx.actor().person.0);
    let reach = ctx.reach(Permission::ReadPairs);
    let case = pairs::visible_case(reader, &reach, me, id, ctx.today).await?.ok_or(AppError::NotFound)?;
    let place = case.pair.place();
    let is_open = opens.iter().any(|permission| ctx.actor().may_at(*permission, &place));
    if !is_open || case.pair.has(me) {
        return Err(AppError::NotFound);
    }
    Ok(case)
}

/// The organization asked for within the reach of the permission; without a word the first one.
pub(super) fn organization(ctx: &Ctx, permission: Permission, asked: &str) -> Outcome<Uuid> {
    let reach = ctx.reach(permission);
    let mut own = reach.organizations.iter().map(|id| id.0);
    if asked.is_empty() {
        return own.next().ok_or(AppError::NotFound);
    }
    let asked: Option<Uuid> = asked.parse().ok();
    own.find(|id| Some(*id) == asked).ok_or(AppError::NotFound)
}

/// No order is signed yet, so who works with whom may still change.
pub(super) const fn is_preparing(case: &Case) -> bool {
    matches!(case.state, State::Draft | State::AwaitsPapers | State::ReadyForOrder | State::AwaitsOrder)
}

/// The mentees of a pair to choose among.
pub(super) fn mentees(case: &Case) -> Vec<Choice> {
    let choice = |mentee: &pairs::Participant| Choice::new(mentee.person.to_string(), mentee.name.full());
    case.pair.mentees.iter().map(choice).collect()
}

/// A form that already names the mentee where there is only one.
pub(super) fn about_the_only(case: &Case) -> Form {
    match case.pair.mentees.as_slice() {
        [one] => Form::blank().with("mentee", one.person.to_string()),
        _ => Form::blank(),
    }
}

/// Which mentee a form is about.
pub(super) fn read_mentee(form: &mut Form, case: &Case) -> Option<Uuid> {
    form.required_choice("mentee", "О ком", &mentees(case))?.parse().ok()
}
