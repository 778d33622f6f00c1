//! Dates as people type them.

use chrono::{Datelike, Months, NaiveDate};

use crate::staff_list::cell::Cell;
use crate::staff_list::known::{Since, SincePrecision};
use crate::staff_list::text::squeeze;

use super::{CellProblem, Parsed, Reading};

const YOUNGEST: u32 = 16;
const OLDEST: u32 = 90;
/// Excel counts days from 30.12.1899; a number in these bounds is a date whose cell lost its format.
const SERIAL_DAYS: std::ops::RangeInclusive<f64> = 7000.0..=60000.0;

/// A date of birth: an Excel date or text. Of two centuries the one is taken that makes the person 16 to 90
/// years old on `today`; outside of these ages the date is refused.
pub fn parse_birth_date(cell: &Cell, today: NaiveDate) -> Reading<Option<NaiveDate>> {
    if is_dash(cell) {
        return Ok(Parsed::plain(None));
    }
    let in_age = |date: &NaiveDate| {
        date.checked_add_months(Months::new(12 * YOUNGEST)).is_some_and(|day| day <= today)
            && date.checked_add_months(Months::new(12 * (OLDEST + 1))).is_some_and(|day| day > today)
    };
    let (candidates, note) = match read_date(cell)? {
        Spelled::Whole(date, note) => (vec![date], note),
        Spelled::ShortYear { day, month, year } => {
            let dates = [1900, 2000].map(|century| NaiveDate::from_ymd_opt(century + year, month, day));
            if dates == [None, None] {
                return Err(impossible(cell));
            }
            (dates.into_iter().flatten().collect(), None)
        }
        Spelled::Month { .. } | Spelled::Year(_) => {
            return Err(CellProblem::new(format!(
                "«{}»: дата рождения неполная. Впишите день, месяц и год, например 31.12.1985.",
                cell.shown()
            )));
        }
    };
    let Some(date) = candidates.into_iter().find(in_age) else {
        return Err(CellProblem::new(format!(
            "«{}»: работнику должно быть от {YOUNGEST} до {OLDEST} лет. Проверьте дату рождения.",
            cell.shown()
        )));
    };
    Ok(Parsed { value: Some(date), note: note.or_else(|| short_year_note(cell, date)) })
}

/// The beginning of work: `с 2019 г.`, `2021`, `09.2019`, `с 01.09.2019`, `19.08.10`, an Excel date.
/// Of two centuries the latest is taken that is not later than a year after `today`.
pub fn parse_since(cell: &Cell, today: NaiveDate) -> Reading<Option<Since>> {
    if is_dash(cell) {
        return Ok(Parsed::plain(None));
    }
    let mut note = None;
    let since = match read_date(cell)? {
        Spelled::Whole(date, mended) => {
            note = mended;
            Since::day(date)
        }
        Spelled::ShortYear { day, month, year } => {
            let date = [2000, 1900]
                .into_iter()
                .filter_map(|century| NaiveDate::from_ymd_opt(century + year, month, day))
                .find(|date| date.year() <= today.year() + 1)
                .ok_or_else(|| impossible(cell))?;
            note = short_year_note(cell, date);
            Since::day(date)
        }
        Spelled::Month { month, year } => Since {
            date: NaiveDate::from_ymd_opt(year, month, 1).ok_or_else(|| impossible(cell))?,
            precision: SincePrecision::Month,
        },
        Spelled::Year(year) => Since {
            date: NaiveDate::from_ymd_opt(year, 1, 1).ok_or_else(|| impossible(cell))?,
            precision: SincePrecision::Year,
        },
    };
    if since.date.year() < today.year() - 80 || since.date.year() > today.year() + 1 {
        return Err(CellProblem::new(format!(
            "«{}»: такой даты начала работы не может быть. Проверьте год.",
            cell.shown()
        )));
    }
    Ok(Parsed { value: Some(since), note })
}

enum Spelled {
    Whole(NaiveDate, Option<String>),
    ShortYear { day: u32, month: u32, year: i32 },
    Month { month: u32, year: i32 },
    Year(i32),
}

fn read_date(cell: &Cell) -> Result<Spelled, CellProblem> {
    match cell {
        Cell::Date(date) => Ok(Spelled::Whole(*date, None)),
        Cell::Number(number) => read_number(*number, cell),
        Cell::Text(text) => read_text(&squeeze(text).to_lowercase(), cell),
        Cell::Empty | Cell::Bool(_) => Err(not_a_date(cell)),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "bounds are checked before the cast")]
fn read_number(number: f64, cell: &Cell) -> Result<Spelled, CellProblem> {
    if number.fract() == 0.0 && (1900.0..=2100.0).contains(&number) {
        return Ok(Spelled::Year(number as i32));
    }
    if !SERIAL_DAYS.contains(&number) {
        return Err(not_a_date(cell));
    }
    let date = NaiveDate::from_ymd_opt(1899, 12, 30)
        .and_then(|epoch| epoch.checked_add_signed(chrono::Duration::days(number as i64)))
        .ok_or_else(|| not_a_date(cell))?;
    let note = format!("Число {} прочитано как дата {}.", cell.shown(), date.format("%d.%m.%Y"));
    Ok(Spelled::Whole(date, Some(note)))
}

fn read_text(text: &str, cell: &Cell) -> Result<Spelled, CellProblem> {
    let core = text.strip_prefix("с ").or_else(|| text.strip_prefix("c ")).unwrap_or(text);
    let core = ["года", "год", "г.", "г"]
        .iter()
        .find_map(|tail| core.strip_suffix(tail))
        .unwrap_or(core)
        .trim()
        .trim_end_matches('.');
    // «1977-12-01 00:00:00» of a text export: the time of the day says nothing.
    let core = core.split_once([' ', 't']).map_or(core, |(date, time)| {
        if time.contains(':') && date.contains(['-', '.']) { date } else { core }
    });
    if let Some((day, month, year)) = month_in_words(core) {
        return match day {
            Some(day) => NaiveDate::from_ymd_opt(year, month, day)
                .map(|date| Spelled::Whole(date, None))
                .ok_or_else(|| impossible(cell)),
            None => Ok(Spelled::Month { month, year }),
        };
    }
    let parts: Vec<&str> = core.split(['.', '/', '-', ',', ' ']).filter(|part| !part.is_empty()).collect();
    let digits = |part: &str| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !parts.iter().all(|part| digits(part)) {
        return Err(not_a_date(cell));
    }
    let numbers: Vec<u32> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    let year = |index: usize| i32::try_from(numbers[index]).unwrap_or_default();
    match (
        numbers.len(),
        parts.first().map_or(0, |part| part.len()),
        parts.last().map_or(0, |part| part.len()),
    ) {
        (3, 4, 1..=2) => NaiveDate::from_ymd_opt(year(0), numbers[1], numbers[2])
            .map(|date| Spelled::Whole(date, None))
            .ok_or_else(|| impossible(cell)),
        (3, 1..=2, 4) => NaiveDate::from_ymd_opt(year(2), numbers[1], numbers[0])
            .map(|date| Spelled::Whole(date, None))
            .ok_or_else(|| impossible(cell)),
        (3, 1..=2, 2) => Ok(Spelled::ShortYear { day: numbers[0], month: numbers[1], year: year(2) }),
        (2, 1..=2, 4) => Ok(Spelled::Month { month: numbers[0], year: year(1) }),
        (1, 4, _) if (1900..=2100).contains(&numbers[0]) => Ok(Spelled::Year(year(0))),
        _ => Err(not_a_date(cell)),
    }
}

/// «1 сентября 2019», «сентябрь 2019»: day, month and year.
fn month_in_words(text: &str) -> Option<(Option<u32>, u32, i32)> {
    const STEMS: [&str; 12] =
        ["янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"];
    let words: Vec<&str> = text.split(' ').collect();
    let (day, month, year) = match words.as_slice() {
        [day, month, year] => (Some(day.parse().ok()?), month, year.parse().ok()?),
        [month, year] => (None, month, year.parse().ok()?),
        _ => return None,
    };
    let month = u32::try_from(STEMS.iter().position(|stem| month.starts_with(stem))?).ok()? + 1;
    Some((day, month, year))
}

/// «01.12.77» → «понята как 01.12.1977»: which century was chosen must be visible.
fn short_year_note(cell: &Cell, date: NaiveDate) -> Option<String> {
    let shown = cell.shown();
    let whole = shown.contains(&date.year().to_string());
    (!whole).then(|| format!("«{shown}»: дата понята как {}.", date.format("%d.%m.%Y")))
}

pub(super) fn is_dash(cell: &Cell) -> bool {
    cell.is_empty() || matches!(cell.shown().as_str(), "-" | "–" | "—")
}

fn impossible(cell: &Cell) -> CellProblem {
    CellProblem::new(format!("«{}»: такого дня нет в календаре. Исправьте дату.", cell.shown()))
}

fn not_a_date(cell: &Cell) -> CellProblem {
    CellProblem::new(format!("«{}» не похоже на дату. Впишите её так: 31.12.2019.", cell.shown()))
}
