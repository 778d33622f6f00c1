//! What the kinds of mentoring with a life of their own ask of people: evenings of speed meetings.

use nastavnik_domain::policy::Permission;
use nastavnik_domain::role::Role;
use nastavnik_domain::russian;

use super::Seat;
use super::line::{Calm, Section, Todo};
use crate::kernel::errors::Outcome;
use crate::kernel::page::Tone;
use crate::kernel::web::Ctx;
use crate::speed;

/// What the curator has to do.
pub(super) async fn curator(seat: &Seat<'_>) -> Outcome<Vec<Todo>> {
    let reach = seat.actor.reach(Permission::FormPairs);
    let evenings = speed::counts(seat.ctx.app().db.reader(), &reach, seat.ctx.today).await?;
    let mut todos = Vec::new();
    if evenings.unmarked > 0 {
        let count = russian::count(evenings.unmarked, "вечер", "вечера", "вечеров");
        let text = format!("Отметьте, кто встретился: {count} быстрых встреч");
        todos.push(Todo::new(text, "/speed", "Отметить").why("Отметки с карточек покажут, кому подошло"));
    }
    if evenings.matches > 0 {
        let pairs = russian::count(evenings.matches, "пара", "пары", "пар");
        let text = format!("Составьте пары после быстрых встреч: {pairs}");
        todos.push(Todo::new(text, "/speed", "Открыть").why("Продолжить хотят обе стороны"));
    }
    Ok(todos)
}

/// Adds what is asked of a person whatever their role, to the pair's section or to the first.
pub(super) async fn add(ctx: &Ctx, roles: &[Role], sections: &mut Vec<Section>) -> Outcome<()> {
    let next = speed::next_of(ctx.app().db.reader(), ctx.actor().person.0, ctx.today).await?;
    let Some(next) = next else { return Ok(()) };
    let text = format!("Приходите на быстрые встречи {}", next.when_and_where);
    let day =
        if next.held_on == ctx.today { "сегодня".to_owned() } else { russian::long(next.held_on) };
    let todo = Todo::new(text, "/own/speed", "С кем я встречаюсь").term(day, Tone::Plan);
    if sections.is_empty() {
        sections.push(Section::new("Быстрые встречи".to_owned(), CALM));
    }
    let pair = roles.iter().position(|role| matches!(role, Role::Mentor | Role::Mentee));
    sections[pair.unwrap_or(0)].todos.push(todo);
    Ok(())
}

const CALM: Calm = Calm {
    title: "Сейчас от вас ничего не ждут",
    text: "Когда куратор пригласит вас на быстрые встречи, приглашение появится здесь.",
    href: "/own/speed",
    action: "Открыть быстрые встречи",
};
