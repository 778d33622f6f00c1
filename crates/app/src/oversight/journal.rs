//! Who did what and when.

use askama::Template;
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::Permission;
use uuid::Uuid;

use super::store::{self, Filter, JournalRow};
use super::words;
use crate::consents::Veil;
use crate::kernel::errors::Outcome;
use crate::kernel::forms::Choice;
use crate::kernel::page::{Layout, Listing, filters};
use crate::kernel::web::{Ctx, page};

const PER_PAGE: u64 = 50;

#[derive(Template)]
#[template(path = "oversight/journal.html")]
struct JournalPage {
    layout: Layout,
    list: Listing,
    lines: Vec<Line>,
    organizations: Vec<Choice>,
    kinds: Vec<Choice>,
}

struct Line {
    day: String,
    time: String,
    who: String,
    login: String,
    what: &'static str,
    facts: String,
    subject: String,
    href: Option<String>,
    organization: String,
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let reach = ctx.reach(Permission::ReadJournal);
    let reader = ctx.app().db.reader();
    let zone = store::zone(reader, ctx.who.brand.territory).await?;
    let filter = filter(&ctx, zone);
    let total = store::count(reader, &reach, &filter).await?;
    let list = Listing::new("/journal", &ctx.visit.query, PER_PAGE, total);
    let rows = store::journal(reader, &reach, &filter, &list).await?;
    let organizations = store::organizations(reader, &reach).await?;
    let veil = Veil::load(reader, &reach, ctx.today).await?;
    page(&JournalPage {
        layout: ctx.layout("Журнал").await?,
        list,
        lines: rows.into_iter().map(|row| line(&ctx, zone, covered(row, &veil))).collect(),
        organizations: organizations
            .into_iter()
            .map(|row| Choice::new(row.id.to_string(), row.short_name))
            .collect(),
        kinds: super::happened::KINDS.iter().map(|(kind, title)| Choice::new(*kind, *title)).collect(),
    })
}

/// What the address asks for; a filter of a wrong shape is no filter.
fn filter(ctx: &Ctx, zone: Tz) -> Filter {
    let day = |name: &str| ctx.asked(name).parse::<NaiveDate>().ok();
    Filter {
        organization: ctx.asked("organization").parse().ok(),
        kind: Some(ctx.asked("kind").to_owned()).filter(|kind| !kind.is_empty()),
        reader: ctx.actor().person.0,
        person: nastavnik_domain::russian::search_key(ctx.asked("q")),
        from: day("from").and_then(|day| start_of(day, zone)),
        to: day("to").and_then(|day| day.succ_opt()).and_then(|day| start_of(day, zone)),
    }
}

/// The moment a local day begins.
fn start_of(day: NaiveDate, zone: Tz) -> Option<DateTime<Utc>> {
    let midnight = day.and_hms_opt(0, 0, 0)?;
    midnight.and_local_timezone(zone).earliest().map(|moment| moment.with_timezone(&Utc))
}

/// The entry without the name of somebody in mentoring whose consent Б is not in force for this reader. What happened
/// to the staff list, to roles and to logins rests on employment and keeps its names.
fn covered(mut row: JournalRow, veil: &Veil) -> JournalRow {
    let (Some(subject), Some(organization)) = (row.subject_id, row.organization_id) else { return row };
    let is_named = row.subject_kind == "person" && !words::rests_on_employment(&row.kind);
    if !is_named || !veil.hides(subject, organization) {
        return row;
    }
    row.subject_id = None;
    let hidden = FullName::hidden();
    (row.subject_given, row.subject_patronymic) = (None, None);
    row.subject_surname = Some(hidden.surname.clone());
    // Somebody who acted about themselves would be named by the other column.
    if row.person_id == Some(subject) {
        (row.given, row.patronymic, row.login) = (None, None, None);
        row.surname = Some(hidden.surname);
    }
    row
}

fn line(ctx: &Ctx, zone: Tz, row: JournalRow) -> Line {
    let at = row.at.with_timezone(&zone);
    let name = |surname: &str, given: Option<&str>, patronymic: Option<&str>| {
        FullName::new(surname, given.unwrap_or_default(), patronymic).short()
    };
    let who = row.surname.as_deref().map(|it| name(it, row.given.as_deref(), row.patronymic.as_deref()));
    let person = row
        .subject_surname
        .as_deref()
        .map(|it| name(it, row.subject_given.as_deref(), row.subject_patronymic.as_deref()));
    Line {
        day: filters::short_date(at.date_naive()),
        time: at.format("%H:%M").to_string(),
        who: who.unwrap_or_else(|| "Сама система".to_owned()),
        login: row.login.unwrap_or_default(),
        what: words::kind_title(&row.kind),
        facts: words::facts(&row.payload),
        href: row.subject_id.and_then(|id| subject_href(ctx, &row.subject_kind, id)),
        subject: person.or(row.subject_organization).or(row.subject_document).unwrap_or_default(),
        organization: row.organization.unwrap_or_default(),
    }
}

/// Where the subject lives, if the reader may open such pages at all.
fn subject_href(ctx: &Ctx, kind: &str, id: Uuid) -> Option<String> {
    let (path, permission) = match kind {
        "person" => ("people", Permission::ReadPerson),
        "organization" => ("organizations", Permission::ReadOrganizations),
        "mentorship" => ("pairs", Permission::ReadPairs),
        "document" => ("papers", Permission::ReadPapers),
        "matching_run" => ("matching", Permission::ReadMatching),
        "staff_import" => ("imports", Permission::ImportStaff),
        _ => return None,
    };
    let reach = ctx.reach(permission);
    let by_role = reach.everywhere
        || !reach.organizations.is_empty()
        || !reach.municipalities.is_empty()
        || !reach.regions.is_empty();
    by_role.then(|| format!("/{path}/{id}"))
}
