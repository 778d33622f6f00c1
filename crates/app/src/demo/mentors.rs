//! Mentors of the personas' schools: who proposes themself, what they learn, who is selected, who asks for help.

use anyhow::Context;
use axum::Router;
use chrono::{Days, NaiveDate};
use uuid::Uuid;

use super::browser::Browser;
use super::city::{self, School};
use super::store::{self, Worker};
use crate::kernel::accounts;
use crate::kernel::state::App;

/// A school with its curator, and the first pair that was played.
pub(super) struct Stage<'a> {
    pub(super) app: &'a App,
    pub(super) router: &'a Router,
    pub(super) today: NaiveDate,
    pub(super) school: &'a School,
    pub(super) curator: &'a Browser,
    /// Everybody who takes part in a pair already.
    pub(super) busy: Vec<Uuid>,
}

/// Who acts besides the curator.
#[derive(Clone, Copy)]
pub(super) struct Cast {
    pub(super) mentor: Uuid,
    /// Asks for help, if the demo is to show an answer of the persona.
    pub(super) mentee: Option<Uuid>,
}

impl Stage<'_> {
    pub(super) async fn play(mut self, cast: Cast) -> anyhow::Result<()> {
        let is_proven =
            |worker: &&Worker| matches!(worker.qualification.as_deref(), Some("first" | "highest"));
        let teacher = self.teachers(5, 60).find(is_proven).map(|worker| worker.id);
        if let (Some(teacher), Some(_)) = (teacher, cast.mentee) {
            // Has no role yet and does nothing before a visitor comes.
            city::persona(self.app, "teacher", teacher).await?;
            self.busy.push(teacher);
        }
        self.select(cast.mentor).await.context("отбор наставника")?;
        self.nominations().await.context("выдвижения")?;
        self.requests(cast).await.context("запросы")?;
        Ok(())
    }

    /// The persona tells what they are strong in, passes a course and is selected.
    async fn select(&self, mentor: Uuid) -> anyhow::Result<()> {
        let organization = self.school.organization.id;
        let candidate = store::candidate(self.app.db.reader(), mentor, organization)
            .await?
            .context("наставника нет в банке")?;
        let own = self.browser(self.worker(mentor)?).await?;
        let told = [
            ("capacity", "2"),
            ("kinds", "traditional"),
            ("kinds", "situational"),
            ("strengths", "4"),
            ("ground_4", "Третий год классный руководитель без конфликтов в классе"),
            ("strengths", "5"),
            ("ground_5", "Победа в городском конкурсе «Педагог года»"),
            ("time_and_place", "Среда и пятница после шестого урока, кабинет 12"),
            ("works_remotely", "yes"),
            ("in_register", "yes"),
            ("version", "1"),
        ];
        own.send("/own/nomination", &told).await?;
        let card = format!("/bank/mentors/{candidate}");
        let passed = self.day(-200);
        let course = [
            ("title", "Наставничество педагогических работников"),
            ("provider", "Институт развития образования"),
            ("hours", "36"),
            ("passed_on", passed.as_str()),
            ("certificate", "862400017"),
        ];
        self.curator.send(&format!("{card}/courses"), &course).await?;
        let answers =
            [("answer_voluntary", "yes"), ("answer_no_conflict", "yes"), ("answer_shares_practice", "yes")];
        self.curator.send(&format!("{card}/selection/answers"), &answers).await?;
        let day = self.day(0);
        let vote = |body| [("body", body), ("vote", "for"), ("decided_on", day.as_str())];
        self.curator.send(&format!("{card}/selection/decisions"), &vote("curator")).await?;
        if let Some(council) = store::holder(self.app.db.reader(), organization, "council").await? {
            let council = self.browser(self.worker(council)?).await?;
            council.send(&format!("{card}/selection/decisions"), &vote("council")).await?;
        }
        Ok(())
    }

    /// Two teachers propose themselves: one is accepted and plans a course, the other waits.
    async fn nominations(&self) -> anyhow::Result<()> {
        let organization = self.school.organization.id.to_string();
        let told = [
            ("organization", organization.as_str()),
            ("capacity", "1"),
            ("kinds", "group"),
            ("strengths", "6"),
            ("ground_6", "Веду кружок робототехники и цифровую лабораторию"),
            ("time_and_place", "По договорённости"),
        ];
        let experienced: Vec<&Worker> = self.teachers(5, 60).take(2).collect();
        for (worker, is_accepted) in experienced.into_iter().zip([true, false]) {
            self.browser(worker).await?.send("/own/nomination", &told).await?;
            if !is_accepted {
                continue;
            }
            let nomination =
                store::nomination(self.app.db.reader(), worker.id).await?.context("выдвижение")?;
            let candidate =
                self.curator.make(&format!("/bank/nominations/{nomination}/acceptance"), &[]).await?;
            let planned = self.day(90);
            let course = [
                ("title", "Школа наставника"),
                ("provider", "Опорный центр «Поиск»"),
                ("planned_for", planned.as_str()),
            ];
            self.curator.send(&format!("/bank/mentors/{candidate}/courses"), &course).await?;
        }
        Ok(())
    }

    /// Beginners ask for help with much the same; somebody needs none.
    async fn requests(&self, cast: Cast) -> anyhow::Result<()> {
        let mentor = cast.mentor.to_string();
        let asked = |domain: &'static str, words: &'static str| {
            [
                ("answer", "needed"),
                ("domains", "4"),
                ("domains", domain),
                ("formats", "meetings"),
                ("formats", "lesson_visits"),
                ("words", words),
                ("convenient_time", "Вторник после пятого урока"),
            ]
        };
        if let Some(mentee) = cast.mentee {
            let own = self.browser(self.worker(mentee)?).await?;
            let wishes =
                [("wanted_1", mentor.as_str()), ("wish_words", "Чтобы можно было спросить в любой день")];
            let fields = [&asked("5", "Трудно удержать внимание класса")[..], &wishes[..]].concat();
            own.send("/own/request", &fields).await?;
        }
        let stories = [
            ("6", "Хочу делать интерактивные задания"),
            ("3", "Готовлю первый выпускной класс"),
            ("7", "Стала классным руководителем"),
        ];
        let young: Vec<&Worker> = self.teachers(0, 3).take(stories.len()).collect();
        for (worker, (domain, words)) in young.into_iter().zip(stories) {
            self.browser(worker).await?.send("/own/request", &asked(domain, words)).await?;
        }
        for worker in self.teachers(10, 60).skip(4).take(4) {
            self.browser(worker).await?.send("/own/request", &[("answer", "not_needed")]).await?;
        }
        Ok(())
    }

    /// Teachers outside the pairs with so many years of experience.
    fn teachers(&self, from_years: u64, to_years: u64) -> impl Iterator<Item = &Worker> {
        let before = |years: u64| self.today.checked_sub_days(Days::new(years * 365)).unwrap_or(self.today);
        let (latest, earliest) = (before(from_years), before(to_years));
        self.school.workers.iter().filter(move |worker| {
            let fits = worker.teaching_since.is_some_and(|since| since > earliest && since <= latest);
            fits && worker.position.starts_with("учитель") && !self.busy.contains(&worker.id)
        })
    }

    fn worker(&self, person: Uuid) -> anyhow::Result<&Worker> {
        self.school.workers.iter().find(|worker| worker.id == person).context("нет такого работника")
    }

    /// The browser of somebody who may have had no way in so far.
    async fn browser(&self, worker: &Worker) -> anyhow::Result<Browser> {
        let tx = self.app.db.begin().await?;
        let account = accounts::ensure(&tx, self.app.clock.now(), worker.id, &city::name_of(worker)).await?.0;
        tx.commit().await?;
        Browser::of(self.app, self.router, account).await
    }

    /// So many days from today.
    fn day(&self, ahead: i64) -> String {
        (self.today + chrono::Duration::days(ahead)).to_string()
    }
}
