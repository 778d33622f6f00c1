//! Kinds of mentoring with a life of their own: evenings of speed meetings, help when it is needed, a pair the other way round.

use anyhow::Context;
use axum::Router;
use chrono::{Days, NaiveDate};
use uuid::Uuid;

use super::browser::Browser;
use super::city::{self, School};
use super::store;
use super::work::Pair;
use crate::kernel::state::App;

/// How many come to an evening for advice.
const MENTEES: usize = 7;

/// A school with its curator and its pairs; the first is the personas'.
pub(super) struct Kinds<'a> {
    pub(super) app: &'a App,
    pub(super) router: &'a Router,
    pub(super) today: NaiveDate,
    pub(super) school: &'a School,
    pub(super) curator: &'a Browser,
    pub(super) pairs: &'a [Pair],
}

impl Kinds<'_> {
    pub(super) async fn play(&self) -> anyhow::Result<()> {
        self.evening(7, "Быстрые встречи с наставниками").await.context("вечер впереди")?;
        let id = self.evening(0, "Быстрые встречи: работа с родителями").await.context("вечер сегодня")?;
        self.marks(id).await.context("отметки вечера")?;
        self.help().await.context("просьбы о помощи")?;
        self.reverse().await.context("встречная пара")
    }

    /// An evening so many days ahead, with the mentors of the pairs and teachers outside of them.
    async fn evening(&self, ahead: u64, title: &str) -> anyhow::Result<Uuid> {
        let day = self.today.checked_add_days(Days::new(ahead)).unwrap_or(self.today).to_string();
        let organization = self.school.organization.id.to_string();
        let mentors: Vec<String> = self.pairs.iter().map(|pair| pair.mentor.to_string()).collect();
        let mentees: Vec<String> = self.teachers().map(|person| person.to_string()).collect();
        let mut fields = vec![
            ("organization", organization.as_str()),
            ("title", title),
            ("held_on", &day),
            ("begins_at", "16:00"),
            ("place", "Библиотека"),
            ("round_minutes", "10"),
            ("break_minutes", "2"),
            ("most_rounds", "5"),
        ];
        fields.extend(mentors.iter().map(|person| ("mentors", person.as_str())));
        fields.extend(mentees.iter().map(|person| ("mentees", person.as_str())));
        self.curator.make("/speed", &fields).await
    }

    /// Teachers who take part in no pair.
    fn teachers(&self) -> impl Iterator<Item = Uuid> {
        let is_busy = |person| self.pairs.iter().any(|pair| pair.mentor == person || pair.mentee == person);
        let fits = move |person: Uuid| {
            person != self.school.director && person != self.school.curator && !is_busy(person)
        };
        let teachers = self.school.workers.iter().filter(|worker| worker.position.starts_with("учитель"));
        teachers.map(|worker| worker.id).filter(move |person| fits(*person)).take(MENTEES)
    }

    /// All but one met; two couples would like to go on, of a third one side.
    async fn marks(&self, evening: Uuid) -> anyhow::Result<()> {
        let meetings = store::speed_meetings(self.app.db.reader(), evening).await?;
        let named: Vec<(String, String)> =
            meetings.iter().map(|id| (format!("was_{id}"), id.to_string())).collect();
        let mut fields: Vec<(&str, &str)> = Vec::new();
        for (index, (was, id)) in named.iter().enumerate() {
            fields.push((was, "000"));
            if index != 4 {
                fields.push(("met", id));
            }
            if matches!(index, 0 | 7 | 11) {
                fields.push(("mentee_wishes", id));
            }
            if matches!(index, 0 | 7) {
                fields.push(("mentor_wishes", id));
            }
        }
        self.curator.send(&format!("/speed/{evening}/marks"), &fields).await.map(|_| ())
    }

    /// The persona asks twice and is answered once; in another pair a request waits too long.
    async fn help(&self) -> anyhow::Result<()> {
        let [first, second, ..] = self.pairs else { return Ok(()) };
        let asked = |domain, urgency, words| [("domain", domain), ("urgency", urgency), ("words", words)];
        let (mentee, path) = (self.browser(first.mentee).await?, format!("/pairs/{}/help", first.id));
        mentee
            .send(&path, &asked("4", "today", "Завтра трудный разговор с родителями ученика, как начать?"))
            .await?;
        store::age_help(self.app, first.id, 26).await?;
        let mentor = self.browser(first.mentor).await?;
        let request = store::help_request(self.app.db.reader(), first.id).await?.context("нет просьбы")?;
        let tomorrow = self.today.succ_opt().unwrap_or(self.today).to_string();
        let answer = [
            (
                "answer",
                "Начните с хорошего, что видите в ребёнке. Зайдите ко мне до уроков, обсудим по шагам.",
            ),
            ("meet_on", tomorrow.as_str()),
        ];
        mentor.send(&format!("/help/{request}/answer"), &answer).await?;
        mentee.send(&path, &asked("5", "week", "Помогите спланировать урок-исследование")).await?;
        let other = self.browser(second.mentee).await?;
        let path = format!("/pairs/{}/help", second.id);
        other.send(&path, &asked("6", "today", "Не получается подключить класс к платформе")).await?;
        store::age_help(self.app, second.id, 6 * 24).await
    }

    /// The mentee of the second pair teaches the mentor what is new.
    async fn reverse(&self) -> anyhow::Result<()> {
        let Some(pair) = self.pairs.get(1) else { return Ok(()) };
        let worker = format!("{}.{}", pair.mentee, self.school.organization.id);
        let listed = [("worker", worker.as_str()), ("capacity", "1")];
        let candidate = self.curator.make("/bank/mentors", &listed).await?;
        let day = |ahead: i64| (self.today + chrono::Duration::days(ahead)).to_string();
        let (achieved, starts_on, ends_on) = (day(-120), day(0), day(180));
        let achievement = [
            ("title", "Цифровая лаборатория класса"),
            ("achieved_on", achieved.as_str()),
            ("evidence", "Диплом городского конкурса цифровых уроков"),
        ];
        self.curator.send(&format!("/bank/mentors/{candidate}/achievements"), &achievement).await?;
        let mentor = pair.mentee.to_string();
        let fields = [
            ("mentor", mentor.as_str()),
            ("starts_on", &starts_on),
            ("ends_on", &ends_on),
            ("work", "Интерактивные задания и цифровая доска\nСовместный разбор уроков с ними"),
        ];
        self.curator.send(&format!("/pairs/{}/reverse", pair.id), &fields).await.map(|_| ())
    }

    /// The browser of somebody who may have had no way in so far.
    async fn browser(&self, person: Uuid) -> anyhow::Result<Browser> {
        Browser::of(self.app, self.router, city::account(self.app, self.school, person).await?).await
    }
}
