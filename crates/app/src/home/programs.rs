//! What programs of mentoring ask of each role (D5, D8).

use nastavnik_domain::policy::Permission;
use nastavnik_domain::role::Role;
use nastavnik_domain::russian;

use super::Seat;
use super::line::{Calm, Section, Todo};
use crate::kernel::errors::Outcome;
use crate::kernel::page::Tone;
use crate::kernel::web::Ctx;
use crate::pairs::Case;
use crate::programs::{self, Counts};

/// Words of a count of programs.
const PROGRAMS: [&str; 3] = ["программу", "программы", "программ"];

/// What the curator, the council and the director have to do with programs.
pub(super) async fn office(seat: &Seat<'_>, section: &mut Section) -> Outcome<()> {
    let ctx = seat.ctx;
    let reach = seat.actor.reach(Permission::ReadPrograms);
    let person = seat.actor.person.0;
    let counts = programs::counts(ctx.app().db.reader(), &reach, person, ctx.today).await?;
    section.todos.extend(todos(seat.role, &counts));
    Ok(())
}

fn todos(role: Role, counts: &Counts) -> Vec<Todo> {
    let [one, few, many] = PROGRAMS;
    let some = |count: u64| russian::count(count, one, few, many);
    let mut todos = Vec::new();
    if role == Role::Director && counts.to_approve > 0 {
        let todo =
            Todo::new(format!("Утвердите {}", some(counts.to_approve)), "/programs/approvals", "Открыть");
        todos.push(todo.why("Пара подписала, куратор согласовал").term("ждёт утверждения", Tone::Wait));
    }
    if role == Role::Curator && counts.to_agree > 0 {
        let todo =
            Todo::new(format!("Согласуйте {}", some(counts.to_agree)), "/programs?state=signed", "Открыть");
        todos.push(todo.why("Пара подписала и ждёт вашего слова").term("ждёт согласования", Tone::Wait));
    }
    if matches!(role, Role::Curator | Role::Director) && counts.overdue > 0 {
        let text = format!("Помогите утвердить {}: срок прошёл", some(counts.overdue));
        let why = "Программы утверждают в сентябре, планы составляют до 1 октября (ДК 1.2, 1.3)";
        todos.push(
            Todo::new(text, "/programs?late=approval", "Открыть").why(why).term("срок прошёл", Tone::Late),
        );
    }
    if role == Role::Council && counts.to_agree > 0 {
        let todo =
            Todo::new(format!("Посмотрите {}", some(counts.to_agree)), "/programs?state=signed", "Открыть");
        todos.push(todo.why("Совет вправе предложить уточнить программу (п. 4.1.3)"));
    }
    todos
}

/// What the program of the own pair asks of a participant.
pub(super) async fn pair(ctx: &Ctx, cases: &[Case]) -> Outcome<Vec<Todo>> {
    let reader = ctx.app().db.reader();
    let errands = programs::errands(reader, ctx.actor().person.0, cases, ctx.today).await?;
    Ok(errands.into_iter().map(|one| Todo::new(one.text, one.href, one.action).why(one.why)).collect())
}

/// Invitations to help, whatever the role; a colleague without one gets a section of their own.
pub(super) async fn add_invitations(ctx: &Ctx, sections: &mut Vec<Section>) -> Outcome<()> {
    let reader = ctx.app().db.reader();
    let waiting = programs::invitations_waiting(reader, ctx.actor().person.0).await?;
    if waiting == 0 {
        return Ok(());
    }
    if sections.is_empty() {
        sections.push(Section::new("Для вас".to_owned(), CALM));
    }
    let todo = Todo::new("Ответьте, поможете ли коллегам", "/own/invitations", "Ответить");
    let why = "Вас просят помочь в программе наставничества. Отказ ни на что не влияет";
    sections[0].todos.push(todo.why(why).term("когда удобно", Tone::Plan));
    Ok(())
}

const CALM: Calm = Calm { title: "", text: "", href: "/own/invitations", action: "Открыть" };
