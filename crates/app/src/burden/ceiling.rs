//! The director decides how many minutes a month the program may ask of a teacher, from a day on.

use serde::Serialize;

use super::page::{burden_page, sets};
use super::store::{self, Ceiling};
use crate::kernel::audit::Entry;
use crate::kernel::errors::Outcome;
use crate::kernel::web::{Ctx, Submission, again};

#[derive(Serialize)]
struct Set {
    minutes: i64,
    valid_from: chrono::NaiveDate,
}

pub(super) async fn set(ctx: Ctx, submitted: Submission) -> Outcome {
    let mut form = submitted.form.clone();
    let organization = form.required_choice("organization", "Организация", &sets(&ctx));
    let minutes = form.required_integer("minutes", "Минут в месяц", 5..=600);
    let valid_from = form.required_date("valid_from", "Действует с");
    if valid_from.is_some_and(|day| day < ctx.today) {
        form.error(
            "valid_from",
            "Решение действует с сегодняшнего дня или позже: прошлое не переписывается.",
        );
    }
    let organization = organization.and_then(|id| id.parse().ok());
    let (Some(organization), Some(minutes), Some(valid_from), true) =
        (organization, minutes, valid_from, form.is_valid())
    else {
        return again(&burden_page(&ctx, form).await?);
    };
    let change = ctx.change(&submitted).await?;
    let ceiling = Ceiling { organization_id: organization, minutes, valid_from };
    store::add_ceiling(change.tx(), change.now(), &ceiling, ctx.actor().person.0).await?;
    let subject = ("organization", Some(organization));
    let payload = Set { minutes, valid_from };
    change
        .journal(Entry {
            kind: "burden_ceiling_set",
            subject,
            organization: Some(organization),
            payload: &payload,
        })
        .await?;
    change.finish("/burden", "Потолок записан").await
}
