//! The play of a group: a mentor and three colleagues at work, and a fourth who waits for the order to join them (C3).

use anyhow::{Context, bail};
use axum::Router;
use chrono::{Days, NaiveDate};
use uuid::Uuid;

use super::browser::Browser;
use super::city::{self, City, SCHOOL, School};
use super::store;
use super::two::Two;
use crate::kernel::state::App;

/// So many days ago the group began, and in so many days it ends.
const BEGAN: u64 = 40;
const ENDS: u64 = 170;

/// What brings the colleagues together.
const REASON: &str = "осваивает формирующее оценивание, просит поработать в группе";

/// Who says what: 0 is the mentor, then the mentees in their order.
const TALK: &[(usize, &str)] = &[
    (0, "Коллеги, добро пожаловать! Здесь договариваемся о встречах и делимся тем, что пробуем на уроках."),
    (1, "Здравствуйте! Пробую лист самооценки в 7 Б: половина класса честно отмечает, что не поняла."),
    (2, "У меня похоже. А что вы делаете с теми, кто отметил «понял», но не решил?"),
    (0, "Даю им проверить соседа по критериям. Обычно после этого отметку меняют сами."),
    (3, "Беру на завтра. Можно посмотреть у вас на уроке, как это выглядит?"),
    (0, "Приходите в среду на второй, в 8 А. В группу просится ещё один коллега, расскажу при встрече."),
];

/// The people of the group by their place in the talk.
struct Group {
    id: Uuid,
    mentor: Uuid,
    mentees: [Uuid; 3],
    newcomer: Uuid,
}

pub(super) async fn play(app: &App, router: &Router, city: &City) -> anyhow::Result<()> {
    let school = city::find(city, SCHOOL)?;
    let stage = Stage {
        app,
        today: city.today,
        school,
        curator: Browser::of(app, router, city.accounts[&school.curator]).await?,
        director: Browser::of(app, router, city.accounts[&school.director]).await?,
    };
    let group = stage.form().await.context("группа")?;
    stage.papers(&group).await.context("документы группы")?;
    let mut people = Vec::new();
    for (login, person) in [("group-mentor", group.mentor), ("group-mentee", group.mentees[0])] {
        people.push(Browser::of(app, router, city::persona(app, login, person).await?).await?);
    }
    for person in &group.mentees[1..] {
        people.push(Browser::of(app, router, city::account(app, school, *person).await?).await?);
    }
    city::persona(app, "newcomer", group.newcomer).await?;
    stage.work(&group, &people).await.context("работа группы")?;
    stage.joining(&group).await.context("вступление в группу")
}

/// The school where the group works.
struct Stage<'a> {
    app: &'a App,
    today: NaiveDate,
    school: &'a School,
    curator: Browser,
    director: Browser,
}

impl Stage<'_> {
    /// Experienced teachers of whom nothing is recorded yet: the one who has taught longest leads the others.
    async fn form(&self) -> anyhow::Result<Group> {
        let organization = self.school.organization.id;
        let before = self.today.checked_sub_days(Days::new(5 * 365)).context("дата")?;
        let idle = store::idle_teachers(self.app.db.reader(), organization, before).await?;
        let [mentor, .., one, two, three, newcomer] = idle.as_slice() else {
            bail!("в школе не хватает свободных учителей");
        };
        let (mentees, organization) = ([*one, *two, *three], organization.to_string());
        for person in mentees.iter().chain([newcomer]) {
            let decision = [
                ("organization", organization.as_str()),
                ("category", "needs_new_skill"),
                ("decision", "confirmed"),
                ("reason", REASON),
            ];
            self.curator.send(&format!("/bank/mentees/{person}/decisions"), &decision).await?;
        }
        let worker = format!("{mentor}.{organization}");
        let listed = [("worker", worker.as_str()), ("capacity", "4")];
        let candidate = self.curator.make("/bank/mentors", &listed).await?;
        let achieved = self.ago(500);
        let achievement = [
            ("title", "Победа в конкурсе «Урок года»"),
            ("achieved_on", achieved.as_str()),
            ("evidence", "Приказ департамента образования, диплом"),
        ];
        self.curator.send(&format!("/bank/mentors/{candidate}/achievements"), &achievement).await?;
        let (mentor_id, starts_on, ends_on) = (mentor.to_string(), self.ago(BEGAN), self.ahead(ENDS));
        let named = mentees.map(|person| person.to_string());
        let mut fields = vec![
            ("organization", organization.as_str()),
            ("mentor", &mentor_id),
            ("form", "teacher_teacher"),
            ("kinds", "group"),
            ("model", "leader_with_problems"),
            ("starts_on", &starts_on),
            ("ends_on", &ends_on),
            ("goal_1", "Освоить формирующее оценивание на своих уроках"),
            ("measure_1", "Каждый провёл 4 урока с листом самооценки и разобрал их с группой"),
            ("work", "Встречи группы раз в две недели\nОткрытые уроки наставника\nРазбор уроков участников"),
            ("pay", "monthly"),
            ("pay_amount", "4500"),
            ("pay_supplements", "yes"),
            ("pay_basis", "Положение об оплате труда"),
        ];
        fields.extend(named.iter().map(|person| ("mentees", person.as_str())));
        let id = self.curator.make("/pairs", &fields).await?;
        Ok(Group { id, mentor: *mentor, mentees, newcomer: *newcomer })
    }

    /// Everybody agrees, the director signs.
    async fn papers(&self, group: &Group) -> anyhow::Result<()> {
        self.issue(group.id, "mentor_consent", None, BEGAN + 6).await?;
        for mentee in group.mentees {
            self.issue(group.id, "mentee_agreement", Some(mentee), BEGAN + 6).await?;
        }
        self.issue(group.id, "supplementary_agreement", None, BEGAN + 4).await?;
        let (organization, pair) = (self.school.organization.id.to_string(), group.id.to_string());
        let day = self.ago(BEGAN);
        let fields = [
            ("organization", organization.as_str()),
            ("dated_on", &day),
            ("mentorships", &pair),
            ("purpose", "в целях профессионального развития педагогических работников"),
            ("control", "Контроль за исполнением приказа оставляю за собой."),
        ];
        let order = self.curator.make("/orders", &fields).await?;
        self.director.send(&format!("/orders/{order}/signature"), &[("signed_on", &day)]).await.map(|_| ())
    }

    /// Issues a paper and records its signature on the same day.
    async fn issue(&self, pair: Uuid, kind: &str, person: Option<Uuid>, ago: u64) -> anyhow::Result<()> {
        let reader = self.app.db.reader();
        let known = store::documents(reader, pair).await?;
        let (day, person) = (self.ago(ago), person.map(|person| person.to_string()));
        let mut fields = vec![("kind", kind), ("dated_on", day.as_str())];
        fields.extend(person.as_deref().map(|person| ("person", person)));
        self.curator.send(&format!("/pairs/{pair}/papers"), &fields).await?;
        let new = store::documents(reader, pair).await?.into_iter().find(|id| !known.contains(id));
        let paper = new.context("документ не выпущен")?;
        self.curator.send(&format!("/papers/{paper}/signature"), &[("signed_on", &day)]).await.map(|_| ())
    }

    /// An approved program, two meetings, a talk.
    async fn work(&self, group: &Group, people: &[Browser]) -> anyhow::Result<()> {
        let [mentor, one, two, three] = people else { bail!("в группе не четверо") };
        let program = Two {
            base: format!("/pairs/{}/program", group.id),
            today: self.today,
            mentor: mentor.clone(),
            mentee: one.clone(),
        };
        mentor.send(&program.base, &[]).await?;
        self.plan(&program.base, mentor).await?;
        program.sign(two).await?;
        program.sign(three).await?;
        program.approve(&self.curator, &self.director, &group.id.to_string()).await?;
        let met = [
            (26, "in_person", "Составить лист самооценки для одного класса", &group.mentees[..]),
            (12, "remote", "Провести урок с листом и принести работы учеников", &group.mentees[..2]),
        ];
        for (ago, kind, step, who) in met {
            self.met(group.id, mentor, (ago, kind, step), who).await?;
        }
        let talk = format!("/pairs/{}/talk", group.id);
        for (seen, (who, words)) in TALK.iter().enumerate() {
            people[*who].send(&talk, &[("words", words), ("seen", &seen.to_string())]).await?;
        }
        Ok(())
    }

    /// The goal of the group and what it does for it.
    async fn plan(&self, program: &str, mentor: &Browser) -> anyhow::Result<()> {
        let lines = format!("{program}/lines");
        let goal = [
            ("kind", "goal"),
            ("text", "Каждый применяет лист самооценки на своих уроках"),
            ("measure", "По 4 урока у каждого, работы учеников разобраны группой"),
            ("domain", "5"),
        ];
        mentor.send(&lines, &goal).await?;
        let measures = [
            ("Открытый урок наставника с листом самооценки", "посещение занятия", 18, "Запись хода урока"),
            ("Разбор работ учеников по критериям", "встреча группы", 45, "Критерии, понятные ученикам"),
        ];
        for (text, form, ahead, product) in measures {
            let due = self.ahead(ahead);
            let measure = [
                ("kind", "measure"),
                ("text", text),
                ("domain", "5"),
                ("form", form),
                ("due", due.as_str()),
                ("who", "both"),
                ("product", product),
            ];
            mentor.send(&lines, &measure).await?;
        }
        Ok(())
    }

    async fn met(
        &self,
        pair: Uuid,
        mentor: &Browser,
        (ago, kind, step): (u64, &str, &str),
        present: &[Uuid],
    ) -> anyhow::Result<()> {
        let (day, present): (_, Vec<String>) = (self.ago(ago), present.iter().map(Uuid::to_string).collect());
        let mut fields = vec![
            ("held_on", day.as_str()),
            ("kind", kind),
            ("focus", "g1"),
            ("worked", "Разобрали по одному уроку каждого"),
            ("mentee_step", step),
            ("mentor_step_phrases", "Прийти на урок"),
            ("help", "nobody"),
        ];
        fields.extend(present.iter().map(|person| ("present", person.as_str())));
        mentor.send(&format!("/pairs/{pair}/meetings"), &fields).await.map(|_| ())
    }

    /// The newcomer has agreed; the order that makes a member of them is the curator's next step.
    async fn joining(&self, group: &Group) -> anyhow::Result<()> {
        let (newcomer, first_day) = (group.newcomer.to_string(), self.ahead(3));
        let fields = [("mentees", newcomer.as_str()), ("starts_on", &first_day)];
        self.curator.send(&format!("/pairs/{}/joining", group.id), &fields).await?;
        self.issue(group.id, "mentee_agreement", Some(group.newcomer), 0).await
    }

    fn ago(&self, days: u64) -> String {
        self.today.checked_sub_days(Days::new(days)).unwrap_or(self.today).to_string()
    }

    fn ahead(&self, days: u64) -> String {
        self.today.checked_add_days(Days::new(days)).unwrap_or(self.today).to_string()
    }
}
