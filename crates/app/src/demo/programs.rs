//! Programs of the demo: one that the pair is still signing, one approved with a measure carried out.

use anyhow::Context;
use axum::Router;
use nastavnik_domain::competence::Domain;
use nastavnik_domain::config::measure_library;

use super::browser::{Browser, value};
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
        let stage = Two::of(app, router, city, couple, SECTION).await?;
        stage.draft(&couple.mentee.person.to_string()).await?;
        if couple.school.organization.short_name == SCHOOL {
            stage.sign(&stage.mentor).await?;
            continue;
        }
        let curator = Browser::of(app, router, city.accounts[&couple.school.curator]).await?;
        let director = Browser::of(app, router, city.accounts[&couple.school.director]).await?;
        stage.approve(&curator, &director, &couple.pair.to_string()).await?;
        stage.carry_out(1).await?;
    }
    Ok(())
}

/// Where a program stands after `/pairs/{id}/`.
pub(super) const SECTION: &str = "program";

impl Two {
    /// Takes everything the diagnosis offers; a pair without one writes a goal of its own.
    async fn draft(&self, mentee: &str) -> anyhow::Result<()> {
        let library = measure_library()?;
        let library = &library.on(self.today)?.value;
        let mut fields: Vec<(&str, String)> = Vec::new();
        for domain in Domain::ALL {
            for ground in ["deficit", "strength"] {
                let key = format!("{}.{ground}.{mentee}", domain.code());
                let measures = library.of(domain).into_iter().flat_map(|known| &known.measures);
                fields.extend(measures.map(|measure| ("measure", format!("{key}/{}", measure.code))));
                fields.push(("goal", key));
            }
        }
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.mentor.send(&self.base, &fields).await?;
        if self.mentor.read(&self.base).await?.contains("Целей пока нет") {
            self.own_goal().await?;
        }
        Ok(())
    }

    async fn own_goal(&self) -> anyhow::Result<()> {
        let lines = format!("{}/lines", self.base);
        let goal = [
            ("kind", "goal"),
            ("text", "Научиться проводить родительское собрание без напряжения"),
            ("measure", "Проведены 2 собрания по плану, родители ушли с ответами на свои вопросы"),
            ("domain", "4"),
        ];
        self.mentee.send(&lines, &goal).await?;
        let measures = [
            ("Репетиция собрания по ролям", "тренинг в паре", 20, "План собрания"),
            ("Собрание с поддержкой наставника", "проба", 60, "План собрания и отзывы родителей без имён"),
        ];
        for (text, form, ahead, product) in measures {
            let due = self.day(ahead);
            let measure = [
                ("kind", "measure"),
                ("text", text),
                ("domain", "4"),
                ("form", form),
                ("due", due.as_str()),
                ("who", "both"),
                ("product", product),
            ];
            self.mentor.send(&lines, &measure).await?;
        }
        Ok(())
    }

    /// Signs the text as the page shows it.
    pub(super) async fn sign(&self, who: &Browser) -> anyhow::Result<()> {
        let page = who.read(&self.base).await?;
        let edition = value(&page, "edition").context("программу нельзя подписать")?;
        who.send(&format!("{}/signature", self.base), &[("edition", &edition)]).await.map(|_| ())
    }

    pub(super) async fn approve(
        &self,
        curator: &Browser,
        director: &Browser,
        pair: &str,
    ) -> anyhow::Result<()> {
        self.sign(&self.mentee).await?;
        self.sign(&self.mentor).await?;
        let wish =
            [("agree_remarks", "Хорошая программа. Расскажите о собрании на методическом объединении.")];
        curator.send(&format!("{}/agreement", self.base), &wish).await?;
        director.send("/programs/approvals", &[("pair", pair)]).await.map(|_| ())
    }

    /// Marks so many measures as carried out.
    pub(super) async fn carry_out(&self, measures: usize) -> anyhow::Result<()> {
        let page = self.mentee.read(&self.base).await?;
        let opens = format!("{}/lines/", self.base);
        let lines: Vec<&str> =
            page.split(&opens).skip(1).filter_map(|rest| rest.split('"').next()).take(measures).collect();
        anyhow::ensure!(lines.len() == measures, "в программе нет мероприятий");
        let today = self.today.to_string();
        let done = [("done_on", today.as_str()), ("done_words", "Разыграли три трудных вопроса, план готов")];
        for line in lines {
            self.mentee.send(&format!("{}/lines/{line}/completion", self.base), &done).await?;
        }
        Ok(())
    }
}
