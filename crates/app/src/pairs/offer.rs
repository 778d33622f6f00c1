//! What the form of a pair offers: mentees who wait first, mentors with their places, choices with explanations.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;
use chrono::{Months, NaiveDate};
use nastavnik_domain::category::Category;
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::kind;
use nastavnik_domain::mentor::{Engagement, free_places};
use nastavnik_domain::period::Period;
use nastavnik_domain::russian::count;
use nastavnik_domain::year::AcademicYear;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::record::Participant;
use super::store::{self, School};
use crate::bank;
use crate::kernel::forms::{Choice, Form};
use crate::partnerships;

/// Everything the form offers.
pub(super) struct Offer {
    pub(super) school: School,
    /// Confirmed in the bank and without a mentor.
    pub(super) waiting: Vec<Offered>,
    /// All other workers.
    pub(super) others: Vec<Offered>,
    pub(super) mentors: Vec<OfferedMentor>,
    pub(super) forms: Vec<Choice>,
    pub(super) kinds: Vec<Choice>,
    pub(super) models: Vec<Choice>,
    pub(super) pays: Vec<Choice>,
    /// Agreements of cooperation that share a day with the period.
    pub(super) agreements: Vec<Choice>,
}

/// Somebody who may become a mentee.
pub(super) struct Offered {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) about: String,
    pub(super) categories: Vec<Category>,
}

/// A mentor of the bank.
pub(super) struct OfferedMentor {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) about: String,
    /// Why this mentor can't be chosen now; empty when nothing hinders.
    pub(super) hindrance: String,
    pub(super) candidate: bank::Mentor,
}

impl Offer {
    /// Gathers the offer for an organization; places are counted for the period.
    pub(super) async fn load(
        connection: &impl ConnectionTrait,
        organization: Uuid,
        today: NaiveDate,
        period: Period,
    ) -> anyhow::Result<Self> {
        let school = store::school(connection, organization).await?.context("нет такой организации")?;
        let (waiting, others) = mentees(connection, organization, today).await?;
        Ok(Self {
            school,
            waiting,
            others,
            mentors: mentors(connection, organization, today, &period).await?,
            forms: choices(kind::Form::ALL.map(|form| (form.code(), form.title(), form.explanation()))),
            kinds: choices(kind::Kind::ALL.map(|kind| (kind.code(), kind.title(), kind.explanation()))),
            models: choices(kind::Model::ALL.map(|model| (model.code(), model.title(), model.explanation()))),
            pays: choices([
                ("monthly", "Сумма в месяц", "Размер выплаты в рублях"),
                ("percent", "Доля оклада или ставки", "Например, 15 процентов должностного оклада"),
                ("unpaid", "Без оплаты", "Причина войдёт в документы и будет видна в отчётах"),
            ]),
            agreements: agreements(connection, organization, &period).await?,
        })
    }

    /// All who may become mentees.
    pub(super) fn mentees(&self) -> impl Iterator<Item = &Offered> {
        self.waiting.iter().chain(&self.others)
    }

    /// The name of somebody offered.
    pub(super) fn name_of(&self, person: Uuid) -> Option<&str> {
        let id = person.to_string();
        self.mentees().find(|offered| offered.id == id).map(|offered| offered.name.as_str())
    }

    /// Whether someone outside the first group is chosen, so that the second must be open.
    pub(super) fn others_chosen(&self, form: &Form) -> bool {
        self.others.iter().any(|offered| form.has("mentees", &offered.id))
    }
}

/// From today to the end of the academic year, or half a year when that is near.
pub fn usual_period(today: NaiveDate) -> anyhow::Result<Period> {
    let usual = AcademicYear::of(today).report_day().and_then(|last| Period::through(today, last).ok());
    if let Some(period) = usual.filter(|period| period.lasts_months(3)) {
        return Ok(period);
    }
    let last = today.checked_add_months(Months::new(6)).context("дата за пределами календаря")?;
    Ok(Period::through(today, last)?)
}

async fn agreements(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    period: &Period,
) -> anyhow::Result<Vec<Choice>> {
    let found = partnerships::of_organization(connection, organization, period).await?;
    let choice = |agreement: partnerships::Agreement| {
        let words =
            format!("{} · {} · {}", agreement.other_than(organization), agreement.label(), agreement.days());
        Choice::new(agreement.id.to_string(), words)
    };
    Ok(found.into_iter().map(choice).collect())
}

fn choices<const N: usize>(list: [(&str, &str, &str); N]) -> Vec<Choice> {
    list.into_iter()
        .map(|(code, title, hint)| Choice::new(code, capitalized(title)).with_hint(hint))
        .collect()
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Those who may become mentees: who waits in the bank, and all other workers.
pub(super) async fn mentees(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    today: NaiveDate,
) -> anyhow::Result<(Vec<Offered>, Vec<Offered>)> {
    let workers = store::workers(connection, organization, today).await?;
    let people = people_of(connection, &workers, organization).await?;
    let mentored: BTreeSet<Uuid> =
        store::mentored(connection, organization, today).await?.into_iter().collect();
    let mut categories: BTreeMap<Uuid, Vec<Category>> =
        bank::needs_mentor(connection, &[organization], today)
            .await?
            .into_iter()
            .map(|mentee| (mentee.person, mentee.categories))
            .collect();
    let (mut waiting, mut others) = (Vec::new(), Vec::new());
    for person in workers.iter().filter_map(|id| people.get(&(*id, organization))) {
        let own = categories.remove(&person.person).unwrap_or_default();
        let has_mentor = mentored.contains(&person.person);
        let mut about = vec![person.positions()];
        about.extend(own.iter().map(|category| category.short().to_owned()));
        about.extend(has_mentor.then(|| "наставник уже есть".to_owned()));
        let list = if own.is_empty() || has_mentor { &mut others } else { &mut waiting };
        list.push(Offered {
            id: person.person.to_string(),
            name: person.name.full(),
            about: about.join(" · "),
            categories: own,
        });
    }
    Ok((waiting, others))
}

async fn mentors(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    today: NaiveDate,
    period: &Period,
) -> anyhow::Result<Vec<OfferedMentor>> {
    let candidates = bank::candidates(connection, organization, today).await?;
    let ids: Vec<Uuid> = candidates.iter().map(|candidate| candidate.person).collect();
    let people = people_of(connection, &ids, organization).await?;
    let engagements: Vec<Engagement> =
        store::engagements(connection, &ids).await?.into_iter().map(|engaged| engaged.engagement).collect();
    let mut offered = Vec::new();
    for candidate in candidates {
        let Some(person) = people.get(&(candidate.person, organization)) else { continue };
        let free = free_places(candidate.capacity, PersonId(candidate.person), period, &engagements);
        offered.push(OfferedMentor {
            id: candidate.person.to_string(),
            name: person.name.full(),
            about: format!("{} · {}", person.positions(), places(free, candidate.capacity)),
            hindrance: hindrance(&candidate, free),
            candidate,
        });
    }
    Ok(offered)
}

fn places(free: u32, capacity: u32) -> String {
    format!("свободно {} из {capacity}", count(u64::from(free), "место", "места", "мест"))
}

/// Why a candidate of the bank can't be offered.
pub(super) const fn not_ready(candidate: &bank::Mentor) -> &'static str {
    if candidate.awaits_selection {
        return "Отбор наставника не завершён (п. 4.1.3 Положения, этап 4)";
    }
    "В банке нет подтверждённых достижений или подходящей должности (п. 3.1 Положения)"
}

fn hindrance(candidate: &bank::Mentor, free: u32) -> String {
    if !candidate.is_ready {
        not_ready(candidate).to_owned()
    } else if candidate.capacity == 0 {
        "Сейчас никого не берёт".to_owned()
    } else if free == 0 {
        "Все места заняты на этот срок".to_owned()
    } else {
        String::new()
    }
}

async fn people_of(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
    organization: Uuid,
) -> anyhow::Result<BTreeMap<(Uuid, Uuid), Participant>> {
    let wanted: Vec<(Uuid, Uuid)> = ids.iter().map(|id| (*id, organization)).collect();
    store::participants(connection, &wanted).await
}
