//! Categories of mentees (A5, п. 1.4) and the audiences of the municipal program's events.
//!
//! The program only proposes, with the reason in words; the curator confirms or declines.

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::config::{CategoryRules, Post};
use crate::period::{Precision, Since};
use crate::person::{Education, Gender};

/// The four categories of п. 1.4. A mentee may have several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    Young,
    /// Only the curator sees this need: a staff list can't show it, so it is never proposed.
    NeedsNewSkill,
    Newcomer,
    OtherEducation,
}

/// Whom an event of the municipal program is for. Another dictionary than п. 1.4 (field.md 0.1, trap 13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    YoungSpecialist,
    Beginner,
    HavingDifficulties,
}

impl Category {
    /// Every category in the order of п. 1.4.
    pub const ALL: [Self; 4] = [Self::Young, Self::NeedsNewSkill, Self::Newcomer, Self::OtherEducation];

    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Young => "young",
            Self::NeedsNewSkill => "needs_new_skill",
            Self::Newcomer => "newcomer",
            Self::OtherEducation => "other_education",
        }
    }

    /// Words of п. 1.4.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Young => "молодой педагог, только пришедший в профессию",
            Self::NeedsNewSkill => {
                "опытный педагог, испытывающий потребность в освоении новой технологии или приобретении новых навыков"
            }
            Self::Newcomer => "новый педагог в коллективе",
            Self::OtherEducation => "педагог, имеющий непедагогическое профильное образование",
        }
    }

    /// A word or two for tables.
    pub const fn short(self) -> &'static str {
        match self {
            Self::Young => "молодой педагог",
            Self::NeedsNewSkill => "новая технология",
            Self::Newcomer => "новый в коллективе",
            Self::OtherEducation => "непедагогическое образование",
        }
    }

    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.code() == code)
    }

    /// Which events suit. Our reading: somebody new to a place or from another field meets difficulties
    /// rather than begins in the profession, and a need for a new skill is a difficulty one has named.
    pub const fn audiences(self) -> &'static [Audience] {
        match self {
            Self::Young => &[Audience::YoungSpecialist, Audience::Beginner],
            Self::NeedsNewSkill | Self::Newcomer | Self::OtherEducation => &[Audience::HavingDifficulties],
        }
    }
}

impl Audience {
    /// Words of the municipal program.
    pub const fn title(self) -> &'static str {
        match self {
            Self::YoungSpecialist => "молодые специалисты, опыт которых не превышает 3-х лет",
            Self::Beginner => "педагоги, начинающие профессиональную деятельность",
            Self::HavingDifficulties => "педагоги, испытывающие проблемы в профессиональной деятельности",
        }
    }
}

/// What the staff list knows of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StaffFacts {
    pub gender: Gender,
    /// What the person's positions in this organization make of them. Heads and deputies who don't
    /// teach are not pedagogical workers by постановление № 225, so nothing is proposed for them.
    pub post: Post,
    /// Since when the person has taught anywhere.
    pub teaching_since: Option<Since>,
    /// Since when the person has worked in this organization.
    pub hired_on: Option<Since>,
    pub education: Option<Education>,
}

/// A category the facts speak for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub category: Category,
    /// Why, for the curator: «опыт 1 год 2 месяца (с 10.07.2025), принята 26.08.2026».
    pub reason: String,
    pub certainty: Certainty,
}

/// Whether the dates of the staff list are exact enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    Certain,
    /// The list tells only a year or a month, and the limit passes within it.
    DateIsVague,
}

/// Whether a person is within the limit of a young teacher.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Youth {
    Young,
    /// Depends on the day within the month or year the staff list names.
    Perhaps,
    Experienced,
    /// The staff list doesn't tell when the person began to teach.
    Unknown,
}

/// «опыт не превышает 3-х лет»: the day three years are full is still within.
pub fn youth(teaching_since: Option<Since>, today: NaiveDate, rules: &CategoryRules) -> Youth {
    let Some(since) = teaching_since else { return Youth::Unknown };
    match (
        within(since.earliest(), rules.young_experience_months, today),
        within(since.latest(), rules.young_experience_months, today),
    ) {
        (true, _) => Youth::Young,
        (false, true) => Youth::Perhaps,
        (false, false) => Youth::Experienced,
    }
}

/// A5: the categories the staff record speaks for, in the order of п. 1.4.
pub fn propose(facts: &StaffFacts, today: NaiveDate, rules: &CategoryRules) -> Vec<Proposal> {
    if !facts.post.is_pedagogical() {
        return Vec::new();
    }
    [young(facts, today, rules), newcomer(facts, today, rules), other_education(facts, rules)]
        .into_iter()
        .flatten()
        .collect()
}

fn young(facts: &StaffFacts, today: NaiveDate, rules: &CategoryRules) -> Option<Proposal> {
    let certainty = match youth(facts.teaching_since, today, rules) {
        Youth::Young => Certainty::Certain,
        Youth::Perhaps => Certainty::DateIsVague,
        Youth::Experienced | Youth::Unknown => return None,
    };
    let since = facts.teaching_since?;
    let mut reason = words_experience(since, today);
    if let Some(hired) = facts.hired_on {
        reason.push_str(", ");
        reason.push_str(&words_hired(facts.gender, hired, today));
    }
    Some(Proposal { category: Category::Young, reason: words_vague(reason, certainty), certainty })
}

fn newcomer(facts: &StaffFacts, today: NaiveDate, rules: &CategoryRules) -> Option<Proposal> {
    let hired = facts.hired_on?;
    let certainty = match (
        within(hired.earliest(), rules.newcomer_months, today),
        within(hired.latest(), rules.newcomer_months, today),
    ) {
        (true, _) => Certainty::Certain,
        (false, true) => Certainty::DateIsVague,
        (false, false) => return None,
    };
    let mut reason = words_hired(facts.gender, hired, today);
    if hired.latest() <= today && hired.precision == Precision::Day {
        reason.push_str(", в коллективе ");
        reason.push_str(&words_months(months_between(hired.date, today)));
    }
    Some(Proposal { category: Category::Newcomer, reason: words_vague(reason, certainty), certainty })
}

fn other_education(facts: &StaffFacts, rules: &CategoryRules) -> Option<Proposal> {
    let education = facts.education.filter(|education| rules.other_education.contains(education))?;
    let reason = format!("образование: {}", education.title());
    Some(Proposal { category: Category::OtherEducation, reason, certainty: Certainty::Certain })
}

/// Whether so many months since `start` have not passed yet; a start in the future is within.
fn within(start: NaiveDate, months: u32, today: NaiveDate) -> bool {
    start.checked_add_months(Months::new(months)).is_none_or(|limit| today <= limit)
}

/// Whole calendar months from one day to another; zero when the second is earlier.
fn months_between(from: NaiveDate, to: NaiveDate) -> u32 {
    let months = (to.year() - from.year()) * 12 + i32::try_from(to.month()).unwrap_or(0)
        - i32::try_from(from.month()).unwrap_or(0);
    let months = u32::try_from(months).unwrap_or(0);
    // 31 January to 28 February is a whole month: the last day stands for the missing ones.
    let full = from.checked_add_months(Months::new(months)).is_some_and(|day| day <= to);
    if full { months } else { months.saturating_sub(1) }
}

fn words_experience(since: Since, today: NaiveDate) -> String {
    let began = words_since(since);
    if since.earliest() > today {
        return format!("опыта ещё нет, начинает {began}");
    }
    let months = months_between(since.earliest(), today);
    match since.precision {
        Precision::Day => format!("опыт {} ({began})", words_months(months)),
        Precision::Month | Precision::Year => format!("опыт не больше {} ({began})", words_months_of(months)),
    }
}

fn words_hired(gender: Gender, hired: Since, today: NaiveDate) -> String {
    let when = match hired.precision {
        Precision::Day => words_date(hired.date),
        Precision::Month => hired.date.format("в %m.%Y").to_string(),
        Precision::Year => format!("в {} году", hired.date.year()),
    };
    match (hired.earliest() > today, gender) {
        (true, _) => format!("приступает к работе {when}"),
        (false, Gender::Female) => format!("принята {when}"),
        (false, Gender::Male) => format!("принят {when}"),
    }
}

fn words_since(since: Since) -> String {
    match since.precision {
        Precision::Day => format!("с {}", words_date(since.date)),
        Precision::Month => since.date.format("с %m.%Y").to_string(),
        Precision::Year => format!("с {} года", since.date.year()),
    }
}

fn words_vague(reason: String, certainty: Certainty) -> String {
    match certainty {
        Certainty::Certain => reason,
        Certainty::DateIsVague => format!("{reason}; точная дата неизвестна, проверьте по трудовой книжке"),
    }
}

fn words_date(day: NaiveDate) -> String {
    day.format("%d.%m.%Y").to_string()
}

/// «1 год 2 месяца», «5 месяцев», «меньше месяца».
fn words_months(months: u32) -> String {
    let years = words_count(months / 12, ["год", "года", "лет"]);
    let rest = words_count(months % 12, ["месяц", "месяца", "месяцев"]);
    match (months / 12, months % 12) {
        (0, 0) => "меньше месяца".to_owned(),
        (0, _) => rest,
        (_, 0) => years,
        _ => format!("{years} {rest}"),
    }
}

/// The same after «не больше»: «1 года 2 месяцев».
fn words_months_of(months: u32) -> String {
    let months = months.max(1);
    let years = words_count(months / 12, ["года", "лет", "лет"]);
    let rest = words_count(months % 12, ["месяца", "месяцев", "месяцев"]);
    match (months / 12, months % 12) {
        (0, _) => rest,
        (_, 0) => years,
        _ => format!("{years} {rest}"),
    }
}

fn words_count(count: u32, [one, few, many]: [&str; 3]) -> String {
    let word = match (count % 10, count % 100) {
        (_, 11..=14) => many,
        (1, _) => one,
        (2..=4, _) => few,
        _ => many,
    };
    format!("{count} {word}")
}

#[cfg(test)]
mod tests;
