//! A pair the other way round (C5): the mentee of a pair mentors its mentor, in a mentorship of its own, linked with the first.

use askama::Template;
use nastavnik_domain::config::Positions;
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::kind::{Form as PairForm, Kind, Model};
use nastavnik_domain::pair::{ReverseGround, Seniority, reverse_ground};
use nastavnik_domain::period::Period;
use nastavnik_domain::policy::Permission;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::card::found;
use super::form::{self, Wanted};
use super::offer::{not_ready, usual_period};
use super::record::Participant;
use super::state::{Case, State};
use super::{front, store};
use crate::bank::{self, Mentor};
use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout};
use crate::kernel::web::{Ctx, Path, Submission, again, page};

const USUAL_WORK: &str = "показ цифровых инструментов и новых технологий на занятиях\n\
    помощь в подготовке занятий с ними\n\
    совместный разбор того, что получилось";

#[derive(Template)]
#[template(path = "pairs/reverse.html")]
struct ReversePage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    case: Case,
    choices: Vec<Choice>,
}

/// A mentee of the pair who might become the mentor.
struct Choice {
    person: String,
    name: String,
    positions: String,
    /// C5 in words: why it may be, or why not.
    ground: Result<&'static str, String>,
    bank: Standing,
}

/// Where the person stands in the bank of mentors.
enum Standing {
    Ready(Mentor),
    /// What is missing, and where it is mended.
    Lacks {
        what: String,
        href: String,
        action: &'static str,
    },
}

impl Choice {
    /// Everything is there to form the pair.
    fn may(&self) -> bool {
        self.ground.is_ok() && matches!(self.bank, Standing::Ready(_))
    }
}

impl ReversePage {
    fn may(&self) -> bool {
        self.choices.iter().any(Choice::may)
    }
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let case = straight(&ctx, id).await?;
    let choices = choices(&ctx, ctx.app().db.reader(), &case).await?;
    let period = usual_period(ctx.today)?;
    let mut form = Form::blank()
        .with("starts_on", period.from().to_string())
        .with("ends_on", period.last_day().unwrap_or(ctx.today).to_string())
        .with("work", USUAL_WORK);
    if let Some(first) = choices.iter().find(|choice| choice.may()) {
        form = form.with("mentor", first.person.clone());
    }
    page(&reverse_page(&ctx, case, form, choices).await?)
}

pub(super) async fn create(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let case = straight(&ctx, id).await?;
    let choices = choices(&ctx, ctx.app().db.reader(), &case).await?;
    let mut form = submitted.form.clone();
    let Some(wanted) = read(&mut form, &case, choices.as_slice())? else {
        return again(&reverse_page(&ctx, case, form, choices).await?);
    };
    let change = ctx.change(&submitted).await?;
    super::lock(change.tx(), &[id]).await?;
    let formed = if open_reverse(&ctx, change.tx(), id, wanted.mentor.person).await? {
        Err("Встречная пара с этим наставником уже составлена.".to_owned())
    } else {
        form::form(&change, &wanted).await?.map_err(|refusal| refusal.to_string())
    };
    let reverse = match formed {
        Ok(reverse) => reverse,
        Err(refusal) => {
            drop(change);
            form.error("mentor", refusal);
            return again(&reverse_page(&ctx, case, form, choices).await?);
        }
    };
    link(&change, &case, reverse).await?;
    let notice = "Встречная пара составлена. Укажите оплату в её условиях и соберите согласия";
    change.finish(&format!("/pairs/{reverse}"), notice).await
}

async fn link(change: &Change, case: &Case, reverse: Uuid) -> Outcome<()> {
    store::link(change.tx(), reverse, case.pair.id, change.account(), change.now()).await?;
    let payload = serde_json::json!({ "reverse": reverse });
    let subject = ("mentorship", Some(case.pair.id));
    let organization = Some(case.pair.organization);
    change.journal(Entry { kind: "pair_reversed", subject, organization, payload: &payload }).await?;
    Ok(())
}

/// Whether somebody already mentors the other way round along with this pair.
async fn open_reverse(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
    pair: Uuid,
    mentor: Uuid,
) -> Outcome<bool> {
    let ids = store::linked(connection, pair).await?;
    let cases = front::cases_by_ids(connection, &ids, ctx.today).await?;
    let is_open = |case: &Case| !matches!(case.state, State::Ended | State::Withdrawn);
    Ok(cases.iter().any(|case| is_open(case) && case.pair.mentor.person == mentor))
}

fn read(form: &mut Form, case: &Case, choices: &[Choice]) -> Outcome<Option<Wanted>> {
    let mentor = form.required_uuid("mentor", "Кто станет наставником");
    let starts_on = form.required_date("starts_on", "Первый день");
    let ends_on = form.required_date("ends_on", "Последний день");
    let work = form.required_paragraphs("work", "Чему учит", 3_000);
    let period = starts_on.zip(ends_on).and_then(|(first, last)| Period::through(first, last).ok());
    if starts_on.is_some() && ends_on.is_some() && period.is_none() {
        form.error("ends_on", "Последний день раньше первого. Исправьте срок.");
    }
    let chosen = mentor.and_then(|mentor| choices.iter().find(|choice| choice.person == mentor.to_string()));
    let ready = match chosen {
        Some(Choice { ground: Err(refusal), .. }) => {
            form.error("mentor", refusal.clone());
            None
        }
        Some(Choice { bank: Standing::Lacks { what, .. }, .. }) => {
            form.error("mentor", what.clone());
            None
        }
        Some(Choice { bank: Standing::Ready(mentor), .. }) => Some(mentor.clone()),
        None => {
            form.error("mentor", "Наставником во встречной паре становится наставляемый этой пары.");
            None
        }
    };
    let (Some(mentor), Some(period), Some(work), true) = (ready, period, work, form.is_valid()) else {
        return Ok(None);
    };
    Ok(Some(wanted(case, mentor, period, &work)?))
}

fn wanted(case: &Case, mentor: Mentor, period: Period, work: &str) -> anyhow::Result<Wanted> {
    let pair = &case.pair;
    let positions = Positions::bundled()?;
    let of = pair.mentees.iter().find(|mentee| mentee.person == mentor.person);
    let post = of.unwrap_or(&pair.mentor).post(&positions);
    let form = PairForm::suggest(post, &[], &[pair.mentor.post(&positions)]);
    let line = |line: &str| line.trim().trim_end_matches([';', '.']).to_owned();
    Ok(Wanted {
        organization: pair.organization,
        mentees: vec![pair.mentor.person],
        model: (form == PairForm::TeacherTeacher).then_some(Model::LeaderWithProblems),
        form,
        kinds: vec![Kind::Reverse],
        period,
        online_place: String::new(),
        goals: Vec::new(),
        meetings: Vec::new(),
        work: work.lines().map(line).filter(|line| !line.is_empty()).collect(),
        pay: None,
        mentor,
    })
}

/// A pair that may have one the other way round, of an organization where this person forms pairs.
async fn straight(ctx: &Ctx, id: Uuid) -> Outcome<Case> {
    let case = found(ctx, id).await?;
    ctx.require(Permission::FormPairs, &case.pair.place())?;
    if matches!(case.state, State::Ended | State::Withdrawn) {
        return Err(AppError::Conflict(
            "Эта пара завершена. Новую пару составьте в разделе «Пары и группы»".to_owned(),
        ));
    }
    if case.pair.mentor.organization != case.pair.organization {
        return Err(AppError::Conflict(
            "Наставник этой пары работает в другой организации: встречную пару составляет её куратор"
                .to_owned(),
        ));
    }
    Ok(case)
}

async fn choices(ctx: &Ctx, connection: &impl ConnectionTrait, case: &Case) -> Outcome<Vec<Choice>> {
    let candidates = bank::candidates(connection, case.pair.organization, ctx.today).await?;
    let mentor = seniority(&case.pair.mentor);
    let choice = |mentee: &Participant| {
        let person = PersonId(case.pair.mentor.person);
        let ground = reverse_ground(seniority(mentee), mentor, person);
        Choice {
            person: mentee.person.to_string(),
            name: mentee.name.full(),
            positions: mentee.positions(),
            ground: ground.map(ReverseGround::words).map_err(|refusal| format!("{refusal}.")),
            bank: standing(&candidates, mentee.person),
        }
    };
    Ok(case.pair.mentees.iter().map(choice).collect())
}

fn seniority(person: &Participant) -> Seniority {
    Seniority { born: person.born, teaching_since: person.teaching_since }
}

fn standing(candidates: &[Mentor], person: Uuid) -> Standing {
    let Some(found) = candidates.iter().find(|candidate| candidate.person == person) else {
        return Standing::Lacks {
            what: "Ещё нет в банке наставников (п. 3.1 Положения).".to_owned(),
            href: format!("/bank/mentors/new?person={person}"),
            action: "Внести в банк",
        };
    };
    let href = format!("/bank/mentors/{}", found.candidate);
    if !found.is_ready {
        return Standing::Lacks {
            what: format!("{}.", not_ready(found)), href, action: "Дополнить запись"
        };
    }
    if found.free() == 0 {
        let what = "Все места заняты: увеличьте их число в банке.".to_owned();
        return Standing::Lacks { what, href, action: "Открыть запись" };
    }
    Standing::Ready(found.clone())
}

async fn reverse_page(ctx: &Ctx, case: Case, form: Form, choices: Vec<Choice>) -> Outcome<ReversePage> {
    let mut layout = ctx.layout("Встречная пара").await?;
    layout.crumbs = vec![
        Crumb::new("/pairs", "Пары и группы"),
        Crumb::new(format!("/pairs/{}", case.pair.id), case.pair.title()),
    ];
    Ok(ReversePage { layout, form, form_key: ids::form_key(), case, choices })
}

/// A linked pair as the card shows it.
pub(super) struct Linked {
    pub(super) href: String,
    pub(super) title: String,
    pub(super) state: State,
    /// What its end means for this pair; empty while both run.
    pub(super) note: &'static str,
}

/// The pairs linked with this one that the reader may see.
pub(super) async fn linked(ctx: &Ctx, case: &Case) -> Outcome<Vec<Linked>> {
    let reader = ctx.app().db.reader();
    let reach = ctx.reach(Permission::ReadPairs);
    let mut found = Vec::new();
    for id in store::linked(reader, case.pair.id).await? {
        let other = front::visible_case(reader, &reach, ctx.actor().person.0, id, ctx.today).await?;
        let Some(other) = other else { continue };
        let is_over = |case: &Case| matches!(case.state, State::Ended | State::Withdrawn);
        let note = match (is_over(case), is_over(&other)) {
            (false, true) => "Встречная пара завершена, а эта продолжается.",
            (true, false) => "Эта пара завершена, а встречная продолжается.",
            (false, false) => "Завершение одной не прекращает другую.",
            (true, true) => "",
        };
        let href = format!("/pairs/{id}");
        found.push(Linked { href, title: other.pair.title(), state: other.state, note });
    }
    Ok(found)
}
