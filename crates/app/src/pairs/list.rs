//! The list of pairs and groups.

use askama::Template;
use chrono::NaiveDate;
use nastavnik_documents::{Cell, ColumnKind, ListColumn, table};
use nastavnik_domain::kind::Kind;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian::{compare, search_key, short};
use nastavnik_domain::year::AcademicYear;
use uuid::Uuid;

use super::front::{cases, ends_soon, is_unpaid};
use super::state::{Case, State, step_tone, step_word};
use super::store::{self, Filter};
use crate::board;
use crate::council::{self, Sign};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Choice;
use crate::kernel::listing::{Direction, Listing};
use crate::kernel::page::{Layout, Tab, Tone};
use crate::kernel::web::{Ctx, attachment, page};

const PER_PAGE: u64 = 50;
/// Academic years offered by the filter, from the present one back.
const YEARS: i32 = 4;

#[derive(Template)]
#[template(path = "pairs/list.html")]
struct ListPage {
    layout: Layout,
    tabs: Vec<Tab>,
    list: Listing,
    rows: Vec<Row>,
    states: Vec<Choice>,
    kinds: Vec<Choice>,
    years: Vec<Choice>,
    organizations: Vec<Choice>,
    may_form: bool,
    may_prepare: bool,
}

struct Row {
    href: String,
    mentor: String,
    mentees: Vec<String>,
    organization: String,
    form: &'static str,
    kinds: String,
    from: NaiveDate,
    to: NaiveDate,
    state: State,
    lights: Vec<Light>,
    /// What the council has said while no order is signed.
    signs: Vec<Sign>,
    next: String,
    unpaid: bool,
    is_hidden: bool,
}

/// One paper of the gate as a color, a shape and a word.
struct Light {
    tone: Tone,
    word: &'static str,
    about: &'static str,
}

pub(super) async fn list(ctx: Ctx) -> Outcome {
    let found = filtered(&ctx).await?;
    let total = u64::try_from(found.len()).unwrap_or(u64::MAX);
    let list = Listing::new("/pairs", &ctx.visit.query, PER_PAGE, total);
    let skip = usize::try_from(list.offset()).unwrap_or(usize::MAX);
    let take = usize::try_from(list.per_page()).unwrap_or(usize::MAX);
    let shown = &found[skip.min(found.len())..];
    let shown = &shown[..take.min(shown.len())];
    let rows = rows(&ctx, shown).await?;
    let organizations =
        store::organizations(ctx.app().db.reader(), &ctx.reach(Permission::ReadPairs), ctx.actor().person.0)
            .await?;
    let template = ListPage {
        layout: ctx.layout("Пары и группы").await?,
        tabs: board::tabs(&ctx, "/pairs"),
        list,
        rows,
        states: State::ALL.iter().map(|state| Choice::new(state.code(), state.title())).collect(),
        kinds: Kind::ALL.iter().map(|kind| Choice::new(kind.code(), kind.title())).collect(),
        years: years(ctx.today),
        organizations: organizations
            .into_iter()
            .map(|row| Choice::new(row.id.to_string(), row.short_name))
            .collect(),
        may_form: ctx.actor().may_somewhere(Permission::FormPairs),
        may_prepare: ctx.actor().may_somewhere(Permission::RecordPapers),
    };
    page(&template)
}

pub(super) async fn workbook(ctx: Ctx) -> Outcome {
    let found = filtered(&ctx).await?;
    let column = |title: &str, width: f64, kind| ListColumn { title: title.to_owned(), width, kind };
    let columns = [
        column("Организация", 28.0, ColumnKind::Text),
        column("Наставник", 32.0, ColumnKind::Text),
        column("Наставляемые", 48.0, ColumnKind::Text),
        column("Форма", 28.0, ColumnKind::Text),
        column("Виды", 32.0, ColumnKind::Text),
        column("Первый день", 12.0, ColumnKind::Date),
        column("Последний день", 12.0, ColumnKind::Date),
        column("Состояние", 18.0, ColumnKind::Text),
        column("Следующий шаг", 48.0, ColumnKind::Text),
    ];
    let cells = found.iter().map(|case| {
        let full = |mentee: &super::Participant| mentee.name.full();
        vec![
            Cell::Text(case.pair.organization_name.clone()),
            Cell::Text(case.pair.mentor.name.full()),
            Cell::Text(case.pair.mentees.iter().map(full).collect::<Vec<_>>().join(", ")),
            Cell::Text(case.pair.form.title().to_owned()),
            Cell::Text(kinds(case)),
            Cell::Date(case.pair.period.from()),
            Cell::Date(case.last_day()),
            Cell::Text(case.state.title().to_owned()),
            Cell::Text(case.next_step()),
        ]
    });
    let content =
        table("Пары и группы", &columns, cells).map_err(|error| AppError::Internal(error.into()))?;
    attachment(
        content,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Пары и группы.xlsx",
    )
}

/// The cases that pass every filter, in the order asked for. What the database can't know (the state follows
/// from papers) is asked here; pairs that came to nothing are shown only when they are asked for.
async fn filtered(ctx: &Ctx) -> Outcome<Vec<Case>> {
    let year = ctx.asked("year").parse().ok().filter(|year| (2000..2200).contains(year)).map(AcademicYear);
    let between =
        year.and_then(|year| year.period().ok()).and_then(|period| Some((period.from(), period.to()?)));
    let filter = Filter {
        organization: ctx.asked("organization").parse::<Uuid>().ok(),
        kind: Kind::from_code(ctx.asked("kind")).map(Kind::code),
        between,
        search: search_key(ctx.asked("q")),
    };
    let reach = ctx.reach(Permission::ReadPairs);
    let mut found = cases(ctx.app().db.reader(), &reach, ctx.actor().person.0, &filter, ctx.today).await?;
    match State::from_code(ctx.asked("state")) {
        Some(state) => found.retain(|case| case.state == state),
        None => found.retain(|case| case.state != State::Withdrawn),
    }
    if ctx.asked("ending") == "soon" {
        found.retain(|case| ends_soon(case, ctx.today));
    }
    if ctx.asked("pay") == "unpaid" {
        found.retain(is_unpaid);
    }
    sort(&mut found, &Listing::new("/pairs", &ctx.visit.query, PER_PAGE, 0));
    Ok(found)
}

fn sort(found: &mut [Case], list: &Listing) {
    let Some((key, direction)) = list.order() else { return };
    let mentee = |case: &Case| case.pair.mentees.first().map(|mentee| mentee.name.full()).unwrap_or_default();
    match key {
        "mentor" => found.sort_by(|a, b| compare(&a.pair.mentor.name.full(), &b.pair.mentor.name.full())),
        "mentee" => found.sort_by(|a, b| compare(&mentee(a), &mentee(b))),
        "from" => found.sort_by_key(|case| case.pair.period.from()),
        "to" => found.sort_by_key(Case::last_day),
        "state" => found.sort_by_key(|case| case.state),
        _ => return,
    }
    if direction == Direction::Descending {
        found.reverse();
    }
}

fn years(today: NaiveDate) -> Vec<Choice> {
    let now = AcademicYear::of(today).0;
    (0..YEARS)
        .map(|back| AcademicYear(now - back))
        .map(|year| Choice::new(year.0.to_string(), year.label()))
        .collect()
}

fn kinds(case: &Case) -> String {
    case.pair.kinds.iter().map(|kind| kind.title()).collect::<Vec<_>>().join(", ")
}

/// The rows of a page with the signs of the council.
async fn rows(ctx: &Ctx, cases: &[Case]) -> Outcome<Vec<Row>> {
    let is_open = |case: &&Case| case.state <= State::AwaitsOrder;
    let open: Vec<&super::Pair> = cases.iter().filter(is_open).map(|case| &case.pair).collect();
    let mut signs = council::signs(ctx, &open).await?;
    Ok(cases.iter().map(|case| row(case, signs.remove(&case.pair.id).unwrap_or_default())).collect())
}

fn row(case: &Case, signs: Vec<Sign>) -> Row {
    let light = |step: &nastavnik_domain::gate::StepState| Light {
        tone: step_tone(step.status),
        word: step_word(step.step, &case.pair),
        about: step.status.title(),
    };
    Row {
        href: format!("/pairs/{}", case.pair.id),
        mentor: case.pair.mentor.name.short(),
        mentees: case.pair.mentees.iter().map(|mentee| mentee.name.short()).collect(),
        organization: case.pair.organization_name.clone(),
        form: case.pair.form.title(),
        kinds: kinds(case),
        from: case.pair.period.from(),
        to: case.last_day(),
        state: case.state,
        lights: case.gate.steps.iter().map(light).collect(),
        signs,
        next: case.next_step(),
        unpaid: is_unpaid(case),
        is_hidden: case.pair.hides_names(),
    }
}

impl Row {
    fn term(&self) -> String {
        format!("{}\u{a0}– {}", short(self.from), short(self.to))
    }
}

impl ListPage {
    /// Whether there is nothing at all, not because of the filters.
    fn is_new(&self) -> bool {
        self.rows.is_empty() && !self.list.is_filtered()
    }

    /// Whether some name is hidden from this reader.
    fn hides_names(&self) -> bool {
        self.rows.iter().any(|row| row.is_hidden)
    }
}
