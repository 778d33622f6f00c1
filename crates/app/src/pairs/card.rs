//! The card of a pair: who, on what terms, where its papers stand, what happened.

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::gate::{self, Status};
use nastavnik_domain::kind::Kind;
use nastavnik_domain::period::Period;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian::{count, long, period as words_period, short};
use uuid::Uuid;

use super::front::visible_case;
use super::history::{self, Event};
use super::joining;
use super::record::{Participant, TypedAgreement};
use super::reverse::{self, Linked};
use super::state::{Case, State, step_tone};
use super::store;
use super::succession::{self, Succession};
use crate::council::{self, Sign};
use crate::evaluations;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Step, StepState, Tab, Tone, filters};
use crate::kernel::web::{Ctx, Path, again, page};
use crate::papers::{Document, PaperKind, Standing};
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

/// A paper the pair needs or has.
struct PaperLine {
    title: &'static str,
    whose: String,
    /// «№ 1-СН/2026»; empty while there is none.
    number: String,
    state: String,
    tone: Tone,
    /// Only for those who may open it.
    href: Option<String>,
    /// The form that issues it, for those who may, when it is not there yet.
    issue: Option<IssueForm>,
}

struct IssueForm {
    key: Uuid,
    kind: &'static str,
    person: String,
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
    Ok(CardPage {
        tabs: talk::tabs(ctx, &case.pair, "").await?,
        signs: council::signs(ctx, &[&case.pair]).await?.remove(&case.pair.id).unwrap_or_default(),
        evaluation: evaluations::sign(ctx, &case).await?,
        succession: succession::around(ctx, &case).await?,
        reads_diagnosis: Allowed::when(case.state == State::Active && case.pair.mentor.person == me),
        steps: steps(&case, sees_pay),
        papers: paper_lines(&case, &allows, me),
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
            Step::new(capitalized(step.step.title()), note, state(step))
        })
        .collect();
    let (note, last) = match case.state {
        State::Scheduled => (format!("С {}", long(case.pair.period.from())), StepState::Now),
        State::Active => (format!("По {}", long(case.last_day())), StepState::Done),
        State::Ended => ("Завершено.".to_owned(), StepState::Done),
        State::Withdrawn => ("Пара не состоялась.".to_owned(), StepState::Stop),
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

/// The papers in the order of the gate: what is needed, what stands, what was canceled.
fn paper_lines(case: &Case, allows: &impl Fn(Permission) -> bool, me: Uuid) -> Vec<PaperLine> {
    let pair = &case.pair;
    let mut needed = vec![(PaperKind::MentorConsent, Some(&pair.mentor))];
    needed.extend(pair.mentees.iter().map(|mentee| (PaperKind::MenteeAgreement, Some(mentee))));
    needed.push((PaperKind::SupplementaryAgreement, Some(&pair.mentor)));
    needed.push((PaperKind::AppointmentOrder, None));
    let reads = allows(Permission::ReadPapers);
    let opens = |document: &Document| reads || document.person == Some(me);
    let issues = allows(Permission::RecordPapers) && !case.is_fixed() && case.state != State::Withdrawn;
    let partnership = partnership_line(case, allows);
    let personal = needed.into_iter().map(|(kind, person)| {
        let live = case.live(kind, person.map(|person| person.person));
        let issue = person.filter(|_| live.is_none() && issues).map(|person| IssueForm {
            key: ids::form_key(),
            kind: kind.code(),
            person: person.person.to_string(),
        });
        line(kind, person, live, &opens, issue)
    });
    let newcomer = newcomer_line(case, allows, &opens);
    let mut lines: Vec<PaperLine> = partnership.into_iter().chain(personal).chain(newcomer).collect();
    let shown: Vec<Option<String>> = lines.iter().map(|line| line.href.clone()).collect();
    let rest = case.documents.iter().filter(|document| !shown.contains(&Some(href(document))));
    let rest = rest.filter(|document| !document.is_live() || document.kind.changes());
    for document in rest.filter(|document| reads || document.person == Some(me)) {
        let newcomer = pair.joining.iter().map(|joining| &joining.mentee);
        let person = pair.people().chain(newcomer).find(|person| Some(person.person) == document.person);
        lines.push(line(document.kind, person, Some(document), &opens, None));
    }
    lines
}

/// The agreement of somebody about to join, for those who prepare the order.
fn newcomer_line(
    case: &Case,
    allows: &impl Fn(Permission) -> bool,
    opens: &impl Fn(&Document) -> bool,
) -> Option<PaperLine> {
    let newcomer = case.pair.joining.as_ref().filter(|_| allows(Permission::RecordPapers))?;
    let person = &newcomer.mentee;
    let live = case.live(PaperKind::MenteeAgreement, Some(person.person));
    let issue = live.is_none().then(|| IssueForm {
        key: ids::form_key(),
        kind: PaperKind::MenteeAgreement.code(),
        person: person.person.to_string(),
    });
    Some(line(PaperKind::MenteeAgreement, Some(person), live, opens, issue))
}

/// The agreement between the two organizations, where the pair needs one.
fn partnership_line(case: &Case, allows: &impl Fn(Permission) -> bool) -> Option<PaperLine> {
    let step = case.gate.steps.iter().find(|step| step.step == gate::Step::Partnership)?;
    let agreement = case.pair.agreement.as_ref();
    let reads = allows(Permission::ReadAgreements);
    Some(PaperLine {
        title: "Договор о сотрудничестве",
        whose: agreement
            .map_or_else(String::new, |known| known.other_than(case.pair.organization).to_owned()),
        number: case
            .papers
            .partnership
            .paper()
            .map_or_else(String::new, |paper| format!("№ {}", paper.number)),
        state: step.status.title().to_owned(),
        tone: step_tone(step.status),
        href: agreement.filter(|_| reads).map(|known| format!("/agreements/{}", known.id)),
        issue: None,
    })
}

fn line(
    kind: PaperKind,
    person: Option<&Participant>,
    document: Option<&Document>,
    opens: &impl Fn(&Document) -> bool,
    issue: Option<IssueForm>,
) -> PaperLine {
    let (state, tone) = match document {
        None => ("ещё нет".to_owned(), Tone::Plan),
        Some(document) => {
            let signed = match (document.standing(), document.signed_on) {
                (Standing::Signed, Some(day)) => format!("подписано {}", short(day)),
                (Standing::Canceled, _) => "отменено".to_owned(),
                _ => "на подписи".to_owned(),
            };
            (signed, document.standing().tone())
        }
    };
    PaperLine {
        title: kind.title(),
        whose: person.map_or_else(String::new, |person| person.name.short()),
        number: document.map_or_else(String::new, |document| format!("№ {}", document.label)),
        state,
        tone,
        href: document.filter(|document| opens(document)).map(href),
        issue,
    }
}

fn href(document: &Document) -> String {
    format!("/papers/{}", document.id)
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
