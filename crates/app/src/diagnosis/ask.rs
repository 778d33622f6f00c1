//! «Попросить взгляд коллеги»: the person names somebody of the own organization.

use nastavnik_domain::competence::{View, Wave};
use nastavnik_domain::year::AcademicYear;

use super::completion::Fact;
use super::own;
use super::rules;
use super::sheet::Sheet;
use super::store::{self, Began, Colleague, NewSheet};
use crate::kernel::audit::Entry;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::{Ctx, Submission};

pub(super) async fn ask(ctx: Ctx, submitted: Submission) -> Outcome {
    let person = ctx.actor().person.0;
    let reader = ctx.app().db.reader();
    let mut form = submitted.form.clone();
    let Some(organization) = own::place(reader, person, ctx.today).await? else {
        return Err(AppError::Conflict(
            "Вы сейчас не числитесь работником организации: просить некого".to_owned(),
        ));
    };
    let Some(chosen) = form.required_uuid("colleague", "Коллега") else {
        return own::show_again(&ctx, form).await;
    };
    let found = store::colleague(reader, (organization, person), ctx.today, chosen).await?;
    let colleague = found.ok_or(AppError::NotFound)?;
    let sheets = store::own(reader, person).await?;
    let (year, wave) = compared(&sheets, &ctx)?;
    let (view, author) = (View::Expert, colleague.id);
    let new = NewSheet { person, organization, year, wave, view, author, visits: None };
    let change = ctx.change(&submitted).await?;
    let (_, began) = store::insert(change.tx(), change.now(), &new).await?;
    if began == Began::Before {
        drop(change);
        form.error("colleague", again(&colleague));
        return own::show_again(&ctx, form).await;
    }
    let subject = ("person", Some(person));
    let payload = Fact { wave: wave.code(), year: year.0, view: view.code() };
    change
        .journal(Entry {
            kind: "diagnosis_view_asked",
            subject,
            organization: Some(organization),
            payload: &payload,
        })
        .await?;
    change.finish("/own/diagnosis", "Просьба передана: коллега увидит её на своей главной странице").await
}

fn again(colleague: &Colleague) -> String {
    format!("Вы уже просили этого коллегу в этот раз: {}. Выберите другого", colleague.name().short())
}

/// The year and the wave another's view is compared with: of the latest own sheet of this year, or of what is
/// offered now.
pub(super) fn compared(sheets: &[Sheet], ctx: &Ctx) -> Outcome<(AcademicYear, Wave)> {
    let year = AcademicYear::of(ctx.today);
    // Sheets come with the latest first.
    let latest = sheets
        .iter()
        .find(|sheet| sheet.view == View::Own && sheet.year == year && sheet.refused_at.is_none());
    match latest {
        Some(sheet) => Ok((sheet.year, sheet.wave)),
        None => Ok((year, Wave::current(ctx.today, &rules::questionnaire(ctx.today)?.limits))),
    }
}
