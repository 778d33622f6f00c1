//! The play of an evaluation: a pair that ends soon has met for months, both have signed what the program made of it, the
//! curator has concluded and the director confirmed.

use anyhow::Context;
use axum::Router;
use chrono::{Days, NaiveDate};
use nastavnik_domain::config::evaluation_rules;
use nastavnik_domain::evaluation::Wave;
use uuid::Uuid;

use super::browser::{Browser, value};
use super::city::{self, City, School};
use super::work::Pair;
use crate::kernel::accounts;
use crate::kernel::state::App;

pub(super) async fn play(
    app: &App,
    router: &Router,
    city: &City,
    school: &School,
    pair: &Pair,
) -> anyhow::Result<()> {
    let stage = Stage { app, router, school, today: city.today, address: format!("/pairs/{}", pair.id) };
    let (mentor, mentee) = (stage.browser(pair.mentor).await?, stage.browser(pair.mentee).await?);
    stage.start(&mentee).await?;
    stage.met(&mentor).await?;
    let final_one = format!("{}/evaluations/{}", stage.address, Wave::Final.code());
    // Shortly before the season of spring the last days do not count yet: then nothing is evaluated today.
    if !mentor.read(&final_one).await?.contains("name=\"body\"") {
        return Ok(());
    }
    stage.part(&mentor, &final_one, &[("ahead", "Хочу взять следующего наставляемого с сентября")]).await?;
    let marks = [("row_motivation", "3"), ("row_adaptation", "3"), ("row_pace", "3"), ("row_results", "2")];
    stage.part(&mentee, &final_one, &marks).await?;
    let curator = Browser::of(app, router, city.accounts[&school.curator]).await?;
    stage.conclude(&curator, &final_one).await?;
    let director = Browser::of(app, router, city.accounts[&school.director]).await?;
    let version = value(&director.read(&final_one).await?, "version")?;
    director.send(&format!("{final_one}/confirmation"), &[("version", &version)]).await.map(|_| ())
}

struct Stage<'a> {
    app: &'a App,
    router: &'a Router,
    school: &'a School,
    today: NaiveDate,
    address: String,
}

impl Stage<'_> {
    /// How the mentee felt in the beginning.
    async fn start(&self, mentee: &Browser) -> anyhow::Result<()> {
        let marks =
            [("row_motivation", "3"), ("row_adaptation", "1"), ("row_pace", "2"), ("row_results", "2")];
        mentee.send(&format!("{}/evaluations", self.address), &marks).await.map(|_| ())
    }

    async fn met(&self, mentor: &Browser) -> anyhow::Result<()> {
        for (ago, kind) in [
            (60, "in_person"),
            (45, "lesson_visit"),
            (33, "in_person"),
            (21, "lesson_visit"),
            (12, "in_person"),
        ] {
            let day = self.today.checked_sub_days(Days::new(ago)).unwrap_or(self.today).to_string();
            let fields = [
                ("held_on", day.as_str()),
                ("kind", kind),
                ("focus", "d5"),
                ("worked_phrases", "Разобрали урок по шагам"),
                ("mentee_step_phrases", "Провести урок по плану"),
                ("help", "nobody"),
            ];
            mentor.send(&format!("{}/meetings", self.address), &fields).await?;
        }
        Ok(())
    }

    /// Signs the text as the page has composed it.
    async fn part(&self, who: &Browser, address: &str, more: &[(&str, &str)]) -> anyhow::Result<()> {
        let page = who.read(address).await?;
        let body = page.split("name=\"body\"").nth(1).and_then(|rest| rest.split('>').nth(1));
        let body = body.and_then(|rest| rest.split("</textarea").next()).context("нет текста отчёта")?;
        let fields = [[("body", body.trim()), ("act", "sign")].as_slice(), more].concat();
        who.send(&format!("{address}/part"), &fields).await.map(|_| ())
    }

    async fn conclude(&self, curator: &Browser, address: &str) -> anyhow::Result<()> {
        let rules = evaluation_rules()?;
        let items = rules.on(self.today)?.value.items(Wave::Final);
        let names: Vec<String> = items.map(|item| format!("item_{}", item.code)).collect();
        let mut fields: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "2")).collect();
        let doubtful = [("item_outside", "1"), ("item_experience", "1"), ("item_measures", "1")];
        for field in &mut fields {
            field.1 = doubtful.iter().find(|known| known.0 == field.0).map_or(field.1, |known| known.1);
        }
        fields.push(("decision", "complete"));
        fields.push(("reason", "Цели достигнуты: уроки идут спокойно и по плану."));
        curator.send(&format!("{address}/conclusion"), &fields).await.map(|_| ())
    }

    async fn browser(&self, person: Uuid) -> anyhow::Result<Browser> {
        let worker = self.school.workers.iter().find(|worker| worker.id == person);
        let worker = worker.context("нет такого работника")?;
        let tx = self.app.db.begin().await?;
        let account = accounts::ensure(&tx, self.app.clock.now(), person, &city::name_of(worker)).await?.0;
        tx.commit().await?;
        Browser::of(self.app, self.router, account).await
    }
}
