//! One question of a sitting: what was heard, how the council voted, what follows.

use askama::Template;
use nastavnik_domain::council::{Bench, Tally, Voice, VoteError};
use nastavnik_domain::policy::Permission;
use uuid::Uuid;

use super::agenda::{Hall, Question};
use super::store::{self, Recorded};
use super::{Decision, MatterKind, sitting};
use crate::kernel::db;
use crate::kernel::errors::Outcome;
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout};
use crate::kernel::web::{Ctx, Path, Submission, again, page};

const HEARD: usize = 1_000;
const WORDS: usize = 1_000;
/// No council is larger.
const MOST: i64 = 200;
/// Put off without a vote.
const POSTPONED: &str = "postponed";

#[derive(Template)]
#[template(path = "council/item.html")]
struct ItemPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    action: String,
    back: String,
    title: String,
    words: String,
    pair: String,
    /// What the question is about, where it has a page of its own.
    about: Option<(String, &'static str)>,
    version: i64,
    voters: Bench,
    aside: String,
    chair_votes: bool,
    may_record: bool,
    is_marked: bool,
    proposals: Vec<Choice>,
    voices: Vec<Choice>,
    recorded: Option<Recorded>,
    heard: String,
}

pub(super) async fn show(ctx: Ctx, Path((id, item)): Path<(Uuid, Uuid)>) -> Outcome {
    let hall = Hall::load(&ctx, ctx.app().db.reader(), id).await?;
    let form = first_form(hall.question(item)?);
    page(&item_page(&ctx, &hall, item, form).await?)
}

pub(super) async fn record(ctx: Ctx, Path((id, item)): Path<(Uuid, Uuid)>, submitted: Submission) -> Outcome {
    let hall = Hall::load(&ctx, ctx.app().db.reader(), id).await?;
    hall.question(item)?;
    ctx.require(Permission::HoldCouncil, &hall.sitting.place)?;
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "council_sitting", id).await?;
    let hall = Hall::load(&ctx, change.tx(), id).await?;
    if !hall.is_open() {
        return Err(sitting::over());
    }
    let mut form = submitted.form.clone();
    let Some(typed) = read(&mut form, &hall, hall.question(item)?) else {
        drop(change);
        return again(&item_page(&ctx, &hall, item, form).await?);
    };
    if !store::record_item(&change, (item, typed.version), &typed.heard, typed.recorded.as_ref()).await? {
        return Err(sitting::stale());
    }
    let (to, notice) = (next(&hall, item), told(typed.recorded.as_ref()));
    change.finish(&to, &notice).await
}

/// What a form of a question says.
struct Typed {
    heard: String,
    /// Nothing where the question was put off.
    recorded: Option<Recorded>,
    version: i64,
}

fn read(form: &mut Form, hall: &Hall, question: &Question) -> Option<Typed> {
    let heard = form.optional_paragraphs("heard", "Слушали", HEARD).unwrap_or_default();
    let proposal = form.required_choice("proposal", "Что поставлено на голосование", &proposals());
    let words = form.optional_paragraphs("words", "Слова решения", WORDS).unwrap_or_default();
    let version = form.required_integer("version", "Версия страницы", 0..=i64::MAX);
    if hall.sitting.chair.is_none() {
        form.error("proposal", "Сначала отметьте на странице заседания, кто пришёл и кто ведёт.");
    }
    if question.item.is_withdrawn {
        form.error("proposal", "Вопрос сняли с рассмотрения: решать по нему больше не нужно.");
    }
    let Some(proposed) = proposal.as_deref().and_then(Decision::from_code) else {
        form.is_valid().then_some(())?;
        return Some(Typed { heard, recorded: None, version: version? });
    };
    let recorded = vote(form, hall, question, proposed, words);
    form.is_valid().then_some(())?;
    Some(Typed { heard, recorded: Some(recorded?), version: version? })
}

/// The votes, and the decision that follows from them.
fn vote(
    form: &mut Form,
    hall: &Hall,
    question: &Question,
    proposed: Decision,
    words: String,
) -> Option<Recorded> {
    let number = |form: &mut Form, name: &str, label: &str| {
        form.optional_integer(name, label, 0..=MOST).and_then(|value| u32::try_from(value).ok()).unwrap_or(0)
    };
    let tally = Tally {
        votes_for: number(form, "votes_for", "За"),
        votes_against: number(form, "votes_against", "Против"),
        abstained: number(form, "abstained", "Воздержались"),
    };
    let chair = form.optional_choice("chair_voice", "Голос председательствующего", &voices());
    let chair = chair.as_deref().and_then(Voice::from_code).filter(|_| hall.chair_votes(question));
    form.is_valid().then_some(())?;
    let decision = match hall.decide(question, tally, chair, proposed) {
        Ok(decision) => decision,
        Err(VoteError::Tie) if !hall.chair_votes(question) => {
            form.error(
                "votes_for",
                "Голоса разделились поровну, а председательствующий об этой паре не голосует. Отложите вопрос.",
            );
            return None;
        }
        Err(error) => {
            let field = if error == VoteError::Tie { "chair_voice" } else { "votes_for" };
            form.error(field, error.to_string());
            return None;
        }
    };
    if decision != Decision::Agreed && words.is_empty() {
        form.error("words", "Напишите замечания или причину: по ним куратор поймёт, что делать дальше.");
        return None;
    }
    Some(Recorded { tally, chair, decision, words })
}

/// The next question without a decision, or the sitting when there is none.
fn next(hall: &Hall, item: Uuid) -> String {
    let sitting = hall.sitting.id;
    let after = hall.questions.iter().skip_while(|question| question.item.id != item).skip(1);
    let mut open = after.filter(|question| question.item.recorded.is_none() && !question.item.is_withdrawn);
    match open.next() {
        Some(question) => format!("/council/sittings/{sitting}/items/{}", question.item.id),
        None => format!("/council/sittings/{sitting}"),
    }
}

fn told(recorded: Option<&Recorded>) -> String {
    recorded.map_or_else(
        || "Вопрос отложен: он останется ждать решения".to_owned(),
        |known| format!("Записано: {}", known.decision.title()),
    )
}

fn proposals() -> Vec<Choice> {
    vec![
        Choice::new(Decision::Agreed.code(), "согласовать"),
        Choice::new(Decision::AgreedWithRemarks.code(), "согласовать с замечаниями")
            .with_hint("Замечания напишите в словах решения."),
        Choice::new(POSTPONED, "отложить без голосования")
            .with_hint("Вопрос останется ждать другого заседания."),
    ]
}

fn voices() -> Vec<Choice> {
    vec![Choice::new(Voice::For.code(), "за"), Choice::new(Voice::Against.code(), "против")]
}

/// What was recorded before. A declined question was put to the vote as one to agree on.
fn first_form(question: &Question) -> Form {
    let form = Form::blank().with("heard", question.item.heard.clone());
    let Some(recorded) = &question.item.recorded else { return form };
    let proposed = match recorded.decision {
        Decision::AgreedWithRemarks => Decision::AgreedWithRemarks,
        Decision::Agreed | Decision::Declined => Decision::Agreed,
    };
    let form = form
        .with("proposal", proposed.code())
        .with("votes_for", recorded.tally.votes_for.to_string())
        .with("votes_against", recorded.tally.votes_against.to_string())
        .with("abstained", recorded.tally.abstained.to_string())
        .with("words", recorded.words.clone());
    match recorded.chair {
        Some(voice) => form.with("chair_voice", voice.code()),
        None => form,
    }
}

async fn item_page(ctx: &Ctx, hall: &Hall, item: Uuid, form: Form) -> Outcome<ItemPage> {
    let question = hall.question(item)?;
    let back = format!("/council/sittings/{}", hall.sitting.id);
    let mut layout = ctx.layout(&format!("Вопрос {}", question.number)).await?;
    layout.crumbs = vec![
        Crumb::new(format!("/council?organization={}", hall.sitting.organization), "Совет наставников"),
        Crumb::new(back.clone(), hall.heading()),
    ];
    let aside: Vec<String> = hall.aside(question).iter().map(|member| member.name.short()).collect();
    let holds = ctx.actor().may_at(Permission::HoldCouncil, &hall.sitting.place);
    Ok(ItemPage {
        layout,
        form,
        form_key: ids::form_key(),
        action: format!("{back}/items/{item}"),
        back,
        title: question.title.clone(),
        words: question.item.words.clone(),
        pair: format!("/pairs/{}", question.item.mentorship),
        about: (question.item.kind == MatterKind::Program)
            .then(|| (format!("/pairs/{}/program", question.item.mentorship), "Текст программы")),
        version: question.item.version,
        voters: hall.voters(question),
        aside: aside.join(", "),
        chair_votes: hall.chair_votes(question),
        may_record: holds && hall.is_open() && !question.item.is_withdrawn,
        is_marked: hall.sitting.chair.is_some(),
        proposals: proposals(),
        voices: voices(),
        recorded: question.item.recorded.clone(),
        heard: question.item.heard.clone(),
    })
}

impl ItemPage {
    /// «за – 3, против – 1, воздержались – 0».
    fn votes(&self) -> String {
        let tally = self.recorded.as_ref().map(|known| known.tally).unwrap_or_default();
        let (yes, no, rest) = (tally.votes_for, tally.votes_against, tally.abstained);
        format!("«за» – {yes}, «против» – {no}, воздержались – {rest}")
    }
}
