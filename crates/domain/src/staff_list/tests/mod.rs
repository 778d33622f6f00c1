mod cells;
mod laws;
mod lists;
mod verdicts;

use chrono::NaiveDate;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn text(text: &str) -> super::Cell {
    super::Cell::Text(text.to_owned())
}
