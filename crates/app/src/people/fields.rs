//! Fields of a person and of an employment: read, checked, put right the way staff lists are.

use chrono::{Datelike, NaiveDate};
use nastavnik_domain::period::{Precision, Since};
use nastavnik_domain::person::{Education, FullName, Gender, Qualification};
use nastavnik_domain::russian::{fix_lookalikes, short, title_case_name};
use nastavnik_domain::staff_list::{Cell, Parsed, parse_email, parse_phone};

use super::add::NewPerson;
use super::card::gender_words;
use super::history::Facts;
use super::store::{JobRow, PersonRow};
use super::words::{read_since, since_text};
use crate::kernel::forms::{Choice, Form};

/// Years between which a worker's age must lie: fourteen is the least age of a labor contract (ТК 63).
const AGES: std::ops::RangeInclusive<i32> = 14..=100;

/// An employment as typed.
#[derive(Clone, Debug)]
pub(super) struct TypedJob {
    pub(super) position: String,
    pub(super) subject: Option<String>,
    pub(super) qualification: Option<Qualification>,
    pub(super) share_percent: i64,
    pub(super) started: Option<Since>,
}

pub(super) fn genders() -> Vec<Choice> {
    [Gender::Female, Gender::Male].map(|gender| Choice::new(gender.code(), gender_words(gender))).into()
}

pub(super) fn educations() -> Vec<Choice> {
    Education::ALL.into_iter().map(|known| Choice::new(known.code(), known.title())).collect()
}

pub(super) fn qualifications() -> Vec<Choice> {
    Qualification::ALL.into_iter().map(|known| Choice::new(known.code(), known.title())).collect()
}

/// The form of a person known already.
pub(super) fn person_form(person: &PersonRow) -> Form {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    Form::blank()
        .with("surname", &*person.surname)
        .with("given", &*person.given)
        .with("patronymic", text(&person.patronymic))
        .with("gender", &*person.gender)
        .with("born_on", person.born_on.map(|day| day.to_string()).unwrap_or_default())
        .with("education", text(&person.education))
        .with("teaching_since", person.teaching_since().map(since_text).unwrap_or_default())
        .with("phone", text(&person.phone))
        .with("email", text(&person.email))
}

/// The form of an employment known already.
pub(super) fn job_form(job: &JobRow) -> Form {
    Form::blank()
        .with("position", &*job.position)
        .with("subject", job.subject.clone().unwrap_or_default())
        .with("qualification", job.qualification.clone().unwrap_or_default())
        .with("share_percent", job.share_percent.to_string())
        .with("started", job.started().map(since_text).unwrap_or_default())
}

/// Reads a person; `known` is what stood in the form before, so that a date not touched keeps its precision.
pub(super) fn read_person(form: &mut Form, known: Option<&PersonRow>, today: NaiveDate) -> Option<NewPerson> {
    let surname = name_part(form, "surname", "Фамилия");
    let given = name_part(form, "given", "Имя");
    let patronymic = if form.text("patronymic").trim().is_empty() {
        Some(None)
    } else {
        name_part(form, "patronymic", "Отчество").map(Some)
    };
    let gender = form.required_choice("gender", "Пол", &genders());
    let born_on = read_birth(form, today);
    let education = form.optional_choice("education", "Образование", &educations());
    let since = read_since(form, "teaching_since", "Преподаёт с", today);
    let phone =
        contact(form, "phone", "Телефон", |cell| parse_phone(cell).map_err(|problem| problem.0));
    let email = contact(form, "email", "Электронная почта", |cell| {
        parse_email(cell).map_err(|problem| problem.0)
    });
    if let (Some(since), Some(born_on)) = (since, born_on)
        && since.latest() < born_on
    {
        form.error("teaching_since", "Преподавание началось раньше рождения. Исправьте одну из двух дат.");
    }
    if !form.is_valid() {
        return None;
    }
    let kept = known.filter(|known| known.teaching_since().map(since_text) == since.map(since_text));
    let (teaching_since, teaching_precision) = match kept {
        Some(known) => (known.teaching_since, code_of(known.teaching_precision.as_deref())),
        None => (since.map(|since| since.date), since.map(|since| since.precision.code())),
    };
    Some(NewPerson {
        name: FullName::new(&surname?, &given?, patronymic?.as_deref()),
        gender: Gender::from_code(&gender?)?,
        born_on,
        education: education.as_deref().and_then(Education::from_code).map(Education::code),
        teaching_since,
        teaching_precision,
        phone: phone.map(|parsed| parsed.value)?,
        email: email.map(|parsed| parsed.value)?,
    })
}

/// Reads an employment.
pub(super) fn read_job(form: &mut Form, today: NaiveDate) -> Option<TypedJob> {
    let position = form.required_text("position", "Должность", 160);
    let subject = form.optional_text("subject", "Предмет", 120);
    let qualification =
        form.optional_choice("qualification", "Квалификационная категория", &qualifications());
    let share_percent = form.required_integer("share_percent", "Доля ставки", 1..=200);
    let started = read_since(form, "started", "Принят с", today);
    if !form.is_valid() {
        return None;
    }
    Some(TypedJob {
        position: fix_lookalikes(&position?).0,
        subject: subject.map(|subject| fix_lookalikes(&subject).0),
        qualification: qualification.as_deref().and_then(Qualification::from_code),
        share_percent: share_percent?,
        started,
    })
}

/// What changes in a person, field by field.
pub(super) fn person_changes(before: &PersonRow, after: &NewPerson) -> Facts {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let day = |day: Option<NaiveDate>| day.map(short).unwrap_or_default();
    let education = |code: Option<&str>| code.and_then(Education::from_code).map_or("", Education::title);
    let taught = super::front::since(after.teaching_since, after.teaching_precision);
    Facts::default()
        .with("Фамилия", &*before.surname, &*after.name.surname)
        .with("Имя", &*before.given, &*after.name.given)
        .with("Отчество", text(&before.patronymic), text(&after.name.patronymic))
        .with("Пол", gender_words(before.gender()), gender_words(after.gender))
        .with("Дата рождения", day(before.born_on), day(after.born_on))
        .with("Образование", education(before.education.as_deref()), education(after.education))
        .with(
            "Преподаёт с",
            before.teaching_since().map(since_text).unwrap_or_default(),
            taught.map(since_text).unwrap_or_default(),
        )
        .with("Телефон", text(&before.phone), text(&after.phone))
        .with("Электронная почта", text(&before.email), text(&after.email))
}

/// What changes in an employment.
pub(super) fn job_changes(before: &JobRow, after: &TypedJob) -> Facts {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let since = |since: Option<Since>| since.map(since_text).unwrap_or_default();
    Facts::default()
        .with("Должность", &*before.position, &*after.position)
        .with("Предмет", text(&before.subject), text(&after.subject))
        .with(
            "Квалификационная категория",
            before.qualification().map_or("", Qualification::title),
            after.qualification.map_or("", Qualification::title),
        )
        .with("Доля ставки", format!("{} %", before.share_percent), format!("{} %", after.share_percent))
        .with("Принят с", since(before.started()), since(after.started))
}

fn code_of(stored: Option<&str>) -> Option<&'static str> {
    match stored {
        Some("experience") => Some("experience"),
        stored => stored.and_then(Precision::from_code).map(Precision::code),
    }
}

fn name_part(form: &mut Form, name: &str, label: &str) -> Option<String> {
    let text = form.required_text(name, label, 60)?;
    let (text, _) = fix_lookalikes(&text.replace(" - ", "-").replace(['‐', '‑', '–'], "-"));
    let text = title_case_name(&text);
    if let Some(wrong) =
        text.chars().find(|sign| !(sign.is_alphabetic() || matches!(sign, ' ' | '-' | '\'' | '’')))
    {
        form.error(name, format!("В поле «{label}» стоит знак «{wrong}». Введите полностью, буквами."));
        return None;
    }
    Some(text)
}

fn read_birth(form: &mut Form, today: NaiveDate) -> Option<NaiveDate> {
    let born_on = form.optional_date("born_on", "Дата рождения")?;
    if !AGES.contains(&(today.year() - born_on.year())) {
        form.error("born_on", "Проверьте год рождения: работнику должно быть от 14 до 100 лет.");
        return None;
    }
    Some(born_on)
}

/// `None`: a mistake; a value of `None` inside: left empty.
fn contact<T, P>(form: &mut Form, name: &str, label: &str, parse: P) -> Option<Parsed<Option<T>>>
where
    P: Fn(&Cell) -> Result<Parsed<Option<T>>, String>,
{
    let text = form.optional_text(name, label, 254).unwrap_or_default();
    match parse(&Cell::Text(text)) {
        Ok(parsed) => Some(parsed),
        Err(problem) => {
            form.error(name, problem);
            None
        }
    }
}
