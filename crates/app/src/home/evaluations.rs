//! What evaluations of programs ask of each role (D11).

use nastavnik_domain::policy::Permission;
use nastavnik_domain::role::Role;
use nastavnik_domain::russian;

use super::Seat;
use super::line::{Section, Todo};
use crate::evaluations;
use crate::kernel::errors::Outcome;
use crate::kernel::page::Tone;
use crate::kernel::web::Ctx;
use crate::pairs::Case;

/// What the curator and the director have to do with evaluations.
pub(super) async fn office(seat: &Seat<'_>, section: &mut Section) -> Outcome<()> {
    let ctx = seat.ctx;
    let reach = seat.actor.reach(Permission::ReadEvaluations);
    let person = seat.actor.person.0;
    let counts = evaluations::counts(ctx.app().db.reader(), &reach, person, ctx.today).await?;
    let some = |count| russian::count(count, "программы", "программ", "программ");
    if seat.role == Role::Curator && counts.to_conclude > 0 {
        let text = format!("Подведите итог оценки {}", some(counts.to_conclude));
        let todo = Todo::new(text, "/evaluations?state=conclude", "Открыть");
        let why = "Участники дали свои части или срок прошёл. Чек-лист уже заполнен по фактам";
        section.todos.push(todo.why(why).term("ждёт итога", Tone::Wait));
    }
    if seat.role == Role::Director && counts.to_confirm > 0 {
        let text = format!("Утвердите оценку {}", some(counts.to_confirm));
        let todo = Todo::new(text, "/evaluations?state=concluded", "Открыть");
        section
            .todos
            .push(todo.why("Куратор подвёл итог и предлагает решение").term("ждёт утверждения", Tone::Wait));
    }
    Ok(())
}

/// The own part that is due.
pub(super) async fn pair(ctx: &Ctx, cases: &[Case]) -> Outcome<Vec<Todo>> {
    let reader = ctx.app().db.reader();
    let errands = evaluations::errands(reader, ctx.actor().person.0, cases, ctx.today).await?;
    let todo = |one: evaluations::Errand| {
        let (term, tone) = if one.due < ctx.today {
            ("ждём вас".to_owned(), Tone::Wait)
        } else {
            (format!("до {}", russian::short(one.due)), Tone::Plan)
        };
        Todo::new(one.text, one.href, "Проверить").why(one.why).term(term, tone)
    };
    Ok(errands.into_iter().map(todo).collect())
}
