//! What a position is: a teacher, another pedagogical worker, a head, anybody else.

use serde::{Deserialize, Serialize};

use super::{ConfigError, parse, wrong};
use crate::role::{is_deputy, is_head};

const FILE: &str = "positions.toml";

/// What a person's position means for mentoring, the weightiest first.
///
/// п. 1.4 calls pedagogical workers those of постановление № 225; the forms of п. 2.3 tell teachers
/// («учитель …») from other pedagogical workers, and heads apart from both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Post {
    /// «учитель», «учитель начальных классов», «учитель-логопед».
    Teacher,
    /// Any other pedagogical worker.
    Pedagogue,
    /// The head of an organization or a deputy.
    Head,
    /// Not a pedagogical worker.
    Other,
}

impl Post {
    /// Whether постановление № 225 counts the position among pedagogical ones.
    pub const fn is_pedagogical(self) -> bool {
        matches!(self, Self::Teacher | Self::Pedagogue)
    }
}

/// The list of positions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Positions {
    teachers: Vec<String>,
    pedagogues: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    #[serde(rename = "source")]
    _source: String,
    teachers: Vec<String>,
    pedagogues: Vec<String>,
}

impl Positions {
    /// The list that comes with the program.
    pub fn bundled() -> Result<Self, ConfigError> {
        Self::parse(include_str!("../../../../regulation/positions.toml"))
    }

    /// Reads a list in the form of `regulation/positions.toml`.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let data: Data = parse(FILE, text)?;
        if data.teachers.is_empty() || data.pedagogues.is_empty() {
            return Err(wrong(FILE, "teachers", "список должностей пуст"));
        }
        let tidied = |titles: Vec<String>| titles.iter().map(|title| tidy(title)).collect();
        Ok(Self { teachers: tidied(data.teachers), pedagogues: tidied(data.pedagogues) })
    }

    /// What one position is. The longest title of the list that begins it decides.
    pub fn post(&self, position: &str) -> Post {
        let position = tidy(position);
        let longest = |titles: &[String]| {
            titles.iter().filter(|title| begins(&position, title)).map(String::len).max().unwrap_or(0)
        };
        let (teacher, pedagogue) = (longest(&self.teachers), longest(&self.pedagogues));
        match (teacher, pedagogue) {
            (0, 0) if is_deputy(&position) || is_head(&position) => Post::Head,
            (0, 0) => Post::Other,
            _ if teacher > pedagogue => Post::Teacher,
            _ => Post::Pedagogue,
        }
    }

    /// What a person holding all these positions at once is: the weightiest of them, so a deputy head
    /// who also teaches is a teacher. Without positions nobody is anything: `Other`.
    pub fn post_of_all<S: AsRef<str>>(&self, positions: &[S]) -> Post {
        positions.iter().map(|position| self.post(position.as_ref())).min().unwrap_or(Post::Other)
    }
}

/// «учитель математики» begins with «учитель», «учитель-логопед» and «учительская» don't.
fn begins(position: &str, title: &str) -> bool {
    position.strip_prefix(title).is_some_and(|rest| {
        rest.chars()
            .next()
            .is_none_or(|next| !next.is_alphabetic() && !matches!(next, '-' | '\u{2010}' | '\u{2011}'))
    })
}

/// Lower case, single spaces, «ё» as «е», no spaces around a hyphen inside a word.
fn tidy(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.to_lowercase().replace('ё', "е").replace(" - ", "-").replace("- ", "-").replace(" -", "-")
}
