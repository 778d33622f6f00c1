//! Who needs a mentor and why: proposals from the staff record beside the curator's decisions (A5, п. 1.4).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use nastavnik_domain::category::{Category, Certainty, propose};
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::Reach;
use nastavnik_domain::year::AcademicYear;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::mark::Mark;
use super::rules::Rules;
use super::store::{self, Confirmation, Decision, MentorOf, Side, StaffFilter, Verdict};
use super::worker::Worker;
use crate::consents::Veil;
use crate::kernel::page::Tone;

/// A person in one organization with every category that is proposed or decided this year.
#[derive(Clone, Debug)]
pub(super) struct Need {
    pub(super) worker: Worker,
    pub(super) entries: Vec<Entry>,
    /// Decisions of earlier years, the latest first.
    pub(super) history: Vec<Decision>,
    /// Mentors of today.
    pub(super) mentors: Vec<MentorOf>,
    /// Nothing while nobody has decided anything: the program's proposal is no record of the bank yet.
    pub(super) mark: Option<Mark>,
}

/// One category of one person.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) category: Category,
    /// Why the staff record speaks for it; empty when only the curator has named it.
    pub(super) proposal: String,
    /// The staff list's dates are not exact enough to be sure.
    pub(super) is_vague: bool,
    pub(super) decision: Option<Decision>,
}

/// Where a category of a person stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Proposed,
    Confirmed,
    Declined,
}

impl Standing {
    pub(super) const ALL: [Self; 3] = [Self::Proposed, Self::Confirmed, Self::Declined];

    /// The code for addresses.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Confirmed => "confirmed",
            Self::Declined => "declined",
        }
    }

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Proposed => "предложено",
            Self::Confirmed => "подтверждено",
            Self::Declined => "отклонено",
        }
    }

    pub(super) const fn tone(self) -> Tone {
        match self {
            Self::Proposed => Tone::Wait,
            Self::Confirmed => Tone::Done,
            Self::Declined => Tone::Closed,
        }
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.code() == code)
    }
}

impl Entry {
    pub(super) fn standing(&self) -> Standing {
        match self.decision.as_ref().map(|decision| decision.verdict) {
            None => Standing::Proposed,
            Some(Verdict::Confirmed) => Standing::Confirmed,
            Some(Verdict::Declined) => Standing::Declined,
        }
    }

    /// Confirmed in the very words of the proposal: they need not be said twice.
    pub(super) fn is_confirmed_as_proposed(&self) -> bool {
        self.decision.as_ref().is_some_and(|decision| decision.reason == self.proposal)
    }

    /// The ground: what was confirmed in the curator's words, otherwise what the record says.
    pub(super) fn ground(&self) -> &str {
        match &self.decision {
            Some(decision) if decision.verdict == Verdict::Confirmed || self.proposal.is_empty() => {
                &decision.reason
            }
            _ => &self.proposal,
        }
    }
}

impl Need {
    pub(super) fn stands(&self, standing: Standing) -> bool {
        self.entries.iter().any(|entry| entry.standing() == standing)
    }

    /// Confirmed categories of the year.
    pub(super) fn confirmed(&self) -> Vec<Category> {
        let confirmed = self.entries.iter().filter(|entry| entry.standing() == Standing::Confirmed);
        confirmed.map(|entry| entry.category).collect()
    }

    /// Confirmed and nobody mentors them.
    pub(super) fn waits_for_mentor(&self) -> bool {
        self.stands(Standing::Confirmed) && self.mentors.is_empty()
    }

    fn is_hidden(&self, veil: &Veil) -> bool {
        veil.hides(self.worker.person, self.worker.school.id)
    }

    pub(super) fn entry(&self, category: Category) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.category == category)
    }
}

/// Workers within reach with their categories, by the Russian alphabet; also those with none. Only those whose
/// names the reader may see.
pub(super) async fn all(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    filter: &StaffFilter,
    today: NaiveDate,
) -> anyhow::Result<Vec<Need>> {
    let veil = Veil::load(connection, reach, today).await?;
    let mut needs = load(connection, reach, filter, today, &veil).await?;
    needs.retain(|need| !need.is_hidden(&veil));
    Ok(needs)
}

/// Workers within reach for whom a category is proposed or decided this year, and how many more there are whose
/// names the reader may not see.
pub(super) async fn named(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    filter: &StaffFilter,
    today: NaiveDate,
) -> anyhow::Result<(Vec<Need>, u64)> {
    let veil = Veil::load(connection, reach, today).await?;
    let mut needs = load(connection, reach, filter, today, &veil).await?;
    needs.retain(|need| !need.entries.is_empty());
    let (hidden, shown): (Vec<_>, Vec<_>) = needs.into_iter().partition(|need| need.is_hidden(&veil));
    Ok((shown, super::front::number(hidden.iter())))
}

/// Everybody within reach, named or not; the names of mentors the reader may not see are hidden.
pub(super) async fn load(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    filter: &StaffFilter,
    today: NaiveDate,
    veil: &Veil,
) -> anyhow::Result<Vec<Need>> {
    let rules = Rules::load()?;
    let limits = rules.categories(today)?;
    let workers = store::workers(connection, reach, filter, today).await?;
    let mut mentors = store::mentors_of(connection, reach, today).await?;
    for mentor in mentors.values_mut().flatten() {
        if veil.hides(mentor.person, mentor.organization) {
            mentor.name = FullName::hidden();
        }
    }
    let mut decided: BTreeMap<(Uuid, Uuid), Vec<Decision>> = BTreeMap::new();
    for decision in store::decisions(connection, reach, filter).await? {
        decided.entry((decision.person, decision.organization)).or_default().push(decision);
    }
    let mut confirmed = store::confirmations(connection, reach, Side::Mentee, filter).await?;
    let year = AcademicYear::of(today);
    let need = |worker: Worker| {
        let key = (worker.person, worker.school.id);
        let decisions = decided.remove(&key).unwrap_or_default();
        let mark =
            confirmed.remove(&key).into_iter().chain(last_decided(&decisions)).max_by_key(|last| last.on);
        let mark = mark.map(|last| Mark::of(last, today)).transpose()?;
        let (current, history): (Vec<_>, Vec<_>) =
            decisions.into_iter().partition(|decision| decision.year == year);
        let proposals = propose(&worker.facts(&rules.positions), today, limits);
        let proposals = proposals.into_iter().map(|proposal| Entry {
            category: proposal.category,
            proposal: proposal.reason,
            is_vague: proposal.certainty == Certainty::DateIsVague,
            decision: None,
        });
        let entries = joined(proposals.collect(), current);
        Ok(Need { entries, history, mentors: mentors.remove(&key).unwrap_or_default(), mark, worker })
    };
    workers.into_iter().map(need).collect()
}

/// A decision is a look at the record, too.
fn last_decided(decisions: &[Decision]) -> Option<Confirmation> {
    let last = decisions.iter().max_by_key(|decision| decision.on)?;
    Some(Confirmation { on: last.on, by: last.by.clone() })
}

/// Proposals with the decisions about them, and decisions the record no longer speaks for.
fn joined(mut entries: Vec<Entry>, decisions: Vec<Decision>) -> Vec<Entry> {
    for decision in decisions {
        match entries.iter_mut().find(|entry| entry.category == decision.category) {
            Some(entry) => entry.decision = Some(decision),
            None => entries.push(Entry {
                category: decision.category,
                proposal: String::new(),
                is_vague: false,
                decision: Some(decision),
            }),
        }
    }
    entries.sort_by_key(|entry| entry.category);
    entries
}
