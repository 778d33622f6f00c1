//! A run in numbers, organization by organization: what whoever reaches it only through the region is told (п. 4.3).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use nastavnik_domain::matching::{Audience, Cause, Proposals};
use nastavnik_domain::russian::search_key;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::input::{Edition, Input};
use super::rest::free_places;
use super::store::{self, RunRow, Site};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::page::Listing;
use crate::kernel::web::Ctx;

const PER_PAGE: u64 = 50;

/// What is kept beside a run, so that nobody has to read all of it for a few numbers.
#[derive(Serialize, Deserialize)]
pub(super) struct Numbers {
    edition: Edition,
    lines: Vec<Counted>,
    /// Why so many stay without a mentor.
    causes: Vec<(Cause, u64)>,
}

/// Numbers of an organization.
#[derive(Clone, Copy, Default, Serialize, Deserialize)]
struct Counted {
    organization: Uuid,
    mentees: u64,
    matched: u64,
    /// Of them with a mentor of another organization.
    from_elsewhere: u64,
    /// Places that stay free.
    free: u64,
}

impl Numbers {
    pub(super) fn of(input: &Input, result: &Proposals) -> Self {
        let workplaces = input.workplaces();
        let home = |person: Uuid| workplaces.get(&person).copied().unwrap_or_default();
        let mut lines: BTreeMap<Uuid, Counted> = BTreeMap::new();
        for mentee in &input.people.mentees {
            lines.entry(mentee.profile.workplace.organization.0).or_default().mentees += 1;
        }
        for pair in &result.pairs {
            let line = lines.entry(home(pair.mentee.0)).or_default();
            line.matched += 1;
            line.from_elsewhere += u64::from(home(pair.mentor.0) != home(pair.mentee.0));
        }
        for (person, free) in free_places(input, result) {
            lines.entry(home(person.0)).or_default().free += u64::from(free);
        }
        let mut causes: BTreeMap<Cause, u64> = BTreeMap::new();
        for one in &result.unmatched {
            *causes.entry(one.cause()).or_default() += 1;
        }
        let line = |(organization, line)| Counted { organization, ..line };
        Self {
            edition: input.edition.clone(),
            lines: lines.into_iter().map(line).collect(),
            causes: causes.into_iter().collect(),
        }
    }

    /// As it is kept.
    pub(super) fn text(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }

    /// The numbers of a run; of one older than they are, counted from its content.
    async fn load(ctx: &Ctx, run: &RunRow) -> Outcome<Option<Self>> {
        let reader = ctx.app().db.reader();
        let Some(text) = store::numbers(reader, run.id).await? else { return Ok(None) };
        if !text.is_empty() {
            return Ok(Some(serde_json::from_str(&text)?));
        }
        let content = store::content(reader, run.id).await?.ok_or(AppError::NotFound)?;
        let Some(result) = content.result else { return Ok(None) };
        let (input, result) = (serde_json::from_str(&content.input)?, serde_json::from_str(&result)?);
        Ok(Some(Self::of(&input, &result)))
    }
}

/// The part of a run's page with numbers.
pub(super) struct NumbersPart {
    pub(super) edition: (NaiveDate, String),
    pub(super) whole: Line,
    /// How many stay without a mentor.
    pub(super) left: u64,
    pub(super) causes: Vec<(String, u64)>,
    pub(super) list: Listing,
    pub(super) lines: Vec<Line>,
}

/// A row of the table.
pub(super) struct Line {
    pub(super) place: String,
    pub(super) territory: String,
    pub(super) mentees: u64,
    pub(super) matched: u64,
    pub(super) from_elsewhere: u64,
    pub(super) free: u64,
}

impl Line {
    fn of(site: Option<&Site>, line: &Counted) -> Self {
        Self {
            place: site.map(|site| site.short_name.clone()).unwrap_or_default(),
            territory: site.and_then(|site| site.territory.clone()).unwrap_or_default(),
            mentees: line.mentees,
            matched: line.matched,
            from_elsewhere: line.from_elsewhere,
            free: line.free,
        }
    }
}

impl NumbersPart {
    /// Nothing while the run is being computed, or after it was canceled.
    pub(super) async fn load(ctx: &Ctx, run: &RunRow) -> Outcome<Option<Self>> {
        let Some(numbers) = Numbers::load(ctx, run).await? else { return Ok(None) };
        let schools: Vec<Uuid> = numbers.lines.iter().map(|line| line.organization).collect();
        let sites = store::sites(ctx.app().db.reader(), &schools).await?;
        let key = search_key(ctx.asked("q"));
        let site = |line: &Counted| sites.get(&line.organization);
        let mut found: Vec<&Counted> =
            numbers.lines.iter().filter(|line| answers(site(line), &key)).collect();
        found.sort_by_cached_key(|line| (site(line).map(|site| site.search_key.clone()), line.organization));
        let list = Listing::new(&run.href(), &ctx.visit.query, PER_PAGE, found.len() as u64);
        let skip = usize::try_from(list.offset()).unwrap_or(usize::MAX);
        let shown = found.into_iter().skip(skip).take(usize::try_from(PER_PAGE).unwrap_or(usize::MAX));
        Ok(Some(Self {
            lines: shown.map(|line| Line::of(site(line), line)).collect(),
            whole: Line::of(None, &whole(&numbers.lines)),
            left: numbers.causes.iter().map(|(_, number)| number).sum(),
            causes: told(&numbers.causes),
            edition: (numbers.edition.valid_from, numbers.edition.source),
            list,
        }))
    }
}

/// Whether the organization or its municipality has this search key in its name.
fn answers(site: Option<&Site>, key: &str) -> bool {
    let in_territory =
        |site: &Site| site.territory.as_deref().is_some_and(|name| search_key(name).contains(key));
    key.is_empty() || site.is_some_and(|site| site.search_key.contains(key) || in_territory(site))
}

fn whole(lines: &[Counted]) -> Counted {
    lines.iter().fold(Counted::default(), |sum, line| Counted {
        organization: Uuid::nil(),
        mentees: sum.mentees + line.mentees,
        matched: sum.matched + line.matched,
        from_elsewhere: sum.from_elsewhere + line.from_elsewhere,
        free: sum.free + line.free,
    })
}

/// Confidential causes all read alike, so they are one line; the commonest first.
fn told(causes: &[(Cause, u64)]) -> Vec<(String, u64)> {
    let mut told: BTreeMap<String, u64> = BTreeMap::new();
    for (cause, number) in causes {
        *told.entry(cause.words(Audience::Others)).or_default() += number;
    }
    let mut told: Vec<_> = told.into_iter().collect();
    told.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use nastavnik_domain::matching::Refusal;

    #[test]
    fn confidential_causes_are_one_line() {
        let causes = [
            (Cause::NoPlaces, 2),
            (Cause::Rule(Refusal::Wish), 1),
            (Cause::Rule(Refusal::NotRecommended), 2),
            (Cause::Rule(Refusal::UnionObjects), 1),
        ];
        let told = told(&causes);
        let numbers: Vec<u64> = told.iter().map(|(_, number)| *number).collect();
        assert_eq!(numbers, [4, 2]);
        assert!(told[0].0.contains("причину знает куратор организации"), "{}", told[0].0);
    }
}
