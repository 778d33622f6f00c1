//! How to reach a person: read for the bank's tables, changed by them (п. 4.1.2).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::history::{Facts, entry};
use super::store;
use crate::kernel::change::Change;

/// What the register of mentees holds of a person beside the name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    pub phone: Option<String>,
    pub email: Option<String>,
    pub born_on: Option<NaiveDate>,
}

/// Contacts of people, one query for each 500. Asks nothing about rights: the ids come from rows that were found
/// visible.
pub async fn contacts(
    connection: &impl ConnectionTrait,
    people: &[Uuid],
) -> Result<BTreeMap<Uuid, Contact>, DbErr> {
    store::contacts(connection, people).await
}

/// Writes phone and e-mail over with a line in the journal. The caller holds the person's row and has compared what
/// stood there before.
pub async fn change_contact(
    change: &Change,
    (person, organization): (Uuid, Uuid),
    before: &Contact,
    after: &Contact,
) -> Result<(), DbErr> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let facts = Facts::default().with("Телефон", text(&before.phone), text(&after.phone)).with(
        "Электронная почта",
        text(&before.email),
        text(&after.email),
    );
    store::set_contact(change.tx(), person, after).await?;
    change.journal(entry("person_changed", person, Some(organization), &facts)).await
}
