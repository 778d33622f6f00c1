//! A mentor and a mentee over one section of their pair: programs and tasks are played by the same two.

use axum::Router;
use chrono::{Days, NaiveDate};
use uuid::Uuid;

use super::browser::Browser;
use super::city::City;
use super::work::Couple;
use crate::kernel::state::App;

pub(super) struct Two {
    /// `/pairs/…/section`.
    pub(super) base: String,
    pub(super) today: NaiveDate,
    pub(super) mentor: Browser,
    pub(super) mentee: Browser,
}

impl Two {
    pub(super) fn new(pair: Uuid, section: &str, today: NaiveDate, [mentor, mentee]: [Browser; 2]) -> Self {
        Self { base: format!("/pairs/{pair}/{section}"), today, mentor, mentee }
    }

    /// Those who have logins.
    pub(super) async fn of(
        app: &App,
        router: &Router,
        city: &City,
        couple: &Couple<'_>,
        section: &str,
    ) -> anyhow::Result<Self> {
        let mentor = Browser::of(app, router, couple.mentor.account).await?;
        let mentee = Browser::of(app, router, couple.mentee.account).await?;
        Ok(Self::new(couple.pair, section, city.today, [mentor, mentee]))
    }

    /// A day so many days ahead, as a form sends it.
    pub(super) fn day(&self, ahead: u64) -> String {
        self.today.checked_add_days(Days::new(ahead)).unwrap_or(self.today).to_string()
    }
}
