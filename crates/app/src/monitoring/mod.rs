//! Indicators 1 and 2 of the municipal program, as of any day, each with the list of people behind it (H1, M).

mod board;
mod export;
mod facts;
mod lists;
mod reasons;
mod rules;
mod store;
mod summary;

use chrono::NaiveDate;
use nastavnik_domain::policy::Permission;

use crate::kernel::registry::Registry;
use crate::kernel::web::Ctx;

pub use summary::{Summary, summary};

/// Paths of the monitoring.
pub fn routes(registry: Registry) -> Registry {
    use Permission::{ReadIndicatorLists, ReadIndicators};
    registry
        .get("/indicators", ReadIndicators, board::show)
        .get("/indicators.xlsx", ReadIndicators, export::download)
        .get("/indicators/1/{list}", ReadIndicatorLists, lists::show_people)
        .get("/indicators/2/{list}", ReadIndicatorLists, lists::show_organizations)
}

/// The first day the program knows rules for: the date of the order № 548-п.
const FIRST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(2024, 8, 23) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// The day the address asks about. Facts of the future don't exist, and before the order there was nothing
/// to count, so such a day becomes today and the page says so.
struct Asked {
    on: NaiveDate,
    problem: Option<&'static str>,
}

fn asked_day(ctx: &Ctx) -> Asked {
    let text = ctx.asked("on");
    let today = ctx.today;
    if text.is_empty() {
        return Asked { on: today, problem: None };
    }
    let problem = match text.parse::<NaiveDate>() {
        Ok(day) if day > today => "Этот день ещё не наступил. Показаны числа на сегодня.",
        Ok(day) if day < FIRST_DAY => {
            "До 23.08.2024 Положения о наставничестве не было, считать нечего. Показаны числа на сегодня."
        }
        Ok(on) => return Asked { on, problem: None },
        Err(_) => "Такого дня нет в календаре. Показаны числа на сегодня.",
    };
    Asked { on: today, problem: Some(problem) }
}
