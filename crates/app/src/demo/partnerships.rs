//! An agreement between the two schools of the personas, and a pair that works on line on it.

use anyhow::Context;
use axum::Router;
use chrono::{Days, NaiveDate};
use nastavnik_domain::person::FullName;
use uuid::Uuid;

use super::browser::Browser;
use super::city::{self, City, OTHER_SCHOOL, SCHOOL, School};
use super::store;
use crate::kernel::state::App;

pub(super) async fn play(app: &App, router: &Router, city: &City) -> anyhow::Result<()> {
    let (home, other) = (city::find(city, SCHOOL)?, city::find(city, OTHER_SCHOOL)?);
    let stage = Stage {
        app,
        today: city.today,
        home,
        curator: Browser::of(app, router, city.accounts[&home.curator]).await?,
        director: Browser::of(app, router, city.accounts[&home.director]).await?,
    };
    let agreement = stage.agreement(other).await.context("договор о сотрудничестве")?;
    stage.partner_outside().await.context("договор с партнёром вне системы")?;
    let mentee = stage.mentee().await?;
    // Not every mentor of the other school has a free place: the first who has is taken.
    let mut formed = Err(anyhow::anyhow!("нет свободного наставника"));
    for mentor in store::mentors(app.db.reader(), other.organization.id).await? {
        let Some(worker) = other.workers.iter().find(|worker| worker.id == mentor) else { continue };
        let name = FullName::new(&worker.surname, &worker.given, worker.patronymic.as_deref()).full();
        formed = stage.pair(&name, mentee, agreement).await.map(|pair| (pair, mentor));
        if formed.is_ok() {
            break;
        }
    }
    let (pair, mentor) = formed.context("пара двух школ")?;
    stage.papers(pair, mentor, mentee).await.context("документы пары двух школ")
}

struct Stage<'a> {
    app: &'a App,
    today: NaiveDate,
    home: &'a School,
    curator: Browser,
    director: Browser,
}

impl Stage<'_> {
    /// The school of the mentee pays.
    async fn agreement(&self, other: &School) -> anyhow::Result<Uuid> {
        let (own, partner) = (self.home.organization.id.to_string(), other.organization.id.to_string());
        let (dated_on, ends_on) = (self.day(-45), self.day(320));
        let fields = [
            ("organization", own.as_str()),
            ("partner", &partner),
            ("dated_on", &dated_on),
            ("starts_on", &dated_on),
            ("ends_on", &ends_on),
            (
                "subject",
                "Наставничество молодых педагогов, в том числе дистанционное\nВзаимное посещение занятий",
            ),
            ("payer", "maker"),
            ("consents", "processing"),
            ("consents", "transfer"),
        ];
        self.curator.make("/agreements", &fields).await
    }

    /// Somebody outside of the system helps; the agreement ends soon.
    async fn partner_outside(&self) -> anyhow::Result<()> {
        let own = self.home.organization.id.to_string();
        let (dated_on, ends_on) = (self.day(-340), self.day(20));
        let fields = [
            ("organization", own.as_str()),
            ("partner_name", "Автономная некоммерческая организация «Кванториум Югры»"),
            ("partner_inn", "7707083893"),
            ("partner_address", "г. Сургут, ул. Мира, д. 5"),
            ("partner_head_position", "директор"),
            ("partner_head_name", "Жуков Пётр Ильич"),
            ("number", "17-П"),
            ("dated_on", &dated_on),
            ("starts_on", &dated_on),
            ("ends_on", &ends_on),
            ("subject", "Консультации педагогов по робототехнике"),
            ("payer", "partner"),
        ];
        self.curator.make("/agreements", &fields).await.map(|_| ())
    }

    /// A teacher of the school without a mentor, and a mentor of the other school.
    async fn pair(&self, mentor_name: &str, mentee: Uuid, agreement: Uuid) -> anyhow::Result<Uuid> {
        let (own, agreement) = (self.home.organization.id.to_string(), agreement.to_string());
        let mentee = mentee.to_string();
        let (starts_on, ends_on) = (self.day(-20), self.day(180));
        let fields = [
            ("organization", own.as_str()),
            ("mentees", mentee.as_str()),
            ("outside_mentor", mentor_name),
            ("agreement", &agreement),
            ("form", "pedagogue_pedagogue"),
            ("kinds", "virtual"),
            ("online_place", "Сферум"),
            ("starts_on", &starts_on),
            ("ends_on", &ends_on),
            ("work", "Разбор занятий по записи\nКонсультации на расстоянии"),
            ("pay", "monthly"),
            ("pay_amount", "2000"),
            ("pay_supplements", "yes"),
        ];
        self.curator.make("/pairs", &fields).await
    }

    /// Everything signed, the order as well.
    async fn papers(&self, pair: Uuid, mentor: Uuid, mentee: Uuid) -> anyhow::Result<()> {
        let (mentor, mentee) = (mentor.to_string(), mentee.to_string());
        let (signed, ordered) = (self.day(-21), self.day(-20));
        for (kind, person) in
            [("mentor_consent", &mentor), ("mentee_agreement", &mentee), ("supplementary_agreement", &mentor)]
        {
            let paper = [("kind", kind), ("person", person.as_str()), ("dated_on", signed.as_str())];
            self.curator.send(&format!("/pairs/{pair}/papers"), &paper).await?;
        }
        for document in store::documents(self.app.db.reader(), pair).await? {
            let path = format!("/papers/{document}/signature");
            self.curator.send(&path, &[("signed_on", signed.as_str())]).await?;
        }
        let (own, id) = (self.home.organization.id.to_string(), pair.to_string());
        let order = [
            ("organization", own.as_str()),
            ("dated_on", &ordered),
            ("mentorships", &id),
            ("control", "Контроль за исполнением приказа оставляю за собой."),
        ];
        let order = self.curator.make("/orders", &order).await?;
        let path = format!("/orders/{order}/signature");
        self.director.send(&path, &[("signed_on", ordered.as_str())]).await.map(|_| ())
    }

    /// The last teacher of the list who takes part in no pair.
    async fn mentee(&self) -> anyhow::Result<Uuid> {
        let teachers = self.home.workers.iter().filter(|worker| worker.position.starts_with("учитель"));
        for teacher in teachers.rev() {
            let is_office = teacher.id == self.home.director || teacher.id == self.home.curator;
            if !is_office && !store::takes_part(self.app.db.reader(), teacher.id).await? {
                return Ok(teacher.id);
            }
        }
        anyhow::bail!("все учителя школы уже в парах")
    }

    fn day(&self, ahead: i64) -> String {
        let days = Days::new(ahead.unsigned_abs());
        let day =
            if ahead < 0 { self.today.checked_sub_days(days) } else { self.today.checked_add_days(days) };
        day.unwrap_or(self.today).to_string()
    }
}
