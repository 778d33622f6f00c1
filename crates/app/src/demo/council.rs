//! The council of the personas' school: its members, the psychologist's word on pairs, a sitting held and one planned.

use anyhow::Context;
use axum::Router;
use chrono::{Days, NaiveDate};
use uuid::Uuid;

use super::browser::Browser;
use super::city::{City, School};
use super::store::{self, Worker};
use crate::kernel::state::App;

/// The school with those who act in it besides the council.
pub(super) struct Stage<'a> {
    pub(super) app: &'a App,
    pub(super) router: &'a Router,
    pub(super) city: &'a City,
    pub(super) school: &'a School,
    pub(super) curator: &'a Browser,
    pub(super) director: &'a Browser,
}

/// Members besides the persona.
const MORE_MEMBERS: usize = 2;

impl Stage<'_> {
    /// `waiting`: two pairs for the sitting held today, and one for the next.
    pub(super) async fn play(&self, waiting: [(Uuid, Uuid); 3], busy: &[Uuid]) -> anyhow::Result<()> {
        let members = self.members(busy).await.context("состав совета")?;
        self.opinions(&waiting[..2]).await.context("заключения")?;
        let council = self.of(members[0]).await?;
        let organization = self.school.organization.id.to_string();
        let (head, secretary) = (members[0].to_string(), members[1].to_string());
        let today = self.city.today.to_string();
        let chosen = [
            ("organization", organization.as_str()),
            ("head", &head),
            ("secretary", &secretary),
            ("started_on", &today),
        ];
        council.send("/council/offices", &chosen).await?;
        self.send(&waiting[..2], "Просим рассмотреть до начала четверти").await?;
        self.hold(&council, &members).await.context("заседание")?;
        self.send(&waiting[2..], "").await?;
        let next = self.city.today.checked_add_days(Days::new(6)).unwrap_or(self.city.today);
        self.plan(&council, next).await.map(|_| ())
    }

    /// The persona first, then teachers whom the director appoints.
    async fn members(&self, busy: &[Uuid]) -> anyhow::Result<Vec<Uuid>> {
        let organization = self.school.organization.id;
        let first =
            store::holder(self.app.db.reader(), organization, "council").await?.context("нет совета")?;
        let mut members = vec![first];
        let since = self.city.today.checked_sub_days(Days::new(70)).unwrap_or(self.city.today).to_string();
        let taught = |worker: &&Worker| worker.position.starts_with("учитель") && !busy.contains(&worker.id);
        for worker in self.school.workers.iter().rev().filter(taught).take(MORE_MEMBERS) {
            let person = worker.id.to_string();
            let given = [
                ("role", "council"),
                ("person", person.as_str()),
                ("act_number", "14-к"),
                ("act_on", &since),
                ("started_on", &since),
            ];
            self.director.send(&format!("/organizations/{organization}/roles"), &given).await?;
            members.push(worker.id);
        }
        Ok(members)
    }

    async fn opinions(&self, pairs: &[(Uuid, Uuid)]) -> anyhow::Result<()> {
        let organization = self.school.organization.id;
        let person = store::holder(self.app.db.reader(), organization, "psychologist").await?;
        let psychologist = self.of(person.context("нет психолога")?).await?;
        let words = [
            ("recommended", "Встречаться раз в неделю, начать со взаимного посещения занятий"),
            ("conditional", "Договориться о темпе: наставляемому пока нужно больше времени на подготовку"),
        ];
        for ((pair, mentee), (verdict, advice)) in pairs.iter().zip(words) {
            let mentee = mentee.to_string();
            let told = [
                ("mentee", mentee.as_str()),
                ("verdict", verdict),
                ("advice", advice),
                ("method", "Беседа"),
                ("note", "Вернуться к разговору через месяц"),
            ];
            psychologist.send(&format!("/pairs/{pair}/opinions"), &told).await?;
        }
        Ok(())
    }

    async fn send(&self, pairs: &[(Uuid, Uuid)], words: &str) -> anyhow::Result<()> {
        let organization = self.school.organization.id.to_string();
        let ids: Vec<String> = pairs.iter().map(|(pair, _)| pair.to_string()).collect();
        let mut fields = vec![("organization", organization.as_str()), ("words", words)];
        fields.extend(ids.iter().map(|id| ("mentorships", id.as_str())));
        self.curator.send("/council/matters", &fields).await.map(|_| ())
    }

    /// Everything that waits goes on the agenda.
    async fn plan(&self, council: &Browser, day: NaiveDate) -> anyhow::Result<Uuid> {
        let organization = self.school.organization.id;
        let matters = store::matters(self.app.db.reader(), organization).await?;
        let matters: Vec<String> = matters.iter().map(Uuid::to_string).collect();
        let (organization, day) = (organization.to_string(), day.to_string());
        let mut fields =
            vec![("organization", organization.as_str()), ("held_on", &day), ("room", "Учительская, 15:00")];
        fields.extend(matters.iter().map(|id| ("matters", id.as_str())));
        council.make("/council/sittings", &fields).await
    }

    /// The newest pair is to be thought over again, the one whose order waits is agreed on.
    async fn hold(&self, council: &Browser, members: &[Uuid]) -> anyhow::Result<()> {
        let sitting = self.plan(council, self.city.today).await?;
        let members: Vec<String> = members.iter().map(Uuid::to_string).collect();
        let mut fields =
            vec![("version", "1"), ("chair", members[0].as_str()), ("secretary", members[1].as_str())];
        fields.extend(members.iter().map(|id| ("present", id.as_str())));
        council.send(&format!("/council/sittings/{sitting}/presence"), &fields).await?;
        let votes = [
            [
                ("votes_for", "1"),
                ("votes_against", "2"),
                ("words", "Подобрать наставника, который ведёт тот же предмет, и вернуться с новой парой"),
            ],
            [("votes_for", "3"), ("votes_against", "0"), ("words", "")],
        ];
        let items = store::items(self.app.db.reader(), sitting).await?;
        for (item, votes) in items.iter().zip(votes) {
            let mut fields = vec![
                ("version", "1"),
                ("proposal", "agreed"),
                ("heard", "Куратор представил пару и её цели"),
            ];
            fields.extend(votes);
            council.send(&format!("/council/sittings/{sitting}/items/{item}"), &fields).await?;
        }
        council.send(&format!("/council/sittings/{sitting}/closing"), &[]).await.map(|_| ())
    }

    async fn of(&self, person: Uuid) -> anyhow::Result<Browser> {
        let account = self.city.accounts.get(&person).context("нет входа")?;
        Browser::of(self.app, self.router, *account).await
    }
}
