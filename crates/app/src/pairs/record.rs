//! A mentorship as it is kept, with the people in it.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::config::{ConfigError, Positions, Post};
use nastavnik_domain::gate::EndReason;
use nastavnik_domain::ids::{OrganizationId, PersonId, TerritoryId};
use nastavnik_domain::kind::{Form, Kind, Model};
use nastavnik_domain::mentor::Engagement;
use nastavnik_domain::pair::Goal;
use nastavnik_domain::period::{Period, Since};
use nastavnik_domain::person::{FullName, Gender, Qualification};
use nastavnik_domain::policy::Place;
use nastavnik_domain::russian::NameForms;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::partnerships::Agreement;

/// A mentorship: one mentor, one or more mentees, terms.
#[derive(Clone, Debug)]
pub struct Pair {
    pub id: Uuid,
    /// The organization whose director signs the order.
    pub organization: Uuid,
    pub organization_name: String,
    pub territory: Uuid,
    pub region: Uuid,
    pub mentor: Participant,
    pub mentees: Vec<Participant>,
    /// Mentees who leave or have left the group while the others stay: the first day without them.
    pub left: BTreeMap<Uuid, NaiveDate>,
    /// Mentees who have joined the running group by an order: their first day in it.
    pub joined: BTreeMap<Uuid, NaiveDate>,
    /// Who is about to join and is no member yet.
    pub joining: Option<Joining>,
    pub form: Form,
    pub kinds: Vec<Kind>,
    pub model: Option<Model>,
    /// The days agreed on.
    pub period: Period,
    pub online_place: String,
    pub goals: Vec<Goal>,
    pub meetings: Vec<NaiveDate>,
    /// What the mentor does, a line each.
    pub work: Vec<String>,
    /// Nothing while nobody has decided.
    pub pay: Option<PayTerms>,
    /// The agreement of cooperation it stands on, where the mentor works in another organization.
    pub agreement: Option<Agreement>,
    /// The words of one, from before agreements were records.
    pub typed: Option<TypedAgreement>,
    pub created_at: DateTime<Utc>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub ended: Option<Ended>,
    pub version: i64,
}

/// Somebody in a mentorship, as the records know them today.
#[derive(Clone, Debug)]
pub struct Participant {
    pub person: Uuid,
    pub name: FullName,
    pub gender: Gender,
    /// Forms of the name typed by hand.
    pub forms: Option<NameForms>,
    pub born: Option<NaiveDate>,
    pub teaching_since: Option<Since>,
    /// Where they take part from.
    pub organization: Uuid,
    pub organization_name: String,
    pub territory: Uuid,
    /// Employments in that organization, the weightiest for mentoring first.
    pub jobs: Vec<Job>,
}

/// Somebody about to join a running group: a member only once the director has signed the order.
#[derive(Clone, Debug)]
pub struct Joining {
    pub id: Uuid,
    pub mentee: Participant,
    /// The first day asked for.
    pub starts_on: NaiveDate,
}

/// An agreement of cooperation told by its number and date alone.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct TypedAgreement {
    pub number: String,
    pub dated: NaiveDate,
}

/// One employment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    pub position: String,
    pub subject: Option<String>,
    pub qualification: Option<Qualification>,
    pub share_percent: i64,
}

/// How a mentorship ended by an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    pub last_day: NaiveDate,
    pub reason: EndReason,
    pub note: String,
}

/// What is agreed on about money (статья 351.8 ТК РФ).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PayTerms {
    /// A sum a month.
    Monthly {
        kopecks: i64,
        /// Whether the northern supplements are charged upon it.
        supplements: Supplements,
        /// The local act that fixes the pay; may be empty.
        basis: String,
    },
    /// A share in words: «15 процентов должностного оклада ежемесячно».
    Percent { text: String, basis: String },
    /// Nothing is paid; the reason is shown.
    Unpaid { reason: String },
}

/// Whether the district coefficient and the northern supplement are charged upon the sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Supplements {
    Charged,
    NotCharged,
}

impl PayTerms {
    /// «5 000 рублей в месяц», «15 процентов оклада», «без оплаты: …».
    pub fn words(&self) -> String {
        match self {
            Self::Monthly { kopecks, .. } => format!("{} в месяц", rubles(*kopecks)),
            Self::Percent { text, .. } => text.clone(),
            Self::Unpaid { reason } => format!("без оплаты: {reason}"),
        }
    }

    pub const fn is_unpaid(&self) -> bool {
        matches!(self, Self::Unpaid { .. })
    }
}

/// «5 000 рублей», «5 000 рублей 50 копеек».
fn rubles(kopecks: i64) -> String {
    use crate::kernel::filters::group_digits;
    use nastavnik_domain::russian::choose;
    let (whole, rest) = (kopecks / 100, kopecks % 100);
    let word = |number: i64, forms: [&'static str; 3]| {
        choose(u64::try_from(number).unwrap_or(0), forms[0], forms[1], forms[2])
    };
    let main =
        format!("{}\u{a0}{}", group_digits(&whole.to_string()), word(whole, ["рубль", "рубля", "рублей"]));
    match rest {
        0 => main,
        _ => format!("{main} {rest:02}\u{a0}{}", word(rest, ["копейка", "копейки", "копеек"])),
    }
}

impl Pair {
    /// Where the mentorship belongs, for the table of rights.
    pub fn place(&self) -> Place {
        Place {
            organization: OrganizationId(self.organization),
            territory: TerritoryId(self.territory),
            region: TerritoryId(self.region),
        }
    }

    /// Whether the mentor works in another organization than the one whose director signs the order.
    pub fn is_across(&self) -> bool {
        self.mentor.organization != self.organization
    }

    /// Whether this person is the mentor or one of the mentees.
    pub fn has(&self, person: Uuid) -> bool {
        self.mentor.person == person || self.mentees.iter().any(|mentee| mentee.person == person)
    }

    /// Whether the person is a mentee whom no order takes out of the group.
    pub fn stays(&self, person: Uuid) -> bool {
        self.mentees.iter().any(|mentee| mentee.person == person) && !self.left.contains_key(&person)
    }

    /// The mentees whom no order takes out of the group.
    pub fn staying(&self) -> impl Iterator<Item = &Participant> {
        self.mentees.iter().filter(|mentee| !self.left.contains_key(&mentee.person))
    }

    /// The mentor and every mentee.
    pub fn people(&self) -> impl Iterator<Item = &Participant> {
        std::iter::once(&self.mentor).chain(&self.mentees)
    }

    /// Whether the reader may not see somebody's name.
    pub fn hides_names(&self) -> bool {
        self.people().any(|participant| participant.name.is_hidden())
    }

    /// Whether it is a group (п. 2.3): papers and pages name it so.
    pub fn is_group(&self) -> bool {
        self.kinds.contains(&Kind::Group)
    }

    /// «Иванова А. А. – Петров П. П., Сидоров С. С.».
    pub fn title(&self) -> String {
        let mentees: Vec<String> = self.mentees.iter().map(|mentee| mentee.name.short()).collect();
        format!("{} – {}", self.mentor.name.short(), mentees.join(", "))
    }

    /// Who is about to join, if it is this person.
    pub fn joins(&self, person: Uuid) -> Option<&Joining> {
        self.joining.as_ref().filter(|joining| joining.mentee.person == person)
    }

    /// The last day by plan.
    pub fn ends_on(&self) -> NaiveDate {
        self.period.last_day().unwrap_or(self.period.from())
    }

    /// The days the mentor's places are taken: the plan, cut by an order that ended it; none once withdrawn.
    pub fn engagement(&self) -> Option<Engagement> {
        if self.withdrawn_at.is_some() {
            return None;
        }
        let period = match &self.ended {
            Some(ended) => self.period.ending(ended.last_day).ok()?,
            None => self.period,
        };
        Some(Engagement {
            mentor: PersonId(self.mentor.person),
            mentees: self.mentees.iter().map(|mentee| PersonId(mentee.person)).collect(),
            period,
            kinds: self.kinds.clone(),
        })
    }
}

impl Participant {
    /// What their positions make of them.
    pub fn post(&self, positions: &Positions) -> Post {
        let all: Vec<&str> = self.jobs.iter().map(|job| job.position.as_str()).collect();
        positions.post_of_all(&all)
    }

    /// The job mentoring is about: the weightiest, or the head's one in «руководитель – учитель».
    pub fn job(&self, form: Form, side: Side) -> Option<&Job> {
        let positions = Positions::bundled().ok();
        let head =
            |job: &&Job| positions.as_ref().is_some_and(|known| known.post(&job.position) == Post::Head);
        match (form, side) {
            (Form::DirectorTeacher, Side::Mentor) => {
                self.jobs.iter().find(head).or_else(|| self.jobs.first())
            }
            _ => self.jobs.first(),
        }
    }

    /// All positions in words for the screen: «учитель (математика)».
    pub fn positions(&self) -> String {
        let words = |job: &Job| match &job.subject {
            Some(subject) if !job.position.contains(subject.as_str()) => {
                format!("{} ({subject})", job.position)
            }
            _ => job.position.clone(),
        };
        self.jobs.iter().map(words).collect::<Vec<_>>().join(", ")
    }
}

/// On which side of a mentorship somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Mentor,
    Mentee,
}

/// Puts the weightiest job for mentoring first: a deputy head who also teaches takes part as a teacher.
pub(super) fn order_jobs(jobs: &mut [Job]) -> Result<(), ConfigError> {
    let positions = Positions::bundled()?;
    jobs.sort_by_key(|job| (positions.post(&job.position), std::cmp::Reverse(job.share_percent)));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pay_is_told_in_words() {
        let monthly = |kopecks| PayTerms::Monthly {
            kopecks,
            supplements: Supplements::NotCharged,
            basis: String::new(),
        };
        assert_eq!(monthly(500_000).words(), "5\u{a0}000\u{a0}рублей в месяц");
        assert_eq!(monthly(100_150).words(), "1\u{a0}001\u{a0}рубль 50\u{a0}копеек в месяц");
        let unpaid = PayTerms::Unpaid { reason: "нет положения".to_owned() };
        assert_eq!(unpaid.words(), "без оплаты: нет положения");
        assert!(unpaid.is_unpaid());
    }

    #[test]
    fn a_deputy_who_teaches_takes_part_as_a_teacher() {
        let job = |position: &str, share_percent| Job {
            position: position.to_owned(),
            subject: None,
            qualification: None,
            share_percent,
        };
        let mut jobs = [job("заместитель директора", 100), job("методист", 25), job("учитель", 50)];
        order_jobs(&mut jobs).unwrap();
        assert_eq!(jobs.map(|job| job.position), ["учитель", "методист", "заместитель директора"]);
    }
}
