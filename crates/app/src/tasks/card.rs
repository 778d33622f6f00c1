//! One task: what is asked, what to do with it now, and everything that happened.

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::russian;
use nastavnik_domain::task::{Deed, Event, Product, Recorded, Source, SourceKind, State};
use uuid::Uuid;

use super::rules::Terms;
use super::set::crumbs;
use super::store::{self, Held};
use super::{seat, succession};
use crate::kernel::errors::Outcome;
use crate::kernel::filters::long_date;
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Layout, Tab, Tone, filters};
use crate::kernel::web::{Ctx, Path, again, page};
use crate::kernel::works;
use crate::pairs::{self, Case};

#[derive(Template)]
#[template(path = "tasks/card.html")]
struct CardPage {
    layout: Layout,
    tabs: Vec<Tab>,
    /// `/pairs/…/tasks/…`.
    base: String,
    version: u32,
    form: Form,
    what: String,
    due: NaiveDate,
    nudge: String,
    tone: Tone,
    state: &'static str,
    mentor: String,
    mentee: String,
    source: Option<String>,
    /// Where it was before the mentor was replaced.
    former: Option<FormerView>,
    /// The next mentor goes on with it.
    next: Option<NextView>,
    /// Where the measure is marked as carried out, once its task is accepted.
    measure_href: Option<String>,
    /// What the reader may do now.
    deeds: Vec<Deed>,
    /// What waits for the mentor's check.
    product: Option<ProductView>,
    remarks: Option<String>,
    history: Vec<Line>,
    /// Who else reads it.
    seen: String,
}

/// A task that the next mentor goes on with.
struct NextView {
    /// For the mentee, who is there as well.
    href: Option<String>,
}

/// A task as it was with the mentor who was replaced.
struct FormerView {
    was: &'static str,
    /// For the mentee, who was there.
    href: Option<String>,
    /// For the mentee: what they have handed in there and nobody has checked.
    unchecked: Option<ProductView>,
}

/// A product to read.
struct ProductView {
    words: String,
    link: Option<String>,
    file: Option<FileView>,
}

struct FileView {
    href: String,
    name: String,
}

/// A thing that happened.
struct Line {
    day: String,
    who: String,
    title: &'static str,
    words: String,
    product: Option<ProductView>,
}

/// Color and shape of a state.
pub(super) const fn tone(state: State) -> Tone {
    match state {
        State::Set => Tone::Plan,
        State::HandedIn => Tone::Wait,
        State::Returned => Tone::Draft,
        State::Accepted => Tone::Done,
        State::CalledOff => Tone::Closed,
    }
}

pub(super) async fn show(ctx: Ctx, Path(ids): Path<(Uuid, Uuid)>) -> Outcome {
    let (case, held) = seat::visible_task(&ctx, ctx.app().db.reader(), ids).await?;
    let form = first_form(&ctx, &case, &held)?;
    page(&card_page(&ctx, &case, &held, form).await?)
}

/// The same page with what was typed and what is wrong with it.
pub(super) async fn again_with(ctx: &Ctx, case: &Case, held: &Held, form: Form) -> Outcome {
    again(&card_page(ctx, case, held, form).await?)
}

/// Remarks propose the term that stands, or the usual one where it has passed.
fn first_form(ctx: &Ctx, case: &Case, held: &Held) -> anyhow::Result<Form> {
    let due = Terms::on(ctx.today)?.of_measure(held.task.wording.due, case.last_day())?;
    Ok(Form::blank().with("due", due.to_string()))
}

async fn card_page(ctx: &Ctx, case: &Case, held: &Held, form: Form) -> Outcome<CardPage> {
    let (task, me) = (&held.task, ctx.actor().person);
    let base = format!("/pairs/{}/tasks/{}", case.pair.id, held.id);
    let state = task.state();
    let is_over = held.next.is_some();
    let nudge = if state.is_open() && !is_over {
        Terms::on(ctx.today)?.nudge(task.wording.due).words()
    } else {
        String::new()
    };
    let works = seat::works(ctx, case);
    let deeds = Deed::ALL.into_iter().filter(|deed| works && held.allows(me, *deed).is_ok()).collect();
    let last = task.products.last();
    let other = if task.mentor == me { task.mentee } else { task.mentor };
    let mut layout = ctx.layout(&task.wording.title).await?;
    layout.crumbs = crumbs(case);
    Ok(CardPage {
        layout,
        tabs: pairs::tabs(ctx, &case.pair, "/tasks"),
        version: task.version,
        form,
        what: task.wording.what.clone(),
        due: task.wording.due,
        nudge,
        tone: if is_over { Tone::Closed } else { tone(state) },
        state: if is_over { "перешло в новую пару" } else { state.title() },
        mentor: seat::name(case, task.mentor.0),
        mentee: seat::name(case, task.mentee.0),
        source: task.source.as_ref().map(Source::name),
        former: former(ctx, held).await?,
        next: held.next.map(|(pair, next)| NextView {
            href: (task.mentee == me).then(|| format!("/pairs/{pair}/tasks/{next}")),
        }),
        measure_href: task
            .source
            .as_ref()
            .filter(|source| state == State::Accepted && works && source.kind == SourceKind::Measure)
            .map(|source| format!("/pairs/{}/program/lines/{}", case.pair.id, source.line)),
        deeds,
        product: last.filter(|_| state == State::HandedIn).map(|one| product(&base, &one.product)),
        remarks: last
            .filter(|_| state == State::Returned)
            .and_then(|one| one.remarks.as_ref())
            .map(|remarks| remarks.words.clone()),
        history: held.events.iter().rev().map(|event| line(ctx, case, &base, event)).collect(),
        seen: format!("только вы и {}", seat::name(case, other.0)),
        base,
    })
}

async fn former(ctx: &Ctx, held: &Held) -> Outcome<Option<FormerView>> {
    let Some(known) = held.task.former else { return Ok(None) };
    let was = known.was.title();
    if held.task.mentee != ctx.actor().person {
        return Ok(Some(FormerView { was, href: None, unchecked: None }));
    }
    let reader = ctx.app().db.reader();
    let before = store::held_anywhere(reader, known.task).await?;
    let unchecked = succession::unchecked(reader, held).await?;
    Ok(Some(FormerView {
        was,
        href: before.map(|before| format!("/pairs/{}/tasks/{}", before.pair, before.id)),
        unchecked: unchecked.map(|(base, made)| product(&base, &made)),
    }))
}

fn product(base: &str, product: &Product) -> ProductView {
    ProductView {
        words: product.words.clone(),
        link: product.link.clone(),
        file: product
            .file
            .as_ref()
            .map(|file| FileView { href: format!("{base}/files/{}", file.id), name: file.name.clone() }),
    }
}

fn line(ctx: &Ctx, case: &Case, base: &str, Recorded { by, at, event }: &Recorded) -> Line {
    let until = |due: NaiveDate| format!("Срок {}", russian::short(due));
    let (title, words) = match event {
        Event::Set { wording, .. } => ("Задание поставлено", until(wording.due)),
        Event::TakenOver { wording, .. } => ("Перешло от прежнего наставника", until(wording.due)),
        Event::Changed { wording } => {
            ("Задание изменено", format!("{}\n{}\n{}", wording.title, wording.what, until(wording.due)))
        }
        Event::HandedIn { .. } => ("Работа сдана", String::new()),
        Event::Accepted { words, .. } => ("Работа принята", words.clone()),
        Event::Returned { remarks, due } => {
            ("Возвращено с замечаниями", format!("{remarks}\n{}", until(*due)))
        }
        Event::CalledOff => ("Задание снято", String::new()),
        Event::Resumed => ("Задание возвращено", String::new()),
    };
    let handed_in = match event {
        Event::HandedIn { product: made } => Some(product(base, made)),
        _ => None,
    };
    let day = long_date(ctx.day_of(*at));
    // Whoever has replaced the mentor is not of the pair.
    let who = if matches!(event, Event::TakenOver { .. }) { String::new() } else { seat::name(case, by.0) };
    Line { day, who, title, words, product: handed_in }
}

impl CardPage {
    fn may_change(&self) -> bool {
        self.deeds.contains(&Deed::Change)
    }

    fn may_hand_in(&self) -> bool {
        self.deeds.contains(&Deed::HandIn)
    }

    fn may_check(&self) -> bool {
        self.deeds.contains(&Deed::Accept)
    }

    fn may_call_off(&self) -> bool {
        self.deeds.contains(&Deed::CallOff)
    }

    fn may_resume(&self) -> bool {
        self.deeds.contains(&Deed::Resume)
    }

    /// Remarks stand open when something is wrong with them.
    fn is_returning(&self) -> bool {
        ["remarks", "due"].iter().any(|name| self.form.error_at(name).is_some())
    }

    /// A new key for each form of the page.
    #[expect(clippy::unused_self, reason = "askama calls methods of the page")]
    fn key(&self) -> Uuid {
        ids::form_key()
    }

    #[expect(clippy::unused_self, reason = "askama calls methods of the page")]
    fn accept(&self) -> &'static str {
        works::ACCEPT
    }
}
