//! Routes of others, for those who accompany: the mentor, the curator, the tutor whom the owner has named (E6).

use std::collections::BTreeSet;

use askama::Template;
use nastavnik_domain::pathway::{Kind, Pathway, Step, Voice};
use nastavnik_domain::russian::{period, search_key};
use uuid::Uuid;

use super::picture::{self, Picture};
use super::sight::{self, Section};
use super::store::{self, Row};
use super::visible::{self, Accompanied};
use super::yearly::{self, Yearly};
use super::{own, past, steps};
use crate::kernel::audit::Entry;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::listing::Listing;
use crate::kernel::page::{Crumb, Layout, Step as StepLine, filters};
use crate::kernel::web::{Ctx, Path, Submission, again, page};

const PER_PAGE: u64 = 50;

#[derive(Template)]
#[template(path = "pathway/list.html")]
struct ListPage {
    layout: Layout,
    list: Listing,
    rows: Vec<Line>,
    steps: Vec<Choice>,
    news: Vec<Choice>,
}

/// A route in the list.
struct Line {
    row: Row,
    name: String,
    voice: &'static str,
    step: String,
}

#[derive(Template)]
#[template(path = "pathway/show.html")]
struct ShowPage {
    layout: Layout,
    form: Form,
    id: Uuid,
    term: String,
    end: String,
    voice: Voice,
    organization: String,
    steps: Vec<StepLine>,
    pathway: Pathway,
    picture: Picture,
    programs: Vec<Yearly>,
    links_programs: bool,
    opened: BTreeSet<Section>,
    /// Sections the owner has opened and the reader has not opened within the last hour.
    closed: Vec<&'static str>,
    lists: Vec<(Kind, Vec<nastavnik_domain::pathway::Entry>)>,
    comments: Vec<steps::CommentView>,
    commented: Vec<Choice>,
}

impl ShowPage {
    fn opens(&self, code: &str) -> bool {
        self.opened.iter().any(|section| section.code() == code)
    }

    #[expect(clippy::unused_self, reason = "askama calls methods of the page")]
    fn key(&self) -> Uuid {
        ids::form_key()
    }
}

pub(super) async fn list(ctx: Ctx) -> Outcome {
    let found = visible::accompanied(&ctx, ctx.app().db.reader(), None).await?;
    let lines: Vec<Line> = found.into_iter().map(line).filter(|line| passes(&ctx, line)).collect();
    let total = u64::try_from(lines.len()).unwrap_or(u64::MAX);
    let list = Listing::new("/routes", &ctx.visit.query, PER_PAGE, total);
    let skip = usize::try_from(list.offset()).unwrap_or(usize::MAX);
    let take = usize::try_from(list.per_page()).unwrap_or(usize::MAX);
    let step = |step: Step| Choice::new(step.number().to_string(), step.title());
    page(&ListPage {
        layout: ctx.layout("Маршруты педагогов").await?,
        rows: lines.into_iter().skip(skip).take(take).collect(),
        steps: Step::ALL.into_iter().map(step).chain(ends()).collect(),
        news: vec![
            Choice::new("products", "новые продукты за две недели"),
            Choice::new("comments", "комментарии ждут ответа"),
        ],
        list,
    })
}

fn line((row, voice): (Row, Voice)) -> Line {
    let step = Step::from_number(row.step);
    Line {
        name: row.name().full(),
        voice: voice.title(),
        step: match (step, row.step) {
            (Some(step), _) => format!("{} из 7. {}", step.number(), step.title()),
            (None, store::STOPPED) => "остановлен".to_owned(),
            (None, _) => "завершён".to_owned(),
        },
        row,
    }
}

/// Routes that have ended, as answers of the filter.
fn ends() -> [Choice; 2] {
    [
        Choice::new(store::FINISHED.to_string(), "завершён"),
        Choice::new(store::STOPPED.to_string(), "остановлен"),
    ]
}

fn passes(ctx: &Ctx, line: &Line) -> bool {
    let search = search_key(ctx.asked("q"));
    let step = ctx.asked("step");
    let named = search.is_empty() || search_key(&line.name).contains(&search);
    let is_new = match ctx.asked("new") {
        "products" => is_fresh(&line.row, ctx.today),
        "comments" => line.row.open_comments > 0,
        _ => true,
    };
    named && is_new && (step.is_empty() || line.row.step.to_string() == step)
}

/// A product of the last two weeks.
pub(super) fn is_fresh(row: &Row, today: chrono::NaiveDate) -> bool {
    row.product_on.is_some_and(|on| on > today - chrono::Days::new(14))
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let found = visible::visible(&ctx, ctx.app().db.reader(), id).await?;
    page(&show_page(&ctx, found, Form::blank()).await?)
}

/// The same page with mistakes of the comment on it.
pub(super) async fn show_again(ctx: &Ctx, found: Accompanied, form: Form) -> Outcome {
    again(&show_page(ctx, found, form).await?)
}

async fn show_page(ctx: &Ctx, found: Accompanied, form: Form) -> Outcome<ShowPage> {
    let Accompanied { row, held, voice, opened } = found;
    let programs = yearly::of(ctx, ctx.app().db.reader(), held.person).await?;
    let mut layout = ctx.layout(&format!("Маршрут: {}", row.name().full())).await?;
    layout.crumbs = vec![Crumb::new("/routes", "Маршруты")];
    let pathway = sight::cut(held.pathway, &opened);
    let list = |kind: Kind| (kind, pathway.list(kind).into_iter().cloned().collect());
    Ok(ShowPage {
        layout,
        form,
        id: held.id,
        term: period(pathway.term.from, pathway.term.to),
        voice,
        organization: row.organization.clone().unwrap_or_default(),
        steps: own::stepper(&pathway),
        end: past::end(&pathway),
        picture: picture::of(&[&pathway], &programs),
        programs,
        links_programs: voice != Voice::Tutor,
        closed: held.opens.difference(&opened).map(|section| section.title()).collect(),
        lists: Kind::ALL.into_iter().map(list).collect(),
        comments: pathway.comments.iter().map(steps::comment).collect(),
        commented: commented(&opened),
        opened,
        pathway,
    })
}

/// Steps this reader may speak about: those they read.
pub(super) fn commented(opened: &BTreeSet<Section>) -> Vec<Choice> {
    let read = Step::ALL.into_iter().filter(|step| sight::reads(opened, *step));
    read.map(|step| Choice::new(step.number().to_string(), format!("{}. {}", step.number(), step.title())))
        .collect()
}

/// Opens the personal sections: recorded first, shown afterwards.
pub(super) async fn open(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    visible::visible(&ctx, ctx.app().db.reader(), id).await?;
    let change = ctx.change(&submitted).await?;
    let found = visible::visible(&ctx, change.tx(), id).await?;
    if found.held.opens.is_empty() {
        return Err(AppError::Conflict("Педагог пока не открыл личные разделы маршрута".to_owned()));
    }
    store::add_reading(&change, id, ctx.actor().person.0).await?;
    let subject = ("pathway", Some(id));
    change.journal(Entry { kind: "pathway_opened", subject, organization: None, payload: &() }).await?;
    let notice = "Личные разделы открыты на час, запись об этом видна педагогу";
    change.finish(&format!("/routes/{id}"), notice).await
}
