//! The play of meetings: the personas' pairs have met for a few weeks, planned what is next and told it through the router.

use axum::Router;
use chrono::{Days, NaiveDate};
use nastavnik_domain::working_days::Calendar;

use super::browser::Browser;
use super::city::{City, SCHOOL};
use super::work::Couple;
use crate::kernel::state::App;

pub(super) async fn play(
    app: &App,
    router: &Router,
    city: &City,
    couples: &[Couple<'_>],
) -> anyhow::Result<()> {
    for couple in couples {
        let mentor = Browser::of(app, router, couple.mentor.account).await?;
        let mentee = Browser::of(app, router, couple.mentee.account).await?;
        let pair = Pair { address: format!("/pairs/{}", couple.pair), today: city.today };
        // The pair of the other school has not met for weeks: its home page says so.
        if couple.school.organization.short_name != SCHOOL {
            continue;
        }
        pair.entries(&mentor, &mentee).await?;
        pair.lesson(&mentor, &mentee, couple).await?;
        pair.plans(&mentor).await?;
        director(app, router, city, couple).await?;
    }
    Ok(())
}

struct Pair {
    address: String,
    today: NaiveDate,
}

impl Pair {
    fn ago(&self, days: u64) -> String {
        self.today.checked_sub_days(Days::new(days)).unwrap_or(self.today).to_string()
    }

    async fn entries(&self, mentor: &Browser, mentee: &Browser) -> anyhow::Result<()> {
        let told: [(u64, &str, &str, &str, &str); 4] = [
            (27, "in_person", "g1", "Составили план урока", "Записать вопросы к встрече"),
            (20, "lesson_visit", "d5", "Разобрали урок по шагам", "Попробовать приём в одном классе"),
            (13, "remote", "d4", "Поговорили о трудной ситуации", "Поговорить с родителями"),
            (6, "in_person", "g1", "Нашли приём, который подходит классу", "Провести урок по плану"),
        ];
        for (ago, kind, focus, worked, step) in told {
            let day = self.ago(ago);
            let fields = [
                ("held_on", day.as_str()),
                ("kind", kind),
                ("focus", focus),
                ("worked_phrases", worked),
                ("mentee_step_phrases", step),
                ("help", "nobody"),
            ];
            mentor.send(&format!("{}/meetings", self.address), &fields).await?;
        }
        // The mentee tells the last one as well: it stays one meeting.
        let day = self.ago(6);
        let fields = [
            ("held_on", day.as_str()),
            ("kind", "in_person"),
            ("focus", "g1"),
            ("worked", "Стало понятно, как проверить цель в конце урока"),
            ("mentor_step_phrases", "Прийти на урок"),
            ("same_day", "join"),
            ("help", "curator"),
        ];
        mentee.send(&format!("{}/meetings", self.address), &fields).await.map(|_| ())
    }

    async fn lesson(&self, mentor: &Browser, mentee: &Browser, couple: &Couple<'_>) -> anyhow::Result<()> {
        let (day, back, teacher) = (self.ago(20), self.today.to_string(), couple.mentee.person.to_string());
        let fields = [
            ("held_on", day.as_str()),
            ("teacher", &teacher),
            ("class_name", "5 А"),
            ("subject", "математика"),
            ("topic", "Сложение дробей"),
            ("strengths_phrases", "Цель урока понятна ученикам"),
            ("strengths_phrases", "Спокойный темп"),
            ("step_phrases", "Давать паузу после вопроса"),
            ("back_on", &back),
        ];
        let card = mentor.send(&format!("{}/lessons", self.address), &fields).await?;
        let answer = [("answer", "Попробую считать про себя до пяти"), ("version", "1")];
        mentee.send(&format!("{card}/answer"), &answer).await.map(|_| ())
    }

    /// Every other week from the first day that is neither a holiday nor in a break.
    async fn plans(&self, mentor: &Browser) -> anyhow::Result<()> {
        let calendar = Calendar::bundled()?;
        let free = |day: &NaiveDate| calendar.is_working(*day) && calendar.break_on(*day).is_none();
        let days = self.today.iter_days().skip(2);
        let Some(first) = days.take(120).find(free) else { return Ok(()) };
        let until = first.checked_add_days(Days::new(28)).unwrap_or(first);
        let (first, until) = (first.to_string(), until.to_string());
        let fields = [
            ("state", "planned"),
            ("planned_on", first.as_str()),
            ("starts_at", "15:10"),
            ("minutes", "40"),
            ("kind", "in_person"),
            ("place", "Кабинет 214"),
            ("repeat", "fortnightly"),
            ("until", &until),
            ("clash", "skip"),
        ];
        mentor.send(&format!("{}/plans", self.address), &fields).await.map(|_| ())
    }
}

/// The director has set a ceiling.
async fn director(app: &App, router: &Router, city: &City, couple: &Couple<'_>) -> anyhow::Result<()> {
    let director = Browser::of(app, router, city.accounts[&couple.school.director]).await?;
    let (organization, today) = (couple.school.organization.id.to_string(), city.today.to_string());
    let fields = [("organization", organization.as_str()), ("minutes", "30"), ("valid_from", &today)];
    director.send("/burden/ceilings", &fields).await.map(|_| ())
}
