//! The author's page: a mentor's application, a mentee's petition, and where it stands.

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::config::limits;
use nastavnik_domain::petition::{self, Kind, Offices, Receiver, Terms};
use nastavnik_domain::russian::short;
use nastavnik_domain::working_days::Calendar;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::record::Petition;
use super::{note, store, visible};
use crate::council::{self, MatterKind, NewMatter};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Tab, filters};
use crate::kernel::web::{Ctx, Path, Submission, again, page};
use crate::pairs::{self, Case, Pair, State};
use crate::papers::{self, Asked};

/// Longest texts.
const REASON: usize = 1000;
const WISH: usize = 500;

#[derive(Template)]
#[template(path = "endings/ask.html")]
struct AskPage {
    layout: Layout,
    tabs: Vec<Tab>,
    form: Form,
    form_key: Uuid,
    case: Case,
    is_mentor: bool,
    kinds: Vec<Choice>,
    readers: &'static str,
    earliest: NaiveDate,
    /// One's own petitions, the latest first.
    own: Vec<Petition>,
    today: NaiveDate,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let case = visible::visible_own_pair(&ctx, ctx.app().db.reader(), id).await?;
    let earliest = terms(ctx.today)?.earliest_last_day;
    let kind = kinds(&ctx, &case.pair).first().map(|kind| kind.value.clone()).unwrap_or_default();
    let form = Form::blank().with("kind", kind).with("last_day", earliest.to_string());
    page(&ask_page(&ctx, case, form).await?)
}

pub(super) async fn send(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let case = visible::visible_own_pair(&ctx, ctx.app().db.reader(), id).await?;
    let mut form = submitted.form.clone();
    let Some(asked) = wish(&ctx, &case, &mut form)? else {
        return again(&ask_page(&ctx, case, form).await?);
    };
    let change = ctx.change(&submitted).await?;
    pairs::lock(change.tx(), &[id]).await?;
    let fresh = visible::visible_own_pair(&ctx, change.tx(), id).await?;
    let open = visible::own(&ctx, change.tx(), &[id]).await?;
    if let Some(known) = open.iter().find(|petition| petition.state().is_open()) {
        form.error("kind", format!("Вы уже подали заявление № {}: сначала отзовите его.", known.label));
    }
    if !runs(&fresh) {
        form.error("kind", "Эта пара уже завершена: просить не о чем.");
    }
    if !form.is_valid() {
        drop(change);
        return again(&ask_page(&ctx, fresh, form).await?);
    }
    let offices = offices(&ctx, change.tx(), &fresh.pair).await?;
    let asked = Asked { receiver: petition::receiver(&offices), ..asked };
    let terms = terms(ctx.today)?;
    let kept = papers::print_petition(ctx.app(), &change, &fresh.pair, &asked).await?;
    let pair = (fresh.pair.id, fresh.pair.organization);
    store::insert(&change, pair, &asked, kept, terms.answer_by).await?;
    if asked.receiver == Receiver::Council {
        ask_council(&change, asked.id, asked.kind, &fresh.pair, terms.answer_by).await?;
    }
    note(&change, "petition_filed", ("petition", asked.id)).await?;
    change.finish(&format!("/pairs/{id}/petition"), "Заявление подано").await
}

/// The author takes a petition back: nothing of it remains but its number.
pub(super) async fn take_back(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let known = visible::visible_own(&ctx, ctx.app().db.reader(), id).await?;
    let pair = known.case.pair.id;
    let change = ctx.change(&submitted).await?;
    pairs::lock(change.tx(), &[pair]).await?;
    let fresh = visible::visible_own(&ctx, change.tx(), id).await?;
    if !fresh.state().is_open() {
        let why = "По заявлению уже есть решение. Откройте страницу заново";
        return Err(AppError::Conflict(why.to_owned()));
    }
    store::set_withdrawn(&change, id).await?;
    council::take_back(&change, MatterKind::Dispute, id).await?;
    note(&change, "petition_taken_back", ("petition", id)).await?;
    change.finish(&format!("/pairs/{pair}/petition"), "Заявление отозвано").await
}

/// Puts the question before the council in neutral words.
pub(super) async fn ask_council(
    change: &crate::kernel::change::Change,
    petition: Uuid,
    kind: Kind,
    pair: &Pair,
    due_on: NaiveDate,
) -> Result<(), sea_orm::DbErr> {
    let words = format!("Помочь договориться: {}, {}", kind.title(), pair.title());
    let matter = NewMatter {
        organization: pair.organization,
        kind: MatterKind::Dispute,
        mentorship: pair.id,
        subject: petition,
        words: &words,
        due_on: Some(due_on),
    };
    council::raise(change, &matter).await
}

/// Who holds the offices today and who takes part.
pub(super) async fn offices(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
    pair: &Pair,
) -> Result<Offices, sea_orm::DbErr> {
    let mut found = store::offices(connection, &[pair.organization], ctx.today).await?;
    let participants = pair.people().map(|person| person.person.into()).collect();
    Ok(Offices { participants, ..found.remove(&pair.organization).unwrap_or_default() })
}

/// The days a petition of today is bound to.
pub(super) fn terms(today: NaiveDate) -> anyhow::Result<Terms> {
    let days = limits()?.on(today)?.value.notice_working_days;
    Ok(petition::terms(today, days, &Calendar::bundled()?)?)
}

fn wish(ctx: &Ctx, case: &Case, form: &mut Form) -> anyhow::Result<Option<Asked>> {
    let kind = form.required_choice("kind", "О чём вы просите", &kinds(ctx, &case.pair));
    let last_day = form.required_date("last_day", "Последний день");
    let reason = form.optional_paragraphs("reason", "Причина", REASON).unwrap_or_default();
    let wish = form.optional_paragraphs("wish", "Пожелание о наставнике", WISH).unwrap_or_default();
    let earliest = terms(ctx.today)?.earliest_last_day;
    if last_day.is_some_and(|day| day < earliest) {
        let why = "другую сторону предупреждают не меньше чем за три рабочих дня (статья 351.8 ТК РФ)";
        form.error("last_day", format!("Назовите {} или более поздний день: {why}.", short(earliest)));
    }
    if last_day.is_some_and(|day| day > case.last_day()) {
        let end = short(case.last_day());
        form.error("last_day", format!("Наставничество и так завершается {end}: назовите день не позже."));
    }
    if !form.is_valid() {
        return Ok(None);
    }
    let kind = kind.as_deref().and_then(Kind::from_code);
    Ok(kind.zip(last_day).map(|(kind, last_day)| Asked {
        id: ids::row_id(),
        applicant: ctx.actor().person.0,
        kind,
        receiver: Receiver::Curator,
        filed_on: ctx.today,
        last_day,
        wish: if kind == Kind::Replace { wish } else { String::new() },
        reason,
    }))
}

fn kinds(ctx: &Ctx, pair: &Pair) -> Vec<Choice> {
    let choice = |kind: Kind, title: &str, hint: &str| Choice::new(kind.code(), title).with_hint(hint);
    if pair.mentor.person == ctx.actor().person.0 {
        return vec![choice(Kind::LayDown, "Сложить обязанности наставника", "Статья 351.8 ТК РФ")];
    }
    vec![
        choice(
            Kind::Replace,
            "Сменить наставника",
            "Цели, программа и оставшиеся встречи перейдут к новому наставнику",
        ),
        choice(Kind::End, "Завершить наставничество", "Другой наставник не нужен"),
    ]
}

fn runs(case: &Case) -> bool {
    !matches!(case.state, State::Ended | State::Withdrawn)
}

async fn ask_page(ctx: &Ctx, case: Case, form: Form) -> Outcome<AskPage> {
    let mut layout = ctx.layout("Завершение или смена наставника").await?;
    let id = case.pair.id;
    layout.crumbs =
        vec![Crumb::new("/pairs", "Пары и группы"), Crumb::new(format!("/pairs/{id}"), case.pair.title())];
    let reader = ctx.app().db.reader();
    let offices = offices(ctx, reader, &case.pair).await?;
    Ok(AskPage {
        tabs: pairs::tabs(ctx, &case.pair, "/petition"),
        form,
        form_key: ids::form_key(),
        is_mentor: case.pair.mentor.person == ctx.actor().person.0,
        kinds: kinds(ctx, &case.pair),
        readers: petition::readers(&offices),
        earliest: terms(ctx.today)?.earliest_last_day,
        own: visible::own(ctx, reader, &[id]).await?,
        today: ctx.today,
        layout,
        case,
    })
}

impl AskPage {
    fn may_ask(&self) -> bool {
        runs(&self.case) && !self.own.iter().any(|petition| petition.state().is_open())
    }

    fn hint(&self) -> String {
        format!("Не раньше {}: три рабочих дня на предупреждение", short(self.earliest))
    }

    fn seen(&self) -> String {
        format!("{}. Другие участники пары не увидят", self.readers)
    }
}
