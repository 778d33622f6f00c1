//! The named lists behind the numbers, each person with the reason.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::category::{Youth, youth};
use nastavnik_domain::config::CategoryRules;
use nastavnik_domain::ids::{OrganizationId, PersonId};
use nastavnik_domain::indicator::MentoringRow;
use nastavnik_domain::period::{Precision, Since};
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::{Permission, Reach};
use nastavnik_domain::russian;
use uuid::Uuid;

use super::facts::{Facts, Measure, Organization, since};
use super::rules::rules;
use super::{Asked, asked_day, store};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Choice;
use crate::kernel::page::{Crumb, Layout, Listing, Tab, Tone, filters};
use crate::kernel::web::{Ctx, Path, page};

const PER_PAGE: u64 = 100;

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
    href: Option<String>,
    position: String,
    organization: String,
    reason: String,
    mentors: Vec<MentorLine>,
    prepared: Option<Prepared>,
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
    ("missing", "Без наставника", "Молодые специалисты, у которых в этот день наставника по приказу нет.", |measure| {
        without(&measure.young.strict.denominator, &measure.young.strict.numerator)
    }),
    (
        "denominator",
        "Все молодые специалисты",
        "Педагогические работники, чей опыт в этот день не больше трёх лет.",
        |measure| measure.young.strict.denominator.clone(),
    ),
    ("teachers-mentored", "Учителя с наставником", "Учителя – молодые специалисты с наставником.", |measure| {
        measure.young.strict_teachers.numerator.clone()
    }),
    ("teachers", "Учителя – молодые специалисты", "Только учителя, чей опыт не больше трёх лет.", |measure| {
        measure.young.strict_teachers.denominator.clone()
    }),
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
    ("denominator", "Все организации", "Все подведомственные образовательные организации, и детские сады тоже."),
];

fn without<Id: Copy + Ord>(whole: &[Id], part: &[Id]) -> Vec<Id> {
    let part: BTreeSet<Id> = part.iter().copied().collect();
    whole.iter().copied().filter(|id| !part.contains(id)).collect()
}

pub(super) async fn people(ctx: Ctx, Path(list): Path<String>) -> Outcome {
    let &(code, title, about, take) =
        PEOPLE.iter().find(|known| known.0 == list).ok_or(AppError::NotFound)?;
    let names = Names::load(&ctx).await?;
    let group = names.group(&ctx)?;
    let measure = names.facts.measure(&group)?;
    let lines = names.people(&ctx, &group, &take(&measure)).await?;
    let path = format!("/indicators/1/{code}");
    let list = Listing::new(&path, &ctx.visit.query, PER_PAGE, lines.len() as u64);
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
        lines: lines.into_iter().skip(skipped).take(PER_PAGE as usize).collect(),
        organizations: names.choices(),
        list,
    })
}

pub(super) async fn organizations(ctx: Ctx, Path(list): Path<String>) -> Outcome {
    let &(code, title, about) = ORGANIZATIONS.iter().find(|known| known.0 == list).ok_or(AppError::NotFound)?;
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
}

impl Names {
    async fn load(ctx: &Ctx) -> Outcome<Self> {
        let Asked { on, problem } = asked_day(ctx);
        let reach = ctx.reach(Permission::ReadIndicatorLists);
        let facts = Facts::load(ctx.app().db.reader(), &reach, on).await?;
        Ok(Self { facts, problem, readable: ctx.reach(Permission::ReadPerson) })
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

    async fn people(&self, ctx: &Ctx, group: &[&Organization], people: &[PersonId]) -> Outcome<Vec<PersonLine>> {
        let reader = ctx.app().db.reader();
        let on = self.facts.on;
        let limits = rules()?.categories.on(on).map_err(anyhow::Error::from)?;
        let organizations: Vec<Uuid> = group.iter().map(|it| it.id.0).collect();
        let ids: Vec<Uuid> = people.iter().map(|id| id.0).collect();
        let records = store::named(reader, &ids, &organizations, on).await?;
        let prepared = self.prepared(ctx, group).await?;
        let mentors = people.iter().flat_map(|&person| self.facts.mentorings_of(person));
        let behind = Behind::load(ctx, self.facts.on, mentors).await?;
        let mut lines: Vec<PersonLine> = Vec::with_capacity(people.len());
        let mut last = None;
        for record in records {
            if last == Some(record.person_id) {
                if let Some(line) = lines.last_mut() {
                    line.position = format!("{}; {}", line.position, record.position);
                }
                continue;
            }
            last = Some(record.person_id);
            let person = PersonId(record.person_id);
            let Some(organization) = group.iter().find(|it| it.id.0 == record.organization_id) else {
                continue;
            };
            let began = since(record.teaching_since, record.teaching_precision.as_deref());
            let mentors: Vec<MentorLine> =
                self.facts.mentorings_of(person).map(|it| self.mentor(ctx, it, person, &behind)).collect();
            let waits = prepared.get(&record.person_id).filter(|_| mentors.is_empty());
            lines.push(PersonLine {
                name: FullName::new(&record.surname, &record.given, record.patronymic.as_deref()).full(),
                href: self
                    .readable
                    .covers(&organization.place())
                    .then(|| format!("/people/{}", record.person_id)),
                position: record.position,
                organization: organization.short_name.clone(),
                reason: reason(began, on, &limits.value),
                mentors,
                prepared: waits.map(|&id| Prepared { href: self.pair_href(ctx, organization.id, id) }),
            });
        }
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
        let is_readable = place.is_some_and(|place| self.readable.covers(&place));
        let order = behind.orders.get(&(mentor, mentee.0));
        MentorLine {
            name: behind.names.get(&mentor).cloned().unwrap_or_default(),
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

/// Who mentors and by which order.
struct Behind {
    names: BTreeMap<Uuid, String>,
    /// The mentorship and the label of its order, by mentor and mentee.
    orders: BTreeMap<(Uuid, Uuid), (Uuid, String)>,
}

impl Behind {
    async fn load<'a>(
        ctx: &Ctx,
        on: NaiveDate,
        rows: impl Iterator<Item = &'a MentoringRow>,
    ) -> Outcome<Self> {
        let reader = ctx.app().db.reader();
        let mentors: BTreeSet<Uuid> = rows.map(|row| row.mentor.0).collect();
        let name = |record: &store::NameRecord| {
            FullName::new(&record.surname, &record.given, record.patronymic.as_deref()).short()
        };
        let names = store::names(reader, &mentors).await?;
        let orders = store::orders(reader, &mentors, on).await?;
        Ok(Self {
            names: names.iter().map(|record| (record.id, name(record))).collect(),
            orders: orders
                .into_iter()
                .map(|row| {
                    let order = format!("приказ №\u{a0}{} от {}", row.label, filters::short_date(row.dated_on));
                    ((row.mentor_id, row.mentee_id), (row.mentorship_id, order))
                })
                .collect(),
        })
    }
}

/// Why somebody counts as young or does not: «опыт 1 год 2 месяца (с 10.07.2025)».
fn reason(began: Option<Since>, on: NaiveDate, limits: &CategoryRules) -> String {
    let Some(since) = began else { return "неизвестно, с какого года преподаёт".to_owned() };
    let day = filters::short_date(since.date);
    let words = match since.precision {
        Precision::Day if since.date > on => format!("опыта ещё нет, начинает с {day}"),
        Precision::Day => format!("опыт {} (с {day})", russian::experience(since.date, on).words()),
        Precision::Month => format!("преподаёт с {}", &day[3..]),
        Precision::Year => format!("преподаёт с {} года", &day[6..]),
    };
    match youth(began, on, limits) {
        Youth::Perhaps => format!("{words}; точная дата неизвестна"),
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn reasons_are_told_in_words() {
        let limits = &rules().unwrap().categories.on(day("2026-11-23")).unwrap().value;
        let told = |date, precision| {
            let began = Some(Since { date: day(date), precision });
            reason(began, day("2026-11-23"), limits).replace('\u{a0}', " ")
        };
        assert_eq!(told("2025-09-10", Precision::Day), "опыт 1 год 2 месяца (с 10.09.2025)");
        assert_eq!(told("2026-12-01", Precision::Day), "опыта ещё нет, начинает с 01.12.2026");
        assert_eq!(told("2025-09-10", Precision::Month), "преподаёт с 09.2025");
        assert_eq!(told("2023-03-10", Precision::Year), "преподаёт с 2023 года; точная дата неизвестна");
        assert_eq!(reason(None, day("2026-11-23"), limits), "неизвестно, с какого года преподаёт");
    }

    #[test]
    fn the_missing_are_the_whole_without_the_part() {
        assert_eq!(without(&[1, 2, 3], &[2]), vec![1, 3]);
        assert!(without::<u32>(&[], &[]).is_empty());
    }
}
