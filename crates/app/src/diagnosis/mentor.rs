//! The mentor's side of the ring: the mentee's sheets, and a view of one's own after two visits.

use askama::Template;
use nastavnik_domain::competence::{View, check_visits};
use uuid::Uuid;

use super::ask::compared;
use super::completion::Fact;
use super::report::Report;
use super::rules;
use super::sheet::Sheet;
use super::store::{self, Began, NewSheet};
use super::visible::{Mentee, visible_mentee};
use crate::kernel::audit::Entry;
use crate::kernel::errors::Outcome;
use crate::kernel::filters::short_date;
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Tab};
use crate::kernel::web::{Ctx, Path, Submission, again, page};

#[derive(Template)]
#[template(path = "diagnosis/mentee.html")]
struct MenteePage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    action: String,
    name: String,
    report: Option<Report>,
    tabs: Vec<Tab>,
    /// The mentor's own view of this year and wave.
    view: Option<Sheet>,
}

pub(super) async fn show(ctx: Ctx, Path((pair, person)): Path<(Uuid, Uuid)>) -> Outcome {
    let mentee = visible_mentee(&ctx, ctx.app().db.reader(), pair, person).await?;
    page(&mentee_page(&ctx, &mentee, Form::blank()).await?)
}

async fn mentee_page(ctx: &Ctx, mentee: &Mentee, form: Form) -> Outcome<MenteePage> {
    let address = format!("/pairs/{}/diagnosis/{}", mentee.pair.pair, mentee.pair.mentee);
    let own: Vec<&Sheet> = mentee.sheets.iter().filter(|sheet| sheet.view == View::Own).collect();
    let asked = ctx.asked("sheet").parse::<Uuid>().ok();
    let shown = own.iter().find(|sheet| Some(sheet.id) == asked).or_else(|| own.first()).copied();
    let report = match shown {
        Some(sheet) => Some(super::result::of(ctx.app().db.reader(), sheet, &mentee.sheets).await?),
        None => None,
    };
    let tab = |sheet: &&Sheet| Tab {
        href: format!("{address}?sheet={}", sheet.id),
        title: format!("{}, {}", sheet.label(), short_date(sheet.day())),
        current: shown.is_some_and(|shown| shown.id == sheet.id),
        under: Vec::new(),
    };
    let (year, wave) = compared(&mentee.sheets, ctx)?;
    let mentor = ctx.actor().person.0;
    let own_view = |sheet: &&Sheet| {
        sheet.view == View::Mentor && sheet.author == mentor && (sheet.year, sheet.wave) == (year, wave)
    };
    let mut layout = ctx.layout(&format!("Самодиагностика: {}", mentee.name.short())).await?;
    layout.crumbs = vec![
        Crumb::new("/pairs", "Пары и группы"),
        Crumb::new(format!("/pairs/{}", mentee.pair.pair), "Ваша пара"),
    ];
    Ok(MenteePage {
        layout,
        form,
        form_key: ids::form_key(),
        action: format!("{address}/view"),
        name: mentee.name.short(),
        report,
        tabs: if own.len() > 1 { own.iter().map(tab).collect() } else { Vec::new() },
        view: mentee.sheets.iter().find(own_view).cloned(),
    })
}

/// Begins the mentor's view: two visits first, then the same items.
pub(super) async fn begin_view(
    ctx: Ctx,
    Path((pair, person)): Path<(Uuid, Uuid)>,
    submitted: Submission,
) -> Outcome {
    let mentee = visible_mentee(&ctx, ctx.app().db.reader(), pair, person).await?;
    let mut form = submitted.form.clone();
    let Some(visits) = read_visits(&ctx, &mut form)? else {
        return again(&mentee_page(&ctx, &mentee, form).await?);
    };
    let change = ctx.change(&submitted).await?;
    let mentee = visible_mentee(&ctx, change.tx(), pair, person).await?;
    let (year, wave) = compared(&mentee.sheets, &ctx)?;
    let (organization, author) = (mentee.pair.organization, mentee.pair.mentor);
    let view = View::Mentor;
    let new = NewSheet { person, organization, year, wave, view, author, visits: Some(visits) };
    let (id, began) = store::insert(change.tx(), change.now(), &new).await?;
    if began == Began::Now {
        let subject = ("person", Some(person));
        let payload = Fact { wave: wave.code(), year: year.0, view: view.code() };
        let kind = "diagnosis_view_begun";
        change.journal(Entry { kind, subject, organization: Some(organization), payload: &payload }).await?;
    }
    change.finish(&format!("/own/views/{id}"), "").await
}

/// Both dates if they are what a view may rest on; otherwise the refusal stands at its field.
fn read_visits(ctx: &Ctx, form: &mut Form) -> anyhow::Result<Option<[chrono::NaiveDate; 2]>> {
    let first = form.required_date("first_visit", "Первое посещение");
    let second = form.required_date("second_visit", "Второе посещение");
    let (Some(first), Some(second)) = (first, second) else { return Ok(None) };
    let limits = &rules::questionnaire(ctx.today)?.limits;
    match check_visits([first, second], ctx.today, limits) {
        Ok(()) => Ok(Some([first, second])),
        Err((index, refusal)) => {
            form.error(if index == 0 { "first_visit" } else { "second_visit" }, refusal.to_string());
            Ok(None)
        }
    }
}
