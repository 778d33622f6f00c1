//! Pairs and groups: a mentor, one or more mentees, terms; their state follows from papers (п. 2.3, 4.1).

mod card;
mod card_papers;
mod create;
mod facts;
mod form;
mod front;
mod history;
mod joining;
mod list;
mod offer;
mod record;
mod reverse;
mod state;
mod store;
mod succession;
mod tabs;
mod terms;
mod withdraw;

use nastavnik_domain::policy::Permission;

pub use form::{FormError, Wanted, form};
pub use front::{
    Counts, Mentored, cases_by_ids, cases_of_organization, counts, director, end, ends_soon, engagements,
    formed, in_force_rows, in_force_with, leave, lock, school, standing_on, titles, visible_case,
    visible_cases,
};
pub use joining::{Invited, invited, join, joining_refusals};
pub use offer::usual_period;
pub use record::{Ended, Job, Joining, Pair, Participant, PayTerms, Side, Supplements, TypedAgreement};
pub use state::{Case, State};
pub use store::{School, Standing};
pub use succession::{Neighbor, Succession, continued, link, succession};
pub use tabs::tabs;
pub use withdraw::{give_up, strike};

use crate::kernel::errors::Outcome;
use crate::kernel::forms::Form;
use crate::kernel::registry::Registry;
use crate::kernel::web::Ctx;

/// Paths of pairs.
pub fn routes(registry: Registry) -> Registry {
    use Permission::{FormPairs, ReadPairs};
    registry
        .get("/pairs", ReadPairs, list::list)
        .get("/pairs.xlsx", ReadPairs, list::workbook)
        .get("/pairs/new", FormPairs, create::show_new)
        .post("/pairs", FormPairs, create::create)
        .get("/pairs/{id}", ReadPairs, card::show)
        .get("/pairs/{id}/edit", FormPairs, create::show_edit)
        .post("/pairs/{id}/edit", FormPairs, create::edit)
        .get("/pairs/{id}/reverse", FormPairs, reverse::show)
        .post("/pairs/{id}/reverse", FormPairs, reverse::create)
        .get("/pairs/{id}/joining", FormPairs, joining::show)
        .post("/pairs/{id}/joining", FormPairs, joining::create)
        .post("/pairs/{id}/joining/withdrawal", FormPairs, joining::withdraw)
        .post("/pairs/{id}/withdrawal", FormPairs, withdraw::withdraw)
}

/// The card of a pair once more, with the mistakes of a form that stands on it.
pub async fn card_again(ctx: &Ctx, case: Case, form: Form) -> Outcome {
    card::again_with(ctx, case, form).await
}
