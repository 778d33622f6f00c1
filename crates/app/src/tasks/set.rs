//! A new task: to one mentee, or to several of a group, each with a task of their own.

use askama::Template;
use nastavnik_domain::task::Event;
use uuid::Uuid;

use super::fields::{Offered, read_new};
use super::rules::Terms;
use super::{act, seat};
use crate::kernel::errors::Outcome;
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Tab};
use crate::kernel::web::{Ctx, Path, Submission, again, page};
use crate::pairs::{self, Case};

#[derive(Template)]
#[template(path = "tasks/form.html")]
pub(super) struct FormPage {
    pub(super) layout: Layout,
    pub(super) tabs: Vec<Tab>,
    pub(super) form: Form,
    pub(super) form_key: Uuid,
    pub(super) action: String,
    /// Where «Не сохранять» leads.
    pub(super) back: String,
    /// The mentees of a group to choose among, and lines of the program: of a new task alone.
    pub(super) mentees: Vec<Choice>,
    pub(super) sources: Vec<Choice>,
    /// Who will read it besides the mentor.
    pub(super) seen: String,
    /// How many events the task has seen; of one that is set already.
    pub(super) version: Option<u32>,
}

pub(super) async fn show_new(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let case = seat::setting(&ctx, ctx.app().db.reader(), id).await?;
    let due = Terms::on(ctx.today)?.usual(case.last_day())?;
    let form = Form::blank().with("due", due.to_string());
    let form = case.pair.staying().fold(form, |form, one| form.with("mentee", one.person.to_string()));
    page(&form_page(&ctx, &case, form).await?)
}

async fn form_page(ctx: &Ctx, case: &Case, form: Form) -> Outcome<FormPage> {
    let pair = case.pair.id;
    let offered = Offered::of(ctx.app().db.reader(), case).await?;
    let seen = match offered.mentees.as_slice() {
        [] => format!("только вы и {}", names(case)),
        _ => "вы и тот, кому поставлено задание: у каждого своё".to_owned(),
    };
    let mut layout = ctx.layout("Новое задание").await?;
    layout.crumbs = crumbs(case);
    Ok(FormPage {
        layout,
        tabs: pairs::tabs(ctx, &case.pair, "/tasks"),
        form,
        form_key: ids::form_key(),
        action: format!("/pairs/{pair}/tasks"),
        back: format!("/pairs/{pair}/tasks"),
        mentees: offered.mentees,
        sources: offered.sources,
        seen,
        version: None,
    })
}

fn names(case: &Case) -> String {
    case.pair.staying().map(|one| one.name.short()).collect::<Vec<_>>().join(", ")
}

/// The way down to the pages of a pair's tasks.
pub(super) fn crumbs(case: &Case) -> Vec<Crumb> {
    let pair = format!("/pairs/{}", case.pair.id);
    let tasks = format!("{pair}/tasks");
    vec![Crumb::new(pair, case.pair.title()), Crumb::new(tasks, "Задания")]
}

pub(super) async fn set(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let reader = ctx.app().db.reader();
    let case = seat::setting(&ctx, reader, id).await?;
    let mut form = submitted.form.clone();
    let offered = Offered::of(reader, &case).await?;
    let Some(new) = read_new(&mut form, &offered, &case, ctx.today) else {
        return again(&form_page(&ctx, &case, form).await?);
    };
    let change = ctx.change(&submitted).await?;
    pairs::lock(change.tx(), &[id]).await?;
    let case = seat::setting(&ctx, change.tx(), id).await?;
    let mut made = Vec::new();
    for mentee in new.mentees {
        let event = Event::Set { mentee, wording: new.wording.clone(), source: new.source.clone() };
        made.push(act::set(&ctx, &change, &case, event).await?);
    }
    let (to, notice) = led(id, &made);
    change.finish(&to, notice).await
}

/// One task opens itself, several open the list.
pub(super) fn led(pair: Uuid, made: &[Uuid]) -> (String, &'static str) {
    match made {
        [task] => (
            format!("/pairs/{pair}/tasks/{task}"),
            "Задание поставлено. Пока работа не сдана, его можно изменить или снять",
        ),
        _ => (format!("/pairs/{pair}/tasks"), "Задания поставлены: у каждого своё"),
    }
}
