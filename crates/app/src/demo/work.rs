//! The play: curators fill their banks and form pairs, directors sign orders.

mod persons;

use anyhow::Context;
use axum::Router;
use chrono::{Days, NaiveDate};
use uuid::Uuid;

use super::browser::Browser;
use super::city::{self, City, OTHER_SCHOOL, SCHOOL, School};
use super::consents;
use super::council;
use super::diagnosis;
use super::endings;
use super::evaluations;
use super::group;
use super::matching;
use super::meetings;
use super::mentors::{Cast, Stage as MentorStage};
use super::partnerships;
use super::pathways;
use super::program_base;
use super::programs;
use super::store::{self, Worker};
use super::talk;
use super::tasks;
use crate::kernel::state::App;
use crate::routes;

/// How far a pair of the demo has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Formed,
    ConsentGiven,
    OrderWaits,
    Active,
    /// Has worked for months and ends soon: its program is being evaluated.
    Closing,
}

impl Stage {
    /// So many days ago it began.
    const fn began(self) -> u64 {
        if matches!(self, Self::Closing) { 70 } else { 30 }
    }

    /// In so many days it ends: half a year, the usual length of a program.
    const fn ends(self) -> u64 {
        if matches!(self, Self::Closing) { 25 } else { 180 }
    }
}

/// Whether the director signs at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Signing {
    Now,
    Later,
}

/// Schools with pairs, besides the two of the personas.
const OTHER_SCHOOLS: usize = 11;

pub(super) async fn play(app: &App, city: &City) -> anyhow::Result<()> {
    let (router, _) = routes::build(app.clone());
    let (home, other) = (city::find(city, SCHOOL)?, city::find(city, OTHER_SCHOOL)?);
    let mut rest = 0;
    let mut personas = Vec::new();
    let mut closing = None;
    let mut finished = Vec::new();
    for school in &city.schools {
        let place = if std::ptr::eq(school, home) {
            Place::Home
        } else if std::ptr::eq(school, other) {
            Place::Other
        } else if rest < OTHER_SCHOOLS {
            rest += 1;
            Place::Rest
        } else {
            Place::Idle
        };
        let crew = Crew::of(app, &router, city, school).await?;
        let pairs = crew.play(place.stages()).await?;
        consents::into_register(app, &pairs).await?;
        consents::collect(&crew.curator, school, &pairs, city.today).await?;
        match place {
            Place::Home => {
                crew.habits().await?;
                crew.council(&router, city, &pairs).await?;
                personas.extend(crew.first_persons(&router, &pairs).await?);
            }
            Place::Other => {
                closing = pairs.get(1).map(|pair| (school, *pair));
                personas.extend(crew.second_persons(&router, &pairs).await?);
            }
            Place::Rest if finished.len() < program_base::PAIRS => {
                finished.extend(pairs.first().map(|pair| (school, *pair)));
            }
            Place::Rest | Place::Idle => {}
        }
    }
    matching::play(app, &router, city).await.context("подбор пар")?;
    together(app, &router, city, &personas).await?;
    group::play(app, &router, city).await?;
    if let Some((school, pair)) = closing {
        evaluations::play(app, &router, city, school, &pair).await?;
    }
    program_base::play(app, &router, city, &finished).await.context("база программ")?;
    partnerships::play(app, &router, city).await
}

/// What a school has in the play.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// The school of most personas.
    Home,
    Other,
    /// Two pairs at work.
    Rest,
    Idle,
}

impl Place {
    const fn stages(self) -> &'static [Stage] {
        match self {
            Self::Home => {
                &[Stage::Active, Stage::Active, Stage::OrderWaits, Stage::ConsentGiven, Stage::Formed]
            }
            Self::Other => &[Stage::Active, Stage::Closing, Stage::Active],
            Self::Rest => &[Stage::Active, Stage::Active],
            Self::Idle => &[],
        }
    }
}

/// What mentors and mentees with logins do with each other, in this order.
async fn together(app: &App, router: &Router, city: &City, personas: &[Couple<'_>]) -> anyhow::Result<()> {
    diagnosis::play(app, router, city, personas).await?;
    meetings::play(app, router, city, personas).await?;
    programs::play(app, router, city, personas).await?;
    tasks::play(app, router, city, personas).await?;
    talk::play(app, router, personas).await.context("переписка")?;
    pathways::play(app, router, city, personas).await
}

/// A mentor and a mentee who have logins.
pub(super) struct Couple<'a> {
    pub(super) school: &'a School,
    pub(super) pair: Uuid,
    pub(super) mentor: Player,
    pub(super) mentee: Player,
}

/// A person with their account.
#[derive(Clone, Copy)]
pub(super) struct Player {
    pub(super) person: Uuid,
    pub(super) account: Uuid,
}

/// A pair with its people.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    pub(super) id: Uuid,
    pub(super) mentor: Uuid,
    pub(super) mentee: Uuid,
}

/// The people of a school who act.
struct Crew<'a> {
    app: &'a App,
    today: NaiveDate,
    school: &'a School,
    curator: Browser,
    director: Browser,
}

impl<'a> Crew<'a> {
    async fn of(app: &'a App, router: &Router, city: &City, school: &'a School) -> anyhow::Result<Self> {
        Ok(Crew {
            app,
            today: city.today,
            school,
            curator: Browser::of(app, router, city.accounts[&school.curator]).await?,
            director: Browser::of(app, router, city.accounts[&school.director]).await?,
        })
    }
}

impl Crew<'_> {
    async fn play(&self, stages: &[Stage]) -> anyhow::Result<Vec<Pair>> {
        let mut pairs = Vec::new();
        let mut waiting = Vec::new();
        for ((mentor, mentee), stage) in self.couples().into_iter().zip(stages) {
            let pair = self.form(mentor, mentee, *stage).await?;
            if *stage != Stage::Formed {
                self.papers(&pair, *stage).await?;
            }
            match stage {
                Stage::Active | Stage::Closing => self.order(&pair, *stage, Signing::Now).await?,
                Stage::OrderWaits => waiting.push(pairs.len()),
                Stage::Formed | Stage::ConsentGiven => {}
            }
            pairs.push(pair);
        }
        for index in waiting {
            self.order(&pairs[index], Stage::OrderWaits, Signing::Later).await?;
        }
        Ok(pairs)
    }

    /// What the school's mentors and beginners do besides the pairs.
    async fn mentors(&self, router: &Router, pairs: &[Pair], cast: Cast) -> anyhow::Result<()> {
        let mut busy: Vec<Uuid> = pairs.iter().flat_map(|pair| [pair.mentor, pair.mentee]).collect();
        busy.extend([self.school.director, self.school.curator]);
        let stage = MentorStage {
            app: self.app,
            router,
            today: self.today,
            school: self.school,
            curator: &self.curator,
            busy,
        };
        stage.play(cast).await
    }

    /// The psychologist and the council look at the pairs whose order is not signed.
    async fn council(&self, router: &Router, city: &City, pairs: &[Pair]) -> anyhow::Result<()> {
        let [.., first, second, third] = pairs else { return Ok(()) };
        let busy: Vec<Uuid> = pairs.iter().flat_map(|pair| [pair.mentor, pair.mentee]).collect();
        let (curator, director) = (&self.curator, &self.director);
        let stage = council::Stage { app: self.app, router, city, school: self.school, curator, director };
        stage.play([first, second, third].map(|pair| (pair.id, pair.mentee)), &busy).await
    }

    /// What ends or changes, or waits to.
    fn endings<'a>(&'a self, router: &'a Router, pairs: &'a [Pair]) -> endings::Stage<'a> {
        endings::Stage {
            app: self.app,
            router,
            today: self.today,
            school: self.school,
            curator: &self.curator,
            director: &self.director,
            pairs,
        }
    }

    /// What a year of work leaves behind: filters under a name, and records that nobody has looked at for long.
    async fn habits(&self) -> anyhow::Result<()> {
        for (address, name) in [
            ("/bank/mentees?category=young&state=proposed", "Молодые: решить"),
            ("/bank/mentees?state=confirmed&mentor=no", "Ждут наставника"),
            ("/bank/mentors?ready=yes&places=free", "Есть свободные места"),
        ] {
            self.curator.send("/own/filters", &[("address", address), ("name", name)]).await?;
        }
        store::age_candidates(self.app, self.school.organization.id, &[400, 350]).await
    }

    /// Experienced teachers and beginners of the same position.
    fn couples(&self) -> Vec<(&Worker, &Worker)> {
        let before = |years: u64| self.today.checked_sub_days(Days::new(years * 365)).unwrap_or(self.today);
        let (experienced, young) = (before(12), before(3));
        let busy = |worker: &Worker| worker.id == self.school.director || worker.id == self.school.curator;
        let mut mentors: Vec<&Worker> = self
            .school
            .workers
            .iter()
            .filter(|worker| !busy(worker) && worker.teaching_since.is_some_and(|since| since < experienced))
            .filter(|worker| {
                matches!(worker.qualification.as_deref(), Some("highest" | "methodist" | "mentor_teacher"))
            })
            .collect();
        let mut couples = Vec::new();
        for mentee in &self.school.workers {
            let is_young = mentee.teaching_since.is_some_and(|since| since > young);
            if busy(mentee)
                || !is_young
                || !(mentee.position.starts_with("учитель") || mentee.position == "воспитатель")
            {
                continue;
            }
            let kin = |mentor: &&Worker| {
                mentor.position.split([' ', '-']).next() == mentee.position.split([' ', '-']).next()
            };
            if let Some(index) = mentors.iter().position(kin) {
                couples.push((mentors.remove(index), mentee));
            }
        }
        couples
    }

    async fn form(&self, mentor: &Worker, mentee: &Worker, stage: Stage) -> anyhow::Result<Pair> {
        let organization = self.school.organization.id.to_string();
        let decision =
            [("organization", organization.as_str()), ("category", "young"), ("decision", "confirmed")];
        self.curator.send(&format!("/bank/mentees/{}/decisions", mentee.id), &decision).await?;
        let worker = format!("{}.{organization}", mentor.id);
        let listed = [("worker", worker.as_str()), ("capacity", "2")];
        let candidate = self.curator.make("/bank/mentors", &listed).await?;
        let achieved = self.day(400);
        let achievement = [
            ("title", "Победа в городском конкурсе «Педагог года»"),
            ("achieved_on", achieved.as_str()),
            ("evidence", "Приказ департамента образования, диплом"),
        ];
        self.curator.send(&format!("/bank/mentors/{candidate}/achievements"), &achievement).await?;
        let teachers = mentor.position.starts_with("учитель") && mentee.position.starts_with("учитель");
        let is_teacher = |position: &str| matches!(position, "учитель" | "учитель начальных классов");
        let teachers = teachers && is_teacher(&mentor.position) && is_teacher(&mentee.position);
        let (form, model) =
            if teachers { ("teacher_teacher", "experienced_young") } else { ("pedagogue_pedagogue", "") };
        let (mentor_id, mentee_id) = (mentor.id.to_string(), mentee.id.to_string());
        let (starts_on, ends_on) = (self.day(stage.began()), self.last_day(stage));
        let fields = [
            ("organization", organization.as_str()),
            ("mentees", &mentee_id),
            ("mentor", &mentor_id),
            ("form", form),
            ("kinds", "traditional"),
            ("model", model),
            ("starts_on", &starts_on),
            ("ends_on", &ends_on),
            ("goal_1", "Научиться ставить измеримую цель занятия"),
            ("measure_1", "Цель измерима в 8 из 10 планов занятий"),
            (
                "work",
                "Посещение занятий и их разбор\nПомощь в планировании\nВзаимопосещение открытых занятий",
            ),
            ("pay", "monthly"),
            ("pay_amount", "3000"),
            ("pay_supplements", "yes"),
            ("pay_basis", "Положение об оплате труда"),
        ];
        let id = self.curator.make("/pairs", &fields).await?;
        Ok(Pair { id, mentor: mentor.id, mentee: mentee.id })
    }

    async fn papers(&self, pair: &Pair, stage: Stage) -> anyhow::Result<()> {
        let mentee = pair.mentee.to_string();
        let all = [
            ("mentor_consent", None, 6_u64),
            ("mentee_agreement", Some(mentee.as_str()), 6),
            ("supplementary_agreement", None, 4),
        ];
        let wanted = if stage == Stage::ConsentGiven { 1 } else { all.len() };
        for (kind, person, ago) in all.into_iter().take(wanted) {
            let day = self.day(stage.began() + ago);
            let mut fields = vec![("kind", kind), ("dated_on", day.as_str())];
            fields.extend(person.map(|person| ("person", person)));
            self.curator.send(&format!("/pairs/{}/papers", pair.id), &fields).await?;
        }
        for document in store::documents(self.app.db.reader(), pair.id).await? {
            let day = self.day(stage.began() + 3);
            self.curator
                .send(&format!("/papers/{document}/signature"), &[("signed_on", day.as_str())])
                .await?;
        }
        Ok(())
    }

    /// Prepares the order and, if told so, has the director sign it.
    async fn order(&self, pair: &Pair, stage: Stage, signing: Signing) -> anyhow::Result<()> {
        let organization = self.school.organization.id.to_string();
        let (day, mentorship) = (self.day(stage.began()), pair.id.to_string());
        let fields = [
            ("organization", organization.as_str()),
            ("dated_on", &day),
            ("mentorships", &mentorship),
            ("purpose", "в целях адаптации и профессионального развития педагогических работников"),
            ("control", "Контроль за исполнением приказа оставляю за собой."),
        ];
        let order = self.curator.make("/orders", &fields).await?;
        if signing == Signing::Now {
            self.director.send(&format!("/orders/{order}/signature"), &[("signed_on", day.as_str())]).await?;
        }
        Ok(())
    }

    fn day(&self, ago: u64) -> String {
        self.today.checked_sub_days(Days::new(ago)).unwrap_or(self.today).to_string()
    }

    fn last_day(&self, stage: Stage) -> String {
        self.today.checked_add_days(Days::new(stage.ends())).unwrap_or(self.today).to_string()
    }
}
