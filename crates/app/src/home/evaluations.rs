//! What evaluations of programs ask of each role (D11): parts in January and in spring, conclusions, and afterwards what was
//! decided, until its step is taken.

use nastavnik_domain::evaluation::Decision;
use nastavnik_domain::petition::Receiver;
use nastavnik_domain::policy::{Permission, Reach};
use nastavnik_domain::role::Role;
use nastavnik_domain::russian;

use super::Seat;
use super::line::{Calm, Section, Todo};
use crate::evaluations::{self, Counts, Decided};
use crate::kernel::errors::Outcome;
use crate::kernel::page::Tone;
use crate::kernel::web::Ctx;
use crate::pairs::Case;

/// What the curator, the director and the council have to do with evaluations.
pub(super) async fn office(seat: &Seat<'_>, section: &mut Section) -> Outcome<()> {
    let office = match seat.role {
        Role::Curator => Receiver::Curator,
        Role::Director => Receiver::Director,
        Role::Council => Receiver::Council,
        _ => return Ok(()),
    };
    let ctx = seat.ctx;
    let reach = seat.actor.reach(Permission::ReadEvaluations);
    let whose = (seat.actor.person.0, office);
    let counts = evaluations::counts(ctx.app().db.reader(), &reach, whose, ctx.today).await?;
    section.todos.extend(todos(seat.role, &counts));
    if seat.role == Role::Curator {
        section.todos.extend(steps(&counts.decided));
        if counts.open > 0 {
            let words = ["оценка программы идёт", "оценки программ идут", "оценок программ идут"];
            section.number("/evaluations?state=open", counts.open, words);
        }
    }
    Ok(())
}

fn todos(role: Role, counts: &Counts) -> Vec<Todo> {
    let some = |count| russian::count(count, "программы", "программ", "программ");
    let mut todos = Vec::new();
    if counts.to_conclude > 0 {
        let text = format!("Подведите итог оценки {}", some(counts.to_conclude));
        let why = match role {
            Role::Curator => "Участники дали свои части или срок прошёл. Чек-лист уже заполнен по фактам",
            _ => "Куратор участвует в этой паре или не назначен, поэтому итог за вами",
        };
        let todo = Todo::new(text, "/evaluations?state=mine", "Открыть");
        todos.push(todo.why(why).term("ждёт итога", Tone::Wait));
    }
    if role == Role::Director && counts.to_confirm > 0 {
        let text = format!("Утвердите оценку {}", some(counts.to_confirm));
        let todo = Todo::new(text, "/evaluations?state=concluded", "Открыть");
        todos.push(todo.why("Итог подведён, решение предложено").term("ждёт утверждения", Tone::Wait));
    }
    todos
}

/// The curator's steps after a decision: one opens itself, several open their list; none where others are to act.
fn steps(decided: &[Decided]) -> Option<Todo> {
    let is_own = |one: &Decided| {
        matches!(one.decision, Decision::Complete | Decision::Prolong | Decision::NextProgram)
    };
    if !decided.iter().any(is_own) {
        return None;
    }
    let todo = match decided {
        [one] => {
            let text = match one.decision {
                Decision::Complete => "Подготовьте приказ о прекращении",
                _ => "Составьте новую пару тех же людей",
            };
            Todo::new(format!("{text}: {}", one.title), one.href.clone(), "Открыть").why(why(one))
        }
        many => {
            let pairs = russian::count(many.len() as u64, "пара", "пары", "пар");
            let text = format!("Выполните решения по итогам оценки: {pairs}");
            Todo::new(text, "/evaluations?state=decided", "Открыть")
        }
    };
    Some(todo.term("решение утверждено", Tone::Plan))
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

/// What was decided about one's own pairs, over or not, whatever the role today: in autumn people read what spring has
/// decided, and a route is begun by its owner alone.
pub(super) async fn told(ctx: &Ctx, sections: &mut Vec<Section>) -> Outcome<()> {
    let me = ctx.actor().person.0;
    let own = Reach { pairs: true, ..Reach::default() };
    let decided = evaluations::decided(ctx.app().db.reader(), &own, me, ctx.today).await?;
    let opens = ctx.reach(Permission::ReadEvaluations).pairs;
    let todos: Vec<Todo> =
        decided.iter().filter_map(|one| told_of(one, me, opens.then_some(one.href.as_str()))).collect();
    if todos.is_empty() {
        return Ok(());
    }
    if sections.is_empty() {
        sections.push(Section::new("Для вас".to_owned(), CALM));
    }
    let index = sections.len() - 1;
    sections[index].todos.extend(todos);
    Ok(())
}

fn told_of(one: &Decided, me: uuid::Uuid, href: Option<&str>) -> Option<Todo> {
    let todo = match one.decision {
        Decision::Route if one.without_route.contains(&me) => {
            Todo::new("Начните свой маршрут: так решено по итогам программы", "/own/route", "Начать")
        }
        Decision::Revise => Todo::new(
            "Уточните программу: так решено по итогам оценки",
            format!("/pairs/{}/program", one.pair),
            "Открыть",
        ),
        decision => Todo::new(format!("По итогам оценки решено: {}", decision.title()), href?, "Посмотреть"),
    };
    Some(todo.why(why(one)).term("когда удобно", Tone::Plan))
}

/// «Иванова А. А. – Петров П. П., решено 20.05.2027. Новую пару оформляет куратор.»
fn why(one: &Decided) -> String {
    format!("{}, решено {}. {}", one.title, russian::short(one.confirmed_on), one.decision.who())
}

const CALM: Calm = Calm { title: "", text: "", href: "/evaluations", action: "Открыть" };
