//! Consents to the processing of personal data (152-ФЗ, L2): each is a document of its own, given on paper.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// What a consent allows. The letters А, Б, В are the users' words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// А: processing in the organization.
    Processing,
    /// Б: transfer to the department and the centers of the municipality.
    Transfer,
    /// В: distribution to anybody, for example on a site (art. 10.1).
    Publication,
    /// Diagnosis and history go along when the person moves to another organization.
    Continuity,
}

impl Kind {
    pub const ALL: [Self; 4] = [Self::Processing, Self::Transfer, Self::Publication, Self::Continuity];
    /// Without these nobody takes part in mentoring beyond one's own organization: the curator collects them.
    pub const BASIC: [Self; 2] = [Self::Processing, Self::Transfer];

    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Processing => "processing",
            Self::Transfer => "transfer",
            Self::Publication => "publication",
            Self::Continuity => "continuity",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// What people call it for short.
    pub const fn letter(self) -> &'static str {
        match self {
            Self::Processing => "А",
            Self::Transfer => "Б",
            Self::Publication => "В",
            Self::Continuity => "П",
        }
    }

    /// Words for people, small letter.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Processing => "обработка в организации",
            Self::Transfer => "передача в департамент, опорный и ресурсный центры",
            Self::Publication => "распространение на открытых страницах",
            Self::Continuity => "преемственность при переходе",
        }
    }

    /// A word or two for the head of a column.
    pub const fn short(self) -> &'static str {
        match self {
            Self::Processing => "А: обработка",
            Self::Transfer => "Б: передача",
            Self::Publication => "В: публикация",
            Self::Continuity => "П: переход",
        }
    }
}

/// A consent somebody has signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    pub given_on: NaiveDate,
    /// The last day; none only in records made before terms were written.
    pub valid_until: Option<NaiveDate>,
    /// The day of the withdrawal: from that very moment the consent holds no more.
    pub withdrawn_on: Option<NaiveDate>,
}

/// Where a consent stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody has given it.
    Missing,
    InForce,
    /// Its term is over.
    Expired,
    Withdrawn,
}

impl Given {
    /// A consent holds from its day until it is withdrawn or its term is over. What was withdrawn holds on no day.
    pub fn in_force(&self, day: NaiveDate) -> bool {
        self.withdrawn_on.is_none()
            && self.given_on <= day
            && self.valid_until.is_none_or(|last_day| day <= last_day)
    }

    pub fn standing(&self, day: NaiveDate) -> Standing {
        if self.withdrawn_on.is_some() {
            return Standing::Withdrawn;
        }
        match self.in_force(day) {
            true => Standing::InForce,
            false if day < self.given_on => Standing::Missing,
            false => Standing::Expired,
        }
    }
}

impl Standing {
    pub const fn title(self) -> &'static str {
        match self {
            Self::Missing => "нет",
            Self::InForce => "есть",
            Self::Expired => "срок вышел",
            Self::Withdrawn => "отозвано",
        }
    }
}

/// Why a consent can't be recorded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConsentError {
    #[error("Согласие не может быть подписано будущим днём: проверьте дату")]
    InFuture,
    #[error("На эту дату нет текста согласия отдельным документом: соберите согласие заново")]
    NoText,
    #[error("Последний день согласия раньше дня, когда его подписали: проверьте обе даты")]
    EndsBeforeStart,
    #[error("Срок этого согласия уже вышел: соберите новое")]
    AlreadyOver,
    #[error("Это согласие дают не дольше чем на {years}: укажите более раннюю дату", years = years(*.0))]
    TooLong(u32),
    #[error("Заявление об отзыве не может быть раньше самого согласия: проверьте дату")]
    WithdrawnBeforeGiven,
}

impl ConsentError {
    /// The field of the form the refusal belongs to.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::InFuture | Self::NoText => "given_on",
            Self::EndsBeforeStart | Self::AlreadyOver | Self::TooLong(_) => "valid_until",
            Self::WithdrawnBeforeGiven => "applied_on",
        }
    }
}

/// The last day of a consent, by what is written on the paper or, if nothing is, by the longest term of its text.
pub fn last_day(
    given_on: NaiveDate,
    written: Option<NaiveDate>,
    most_years: u32,
    today: NaiveDate,
) -> Result<NaiveDate, ConsentError> {
    if given_on > today {
        return Err(ConsentError::InFuture);
    }
    let longest = longest(given_on, most_years);
    let last_day = written.unwrap_or(longest);
    if last_day < given_on {
        return Err(ConsentError::EndsBeforeStart);
    }
    if last_day > longest {
        return Err(ConsentError::TooLong(most_years));
    }
    if last_day < today {
        return Err(ConsentError::AlreadyOver);
    }
    Ok(last_day)
}

/// May the withdrawal be recorded by an application of this day?
pub fn check_withdrawal(
    given_on: NaiveDate,
    applied_on: NaiveDate,
    today: NaiveDate,
) -> Result<(), ConsentError> {
    if applied_on > today {
        return Err(ConsentError::InFuture);
    }
    if applied_on < given_on {
        return Err(ConsentError::WithdrawnBeforeGiven);
    }
    Ok(())
}

/// A term of whole years ends on the eve of its day.
fn longest(given_on: NaiveDate, years: u32) -> NaiveDate {
    let end = given_on.checked_add_months(Months::new(years.saturating_mul(12)));
    end.and_then(|end| end.pred_opt()).unwrap_or(NaiveDate::MAX)
}

fn years(number: u32) -> String {
    crate::russian::count(u64::from(number), "год", "года", "лет")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn given(from: &str, until: Option<&str>, withdrawn: Option<&str>) -> Given {
        Given { given_on: day(from), valid_until: until.map(day), withdrawn_on: withdrawn.map(day) }
    }

    #[test]
    fn kinds_survive_the_database() {
        assert!(Kind::ALL.iter().all(|kind| Kind::from_code(kind.code()) == Some(*kind)));
        let letters: std::collections::BTreeSet<_> = Kind::ALL.iter().map(|kind| kind.letter()).collect();
        assert_eq!(letters.len(), Kind::ALL.len());
    }

    #[test]
    fn a_consent_holds_between_its_days() {
        let table = [
            (given("2026-09-01", None, None), "2026-08-31", Standing::Missing),
            (given("2026-09-01", None, None), "2026-09-01", Standing::InForce),
            (given("2026-09-01", Some("2027-08-31"), None), "2027-08-31", Standing::InForce),
            (given("2026-09-01", Some("2027-08-31"), None), "2027-09-01", Standing::Expired),
            (given("2026-09-01", Some("2027-08-31"), Some("2026-10-01")), "2026-09-15", Standing::Withdrawn),
        ];
        for (given, on, standing) in table {
            assert_eq!(given.standing(day(on)), standing, "{given:?} {on}");
            assert_eq!(given.in_force(day(on)), standing == Standing::InForce);
        }
    }

    #[test]
    fn what_can_not_be_recorded_is_refused() {
        let today = day("2026-11-23");
        let last = |from: &str, written: Option<&str>| last_day(day(from), written.map(day), 5, today);
        assert_eq!(last("2026-11-24", None), Err(ConsentError::InFuture));
        assert_eq!(last("2026-11-23", Some("2026-11-22")), Err(ConsentError::EndsBeforeStart));
        assert_eq!(last("2026-09-01", Some("2031-09-01")), Err(ConsentError::TooLong(5)));
        assert_eq!(last("2026-09-01", Some("2026-11-22")), Err(ConsentError::AlreadyOver));
        assert_eq!(last("2026-09-01", Some("2031-08-31")), Ok(day("2031-08-31")));
        assert_eq!(last("2026-09-01", None), Ok(day("2031-08-31")));
        assert_eq!(last("2024-02-29", None), Ok(day("2029-02-27")));
        let told = ConsentError::TooLong(5).to_string().replace('\u{a0}', " ");
        assert_eq!(told, "Это согласие дают не дольше чем на 5 лет: укажите более раннюю дату");
    }

    #[test]
    fn a_withdrawal_follows_the_consent() {
        let today = day("2026-11-23");
        let check = |on: &str| check_withdrawal(day("2026-09-01"), day(on), today);
        assert_eq!(check("2026-11-24"), Err(ConsentError::InFuture));
        assert_eq!(check("2026-08-31"), Err(ConsentError::WithdrawnBeforeGiven));
        assert_eq!(check("2026-09-01"), Ok(()));
        assert_eq!(check("2026-11-23"), Ok(()));
    }

    fn any_day() -> impl Strategy<Value = NaiveDate> {
        (0_i64..4_000).prop_map(|days| day("2024-01-01") + chrono::Duration::days(days))
    }

    proptest! {
        // A withdrawal never lets anything be seen.
        #[test]
        fn nothing_holds_after_a_withdrawal(
            from in any_day(), until in prop::option::of(any_day()), withdrawn in any_day(), on in any_day(),
        ) {
            let given = Given { given_on: from, valid_until: until, withdrawn_on: Some(withdrawn) };
            prop_assert!(!given.in_force(on));
        }

        // What may be recorded today holds today, and never longer than its text allows.
        #[test]
        fn what_is_recorded_holds(
            from in any_day(), written in prop::option::of(any_day()), today in any_day(), years in 1_u32..6,
        ) {
            let Ok(last) = last_day(from, written, years, today) else { return Ok(()) };
            let given = Given { given_on: from, valid_until: Some(last), withdrawn_on: None };
            prop_assert!(given.in_force(today));
            prop_assert!(!given.in_force(from.checked_add_months(Months::new(years * 12)).unwrap()));
        }
    }
}
