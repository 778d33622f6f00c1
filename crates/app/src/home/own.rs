//! What the person may tell for themself: which help is needed (B2), what they are strong in (B3).

use nastavnik_domain::role::Role;
use nastavnik_domain::russian;

use super::line::{Calm, OwnPair, Section, Todo};
use crate::bank::{self, NeedOf};
use crate::kernel::errors::Outcome;
use crate::kernel::page::Tone;
use crate::kernel::web::Ctx;
use crate::pairs::{self, Invited};
use crate::requests;

/// A section of its own for somebody about to join a group, or in need of a mentor who has not answered yet; mentees find
/// the latter among their duties.
pub(super) async fn section(ctx: &Ctx) -> Outcome<Option<Section>> {
    let (reader, person) = (ctx.app().db.reader(), ctx.actor().person.0);
    let calm = Calm {
        title: "От вас сейчас ничего не нужно",
        text: "Когда руководитель подпишет приказ, карточка группы появится в меню.",
        href: "/own/request",
        action: "Запрос на помощь",
    };
    let mut section = Section::new("Для вас".to_owned(), calm);
    section.pairs = pairs::invited(reader, person).await?.iter().map(joining).collect();
    let is_asked =
        !ctx.actor().is(Role::Mentee) && bank::own_need(reader, person, ctx.today).await? != NeedOf::Nothing;
    if is_asked {
        section.todos.extend(todo(ctx).await?);
    }
    let is_empty = section.todos.is_empty() && section.pairs.is_empty();
    Ok((!is_empty).then_some(section))
}

/// Who is about to join a group is told of its mentor and of what is missing; its card opens with the order.
fn joining(invited: &Invited) -> OwnPair {
    let next = if invited.has_agreed {
        "Ваше согласие подписано, приказ готовит куратор. Карточка группы откроется, когда руководитель его подпишет."
    } else {
        "Куратор даст вам согласие на подпись, потом руководитель подпишет приказ, и карточка группы откроется."
    };
    OwnPair {
        href: String::new(),
        with: format!("Вас принимают в группу. Наставник: {}", invited.mentor.full()),
        term: format!("с {}", russian::long(invited.starts_on)),
        next: next.to_owned(),
        tone: Tone::Wait,
        state: "ждёт приказа",
        action: "",
    }
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
