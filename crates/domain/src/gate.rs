//! The legal gate of a mentorship (L1, A7): consent, agreements, order. The state follows from papers
//! alone; nobody types it in.

mod ending;
mod error;
mod words;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use ending::{EndBy, EndError, EndReason, EndRequest, may_end};
pub use error::GateError;

use crate::ids::{FileId, PersonId};
use crate::period::Period;

/// Since this day статья 351.8 ТК РФ demands a supplementary agreement with terms and pay.
const LABOR_CODE_351_8: NaiveDate = match NaiveDate::from_ymd_opt(2025, 3, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// A signed paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    pub number: String,
    pub dated: NaiveDate,
    pub scan: Scan,
}

/// Whether the signed sheet is kept in the program. Its absence is shown but stops nothing: the
/// signed sheet of paper is what counts by law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scan {
    Attached(FileId),
    NotAttached,
}

/// What the supplementary agreement says of money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pay {
    /// Amount and order of payment in words: «2 000 рублей в месяц», «15 % оклада».
    Paid { terms: String },
    /// Shown, not hidden: статья 351.8 ТК РФ demands pay.
    Unpaid { reason: String },
}

/// A supplementary agreement to the mentor's labor contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    pub paper: Paper,
    pub pay: Pay,
    /// The days it gives the mentor the work for.
    pub covers: Period,
}

/// A mentee's written agreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MenteeAgreement {
    pub mentee: PersonId,
    pub paper: Option<Paper>,
    /// The order by which they have joined a running group; nothing for those who were there from the beginning.
    pub joined: Option<Paper>,
}

/// The agreement of cooperation that a mentorship of two organizations stands on (F12, п. 4.1.1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Partnership {
    /// Everybody works in one organization.
    #[default]
    NotNeeded,
    Missing,
    /// Number and date in words, from before agreements were records: nobody knows its days.
    Typed(Paper),
    Recorded {
        paper: Paper,
        /// The days it is in force.
        days: Period,
    },
}

impl Partnership {
    /// The paper itself, if there is one.
    pub const fn paper(&self) -> Option<&Paper> {
        match self {
            Self::NotNeeded | Self::Missing => None,
            Self::Typed(paper) | Self::Recorded { paper, .. } => Some(paper),
        }
    }
}

/// An order that ended the mentorship.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    pub order: Paper,
    /// The last day of the mentorship.
    pub last_day: NaiveDate,
    pub reason: EndReason,
}

/// Everything the gate looks at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Papers {
    /// The days agreed on.
    pub period: Period,
    pub partnership: Partnership,
    pub consent: Option<Paper>,
    pub mentees: Vec<MenteeAgreement>,
    pub agreement: Option<Agreement>,
    pub order: Option<Paper>,
    pub ending: Option<Ending>,
}

/// The steps of the gate, in the order of law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Only where the mentor works in another organization.
    Partnership,
    MentorConsent,
    MenteeAgreement,
    SupplementaryAgreement,
    Order,
}

/// Where one step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Missing,
    /// Done on paper; the scan is not attached yet.
    WithoutScan,
    /// Done.
    Ready,
    /// There is a paper, and something is wrong with it.
    Wrong,
    /// The law of that time did not ask for it.
    NotNeeded,
}

/// One step with its explanation for the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepState {
    pub step: Step,
    pub status: Status,
    pub explanation: String,
}

/// The whole gate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateState {
    pub steps: Vec<StepState>,
    /// What to do now; nothing when every step is done.
    pub next: Option<Step>,
}

/// Where a mentorship is in its life, as of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lifecycle {
    /// No paper yet.
    Draft,
    /// Some papers, no order.
    AwaitingPapers,
    /// The order is signed, the first day has not come.
    Scheduled,
    Active,
    Ended,
}

/// A7, L1: whether an order dated so may fix the mentorship; all refusals at once.
pub fn may_sign_order(papers: &Papers, order_dated: NaiveDate) -> Result<(), Vec<GateError>> {
    let mut errors = refusals(papers, order_dated);
    if let Some(order) = &papers.order {
        errors.insert(0, GateError::AlreadyFixed { number: order.number.clone(), dated: order.dated });
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// п. 1.5: whether an order dated so may make the mentee a member: with their agreement, given before it.
pub fn may_join(
    mentee: PersonId,
    agreement: Option<&Paper>,
    order_dated: NaiveDate,
) -> Result<(), GateError> {
    match agreement {
        None => Err(GateError::NoMenteeAgreement(mentee)),
        Some(paper) if paper.dated > order_dated => Err(GateError::MenteeAgreementAfterOrder(mentee)),
        Some(_) => Ok(()),
    }
}

/// Everything wrong with the papers for an order of that day.
fn refusals(papers: &Papers, order_dated: NaiveDate) -> Vec<GateError> {
    let mut errors = Vec::new();
    partnership_refusals(papers, order_dated, &mut errors);
    match &papers.consent {
        None => errors.push(GateError::NoConsent),
        Some(consent) if consent.dated > order_dated => errors.push(GateError::ConsentAfterOrder),
        Some(_) => {}
    }
    for mentee in &papers.mentees {
        let fixed_on = mentee.joined.as_ref().map_or(order_dated, |order| order.dated);
        errors.extend(may_join(mentee.mentee, mentee.paper.as_ref(), fixed_on).err());
    }
    match &papers.agreement {
        None if order_dated >= LABOR_CODE_351_8 => errors.push(GateError::NoAgreement),
        None => {}
        Some(agreement) => agreement_refusals(papers, agreement, order_dated, &mut errors),
    }
    if papers.period.is_over(order_dated) {
        errors.push(GateError::PeriodIsOver);
    }
    errors
}

fn partnership_refusals(papers: &Papers, order_dated: NaiveDate, errors: &mut Vec<GateError>) {
    match &papers.partnership {
        Partnership::NotNeeded | Partnership::Typed(_) => {}
        Partnership::Missing => errors.push(GateError::NoPartnership),
        Partnership::Recorded { paper, days } => {
            if paper.dated > order_dated {
                errors.push(GateError::PartnershipAfterOrder);
            }
            if planned(papers).is_some_and(|planned| !planned.without(days).is_empty()) {
                errors.push(GateError::PartnershipTooShort);
            }
        }
    }
}

/// The days agreed on, cut by an order that has ended them.
fn planned(papers: &Papers) -> Option<Period> {
    match &papers.ending {
        Some(ending) => papers.period.ending(ending.last_day).ok(),
        None => Some(papers.period),
    }
}

fn agreement_refusals(
    papers: &Papers,
    agreement: &Agreement,
    order_dated: NaiveDate,
    errors: &mut Vec<GateError>,
) {
    if papers.consent.as_ref().is_some_and(|consent| agreement.paper.dated < consent.dated) {
        errors.push(GateError::AgreementBeforeConsent);
    }
    if agreement.paper.dated > order_dated {
        errors.push(GateError::AgreementAfterOrder);
    }
    match &agreement.pay {
        Pay::Paid { terms } if terms.trim().is_empty() => errors.push(GateError::NoPayTerms),
        Pay::Unpaid { reason } if reason.trim().is_empty() => errors.push(GateError::UnpaidWithoutReason),
        Pay::Paid { .. } | Pay::Unpaid { .. } => {}
    }
    if !papers.period.without(&agreement.covers).is_empty() {
        errors.push(GateError::AgreementTooShort);
    }
}

/// L1: each step with its status, and the first one to do. The steps before the order are judged for
/// the order's date, or for today while there is no order.
pub fn state(papers: &Papers, today: NaiveDate) -> GateState {
    let errors = refusals(papers, papers.order.as_ref().map_or(today, |order| order.dated));
    let partnership = (papers.partnership != Partnership::NotNeeded).then_some(Step::Partnership);
    let always = [Step::MentorConsent, Step::MenteeAgreement, Step::SupplementaryAgreement, Step::Order];
    let steps: Vec<StepState> =
        partnership.into_iter().chain(always).map(|step| step_state(step, papers, &errors)).collect();
    let undone = steps.iter().find(|state| matches!(state.status, Status::Missing | Status::Wrong));
    let next = undone.map(|state| state.step);
    GateState { steps, next }
}

fn step_state(step: Step, papers: &Papers, errors: &[GateError]) -> StepState {
    let signed: Vec<&Paper> = match step {
        Step::Partnership => papers.partnership.paper().into_iter().collect(),
        Step::MentorConsent => papers.consent.iter().collect(),
        Step::MenteeAgreement => papers.mentees.iter().filter_map(|mentee| mentee.paper.as_ref()).collect(),
        Step::SupplementaryAgreement => papers.agreement.iter().map(|agreement| &agreement.paper).collect(),
        Step::Order => papers.order.iter().collect(),
    };
    let mut wrong = errors.iter().filter(|error| error.step() == step).peekable();
    let needed = if step == Step::MenteeAgreement { papers.mentees.len() } else { 1 };
    let status = match (signed.len() < needed, wrong.peek().is_some()) {
        (true, false) if step == Step::SupplementaryAgreement => Status::NotNeeded,
        (true, _) => Status::Missing,
        (false, true) => Status::Wrong,
        (false, false) if signed.iter().any(|paper| paper.scan == Scan::NotAttached) => Status::WithoutScan,
        (false, false) => Status::Ready,
    };
    let explanation = match (status, wrong.next()) {
        (Status::Wrong, Some(error)) => error.to_string(),
        _ => words::explain(step, status, papers, &signed),
    };
    StepState { step, status, explanation }
}

/// The days the mentorship is in force by its order: from the later of the first day and the order's
/// date to the end by plan or by the ending order. Without an order, none.
pub fn days_in_force(papers: &Papers) -> Option<Period> {
    let order = papers.order.as_ref()?;
    let since = papers.period.intersect(&Period::since(order.dated))?;
    match &papers.ending {
        Some(ending) => since.ending(ending.last_day).ok(),
        None => Some(since),
    }
}

/// Computed from facts as of a day: papers dated later don't exist yet on that day, except the order that
/// ends: its last day counts however late it was signed. Active is exactly a day of `days_in_force`.
pub fn lifecycle(papers: &Papers, today: NaiveDate) -> Lifecycle {
    let known = |paper: &Paper| paper.dated <= today;
    if !papers.order.as_ref().is_some_and(known) {
        let mentees = papers.mentees.iter().filter_map(|mentee| mentee.paper.as_ref());
        let agreement = papers.agreement.iter().map(|agreement| &agreement.paper);
        let any = papers.consent.iter().chain(mentees).chain(agreement).any(known);
        return if any { Lifecycle::AwaitingPapers } else { Lifecycle::Draft };
    }
    let ended = papers.ending.as_ref().is_some_and(|ending| ending.last_day < today);
    if ended || papers.period.is_over(today) {
        Lifecycle::Ended
    } else if today < papers.period.from() {
        Lifecycle::Scheduled
    } else {
        Lifecycle::Active
    }
}

/// L1: days of mentoring that papers cover and days they don't.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    pub covered: Option<Period>,
    pub uncovered: Vec<Period>,
}

impl Coverage {
    /// How many days are covered.
    pub fn covered_days(&self) -> i64 {
        self.covered.as_ref().and_then(Period::days).unwrap_or(0)
    }

    /// How many days are not.
    pub fn uncovered_days(&self) -> i64 {
        self.uncovered.iter().filter_map(Period::days).sum()
    }
}

/// Covered is a day on or after the dates of the consent, of every mentee's agreement, of the
/// supplementary agreement and of the order, and within the days the supplementary agreement speaks of and
/// the agreement between the two organizations is in force. An order from before such agreements were records
/// stands as it was judged then.
/// Days of `window` outside the mentorship are neither. `window` must have an end for days to be counted.
pub fn coverage(papers: &Papers, window: &Period) -> Coverage {
    let Some(asked) = planned(papers).and_then(|planned| planned.intersect(window)) else {
        return Coverage { covered: None, uncovered: Vec::new() };
    };
    match documented(papers).and_then(|documented| documented.intersect(&asked)) {
        Some(covered) => Coverage { covered: Some(covered), uncovered: asked.without(&covered) },
        None => Coverage { covered: None, uncovered: vec![asked] },
    }
}

/// The days for which the whole set of papers stands.
fn documented(papers: &Papers) -> Option<Period> {
    let order = papers.order.as_ref()?;
    let mut since = papers.consent.as_ref()?.dated.max(order.dated);
    // Whoever has joined later is a member from an order that no agreement may come after: the days before are not theirs.
    for mentee in papers.mentees.iter().filter(|mentee| mentee.joined.is_none()) {
        since = since.max(mentee.paper.as_ref()?.dated);
    }
    let covered = match &papers.agreement {
        Some(agreement) => agreement.covers.intersect(&Period::since(since.max(agreement.paper.dated))),
        None if order.dated < LABOR_CODE_351_8 => Some(Period::since(since)),
        None => None,
    };
    match &papers.partnership {
        Partnership::Recorded { days, .. } => covered?.intersect(days),
        Partnership::NotNeeded | Partnership::Missing | Partnership::Typed(_) => covered,
    }
}

#[cfg(test)]
mod tests;
