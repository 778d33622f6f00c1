//! What the person may tell for themself: which help is needed (B2), what they are strong in (B3).

use nastavnik_domain::role::Role;

use super::line::{Calm, Section, Todo};
use crate::bank::{self, NeedOf};
use crate::kernel::errors::Outcome;
use crate::kernel::web::Ctx;
use crate::requests;

/// A section of its own for somebody in need of a mentor who has not answered yet; mentees find it among their duties.
pub(super) async fn section(ctx: &Ctx) -> Outcome<Option<Section>> {
    if ctx.actor().is(Role::Mentee) {
        return Ok(None);
    }
    let (reader, person) = (ctx.app().db.reader(), ctx.actor().person.0);
    if bank::own_need(reader, person, ctx.today).await? == NeedOf::Nothing {
        return Ok(None);
    }
    let Some(todo) = todo(ctx).await? else { return Ok(None) };
    let calm = Calm { title: "", text: "", href: "/own/request", action: "Открыть" };
    let mut section = Section::new("Для вас".to_owned(), calm);
    section.todos.push(todo);
    Ok(Some(section))
}

/// «Расскажите, какая помощь нужна», until it is told this academic year.
pub(super) async fn todo(ctx: &Ctx) -> Outcome<Option<Todo>> {
    let (reader, person) = (ctx.app().db.reader(), ctx.actor().person.0);
    if requests::has_answered(reader, person, ctx.today).await? {
        return Ok(None);
    }
    let todo = Todo::new("Расскажите, какая помощь нужна", "/own/request", "Рассказать");
    Ok(Some(todo.why("Минута времени: до трёх областей и как удобно. «Не нужна» – тоже ответ")))
}
