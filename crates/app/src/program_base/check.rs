//! The check by a person: what was replaced is marked, each doubtful word is decided, the program gets its title (D12).

use std::collections::BTreeMap;

use askama::Template;
use nastavnik_domain::depersonal::{Decisions, Known, Stand, depersonalize};
use nastavnik_domain::program_base::{Content, Event, Offer, State, source_lines};
use uuid::Uuid;

use super::record::{Held, KEEP, Mending};
use super::view::{self, LineView};
use super::{act, names, store, visible};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout};
use crate::kernel::web::{Ctx, Path, Submission, again, page};
use crate::pairs;

/// How long the curator's own words may be.
const LONGEST: usize = 600;

#[derive(Template)]
#[template(path = "program_base/check.html")]
struct CheckPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    held: Held,
    pair: String,
    lines: Vec<LineView>,
    doubts: Vec<Doubt>,
    choices: Vec<Choice>,
}

/// A doubtful word, asked about once.
struct Doubt {
    field: String,
    key: String,
    word: String,
    /// Where it stands.
    place: String,
}

/// What stands behind the page.
struct Desk {
    held: Held,
    pair: String,
    known: Known,
    doubts: Vec<Doubt>,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let desk = desk(&ctx, id).await?;
    let (content, mending) = (&desk.held.content, &desk.held.mending);
    let mut form = Form::blank()
        .with("title", content.title.clone())
        .with("audience", content.audience.clone())
        .with("result", content.result.clone())
        .with("added", mending.added.join("\n"))
        .with("version", desk.held.offer.version.to_string());
    for doubt in &desk.doubts {
        form = form.with(&doubt.field, mending.words.get(&doubt.key).cloned().unwrap_or_default());
    }
    for line in &mending.left_out {
        form = form.with("left_out", line.to_string());
    }
    page(&check_page(&ctx, desk, form).await?)
}

/// Keeps what was decided; the text goes to the reviewers.
pub(super) async fn save(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let desk = desk(&ctx, id).await?;
    let mut form = submitted.form.clone();
    let Some((mending, content)) = mended(&desk, &mut form) else {
        refuse_early(&desk.held.offer)?;
        return again(&check_page(&ctx, desk, form).await?);
    };
    let change = ctx.change(&submitted).await?;
    let fresh = store::locked(change.tx(), id).await?.ok_or(AppError::NotFound)?;
    refuse_early(&fresh.offer)?;
    if form.text("version") != fresh.offer.version.to_string() {
        return Err(AppError::Conflict(
            "Пока вы проверяли, с программой что-то произошло. Откройте её заново".to_owned(),
        ));
    }
    store::set_texts(&change, id, &mending, &content).await?;
    act::act(&ctx, &change, id, Event::Checked).await?;
    change.finish("/base/offers", "Проверено. Программу прочитают два рецензента из других организаций").await
}

/// Before the consents there is nothing to check, after the check nothing until somebody has remarks.
fn refuse_early(offer: &Offer) -> Outcome<()> {
    use nastavnik_domain::program_base::Refusal;
    match offer.state() {
        State::AwaitsCheck | State::Returned => Ok(()),
        State::AwaitsConsents => Err(act::told(Refusal::NoConsents)),
        State::Gone => Err(act::told(Refusal::Gone)),
        State::InReview | State::Recommended | State::Published => Err(act::told(Refusal::CheckedAlready)),
    }
}

async fn desk(ctx: &Ctx, id: Uuid) -> Outcome<Desk> {
    let db = ctx.app().db.reader();
    let held = visible::offered(ctx, db, id).await?;
    let case = pairs::cases_by_ids(db, &[held.pair], ctx.today).await?.pop().ok_or(AppError::NotFound)?;
    let known = names::known(db, &case).await?;
    Ok(Desk { pair: case.pair.title(), doubts: doubts(&held, &known), known, held })
}

fn doubts(held: &Held, known: &Known) -> Vec<Doubt> {
    let mut found: BTreeMap<String, (String, String)> = BTreeMap::new();
    for (_, marked) in source_lines(&held.source, known).iter().flat_map(|line| &line.fields) {
        for piece in marked.doubtful() {
            found.entry(piece.key()).or_insert_with(|| (piece.text.clone(), marked.original()));
        }
    }
    let doubt = |(place, (key, (word, text))): (usize, (String, (String, String)))| Doubt {
        field: format!("word_{place}"),
        key,
        word,
        place: text,
    };
    found.into_iter().enumerate().map(doubt).collect()
}

/// What the form says, if all of it can be published.
fn mended(desk: &Desk, form: &mut Form) -> Option<(Mending, Content)> {
    let mut mending = Mending::default();
    for doubt in &desk.doubts {
        match form.required_choice(&doubt.field, &doubt.word, &choices()) {
            Some(code) => {
                mending.words.insert(doubt.key.clone(), code);
            }
            None => form.error(&doubt.field, "Решите, оставить это слово или заменить."),
        }
    }
    mending.left_out = form.data().all("left_out").filter_map(|id| id.parse().ok()).collect();
    let added = form.optional_paragraphs("added", "Что ещё заменить", LONGEST).unwrap_or_default();
    mending.added = added.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    let known = desk.known.clone().with(&mending.added);
    let mut content = Content::of(&desk.held.source, &known, &mending.decisions(), &mending.left_out);
    content.title = own_words(form, &known, "title", "Название");
    content.audience = own_words(form, &known, "audience", "Кому поможет");
    content.result = own_words(form, &known, "result", "Что получилось");
    if content.goals.is_empty() {
        form.error("left_out", "Оставьте хотя бы одну цель: без целей программой не воспользоваться.");
    }
    form.is_valid().then_some((mending, content))
}

/// Words of the curator about the program; they must name nobody either.
fn own_words(form: &mut Form, known: &Known, name: &str, label: &str) -> String {
    let text = form.required_text(name, label, LONGEST).unwrap_or_default();
    let marked = depersonalize(&text, known);
    if marked.has_replaced() {
        let word = marked.0.iter().find(|piece| !piece.is_plain()).map(|piece| piece.text.clone());
        let word = word.unwrap_or_default();
        form.error(name, format!("Здесь можно узнать людей или организацию: «{word}». Напишите без этого."));
    }
    text
}

fn choices() -> Vec<Choice> {
    let mut choices = vec![Choice::new(KEEP, "оставить: имени здесь нет")];
    choices.extend(
        Stand::CHOICES.map(|stand| Choice::new(stand.code(), format!("заменить на «{}»", stand.title()))),
    );
    choices
}

async fn check_page(ctx: &Ctx, desk: Desk, form: Form) -> Outcome<CheckPage> {
    let mut layout = ctx.layout("Проверка перед публикацией").await?;
    layout.crumbs = vec![Crumb::new("/base/offers", "Программы для базы")];
    let decisions: Decisions = desk.held.mending.decisions();
    let known = desk.known.with(&desk.held.mending.added);
    Ok(CheckPage {
        lines: view::lines(&desk.held.source, &known, &decisions),
        form_key: ids::form_key(),
        choices: choices(),
        doubts: desk.doubts,
        pair: desk.pair,
        held: desk.held,
        layout,
        form,
    })
}

impl CheckPage {
    fn may_check(&self) -> bool {
        matches!(self.held.state(), State::AwaitsCheck | State::Returned)
    }

    fn may_take_back(&self) -> bool {
        !matches!(self.held.state(), State::Published | State::Gone)
    }

    fn is_left_out(&self, line: &LineView) -> bool {
        self.form.has("left_out", &line.id.to_string())
    }

    fn remarks(&self) -> Vec<String> {
        self.held.offer.remarks().map(|review| review.remarks.clone()).collect()
    }

    fn left_out_error(&self) -> &str {
        self.form.error_at("left_out").unwrap_or_default()
    }
}
