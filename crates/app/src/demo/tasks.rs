//! The play of tasks: at home one in each state, in the other school one made from a measure of the approved program.

use anyhow::Context;
use axum::Router;
use uuid::Uuid;

use super::browser::value;
use super::city::{City, SCHOOL};
use super::two::Two;
use super::work::Couple;
use crate::kernel::state::App;

pub(super) async fn play(
    app: &App,
    router: &Router,
    city: &City,
    couples: &[Couple<'_>],
) -> anyhow::Result<()> {
    for couple in couples {
        let pair = Two::of(app, router, city, couple, "tasks").await?;
        if couple.school.organization.short_name == SCHOOL {
            pair.accepted().await?;
            pair.returned().await?;
            pair.waits().await?;
            let what = "Три вопроса в конце урока: что узнали, что осталось трудным, о чём спросить.";
            pair.set("Рефлексия в конце урока", what, 2).await?;
        } else {
            pair.take_measure().await?;
        }
    }
    Ok(())
}

impl Two {
    async fn set(&self, title: &str, what: &str, ahead: u64) -> anyhow::Result<Uuid> {
        let due = self.day(ahead);
        self.mentor.make(&self.base, &[("title", title), ("what", what), ("due", &due)]).await
    }

    async fn hand_in(&self, task: Uuid, words: &str, link: &str) -> anyhow::Result<()> {
        let fields = [("version", "1"), ("words", words), ("link", link)];
        self.mentee.send(&format!("{}/{task}/products", self.base), &fields).await.map(|_| ())
    }

    async fn accepted(&self) -> anyhow::Result<()> {
        let what = "Технологическая карта: цель, этапы, задания, как проверим результат.";
        let task = self.set("Технологическая карта урока «Сложение дробей»", what, 3).await?;
        let words =
            "Карта готова, проверила по ней урок в 5 А. Времени на устный счёт ушло больше, чем думала.";
        self.hand_in(task, words, "https://disk.example.ru/d/karta-uroka").await?;
        let word = [("version", "2"), ("word", "Цель измеримая, проверка в конце есть. Так и продолжайте.")];
        self.mentor.send(&format!("{}/{task}/acceptance", self.base), &word).await.map(|_| ())
    }

    async fn returned(&self) -> anyhow::Result<()> {
        let task =
            self.set("План родительского собрания", "План на 40 минут с вопросами родителям.", 5).await?;
        self.hand_in(task, "План собрания: знакомство, оценки за четверть, экскурсия, разное.", "").await?;
        let due = self.day(9);
        let remarks = "Давайте оставим две темы и к каждой – вопрос родителям. Посмотрим вместе во вторник.";
        let fields = [("version", "2"), ("remarks", remarks), ("due", due.as_str())];
        self.mentor.send(&format!("{}/{task}/return", self.base), &fields).await.map(|_| ())
    }

    async fn waits(&self) -> anyhow::Result<()> {
        let what = "Посетить урок коллеги и выписать три приёма, которые хочется попробовать.";
        let task = self.set("Три приёма с урока коллеги", what, 7).await?;
        let words = "Таймер на доске, работа в парах по очереди, вопрос «почему так?» вместо «правильно?».";
        self.hand_in(task, words, "").await
    }

    async fn take_measure(&self) -> anyhow::Result<()> {
        let page = self.mentor.read(&self.base).await?;
        let line = value(&page, "measure").context("в программе нет мероприятий без заданий")?;
        self.mentor.send(&format!("{}/measures", self.base), &[("measure", &line)]).await.map(|_| ())
    }
}
