//! Routes of the demo: one in its second step with a tutor, one in its third year that was
//! brought along as a file, after an earlier one that ended with a move.

use anyhow::Context;
use axum::Router;
use chrono::{Datelike, Days, NaiveDate};
use nastavnik_domain::competence::Domain;
use nastavnik_domain::pathway::{
    Attitude, Body, Change, Detail, Event, Finding, Findings, Outcome, Pathway, Recorded, Reflection,
    SelfImage, Settled, Step, Term, Voice, write,
};
use nastavnik_domain::year::AcademicYear;
use uuid::Uuid;

use super::browser::Browser;
use super::city::{City, SCHOOL};
use super::work::Couple;
use crate::kernel::state::App;

pub(super) async fn play(
    app: &App,
    router: &Router,
    city: &City,
    couples: &[Couple<'_>],
) -> anyhow::Result<()> {
    for couple in couples {
        let owner = Browser::of(app, router, couple.mentee.account).await?;
        if couple.school.organization.short_name == SCHOOL {
            let tutor = offered_tutor(&owner, "/own/route").await?;
            second_step(&owner, city.today, &tutor.to_string()).await?;
            let guide = Browser::of(app, router, city.accounts[&tutor]).await?;
            comment(&guide).await?;
            continue;
        }
        for life in [stopped(city.today), three_years(city.today)] {
            let to = owner.upload("/own/route/imports", "route", &write(&Pathway::replay(&life)?)?).await?;
            owner.send(&format!("{to}/application"), &[("agree", "yes")]).await?;
        }
        let tutor = offered_tutor(&owner, "/own/route/access").await?;
        let access = [
            ("tutor", tutor.to_string()),
            ("opens", "self_image".to_owned()),
            ("opens", "attitudes".to_owned()),
        ];
        let access: Vec<(&str, &str)> = access.iter().map(|(name, value)| (*name, value.as_str())).collect();
        owner.send("/own/route/access", &access).await?;
    }
    Ok(())
}

/// The first tutor whom the page offers.
async fn offered_tutor(owner: &Browser, path: &str) -> anyhow::Result<Uuid> {
    let page = owner.read(path).await?;
    let offered = page.split("name=\"tutor\"").nth(1).and_then(|rest| rest.split("<option value=\"").nth(2));
    let id = offered.and_then(|rest| rest.split('"').next()).context("тьюторов не предлагают")?;
    Ok(id.parse()?)
}

/// The first step is done, the second one is waiting for words.
async fn second_step(owner: &Browser, today: NaiveDate, tutor: &str) -> anyhow::Result<()> {
    let to = Term { from: today, to: today }.last_day_of(4).to_string();
    let from = today.to_string();
    let terms =
        [("from", from.as_str()), ("to", &to), ("tutor", tutor), ("opens", "self_image"), ("agree", "yes")];
    owner.send("/own/route", &terms).await?;
    let page = owner.read("/own/route/steps/1").await?;
    let seen = page
        .split("name=\"seen\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap_or_default();
    let image = [
        ("seen", seen),
        (
            "ideal",
            "Учитель, на уроках которого спорят и думают, а ошибаться не страшно. Ученики приходят с вопросами, родители \
          знают, что я на их стороне.",
        ),
        ("values", "Уважение к каждому ребёнку и честная обратная связь."),
        (
            "own_way",
            "Мне близки уроки-исследования коллег, но я начну с коротких опытов: так спокойнее моим пятиклассникам.",
        ),
    ];
    owner.send("/own/route/self-image", &image).await?;
    owner.send("/own/route/steps/1/completion", &[]).await.map(|_| ())
}

/// The tutor says a word about the roadmap ahead.
async fn comment(tutor: &Browser) -> anyhow::Result<()> {
    let page = tutor.read("/routes").await?;
    let id = page
        .split("href=\"/routes/")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap_or_default()
        .to_owned();
    let said = [
        ("step", "4"),
        (
            "text",
            "Когда дойдёте до дорожной карты, посмотрите наш курс о формирующем оценивании: он как раз с февраля.",
        ),
    ];
    tutor.send(&format!("/routes/{id}/comments"), &said).await.map(|_| ())
}

/// An earlier route that ended with a move to another town.
fn stopped(today: NaiveDate) -> Vec<Recorded> {
    let year = AcademicYear::of(today).0 - 5;
    let day =
        |years: i32, month: u32, day: u32| NaiveDate::from_ymd_opt(year + years, month, day).unwrap_or(today);
    let image = SelfImage {
        ideal: "Учитель, которому не страшно пробовать новое при всём классе.".to_owned(),
        ..SelfImage::default()
    };
    let found = |step, domain, words: &str| Event::Found {
        step,
        findings: Findings { seen_on: None, list: vec![Finding { domain, words: words.to_owned() }] },
    };
    let course = line(
        "Проектная деятельность школьников",
        (day(0, 11, 1), day(1, 3, 31)),
        Domain::Methods,
        Detail::Course {
            provider: "Институт развития образования".to_owned(), hours: 72
        },
    );
    let result = Outcome {
        on: day(1, 4, 10),
        product: "Пять проектных задач для 7 класса".to_owned(),
        link: String::new(),
        document: String::new(),
        attitude: Attitude::Content,
        words: String::new(),
    };
    let reflection = Reflection {
        words: "Проектные задачи живут на моих уроках до сих пор. Дальше хочу понять, как оценивать путь, а не итог."
            .to_owned(),
        closeness: Some(5),
        ..Reflection::default()
    };
    let events = [
        (day(0, 9, 10), Event::Begun { term: Term { from: day(0, 9, 1), to: day(4, 8, 31) } }),
        (day(0, 9, 10), Event::SelfImageWritten { image }),
        (day(0, 9, 10), Event::Completed { step: Step::SelfImage }),
        (day(0, 9, 12), found(Step::Achievements, Domain::Subject, "Уверенно знаю предмет.")),
        (day(0, 9, 12), Event::Completed { step: Step::Achievements }),
        (day(0, 9, 14), found(Step::Difficulties, Domain::Methods, "Мало работаю проектами.")),
        (day(0, 9, 14), Event::Completed { step: Step::Difficulties }),
        (day(0, 9, 20), Event::Added { body: course }),
        (day(0, 9, 20), Event::Completed { step: Step::Roadmap }),
        (day(1, 4, 10), Event::Realized { number: 1, outcome: result }),
        (day(2, 6, 20), Event::Stopped { reason: "Переезд в другой город".to_owned(), reflection }),
    ];
    events.into_iter().map(|(on, event)| own(on, event)).collect()
}

/// What happened in three years of a route.
fn three_years(today: NaiveDate) -> Vec<Recorded> {
    let year = AcademicYear::of(today).0 - 2;
    let day =
        |years: i32, month: u32, day: u32| NaiveDate::from_ymd_opt(year + years, month, day).unwrap_or(today);
    let term = Term { from: day(0, 9, 1), to: day(5, 8, 31) };
    let found = |step, list: &[(Domain, &str)]| Event::Found {
        step,
        findings: Findings {
            seen_on: Some(day(0, 10, 5)),
            list: list
                .iter()
                .map(|(domain, words)| Finding { domain: *domain, words: (*words).to_owned() })
                .collect(),
        },
    };
    let image = SelfImage {
        ideal:
            "Наставник для младших коллег, который умеет объяснить трудное просто и сам продолжает учиться."
                .to_owned(),
        values: "Интерес детей важнее баллов.".to_owned(),
        own_way: "Беру проектные задачи, но оставляю время на тишину и чтение.".to_owned(),
    };
    let events = [
        (day(0, 9, 10), Event::Begun { term }),
        (day(0, 9, 10), Event::SelfImageWritten { image }),
        (day(0, 9, 10), Event::Completed { step: Step::SelfImage }),
        (
            day(0, 10, 6),
            found(
                Step::Achievements,
                &[
                    (Domain::Subject, "Свободно владею предметом, готовлю к олимпиадам."),
                    (Domain::Digital, "Веду уроки с цифровыми лабораториями."),
                ],
            ),
        ),
        (day(0, 10, 6), Event::Completed { step: Step::Achievements }),
        (
            day(0, 10, 8),
            found(
                Step::Difficulties,
                &[
                    (Domain::Psychology, "Трудно разговаривать с родителями, когда они недовольны."),
                    (Domain::Methods, "Оцениваю только итог, не вижу пути ученика."),
                ],
            ),
        ),
        (day(0, 10, 8), Event::Completed { step: Step::Difficulties }),
    ];
    let mut life: Vec<Recorded> = events.into_iter().map(|(on, event)| own(on, event)).collect();
    life.extend(roadmap(&day));
    life.extend(results(&day, today));
    life.extend(corrected(&day));
    life
}

fn own(on: NaiveDate, event: Event) -> Recorded {
    Recorded { by: Voice::Owner, on, event }
}

fn line(title: &str, (from, to): (NaiveDate, NaiveDate), domain: Domain, detail: Detail) -> Body {
    Body { title: title.to_owned(), from, to, domain: Some(domain), detail }
}

fn roadmap(day: &impl Fn(i32, u32, u32) -> NaiveDate) -> Vec<Recorded> {
    let course = |provider: &str, hours| Detail::Course { provider: provider.to_owned(), hours };
    let institute = "Институт развития образования";
    let trial = |words: &str| Detail::Trial { novelty: words.to_owned() };
    let bodies = [
        line(
            "Формирующее оценивание на уроке",
            (day(1, 2, 1), day(1, 4, 30)),
            Domain::Methods,
            course(institute, 72),
        ),
        line(
            "Трудный разговор с родителями",
            (day(2, 10, 1), day(2, 12, 20)),
            Domain::Psychology,
            course("ЦНППМ", 36),
        ),
        line(
            "Собрание в форме мастерской",
            (day(1, 1, 15), day(1, 5, 20)),
            Domain::Psychology,
            trial("Раньше проводил собрания только как отчёт"),
        ),
        line(
            "Листы самооценки ученика",
            (day(1, 9, 10), day(2, 12, 20)),
            Domain::Methods,
            trial("Дети сами видят свой путь"),
        ),
        line(
            "Городской проект «Школа вопросов»",
            (day(2, 9, 15), day(4, 5, 20)),
            Domain::Methods,
            Detail::Project {
                part: "Разрабатываю задания и провожу пробу в двух классах".to_owned()
            },
        ),
        line(
            "Взаимные посещения с коллегой",
            (day(0, 11, 1), day(1, 5, 20)),
            Domain::Methods,
            Detail::Measure {
                expected: "Не меньше шести уроков с разбором".to_owned()
            },
        ),
    ];
    let mut life: Vec<Recorded> =
        bodies.into_iter().map(|body| own(day(0, 10, 20), Event::Added { body })).collect();
    life.push(own(day(0, 10, 20), Event::Completed { step: Step::Roadmap }));
    life
}

fn results(day: &impl Fn(i32, u32, u32) -> NaiveDate, today: NaiveDate) -> Vec<Recorded> {
    let outcome = |on, product: &str, attitude, words: &str| Outcome {
        on,
        product: product.to_owned(),
        link: String::new(),
        document: String::new(),
        attitude,
        words: words.to_owned(),
    };
    let realized = |number, outcome: Outcome| own(outcome.on, Event::Realized { number, outcome });
    let course = Outcome {
        document: format!("удостоверение № 1408 от 30.04.{}", day(1, 4, 30).year()),
        ..outcome(
            day(1, 4, 30),
            "Набор из 12 листов обратной связи",
            Attitude::Content,
            "Проверил на трёх классах.",
        )
    };
    vec![
        realized(
            6,
            outcome(
                day(1, 5, 20),
                "Карты наблюдения восьми уроков",
                Attitude::Content,
                "Научился видеть детей со стороны.",
            ),
        ),
        realized(1, course),
        realized(
            3,
            outcome(
                day(1, 5, 18),
                "Сценарий собрания-мастерской",
                Attitude::Proud,
                "Впервые родители остались поговорить.",
            ),
        ),
        realized(
            4,
            outcome(
                today - Days::new(3),
                "Листы самооценки для 5–7 классов",
                Attitude::Partly,
                "Пока не все дети заполняют их честно.",
            ),
        ),
    ]
}

/// A correction after the first results, and what the tutor said about them.
fn corrected(day: &impl Fn(i32, u32, u32) -> NaiveDate) -> Vec<Recorded> {
    let added = line(
        "Клуб вопросов для родителей",
        (day(2, 11, 1), day(3, 5, 20)),
        Domain::Psychology,
        Detail::Measure { expected: "Четыре встречи в году".to_owned() },
    );
    let reason = "После мастерской родители попросили встречаться чаще".to_owned();
    vec![
        own(day(1, 6, 2), Event::Corrected { reason, change: Change::Add { body: added } }),
        Recorded {
            by: Voice::Tutor,
            on: day(1, 6, 5),
            event: Event::Commented {
                step: Step::Realization,
                text: "Сценарий хорош. Опубликуем его в базе практик?".to_owned(),
            },
        },
        own(
            day(1, 6, 6),
            Event::Answered {
                comment: 1, text: "Да, подготовлю описание".to_owned(), settled: Settled::Yes
            },
        ),
    ]
}
