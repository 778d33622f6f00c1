//! Forming a pair on behalf of another slice: by the rules of the form, without the form.

use nastavnik_domain::kind::{self, Kind, Model};
use nastavnik_domain::pair::{Goal, PairError};
use nastavnik_domain::period::Period;
use uuid::Uuid;

use super::create::USUAL_WORK;
use super::facts::{self, Places};
use super::record::PayTerms;
use super::store;
use super::terms::{MentorChoice, Terms};
use crate::bank;
use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::partnerships;

/// A pair another slice wants: a proposal of the matching, a replacement, a reverse pair, a speed meeting.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Whose director will sign the order.
    pub organization: Uuid,
    pub mentor: bank::Mentor,
    pub mentees: Vec<Uuid>,
    pub form: kind::Form,
    pub kinds: Vec<Kind>,
    pub model: Option<Model>,
    pub period: Period,
    pub online_place: String,
    pub goals: Vec<Goal>,
    pub meetings: Vec<chrono::NaiveDate>,
    /// What the mentor does, a line each; empty means the usual work.
    pub work: Vec<String>,
    /// Nothing while nobody has decided: the supplementary agreement asks for it.
    pub pay: Option<PayTerms>,
}

/// Why a wanted pair can't be formed.
#[derive(Debug, thiserror::Error)]
pub enum FormError {
    /// The mentor has just left the bank.
    #[error("Наставника только что убрали из банка. Выберите другого.")]
    MentorLeft,
    /// The rules refuse it; each refusal names its field and its clause.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join(". "))]
    Refused(Vec<PairError>),
}

/// Forms the pair within the change and returns its id. The mentor's record is locked first, so that two who form
/// pairs at once never take the same last place.
pub async fn form(change: &Change, wanted: &Wanted) -> anyhow::Result<Result<Uuid, FormError>> {
    let mentor = &wanted.mentor;
    let Some(capacity) = bank::lock_candidate(change.tx(), mentor.person, mentor.organization).await? else {
        return Ok(Err(FormError::MentorLeft));
    };
    let places = Places::of(mentor, capacity);
    let agreement = agreement(change, wanted).await?;
    let judged =
        facts::judged(change.tx(), wanted.organization, &terms(wanted, agreement), &places, None).await?;
    let new = match judged {
        Ok(Some(new)) => new,
        Ok(None) => return Ok(Err(FormError::Refused(vec![PairError::NoEnd]))),
        Err(errors) => return Ok(Err(FormError::Refused(errors))),
    };
    let id = store::insert(change.tx(), &new, change.account(), change.now()).await?;
    let payload = serde_json::json!({ "mentor": new.mentor, "mentees": new.mentees });
    let entry = Entry {
        kind: "pair_formed",
        subject: ("mentorship", Some(id)),
        organization: Some(wanted.organization),
        payload: &payload,
    };
    change.journal(entry).await?;
    Ok(Ok(id))
}

/// The agreement of cooperation that covers the days, where the mentor works in another organization. Without one the
/// pair may still be a draft on line: the legal gate asks for it.
async fn agreement(change: &Change, wanted: &Wanted) -> anyhow::Result<Option<Uuid>> {
    let (own, other) = (wanted.organization, wanted.mentor.organization);
    if own == other {
        return Ok(None);
    }
    let found = partnerships::between(change.tx(), own, other, &wanted.period).await?;
    Ok(found.map(|agreement| agreement.id))
}

fn terms(wanted: &Wanted, agreement: Option<Uuid>) -> Terms {
    let usual = || USUAL_WORK.lines().map(|line| line.trim().to_owned()).collect();
    Terms {
        mentees: wanted.mentees.clone(),
        mentor: MentorChoice::Own(wanted.mentor.person),
        form: wanted.form,
        kinds: wanted.kinds.iter().copied().collect(),
        model: wanted.model,
        starts_on: wanted.period.from(),
        ends_on: wanted.period.last_day(),
        online_place: wanted.online_place.clone(),
        goals: wanted.goals.clone(),
        meetings: wanted.meetings.clone(),
        work: if wanted.work.is_empty() { usual() } else { wanted.work.clone() },
        pay: wanted.pay.clone(),
        agreement,
    }
}
