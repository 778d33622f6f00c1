//! Icons, states, links, facts and numbers.

use std::fmt::Display;

use askama::Template;

use crate::kernel::forms::Form;
use crate::kernel::page::{Step, Tab};

/// An outline icon; a word always stands beside it.
#[derive(Template)]
#[template(path = "parts/small.html", block = "icon")]
pub struct IconPart<'a> {
    prefix: &'a str,
    name: &'a dyn Display,
}

/// An icon by its name. `prefix`: `tone-` for the signs of states, else empty.
pub const fn icon<'a>(prefix: &'a str, name: &'a impl Display) -> IconPart<'a> {
    IconPart { prefix, name }
}

/// State of anything.
#[derive(Template)]
#[template(path = "parts/small.html", block = "status")]
pub struct StatusPart<'a> {
    tone: &'a dyn Display,
    word: &'a dyn Display,
}

/// A state in its tone.
pub const fn status<'a>(tone: &'a impl Display, word: &'a impl Display) -> StatusPart<'a> {
    StatusPart { tone, word }
}

/// A link that looks like a button.
#[derive(Template)]
#[template(path = "parts/small.html", block = "link")]
pub struct LinkPart<'a> {
    href: &'a dyn Display,
    title: &'a dyn Display,
    icon: &'a str,
    kind: &'a str,
}

/// A link; `icon` and `kind` may be empty.
pub const fn link<'a>(
    href: &'a impl Display,
    title: &'a impl Display,
    icon: &'a str,
    kind: &'a str,
) -> LinkPart<'a> {
    LinkPart { href, title, icon, kind }
}

/// A line of «Что сделать».
#[derive(Template)]
#[template(path = "parts/small.html", block = "todo")]
pub struct TodoPart<'a> {
    text: &'a str,
    href: &'a str,
    action: &'a str,
    term: &'a str,
    tone: &'a str,
    why: &'a str,
}

/// Verb and object, reason, term, one link. `term`, `tone` and `why` may be empty.
pub const fn todo<'a>(
    text: &'a str,
    href: &'a str,
    action: &'a str,
    term: &'a str,
    tone: &'a str,
    why: &'a str,
) -> TodoPart<'a> {
    TodoPart { text, href, action, term, tone, why }
}

/// A number that opens its list.
#[derive(Template)]
#[template(path = "parts/small.html", block = "number")]
pub struct NumberPart<'a> {
    href: &'a dyn Display,
    value: &'a dyn Display,
    title: &'a dyn Display,
    note: &'a str,
}

/// A number with its word; `note` may be empty.
pub const fn number<'a>(
    href: &'a impl Display,
    value: &'a impl Display,
    title: &'a impl Display,
    note: &'a str,
) -> NumberPart<'a> {
    NumberPart { href, value, title, note }
}

/// A fact inside a list of facts.
#[derive(Template)]
#[template(path = "parts/small.html", block = "fact")]
pub struct FactPart<'a> {
    term: &'a str,
    value: &'a str,
}

/// A fact; «не указано» if the value is empty.
pub const fn fact<'a>(term: &'a str, value: &'a str) -> FactPart<'a> {
    FactPart { term, value }
}

/// What a form sends without showing it.
#[derive(Template)]
#[template(path = "parts/small.html", block = "hidden")]
pub struct HiddenPart<'a> {
    name: &'a dyn Display,
    value: &'a dyn Display,
}

/// A hidden field.
pub const fn hidden<'a>(name: &'a impl Display, value: &'a impl Display) -> HiddenPart<'a> {
    HiddenPart { name, value }
}

/// Mistakes with links to their fields.
#[derive(Template)]
#[template(path = "parts/small.html", block = "errors")]
pub struct ErrorsPart<'a> {
    form: &'a Form,
}

/// The mistakes of a form; nothing when there are none.
pub const fn errors(form: &Form) -> ErrorsPart<'_> {
    ErrorsPart { form }
}

/// Parts of one thing under several addresses.
#[derive(Template)]
#[template(path = "parts/small.html", block = "tabs")]
pub struct TabsPart<'a> {
    title: &'a str,
    items: &'a [Tab],
}

/// The parts in their order.
pub const fn tabs<'a>(title: &'a str, items: &'a [Tab]) -> TabsPart<'a> {
    TabsPart { title, items }
}

/// Steps of a process.
#[derive(Template)]
#[template(path = "parts/small.html", block = "steps")]
pub struct StepsPart<'a> {
    title: &'a str,
    steps: &'a [Step],
}

/// The steps in their order.
pub const fn steps<'a>(title: &'a str, steps: &'a [Step]) -> StepsPart<'a> {
    StepsPart { title, steps }
}
