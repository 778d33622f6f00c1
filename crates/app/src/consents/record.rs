//! «Получено»: a signed paper has come in, of one person or of many on one day.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use nastavnik_domain::consent::{Kind, last_day};
use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian;
use serde::Serialize;
use uuid::Uuid;

use super::store::{self, ConsentRow, NewConsent, PersonRow};
use super::{list, person, rules};
use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::kernel::db;
use crate::kernel::errors::Outcome;
use crate::kernel::forms::Form;
use crate::kernel::scans;
use crate::kernel::web::{Ctx, Path, Submission, again, local_address};

/// The most boxes one form may send: ten pages of the list.
const MOST_CHOSEN: usize = 500;

/// A paper as it was typed: its days fit its text.
struct Paper {
    kind: Kind,
    given_on: NaiveDate,
    last_day: NaiveDate,
    version: &'static str,
}

#[derive(Serialize)]
struct Recorded<'a> {
    person: Uuid,
    consent: &'static str,
    version: &'a str,
    given_on: NaiveDate,
    last_day: NaiveDate,
    has_scan: bool,
}

pub(super) async fn one(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let mut form = submitted.form.clone();
    let organization = form.text("organization").parse().ok();
    let found = person::visible(&ctx, ctx.app().db.reader(), id, organization).await?;
    ctx.require(Permission::RecordConsents, &found.place())?;
    let kind = form.required_choice("kind", "Согласие", &list::kind_choices());
    let kinds: Vec<Kind> = kind.and_then(|code| Kind::from_code(&code)).into_iter().collect();
    let papers = read(&mut form, &kinds, ctx.today)?;
    let kept = if form.is_valid() { scans::keep(&ctx, &submitted, &mut form).await? } else { None };
    let ([paper], true) = (papers.as_slice(), form.is_valid()) else {
        return again(&person::person_page(&ctx, found, form, Form::blank()).await?);
    };
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "person", id).await?;
    let scan = scans::name(&change, kept.as_ref(), &submitted, found.organization_id).await?;
    if !write(&change, &found, paper, scan, ctx.today).await? {
        drop(change);
        form.error(
            "given_on",
            "Такое согласие уже записано и действует. Новое записывают, если его подписали позже.",
        );
        return again(&person::person_page(&ctx, found, form, Form::blank()).await?);
    }
    let to = format!("/consents/people/{id}?organization={}", found.organization_id);
    change.finish(&to, &format!("Записано: {}", paper.kind.short())).await
}

pub(super) async fn many(ctx: Ctx, submitted: Submission) -> Outcome {
    let mut form = submitted.form.clone();
    let chosen: BTreeSet<_> =
        form.data().all("chosen").filter_map(read_chosen).take(MOST_CHOSEN + 1).collect();
    match chosen.len() {
        0 => form.error("chosen", "Отметьте хотя бы одного человека в списке."),
        1..=MOST_CHOSEN => {}
        _ => form.error("chosen", "Отмечено слишком много людей. Запишите их несколькими частями."),
    }
    let kinds = form.choices("kind", "Какие согласия получены", &list::kind_choices());
    let kinds: Vec<Kind> = kinds.iter().filter_map(|code| Kind::from_code(code)).collect();
    if kinds.is_empty() {
        form.error("kind", "Отметьте, какие согласия получены.");
    }
    let papers = read(&mut form, &kinds, ctx.today)?;
    if !form.is_valid() {
        return again(&list::list_page(&ctx, form).await?);
    }
    let change = ctx.change(&submitted).await?;
    let (mut recorded, mut known) = (0_u64, 0_u64);
    for (id, organization) in &chosen {
        let found = person::visible(&ctx, change.tx(), *id, Some(*organization)).await?;
        ctx.require(Permission::RecordConsents, &found.place())?;
        db::lock_row(change.tx(), "person", *id).await?;
        for paper in &papers {
            if write(&change, &found, paper, None, ctx.today).await? {
                recorded += 1;
            } else {
                known += 1;
            }
        }
    }
    let back = local_address(submitted.form.text("back"));
    let back = if back.starts_with(list::PATH) { back } else { list::PATH };
    change.finish(back, &told(recorded, known)).await
}

/// Reads the days and asks the rule of the domain about each kind.
fn read(form: &mut Form, kinds: &[Kind], today: NaiveDate) -> Outcome<Vec<Paper>> {
    let given_on = form.required_date("given_on", "Когда подписано");
    let written = form.optional_date("valid_until", "Последний день");
    let (Some(given_on), true) = (given_on, form.is_valid()) else { return Ok(Vec::new()) };
    let texts = rules::texts()?;
    let mut papers = Vec::new();
    for kind in kinds {
        // A future day is told as such, whether or not a text will hold then.
        let text = texts.on(*kind, given_on.min(today));
        let checked = text
            .ok_or(nastavnik_domain::consent::ConsentError::NoText)
            .and_then(|text| Ok((text, last_day(given_on, written, text.most_years, today)?)));
        match checked {
            Ok((text, last_day)) => {
                papers.push(Paper { kind: *kind, given_on, last_day, version: &text.version });
            }
            Err(error) => form.error(error.field(), format!("{error}.")),
        }
    }
    Ok(papers)
}

/// Writes one paper; `false` if the same consent holds already and was not signed earlier than this one.
async fn write(
    change: &Change,
    whom: &PersonRow,
    paper: &Paper,
    scan: Option<Uuid>,
    today: NaiveDate,
) -> Outcome<bool> {
    let known = store::consents_of(change.tx(), &[whom.person_id], Some(whom.organization_id)).await?;
    let is_live = |row: &&ConsentRow| {
        row.kind() == paper.kind && row.replaced_at.is_none() && row.withdrawn_on().is_none()
    };
    if let Some(row) = known.iter().find(is_live) {
        if row.given().in_force(today) && row.given_on >= paper.given_on {
            return Ok(false);
        }
        store::replace(change.tx(), change.now(), row.id).await?;
    }
    let new = NewConsent {
        person: whom.person_id,
        organization: whom.organization_id,
        kind: paper.kind,
        text_version: paper.version,
        given_on: paper.given_on,
        valid_until: paper.last_day,
        scan,
    };
    store::insert(change.tx(), change.now(), change.account(), &new).await?;
    let payload = Recorded {
        person: whom.person_id,
        consent: paper.kind.short(),
        version: paper.version,
        given_on: paper.given_on,
        last_day: paper.last_day,
        has_scan: scan.is_some(),
    };
    let subject = ("person", Some(whom.person_id));
    let organization = Some(whom.organization_id);
    change.journal(Entry { kind: "consent_recorded", subject, organization, payload: &payload }).await?;
    Ok(true)
}

/// Reads what a box of the list sends: person and organization.
pub(super) fn read_chosen(text: &str) -> Option<(Uuid, Uuid)> {
    let (person, organization) = text.split_once('.')?;
    Some((person.parse().ok()?, organization.parse().ok()?))
}

fn told(recorded: u64, known: u64) -> String {
    let done = format!("Записано: {}", russian::count(recorded, "согласие", "согласия", "согласий"));
    if known == 0 {
        return done;
    }
    let rest = russian::count(known, "согласие", "согласия", "согласий");
    format!("{done}. Уже было записано и действует: {rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_names_person_and_organization() {
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert_eq!(read_chosen(&format!("{one}.{two}")), Some((one, two)));
        for nonsense in ["", ".", &one.to_string(), "x.y"] {
            assert_eq!(read_chosen(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn the_notice_tells_what_was_known() {
        assert_eq!(told(2, 0).replace('\u{a0}', " "), "Записано: 2 согласия");
        let told = told(0, 1).replace('\u{a0}', " ");
        assert_eq!(told, "Записано: 0 согласий. Уже было записано и действует: 1 согласие");
    }
}
