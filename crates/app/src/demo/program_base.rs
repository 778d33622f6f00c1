//! The base of programs in the demo: two published, one before the second reviewer. One more mentor, `mentor3`, may begin
//! a program from them.

use anyhow::Context;
use axum::Router;
use chrono::Days;
use uuid::Uuid;

use super::browser::Browser;
use super::city::{self, City, School};
use super::programs;
use super::store;
use super::two::Two;
use super::work::Pair;
use crate::kernel::accounts;
use crate::kernel::state::App;

/// How many pairs the play needs: three whose programs go to the base, one that begins from them.
pub(super) const PAIRS: usize = 4;

/// How a program of the demo reads.
struct Plot {
    title: &'static str,
    audience: &'static str,
    result: &'static str,
    domain: &'static str,
    goal: (&'static str, &'static str),
    measures: [(&'static str, &'static str, &'static str); 3],
}

const PLOTS: [Plot; 3] = [
    Plot {
        title: "Родители на нашей стороне",
        audience: "Учителю и воспитателю первых лет работы",
        result: "Собрания проходят по плану, родители приходят с вопросами заранее, жалоб за полгода не было",
        domain: "4",
        goal: (
            "Проводить родительское собрание спокойно и с пользой",
            "Проведены 2 собрания по плану, родители ушли с ответами на свои вопросы",
        ),
        measures: [
            (
                "Посещение собрания наставника с карточкой наблюдений",
                "посещение",
                "Три приёма, которые взяты себе",
            ),
            ("Репетиция трудного разговора по ролям", "тренинг в паре", "План разговора"),
            ("Собрание с поддержкой наставника", "проба", "План собрания и отзывы родителей без имён"),
        ],
    },
    Plot {
        title: "Первые шаги с цифровыми заданиями",
        audience: "Педагогу, который хочет уверенно работать с электронной платформой",
        result: "Задания на платформе выдаются каждую неделю, проверка занимает вдвое меньше времени",
        domain: "6",
        goal: (
            "Выдавать и проверять задания на учебной платформе",
            "Четыре задания выданы и проверены без помощи наставника",
        ),
        measures: [
            ("Разбор готового задания наставника", "мастерская", "Заготовка задания"),
            ("Первое задание вместе", "работа вдвоём", "Задание для одного класса"),
            ("Серия из трёх заданий самостоятельно", "проба", "Задания и короткий вывод о каждом"),
        ],
    },
    Plot {
        title: "Урок, на котором слышно каждого",
        audience: "Начинающему педагогу с шумным классом или группой",
        result: "На 8 занятиях из 10 рабочий порядок держится, говорят не меньше половины детей",
        domain: "5",
        goal: (
            "Вовлекать в разговор всех детей, а не троих самых смелых",
            "На открытом занятии высказались не меньше половины детей",
        ),
        measures: [
            ("Наблюдение: кто говорит на занятии наставника", "посещение", "Карта высказываний"),
            ("Три приёма вовлечения на своих занятиях", "проба", "Запись, какой приём сработал"),
            ("Открытое занятие и разбор", "открытое занятие", "План занятия и самоанализ"),
        ],
    },
];

pub(super) async fn play(
    app: &App,
    router: &Router,
    city: &City,
    pairs: &[(&School, Pair)],
) -> anyhow::Result<()> {
    let browser = async |login: &str| {
        let account = store::account_of(app.db.reader(), login).await?.context("нет такого входа")?;
        Browser::of(app, router, account).await
    };
    let (support, resource) = (browser("support-center").await?, browser("resource-center").await?);
    let department = browser("department").await?;
    let play = Play { app, router, city };
    for (place, ((school, pair), plot)) in pairs.iter().zip(&PLOTS).enumerate() {
        let id = play.to_reviewers(school, pair, plot).await.context(plot.title)?;
        play.review(&support, id).await?;
        if place == 2 {
            continue;
        }
        play.review(&resource, id).await?;
        department.send(&format!("/base/publications/{id}"), &[]).await?;
    }
    if let Some((_, pair)) = pairs.get(PLOTS.len()) {
        city::persona(app, "mentor3", pair.mentor).await?;
    }
    Ok(())
}

struct Play<'a> {
    app: &'a App,
    router: &'a Router,
    city: &'a City,
}

impl Play<'_> {
    /// A program is approved and carried out, the pair comes to its last month: offered, agreed to, checked.
    async fn to_reviewers(&self, school: &School, pair: &Pair, plot: &Plot) -> anyhow::Result<Uuid> {
        let two = [self.browser(school, pair.mentor).await?, self.browser(school, pair.mentee).await?];
        let stage = Two::new(pair.id, programs::SECTION, self.city.today, two);
        self.write(&stage, plot).await?;
        let curator = Browser::of(self.app, self.router, self.city.accounts[&school.curator]).await?;
        let director = Browser::of(self.app, self.router, self.city.accounts[&school.director]).await?;
        let id = pair.id.to_string();
        stage.approve(&curator, &director, &id).await?;
        stage.carry_out(PLOTS.len()).await?;
        let last_day = self.city.today.checked_add_days(Days::new(20)).unwrap_or(self.city.today);
        store::set_last_day(self.app, pair.id, last_day).await?;
        curator.send("/base/offers", &[("pair", &id)]).await?;
        let page = stage.mentor.read("/own/base").await?;
        let offer = page.split("/own/base/").nth(1).and_then(|rest| rest.split('"').next());
        let offer: Uuid = offer.context("программа не предложена")?.parse()?;
        for person in [&stage.mentor, &stage.mentee] {
            person.send(&format!("/own/base/{offer}/consent"), &[]).await?;
        }
        self.check(&curator, offer, plot).await?;
        Ok(offer)
    }

    async fn write(&self, stage: &Two, plot: &Plot) -> anyhow::Result<()> {
        stage.mentor.send(&stage.base, &[]).await?;
        let lines = format!("{}/lines", stage.base);
        let (text, measure) = plot.goal;
        let goal = [("kind", "goal"), ("text", text), ("measure", measure), ("domain", plot.domain)];
        stage.mentee.send(&lines, &goal).await?;
        for ((what, form, product), ahead) in plot.measures.into_iter().zip([20_u64, 70, 130]) {
            let due =
                self.city.today.checked_add_days(Days::new(ahead)).unwrap_or(self.city.today).to_string();
            let measure = [
                ("kind", "measure"),
                ("text", what),
                ("domain", plot.domain),
                ("form", form),
                ("due", due.as_str()),
                ("who", "both"),
                ("product", product),
            ];
            stage.mentor.send(&lines, &measure).await?;
        }
        Ok(())
    }

    /// Whatever is doubtful stays: the plots name nobody.
    async fn check(&self, curator: &Browser, offer: Uuid, plot: &Plot) -> anyhow::Result<()> {
        let page = curator.read(&format!("/base/offers/{offer}")).await?;
        let version = page.split("name=\"version\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let words: Vec<String> =
            (0..page.matches("name=\"word_").count()).map(|place| format!("word_{place}")).collect();
        let mut fields = vec![
            ("title", plot.title),
            ("audience", plot.audience),
            ("result", plot.result),
            ("version", version.context("программу нельзя проверить")?),
        ];
        fields.extend(words.iter().map(|word| (word.as_str(), "keep")));
        curator.send(&format!("/base/offers/{offer}/check"), &fields).await.map(|_| ())
    }

    async fn review(&self, reviewer: &Browser, offer: Uuid) -> anyhow::Result<()> {
        let fields = [
            ("mark_goals", "yes"),
            ("mark_measures", "yes"),
            ("mark_usable", "partly"),
            ("mark_impersonal", "yes"),
            ("remarks", "Хорошая программа: результат виден, мероприятий немного, и каждое к месту."),
            ("verdict", "recommend"),
        ];
        reviewer.send(&format!("/base/reviews/{offer}"), &fields).await.map(|_| ())
    }

    async fn browser(&self, school: &School, person: Uuid) -> anyhow::Result<Browser> {
        let worker = school.workers.iter().find(|worker| worker.id == person).context("нет работника")?;
        let tx = self.app.db.begin().await?;
        let now = self.app.clock.now();
        let account = accounts::ensure(&tx, now, person, &city::name_of(worker)).await?.0;
        tx.commit().await?;
        Browser::of(self.app, self.router, account).await
    }
}
