//! A mentorship before it is fixed by an order: all its rules (C1-C10, D1), all refusals at once.

mod error;
mod joining;
mod kinds;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use error::PairError;
pub use joining::{check_joining, joining_days};
pub(crate) use kinds::reverse_refusal;
pub use kinds::{ReverseGround, reverse_ground};

use crate::config::{Limits, Post};
use crate::ids::{OrganizationId, PersonId, TerritoryId};
use crate::kind::{Form, Kind, Model};
use crate::matching::Refusal;
use crate::mentor::places_taken;
use crate::partnership;
use crate::period::{Period, Since};
use crate::role::Role;

/// Where somebody works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workplace {
    pub organization: OrganizationId,
    pub municipality: TerritoryId,
}

/// The mentor as the records know them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MentorFacts {
    pub person: PersonId,
    pub workplace: Workplace,
    /// Roles held on the first day, in the mentor's own organization.
    pub roles: Vec<Role>,
    /// What their positions make of them.
    pub post: Post,
    pub born: Option<NaiveDate>,
    pub teaching_since: Option<Since>,
    /// Who directly leads the mentor at work.
    pub superiors: BTreeSet<PersonId>,
    /// How many more mentees the mentor may take during the period (`mentor::free_places`).
    pub free_places: u32,
}

/// A mentee as the records know them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenteeFacts {
    pub person: PersonId,
    pub workplace: Workplace,
    pub post: Post,
    pub born: Option<NaiveDate>,
    pub teaching_since: Option<Since>,
    /// Who directly leads the mentee at work.
    pub superiors: BTreeSet<PersonId>,
    /// What stands against this mentee and the mentor: a conclusion, objections, a wish (B5).
    pub against: BTreeSet<Refusal>,
    /// Other mentorships of this mentee with the same mentor, agreed on or running.
    pub same_mentor: Vec<Period>,
}

/// What decides who is the younger or less experienced of two (C5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seniority {
    pub born: Option<NaiveDate>,
    pub teaching_since: Option<Since>,
}

/// A goal with the way to see that it is reached (C4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    pub text: String,
    /// «провести 3 открытых урока», «80 % класса справились».
    pub measure: String,
}

impl Goal {
    /// Whether both the goal and its measure are told.
    pub fn is_measurable(&self) -> bool {
        !self.text.trim().is_empty() && !self.measure.trim().is_empty()
    }
}

/// A mentorship as the curator fills it in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The organization whose director will sign the order.
    pub organization: OrganizationId,
    pub mentor: MentorFacts,
    pub mentees: Vec<MenteeFacts>,
    pub form: Form,
    pub kinds: BTreeSet<Kind>,
    pub model: Option<Model>,
    pub period: Period,
    /// The place on line: a link or the name of a platform.
    pub online_place: Option<String>,
    pub goals: Vec<Goal>,
    /// Days of meetings set beforehand.
    pub meetings: Vec<NaiveDate>,
    /// The agreement of cooperation chosen (F12); needed here when people of two organizations meet in person.
    pub partnership: Option<partnership::Terms>,
}

impl Draft {
    /// Whether the mentorship is of the kind.
    pub fn is(&self, kind: Kind) -> bool {
        self.kinds.contains(&kind)
    }
}

/// Every rule at once, so that the curator mends everything in one go. Refusals follow the form's fields.
pub fn check(draft: &Draft, limits: &Limits) -> Result<(), Vec<PairError>> {
    let mut errors = Vec::new();
    people(draft, &mut errors);
    against(draft, &mut errors);
    places(draft, &mut errors);
    form(draft, &mut errors);
    model(draft, &mut errors);
    kinds::check(draft, &mut errors);
    length(draft, limits, &mut errors);
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// Who: nobody twice, nobody with themself, no more than the mentor can take.
fn people(draft: &Draft, errors: &mut Vec<PairError>) {
    if draft.mentees.is_empty() {
        errors.push(PairError::NoMentees);
    }
    let mut seen = BTreeSet::new();
    for mentee in &draft.mentees {
        if mentee.person == draft.mentor.person {
            errors.push(PairError::SelfMentoring);
        }
        if !seen.insert(mentee.person) {
            errors.push(PairError::MenteeTwice(mentee.person));
        }
        if let Some(other) = mentee.same_mentor.iter().find(|other| other.overlaps(&draft.period)) {
            errors.push(PairError::SamePairAlready { mentee: mentee.person, other: *other });
        }
    }
    let kinds: Vec<Kind> = draft.kinds.iter().copied().collect();
    let needed = places_taken(&kinds, seen.len());
    if needed > draft.mentor.free_places {
        errors.push(PairError::NoFreePlaces { needed, free: draft.mentor.free_places });
    }
}

/// B5: the matching and a choice by hand are held to the same rules.
fn against(draft: &Draft, errors: &mut Vec<PairError>) {
    let mentor = &draft.mentor;
    for mentee in &draft.mentees {
        let leads = mentee.superiors.contains(&mentor.person) && draft.form != Form::DirectorTeacher;
        let is_led = mentor.superiors.contains(&mentee.person);
        let subordinate = (leads || is_led).then_some(Refusal::Subordinate);
        let refusals = subordinate.into_iter().chain(mentee.against.iter().copied());
        errors.extend(refusals.map(|refusal| PairError::Against { mentee: mentee.person, refusal }));
    }
}

/// Where (C2): in person only inside one organization, or between partners of one municipality.
fn places(draft: &Draft, errors: &mut Vec<PairError>) {
    let all = || draft.mentees.iter().map(|mentee| mentee.workplace).chain([draft.mentor.workplace]);
    if !all().any(|place| place.organization == draft.organization) {
        errors.push(PairError::NobodyOfOrganization);
    }
    agreement(draft, errors);
    if draft.is(Kind::Virtual) {
        return;
    }
    let home = draft.mentor.workplace;
    if all().any(|place| place.municipality != home.municipality) {
        errors.push(PairError::FarOnlyVirtual);
        return;
    }
    if all().any(|place| place.organization != home.organization) && draft.partnership.is_none() {
        errors.push(PairError::OtherOrganizationNeedsAgreement);
    }
}

/// F12: an agreement chosen is one of these two organizations, and in force for all the days.
fn agreement(draft: &Draft, errors: &mut Vec<PairError>) {
    let home = draft.mentor.workplace.organization;
    let Some(terms) = draft.partnership.filter(|_| home != draft.organization) else { return };
    if !terms.connects(home, draft.organization) {
        errors.push(PairError::AgreementOfOthers);
    } else if !terms.covers(&draft.period) {
        errors.push(PairError::AgreementTooShort { days: terms.days() });
    }
}

/// Who mentors whom (C1).
fn form(draft: &Draft, errors: &mut Vec<PairError>) {
    let mentor = draft.mentor.post;
    let everybody = |test: fn(Post) -> bool| draft.mentees.iter().all(|mentee| test(mentee.post));
    match draft.form {
        Form::TeacherTeacher => {
            if mentor != Post::Teacher || !everybody(|post| post == Post::Teacher) {
                errors.push(PairError::OnlyTeachers);
            }
        }
        Form::DirectorTeacher => {
            if !draft.mentor.roles.contains(&Role::Director) {
                errors.push(PairError::MentorIsNotDirector);
            }
            if !everybody(Post::is_pedagogical) {
                errors.push(PairError::OnlyPedagogues);
            }
        }
        Form::PedagoguePedagogue => {
            if !mentor.is_pedagogical() || !everybody(Post::is_pedagogical) {
                errors.push(PairError::OnlyPedagogues);
            }
        }
        Form::Other => {}
    }
}

/// C10: models live inside «учитель – учитель» and are chosen there.
fn model(draft: &Draft, errors: &mut Vec<PairError>) {
    match (draft.form, draft.model) {
        (Form::TeacherTeacher, None) => errors.push(PairError::ModelNotChosen),
        (Form::TeacherTeacher, Some(_)) | (_, None) => {}
        (_, Some(_)) => errors.push(PairError::ModelOutsideTeachers),
    }
}

/// D1, C7, C8: how long.
fn length(draft: &Draft, limits: &Limits, errors: &mut Vec<PairError>) {
    if draft.is(Kind::Speed) {
        if draft.period.days() != Some(1) {
            errors.push(PairError::SpeedIsOneDay);
        }
        return;
    }
    if draft.period.to().is_none() {
        errors.push(PairError::NoEnd);
        return;
    }
    if !draft.period.lasts_months(limits.least_months) {
        errors.push(if draft.is(Kind::Traditional) {
            PairError::TraditionalTooShort { months: limits.least_months }
        } else {
            PairError::TooShort { months: limits.least_months }
        });
    }
    if !draft.period.fits_months(limits.most_months) {
        errors.push(PairError::TooLong { months: limits.most_months });
    }
}

#[cfg(test)]
mod tests;
