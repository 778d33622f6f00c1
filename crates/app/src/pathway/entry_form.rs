//! The form of a line of the roadmap (E4).

use nastavnik_domain::competence::Domain;
use nastavnik_domain::pathway::{Body, BodyError, Detail, Kind, Term};

use crate::kernel::forms::{Choice, Form};

const LONG: usize = 4000;
const SHORT: usize = 300;

/// The four lists as answers.
fn kinds() -> Vec<Choice> {
    Kind::ALL.map(|kind| Choice::new(kind.code(), kind.title())).into()
}

/// The eight domains as answers.
pub(super) fn domains() -> Vec<Choice> {
    Domain::ALL.map(|domain| Choice::new(domain.code(), domain.short())).into()
}

/// The form with a line in it.
pub(super) fn filled(body: &Body) -> Form {
    let form = Form::blank()
        .with("kind", body.detail.kind().code())
        .with("title", body.title.clone())
        .with("from", body.from.to_string())
        .with("to", body.to.to_string())
        .with("domain", body.domain.map_or("", Domain::code));
    match &body.detail {
        Detail::Course { provider, hours } => {
            form.with("provider", provider.clone()).with("hours", hours.to_string())
        }
        Detail::Trial { novelty: words }
        | Detail::Project { part: words }
        | Detail::Measure { expected: words } => form.with("detail", words.clone()),
    }
}

/// The line a form describes; what is wrong stands at its field.
pub(super) fn read(form: &mut Form, term: Term) -> Option<Body> {
    let kind = form.required_choice("kind", "Список", &kinds()).and_then(|code| Kind::from_code(&code));
    let title = form.required_text("title", "Что сделаю", SHORT);
    let from = form.required_date("from", "Первый день");
    let to = form.required_date("to", "Последний день");
    let domain = form.optional_choice("domain", "Направление", &domains());
    let detail = kind.and_then(|kind| detail(form, kind));
    form.is_valid().then_some(())?;
    let domain = domain.and_then(|code| Domain::from_code(&code));
    let body = Body { title: title?, from: from?, to: to?, domain, detail: detail? };
    if let Err(error) = body.check(term) {
        let field = match error {
            BodyError::NoTitle => "title",
            BodyError::OutOfTerm(term) if body.from < term.from => "from",
            BodyError::Backwards | BodyError::OutOfTerm(_) => "to",
            BodyError::NoProvider => "provider",
            BodyError::Hours => "hours",
        };
        form.error(field, format!("{error}."));
        return None;
    }
    Some(body)
}

fn detail(form: &mut Form, kind: Kind) -> Option<Detail> {
    if kind == Kind::Course {
        let provider = form.required_text("provider", "Кто обучает", SHORT);
        let hours = form.required_integer("hours", "Часов", 1..=2000);
        let hours = hours.and_then(|hours| u32::try_from(hours).ok());
        return Some(Detail::Course { provider: provider?, hours: hours? });
    }
    let words = form.optional_paragraphs("detail", label(kind), LONG).unwrap_or_default();
    Some(match kind {
        Kind::Trial => Detail::Trial { novelty: words },
        Kind::Project => Detail::Project { part: words },
        _ => Detail::Measure { expected: words },
    })
}

/// What is asked besides.
pub(super) const fn label(kind: Kind) -> &'static str {
    match kind {
        Kind::Course => "Кто обучает",
        Kind::Trial => "Что в этом нового для вас",
        Kind::Project => "Что делаете вы",
        Kind::Measure => "Какой результат нужен",
    }
}
