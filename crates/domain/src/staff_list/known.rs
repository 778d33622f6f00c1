//! What the database already knows about a person, as far as loading a staff list needs it.

use chrono::{Datelike, Duration, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::ids::{EmploymentId, OrganizationId, PersonId};
use crate::person::{Education, FullName, Gender, Qualification};

/// How exactly a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SincePrecision {
    Day,
    Month,
    Year,
    /// Counted back from years of experience, give or take three quarters of a year: experience is written in
    /// half-years and secretaries round both ways.
    Experience,
}

impl SincePrecision {
    pub const ALL: [Self; 4] = [Self::Day, Self::Month, Self::Year, Self::Experience];

    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
            Self::Experience => "experience",
        }
    }

    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|precision| precision.code() == code)
    }
}

/// The beginning of something, known to a day, a month, a year or by experience.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Since {
    pub date: NaiveDate,
    pub precision: SincePrecision,
}

impl Since {
    /// Three quarters of a year in days.
    const EXPERIENCE_SLACK: i64 = 274;

    pub const fn day(date: NaiveDate) -> Self {
        Self { date, precision: SincePrecision::Day }
    }

    /// True when both can be the same day: «с 2019 г.» agrees with 08.07.2019.
    pub fn agrees_with(self, other: Self) -> bool {
        let (mine, theirs) = (self.span(), other.span());
        mine.0 <= theirs.1 && theirs.0 <= mine.1
    }

    /// True when this is known more exactly.
    pub fn is_finer_than(self, other: Self) -> bool {
        self.precision < other.precision
    }

    /// «08.07.2019», «07.2019», «2019 г.», «около 03.2000 (по стажу)».
    pub fn words(self) -> String {
        match self.precision {
            SincePrecision::Day => self.date.format("%d.%m.%Y").to_string(),
            SincePrecision::Month => self.date.format("%m.%Y").to_string(),
            SincePrecision::Year => self.date.format("%Y г.").to_string(),
            SincePrecision::Experience => self.date.format("около %m.%Y (по стажу)").to_string(),
        }
    }

    /// The first and the last day it can be.
    fn span(self) -> (NaiveDate, NaiveDate) {
        let (year, month) = (self.date.year(), self.date.month());
        let first = |year, month| NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(self.date);
        let before = |date: NaiveDate| date.pred_opt().unwrap_or(date);
        match self.precision {
            SincePrecision::Day => (self.date, self.date),
            SincePrecision::Month if month == 12 => (first(year, 12), before(first(year + 1, 1))),
            SincePrecision::Month => (first(year, month), before(first(year, month + 1))),
            SincePrecision::Year => (first(year, 1), before(first(year + 1, 1))),
            SincePrecision::Experience => {
                let slack = Duration::days(Self::EXPERIENCE_SLACK);
                (
                    self.date.checked_sub_signed(slack).unwrap_or(self.date),
                    self.date.checked_add_signed(slack).unwrap_or(self.date),
                )
            }
        }
    }
}

/// One employment of a known person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownEmployment {
    /// Absent while the employment is only proposed by a row.
    pub id: Option<EmploymentId>,
    pub organization_id: OrganizationId,
    pub position: String,
    pub subject: Option<String>,
    pub qualification: Option<Qualification>,
    /// Share of a full post, percent.
    pub share: Option<u16>,
    pub hired_on: Option<Since>,
    /// The last day, when the employment has ended.
    pub ended: Option<NaiveDate>,
}

/// A person as the database knows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownPerson {
    pub id: PersonId,
    pub name: FullName,
    pub gender: Option<Gender>,
    pub born_on: Option<NaiveDate>,
    /// As [`super::parse_phone`] writes it: `+7 925 131-74-14`.
    pub phone: Option<String>,
    pub email: Option<String>,
    pub education: Option<Education>,
    pub teaching_since: Option<Since>,
    pub employments: Vec<KnownEmployment>,
}
