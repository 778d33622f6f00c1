//! The named lists behind the numbers, each person with the reason.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::ids::{OrganizationId, PersonId};
use nastavnik_domain::indicator::MentoringRow;
use nastavnik_domain::policy::{Permission, Reach};
use uuid::Uuid;

use super::facts::{Facts, Measure, Organization};
use super::reasons::{Behind, reason};
use super::rules::rules;
use super::{Asked, asked_day, store};
use crate::consents::Veil;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Choice;
use crate::kernel::page::{Crumb, Layout, Listing, Tab, Tone, filters};
use crate::kernel::web::{Ctx, Path, page};
use crate::people::Employed;

const PER_PAGE: usize = 100;

#[derive(Template)]
#[template(path = "monitoring/people.html")]
struct PeoplePage {
    layout: Layout,
    on: NaiveDate,
    problem: Option<&'static str>,
    about: &'static str,
    tabs: Vec<Tab>,
    list: Listing,
    lines: Vec<PersonLine>,
    organizations: Vec<Choice>,
}

struct PersonLine {
    name: String,
    is_hidden: bool,
    href: Option<String>,
    position: String,
    organization: String,
    reason: String,
    mentors: Vec<MentorLine>,
    prepared: Option<Prepared>,
    /// Where to choose a mentor, for those who may.
    choice: Option<String>,
}

/// A mentor of somebody or of an organization, with the order.
struct MentorLine {
    name: String,
    href: Option<String>,
    order: String,
    pair: Option<String>,
}

/// A pair without an order yet.
struct Prepared {
    href: Option<String>,
}

#[derive(Template)]
#[template(path = "monitoring/organizations.html")]
struct OrganizationsPage {
    layout: Layout,
    on: NaiveDate,
    problem: Option<&'static str>,
    about: &'static str,
    tabs: Vec<Tab>,
    lines: Vec<OrganizationLine>,
}

struct OrganizationLine {
    name: String,
    href: Option<String>,
    kind: &'static str,
    mentors: Vec<MentorLine>,
    prepared: usize,
    tone: Tone,
}

/// Lists of indicator 1: part of the address, title, explanation, whom it takes.
type PeopleList = (&'static str, &'static str, &'static str, fn(&Measure) -> Vec<PersonId>);

const PEOPLE: &[PeopleList] = &[
    (
        "numerator",
        "С наставником",
        "Молодые специалисты, у которых в этот день действует наставничество по приказу.",
        |measure| measure.young.strict.numerator.clone(),
    ),
    (
        "missing",
        "Без наставника",
        "Молодые специалисты, у которых в этот день наставника по приказу нет.",
        |measure| without(&measure.young.strict.denominator, &measure.young.strict.numerator),
    ),
    (
        "denominator",
        "Все молодые специалисты",
        "Педагогические работники, чей опыт в этот день не больше трёх лет.",
        |measure| measure.young.strict.denominator.clone(),
    ),
    (
        "teachers-mentored",
        "Учителя с наставником",
        "Учителя – молодые специалисты с наставником.",
        |measure| measure.young.strict_teachers.numerator.clone(),
    ),
    (
        "teachers",
        "Учителя – молодые специалисты",
        "Только учителя, чей опыт не больше трёх лет.",
        |measure| measure.young.strict_teachers.denominator.clone(),
    ),
    (
        "literal",
        "Все наставляемые педагоги",
        "По букве приказа: все педагогические работники с наставником, и опытные тоже.",
        |measure| measure.young.literal.numerator.clone(),
    ),
    (
        "unknown",
        "Стаж неизвестен",
        "Пока не указано, с какого года человек преподаёт, молодым он не считается. Внесите дату в карточку.",
        |measure| measure.young.unknown.clone(),
    ),
    (
        "vague",
        "Дата стажа неточная",
        "Известен только год или месяц: человек посчитан молодым, потому что трёх лет могло ещё не пройти.",
        |measure| measure.young.vague.clone(),
    ),
];

/// Lists of indicator 2.
const ORGANIZATIONS: &[(&str, &str, &str)] = &[
    ("numerator", "Дали наставников", "Организации, чей работник в этот день – наставник по приказу."),
    ("missing", "Пока не дали", "Организации, у которых в этот день нет наставников по приказу."),
    (
        "denominator",
        "Все организации",
        "Все подведомственные образовательные организации, и детские сады тоже.",
    ),
];

fn without<Id: Copy + Ord>(whole: &[Id], part: &[Id]) -> Vec<Id> {
    let part: BTreeSet<Id> = part.iter().copied().collect();
    whole.iter().copied().filter(|id| !part.contains(id)).collect()
}

pub(super) async fn show_people(ctx: Ctx, Path(list): Path<String>) -> Outcome {
    let &(code, title, about, take) =
        PEOPLE.iter().find(|known| known.0 == list).ok_or(AppError::NotFound)?;
    let names = Names::load(&ctx).await?;
    let group = names.group(&ctx)?;
    let measure = names.facts.measure(&group)?;
    let lines = names.people(&ctx, &group, &take(&measure)).await?;
    let path = format!("/indicators/1/{code}");
    let list = Listing::new(&path, &ctx.visit.query, PER_PAGE as u64, lines.len() as u64);
    let skipped = usize::try_from(list.offset()).unwrap_or(usize::MAX);
    page(&PeoplePage {
        layout: names.layout(&ctx, title).await?,
        on: names.facts.on,
        problem: names.problem,
        about,
        tabs: PEOPLE
            .iter()
            .filter(|known| known.0 == code || !(known.3)(&measure).is_empty())
            .map(|known| names.tab(&ctx, 1, known.0, known.1, code))
            .collect(),
        lines: lines.into_iter().skip(skipped).take(PER_PAGE).collect(),
        organizations: names.choices(),
        list,
    })
}

pub(super) async fn show_organizations(ctx: Ctx, Path(list): Path<String>) -> Outcome {
    let &(code, title, about) =
        ORGANIZATIONS.iter().find(|known| known.0 == list).ok_or(AppError::NotFound)?;
    let names = Names::load(&ctx).await?;
    let group = names.group(&ctx)?;
    let share = names.facts.measure(&group)?.giving;
    let shown = match code {
        "numerator" => share.numerator,
        "missing" => without(&share.denominator, &share.numerator),
        _ => share.denominator,
    };
    let shown: Vec<&Organization> = group.into_iter().filter(|it| shown.contains(&it.id)).collect();
    page(&OrganizationsPage {
        layout: names.layout(&ctx, title).await?,
        on: names.facts.on,
        problem: names.problem,
        about,
        tabs: ORGANIZATIONS.iter().map(|known| names.tab(&ctx, 2, known.0, known.1, code)).collect(),
        lines: names.organizations(&ctx, &shown).await?,
    })
}

/// Facts within the reach of names.
struct Names {
    facts: Facts,
    problem: Option<&'static str>,
    readable: Reach,
    veil: Veil,
}

/// Stands in place of a name: the row stays, so that the list has as many as its number says.
const HIDDEN: &str = "имя скрыто: нет согласия на передачу данных";

impl Names {
    async fn load(ctx: &Ctx) -> Outcome<Self> {
        let Asked { on, problem } = asked_day(ctx);
        let reach = ctx.reach(Permission::ReadIndicatorLists);
        let facts = Facts::load(ctx.app().db.reader(), &reach, on).await?;
        // Whatever day is asked about, the consents of today decide.
        let veil = Veil::load(ctx.app().db.reader(), &reach, ctx.today).await?;
        Ok(Self { facts, problem, readable: ctx.reach(Permission::ReadPerson), veil })
    }

    /// The organization asked for, or all; one outside the reach does not exist.
    fn group(&self, ctx: &Ctx) -> Outcome<Vec<&Organization>> {
        let asked = ctx.asked("organization");
        if asked.is_empty() {
            return Ok(self.facts.organizations.iter().collect());
        }
        let id: OrganizationId = asked.parse().map_err(|_| AppError::NotFound)?;
        let found = self.facts.organizations.iter().find(|it| it.id == id).ok_or(AppError::NotFound)?;
        Ok(vec![found])
    }

    async fn layout(&self, ctx: &Ctx, title: &str) -> Outcome<Layout> {
        let mut layout = ctx.layout(title).await?;
        layout.crumbs = vec![Crumb::new(format!("/indicators?on={}", self.facts.on), "Показатели")];
        Ok(layout)
    }

    fn tab(&self, ctx: &Ctx, indicator: u32, code: &str, title: &str, shown: &str) -> Tab {
        let organization = match ctx.asked("organization") {
            "" => String::new(),
            id => format!("&organization={id}"),
        };
        let href = |code: &str| format!("/indicators/{indicator}/{code}?on={}{organization}", self.facts.on);
        Tab::new(href(code), title, &href(shown))
    }

    fn choices(&self) -> Vec<Choice> {
        let choice = |it: &Organization| Choice::new(it.id.to_string(), it.short_name.clone());
        self.facts.organizations.iter().map(choice).collect()
    }

    async fn people(
        &self,
        ctx: &Ctx,
        group: &[&Organization],
        people: &[PersonId],
    ) -> Outcome<Vec<PersonLine>> {
        let on = self.facts.on;
        let limits = rules()?.categories.on(on).map_err(anyhow::Error::from)?;
        let prepared = self.prepared(ctx, group).await?;
        let mentors = people.iter().flat_map(|&person| self.facts.mentorings_of(person));
        let behind = Behind::load(ctx, on, mentors).await?;
        let wanted: BTreeSet<PersonId> = people.iter().copied().collect();
        let line = |person: &Employed| {
            let jobs = person.jobs_on(None, on).filter_map(|job| {
                let place = group.iter().find(|it| it.id == job.organization)?;
                Some((job.position.as_str(), *place))
            });
            let jobs: Vec<(&str, &Organization)> = jobs.collect();
            let (_, place) = jobs.first()?;
            let is_hidden = jobs.iter().all(|job| self.veil.hides(person.person.0, job.1.id.0));
            let given = self.facts.mentorings_of(person.person);
            let mentors: Vec<MentorLine> =
                given.map(|row| self.mentor(ctx, row, person.person, &behind)).collect();
            let waits = prepared.get(&person.person.0).filter(|_| mentors.is_empty());
            let is_readable = !is_hidden && self.readable.covers(&place.place());
            let may_choose = mentors.is_empty()
                && waits.is_none()
                && on == ctx.today
                && ctx.actor().may_at(Permission::FormPairs, &place.place());
            Some(PersonLine {
                name: if is_hidden { HIDDEN.to_owned() } else { person.name.full() },
                is_hidden,
                href: is_readable.then(|| format!("/people/{}", person.person)),
                position: joined(jobs.iter().map(|job| job.0)),
                organization: joined(jobs.iter().map(|job| job.1.short_name.as_str())),
                reason: reason(person.teaching_since, on, &limits.value),
                mentors,
                prepared: waits.map(|&id| Prepared { href: self.pair_href(ctx, place.id, id) }),
                choice: may_choose
                    .then(|| format!("/pairs/new?mentee={}&organization={}", person.person, place.id)),
            })
        };
        let known = self.facts.people.iter().filter(|person| wanted.contains(&person.person));
        let mut lines: Vec<PersonLine> = known.filter_map(line).collect();
        // By the alphabet a hidden name could be guessed from its neighbors.
        lines.sort_by_key(|line| line.is_hidden);
        Ok(lines)
    }

    async fn organizations(&self, ctx: &Ctx, shown: &[&Organization]) -> Outcome<Vec<OrganizationLine>> {
        let behind = Behind::load(ctx, self.facts.on, self.facts.given_by(shown)).await?;
        let mut prepared: BTreeMap<Uuid, BTreeSet<Uuid>> = BTreeMap::new();
        let ids: Vec<Uuid> = shown.iter().map(|it| it.id.0).collect();
        for record in store::prepared(ctx.app().db.reader(), &ids, self.facts.on).await? {
            prepared.entry(record.organization_id).or_default().insert(record.id);
        }
        let readable = ctx.reach(Permission::ReadOrganizations);
        let line = |it: &&Organization| {
            let given = self.facts.given_by(&[it]);
            let mentors: Vec<MentorLine> = given
                .filter_map(|row| row.mentees.first().map(|&mentee| self.mentor(ctx, row, mentee, &behind)))
                .collect();
            OrganizationLine {
                name: it.short_name.clone(),
                href: readable.covers(&it.place()).then(|| format!("/organizations/{}", it.id)),
                kind: it.kind.title(),
                prepared: prepared.get(&it.id.0).map_or(0, BTreeSet::len),
                tone: if mentors.is_empty() { Tone::Wait } else { Tone::Done },
                mentors,
            }
        };
        Ok(shown.iter().map(line).collect())
    }

    /// The pair being prepared for each person who has none in force.
    async fn prepared(&self, ctx: &Ctx, group: &[&Organization]) -> Outcome<BTreeMap<Uuid, Uuid>> {
        let ids: Vec<Uuid> = group.iter().map(|it| it.id.0).collect();
        let records = store::prepared(ctx.app().db.reader(), &ids, self.facts.on).await?;
        Ok(records.into_iter().map(|record| (record.mentee_id, record.id)).collect())
    }

    fn mentor(&self, ctx: &Ctx, row: &MentoringRow, mentee: PersonId, behind: &Behind) -> MentorLine {
        let organization = row.mentor_organization;
        let mentor = row.mentor.0;
        let place = self.facts.organizations.iter().find(|it| it.id == organization).map(Organization::place);
        let is_hidden = self.veil.hides(mentor, organization.0);
        let is_readable = !is_hidden && place.is_some_and(|place| self.readable.covers(&place));
        let order = behind.orders.get(&(mentor, mentee.0));
        MentorLine {
            name: if is_hidden {
                HIDDEN.to_owned()
            } else {
                behind.names.get(&mentor).cloned().unwrap_or_default()
            },
            href: is_readable.then(|| format!("/people/{mentor}")),
            order: order.map_or_else(String::new, |(_, label)| label.clone()),
            pair: order.and_then(|(pair, _)| self.pair_href(ctx, organization, *pair)),
        }
    }

    fn pair_href(&self, ctx: &Ctx, organization: OrganizationId, pair: Uuid) -> Option<String> {
        let place = self.facts.organizations.iter().find(|it| it.id == organization)?.place();
        ctx.actor().may_at(Permission::ReadPairs, &place).then(|| format!("/pairs/{pair}"))
    }
}

/// Different texts with a semicolon between them.
fn joined<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut seen = BTreeSet::new();
    texts.filter(|text| seen.insert(*text)).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_missing_are_the_whole_without_the_part() {
        assert_eq!(without(&[1, 2, 3], &[2]), vec![1, 3]);
        assert!(without::<u32>(&[], &[]).is_empty());
    }
}
