//! The card of a pair: who, on what terms, where its papers stand, what happened.

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::gate::{self, Status};
use nastavnik_domain::kind::Kind;
use nastavnik_domain::period::Period;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian::{count, long, period as words_period, short};
use uuid::Uuid;

use super::card_papers::{PaperLine, next_paper, paper_lines};
use super::front::visible_case;
use super::history::{self, Event};
use super::joining;
use super::record::TypedAgreement;
use super::reverse::{self, Linked};
use super::state::{Case, State};
use super::store;
use super::succession::{self, Succession};
use crate::council::{self, Sign};
use crate::evaluations;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Step, StepState, Tab, filters};
use crate::kernel::web::{Ctx, Path, again, page};
use crate::papers::PaperKind;
use crate::partnerships::Agreement;
use crate::talk;

#[derive(Template)]
#[template(path = "pairs/card.html")]
struct CardPage {
    layout: Layout,
    tabs: Vec<Tab>,
    form: Form,
    case: Case,
    /// What the council and those who object have said, for its readers.
    signs: Vec<Sign>,
    /// The evaluation of the moment, for its readers.
    evaluation: Option<evaluations::Sign>,
    succession: Succession,
    today: NaiveDate,
    steps: Vec<Step>,
    papers: Vec<PaperLine>,
    /// The paper to issue or to sign now, by its place among `papers`.
    next: Option<usize>,
    coverage: Vec<String>,
    linked: Vec<Linked>,
    /// Shown to those who read the papers of the organization and to the mentor.
    pay: Option<String>,
    events: Vec<Event>,
    may: May,
    /// The mentor of a mentorship in force opens the mentee's self-diagnosis.
    reads_diagnosis: Allowed,
    director_missing: bool,
    withdrawal_key: Uuid,
}

/// What the one who looks may do here and now.
#[derive(Clone, Copy, Default)]
struct May {
    edit: Allowed,
    withdraw: Allowed,
    join: Allowed,
    /// See who is about to join and give it up.
    settle_joining: Allowed,
    /// Prepare the order by which the newcomer joins.
    amend: Allowed,
    reverse: Allowed,
    prepare_order: Allowed,
    end: Allowed,
    see_history: Allowed,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Allowed {
    Yes,
    #[default]
    No,
}

impl Allowed {
    const fn when(condition: bool) -> Self {
        if condition { Self::Yes } else { Self::No }
    }

    fn is(self) -> bool {
        self == Self::Yes
    }
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let case = found(&ctx, id).await?;
    page(&card_page(&ctx, case, Form::blank()).await?)
}

/// The card again with mistakes of a form that stands on it.
pub(super) async fn again_with(ctx: &Ctx, case: Case, form: Form) -> Outcome {
    again(&card_page(ctx, case, form).await?)
}

/// The pair if it is within reach.
pub(super) async fn found(ctx: &Ctx, id: Uuid) -> Outcome<Case> {
    let reach = ctx.reach(Permission::ReadPairs);
    let case = visible_case(ctx.app().db.reader(), &reach, ctx.actor().person.0, id, ctx.today).await?;
    case.ok_or(AppError::NotFound)
}

async fn card_page(ctx: &Ctx, case: Case, form: Form) -> Outcome<CardPage> {
    let mut layout = ctx.layout(&case.pair.title()).await?;
    layout.crumbs = vec![Crumb::new("/pairs", "Пары и группы")];
    let place = case.pair.place();
    let allows = |permission| ctx.actor().may_at(permission, &place);
    let me = ctx.actor().person.0;
    let reader = ctx.app().db.reader();
    let sees_pay = Allowed::when(allows(Permission::ReadPapers) || case.pair.mentor.person == me);
    let may = may(&case, &allows);
    let events = if may.see_history.is() { history::of(ctx.app(), &case).await? } else { Vec::new() };
    let records = allows(Permission::RecordPapers);
    let director_missing =
        records && store::director_in(reader, case.pair.organization, ctx.today).await?.is_none();
    let papers = paper_lines(&case, &allows, me);
    let is_gathering = records && !case.is_fixed();
    Ok(CardPage {
        tabs: talk::tabs(ctx, &case.pair, "").await?,
        signs: council::signs(ctx, &[&case.pair]).await?.remove(&case.pair.id).unwrap_or_default(),
        evaluation: evaluations::sign(ctx, &case).await?,
        succession: succession::around(ctx, &case).await?,
        reads_diagnosis: Allowed::when(case.state == State::Active && case.pair.mentor.person == me),
        steps: steps(&case, sees_pay),
        next: is_gathering.then(|| next_paper(&papers)).flatten(),
        papers,
        coverage: coverage(&case, ctx.today),
        linked: reverse::linked(ctx, &case).await?,
        pay: case.pair.pay.as_ref().filter(|_| sees_pay.is()).map(super::PayTerms::words),
        events,
        may,
        director_missing,
        withdrawal_key: ids::form_key(),
        today: ctx.today,
        layout,
        form,
        case,
    })
}

fn may(case: &Case, allows: &impl Fn(Permission) -> bool) -> May {
    let is_open = !case.is_fixed() && case.state != State::Withdrawn;
    let forms = allows(Permission::FormPairs);
    let records = allows(Permission::RecordPapers);
    let has_no_end = !matches!(case.state, State::Ended | State::Withdrawn);
    let is_own = case.pair.mentor.organization == case.pair.organization;
    let runs = matches!(case.state, State::Scheduled | State::Active);
    May {
        edit: Allowed::when(forms && is_open && case.has_no_live_papers()),
        withdraw: Allowed::when(forms && is_open),
        join: Allowed::when(forms && joining::takes_more(case)),
        settle_joining: Allowed::when(forms && case.pair.joining.is_some()),
        amend: Allowed::when(records && case.pair.joining.is_some() && case.joining_order().is_none()),
        reverse: Allowed::when(forms && has_no_end && is_own && !case.pair.kinds.contains(&Kind::Reverse)),
        prepare_order: Allowed::when(records && case.state == State::ReadyForOrder),
        end: Allowed::when(records && runs && case.ending_order(None).is_none()),
        see_history: Allowed::when(allows(Permission::ReadPairs)),
    }
}

/// The gate as steps. The words of the gate name the pay, so whoever may not see it gets number and date only.
fn steps(case: &Case, sees_pay: Allowed) -> Vec<Step> {
    let state = |step: &gate::StepState| match step.status {
        Status::Ready | Status::WithoutScan | Status::NotNeeded => StepState::Done,
        Status::Wrong => StepState::Stop,
        Status::Missing if Some(step.step) == case.gate.next => StepState::Now,
        Status::Missing => StepState::Ahead,
    };
    let mut steps: Vec<Step> = case
        .gate
        .steps
        .iter()
        .map(|step| {
            let note = match case.waiting_order() {
                Some(order)
                    if step.step == gate::Step::Order && order.kind == PaperKind::AppointmentOrder =>
                {
                    format!("№ {} ждёт подписи руководителя.", order.label)
                }
                _ if step.step == gate::Step::SupplementaryAgreement && !sees_pay.is() => {
                    agreement_note(case)
                }
                _ => step.explanation.clone(),
            };
            let title = match step.step {
                gate::Step::MenteeAgreement if case.pair.is_group() => "согласия наставляемых",
                other => other.title(),
            };
            Step::new(capitalized(title), note, state(step))
        })
        .collect();
    let (note, last) = match case.state {
        State::Scheduled => (format!("С {}", long(case.pair.period.from())), StepState::Now),
        State::Active => (format!("По {}", long(case.last_day())), StepState::Done),
        State::Ended => ("Завершено.".to_owned(), StepState::Done),
        State::Withdrawn => (case.not_formed().to_owned(), StepState::Stop),
        _ => ("После приказа.".to_owned(), StepState::Ahead),
    };
    steps.push(Step::new("Наставничество", note, last));
    steps
}

/// The supplementary agreement without its pay.
fn agreement_note(case: &Case) -> String {
    case.papers.agreement.as_ref().map_or_else(
        || "Ещё не подписано.".to_owned(),
        |agreement| format!("№ {} от {}.", agreement.paper.number, short(agreement.paper.dated)),
    )
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// L1: days of mentoring up to today with papers and without them.
fn coverage(case: &Case, today: NaiveDate) -> Vec<String> {
    if case.papers.order.is_none() {
        return Vec::new();
    }
    let Ok(window) = Period::through(case.pair.period.from(), today.min(case.last_day())) else {
        return Vec::new();
    };
    let coverage = gate::coverage(&case.papers, &window);
    let days = |number: i64| count(u64::try_from(number).unwrap_or(0), "день", "дня", "дней");
    let mut lines = vec![format!("Подтверждено документами: {}", days(coverage.covered_days()))];
    for gap in &coverage.uncovered {
        let last = gap.last_day().unwrap_or(gap.from());
        let length = days(gap.days().unwrap_or(0));
        lines.push(format!("Без документов: {length}, {}", words_period(gap.from(), last)));
    }
    lines
}

impl CardPage {
    /// The paper to issue or to sign now.
    fn next_paper(&self) -> Option<&PaperLine> {
        self.papers.get(self.next?)
    }

    /// «пара» or «группа» in this form.
    fn word(&self, pair: &'static str, group: &'static str) -> &'static str {
        if self.case.pair.is_group() { group } else { pair }
    }

    fn days(&self) -> String {
        words_period(self.case.pair.period.from(), self.case.pair.ends_on())
    }

    fn kinds(&self) -> String {
        self.case.pair.kinds.iter().map(|kind| kind.title()).collect::<Vec<_>>().join(", ")
    }

    fn model(&self) -> String {
        self.case.pair.model.map_or_else(String::new, |model| model.title().to_owned())
    }

    fn meetings(&self) -> String {
        self.case.pair.meetings.iter().map(|day| short(*day)).collect::<Vec<_>>().join(", ")
    }

    fn partner(&self) -> String {
        let words = |known: &TypedAgreement| format!("№ {} от {}", known.number, short(known.dated));
        match (&self.case.pair.agreement, &self.case.pair.typed) {
            (Some(agreement), _) => format!("{}, {}", agreement.label(), agreement.days()),
            (None, typed) => typed.as_ref().map_or_else(String::new, words),
        }
    }

    /// Which organization pays the mentor, where two have agreed on it.
    fn payer(&self) -> &str {
        self.case.pair.agreement.as_ref().map_or("", Agreement::payer_name)
    }

    fn is_unpaid(&self) -> bool {
        self.case.pair.pay.as_ref().is_some_and(super::PayTerms::is_unpaid)
    }
}
