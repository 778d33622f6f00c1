//! A strict reading of JSON: every field there and no other, and a fault told in Russian with its place.

use chrono::{Datelike, NaiveDate};
use serde_json::{Map, Value};

use super::body::Kind;

/// What is wrong with a file and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{what}", place(.path))]
pub struct FileError {
    /// «route.roadmap[2].body.to»; empty for the file as a whole.
    pub path: String,
    pub what: String,
}

fn place(path: &str) -> String {
    if path.is_empty() { String::new() } else { format!("Поле «{path}»: ") }
}

impl FileError {
    pub(super) fn new(path: &str, what: &str) -> Self {
        Self { path: path.to_owned(), what: what.to_owned() }
    }
}

/// A value with its place in the file.
#[derive(Clone, Debug)]
pub(super) struct At<'a> {
    value: &'a Value,
    path: String,
}

/// An object whose names were checked.
pub(super) struct Fields<'a> {
    map: &'a Map<String, Value>,
    path: String,
}

impl<'a> At<'a> {
    pub(super) const fn root(value: &'a Value) -> Self {
        Self { value, path: String::new() }
    }

    pub(super) fn wrong<T>(&self, what: &str) -> Result<T, FileError> {
        Err(FileError::new(&self.path, what))
    }

    /// An object with exactly these names.
    pub(super) fn object(&self, names: &[&str]) -> Result<Fields<'a>, FileError> {
        let Value::Object(map) = self.value else {
            return self.wrong("здесь нужен набор полей в { }");
        };
        let inside =
            |name: &str| if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) };
        if let Some(unknown) = map.keys().find(|name| !names.contains(&name.as_str())) {
            return Err(FileError::new(&inside(unknown), "такого поля в маршруте нет"));
        }
        if let Some(absent) = names.iter().find(|name| !map.contains_key(**name)) {
            return Err(FileError::new(&inside(absent), "поля нет, а оно нужно"));
        }
        Ok(Fields { map, path: self.path.clone() })
    }

    /// The kind a line of the roadmap says it is.
    pub(super) fn kind(&self) -> Result<Kind, FileError> {
        let Value::Object(map) = self.value else {
            return self.wrong("здесь нужен набор полей в { }");
        };
        let value = map.get("kind").unwrap_or(&Value::Null);
        At { value, path: format!("{}.kind", self.path) }.code(Kind::from_code)
    }

    /// A list of at most so many, each read by `one`.
    pub(super) fn list<T>(
        &self,
        most: usize,
        one: impl Fn(&At<'a>) -> Result<T, FileError>,
    ) -> Result<Vec<T>, FileError> {
        let Value::Array(values) = self.value else {
            return self.wrong("здесь нужен список в [ ]");
        };
        if values.len() > most {
            return self.wrong(&format!("в списке больше {most} записей"));
        }
        let at = |(place, value)| Self { value, path: format!("{}[{place}]", self.path) };
        values.iter().enumerate().map(at).map(|at| one(&at)).collect()
    }

    /// Nothing where `null` stands.
    pub(super) fn optional<T>(
        &self,
        read: impl Fn(&At<'a>) -> Result<T, FileError>,
    ) -> Result<Option<T>, FileError> {
        if self.value.is_null() { Ok(None) } else { read(self).map(Some) }
    }

    /// Text of at most so many letters, without invisible tricks.
    pub(super) fn text(&self, longest: usize) -> Result<String, FileError> {
        let Value::String(text) = self.value else {
            return self.wrong("здесь нужен текст в кавычках");
        };
        if text.chars().count() > longest {
            return self.wrong(&format!("текст длиннее {longest} знаков"));
        }
        if text.chars().any(is_forbidden) {
            return self.wrong("в тексте есть недопустимые невидимые знаки");
        }
        Ok(text.clone())
    }

    /// A day: «2026-09-01».
    pub(super) fn date(&self) -> Result<NaiveDate, FileError> {
        let Value::String(text) = self.value else {
            return self.wrong("здесь нужна дата, например «2026-09-01»");
        };
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
        match day.filter(|day| text.len() == 10 && (1900..=2100).contains(&day.year())) {
            Some(day) => Ok(day),
            None => self.wrong("нет такой даты: нужны год, месяц и день, например «2026-09-01»"),
        }
    }

    /// A whole number within bounds.
    pub(super) fn number(&self, from: u32, to: u32) -> Result<u32, FileError> {
        let number = self.value.as_u64().and_then(|number| u32::try_from(number).ok());
        match number.filter(|number| (from..=to).contains(number)) {
            Some(number) => Ok(number),
            None => self.wrong(&format!("здесь нужно целое число от {from} до {to}")),
        }
    }

    /// One of the codes that `known` understands.
    pub(super) fn code<T>(&self, known: impl Fn(&str) -> Option<T>) -> Result<T, FileError> {
        let code = self.value.as_str().unwrap_or_default();
        match known(code) {
            Some(value) => Ok(value),
            None => self.wrong("такого значения нет среди известных"),
        }
    }
}

impl<'a> Fields<'a> {
    /// A field; its name was among those checked.
    pub(super) fn at(&self, name: &str) -> At<'a> {
        let path = if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) };
        At { value: self.map.get(name).unwrap_or(&Value::Null), path }
    }
}

/// The same characters that forms refuse.
fn is_forbidden(letter: char) -> bool {
    match letter {
        '\n' | '\t' => false,
        '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        other => other.is_control(),
    }
}
