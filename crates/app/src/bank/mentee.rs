//! One person in the bank: why a mentor is needed, what was decided this year and before.

use askama::Template;
use nastavnik_domain::category::Category;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::year::AcademicYear;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::mark::Mark;
use super::needs::{self, Entry, Need, Standing};
use super::store::{Decision, StaffFilter, Verdict, Whom};
use super::view::{self, Link};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, filters};
use crate::kernel::web::{Ctx, Path, page};

#[derive(Template)]
#[template(path = "bank/mentee.html")]
struct MenteePage {
    layout: Layout,
    form: Form,
    person: Uuid,
    organization: Uuid,
    positions: String,
    school: String,
    education: &'static str,
    teaching_since: String,
    hired_on: String,
    year: String,
    entries: Vec<Entry>,
    history: Vec<Decision>,
    mentors: Vec<Link>,
    may_decide: bool,
    mark: Option<Mark>,
    /// Whether this reader may confirm the record.
    may_renew: bool,
    categories: Vec<Choice>,
    verdicts: Vec<Choice>,
}

pub(super) async fn show(ctx: Ctx, Path(person): Path<Uuid>) -> Outcome {
    let organization = ctx.asked("organization").parse().ok();
    let need = visible(&ctx, ctx.app().db.reader(), person, organization).await?;
    let open = open_categories(&need);
    let mut form = Form::blank();
    if let [only] = proposed(&need).as_slice() {
        form = form.with("category", only.code());
    } else if let [only] = open.as_slice() {
        form = form.with("category", only.code());
    }
    page(&mentee_page(&ctx, form, need).await?)
}

/// The person in an organization within reach; in the first of them when none is named.
pub(super) async fn visible(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
    person: Uuid,
    organization: Option<Uuid>,
) -> Outcome<Need> {
    let filter = StaffFilter { organization, whom: Whom::People(vec![person]), name: String::new() };
    let reach = ctx.reach(Permission::ReadBank);
    let found = needs::all(connection, &reach, &filter, ctx.today).await?;
    found.into_iter().next().ok_or(AppError::NotFound)
}

/// What the curator may decide now: proposals without a decision, and the need only a curator sees.
fn open_categories(need: &Need) -> Vec<Category> {
    let mut open = proposed(need);
    if need.entry(Category::NeedsNewSkill).is_none() {
        open.push(Category::NeedsNewSkill);
    }
    open
}

fn proposed(need: &Need) -> Vec<Category> {
    let waiting = need.entries.iter().filter(|entry| entry.standing() == Standing::Proposed);
    waiting.map(|entry| entry.category).collect()
}

pub(super) async fn mentee_page(ctx: &Ctx, form: Form, need: Need) -> Outcome<impl Template> {
    let may_decide = ctx.actor().may_at(Permission::DecideCategories, &need.worker.school.place);
    let may_renew =
        need.mark.is_some() && ctx.actor().may_at(Permission::EditBank, &need.worker.school.place);
    let mut layout = ctx.layout(&need.worker.name.full()).await?;
    layout.crumbs = vec![Crumb::new("/bank/mentees", "Кому нужен наставник")];
    let categories = open_categories(&need).into_iter().map(|category| choice(&need, category)).collect();
    let worker = need.worker;
    Ok(MenteePage {
        layout,
        form,
        person: worker.person,
        organization: worker.school.id,
        positions: worker.positions(),
        education: worker.education.map_or("", nastavnik_domain::person::Education::title),
        teaching_since: view::since_words(worker.teaching_since),
        hired_on: view::since_words(worker.hired_on()),
        school: worker.school.name,
        year: AcademicYear::of(ctx.today).title(),
        entries: need.entries,
        history: need.history,
        mentors: need.mentors.iter().map(view::mentor_link).collect(),
        may_decide,
        mark: need.mark,
        may_renew,
        categories,
        verdicts: vec![
            Choice::new(Verdict::Confirmed.code(), "Подтвердить: наставник нужен"),
            Choice::new(Verdict::Declined.code(), "Отклонить: наставник по этой категории не нужен"),
        ],
    })
}

fn choice(need: &Need, category: Category) -> Choice {
    let ground = need
        .entry(category)
        .map_or("программа этого не видит: опишите в основании, чему педагог хочет научиться", Entry::ground);
    Choice::new(category.code(), category.title()).with_hint(ground)
}

/// A new key for each form of the page.
impl MenteePage {
    #[expect(clippy::unused_self, reason = "askama calls methods of the page")]
    fn key(&self) -> Uuid {
        ids::form_key()
    }
}
