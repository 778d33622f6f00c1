//! Terms of a mentorship as the form sends them.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use nastavnik_domain::kind::{self, Kind, Model};
use nastavnik_domain::pair::Goal;
use nastavnik_domain::period::Period;
use uuid::Uuid;

use super::offer::Offer;
use super::record::{Pair, PayTerms, Supplements};
use crate::kernel::forms::{Form, parse_date};

/// How many rows of goals the form has.
pub(super) const GOALS: usize = 5;
/// A schedule longer than this is a slip of the hand.
const MOST_MEETINGS: usize = 60;
const MOST_WORK_LINES: usize = 12;

/// What the curator has filled in, readable but not yet checked against the rules.
#[derive(Clone, Debug)]
pub(super) struct Terms {
    pub(super) mentees: Vec<Uuid>,
    pub(super) mentor: MentorChoice,
    pub(super) form: kind::Form,
    pub(super) kinds: BTreeSet<Kind>,
    pub(super) model: Option<Model>,
    pub(super) starts_on: NaiveDate,
    pub(super) ends_on: Option<NaiveDate>,
    pub(super) online_place: String,
    pub(super) goals: Vec<Goal>,
    pub(super) meetings: Vec<NaiveDate>,
    pub(super) work: Vec<String>,
    /// Nothing while nobody has decided.
    pub(super) pay: Option<PayTerms>,
    /// The agreement of cooperation chosen.
    pub(super) agreement: Option<Uuid>,
}

/// A mentor of the own bank, or the name of one from another organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum MentorChoice {
    Own(Uuid),
    Outside(String),
}

impl Terms {
    /// The days meant; without an end the rules will ask for one.
    pub(super) fn period(&self) -> Option<Period> {
        match self.ends_on {
            Some(last) => Period::through(self.starts_on, last).ok(),
            None => Some(Period::since(self.starts_on)),
        }
    }
}

/// Reads the form; nothing if something can't be read, with the mistakes at their fields.
pub(super) fn read(form: &mut Form, offer: &Offer) -> Option<Terms> {
    let mentees = mentees(form, offer);
    let mentor = mentor(form);
    let chosen_form = form.required_choice("form", "Форма наставничества", &offer.forms);
    let kinds = form.choices("kinds", "Виды наставничества", &offer.kinds);
    let model = form.optional_choice("model", "Ролевая модель", &offer.models);
    let starts_on = form.required_date("starts_on", "Начало");
    let ends_on = form.optional_date("ends_on", "Последний день");
    if let (Some(first), Some(last)) = (starts_on, ends_on)
        && last < first
    {
        form.error("period", "Последний день раньше первого. Исправьте срок наставничества.");
    }
    let online_place = form.optional_text("online_place", "Площадка для встреч на расстоянии", 200);
    let goals = goals(form);
    let meetings = meetings(form);
    let work = work(form);
    let pay = pay(form, offer);
    let agreement = form.optional_choice("agreement", "Договор о сотрудничестве", &offer.agreements);
    if !form.is_valid() {
        return None;
    }
    Some(Terms {
        mentees,
        mentor: mentor?,
        form: chosen_form.as_deref().and_then(kind::Form::from_code)?,
        kinds: kinds.iter().filter_map(|code| Kind::from_code(code)).collect(),
        model: model.as_deref().and_then(Model::from_code),
        starts_on: starts_on?,
        ends_on,
        online_place: online_place.unwrap_or_default(),
        goals,
        meetings,
        work,
        pay: Some(pay?),
        agreement: agreement.and_then(|id| id.parse().ok()),
    })
}

/// Whoever was sent, twice or not: the rules will say what is wrong with it.
fn mentees(form: &mut Form, offer: &Offer) -> Vec<Uuid> {
    let sent: Vec<String> = form.data().all("mentees").map(str::to_owned).collect();
    let known = |id: &String| offer.mentees().any(|offered| offered.id == *id);
    if !sent.iter().all(known) {
        form.error(
            "mentees",
            "Среди выбранных есть тот, кто больше не работает в организации. Выберите снова.",
        );
        return Vec::new();
    }
    sent.iter().filter_map(|id| id.parse().ok()).collect()
}

fn mentor(form: &mut Form) -> Option<MentorChoice> {
    let outside = form.optional_text("outside_mentor", "Наставник из другой организации", 200);
    match (form.text("mentor").is_empty(), outside) {
        (true, Some(name)) => Some(MentorChoice::Outside(name)),
        (false, Some(_)) => {
            form.error(
                "outside_mentor",
                "Выбран наставник из вашего банка и назван другой. Оставьте одного из них.",
            );
            None
        }
        (true, None) => {
            form.error("mentor", "Выберите наставника из банка (п. 3.1 Положения).");
            None
        }
        (false, None) => form.required_uuid("mentor", "Наставник").map(MentorChoice::Own),
    }
}

fn goals(form: &mut Form) -> Vec<Goal> {
    let mut goals = Vec::new();
    for row in 1..=GOALS {
        let text = form.optional_text(&format!("goal_{row}"), "Цель", 300).unwrap_or_default();
        let measure = form.optional_text(&format!("measure_{row}"), "Как увидим", 300).unwrap_or_default();
        if !text.is_empty() || !measure.is_empty() {
            goals.push(Goal { text, measure });
        }
    }
    goals
}

fn meetings(form: &mut Form) -> Vec<NaiveDate> {
    let text = form.optional_paragraphs("meetings", "Встречи", 2_000).unwrap_or_default();
    let mut days = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match parse_date(line) {
            Some(day) => days.push(day),
            None => form.error(
                "meetings",
                format!("«{line}» – не дата. Пишите каждую дату с новой строки, например 01.10.2026."),
            ),
        }
    }
    if days.len() > MOST_MEETINGS {
        form.error("meetings", format!("Дат встреч больше {MOST_MEETINGS}. Оставьте ближайшие."));
    }
    days
}

fn work(form: &mut Form) -> Vec<String> {
    let text = form.required_paragraphs("work", "Содержание работы наставника", 3_000).unwrap_or_default();
    let line = |line: &str| line.trim().trim_end_matches([';', '.']).to_owned();
    let lines: Vec<String> = text.lines().map(line).filter(|line| !line.is_empty()).collect();
    if lines.len() > MOST_WORK_LINES {
        form.error("work", format!("Пунктов больше {MOST_WORK_LINES}. Объедините близкие."));
    }
    lines
}

fn pay(form: &mut Form, offer: &Offer) -> Option<PayTerms> {
    let kind = form.required_choice("pay", "Оплата", &offer.pays)?;
    let basis = form.optional_text("pay_basis", "Основание выплаты", 300).unwrap_or_default();
    match kind.as_str() {
        "monthly" => {
            let supplements =
                if form.ticked("pay_supplements") { Supplements::Charged } else { Supplements::NotCharged };
            let kopecks = kopecks(form.text("pay_amount"));
            if kopecks.is_none() {
                form.error(
                    "pay_amount",
                    "Укажите размер выплаты в месяц в рублях, например 5000 (статья 351.8 ТК РФ).",
                );
            }
            Some(PayTerms::Monthly { kopecks: kopecks?, supplements, basis })
        }
        "percent" => {
            let text = form.optional_text("pay_percent", "Доля", 200);
            if text.is_none() {
                form.error(
                    "pay_percent",
                    "Укажите долю, например «15 процентов должностного оклада» (статья 351.8 ТК РФ).",
                );
            }
            Some(PayTerms::Percent { text: text?, basis })
        }
        _ => {
            let reason = form.optional_text("pay_reason", "Причина", 300);
            if reason.is_none() {
                form.error(
                    "pay_reason",
                    "Укажите, почему наставничество не оплачивается (статья 351.8 ТК РФ).",
                );
            }
            Some(PayTerms::Unpaid { reason: reason?.trim_end_matches('.').to_owned() })
        }
    }
}

/// «5 000», «5000,50» and «5000.5» in kopecks: above zero, below a million rubles.
fn kopecks(text: &str) -> Option<i64> {
    let text: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    let (whole, rest) = text.split_once([',', '.']).unwrap_or((&text, "0"));
    let digits = |part: &str, most: usize| {
        (!part.is_empty() && part.len() <= most && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse::<i64>().ok())
            .flatten()
    };
    let kopecks = match rest.len() {
        1 => digits(rest, 1)? * 10,
        _ => digits(rest, 2)?,
    };
    Some(digits(whole, 6)? * 100 + kopecks).filter(|sum| *sum > 0)
}

/// The form filled from what is kept, for changing it.
pub(super) fn filled(pair: &Pair) -> Form {
    let mut form = Form::blank()
        .with("form", pair.form.code())
        .with("model", pair.model.map_or("", Model::code))
        .with("starts_on", pair.period.from().to_string())
        .with("ends_on", pair.ends_on().to_string())
        .with("online_place", pair.online_place.clone())
        .with("work", pair.work.join("\n"))
        .with("meetings", lines(&pair.meetings));
    form = if pair.mentor.organization == pair.organization {
        form.with("mentor", pair.mentor.person.to_string())
    } else {
        form.with("outside_mentor", pair.mentor.name.full())
    };
    for mentee in &pair.mentees {
        form = form.with("mentees", mentee.person.to_string());
    }
    for kind in &pair.kinds {
        form = form.with("kinds", kind.code());
    }
    for (row, goal) in (1..).zip(&pair.goals) {
        form = form.with(&format!("goal_{row}"), goal.text.clone());
        form = form.with(&format!("measure_{row}"), goal.measure.clone());
    }
    if let Some(agreement) = &pair.agreement {
        form = form.with("agreement", agreement.id.to_string());
    }
    with_pay(form, pair.pay.as_ref())
}

fn with_pay(form: Form, pay: Option<&PayTerms>) -> Form {
    match pay {
        Some(PayTerms::Monthly { kopecks, supplements, basis }) => {
            let amount = if kopecks % 100 == 0 {
                (kopecks / 100).to_string()
            } else {
                format!("{},{:02}", kopecks / 100, kopecks % 100)
            };
            let ticked = if *supplements == Supplements::Charged { "yes" } else { "" };
            form.with("pay", "monthly")
                .with("pay_amount", amount)
                .with("pay_supplements", ticked)
                .with("pay_basis", basis.clone())
        }
        Some(PayTerms::Percent { text, basis }) => {
            form.with("pay", "percent").with("pay_percent", text.clone()).with("pay_basis", basis.clone())
        }
        Some(PayTerms::Unpaid { reason }) => form.with("pay", "unpaid").with("pay_reason", reason.clone()),
        None => form,
    }
}

fn lines(days: &[NaiveDate]) -> String {
    days.iter().map(|day| nastavnik_domain::russian::short(*day)).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_read_as_people_write_them() {
        let examples = [
            ("5000", Some(500_000)),
            ("5\u{a0}000", Some(500_000)),
            ("5000,5", Some(500_050)),
            ("5000.05", Some(500_005)),
            ("0", None),
            ("-5", None),
            ("5000,005", None),
            ("пять", None),
            ("", None),
            ("9999999", None),
        ];
        for (text, expected) in examples {
            assert_eq!(kopecks(text), expected, "{text}");
        }
    }
}
