//! The curator sends pairs to the council, one by one or many at once (B5).

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian::{count, period};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{MatterKind, NewMatter, signs, store, visible};
use crate::kernel::audit::Entry;
use crate::kernel::errors::Outcome;
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout};
use crate::kernel::web::{Ctx, Submission, again, local_address, page};
use crate::pairs::{self, Case};

/// Longest words for the agenda.
const WORDS: usize = 300;

#[derive(Template)]
#[template(path = "council/matter_new.html")]
struct NewPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    organization: Uuid,
    pairs: Vec<Choice>,
}

pub(super) async fn show_new(ctx: Ctx) -> Outcome {
    let organization = visible::organization(&ctx, Permission::FormPairs, ctx.asked("organization"))?;
    let cases = sendable(ctx.app().db.reader(), organization, ctx.today).await?;
    let form =
        cases.iter().fold(Form::blank(), |form, case| form.with("mentorships", case.pair.id.to_string()));
    page(&new_page(&ctx, organization, &cases, form).await?)
}

pub(super) async fn send(ctx: Ctx, submitted: Submission) -> Outcome {
    let mut form = submitted.form.clone();
    let organization = visible::organization(&ctx, Permission::FormPairs, form.text("organization"))?;
    let change = ctx.change(&submitted).await?;
    let cases = sendable(change.tx(), organization, ctx.today).await?;
    let Some(wish) = read(&mut form, &cases, ctx.today) else {
        drop(change);
        return again(&new_page(&ctx, organization, &cases, form).await?);
    };
    pairs::lock(change.tx(), &wish.pairs).await?;
    for pair in &wish.pairs {
        super::raise(&change, &matter(organization, *pair, &wish)).await?;
        let subject = ("mentorship", Some(*pair));
        let entry =
            Entry { kind: "council_pair_sent", subject, organization: Some(organization), payload: &() };
        change.journal(entry).await?;
    }
    let back = local_address(submitted.form.text("back"));
    let back = if back == "/" { format!("/council?organization={organization}") } else { back.to_owned() };
    let sent = count(wish.pairs.len() as u64, "пара", "пары", "пар");
    change.finish(&back, &format!("Отправлено на совет: {sent}")).await
}

/// What is sent, and with which words.
struct Wish {
    pairs: Vec<Uuid>,
    words: String,
    due_on: Option<NaiveDate>,
}

fn read(form: &mut Form, cases: &[Case], today: NaiveDate) -> Option<Wish> {
    let chosen = form.choices("mentorships", "Пары", &choices(cases));
    if chosen.is_empty() {
        form.error("mentorships", "Отметьте хотя бы одну пару, о которой совет ещё не решил.");
    }
    let words = form.optional_text("words", "Что важно знать совету", WORDS);
    let due_on = form.optional_date("due_on", "Когда нужен ответ");
    if due_on.is_some_and(|day| day < today) {
        form.error(
            "due_on",
            "Этот день уже прошёл. Укажите день, к которому ждёте ответа, или оставьте поле пустым.",
        );
    }
    form.is_valid().then_some(())?;
    let pairs = chosen.iter().filter_map(|id| id.parse().ok()).collect();
    Some(Wish { pairs, words: words.unwrap_or_default(), due_on })
}

fn matter(organization: Uuid, pair: Uuid, wish: &Wish) -> NewMatter<'_> {
    NewMatter {
        organization,
        kind: MatterKind::Pair,
        mentorship: pair,
        subject: pair,
        words: &wish.words,
        due_on: wish.due_on,
    }
}

/// Pairs being prepared that are not before the council and not agreed on.
async fn sendable(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    today: NaiveDate,
) -> anyhow::Result<Vec<Case>> {
    let mut cases = pairs::cases_of_organization(connection, organization, today).await?;
    cases.retain(visible::is_preparing);
    let ids: Vec<Uuid> = cases.iter().map(|case| case.pair.id).collect();
    let standings = store::standings(connection, MatterKind::Pair, &ids).await?;
    cases.retain(|case| signs::may_be_sent(standings.get(&case.pair.id)));
    Ok(cases)
}

fn choices(cases: &[Case]) -> Vec<Choice> {
    let choice = |case: &Case| {
        let term = period(case.pair.period.from(), case.pair.ends_on());
        let hint = format!("{} · {term} · {}", case.pair.form.title(), case.state.title());
        Choice::new(case.pair.id.to_string(), case.pair.title()).with_hint(hint)
    };
    cases.iter().map(choice).collect()
}

async fn new_page(ctx: &Ctx, organization: Uuid, cases: &[Case], form: Form) -> Outcome<NewPage> {
    let mut layout = ctx.layout("Отправить пары на совет").await?;
    layout.crumbs = vec![Crumb::new("/council", "Совет наставников")];
    Ok(NewPage { layout, form, form_key: ids::form_key(), organization, pairs: choices(cases) })
}
