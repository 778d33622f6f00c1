//! The head and the secretary: the council is a body of its own (п. 4.1.3) and chooses them itself.

use nastavnik_domain::policy::Permission;

use super::store::{self, Office};
use super::{board, visible};
use crate::kernel::audit::Entry;
use crate::kernel::db;
use crate::kernel::errors::Outcome;
use crate::kernel::web::{Ctx, Submission, again};

/// Records whom the council has chosen; whoever held the office before holds it no longer.
pub(super) async fn choose(ctx: Ctx, submitted: Submission) -> Outcome {
    let mut form = submitted.form.clone();
    let organization = visible::organization(&ctx, Permission::HoldCouncil, form.text("organization"))?;
    let reader = ctx.app().db.reader();
    let members = store::members(reader, organization, ctx.today).await?;
    let choices = board::choices(&members);
    let chosen = Office::ALL.map(|office| {
        let person = form.required_choice(office.code(), office.title(), &choices);
        (office, person.and_then(|id| id.parse().ok()))
    });
    let from = form.required_date("started_on", "С какого дня");
    if from.is_some_and(|day| day > ctx.today) {
        form.error("started_on", "Этот день ещё не наступил. Запишите избранных в день выборов или позже.");
    }
    let Some(from) = from.filter(|_| form.is_valid()) else {
        let offices = store::offices(reader, organization, ctx.today).await?;
        return again(&board::board_page(&ctx, organization, members, offices, form).await?);
    };
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "organization", organization).await?;
    let held = store::offices(change.tx(), organization, ctx.today).await?;
    for (office, person) in chosen {
        let Some(person) = person.filter(|person| held.get(&office) != Some(person)) else { continue };
        store::set_office(&change, organization, office, person, from).await?;
        let subject = ("person", Some(person));
        change
            .journal(Entry {
                kind: "council_office_given",
                subject,
                organization: Some(organization),
                payload: &(),
            })
            .await?;
    }
    change.finish(&format!("/council?organization={organization}"), "Председатель и секретарь записаны").await
}
