//! Why somebody stands in a list: experience, mentor, order.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use nastavnik_domain::category::{Youth, youth};
use nastavnik_domain::config::CategoryRules;
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::indicator::MentoringRow;
use nastavnik_domain::period::{Precision, Since};
use nastavnik_domain::russian;
use uuid::Uuid;

use super::store;
use crate::kernel::errors::Outcome;
use crate::kernel::page::filters;
use crate::kernel::web::Ctx;
use crate::people;

/// Who mentors and by which order.
pub(super) struct Behind {
    pub(super) names: BTreeMap<Uuid, String>,
    /// The mentorship and the label of its order, by mentor and mentee.
    pub(super) orders: BTreeMap<(Uuid, Uuid), (Uuid, String)>,
}

impl Behind {
    /// Names and orders behind these mentorships: two queries.
    pub(super) async fn load<'a>(
        ctx: &Ctx,
        on: NaiveDate,
        rows: impl Iterator<Item = &'a MentoringRow>,
    ) -> Outcome<Self> {
        let reader = ctx.app().db.reader();
        let mentors: BTreeSet<Uuid> = rows.map(|row| row.mentor.0).collect();
        let ids: Vec<PersonId> = mentors.iter().copied().map(PersonId).collect();
        let names = people::briefs(reader, &ids).await?;
        let orders = store::orders(reader, &mentors, on).await?;
        Ok(Self {
            names: names.into_iter().map(|(id, brief)| (id.0, brief.name.short())).collect(),
            orders: orders
                .into_iter()
                .map(|row| {
                    let order =
                        format!("приказ №\u{a0}{} от {}", row.label, filters::short_date(row.dated_on));
                    ((row.mentor_id, row.mentee_id), (row.mentorship_id, order))
                })
                .collect(),
        })
    }
}

/// Why somebody counts as young or does not: «опыт 1 год 2 месяца (с 10.07.2025)».
pub(super) fn reason(began: Option<Since>, on: NaiveDate, limits: &CategoryRules) -> String {
    let Some(since) = began else {
        return "неизвестно, с какого года преподаёт".to_owned();
    };
    let day = filters::short_date(since.date);
    let words = match since.precision {
        Precision::Day if since.date > on => format!("опыта ещё нет, начинает с {day}"),
        Precision::Day => format!("опыт {} (с {day})", russian::experience(since.date, on).words()),
        Precision::Month => format!("преподаёт с {}", &day[3..]),
        Precision::Year => format!("преподаёт с {} года", &day[6..]),
    };
    match youth(began, on, limits) {
        Youth::Perhaps => format!("{words}; точная дата неизвестна"),
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use super::super::rules::rules;
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn reasons_are_told_in_words() {
        let limits = &rules().unwrap().categories.on(day("2026-11-23")).unwrap().value;
        let told = |date, precision| {
            let began = Some(Since { date: day(date), precision });
            reason(began, day("2026-11-23"), limits).replace('\u{a0}', " ")
        };
        assert_eq!(told("2025-09-10", Precision::Day), "опыт 1 год 2 месяца (с 10.09.2025)");
        assert_eq!(told("2026-12-01", Precision::Day), "опыта ещё нет, начинает с 01.12.2026");
        assert_eq!(told("2025-09-10", Precision::Month), "преподаёт с 09.2025");
        assert_eq!(told("2023-03-10", Precision::Year), "преподаёт с 2023 года; точная дата неизвестна");
        assert_eq!(reason(None, day("2026-11-23"), limits), "неизвестно, с какого года преподаёт");
    }
}
