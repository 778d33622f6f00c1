//! Fields of a line: what is typed and what it becomes.

use chrono::NaiveDate;
use nastavnik_domain::competence::{Domain, Standing};
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::program::{Body, Ground, Who};

use super::view;
use crate::diagnosis::Finding;
use crate::kernel::forms::{Choice, Form};
use crate::pairs::Case;

/// Longest texts.
const LINE: usize = 300;
const SECTION: usize = 3000;

/// Kinds of lines a form writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Term,
    Section,
    Goal,
    Measure,
}

impl Kind {
    pub(super) const fn of(body: &Body) -> Self {
        match body {
            Body::Term { .. } => Self::Term,
            Body::Section { .. } => Self::Section,
            Body::Goal { .. } => Self::Goal,
            Body::Measure { .. } => Self::Measure,
        }
    }

    /// The code for forms and addresses.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Term => "term",
            Self::Section => "section",
            Self::Goal => "goal",
            Self::Measure => "measure",
        }
    }

    /// What may be added.
    pub(super) fn addable(code: &str) -> Option<Self> {
        [Self::Section, Self::Goal, Self::Measure].into_iter().find(|kind| kind.code() == code)
    }

    pub(super) const fn is(self, code: &str) -> bool {
        matches!(
            (self, code.as_bytes()),
            (Self::Term, b"term")
                | (Self::Section, b"section")
                | (Self::Goal, b"goal")
                | (Self::Measure, b"measure")
        )
    }
}

/// What the fields offer.
pub(super) struct Offer {
    pub(super) domains: Vec<Choice>,
    /// Whose goal it is, in a group.
    pub(super) mentees: Vec<Choice>,
    pub(super) who: Vec<Choice>,
}

impl Offer {
    /// `findings` are those this reader may know.
    pub(super) fn of(case: &Case, findings: &[Finding]) -> Self {
        let domain = |domain: Domain| {
            Choice::new(
                domain.number().to_string(),
                format!("{}{}", view::direction(domain), mark(findings, domain)),
            )
        };
        let mentee = |one: &crate::pairs::Participant| Choice::new(one.person.to_string(), one.name.short());
        let is_group = case.pair.mentees.len() > 1;
        Self {
            domains: Domain::ALL.map(domain).to_vec(),
            mentees: case.pair.mentees.iter().filter(|_| is_group).map(mentee).collect(),
            who: Who::ALL.map(|who| Choice::new(who.code(), who.title())).to_vec(),
        }
    }
}

/// What the diagnosis says of a domain, beside its name.
fn mark(findings: &[Finding], domain: Domain) -> &'static str {
    let known = findings.iter().filter(|finding| finding.domain == domain).map(|finding| finding.standing);
    match known.min_by_key(|standing| *standing != Standing::Deficit) {
        Some(Standing::Deficit) => " – есть трудность",
        Some(Standing::Strength) => " – сильная сторона",
        _ => "",
    }
}

/// The line as it stands, for the first showing.
pub(super) fn filled(body: &Body) -> Form {
    let form = Form::blank();
    match body {
        Body::Term { from, to } => form.with("from", from.to_string()).with("to", to.to_string()),
        Body::Section { title, text, .. } => form.with("title", title.clone()).with("text", text.clone()),
        Body::Goal { text, measure, domain, mentee, .. } => form
            .with("text", text.clone())
            .with("measure", measure.clone())
            .with("domain", domain.number().to_string())
            .with("mentee", mentee.map(|person| person.to_string()).unwrap_or_default()),
        Body::Measure { what, domain, form: how, due, who, product } => form
            .with("text", what.clone())
            .with("domain", domain.number().to_string())
            .with("form", how.clone())
            .with("due", due.to_string())
            .with("who", who.code())
            .with("product", product.clone()),
    }
}

/// Reads the line; the mistakes stand at their fields. `before` is the line that is written anew.
pub(super) fn read(
    form: &mut Form,
    kind: Kind,
    before: Option<&Body>,
    case: &Case,
    findings: &[Finding],
) -> Option<Body> {
    let offer = Offer::of(case, findings);
    let body = match kind {
        Kind::Term => read_term(form),
        Kind::Section => read_section(form, before),
        Kind::Goal => read_goal(form, &offer, case, findings),
        Kind::Measure => read_measure(form, &offer),
    };
    body.filter(|_| form.is_valid())
}

fn read_term(form: &mut Form) -> Option<Body> {
    let from = form.required_date("from", "Первый день");
    let to = form.required_date("to", "Последний день");
    let (from, to): (NaiveDate, NaiveDate) = (from?, to?);
    if to < from {
        form.error("to", "Последний день раньше первого. Проверьте даты.");
    }
    Some(Body::Term { from, to })
}

fn read_section(form: &mut Form, before: Option<&Body>) -> Option<Body> {
    let text = form.optional_paragraphs("text", "Текст", SECTION).unwrap_or_default();
    if let Some(Body::Section { code, title, .. }) = before {
        return Some(Body::Section { code: code.clone(), title: title.clone(), text });
    }
    let title = form.required_text("title", "Название раздела", LINE)?;
    Some(Body::Section { code: "own".to_owned(), title, text })
}

fn read_goal(form: &mut Form, offer: &Offer, case: &Case, findings: &[Finding]) -> Option<Body> {
    let text = one_line(form.required_paragraphs("text", "Цель", LINE));
    let measure = one_line(form.required_paragraphs("measure", "Как увидим результат", LINE));
    let domain = read_domain(form, offer);
    let chosen = form.optional_choice("mentee", "Чья цель", &offer.mentees);
    let mentee: Option<PersonId> = chosen.and_then(|id| id.parse().ok());
    let (text, measure, domain) = (text?, measure?, domain?);
    let whose = mentee.or(match case.pair.mentees.as_slice() {
        [only] => Some(PersonId(only.person)),
        _ => None,
    });
    Some(Body::Goal { text, measure, domain, ground: ground(findings, whose, domain), mentee })
}

fn read_measure(form: &mut Form, offer: &Offer) -> Option<Body> {
    let what = one_line(form.required_paragraphs("text", "Мероприятие", LINE));
    let domain = read_domain(form, offer);
    let how = form.required_text("form", "Форма", LINE);
    let due = form.required_date("due", "Срок");
    let who = form.required_choice("who", "Кто выполняет", &offer.who);
    let product = form.required_text("product", "Результат", LINE);
    Some(Body::Measure {
        what: what?,
        domain: domain?,
        form: how?,
        due: due?,
        who: Who::from_code(&who?)?,
        product: product?,
    })
}

/// A long line is typed in a field of several.
fn one_line(text: Option<String>) -> Option<String> {
    text.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn read_domain(form: &mut Form, offer: &Offer) -> Option<Domain> {
    let chosen = form.required_choice("domain", "Направление", &offer.domains)?;
    chosen.parse().ok().and_then(Domain::from_number)
}

/// What a goal rests on: told by the diagnosis, never typed in.
fn ground(findings: &[Finding], mentee: Option<PersonId>, domain: Domain) -> Ground {
    let of = |finding: &&Finding| finding.domain == domain && Some(PersonId(finding.person)) == mentee;
    match findings.iter().find(of).map(|finding| finding.standing) {
        Some(Standing::Deficit) => Ground::Deficit,
        Some(Standing::Strength) => Ground::Strength,
        _ => Ground::Request,
    }
}
