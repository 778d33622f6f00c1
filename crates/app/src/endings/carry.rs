//! The one place where a replacement is carried out: a new pair with the same mentees, the old one ended, what remained
//! of its terms, of its program and of its tasks handed over. A slice that keeps something more for a pair hands it over from here, within
//! the same change, by a front door of the form `transfer(change, from_pair, to_pair)`.

use chrono::NaiveDate;
use nastavnik_domain::gate::{EndBy, EndReason};
use nastavnik_domain::kind::Kind;
use nastavnik_domain::pair::PairError;
use nastavnik_domain::period::Period;
use uuid::Uuid;

use crate::bank;
use crate::kernel::change::Change;
use crate::kernel::errors::Outcome;
use crate::kernel::state::App;
use crate::pairs::{self, Case, FormError, Pair, Wanted};
use crate::papers::{self, EndingFacts};
use crate::{programs, tasks};

/// What was chosen for a replacement.
pub(super) struct Plan {
    pub(super) mentor: bank::Mentor,
    /// Who goes over to the new mentor; the others of a group stay.
    pub(super) mentees: Vec<Uuid>,
    /// The days of the new pair.
    pub(super) period: Period,
    pub(super) by: EndBy,
    pub(super) notice_on: NaiveDate,
    /// The last day of the old one.
    pub(super) last_day: NaiveDate,
}

/// Why it can't be carried out: the field to mend and the words.
pub(super) type Refusals = Vec<(&'static str, String)>;

/// Forms the new pair and ends the old one; the old pair is locked by the caller. Returns the new pair.
pub(super) async fn carry_out(
    app: &App,
    change: &Change,
    old: &Case,
    plan: &Plan,
    today: NaiveDate,
) -> Outcome<Result<Uuid, Refusals>> {
    let new = match pairs::form(change, &wanted(&old.pair, plan)).await? {
        Ok(new) => new,
        Err(FormError::Refused(errors)) => return Ok(Err(errors.iter().map(refusal).collect())),
        Err(error @ FormError::MentorLeft) => return Ok(Err(vec![("mentor", error.to_string())])),
    };
    if let Err(refusal) = end(app, change, old, plan, today).await? {
        return Ok(Err(vec![refusal]));
    }
    hand_over(change, old.pair.id, new).await?;
    Ok(Ok(new))
}

/// Hands over to a new pair what the old one has left to do, and keeps that it goes on there. What was said stays.
pub async fn hand_over(change: &Change, old: Uuid, new: Uuid) -> Outcome<()> {
    pairs::link(change, old, new).await?;
    let lines = programs::transfer(change, old, new).await?;
    tasks::transfer(change, old, new, lines).await
}

async fn end(
    app: &App,
    change: &Change,
    old: &Case,
    plan: &Plan,
    today: NaiveDate,
) -> anyhow::Result<Result<(), (&'static str, String)>> {
    let leaves = leaving(&old.pair, &plan.mentees);
    if !old.is_fixed() {
        match leaves {
            Some(person) => pairs::strike(change, old, person).await?,
            None => pairs::give_up(change, old, "наставник заменён").await?,
        }
        return Ok(Ok(()));
    }
    let facts = EndingFacts {
        by: plan.by,
        reason: EndReason::Incompatibility,
        notice_on: Some(plan.notice_on),
        last_day: plan.last_day,
        note: String::new(),
        leaves,
    };
    let order = papers::prepare_ending(app, change, old, today, &facts).await?;
    Ok(order.map(|_| ()).map_err(|(field, text)| match field {
        "notice_on" | "last_day" => ("last_day", text),
        _ => ("mentor", text),
    }))
}

/// Who leaves a group in which others stay.
fn leaving(pair: &Pair, mentees: &[Uuid]) -> Option<Uuid> {
    let staying = pair.staying().filter(|mentee| !mentees.contains(&mentee.person)).count();
    mentees.first().copied().filter(|_| staying > 0)
}

/// The terms of the old pair with what is left of them: goals stay, meetings already past do not.
fn wanted(old: &Pair, plan: &Plan) -> Wanted {
    let is_alone = plan.mentees.len() == 1;
    let mut kinds: Vec<Kind> = old.kinds.clone();
    if is_alone && kinds.contains(&Kind::Group) {
        kinds.retain(|kind| *kind != Kind::Group);
        if kinds.is_empty() {
            kinds.push(Kind::Traditional);
        }
    }
    Wanted {
        organization: old.organization,
        mentor: plan.mentor.clone(),
        mentees: plan.mentees.clone(),
        form: old.form,
        kinds,
        model: old.model,
        period: plan.period,
        online_place: old.online_place.clone(),
        goals: old.goals.clone(),
        meetings: old.meetings.iter().copied().filter(|day| plan.period.contains(*day)).collect(),
        work: old.work.clone(),
        // What the next mentor is paid is agreed with them.
        pay: None,
    }
}

fn refusal(error: &PairError) -> (&'static str, String) {
    let field = match error.field() {
        "period" => "ends_on",
        _ => "mentor",
    };
    (field, format!("{error}."))
}
