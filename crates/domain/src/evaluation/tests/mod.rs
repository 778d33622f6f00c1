mod follow_tests;
mod growth_tests;
mod life_tests;
mod report_tests;
mod waves_tests;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::config::{EvaluationRules, evaluation_rules};
use crate::ids::PersonId;
use crate::period::tests::date;

fn rules() -> EvaluationRules {
    evaluation_rules().unwrap().on(day("2027-01-15")).unwrap().value.clone()
}

fn day(text: &str) -> NaiveDate {
    date(text)
}

fn person(number: u8) -> PersonId {
    PersonId(Uuid::from_u128(u128::from(number)))
}
