//! Petitions, a replacement and «подходим друг другу»: in one school something waits, in the other something is done.

use anyhow::Context;
use axum::Router;
use chrono::{Days, NaiveDate};
use nastavnik_domain::petition;
use nastavnik_domain::working_days::Calendar;
use uuid::Uuid;

use super::browser::Browser;
use super::city::{self, School};
use super::store;
use super::work::Pair;
use crate::kernel::accounts;
use crate::kernel::state::App;

/// A school with its pairs and those who decide.
pub(super) struct Stage<'a> {
    pub(super) app: &'a App,
    pub(super) router: &'a Router,
    pub(super) today: NaiveDate,
    pub(super) school: &'a School,
    pub(super) curator: &'a Browser,
    pub(super) director: &'a Browser,
    pub(super) pairs: &'a [Pair],
}

impl Stage<'_> {
    /// A mentor has laid the duties down and waits for an answer; the pair fits well.
    pub(super) async fn something_waits(&self) -> anyhow::Result<()> {
        let pair = self.pairs.get(1).context("нет второй пары")?;
        self.met(pair, &[14, 7]).await?;
        for person in [pair.mentor, pair.mentee] {
            let told = [("answer", "yes")];
            self.browser(person).await?.send(&format!("/pairs/{}/fit", pair.id), &told).await?;
        }
        let asked = [("kind", "lay_down"), ("last_day", &*self.last_day()?.to_string()), ("reason", "")];
        self.browser(pair.mentor).await?.send(&format!("/pairs/{}/petition", pair.id), &asked).await?;
        Ok(())
    }

    /// A mentee has got another mentor; in another pair a talk is needed.
    pub(super) async fn something_is_done(&self) -> anyhow::Result<()> {
        let (uneasy, changed) = (self.pairs.get(1), self.pairs.get(2));
        let (uneasy, changed) = uneasy.zip(changed).context("мало пар")?;
        self.met(uneasy, &[10]).await?;
        let mentee = self.browser(uneasy.mentee).await?;
        mentee.send(&format!("/pairs/{}/fit", uneasy.id), &[("answer", "no")]).await?;
        let last_day = self.last_day()?.to_string();
        let asked = [
            ("kind", "replace"),
            ("last_day", last_day.as_str()),
            ("wish", "Хорошо бы с опытом в моей параллели"),
        ];
        let mentee = self.browser(changed.mentee).await?;
        mentee.send(&format!("/pairs/{}/petition", changed.id), &asked).await?;
        let ends_on = self.today.checked_add_days(Days::new(180)).unwrap_or(self.today).to_string();
        // Not every mentor of the school teaches what the form of the pair asks for: the first who does is taken.
        let mut new = Err(anyhow::anyhow!("нет свободного наставника"));
        for other in self.pairs.iter().filter(|other| other.id != changed.id) {
            let mentor = other.mentor.to_string();
            let chosen = [("mentor", mentor.as_str()), ("last_day", &last_day), ("ends_on", &ends_on)];
            new = self.curator.send(&format!("/pairs/{}/replacement", changed.id), &chosen).await;
            if new.is_ok() {
                break;
            }
        }
        new?;
        let order = store::ending_order(self.app.db.reader(), changed.id).await?.context("нет приказа")?;
        let signed = [("signed_on", &*self.today.to_string())];
        self.director.send(&format!("/orders/{order}/signature"), &signed).await?;
        Ok(())
    }

    async fn met(&self, pair: &Pair, ago: &[u64]) -> anyhow::Result<()> {
        let days: Vec<NaiveDate> =
            ago.iter().filter_map(|days| self.today.checked_sub_days(Days::new(*days))).collect();
        store::met(self.app, (pair.id, pair.mentor), &days).await
    }

    fn last_day(&self) -> anyhow::Result<NaiveDate> {
        Ok(petition::terms(self.today, 3, &Calendar::bundled()?)?.earliest_last_day)
    }

    /// The browser of somebody who may have had no way in so far.
    async fn browser(&self, person: Uuid) -> anyhow::Result<Browser> {
        let worker = self.school.workers.iter().find(|worker| worker.id == person);
        let worker = worker.context("нет такого работника")?;
        let tx = self.app.db.begin().await?;
        let account = accounts::ensure(&tx, self.app.clock.now(), person, &city::name_of(worker)).await?.0;
        tx.commit().await?;
        Browser::of(self.app, self.router, account).await
    }
}
