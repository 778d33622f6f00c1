//! Carrying a table out: everything in one change, or nothing.

use std::collections::BTreeSet;

use anyhow::Context;
use nastavnik_domain::kind::Kind;
use nastavnik_domain::russian::search_key;
use serde::Serialize;
use uuid::Uuid;

use super::plan::{Change, Plan, Step};
use super::records::{Column, Record, Subject};
use crate::bank::decisions;
use crate::bank::members::Member;
use crate::bank::needs::{Need, Standing};
use crate::bank::renewals;
use crate::bank::store::{self, Side, Verdict};
use crate::bank::terms::{Terms, TermsOf};
use crate::kernel::audit::Entry;
use crate::kernel::change;
use crate::kernel::db;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::Ctx;
use crate::people::{self, Contact};

#[derive(Serialize)]
struct Applied<'a> {
    file: &'a str,
    changed: usize,
}

/// Holds the rows of the records a plan would change, in one order for everybody.
pub(super) async fn hold(change: &change::Change, plan: &Plan, records: &[Record]) -> Outcome<()> {
    let rows: BTreeSet<(&str, Uuid)> = plan.steps.iter().map(|step| records[step.record].row()).collect();
    for (table, id) in rows {
        let table = if table == "person" { "person" } else { "mentor_candidate" };
        db::lock_row(change.tx(), table, id).await?;
    }
    Ok(())
}

/// Writes everything the plan says, with its lines in the journal.
pub(super) async fn write(
    ctx: &Ctx,
    change: &change::Change,
    (plan, records): (&Plan, &[Record]),
    (table, file): (Uuid, &str),
) -> Outcome<()> {
    for step in &plan.steps {
        let record = &records[step.record];
        ctx.require(nastavnik_domain::policy::Permission::EditBank, &record.place)?;
        for one in &step.changes {
            ctx.require(one.column.permission(), &record.place)?;
        }
        match &record.subject {
            Subject::Mentee(need, contact) => mentee(ctx, change, step, (need, contact)).await?,
            Subject::Mentor(member, _) => mentor(ctx, change, step, member).await?,
        }
    }
    let report = serde_json::to_string(&plan.lines()).context("отчёт не записан")?;
    if !store::set_applied(change.tx(), table, change.now(), &report).await? {
        return Err(already_applied());
    }
    let payload = Applied { file, changed: plan.changes() };
    let subject = ("bank_table", Some(table));
    change
        .journal(Entry {
            kind: "bank_table_applied",
            subject,
            organization: super::organization(ctx),
            payload: &payload,
        })
        .await?;
    Ok(())
}

pub(super) fn already_applied() -> AppError {
    AppError::Conflict("Эта таблица уже внесена. Откройте её страницу: там видно, что изменилось".to_owned())
}

async fn mentee(
    ctx: &Ctx,
    change: &change::Change,
    step: &Step,
    (need, contact): (&Need, &Contact),
) -> Outcome<()> {
    let (person, organization) = (need.worker.person, need.worker.school.id);
    let text = |column: Column, known: &Option<String>| match after(step, column) {
        Some(changed) => Some(changed.to_owned()).filter(|text| !text.is_empty()),
        None => known.clone(),
    };
    let new = Contact {
        phone: text(Column::Phone, &contact.phone),
        email: text(Column::Email, &contact.email),
        born_on: contact.born_on,
    };
    if new != *contact {
        people::change_contact(change, (person, organization), contact, &new).await?;
    }
    for one in &step.changes {
        let Column::Decision(category) = one.column else { continue };
        let verdict =
            if one.after == Standing::Declined.title() { Verdict::Declined } else { Verdict::Confirmed };
        let proposal = need.entry(category).map_or("", |entry| entry.proposal.as_str());
        let reason = if step.reason.is_empty() { proposal } else { &step.reason };
        decisions::write(change, need, (category, verdict), reason, ctx).await?;
    }
    renewals::renew_need(change, need, ctx.today).await?;
    Ok(())
}

async fn mentor(ctx: &Ctx, change: &change::Change, step: &Step, member: &Member) -> Outcome<()> {
    let is_about_terms = |change: &Change| change.column != Column::Confirmation;
    if step.changes.iter().any(is_about_terms) {
        let terms = changed(step, &member.terms)?;
        let note = after(step, Column::Note).unwrap_or(&member.note);
        let row = (member.id, member.version);
        if !store::set_candidate(change, row, &terms, note).await? {
            return Err(AppError::Conflict(
                "Пока вы смотрели, запись изменил другой человек. Выгрузите таблицу заново".to_owned(),
            ));
        }
        let payload = TermsOf { person: member.person, terms: &terms };
        let subject = ("mentor_candidate", Some(member.id));
        let organization = Some(member.school.id);
        let kind = "mentor_candidate_changed";
        change.journal(Entry { kind, subject, organization, payload: &payload }).await?;
        let whom = (member.person, member.school.id);
        store::confirm(change.tx(), change.now(), change.account(), Side::Mentor, whom).await?;
    } else {
        renewals::renew_member(change, member, ctx.today).await?;
    }
    Ok(())
}

fn changed(step: &Step, terms: &Terms) -> Outcome<Terms> {
    let flag = |column: Column, known: bool| after(step, column).map_or(known, |text| text == "да");
    let kinds = |text: &str| {
        let has = |kind: &Kind| text.split("; ").any(|title| search_key(title) == search_key(kind.title()));
        Kind::ALL.into_iter().filter(has).collect()
    };
    Ok(Terms {
        capacity: match after(step, Column::Capacity) {
            Some(text) => text.parse().context("число мест")?,
            None => terms.capacity,
        },
        in_register: flag(Column::Register, terms.in_register),
        works_remotely: flag(Column::Remotely, terms.works_remotely),
        kinds: after(step, Column::Kinds).map_or_else(|| terms.kinds.clone(), kinds),
        time_and_place: after(step, Column::TimeAndPlace)
            .map_or_else(|| terms.time_and_place.clone(), str::to_owned),
        strengths: terms.strengths.clone(),
    })
}

fn after(step: &Step, column: Column) -> Option<&str> {
    step.changes.iter().find(|change| change.column == column).map(|change| change.after.as_str())
}
