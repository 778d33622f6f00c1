//! What has changed between two texts, line by line and field by field.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::text::{Body, Eyes, Text};

/// All that differs between two texts: applied to the one it gives the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference(pub Vec<LineChange>);

/// A line that was added, removed or written anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineChange {
    pub line: Uuid,
    pub before: Option<Body>,
    pub after: Option<Body>,
}

/// A field before and after, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    pub title: &'static str,
    pub before: String,
    pub after: String,
}

/// From `old` to `new`.
pub fn difference(old: &Text, new: &Text) -> Difference {
    let lines: BTreeSet<&Uuid> = old.0.keys().chain(new.0.keys()).collect();
    let changes = lines.into_iter().filter_map(|line| {
        let (before, after) = (old.0.get(line), new.0.get(line));
        (before != after).then(|| LineChange { line: *line, before: before.cloned(), after: after.cloned() })
    });
    Difference(changes.collect())
}

impl Difference {
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text that comes out of the old one.
    #[must_use]
    pub fn applied_to(&self, old: &Text) -> Text {
        let mut text = old.clone();
        for change in &self.0 {
            match &change.after {
                Some(body) => text.0.insert(change.line, body.clone()),
                None => text.0.remove(&change.line),
            };
        }
        text
    }
}

impl LineChange {
    /// «Добавлено», «Убрано», «Изменено».
    pub const fn verb(&self) -> &'static str {
        match (&self.before, &self.after) {
            (None, _) => "Добавлено",
            (_, None) => "Убрано",
            _ => "Изменено",
        }
    }

    /// The line's name, as it was before.
    pub fn name(&self) -> String {
        self.before.as_ref().or(self.after.as_ref()).map(Body::name).unwrap_or_default()
    }

    /// The fields that differ for these eyes.
    pub fn fields(&self, eyes: Eyes) -> Vec<FieldChange> {
        let of = |body: &Option<Body>| body.as_ref().map(|body| body.fields(eyes)).unwrap_or_default();
        let (before, after) = (of(&self.before), of(&self.after));
        let value = |fields: &[(&'static str, String)], title: &str| {
            fields.iter().find(|(known, _)| *known == title).map(|(_, text)| text.clone()).unwrap_or_default()
        };
        let mut titles: Vec<&'static str> = before.iter().chain(&after).map(|(title, _)| *title).collect();
        let mut seen = BTreeSet::new();
        titles.retain(|title| seen.insert(*title));
        let change =
            |title| FieldChange { title, before: value(&before, title), after: value(&after, title) };
        titles.into_iter().map(change).filter(|change| change.before != change.after).collect()
    }
}
