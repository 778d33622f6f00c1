//! What a mentee hands in.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Words, a link, a file: at least one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    pub words: String,
    pub link: Option<String>,
    pub file: Option<Attached>,
}

/// A file that came with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    pub id: Uuid,
    pub name: String,
}

impl Product {
    /// Whether there is nothing in it.
    pub const fn is_empty(&self) -> bool {
        self.words.is_empty() && self.link.is_none() && self.file.is_none()
    }
}

/// An address a reader may follow: `http` or `https` with a host and nothing that hides it. Other schemes run something or
/// lead nowhere; a name before `@` shows one host and opens another.
pub fn web_link(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once("://")?;
    if !(scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")) {
        return None;
    }
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let names_host = host.contains('.') && host.chars().any(char::is_alphanumeric) && !host.contains('@');
    let is_plain = text.chars().all(|letter| {
        !letter.is_whitespace() && !letter.is_control() && !matches!(letter, '"' | '<' | '>' | '\\')
    });
    (names_host && is_plain).then_some(text)
}
