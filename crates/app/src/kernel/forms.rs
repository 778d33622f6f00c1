//! Forms that come back: what was typed stays, and each mistake stands in Russian at its field.
//!
//! A handler makes a [`Form`] of what was sent, takes each value by a reader that says what it expects,
//! and shows the same page again unless [`Form::is_valid`].

mod clean;
mod readers;

use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;

pub use readers::parse_date;

/// Values as they were sent: several per name, in the order of the page.
#[derive(Debug, Clone, Default)]
pub struct FormData(Vec<(String, String)>);

/// Values with their mistakes, enough to show the form.
#[derive(Debug, Clone, Default)]
pub struct Form {
    data: FormData,
    errors: Vec<FieldError>,
}

/// A mistake at a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Name of the field.
    pub name: String,
    /// What is wrong and how to mend it, a full sentence.
    pub message: String,
}

/// One field as the template shows it.
#[derive(Debug, Clone, Copy)]
pub struct Field<'a> {
    /// Name under which it is sent.
    pub name: &'a str,
    /// What stands in it.
    pub value: &'a str,
    /// What is wrong with it.
    pub error: Option<&'a str>,
    data: &'a FormData,
}

/// One answer to choose: value that is sent and words that are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub title: String,
    /// A line of explanation under the words; may be empty.
    pub hint: String,
}

impl FormData {
    /// Takes decoded pairs.
    pub const fn from_pairs(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// First value of the name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All values of the name in their order.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All pairs in their order.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }
}

/// Body of a POST, or query of a GET, in the usual encoding of forms. Limits of size are the server's.
impl<S: Send + Sync> FromRequest<S> for FormData {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        axum::Form::<Vec<(String, String)>>::from_request(request, state)
            .await
            .map(|axum::Form(pairs)| Self(pairs))
            .map_err(IntoResponse::into_response)
    }
}

impl Form {
    /// An empty form for its first showing.
    pub fn blank() -> Self {
        Self::default()
    }

    /// A form of what was sent.
    pub const fn new(data: FormData) -> Self {
        Self { data, errors: Vec::new() }
    }

    /// Puts a value for the first showing, or one more value of a name with many.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.data.0.push((name.to_owned(), value.into()));
        self
    }

    /// What stands in the field, exactly as typed; empty if nothing was sent.
    pub fn text(&self, name: &str) -> &str {
        self.data.get(name).unwrap_or_default()
    }

    /// Whether this value of a field with many values was sent.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.data.all(name).any(|sent| sent == value)
    }

    /// The values as they were sent.
    pub const fn data(&self) -> &FormData {
        &self.data
    }

    /// The field for the template.
    pub fn field<'a>(&'a self, name: &'a str) -> Field<'a> {
        Field { name, value: self.text(name), error: self.error_at(name), data: &self.data }
    }

    /// Puts a mistake at a field. The first one at each field stays: mending it often mends the others.
    pub fn error(&mut self, name: &str, message: impl Into<String>) {
        if self.error_at(name).is_none() {
            self.errors.push(FieldError { name: name.to_owned(), message: message.into() });
        }
    }

    /// The mistakes in the order of reading, for the summary above the form.
    pub fn errors(&self) -> &[FieldError] {
        &self.errors
    }

    /// The mistake at a field.
    pub fn error_at(&self, name: &str) -> Option<&str> {
        self.errors.iter().find(|error| error.name == name).map(|error| error.message.as_str())
    }

    /// Whether all readers were content.
    pub const fn is_valid(&self) -> bool {
        self.errors.is_empty()
    }
}

impl FieldError {
    /// Address of the field inside the page.
    pub fn href(&self) -> String {
        format!("#{}", field_id(&self.name))
    }
}

impl Field<'_> {
    /// Identifier of the field's element.
    pub fn id(&self) -> String {
        field_id(self.name)
    }

    /// Whether this value is chosen.
    pub fn has(&self, value: &str) -> bool {
        self.data.all(self.name).any(|sent| sent == value)
    }

    /// Identifiers of the lines that explain the field: hint, note of who will see it, mistake.
    pub fn described_by(&self, hint: &str, seen: &str) -> String {
        let error = self.error.unwrap_or_default();
        let parts = [("hint", hint), ("seen", seen), ("error", error)];
        let ids = parts.iter().filter(|(_, text)| !text.is_empty());
        ids.map(|(part, _)| format!("{}-{part}", self.id())).collect::<Vec<_>>().join(" ")
    }

    /// The value as a calendar field wants it (`2026-09-01`); nothing if what was typed is no date.
    pub fn date(&self) -> Option<NaiveDate> {
        parse_date(self.value)
    }
}

impl Choice {
    /// An answer without explanation.
    pub fn new(value: impl Into<String>, title: impl Into<String>) -> Self {
        Self { value: value.into(), title: title.into(), hint: String::new() }
    }

    /// The same answer with a line of explanation.
    #[must_use]
    pub fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: hint.into(), ..self }
    }
}

fn field_id(name: &str) -> String {
    format!("f-{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_order_and_number() {
        let data = FormData::from_pairs(vec![
            ("tag".to_owned(), "б".to_owned()),
            ("name".to_owned(), "x".to_owned()),
            ("tag".to_owned(), "а".to_owned()),
        ]);
        assert_eq!(data.all("tag").collect::<Vec<_>>(), ["б", "а"]);
        assert_eq!(data.get("none"), None);
    }

    #[test]
    fn the_first_mistake_of_a_field_stays() {
        let mut form = Form::blank().with("name", " Ёж ");
        form.error("name", "Первая.");
        form.error("name", "Вторая.");
        form.error("date", "Третья.");
        assert_eq!(form.errors().len(), 2);
        assert_eq!(form.error_at("name"), Some("Первая."));
        assert_eq!(form.errors()[1].href(), "#f-date");
        assert_eq!(form.text("name"), " Ёж ");
    }

    #[test]
    fn a_field_names_only_the_lines_it_has() {
        let mut form = Form::blank();
        assert_eq!(form.field("a").described_by("", ""), "");
        form.error("a", "Ошибка.");
        assert_eq!(form.field("a").described_by("Подсказка", ""), "f-a-hint f-a-error");
    }
}
