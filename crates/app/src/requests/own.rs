//! One's own request of the academic year: may be changed until the year is over; earlier ones are only read.

use std::collections::BTreeMap;

use askama::Template;
use nastavnik_domain::config::{Positions, Post};
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::Reach;
use nastavnik_domain::request::{self, Format, MOST_WISHES, Request as Typed};
use nastavnik_domain::year::AcademicYear;
use sea_orm::ConnectionTrait;
use serde::Serialize;
use uuid::Uuid;

use super::record::{Answer, Request, Wishes};
use super::store::{self, ColleagueRow, NewRequest};
use crate::bank::{domain_choices, domain_named};
use crate::kernel::audit::Entry;
use crate::kernel::db;
use crate::kernel::errors::Outcome;
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Layout, filters};
use crate::kernel::web::{Ctx, Submission, again, page};

/// Longest texts.
const WORDS: usize = 1000;
const TIME: usize = 200;

#[derive(Template)]
#[template(path = "requests/own.html")]
struct OwnPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    year: String,
    /// Where the request goes, with other places the person works in.
    place: Option<Place>,
    others: Vec<Place>,
    readers: String,
    /// A curator is named in the wishes: they read it themself.
    names_curator: bool,
    answered: Option<Request>,
    earlier: Vec<Request>,
    version: i64,
    answers: Vec<Choice>,
    domains: Vec<Choice>,
    formats: Vec<Choice>,
    colleagues: Vec<Choice>,
    wanted: Vec<WishField>,
    unwanted: Vec<WishField>,
}

/// An organization in which the person is a pedagogical worker.
#[derive(Clone)]
struct Place {
    id: Uuid,
    name: String,
}

/// One of the boxes of wishes.
struct WishField {
    name: String,
    label: String,
}

/// Everything the page rests on.
struct Own {
    places: Vec<Place>,
    place: Option<Place>,
    curators: Vec<(Uuid, FullName)>,
    colleagues: Vec<Choice>,
    answered: Option<(Request, Wishes)>,
    earlier: Vec<Request>,
}

/// Neither what was asked nor the wishes: the journal is read by more people.
#[derive(Serialize)]
struct Told {
    person: Uuid,
    year: AcademicYear,
}

impl Own {
    async fn load(ctx: &Ctx, connection: &impl ConnectionTrait) -> Outcome<Self> {
        let person = ctx.actor().person.0;
        let places = pedagogical(store::own_jobs(connection, person, ctx.today).await?)?;
        let asked: Option<Uuid> = ctx.asked("organization").parse().ok();
        let named = places.iter().find(|place| Some(place.id) == asked);
        let place = named.or(places.first()).cloned();
        let everywhere = Reach { everywhere: true, ..Reach::default() };
        let all = store::requests_of(connection, &everywhere, person).await?;
        let year = AcademicYear::of(ctx.today);
        let (mut current, earlier): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|request| request.year == year);
        current.retain(|request| place.as_ref().is_some_and(|place| place.id == request.organization));
        let answered = match current.pop() {
            Some(request) => {
                let wishes = store::wishes(connection, request.id).await?;
                Some((request, wishes))
            }
            None => None,
        };
        let (curators, colleagues) = match &place {
            Some(place) => (
                store::curators(connection, place.id, ctx.today).await?,
                choices(store::colleagues(connection, place.id, person, ctx.today).await?),
            ),
            None => (Vec::new(), Vec::new()),
        };
        Ok(Self { places, place, curators, colleagues, answered, earlier })
    }
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let own = Own::load(&ctx, ctx.app().db.reader()).await?;
    let form = own.answered.as_ref().map_or_else(Form::blank, |(request, wishes)| filled(request, wishes));
    page(&own_page(&ctx, own, form).await?)
}

pub(super) async fn save(ctx: Ctx, submitted: Submission) -> Outcome {
    let own = Own::load(&ctx, ctx.app().db.reader()).await?;
    let mut form = submitted.form.clone();
    let read = read(&mut form, &own, PersonId(ctx.actor().person.0));
    let (Some(place), Some(read)) = (own.place.clone(), read) else {
        return again(&own_page(&ctx, own, form).await?);
    };
    let change = ctx.change(&submitted).await?;
    let (person, year) = (ctx.actor().person.0, AcademicYear::of(ctx.today));
    db::lock_row(change.tx(), "person", person).await?;
    let version: i64 = form.text("version").parse().unwrap_or(0);
    let known = own.answered.as_ref().filter(|_| version > 0).map(|(request, _)| (request.id, version));
    let new = NewRequest {
        person,
        organization: place.id,
        year,
        answer: read.answer,
        typed: &read.typed,
        words: &read.words,
        convenient_time: &read.convenient_time,
        wish_words: &read.wish_words,
    };
    let Some(id) = store::save(&change, &new, known).await? else {
        drop(change);
        form.error(
            "answer",
            "Вы уже сохранили запрос в другом окне. Откройте страницу заново и сверьте его.",
        );
        return again(&own_page(&ctx, own, form).await?);
    };
    let payload = Told { person, year };
    let subject = ("mentee_request", Some(id));
    let organization = Some(place.id);
    change.journal(Entry { kind: "help_request_saved", subject, organization, payload: &payload }).await?;
    let notice = match read.answer {
        Answer::Needed => "Запрос сохранён. Куратор увидит его и подберёт помощь",
        Answer::NotNeeded => "Записано: помощь сейчас не нужна. Передумать можно в любой день",
    };
    change.finish(&format!("/own/request?organization={}", place.id), notice).await
}

struct Read {
    answer: Answer,
    typed: Typed,
    words: String,
    convenient_time: String,
    wish_words: String,
}

fn read(form: &mut Form, own: &Own, author: PersonId) -> Option<Read> {
    if own.place.is_none() {
        form.error("answer", NOT_PEDAGOGUE);
        return None;
    }
    let answer = form.required_choice("answer", "Нужна ли помощь", &answers())?;
    if answer == Answer::NotNeeded.code() {
        let (words, convenient_time, wish_words) = (String::new(), String::new(), String::new());
        let (answer, typed) = (Answer::NotNeeded, Typed::default());
        return Some(Read { answer, typed, words, convenient_time, wish_words });
    }
    let domains = form.choices("domains", "В чём нужна помощь", &domain_choices());
    let formats = form.choices("formats", "Какая помощь удобна", &format_choices());
    let words = form.optional_paragraphs("words", "Своими словами", WORDS).unwrap_or_default();
    let convenient_time = form.optional_text("convenient_time", "Удобное время", TIME).unwrap_or_default();
    let wish_words =
        form.optional_paragraphs("wish_words", "Что важно в наставнике", WORDS).unwrap_or_default();
    let typed = Typed {
        domains: domains.iter().filter_map(|number| domain_named(number)).collect(),
        formats: formats.iter().filter_map(|code| Format::from_code(code)).collect(),
        wanted: wished(form, "wanted", own),
        unwanted: wished(form, "unwanted", own),
    };
    if form.is_valid() {
        for error in request::check(&typed, author).err().unwrap_or_default() {
            form.error(error.field(), format!("{error}."));
        }
    }
    form.is_valid().then_some(Read { answer: Answer::Needed, typed, words, convenient_time, wish_words })
}

/// The colleagues chosen in the boxes of one list, each once.
fn wished(form: &mut Form, list: &str, own: &Own) -> Vec<PersonId> {
    let mut people: Vec<PersonId> = Vec::new();
    for field in wish_fields(list) {
        let chosen = form.optional_choice(&field.name, &field.label, &own.colleagues);
        if let Some(person) = chosen.and_then(|id| id.parse().ok()).filter(|person| !people.contains(person))
        {
            people.push(person);
        }
    }
    people
}

const NOT_PEDAGOGUE: &str =
    "Запросы собирают у педагогов. Если в вашей карточке другая должность, скажите куратору.";

/// Organizations in which one of the jobs is pedagogical (п. 1.4).
fn pedagogical(jobs: Vec<ColleagueRow>) -> anyhow::Result<Vec<Place>> {
    let positions = Positions::bundled()?;
    let mut places: Vec<(Place, Vec<String>)> = Vec::new();
    for job in jobs {
        match places.iter_mut().find(|(place, _)| place.id == job.organization_id) {
            Some((_, held)) => held.push(job.position),
            None => {
                places.push((Place { id: job.organization_id, name: job.short_name }, vec![job.position]));
            }
        }
    }
    let teaches = |held: &[String]| positions.post_of_all(held) <= Post::Pedagogue;
    Ok(places.into_iter().filter(|(_, held)| teaches(held)).map(|(place, _)| place).collect())
}

/// Colleagues to choose from, one line for each person.
fn choices(rows: Vec<ColleagueRow>) -> Vec<Choice> {
    let mut people: BTreeMap<Uuid, usize> = BTreeMap::new();
    let mut found: Vec<Choice> = Vec::new();
    for row in rows {
        if people.contains_key(&row.id) {
            continue;
        }
        people.insert(row.id, found.len());
        let name = FullName::new(&row.surname, &row.given, row.patronymic.as_deref());
        found.push(Choice::new(row.id.to_string(), format!("{} – {}", name.full(), row.position)));
    }
    found
}

fn answers() -> Vec<Choice> {
    vec![
        Choice::new(Answer::Needed.code(), "Нужна помощь"),
        Choice::new(Answer::NotNeeded.code(), "Помощь сейчас не нужна")
            .with_hint("Это тоже ответ. Остальное можно не заполнять"),
    ]
}

fn format_choices() -> Vec<Choice> {
    let capitalized = |text: &str| {
        let mut letters = text.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    };
    Format::ALL.map(|format| Choice::new(format.code(), capitalized(format.title()))).to_vec()
}

fn wish_fields(list: &str) -> Vec<WishField> {
    let label = if list == "wanted" { "Хотелось бы" } else { "Не предлагать" };
    (1..=MOST_WISHES)
        .map(|row| WishField { name: format!("{list}_{row}"), label: format!("{label}, {row}") })
        .collect()
}

fn filled(request: &Request, wishes: &Wishes) -> Form {
    let mut form = Form::blank()
        .with("answer", request.answer.code())
        .with("words", request.words.clone())
        .with("convenient_time", request.convenient_time.clone())
        .with("wish_words", wishes.words.clone());
    for domain in &request.domains {
        form = form.with("domains", domain.number().to_string());
    }
    for format in &request.formats {
        form = form.with("formats", format.code());
    }
    for (list, people) in [("wanted", &wishes.wanted), ("unwanted", &wishes.unwanted)] {
        for ((person, _), row) in people.iter().zip(1..) {
            form = form.with(&format!("{list}_{row}"), person.to_string());
        }
    }
    form
}

/// «куратор: Иванова А. А.».
fn readers(curators: &[(Uuid, FullName)]) -> String {
    let names: Vec<String> = curators.iter().map(|(_, name)| name.short()).collect();
    match names.len() {
        0 => "только куратор (сейчас его нет: увидит тот, кого назначат)".to_owned(),
        1 => format!("только куратор ({})", names.join(", ")),
        _ => format!("только кураторы ({})", names.join(", ")),
    }
}

async fn own_page(ctx: &Ctx, own: Own, form: Form) -> Outcome<OwnPage> {
    let (answered, wishes) =
        own.answered.map_or((None, Wishes::default()), |(request, wishes)| (Some(request), wishes));
    let others =
        own.places.iter().filter(|other| own.place.as_ref().is_some_and(|place| place.id != other.id));
    Ok(OwnPage {
        layout: ctx.layout("Запрос на помощь").await?,
        form,
        form_key: ids::form_key(),
        year: AcademicYear::of(ctx.today).title(),
        others: others.cloned().collect(),
        place: own.place,
        readers: readers(&own.curators),
        names_curator: wishes.names(&own.curators),
        version: answered.as_ref().map_or(0, |request| request.version),
        answered,
        earlier: own.earlier,
        answers: answers(),
        domains: domain_choices(),
        formats: format_choices(),
        colleagues: own.colleagues,
        wanted: wish_fields("wanted"),
        unwanted: wish_fields("unwanted"),
    })
}
