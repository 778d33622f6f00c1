//! Courses of mentors (B4, G8; ДК 2.0, 2.1): planned, passed, good for a while.

use chrono::{Months, NaiveDate};

use crate::year::AcademicYear;

/// A course on mentoring. Passed, planned, or planned and then passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Course {
    pub planned_for: Option<NaiveDate>,
    pub passed_on: Option<NaiveDate>,
}

/// Where the training of a mentor stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Training {
    /// No course, or only plans whose day has passed.
    Absent,
    /// Passed so long ago that the certificate is good no more: the last good day.
    Expired(NaiveDate),
    /// The day a course is planned for.
    Planned(NaiveDate),
    /// The last day the newest certificate is good.
    Passed(NaiveDate),
}

impl Training {
    /// Codes for addresses, in the order of a filter.
    pub const CODES: [(&'static str, &'static str); 4] = [
        ("passed", "пройдено"),
        ("planned", "запланировано"),
        ("expired", "срок удостоверения вышел"),
        ("absent", "курса пока нет"),
    ];

    /// The code for addresses.
    pub const fn code(self) -> &'static str {
        Self::CODES[self.index()].0
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        Self::CODES[self.index()].1
    }

    const fn index(self) -> usize {
        match self {
            Self::Passed(_) => 0,
            Self::Planned(_) => 1,
            Self::Expired(_) => 2,
            Self::Absent => 3,
        }
    }

    /// Этап 4: «обучение пройдено или запланировано».
    pub const fn is_enough(self) -> bool {
        matches!(self, Self::Passed(_) | Self::Planned(_))
    }
}

/// Where the training stands on a day, by all courses; a certificate is good for so many years.
pub fn training(courses: &[Course], years: u32, today: NaiveDate) -> Training {
    courses.iter().map(|course| of_one(*course, years, today)).max().unwrap_or(Training::Absent)
}

fn of_one(course: Course, years: u32, today: NaiveDate) -> Training {
    if let Some(passed) = course.passed_on {
        let last = good_until(passed, years);
        return if last >= today { Training::Passed(last) } else { Training::Expired(last) };
    }
    match course.planned_for {
        Some(day) if day >= today => Training::Planned(day),
        _ => Training::Absent,
    }
}

/// The last day a certificate is good.
pub fn good_until(passed: NaiveDate, years: u32) -> NaiveDate {
    passed.checked_add_months(Months::new(years.saturating_mul(12))).unwrap_or(NaiveDate::MAX)
}

/// Why a course can't be recorded so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CourseError {
    #[error("Укажите, когда курс пройден или на какой день запланирован")]
    NoDay,
    #[error("День прохождения ещё не наступил: запишите его как план")]
    PassedInFuture,
    #[error("День уже прошёл: если курс пройден, запишите день прохождения")]
    PlannedInPast,
    #[error("Планируют на этот или следующий учебный год: выберите день раньше")]
    PlannedTooFar,
    #[error("Курс пройден: укажите номер удостоверения или приложите скан (ДК 2.1)")]
    NoCertificate,
}

impl CourseError {
    /// The field of the form the refusal belongs to.
    pub const fn field(self) -> &'static str {
        match self {
            Self::NoDay | Self::PassedInFuture => "passed_on",
            Self::PlannedInPast | Self::PlannedTooFar => "planned_for",
            Self::NoCertificate => "certificate",
        }
    }
}

/// What proves that a course was passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certificate {
    Shown,
    Missing,
}

/// A course to record. A plan lies in this academic year or the next; what is passed has a certificate.
pub fn check_course(
    course: &Course,
    certificate: Certificate,
    today: NaiveDate,
) -> Result<(), Vec<CourseError>> {
    let mut errors = Vec::new();
    match (course.passed_on, course.planned_for) {
        (None, None) => errors.push(CourseError::NoDay),
        (Some(passed), _) => {
            if passed > today {
                errors.push(CourseError::PassedInFuture);
            }
            if certificate == Certificate::Missing {
                errors.push(CourseError::NoCertificate);
            }
        }
        (None, Some(planned)) => {
            if planned < today {
                errors.push(CourseError::PlannedInPast);
            }
            if AcademicYear::of(planned) > AcademicYear::of(today).next() {
                errors.push(CourseError::PlannedTooFar);
            }
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::tests::{any_day, date};
    use proptest::prelude::*;

    fn passed(day: &str) -> Course {
        Course { planned_for: None, passed_on: Some(date(day)) }
    }

    fn planned(day: &str) -> Course {
        Course { planned_for: Some(date(day)), passed_on: None }
    }

    #[test]
    fn the_best_course_decides() {
        let today = date("2026-11-23");
        let table = [
            (vec![], Training::Absent),
            (vec![planned("2026-11-22")], Training::Absent),
            (vec![planned("2026-11-23")], Training::Planned(date("2026-11-23"))),
            (vec![passed("2023-11-23")], Training::Passed(date("2026-11-23"))),
            (vec![passed("2023-11-22")], Training::Expired(date("2026-11-22"))),
            (vec![passed("2020-02-01"), planned("2027-03-01")], Training::Planned(date("2027-03-01"))),
            (vec![planned("2027-03-01"), passed("2025-04-01")], Training::Passed(date("2028-04-01"))),
        ];
        for (courses, expected) in table {
            assert_eq!(training(&courses, 3, today), expected, "{courses:?}");
        }
        assert_eq!(good_until(date("2024-02-29"), 3), date("2027-02-28"));
    }

    #[test]
    fn plans_and_certificates_are_checked() {
        use Certificate::{Missing, Shown};
        let today = date("2026-11-23");
        let nothing = Course { planned_for: None, passed_on: None };
        let table = [
            (nothing, Shown, vec![CourseError::NoDay]),
            (passed("2026-11-24"), Missing, vec![CourseError::PassedInFuture, CourseError::NoCertificate]),
            (planned("2026-11-22"), Missing, vec![CourseError::PlannedInPast]),
            (planned("2028-09-01"), Missing, vec![CourseError::PlannedTooFar]),
        ];
        for (course, certificate, errors) in table {
            assert_eq!(check_course(&course, certificate, today), Err(errors));
        }
        for (course, certificate) in [
            (planned("2028-08-31"), Missing),
            (planned("2026-11-23"), Missing),
            (passed("2026-11-23"), Shown),
        ] {
            assert_eq!(check_course(&course, certificate, today), Ok(()), "{course:?}");
        }
    }

    #[test]
    fn codes_and_words_agree() {
        assert_eq!(Training::Absent.code(), "absent");
        assert_eq!(Training::Passed(date("2026-11-23")).title(), "пройдено");
        assert!(Training::Planned(date("2026-11-23")).is_enough());
        assert!(!Training::Expired(date("2026-11-23")).is_enough());
    }

    proptest! {
        #[test]
        fn another_course_never_makes_it_worse(days in proptest::collection::vec((any_day(), any::<bool>()), 0..5), more in any_day(), today in any_day()) {
            let course = |(day, is_passed): &(NaiveDate, bool)| match is_passed {
                true => Course { planned_for: None, passed_on: Some(*day) },
                false => Course { planned_for: Some(*day), passed_on: None },
            };
            let mut courses: Vec<Course> = days.iter().map(course).collect();
            let before = training(&courses, 3, today);
            courses.push(course(&(more, true)));
            prop_assert!(training(&courses, 3, today) >= before);
        }
    }
}
