//! The play of self-diagnosis: the personas fill their sheets through the router; teachers of a dozen schools have
//! filled theirs already, so that the city's map has numbers.

use std::collections::BTreeSet;

use axum::Router;
use chrono::{Days, NaiveDate};
use nastavnik_domain::competence::{Answer, Domain, Level, Wave, questionnaires};
use nastavnik_domain::year::AcademicYear;
use uuid::Uuid;

use super::browser::Browser;
use super::city::{City, OTHER_SCHOOL, SCHOOL, School};
use super::work::{Couple, Player};
use crate::diagnosis::{self, Whole};
use crate::kernel::state::App;

/// Schools whose teachers have answered, and how many in each.
const SCHOOLS: usize = 12;
const TEACHERS: usize = 9;

pub(super) async fn play(
    app: &App,
    router: &Router,
    city: &City,
    couples: &[Couple<'_>],
) -> anyhow::Result<()> {
    let codes = codes(city.today)?;
    others(app, city, &codes, couples).await?;
    for couple in couples {
        let mentor = Browser::of(app, router, couple.mentor.account).await?;
        match couple.school.organization.short_name.as_str() {
            SCHOOL => {
                let mentee = Browser::of(app, router, couple.mentee.account).await?;
                last_spring(app, city, couple, &codes).await?;
                own(&mentee, &codes, Mood::Grown).await?;
                own(&mentor, &codes, Mood::Experienced).await?;
                view(&mentor, couple, city.today, &codes).await?;
                ask(&mentee, city, couple).await?;
                for account in bystanders(city, couple).skip(1).take(1) {
                    let browser = Browser::of(app, router, account.account).await?;
                    browser.send("/own/diagnosis/refusals", &[("wave", Wave::Entry.code())]).await?;
                }
            }
            // The mentor of the other school is half way; the mentee has not begun.
            OTHER_SCHOOL => {
                let sheet = begun(&mentor).await?;
                page(&mentor, &sheet, Domain::Theory, &codes, Mood::Experienced).await?;
                page(&mentor, &sheet, Domain::Law, &codes, Mood::Experienced).await?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// How somebody answers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mood {
    /// A beginner in the first spring.
    Beginning,
    /// The same person half a year later.
    Grown,
    Experienced,
    /// The mentor's eyes on the mentee: kinder here, stricter there.
    Looking,
    /// One of the many, by a number.
    Somebody(usize),
}

impl Mood {
    /// A level by the domain and the place of the item in it; the same at every start.
    fn level(self, domain: Domain, item: usize) -> Level {
        let (number, uneven) = (usize::from(domain.number()), item % 3);
        let weak = matches!(domain, Domain::Methods | Domain::Psychology);
        let level = match self {
            Self::Beginning => 2 - uneven.min(2) / 2 - usize::from(weak),
            Self::Grown => {
                2 + usize::from(domain == Domain::Digital)
                    - usize::from(weak) * (uneven / 2)
                    - usize::from(domain == Domain::Methods)
            }
            Self::Experienced => 3 - usize::from(domain == Domain::Digital) - usize::from(item == 4),
            Self::Looking => {
                2 + usize::from(domain == Domain::Methods && item == 1) - usize::from(weak && item > 3)
            }
            Self::Somebody(seed) => (seed * 7 + number * 5 + item * (3 + seed % 4) + seed * number) % 11 / 3,
        };
        Level::ALL[level.min(3)]
    }

    fn is_important(self, domain: Domain, item: usize) -> bool {
        match self {
            Self::Beginning | Self::Grown => {
                matches!(domain, Domain::Methods | Domain::Psychology) && item < 3
            }
            Self::Experienced => domain == Domain::Digital && item == 0,
            Self::Looking => false,
            Self::Somebody(seed) => (seed + item + usize::from(domain.number())).is_multiple_of(4),
        }
    }

    fn answers(self, codes: &[(Domain, usize, String)]) -> Vec<Answer> {
        let answer = |(domain, item, code): &(Domain, usize, String)| Answer {
            item: code.clone(),
            level: Some(self.level(*domain, *item)),
            is_important: self.is_important(*domain, *item),
        };
        codes.iter().map(answer).collect()
    }
}

/// What the entry sheet asks, each with its place in its domain.
fn codes(today: NaiveDate) -> anyhow::Result<Vec<(Domain, usize, String)>> {
    let sets = questionnaires()?;
    let sections = &sets.on(today)?.value.sections;
    let of = |section: &nastavnik_domain::competence::Section| {
        let domain = section.domain;
        let codes = section.items.iter().enumerate().map(move |(at, item)| (domain, at, item.code.clone()));
        codes.collect::<Vec<_>>()
    };
    Ok(sections.iter().flat_map(of).collect())
}

/// The sheet of the mentee persona from the end of the year before.
async fn last_spring(
    app: &App,
    city: &City,
    couple: &Couple<'_>,
    codes: &[(Domain, usize, String)],
) -> anyhow::Result<()> {
    let tx = app.db.begin().await?;
    let whole = Whole {
        person: couple.mentee.person,
        organization: couple.school.organization.id,
        year: AcademicYear::of(city.today).previous(),
        wave: Wave::Final,
        at: app.clock.now() - chrono::Duration::days(220),
        answers: &Mood::Beginning.answers(codes),
    };
    diagnosis::add_whole(&tx, &whole).await?;
    tx.commit().await?;
    Ok(())
}

/// Teachers who answered this autumn.
async fn others(
    app: &App,
    city: &City,
    codes: &[(Domain, usize, String)],
    couples: &[Couple<'_>],
) -> anyhow::Result<()> {
    let tx = app.db.begin().await?;
    let year = AcademicYear::of(city.today);
    let is_persons = |school: &School| couples.iter().any(|couple| std::ptr::eq(couple.school, school));
    let schools = city.schools.iter().enumerate().filter(|(at, school)| *at < SCHOOLS || is_persons(school));
    // Somebody with jobs in two schools has answered once.
    let mut answered = BTreeSet::new();
    for (_, school) in schools {
        for person in teachers(city, school, couples).into_iter().take(TEACHERS) {
            if !answered.insert(person) {
                continue;
            }
            let seed = answered.len();
            let whole = Whole {
                person,
                organization: school.organization.id,
                year,
                wave: Wave::Entry,
                at: app.clock.now() - chrono::Duration::days(20),
                answers: &Mood::Somebody(seed).answers(codes),
            };
            diagnosis::add_whole(&tx, &whole).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Teachers of a school without a login of their own.
fn teachers(city: &City, school: &School, couples: &[Couple<'_>]) -> Vec<Uuid> {
    let plays = |person: Uuid| {
        city.accounts.contains_key(&person)
            || couples.iter().any(|couple| [couple.mentor.person, couple.mentee.person].contains(&person))
    };
    let teaches = |position: &str| position.starts_with("учитель") || position == "воспитатель";
    let found = school.workers.iter().filter(|worker| teaches(&worker.position) && !plays(worker.id));
    let mut people: Vec<Uuid> = found.map(|worker| worker.id).collect();
    people.dedup();
    people
}

/// People of the couple's school with a login who are neither in the pair nor heads.
fn bystanders(city: &City, couple: &Couple<'_>) -> impl Iterator<Item = Player> {
    let school = couple.school;
    let busy = [school.director, school.curator, couple.mentor.person, couple.mentee.person];
    school.workers.iter().filter(move |worker| !busy.contains(&worker.id)).filter_map(|worker| {
        let account = *city.accounts.get(&worker.id)?;
        Some(Player { person: worker.id, account })
    })
}

/// Begins the entry sheet and returns its address.
async fn begun(browser: &Browser) -> anyhow::Result<String> {
    browser.send("/own/diagnosis", &[("wave", Wave::Entry.code())]).await
}

/// Fills and completes one's own entry sheet.
async fn own(browser: &Browser, codes: &[(Domain, usize, String)], mood: Mood) -> anyhow::Result<()> {
    let sheet = begun(browser).await?;
    fill(browser, &sheet, codes, mood).await
}

async fn fill(
    browser: &Browser,
    sheet: &str,
    codes: &[(Domain, usize, String)],
    mood: Mood,
) -> anyhow::Result<()> {
    for domain in Domain::ALL {
        page(browser, sheet, domain, codes, mood).await?;
    }
    browser.send(&format!("{sheet}/completion"), &[]).await.map(|_| ())
}

/// Sends the page of one domain as a browser without scripts does.
async fn page(
    browser: &Browser,
    sheet: &str,
    domain: Domain,
    codes: &[(Domain, usize, String)],
    mood: Mood,
) -> anyhow::Result<()> {
    let mut fields = vec![("step".to_owned(), domain.number().to_string())];
    for (_, item, code) in codes.iter().filter(|(of, _, _)| *of == domain) {
        fields.push((format!("was.{code}"), String::new()));
        fields.push((format!("level.{code}"), mood.level(domain, *item).number().to_string()));
        if mood.is_important(domain, *item) {
            fields.push((format!("important.{code}"), "yes".to_owned()));
        }
    }
    if mood == Mood::Grown && domain == Domain::Methods {
        fields.push((format!("note_was.{}", domain.number()), String::new()));
        let note = "Как успеть и проверку, и новую тему: к концу урока времени не хватает";
        fields.push((format!("note.{}", domain.number()), note.to_owned()));
    }
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.send(&format!("{sheet}/answers"), &fields).await.map(|_| ())
}

/// The mentor looks at the mentee after two visits.
async fn view(
    mentor: &Browser,
    couple: &Couple<'_>,
    today: NaiveDate,
    codes: &[(Domain, usize, String)],
) -> anyhow::Result<()> {
    let day = |ago: u64| today.checked_sub_days(Days::new(ago)).unwrap_or(today).to_string();
    let (first, second) = (day(18), day(6));
    let path = format!("/pairs/{}/diagnosis/{}/view", couple.pair, couple.mentee.person);
    let visits = [("first_visit", first.as_str()), ("second_visit", second.as_str())];
    let sheet = mentor.send(&path, &visits).await?;
    fill(mentor, &sheet, codes, Mood::Looking).await
}

/// The mentee asks somebody of the school who has a login.
async fn ask(mentee: &Browser, city: &City, couple: &Couple<'_>) -> anyhow::Result<()> {
    let Some(colleague) = bystanders(city, couple).next() else { return Ok(()) };
    let colleague = colleague.person.to_string();
    mentee.send("/own/diagnosis/views", &[("colleague", colleague.as_str())]).await.map(|_| ())
}
